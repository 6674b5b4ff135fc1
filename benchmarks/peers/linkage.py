"""recordlinkage 0.16, as its guides on indexing, comparing, classifying and deduplication say.

Index: sorted neighbourhood on the day, and a block on the month where a record names no day.
Compare: Jaro-Winkler for names, cosine over q-grams for texts, a numeric step for days, exact
for codes. Classify: logistic regression from labels, or ECM over agreements without labels.
Cluster: its own ConnectedComponents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import recordlinkage
from recordlinkage.index import Block, SortedNeighbourhood

from benchmarks.peers.method import Groups, OneByOne, together
from benchmarks.peers.rows import rows_of
from chronology.labelled import Case

#: Distinct days of the case on either side count as near: a window of 7 is three each way.
WINDOW = 7
WHERE_AND_WHO = ("subject", "location")
#: Who wrote it is left out for ECM, which else sorts the pairs by whether one agency wrote both.
NAMES = (*WHERE_AND_WHO, "professional", "organisation")
#: ECM takes agreements only: how alike each text must be to agree (for names the guide's 0.85).
NAMES_AGREE = 0.85
TEXTS_AGREE = {"type": 0.4, "narrative": 0.65, "outcome": 0.25, "people": 0.5}


def frame(case: Case) -> pd.DataFrame:
    """A case as the toolkit takes it."""
    rows = rows_of(case)
    table = pd.DataFrame([asdict(row) for row in rows], index=[row.id for row in rows])
    table["ordinal"] = [row.day.toordinal() if row.day else np.nan for row in rows]
    table["minute"] = [_minute(row.time) for row in rows]
    table["month"] = [row.first.strftime("%Y-%m") for row in rows]
    return table


def _minute(clock: str | None) -> float:
    return int(clock[:2]) * 60 + int(clock[3:]) if clock else np.nan


def pairs(table: pd.DataFrame) -> pd.MultiIndex:
    """The candidate pairs of a case."""
    dated = table[table["day"].notna()]
    near = SortedNeighbourhood("ordinal", window=WINDOW).index(dated)
    coarse = Block("month").index(table)
    vague = set(table.index[table["day"].isna()])
    found: pd.MultiIndex = near.union([(a, b) for a, b in coarse if a in vague or b in vague])
    return found


def compared(table: pd.DataFrame, *, agree_only: bool) -> pd.DataFrame:
    """The comparison vectors of a case."""
    compare = recordlinkage.Compare()
    compare.numeric("ordinal", "ordinal", method="step", offset=0.5, label="same day")
    compare.numeric("ordinal", "ordinal", method="step", offset=1.5, label="next day")
    compare.numeric("minute", "minute", method="step", offset=30, label="same half hour")
    for column in ("born",) if agree_only else ("agency", "organisation", "born"):
        compare.exact(column, column, label=f"same {column}")
    for column in WHERE_AND_WHO if agree_only else NAMES:
        at = NAMES_AGREE if agree_only else None
        compare.string(column, column, method="jarowinkler", threshold=at, label=column)
    for column, agreeing in TEXTS_AGREE.items():
        at = agreeing if agree_only else None
        compare.string(column, column, method="cosine", threshold=at, label=column)
    vectors: pd.DataFrame = compare.compute(pairs(table), table)
    return vectors


@dataclass
class Fitted(OneByOne):
    """A classifier that has been fitted."""

    classifier: Any
    agree_only: bool
    #: By the name of a case it was fitted on.
    vectors: dict[str, pd.DataFrame]

    def score_one(self, case: Case) -> pd.Series[float]:
        """How probable each candidate pair is."""
        vectors = self.vectors.get(case.name)
        if vectors is None:
            vectors = compared(frame(case), agree_only=self.agree_only)
        found: pd.Series[float] = self.classifier.prob(vectors)
        return found

    def groups_of_one(self, _case: Case, scored: pd.Series[float], threshold: float) -> Groups:
        """The connected components of the pairs probable enough."""
        links = scored.index[scored >= threshold]
        found = recordlinkage.ConnectedComponents().compute(links)
        return [sorted({item for pair in group for item in pair}) for group in found]


@dataclass
class Linkage:
    """recordlinkage with labels (logistic regression) or without (ECM)."""

    labels: bool
    thresholds: Sequence[float] = ()

    def __post_init__(self) -> None:
        close = [1 - 10.0**-n for n in range(2, 15)] if not self.labels else []
        self.thresholds = [n / 25 for n in range(2, 25)] + close

    def fit(self, cases: Sequence[Case]) -> Fitted:
        """Fits on the pairs of the cases given."""
        of = {case.name: compared(frame(case), agree_only=not self.labels) for case in cases}
        vectors = pd.concat(of.values())
        if not self.labels:
            classifier = recordlinkage.ECMClassifier()
            classifier.fit(vectors)
            return Fitted(classifier, agree_only=True, vectors=of)
        true = {frozenset(pair) for case in cases for pair in together(case)}
        matches = vectors.index[[frozenset(pair) in true for pair in vectors.index]]
        classifier = recordlinkage.LogisticRegressionClassifier(max_iter=1000)
        classifier.fit(vectors, matches)
        return Fitted(classifier, agree_only=False, vectors=of)
