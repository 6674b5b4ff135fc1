"""Small invented documents as the reading package gives them, for tests of the importers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from chronology.reading.grid import Document, Grid, Line, Stamp

SHA = "cd" * 32
Cell = str | date | datetime


def a_line(number: int, cells: Sequence[Cell], width: int = 0) -> Line:
    """One row; a real date becomes a stamp with the text Excel would show."""
    texts = [cell if isinstance(cell, str) else _shown(cell) for cell in cells]
    stamps: dict[int, Stamp] = {
        column: cell for column, cell in enumerate(cells) if not isinstance(cell, str)
    }
    texts += [""] * (width - len(texts))
    return Line(number, tuple(texts), stamps)


def a_grid(
    *rows: Sequence[Cell], file: str = "list.csv", sheet: str = "", above: tuple[str, ...] = ()
) -> Grid:
    """A sheet of these rows, numbered from 1; blank rows leave a gap as a reader does."""
    width = max(map(len, rows), default=0)
    lines = [a_line(number, row, width) for number, row in enumerate(rows, 1)]
    kept = tuple(line for line in lines if any(cell.strip() for cell in line.cells))
    return Grid(file, sheet, SHA, kept, (), above)


def a_document(
    *rows: Sequence[Cell],
    file: str = "list.csv",
    kind: str = "",
    sheet: str = "",
    above: tuple[str, ...] = (),
) -> Document:
    """A file with one sheet of these rows; its kind is that of its name unless given."""
    grid = a_grid(*rows, file=file, sheet=sheet, above=above)
    return of_grids(grid, file=file, kind=kind)


def of_grids(*grids: Grid, file: str = "list.csv", kind: str = "") -> Document:
    """A file of several sheets or tables."""
    return Document(file, kind or file.rpartition(".")[2], SHA, grids)


def _shown(cell: date | datetime) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M")
    return cell.strftime("%d/%m/%Y")
