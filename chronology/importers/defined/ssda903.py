"""SSDA903, the return on children looked after: a set of CSV files, a workbook, or one XML file."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from chronology.account import Agency
from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.sheets import Sheet, apart_lines, show
from chronology.importers.defined.ssda903_episodes import tell_episodes
from chronology.importers.defined.ssda903_rows import (
    TABLES,
    Row,
    is_xml,
    sheet_in,
    sheet_rows,
    texts_in,
    xml_rows,
)
from chronology.importers.defined.ssda903_tables import tell_row, tell_status_end
from chronology.reading.grid import Document, Element, Grid

NO_TABLE = (
    "The sheet '{}' is none of the tables of the SSDA903 return, so its rows were not read. To"
    " have them read, save the sheet as a file of its own."
)
UNKNOWN_PART = "The return has no part '{}' that this program knows, so it was not read."
#: The table that says when a child who came alone ceases to be one; it is told last.
STATUS = "uasc"
#: Heading -> the field it is taken for, to be checked by eye.
MEANINGS = {
    **dict.fromkeys(("decom", "review", "mis start", "date int", "date match"), "occurred"),
    **dict.fromkeys(("date perm", "date placed", "sw decom", "dolo start", "duc"), "occurred"),
    "mc dob": "occurred",
    **dict.fromkeys(("dec", "mis end", "sw dec", "dolo end", "date placed ceased"), "occurred_end"),
    **dict.fromkeys(("child", "childid", "child id"), "subject_id"),
    "dob": "subject_born",
    "sw id": "professional",
}


class Ssda903(Format):
    """Each date of a row is a record; an episode that goes on in the next is told once."""

    name: ClassVar[str] = "ssda903"
    title: ClassVar[str] = "SSDA903 return on children looked after"
    agency: ClassVar[Agency] = Agency.SOCIAL_CARE
    system: ClassVar[str] = "SSDA903"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Episodes", "The start of each, by its reason; the day on which the child left care."),
        (
            "Episodes that end with X1",
            (
                "The next row begins the same day: one record of the change, not an end and a"
                " start. Where no row begins that day, the row itself tells of it, flagged."
            ),
        ),
        ("Reviews, missing and away, social workers, deprivation of liberty", "Each date."),
        ("Adoption (AD1, placed for adoption), previous permanence, UASC", "Each date."),
        (
            "The end of UASC status after the end of the return, or on the 18th birthday",
            "Left out where it is yet to come: it is expected, and did not happen.",
        ),
        ("Header", "Who a child is: left out. A date in MC_DOB is told as the birth it is."),
        ("OC2 and OC3", "Left out: they say how things stood over a year, without a date."),
        ("Codes", "Translated with the code beside them; unknown and withdrawn ones flagged."),
        (
            "Postcodes, URN of the placement, sex and legal status of adopters",
            "Withheld: kept in the case, not repeated in outputs.",
        ),
        ("Dates such as zz/05/2020", "Told as the month or the year that is known."),
        ("Other sheets or parts", "Left out, saying so."),
    )

    def recognises(self, document: Document) -> bool:
        """By the root of the XML form, or the headings of at least one table."""
        return is_xml(document) or any(sheet_in(grid) for grid in document.grids)

    def read(self, found: Found) -> None:
        """Every row of every table."""
        ends: list[Row] = []
        if found.document.root is not None:
            _read_xml(found, found.document.root, ends)
        for grid in found.document.grids:
            known = sheet_in(grid)
            if known is None:
                _other_sheet(found, grid)
            else:
                _read_sheet(found, *known, ends)
        latest = _latest(found) if ends else None
        for row in ends:
            tell_status_end(found, row, latest)


def _latest(found: Found) -> date | None:
    """The last day on which anything in the file happened."""
    days = (account.occurred.start for account in found.accounts)
    return max((day for day in days if day is not None), default=None)


def _read_sheet(found: Found, name: str, sheet: Sheet, ends: list[Row]) -> None:
    above = [line for line in sheet.grid.lines if line.number < sheet.heading.number]
    apart_lines(found, sheet.grid, above)
    show(found, sheet, MEANINGS)
    rows = list(sheet_rows(found, name, sheet))
    if name == "episodes":
        tell_episodes(found, rows)
    elif name == STATUS:
        ends += rows
    else:
        for row in rows:
            tell_row(found, row)
    headings = frozenset().union(*(row.values for row in rows))
    for other, table in TABLES.items():
        if other not in (name, "episodes") and table.telling & headings - {"ETHNIC"}:
            _tell_joined(found, other, rows, ends)


def _tell_joined(found: Found, name: str, rows: list[Row], ends: list[Row]) -> None:
    """What rows hold of a second table, where somebody joined two into one."""
    telling = TABLES[name].telling - {"ETHNIC"}
    for row in rows:
        if not telling & row.values.keys():
            continue
        if name == STATUS:
            ends.append(row)
        else:
            row.table = name
            tell_row(found, row)


def _read_xml(found: Found, root: Element, ends: list[Row]) -> None:
    episodes: list[Row] = []
    number = 0
    for one in root.children:
        if one.name.upper() != "CHILD":
            source = found.source("", one.line, 0, "line")
            found.leave(source, UNKNOWN_PART.format(one.name), texts_in(one))
            continue
        number += 1
        for row in xml_rows(found, one, number):
            if row.table == "episodes":
                episodes.append(row)
            elif row.table == STATUS:
                ends.append(row)
            elif row.table in TABLES:
                tell_row(found, row)
            else:
                found.leave(row.place(), UNKNOWN_PART.format(row.table), row.told_cells())
    tell_episodes(found, episodes)
    if root.stray:
        found.notes.append(f"Text stands between the children: '{root.stray[:200]}'.")


def _other_sheet(found: Found, grid: Grid) -> None:
    for line in grid.lines:
        source = found.source(grid.sheet, line.number)
        found.leave(source, NO_TABLE.format(grid.sheet), line.cells)
