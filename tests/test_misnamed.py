"""A file that is not what its name promises is refused as that, not as one without headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from chronology.cli import main
from chronology.errors import UnreadableFileError
from chronology.importers import extract
from chronology.reading import read

TABLE = b"Date,Name,Details\n11/03/2024,Jo Vale,Seen and well today.\n"


@pytest.mark.parametrize(
    ("name", "data", "called"),
    [
        pytest.param("a.pdf", b"hello", "a PDF", id="text called a PDF"),
        pytest.param("a.pdf", b"1 0 obj\n<< >>\nendobj\n%%EOF", "a PDF", id="PDF without its head"),
        pytest.param("a.PDF", b'{"a": 1}', "a PDF", id="JSON called a PDF"),
        pytest.param("a.xlsx", bytes(range(128, 256)) * 20, "an Excel workbook", id="noise"),
        pytest.param("a.xlsx", b"\x00\x01\x02\x03" * 200, "an Excel workbook", id="bare bytes"),
        pytest.param("a.docx", b"Dear all, see you then.", "a Word document", id="words"),
    ],
)
def test_what_is_damaged_or_misnamed_is_refused_as_that(
    tmp_path: Path, name: str, data: bytes, called: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as refused:
        extract(read(path))
    assert f"but it is not {called}" in str(refused.value)
    assert "damaged" in str(refused.value)
    assert "headings" not in str(refused.value)


def test_text_that_promises_no_other_kind_is_said_to_hold_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"hello")
    with pytest.raises(UnreadableFileError, match="no row looks like headings"):
        extract(read(path))


def test_rows_under_the_wrong_name_are_read_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(TABLE)
    found = extract(read(path))
    assert len(found.accounts) == 1
    assert any("ends in .xlsx, but it holds plain text" in note for note in found.notes)


def test_one_row_is_one_row_in_the_sums(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE)
    told = CliRunner().invoke(main, ["build", str(path), "--out", str(tmp_path / "out")]).output
    assert "1 row read = 1 in 1 entry + 0 left out" in told
    assert "1 row does not say clearly which agency sent it:" in told
