"""One method on every case, each case scored by what was learnt from the other authors.

Run by ``python -m benchmarks.peers``, each method in a process of its own.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.peers.method import Method, Model, counted
from chronology.evaluate import Figures
from chronology.labelled import Case, read_case
from chronology.merge import PRESETS

#: What a threshold is chosen for on the other authors' cases, and what makes one figure better.
AIMS: dict[str, Callable[[Figures], tuple[float, ...]]] = {
    "best F1": lambda f: (f.f1,),
    "precision 0.95": lambda f: (min(f.precision, 0.95), f.recall),
}


def _ours(preset: str, *, tuned: bool = False) -> Method:
    from benchmarks.peers.ours import Ours

    return Ours(PRESETS[preset], tuned)


def _splink(*, labels: bool, best_links: bool) -> Method:
    from benchmarks.peers.splinking import Splinking

    return Splinking(labels, best_links)


def _dedupe() -> Method:
    from benchmarks.peers.deduping import Deduping

    return Deduping()


def _linkage(*, labels: bool) -> Method:
    from benchmarks.peers.linkage import Linkage

    return Linkage(labels)


def _baseline() -> Method:
    from benchmarks.peers.baseline import Baseline

    return Baseline()


#: Made where it is run, so that no method pays for another's imports.
METHODS: dict[str, Callable[[], Method]] = {
    "chronology, default": lambda: _ours("default"),
    "chronology, strict": lambda: _ours("strict"),
    "chronology, threshold tuned": lambda: _ours("default", tuned=True),
    "Splink, labels, single best links": lambda: _splink(labels=True, best_links=True),
    "Splink, EM, single best links": lambda: _splink(labels=False, best_links=True),
    "Splink, EM, components": lambda: _splink(labels=False, best_links=False),
    "dedupe, labels": _dedupe,
    "recordlinkage, labels": lambda: _linkage(labels=True),
    "recordlinkage, ECM": lambda: _linkage(labels=False),
    "rapidfuzz within a day": _baseline,
}


def cases_in(folders: Sequence[str]) -> list[Case]:
    """The labelled cases of some folders."""
    return [read_case(path) for folder in folders for path in sorted(Path(folder).glob("*.jsonl"))]


@dataclass
class Result:
    """What came of a method: counts for each aim, CPU seconds of one fit, and of all cases once."""

    figures: dict[str, Figures]
    fit: float = 0.0
    predict: float = 0.0


def measure(method: Method, cases: Sequence[Case]) -> Result:
    """Each author's cases by what was learnt from the others."""
    result = Result(dict.fromkeys(AIMS, Figures()))
    authors = sorted({case.author for case in cases})
    for author in authors:
        others = [case for case in cases if case.author != author]
        start = time.process_time()
        model = method.fit(others)
        result.fit += (time.process_time() - start) / len(authors)
        chosen = _chosen(model, others, method.thresholds)
        _score(model, [case for case in cases if case.author == author], chosen, result)
    return result


def _chosen(model: Model, cases: Sequence[Case], thresholds: Sequence[float]) -> dict[str, float]:
    """For each aim the threshold that serves it best on these cases."""
    if len(thresholds) == 1:
        return dict.fromkeys(AIMS, thresholds[0])
    at = dict.fromkeys(thresholds, Figures())
    scored = model.score(cases)
    for threshold in thresholds:
        at[threshold] = counted(cases, model.groups(cases, scored, threshold))
    return {aim: max(at, key=lambda t: (*better(at[t]), t)) for aim, better in AIMS.items()}


def _score(
    model: Model, cases: Sequence[Case], chosen: Mapping[str, float], result: Result
) -> None:
    """Adds the counts of cases; the time is that of scoring and grouping them once."""
    start = time.process_time()
    scored = model.score(cases)
    scoring = time.process_time() - start
    for aim, threshold in chosen.items():
        start = time.process_time()
        groups = model.groups(cases, scored, threshold)
        result.predict += (time.process_time() - start) / len(chosen)
        result.figures[aim] += counted(cases, groups)
    result.predict += scoring


def main() -> None:
    """Measures the method named first on the folders named after it; prints JSON."""
    name, *folders = sys.argv[1:]
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    print(json.dumps(asdict(measure(METHODS[name](), cases_in(folders)))))


if __name__ == "__main__":
    main()
