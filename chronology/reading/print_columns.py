"""Tables set in columns without ruled lines: cells stand below their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from chronology.reading.print_days import day_at_start
from chronology.reading.print_tables import ABOVE, PrintedRow, PrintedTable, titles_of
from chronology.reading.printed import PrintedLine, Word, flowed

#: Fewer columns, or rows below the headings, are no table.
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 2
#: A longer group of words is no heading.
_LONGEST_HEADING: Final = 40
#: A line so many line heights below the one before is not part of the table above it.
_FAR: Final = 3.5
#: Space between rows, in letters' heights, where their lines stand closer.
_CLEAR: Final = 0.6
#: Lines that are tried as headings of a table whose dates are broken, and the share of its rows
#: that must give a day.
_CANDIDATES: Final = 10
_TRIED: Final = 400
_MOSTLY: Final = 0.7
#: How much further, in points, rows stand apart than the lines of one row.
_ROW_GAP: Final = 1.5


def aligned(
    lines: Sequence[PrintedLine], running: frozenset[int]
) -> tuple[list[PrintedTable], list[PrintedLine]]:
    """The table whose cells stand below its headings, and the lines outside it; none without."""
    at = _heading_at(lines)
    in_blocks = at is None
    if at is None:
        at = _heading_of_blocks(lines, running)
    if at is None:
        return [], list(lines)
    heading = lines[at]
    body = [line for line in lines[at + 1 :] if not _is_outside(line, heading, running)]
    kept = set(map(id, body))
    above = [line for line in lines[:at] if id(line) not in running]
    titles = titles_of(above)
    outside = [line for line in lines[:at] if line not in titles]
    outside += [line for line in lines[at + 1 :] if id(line) not in kept]
    edges = _edges(heading, body)
    headings = tuple(piece.text for piece in heading.pieces)
    table = PrintedTable(heading.page, tuple(line.spread for line in above[-ABOVE:]))
    table.titles = [PrintedRow(x.page, tuple(p.text for p in x.pieces)) for x in titles]
    table.rows = [PrintedRow(heading.page, headings)]
    grouped = _blocks(body, edges, heading) if in_blocks else _grouped(body, edges, heading.text)
    for group in grouped:
        table.rows.append(PrintedRow(group[0].page, _cells(group, edges)))
    return [table], outside


def _may_be_heading(line: PrintedLine) -> bool:
    texts = [piece.text for piece in line.pieces]
    return len(texts) >= _FEWEST_COLUMNS and not any(
        len(text) > _LONGEST_HEADING or any(map(str.isdigit, text)) or text.endswith(":")
        for text in texts
    )


def _heading_of_blocks(lines: Sequence[PrintedLine], running: frozenset[int]) -> int | None:
    """The heading of a table whose dates are broken over two lines ("14/03/" above "2021"), so
    that only the space between its rows tells them apart.
    """
    candidates = [at for at, line in enumerate(lines) if _may_be_heading(line)]
    for at in candidates[:_CANDIDATES]:
        heading = lines[at]
        tried = lines[at + 1 : at + 1 + _TRIED]
        body = [line for line in tried if not _is_outside(line, heading, running)]
        edges = _edges(heading, body)
        blocks = [block for block in _blocks(body, edges, heading) if block[0].text != heading.text]
        dated = sum(_has_day_in_cell(block, edges) for block in blocks)
        if dated >= _FEWEST_ROWS and dated >= _MOSTLY * len(blocks):
            return at
    return None


def _blocks(
    body: Sequence[PrintedLine], edges: Sequence[float], heading: PrintedLine
) -> Iterator[list[PrintedLine]]:
    """Lines with no clear space between them; one without a day at the head of a page goes on."""
    waiting: list[PrintedLine] = []
    repeats: list[PrintedLine] = []
    bottom = heading.bottom
    for line in body:
        if line.text == heading.text:
            repeats.append(line)
            bottom = line.bottom
            continue
        turned = bool(waiting) and line.page != waiting[-1].page
        if turned or line.top - bottom > _CLEAR * line.height:
            if waiting and not (turned and _goes_on(line, body, edges, heading)):
                yield waiting
                waiting = []
            if not waiting:
                yield from ([repeat] for repeat in repeats)
                repeats = []
            bottom = line.bottom
        waiting.append(line)
        bottom = max(bottom, line.bottom)
    if waiting:
        yield waiting
    yield from ([repeat] for repeat in repeats)


def _goes_on(
    line: PrintedLine, body: Sequence[PrintedLine], edges: Sequence[float], heading: PrintedLine
) -> bool:
    """Whether what begins a page is the rest of a row: a block without a day."""
    block: list[PrintedLine] = []
    for other in body[next(i for i, one in enumerate(body) if one is line) :]:
        clear = bool(block) and other.top - max(x.bottom for x in block) > _CLEAR * other.height
        if other.page != line.page or clear or other.text == heading.text:
            break
        block.append(other)
    return not _has_day_in_cell(block, edges)


def _has_day_in_cell(block: Sequence[PrintedLine], edges: Sequence[float]) -> bool:
    return any(day_at_start(cell) for cell in _cells(block, edges))


def _heading_at(lines: Sequence[PrintedLine]) -> int | None:
    for at, line in enumerate(lines):
        if not _may_be_heading(line):
            continue
        below = [other for other in lines[at + 1 :] if other.page == line.page]
        if sum(_fits(other, line) for other in below) >= _FEWEST_ROWS:
            return at
    return None


def _fits(line: PrintedLine, heading: PrintedLine) -> bool:
    """Whether a line gives a day and its groups of words begin or end as the headings do."""
    pieces = line.pieces
    if len(pieces) < _FEWEST_ROWS or not any(day_at_start(piece.text) for piece in pieces):
        return False
    heads = heading.pieces
    return all(
        any(abs(p.left - h.left) < 8 or (p.left < h.right and h.left < p.right) for h in heads)
        for p in pieces
    )


def _is_outside(line: PrintedLine, heading: PrintedLine, running: frozenset[int]) -> bool:
    return id(line) in running and line.text != heading.text


def _edges(heading: PrintedLine, body: Sequence[PrintedLine]) -> list[float]:
    """Where each column but the first begins: where the fewest words are cut."""
    words = [word for line in body for word in line.words]
    edges: list[float] = []
    for left, right in pairwise(heading.pieces):
        low, high = left.right, right.left
        places = [low + (high - low) * step / 40 for step in range(41)]
        near = [word for word in words if word.right > low and word.left < high]
        cut = [sum(w.left < place < w.right for w in near) for place in places]
        least = min(cut)
        # The widest clear stretch, as far right as it goes: cells begin below their heading.
        last = max(i for i, count in enumerate(cut) if count == least)
        edges.append(places[last] - 0.5)
    return edges


def _column(word: Word, edges: Sequence[float]) -> int:
    return sum(word.across > edge for edge in edges)


def _cells(lines: Sequence[PrintedLine], edges: Sequence[float]) -> tuple[str, ...]:
    cells: list[str] = []
    for column in range(len(edges) + 1):
        parts: list[PrintedLine] = []
        for line in lines:
            words = tuple(word for word in line.words if _column(word, edges) == column)
            if words:
                parts.append(PrintedLine(words, line.page))
        limit = edges[column] if column < len(edges) else max(line.right for line in lines)
        cells.append(flowed(parts, limit) if parts else "")
    return tuple(cells)


def _grouped(
    body: Sequence[PrintedLine], edges: Sequence[float], heading: str
) -> Iterator[list[PrintedLine]]:
    """The lines of each row, page by page: a row begins, or ends, with the line of its day."""
    dates = _date_column(body, edges)
    pages: dict[int, list[PrintedLine]] = {}
    for line in body:
        pages.setdefault(line.page, []).append(line)
    ends: bool | None = None
    left_over: list[PrintedLine] = []
    for lines in pages.values():
        repeats = [line for line in lines if line.text == heading]
        rest = [line for line in lines if line.text != heading]
        anchors = [i for i, line in enumerate(rest) if _has_day(line, edges, dates)]
        if ends is None and anchors:
            ends = _day_stands_last(rest, anchors)
        groups = _rows_of(rest, anchors, edges, below=not ends)
        if left_over and groups and (not anchors or groups[0][0] is not rest[anchors[0]]):
            left_over += groups.pop(0)
        if left_over:
            yield left_over
        left_over = []
        for repeat in repeats:
            yield [repeat]
        if groups and not ends:
            left_over = groups.pop()
        yield from groups
    if left_over:
        yield left_over


def _day_stands_last(lines: Sequence[PrintedLine], anchors: Sequence[int]) -> bool:
    """Whether the line with the day is the last of its row, as where cells stand at the bottom."""
    at = set(anchors)
    lean = [
        (lines[upper + 1].top - lines[upper].top) - (lines[lower].top - lines[lower - 1].top)
        for upper, lower in pairwise(anchors)
        if lower - upper > 1
    ]
    if lean and abs(median(lean)) > _ROW_GAP / 2:
        return median(lean) > 0
    return 0 not in at and len(lines) - 1 in at


def _rows_of(
    lines: Sequence[PrintedLine], anchors: Sequence[int], edges: Sequence[float], *, below: bool
) -> list[list[PrintedLine]]:
    groups: list[list[PrintedLine]] = []
    begins = set(anchors) if below else {0, *(i + 1 for i in anchors)}
    if below:
        begins |= _undated_starts(lines, begins, edges)
    for i, line in enumerate(lines):
        if i in begins or not groups or _is_far(lines[i - 1], line):
            groups.append([])
        groups[-1].append(line)
    return groups


def _undated_starts(
    lines: Sequence[PrintedLine], anchors: set[int], edges: Sequence[float]
) -> set[int]:
    """Lines without a day that stand as far below the line before as rows do, in two columns."""
    steps = [lower.top - upper.top for upper, lower in pairwise(lines)]
    between = [step for i, step in enumerate(steps, 1) if i in anchors]
    within = [step for i, step in enumerate(steps, 1) if i not in anchors]
    if not between or not within or median(between) < min(within) + _ROW_GAP:
        return set()
    least = min(median(between), min(within) + 2 * _ROW_GAP) - _ROW_GAP / 2
    return {
        i
        for i, step in enumerate(steps, 1)
        if i not in anchors
        and step >= least
        and len({_column(word, edges) for word in lines[i].words}) > 1
    }


def _is_far(before: PrintedLine, line: PrintedLine) -> bool:
    return line.page == before.page and line.top - before.bottom > _FAR * before.height


def _date_column(body: Sequence[PrintedLine], edges: Sequence[float]) -> int:
    counts: Counter[int] = Counter()
    for line in body:
        for column in range(len(edges) + 1):
            words = [word.text for word in line.words if _column(word, edges) == column]
            if words and day_at_start(" ".join(words)):
                counts[column] += 1
                break
    return counts.most_common(1)[0][0] if counts else 0


def _has_day(line: PrintedLine, edges: Sequence[float], dates: int) -> bool:
    words = [word.text for word in line.words if _column(word, edges) == dates]
    return bool(words) and bool(day_at_start(" ".join(words)))
