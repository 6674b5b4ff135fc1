"""What the words of a date cell say: one date, a stretch, before or after, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from chronology.dates.clock import Clock
from chronology.dates.moments import dated, timed, without_lead
from chronology.dates.point import Point
from chronology.dates.points import point, point_ahead
from chronology.dates.saying import Kind, Saying
from chronology.dates.stamps import serial_point
from chronology.dates.words import (
    DOUBT_AFTER,
    DOUBT_BEFORE,
    DOUBTING,
    MONTHS,
    NOTHING_SAID,
    READ_AT_MOST,
    SAME_AS_ABOVE,
    either,
    tidy,
)

Reader = Callable[[re.Match[str]], Saying | None]

#: Longer cells are narrative, which at most begins with a date.
LONGEST_FORM = 100
_DATE_LIKE = re.compile(rf"\d|\b(?:{either(MONTHS)})")

_FIGURE_NEXT = re.compile(r"[\s,;:-]*\d")
_REMARK = re.compile(r"[\s,;:(\[/*#-]")
_LATER_DAY = re.compile(r"(?<![\w/.])(?=\d|[adfjmnosw][a-z]+ \d)")

#: A list of dates, and the joints that also stand inside "3/4 May" and "Nov / Dec 2006".
_COMMAS = re.compile(r"\s*(?:[,;&+]|\band\b|\s/\s|\bthen\b)+\s*")
_CLOSE = re.compile(r"\s?(?:/|&|\+|\band\b)\s?")
_LONG = (re.compile(r"\s(?:-+|to|until|till?|through|thru|up to)\s"), re.compile(r"\s?(?:-|to)\s?"))
_AND = re.compile(r"\s(?:and|&|to|-)\s")

_BRACKETED = r"(?P<one>.+?)\s?[(\[](?P<remark>[^()\[\]\d]+)[)\]]?"
_ONE = r"[\s:]*(?P<one>.+)"
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_FROM = r"(?:on or after|since|from|starting|commencing|w\.?e\.?f\.?|with effect from)"
_ONWARDS = r"\s(?:on|onwards?|and after|or later|or after|ongoing|and ongoing)"
_OPEN_END = r"\s?(?:-|to|until|till)\s?(?:(?:the )?present|date|ongoing|current|now|today)?"
_EARLY = r"(?P<early>early|beginning of|start of)"
_MID = r"(?P<mid>mid(?:dle of)?)"


def _meaning(kind: Kind) -> Reader:
    """A reader for one date with words that place the event beside it."""

    def read(found: re.Match[str]) -> Saying | None:
        one = timed(without_lead(found["one"]))
        return Saying(kind, (one,)) if one else None

    return read


def _part(found: re.Match[str]) -> Saying | None:
    """Early 2020, mid-March 2019, end of March 2019."""
    one = point(found["one"])
    if one is None or one.day is not None or one.months not in (1, 3, 12):
        return None
    early, mid = found["early"], found["mid"]
    return Saying(Kind.EARLY if early else Kind.MID if mid else Kind.LATE, (one,))


def _doubted(found: re.Match[str]) -> Saying | None:
    """c. 14/03/13, ?March 2013."""
    inner = phrase(found["one"])
    return replace(inner, doubted=True) if inner.points else None


def _doubted_after(found: re.Match[str]) -> Saying | None:
    """14/03/13 (approx). Behind a clock time it is the time that is doubted."""
    inner = phrase(found["one"])
    if inner.kind is not Kind.PLAIN or not inner.points[0].clock:
        return replace(inner, doubted=True) if inner.points else None
    clock = replace(inner.points[0].clock, uncertain=True)
    return replace(inner, points=(replace(inner.points[0], clock=clock),))


def _span(found: re.Match[str]) -> Saying | None:
    """03/05/21 - 07/05/21, 3-7 May 2021, Nov-Dec 2006."""
    text = without_lead(found["one"])
    for joint in _LONG:
        for at in joint.finditer(text):
            if ends := _ends(text[: at.start()], text[at.end() :]):
                return Saying(Kind.SPAN, ends)
    return _close_span(text)


def _between(found: re.Match[str]) -> Saying | None:
    """Between 3 and 7 May 2021."""
    for at in _AND.finditer(found["one"]):
        if ends := _ends(found["one"][: at.start()], found["one"][at.end() :]):
            return Saying(Kind.SPAN, ends)
    return _span(found)


def _close_span(text: str) -> Saying | None:
    """3/4 May 2021, November / December 2006: joined so, only neighbours are a stretch."""
    for at in _CLOSE.finditer(text):
        ends = _ends(text[: at.start()], text[at.end() :])
        if ends and _neighbours(*ends):
            return Saying(Kind.SPAN, ends)
    return None


def _bracketed(found: re.Match[str]) -> Saying | None:
    """3-7 May 2021 (half term)."""
    inner = phrase(found["one"])
    if not inner.points or inner.kind is Kind.PLAIN:
        return None
    doubted = inner.doubted or bool(DOUBTING.search(found["remark"]))
    return replace(inner, doubted=doubted, remark=found["remark"])


def _neighbours(first: Point, last: Point) -> bool:
    if first.day is None:
        return first.months == last.months == 1
    return first.month is None and last.day == first.day + 1


def _ends(left: str, right: str) -> tuple[Point, Point] | None:
    """Both ends of a stretch, the first as full as the words allow."""
    last = timed(right)
    if last is None or (last.month is None and last.day is not None):
        return None
    first = timed(left)
    if first is None or (first.day is not None and last.day is None):
        return None
    if first.day is not None and first.month is None:
        return first, replace(last, swappable=False)
    return first, last


def _either(found: re.Match[str]) -> Saying | None:
    """3 or 4 May 2021: somewhere from the one to the other."""
    ends = _ends(found["one"], found["other"])
    return Saying(Kind.SPAN, ends, doubted=True) if ends else None


def _american_span(found: re.Match[str]) -> Saying | None:
    """March 3-7, 2021."""
    ends = _ends(found["one"], f"{found['other']} {found['mon']} {found['y']}")
    return Saying(Kind.SPAN, ends) if ends else None


def _several(found: re.Match[str]) -> Saying | None:
    """3/5, 5/5 and 9/5/21."""
    points = [timed(part) for part in _COMMAS.split(found["one"]) if part]
    read = tuple(p for p in points if p)
    return Saying(Kind.SEVERAL, read) if len(points) > 1 and len(read) == len(points) else None


#: The grammar of a cell that is more than one plain date, tried from the top.
FORMS: tuple[tuple[str, Reader], ...] = (
    (DOUBT_BEFORE.pattern + r"(?P<one>.+)", _doubted),
    (r"(?P<one>.+?)" + DOUBT_AFTER.pattern, _doubted_after),
    (
        rf"(?:w/?c|w/?b|w(?:ee)?k (?:com|commencing|beginning|starting|of))\b\.?{_ONE}",
        _meaning(Kind.WEEK_FROM),
    ),
    (rf"(?:w/?e|w(?:ee)?k ending)\b{_ONE}", _meaning(Kind.WEEK_TO)),
    (rf"(?:on or before|no[tr]? later than|by|up to|until|till?)\b{_ONE}", _meaning(Kind.BY)),
    (rf"(?:before|prior to|pre)\b-?{_ONE}", _meaning(Kind.BEFORE)),
    (rf"{_FROM}\b[\s:]*(?P<one>.+?)(?:{_ONWARDS}|{_OPEN_END})?", _meaning(Kind.FROM)),
    (rf"(?:after|post|later than)\b-?{_ONE}", _meaning(Kind.AFTER)),
    (rf"(?P<one>.+?)(?:{_ONWARDS}|{_OPEN_END})", _meaning(Kind.FROM)),
    (r"(?P<one>.+?),? (?:or before|or earlier|at the latest)", _meaning(Kind.BY)),
    (rf"(?:in )?(?:the )?(?:{_EARLY}|{_MID}|late|end of|latter part of)[\s-]*(?P<one>.+)", _part),
    (rf"(?:between|btwn)\b{_ONE}", _between),
    (r"from\b[\s:]*(?P<one>.+)", _span),
    (r"(?P<one>.+)\s(?:or|and/or)\s(?P<other>.+)", _either),
    (r"(?P<one>.+(?:[-/&+]|\b(?:to|until|till?|through|thru|and)\b).+)", _span),
    (
        rf"(?P<one>(?P<mon>[a-z]+)\.? {_DAY})\s?(?:-|to)\s?(?P<other>{_DAY}),? (?P<y>\d{{4}})",
        _american_span,
    ),
    (r"(?P<one>.+(?:[,;&+/]|\band\b|\bthen\b).+)", _several),
    (_BRACKETED, _bracketed),
)
_COMPILED = tuple((re.compile(form), reader) for form, reader in FORMS)


def read_phrase(text: str) -> Saying:
    """What the cell says. Only its first words are looked at; it never raises."""
    return _read_start(text[: 2 * READ_AT_MOST])


@lru_cache(maxsize=32768)
def _read_start(text: str) -> Saying:
    return phrase(tidy(text))


@lru_cache(maxsize=32768)
def phrase(text: str) -> Saying:
    """What tidied words say."""
    for step in _STEPS:
        if said := step(text):
            return said
    return Saying(Kind.UNREADABLE)


def _words(text: str) -> Saying | None:
    """Cells that say nothing, or point at the row above."""
    if text in NOTHING_SAID:
        return Saying(Kind.NOTHING)
    return Saying(Kind.AS_ABOVE) if text in SAME_AS_ABOVE else None


def _plain(text: str) -> Saying | None:
    read = timed(text)
    return Saying(Kind.PLAIN, (read,)) if read else None


def _serial(text: str) -> Saying | None:
    read = serial_point(text)
    return Saying(Kind.SERIAL, (read,)) if read else None


def _formed(text: str) -> Saying | None:
    if len(text) > LONGEST_FORM or not _DATE_LIKE.search(text):
        return None
    for form, reader in _COMPILED:
        if (found := form.fullmatch(text)) and (said := reader(found)):
            return said
    return None


def _led(text: str) -> Saying | None:
    rest = without_lead(text)
    return phrase(rest) if rest and rest != text else None


def _remarked(text: str) -> Saying | None:
    """A date with words behind it; a further date among them is named, never dropped."""
    found = dated(text)
    if found is None:
        return None
    first, remark = found
    later = tuple(_later_days(remark))
    if later:
        return Saying(Kind.SEVERAL, (first, *later), remark=remark)
    if not _REMARK.match(remark) or not _bears_remark(first, remark):
        return None
    if _FIGURE_NEXT.match(remark):
        first = replace(first, clock=Clock(None, remark.strip()))
    short = len(remark.split()) <= 6
    return Saying(Kind.PLAIN, (first,), bool(short and DOUBTING.search(remark)), remark.strip())


def _bears_remark(first: Point, remark: str) -> bool:
    """Whether the words behind leave it a date: "3rd visit", "1/2 an hour", "2015 rang" do not."""
    if _FIGURE_NEXT.match(remark):
        # "14/03/20 13" may be a torn year; behind a whole one a figure is at most a time.
        return first.is_whole and not first.short_year and first.clock is None
    if first.clock or first.is_whole:
        return True
    if first.month is None:
        return first.day is None and bool(re.match(r"\s?[-,;:(\[]", remark))
    return first.year is not None or not first.swappable


def _later_days(remark: str) -> list[Point]:
    """The whole dates in the words behind a date."""
    found: list[Point] = []
    start = 0
    while at := _LATER_DAY.search(remark, start):
        day = point_ahead(remark[at.start() :])
        if day and day[0].is_whole:
            found.append(day[0])
            start = len(remark) - len(day[1])
        else:
            start = at.start() + 1
    return found


_STEPS: tuple[Callable[[str], Saying | None], ...] = (
    _words,
    _plain,
    _serial,
    _formed,
    _led,
    _remarked,
)
