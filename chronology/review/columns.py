"""The columns of a file as a form: shown as understood, read back as a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from glob import escape

from werkzeug.datastructures import MultiDict

from chronology.account import Agency
from chronology.case import ReadFile, read_input
from chronology.errors import ChronologyError, MappingMismatchError
from chronology.importers import Extract, Layout, Mapping, extract
from chronology.importers.headings import FIELDS
from chronology.importers.mapping import SheetMapping, doubled, shown
from chronology.importers.tables import headings_at
from chronology.reading import Document, Grid
from chronology.reading.inputs import Input
from chronology.render.words import COLUMN_WORDS, graded
from chronology.review.handed import Handed

#: What a column can be taken for: code, and what the form calls it.
FIELD_CHOICES: tuple[tuple[str, str], ...] = (
    ("", "kept under its own heading"),
    *((code, plain) for code, (plain, _) in FIELDS.items()),
)
#: Rows of each table shown, and lines of a sheet in which to find the headings.
ROWS, LINES = 4, 25
DATE_ORDERS = frozenset({"day-first", "month-first"})


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column: its heading as a mapping names it, what it is taken for, how surely in words."""

    heading: str
    field: str
    sure: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its first rows; heading row 0 where it has no headings."""

    sheet: str
    heading_row: int
    columns: tuple[ShownColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def shown_columns(handed: Handed, row: int = 0, sheet: str = "") -> dict[str, object]:
    """Everything the page of a file's columns shows; ``row`` is a heading row a person chose."""
    try:
        document = read_input(Input(handed.path, handed.path.name))
    except ChronologyError as why:
        return _page(handed, why_not=str(why))
    chosen = next((g for g in document.grids if g.sheet == sheet), None)
    if row and chosen is not None:
        return _page(handed, document, tables=(_table_at(chosen, row),))
    try:
        found = extract(document, given=handed.given, mapping=handed.mapping)
    except ChronologyError as why:
        return _page(handed, document, why_not=str(why))
    tables = tuple(_table(layout) for layout in found.layouts if layout.columns)
    doubts = tuple(dict.fromkeys(d for layout in found.layouts for d in layout.doubts))
    return _page(handed, document, tables=tables, doubts=doubts, found=found)


def form_mapping(form: MultiDict[str, str], file: str) -> Mapping:
    """The mapping a form states; raises MappingMismatchError naming what does not fit."""
    agency, year = form.get("agency", ""), form.get("year", "").strip()
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise MappingMismatchError(f"'{year}' is no year. Write four figures, such as 2019.")
    order = form.get("date_order", "")
    sheets = tuple(_sheets(form))
    for sheet in sheets:
        if why := doubled(sheet):
            raise MappingMismatchError(why)
    return Mapping(
        file=file,
        agency=Agency(agency) if agency in set(Agency) else None,
        organisation=form.get("organisation", "").strip(),
        subject=form.get("subject", "").strip(),
        subject_born=form.get("subject_born", "").strip(),
        date_order=order if order in DATE_ORDERS else "",
        year=int(year) if year else None,
        sheets=sheets,
    )


def doubtful(file: ReadFile) -> int:
    """How many columns were taken for something on thin evidence."""
    taken = (sure for _, _, field, sure in file.columns if field)
    return sum(graded(sure, COLUMN_WORDS) == COLUMN_WORDS[-1][1] for sure in taken)


def _sheets(form: MultiDict[str, str]) -> list[SheetMapping]:
    sheets: list[SheetMapping] = []
    while (sheet := form.get(f"sheet{len(sheets)}")) is not None:
        at = len(sheets)
        row = form.get(f"row{at}", "")
        pairs = zip(form.getlist(f"h{at}"), form.getlist(f"f{at}"), strict=False)
        columns = tuple((head, field if field in FIELDS else "") for head, field in pairs if head)
        sheets.append(SheetMapping(escape(sheet), int(row) if row.isdigit() else 0, columns))
    return sheets


def _page(
    handed: Handed,
    document: Document | None = None,
    *,
    tables: Sequence[ShownTable] = (),
    doubts: Sequence[str] = (),
    why_not: str = "",
    found: Extract | None = None,
) -> dict[str, object]:
    return {
        "file": handed.path.name,
        "tables": tables,
        "doubts": doubts,
        "why_not": why_not,
        "stated": _stated(handed, found),
        "grids": [_first_lines(grid) for grid in document.grids] if document else [],
    }


def _stated(handed: Handed, found: Extract | None) -> Mapping:
    """What stands in the fields above the columns: as stated, else as understood."""
    given = handed.given
    stated = handed.mapping or Mapping(
        agency=given.agency,
        organisation=given.organisation,
        subject=given.subject,
        subject_born=given.subject_born,
    )
    if found is None or handed.mapping:
        return stated
    by_row = len({account.agency for account in found.accounts}) > 1
    return replace(
        stated,
        agency=stated.agency or (None if by_row else handed.agency or found.agency),
        organisation=stated.organisation or found.organisation,
    )


def _first_lines(grid: Grid) -> Grid:
    return replace(grid, lines=grid.lines[:LINES])


def _table(layout: Layout) -> ShownTable:
    names = shown(column.heading for column in layout.columns)
    columns = tuple(
        ShownColumn(
            name, column.field, graded(column.confidence, COLUMN_WORDS) if column.field else ""
        )
        for name, column in zip(names, layout.columns, strict=True)
    )
    width = len(columns)
    rows = tuple(tuple(row[:width]) for row in layout.first_rows)
    return ShownTable(layout.sheet, min(layout.heading_rows, default=0), columns, rows)


def _table_at(grid: Grid, row: int) -> ShownTable:
    """The columns under a heading row a person chose, none of them understood yet."""
    headings = shown(headings_at(grid, row))
    rows = tuple(line.cells for line in grid.lines if line.number > row)[:ROWS]
    return ShownTable(grid.sheet, row, tuple(ShownColumn(h, "") for h in headings), rows)
