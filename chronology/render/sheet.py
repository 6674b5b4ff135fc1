"""One table on one sheet of a workbook: plain text only, every row as high as its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from chronology.errors import UnwritableOutputError
from chronology.render.fitting import Paragraph, lines_in, parted
from chronology.render.shown import Shade
from chronology.render.styles import (
    CONTINUED,
    DAY,
    NOTICE,
    NUMBER,
    QUOTED,
    TO_FILL_IN,
    Looks,
    Styles,
    shaded,
)

#: Excel shows no row higher than 409 points; one line of Arial 10 takes 12.8.
LINE_POINTS = 12.8
MOST_LINES = 29
MOST_POINTS = 409
#: Letters that a cell surely holds; Excel's own limit is 32,767.
MOST_LETTERS = 30_000

#: A title, a sentence, then the table's headings.
HEADING_ROW = 2

#: What a cell must not begin with that a person may edit again: it could become a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")

#: A spreadsheet counts days from 1900; older dates stay words.
FIRST_REAL_DATE = date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of several pieces, each under a heading in bold."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n\n".join(f"{head}\n{body}" for head, body in self.pieces)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """All of it, line by line, with a blank line before each heading but the first."""
        lines: list[Paragraph] = []
        for head, body in self.pieces:
            lines += [(False, "")] if lines else []
            lines += [(True, head), *((False, line) for line in body.split("\n"))]
        return lines


Cell = str | int | date | Told


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, how wide in characters, and what is special about its cells."""

    heading: str
    width: int
    #: Shown again where a row goes on in a further row, so that filtering keeps the parts together.
    is_repeated: bool = False
    #: Filled in a pale colour wherever it says something.
    is_notice: bool = False
    #: Filled in a pale colour because a person is to write there.
    is_to_fill_in: bool = False
    choices: tuple[str, ...] = ()
    #: A key for this program alone: neither shown nor printed, yet read when it comes back.
    is_hidden: bool = False
    #: A number that says "continued" where a row goes on in a further row.
    says_continued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the colours of one of them."""

    cells: tuple[Cell, ...]
    shaded: int = -1
    shade: Shade | None = None
    #: Whether it goes on with the row above.
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, the sentence under it, and one table."""

    name: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    #: How many columns stay on screen while the others move.
    fixed: int = 0
    #: How many columns are printed, where not all are.
    printed: int = 0


def write_table(book: Workbook, styles: Styles, table: Table) -> Worksheet:
    """Add the sheet to an XlsxWriter workbook, and return it."""
    sheet = book.add_worksheet(table.name)
    printed = table.printed or len(table.columns)
    parts = [part for row in table.rows for part in _parts(row, table.columns, printed)]
    last = HEADING_ROW + len(parts)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width, None, {"hidden": column.is_hidden})
    _checked(sheet.write_string(0, 0, table.title, styles.style("title")), table, 0)
    _checked(sheet.write_string(1, 0, table.sentence, styles.style("sentence")), table, 1)
    sheet.set_row_pixels(0, 30)
    _add_table(sheet, styles, table, last)
    writer = _Writer(sheet, styles, table)
    for number, (row, lines) in enumerate(parts, HEADING_ROW + 1):
        writer.write_row(number, row, lines)
    _lay_out(sheet, table, last)
    return sheet


def _add_table(sheet: Worksheet, styles: Styles, table: Table, last: int) -> None:
    heading = styles.style("heading")
    options = {
        "name": f"{table.name.replace(' ', '_')}_table",
        "style": None,
        "title": table.title,
        "description": table.sentence,
        "columns": [{"header": c.heading, "header_format": heading} for c in table.columns],
    }
    _checked(sheet.add_table(HEADING_ROW, 0, last, len(table.columns) - 1, options), table, 2)
    highest = max(lines_in(f"{column.heading} ___", column.width) for column in table.columns)
    sheet.set_row(HEADING_ROW, highest * LINE_POINTS + 8)
    for number, column in enumerate(table.columns):
        if column.choices:
            sheet.data_validation(HEADING_ROW + 1, number, last, number, _choice(column))


def _choice(column: Column) -> dict[str, str | list[str]]:
    listed = ", ".join(column.choices[:-1]) + f" or {column.choices[-1]}"
    return {
        "validate": "list",
        "source": list(column.choices),
        "input_title": column.heading,
        "input_message": f"Choose {listed}.",
        "error_title": column.heading,
        "error_message": f"Please choose {listed}, or leave the cell blank.",
    }


class _Writer:
    """Writes rows; every cell's return code is looked at, so that nothing is dropped unseen."""

    def __init__(self, sheet: Worksheet, styles: Styles, table: Table) -> None:
        self._sheet = sheet
        self._styles = styles
        self._table = table
        self._bold = styles.style("bold")
        self._plain = styles.style("plain")
        self._fills = tuple(_fill(column) for column in table.columns)

    def write_row(self, number: int, row: Row, lines: int) -> None:
        """One row, high enough for that many lines."""
        for at, cell in enumerate(row.cells):
            _checked(self._write(number, at, cell, self._style(row, at, cell)), self._table, number)
        height = min(MOST_POINTS, (lines + lines // 12) * LINE_POINTS + 5)
        _checked(self._sheet.set_row(number, height), self._table, number)

    def _write(self, row: int, column: int, cell: Cell, style: Format) -> int:
        sheet = self._sheet
        if isinstance(cell, Told):
            code = sheet.write_rich_string(row, column, *self._runs(cell), style)
        elif isinstance(cell, str):
            write = sheet.write_string if cell else sheet.write_blank
            code = write(row, column, cell, style)
        elif isinstance(cell, date):
            code = sheet.write_datetime(row, column, cell, style)
        else:
            code = sheet.write_number(row, column, cell, style)
        return int(code)

    def _runs(self, told: Told) -> list[str | Format]:
        runs: list[str | Format] = []
        last = len(told.pieces) - 1
        for number, (head, body) in enumerate(told.pieces):
            after = "" if number == last else "\n\n"
            runs += [self._bold, head, self._plain, f"\n{body}{after}"]
        return runs

    def _style(self, row: Row, at: int, cell: Cell) -> Format:
        if at == row.shaded and row.shade:
            changes = shaded(row.shade)
        else:
            changes = self._fills[at] if cell or self._table.columns[at].is_to_fill_in else ()
        if isinstance(cell, str):
            changes += QUOTED if cell.startswith(RISKY) else ()
        elif not isinstance(cell, Told):
            changes += DAY if isinstance(cell, date) else NUMBER
            is_said = row.is_continued and self._table.columns[at].says_continued
            changes += CONTINUED if is_said else ()
        return self._styles.style("cell", *changes)


def _fill(column: Column) -> Looks:
    if column.is_notice:
        return (("bg_color", NOTICE),)
    return (("bg_color", TO_FILL_IN),) if column.is_to_fill_in else ()


def _parts(row: Row, columns: Sequence[Column], printed: int) -> list[tuple[Row, int]]:
    """The row with its lines; or where a cell on paper is too long to be seen whole, several rows.

    Cells for the screen alone are parted only along with it, or where no cell could hold them.
    """
    lines = list(map(_lines, row.cells, columns))
    on_paper = [needed > MOST_LINES for needed in lines[:printed]]
    if not any(on_paper) and not any(map(_is_too_long, row.cells)):
        return [(row, min(MOST_LINES, max(lines)))]
    cut = [
        _cut(cell, column.width) if needed > MOST_LINES and isinstance(cell, str | Told) else [cell]
        for cell, column, needed in zip(row.cells, columns, lines, strict=True)
    ]
    most = max(map(len, cut[:printed]))
    fitting = [
        parts if at < printed or len(parts) <= most or _is_too_long(cell) else [cell]
        for at, (cell, parts) in enumerate(zip(row.cells, cut, strict=True))
    ]
    total = max(map(len, fitting))
    repeated = [
        parts * total if column.is_repeated and len(parts) == 1 else parts
        for parts, column in zip(fitting, columns, strict=True)
    ]
    rows = (
        replace(row, cells=cells, is_continued=at > 0)
        for at, cells in enumerate(zip_longest(*repeated, fillvalue=""))
    )
    return [(part, min(MOST_LINES, max(map(_lines, part.cells, columns)))) for part in rows]


def _is_too_long(cell: Cell) -> bool:
    text = cell.text if isinstance(cell, Told) else cell
    return isinstance(text, str) and len(text) > MOST_LETTERS


def _lines(cell: Cell, column: Column) -> int:
    if not cell or isinstance(cell, int | date):
        return 1
    return lines_in(cell if isinstance(cell, str) else cell.text, column.width)


def _cut(cell: str | Told, width: int) -> list[Cell]:
    """One cell's text in parts, each headed with its number: "(2 of 3)"."""
    paragraphs = (
        cell.paragraphs if isinstance(cell, Told) else [(False, line) for line in cell.split("\n")]
    )
    parts = parted(paragraphs, width, MOST_LINES - 2)
    total = len(parts)
    return [_part(part, f"({number} of {total})") for number, part in enumerate(parts, 1)]


def _part(paragraphs: Sequence[Paragraph], label: str) -> Told:
    """Bold lines head what follows them; the part's number heads it all."""
    pieces: list[tuple[str, list[str]]] = [(label, [])]
    for is_bold, line in paragraphs:
        if is_bold:
            pieces.append((line, []))
        else:
            pieces[-1][1].append(line)
    told = [(head, "\n".join(lines).strip("\n")) for head, lines in pieces]
    if len(told) > 1 and not told[0][1]:
        told[:2] = [(f"{label} {told[1][0]}", told[1][1])]
    return Told(tuple(told))


def _lay_out(sheet: Worksheet, table: Table, last: int) -> None:
    """How it stands on screen and on paper."""
    right = (table.printed or len(table.columns)) - 1
    sheet.freeze_panes(HEADING_ROW + 1, table.fixed)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
    sheet.repeat_rows(0, HEADING_ROW)
    sheet.print_area(0, 0, last, right)
    sheet.fit_to_pages(1, 0)


def _checked(code: int | None, table: Table, row: int) -> None:
    """Stop rather than lose a cell without a word."""
    if code:
        raise UnwritableOutputError(
            f"The sheet {table.name!r} could not be written whole: row {row + 1} is more than a"
            " spreadsheet can hold. Make the chronology of fewer files and run again."
        )
