"""rapidfuzz and one day: what a careful hour with a spreadsheet and a script would give."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rapidfuzz import fuzz, utils

from benchmarks.peers.method import Groups, OneByOne, Pair, components
from benchmarks.peers.rows import near, rows_of
from chronology.labelled import Case


class Baseline(OneByOne):
    """token_set_ratio of the narratives (documented for texts of unlike length) within one day."""

    thresholds: Sequence[float] = range(30, 101, 2)

    def fit(self, _cases: Sequence[Case]) -> Baseline:
        """Learns nothing."""
        return self

    def score_one(self, case: Case) -> list[tuple[float, Pair]]:
        """Every two records of one day or the next, by likeness."""
        dated = [
            (row, utils.default_process(row.narrative or "")) for row in rows_of(case) if row.day
        ]
        return [
            (fuzz.token_set_ratio(one, other), (a.id, b.id))
            for (a, one), (b, other) in combinations(dated, 2)
            if near(a, b, days=1)
        ]

    def groups_of_one(
        self, _case: Case, scored: list[tuple[float, Pair]], threshold: float
    ) -> Groups:
        """Records joined by any chain of pairs alike enough."""
        return components(pair for likeness, pair in scored if likeness >= threshold)
