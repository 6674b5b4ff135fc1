"""Dates of returns that give days alone: a clock time of midnight or an offset says nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from chronology.dates import read_when
from chronology.dates.standard import DAYS_BY_DEFINITION, read_standard
from chronology.when import When

#: A day as XML schemas allow it, with the offset of a place: "2022-10-06+01:00".
_PLACED_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[+-]\d\d:\d\d")
#: Midnight, written where a day was meant.
_MIDNIGHT = re.compile(r"(.{8,10}?)[T ]00:00(?::00(?:\.0+)?)?")

#: So many days before the 18th birthday systems write what comes with it.
_EARLY = timedelta(days=7)


@lru_cache(maxsize=65_536)
def read_day(text: str) -> When:
    """A date as a return writes it; what is no plain day is read as any date of a standard."""
    plain = _PLACED_DAY.fullmatch(text) or _MIDNIGHT.fullmatch(text)
    if plain is None:
        return read_standard(text)
    return replace(read_when(plain[1], evidence=DAYS_BY_DEFINITION), written=text)


def is_coming_of_age(born: date, day: date) -> bool:
    """Whether a day is the 18th birthday or later; systems that count 365 days a year are early."""
    last = 28 if (born.month, born.day) == (2, 29) else born.day
    return day >= date(born.year + 18, born.month, last) - _EARLY
