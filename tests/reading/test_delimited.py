"""Plain text in columns, as agencies' systems really write it."""

import csv
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chronology.errors import UnreadableFileError
from chronology.reading import gate, read

HEAD = "Date,Time,Child,What happened\n"


def cells_of(document):
    return [(line.number, *line.cells) for line in document.grids[0].lines]


def codes(line):
    return [flag.code for flag in line.flags]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        pytest.param("Zoë said £5".encode(), "Zoë said £5", id="utf-8"),
        pytest.param("Zoë said £5".encode("utf-8-sig"), "Zoë said £5", id="utf-8 with mark"),
        pytest.param("Zoë said £5".encode("utf-16"), "Zoë said £5", id="utf-16 with mark"),
        pytest.param("Zoë said £5".encode("utf-16-le"), "Zoë said £5", id="utf-16-le bare"),
        pytest.param("Zoë said £5".encode("utf-16-be"), "Zoë said £5", id="utf-16-be bare"),
        pytest.param("Zoë’s £5".encode("cp1252"), "Zoë’s £5", id="cp1252"),
        pytest.param(
            b"odd \x81 byte \x93quoted\x94", "odd \x81 byte “quoted”", id="undefined byte"
        ),
    ],
)
def test_letters_survive_every_encoding(read_bytes, data, word):
    comma = ",".encode("utf-16-le") if b"\x00" in data and data[1:2] == b"\x00" else b","
    comma = ",".encode("utf-16-be") if data[:1] == b"\x00" else comma
    comma = ",".encode("utf-16-le") if data.startswith(b"\xff\xfe") else comma
    document = read_bytes(data + comma + comma.replace(b",", b"x"), "log.csv")
    assert document.grids[0].lines[0].cells == (word, "x")


def test_an_encoding_other_than_utf8_is_said(read_bytes):
    document = read_bytes("Date,Note\n1/2/13,Chloë\n".encode("cp1252"), "log.csv")
    assert any("Windows-1252" in note for note in document.notes)


def test_a_file_of_two_encodings_keeps_both(read_bytes):
    document = read_bytes("a,Zoë\n".encode() * 3 + "b,Chloë\n".encode("cp1252"), "log.csv")
    assert [line.cells[1] for line in document.grids[0].lines] == ["Zoë"] * 3 + ["Chloë"]
    assert any("1 of" in note for note in document.notes)


def test_letters_spoilt_before_are_left_and_said(read_bytes):
    document = read_bytes("Date,Note\n1/2/13,childrenâ€™s home\n".encode(), "log.csv")
    assert document.grids[0].lines[1].cells[1] == "childrenâ€™s home"
    assert any("spoilt" in note for note in document.notes)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_among_narratives_full_of_commas(read_bytes, mark):
    rows = [["Date", "Note"], *([f"{day}/02/2013", "Mum, Dad, and Nan; all in"] for day in "123")]
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(rows)
    document = read_bytes(stream.getvalue().encode(), "log.txt")
    assert [list(line.cells) for line in document.grids[0].lines] == rows


def test_unquoted_commas_in_a_semicolon_file_are_words(read_bytes):
    text = "Date;Note\n1/2/13;seen, well, fed\n2/2/13;at home\n3/2/13;seen, asleep, warm\n"
    assert cells_of(read_bytes(text.encode(), "a.csv"))[1] == (2, "1/2/13", "seen, well, fed")


def test_a_sep_line_is_honoured_and_is_no_row(read_bytes):
    document = read_bytes(b"sep=;\r\nDate;Note\r\n1/2/13;a, b\r\n", "a.csv")
    assert cells_of(document) == [(1, "Date", "Note"), (2, "1/2/13", "a, b")]
    assert any("sep=" in note for note in document.notes)


def test_rows_are_numbered_as_excel_numbers_them(read_bytes):
    text = 'Date,Note\r\n\r\n1/2/13,"line one\r\nline two"\r\n2/2/13,next\r\n'
    assert cells_of(read_bytes(text.encode(), "a.csv")) == [
        (1, "Date", "Note"),
        (3, "1/2/13", "line one\nline two"),
        (4, "2/2/13", "next"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_row_and_nothing_else_does(read_bytes, end):
    text = end.join(["Date,Note", "1/2/13,odd\u2028\x85\x0b\x0c\x1cmarks", "2/2/13,next", ""])
    document = read_bytes(text.encode(), "a.csv")
    assert len(document.grids[0].lines) == 3
    assert document.grids[0].lines[1].cells[1] == "odd\u2028\x85\x0b\x0c\x1cmarks"


def test_extra_cells_are_kept(read_bytes):
    assert cells_of(read_bytes(b"a,b\n1,2,3,4\n5,6\n", "a.csv")) == [
        (1, "a", "b", "", ""),
        (2, "1", "2", "3", "4"),
        (3, "5", "6", "", ""),
    ]


def test_a_leading_apostrophe_and_spaces_stay(read_bytes):
    assert cells_of(read_bytes(b"id,n\n'00123, x \n", "a.csv"))[1] == (2, "'00123", " x ")


def test_a_nul_is_kept_and_said(read_bytes):
    document = read_bytes(b"Date,Note\n1/2/13,da\x00maged\n", "a.csv")
    assert document.grids[0].lines[1].cells[1] == "da\x00maged"
    assert any("NUL" in note for note in document.notes)


def test_an_unclosed_quotation_mark_swallows_no_row(read_bytes):
    rows = "".join(f"{day}/02/13,10:00,Ann,seen\n" for day in range(3, 20))
    document = read_bytes((HEAD + '1/2/13,9:00,Ann,"Mum said\n' + rows).encode(), "a.csv")
    lines = document.grids[0].lines
    assert [line.number for line in lines] == list(range(1, 20))
    assert lines[1].cells[3] == '"Mum said'
    assert codes(lines[1]) == ["row-quotes"]
    assert any("row 2" in note for note in document.notes)


def test_a_stray_mark_that_meets_a_later_one_swallows_no_row(read_bytes):
    text = HEAD + '1/2/13,9,Ann,"Mum said\n2/2/13,9,Ann,well\n3/2/13,9,Ann,"a, b"\n'
    document = read_bytes(text.encode(), "a.csv")
    assert [line.cells[3] for line in document.grids[0].lines[1:]] == ['"Mum said', "well", "a, b"]


def test_marks_inside_a_cell_that_were_not_doubled_are_kept(read_bytes):
    text = HEAD + '1/2/13,9,"Lee, Ann","He said "no" to her"\n'
    line = read_bytes(text.encode(), "a.csv").grids[0].lines[1]
    assert line.cells == ("1/2/13", "9", "Lee, Ann", 'He said "no" to her')
    assert codes(line) == ["row-quotes"]


def test_rows_inside_one_cell_are_flagged(read_bytes):
    inside = "".join(f"{day}/2/13,9,Ann,seen\n" for day in range(2, 7))
    document = read_bytes((HEAD + f'1/2/13,9,Ann,"{inside}"\n').encode(), "a.csv")
    assert codes(document.grids[0].lines[1]) == ["row-quotes"]


def test_marks_after_a_space_still_quote(read_bytes):
    text = 'a, b, c\n1, "x, y", 3\n'
    assert cells_of(read_bytes(text.encode(), "a.csv"))[1] == (2, "1", "x, y", "3")


def test_a_shortened_number_is_flagged(read_bytes):
    line = read_bytes(b"id,n\n3.42E+14,x\n", "a.csv").grids[0].lines[1]
    assert codes(line) == ["identifier-damaged"]


def test_a_narrative_longer_than_the_csv_modules_own_limit_is_whole(read_bytes):
    document = read_bytes(b'a,b\n1,"' + b"word " * 40_000 + b'"\n', "a.csv")
    assert len(document.grids[0].lines[1].cells[1]) == 200_000


def test_the_column_limit_is_exact(read_bytes):
    document = read_bytes(b"," * (gate.MAX_COLUMNS - 1) + b"x\n", "a.csv")
    assert len(document.grids[0].lines[0].cells) == gate.MAX_COLUMNS
    with pytest.raises(UnreadableFileError, match="16,384 columns"):
        read_bytes(b"," * gate.MAX_COLUMNS + b"x\n", "b.csv")


def test_the_row_limit_is_named(read_bytes, monkeypatch):
    monkeypatch.setattr(gate, "MAX_ROWS", 3)
    assert len(read_bytes(b"a,b\n" * 3, "a.csv").grids[0].lines) == 3
    with pytest.raises(UnreadableFileError, match="1,048,576 rows"):
        read_bytes(b"a,b\n" * 4, "b.csv")


def test_the_cell_limit_is_named(read_bytes, monkeypatch):
    monkeypatch.setattr(gate, "MAX_CELL", 100)
    with pytest.raises(UnreadableFileError, match=r"row 2 .* 20 MB"):
        read_bytes(b"a,b\n1," + b"x" * 101, "b.csv")


def test_too_many_stray_marks_are_refused(read_bytes):
    with pytest.raises(UnreadableFileError, match="quotation marks"):
        read_bytes(b"a,b\n" + b'1,"x" y\n' * 101, "a.csv")


_LETTERS = st.characters(codec="utf-8", exclude_characters="\r\x00\ufeff")
_CELL = st.text(_LETTERS, max_size=12)
_ROW = st.lists(_CELL, min_size=3, max_size=3)


@given(
    rows=st.lists(_ROW, min_size=1, max_size=6),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    mark=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_a_csv_writer_wrote_is_read_back(rows, codec, mark):
    rows = [["Date", "Who", "Note"], *rows]
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
    data = stream.getvalue().encode(codec, "replace")
    if codec == "cp1252":
        # Bytes that happen to be UTF-8 as well cannot be told apart by anyone.
        assume(not re.search(rb"[\xc2-\xf4][\x80-\xbf]", data))
        rows = [[cell.encode(codec, "replace").decode(codec) for cell in row] for row in rows]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(data)
        lines = read(path).grids[0].lines
    want = [(n, *row) for n, row in enumerate(rows, 1) if any(c and not c.isspace() for c in row)]
    assert [(line.number, *line.cells) for line in lines] == want


def test_marks_behind_backslashes_are_marks(read_bytes):
    row = '"O\\\'Reilly"|"said \\"no\\""|"x"\n'
    found = read_bytes(("A|B|C\n" + row * 150).encode(), "a.csv")
    assert found.grids[0].lines[150].cells == ("O\\'Reilly", 'said "no"', "x")
    assert not any(line.flags for line in found.grids[0].lines)


def test_a_path_that_ends_in_a_backslash_keeps_it(read_bytes):
    found = read_bytes(b'A,B\n"C:\\temp\\",x\n"D:\\",y\n', "a.csv")
    assert [line.cells for line in found.grids[0].lines][1:] == [("C:\\temp\\", "x"), ("D:\\", "y")]
