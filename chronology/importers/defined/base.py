"""What a defined format is, and what reading a file of one gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypedDict, Unpack

from chronology.account import Account, Agency, Identifier, LeftOut, Mention, Said, Source
from chronology.dates import without_midnight
from chronology.flags import Flag
from chronology.identifiers import KIND_LABELS
from chronology.importers.findings import Layout
from chronology.importers.given import Given
from chronology.reading.grid import Document
from chronology.vocabulary.facts import fact
from chronology.when import When

#: Cells under their headings: what a row, element or resource held, in its order.
Cells = tuple[tuple[str, str], ...]

NO_DATE = "It gives no date, so it has no place in a timeline."
NOT_A_DATE = "'{}' is not a date, so it has no place in a timeline."
NO_REAL_DATE = "'{}' is what systems write where no date is known, so it is not taken for one."
A_DEADLINE = "It is a date by which something is due, not something that happened."
A_STATE = "It tells of a state without a date, so it has no place in a timeline."


def why_no_place(when: When, written: str = "") -> str:
    """Why a date, ``written`` so by its record, has no place in a timeline."""
    text = written or when.written
    if not text:
        return NO_DATE
    return (NO_REAL_DATE if when.is_known else NOT_A_DATE).format(text[:60])


#: In a reference, between a record's own number and those of the records that hold it.
UNDER = " > "


class Telling(TypedDict, total=False):
    """Further fields of an :class:`Account`."""

    agency: Agency
    organisation: str
    system: str
    recorded: When | None
    known: When | None
    shared: When | None
    event_type_written: str
    event_type: str
    reference: str
    outcome: str
    professional: str
    location: str
    subjects: tuple[Mention, ...]
    people: tuple[Mention, ...]
    child_seen: Said
    child_alone: Said
    child_voice: str
    analysis: str
    other: Cells
    raw: Cells
    flags: tuple[Flag, ...]
    facts: tuple[str, ...]
    withheld: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What a file of a defined format holds; filled by :meth:`Format.read`.

    ``agency``, ``organisation`` and ``system`` hold for every account that does not say otherwise.
    """

    document: Document
    given: Given
    agency: Agency
    organisation: str = ""
    system: str = ""
    accounts: list[Account] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    set_apart: list[tuple[str, int, str]] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def source(self, sheet: str, row: int, part: int = 0, unit: str = "row") -> Source:
        """Where a record stands in the file."""
        return Source(self.document.file, sheet, row, self.document.sha256, part, unit)

    def tell(self, source: Source, occurred: When, narrative: str, **said: Unpack[Telling]) -> None:
        """Adds an account; ``said`` are further fields of :class:`Account`."""
        said.setdefault("agency", self.agency)
        said["organisation"] = said.get("organisation") or self.organisation
        said["system"] = said.get("system") or self.system
        flags = (*said.get("flags", ()), *occurred.flags)
        said["flags"] = tuple(dict.fromkeys(flags)) if len(flags) > 1 else flags
        self.accounts.append(Account(source=source, occurred=occurred, narrative=narrative, **said))

    def tell_fact(
        self,
        code: str,
        source: Source,
        occurred: When,
        details: Iterable[tuple[str, str]] = (),
        **said: Unpack[Telling],
    ) -> None:
        """Adds an account of one fact of :mod:`chronology.vocabulary.facts`.

        Its narrative is the fact's title and, a line each, the details that are not blank.
        """
        known = fact(code)
        said.setdefault("event_type_written", known.title)
        said.setdefault("event_type", known.event_type)
        said["facts"] = tuple(dict.fromkeys((code, *said.get("facts", ()))))
        self.tell(source, occurred, in_lines(known.title, details), **said)

    def leave(
        self,
        source: Source,
        reason: str,
        cells: Sequence[str] | Cells,
        withdraws: str = "",
        person: Mention | None = None,
    ) -> None:
        """Leaves a record out aloud; ``withdraws`` is the reference of a record it takes back.

        ``person`` is whom it names by a number that other files may use alone.
        """
        told = tuple(c if isinstance(c, str) else f"{c[0]}: {c[1]}" for c in cells)
        reference = f"{self.system}|{withdraws}" if withdraws else ""
        self.left_out.append(LeftOut(source, reason, told, reference, person))

    def apart(self, sheet: str, row: int, text: str) -> None:
        """Sets apart a line that holds no record (a title, a heading, a guidance sheet)."""
        self.set_apart.append((sheet, row, text))


class Format:
    """One defined format: how a file of it is known, and how it is read."""

    #: Short and without spaces, as in ``chronology importers``.
    name: ClassVar[str]
    #: As a person calls it: "Ofsted Annex A workbook".
    title: ClassVar[str]
    agency: ClassVar[Agency]
    #: The record system or return, as it is shown beside each account.
    system: ClassVar[str] = ""
    #: What is read and what is not, for its page in docs/importers.md: (what, what becomes of it).
    reads: ClassVar[tuple[tuple[str, str], ...]] = ()

    def recognises(self, document: Document) -> bool:
        """Whether the content of a file is of this format; its name is never looked at."""
        raise NotImplementedError

    def read(self, found: Found) -> None:
        """Fills ``found`` with every record; each is told or left out, none is passed over."""
        raise NotImplementedError


def in_lines(title: str, details: Iterable[tuple[str, str]]) -> str:
    """A title and under it "label: value" for every value that is not blank."""
    lines = [title]
    for label, value in details:
        text = value.strip() if value else ""
        if text:
            lines.append(f"{label}: {text}")
    return "\n".join(lines)


def child(
    number: str = "",
    *,
    name: str = "",
    born: str = "",
    role: str = "",
    nhs: str = "",
    upn: str = "",
    others: Iterable[Identifier] = (),
) -> tuple[Mention, ...]:
    """Whom a record is about, by name or, where none is given, by number alone; () for nobody."""
    numbers = tuple(
        Identifier(kind, text.strip())
        for kind, text in (("local", number), ("nhs", nhs), ("upn", upn))
        if text and text.strip()
    )
    label = name.strip() or (f"Child ID {number.strip()}" if number.strip() else "")
    if not label and numbers:
        label = f"Child with {KIND_LABELS[numbers[0].kind]} {numbers[0].text}"
    if not label:
        return ()
    return (Mention(label, role, without_midnight(born.strip()), (*numbers, *others)),)


def unknown_code(what: str, written: str) -> Flag:
    """The doubt about a code that is not in its list."""
    return Flag("code-unknown", f"{what} '{written.strip()}' is not in the list of codes.")
