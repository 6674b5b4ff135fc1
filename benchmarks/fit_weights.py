"""Fits the matcher's weights on labelled cases and says how they do on authors left out.

Run: python benchmarks/fit_weights.py [FOLDER_OF_CASES ...] [--write]

Reads the cases in benchmarks/cases and in any folders named. Prints, leaving one author out at a
time, the figures of ``chronology evaluate``; with --write it fits on all cases and writes
chronology/data/match_weights.json. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from chronology import compare, competition
from chronology.account import Account
from chronology.candidates import candidates, families
from chronology.clusters import PRESETS
from chronology.evaluate import Figures, evaluate
from chronology.labelled import Case, read_case
from chronology.people import resolve
from chronology.understand import Understanding, understand
from chronology.weights import Weights

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "chronology" / "data" / "match_weights.json"
#: A policy under which each rule answers and nothing is yet worth anything.
BLANK = compare.Policy.of({"start": 0.0} | {rule.__name__: 0.0 for rule in compare.RULES})


@dataclass
class Seen:
    """A case with what every rule saw of every pair, and whether the pair is one occurrence."""

    case: Case
    pairs: list[tuple[Understanding, Understanding]]
    values: np.ndarray
    same: np.ndarray


def see(case: Case) -> Seen:
    """Every candidate pair of a case, seen by every rule."""
    accounts: list[Account] = sorted(case.accounts, key=lambda a: a.id)
    cast = resolve(accounts)
    understood = [understand(account) for account in accounts]
    context = compare.context(understood, cast)
    near = candidates(understood, families(accounts, cast))
    pairs = [(a, b) for a, b in near if not compare.veto(a, b)]
    values = [compare.compare(a, b, context, BLANK) for a, b in pairs]
    return Seen(
        case,
        pairs,
        np.array([found.values for found in values if found]),
        np.array([_same(case, a, b) for a, b in pairs]),
    )


def _same(case: Case, a: Understanding, b: Understanding) -> bool:
    return case.truth[a.id].event == case.truth[b.id].event


def fit(seen: list[Seen]) -> dict[str, dict[str, float]]:
    """Both policies. The second learns from first looks by a model that had not seen the author."""
    looked = [
        (case, _first(_model(_of_others(seen, case)), case)) for case in seen
    ]  # one author's cases are judged by the others' model
    rows, same = zip(*(_standing(case, pairs) for case, pairs in looked), strict=True)
    second = LogisticRegression(max_iter=4000).fit(np.vstack(rows), np.hstack(same))
    first = _model(seen)
    return {
        "first": _named(first, [rule.__name__ for rule in compare.RULES]),
        "second": _named(second, ["first_look", *(r.__name__ for r in competition.RULES)]),
    }


def _of_others(seen: list[Seen], case: Seen) -> list[Seen]:
    others = [other for other in seen if other.case.author != case.case.author]
    return others or seen


def _model(seen: list[Seen]) -> LogisticRegression:
    values, same = np.vstack([s.values for s in seen]), np.hstack([s.same for s in seen])
    return LogisticRegression(max_iter=4000).fit(values, same)


def _first(model: LogisticRegression, seen: Seen) -> competition.Pairs:
    odds = model.decision_function(seen.values)
    found = [
        compare.Comparison(a, b, float(o), tuple(v))
        for (a, b), o, v in zip(seen.pairs, odds, seen.values, strict=True)
        if o >= competition.UNLIKELY
    ]
    return {competition.key_of(c.a, c.b): c for c in found}


def _standing(seen: Seen, pairs: competition.Pairs) -> tuple[np.ndarray, np.ndarray]:
    field = competition.field_of(pairs)
    rows = [[c.log_odds, *(rule(c, field) for rule in competition.RULES)] for c in pairs.values()]
    return np.array(rows), np.array([_same(seen.case, c.a, c.b) for c in pairs.values()])


def _named(model: LogisticRegression, names: list[str]) -> dict[str, float]:
    weights = dict(zip(names, (round(float(w), 2) for w in model.coef_[0]), strict=True))
    return {"start": round(float(model.intercept_[0]), 2), **weights}


def left_out(seen: list[Seen]) -> None:
    """Prints each case merged by weights that were fitted without its author."""
    pooled = {name: Figures() for name in PRESETS}
    print(
        "case      rows  pairs  precision  recall     F1  hidden/1000  asked/100  assisted  links"
    )
    for author in sorted({s.case.author for s in seen}):
        weights = Weights.of(fit([s for s in seen if s.case.author != author]))
        for s in seen:
            if s.case.author == author:
                for name, preset in PRESETS.items():
                    found = evaluate(s.case, preset, weights)
                    pooled[name] += found
                    if name == "default":
                        print(_line(s.case.name, found))
    for name, figures in pooled.items():
        print(_line(name, figures), f" one incident {figures.wrong_of_one_incident}")


def _line(name: str, f: Figures) -> str:
    return (
        f"{name:<8} {f.rows:>5} {f.true_pairs:>6} {f.precision:>10.3f} {f.recall:>7.3f}"
        f" {f.f1:>6.3f} {f.hidden_per_1000:>12.1f} {f.questions_per_100:>10.1f}"
        f" {f.assisted_recall:>9.3f}  {f.links_right} of {f.links}"
    )


def main() -> None:
    """Reads the cases, prints the figures, and writes the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    folders = [ROOT / "benchmarks" / "cases", *asked.folders]
    paths = [path for folder in folders for path in sorted(folder.glob("*.jsonl"))]
    seen = [see(read_case(path)) for path in paths]
    pairs = sum(len(s.pairs) for s in seen)
    true = sum(len(list(combinations(ids, 2))) for s in seen for ids in _told(s.case))
    print(f"{len(seen)} cases, {pairs} candidate pairs, {true} true pairs")
    left_out(seen)
    if asked.write:
        TARGET.write_text(json.dumps(fit(seen), indent=1) + "\n", encoding="utf-8")
        print(f"Written: {TARGET.relative_to(ROOT)}")


def _told(case: Case) -> list[list[str]]:
    told: dict[str, list[str]] = {}
    for account_id, truth in case.truth.items():
        told.setdefault(truth.event, []).append(account_id)
    return list(told.values())


if __name__ == "__main__":
    main()
