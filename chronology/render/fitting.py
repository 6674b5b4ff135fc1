"""How high a row must be for its words, and where a text too long for one row is parted."""

from __future__ import annotations

from collections.abc import Sequence

#: Capitals are about a third wider than other letters in Arial; deleting the rest counts them.
_NOT_CAPITALS = bytes(set(range(128)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ@%&"))
_CAPITAL_EXTRA = 0.42
#: A letter outside ASCII may be as wide as two.
_FOREIGN_EXTRA = 0.8
#: Letters to one unit of column width in running text, and what wrapping at words loses a line.
_LETTERS = 1.16
_LOST = 3.2

#: A paragraph of so many letters to a unit of width stands in one line, whatever its letters.
_SURELY_SHORT = 0.7

#: Room worth beginning a long paragraph in.
LEAST_LINES = 3

#: Each paragraph of a cell: whether it is bold, and its text.
Paragraph = tuple[bool, str]


def lines_in(text: str, width: int) -> int:
    """About how many lines a text takes in a column of that width, rather one too many."""
    short = width * _SURELY_SHORT
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1 if len(paragraph) <= short else _lines_of(paragraph, width)
    return lines


def parted(paragraphs: Sequence[Paragraph], width: int, most: int) -> list[list[Paragraph]]:
    """Paragraphs in parts of at most so many lines, cut between paragraphs or else at words.

    A bold line stands with what it heads.
    """
    parts: list[list[Paragraph]] = [[]]
    left = most
    for is_bold, text in paragraphs:
        rest = text
        while (lines := _lines_of(rest, width)) > left or (is_bold and left < LEAST_LINES):
            if lines > most and left >= LEAST_LINES:
                end = _last_word_within(rest, width, left)
                parts[-1].append((is_bold, rest[:end]))
                rest = rest[end:]
            parts.append([])
            left = most
        parts[-1].append((is_bold, rest))
        left -= lines
    return parts


def _lines_of(paragraph: str, width: int) -> int:
    length = len(paragraph)
    if length <= width * _SURELY_SHORT:
        return 1
    ascii_only = paragraph.encode("ascii", "ignore")
    capitals = len(ascii_only.translate(None, _NOT_CAPITALS))
    span = length + capitals * _CAPITAL_EXTRA + (length - len(ascii_only)) * _FOREIGN_EXTRA
    if span <= width * 1.05:
        return 1
    return int(span / _room(width)) + 1


def _room(width: int) -> float:
    return max(width * _LETTERS - _LOST, width * 0.8)


def _last_word_within(text: str, width: int, lines: int) -> int:
    """Where to cut a text that is to fill so many lines: after a word, if there is one."""
    end = int(_room(width) * lines)
    while _lines_of(text[:end], width) > lines:
        end = int(end * 0.9)
    space = text.rfind(" ", end // 2, end) + 1
    return space or end
