"""Old Excel workbooks (.xls): cells as shown, with everything a screen would hide."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.assembly import Area, CellNote, Row, Scan, grid_of
from chronology.reading.biff import CONTINUE, Cursor, OldBook, read_book, read_text, records
from chronology.reading.compound import Compound
from chronology.reading.formats import Shown, show_number
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Grid, plain_breaks
from chronology.reading.sheets import PLAIN, Style

_ROW, _COLUMNS, _MERGED, _NOTE, _OBJECT, _NOTE_TEXT = 0x208, 0x7D, 0xE5, 0x1C, 0x5D, 0x1B6
_NUMBER, _SHARED, _LABEL, _SMALL, _FORMULA, _STRING = 0x203, 0xFD, 0x204, 0x27E, 0x06, 0x207
_FLAG, _MANY, _RICH_LABEL = 0x205, 0xBD, 0xD6
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x1
_WORKSHEET: Final = 0
_HIDDEN: Final = ("", "The sheet is hidden in the workbook.")
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
#: What a formula gave where it gave no number, by the first byte of its result.
_GAVE_TEXT, _GAVE_FLAG, _GAVE_ERROR = 0, 1, 2


def read_legacy(intake: Intake) -> Document:
    """Every sheet that holds anything; raises UnreadableFileError where none does."""
    compound = Compound(intake.data)
    stream = compound.stream("Workbook" if "Workbook" in compound.top_names else "Book")
    try:
        grids = tuple(grid for grid in _grids(intake, stream) if grid.lines)
    except (struct.error, IndexError, ValueError) as fault:
        raise gate.damaged("This workbook", "Excel") from fault
    if not grids:
        raise UnreadableFileError(
            "Nothing is written in any sheet of this workbook. Check that it is the right file."
        )
    return Document(intake.name, "xls", intake.sha256, grids)


def _grids(intake: Intake, stream: bytes) -> Iterator[Grid]:
    book = read_book(stream)
    for sheet in book.sheets:
        if sheet.kind == _WORKSHEET:
            reader = _SheetReader(book)
            reader.read(stream, sheet.start)
            hidden = _HIDDEN[sheet.state > 0]
            yield grid_of(intake, sheet.name, reader.scan, hidden=hidden, notes=reader.notes())


class _SheetReader:
    """One sheet, record by record."""

    def __init__(self, book: OldBook) -> None:
        self.scan = Scan()
        self._book = book
        self._styles = book.styles()
        self._awaited: tuple[Row, int, Style] | None = None
        self._hidden_rows: set[int] = set()
        self._note_places: dict[int, tuple[int, int]] = {}
        self._note_texts: dict[int, str] = {}
        self._object = 0
        self._parts: list[bytes] = []

    def read(self, stream: bytes, start: int) -> None:
        """All records of the sheet; charts that float over it are records within records."""
        depth = 0
        for kind, body in self._records(stream, start):
            depth += (kind == 0x809) - (kind == 0x0A)
            if depth == 1:
                self._record(kind, body)
        for number in self._hidden_rows & set(self.scan.rows):
            self.scan.rows[number].hidden = True

    def notes(self) -> tuple[CellNote, ...]:
        """The words of notes on cells, by where they stand."""
        found = (
            CellNote(row + 1, column, plain_breaks(self._note_texts.get(number, "")).strip())
            for number, (row, column) in self._note_places.items()
        )
        return tuple(sorted(found, key=lambda note: (note.row, note.column)))

    def _records(self, stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
        """Records until the sheet's own end: a chart inside it has an end of its own."""
        position, depth = start, 0
        while True:
            for kind, body in records(stream, position):
                position += 4 + len(body)
                depth += (kind == 0x809) - (kind == 0x0A)
                yield kind, body
            if depth <= 0 or position + 4 > len(stream):
                return

    def _record(self, kind: int, body: bytes) -> None:
        if kind in _READ:
            _READ[kind](self, body)
        elif kind == CONTINUE and self._parts:
            self._continue_note(body)

    def _value(
        self, body: bytes, shown: Shown, *, struck: bool = False, made: bool = False
    ) -> None:
        row, column, number = struct.unpack_from("<HHH", body)
        style = self._style(number)
        self._keep(self._row(row), column, shown, struck=struck or style.struck)
        if made:
            self._row(row).marks.append(("cell-formula", column))

    def _row(self, index: int) -> Row:
        return self.scan.rows.setdefault(index + 1, Row(index + 1))

    def _style(self, number: int) -> Style:
        return self._styles[number] if number < len(self._styles) else PLAIN

    def _keep(self, row: Row, column: int, shown: Shown, *, struck: bool) -> None:
        if not shown.text:
            return
        row.cells[column] = shown.text
        if shown.stamp is not None:
            row.stamps[column] = shown.stamp
        marks = (("row-struck", struck), (shown.doubt, bool(shown.doubt)))
        row.marks += [(mark, column) for mark, holds in marks if holds]

    def _shown(self, value: float, style: int) -> Shown:
        form = self._style(style).form
        return show_number(repr(value), form, from_1904=self._book.from_1904)

    def _number(self, body: bytes) -> None:
        style, value = struct.unpack_from("<Hd", body, 4)
        self._value(body, self._shown(value, style))

    def _small(self, body: bytes) -> None:
        style, packed = struct.unpack_from("<HI", body, 4)
        self._value(body, self._shown(_unpacked(packed), style))

    def _many(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            style, packed = struct.unpack_from("<HI", body, 4 + 6 * index)
            place = struct.pack("<HHH", row, first + index, style)
            self._value(place, self._shown(_unpacked(packed), style))

    def _shared(self, body: bytes) -> None:
        index = struct.unpack_from("<I", body, 6)[0]
        struck = index in self._book.struck_texts
        self._value(body, Shown(self._book.texts[index]), struck=struck)

    def _label(self, body: bytes) -> None:
        text, struck = read_text(Cursor([body[6:]]), self._book)
        self._value(body, Shown(text), struck=struck)

    def _flag(self, body: bytes) -> None:
        code, is_error = body[6], body[7]
        self._value(body, _error(code) if is_error else Shown("TRUE" if code else "FALSE"))

    def _formula(self, body: bytes) -> None:
        if body[12:14] != b"\xff\xff":
            style, value = struct.unpack_from("<Hd", body, 4)
            self._value(body, self._shown(value, style), made=True)
        elif body[6] == _GAVE_ERROR:
            self._value(body, _error(body[8]), made=True)
        elif body[6] == _GAVE_FLAG:
            self._value(body, Shown("TRUE" if body[8] else "FALSE"), made=True)
        elif body[6] == _GAVE_TEXT:
            row, column, style = struct.unpack_from("<HHH", body)
            self._awaited = (self._row(row), column, self._style(style))
        else:
            self._value(body, Shown(""), made=True)

    def _string(self, body: bytes) -> None:
        if self._awaited is not None:
            row, column, style = self._awaited
            text, _ = read_text(Cursor([body]), self._book)
            self._keep(row, column, Shown(text), struck=style.struck)
            row.marks.append(("cell-formula", column))
            self._awaited = None

    def _height(self, body: bytes) -> None:
        if struct.unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
            self._hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)

    def _columns(self, body: bytes) -> None:
        first, last, width, _, options = struct.unpack_from("<HHHHH", body)
        if options & _HIDDEN_COLUMN or width == 0:
            self.scan.hidden_columns.append((first, min(last, gate.MAX_COLUMNS)))

    def _merged(self, body: bytes) -> None:
        for index in range(struct.unpack_from("<H", body)[0]):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * index)
            self.scan.merges.append(Area(top + 1, left, bottom + 1, right))

    def _note(self, body: bytes) -> None:
        row, column, _, number = struct.unpack_from("<HHHH", body)
        self._note_places[number] = (row, column)

    def _begin_object(self, body: bytes) -> None:
        self._object = struct.unpack_from("<H", body, 6)[0]

    def _begin_note_text(self, body: bytes) -> None:
        length = struct.unpack_from("<H", body, 10)[0]
        self._parts = [struct.pack("<H", length)] if length else []

    def _continue_note(self, body: bytes) -> None:
        length = struct.unpack("<H", self._parts[0])[0]
        self._parts.append(body)
        held = sum(len(part) - 1 for part in self._parts[1:])
        if held >= length << (self._parts[1][0] & 1):
            wide = bool(self._parts[1][0] & 1)
            cursor = Cursor([self._parts[1][1:], *self._parts[2:]])
            self._note_texts[self._object] = cursor.characters(length, wide=wide)
            self._parts = []


def _unpacked(packed: int) -> float:
    """A number squeezed into 30 bits: an integer or half a float, perhaps in hundredths."""
    if packed & 2:
        value = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value


def _error(code: int) -> Shown:
    return Shown(_ERRORS.get(code, "#ERROR"), doubt="cell-error")


_READ: Final = {
    _NUMBER: _SheetReader._number,
    _SMALL: _SheetReader._small,
    _MANY: _SheetReader._many,
    _SHARED: _SheetReader._shared,
    _LABEL: _SheetReader._label,
    _RICH_LABEL: _SheetReader._label,
    _FLAG: _SheetReader._flag,
    _FORMULA: _SheetReader._formula,
    _STRING: _SheetReader._string,
    _ROW: _SheetReader._height,
    _COLUMNS: _SheetReader._columns,
    _MERGED: _SheetReader._merged,
    _NOTE: _SheetReader._note,
    _OBJECT: _SheetReader._begin_object,
    _NOTE_TEXT: _SheetReader._begin_note_text,
}
