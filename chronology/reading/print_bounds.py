"""PDF files opened within bounds: no stream, font or page may unfold without measure.

pdfminer trusts what a file says of itself. Here every stream is counted while it is unpacked, and
fonts whose tables claim more letters than there are, and pages drawn over and over, are refused.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

from chronology.reading.gate import MB, refuse_over

#: What one stream, and all streams of a file together, may unpack to.
MAX_STREAM: Final = 32 * MB
MAX_STREAMS: Final = 256 * MB
#: Drawing instructions of one page and of all pages, counted each time they are drawn.
MAX_DRAWN: Final = 8 * MB
MAX_ALL_DRAWN: Final = 128 * MB
#: Letters, lines and pictures on one page.
MAX_MARKS: Final = 200_000
#: Letters that a font's tables may speak of; Unicode has 1.1 million in all.
MAX_GLYPHS: Final = 2_000_000
#: Packed with pdfminer's slow methods, a stream may be this long.
MAX_SLOW: Final = 2 * MB

_FLATE: Final = frozenset({"FlateDecode", "Fl"})
_LZW: Final = frozenset({"LZWDecode", "LZW"})
_RUNS: Final = frozenset({"RunLengthDecode", "RL", "CCITTFaxDecode", "CCF"})
_EXPANDING: Final = _FLATE | _LZW | _RUNS
_SIZES: Final = ("Columns", "Colors", "BitsPerComponent")
_RANGE: Final = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>")
_CHUNK: Final = 64 * 1024

logging.getLogger("pdfminer").addHandler(logging.NullHandler())
logging.getLogger("pdfplumber").addHandler(logging.NullHandler())


class UnboundedError(Exception):
    """A part of the file would unfold to more than any print-out holds."""


@dataclass(slots=True)
class _Spent:
    """What the file has unfolded to so far."""

    unpacked: int = 0
    drawn: int = 0
    page: int = 0
    marks: int = 0

    def unpack(self, size: int) -> None:
        self.unpacked += size
        _refuse(size > MAX_STREAM or self.unpacked > MAX_STREAMS)

    def draw(self, size: int) -> None:
        self.drawn += size
        self.page += size
        _refuse(self.page > MAX_DRAWN or self.drawn > MAX_ALL_DRAWN)

    def mark(self) -> None:
        self.marks += 1
        _refuse(self.marks > MAX_MARKS)

    def next_page(self) -> None:
        self.page = self.marks = 0


class BoundedFile(PDF):
    """A PDF whose pages are read one after the other, each within bounds."""

    def __init__(self, data: bytes) -> None:
        # pdfplumber's own constructor reads the whole of the file's description of itself.
        self.stream = BytesIO(data)
        self.stream_is_external = False
        self.path = None
        self.pages_to_parse = None
        self.laparams = None
        self.password = ""
        self.unicode_norm = None
        self.raise_unicode_errors = False
        self.spent = _Spent()
        self.doc = PDFDocument(_Parser(self.stream, self.spent), password="")
        for xref in self.doc.xrefs:
            entries = sum(count for _, count in getattr(xref, "ranges", ()))
            _refuse(entries > len(data))
        self.rsrcmgr = _Resources()

    def printed_pages(self, most: int) -> Iterator[Page]:
        """Its pages in order; refuses more than ``most``."""
        for number, found in enumerate(PDFPage.create_pages(self.doc), 1):
            refuse_over(number, most, f"The PDF has more than {most:,} pages.")
            page = Page(self, found, page_number=number)
            self.spent.next_page()
            yield page
            page.close()

    def lay_out(self, page: Page) -> None:
        """Draws a page, so that its letters and lines are known; turned where all is on its side."""
        device = _Device(self.rsrcmgr, page.page_number, self.spent)
        interpreter = _Interpreter(self.rsrcmgr, device)
        interpreter.spent = self.spent
        interpreter.process_page(page.page_obj)
        page._layout = device.get_result()  # noqa: SLF001 - pdfplumber has no other way in

    def close(self) -> None:
        """Lets go of the bytes."""
        self.stream.close()


class _Stream(PDFStream):
    """A stream that is counted while it is unpacked."""

    spent: _Spent

    def decode(self) -> None:
        filters = self.get_filters()
        names = [literal_name(name) for name, _ in filters]
        _refuse(sum(name in _EXPANDING for name in names) > 1)
        for _, params in filters:
            if isinstance(params, dict):
                sizes = (resolve1(params.get(key, 1)) for key in _SIZES)
                _refuse(any(isinstance(size, int) and size > MB for size in sizes))
        if names and names[0] in _FLATE and not self.decipher:
            self._inflate(filters)
        elif any(name in _EXPANDING for name in names):
            self._unpack_slowly(names)
        super().decode()
        self.spent.unpack(len(self.data or b""))

    def _inflate(self, filters: Sequence[tuple[Any, Any]]) -> None:
        """Unpacks by itself, then leaves only what the other filters have to do."""
        raw = inflated(self.rawdata or b"")
        # A filter that packs nothing stands in for the one that is done, to keep its predictor.
        self.rawdata = zlib.compress(raw, 0)
        self.spent.unpack(0)

    def _unpack_slowly(self, names: Sequence[str]) -> None:
        raw = self.rawdata or b""
        if any(name in _LZW for name in names):
            _refuse(len(raw) > MAX_SLOW)
            size = 0
            for piece in LZWDecoder(BytesIO(raw)).run():
                size += len(piece)
                _refuse(size > MAX_STREAM)
        elif any(name in _RUNS for name in names):
            _refuse(len(raw) > MAX_SLOW)
