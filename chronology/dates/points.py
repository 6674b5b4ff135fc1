"""The styles one date is written in. Nothing here decides between day and month."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chronology.dates.point import YEARS, Point, full_year
from chronology.dates.words import MONTHS, SEASONS, WEEKDAYS, either
from chronology.flags import Flag

_D = r"(?P<d>\d{1,2})"
_M = r"(?P<m>\d{1,2})"
_TH = r"(?:\s?(?:st|nd|rd|th))"
_MON = rf"(?P<mon>{either(MONTHS)})(?![a-z])"
_Y = r"(?P<y>\d{4}|'?\d\d)"
_Y4 = r"(?P<y>\d{4})"
_GAP = r"[-\s./,]*"
_BLANK = r"(?:00|\?{1,2}|x{1,2}|_{1,2}|dd|mm)"
_SEASON = r"(?P<season>(?:spring|summer|autumn)(?: term)?|winter|fall)"
#: 12.30.45 is hours, minutes and seconds where it is no date in the British order.
_AS_CLOCK = re.compile(r"(?:1?\d|2[0-3])\.[0-5]\d\.[0-5]\d")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

Reader = Callable[[re.Match[str]], Point | None]


def _numbers(found: re.Match[str]) -> Point | None:
    """14/03/13, 14.3.2013: two numbers that could be exchanged."""
    day, month = int(found["d"]), int(found["m"])
    if not day or not month or (month > 12 and _AS_CLOCK.fullmatch(found[0])):
        return None
    return _dated(found, month=month, day=day, swappable=True)


def _unspaced(found: re.Match[str]) -> Point | None:
    """14032013: only where it is a date in one of the orders. 2012-2014 are two years."""
    low, high = sorted((int(found["d"]), int(found["m"])))
    if found["sep"] and found["d"] in ("19", "20"):
        return None
    return _numbers(found) if low <= 12 and high <= 31 else None


def _fixed(found: re.Match[str]) -> Point | None:
    """2013-03-14, 20130314: the order is part of the style."""
    return _dated(found, month=int(found["m"]), day=int(found["d"]))


def _named(found: re.Match[str]) -> Point | None:
    """14 March 2013, March 14, 2013: the month is a word."""
    return _dated(found, month=MONTHS[found["mon"]], day=int(found["d"]))


def _month(found: re.Match[str]) -> Point | None:
    """03/2013, 2013-03, ??/03/2013."""
    return _dated(found, month=int(found["m"]), months=1)


def _named_month(found: re.Match[str]) -> Point | None:
    """March 2013, Mar-13."""
    return _dated(found, month=MONTHS[found["mon"]], months=1)


def _year(found: re.Match[str]) -> Point | None:
    """2013."""
    return _dated(found, months=12)


def _decade(found: re.Match[str]) -> Point | None:
    """1990s."""
    return _dated(found, months=120)


def _two_years(found: re.Match[str]) -> Point | None:
    """2019/20. "2011/12" may be December 2011, which lies within, so nothing is lost."""
    first, second = int(found["y"]), int(found["y2"])
    follows = second in (first + 1, (first + 1) % 100)
    doubts = (_two_year_doubt(first, second),) if follows and second <= 12 else ()
    return _dated(found, months=24, doubts=doubts) if follows else None


def _iso_month(found: re.Match[str]) -> Point | None:
    """2013-03; "2011-12" may also mean the two years."""
    point = _month(found)
    if point and int(found["m"]) == (int(found["y"]) + 1) % 100:
        return replace(point, doubts=(_two_year_doubt(int(found["y"]), int(found["m"])),))
    return point if point and 1 <= int(found["m"]) <= 12 else None


def _season(found: re.Match[str]) -> Point | None:
    """Summer 2019, autumn term 2019, winter 2019/20."""
    month, months = SEASONS[found["season"].replace("fall", "autumn")]
    follows = found["y2"] and int(found["y2"]) % 100 == (int(found["y"]) + 1) % 100
    if found["y2"] and not (follows and month == 12):
        return None
    doubts = (WINTER_DOUBT,) if month == 12 and not follows else ()
    return _dated(found, month=month, months=months, doubts=doubts)


def _quarter(found: re.Match[str]) -> Point | None:
    """Q2 2019, second quarter of 2019."""
    word = found["q"]
    number = _ORDINALS.get(word) or int(word)
    return _dated(found, month=3 * number - 2, months=3, doubts=(QUARTER_DOUBT,))


def _yearless(found: re.Match[str]) -> Point | None:
    """26/5."""
    if int(found["m"]) > 12:
        return None
    return Point(month=int(found["m"]), day=int(found["d"]), swappable=True)


def _named_yearless(found: re.Match[str]) -> Point | None:
    """26 May, May 26th."""
    return Point(month=MONTHS[found["mon"]], day=int(found["d"]))


def _month_and_number(found: re.Match[str]) -> Point | None:
    """Mar 13: a day without a year, or a month with one. Mar 99 can only be the latter."""
    number, month = int(found["d"]), MONTHS[found["mon"]]
    if number > 31:
        return Point(full_year(number), month, months=1, short_year=True)
    year = full_year(number) if len(found["d"]) == 2 else None
    return Point(month=month, day=number, maybe_year=year)


def _bare_day(found: re.Match[str]) -> Point | None:
    """14th, under a heading that gives the month."""
    return Point(day=int(found["d"])) if 1 <= int(found["d"]) <= 31 else None


def _bare_month(found: re.Match[str]) -> Point | None:
    """March, under a heading that gives the year."""
    return Point(month=MONTHS[found["mon"]], months=1)


#: The grammar of one date, tried from the top; a style that reads nothing hands on to the next.
#: The third item says whether words may follow ("14/03/13 (late entry)").
STYLES: tuple[tuple[str, Reader, bool], ...] = (
    (rf"{_D}[-./\\]{{1,2}}\s?{_M}[-./\\]{{1,2}}\s?{_Y}", _numbers, True),
    (rf"{_D}(?P<gap>\s?[-./\\]\s?|\s){_M}(?P=gap){_Y}", _numbers, True),
    (rf"{_D}[-./\\]{_M}\s{_Y4}", _numbers, True),
    (rf"(?P<d>\d\d)(?P<m>\d\d)(?P<sep>[-./\\]?){_Y4}", _unspaced, True),
    (rf"{_Y4}(?P<gap>[-/. ]){_M}(?P=gap){_D}z?", _fixed, True),
    (rf"{_Y4}(?P<m>\d\d)(?P<d>\d\d)", _fixed, True),
    (rf"(?:the )?{_D}{_TH}?(?: day)?(?: of)?{_GAP}{_MON}{_GAP}{_Y}", _named, True),
    (rf"{_MON}[-\s./]*(?:the )?{_D}{_TH}?(?:[-\s./,]*{_Y4}|\s?,?\s?'(?P<y2>\d\d))", _named, True),
    (rf"{_MON}\s?{_D}{_TH}?,\s?(?P<y>\d\d)", _named, True),
    (rf"{_Y4}{_GAP}{_MON}{_GAP}{_D}{_TH}?", _named, True),
    (rf"{_BLANK}[-./]{_BLANK}[-./]{_Y4}", _year, True),
    (rf"{_BLANK}[-./]{_M}[-./]{_Y}", _month, True),
    (rf"{_Y4}[-./]{_M}[-./]{_BLANK}", _month, True),
    (rf"{_MON}(?: of)?[-\s./,']*{_Y4}", _named_month, True),
    (rf"{_MON}(?:[-/.]|\s?'){{1,2}}(?P<y>\d\d)", _named_month, True),
    (rf"{_Y4}[-\s/]{_MON}", _named_month, True),
    (rf"{_M}[-./]{_Y4}", _month, True),
    (rf"{_Y4}(?:/|\s?-\s?|\sto\s)(?P<y2>\d{{4}})", _two_years, True),
    (rf"{_Y4}/(?P<y2>\d\d)", _two_years, True),
    (rf"{_Y4}[-./]{_M}", _iso_month, True),
    (rf"{_Y4}-(?P<y2>\d\d)", _two_years, True),
    (rf"{_SEASON}{_GAP}(?:of |in )?{_Y4}(?:\s?[-/]\s?(?P<y2>\d{{4}}|\d\d))?", _season, True),
    (rf"q(?:tr|uarter)?\s?(?P<q>[1-4])(?: of)?{_GAP}{_Y4}", _quarter, True),
    (rf"{_Y4}{_GAP}q(?:tr|uarter)?\s?(?P<q>[1-4])", _quarter, True),
    (rf"(?P<q>{'|'.join(_ORDINALS)}) quarter(?: of)?{_GAP}{_Y4}", _quarter, True),
    (r"(?:the )?(?P<y>(?:19|20)\d0)'?s", _decade, True),
    (r"(?:the )?(?:year )?(?P<y>(?:19|20)\d\d)", _year, True),
    (rf"{_D}[-./]{_M}", _yearless, True),
    (rf"(?:the )?{_D}{_TH}?(?: day)?(?: of)?{_GAP}{_MON}", _named_yearless, True),
    (rf"{_MON}{_GAP}(?:the )?{_D}{_TH}", _named_yearless, True),
    (rf"{_MON}\s?(?P<d>\d{{1,2}})", _month_and_number, True),
    (rf"(?:the )?{_D}{_TH}", _bare_day, True),
    (_D, _bare_day, False),
    (_MON, _bare_month, False),
)

WINTER_DOUBT = Flag(
    "date-ambiguous",
    "A winter belongs to two years. It was read as December to February beginning in the year "
    "written; check which months were meant.",
)
QUARTER_DOUBT = Flag(
    "date-ambiguous",
    "A quarter may be of the calendar year or of the financial year. It was read as of the "
    "calendar year; check which was meant.",
)

#: Behind a date no figure, no letter, no half of a time or of a further number.
_ENDS = r"(?![\w/:']|[-.]\d(?!\d?[:.]\d\d))"
#: Nor a sign that the last figure was an hour: "26 May 10 am".
_NO_HOUR = r"(?!\s?(?:[ap]\.?m|hrs?|hours?|noon)\b)"
_WHOLE = tuple((re.compile(style), reader) for style, reader, _ in STYLES)
_AHEAD = tuple(
    (re.compile(style + _ENDS + ("" if reader in (_numbers, _fixed) else _NO_HOUR)), reader)
    for style, reader, follows in STYLES
    if follows
)
#: One look that most other text fails; it lets through more than the styles do.
_ANY = "|".join(re.sub(r"\(\?P<\w+>", "(?:", s).replace("(?P=gap)", ".{1,3}") for s, _, _ in STYLES)
_ANY_WHOLE, _ANY_AHEAD = re.compile(_ANY), re.compile(f"(?:{_ANY}){_ENDS}")
_WEEKDAY_BEFORE = re.compile(
    rf"(?:on )?(?P<wd>{either(WEEKDAYS)})\b[.,]?\s*(?:the )?(?=[\dfjmasond])"
)
_WEEKDAY_AFTER = re.compile(rf"[\s,(]+(?P<wd>{either(WEEKDAYS)})\b\)?")


def point(text: str) -> Point | None:
    """The one date that the whole text is, without a clock time."""
    text, weekday = _without_weekday(text)
    for shape, reader in _WHOLE if _ANY_WHOLE.fullmatch(text) else ():
        if (found := shape.fullmatch(text)) and (read := reader(found)):
            return read if weekday is None else replace(read, weekday=weekday)
    after = _WEEKDAY_AFTER.search(text) if weekday is None and not text[-1:].isdigit() else None
    if after and after.end() == len(text):
        read = point(text[: after.start()])
        return replace(read, weekday=WEEKDAYS[after["wd"]]) if read else None
    return None


def point_ahead(text: str) -> tuple[Point, str] | None:
    """The date that the text begins with, and what follows it."""
    rest, weekday = _without_weekday(text)
    for shape, reader in _AHEAD if _ANY_AHEAD.match(rest) else ():
        if (found := shape.match(rest)) and (read := reader(found)):
            rest = rest[found.end() :]
            after = _WEEKDAY_AFTER.match(rest) if weekday is None else None
            if after:
                rest, weekday = rest[after.end() :], WEEKDAYS[after["wd"]]
            return (read if weekday is None else replace(read, weekday=weekday)), rest
    return None


def _without_weekday(text: str) -> tuple[str, int | None]:
    found = _WEEKDAY_BEFORE.match(text) if text[:1].isalpha() else None
    return (text[found.end() :], WEEKDAYS[found["wd"]]) if found else (text, None)


def _dated(
    found: re.Match[str],
    *,
    month: int | None = None,
    day: int | None = None,
    months: int = 0,
    swappable: bool = False,
    doubts: tuple[Flag, ...] = (),
) -> Point | None:
    """A point with the year of the match; ``None`` for a year that cannot be meant."""
    groups = found.groupdict()
    figures = (groups["y"] or groups["y2"]).lstrip("'")
    short = len(figures) == 2
    year = full_year(int(figures)) if short else int(figures)
    if year not in YEARS:
        return None
    return Point(year, month, day, months, swappable, short, doubts=doubts)


def _two_year_doubt(year: int, number: int) -> Flag:
    return Flag(
        "date-ambiguous",
        f"The cell could mean month {number} of {year} or the two years {year} and {year + 1}; "
        "check which was meant.",
    )
