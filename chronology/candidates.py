"""Which accounts are worth comparing: those whose days could be one, in families that meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from chronology.account import Account
from chronology.compare import WINDOW_DAYS
from chronology.people import Cast
from chronology.understand import Understanding

#: A stretch longer than this says too little to be laid beside every record within it.
LONGEST_STRETCH_DAYS = 31
#: Families with fewer accounts than this may be a stray name of another, so they stay comparable.
FAMILY_OF_ITS_OWN = 20


def candidates(
    understood: Sequence[Understanding], families: Mapping[str, str]
) -> Iterator[tuple[Understanding, Understanding]]:
    """Pairs near enough in time, each once, in an order that does not depend on the input's."""
    still_near: list[tuple[int, Understanding]] = []
    for first, last, u in _by_day(understood):
        still_near = [(end, other) for end, other in still_near if end + WINDOW_DAYS >= first]
        for _, other in still_near:
            if _may_meet(families.get(other.id), families.get(u.id)):
                yield other, u
        still_near.append((last, u))


def families(accounts: Sequence[Account], cast: Cast) -> dict[str, str]:
    """For each account, the family it belongs to, where that family is large enough to be one.

    Persons named in one record belong together. Accounts of small groups have no entry: they may
    belong to any family.
    """
    groups = _Groups()
    of_account: dict[str, str] = {}
    for account in accounts:
        persons = sorted(cast.subjects_of(account))
        for one, other in pairwise(persons):
            groups.join(one, other)
        for relative in sorted(cast.relatives_of(account)):
            for person in persons[:1]:
                groups.join(person, relative)
        if persons:
            of_account[account.id] = persons[0]
    found = {account_id: groups.root(person) for account_id, person in of_account.items()}
    sizes = Counter(found.values())
    return {a: family for a, family in found.items() if sizes[family] >= FAMILY_OF_ITS_OWN}


def _by_day(understood: Sequence[Understanding]) -> list[tuple[int, int, Understanding]]:
    dated = [(u.first, u.last, u) for u in understood if u.first and u.last]
    short = [d for d in dated if d[1] - d[0] <= LONGEST_STRETCH_DAYS]
    return sorted(short, key=lambda d: (d[0], d[2].id))


def _may_meet(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


class _Groups:
    """Things joined into groups (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, item: str) -> str:
        """What stands for the group an item is in."""
        above = self._above.setdefault(item, item)
        while above != self._above[above]:
            above = self._above[item] = self._above[self._above[above]]
        return above

    def join(self, one: str, other: str) -> None:
        """Makes two groups one; the smaller name stands for it."""
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
