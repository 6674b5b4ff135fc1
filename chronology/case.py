"""Inputs to a finished chronology: runs the steps in order and holds the result."""

from __future__ import annotations

from dataclasses import dataclass

from chronology.account import Account, Agency, LeftOut
from chronology.merge import Entry, Link, Question
from chronology.people import Cast


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One input and its balance: ``rows_read = rows_in + rows_out``, always.

    ``columns`` says which column was taken for what: (sheet, heading, field, how sure 0 to 1).
    ``set_apart`` are titles, headings and section rows: (sheet, row, text); they hold no record.
    """

    file: str
    kind: str
    sha256: str
    agency: Agency
    organisation: str
    system: str
    rows_read: int
    rows_in: int
    rows_out: int
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, str, float], ...] = ()
    set_apart: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that could not be read at all, and why, in words the user can act on."""

    file: str
    reason: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is printed on every output. ``prepared`` is given by the user: no clock is read."""

    title: str = "Multi-agency chronology"
    marking: str = "OFFICIAL-SENSITIVE"
    prepared: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Chronology:
    """A finished chronology: entries by date, open questions, what was left out, and from what."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    links: tuple[Link, ...]
    left_out: tuple[LeftOut, ...]
    files: tuple[ReadFile, ...]
    refused: tuple[Refused, ...]
    cast: Cast
    about: About = About()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, in the order of the entries."""
        return tuple(account for entry in self.entries for account in entry.accounts)
