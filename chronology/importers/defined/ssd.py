"""The Standard Safeguarding Dataset: a CSV for each table, or a workbook with a sheet for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chronology.account import Agency
from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.sheets import FIRST_LINES, Sheet, apart_lines, plain
from chronology.importers.defined.ssd_known import Known
from chronology.importers.defined.ssd_plan import Plan
from chronology.importers.defined.ssd_rows import tell_rows
from chronology.importers.defined.ssd_tables import EARLIER, TABLES, WHOSE, Table
from chronology.reading.grid import Document, Grid

#: Columns of a table that must stand in a row of headings before it is taken for that table.
ENOUGH = 2
_NO_TABLE = "It stands in a sheet that is no table of the Standard Safeguarding Dataset."


#: A longer cell is no heading.
LONGEST_HEADING = 60


def _names() -> dict[str, str]:
    """A heading as it is compared -> the column as it is named now."""
    names = {plain(column): column for table in TABLES for column in table.columns}
    for column, earlier in EARLIER.items():
        for name in earlier:
            names.setdefault(plain(name), column)
    for table in TABLES:
        dates = (*(one.column for one in table.dated), *(column for _, column, _ in table.due))
        for column in dates:
            names.setdefault(plain(column.removesuffix("_date")), column)
            names.setdefault(plain(f"{column}_date"), column)
    return names


NAMES: Mapping[str, str] = _names()


class Ssd(Format):
    """Tables known by their columns, each named with four letters of its table first."""

    name = "ssd"
    title = "Standard Safeguarding Dataset tables"
    agency = Agency.SOCIAL_CARE
    system = "Standard Safeguarding Dataset"
    reads = (
        ("Contacts, early help, referrals, closures", "One event for each date, with its outcome."),
        ("Assessments", "Started and authorised; the factors are told where the file has both."),
        ("Plans, section 47 enquiries, conferences, reviews", "One event for each date."),
        ("Visits (child in need, child protection, looked after)", "Every visit, not the last."),
        ("Episodes, placements, legal status, permanence", "One event for each date."),
        ("An episode that the next one continues (X1)", "Left out: told as the next one's start."),
        ("Health checks, questionnaires, convictions, missing episodes", "One event each date."),
        ("Care leavers, pre-proceedings, education health and care plans", "One event each date."),
        ("Workers' involvements", "Started and ended, with the worker and the role."),
        ("Moves between addresses", "Told; the address itself is withheld."),
        ("Dates by which something is due", "Told with their record, never as events."),
        ("Persons, linked identifiers, pupil numbers", "Left out as events; they say who is who."),
        ("Teams, professionals, families, disabilities", "Left out: they give no date."),
    )

    def recognises(self, document: Document) -> bool:
        """Whether a sheet has a row of headings of one of the tables."""
        return any(_table_in(grid) is not None for grid in document.grids)

    def read(self, found: Found) -> None:
        """Tells every date of every row."""
        plans: list[Plan] = []
        for grid in found.document.grids:
            sheet = _table_in(grid)
            if sheet is None:
                for line in grid.lines:
                    found.leave(found.source(grid.sheet, line.number), _NO_TABLE, line.cells)
                continue
            above = grid.lines[: grid.lines.index(sheet.heading)]
            apart_lines(found, grid, above)
            tables = enumerate(_tables_of(sheet))
            plans.extend(Plan.of(sheet, table, order) for order, table in tables)
        known = Known.of(plans, WHOSE)
        for plan in plans:
            tell_rows(found, plan, known)


def _table_in(grid: Grid) -> Sheet | None:
    """The sheet with its columns as they are named now; None where it is no such table."""
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        filled = [cell for cell in line.cells if cell.strip()]
        named = [NAMES.get(_heading(cell), "") for cell in line.cells]
        if _is_table(filled, named):
            at: dict[str, int] = {}
            for column, name in enumerate(named):
                if name:
                    at.setdefault(name, column)
            return Sheet(grid, line, grid.lines[index + 1 :], at)
    return None


def _heading(cell: str) -> str:
    """A heading without the table before it: "ssd_contacts.cont_contact_id"."""
    return plain(cell.rpartition(".")[2]) if len(cell) <= LONGEST_HEADING else ""


def _is_table(filled: list[str], named: list[str]) -> bool:
    """Whether most headings are columns, and enough have the four letters of one table."""
    columns = [name for name in named if name]
    if len(columns) < ENOUGH or 2 * len(columns) <= len(filled):
        return False
    marked = {NAMES[_heading(cell)] for cell in filled if _is_marked(cell)}
    return any(len(marked.intersection(table.columns)) >= ENOUGH for table in TABLES)


def _is_marked(cell: str) -> bool:
    """Whether a heading names its table itself; some earlier names did not."""
    name = NAMES.get(_heading(cell), "")
    return bool(name) and _heading(cell).startswith(f"{name.partition('_')[0]} ")


def _tables_of(sheet: Sheet) -> Iterator[Table]:
    """The tables whose columns a sheet has; a person's beside another's only say whose rows."""
    tables = [t for t in TABLES if len(sheet.at.keys() & set(t.columns)) >= ENOUGH]
    for table in tables:
        if len(tables) == 1 or any(one.column in sheet.at for one in table.dated):
            yield table
