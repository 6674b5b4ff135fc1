"""Excel workbooks: cells as a person sees them, and what Excel would hide."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from office_parts import R, S, relations, xlsx, zipped
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.formats import show_number, understand

STRUCK = Font(strike=True)


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    made.active.title = "Log"
    made.active.append(["Date", "Time", "Note"])
    return made


@pytest.fixture
def read_book(read_bytes):
    def reader(book, name="log.xlsx"):
        stream = io.BytesIO()
        book.save(stream)
        return read_bytes(stream.getvalue(), name)

    return reader


def flags(line):
    return {flag.code: flag.text for flag in line.flags}


@pytest.mark.parametrize(
    ("value", "shown_as", "text", "stamp"),
    [
        pytest.param(date(2013, 3, 14), "dd/mm/yyyy", "14/03/2013", date(2013, 3, 14), id="day"),
        pytest.param(date(2013, 3, 14), "m/d/yy", "14/03/2013", date(2013, 3, 14), id="us order"),
        pytest.param(
            date(2013, 3, 14), "[$-809]dddd, d mmmm yyyy;@", "14/03/2013", date(2013, 3, 14),
            id="long day",
        ),
        pytest.param(
            datetime(2013, 3, 14, 22, 40), "dd/mm/yyyy hh:mm", "14/03/2013 22:40",
            datetime(2013, 3, 14, 22, 40), id="moment",
        ),
        pytest.param(
            datetime(2013, 3, 14, 22, 40, 7), "dd/mm/yyyy h:mm:ss AM/PM", "14/03/2013 22:40:07",
            datetime(2013, 3, 14, 22, 40, 7), id="seconds",
        ),
        pytest.param(
            datetime(2013, 3, 14, 22, 40), "dd/mm/yyyy", "14/03/2013", date(2013, 3, 14),
            id="a time that is not shown",
        ),
        pytest.param(date(2013, 3, 1), "mmm yyyy", "March 2013", None, id="month"),
        pytest.param(date(2013, 3, 1), "mmm-yy", "March 2013", None, id="month, built in"),
        pytest.param(date(2013, 3, 1), "mm/yy", "March 2013", None, id="month in digits"),
        pytest.param(date(2013, 1, 1), "yyyy", "2013", None, id="year"),
        pytest.param(date(2026, 3, 14), "d-mmm", "14 March", None, id="day without year"),
        pytest.param(time(9, 5), "hh:mm", "09:05", time(9, 5), id="time"),
        pytest.param(datetime(2013, 3, 14, 9, 5), "hh:mm", "09:05", time(9, 5), id="time alone"),
        pytest.param(timedelta(hours=26, minutes=30), "[h]:mm", "26:30", None, id="duration"),
        pytest.param(41347, "General", "41347", None, id="a bare serial stays a number"),
        pytest.param(12345, "General", "12345", None, id="whole number"),
        pytest.param(12345.0, "0.00", "12345", None, id="whole number as a float"),
        pytest.param(0.1 + 0.2, "General", "0.3", None, id="float noise"),
        pytest.param(4857773456, "General", "4857773456", None, id="ten digits"),
        pytest.param(1e21, "General", "1" + "0" * 21, None, id="never scientific"),
        pytest.param(0.00001, "General", "0.00001", None, id="small, never scientific"),
        pytest.param(123, "00000", "00123", None, id="leading noughts"),
        pytest.param(9990001111, "000 000 0000", "999 000 1111", None, id="grouped digits"),
        pytest.param(0.842, "0.0%", "84.2%", None, id="percentage"),
        pytest.param(True, "General", "TRUE", None, id="yes"),
        pytest.param("  'kept' ", "General", "  'kept' ", None, id="text as it is"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_shown(book, read_book, value, shown_as, text, stamp):
    book.active["A2"] = value
    book.active["A2"].number_format = shown_as
    line = read_book(book).grids[0].lines[1]
    assert line.cells[0] == text
    assert line.stamps.get(0) == stamp
    assert type(line.stamps.get(0)) is type(stamp)


def test_the_1904_calendar_gives_the_same_days(book, read_book):
    book.epoch = CALENDAR_MAC_1904
    book.active["A2"] = date(2013, 3, 14)
    assert read_book(book).grids[0].lines[1].stamps == {0: date(2013, 3, 14)}


@pytest.mark.parametrize(
    ("serial", "text"),
    [("1", "01/01/1900"), ("59", "28/02/1900"), ("60", "29/02/1900"), ("61", "01/03/1900"),
     ("0", "00/01/1900"), ("2958465", "31/12/9999"), ("41347.999999", "15/03/2013")],
)  # fmt: skip
def test_serials_at_the_edges_show_what_excel_shows(serial, text):
    assert show_number(serial, understand("dd/mm/yyyy"), from_1904=False).text == text


@pytest.mark.parametrize("serial", ["-1", "2958466", "1E+300", "9E+9999", "nan", "soon"])
def test_a_number_no_calendar_holds_is_an_error_and_stays(serial):
    shown = show_number(serial, understand("dd/mm/yyyy"), from_1904=False)
    assert (shown.text, shown.stamp, shown.doubt) == (serial, None, "cell-error")


def test_a_number_beyond_fifteen_digits_is_flagged(book, read_book):
    book.active["A2"] = 342000000000000123
    line = read_book(book).grids[0].lines[1]
    assert "identifier-damaged" in flags(line)
    assert "Column A" in flags(line)["identifier-damaged"]


def test_hidden_rows_columns_and_sheets_are_read_and_said(book, read_book):
    sheet = book.active
    sheet.append(["1/2/13", "9:00", "seen"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        other.append(["kept"])
        other.sheet_state = state
    first, hidden, very = read_book(book).grids
    assert flags(first.lines[1]) == {"row-hidden": "Row 2 is hidden in the sheet."}
    assert any("Column C" in note for note in first.notes)
    assert hidden.lines[0].cells == very.lines[0].cells == ("kept",)
    assert "row-hidden" in flags(hidden.lines[0])
    assert "row-hidden" in flags(very.lines[0])
    assert hidden.notes
    assert very.notes


def test_struck_out_cells_are_kept_and_flagged(book, read_book):
    book.active.append(["1/2/13", "9:00", "withdrawn"])
    book.active["C2"].font = STRUCK
    line = read_book(book).grids[0].lines[1]
    assert line.cells[2] == "withdrawn"
    assert flags(line)["row-struck"] == "Text in column C is struck out."


def test_words_struck_out_within_a_cell_are_flagged(read_bytes):
    inner = "<is><r><t>seen </t></r><r><rPr><strike/></rPr><t>not well</t></r></is>"
    data = xlsx(f'<sheetData><row r="1"><c r="B1" t="inlineStr">{inner}</c></row></sheetData>')
    line = read_bytes(data, "a.xlsx").grids[0].lines[0]
    assert line.cells == ("", "seen not well")
    assert "row-struck" in flags(line)


def test_a_note_on_a_cell_goes_with_its_row(book, read_book):
    book.active.append(["1/2/13", "9:00", "seen"])
    book.active["C2"].comment = Comment("Check with HV", "A. Author")
    book.active["B7"].comment = Comment("Nothing was recorded here", "A. Author")
    lines = read_book(book).grids[0].lines
    assert "Check with HV" in flags(lines[1])["row-note"]
    assert lines[2].number == 7
    assert lines[2].cells == ("", "", "")
    assert "Nothing was recorded here" in flags(lines[2])["row-note"]


def test_a_cell_merged_down_fills_only_its_own_rows(book, read_book):
    sheet = book.active
    for row in range(2, 6):
        sheet.cell(row, 3, f"note {row}")
    sheet["A2"] = date(2013, 3, 14)
    sheet.merge_cells("A2:A4")
    sheet["A7"] = "A title across"
    sheet.merge_cells("A7:C7")
    lines = read_book(book).grids[0].lines
    assert [line.cells[0] for line in lines[1:5]] == ["14/03/2013"] * 3 + [""]
    assert [line.filled for line in lines[1:5]] == [frozenset(), {0}, {0}, frozenset()]
    assert lines[2].stamps == {0: date(2013, 3, 14)}
    assert lines[5].cells == ("A title across", "", "")


def test_a_column_merged_to_the_last_row_makes_no_rows(read_bytes):
    data = xlsx(
        '<sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row>'
        '<row r="9"><c r="B9" t="str"><v>y</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    lines = read_bytes(data, "a.xlsx").grids[0].lines
    assert [(line.number, line.cells) for line in lines] == [(1, ("x", "")), (9, ("x", "y"))]


def test_formulas_are_flagged_and_their_saved_value_read(read_bytes):
    data = xlsx(
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        "</sheetData>"
    )
    line = read_bytes(data, "a.xlsx").grids[0].lines[0]
    assert line.cells == ("2", "", "", "#DIV/0!")
    found = [(flag.code, flag.text) for flag in line.flags]
    assert any(code == "cell-formula" and "olumns A, C and D" in text for code, text in found)
    assert any(code == "cell-error" and "#DIV/0!" in text for code, text in found)
    assert any(code == "cell-error" and "not saved" in text and "B" in text for code, text in found)


def test_a_phantom_cell_in_the_last_corner_costs_nothing(read_bytes):
    data = xlsx(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert [line.cells for line in read_bytes(data, "a.xlsx").grids[0].lines] == [("x",)]


def test_a_wrong_dimension_hides_no_row(read_bytes):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 9))
    data = xlsx(f'<dimension ref="A1"/><sheetData>{rows}</sheetData>')
    assert len(read_bytes(data, "a.xlsx").grids[0].lines) == 8


def test_cells_without_references_stand_where_they_come(read_bytes):
    data = xlsx(
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    )
    lines = read_bytes(data, "a.xlsx").grids[0].lines
    assert [(line.number, line.cells) for line in lines] == [(1, ("1", "2")), (2, ("3", ""))]


def test_strict_open_xml_is_read(read_bytes):
    data = xlsx('<sheetData><row r="1"><c r="A1" t="d"><v>2013-03-14</v></c></row></sheetData>')
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            text = text.replace(S, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            parts[name] = text.replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    line = read_bytes(zipped(parts), "a.xlsx").grids[0].lines[0]
    assert line.cells == ("14/03/2013",)
    assert line.stamps == {0: date(2013, 3, 14)}


def test_a_missing_sheet_is_said_and_alone_is_refused(read_bytes):
    two = (
        f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="Log" sheetId="1" r:id="rId1"/>'
        '<sheet name="Gone" sheetId="2" r:id="rId9"/></sheets></workbook>'
    )
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    document = read_bytes(xlsx(sheet, workbook=two), "a.xlsx")
    assert any("'Gone'" in note for note in document.notes)
    gone = two.replace("rId1", "rId8")
    with pytest.raises(UnreadableFileError, match="not in the file: 'Log', 'Gone'"):
        read_bytes(xlsx(sheet, workbook=gone), "b.xlsx")


def test_blank_sheets_are_named_and_an_empty_workbook_is_refused(book, read_book):
    book.create_sheet("Sheet2")
    document = read_book(book)
    assert [grid.sheet for grid in document.grids] == ["Log"]
    assert any("'Sheet2'" in note for note in document.notes)
    with pytest.raises(UnreadableFileError, match="Nothing is written"):
        read_book(openpyxl.Workbook(), "empty.xlsx")


def test_escaped_control_characters_are_read_back(read_bytes):
    data = xlsx(
        '<sheetData><row r="1"><c r="A1" t="str"><v>one_x000D_\ntwo _x005F_x000D_ three</v></c>'
        "</row></sheetData>"
    )
    assert read_bytes(data, "a.xlsx").grids[0].lines[0].cells == ("one\ntwo _x000D_ three",)


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', id="row"),
        pytest.param('<row r="1"><c r="XFE1"><v>1</v></c></row>', id="column"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', id="twice"),
        pytest.param('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', id="no such text"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c>', id="cut short"),
        pytest.param('<row r="x"><c r="?!"><v>1</v></c></row>', id="nonsense"),
    ],
)
def test_a_broken_sheet_is_refused_in_words(read_bytes, sheet):
    with pytest.raises(UnreadableFileError, match=r"Excel|Split"):
        read_bytes(xlsx(f"<sheetData>{sheet}</sheetData>"), "a.xlsx")


def test_a_text_box_over_the_sheet_is_said(read_bytes):
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    data = xlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("r1", "drawing", "../drawings/d.xml"))
    parts["xl/drawings/d.xml"] = (
        f'<d xmlns:a="{a}"><a:txBody><a:p><a:r><a:t>Do not share</a:t></a:r></a:p></a:txBody></d>'
    )
    grid = read_bytes(zipped(parts), "a.xlsx").grids[0]
    assert any("Do not share" in note for note in grid.notes)


def test_values_agree_with_another_reader_on_a_mixed_sheet(book, read_book):
    sheet = book.active
    for row in range(60):
        sheet.append([row, row / 7, f"text {row}", row % 2 == 0, None, f"line\n{row}"])
    stream = io.BytesIO()
    book.save(stream)
    other = openpyxl.load_workbook(stream, data_only=True).active
    ours = read_book(book).grids[0].lines
    for line, values in zip(ours, other.iter_rows(values_only=True), strict=True):
        for text, value in zip(line.cells, values, strict=True):
            if isinstance(value, float):
                assert float(text) == pytest.approx(value)
            elif isinstance(value, bool):
                assert text == str(value).upper()
            else:
                assert text == ("" if value is None else str(value))


def test_a_sheet_of_too_many_cells_is_refused(read_bytes, monkeypatch):
    monkeypatch.setattr(gate, "MAX_CELLS", 3)
    cells = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCD")
    with pytest.raises(UnreadableFileError, match="20 million"):
        read_bytes(xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>'), "a.xlsx")
