"""Cells as a spreadsheet reader finds them, put together into lines with every doubt said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from chronology.flags import Flag
from chronology.reading.gate import Intake
from chronology.reading.grid import NO_STAMPS, Grid, Line, Stamp, column_letter, level

#: The mark of a formula whose result the file does not hold.
UNSAVED: Final = "formula-unsaved"


#: What is unusual about a row's cells, in words; ``{where}`` names the columns.
_MARKS: Final = {
    "row-struck": ("row-struck", "Text in {where} is struck out."),
    "cell-formula": ("cell-formula", "{where}: a formula; its saved value was read."),
    "cell-error": ("cell-error", "{where}: the spreadsheet shows '{text}', not a value."),
    "identifier-damaged": (
        "identifier-damaged",
        "{where}: {text} has more than 15 digits, and a spreadsheet loses the rest.",
    ),
    UNSAVED: (
        "cell-error",
        "{where}: a formula whose result was not saved. Open the file in Excel and save it.",
    ),
}
_MANY_COLUMNS: Final = 8


@dataclass(slots=True)
class Row:
    """A row as it is read; columns counted from 0."""

    number: int
    hidden: bool = False
    cells: dict[int, str] = field(default_factory=dict)
    stamps: dict[int, Stamp] = field(default_factory=dict)
    #: (what is unusual, column): a flag code, or ``UNSAVED``.
    marks: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Scan:
    """Everything one worksheet part says that matters here."""

    rows: dict[int, Row] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CellNote:
    """A note on a cell; the row from 1, the column from 0."""

    row: int
    column: int
    text: str


def grid_of(
    intake: Intake,
    name: str,
    scan: Scan,
    *,
    hidden: str = "",
    notes: tuple[CellNote, ...] = (),
    said: tuple[str, ...] = (),
) -> Grid:
    """One sheet as a grid; ``hidden`` is the sentence for a hidden sheet, ``said`` more of them."""
    for note in notes:
        scan.rows.setdefault(note.row, Row(note.row))
    filled = _fill_down(scan)
    remarks = _remarks_by_row(notes)
    lines = level(
        _line(scan.rows[number], filled.get(number, frozenset()), remarks.get(number, ()), hidden)
        for number in sorted(scan.rows)
    )
    sentences = (hidden, *_hidden_columns(scan, lines), *said)
    return Grid(intake.name, name, intake.sha256, lines, tuple(filter(None, sentences)))


def _fill_down(scan: Scan) -> dict[int, frozenset[int]]:
    """Give a block merged over rows its text in each row that holds something of its own."""
    numbers = sorted(number for number, row in scan.rows.items() if row.cells)
    filled: dict[int, set[int]] = {}
    reached: dict[int, int] = {}
    for area in sorted(scan.merges, key=lambda each: (each.left, each.top)):
        head = scan.rows.get(area.top)
        if head is None or area.left not in head.cells or reached.get(area.left, 0) >= area.top:
            continue
        reached[area.left] = area.bottom
        first = bisect_left(numbers, area.top + 1)
        for number in numbers[first : bisect_left(numbers, area.bottom + 1)]:
            if _copy_cell(head, scan.rows[number], area.left):
                filled.setdefault(number, set()).add(area.left)
    return {number: frozenset(columns) for number, columns in filled.items()}


def _copy_cell(head: Row, row: Row, column: int) -> bool:
    if column in row.cells:
        return False
    row.cells[column] = head.cells[column]
    if column in head.stamps:
        row.stamps[column] = head.stamps[column]
    return True


def _remarks_by_row(notes: tuple[CellNote, ...]) -> dict[int, tuple[Flag, ...]]:
    found: dict[int, tuple[Flag, ...]] = {}
    for note in notes:
        words = f"Note on {column_letter(note.column)}{note.row}: '{note.text}'"
        found[note.row] = (*found.get(note.row, ()), Flag("row-note", words))
    return found


def _line(row: Row, filled: frozenset[int], remarks: tuple[Flag, ...], hidden: str) -> Line:
    width = max(row.cells, default=-1) + 1
    cells = tuple(row.cells.get(column, "") for column in range(width))
    flags = (*_row_flags(row, hidden), *remarks) if row.marks or row.hidden or hidden else remarks
    return Line(row.number, cells, row.stamps or NO_STAMPS, filled, flags)


def _row_flags(row: Row, hidden_sheet: str) -> Iterator[Flag]:
    if hidden_sheet:
        yield Flag("row-hidden", hidden_sheet)
    if row.hidden:
        yield Flag("row-hidden", f"Row {row.number} is hidden in the sheet.")
    for mark, (code, words) in _MARKS.items():
        columns = sorted({column for what, column in row.marks if what == mark})
        if columns:
            text = row.cells.get(columns[0], "")
            said = words.format(where=column_names(columns), text=text)
            yield Flag(code, f"{said[0].upper()}{said[1:]}")


def column_names(columns: list[int]) -> str:
    """Columns as a reader finds them: ``columns B, D and F``, at most eight."""
    names = [column_letter(column) for column in columns[:_MANY_COLUMNS]]
    if len(columns) > _MANY_COLUMNS:
        return f"columns {', '.join(names)} and {len(columns) - _MANY_COLUMNS} more"
    if len(names) == 1:
        return f"column {names[0]}"
    return f"columns {', '.join(names[:-1])} and {names[-1]}"


def _hidden_columns(scan: Scan, lines: tuple[Line, ...]) -> Iterator[str]:
    width = len(lines[0].cells) if lines else 0
    hidden = sorted(
        {
            column
            for first, last in scan.hidden_columns
            for column in range(max(first, 0), min(last + 1, width))
        }
    )
    if hidden:
        names = column_names(hidden)
        yield f"{names[0].upper()}{names[1:]}: hidden in the sheet, but read."
