"""What a compared method can do, and how what it grouped is counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Protocol

from chronology.evaluate import Figures
from chronology.labelled import Case

#: Ids of the records that a method says tell of one occurrence; who is in none stands alone.
Groups = Sequence[Sequence[str]]
Pair = tuple[str, str]


class Model(Protocol):
    """A method that has learnt what it can."""

    def score(self, cases: Sequence[Case]) -> Any:
        """What it thinks of cases, before any threshold."""

    def groups(self, cases: Sequence[Case], scored: Any, threshold: float) -> Mapping[str, Groups]:
        """Its own clusters at a threshold, by the name of the case."""


class OneByOne(ABC):
    """A model that takes each case by itself."""

    def score(self, cases: Sequence[Case]) -> Any:
        """What it thinks of each case."""
        return {case.name: self.score_one(case) for case in cases}

    def groups(self, cases: Sequence[Case], scored: Any, threshold: float) -> Mapping[str, Groups]:
        """Its clusters in each case."""
        return {c.name: self.groups_of_one(c, scored[c.name], threshold) for c in cases}

    @abstractmethod
    def score_one(self, case: Case) -> Any:
        """What it thinks of a case."""

    @abstractmethod
    def groups_of_one(self, case: Case, scored: Any, threshold: float) -> Groups:
        """Its clusters in a case."""


class Method(Protocol):
    """A way to match that learns from the cases of some authors."""

    @property
    def thresholds(self) -> Sequence[float]:
        """The thresholds to choose from."""

    def fit(self, cases: Sequence[Case]) -> Model:
        """Learns from labelled cases."""


def together(case: Case) -> list[Pair]:
    """The pairs of records that truly tell of one occurrence."""
    told: dict[str, list[str]] = defaultdict(list)
    for account_id in sorted(case.truth):
        told[case.truth[account_id].event].append(account_id)
    return [pair for ids in told.values() for pair in combinations(ids, 2)]


def components(pairs: Iterable[Pair]) -> Groups:
    """The connected components of pairs."""
    group_of: dict[str, list[str]] = {}
    for a, b in pairs:
        one, other = group_of.setdefault(a, [a]), group_of.setdefault(b, [b])
        if one is not other:
            one.extend(other)
            group_of.update((item, one) for item in other)
    return list({id(group): group for group in group_of.values()}.values())


def counted(cases: Sequence[Case], groups: Mapping[str, Groups]) -> Figures:
    """The counts of several cases together."""
    return sum((count(case, groups[case.name]) for case in cases), Figures())


def count(case: Case, groups: Groups) -> Figures:
    """The same counts for every method, chronology included."""
    event = {account_id: truth.event for account_id, truth in case.truth.items()}
    grouped = {item for group in groups for item in group}
    whole = [*groups, *([item] for item in event if item not in grouped)]
    pairs = [event[a] == event[b] for group in whole for a, b in combinations(group, 2)]
    return Figures(
        rows=len(event),
        occurrences=len(set(event.values())),
        true_pairs=len(together(case)),
        right=sum(pairs),
        wrong=len(pairs) - sum(pairs),
        hidden=len(set(event.values()) - {_told_most(group, event) for group in whole}),
    )


def _told_most(group: Sequence[str], event: dict[str, str]) -> str:
    """The occurrence that most rows of an entry tell of: the one that has this entry."""
    told = Counter(event[item] for item in group)
    return min(told, key=lambda e: (-told[e], e))
