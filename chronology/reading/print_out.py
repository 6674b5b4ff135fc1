"""PDF print-outs with a text layer: their tables, ruled or set in columns, or dated paragraphs.

A page is a sheet ("page 3") and a row is counted within it, so that a reader finds it on paper.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Line

if TYPE_CHECKING:
    from chronology.reading.print_bounds import BoundedFile
    from chronology.reading.print_pages import PrintedPage
    from chronology.reading.print_tables import PrintedTable
    from chronology.reading.printed import PrintedLine

#: Pages of one file.
MAX_PAGES: Final = 3_000
#: What pdfplumber and pdfminer raise for a file that is damaged.
_BROKEN: Final = (
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError),
    *(RecursionError, MemoryError, NotImplementedError, struct.error, zlib.error, EOFError),
    OSError,
)
_SCANNED: Final = (
    "This PDF is a scan: pictures of pages without words that can be read. Ask the sender for"
    " Excel, Word or CSV, or for a PDF that was printed from their system."
)
_UNBOUNDED: Final = (
    "This PDF unfolds to far more than any print-out holds, which can be used to attack a computer."
    " Ask the sender for a fresh copy, or for Excel, Word or CSV."
)
_LOCKED: Final = "This PDF has a password. Open it, print or save it without one, and try again."
_MISSING: Final = (
    "Reading a PDF needs a part of this program that is not installed. In the folder of this"
    ' program run: pip install ".[pdf]" (with the dot).'
    " Or copy its table into Excel or Word and save that."
)


@dataclass(slots=True)
class _Read:
    """The pages of a file that could be read, and those that could not."""

    pages: list[PrintedPage] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)


def read_print_out(intake: Intake) -> Document:
    """The tables of a PDF with a text layer, or its paragraphs that begin with a date.

    Raises UnreadableFileError for a scan, a password, damage, and what unfolds without measure.
    """
    try:
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
        from pdfminer.pdfexceptions import PDFException
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException

        from chronology.reading.print_bounds import BoundedFile, UnboundedError
    except ImportError as missing:
        raise UnreadableFileError(_MISSING) from missing
    broken = (PDFException, PSException, MalformedPDFException, *_BROKEN)
    read = _Read()
    try:
        _read_pages(BoundedFile(intake.data), read, broken)
    except UnboundedError as fault:
        raise UnreadableFileError(_UNBOUNDED) from fault
    except (PDFPasswordIncorrect, PDFEncryptionError) as fault:
        raise UnreadableFileError(_LOCKED) from fault
    except broken as fault:
        raise gate.damaged("This PDF") from fault
    return _document(intake, read)


def _read_pages(file: BoundedFile, read: _Read, broken: tuple[type[Exception], ...]) -> None:
    from chronology.reading.print_bounds import CrowdedError
    from chronology.reading.print_pages import BROKEN, TANGLED, printed_page

    for page in file.printed_pages(MAX_PAGES):
        number = page.page_number
        try:
            laid_out = file.lay_out(page)
            told = printed_page(laid_out)
            laid_out.close()
        except CrowdedError:
            read.unread.append((number, TANGLED))
        except broken:
            read.unread.append((number, BROKEN))
        else:
            read.pages.append(told)
            if told.unread:
                read.unread.append((number, told.unread))


def _document(intake: Intake, read: _Read) -> Document:
    from chronology.reading.print_columns import aligned
    from chronology.reading.print_days import day_at_start
    from chronology.reading.print_forms import as_records
    from chronology.reading.print_pages import BROKEN
    from chronology.reading.print_paragraphs import dated_paragraphs
    from chronology.reading.print_running import running_lines
    from chronology.reading.print_tables import as_grids, put_together

    pages = read.pages
    if not any(page.lines or page.tables or page.remarks for page in pages):
        if read.unread and all(reason == BROKEN for _, reason in read.unread):
            raise gate.damaged("This PDF")
        raise UnreadableFileError(_SCANNED)
    running = running_lines(pages)
    tables, outside = put_together(pages, running)
    tables = as_records(tables)
    dated = any(
        day_at_start((cell or "").strip())
        for table in tables
        for row in table.rows
        for cell in row.cells
    )
    if not dated:
        more, outside = aligned(outside, running)
        if not more:
            more, outside = dated_paragraphs(outside, running, max(page.width for page in pages))
        tables += more
    return Document(
        intake.name,
        "pdf",
        intake.sha256,
        tuple(as_grids(tables, intake.name, intake.sha256)),
        outside=tuple(_outside(outside, pages, tables)),
        unread=tuple(read.unread),
    )


def _outside(
    lines: Sequence[PrintedLine], pages: Sequence[PrintedPage], tables: Sequence[PrintedTable]
) -> Iterator[Line]:
    """The text outside the tables, page by page, with what is noted on each."""
    from chronology.reading.print_tables import outside_of, titles_on

    own: dict[int, list[str]] = {}
    for line in lines:
        own.setdefault(line.page, []).append(line.text)
    for page in pages:
        said = (*own.get(page.number, ()), *page.remarks)
        for number, text in enumerate(said, start=titles_on(tables, page.number) + 1):
            yield Line(number, (text,), sheet=outside_of(page.number))
