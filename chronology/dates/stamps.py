"""Moments as systems write them, and how they stand in UK local time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from chronology.dates.clock import ZONE, Clock, clock_at, whole_minute, zone_minutes
from chronology.dates.point import YEARS, Point, fixed
from chronology.dates.words import MONTHS, WEEKDAYS, either, spoken
from chronology.flags import Flag

LONDON = ZoneInfo("Europe/London")

#: Excel counts days from here; the numbers taken are the days from 1954 to 2064.
EXCEL_EPOCH = date(1899, 12, 30)
SERIAL = re.compile(r"(?P<day>[2-5]\d{4})(?P<part>\.\d+)?")

_MON = rf"(?P<mon>{either(MONTHS)})"
_DAY_NAME = rf"(?P<wd>{either(WEEKDAYS)})"
_TIME = r"(?P<h>\d\d):(?P<mi>\d\d)(?::\d\d(?:[.,]\d+)?)?"
_PACKED = r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)t?(?P<h>\d\d)(?P<mi>\d\d)"
_ZONE = rf"\s?{ZONE}?(?:\[[a-z/_]+\])?"

#: Each names the parts y, m or mon, d, h and mi, and may name wd and zone.
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<y>\d{{4}})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?:t|,? ){_TIME}{_ZONE}",
        rf"{_PACKED}(?:\d\d(?:\.\d+)?)?{_ZONE}",
        # Two figures behind the seconds are the hours that the clock is ahead of UTC.
        rf"{_PACKED}\d\d(?P<zone>\d\d)",
        rf"(?P<y>\d{{4}})-{_MON}-(?P<d>\d\d) {_TIME}{_ZONE}",
        rf"{_DAY_NAME},? {_MON} (?P<d>\d\d?) {_TIME}{_ZONE} (?P<y>\d{{4}})",
        rf"{_DAY_NAME},? (?P<d>\d\d?) {_MON} (?P<y>\d{{4}}) {_TIME}{_ZONE}",
    )
)


def stamp_point(text: str) -> Point | None:
    """The moment that the whole text is, if a system wrote it."""
    if len(text) < 12:
        return None
    for shape in SHAPES:
        if found := shape.fullmatch(text):
            return _moment(found)
    return None


def serial_point(text: str) -> Point | None:
    """The day that Excel keeps under a plain number."""
    found = SERIAL.fullmatch(text)
    if not found:
        return None
    moment = datetime.combine(EXCEL_EPOCH, time()) + timedelta(days=float(text))
    clock = Clock(whole_minute(moment), text) if found["part"] else None
    return replace(fixed(moment.date(), clock), doubts=(_serial_flag(text, moment.date()),))


def cell_point(stamp: date | datetime) -> Point:
    """A real spreadsheet date. Its clock counts where the cell shows one."""
    if not isinstance(stamp, datetime):
        return fixed(stamp)
    # A spreadsheet stores 14:05 as 14:04:59.9999.
    moment = stamp + timedelta(milliseconds=500) if stamp.year < 9999 else stamp
    offset = stamp.utcoffset()
    ahead = None if offset is None else round(offset.total_seconds() / 60)
    return fixed(
        moment.date(), Clock(time(moment.hour, moment.minute), f"{moment:%H:%M}", offset=ahead)
    )


def in_local_time(day: date, clock: Clock) -> tuple[date, Clock, tuple[Flag, ...]]:
    """Where a moment with a zone stands in the UK; a moment without one stands where it did."""
    if clock.at is None or clock.offset is None:
        return day, clock, ()
    zone = timezone(timedelta(minutes=clock.offset))
    moment = datetime.combine(day, clock.at, zone)
    local = moment.astimezone(LONDON)
    if local.replace(tzinfo=None) == moment.replace(tzinfo=None):
        return day, clock, ()
    shown = replace(clock, at=local.time(), spelt=False)
    return local.date(), shown, (_moved_flag(moment, local),)


def _moment(found: re.Match[str]) -> Point | None:
    parts = found.groupdict()
    if int(parts["y"]) not in YEARS:
        return None
    month = int(parts["m"]) if parts.get("m") else MONTHS[parts["mon"]]
    zone = parts["zone"]
    at = clock_at(int(parts["h"]), int(parts["mi"]))
    clock = Clock(at, f"{parts['h']}:{parts['mi']}", offset=zone_minutes(zone) if zone else None)
    weekday = WEEKDAYS[parts["wd"]] if parts.get("wd") else None
    return Point(int(parts["y"]), month, int(parts["d"]), clock=clock, weekday=weekday)


def _moved_flag(moment: datetime, local: datetime) -> Flag:
    utc = moment.utcoffset() == timedelta(0)
    return Flag(
        "time-converted" if utc else "time-zone",
        f"Written as {spoken(moment.date())} {moment:%H:%M} {moment.tzname()}; shown in UK local "
        f"time, {spoken(local.date())} {local:%H:%M}.",
    )


def _serial_flag(text: str, day: date) -> Flag:
    return Flag(
        "date-serial",
        f"The cell holds the number {text}, which is how Excel stores {spoken(day)}; check it "
        "against the file the agency works in.",
    )
