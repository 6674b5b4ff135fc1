"""What a file holds before anyone says what it means: numbered lines of text cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from types import MappingProxyType

from chronology.flags import Flag
from chronology.reading.gate import MAX_CELLS, MAX_UNPACKED, refuse_over

#: What a spreadsheet stores as a date: ``datetime`` where the cell shows a clock time, ``date``
#: where it shows a day, ``time`` where it shows a time alone.
Stamp = date | datetime | time

#: A row with one of these holds something even if all its cells are blank.
TELLING: frozenset[str] = frozenset({"row-note", "cell-error", "row-tracked"})

NO_STAMPS: Mapping[int, Stamp] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet or table as a person sees it.

    ``cells`` is the text of each cell as shown, by column from 0; a blank cell is ``""``. All lines
    of one grid have the same number of cells.
    ``stamps`` holds real spreadsheet dates by column. A cell whose format shows only month and year
    has no stamp: the day in it was not meant. ``filled`` are columns whose text comes from a cell
    merged with the row above. ``flags`` say what was unusual (hidden, struck out, a note).
    """

    number: int
    cells: tuple[str, ...]
    stamps: Mapping[int, Stamp] = field(default_factory=lambda: NO_STAMPS)
    filled: frozenset[int] = frozenset()
    flags: tuple[Flag, ...] = ()
    #: PDF only: the page it stands on, where its table began on an earlier one.
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or table: its lines that hold anything, with the numbers a person sees."""

    file: str
    sheet: str
    sha256: str
    lines: tuple[Line, ...]
    #: Sentences about the whole sheet: "The sheet is hidden in the workbook."
    notes: tuple[str, ...] = ()
    #: Word only: the paragraphs between the table before and this one, the nearest five.
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class Element:
    """One element of an XML file: local name, namespace, the line it begins on, what it holds.

    ``text`` is the text directly in it, stripped; ``stray`` is text between its children.
    """

    name: str
    space: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)
    stray: str = ""

    def all(self, *path: str) -> list[Element]:
        """Every element below it by this path of names: ``all("CINdetails", "Assessments")``."""
        found = [self]
        for name in path:
            found = [child for one in found for child in one.children if child.name == name]
        return found

    def first(self, *path: str) -> Element | None:
        """The first element by this path of names."""
        found = self.all(*path)
        return found[0] if found else None

    def said(self, *path: str) -> str:
        """The text of the first element by this path; "" without one."""
        found = self.first(*path)
        return found.text if found is not None else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: one grid for each sheet or table that holds anything."""

    file: str
    kind: str
    sha256: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())
    #: Word only: the paragraphs outside the tables, one cell each, numbered from 1.
    outside: tuple[Line, ...] = ()
    #: PDF: pages that could not be read, and why. XML: the line at which it is cut short.
    unread: tuple[tuple[int, str], ...] = ()
    #: XML only: its root element.
    root: Element | None = None
    #: JSON and e-mail only: dicts, lists and text, numbers as the text they were written in.
    data: object = None


def level(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that hold anything, all of one length, without blank columns at the right."""
    kept = [line for line in lines if _holds_anything(line)]
    width = max((_used(line.cells) for line in kept), default=0)
    refuse_over(width * len(kept), MAX_CELLS, "The sheet has more than 20 million cells.")
    written = sum(len(text) for line in kept for text in line.cells)
    refuse_over(written, MAX_UNPACKED, "The sheet holds more than 500 million characters.")
    return tuple(_resized(line, width) for line in kept)


def column_letter(column: int) -> str:
    """A column counted from 0 as a spreadsheet names it: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain_breaks(text: str) -> str:
    """Line breaks as one character, however the file writes them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _holds_anything(line: Line) -> bool:
    own = (text for column, text in enumerate(line.cells) if column not in line.filled)
    return any(text and not text.isspace() for text in own) or any(
        flag.code in TELLING for flag in line.flags
    )


def _used(cells: tuple[str, ...]) -> int:
    used = len(cells)
    while used and not cells[used - 1]:
        used -= 1
    return used


def _resized(line: Line, width: int) -> Line:
    have = len(line.cells)
    if have == width:
        return line
    cells = line.cells[:width] if have > width else line.cells + ("",) * (width - have)
    return replace(line, cells=cells)
