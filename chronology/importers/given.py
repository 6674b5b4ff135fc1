"""What the person who adds a file says about it."""

from __future__ import annotations

from dataclasses import dataclass

from chronology.account import Agency


@dataclass(frozen=True, slots=True)
class Given:
    """What the user stated about a file; empty means not stated."""

    agency: Agency | None = None
    organisation: str = ""
    system: str = ""
    #: Whom a file about one child is about.
    subject: str = ""
    subject_born: str = ""
    #: "day-first" or "month-first".
    date_order: str = ""
    year: int | None = None
