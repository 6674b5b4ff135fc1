"""Lines of a file that are not read as records: those that look like one are left out aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chronology.account import LeftOut, Source
from chronology.dates import looks_like_date, read_when, weigh
from chronology.importers.headings import TELLING
from chronology.importers.plan import Plan, Setting
from chronology.importers.tables import Table, filled_cells
from chronology.reading.grid import Grid, Line

#: A cell of fewer words tells of no event.
FEWEST_WORDS = 3
#: Words of a whole date: "On Thursday 14 March 2013".
LONGEST_DAY = 5
#: What a date read by itself has to go by.
ALONE = weigh(())

UNDATED_TABLE = (
    "The table it stands in has no column of dates, so its rows were not read as records. If they "
    "are records, write a mapping that says which column holds the date."
)
NO_TABLE = (
    "The row gives a date and words but stands under no headings that are known, so it was not "
    "read as a record. Give it headings, or write a mapping that names the heading row."
)

_LABEL = re.compile(r"\D{1,40}:")
PARAGRAPH = (
    "The paragraph begins with a date but stands outside the tables, so it was not read as a "
    "record. If it is one, put it into a row of the table."
)
#: Where paragraphs outside the tables are said to stand.
OUTSIDE = "text outside the tables"


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines that were not read as records, and the sentence that says so.

    ``lines`` hold no record; ``rows`` may, and ``reason`` says why they were left out.
    """

    sheet: str
    lines: tuple[Line, ...]
    note: str = ""
    rows: tuple[Line, ...] = ()
    reason: str = ""

    @staticmethod
    def of_grid(grid: Grid) -> Unread:
        """A sheet without a table."""
        where = f"Sheet '{grid.sheet}'" if grid.sheet else f"'{grid.file}'"
        count = _lines(len(grid.lines))
        note = f"{where} holds no table of records; its {count} not read as records."
        return _parted(grid.sheet, grid.lines, note)

    @staticmethod
    def of_table(plan: Plan) -> Unread:
        """A table that dates nothing, beside others that do."""
        table = plan.table
        where = f"sheet '{table.sheet}'" if table.sheet else "the file"
        first = table.heading_rows[0].number if table.heading_rows else table.lines[0].number
        note = (
            f"The table at row {first} of {where} has no column of dates and holds no records; its "
            f"{_lines(len(table.lines))} not read as records."
        )
        headings = (*table.above, *table.heading_rows, *table.repeats)
        if plan.at.keys() & set(TELLING):
            return Unread(table.sheet, headings, note, table.lines, UNDATED_TABLE)
        return Unread(table.sheet, (*headings, *table.lines), note)

    @staticmethod
    def of_paragraphs(lines: tuple[Line, ...]) -> Unread:
        """What a Word file says outside its tables."""
        return _parted(OUTSIDE, lines, reason=PARAGRAPH)

    @staticmethod
    def above(table: Table) -> Unread:
        """The titles over a table, and rows of a table whose headings are not known."""
        return _parted(table.sheet, table.above)

    def left_out(self, setting: Setting) -> tuple[LeftOut, ...]:
        """The rows that may be records, with the reason."""
        return tuple(
            LeftOut(
                Source(setting.file, line.sheet or self.sheet, line.number, setting.sha256),
                self.reason,
                line.cells,
            )
            for line in self.rows
        )


def looks_like_record(line: Line) -> bool:
    """Whether a line gives a date and, beside or behind it, words; 'Printed: ...' does not."""
    cells = filled_cells(line)
    if not cells or _LABEL.match(cells[0]):
        return False
    dated = bool(line.stamps) or any(map(looks_like_date, cells))
    worded = any(len(cell.split()) >= FEWEST_WORDS and not looks_like_date(cell) for cell in cells)
    return (dated and worded) or any(map(_begins_with_day, cells))


def _parted(sheet: str, lines: tuple[Line, ...], note: str = "", reason: str = NO_TABLE) -> Unread:
    sure = [looks_like_record(line) for line in lines]
    rows = tuple(line for line, is_row in zip(lines, sure, strict=True) if is_row)
    others = tuple(line for line, is_row in zip(lines, sure, strict=True) if not is_row)
    return Unread(sheet, others, note, rows, reason)


def _begins_with_day(cell: str) -> bool:
    """'14 March 2013 - rang mother', 'On 14/03/13 he was seen'; no month or year alone."""
    words = cell.split(maxsplit=LONGEST_DAY)
    if len(words) <= FEWEST_WORDS or not any(map(str.isdigit, cell[:20])):
        return False
    starts = (" ".join(words[:count]).rstrip(":,;-–—") for count in range(1, LONGEST_DAY + 1))
    return any(read_when(start, evidence=ALONE).is_exact for start in starts)


def _lines(count: int) -> str:
    return "1 line was" if count == 1 else f"{count} lines were"
