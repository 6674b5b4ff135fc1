"""A file of a defined format to its extract, every record accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chronology.account import Account
from chronology.flags import Flag
from chronology.importers.across_rows import numbered
from chronology.importers.defined.base import Format, Found
from chronology.importers.findings import Extract
from chronology.importers.given import Given
from chronology.reading.grid import Document


def extracted(defined: Format, document: Document, given: Given) -> Extract:
    """Every record of a file as its format defines it; what the user states wins where it can."""
    found = Found(
        document,
        given,
        given.agency or defined.agency,
        given.organisation,
        given.system or defined.system,
    )
    defined.read(found)
    for line, reason in document.unread:
        found.leave(found.source("", line, unit="line"), reason, ())
    accounts = numbered([_checked(account) for account in found.accounts])
    why = f"The content of the file is that of the format '{defined.title}'."
    return Extract(
        file=document.file,
        kind=document.kind,
        sha256=document.sha256,
        importer=defined.name,
        agency=found.agency,
        agency_why=why,
        organisation=found.organisation,
        system=found.system,
        accounts=accounts,
        left_out=tuple(found.left_out),
        set_apart=tuple(found.set_apart),
        rows_read=len(accounts) + len(found.left_out),
        layouts=tuple(found.layouts),
        notes=_notes(document, found),
        is_defined=True,
    )


def _checked(account: Account) -> Account:
    """With the doubts that hold for records of any format."""
    flags: list[Flag] = []
    if not account.occurred.is_known and not account.occurred.flags:
        flags.append(Flag("date-missing", "The record gives no date."))
    if not account.subjects:
        flags.append(Flag("subject-missing", "The record does not name whom it is about."))
    if not flags:
        return account
    return replace(account, flags=tuple(dict.fromkeys((*account.flags, *flags))))


#: How the rows of these formats are counted.
COUNTED = (
    "A row, element or resource of this format may tell of several dated facts: each is counted as"
    " a row of its own."
)


def _notes(document: Document, found: Found) -> tuple[str, ...]:
    sources = [a.source for a in found.accounts] + [row.source for row in found.left_out]
    places = [(source.sheet, source.row) for source in sources]
    notes: Sequence[str] = (
        *((COUNTED,) if len(set(places)) < len(places) else ()),
        *document.notes,
        *(note for grid in document.grids for note in grid.notes),
        *found.notes,
    )
    return tuple(dict.fromkeys(notes))
