"""Words on a printed page as lines, and lines without rules between them as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: A gap this many times as wide as a letter parts two columns.
_GAP_LETTERS: Final = 2.0
#: How far a cell may begin before its heading does, in points.
_LEFT_OF: Final = 6.0
#: Fewer columns, or rows below the headings, are no table.
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 2
#: A day at the start of a line, behind a label or a weekday if need be.
_DAY: Final = re.compile(
    r"(?:(?:contact |event |note |entry |case ?note )?(?:date|when)(?: of \w+| & time)?\s*:\s*)?"
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,]+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]\d{2,4})"
    r"(?:[ ,T]+(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]m)?)?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"^[^:\d]{0,40}:\s*")


@dataclass(slots=True)
class Block:
    """A table or a line of text, by how far down the page it begins."""

    top: float
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that stand close together, and where they begin."""

    left: float
    text: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page."""

    top: float
    bottom: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def middle(self) -> float:
        """How far down its middle lies."""
        return (self.top + self.bottom) / 2


def printed_lines(page: Page) -> list[PrintedLine]:
    """The lines of a page from top to bottom."""
    lines: list[list[dict[str, float | str]]] = []
    for word in page.extract_words(keep_blank_chars=False, use_text_flow=False):
        if lines and abs(float(word["top"]) - float(lines[-1][0]["top"])) < 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(words) for words in lines]


def aligned(lines: Sequence[PrintedLine]) -> list[Block]:
    """A table whose cells begin under its headings; [] where the lines are no such table."""
    for at, heading in enumerate(lines):
        starts = [piece.left for piece in heading.pieces]
        below = lines[at + 1 :]
        if len(starts) < _FEWEST_COLUMNS or len(below) < _FEWEST_ROWS:
            continue
        if sum(_fits(line, starts) for line in below) < _FEWEST_ROWS or not _fits(below[0], starts):
            continue
        rows = [[piece.text for piece in heading.pieces], *_rows(below, starts)]
        return [*(Block(line.top, line.text) for line in lines[:at]), Block(heading.top, rows=rows)]
    return []


def dated_blocks(lines: Sequence[PrintedLine]) -> list[Block]:
    """Paragraphs begun by a day as rows of a table of two columns; other lines as they stand."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in lines:
        found = _DAY.match(line.text)
        if found:
            day = _LABEL.sub("", found[0]) if ":" in found[0][:40] else found[0]
            rows.append([day.strip(), line.text[found.end() :].strip(" -:\u2013")])
        elif rows:
            rows[-1][1] = f"{rows[-1][1]}\n{line.text}".strip()
        else:
            blocks.append(Block(line.top, line.text))
    if rows:
        blocks.append(Block(lines[-1].top, rows=[["Date", "Details"], *rows]))
    return blocks


def _line(words: list[dict[str, float | str]]) -> PrintedLine:
    words = sorted(words, key=lambda word: float(word["x0"]))
    letters = sum(len(str(word["text"])) for word in words)
    width = sum(float(w["x1"]) - float(w["x0"]) for w in words) / max(1, letters)
    pieces: list[tuple[float, list[str]]] = []
    end = float("-inf")
    for word in words:
        if float(word["x0"]) - end > _GAP_LETTERS * width:
            pieces.append((float(word["x0"]), []))
        pieces[-1][1].append(str(word["text"]))
        end = float(word["x1"])
    top, bottom = float(words[0]["top"]), float(words[0]["bottom"])
    return PrintedLine(top, bottom, tuple(Piece(left, " ".join(said)) for left, said in pieces))


def _fits(line: PrintedLine, starts: Sequence[float]) -> bool:
    """Whether a line has a cell in the first column and every cell begins under a heading."""
    first = line.pieces[0].left
    if abs(first - starts[0]) > _LEFT_OF or len(line.pieces) < 2:
        return False
    return all(min(abs(piece.left - s) for s in starts) <= 4 * _LEFT_OF for piece in line.pieces)


def _rows(lines: Sequence[PrintedLine], starts: Sequence[float]) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines:
        cells = [""] * len(starts)
        for piece in line.pieces:
            column = max(i for i, s in enumerate(starts) if s <= piece.left + _LEFT_OF or i == 0)
            cells[column] = f"{cells[column]} {piece.text}".strip()
        if cells[0] or not rows:
            rows.append(cells)
        else:
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
    return rows
