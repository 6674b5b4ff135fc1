"""Entries that a person's answer makes one: whole, unless a ruling or a veto parts a member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from chronology.compare import veto
from chronology.decisions import Pair, Rulings, pair_of
from chronology.understand import Understanding

Group = list[Understanding]

RULED_DIFFERENT = "They were ruled different."


@dataclass(frozen=True, slots=True)
class Parted:
    """A record that would stand with another, were it not for two that cannot be one.

    All are account ids.
    """

    left: str
    stays: str
    #: Of those that went with ``left``, and of those that stayed: the two that cannot be one.
    between: tuple[str, str]
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups with what was ruled the same made one, and what was parted by that."""

    groups: list[Group]
    parted: tuple[Parted, ...] = ()


def together(groups: Sequence[Group], rulings: Rulings) -> Joined:
    """Makes the groups of every pair ruled the same one, with all their members.

    Only a member that was ruled different from a record it would come to stand with, or that can
    never be one with it, leaves. A person who ruled two the same that can never be one by the rules
    has set these rules aside for both their groups.
    """
    home = {u.id: at for at, group in enumerate(groups) for u in group}
    same = [pair for pair in sorted(rulings.same) if home.keys() >= set(pair)]
    if not same:
        return Joined(list(groups))
    joining = _Joining(groups, home, rulings)
    for pair in same:
        joining.join_ruled(pair)
    joining.set_rules_aside()
    anchors = {one for pair in same for one in pair}
    touched = {home[one] for one in anchors}
    parted: list[Parted] = []
    for at in sorted(touched, key=lambda at: (-len(groups[at]), min(u.id for u in groups[at]))):
        parted += joining.gather(sorted(groups[at], key=lambda u: (u.id not in anchors, u.id)))
    return Joined(joining.groups(), tuple(parted))


class _Joining:
    def __init__(self, groups: Sequence[Group], home: dict[str, int], rulings: Rulings) -> None:
        self._home = home
        self._different = rulings.different
        self._at: dict[str, Group] = {u.id: [u] for group in groups for u in group}
        touched = {home[one] for pair in rulings.same for one in pair if one in home}
        for at, group in enumerate(groups):
            if at not in touched:
                self._at.update((u.id, group) for u in group)
        self._aside: set[frozenset[int]] = set()

    def join_ruled(self, pair: Pair) -> None:
        """Makes two one whatever the rules say, unless somebody ruled that they differ."""
        one, other = self._at[pair[0]], self._at[pair[1]]
        if one is not other and not any(self._are_different(u, v) for u in one for v in other):
            self._join(one, other)

    def set_rules_aside(self) -> None:
        """Between the groups of two that were ruled the same against the rules, these hold not."""
        for group in self.groups():
            for u, v in combinations(group, 2):
                if self._home[u.id] != self._home[v.id] and veto(u, v):
                    self._aside.add(self._homes(u, v))

    def gather(self, members: Sequence[Understanding]) -> Iterator[Parted]:
        """Brings the members of one group together again, as far as may be, the first first."""
        waiting = list(members)
        while waiting:
            first, *others = waiting
            waiting = []
            for u in others:
                one, other = self._at[first.id], self._at[u.id]
                if one is other:
                    continue
                if found := self._what_parts(other, one):
                    waiting.append(u)
                    yield Parted(u.id, first.id, found[0], found[1])
                else:
                    self._join(one, other)

    def groups(self) -> list[Group]:
        """Every group once, in a fixed order."""
        unique = {id(group): group for group in self._at.values()}
        return sorted(unique.values(), key=lambda group: min(u.id for u in group))

    def _what_parts(self, leaving: Group, staying: Group) -> tuple[Pair, str] | None:
        for u in leaving:
            for v in staying:
                if self._are_different(u, v):
                    return (u.id, v.id), RULED_DIFFERENT
                if self._home[u.id] == self._home[v.id] or self._homes(u, v) in self._aside:
                    continue
                if why := veto(u, v):
                    return (u.id, v.id), why
        return None

    def _join(self, one: Iterable[Understanding], other: Iterable[Understanding]) -> None:
        joined = sorted((*one, *other), key=lambda u: (u.account.occurred.sort_key, u.id))
        self._at.update((u.id, joined) for u in joined)

    def _are_different(self, u: Understanding, v: Understanding) -> bool:
        return bool(self._different) and pair_of(u.id, v.id) in self._different

    def _homes(self, u: Understanding, v: Understanding) -> frozenset[int]:
        return frozenset((self._home[u.id], self._home[v.id]))
