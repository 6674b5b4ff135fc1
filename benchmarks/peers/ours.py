"""chronology, its words and weights fitted without the author that is scored.

As benchmarks/fit_weights.py fits them: on the labelled cases, and for the words on the episodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from benchmarks.fit_weights import ROOT, Shelf, fit
from benchmarks.peers.method import Groups, OneByOne
from chronology.clusters import clusters
from chronology.labelled import Case, read_case
from chronology.matching import Matched, match
from chronology.merge import Preset, merge
from chronology.people import resolve
from chronology.weights import Weights

EPISODES = ROOT / "benchmarks" / "episodes"


def fitted(cases: Sequence[Case]) -> Weights:
    """The weights that these cases teach."""
    episodes = [read_case(path) for path in sorted(EPISODES.glob("*.jsonl"))]
    shelf = Shelf(list(cases), episodes)
    return Weights.of(fit(shelf.seen()), shelf.reader(frozenset({""})))


@dataclass
class Shipped(OneByOne):
    """chronology at a preset, as it ships."""

    weights: Weights
    preset: Preset

    def score_one(self, _case: Case) -> None:
        """Nothing apart: chronology scores and groups in one."""

    def groups_of_one(self, case: Case, _scored: None, _threshold: float) -> Groups:
        """The records of each entry."""
        merged = merge(case.accounts, resolve(case.accounts), self.preset, self.weights)
        return [[account.id for account in entry.accounts] for entry in merged.entries]


@dataclass
class Tuned(OneByOne):
    """chronology with its threshold chosen as the peers' are.

    Its trees know what they have seen too well to choose a threshold by: each case that it was
    fitted on is scored by weights of the half of the authors that its own is not in.
    """

    weights: Weights
    preset: Preset
    cases: Sequence[Case]
    halves: dict[int, Weights] = field(default_factory=dict)

    def score_one(self, case: Case) -> Matched:
        """Every pair worth comparing."""
        accounts = sorted(case.accounts, key=lambda a: a.id)
        return match(accounts, resolve(accounts), self._unseen_by(case))

    def _unseen_by(self, case: Case) -> Weights:
        authors = sorted({known.author for known in self.cases})
        if case.author not in authors:
            return self.weights
        half = authors.index(case.author) % 2
        if half not in self.halves:
            others = [c for c in self.cases if authors.index(c.author) % 2 != half]
            self.halves[half] = fitted(others)
        return self.halves[half]

    def groups_of_one(self, _case: Case, scored: Matched, threshold: float) -> Groups:
        """The groups at a threshold; chronology's own rules on days and tellers stay."""
        preset = replace(
            self.preset, merge_at=threshold, agree_at=min(threshold, self.preset.agree_at)
        )
        found = clusters(scored.understood, scored.pairs, preset)
        return [[understood.id for understood in group] for group in found]


@dataclass
class Ours:
    """A way to run chronology."""

    preset: Preset
    tuned: bool = False

    @property
    def thresholds(self) -> Sequence[float]:
        """The preset's own, or those to choose from."""
        return [n / 4 for n in range(-8, 17)] if self.tuned else [self.preset.merge_at]

    def fit(self, cases: Sequence[Case]) -> Shipped | Tuned:
        """Fits the weights."""
        weights = fitted(cases)
        return Tuned(weights, self.preset, cases) if self.tuned else Shipped(weights, self.preset)
