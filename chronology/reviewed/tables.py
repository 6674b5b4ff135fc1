"""The tables of a reviewed workbook, found by their headings wherever they stand now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chronology.reading import Document, Grid, Line
from chronology.render.columns import (
    ANALYSIS,
    DECIDED_ON,
    DECISION,
    INITIALS,
    NOTE,
    PAIR,
    RECORD_A,
    RECORD_A_ID,
    RECORD_B,
    RECORD_B_ID,
    RECORD_IDS,
    SIGNIFICANCE,
)

ACCOUNTS = "Accounts"


@dataclass(frozen=True, slots=True)
class Kind:
    """A table that is looked for: one of each group of headings must stand in one row."""

    needed: tuple[tuple[str, ...], ...]
    wanted: tuple[str, ...]


ANSWERS = Kind(
    ((DECISION,), (RECORD_A_ID, RECORD_A), (RECORD_B_ID, RECORD_B)),
    (
        *(DECISION, RECORD_A_ID, RECORD_B_ID, RECORD_A, RECORD_B),
        *(NOTE, INITIALS, DECIDED_ON, PAIR),
    ),
)
REMARKS = Kind(
    ((SIGNIFICANCE, ANALYSIS), (RECORD_IDS, ACCOUNTS)),
    (SIGNIFICANCE, ANALYSIS, RECORD_IDS, ACCOUNTS),
)


@dataclass(frozen=True, slots=True)
class Written:
    """One row of a table: what stands in it under each heading."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    is_struck: bool
    has_formula: bool = False

    def under(self, heading: str) -> str:
        """What stands under a heading, without blanks around it."""
        return self.cells.get(heading, "").strip()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a row of headings."""

    rows: tuple[Written, ...]
    notes: tuple[str, ...] = ()


def tables_in(document: Document, kind: Kind) -> tuple[Table, ...]:
    """Every table of that kind; a row of headings further down begins another."""
    return tuple(table for grid in document.grids for table in _tables_of(grid, kind))


def plain(text: str) -> str:
    """A heading or an answer free of case, blanks and signs."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


def _tables_of(grid: Grid, kind: Kind) -> list[Table]:
    found: list[Table] = []
    columns: dict[str, int] = {}
    rows: list[Written] = []
    for line in grid.lines:
        if heads := _headings(line, kind):
            columns, rows = heads, []
            found.append(Table((), _notes(grid, line, columns)))
        elif columns:
            rows.append(_written(grid, line, columns))
            found[-1] = Table(tuple(rows), found[-1].notes)
    return found


def _headings(line: Line, kind: Kind) -> dict[str, int]:
    """Where each heading of the table stands, the first of equals; nothing where one is missing."""
    said = [plain(cell) for cell in line.cells]
    columns = {name: said.index(plain(name)) for name in kind.wanted if plain(name) in said}
    is_whole = all(any(name in columns for name in group) for group in kind.needed)
    return columns if is_whole else {}


def _notes(grid: Grid, line: Line, columns: Mapping[str, int]) -> tuple[str, ...]:
    """Columns nothing was taken from though a reviewer may have written there: ``Decision 2``."""
    where = f"the sheet {grid.sheet}" if grid.sheet else "the file"
    taken = {plain(name) for name in columns}
    return tuple(
        f"In {where} the column headed '{cell.strip()}' was not read: only the first column of"
        " each name is."
        for at, cell in enumerate(line.cells)
        if at not in columns.values()
        and (plain(cell) in taken or (DECISION in columns and plain(cell).startswith("decision")))
    )


def _written(grid: Grid, line: Line, columns: Mapping[str, int]) -> Written:
    cells = {name: line.cells[at] for name, at in columns.items()}
    codes = {flag.code for flag in line.flags}
    return Written(
        grid.sheet,
        line.number,
        cells,
        is_struck="row-struck" in codes,
        has_formula=bool(codes & {"cell-formula", "cell-error"}),
    )
