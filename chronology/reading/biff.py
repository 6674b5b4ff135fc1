"""Records of an old Excel workbook (.xls, Excel 97 to 2003), laid out as [MS-XLS] says."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading.formats import BUILT_IN, GENERAL, understand
from chronology.reading.gate import MAX_CELL, damaged, refuse_over
from chronology.reading.grid import plain_breaks
from chronology.reading.kinds import LOCKED
from chronology.reading.sheets import Style

CONTINUE: Final = 0x3C
_BOF, _EOF, _SHEET, _LOCK, _FONT, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x2F, 0x31, 0x41E, 0xE0
_TEXTS, _CALENDAR = 0xFC, 0x22
_BIFF8: Final = 0x600
_STRUCK, _WIDE, _EAST_ASIAN, _RICH = 0x8, 0x1, 0x4, 0x8
#: The font numbered 4 does not exist; those above stand one lower in the list.
_NO_FONT: Final = 4


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet's name, where it starts, and how far it is hidden (0 not, 1 hidden, 2 very)."""

    name: str
    start: int
    state: int
    kind: int


@dataclass(slots=True)
class OldBook:
    """What all sheets of an old workbook share."""

    sheets: list[OldSheet] = field(default_factory=list)
    fonts: list[bool] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    formats: list[tuple[int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    struck_texts: set[int] = field(default_factory=set)
    from_1904: bool = False

    def is_struck(self, font: int) -> bool:
        """Whether a font, by its number in the file, strikes text out."""
        place = font - 1 if font > _NO_FONT else font
        return place < len(self.fonts) and self.fonts[place]

    def styles(self) -> list[Style]:
        """What each cell format shows."""
        return [
            Style(
                understand(self.codes.get(number, "")) if number else GENERAL, self.is_struck(font)
            )
            for font, number in self.formats
        ]


class Cursor:
    """Reads through a record and those that continue it."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0

    def take(self, count: int) -> bytes:
        """So many bytes, wherever they are continued."""
        taken = b""
        while len(taken) < count:
            part = self._pieces[self._piece][self._at : self._at + count - len(taken)]
            taken += part
            self._at += len(part)
            if len(taken) < count:
                self._next()
        return taken

    def characters(self, count: int, *, wide: bool) -> str:
        """So many characters; each continuation says anew how wide they are."""
        text: list[str] = []
        while count:
            room = len(self._pieces[self._piece]) - self._at
            here = min(count, room // 2 if wide else room)
            raw = self.take(here * 2 if wide else here)
            text.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= here
            if count:
                self._next()
                wide = bool(self.take(1)[0] & _WIDE)
        return "".join(text)

    def _next(self) -> None:
        self._piece += 1
        self._at = 0


def records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Records from a position to the end of that part of the workbook."""
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length
        if kind == _EOF:
            return


def read_book(stream: bytes) -> OldBook:
    """What stands before the sheets; raises UnreadableFileError if locked, older, or broken."""
    if stream[:2] != struct.pack("<H", _BOF):
        raise damaged("This workbook", "Excel")
    book = OldBook()
    pieces: list[bytes] = []
    before = 0
    for kind, body in records(stream, 0):
        if kind == CONTINUE and before == _TEXTS:
            pieces.append(body)
            continue
        before = kind
        if kind == _TEXTS:
            pieces = [body]
        else:
            _note(kind, body, book)
    if pieces:
        _read_texts(Cursor(pieces), book)
    return book


def _note(kind: int, body: bytes, book: OldBook) -> None:
    if kind == _LOCK:
        raise UnreadableFileError(LOCKED)
    if kind == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
        raise UnreadableFileError(
            "This is an Excel file older than Excel 97. Open it in Excel and use File > Save As > "
            "Excel Workbook (.xlsx)."
        )
    if kind == _SHEET:
        start, state, what = struct.unpack_from("<IBB", body)
        book.sheets.append(OldSheet(_short_text(body[6:], 1), start, state & 3, what))
    elif kind == _FONT:
        book.fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK))
    elif kind == _FORMAT:
        book.codes[struct.unpack_from("<H", body)[0]] = _short_text(body[2:], 2)
    elif kind == _XF:
        book.formats.append(struct.unpack_from("<HH", body))
    elif kind == _CALENDAR:
        book.from_1904 = body[:1] == b"\x01"


def _short_text(body: bytes, size: int) -> str:
    length = int.from_bytes(body[:size], "little")
    return Cursor([body[size + 1 :]]).characters(length, wide=bool(body[size] & _WIDE))


def _read_texts(cursor: Cursor, book: OldBook) -> None:
    _, count = struct.unpack("<II", cursor.take(8))
    for index in range(count):
        text, struck = read_text(cursor, book)
        book.texts.append(text)
        if struck:
            book.struck_texts.add(index)


def read_text(cursor: Cursor, book: OldBook) -> tuple[str, bool]:
    """A text with its runs of fonts, and whether one of them strikes words out."""
    length, flags = struct.unpack("<HB", cursor.take(3))
    runs = struct.unpack("<H", cursor.take(2))[0] if flags & _RICH else 0
    more = struct.unpack("<I", cursor.take(4))[0] if flags & _EAST_ASIAN else 0
    text = cursor.characters(length, wide=bool(flags & _WIDE))
    fonts = [struct.unpack("<HH", cursor.take(4))[1] for _ in range(runs)]
    refuse_over(more, MAX_CELL, "A cell holds more than 20 MB of text.")
    cursor.take(more)
    return plain_breaks(text), any(book.is_struck(font) for font in fonts)
