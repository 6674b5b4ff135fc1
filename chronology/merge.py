"""Accounts to entries: grouped, explained, nothing thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from chronology.account import Account, Agency
from chronology.when import Precision


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two accounts of one occurrence say differently. Both are shown, neither corrected."""

    #: What differs, in words: "date", "time", "outcome", "who", "child seen".
    about: str
    #: (who says it, what they say), in the order of the entry's accounts.
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology: the accounts that tell of one occurrence, and the reasons.

    Its date is that of one of its accounts, never a mixture; ``start`` and ``end`` are None for an
    undated entry. ``confidence`` is 0 to 1: how sure it is that the accounts tell of one
    occurrence (1 for a single account). ``dated_by`` is the id of the account whose date it bears.
    """

    id: str
    accounts: tuple[Account, ...]
    start: date | None
    end: date | None
    clock: time | None
    precision: Precision
    written: str
    type: str
    agencies: tuple[Agency, ...]
    summary: str
    confidence: float
    dated_by: str
    reasons: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Two accounts put to a person: are they the same occurrence?"""

    a: Account
    b: Account
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Same incident, another occurrence: the delay between the two is a finding."""

    a: Account
    b: Account
    #: What b is to a: "notification", "response", "follow-up".
    kind: str
    #: Whole days from a to b.
    days: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Every account in exactly one entry, what is put to a person, and what belongs together."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...] = ()
    links: tuple[Link, ...] = ()
