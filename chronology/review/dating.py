"""A date as a person types it into a form: British, day first, no more exact than written."""

from __future__ import annotations

from dataclasses import replace

from chronology.dates import Evidence, Order, read_when
from chronology.when import Precision, When

#: What is said where a time comes with a month, a year or a stretch of days.
TIME_NEEDS_DAY = (
    "A time needs a day. Write the whole date, such as 14 March 2013, or leave the time out."
)
_DAY_FIRST = Evidence(Order.DAY_FIRST, "Dates typed here are read day first.")


def typed_date(text: str, clock: str = "") -> When:
    """What was typed, as a date; it is unknown where this program cannot read it."""
    when = read_when(text, evidence=_DAY_FIRST, clock_text=clock)
    return replace(when, flags=tuple(f for f in when.flags if f.code != "date-order"))


def has_time_without_day(when: When) -> bool:
    """Whether a time of day was typed with a date that names no one day."""
    return when.clock is not None and not when.is_exact


def day_or_words(text: str) -> str:
    """A whole day as the standard writes it; any other date in the words it was given in."""
    when = typed_date(text)
    if when.precision is Precision.DAY and when.start:
        return when.start.isoformat()
    return text
