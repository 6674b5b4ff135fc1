"""Inputs to a finished chronology: runs the steps in order and holds the result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from chronology.account import Account, Agency, LeftOut
from chronology.decisions import NO_RULINGS, Decision, Rulings
from chronology.errors import ChronologyError, MappingMismatchError, UnreadableFileError
from chronology.flags import Flag
from chronology.importers import Extract, Given, extract
from chronology.importers.mapping import Mapping as ColumnMapping
from chronology.importers.mapping import applies, fits
from chronology.merge import PRESETS, Entry, Link, Parted, Preset, Question, merge
from chronology.people import NOTHING_RULED, Cast, PersonRulings, resolve
from chronology.people.about import about_somebody
from chronology.reading import READABLE, Document, read
from chronology.reading.inputs import Input, find_inputs
from chronology.withdrawals import with_withdrawals


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One input and its balance: ``rows_read = rows_in + rows_out + rows_again``, always.

    ``columns`` says which column was taken for what: (sheet, heading, field, how sure 0 to 1).
    ``set_apart`` are titles, headings and section rows: (sheet, row, text); they hold no record.
    ``rows_again`` say what a row of another export of the same case says: shown once, with that.
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
    rows_again: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that could not be read at all, and why, in words the user can act on."""

    file: str
    reason: str
    sha256: str = ""
    #: Who settled that it is not needed, when and why; "" while it still is to be read.
    dismissed: str = ""

    @property
    def told(self) -> str:
        """Why it was not read and, where it is dismissed, that."""
        return f"{self.reason} {self.dismissed}." if self.dismissed else self.reason


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much stands in a copy for sharing without its words."""

    entries: int
    records: int


@dataclass(frozen=True, slots=True)
class About:
    """What is printed on every output. ``prepared`` is given by the user: no clock is read."""

    title: str = "Multi-agency chronology"
    marking: str = "OFFICIAL-SENSITIVE"
    prepared: str = ""
    version: str = ""
    #: Of a copy for sharing; None where everything stands in full.
    withheld: Withheld | None = None


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
    about: About = field(default_factory=About)
    #: What would stand together, were it not for a ruling or a rule about those it stands with.
    parted: tuple[Parted, ...] = ()
    #: Decisions about its records that hold, oldest first, under the ids these have now.
    decisions: tuple[Decision, ...] = ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, in the order of the entries."""
        return tuple(account for entry in self.entries for account in entry.accounts)

    @property
    def rows_read(self) -> int:
        """Rows of every input that hold a record or might."""
        return sum(file.rows_read for file in self.files)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for: stated facts, mappings, how boldly to merge, what to print."""

    given: Given = field(default_factory=Given)
    mappings: tuple[ColumnMapping, ...] = ()
    preset: Preset = PRESETS["default"]
    about: About = field(default_factory=About)
    #: Files that are never inputs when they lie in a folder given: the outputs to be written.
    leave_alone: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as extracted, which file it was, and the mapping it was read by."""

    found: Extract
    item: Input
    mapping: ColumnMapping | None = None


#: Told of each file as it has been read: what was shown for it and what became of it.
Progress = Callable[[ReadFile | Refused], None]


def build(
    paths: Sequence[Path], wishes: Wishes | None = None, progress: Progress | None = None
) -> Chronology:
    """One chronology from these files and folders; a file that cannot be read spoils no other.

    Raises :class:`ChronologyError` when there is nothing to read at all, and
    :class:`MappingMismatchError` when a mapping names what no file holds.
    """
    wishes = wishes or Wishes()
    outcomes = gather(paths, wishes, progress)
    extracts = [outcome.found for outcome in outcomes if isinstance(outcome, Taken)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    return assemble(extracts, refused, wishes)


def gather(
    paths: Sequence[Path], wishes: Wishes, progress: Progress | None = None
) -> tuple[Taken | Refused, ...]:
    """What each of these files holds, or why it could not be read; raises as :func:`build`."""
    inputs = find_inputs(paths, wishes.leave_alone)
    if not inputs:
        raise ChronologyError(_nothing_found(paths))
    outcomes = []
    for item in inputs:
        outcome = take(item, wishes.given, wishes.mappings)
        outcomes.append(outcome)
        if progress:
            progress(outcome if isinstance(outcome, Refused) else balance(outcome.found))
    used = [outcome.mapping for outcome in outcomes if isinstance(outcome, Taken)]
    if any(mapping not in used for mapping in wishes.mappings):
        raise MappingMismatchError(_unused(wishes.mappings, used))
    return tuple(outcomes)


def assemble(extracts: Sequence[Extract], refused: Sequence[Refused], wishes: Wishes) -> Chronology:
    """What was extracted, resolved, merged and put together."""
    return put_together(
        _numbered(account for found in extracts for account in found.accounts),
        tuple(row for found in extracts for row in found.left_out),
        tuple(balance(found) for found in extracts),
        refused,
        wishes,
    )


def put_together(
    accounts: Sequence[Account],
    left_out: tuple[LeftOut, ...],
    files: tuple[ReadFile, ...],
    refused: Sequence[Refused],
    wishes: Wishes,
    rulings: Rulings = NO_RULINGS,
    persons: PersonRulings = NOTHING_RULED,
) -> Chronology:
    """Accounts whose ids are each their own, resolved and merged, with where they come from."""
    accounts, cast = who_is_who(accounts, left_out, persons)
    merged = merge(accounts, cast, wishes.preset, rulings=rulings)
    return Chronology(
        entries=merged.entries,
        questions=merged.questions,
        links=merged.links,
        left_out=left_out,
        files=files,
        refused=tuple(refused),
        cast=cast,
        about=wishes.about,
        parted=merged.parted,
    )


def who_is_who(
    accounts: Sequence[Account], left_out: Sequence[LeftOut], persons: PersonRulings
) -> tuple[tuple[Account, ...], Cast]:
    """The accounts, what a row left out withdraws said at each, and the persons of the case."""
    listed = tuple(row.person for row in left_out if row.person is not None)
    told = with_withdrawals(accounts, left_out)
    cast = resolve(told, persons, listed)
    return about_somebody(told, cast), cast


def read_input(item: Input) -> Document:
    """The file as read, under the name it is shown by."""
    document = read(item.path)
    if document.file == item.shown:
        return document
    grids = tuple(replace(grid, file=item.shown) for grid in document.grids)
    return replace(document, file=item.shown, grids=grids)


def mapping_for(document: Document, mappings: Sequence[ColumnMapping]) -> ColumnMapping | None:
    """The first saved mapping meant for a document.

    Raises :class:`MappingMismatchError` when it is meant for it but names what is not there.
    """
    mapping = next((m for m in mappings if applies(m, document)), None)
    if mapping and (why := fits(mapping, document)):
        raise MappingMismatchError(f"The mapping does not fit {document.file}: {why}")
    return mapping


def take(item: Input, given: Given, mappings: Sequence[ColumnMapping] = ()) -> Taken | Refused:
    """One file extracted as it was stated, or why it could not be read."""
    try:
        document = read_input(item)
        mapping = mapping_for(document, mappings)
        return Taken(
            extract(document, given=given, mapping=mapping, place=item.place), item, mapping
        )
    except UnreadableFileError as why:
        return Refused(item.shown, str(why), _digest(item.path))
    except OSError as why:
        return Refused(item.shown, f"It could not be opened ({why.strerror}).")


def _digest(path: Path) -> str:
    """The sha256 of a file that could not be read; "" where it cannot even be opened."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _unused(mappings: Sequence[ColumnMapping], used: Sequence[ColumnMapping | None]) -> str:
    idle = ", ".join(f"'{m.file or 'no file named'}'" for m in mappings if m not in used)
    return (
        f"A mapping is meant for none of the files given ({idle}). Its line 'file =' names the "
        "file it is for and may hold * and ?; leave it empty to go by the headings alone."
    )


def balance(found: Extract) -> ReadFile:
    """What was shown for a file and what became of its rows."""
    doubts = tuple(doubt for layout in found.layouts for doubt in layout.doubts)
    return ReadFile(
        file=found.file,
        kind=found.kind,
        sha256=found.sha256,
        agency=found.agency,
        organisation=found.organisation,
        system=found.system,
        rows_read=found.rows_read,
        rows_in=len(found.accounts),
        rows_out=len(found.left_out),
        notes=tuple(dict.fromkeys((found.agency_why, *found.notes, *doubts))),
        columns=tuple(
            (layout.sheet, column.heading, column.field, column.confidence)
            for layout in found.layouts
            for column in layout.columns
        ),
        set_apart=found.set_apart,
    )


def _numbered(accounts: Iterator[Account]) -> list[Account]:
    """Tells apart accounts that say exactly the same, so that every id is its own."""
    same: dict[str, list[Account]] = {}
    for account in accounts:
        first = replace(account, copy=0) if account.copy else account
        same.setdefault(first.id, []).append(first)
    return [
        _marked(account, copy, group[0])
        for group in (sorted(group, key=lambda a: a.source) for group in same.values())
        for copy, account in enumerate(group)
    ]


def _marked(account: Account, copy: int, first: Account) -> Account:
    if not copy:
        return account
    flag = Flag("row-exact-duplicate", f"Says exactly the same as {first.source}.")
    others = tuple(f for f in account.flags if f.code != flag.code)
    return replace(account, copy=copy, flags=(*others, flag))


def _nothing_found(paths: Sequence[Path]) -> str:
    where = ", ".join(path.name or str(path) for path in paths)
    kinds = ", ".join(sorted(READABLE))
    return f"There is no file to read in {where}. Files this program reads: {kinds}."
