"""A date cell, with the cells and headings around it, as a :class:`When`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from chronology.dates import doubts
from chronology.dates.clock import read_clock
from chronology.dates.meanings import joined, place
from chronology.dates.order import Evidence
from chronology.dates.phrases import read_phrase
from chronology.dates.placing import Context, Place
from chronology.dates.point import Point, calendar_day
from chronology.dates.points import point
from chronology.dates.saying import Kind, Saying
from chronology.dates.stamps import cell_point
from chronology.dates.words import NOTHING_SAID, tidy
from chronology.flags import Flag
from chronology.reading.grid import Stamp
from chronology.when import Precision, When

#: An end that is not known or still to come says no more than a blank one.
OPEN_ENDS = NOTHING_SAID | {"present", "ongoing", "on going", "current", "to date", "open", "now"}

#: Longer cells are narrative that may begin with a date, not dates.
LONGEST_DATE = 60
LONGEST_REMARK = 6

_BORN = re.compile(r"^\s*(?:d\.?\s?o\.?\s?b\.?|born(?: on)?|date of birth)[\s:]+", re.IGNORECASE)
_HEADING = re.compile(
    r"[-=*#\s]*(?:(?:year|month|chronology|events|entries|records?)\b(?: (?:for|of|in|from))?"
    r"[\s:,-]*)?(?P<when>.+?)[\s:,-]*(?:\(?cont(?:'?d|inued)?\)?|events|entries)?[-=*#\s:.]*"
)


def read_when(
    text: str,
    *,
    stamp: Stamp | None = None,
    evidence: Evidence,
    clock_text: str = "",
    clock_stamp: Stamp | None = None,
    end_text: str = "",
    end_stamp: Stamp | None = None,
    end_clock_text: str = "",
    heading: str = "",
    is_year_stated: bool = False,
) -> When:
    """When a row says it occurred, never more exactly than written. Never raises.

    ``heading`` is the nearest section heading, "2019" or "March 2019"; its year may be one stated
    for the file (``is_year_stated``). A blank cell gives an
    undated :class:`When`; whether the date above it counts is for the caller to say.
    """
    written = _written(text, stamp, clock_text, end_text, end_clock_text)
    above = _Above(heading, is_year_stated)
    placed = _read_cell(text, stamp, evidence, above)
    if end_stamp or (end_text and tidy(end_text) not in OPEN_ENDS):
        placed = joined(placed, _read_cell(end_text, end_stamp, evidence, above))
    placed, clock, flags = _with_clock(placed, clock_text, clock_stamp)
    unique = tuple(dict.fromkeys((*placed.flags, *flags)))
    if clock is None and isinstance(stamp, datetime) and not end_text and end_stamp is None:
        written = without_midnight(written)
    return When(written, placed.precision, placed.start, placed.end, clock, unique)


def read_born(
    text: str, *, stamp: Stamp | None = None, evidence: Evidence, not_after: date | None = None
) -> date | None:
    """A date of birth; ``None`` where it is not one plain whole day, or stands for 'not known'."""
    said = _said(_BORN.sub("", text, count=1), stamp)
    if said.kind not in (Kind.PLAIN, Kind.SERIAL) or said.doubted or not said.points[0].is_whole:
        return None
    born = said.points[0]
    if born.short_year and born.year is not None:
        born = replace(born, year=_birth_year(born, not_after))
    placed = place(replace(said, points=(born,)), Context(text, evidence))
    if placed.start is None or placed.start in NOT_KNOWN_BIRTHS:
        return None
    return placed.start


def looks_like_date(text: str) -> bool:
    """Whether a cell, read alone, is a date of any style; not narrative that holds one."""
    if not 3 <= len(text) <= LONGEST_DATE or not any("0" <= ch <= "9" for ch in tidy(text)):
        return False
    said = read_phrase(text)
    if said.kind is Kind.SERIAL or not said.points or len(said.remark.split()) > LONGEST_REMARK:
        return False
    if all(p.year is None and (p.month is None or p.swappable) for p in said.points):
        return bool(re.fullmatch(r"\d\d?/\d\d?(?!/).*", tidy(text)))
    return True


def without_midnight(text: str) -> str:
    """A day without the midnight that a spreadsheet or a program put to it."""
    return _MIDNIGHT.sub("", text)


_MIDNIGHT = re.compile(r"(?<=\d)[ T]0?0:00(?::00(?:\.0+)?)?\s*$")


def says_as_above(text: str) -> bool:
    """Whether a date cell says "as above" or the like."""
    return read_phrase(text).kind is Kind.AS_ABOVE


def heading_says(text: str, above: str = "") -> str:
    """``2019`` or ``2019-03`` where a heading is a year or a month of one; else ``""``.

    ``above`` is the heading over it: "March" under "2019" is ``2019-03``.
    """
    found = _HEADING.fullmatch(tidy(text))
    read = point(found["when"]) if found else None
    if read is None or read.day is not None or read.months not in (1, 12) or read.weekday:
        return ""
    year = read.year or (int(above[:4]) if re.match(r"\d{4}", above) else None)
    if year is None or (read.month is not None and not 1 <= read.month <= 12):
        return ""
    return f"{year}-{read.month:02}" if read.month else str(year)


#: What systems write for "not known" where a date of birth is demanded.
NOT_KNOWN_BIRTHS = frozenset(
    {date(1900, 1, 1), date(1811, 11, 11), date(1899, 12, 30), date(1901, 1, 1)}
)
#: Without anything to go by, two figures of a birth up to this are 20xx.
BIRTH_PIVOT = 30


class _Above(NamedTuple):
    """The heading over a cell, and whether its year was stated for the file."""

    heading: str
    is_stated: bool


def _read_cell(text: str, stamp: Stamp | None, evidence: Evidence, above: _Above) -> Place:
    said = heading_says(above.heading) if above.heading else ""
    year, month = (int(said[:4]) if said else None), (int(said[5:]) if said[5:] else None)
    context = Context(text, evidence, year, month, *above)
    placed = place(_said(text, stamp), context)
    if isinstance(stamp, date) and evidence.swapped_stamps and placed.start:
        return _perhaps_swapped(placed, placed.start)
    return placed


def _said(text: str, stamp: Stamp | None) -> Saying:
    if isinstance(stamp, date):
        return Saying(Kind.PLAIN, (cell_point(stamp),))
    return read_phrase(text)


def _perhaps_swapped(placed: Place, day: date) -> Place:
    other = calendar_day(Point(day.year, day.day, day.month))
    if other is None or other == day:
        return placed
    return replace(placed, flags=(*placed.flags, doubts.perhaps_swapped(day, other)))


def _with_clock(
    placed: Place, text: str, stamp: Stamp | None
) -> tuple[Place, time | None, Sequence[Flag]]:
    """The clock time of the time cell; of the date cell where that gives none."""
    own = placed.clock
    at, flags = read_clock(text, stamp) if text.strip() or stamp is not None else (None, ())
    if at is None:
        return placed, own.at if own else None, (*(own.flags if own else ()), *flags)
    uncertain = any(f.code == "time-uncertain" for f in flags)
    if own and own.at not in (None, at, time(0)):
        flags = (*flags, doubts.two_times(f"{own.at:%H:%M}", f"{at:%H:%M}"))
    # 00:00 beside the date says nothing where the time cell gives the time.
    kept = tuple(f for f in placed.flags if f.code != "time-midnight")
    exact = placed.precision in (Precision.DAY, Precision.MINUTE) and not uncertain
    precision = Precision.MINUTE if exact else _without_minute(placed.precision)
    return replace(placed, precision=precision, flags=kept), at, flags


def _without_minute(precision: Precision) -> Precision:
    return Precision.DAY if precision is Precision.MINUTE else precision


def _birth_year(born: Point, not_after: date | None) -> int:
    """The latest century that is not after the day the record was made."""
    year = (born.year or 0) % 100
    if not_after is None:
        return year + (2000 if year <= BIRTH_PIVOT else 1900)
    century = not_after.year // 100 * 100
    day = calendar_day(replace(born, year=century + year))
    later = day > not_after if day else century + year > not_after.year
    return century + year - (100 if later else 0)


def _written(text: str, stamp: Stamp | None, clock: str, end: str, end_clock: str) -> str:
    """The words as they came: date and time, "to", end date and time."""
    if not text.strip() and isinstance(stamp, date):
        text = stamp.strftime("%d/%m/%Y %H:%M" if isinstance(stamp, datetime) else "%d/%m/%Y")
    begin = " ".join(filter(None, (text.strip(), clock.strip())))
    finish = " ".join(filter(None, (end.strip(), end_clock.strip())))
    return " to ".join(filter(None, (begin, finish)))
