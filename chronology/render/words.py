"""Dates, ages, delays and likelihoods in the words a reader of the timeline sees."""

import re
from calendar import monthrange
from datetime import date, time, timedelta
from functools import lru_cache

from chronology.when import EXACT, Precision

NOT_RECORDED = "Not recorded"
#: The file of records that somebody entered in a case, and what they say of who did.
BY_HAND = "Entered by hand"
DATE_NOT_KNOWN = "Date not known"

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

PRECISION_WORDS: dict[Precision, str] = {
    Precision.MINUTE: "day and time",
    Precision.DAY: "day",
    Precision.MONTH: "month only",
    Precision.QUARTER: "quarter only",
    Precision.YEAR: "year only",
    Precision.APPROXIMATE: "approximate",
    Precision.RANGE: "several days",
    Precision.BEFORE: "before a day",
    Precision.AFTER: "after a day",
    Precision.UNKNOWN: "not known",
}

#: From how sure on (0 to 1) a merge is called what.
MERGE_WORDS = ((0.95, "Merged: very sure"), (0.85, "Merged: sure"), (0.0, "Merged: fairly sure"))
#: The same of accounts that a person ruled one: what the program would have thought by itself.
ALONE_WORDS = (
    (0.95, "The program by itself: very sure"),
    (0.85, "The program by itself: sure"),
    (0.75, "The program by itself: likely the same"),
    (0.5, "The program by itself: may be the same"),
    (0.0, "The program by itself: less likely the same"),
)
LIKELIHOOD_WORDS = (
    (0.75, "Likely the same"),
    (0.5, "May be the same"),
    (0.0, "Less likely the same"),
)
COLUMN_WORDS = ((0.8, "sure"), (0.6, "fairly sure"), (0.0, "not sure: please check"))

#: A child of whom a record tells before birth is "unborn" no longer than a pregnancy lasts.
PREGNANCY = timedelta(days=280)
GROWN_UP = 18
ONE_DAY = timedelta(days=1)

#: Words that leave out the day they name; "by" and "since" take it in.
_BEFORE = re.compile(r"\b(?:before|prior|pre)\b")
_AFTER = re.compile(r"\b(?:after|post)\b")


def graded(score: float, words: tuple[tuple[float, str], ...]) -> str:
    """The words for a score, from a table of thresholds, the highest first."""
    return next(text for least, text in words if max(score, 0.0) >= least)


def day_words(day: date) -> str:
    """``14 March 2013``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=20_000)
def date_words(precision: Precision, start: date | None, end: date | None, written: str) -> str:
    """A date no more exact than the record gives it; its own words where it cannot be placed."""
    if start is None and end is None:
        return f"{DATE_NOT_KNOWN}: '{written}'" if written.strip() else DATE_NOT_KNOWN
    if start is None or end is None:
        return _open_words(start, end, written.casefold())
    if precision is Precision.APPROXIMATE:
        return f"about {_span_words(start, end)}"
    if precision is Precision.RANGE and start.replace(day=1) == end.replace(day=1):
        return _days_words(start, end)
    return _span_words(start, end)


@lru_cache(maxsize=20_000)
def moment_words(
    precision: Precision, start: date | None, end: date | None, clock: time | None, written: str
) -> str:
    """A date with weekday and time where they are known: ``Thursday 14 March 2013, 23:30``."""
    words = date_words(precision, start, end, written)
    if start and precision in EXACT:
        words = f"{WEEKDAYS[start.weekday()]} {words}"
    return f"{words}, {clock_words(clock)}" if clock else words


def clock_words(clock: time | None) -> str:
    """``23:30``, or nothing where no time was written."""
    return f"{clock.hour:02}:{clock.minute:02}" if clock else ""


def edge_words(day: date, precision: Precision) -> str:
    """One end of a stretch, no more exact than its precision: ``March 2012``, ``2013``, a day."""
    if precision is Precision.YEAR:
        return str(day.year)
    if precision in (Precision.MONTH, Precision.QUARTER):
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"about {day_words(day)}" if precision is Precision.APPROXIMATE else day_words(day)


@lru_cache(maxsize=20_000)
def age_words(born: date, start: date | None, end: date | None) -> str:
    """How old a child was: two ages where the date is a stretch; "" for adults and unknown days."""
    if start is None or end is None:
        return ""
    first, last = _age_on(born, start), _age_on(born, end)
    if not first or not last:
        return ""
    return first if first == last else f"{first} to {last}"


def short_age(words: str) -> str:
    """``3y 2m`` for ``3 years 2 months``, where several children share a cell."""
    for long, short in ((" years", "y"), (" year", "y"), (" months", "m"), (" month", "m")):
        words = words.replace(long, short)
    return words


def delay_words(days: int) -> str:
    """``3 days``, ``1 day``; the sign is for the caller."""
    return "1 day" if abs(days) == 1 else f"{abs(days):,} days"


def _open_words(start: date | None, end: date | None, written: str) -> str:
    """A date known on one side only; ``end`` is the last and ``start`` the first day it can be."""
    if end is not None and end < date.max and _BEFORE.search(written):
        return f"before {day_words(end + ONE_DAY)}"
    if end is not None:
        return f"on or before {day_words(end)}"
    if start is None:
        return DATE_NOT_KNOWN
    if start > date.min and _AFTER.search(written):
        return f"after {day_words(start - ONE_DAY)}"
    return f"on or after {day_words(start)}"


def _span_words(start: date, end: date) -> str:
    if not _is_whole_months(start, end):
        return _days_words(start, end)
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    last = f"{MONTHS[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return last
    first = MONTHS[start.month - 1]
    return f"{first} to {last}" if start.year == end.year else f"{first} {start.year} to {last}"


def _days_words(start: date, end: date) -> str:
    last = day_words(end)
    if start == end:
        return last
    if start.year != end.year:
        return f"{day_words(start)} to {last}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} to {last}"
    return f"{start.day} to {last}"


def _is_whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end.day == monthrange(end.year, end.month)[1]


def _age_on(born: date, day: date) -> str:
    """An age under 18 on one day; "" for a grown-up or longer before birth than a pregnancy."""
    if day < born:
        return "unborn" if born - day <= PREGNANCY else ""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    years, left = divmod(months, 12)
    if years >= GROWN_UP:
        return ""
    if not months:
        return _counted((day - born).days, "day")
    return " ".join(filter(None, (_counted(years, "year"), _counted(left, "month"))))


def _counted(count: int, unit: str) -> str:
    if unit == "day" and not count:
        return "day of birth"
    return f"{count} {unit}{'' if count == 1 else 's'}" if count else ""
