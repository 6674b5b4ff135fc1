"""Where in a sheet the tables are: titles, heading rows, and the lines that belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chronology.dates import looks_like_date
from chronology.importers.evidence import look
from chronology.importers.fitness import alone
from chronology.importers.wording import Own, is_synonym, known_heading, plain
from chronology.reading.grid import Grid, Line

#: Lines in which the first heading row is looked for.
TOP = 40
#: A longer cell is no heading where nobody knows its words.
LONGEST_UNKNOWN = 40
#: A longer cell is no heading.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: the lines above it, its headings, and every line below them.

    ``repeats`` are heading rows that stand again further down. A table without headings has the
    headings "Column A", "Column B" and ``headless`` set.
    """

    sheet: str
    headings: tuple[str, ...]
    heading_rows: tuple[Line, ...]
    lines: tuple[Line, ...]
    above: tuple[Line, ...] = ()
    repeats: tuple[Line, ...] = ()
    headless: bool = False
    continued: bool = False
    #: Which of the tables that stand side by side, from the left; their rows share numbers.
    part: int = 0
    notes: tuple[str, ...] = field(default=())


def tables_in(grid: Grid, own: Own = (), heading_row: int = 0) -> tuple[Table, ...]:
    """The tables of a sheet that have headings; ``heading_row`` is the row a person says it is."""
    first = _stated(grid.lines, heading_row) if heading_row else _first_heading(grid.lines, own)
    if first is None:
        return ()
    tables: list[Table] = []
    above_from = 0
    start: int | None = first
    while start is not None:
        table, following = _table_at(grid, start, above_from, own)
        tables.append(table)
        above_from = following or 0
        start = following
    return tuple(_with_titles_moved(tables))


def headless_table(grid: Grid) -> Table | None:
    """The sheet as a table without headings, where its cells alone show dates and words."""
    width = max((len(line.cells) for line in grid.lines), default=0)
    looks = [look(grid.lines, column) for column in range(width)]
    dates = [column for column in range(width) if alone("occurred", looks[column]) > 0.6]
    worded = [
        column
        for column in range(width)
        if alone("narrative", looks[column]) or alone("event_type", looks[column])
    ]
    if not dates or not worded or looks[dates[0]].filled < 0.4:
        return None
    head = _unknown_heading(grid.lines, dates[0])
    if head is not None:
        line = grid.lines[head]
        headings = tuple(cell.strip() for cell in line.cells)
        below, above = grid.lines[head + 1 :], grid.lines[:head]
        return Table(grid.sheet, headings, (line,), below, above)
    headings = tuple(f"Column {_letters(column)}" for column in range(width))
    return Table(grid.sheet, headings, (), grid.lines, headless=True)


def _unknown_heading(lines: Sequence[Line], dates: int) -> int | None:
    """A row of short words over the first row with a date, whatever the words mean."""
    first = next((i for i, line in enumerate(lines) if looks_like_date(line.cells[dates])), 0)
    if not 0 < first <= TOP or not lines[first - 1].cells[dates].strip():
        return None
    cells = filled_cells(lines[first - 1])
    short = all(len(cell) <= LONGEST_UNKNOWN for cell in cells)
    full = len(cells) >= 0.6 * len(filled_cells(lines[first]))
    return first - 1 if short and full and _could_be_headings(cells) else None


def continuing(grid: Grid, before: Table) -> Table | None:
    """The sheet as more of the table before it, where it has as many columns and no headings."""
    width = max((len(line.cells) for line in grid.lines), default=0)
    if width != len(before.headings) or width < 2:
        return None
    return replace(
        before,
        sheet=grid.sheet,
        heading_rows=(),
        lines=grid.lines,
        above=(),
        repeats=(),
        continued=True,
    )


def filled_cells(line: Line) -> list[str]:
    """The cells of a line that hold anything, without the white space around them."""
    return [text for cell in line.cells if (text := cell.strip())]


def _letters(column: int) -> str:
    head, last = divmod(column, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


def headings_at(grid: Grid, row: int) -> tuple[str, ...]:
    """The headings of the heading row that a person says stands at a row; none without the row."""
    start = _stated(grid.lines, row)
    return () if start is None else _joined(grid.lines, start, 0, ())[1]


def _stated(lines: Sequence[Line], row: int) -> int | None:
    """Where the stated row is; where it only groups the headings below it, the row of those."""
    index = next((i for i, line in enumerate(lines) if line.number == row), None)
    if index is None or index + 1 == len(lines):
        return index
    below = lines[index + 1]
    return index + 1 if _heading_score(below, ()) and _is_group_row(lines[index], below) else index


def _first_heading(lines: Sequence[Line], own: Own) -> int | None:
    """The likeliest heading row near the top, or one before it that has dated rows below it."""
    scores = [_heading_score(line, own) for line in lines[:TOP]]
    if not any(scores):
        return None
    best = max(range(len(scores)), key=lambda index: (round(scores[index], 2), -index))
    for index in range(best):
        if scores[index] and any(map(_has_date, lines[index + 1 : best])):
            return index
    return best


def _has_date(line: Line) -> bool:
    return bool(line.stamps) or any(looks_like_date(cell.strip()) for cell in line.cells)


def _heading_score(line: Line, own: Own) -> float:
    """How much a line looks like headings; 0 when it does not."""
    cells = filled_cells(line)
    if len(cells) < 2 or line.stamps or not _could_be_headings(cells):
        return 0.0
    sure = [score for cell in cells if (score := known_heading(cell, own)) >= 0.7]
    if len(sure) < 2 or len(sure) < 0.5 * len(cells):
        return 0.0
    return sum(sure) + 0.1 * len(cells)


def _could_be_headings(cells: Sequence[str]) -> bool:
    distinct = len({plain(cell) for cell in cells})
    # Like tables may stand side by side, two or three of them.
    varied = distinct > len(cells) // 2 or (distinct >= 3 and 3 * distinct >= len(cells))
    return varied and (
        not any(
            len(cell) > LONGEST
            or cell.isdigit()
            or (any(map(str.isdigit, cell)) and looks_like_date(cell))
            for cell in cells
        )
    )


def _table_at(grid: Grid, start: int, above_from: int, own: Own) -> tuple[Table, int | None]:
    """The table whose heading row is line ``start``, and where the next heading row stands."""
    rows, headings = _joined(grid.lines, start, above_from, own)
    first, last = rows[0], rows[-1]
    repeats: list[Line] = []
    lines: list[Line] = []
    following = None
    keys = [_key(grid.lines[row]) for row in rows]
    for index in range(last + 1, len(grid.lines)):
        line = grid.lines[index]
        if _is_repeat(line, keys):
            repeats.append(line)
        elif _is_new_heading(line):
            following = index
            break
        else:
            lines.append(line)
    table = Table(
        grid.sheet,
        headings,
        tuple(grid.lines[row] for row in rows),
        tuple(lines),
        tuple(grid.lines[above_from:first]) if above_from < first and not above_from else (),
        tuple(repeats),
    )
    return table, following


def _key(line: Line) -> tuple[str, ...]:
    return tuple(cell.strip().casefold() for cell in line.cells)


def _is_repeat(line: Line, keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether a line says again nearly all that a heading row says, of two headings or more."""
    if len(line.cells) < 2 or line.stamps or not _begins_alike(line, keys):
        return False
    cells = _key(line)
    return any(
        sum(1 for a, b in zip(cells, key, strict=False) if a and a == b)
        >= max(2, 0.9 * sum(map(bool, key)))
        for key in keys
    )


def _begins_alike(line: Line, keys: Sequence[tuple[str, ...]]) -> bool:
    """A quick look: one of the first two filled headings stands where it stood."""
    return any(
        line.cells[column].strip().casefold() == key[column]
        for key in keys
        for column in [i for i, cell in enumerate(key) if cell][:2]
    )


def _is_new_heading(line: Line) -> bool:
    """A heading row of other headings further down: nothing but known headings, three or more."""
    if line.stamps or any(cell[:1].isdigit() for cell in line.cells[:3]):
        return False
    cells = filled_cells(line)
    if len(cells) < 3 or not is_synonym(cells[0]) or not is_synonym(cells[-1]):
        return False
    known = sum(map(is_synonym, cells))
    return known >= 3 and known >= 0.75 * len(cells) and _could_be_headings(cells)


def _joined(
    lines: Sequence[Line], start: int, lowest: int, own: Own
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The heading rows at a line, and their headings; a row of groups above is joined."""
    if start > lowest and _is_group_row(lines[start - 1], lines[start]):
        return (start - 1, start), _under(lines[start - 1], lines[start])
    if start + 1 < len(lines) and _is_second_row(lines[start], lines[start + 1], own):
        return (start, start + 1), _under(lines[start], lines[start + 1])
    return (start,), tuple(cell.strip() for cell in lines[start].cells)


def _is_group_row(upper: Line, lower: Line) -> bool:
    """Whether a line holds groups of the headings right below it, and is no title."""
    cells = filled_cells(upper)
    apart = lower.number - upper.number != 1 or upper.stamps or not cells
    if apart or len(cells) >= len(filled_cells(lower)) or not _could_be_headings(cells):
        return False
    titled = any(":" in cell or len(cell) > 40 for cell in cells)
    under = all(
        lower.cells[column].strip()
        for column, cell in enumerate(upper.cells)
        if cell.strip() and column < len(lower.cells)
    )
    leftmost = next(i for i, cell in enumerate(lower.cells) if cell.strip())
    return not titled and under and (len(cells) > 1 or not upper.cells[leftmost].strip())


def _is_second_row(upper: Line, lower: Line, own: Own) -> bool:
    cells = filled_cells(lower)
    if lower.number - upper.number != 1 or lower.stamps or not cells:
        return False
    if not _could_be_headings(cells) or len(cells) > len(upper.cells):
        return False
    gap = any(
        not _cell(upper, column) or _cell(upper, column) == _cell(upper, column - 1)
        for column, cell in enumerate(lower.cells)
        if cell.strip() and column
    )
    return gap and all(known_heading(cell, own) >= 0.7 for cell in cells)


def _cell(line: Line, column: int) -> str:
    return line.cells[column].strip() if 0 <= column < len(line.cells) else ""


def _under(upper: Line, lower: Line) -> tuple[str, ...]:
    """Each lower heading after its group: "Incident" over "Date", "Time" gives "Incident Date"."""
    headings: list[str] = []
    group = ""
    for column in range(max(len(upper.cells), len(lower.cells))):
        top, below = _cell(upper, column), _cell(lower, column)
        group = top or group
        parts = [group, below] if below and below != group else [top or below]
        headings.append(" ".join(part for part in parts if part))
    return tuple(headings)


def _with_titles_moved(tables: Sequence[Table]) -> list[Table]:
    """Lines at the foot of one table that are the titles of the next belong to the next."""
    moved: list[Table] = list(tables)
    for index in range(1, len(moved)):
        before = moved[index - 1]
        titles = _titles_at_foot(before)
        if titles:
            kept = before.lines[: len(before.lines) - len(titles)]
            moved[index - 1] = replace(before, lines=kept)
            moved[index] = replace(moved[index], above=titles)
    return moved


def _titles_at_foot(before: Table) -> tuple[Line, ...]:
    titles: list[Line] = []
    leftmost = next((c for c, heading in enumerate(before.headings) if heading), 0)
    for line in reversed(before.lines[-4:]):
        cells = filled_cells(line)
        labelled = 0 < len(cells) <= 4 and ":" in cells[0] and not line.stamps
        lone = (
            len(cells) == 1
            and len(cells[0]) <= 60
            and any(map(str.strip, line.cells[: leftmost + 1]))
        )
        if not (labelled or lone) or any(map(looks_like_date, cells[:1])):
            break
        titles.insert(0, line)
    return tuple(titles)
