"""Which accounts are worth comparing: those whose days could be one, in families that meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from chronology.compare import NEW_YEAR, VAGUE_WINDOW_DAYS, WINDOW_DAYS, YEAR_DAYS, wrong_year
from chronology.families import Home, wider_homes
from chronology.understand import Understanding

#: A stretch longer than this says too little to be laid beside every record within it.
LONGEST_STRETCH_DAYS = 31


def candidates(
    understood: Sequence[Understanding], homes: Mapping[str, Home]
) -> Iterator[tuple[Understanding, Understanding]]:
    """Pairs near enough in time, each once, in an order that does not depend on the input's."""
    near = _Near()
    ordered = _by_day(understood)
    for at, (first, last, u) in enumerate(ordered):
        home = homes.get(u.id, ())
        for _, _, other in near.meeting(home, first - WINDOW_DAYS):
            yield other, u
        near.add(home, (at, last, u))
    yield from _a_year_apart([u for _, _, u in ordered], homes)


def _a_year_apart(
    ordered: Sequence[Understanding], homes: Mapping[str, Home]
) -> Iterator[tuple[Understanding, Understanding]]:
    """Pairs whose dates differ by the year alone, give or take a few days, at the turn of one."""
    at: defaultdict[tuple[Home, int], list[Understanding]] = defaultdict(list)
    within: defaultdict[tuple[Home, int], list[Understanding]] = defaultdict(list)
    for u in ordered:
        if not (u.is_exact and u.first and _near_new_year(u.first)):
            continue
        home = homes.get(u.id, ())
        *above, _ = wider_homes(home)
        for day in range(u.first - _FARTHEST, u.first - _NEAREST + 1):
            met = (at.get((higher, day), ()) for higher in above)
            for others in (*met, within.get((home, day), ())):
                yield from ((other, u) for other in others if wrong_year(other, u))
        at[home, u.first].append(u)
        for higher in (*above, home):
            within[higher, u.first].append(u)


_FARTHEST, _NEAREST = YEAR_DAYS + VAGUE_WINDOW_DAYS, YEAR_DAYS - VAGUE_WINDOW_DAYS


@lru_cache(maxsize=65536)
def _near_new_year(day: int) -> bool:
    """Whether a day lies in the months around a new year, or a few days off them."""
    off = VAGUE_WINDOW_DAYS + 1  # a leap year moves it by one more
    days = (max(1, day - off), min(date.max.toordinal(), day + off))
    return any(date.fromordinal(near).month in NEW_YEAR for near in days)


def _by_day(understood: Sequence[Understanding]) -> list[tuple[int, int, Understanding]]:
    dated = [(u.first, u.last, u) for u in understood if u.first and u.last]
    short = [d for d in dated if d[1] - d[0] <= LONGEST_STRETCH_DAYS]
    return sorted(short, key=lambda d: (d[0], d[2].id))


#: Its place in the order of days, the last day it can be, and the account.
_Open = tuple[int, int, Understanding]


class _Near:
    """The accounts whose days are not yet past: those at each home, and all those within it."""

    def __init__(self) -> None:
        self._at: defaultdict[Home, list[_Open]] = defaultdict(list)
        self._within: defaultdict[Home, list[_Open]] = defaultdict(list)

    def add(self, home: Home, account: _Open) -> None:
        """Keeps an account for those that follow."""
        self._at[home].append(account)
        for higher in wider_homes(home):
            self._within[higher].append(account)

    def meeting(self, home: Home, day: int) -> list[_Open]:
        """The accounts that may meet one of this home from a day on, in their order."""
        *above, _ = wider_homes(home)
        found = self._within[home] = _lasting(self._within[home], day)
        for higher in above:
            self._at[higher] = _lasting(self._at[higher], day)
            if self._at[higher]:
                found = [*found, *self._at[higher]]
        return found if found is self._within[home] else sorted(found, key=lambda o: o[0])


def _lasting(accounts: list[_Open], day: int) -> list[_Open]:
    return [account for account in accounts if account[1] >= day]
