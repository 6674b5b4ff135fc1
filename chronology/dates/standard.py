"""Dates as standards write them (ISO 8601, FHIR): never ambiguous, so read without a column."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from chronology.dates.clock import Clock, clock_at, midnight_flag, zone_minutes
from chronology.dates.order import Evidence, Order
from chronology.dates.point import YEARS
from chronology.dates.read import read_when
from chronology.dates.stamps import LONDON, in_local_time
from chronology.when import Precision, When

#: A defined format says how its dates are written, so no column has to prove it.
BY_DEFINITION: Final = Evidence(Order.DAY_FIRST, "The format defines how its dates are written.")
#: The same where every clock time is 00:00 and so says nothing.
DAYS_BY_DEFINITION: Final = Evidence(
    Order.DAY_FIRST, "The format defines how its dates are written.", midnight_means_day=True
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)


@lru_cache(maxsize=65_536)
def read_standard(text: str) -> When:
    """A date, or date and time, of a defined format; shown in UK local time. Never raises.

    >>> str(read_standard("2017-04-09T23:00:00Z").start)
    '2017-04-10'
    """
    if _DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return read_when(text, evidence=BY_DEFINITION)
        return When(text, Precision.DAY, day, day)
    return _here(text) or _moment(text) or read_when(text, evidence=BY_DEFINITION)


def _here(text: str) -> When | None:
    """A whole moment that stands in UK local time as it is written: the usual case, and quick."""
    if _MOMENT.fullmatch(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    ahead = moment.utcoffset()
    if ahead is not None and moment.astimezone(LONDON).utcoffset() != ahead:
        return None
    day, clock = moment.date(), time(moment.hour, moment.minute)
    flags = () if clock.hour or clock.minute else (midnight_flag(text),)
    return When(text, Precision.MINUTE, day, day, clock, flags)


def _moment(text: str) -> When | None:
    """A whole moment, read as :func:`read_when` reads it and many times faster."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    written, hour, minute, zone = found.groups()
    at = clock_at(int(hour), int(minute))
    offset = zone_minutes(zone.lower()) if zone else None
    if at is None or int(written[:4]) not in YEARS or (zone and offset is None):
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    local, shown, moved = in_local_time(day, Clock(at, f"{hour}:{minute}", offset=offset))
    midnight = (midnight_flag(text),) if shown.is_figure_midnight else ()
    return When(text, Precision.MINUTE, local, local, shown.at, (*moved, *midnight))
