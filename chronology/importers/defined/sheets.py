"""Tables whose headings are defined: found and read by them, each date of a row told as a fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Unpack

from chronology.dates import Evidence, Order, read_when, settle, weigh
from chronology.importers.columns import ColumnReading
from chronology.importers.defined.base import (
    NO_DATE,
    Cells,
    Found,
    Telling,
    why_no_place,
)
from chronology.importers.findings import Layout
from chronology.reading.grid import Document, Grid, Line
from chronology.vocabulary.codes import told
from chronology.when import UNDATED, When

#: A heading row stands among the first lines of a sheet.
FIRST_LINES = 40
#: Longer cells are no headings.
LONG = 40
#: Lines shown of each sheet to check how it was understood.
SHOWN = 3
#: Days that systems write where no date is known.
NO_REAL_DATES = frozenset(
    {
        date(1811, 11, 11),
        date(1899, 12, 30),
        date(1899, 12, 31),
        date(1900, 1, 1),
        date(1901, 1, 1),
        date(9999, 12, 31),
    }
)
_DEFINED = Evidence(Order.DAY_FIRST, "The format defines that its dates are written day first.")
_GAPS = re.compile(r"[^a-z0-9]+")
#: Texts up to this length are often said again.
SHORT = 40
#: What stands in a cell that says nothing.
BLANK = frozenset({"", "-", "--", "n/a", "#n/a", "na", "null", "none", "nan", "nat", "."})


@lru_cache(maxsize=16_384)
def plain(heading: str) -> str:
    """A heading as it is compared: small letters and figures, single gaps; no case, no marks."""
    return _GAPS.sub(" ", heading.casefold().replace("\u2019", "").replace("'", "")).strip()


@lru_cache(maxsize=65_536)
def cell_text(cell: str) -> str:
    """What a cell says, without hard spaces or the mark that made it text; "" for nothing."""
    text = cell.replace("\u00a0", " ").strip().lstrip("\u2018'").strip()
    return "" if text.casefold() in BLANK else text


@lru_cache(maxsize=32_768)
def _pair(heading: str, text: str) -> tuple[str, str]:
    """One object for what many rows say alike: a code, a team, a date."""
    return heading.strip(), text


def is_no_real_date(when: When) -> bool:
    """Whether it is a day that systems write where no date is known."""
    return when.start in NO_REAL_DATES


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table found by its headings: where each stands, and the rows below."""

    grid: Grid
    heading: Line
    rows: tuple[Line, ...]
    #: Plain heading -> its first column.
    at: Mapping[str, int]
    #: Column -> how its dates are to be read.
    evidence: dict[int, Evidence] = field(default_factory=dict)
    #: Dates that were read before: a column of many rows holds few.
    dates: dict[tuple[object, ...], When] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether it has all these headings."""
        return all(plain(name) in self.at for name in names)

    def said(self, line: Line, *names: str) -> str:
        """The cell under the first of these headings that the sheet has; "" if it says nothing."""
        for name in names:
            column = self.at.get(plain(name))
            if column is not None:
                return cell_text(line.cells[column])
        return ""

    def when(self, line: Line, *names: str, end: str = "", clock: str = "") -> When:
        """The date under the first of these headings; undated where the cell says nothing."""
        column = next((self.at[plain(n)] for n in names if plain(n) in self.at), None)
        text = cell_text(line.cells[column]) if column is not None else ""
        if column is None or not text:
            return UNDATED
        stamp = line.stamps.get(column)
        finish = self.at.get(plain(end)) if end else None
        end_text = cell_text(line.cells[finish]) if finish is not None else ""
        end_stamp = line.stamps.get(finish) if finish is not None else None
        beside = self.at.get(plain(clock)) if clock else None
        clock_text = cell_text(line.cells[beside]) if beside is not None else ""
        clock_stamp = line.stamps.get(beside) if beside is not None else None
        said = (
            *(column, text, type(stamp), stamp, end_text, type(end_stamp), end_stamp),
            *(clock_text, type(clock_stamp), clock_stamp),
        )
        read = self.dates.get(said)
        if read is None:
            read = self.dates[said] = read_when(
                text,
                stamp=stamp,
                evidence=self._evidence(column),
                end_text=end_text,
                end_stamp=end_stamp,
                clock_text=clock_text,
                clock_stamp=clock_stamp,
            )
        return read

    def raw(self, line: Line) -> Cells:
        """Every cell of a row under its heading."""
        return tuple(
            _pair(heading, text) if len(text) <= SHORT else (heading.strip(), text)
            for heading, text in zip(self.heading.cells, line.cells, strict=False)
            if text or heading.strip()
        )

    def _evidence(self, column: int) -> Evidence:
        known = self.evidence.get(column)
        if known is None:
            all_cells = ((line.cells[column], line.stamps.get(column)) for line in self.rows)
            cells = list(dict.fromkeys(all_cells))  # what is said twice proves no more
            own = weigh([text for text, _ in cells], [stamp for _, stamp in cells])
            known = self.evidence[column] = settle(own, (_DEFINED,))
        return known


def sheets_with(document: Document, *required: str) -> Iterator[Sheet]:
    """Every sheet of a document with a row of headings that has all these."""
    wanted = frozenset(map(plain, required))
    for grid in document.grids:
        for index, line in enumerate(grid.lines[:FIRST_LINES]):
            headings = [plain(cell) for cell in line.cells]
            if wanted <= set(headings):
                at: dict[str, int] = {}
                for column, heading in enumerate(headings):
                    if heading:
                        at.setdefault(heading, column)
                yield Sheet(grid, line, grid.lines[index + 1 :], at)
                break


def names_a_date(grid: Grid) -> bool:
    """Whether a sheet has a row of headings that names a date, and so may tell of events."""
    for line in grid.lines[:FIRST_LINES]:
        headings = [plain(cell) for cell in line.cells if cell.strip() and len(cell) < LONG]
        dated = any("date" in heading.split() or heading == "when" for heading in headings)
        if len(headings) > 1 and dated:
            return True
    return False


def one_sheet(document: Document, *required: str) -> Sheet | None:
    """The first sheet with these headings, if there is one."""
    return next(sheets_with(document, *required), None)


@dataclass(frozen=True, slots=True)
class Dated:
    """A column of dates, the fact it tells of, and the columns that are told with it.

    ``details`` are (label, heading, code list): the list "" shows the cell as it stands.
    """

    heading: str
    fact: str
    details: tuple[tuple[str, str, str], ...] = ()
    #: More headings under which the same date stands in other years' layouts.
    also: tuple[str, ...] = ()


def tell_dates(
    found: Found,
    sheet: Sheet,
    line: Line,
    dated: Sequence[Dated],
    *,
    codes: str = "",
    **said: Unpack[Telling],
) -> None:
    """One account for each date of a row; the row is left out aloud where it gives none.

    A cell that is no date is left out with what it says. ``codes`` names the table of code lists.
    """
    raw = sheet.raw(line)
    part = 0
    for one in dated:
        written = sheet.said(line, one.heading, *one.also)
        if not written:
            continue
        source = found.source(sheet.grid.sheet, line.number, part)
        part += 1
        when = sheet.when(line, one.heading, *one.also)
        if not when.is_known or is_no_real_date(when):
            reason = f"{one.heading}: {why_no_place(when, written)}"
            found.leave(source, reason, _repeatable(raw, said.get("withheld", ())))
            continue
        details = [
            (label, told(codes, table, text) if table else text)
            for label, heading, table in one.details
            if (text := sheet.said(line, heading))
        ]
        telling: Telling = {"raw": raw, "flags": line.flags, **said}
        found.tell_fact(one.fact, source, when, details, **telling)
    if not part:
        here = found.source(sheet.grid.sheet, line.number)
        found.leave(here, NO_DATE, _repeatable(raw, said.get("withheld", ())))


def _repeatable(raw: Cells, withheld: Sequence[str]) -> Cells:
    """The cells that a list of what was left out may repeat."""
    return tuple((heading, text) for heading, text in raw if heading not in withheld and text)


def show(found: Found, sheet: Sheet, meanings: Mapping[str, str]) -> None:
    """Tells what each column was taken for: plain heading -> field of a record, in words."""
    columns = tuple(
        ColumnReading(index, heading.strip(), meanings.get(plain(heading), ""), 1.0, "Defined.")
        for index, heading in enumerate(sheet.heading.cells)
    )
    first = tuple(line.cells for line in sheet.rows[:SHOWN])
    found.layouts.append(Layout(sheet.grid.sheet, (sheet.heading.number,), columns, (), first))
    text = " | ".join(cell.strip() for cell in sheet.heading.cells if cell.strip())
    found.apart(sheet.grid.sheet, sheet.heading.number, text)


def apart_lines(found: Found, grid: Grid, lines: Sequence[Line]) -> None:
    """Sets apart lines of a sheet that hold no record: titles, guidance, lists of codes."""
    for line in lines:
        text = " | ".join(cell.strip() for cell in line.cells if cell.strip())
        found.apart(grid.sheet, line.number, text)


def records(
    found: Found,
    sheet: Sheet,
    meanings: Mapping[str, str] | None,
    is_apart: Callable[[Line], bool] = lambda _: False,
) -> Iterator[Line]:
    """The rows of a sheet that hold a record; its columns are shown with their meanings, if any.

    The lines above the headings, the headings where they are repeated and rows that ``is_apart``
    are set apart.
    """
    lines = sheet.grid.lines
    apart_lines(found, sheet.grid, [one for one in lines if one.number < sheet.heading.number])
    if meanings is not None:
        show(found, sheet, meanings)
    for line in sheet.rows:
        if line.cells == sheet.heading.cells or is_apart(line):
            apart_lines(found, sheet.grid, [line])
        else:
            yield line


def withheld_flagged(sheet: Sheet, headings: Sequence[str]) -> tuple[str, ...]:
    """The headings of a sheet, as written, whose cells outputs do not repeat."""
    wanted = frozenset(map(plain, headings))
    return tuple(cell.strip() for cell in sheet.heading.cells if plain(cell) in wanted)


__all__ = [
    "Dated",
    "Sheet",
    "apart_lines",
    "cell_text",
    "is_no_real_date",
    "names_a_date",
    "one_sheet",
    "plain",
    "records",
    "sheets_with",
    "show",
    "tell_dates",
    "withheld_flagged",
]
