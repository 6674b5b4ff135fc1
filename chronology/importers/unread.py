"""Lines of a file that hold no records, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass

from chronology.importers.tables import Table
from chronology.reading.grid import Grid, Line


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that were not read as records, and the sentence that says so."""

    sheet: str
    lines: tuple[Line, ...]
    note: str

    @staticmethod
    def of_grid(grid: Grid) -> Unread:
        """A sheet without a table."""
        where = f"Sheet '{grid.sheet}'" if grid.sheet else f"'{grid.file}'"
        count = _lines(len(grid.lines))
        note = f"{where} holds no table of records; its {count} not read as records."
        return Unread(grid.sheet, grid.lines, note)

    @staticmethod
    def of_table(table: Table) -> Unread:
        """A table that dates nothing, beside others that do."""
        lines = (*table.above, *table.heading_rows, *table.repeats, *table.lines)
        where = f"sheet '{table.sheet}'" if table.sheet else "the file"
        first = table.heading_rows[0].number if table.heading_rows else table.lines[0].number
        note = (
            f"The table at row {first} of {where} has no column of dates and holds no records; its "
            f"{_lines(len(table.lines))} not read as records."
        )
        return Unread(table.sheet, lines, note)


def _lines(count: int) -> str:
    return "1 line was" if count == 1 else f"{count} lines were"
