"""One date as far as it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chronology.dates.clock import Clock
from chronology.flags import Flag

#: Two figures up to 49 are 20xx, from 50 on 19xx.
PIVOT = 50
#: Years outside these are slips of the key, not years of a case.
YEARS = range(1880, 2100)


@dataclass(frozen=True, slots=True)
class Point:
    """A date as far as it is written; what is not written is ``None``.

    ``swappable``: day and month are two numbers, read here as in Britain, and may be exchanged.
    ``months``: how long a stretch is that names no day. ``maybe_year``: the 2013 that the number in
    "Mar 13" could also stand for.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 0
    swappable: bool = False
    short_year: bool = False
    maybe_year: int | None = None
    weekday: int | None = None
    clock: Clock | None = None
    doubts: tuple[Flag, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether day, month and year are all written."""
        return self.day is not None and self.month is not None and self.year is not None

    @property
    def swapped(self) -> Point:
        """Day and month exchanged."""
        return replace(self, day=self.month, month=self.day)


def full_year(number: int) -> int:
    """The year that two figures stand for in a record of an event."""
    return number + (2000 if number < PIVOT else 1900)


def calendar_day(point: Point) -> date | None:
    """The day, where all of it is written and the calendar has it."""
    try:
        return date(point.year or 0, point.month or 0, point.day or 0)
    except ValueError:
        return None


def fixed(day: date, clock: Clock | None = None) -> Point:
    """A date about whose day and month there is no question."""
    return Point(day.year, day.month, day.day, clock=clock)
