"""CSV, tab-separated and other plain text in columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.flags import Flag
from chronology.reading import gate
from chronology.reading.encoding import decode
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Grid, Line, level, plain_breaks

#: In order of preference where a file has no more reason for one than for another.
DELIMITERS: Final = (",", ";", "\t", "|")
_DELIMITER_WORDS: Final = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_SAMPLE_RECORDS: Final = 60
_SAMPLE_CHARACTERS: Final = 256 * 1024
#: More rows than this with a quotation mark out of place, and the file is refused.
MAX_MENDED: Final = 100
_SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?[ ,;\t]*(\r\n|\n|\r|$)', re.IGNORECASE)
#: A long number as a spreadsheet leaves it behind in a CSV file: 3.42E+14.
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2,}")
#: A cell that swallowed rows: at least so many lines, as wide as the file's own rows.
_SWALLOWED_LINES: Final = 3
_SWALLOWED_WIDTH: Final = 4


@dataclass(slots=True)
class _Records:
    """Records of a text one by one; a line whose quotation marks do not add up is mended alone."""

    text: str
    delimiter: str
    spaced: bool
    mended: set[int] = field(default_factory=set)

    def __iter__(self) -> Iterator[list[str]]:
        csv.field_size_limit(gate.MAX_CELL)
        lines = _Rewindable(self.text)
        reader = self._reader(lines)
        number = 0
        while True:
            number += 1
            lines.mark()
            try:
                record = next(reader, None)
            except csv.Error as fault:
                record = self._mend(lines, number, fault)
                reader = self._reader(lines)
            if record is None:
                return
            yield record

    def _reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(
            lines, delimiter=self.delimiter, strict=True, skipinitialspace=self.spaced
        )

    def _mend(self, lines: _Rewindable, number: int, fault: csv.Error) -> list[str]:
        if "field larger" in str(fault):
            raise UnreadableFileError(
                f"A cell in row {number} holds more than 20 MB of text. Cut the cell's text into "
                "several rows and try again."
            ) from fault
        line = lines.rewind()
        if (record := self._unescaped(line)) is not None:
            return record
        self.mended.add(number)
        if len(self.mended) > MAX_MENDED:
            raise UnreadableFileError(
                "More than 100 rows have quotation marks out of place, so the columns cannot be "
                "told apart. Open the file in Excel, check it, and save it as an Excel Workbook."
            ) from fault
        return _split_alone(line, self.delimiter)

    def _unescaped(self, line: str) -> list[str] | None:
        """A line whose quotation marks stand behind backslashes; None where it is no such line."""
        if '\\"' not in line:
            return None
        try:
            return next(self._reader(iter([line.replace('\\"', '""')])), None)
        except csv.Error:
            return None


class _Rewindable(Iterator[str]):
    """Lines of a text, ended by LF, CR or both and nothing else, that can be given back."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self._start = 0

    def __next__(self) -> str:
        line = self._stream.readline()
        if not line:
            raise StopIteration
        return line

    def mark(self) -> None:
        """Remember where a record begins."""
        self._start = self._stream.tell()

    def rewind(self) -> str:
        """The record's first line; what follows it will be read again."""
        self._stream.seek(self._start)
        return self._stream.readline()


def read_delimited(intake: Intake) -> Document:
    """The rows of a text file; raises UnreadableFileError where it is no table at all."""
    text, notes = decode(intake.data)
    text, told = _told_delimiter(text)
    delimiter = told or choose_delimiter(text)
    records = _Records(text, delimiter, spaced=_is_spaced(text, delimiter))
    lines = level(_lines(records))
    if not lines:
        raise UnreadableFileError("This file holds no text. Ask for it again.")
    notes += _notes(delimiter, told, lines)
    grid = Grid(intake.name, "", intake.sha256, lines)
    return Document(intake.name, "csv", intake.sha256, (grid,), notes)


def choose_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows most evenly."""
    scores = {mark: _evenness(text, mark) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: scores[mark])


def _evenness(text: str, delimiter: str) -> float:
    sample = _Records(text[:_SAMPLE_CHARACTERS], delimiter, spaced=_is_spaced(text, delimiter))
    try:
        widths = [len(record) for record in islice(sample, _SAMPLE_RECORDS) if any(record)]
    except UnreadableFileError:
        return 0.0
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0
    width, often = max(counts.items(), key=lambda item: (item[1], item[0]))
    return (often / len(widths)) ** 3 * (width - 1)


def _is_spaced(text: str, delimiter: str) -> bool:
    """Whether quotation marks follow a space after each delimiter: ``a, "b, c"``."""
    sample = text[:_SAMPLE_CHARACTERS]
    return f'{delimiter} "' in sample and f'{delimiter}"' not in sample


def _told_delimiter(text: str) -> tuple[str, str]:
    """Honour Excel's ``sep=;`` line, which is no row of the table."""
    found = _SEPARATOR_LINE.match(text)
    return (text[found.end() :], found.group(1)) if found else (text, "")


def _split_alone(line: str, delimiter: str) -> list[str]:
    """Cells of one line in which a quotation mark counts only at the edge of a cell."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"]|"(?!{mark}|$))*)"(?={mark}|$)|([^{mark}]*)')
    line, cells, position = line.rstrip("\r\n"), list[str](), 0
    while True:
        found = cell.match(line, position)
        if found is None:
            return cells
        quoted = found.group(1)
        cells.append(found.group(2) if quoted is None else quoted.replace('""', '"'))
        if found.end() >= len(line):
            return cells
        position = found.end() + 1


def _lines(records: _Records) -> Iterator[Line]:
    usual = 0
    for number, record in enumerate(records, start=1):
        gate.refuse_over(number, gate.MAX_ROWS, "The file has more than 1,048,576 rows.")
        gate.refuse_over(
            len(record), gate.MAX_COLUMNS, f"Row {number} has more than 16,384 columns."
        )
        usual = usual or (len(record) if len(record) > 1 else 0)
        cells = tuple(map(plain_breaks, record))
        flags = _flags(number, cells, records, usual)
        yield Line(number, cells, flags=flags) if flags else Line(number, cells)


def _flags(number: int, cells: tuple[str, ...], records: _Records, usual: int) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    if number in records.mended:
        flags.append(Flag("row-quotes", _MENDED.format(number=number)))
    for cell in cells:
        if "\n" in cell and _swallowed(cell, records.delimiter, usual):
            flags.append(Flag("row-quotes", _SWALLOWED.format(number=number)))
        elif "+" in cell and _SCIENTIFIC.fullmatch(cell.strip()):
            flags.append(Flag("identifier-damaged", _LOST_DIGITS.format(cell=cell.strip())))
    return tuple(flags)


_MENDED: Final = (
    "Row {number} has a quotation mark that is never closed or closes too early, so its cells may "
    "be cut in the wrong places. Check the row in the file."
)
_SWALLOWED: Final = (
    "A cell in row {number} holds lines that look like rows of their own; a quotation mark may be "
    "missing in the file. Check the row in the file."
)
_LOST_DIGITS: Final = (
    "'{cell}' is a long number that a spreadsheet has shortened; its last digits are lost. "
    "Ask for the number itself."
)


def _swallowed(cell: str, delimiter: str, usual: int) -> bool:
    if usual < _SWALLOWED_WIDTH:
        return False
    inner = [line for line in cell.split("\n") if line.strip()]
    alike = sum(line.count(delimiter) == usual - 1 for line in inner)
    return alike >= _SWALLOWED_LINES and alike * 2 > len(inner)


def _notes(delimiter: str, told: str, lines: tuple[Line, ...]) -> tuple[str, ...]:
    notes: list[str] = []
    if told:
        notes.append("The first line ('sep=') says how columns are parted; it is no row.")
    elif delimiter in _DELIMITER_WORDS:
        notes.append(f"Columns are parted by {_DELIMITER_WORDS[delimiter]}.")
    for code, words in _COUNTED.items():
        rows = [str(line.number) for line in lines if any(f.code == code for f in line.flags)]
        if rows:
            more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
            notes.append(f"{words}: row {', '.join(rows[:5])}{more}.")
    return tuple(notes)


_COUNTED: Final = {
    "row-quotes": "Quotation marks do not add up",
    "identifier-damaged": "Long numbers have lost digits",
}
