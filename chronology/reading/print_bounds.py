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
from pdfminer.psparser import LIT, literal_name
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
#: A page is turned where so many of its letters, and this share of them, lie on their side.
FEWEST_LYING: Final = 20
MOSTLY: Final = 0.7
#: Packed with pdfminer's slow methods, a stream may be this long.
MAX_SLOW: Final = 2 * MB

_FLATE: Final = frozenset({"FlateDecode", "Fl"})
_LZW: Final = frozenset({"LZWDecode", "LZW"})
_SLOW: Final = frozenset({"RunLengthDecode", "RL", "CCITTFaxDecode", "CCF"})
_SIZES: Final = ("Columns", "Colors", "BitsPerComponent")
_RANGES: Final = re.compile(rb"begin(?:bf|cid)range(.*?)(?:end(?:bf|cid)range|\Z)", re.DOTALL)
_RANGE: Final = re.compile(
    rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<[^>]*>|\[[^\]]*\]|\d+)"
)
_REMARK: Final = re.compile(rb"%[^\r\n]*")
_CHUNK: Final = 64 * 1024

logging.getLogger("pdfminer").addHandler(logging.NullHandler())
logging.getLogger("pdfplumber").addHandler(logging.NullHandler())


class UnboundedError(Exception):
    """A part of the file would unfold to more than any print-out holds."""


class CrowdedError(Exception):
    """One page holds more than any page of records."""


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
        _refuse(self.drawn > MAX_ALL_DRAWN)
        if self.page > MAX_DRAWN:
            raise CrowdedError

    def mark(self) -> None:
        self.marks += 1
        if self.marks > MAX_MARKS:
            raise CrowdedError

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
            yield Page(self, found, page_number=number)

    def lay_out(self, page: Page) -> Page:
        """The page with its letters and lines; turned where nearly all of it lies on its side."""
        self._draw(page)
        turn = _turn_of(page)
        if not turn:
            return page
        found = page.page_obj
        found.rotate = (found.rotate + turn) % 360
        found.attrs = {**found.attrs, "Rotate": found.rotate}
        turned = Page(self, found, page_number=page.page_number)
        self._draw(turned)
        return turned

    def _draw(self, page: Page) -> None:
        self.spent.next_page()
        device = _Device(self.rsrcmgr, page.page_number, self.spent)
        interpreter = _Interpreter(self.rsrcmgr, device)
        interpreter.spent = self.spent
        interpreter.process_page(page.page_obj)
        page._layout = device.get_result()


class _Stream(PDFStream):
    """A stream that is counted while it is unpacked, one filter after the other."""

    spent: _Spent

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for method, params in self.get_filters():
            data = _unpacked(literal_name(method), resolve1(params), data)
            self.spent.unpack(len(data))
        self.data = data
        self.rawdata = None


class _Parser(PDFParser):
    """Hands out streams that are counted."""

    def __init__(self, stream: BytesIO, spent: _Spent) -> None:
        super().__init__(stream)
        self._spent = spent

    def push(self, *objs: Any) -> None:  # noqa: ANN401 - as pdfminer has it
        super().push(*(self._counted(pair) for pair in objs))

    def _counted(self, pair: Any) -> Any:  # noqa: ANN401 - as pdfminer has it
        position, found = pair
        if type(found) is not PDFStream:
            return pair
        stream = _Stream(found.attrs, found.rawdata or b"", found.decipher)
        stream.spent = self._spent
        return position, stream


class _Resources(PDFResourceManager):
    """Fonts whose tables speak of no more letters than there are."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        if not objid or objid not in self._cached_fonts:
            for key in ("W", "W2"):
                _check_widths(list_value(spec.get(key) or []))
            for key in ("ToUnicode", "Encoding"):
                found = resolve1(spec.get(key))
                if isinstance(found, PDFStream):
                    _check_ranges(found.get_data())
            described = dict_value(spec.get("FontDescriptor") or {})
            if "FontFile2" in described:
                _check_letters(stream_value(described["FontFile2"]).get_data())
        return super().get_font(objid, spec)


class _Interpreter(PDFPageInterpreter):
    """Draws no more than a page can hold, however often the file asks for it."""

    spent: _Spent

    def dup(self) -> _Interpreter:
        other = _Interpreter(self.rsrcmgr, self.device)
        other.spent = self.spent
        return other

    def execute(self, streams: Sequence[object]) -> None:
        for stream in streams:
            # Drawing takes its time even where there is nothing to draw.
            self.spent.draw(len(stream_value(stream).get_data()) + 4096)
        super().execute(streams)


class _Device(PDFPageAggregatorWithMarkedContent):
    """Counts what is put on the page."""

    def __init__(self, resources: PDFResourceManager, page: int, spent: _Spent) -> None:
        super().__init__(resources, pageno=page, laparams=None)
        self._spent = spent

    def render_char(self, *args: Any, **more: Any) -> float:  # noqa: ANN401 - as pdfminer has it
        self._spent.mark()
        return float(super().render_char(*args, **more))

    def render_image(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as pdfminer has it
        self._spent.mark()
        super().render_image(*args, **more)

    def paint_path(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as pdfminer has it
        self._spent.mark()
        super().paint_path(*args, **more)


def _turn_of(page: Page) -> int:
    """By how much to turn a page clockwise so that its words can be read; 0 for not at all."""
    lying = [letter["matrix"] for letter in page.chars if not letter["upright"]]
    if len(lying) < FEWEST_LYING or len(lying) < MOSTLY * len(page.chars):
        return 0
    upwards = sum(1 if up > 0 else -1 for _, up, *_ in lying)
    return 90 if upwards > 0 else 270


def inflated(data: bytes) -> bytes:
    """What deflated bytes unpack to; of damaged ones as much as can be had."""
    unpacker = zlib.decompressobj()
    pieces: list[bytes] = []
    size = 0
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        try:
            while chunk and not unpacker.eof:
                pieces.append(unpacker.decompress(chunk, MAX_STREAM))
                chunk = unpacker.unconsumed_tail
                size += len(pieces[-1])
                _refuse(size > MAX_STREAM)
        except zlib.error:
            break
    return b"".join(pieces)


def _unpacked(method: str, params: object, data: bytes) -> bytes:
    """The bytes after one filter, by pdfminer but for the filter that can unfold most."""
    known = params if isinstance(params, dict) else {}
    sizes = [resolve1(known.get(key, 1)) for key in _SIZES]
    _refuse(any(isinstance(size, int) and size > MAX_SLOW for size in sizes))
    if method in _FLATE:
        data = inflated(data)
        if "Predictor" not in known:
            return data
        _refuse(len(data) > 4 * MAX_SLOW)
        data = zlib.compress(data, 0)
    elif method in _LZW:
        _refuse(len(data) > MAX_SLOW)
        size = 0
        for piece in LZWDecoder(BytesIO(data)).run():
            size += len(piece)
            _refuse(size > MAX_STREAM)
    elif method in _SLOW:
        _refuse(len(data) > MAX_SLOW)
    return PDFStream({"Filter": LIT(method), "DecodeParms": known}, data).get_data()


def _check_widths(widths: Sequence[object]) -> None:
    """Refuses widths for more letters than there are: [0 999999999 500]."""
    run: list[float] = []
    told = 0.0
    for found in widths:
        value = resolve1(found)
        run = [*run, value] if isinstance(value, int | float) else []
        if len(run) == 2:
            told += max(0, run[1] - run[0])
        if len(run) == 3:
            run = []
    _refuse(told > 100 * MAX_GLYPHS)


def _check_ranges(table: bytes) -> None:
    told = 0
    for block in _RANGES.findall(_REMARK.sub(b"", table)):
        for first, last in _RANGE.findall(block):
            told += max(0, int(last[-8:], 16) - int(first[-8:], 16))
    _refuse(told > MAX_GLYPHS)


def _check_letters(font: bytes) -> None:
    """Refuses a TrueType font whose tables of letters (cmap formats 10 and 12) are endless."""
    try:
        told = sum(_letters_in(font))
    except (struct.error, IndexError):
        return
    _refuse(told > MAX_GLYPHS)


def _letters_in(font: bytes) -> Iterator[int]:
    for record in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * record)
        if name != b"cmap":
            continue
        for table in range(struct.unpack_from(">H", font, start + 2)[0]):
            at = start + struct.unpack_from(">I", font, start + 4 + 8 * table + 4)[0]
            kind = struct.unpack_from(">H", font, at)[0]
            if kind == 12:
                groups = min(struct.unpack_from(">I", font, at + 12)[0], len(font) // 12)
                yield groups
                for group in range(groups):
                    first, last = struct.unpack_from(">II", font, at + 16 + 12 * group)
                    yield max(0, last - first)


def _refuse(over: bool) -> None:  # noqa: FBT001
    if over:
        raise UnboundedError
