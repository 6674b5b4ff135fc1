"""Words on a printed page: gathered into lines, and lines into the running text they were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

#: A gap this many times as high as the letters parts two columns.
_GAP: Final = 1.2
#: Two blanks are at least so many times as wide as one.
_TWO_BLANKS: Final = 1.6
#: A smaller gap is none: "14" and the raised "th".
_NO_GAP: Final = 0.12
#: A blank is about so wide.
_BLANK: Final = 0.25
#: A word that would have fitted by less than this did not fit for the program that printed it.
_NEARLY: Final = 0.35
#: Lines broken at the edge end in the last part of the width; so many show where the edge is.
_RAGGED: Final = 0.12
_FULL_LINES: Final = 3
#: Lines further apart than this many times their height are paragraphs of their own.
_PARAGRAPH: Final = 1.75


#: "14/03/" with "2021" below it, in a column too narrow for a date.
_CUT_DAY: Final = re.compile(r"(?<!\S)\d{1,2}([/.-])\d{1,2}\1$")
_YEAR: Final = re.compile(r"(?:19|20)?\d\d\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands on the page, in points from its top left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def across(self) -> float:
        """How far across its middle lies."""
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        """How far down its middle lies."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """How high its letters are."""
        return max(1.0, self.bottom - self.top)


@dataclass(frozen=True)
class PrintedLine:
    """Words that stand side by side, from left to right."""

    words: tuple[Word, ...]
    page: int = 0
    #: How far to the right the column reaches that it stands in; 0 for the text of the page.
    edge: float = 0.0

    @cached_property
    def top(self) -> float:
        """Where it begins, from the top of the page."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Where it ends, from the top of the page."""
        return max(word.bottom for word in self.words)

    @cached_property
    def left(self) -> float:
        """Where its first word begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where its last word ends."""
        return max(word.right for word in self.words)

    @cached_property
    def height(self) -> float:
        """How high its highest letters are."""
        return max(word.height for word in self.words)

    @cached_property
    def text(self) -> str:
        """All its words."""
        return _spaced(self.words)

    @cached_property
    def spread(self) -> str:
        """All its words, several blanks where they stand apart: "Name: Jo   Born: 2012"."""
        gaps = sorted(
            gap
            for before, word in pairwise(self.words)
            if (gap := word.left - before.right) > _NO_GAP * word.height
        )
        one_blank = gaps[0] / self.height if len(gaps) > 1 else _GAP / _TWO_BLANKS
        return "   ".join(_spaced(piece.words) for piece in self._apart(_TWO_BLANKS * one_blank))

    @cached_property
    def pieces(self) -> tuple[PrintedLine, ...]:
        """Its words in groups that stand well apart from each other."""
        return self._apart(_GAP)

    def _apart(self, gap: float) -> tuple[PrintedLine, ...]:
        groups: list[list[Word]] = []
        for word in self.words:
            if not groups or word.left - groups[-1][-1].right > gap * word.height:
                groups.append([])
            groups[-1].append(word)
        return tuple(PrintedLine(tuple(group), self.page) for group in groups)


def lines_of(words: Iterable[Word], page: int = 0) -> list[PrintedLine]:
    """Words as lines from top to bottom; a raised "th" belongs to its line."""
    lines: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda word: (word.down, word.left)):
        shared = min(bottom, word.bottom) - max(top, word.top)
        if lines and shared > 0.5 * min(bottom - top, word.height):
            lines[-1].append(word)
            if word.height > bottom - top:
                top, bottom = word.top, word.bottom
        else:
            lines.append([word])
            top, bottom = word.top, word.bottom
    return [PrintedLine(tuple(sorted(line, key=lambda w: w.left)), page) for line in lines]


def right_margin(lines: Sequence[PrintedLine], width: float) -> float:
    """How far to the right running text reaches on a page of this width.

    Where few lines come near the longest, none may have been broken at the edge: then as far from
    the right edge of the page as the text begins from the left.
    """
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(line.right > right - _RAGGED * (right - left) for line in lines)
    return right if full > _FULL_LINES else max(right, width - left)


def flowed(lines: Sequence[PrintedLine], limit: float) -> str:
    """Lines as text: a line that was only broken at the edge goes on, others begin a new one.

    ``limit`` is how far to the right the lines may reach.
    """
    text = ""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        text += line.text
        if following is not None:
            text += _between(line, following, limit)
    return text


def _between(line: PrintedLine, following: PrintedLine, limit: float) -> str:
    first = following.words[0]
    if _CUT_DAY.search(line.text) and _YEAR.match(first.text):
        return ""
    limit = line.edge or limit
    room = limit - line.right - _BLANK * line.height
    apart = following.page == line.page and following.top - line.bottom > _PARAGRAPH * line.height
    if apart or first.right - first.left < room - _NEARLY * line.height:
        return "\n"
    return "" if broken_at_mark(line.text) or _is_cut(line, following, limit) else " "


def broken_at_mark(text: str) -> bool:
    """Whether a line ends with a mark that lines may be broken after: "follow-", "14/03/"."""
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum()


def _is_cut(line: PrintedLine, following: PrintedLine, limit: float) -> bool:
    """Whether a date or number too long for its cell was cut: "14/03/202" and below it "1"."""
    word, rest = line.words[-1], following.words[0].text
    letter = (word.right - word.left) / max(1, len(word.text))
    full = len(line.words) == 1 and limit - word.right < letter
    return full and rest.isdigit() and word.text[-1].isdigit()


def _spaced(words: Sequence[Word]) -> str:
    text = words[0].text
    for before, word in pairwise(words):
        near = word.left - before.right < _NO_GAP * max(word.height, before.height)
        text += word.text if near else f" {word.text}"
    return text
