"""A point or stretch of time as far as it is known, and as it was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from chronology.flags import Flag


class Precision(StrEnum):
    """How exactly a record says when something occurred."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    APPROXIMATE = "approximate"
    RANGE = "range"
    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


#: A day can be pointed at; anything else is drawn as a stretch and never merged on date alone.
EXACT = frozenset({Precision.MINUTE, Precision.DAY})


@dataclass(frozen=True, slots=True)
class When:
    """A date with the precision and the words it came with.

    ``start`` and ``end`` are the first and the last day it can be, both included. A day has both
    equal; ``March 2013`` runs from the 1st to the 31st; ``before 3 May`` has no start; what could
    not be read has neither. ``clock`` is a UK wall-clock time, only where one was written.
    """

    written: str
    precision: Precision = Precision.UNKNOWN
    start: date | None = None
    end: date | None = None
    clock: time | None = None
    flags: tuple[Flag, ...] = ()

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"{self.written!r} ends before it starts")

    @property
    def is_exact(self) -> bool:
        """Whether it names one day."""
        return self.precision in EXACT

    @property
    def is_known(self) -> bool:
        """Whether it has any place in time at all."""
        return self.start is not None or self.end is not None

    def flagged(self, *flags: Flag) -> When:
        """The same date with further doubts."""
        return replace(self, flags=self.flags + tuple(f for f in flags if f not in self.flags))

    @property
    def sort_key(self) -> tuple[date, str, date, str]:
        """A total order by first possible day, then time; the undated come last."""
        first = self.start or self.end or date.max
        clock = self.clock.isoformat("minutes") if self.clock else ""
        return (first, clock, self.end or first, self.written)


UNDATED = When(written="")
