"""Clock times as people and systems write them; words that are no time give none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from chronology.dates.words import (
    DOUBT_AFTER,
    DOUBT_BEFORE,
    NOTHING_SAID,
    READ_AT_MOST,
    quoted,
    tidy,
)
from chronology.flags import Flag
from chronology.reading.grid import Stamp

_HALF = r"\s?(?P<half>[ap])\.?m\b\.?"
_HOURS = r"\s?(?:hours|hrs?\b\.?|h\b)"
_ENDS = r"(?![\w:/]|\.\d)"

#: Shapes that can only be a clock time, wherever they stand.
PLAIN_CLOCKS = tuple(
    re.compile(shape + _ENDS)
    for shape in (
        rf"(?P<h>\d{{1,2}})[:;](?P<m>\d\d)(?:[:.]\d\d(?:[.,]\d+)?)?(?:{_HALF})?(?:{_HOURS})?",
        rf"(?P<h>\d{{1,2}})\.(?P<m>\d\d)(?:\.\d\d)?(?:{_HALF})(?:{_HOURS})?",
        rf"(?P<h>\d{{1,2}})\.(?P<m>\d\d)(?:\.\d\d)?{_HOURS}",
        rf"(?P<h>\d{{1,2}}){_HALF}",
        rf"(?P<h>\d{{1,2}})(?P<m>\d\d)(?:{_HALF})(?:{_HOURS})?",
        rf"(?P<h>\d{{1,2}}):?(?P<m>\d\d){_HOURS}",
        r"(?P<h>\d{1,2})h(?P<m>\d\d)",
        r"(?:12 ?)?(?P<word>noon|midday|midnight)",
    )
)
#: Shapes that are a clock time only beside a whole date.
LOOSE_CLOCKS = (
    re.compile(r"(?P<h>\d{1,2})\.(?P<m>\d\d)" + _ENDS),
    re.compile(r"(?P<h>\d\d)(?P<m>\d\d)" + _ENDS),
)
#: Shapes that are a clock time only where nothing but a time can stand.
CELL_CLOCKS = (
    *PLAIN_CLOCKS,
    *LOOSE_CLOCKS,
    re.compile(r"(?P<h>\d)(?P<m>\d\d)" + _ENDS),
    re.compile(
        r"(?:\d{1,4}[-/.]){2}\d{1,4}[ t](?P<h>\d\d):(?P<m>\d\d)(?::\d\d(?:\.\d+)?)?z?" + _ENDS
    ),
)
SPELT_CLOCKS = {"noon": time(12), "midday": time(12), "midnight": time(0)}

#: "9-10am": the first hour is in the same half of the day, where it is the smaller number.
_SHARED_HALF = re.compile(
    r"(?P<h>\d{1,2})(?:[.:](?P<m>\d\d))?\s?(?:-|to)\s?(?P<later>\d{1,2})(?:[.:]\d\d)?" + _HALF
)
_UNTIL = re.compile(r"\s?(?:-|to|until|till)\s?")
_LEAD = re.compile(r"(?:at|@|from|time|start(?:ed|s)?|commenced|between)\b[\s:]*|@\s*")
_NO_EXACT_TIME = re.compile(r"(?:before|after|by|until|past|since|from before)\b")
#: Minutes ahead of UTC.
ZONES = {"z": 0, "utc": 0, "gmt": 0, "bst": 60}
#: The clocks furthest from Greenwich, in minutes.
FURTHEST_ZONE = 14 * 60
ZONE = r"(?P<zone>z|utc|gmt|bst|[+-]\d\d(?::?\d\d)?)"
_ZONE = re.compile(rf"\s?{ZONE}(?![\w:])")
_MIDNIGHT = time(0)
_FRACTION = re.compile(r"0?\.\d{4,}")

#: Words of a time cell that tell the part of a day, or that no time is known. None is a clock time.
TIME_WORDS = frozenset(
    (
        "- -- ? a a.m about above after afternoon all am and approx approximate approximately "
        "around as at bedtime before blank break breakfast breaktime class dawn day daytime "
        "dinner dinnertime ditto during dusk early evening evenings exact from given hour hours "
        "hrs in known late later lesson lessons lunch lunchtime mid middle morning mornings n/a "
        "n/k na night nights nighttime nil nk no none not noted of on ongoing or overnight p.m pm "
        "provided recorded same school several specified stated tbc tea teatime the throughout "
        "time times to u/k unclear unknown unspecified until various weekday weekend working"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as written. ``at`` is ``None`` where the hour or minute cannot be."""

    at: time | None
    text: str = ""
    uncertain: bool = False
    #: "midnight" in a word is meant; 00:00 in figures may stand for no time at all.
    spelt: bool = False
    #: Minutes ahead of UTC, where a zone was written.
    offset: int | None = None

    @property
    def is_figure_midnight(self) -> bool:
        """Whether it is 00:00 in figures."""
        return self.at == _MIDNIGHT and not self.spelt

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What to doubt about it, the meaning of midnight apart."""
        if self.at is None:
            return (_unreadable(self.text),)
        if self.uncertain:
            return (Flag("time-uncertain", f"The time is marked as not exact: '{self.text}'."),)
        return ()


def read_clock(text: str, stamp: Stamp | None = None) -> tuple[time | None, tuple[Flag, ...]]:
    """The clock time of a time cell and what to doubt about it. Words give no time."""
    if isinstance(stamp, datetime | time):
        return _midnight_flagged(Clock(whole_minute(stamp)), text or "00:00")
    return _read_text(text[:READ_AT_MOST])


def looks_like_clock(text: str) -> bool:
    """Whether a cell, read alone, is a clock time."""
    plain = tidy(text)
    if len(plain) > 24 or (plain.isdigit() and len(plain) != 4):
        return False
    return _read_text(plain)[0] is not None


def take_clock(text: str, *, loose: bool = False) -> tuple[Clock, str] | None:
    """The clock time that the text begins with, and what follows it; ``None`` if there is none."""
    rest = _without_lead(text)
    doubt = DOUBT_BEFORE.match(rest)
    rest = rest[doubt.end() :] if doubt else rest
    found = _first_clock(rest, (*PLAIN_CLOCKS, *LOOSE_CLOCKS) if loose else PLAIN_CLOCKS)
    if not found:
        return None
    clock, rest = found
    rest = _without_end(rest, loose=loose)
    zone = _ZONE.match(rest)
    rest = rest[zone.end() :] if zone else rest
    offset = zone_minutes(zone["zone"]) if zone else None
    return Clock(clock.at, clock.text, bool(doubt), clock.spelt, offset), rest


def whole_minute(stamp: datetime | time) -> time:
    """The minute a stamp shows; a spreadsheet stores 14:05 as 14:04:59.9999."""
    moment = datetime.combine(date(2000, 1, 1), stamp) if isinstance(stamp, time) else stamp
    moment += timedelta(milliseconds=500)
    return time(moment.hour, moment.minute)


def clock_at(hour: int, minute: int, half: str = "") -> time | None:
    """``None`` for 25:61, 24:00, 14:05am and 0pm: an hour is never made up."""
    if hour >= 24 or minute >= 60 or (half == "a" and hour > 12) or (half == "p" and hour == 0):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def zone_minutes(zone: str) -> int | None:
    """Minutes ahead of UTC; ``None`` for an offset that no place has."""
    if zone in ZONES:
        return ZONES[zone]
    figures = zone.lstrip("+-").replace(":", "")
    minutes = int(figures[:2]) * 60 + int(figures[2:] or 0)
    if minutes > FURTHEST_ZONE:
        return None
    return -minutes if zone[0] == "-" else minutes


def midnight_flag(text: str) -> Flag:
    """The doubt about 00:00."""
    return Flag(
        "time-midnight",
        f"{quoted(text)} gives the time as 00:00. Some systems write that where no time was "
        "recorded; check it before relying on midnight.",
    )


@lru_cache(maxsize=16384)
def _read_text(written: str) -> tuple[time | None, tuple[Flag, ...]]:
    plain = tidy(written)
    if plain in NOTHING_SAID:
        return None, ()
    if shared := _SHARED_HALF.fullmatch(plain):
        return _shared_half(shared, written)
    if _FRACTION.fullmatch(plain):
        return _midnight_flagged(Clock(_of_fraction(float(plain))), written)
    if all(word in TIME_WORDS for word in re.split(r"[\s/(),]+", plain) if word):
        return None, ()
    if _NO_EXACT_TIME.match(plain):
        return None, (Flag("time-uncertain", f"{quoted(written)} gives no exact time."),)
    return _clock_and_remark(plain, written)


def _clock_and_remark(plain: str, written: str) -> tuple[time | None, tuple[Flag, ...]]:
    lead = _without_lead(plain)
    doubt = DOUBT_BEFORE.match(lead)
    found = _first_clock(lead[doubt.end() :] if doubt else lead, CELL_CLOCKS)
    if not found or found[0].at is None:
        return None, (_unreadable(written),)
    clock, rest = found
    rest = _without_end(rest, loose=True)
    if rest[:1].isalnum() or re.match(r"[\s-]*\d", rest):
        return None, (_unreadable(written),)
    unsure = bool(doubt or plain.startswith("between") or DOUBT_AFTER.fullmatch(rest))
    zone = _ZONE.match(rest)
    at, flags = _midnight_flagged(Clock(clock.at, plain, unsure, clock.spelt), written)
    return at, (*flags, *([_zone_flag(written)] if zone else []))


def _first_clock(text: str, shapes: Sequence[re.Pattern[str]]) -> tuple[Clock, str] | None:
    if not (text[:1].isdigit() or text.startswith(tuple(SPELT_CLOCKS))):
        return None
    for shape in shapes:
        if found := shape.match(text):
            return _clock_of(found), text[found.end() :]
    return None


def _clock_of(found: re.Match[str]) -> Clock:
    parts = found.groupdict()
    if word := parts.get("word"):
        return Clock(SPELT_CLOCKS[word], found[0], spelt=True)
    hour, minute = int(parts["h"]), int(parts.get("m") or 0)
    return Clock(clock_at(hour, minute, parts.get("half") or ""), found[0].strip())


def _shared_half(found: re.Match[str], written: str) -> tuple[time | None, tuple[Flag, ...]]:
    hour, later = int(found["h"]), int(found["later"])
    at = clock_at(hour, int(found["m"] or 0), found["half"]) if hour <= later < 12 else None
    return (at, ()) if at else (None, (_unreadable(written),))


def _of_fraction(day: float) -> time | None:
    seconds = round(day * 86400)
    return time(seconds // 3600, seconds % 3600 // 60) if seconds < 86400 else None


def _without_lead(text: str) -> str:
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _without_end(rest: str, *, loose: bool) -> str:
    """Without the second half of "14:05-15:00"."""
    until = _UNTIL.match(rest) or re.match(r"\s?and\s?", rest)
    if not until:
        return rest
    shapes = (*PLAIN_CLOCKS, *LOOSE_CLOCKS) if loose else PLAIN_CLOCKS
    found = _first_clock(rest[until.end() :], shapes)
    return found[1] if found and found[0].at else rest


def _midnight_flagged(clock: Clock, written: str) -> tuple[time | None, tuple[Flag, ...]]:
    midnight = (midnight_flag(written),) if clock.is_figure_midnight else ()
    return clock.at, (*clock.flags, *midnight)


def _unreadable(written: str) -> Flag:
    return Flag(
        "time-unreadable",
        f"{quoted(written)} is not a clock time this program knows; no time was taken from it.",
    )


def _zone_flag(written: str) -> Flag:
    return Flag(
        "time-uncertain",
        f"{quoted(written)} names a time zone beside the time; the time is shown as written.",
    )
