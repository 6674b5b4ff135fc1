"""When an e-mail was sent, as its heading says it (RFC 5322, and how programs stray from it)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from chronology.dates import read_when
from chronology.dates.standard import BY_DEFINITION, read_standard
from chronology.flags import Flag
from chronology.importers.defined.base import NO_REAL_DATE
from chronology.when import UNDATED, When

_MONTHS: Final = ("jan feb mar apr may jun jul aug sep oct nov dec").split()
_WEEKDAYS: Final = ("mon tue wed thu fri sat sun").split()
_CLOCK: Final = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
_ZONE: Final = r"(?P<zone>[+-]\d\d:?\d\d|(?:GMT|UTC?)[+-]\d{1,2}(?::?\d\d)?|[A-Za-z]{1,5})"
_WEEKDAY: Final = r"(?:(?P<weekday>[A-Za-z]{3})[a-z]*[,.]?\s+)"
_MONTH: Final = r"(?P<month>[A-Za-z]{3})[a-z]*\.?"
_REMARK: Final = r"(?:\s*\([^()]*\)|\s+[A-Z]{2,5})*\s*"
#: "Tue, 12 Mar 2024 09:15:00 +0000 (GMT)", and "Tue Mar 12 09:15:00 GMT 2024" of Unix.
_SHAPES: Final = (
    re.compile(
        rf"{_WEEKDAY}?(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s-]+(?P<year>\d{{2,4}}),?\s+{_CLOCK}"
        rf"(?:\s+{_ZONE})?{_REMARK}",
        re.ASCII,
    ),
    re.compile(
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}(?:\s+{_ZONE})?\s+(?P<year>\d{{4}})"
        rf"(?:\s+(?P<after>[+-]\d{{4}}))?{_REMARK}",
        re.ASCII,
    ),
)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\dT")
#: Hours before (-) or after UTC of names of zones (RFC 822, and those of Europe).
_ZONES: Final = {
    **dict.fromkeys(("UT", "UTC", "GMT", "Z", "WET"), 0),
    **dict.fromkeys(("BST", "CET", "WEST", "MEZ", "MET"), 1),
    **dict.fromkeys(("CEST", "EET", "MESZ"), 2),
    "AST": -4,
    "ADT": -3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
#: No clock is further from UTC.
_FURTHEST: Final = 14
#: The moment from which computers count; written where a program knew no other.
_EPOCH: Final = date(1970, 1, 1)
_EPOCH_EVE: Final = date(1969, 12, 31)


def sent(written: str) -> When:
    """When a message was sent, in UK local time, with the words of its heading; never raises."""
    text = written.strip()
    if not text:
        return UNDATED
    if _ISO.match(text):
        return read_standard(text)
    found = next((one for shape in _SHAPES if (one := shape.fullmatch(text[:200]))), None)
    month = found["month"].lower() if found else ""
    if found is None or month not in _MONTHS or len(text) > 200:
        return replace(read_when(text[:200], evidence=BY_DEFINITION), written=text)
    return _moment(found, _MONTHS.index(month) + 1, text)


def _moment(found: re.Match[str], month: int, written: str) -> When:
    year, day = _year(found["year"]), int(found["day"])
    clock = f"{int(found['hour']):02}:{found['minute']}:{found['second'] or '00'}"
    zone, doubts = _zone(found.groupdict().get("after") or found["zone"] or "")
    read = read_standard(f"{year:04}-{month:02}-{day:02}T{clock}{zone}")
    if read.start in (_EPOCH, _EPOCH_EVE):
        told = Flag("date-unreadable", NO_REAL_DATE.format(written))
        return replace(UNDATED, written=written, flags=(told,))
    if read.is_known:
        doubts += _weekday_doubt(found["weekday"] or "", year, month, day)
    return replace(read, written=written).flagged(*doubts)


def _year(written: str) -> int:
    """A year of two or three figures as RFC 5322 section 4.3 reads it."""
    year = int(written)
    if len(written) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(written) == 3 else year


def _zone(written: str) -> tuple[str, tuple[Flag, ...]]:
    """The offset as ISO 8601 writes it, "" with a doubt where it is not known."""
    name = written.upper()
    if not name:
        what = "The heading names no time zone"
    elif name[0] in "+-" and int(name[1:3]) <= _FURTHEST:
        return f"{name[:3]}:{name[-2:]}", ()
    elif name in _ZONES:
        return f"{'-' if _ZONES[name] < 0 else '+'}{abs(_ZONES[name]):02}:00", ()
    elif name[0] not in "+-" and name[-1].isdigit():
        sign = "-" if "-" in name else "+"
        hours, _, minutes = name.partition(sign)[2].partition(":")
        if len(hours) > 2:
            hours, minutes = hours[:-2], hours[-2:]
        return f"{sign}{int(hours):02}:{minutes or '00'}", ()
    else:
        what = f"'{written}' is no time zone that this program knows"
    return "", (Flag("time-uncertain", f"{what}, so the time is shown as it was written."),)


def _weekday_doubt(written: str, year: int, month: int, day: int) -> tuple[Flag, ...]:
    name = written.lower()
    if name not in _WEEKDAYS or date(year, month, day).weekday() == _WEEKDAYS.index(name):
        return ()
    text = f"The heading says '{written}', but {day:02}/{month:02}/{year} is another day."
    return (Flag("date-weekday", text),)
