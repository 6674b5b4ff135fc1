"""How the days of two accounts lie to each other, and whether one is a copy of the other."""

from __future__ import annotations

from datetime import date

from rapidfuzz import fuzz

from chronology.account import Account
from chronology.understand import Understanding

#: Days between two dates beyond which two accounts are never one occurrence. Of the true pairs in
#: labelled cases nine in ten lie within one day, nearly all the rest within three.
WINDOW_DAYS = 7
#: The same for a date that names no single day: the stretch itself is already wide.
VAGUE_WINDOW_DAYS = 3
#: A date written with last year's or next year's number lies this far off, give or take a few days.
YEAR_DAYS = 365
#: Months in which a year is written wrongly, the last and the first.
NEW_YEAR = (12, 1, 2)


def days_apart(a: Understanding, b: Understanding) -> int | None:
    """Whole days between the nearest days of two accounts, 0 where they overlap."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, b.first - a.last, a.first - b.last)


def may_overlap(a: Understanding, b: Understanding) -> bool:
    """Whether one day fits both dates; one known on one side only goes on without end."""
    one, other = a.account.occurred, b.account.occurred
    if not (one.is_known and other.is_known):
        return False
    first = max(one.start or date.min, other.start or date.min)
    return first <= min(one.end or date.max, other.end or date.max)


def may_be_one_day(a: Understanding, b: Understanding) -> bool:
    """Whether two dated accounts lie near enough, or one year apart at the turn of a year."""
    gap = days_apart(a, b)
    if gap is None:
        return False
    window = WINDOW_DAYS if a.is_exact and b.is_exact else VAGUE_WINDOW_DAYS
    return gap <= window or wrong_year(a, b)


def wrong_year(a: Understanding, b: Understanding) -> bool:
    """Whether two days lie a year apart at the turn of a year, where years are written wrongly."""
    if not (a.is_exact and b.is_exact and a.first and b.first):
        return False
    if abs(abs(a.first - b.first) - YEAR_DAYS) > VAGUE_WINDOW_DAYS:
        return False
    days = (a.account.occurred.start, b.account.occurred.start)
    return any(day is not None and day.month in NEW_YEAR for day in days)


def names_day_of(a: Understanding, b: Understanding) -> bool:
    """Whether the text of the second names the day the first is dated."""
    day = a.account.occurred.start
    return bool(b.days and day and (day.day, day.month) in b.days)


def exact_days(a: Understanding, b: Understanding) -> int:
    """Whole days between two named days; 0 where one is not named."""
    if a.first is None or b.first is None or not (a.is_exact and b.is_exact):
        return 0
    return abs(a.first - b.first)


def minutes_apart(a: Understanding, b: Understanding) -> int | None:
    """Minutes between two clock times; None where one gives none."""
    if a.minute is None or b.minute is None:
        return None
    return abs(a.minute - b.minute)


def is_copy(a: Understanding, b: Understanding) -> bool:
    """Whether one teller wrote the same thing twice, word for word or nearly."""
    return a.teller == b.teller and fuzz.ratio(a.text, b.text, score_cutoff=90) > 0


def spoken_day(account: Account) -> str:
    """The day an account is dated, as a person says it."""
    day = account.occurred.start
    return f"{day.day} {day:%B %Y}" if day else "no day"


def quoted(account: Account) -> str:
    """The heading of an account as it stands there."""
    return " ".join(account.event_type_written.split())
