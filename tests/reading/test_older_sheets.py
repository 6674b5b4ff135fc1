"""Old Excel workbooks and OpenDocument spreadsheets."""

import io
import struct
from datetime import date, datetime, time

import pytest
import xlwt
from odf import dc, number, office, style, table, text
from odf.opendocument import OpenDocumentSpreadsheet
from office_parts import compound

from chronology.errors import UnreadableFileError


def codes(line):
    return [flag.code for flag in line.flags]


def shown(pattern):
    return xlwt.easyxf(num_format_str=pattern)


@pytest.fixture
def old_book():
    book = xlwt.Workbook()
    book.add_sheet("Log").write(0, 0, "Date")
    return book


@pytest.fixture
def read_old(read_bytes):
    def reader(book):
        stream = io.BytesIO()
        book.save(stream)
        return read_bytes(stream.getvalue(), "log.xls")

    return reader


@pytest.mark.parametrize(
    ("value", "pattern", "words", "stamp"),
    [
        pytest.param(date(2013, 3, 14), "DD/MM/YYYY", "14/03/2013", date(2013, 3, 14), id="day"),
        pytest.param(date(2013, 3, 1), "MMM YYYY", "March 2013", None, id="month"),
        pytest.param(
            datetime(2013, 3, 14, 9, 5), "DD/MM/YY hh:mm", "14/03/2013 09:05",
            datetime(2013, 3, 14, 9, 5), id="moment",
        ),
        pytest.param(
            datetime(2013, 3, 14, 9, 5), "DD/MM/YYYY", "14/03/2013", date(2013, 3, 14),
            id="a time that is not shown",
        ),
        pytest.param(time(9, 5), "hh:mm", "09:05", time(9, 5), id="time"),
        pytest.param(12345, "General", "12345", None, id="whole number"),
        pytest.param(123, "00000", "00123", None, id="leading noughts"),
        pytest.param(True, "General", "TRUE", None, id="yes"),
        pytest.param("£5 for Zoë", "General", "£5 for Zoë", None, id="text"),
    ],
)  # fmt: skip
def test_an_old_cell_is_read_as_it_is_shown(old_book, read_old, value, pattern, words, stamp):
    old_book.get_sheet(0).write(1, 0, value, shown(pattern))
    line = read_old(old_book).grids[0].lines[1]
    assert (line.number, line.cells[0], line.stamps.get(0)) == (2, words, stamp)


def test_hidden_struck_and_merged_cells_of_an_old_book_are_said(old_book, read_old):
    sheet = old_book.get_sheet(0)
    sheet.write_merge(2, 4, 1, 1, "14/03/2013")
    for row in (2, 3, 4):
        sheet.write(
            row, 2, f"note {row}", xlwt.easyxf("font: struck_out on") if row == 4 else shown("@")
        )
    sheet.row(3).hidden = True
    sheet.col(2).hidden = True
    old_book.add_sheet("Back").write(0, 0, "kept")
    old_book.get_sheet(1).visibility = 1
    first, back = read_old(old_book).grids
    assert [line.cells[1] for line in first.lines] == ["", *["14/03/2013"] * 3]
    assert [line.filled for line in first.lines[2:]] == [{1}, {1}]
    assert [codes(line) for line in first.lines[1:]] == [[], ["row-hidden"], ["row-struck"]]
    assert any("Column C" in note for note in first.notes)
    assert codes(back.lines[0]) == ["row-hidden"]


def test_a_formula_of_an_old_book_is_flagged_though_it_shows_nothing(old_book, read_old):
    old_book.get_sheet(0).write(1, 0, xlwt.Formula("1+1"))
    old_book.get_sheet(0).write(1, 1, "seen")
    line = read_old(old_book).grids[0].lines[1]
    assert line.cells == ("", "seen")
    assert codes(line) == ["cell-formula"]


WORDLESS = b"\x00\x00\x00\xff\xff"
COUNTED = ["cell-formula"]


def formula(result):
    return struct.pack("<HHHHH", 0x06, 22, 1, 0, 0) + result.ljust(16, b"\x00")


@pytest.mark.parametrize(
    ("cell", "words", "found"),
    [
        pytest.param(formula(struct.pack("<d", 2.5)), "2.5", ["cell-formula"], id="number"),
        pytest.param(formula(b"\x01\x00\x01" + WORDLESS), "TRUE", COUNTED, id="yes"),
        pytest.param(
            formula(b"\x02\x00\x17\x00\x00\x00\xff\xff"), "#REF!", ["cell-formula", "cell-error"],
            id="error",
        ),
        pytest.param(
            formula(b"\x00\x00\x00\x00\x00\x00\xff\xff")
            + struct.pack("<HHHB4s", 0x207, 7, 4, 0, b"seen"), "seen", ["cell-formula"], id="text",
        ),
        pytest.param(
            struct.pack("<HHHHHBB", 0x205, 8, 1, 0, 0, 0x2A, 1), "#N/A", ["cell-error"], id="n/a"
        ),
        pytest.param(
            struct.pack("<HHHHHI", 0x27E, 10, 1, 0, 0, (12345 << 2) | 3), "123.45", [],
            id="hundredths",
        ),
        pytest.param(
            struct.pack("<HHHHHIHIH", 0xBD, 18, 1, 0, 0, (7 << 2) | 2, 0, (8 << 2) | 2, 1), "7", [],
            id="many at once",
        ),
        pytest.param(
            struct.pack("<HHHHHHB6s", 0x204, 15, 1, 0, 0, 3, 1, "Zoë".encode("utf-16-le")),
            "Zoë", [], id="label",
        ),
    ],
)  # fmt: skip
def test_every_kind_of_old_cell_is_read(read_bytes, cell, words, found):
    line = read_bytes(compound("Workbook", old_stream(cell)), "a.xls").grids[0].lines[0]
    assert (line.number, line.cells[0]) == (2, words)
    assert codes(line) == found


def old_stream(cells, texts=b""):
    """A workbook's records around those of one sheet's cells."""
    begin, end = struct.pack("<HHHH12x", 0x809, 16, 0x600, 5), struct.pack("<HH", 0x0A, 0)
    sheet = struct.pack("<IBBBB3s", len(begin) + 15 + len(texts) + len(end), 0, 0, 3, 0, b"Log")
    return begin + struct.pack("<HH", 0x85, 11) + sheet + texts + end + begin + cells + end


def test_a_text_continued_over_records_is_whole(read_bytes):
    first = struct.pack("<IIHB", 2, 2, 6, 0) + b"bru"
    rest = b"\x01" + "isé".encode("utf-16-le") + struct.pack("<HB", 2, 0) + b"ok"
    texts = struct.pack("<HH", 0xFC, len(first)) + first
    texts += struct.pack("<HH", 0x3C, len(rest)) + rest
    cells = b"".join(struct.pack("<HHHHHI", 0xFD, 10, 0, n, 0, n) for n in range(2))
    document = read_bytes(compound("Workbook", old_stream(cells, texts)), "a.xls")
    assert document.grids[0].lines[0].cells == ("bruisé", "ok")


def test_a_cell_in_the_last_corner_of_an_old_book_costs_little(old_book, read_old):
    old_book.get_sheet(0).write(65535, 255, "x")
    lines = read_old(old_book).grids[0].lines
    assert [(line.number, len(line.cells)) for line in lines] == [(1, 256), (65536, 256)]


def test_a_locked_old_book_is_refused(read_bytes):
    start = struct.pack("<HHHH12x", 0x809, 16, 0x600, 5)
    locked = start + struct.pack("<HHH", 0x2F, 2, 1) + struct.pack("<HH", 0x0A, 0)
    with pytest.raises(UnreadableFileError, match="password"):
        read_bytes(compound("Workbook", locked), "a.xls")


def test_an_empty_old_book_is_refused(read_old):
    book = xlwt.Workbook()
    book.add_sheet("Log")
    with pytest.raises(UnreadableFileError, match="Nothing is written"):
        read_old(book)


class Sheet:
    """An OpenDocument spreadsheet in the making."""

    def __init__(self):
        self.book = OpenDocumentSpreadsheet()
        self.table = table.Table(name="Log")
        self.book.spreadsheet.addElement(self.table)

    def row(self, *cells, **attributes):
        made = table.TableRow(**attributes)
        for cell in cells:
            made.addElement(cell if not isinstance(cell, str) else self.cell(cell))
        self.table.addElement(made)

    def cell(self, words, **attributes):
        made = table.TableCell(**attributes)
        for line in words.split("\n") if words else ():
            made.addElement(text.P(text=line))
        return made

    def styled(self, name, *parts, struck=False):
        data = number.DateStyle(name=f"{name}-format")
        for part in parts:
            data.addElement(part)
        self.book.automaticstyles.addElement(data)
        made = style.Style(name=name, family="table-cell", datastylename=data)
        if struck:
            made.addElement(style.TextProperties(textlinethroughstyle="solid"))
        self.book.automaticstyles.addElement(made)
        return made

    def bytes(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


@pytest.fixture
def sheet():
    return Sheet()


def test_opendocument_dates_show_what_their_format_shows(read_bytes, sheet):
    month = sheet.styled("m", number.Month(textual=True), number.Year(style="long"))
    day = sheet.styled("d", number.Day(), number.Month(), number.Year())
    sheet.row(
        sheet.cell("March 2013", valuetype="date", datevalue="2013-03-01", stylename=month),
        sheet.cell("14/03/13", valuetype="date", datevalue="2013-03-14", stylename=day),
        sheet.cell("12,345", valuetype="float", value="12345"),
        sheet.cell("00123", valuetype="float", value="123"),
        sheet.cell("one\ntwo", valuetype="string"),
        sheet.cell("9:05:00", valuetype="time", timevalue="PT09H05M00S"),
    )
    line = read_bytes(sheet.bytes(), "log.ods").grids[0].lines[0]
    assert line.cells == ("March 2013", "14/03/2013", "12345", "00123", "one\ntwo", "09:05")
    assert line.stamps == {1: date(2013, 3, 14), 5: time(9, 5)}


def test_opendocument_rows_keep_their_numbers_marks_and_notes(read_bytes, sheet):
    struck = sheet.styled("s", struck=True)
    noted = sheet.cell("seen")
    note = office.Annotation()
    note.addElement(dc.Creator(text="B. Rudge"))
    note.addElement(text.P(text="Ask the GP"))
    noted.addElement(note)
    sheet.row("Date", "Event")
    sheet.row(sheet.cell("", numbercolumnsrepeated="1000"), numberrowsrepeated="3")
    sheet.row("1/2/13", noted, visibility="collapse")
    sheet.row("2/2/13", sheet.cell("withdrawn", stylename=struck))
    sheet.row(sheet.cell("", numbercolumnsrepeated="16384"), numberrowsrepeated="1048569")
    lines = read_bytes(sheet.bytes(), "log.ods").grids[0].lines
    assert [(line.number, line.cells) for line in lines] == [
        (1, ("Date", "Event")),
        (5, ("1/2/13", "seen")),
        (6, ("2/2/13", "withdrawn")),
    ]
    assert [codes(line) for line in lines] == [[], ["row-hidden", "row-note"], ["row-struck"]]


def test_opendocument_cells_merged_down_are_filled(read_bytes, sheet):
    sheet.row(sheet.cell("1/2/13", numberrowsspanned="2", numbercolumnsspanned="1"), "first")
    sheet.row(table.CoveredTableCell(), "second")
    sheet.row("", "third")
    lines = read_bytes(sheet.bytes(), "log.ods").grids[0].lines
    assert [line.cells[0] for line in lines] == ["1/2/13", "1/2/13", ""]
    assert lines[1].filled == {0}


def test_an_opendocument_of_repeated_text_beyond_the_limit_is_refused(read_bytes, sheet):
    wide = sheet.cell("x", numbercolumnsrepeated="16384")
    sheet.row(wide, numberrowsrepeated="1048576")
    with pytest.raises(UnreadableFileError, match="20 million"):
        read_bytes(sheet.bytes(), "log.ods")


def test_an_empty_opendocument_is_refused(read_bytes, sheet):
    sheet.row("")
    with pytest.raises(UnreadableFileError, match="Nothing is written"):
        read_bytes(sheet.bytes(), "log.ods")
