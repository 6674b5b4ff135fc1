"""The codes of attendance marks: what a mark says of a session, and which day it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from chronology.flags import Flag
from chronology.vocabulary.codes import is_known

CODES = "attendance"
SATURDAY = 5
_ATTENDING = frozenset("/ \\ K V P W B D".split())
LATE = frozenset({"L", "U"})
_NO_SESSION = frozenset({"#", "Z", "X", "X01"})
_BLANK = frozenset({"", "-", "--", ".", "n/a", "none", "null", "nan", "missing"})
#: How a mark may be written out.
_WORDS = {"present": "/", "attended": "/", "present am": "/", "present pm": "\\", "late": "L"}
#: One mark: a letter with its figures, or a sign. "Y1" is one, "//" are two.
_MARK = re.compile(r"[A-Za-z]\d{0,2}|[^\sA-Za-z]")
_LED = re.compile(r"([A-Za-z]\d{0,2}|[/\\#])\s*(?:[-:=(\u2013]|\s-\s)")


class Kind(Enum):
    """What a mark says of a session."""

    ATTENDING = "attending"
    LATE = "late"
    ABSENT = "absent"
    NO_SESSION = "no session"
    BLANK = "no mark"


@lru_cache(maxsize=4096)
def marks_in(text: str) -> tuple[str, ...]:
    """The marks of a cell or a string: "/\\" is two, "Y1" one, "O - unauthorised" one."""
    written = text.replace("\u00a0", " ").strip()
    if written.casefold() in _BLANK:
        return ()
    if written.casefold() in _WORDS or is_known(CODES, "mark", written):
        return (written,)
    led = _LED.match(written)
    if led is not None and len(written) > len(led[0]) + 2:
        return (written,)
    found = tuple(_MARK.findall(written))
    is_day = len(found) <= 2 or " " in written
    listed = all(is_known(CODES, "mark", mark) or mark in "-*." for mark in found)
    return found if is_day and listed else (written,)


def string_marks(text: str) -> list[str]:
    """The marks of a string, one for each session; a gap inside it is a session without a mark."""
    marks: list[str] = []
    for sign in text:
        if sign.isdigit() and marks and len(marks[-1]) == 1 and marks[-1] in "CJYcjy":
            marks[-1] += sign
        else:
            marks.append("" if sign.isspace() else sign)
    return marks


@lru_cache(maxsize=4096)
def code_of(mark: str) -> str:
    """The code of a mark, in capitals: of its letter, of its words, or as it is written."""
    text = mark.strip()
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    led = _LED.match(text)
    if led is not None and is_known(CODES, "mark", led[1]):
        return led[1].upper()
    return text.upper()


@lru_cache(maxsize=4096)
def kind_of(mark: str) -> Kind:
    """What a mark says; a mark in no list is told as an absence and flagged."""
    if mark.strip().casefold() in _BLANK or mark in "-*.":
        return Kind.BLANK
    code = code_of(mark)
    if code in _ATTENDING:
        return Kind.ATTENDING
    if code in LATE:
        return Kind.LATE
    return Kind.NO_SESSION if code in _NO_SESSION else Kind.ABSENT


def is_mark(text: str) -> bool:
    """Whether a cell holds nothing but marks that are in the list."""
    found = marks_in(text)
    return bool(found) and all(is_known(CODES, "mark", code_of(m)) for m in found)


@lru_cache(maxsize=256)
def half_of(text: str) -> str:
    """ "AM" or "PM" as a session is called; "" for neither."""
    return _HALF_WORDS.get(text.strip().casefold().strip("."), "")


_HALF_WORDS = {
    **dict.fromkeys(("am", "a", "morning", "am session", "session 1", "1", "s1", "a.m"), "AM"),
    **dict.fromkeys(("pm", "p", "afternoon", "pm session", "session 2", "2", "s2", "p.m"), "PM"),
}


def counted_days(start: date, marks: Sequence[str]) -> tuple[list[date], Flag | None]:
    """The day of each mark of a string of two a day, from its first day on.

    Where marks stand where weekends would be, the string holds school days alone, and the flag
    says so.
    """
    every = [start + timedelta(days=n // 2) for n in range(len(marks))]
    on_weekends = [m for m, day in zip(marks, every, strict=True) if day.weekday() >= SATURDAY]
    if all(kind_of(m) in (Kind.NO_SESSION, Kind.BLANK) for m in on_weekends):
        return every, None
    days, day = [], start
    for n in range(len(marks)):
        if n and not n % 2:
            day += timedelta(days=1)
            while day.weekday() >= SATURDAY:
                day += timedelta(days=1)
        days.append(day)
    said = (
        f"The days were counted from {in_words(start)}, two marks a day and Monday to Friday"
        " alone, because marks stand where weekends would be."
    )
    return days, Flag("date-counted", said)


def in_words(day: date) -> str:
    """A day as a person reads it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January February March April May June July August September October November December"
).split()
