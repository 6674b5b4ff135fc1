"""Lists of persons: who goes by which number, so that files with numbers alone can be named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from chronology.account import Agency, Identifier, Mention
from chronology.flags import Flag
from chronology.importers.defined.base import (
    Cells,
    Format,
    Found,
    Telling,
    child,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.person_list_columns import (
    EVENTS,
    ORGANISATION_HEADINGS,
    SENDERS,
    TOLD_HEADINGS,
    WITHHELD_HEADINGS,
    Persons,
    persons_in,
)
from chronology.importers.defined.sheets import (
    Sheet,
    cell_text,
    is_no_real_date,
    plain,
    records,
)
from chronology.reading.grid import Document, Line

PERSON = (
    "It names a person by number and tells of no event; the name is used wherever a file gives the"
    " number alone."
)
PERSON_DATED = (
    "It names a person by number; the name is used wherever a file gives the number alone. Its"
    " dates are told as records of their own."
)
NO_NUMBER = "It names a person without a number, and tells of no event."
NO_NAME = "It gives a number without a name, and tells of no event."
WITHHELD = Flag("content-withheld", "The row holds an address or how to reach a person.")
#: Kinds of file that hold tables and nothing between them.
TABLES = frozenset({"csv", "xlsx", "xls", "ods"})


class PersonList(Format):
    """Each row gives a name to a number; dates of a service's involvement are told as well."""

    name: ClassVar[str] = "person_list"
    title: ClassVar[str] = "List of persons with their numbers"
    agency: ClassVar[Agency] = Agency.OTHER
    system: ClassVar[str] = "List of persons"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Number (of the agency, NHS, UPN), name and date of birth",
         "Name the person wherever another file gives the number alone; the row is left out."),
        ("Date of most recent interaction, start of last involvement, other dates of a service",
         "Each is told as a record."),
        ("Dates of the list (current as of, coverage)", "Told beside the records."),
        ("Address, telephone, e-mail, next of kin", "Withheld: kept, not repeated in outputs."),
        ("Gender, age, school and the like", "Kept in the row as it came."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether every sheet that holds anything is a list of persons."""
        if document.kind not in TABLES or not document.grids:
            return False
        return all(persons_in(grid) is not None for grid in document.grids if grid.lines)

    def read(self, found: Found) -> None:
        """Every person of every sheet."""
        for grid in found.document.grids:
            persons = persons_in(grid)
            if persons is not None:
                sender = next((who for said, who in SENDERS if said in persons.sheet.at), None)
                found.agency = found.given.agency or sender or found.agency
                read_persons(found, persons)


def read_persons(found: Found, persons: Persons) -> None:
    """Every row left out with whom it names, its dates told."""
    sheet = persons.sheet
    for line in records(found, sheet, _meanings(persons)):
        _row(found, persons, line)


def _row(found: Found, persons: Persons, line: Line) -> None:
    """What a row dates is told, and the row left out with the person it names."""
    sheet, number = persons.sheet, persons.sheet.grid.sheet
    person, dated = _mention(persons, line), False
    for part, heading in enumerate(persons.dates):
        if sheet.said(line, heading):
            dated |= _dated(found, persons, line, heading, part, person)
    reason = PERSON_DATED if dated else PERSON
    is_named = bool(_first(persons, line, "name", "forename", "surname"))
    if not is_named:
        reason = NO_NAME
    elif not person[0].identifiers:
        reason = NO_NUMBER
    keep = person[0] if person and is_named and person[0].identifiers else None
    source = found.source(number, line.number, len(persons.dates) if dated else 0)
    found.leave(source, reason, _cells(sheet, line), person=keep)


def _dated(
    found: Found, persons: Persons, line: Line, heading: str, part: int, who: tuple[Mention, ...]
) -> bool:
    """One date of a service told under its heading; left out where it is none."""
    sheet = persons.sheet
    source = found.source(sheet.grid.sheet, line.number, part)
    when, written = sheet.when(line, heading), sheet.said(line, heading)
    if not when.is_known or is_no_real_date(when):
        found.leave(source, f"{heading}: {why_no_place(when, written)}", _cells(sheet, line))
        return False
    is_death = plain(heading) == "date of death"
    title, event_type = EVENTS.get(plain(heading), (heading, ""))
    details = [(label, text) for label in TOLD_HEADINGS if (text := sheet.said(line, label))]
    withheld = tuple(
        cell.strip()
        for cell, text in zip(sheet.heading.cells, line.cells, strict=True)
        if WITHHELD_HEADINGS.search(plain(cell)) and cell_text(text)
    )
    said: Telling = {
        "subjects": who,
        "organisation": sheet.said(line, *ORGANISATION_HEADINGS),
        "other": tuple(
            (sheet.heading.cells[column].strip(), text)
            for column in persons.more
            if (text := cell_text(line.cells[column]))
        ),
        "raw": sheet.raw(line),
        "withheld": withheld,
        "flags": (*line.flags, WITHHELD) if withheld else line.flags,
    }
    if is_death:
        found.tell_fact("death", source, when, details, **said)
    else:
        said |= {"event_type_written": title, "event_type": event_type}
        found.tell(source, when, in_lines(title, details), **said)
    return True


def _mention(persons: Persons, line: Line) -> tuple[Mention, ...]:
    """Whom a row names, with every number it gives."""
    name = _first(persons, line, "name")
    if not name:
        parts = (_first(persons, line, "forename"), _first(persons, line, "surname"))
        name = " ".join(part for part in parts if part)
    numbers = {
        field: tuple(t for c in persons.at.get(field, ()) if (t := cell_text(line.cells[c])))
        for field in ("number", "nhs", "upn")
    }
    more = [
        Identifier("local" if field == "number" else field, text)
        for field, texts in numbers.items()
        for text in texts[1:]
    ]
    first = {field: texts[0] if texts else "" for field, texts in numbers.items()}
    return child(
        first["number"],
        name=name,
        born=_first(persons, line, "born"),
        nhs=first["nhs"],
        upn=first["upn"],
        others=more,
    )


def _first(persons: Persons, line: Line, *fields: str) -> str:
    """The first of these fields that the row fills."""
    columns = (column for field in fields for column in persons.at.get(field, ()))
    return next((text for column in columns if (text := cell_text(line.cells[column]))), "")


def _cells(sheet: Sheet, line: Line) -> Cells:
    """The cells of a row for the list of what was left out, where nobody's address is repeated."""
    return tuple(
        (heading, "(withheld)" if text and WITHHELD_HEADINGS.search(plain(heading)) else text)
        for heading, text in sheet.raw(line)
    )


def _meanings(persons: Persons) -> Mapping[str, str]:
    meant = dict.fromkeys(("number", "nhs", "upn"), "subject_id") | {"born": "subject_born"}
    cells = persons.sheet.heading.cells
    fields = {
        plain(cells[column]): meant.get(field, "subject")
        for field, columns in persons.at.items()
        for column in columns
    }
    return fields | {plain(heading): "occurred" for heading in persons.dates}
