"""The event schema: one account is what one record of one agency says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from chronology.flags import Flag
from chronology.when import When


class Agency(StrEnum):
    """Who sent a record. The five values of the output contract."""

    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    POLICE = "police"
    EDUCATION = "education"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return AGENCY_LABELS[self]


AGENCY_LABELS: dict[Agency, str] = {
    Agency.HEALTH: "Health",
    Agency.SOCIAL_CARE: "Social care",
    Agency.POLICE: "Police",
    Agency.EDUCATION: "Education",
    Agency.OTHER: "Other",
}


class Said(StrEnum):
    """An answer a record gives, or that it gives none."""

    YES = "yes"
    NO = "no"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a record stands: the row as a person sees it in Excel, or table and row in Word."""

    file: str
    sheet: str
    row: int
    sha256: str
    #: Which record of the row, where one row tells of several (statutory returns); 0 for the first.
    part: int = 0
    #: What ``row`` counts: "row" of a table, "line" of an XML file, "item" of a list, "message".
    unit: str = "row"

    def __str__(self) -> str:
        sheet = f", {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, {self.unit} {self.row}"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that names a person: kind is 'nhs', 'upn' or 'local'; text as written."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as one record names them. Who that is, is for :mod:`chronology.people` to say."""

    name: str
    role: str = ""
    born: str = ""
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one record of one agency says, whole, with where it stands.

    Facts keep the agency's own words; ``event_type`` alone is ours (a code of
    :mod:`chronology.vocabulary`). ``analysis`` is kept apart from the narrative because guidance
    keeps fact and opinion apart. ``raw`` holds every cell of the row under its heading.
    """

    agency: Agency
    source: Source
    occurred: When
    narrative: str
    organisation: str = ""
    system: str = ""
    recorded: When | None = None
    known: When | None = None
    shared: When | None = None
    event_type_written: str = ""
    event_type: str = ""
    reference: str = ""
    outcome: str = ""
    professional: str = ""
    location: str = ""
    subjects: tuple[Mention, ...] = ()
    people: tuple[Mention, ...] = ()
    child_seen: Said = Said.NOT_RECORDED
    child_alone: Said = Said.NOT_RECORDED
    child_voice: str = ""
    analysis: str = ""
    other: tuple[tuple[str, str], ...] = ()
    raw: tuple[tuple[str, str], ...] = ()
    flags: tuple[Flag, ...] = ()
    #: Codes of :mod:`chronology.vocabulary.facts` that a defined format says the record is about.
    #: Two records of one fact of one child on one day tell of the same occurrence.
    facts: tuple[str, ...] = ()
    #: Headings of ``raw`` and ``other`` that outputs do not repeat (addresses, third persons).
    withheld: tuple[str, ...] = ()
    #: Tells apart rows that say exactly the same; 0 for the first.
    copy: int = 0

    #: Stable over re-import: made of what the record says, not of where it stands. Free of file
    #: name, row and column order, so that the same record re-sent in a renamed, re-sorted or
    #: re-saved file keeps its id and every decision made about it.
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", _id_of(self))


#: What stands in place of a cell that outputs do not repeat.
WITHHELD = "(withheld)"


def repeatable(account: Account, cells: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Cells of an account for outputs, those with an address or a third person in them withheld."""
    if not account.withheld:
        return cells
    hidden = account.withheld
    return tuple(
        (head, WITHHELD if head in hidden and text.strip() else text) for head, text in cells
    )


def _id_of(account: Account) -> str:
    occurred, recorded = account.occurred, account.recorded
    happened = _stamp(occurred)
    written = happened if recorded is occurred else _stamp(recorded) if recorded else ("",)
    said = "\x1f".join(
        (
            account.agency,
            *happened,
            *written,
            account.event_type_written,
            account.reference,
            account.narrative,
            account.outcome,
            account.professional,
            account.location,
            "\x1e".join([m.name for m in account.subjects]),
            "\x1e".join([f"{m.name}\x1d{m.role}" for m in account.people]),
            # Returns word a fact alike; which return it stands in is part of what was sent.
            *((account.system,) if account.facts else ()),
        )
    )
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{digest}-{account.copy + 1}" if account.copy else digest


def _stamp(when: When) -> tuple[str, ...]:
    """What a date says, free of how a file format spelt it; its words where it says nothing."""
    start, end, clock = when.start, when.end, when.clock
    if start is None and end is None:
        return (when.written,)
    first = start.isoformat() if start else ""
    last = first if end is start else end.isoformat() if end else ""
    return (when.precision, first, last, clock.isoformat() if clock else "")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that became no account, with why, and everything it held."""

    source: Source
    reason: str
    cells: tuple[str, ...]
    #: The reference of the record that the row withdraws, with its system: "system|reference".
    withdraws: str = ""
    #: Whom a list of persons names by a number that other files use alone.
    person: Mention | None = None
    #: The id of the record of which the row is an earlier wording.
    later: str = ""
