"""Which accounts are worth comparing: those whose days could be one, in families that meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from chronology.account import Account
from chronology.compare import VAGUE_WINDOW_DAYS, WINDOW_DAYS, YEAR_DAYS, wrong_year
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
    near = _Near()
    ordered = _by_day(understood)
    for at, (first, last, u) in enumerate(ordered):
        family = families.get(u.id)
        for _, _, other in near.meeting(family, first - WINDOW_DAYS):
            yield other, u
        near.add(family, (at, last, u))
    yield from _a_year_apart([u for _, _, u in ordered], families)


def _a_year_apart(
    ordered: Sequence[Understanding], families: Mapping[str, str]
) -> Iterator[tuple[Understanding, Understanding]]:
    """Pairs whose dates differ by the year alone, give or take a few days, at the turn of one."""
    on_day: defaultdict[int, list[Understanding]] = defaultdict(list)
    for u in ordered:
        first = u.first or 0
        for days in range(YEAR_DAYS - VAGUE_WINDOW_DAYS, YEAR_DAYS + VAGUE_WINDOW_DAYS + 1):
            for other in on_day.get(first - days, ()):
                if wrong_year(other, u) and _may_meet(families.get(other.id), families.get(u.id)):
                    yield other, u
        on_day[first].append(u)


def _may_meet(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def families(accounts: Sequence[Account], cast: Cast) -> dict[str, str]:
    """For each account, the family it belongs to, where that family is large enough to be one.

    Persons named in one record belong together. Accounts of small groups have no entry: they may
    belong to any family.
    """
    groups = _Groups()
    of_account: dict[str, str] = {}
    for account in accounts:
        subjects = cast.subjects_of(account)
        if subjects:
            person = of_account[account.id] = min(subjects)
            for other in subjects | cast.relatives_of(account):
                groups.join(person, other)
    found = {account_id: groups.root(person) for account_id, person in of_account.items()}
    sizes = Counter(found.values())
    return {a: family for a, family in found.items() if sizes[family] >= FAMILY_OF_ITS_OWN}


def _by_day(understood: Sequence[Understanding]) -> list[tuple[int, int, Understanding]]:
    dated = [(u.first, u.last, u) for u in understood if u.first and u.last]
    short = [d for d in dated if d[1] - d[0] <= LONGEST_STRETCH_DAYS]
    return sorted(short, key=lambda d: (d[0], d[2].id))


#: Its place in the order of days, the last day it can be, and the account.
_Open = tuple[int, int, Understanding]


class _Near:
    """The accounts whose days are not yet past, by family; None holds those that may be of any."""

    def __init__(self) -> None:
        self._of: defaultdict[str | None, list[_Open]] = defaultdict(list)
        self._all: list[_Open] = []

    def add(self, family: str | None, account: _Open) -> None:
        """Keeps an account for those that follow."""
        self._of[family].append(account)
        self._all.append(account)

    def meeting(self, family: str | None, day: int) -> list[_Open]:
        """The accounts that may meet one of this family from a day on, in their order."""
        if family is None:
            self._all = _lasting(self._all, day)
            return self._all
        own = self._of[family] = _lasting(self._of[family], day)
        free = self._of[None] = _lasting(self._of[None], day)
        return sorted((*own, *free)) if own and free else own or free


def _lasting(accounts: list[_Open], day: int) -> list[_Open]:
    return [account for account in accounts if account[1] >= day]


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
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)
