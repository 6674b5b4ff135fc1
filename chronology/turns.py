"""Which of two records, and of the entries they stand in, came first."""

from __future__ import annotations

from collections.abc import Sequence

from chronology.decisions import Pair
from chronology.understand import Understanding
from chronology.when import When

#: Acts that are new in themselves: none of them is told or done because of an earlier occurrence.
NEW_IN_ITSELF = frozenset(
    {"domestic abuse", "incident", "fire", "overdose", "birth", "death", "missing"}
)
#: Acts that something happened.
HAPPENED = NEW_IN_ITSELF | {
    "injury", "arrest", "disclosure", "ambulance", "emergency department",
}  # fmt: skip
#: Acts by which somebody is told.
TELLS = frozenset({"notification", "referral", "letter", "call"})
#: Acts that answer what happened or was told.
ANSWERS = frozenset(
    {
        "strategy", "conference", "risk meeting", "planning meeting", "meeting", "visit",
        "medical", "assessment", "interview",
    }
)  # fmt: skip
#: The order in which one day usually goes, for records that give no clock time.
ORDER_OF_A_DAY: tuple[tuple[frozenset[str], int], ...] = ((TELLS, 2), (ANSWERS, 3), (HAPPENED, 0))
#: Where in that order anything else comes.
BETWEEN = 1


class Entries:
    """Where each record stands, and which of two entries came first."""

    def __init__(self, clusters: Sequence[Sequence[Understanding]], dates: Sequence[When]) -> None:
        self._at = {u.id: at for at, cluster in enumerate(clusters) for u in cluster}
        self._of_id = {u.id: u for cluster in clusters for u in cluster}
        self._dates = dates

    def way(self, a: Understanding, b: Understanding) -> tuple[int, int]:
        """The entries of two records."""
        return self._at[a.id], self._at[b.id]

    def between(self, pair: Pair) -> frozenset[int]:
        """The two entries of a pair; fewer where it stands in one, or is no longer there."""
        return frozenset(self._at[one] for one in pair if one in self._at)

    def days(self, a: Understanding, b: Understanding) -> int:
        """Whole days from the entry of one record to that of another."""
        one, other = self._day(a), self._day(b)
        return other - one

    def turns(self, a: Understanding, b: Understanding) -> int:
        """Which came first by the dates and times the entries bear: -1 a, 1 b, 0 not said."""
        one, other = self._day(a), self._day(b)
        if one == other:
            clocks = (self._minute(a), self._minute(b))
            if None in clocks:
                return 0
            one, other = (clock or 0 for clock in clocks)
        return (one > other) - (one < other)

    def ordered(self, pair: Pair) -> tuple[Understanding, Understanding]:
        """Two records, that of the earlier entry first."""
        a, b = (self._of_id[one] for one in pair)
        turn = self.turns(a, b) or (-1 if comes_first(a, b) else int(comes_first(b, a)))
        return (b, a) if turn > 0 else (a, b)

    def _day(self, u: Understanding) -> int:
        when = self._date(u)
        return when.start.toordinal() if when and when.start else u.first or 0

    def _minute(self, u: Understanding) -> int | None:
        when = self._date(u)
        clock = when.clock if when else u.account.occurred.clock
        return None if clock is None else clock.hour * 60 + clock.minute

    def _date(self, u: Understanding) -> When | None:
        """The date of its entry, where that names one day."""
        when = self._dates[self._at[u.id]] if self._dates else None
        return when if when and when.is_exact else None


def comes_first(a: Understanding, b: Understanding) -> bool:
    """Whether the first of two came before the second: by day, by clock, by the order of a day."""
    if a.first != b.first:
        return (a.first or 0) < (b.first or 0)
    if a.minute is not None and b.minute is not None:
        return a.minute < b.minute
    return _place_in_day(a) < _place_in_day(b)


def is_new(u: Understanding) -> bool:
    """Whether its heading names what is new in itself, and nothing told or done about it."""
    return bool(u.named & NEW_IN_ITSELF) and not u.named & (TELLS | ANSWERS)


def main_acts(u: Understanding) -> frozenset[str]:
    """What its heading names; what it begins with where the heading names nothing."""
    return u.named or frozenset(act for act, said in u.acts.items() if said >= 0.6)


def _place_in_day(u: Understanding) -> int:
    acts = main_acts(u)
    return next((place for named, place in ORDER_OF_A_DAY if acts & named), BETWEEN)
