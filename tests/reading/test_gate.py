"""Files that are not what they say, not whole, or made to do harm."""

import hashlib
import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml as msoffcrypto_ooxml
import openpyxl
import pytest
import xlwt
from office_parts import S, compound, docx, tbl, tr, xlsx, zipped

from chronology.errors import UnreadableFileError
from chronology.reading import READABLE, gate, read

SHEET = '<sheetData><row r="1"><c r="A1" t="str"><v>seen</v></c></row></sheetData>'


def old_excel():
    book = xlwt.Workbook()
    book.add_sheet("Log").write(0, 0, "seen")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def locked():
    book = openpyxl.Workbook()
    for row in range(400):
        book.active.append([row, "padding so that the package is long enough"])
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    msoffcrypto_ooxml.OOXMLFile(plain).encrypt("secret", out)
    return out.getvalue()


def flate_bomb():
    """A sheet of 60 MB of spaces in 60 kB."""
    return xlsx(" " * (60 * 1024 * 1024))


def overlap():
    """Two members that share their bytes: the second's header points to the first."""
    data = bytearray(zipped({"xl/workbook.xml": "x" * 50, "xl/workbooj.xml": "x" * 50}))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


REFUSED = [
    pytest.param(b"", "a.csv", "empty", id="empty"),
    pytest.param(b"\x00" * 900, "a.xlsx", "empty", id="only zeros"),
    pytest.param(b" \r\n\r\n", "a.csv", "no text", id="only blanks"),
    pytest.param(xlsx(SHEET)[:-300], "a.xlsx", "damaged", id="cut short"),
    pytest.param(b"PK\x03\x04 and no more", "a.xlsx", "damaged", id="hardly begun"),
    pytest.param(locked(), "a.xlsx", "password", id="password"),
    pytest.param(compound("WordDocument"), "a.doc", r"\.doc", id="old Word"),
    pytest.param(compound("WordDocument"), "a.docx", r"\.doc", id="old Word renamed"),
    pytest.param(compound("__substg1.0_0037"), "a.msg", "damaged", id="broken msg"),
    pytest.param(compound("Workbook")[:700], "a.xls", "damaged", id="xls cut short"),
    pytest.param(compound("Something"), "a.xls", "old Office", id="unknown OLE2"),
    pytest.param(compound("Workbook"), "a.xls", "damaged", id="broken xls"),
    pytest.param(b"%PDF-1.7\n", "a.pdf", "damaged", id="pdf without pages"),
    pytest.param(b"{\\rtf1 x}", "a.doc", "RTF", id="rtf"),
    pytest.param(b"\x89PNG\r\n\x1a\n", "a.csv", "picture", id="png"),
    pytest.param(b"\xff\xd8\xff\xe0", "a.xlsx", "picture", id="jpeg"),
    pytest.param(b"Received: from mail\r\n", "a.eml", "e-mail is damaged", id="eml without words"),
    pytest.param(b" \r\n<HTML><table><tr><td>x", "a.xls", "web page", id="html as xls"),
    pytest.param("\ufeff<table>".encode("utf-16"), "a.xls", "web page", id="html in utf-16"),
    pytest.param(b"<?xml version='1.0'?><Workbook>", "a.xls", "damaged", id="broken xml as xls"),
    pytest.param(b'[{"date": "x"', "a.csv", "damaged", id="broken json"),
    pytest.param(zipped({"a.csv": "x"}), "a.xlsx", "zip folder", id="zip of files"),
    pytest.param(zipped({"xl/workbook.bin": ""}), "a.xlsb", "binary Excel", id="xlsb"),
    pytest.param(zipped({"ppt/x.xml": "<x/>"}), "a.pptx", "PowerPoint", id="slides"),
    pytest.param(
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "a.odt", "OpenDocument text", id="odt",
    ),
    pytest.param(bytes(range(1, 41)) + b"\x00" * 60, "a.csv", "not text", id="noise"),
    pytest.param(flate_bomb(), "a.xlsx", "200 times", id="bomb"),
    pytest.param(overlap(), "a.xlsx", "overlap", id="overlap"),
    pytest.param(zipped({"xl/workbook.xml": "<x/>", "XL/workbook.xml": "<x/>"}), "a.xlsx",
                 "same name", id="two parts of one name"),
    pytest.param(zipped({"xl/workbook.xml": "<x/>", "../evil": "x"}), "a.xlsx", "outside", id="up"),
    pytest.param(zipped({"xl/workbook.xml": "<x/>", "/x": "x"}), "a.xlsx", "outside", id="root"),
    pytest.param(zipped({"xl/workbook.xml": "<x/>", "C:/x": "x"}), "a.xlsx", "outside", id="drive"),
    pytest.param(zipped({"xl/workbook.xml": "<x/>", "a\\..\\x": "x"}), "a.xlsx", "outside",
                 id="up by backslash"),
    pytest.param(zipped({"xl/workbook.xml": "<x/>", **{f"xl/{n}": "" for n in range(2000)}}),
                 "a.xlsx", "2,000 parts", id="too many parts"),
    pytest.param(xlsx(SHEET, styles=f'<!DOCTYPE x [<!ENTITY a "b">]><styleSheet xmlns="{S}"/>'),
                 "a.xlsx", "document type", id="doctype"),
    pytest.param(
        zipped({"word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'
                .encode("utf-16")}),
        "a.docx", "document type", id="doctype in utf-16",
    ),
    pytest.param(zipped({"word/document.xml": "<x"}), "a.docx", "damaged", id="broken xml"),
    pytest.param(zipped({"word/other.xml": "<x/>"}), "a.docx", "damaged", id="no main part"),
    pytest.param(xlsx("<a>" * 10_000 + "</a>" * 10_000), "a.xlsx", "100 deep", id="deep sheet"),
    pytest.param(xlsx(SHEET, styles="<a>" * 10_000 + "</a>" * 10_000), "a.xlsx", "100 deep",
                 id="deep styles"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name", "words"), REFUSED)
def test_what_cannot_be_read_is_refused_in_plain_words(read_bytes, data, name, words):
    with pytest.raises(UnreadableFileError, match=words) as refusal:
        read_bytes(data, name)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert sentence.count(". ") >= 1, "it says what is wrong and what to do next"
    assert name not in sentence


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        pytest.param(b"a,b\n1,2\n", "a.xlsx", "csv", id="csv as xlsx"),
        pytest.param(b"a\tb\n1\t2\n", "a.xls", "csv", id="tabs as xls"),
        pytest.param(xlsx(SHEET), "a.csv", "xlsx", id="xlsx as csv"),
        pytest.param(xlsx(SHEET), "a.xls", "xlsx", id="xlsx as xls"),
        pytest.param(old_excel(), "a.xlsx", "xls", id="xls as xlsx"),
        pytest.param(old_excel(), "a.csv", "xls", id="xls as csv"),
        pytest.param(docx(tbl(tr("seen"))), "a.xlsx", "docx", id="docx as xlsx"),
    ],
)
def test_a_wrong_name_does_not_matter_and_is_said(read_bytes, data, name, kind):
    document = read_bytes(data, name)
    assert document.kind == kind
    assert document.grids[0].lines
    assert f"ends in {Path(name).suffix}" in document.notes[0]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        pytest.param(b"<?xml version='1.0'?><Workbook/>", "a.xls", "xml", id="xml as xls"),
        pytest.param(b'[{"date": "x"}]', "a.csv", "json", id="json as csv"),
    ],
)
def test_markup_and_notation_are_read_whatever_their_name_and_hold_no_table(
    read_bytes, data, name, kind
):
    document = read_bytes(data, name)
    assert document.kind == kind
    assert document.grids == ()
    assert document.root is not None or document.data is not None
    assert f"ends in {Path(name).suffix}" in document.notes[0]


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"a,b\n", "a.csv"), (b"a\tb\n", "a.TSV"), (xlsx(SHEET), "a.xlsm"), (old_excel(), "a.xls")],
)
def test_a_right_name_is_not_remarked_on(read_bytes, data, name):
    assert not any("ends in" in note for note in read_bytes(data, name).notes)
    assert Path(name).suffix.lower() in READABLE


def test_a_document_bears_the_files_name_and_digest(read_bytes):
    document = read_bytes(b"a,b\n1,2\n", "log 2013.csv")
    digest = hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert (document.file, document.sha256) == ("log 2013.csv", digest)
    assert {(grid.file, grid.sha256) for grid in document.grids} == {("log 2013.csv", digest)}


def test_a_folder_with_a_files_name_is_refused(tmp_path):
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(UnreadableFileError, match="folder"):
        read(tmp_path / "x.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="no such file"):
        read(tmp_path / "gone.csv")


@pytest.mark.parametrize("name", ["a\x00b.csv", "a" * 5000 + ".csv"])
def test_a_name_no_disk_takes_is_refused(tmp_path, name):
    with pytest.raises(UnreadableFileError):
        read(tmp_path / name)


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as stream:
        stream.truncate(gate.MAX_FILE + 1)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFileError, match="100 MB"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < gate.MB
    finally:
        tracemalloc.stop()


def test_the_size_limit_is_exact(read_bytes, monkeypatch):
    monkeypatch.setattr(gate, "MAX_FILE", 8)
    assert read_bytes(b"a,b\n1,2\n", "a.csv").grids
    with pytest.raises(UnreadableFileError, match="100 MB"):
        read_bytes(b"a,b\n1,2\n3", "b.csv")


def test_what_a_member_unpacks_to_is_counted_not_believed(read_bytes):
    data = bytearray(xlsx(" " * 4_000_000 + SHEET))
    for magic, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(magic) + offset
        data[at : at + 4] = struct.pack("<I", 40)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_bytes(bytes(data), "a.xlsx")


def test_the_unpacked_limit_is_named(read_bytes, monkeypatch):
    monkeypatch.setattr(gate, "MAX_UNPACKED", 1000)
    with pytest.raises(UnreadableFileError, match="500 MB"):
        read_bytes(xlsx(SHEET), "a.xlsx")


def test_refusing_a_bomb_takes_little_memory(read_bytes):
    data = flate_bomb()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFileError):
            read_bytes(data, "a.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 20 * gate.MB
    finally:
        tracemalloc.stop()


def test_a_locked_zip_is_refused(read_bytes):
    data = bytearray(zipped({"xl/workbook.xml": "<x/>"}))
    for magic, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(magic) + offset] |= 1
    with pytest.raises(UnreadableFileError, match="password"):
        read_bytes(bytes(data), "a.xlsx")


def test_a_workbook_cut_short_anywhere_is_refused(read_bytes):
    data = xlsx(SHEET)
    for end in range(4, len(data), 37):
        with pytest.raises(UnreadableFileError):
            read_bytes(data[:end], "a.xlsx")


def test_a_link_to_the_outside_is_not_followed(read_bytes):
    with zipfile.ZipFile(io.BytesIO(xlsx(SHEET))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/comments" TargetMode="External" '
        'Target="http://127.0.0.1:9/notes.xml"/></Relationships>'
    )
    assert read_bytes(zipped(parts), "a.xlsx").grids[0].lines[0].flags == ()
