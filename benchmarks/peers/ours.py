"""chronology, its weights fitted without the author that is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.fit_weights import fit, see
from benchmarks.peers.method import Groups
from chronology.clusters import clusters
from chronology.labelled import Case
from chronology.matching import Matched, match
from chronology.merge import Preset, merge
from chronology.people import resolve
from chronology.weights import Weights


@dataclass
class Fitted:
    """chronology at a preset."""

    weights: Weights
    preset: Preset

    def score(self, _case: Case) -> None:
        """Nothing apart: chronology scores and groups in one."""

    def groups(self, case: Case, _scored: None, _threshold: float) -> Groups:
        """The records of each entry."""
        merged = merge(case.accounts, resolve(case.accounts), self.preset, self.weights)
        return [[account.id for account in entry.accounts] for entry in merged.entries]


@dataclass
class Tuned(Fitted):
    """chronology with its threshold chosen as the peers' are."""

    def score(self, case: Case) -> Matched:  # type: ignore[override]
        """Every pair worth comparing."""
        accounts = sorted(case.accounts, key=lambda a: a.id)
        return match(accounts, resolve(accounts), self.weights)

    def groups(self, _case: Case, scored: Matched, threshold: float) -> Groups:  # type: ignore[override]
        """The groups at a threshold; chronology's own rules on days and tellers stay."""
        preset = replace(self.preset, merge_at=threshold)
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

    def fit(self, cases: Sequence[Case]) -> Fitted:
        """Fits the weights as benchmarks/fit_weights.py does."""
        weights = Weights.of(fit([see(case) for case in cases]))
        return (Tuned if self.tuned else Fitted)(weights, self.preset)
