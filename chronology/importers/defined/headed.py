"""Tables known by a set of headings, each under any of the names that systems give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chronology.importers.defined.base import Cells
from chronology.importers.defined.objects import Keys, holds_any, keyed, squeezed
from chronology.importers.defined.sheets import FIRST_LINES, Sheet, plain
from chronology.reading.flat import as_table
from chronology.reading.grid import Document, Grid, Line

#: What a field is called -> its headings without case and marks; its own name is one of them.
Fields = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=8192)
def _squeezed(cell: str) -> str:
    return squeezed(cell.replace("\ufeff", ""))


@dataclass(frozen=True, slots=True)
class Headed(Sheet):
    """A table whose columns go by the names of fields; ``spare`` are those of no field."""

    spare: tuple[int, ...] = ()


def headed(grid: Grid, fields: Fields, needed: Sequence[str]) -> Headed | None:
    """The table of a sheet whose row of headings has all these fields; None without one.

    Its columns go by the names of the fields; a column that is no field by its own heading.
    """
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        found = _placed(line, fields)
        if all(plain(name) in found for name in needed):
            known = frozenset(found.values())
            named = [column for column, cell in enumerate(line.cells) if cell.strip()]
            for column in named:
                found.setdefault(plain(line.cells[column]), column)
            spare = tuple(column for column in named if column not in known)
            return Headed(grid, line, grid.lines[index + 1 :], found, spare=spare)
    return None


def _placed(line: Line, fields: Fields) -> dict[str, int]:
    at: dict[str, int] = {}
    for column, cell in enumerate(line.cells):
        if cell:
            at.setdefault(_squeezed(cell), column)
    found: dict[str, int] = {}
    for name, headings in fields.items():
        for heading in (squeezed(name), *headings):
            if heading in at:
                found.setdefault(plain(name), at[heading])
                break
    return found


def tables(document: Document, *known: tuple[Fields, Sequence[str]]) -> tuple[Grid, ...]:
    """The tables of a document; a list of JSON objects is a table, an object a row.

    JSON is put into tables only where an object has the fields that one of ``known`` needs.
    """
    if document.grids:
        return document.grids
    if document.data is None or not holds_any(document.data, lambda keys: _fits(keys, known)):
        return ()
    if isinstance(document.data, dict) and _fits(keyed(document.data), known):  # one record alone
        return as_table(replace(document, data=[document.data])).grids
    flat = as_table(document)
    beside = Grid(document.file, "", document.sha256, flat.outside)
    return (*flat.grids, beside) if flat.outside else flat.grids


def _fits(keys: Keys, known: Sequence[tuple[Fields, Sequence[str]]]) -> bool:
    return any(
        all(
            squeezed(name) in keys or any(other in keys for other in fields[name])
            for name in needed
        )
        for fields, needed in known
    )


def more(sheet: Headed, line: Line) -> Iterator[tuple[str, str]]:
    """The cells of a row that stand under no field, with their headings."""
    for column in sheet.spare:
        if text := line.cells[column].strip():
            yield sheet.heading.cells[column].strip(), text


def written(sheet: Sheet, name: str) -> str:
    """The heading of a field as it stands in the sheet; "" where the sheet has none."""
    column = sheet.at.get(plain(name))
    return "" if column is None else sheet.heading.cells[column].strip()


def hidden(sheet: Sheet, line: Line, names: Sequence[str]) -> tuple[str, ...]:
    """The headings, as written, of these fields where the row fills them."""
    return tuple(written(sheet, name) for name in names if sheet.said(line, name))


def without(cells: Cells, headings: Sequence[str]) -> Cells:
    """The cells that a list of what was left out may repeat."""
    return tuple((heading, text) for heading, text in cells if text and heading not in headings)
