"""Tables of print-outs put together: those that go on over pages, and rows broken between two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from chronology.reading.grid import Grid, Line, level
from chronology.reading.print_pages import PrintedPage, Ruled
from chronology.reading.printed import PrintedLine, broken_at_mark

#: Lines above a table that may name the child.
ABOVE: Final = 5
#: How many of the first rows of a table may be its headings.
_HEADINGS: Final = 3
#: Rows that show which columns are always filled.
_TELLING_ROWS: Final = 3
#: Columns of one table begin at the same place on all pages, but for so many points.
_ASTRAY: Final = 12.0
_SENTENCE_ENDS: Final = (".", "!", "?", ":", ";", '"', "\u201d", "'", "\u2019", ")")


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a table and the page it stands on; ``None`` is what the row above says."""

    page: int
    cells: tuple[str | None, ...]


@dataclass(slots=True)
class PrintedTable:
    """A table over one page or more."""

    page: int
    above: tuple[str, ...]
    rows: list[PrintedRow] = field(default_factory=list)
    last_page: int = 0
    #: Where its columns begin, of one drawn with lines.
    starts: tuple[float, ...] = ()
    #: Its first row stands nowhere on paper: it says what the labels of paragraphs say.
    made_headings: bool = False
    #: Lines above it whose words stand apart, as cells: "Child | Jo EXAMPLE".
    titles: list[PrintedRow] = field(default_factory=list)
    #: The first row on each page but the first.
    breaks: list[int] = field(default_factory=list)
    #: What its heading rows say, in small letters; the first row is taken for one.
    headings: set[tuple[str, ...]] = field(default_factory=set)


def put_together(
    pages: Sequence[PrintedPage], running: frozenset[int]
) -> tuple[list[PrintedTable], list[PrintedLine]]:
    """The tables drawn with lines over all pages, and every line that stands in none of them.

    ``running`` are the lines (by identity) that stand on page after page.
    """
    tables: list[PrintedTable] = []
    outside: list[PrintedLine] = []
    open_table: PrintedTable | None = None
    for page in pages:
        if page.unread:
            open_table = None
        above: list[PrintedLine] = []
        waiting = list(page.lines)
        for ruled in page.tables:
            while waiting and waiting[0].top < ruled.top:
                above.append(waiting.pop(0))
            own = [line for line in above if id(line) not in running]
            if open_table is not None and not own and _same_columns(open_table, ruled):
                _go_on(open_table, page.number, ruled)
            elif open_table is not None and _is_said_again(tables, page.number, ruled):
                tables.append(_begun(page.number, ruled, own))
            else:
                open_table = _begun(page.number, ruled, own)
                tables.append(open_table)
            titles = titles_of(own)
            outside += [line for line in above if line not in titles]
            above = []
        outside += waiting
        if not page.tables or any(id(line) not in running for line in waiting):
            open_table = None
    return tables, outside


def outside_of(page: int) -> str:
    """Where text of a page stands that is in none of its tables."""
    return f"text outside the tables, page {page}"


def titles_on(tables: Iterable[PrintedTable], page: int) -> int:
    """How many lines of a page became title rows of tables."""
    return sum(row.page == page for table in tables for row in table.titles)


def _titles_before(tables: Sequence[PrintedTable], table: PrintedTable) -> int:
    before = takewhile(lambda one: one is not table, tables)
    return titles_on(before, table.titles[0].page) if table.titles else 0


def as_grids(tables: Sequence[PrintedTable], file: str, sha256: str) -> list[Grid]:
    """The tables as grids: the sheet is the page a table begins on, a row counts on its page."""
    grids: list[Grid] = []
    counted: dict[int, int] = {}
    seen: dict[int, int] = {}
    for table in tables:
        before: list[str] = []
        seen[table.page] = seen.get(table.page, 0) + 1
        part = f", table {seen[table.page]}" if seen[table.page] > 1 else ""
        lines = [
            Line(number, tuple(map(str, row.cells)), sheet=outside_of(row.page))
            for number, row in enumerate(table.titles, start=_titles_before(tables, table) + 1)
        ]
        for row in _whole_rows(table):
            is_made = table.made_headings and len(lines) == len(table.titles)
            number = counted[row.page] = counted.get(row.page, 0) + (not is_made)
            before = [
                (before[i] if i < len(before) else "") if cell is None else cell
                for i, cell in enumerate(row.cells)
            ]
            filled = frozenset(i for i, cell in enumerate(row.cells) if cell is None)
            sheet = f"page {row.page}" if row.page != table.page else ""
            lines.append(Line(number, tuple(before), filled=filled, sheet=sheet))
        kept = level(_without_blank_columns(lines))
        if kept:
            grids.append(Grid(file, f"page {table.page}{part}", sha256, kept, (), table.above))
    return grids


def _begun(page: int, ruled: Ruled, above: Sequence[PrintedLine]) -> PrintedTable:
    table = PrintedTable(page, tuple(line.spread for line in above[-ABOVE:]), last_page=page)
    table.titles = [_as_row(line) for line in titles_of(above)]
    table.rows = [PrintedRow(page, cells) for cells in ruled.rows]
    table.starts = ruled.starts
    return table


def titles_of(above: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """The lines right above a table whose words stand apart, as title rows of a sheet do."""
    near = above[-ABOVE:]
    return tuple(line for line in near if len(line.pieces) > 1 and ": " not in line.text)


def _as_row(line: PrintedLine) -> PrintedRow:
    return PrintedRow(line.page, tuple(piece.text for piece in line.pieces))


def _same_columns(table: PrintedTable, ruled: Ruled) -> bool:
    same = len(table.rows[0].cells) == len(ruled.rows[0])
    pairs = zip(table.starts, ruled.starts, strict=False)
    return same and all(abs(before - after) < _ASTRAY for before, after in pairs)


def _is_said_again(tables: Sequence[PrintedTable], page: int, ruled: Ruled) -> bool:
    """Whether a table is the box at the head of every page, which parts no other table."""
    rows = [_plain(cells) for cells in ruled.rows]
    return any(
        table.page < page and [_plain(row.cells) for row in table.rows] == rows for table in tables
    )


def _go_on(table: PrintedTable, page: int, ruled: Ruled) -> None:
    rows = [PrintedRow(page, cells) for cells in ruled.rows]
    if page != table.last_page:
        first = [_plain(row.cells) for row in table.rows[:_HEADINGS]]
        repeated = 0
        while repeated < min(_HEADINGS, len(rows)) and _plain(rows[repeated].cells) in first:
            table.headings.add(_plain(rows[repeated].cells))
            repeated += 1
        table.breaks.append(len(table.rows) + repeated)
        table.last_page = page
    table.rows += rows


def _is_heading(table: PrintedTable, row: PrintedRow) -> bool:
    said = _plain(row.cells)
    return said in table.headings or said == _plain(table.rows[0].cells)


def _plain(cells: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(" ".join((cell or "").casefold().split()) for cell in cells)


def _whole_rows(table: PrintedTable) -> list[PrintedRow]:
    """The rows, each broken one joined to its beginning on the page before."""
    rows = table.rows
    always = _always_filled(table)
    whole: list[PrintedRow] = []
    for number, row in enumerate(rows):
        last = next((r for r in reversed(whole) if not _is_heading(table, r)), None)
        if number in table.breaks and last is not None and _is_rest(row, last, always):
            whole[_place(whole, last)] = _with_rest(last, row)
        else:
            whole.append(row)
    return whole


def _place(rows: Sequence[PrintedRow], wanted: PrintedRow) -> int:
    return next(i for i in range(len(rows) - 1, -1, -1) if rows[i] is wanted)


def _always_filled(table: PrintedTable) -> frozenset[int]:
    """The columns filled in every row but those that may be the rest of one."""
    telling = [
        row
        for number, row in enumerate(table.rows)
        if number not in table.breaks and not _is_heading(table, row) and any(row.cells)
    ]
    if len(telling) < _TELLING_ROWS:
        return frozenset()
    width = len(table.rows[0].cells)
    return frozenset(c for c in range(width) if all(row.cells[c] for row in telling))


def _is_rest(row: PrintedRow, last: PrintedRow, always: frozenset[int]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    said = [i for i, cell in enumerate(row.cells) if cell]
    if not said or row.cells[0] or any(not last.cells[i] for i in said):
        return False
    if any(not row.cells[i] for i in always):
        return True
    return any(_goes_on(last.cells[i] or "", row.cells[i] or "") for i in said)


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence was cut: no stop before, no capital after."""
    return not before.rstrip().endswith(_SENTENCE_ENDS) and not after.lstrip()[:1].isupper()


def _with_rest(last: PrintedRow, rest: PrintedRow) -> PrintedRow:
    cells = tuple(
        (f"{upper}{_joint(upper)}{lower}" if upper else lower) if lower else upper
        for upper, lower in zip(last.cells, rest.cells, strict=True)
    )
    return PrintedRow(last.page, cells)


def _joint(before: str) -> str:
    return "" if broken_at_mark(before) else " "


def _without_blank_columns(lines: Sequence[Line]) -> list[Line]:
    width = max((len(line.cells) for line in lines), default=0)
    used = [c for c in range(width) if any(c < len(x.cells) and x.cells[c] for x in lines)]
    if len(used) == width:
        return list(lines)
    return [
        Line(
            line.number,
            tuple(line.cells[c] for c in used),
            filled=frozenset(i for i, c in enumerate(used) if c in line.filled),
            sheet=line.sheet,
        )
        for line in lines
    ]
