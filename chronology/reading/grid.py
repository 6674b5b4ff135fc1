"""What a file holds before anyone says what it means: numbered lines of text cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

from chronology.flags import Flag

#: What a spreadsheet stores as a date: ``datetime`` where the cell shows a clock time, ``date``
#: where it shows a day, ``time`` where it shows a time alone.
Stamp = date | datetime | time

NO_STAMPS: Mapping[int, Stamp] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet or table as a person sees it.

    ``cells`` is the text of each cell as shown, by column from 0; a blank cell is ``""``.
    ``stamps`` holds real spreadsheet dates by column. A cell whose format shows only month and year
    has no stamp: the day in it was not meant. ``filled`` are columns whose text comes from a cell
    merged with the row above. ``flags`` say what was unusual (hidden, struck out, a note).
    """

    number: int
    cells: tuple[str, ...]
    stamps: Mapping[int, Stamp] = NO_STAMPS
    filled: frozenset[int] = frozenset()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or table: its lines that hold anything, with the numbers a person sees."""

    file: str
    sheet: str
    sha256: str
    lines: tuple[Line, ...]
    #: Sentences about the whole sheet: "The sheet is hidden in the workbook."
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: one grid for each sheet or table that holds anything."""

    file: str
    kind: str
    sha256: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())
