"""Invitations within e-mails (iCalendar, RFC 5545): what they plan, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

#: What is told of each thing planned, under the words a reader knows.
_TOLD: Final = {
    "SUMMARY": "What",
    "DTSTART": "Begins",
    "DTEND": "Ends",
    "DUE": "Due",
    "LOCATION": "Place",
    "STATUS": "Status",
    "RRULE": "Repeats",
}
_PLANS: Final = frozenset({"VEVENT", "VTODO"})
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE: Final = re.compile(r"([A-Za-z-]+)((?:;(?:[^;:\"]|\"[^\"]*\")*)*):(.*)", re.DOTALL)
_ZONE: Final = re.compile(r"TZID=\"?([^\";:]+)", re.IGNORECASE)
_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z?))?", re.ASCII)
_ESCAPES: Final = (("\\n", "\n"), ("\\N", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\"))
#: Things planned that are told of one invitation.
MOST: Final = 50


def planned_in(text: str) -> list[tuple[tuple[str, str], ...]]:
    """What an invitation plans, each as labels and words; the dates as they are written there.

    >>> planned_in("BEGIN:VEVENT\\nSUMMARY:Core group\\nDTSTART:20240312T100000Z\\nEND:VEVENT")
    [(('What', 'Core group'), ('Begins', '2024-03-12 10:00 (UTC)'))]
    """
    found: list[tuple[tuple[str, str], ...]] = []
    open_kinds: list[str] = []
    told: list[tuple[str, str]] = []
    for name, more, value in _lines(text):
        if name == "BEGIN":
            open_kinds.append(value.strip().upper())
            if open_kinds[-1] in _PLANS:
                told = []
        elif name == "END":
            if open_kinds and open_kinds.pop() in _PLANS and told and len(found) < MOST:
                found.append(tuple(told))
        elif name in _TOLD and open_kinds and open_kinds[-1] in _PLANS and value.strip():
            told.append((_TOLD[name], _said(name, more, value)))
    return found


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    for line in _FOLD.sub("", text).split("\n"):
        found = _LINE.match(line.strip())
        if found is not None:
            yield found[1].upper(), found[2], found[3]


def _said(name: str, more: str, value: str) -> str:
    if name not in ("DTSTART", "DTEND", "DUE"):
        for written, meant in _ESCAPES:
            value = value.replace(written, meant)
        return value.strip()
    moment = _MOMENT.fullmatch(value.strip())
    if moment is None:
        return value.strip()
    year, month, day, hour, minute, utc = moment.groups()
    zone = _ZONE.search(more)
    where = "UTC" if utc else zone[1] if zone else ""
    clock = f" {hour}:{minute}" if hour else ""
    return f"{year}-{month}-{day}{clock}" + (f" ({where})" if where and clock else "")
