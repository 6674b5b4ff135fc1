"""dedupe 3.0.3: its variables, its classifier, its clustering; labels from the other authors.

Variables as its guide names them: Custom for the days and hours between (its date type is a
package apart), String for names, Text with the corpus for prose, Exact for codes. Its classifier
(a grid of regularised logistic regressions) is fitted as ``Dedupe.train`` fits it. The pairs are
those of a case near in time, fed to ``score`` as its guide says where the pairs are one's own:
learning blocks from so many labels takes minutes a fit, and no block may join two families.
Cluster: its hierarchical clustering.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import dedupe
import numpy as np
from dedupe import variables

from benchmarks.peers.method import Groups, OneByOne, together
from benchmarks.peers.rows import Row, near, rows_of
from chronology.labelled import Case

NAMES = ("subject", "people", "professional", "location")
TEXTS = ("type", "narrative", "outcome")
CODES = ("agency", "organisation", "born")
#: Days apart beyond which it no longer matters how many.
FAR = 7

Record = dict[str, Any]


def record(row: Row) -> Record:
    """A row as dedupe takes it: the day and the time as numbers."""
    cells = {key: value for key, value in asdict(row).items() if key not in ("first", "last")}
    cells["day"] = str(row.day.toordinal()) if row.day else None
    cells["time"] = str(int(row.time[:2]) * 60 + int(row.time[3:])) if row.time else None
    return cells


def days_between(a: str, b: str) -> float:
    """Days between two dates, as far as they matter."""
    return min(abs(int(a) - int(b)), FAR)


def hours_between(a: str, b: str) -> float:
    """Hours between two times of day."""
    return abs(int(a) - int(b)) / 60


def pairs(case: Case) -> Iterator[tuple[tuple[str, Record], tuple[str, Record]]]:
    """Every two records of a case near in time, the smaller id first as dedupe asks."""
    rows = [(row, (row.id, record(row))) for row in rows_of(case)]
    for (a, one), (b, other) in combinations(rows, 2):
        if near(a, b):
            yield one, other


def definition(records: Sequence[Record]) -> list[Any]:
    """The variables; Text is given the corpus, so that rare words weigh more."""
    return [
        variables.Custom("day", comparator=days_between, has_missing=True),
        variables.Custom("time", comparator=hours_between, has_missing=True),
        *(variables.Exact(field, has_missing=True) for field in CODES),
        *(variables.String(field, has_missing=True) for field in NAMES),
        *(
            variables.Text(field, corpus=[r[field] for r in records if r[field]], has_missing=True)
            for field in TEXTS
        ),
    ]


@dataclass
class Fitted(OneByOne):
    """A deduper that has been trained."""

    deduper: Any

    def score_one(self, case: Case) -> Any:
        """Its score of each pair near in time."""
        return np.array(self.deduper.score(pairs(case)))

    def groups_of_one(self, _case: Case, scored: Any, threshold: float) -> Groups:
        """Its clusters."""
        return [list(ids) for ids, _ in self.deduper.cluster(scored.copy(), threshold)]


@dataclass
class Deduping:
    """dedupe with labels."""

    thresholds: Sequence[float] = tuple(n / 25 for n in range(2, 25))

    def fit(self, cases: Sequence[Case]) -> Fitted:
        """Trains on every labelled pair near in time, in this process alone."""
        records = [record(row) for case in cases for row in rows_of(case)]
        deduper = dedupe.Dedupe(definition(records), num_cores=0, in_memory=True)
        labelled = [(a, b, same) for case in cases for a, b, same in _labelled(case)]
        distances = deduper.data_model.distances([(a, b) for a, b, _ in labelled])
        deduper.classifier.fit(distances, np.array([same for _, _, same in labelled]))
        return Fitted(deduper)


def _labelled(case: Case) -> Iterator[tuple[Record, Record, bool]]:
    true = {frozenset(pair) for pair in together(case)}
    for (a, one), (b, other) in pairs(case):
        yield one, other, frozenset((a, b)) in true
