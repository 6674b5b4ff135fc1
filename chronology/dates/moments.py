"""One date with the clock time beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from chronology.dates.clock import Clock, take_clock
from chronology.dates.point import Point
from chronology.dates.points import point, point_ahead
from chronology.dates.stamps import stamp_point

#: Words that may stand in front of a date without changing what it says.
_LEAD = re.compile(
    r"(?:(?:on|in|during|dated?|some ?time(?: in| on)?|at some point in|occurred(?: on)?|event date"
    r"|date of event|am|pm|early hours(?: of)?|(?:the )?(?:early )?(?:morning|afternoon"
    r"|evening|night|late night)(?: of| on)?|overnight(?: on| of)?|the|month of|year of)\b[\s:,]*)+"
)
#: "Thursday the 14th day of September, 2013, between 12:30 hours and 13:30 hours"
LONGEST_MOMENT = 80
#: What joins a date to a clock time behind it, or a clock time to a date behind it.
_JOINT = re.compile(r"[\s,;:@(\[-]*(?:at\b|@)?\s*")
_JOINT_ON = re.compile(r"[\s,;-]*(?P<on>on\b)?\s*")


def timed(text: str) -> Point | None:
    """The one date that the whole text is, with its clock time if it has one."""
    if len(text) > LONGEST_MOMENT:
        return None
    if read := point(text) or stamp_point(text):
        return read
    found = dated(text)
    return found[0] if found and not found[1] else None


def dated(text: str) -> tuple[Point, str] | None:
    """The date, with its clock time before or behind it, that the text begins with."""
    found = ahead(text)
    if found and (found[0].is_whole or not found[1]):
        return found
    return behind_clock(text) or found


def ahead(text: str) -> tuple[Point, str] | None:
    """The date, and a clock time right behind it, that the text begins with."""
    found = point_ahead(text)
    if found is None:
        return None
    read, rest = found
    joint = _JOINT.match(rest)
    begin = joint.end() if joint else 0
    taken = take_clock(rest[begin:], loose=read.is_whole) if begin else None
    return (replace(read, clock=taken[0]), taken[1].lstrip(")]")) if taken else (read, rest)


def behind_clock(text: str) -> tuple[Point, str] | None:
    """The date behind a clock time that the text begins with."""
    for loose in (False, True):
        taken = take_clock(text, loose=loose)
        if taken and (found := _after_clock(*taken, loose=loose)):
            return found
    return None


def without_lead(text: str) -> str:
    found = _LEAD.match(text)
    return text[found.end() :] if found else text


def _after_clock(clock: Clock, rest: str, *, loose: bool) -> tuple[Point, str] | None:
    joint = _JOINT_ON.match(rest)
    found = point_ahead(without_lead(rest[joint.end() :] if joint else rest))
    if found is None or (loose and not found[0].is_whole):
        return None
    if loose and "." not in clock.text and not (joint and joint["on"]):
        return None
    return replace(found[0], clock=clock), found[1]
