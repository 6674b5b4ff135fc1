"""The parts of an Excel workbook that hold its cells, read in one pass and never whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from chronology.reading import gate
from chronology.reading.archive import Archive
from chronology.reading.assembly import UNSAVED, Area, Row, Scan
from chronology.reading.formats import GENERAL, Format, Shown, show_number, show_stamp
from chronology.reading.grid import Stamp
from chronology.reading.scanner import OFF, PartScanner, unescaped

_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell's style says that a reader of evidence must know."""

    form: Format = GENERAL
    struck: bool = False


PLAIN: Final = Style()


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    texts: tuple[str, ...]
    #: Indices of shared texts with words struck out.
    struck_texts: frozenset[int]
    styles: tuple[Style, ...]
    from_1904: bool


def scan_sheet(archive: Archive, part: str, book: Book) -> Scan:
    """One worksheet's cells, merged blocks and hidden columns."""
    scanner = _SheetScanner(book)
    scanner.run(archive, part)
    return scanner.scan


def area_of(reference: str) -> Area | None:
    """The block that ``B2:D9`` names, or None for what names none."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if start is None or end is None:
        return None
    columns = sorted((_column(start.group(1)), _column(end.group(1))))
    rows = sorted((int(start.group(2)), int(end.group(2))))
    return Area(rows[0], columns[0], rows[1], columns[1])


@lru_cache(maxsize=gate.MAX_COLUMNS)
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


class _SheetScanner(PartScanner):
    """One worksheet, row by row."""

    def __init__(self, book: Book) -> None:
        self.scan = Scan()
        self._book = book
        self._row = Row(0)
        self._column = -1
        self._cell: dict[str, str] | None = None
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._inline_struck = False
        self._aside = False
        self._formula = False
        self._filled = 0
        self._row_hidden_by_default = False
        self.starts = {
            "sheetFormatPr": self._sheet_format,
            "col": self._columns,
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self.listen,
            "f": self._begin_formula,
            "is": self._begin_inline,
            "t": self.listen,
            "rPh": self._begin_aside,
            "strike": self._strike,
            "mergeCell": self._merge,
        }
        self.ends = {
            "v": self._end_value,
            "t": self._end_text,
            "rPh": self._end_aside,
            "c": self._end_cell,
        }
        super().__init__()

    def _sheet_format(self, attributes: dict[str, str]) -> None:
        self._row_hidden_by_default = _is_on(attributes.get("zeroHeight"))

    def _columns(self, attributes: dict[str, str]) -> None:
        if _is_on(attributes.get("hidden")) or attributes.get("width") == "0":
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            self.scan.hidden_columns.append((first, last))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = int(float(attributes.get("r") or self._row.number + 1))
        self._refuse_row(number)
        hidden = attributes.get("hidden")
        shown = not _is_on(hidden) and attributes.get("ht") != "0"
        if hidden is None and self._row_hidden_by_default:
            shown = False
        self._go_to_row(number)
        self._row.hidden = self._row.hidden or not shown
        self._column = -1

    def _go_to_row(self, number: int) -> None:
        self._row = self.scan.rows.get(number) or Row(number)

    def _refuse_row(self, number: int) -> None:
        gate.refuse_over(number, gate.MAX_ROWS, "A sheet has more than 1,048,576 rows.")
        if number < 1:
            raise gate.damaged("This workbook", "Excel")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._value = self._inline = None
        self._formula = self._inline_struck = False
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._place(reference)
        gate.refuse_over(
            self._column + 1, gate.MAX_COLUMNS, "A sheet has more than 16,384 columns."
        )

    def _place(self, reference: str) -> None:
        digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$")
        letters = reference[: len(reference) - len(digits)].replace("$", "")
        if not letters or len(letters) > 4:
            raise gate.damaged("This workbook", "Excel")
        self._column = _column(letters)
        number = int(digits)
        if number != self._row.number:
            self._refuse_row(number)
            self._go_to_row(number)

    def _begin_formula(self, _attributes: dict[str, str]) -> None:
        self._formula = self._cell is not None

    def _begin_inline(self, _attributes: dict[str, str]) -> None:
        self._inline = []

    def _begin_aside(self, _attributes: dict[str, str]) -> None:
        self._aside = True

    def _end_aside(self) -> None:
        self._aside = False

    def _strike(self, attributes: dict[str, str]) -> None:
        self._inline_struck |= attributes.get("val", "1") not in OFF

    def _merge(self, attributes: dict[str, str]) -> None:
        area = area_of(attributes.get("ref", ""))
        if area is not None:
            self.scan.merges.append(area)

    def _end_value(self) -> None:
        self._value = self.heard()

    def _end_text(self) -> None:
        text = self.heard()
        if self._inline is not None and not self._aside:
            self._inline.append(text)

    def _end_cell(self) -> None:
        cell, column, row = self._cell, self._column, self._row
        self._cell = None
        if cell is None:
            return
        empty = self._value is None and self._inline is None
        if self._formula:
            self._mark(UNSAVED if empty else "cell-formula", column)
        if empty:
            return
        style = self._style(cell)
        shown, struck = self._shown(cell.get("t", "n"), style)
        if shown.text:
            self._keep(row, column, shown, struck=struck or style.struck)

    def _style(self, cell: dict[str, str]) -> Style:
        number = int(cell.get("s", "0"))
        return self._book.styles[number] if 0 <= number < len(self._book.styles) else PLAIN

    def _shown(self, kind: str, style: Style) -> tuple[Shown, bool]:
        value = self._value or ""
        if kind == "s" and value:
            index = int(value)
            if not 0 <= index < len(self._book.texts):
                raise gate.damaged("This workbook", "Excel")
            return Shown(self._book.texts[index]), index in self._book.struck_texts
        if kind == "n" and value:
            return show_number(value, style.form, from_1904=self._book.from_1904), False
        if kind == "inlineStr" and self._inline is not None:
            return Shown(unescaped("".join(self._inline))), self._inline_struck
        return _shown_other(kind, value, style), False

    def _keep(self, row: Row, column: int, shown: Shown, *, struck: bool) -> None:
        if column in row.cells:
            raise gate.damaged("This workbook", "Excel")
        self._filled += 1
        gate.refuse_over(
            self._filled, gate.MAX_CELLS, "A sheet has more than 20 million cells with text."
        )
        row.cells[column] = shown.text
        self.scan.rows.setdefault(row.number, row)
        if shown.stamp is not None:
            row.stamps[column] = shown.stamp
        if struck:
            self._mark("row-struck", column)
        if shown.doubt:
            self._mark(shown.doubt, column)

    def _mark(self, what: str, column: int) -> None:
        self._row.marks.append((what, column))
        self.scan.rows.setdefault(self._row.number, self._row)


def _shown_other(kind: str, value: str, style: Style) -> Shown:
    if kind == "b":
        return Shown({"1": "TRUE", "0": "FALSE"}.get(value, value.upper()))
    if kind == "e":
        return Shown(value, doubt="cell-error")
    if kind == "d":
        stamp = _iso(value)
        return Shown(value) if stamp is None else show_stamp(stamp, style.form)
    text = unescaped(value)
    gate.refuse_over(len(text), gate.MAX_CELL, "A cell holds more than 20 MB of text.")
    return Shown(text)


def _iso(value: str) -> Stamp | None:
    """A cell of type ``d``, which newer programs write: a day, a moment or a time."""
    for reader in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            stamp = reader(value.removesuffix("Z"))
        except ValueError:
            continue
        return stamp
    return None


def _is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in OFF
