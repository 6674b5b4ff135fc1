"""Running text set in two columns, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chronology.reading.printed import PrintedLine, Word

#: Fewer lines side by side are no columns of text.
_FEWEST: Final = 6
#: Words of a line on each side, on average; cells of a table have fewer.
_WORDS: Final = 3.5
#: The gutter is at least so wide, in letters' heights.
_GUTTER: Final = 0.9
#: Each column takes up at least this share of both.
_HALF: Final = 0.4
#: So many of the lines are one piece on each side, not the cells of several columns.
_WHOLE: Final = 0.85
#: So many of the lines of each column but its last reach nearly to its edge, as broken ones do.
_FULL: Final = 0.35
_RAGGED: Final = 0.12


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of a page; where they stand in two columns of text, the left one first.

    The right column is moved to the place of the left one, so that its lines are broken alike.
    """
    found = _gutter(lines)
    if found is None:
        return list(lines)
    first, last, middle = found
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for line in lines[first : last + 1]:
        for column, words in ((left, _before(line, middle)), (right, _behind(line, middle))):
            if words:
                column.append(PrintedLine(words, line.page))
    shift = min(line.left for line in right) - min(line.left for line in left)
    edge = max(line.right for line in left)
    beside = max(line.right for line in right) - shift
    ordered = [replace(line, edge=edge) for line in left]
    ordered += [PrintedLine(_moved(line.words, shift), line.page, beside) for line in right]
    return [*lines[:first], *ordered, *lines[last + 1 :]]


def _gutter(lines: Sequence[PrintedLine]) -> tuple[int, int, float] | None:
    """The first and last line of two columns, and where they are parted; None without."""
    two = [i for i, line in enumerate(lines) if len(line.pieces) == 2]
    if len(two) < _FEWEST:
        return None
    middles = sorted(lines[i].pieces[1].left for i in two)
    middle = middles[len(middles) // 2] - 1
    beside = [i for i in two if _is_parted(lines[i], middle)]
    if len(beside) < _FEWEST:
        return None
    first, last = beside[0], beside[-1]
    # A column may go on below the end of the other.
    while last + 1 < len(lines) and _goes_on(lines[last + 1], lines[last], middle):
        last += 1
    block = lines[first : last + 1]
    return (first, last, middle) if _is_text(block, middle) else None


def _is_parted(line: PrintedLine, middle: float) -> bool:
    left, right = _before(line, middle), _behind(line, middle)
    if not left or not right:
        return False
    return right[0].left - max(word.right for word in left) > _GUTTER * line.height


def _goes_on(line: PrintedLine, before: PrintedLine, middle: float) -> bool:
    near = line.top - before.bottom < before.height
    return near and (line.right < middle or line.left > middle)


def _is_text(block: Sequence[PrintedLine], middle: float) -> bool:
    """Whether lines are text in two columns, and not the cells of a table."""
    if any(word.left < middle < word.right for line in block for word in line.words):
        return False
    sides = [
        [PrintedLine(words, line.page) for line in block if (words := part(line, middle))]
        for part in (_before, _behind)
    ]
    widths = [max(x.right for x in side) - min(x.left for x in side) for side in sides]
    return min(widths) > _HALF * sum(widths) and all(map(_is_column, sides))


def _is_column(lines: Sequence[PrintedLine]) -> bool:
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    whole = sum(len(line.pieces) == 1 for line in lines)
    full = sum(line.right > right - _RAGGED * (right - left) for line in lines)
    words = sum(len(line.words) for line in lines)
    count = len(lines)
    return whole >= _WHOLE * count and full >= _FULL * count and words >= _WORDS * count


def _before(line: PrintedLine, middle: float) -> tuple[Word, ...]:
    return tuple(word for word in line.words if word.left < middle)


def _behind(line: PrintedLine, middle: float) -> tuple[Word, ...]:
    return tuple(word for word in line.words if word.left >= middle)


def _moved(words: Sequence[Word], shift: float) -> tuple[Word, ...]:
    return tuple(replace(w, left=w.left - shift, right=w.right - shift) for w in words)
