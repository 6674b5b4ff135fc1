"""The police's open data (police.uk): crimes, outcomes, and searches. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chronology.account import Agency
from chronology.importers.defined.base import (
    Format,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.headed import Fields, Headed, headed, more, tables
from chronology.importers.defined.objects import as_day, squeezed
from chronology.importers.defined.sheets import apart_lines, is_no_real_date, plain, records
from chronology.reading.grid import Document, Grid, Line


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three files: its headings, what it is told as, and with what."""

    fields: Fields
    needed: tuple[str, ...]
    title: str
    #: The field that names what it is.
    what: str
    date: str
    outcome: str
    details: tuple[tuple[str, str], ...]


_PLACE: Fields = {
    "Crime ID": (), "Month": (), "Reported by": (), "Falls within": (), "Longitude": (),
    "Latitude": (), "Easting": (), "Northing": (), "Location": (), "LSOA code": (), "LSOA name": (),
    "Context": (),
}  # fmt: skip
_SEARCH: Fields = {
    **dict.fromkeys(
        (
            *("Type", "Part of a policing operation", "Gender", "Age range", "Legislation"),
            *("Self-defined ethnicity", "Officer-defined ethnicity", "Object of search"),
            *("Outcome", "Outcome linked to object of search"),
        ),
        (),
    ),
    "Date": ("datetime",), "Policing operation": ("operationname",),
    "Latitude": ("locationlatitude",), "Longitude": ("locationlongitude",),
    "Street": ("locationstreetname",),
    "Removal of more than just outer clothing": ("removalofmorethanouterclothing",),
}  # fmt: skip
OUTCOMES = Kind(
    {**_PLACE, "Outcome type": ()},
    ("Month", "Reported by", "Falls within", "Outcome type"),
    "Outcome of a crime",
    "Outcome type",
    "Month",
    "Outcome type",
    (("Outcome", "Outcome type"), ("Place", "Location"), ("Area", "LSOA name")),
)
STREET = Kind(
    {**_PLACE, "Crime type": (), "Last outcome category": ()},
    ("Month", "Reported by", "Falls within", "Crime type"),
    "Crime recorded",
    "Crime type",
    "Month",
    "Last outcome category",
    (("Type", "Crime type"), ("Place", "Location"), ("Area", "LSOA name"), ("Context", "Context")),
)
SEARCHES = Kind(
    _SEARCH,
    ("Type", "Date", "Age range", "Object of search", "Legislation"),
    "Stop and search",
    "Type",
    "Date",
    "Outcome",
    (
        ("Kind of search", "Type"), ("Gender", "Gender"), ("Age range", "Age range"),
        ("Self-defined ethnicity", "Self-defined ethnicity"),
        ("Officer-defined ethnicity", "Officer-defined ethnicity"),
        ("Legislation", "Legislation"), ("Object of search", "Object of search"),
        ("Outcome linked to object of search", "Outcome linked to object of search"),
        ("Removal of more than just outer clothing", "Removal of more than just outer clothing"),
        ("Policing operation", "Policing operation"),
    ),
)  # fmt: skip
#: Crimes as the interface of the site gives them.
CRIMES = Kind(
    {
        "Crime ID": ("persistentid",), "Month": (), "Crime type": ("category",),
        "Street": ("locationstreetname",), "Latitude": ("locationlatitude",),
        "Longitude": ("locationlongitude",), "Context": (), "Location subtype": (),
        "Last outcome category": ("outcomestatuscategory",),
    },
    ("Month", "Crime type", "Crime ID", "Location subtype"),
    "Crime recorded",
    "Crime type",
    "Month",
    "Last outcome category",
    (("Type", "Crime type"), ("Place", "Street"), ("Context", "Context")),
)  # fmt: skip
KINDS = (OUTCOMES, STREET, SEARCHES, CRIMES)
#: What is no crime, as the data name it, without marks.
_NO_CRIME = "antisocialbehaviour"


class PoliceUk(Format):
    """One row, one crime, outcome or search."""

    name = "police_uk"
    title = "police.uk open data"
    agency = Agency.POLICE
    system = "police.uk"
    reads = (
        ("Crimes (street)", "One event each; the data give the month alone, so the day is open."),
        ("Outcomes", "One event each, in the month of the outcome."),
        ("Searches", "One event each, at the time given."),
        ("The same as JSON from the site's interface", "Told alike; an object is a row."),
        ("Persons", "Nobody is named: no record says whom it is about."),
        ("Place", "Told as the data give it: on or near a street, never the place itself."),
    )

    def recognises(self, document: Document) -> bool:
        """Whether a table has the headings of one of the files, or objects their keys."""
        return any(_kind(grid) for grid in _tables(document))

    def read(self, found: Found) -> None:
        """Every row of every table."""
        for grid in _tables(found.document):
            known = _kind(grid)
            if known is None:
                apart_lines(found, grid, grid.lines)
                continue
            kind, sheet = known
            shown = _meanings(kind) if found.document.data is None else None
            for line in records(found, sheet, shown):
                _row(found, kind, sheet, line)


def _tables(document: Document) -> tuple[Grid, ...]:
    return tables(document, *((kind.fields, kind.needed) for kind in KINDS))


def _kind(grid: Grid) -> tuple[Kind, Headed] | None:
    for kind in KINDS:
        sheet = headed(grid, kind.fields, kind.needed)
        if sheet is not None:
            return kind, sheet
    return None


def _row(found: Found, kind: Kind, sheet: Headed, line: Line) -> None:
    is_item = found.document.data is not None
    row, unit = (line.number - 1, "item") if is_item else (line.number, "row")
    source, raw = found.source(sheet.grid.sheet, row, unit=unit), sheet.raw(line)
    when = as_day(sheet.when(line, kind.date))
    if not when.is_known or is_no_real_date(when):
        cells = tuple((heading, text) for heading, text in raw if text)
        found.leave(source, why_no_place(when), cells)
        return
    what = sheet.said(line, kind.what)
    is_crime = squeezed(what) != _NO_CRIME
    title = kind.title if is_crime else "Incident recorded"
    event_type = "POLICE.STOP_NRM" if kind is SEARCHES else "POLICE.CRIME"
    telling: Telling = {
        "organisation": sheet.said(line, "Reported by"),
        "event_type_written": what if kind.what == "Crime type" else kind.title,
        "event_type": event_type if is_crime else "POLICE.INCIDENT",
        "reference": sheet.said(line, "Crime ID"),
        "outcome": sheet.said(line, kind.outcome),
        "location": sheet.said(line, "Location") or sheet.said(line, "Street"),
        "other": tuple(more(sheet, line)),
        "raw": raw,
        "flags": line.flags,
    }
    details = [(label, sheet.said(line, field)) for label, field in kind.details]
    found.tell(source, when, in_lines(title, details), **telling)


def _meanings(kind: Kind) -> Mapping[str, str]:
    meant = {kind.date: "occurred", kind.what: "event_type", "Crime ID": "reference"}
    meant |= {"Reported by": "organisation", "Location": "location", kind.outcome: "outcome"}
    return {plain(heading): field for heading, field in meant.items()}
