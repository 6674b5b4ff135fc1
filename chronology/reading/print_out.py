"""PDF print-outs with a text layer: their tables, ruled or set in columns, page by page.

A page is a sheet ("page 3") and a row is counted within it, so that a reader finds it on paper.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Grid, Line, level
from chronology.reading.printed import Block, aligned, dated_blocks, printed_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: Pages of one file, and letters on one page.
MAX_PAGES: Final = 3_000
MAX_LETTERS: Final = 100_000
#: Paragraphs above a table that may name the child.
ABOVE: Final = 5
#: What pdfplumber and pdfminer raise for a file that is damaged or made to do harm.
_BROKEN: Final = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError),
    *(RecursionError, OverflowError, MemoryError, struct.error, zlib.error, EOFError, OSError),
)
_SCANNED: Final = (
    "This PDF is a scan: pictures of pages without words that can be read. Ask the sender for Excel,"
    " Word or CSV, or for a PDF that was printed from their system."
)
_SCANNED_PAGE: Final = (
    "The page is a picture (a scan) without words that can be read. Ask the sender for the words,"
    " or enter what it says by hand."
)


@dataclass(slots=True)
class _Pages:
    """What the pages read so far hold."""

    name: str
    sha256: str
    grids: list[Grid] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    heading: Line | None = None

    def say(self, texts: list[str]) -> None:
        """Keeps text that stands outside tables."""
        self.outside += [Line(len(self.outside) + i, (text,)) for i, text in enumerate(texts, 1)]

    def add(self, page: int, rows: list[list[str]], above: list[str]) -> None:
        """Keeps a table: the row broken over the page joined, the headings said again."""
        if self.grids and self.heading and _goes_on(self.heading, rows):
            rows = self._joined(rows)
            above = []
            lines = [replace(self.heading, number=0)]
        else:
            lines = []
            self.heading = Line(1, tuple(rows[0]))
        lines += [Line(number, tuple(row)) for number, row in enumerate(rows, 1)]
        if len(rows) and len(lines) > (1 if lines[0].number == 0 else 0):
            grid = Grid(
                self.name, f"page {page}", self.sha256, level(lines), (), tuple(above[-ABOVE:])
            )
            self.grids.append(grid)

    def _joined(self, rows: list[list[str]]) -> list[list[str]]:
        """Without a first row that goes on with the last of the page before, which takes it in."""
        if rows[0][0].strip() or not self.grids[-1].lines or not any(map(str.strip, rows[0])):
            return rows
        *before, last = self.grids[-1].lines
        cells = tuple(
            "\n".join(filter(None, (upper.strip(), lower.strip())))
            for upper, lower in zip(last.cells, _wide(rows[0], len(last.cells)), strict=True)
        )
        self.grids[-1] = replace(self.grids[-1], lines=(*before, replace(last, cells=cells)))
        return rows[1:]


def read_print_out(intake: Intake) -> Document:
    """The tables of a PDF with a text layer, or its paragraphs that begin with a date.

    Raises UnreadableFileError for a scan, a password, damage, and where no words stand in it.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError as missing:
        raise UnreadableFileError(
            "Reading a PDF needs a part of this program that is not installed: pip install"
            " 'chronology[pdf]'. Or copy its table into Excel or Word and save that."
        ) from missing
    pages = _Pages(intake.name, intake.sha256)
    try:
        with pdfplumber.open(BytesIO(intake.data)) as pdf:
            gate.refuse_over(len(pdf.pages), MAX_PAGES, "The PDF has more than 3,000 pages.")
            for number, page in enumerate(pdf.pages, 1):
                _read_page(pages, number, page)
                page.close()
    except (PSException, PdfminerException, *_BROKEN) as fault:
        if PDFPasswordIncorrect.__name__ in repr(fault):
            raise UnreadableFileError(
                "This PDF has a password. Open it, print or save it without one, and try again."
            ) from fault
        raise gate.damaged("This PDF") from fault
    return _document(pages)


def _document(pages: _Pages) -> Document:
    if not pages.grids and not pages.outside:
        raise UnreadableFileError(_SCANNED)
    return Document(
        pages.name,
        "pdf",
        pages.sha256,
        tuple(pages.grids),
        outside=tuple(pages.outside),
        unread=tuple(pages.unread),
    )


def _read_page(pages: _Pages, number: int, page: Page) -> None:
    gate.refuse_over(len(page.chars), MAX_LETTERS, "A page holds more than 100,000 letters.")
    if not page.chars:
        if page.images:
            pages.unread.append((number, _SCANNED_PAGE))
        return
    blocks = list(_ruled(page)) or list(_set(page))
    outside: list[str] = []
    for block in blocks:
        if block.rows:
            pages.add(number, block.rows, outside)
        else:
            outside.append(block.text)
    pages.say(outside)


def _ruled(page: Page) -> Iterator[Block]:
    """The tables drawn with lines and the text around them, from top to bottom."""
    tables = [t for t in page.find_tables() if len(t.rows) > 0 and len(t.rows[0].cells) > 1]
    if not tables:
        return
    blocks = [
        Block(table.bbox[1], rows=[[cell or "" for cell in row] for row in table.extract()])
        for table in tables
    ]
    boxes = [table.bbox for table in tables]
    for line in printed_lines(page):
        if not any(top - 1 <= line.middle <= bottom + 1 for _, top, _, bottom in boxes):
            blocks.append(Block(line.top, text=line.text))
    yield from sorted(blocks, key=lambda block: block.top)


def _set(page: Page) -> Iterator[Block]:
    """A table set in columns without lines; else paragraphs, each begun by a date."""
    lines = printed_lines(page)
    yield from aligned(lines) or dated_blocks(lines)


def _goes_on(heading: Line, rows: list[list[str]]) -> bool:
    """Whether a table of as many columns goes on under the headings of the one before."""
    same_width = len(rows[0]) == len(heading.cells)
    return same_width and _plain(rows[0]) != _plain(heading.cells)


def _plain(cells: list[str] | tuple[str, ...]) -> list[str]:
    return [" ".join(cell.casefold().split()) for cell in cells]


def _wide(row: list[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]
