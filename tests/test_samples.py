"""The sample files hold only invented people, and the list of truth fits them row for row."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
FAMILY = SAMPLES / "marrowby-family"
HOSTILE = SAMPLES / "hostile"
TRUTH = Path(__file__).with_name("samples_truth.csv")

#: The rows up to and including the headings, by file and sheet; one where not named.
HEADING_ROWS = {
    ("Health visiting export 2023-12.xlsx", "Contacts"): 4,
    ("Hospital ED and maternity.xlsx", "Maternity"): 2,
    ("Early help family support record.xlsx", "Record"): 2,
}
ENCODINGS = {"GP consultations print.csv": "cp1252"}
AGENCIES = {"health", "social_care", "police", "education", "other"}

NHS_LIKE = re.compile(r"(?<![\w/])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![\w/])")
POSTCODE_LIKE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}\b")
PHONE_LIKE = re.compile(r"(?<![\d/])0\d{2,4} ?\d{3,4} ?\d{3,4}(?!\d)")
DRAMA_PHONE = re.compile(r"01632 ?960 ?\d{3}|07700 ?900 ?\d{3}|020 ?7946 ?0\d{3}")
#: What a web address or e-mail address looks like; '.invalid' can belong to nobody.
ADDRESS_LIKE = re.compile(r"(?:https?://|@)([\w-]+(?:\.[\w-]+)+)")

Row = tuple[str, str, int, tuple[str, ...]]


def csv_rows(path: Path) -> Iterator[Row]:
    text = path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8-sig"))
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        yield path.name, "", number, tuple(cells)


def xlsx_rows(path: Path) -> Iterator[Row]:
    for sheet in load_workbook(path).worksheets:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            text = tuple("" if cell is None else str(cell) for cell in cells)
            yield path.name, sheet.title, number, text


def docx_rows(path: Path) -> Iterator[Row]:
    """Reads every w:t, so that content controls and tracked insertions are not lost."""
    for table_number, table in enumerate(Document(str(path)).tables, 1):
        for number, row in enumerate(table.rows, 1):
            cells = [
                "".join(text.text or "" for text in cell.iter(qn("w:t")))
                for cell in row._tr.iter(qn("w:tc"))
            ]
            yield path.name, f"table {table_number}", number, tuple(cells)


READERS = {".csv": csv_rows, ".xlsx": xlsx_rows, ".docx": docx_rows}


@cache
def family_rows() -> list[Row]:
    paths = sorted(FAMILY.iterdir())
    return [row for path in paths for row in READERS[path.suffix](path)]


def records() -> list[Row]:
    """Every row that tells of something: no title, heading, year or blank row."""
    return [
        row
        for row in family_rows()
        if row[2] > HEADING_ROWS.get(row[:2], 1) and sum(bool(cell) for cell in row[3]) > 1
    ]


def truth() -> list[dict[str, str]]:
    with TRUTH.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def place(row: dict[str, str]) -> tuple[str, str, int]:
    return row["file"], row["sheet"], int(row["row"])


def all_text() -> str:
    cells = "\n".join(cell for row in family_rows() for cell in row[3])
    loose = "\n".join(
        part
        for path in sorted(FAMILY.iterdir())
        if path.suffix == ".docx"
        for part in (p.text for p in Document(str(path)).paragraphs)
    )
    hostile = "\n".join(
        path.read_text("utf-8") for path in sorted(HOSTILE.iterdir()) if path.suffix == ".csv"
    )
    return "\n".join((cells, loose, hostile))


def check_digit(nine: str) -> int:
    return (11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11) % 11


def test_every_nhs_number_is_a_valid_one_of_the_test_range() -> None:
    found = {"".join(match.groups()) for match in NHS_LIKE.finditer(all_text())}
    assert len(found) == 5
    for number in found:
        assert number.startswith("999")
        assert check_digit(number[:9]) == int(number[9])


def test_every_postcode_belongs_to_no_place() -> None:
    found = POSTCODE_LIKE.findall(all_text())
    assert found
    assert set(found) == {"ZZ99"}


def test_every_telephone_number_is_kept_for_drama() -> None:
    found = PHONE_LIKE.findall(all_text())
    assert found
    assert [number for number in found if not DRAMA_PHONE.fullmatch(number)] == []


def test_no_address_on_a_network_can_belong_to_anybody() -> None:
    hosts = ADDRESS_LIKE.findall(all_text())
    assert hosts
    assert {host.rpartition(".")[2] for host in hosts} == {"invalid"}


def test_every_record_has_its_truth_and_every_truth_its_record() -> None:
    told = Counter(place(row) for row in truth())
    assert max(told.values()) == 1
    assert set(told) == {row[:3] for row in records()}


def test_the_family_is_told_by_many_files() -> None:
    rows = truth()
    assert len({row["file"] for row in rows}) >= 9
    assert 150 <= len(rows) <= 200
    assert {row["agency"] for row in rows} == AGENCIES


def test_truth_numbers_events_without_a_gap_and_places_each_in_one_incident() -> None:
    rows = truth()
    events = sorted({row["event"] for row in rows})
    assert events == [f"E{number:03}" for number in range(1, len(events) + 1)]
    incidents = {row["event"]: row["incident"] for row in rows}
    assert all(incidents[row["event"]] == row["incident"] for row in rows)


def test_four_agencies_tell_of_one_meeting_and_one_dates_it_otherwise() -> None:
    text = {row[:3]: row[3] for row in records()}
    event = next(e["event"] for e in truth() if "Strategy meeting" in text[place(e)])
    told = [text[place(row)] for row in truth() if row["event"] == event]
    agencies = {row["agency"] for row in truth() if row["event"] == event}
    assert agencies == {"health", "social_care", "police", "education"}
    assert sum("24/01/2023" in " ".join(cells) for cells in told) == 3
    assert sum("2023-01-25" in " ".join(cells) for cells in told) == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        pytest.param("Childrens social care case notes.xlsx", "31/02/2023", id="impossible date"),
        pytest.param("GP consultations print.csv", "Mar-2023", id="month only"),
        pytest.param("GP consultations print.csv", "MARROWBY Anaïs", id="accent in cp1252"),
        pytest.param("Housing - tenancy notes.docx", "c. 10/06/2022", id="circa"),
        pytest.param("Housing - tenancy notes.docx", "?18/11/2022", id="question mark"),
        pytest.param("Housing - tenancy notes.docx", "w/c 14/08/2023", id="week commencing"),
        pytest.param("Housing - tenancy notes.docx", "03/04/2023 - 14/04/2023", id="range"),
        pytest.param("MASH contact log.csv", "=refused to say", id="formula-looking"),
        pytest.param("Nursery chronology.docx", "22 March", id="content control"),
        pytest.param("cpoms_log.csv", "12/01/2022 14:00", id="last year's number in January"),
        pytest.param("Health visiting export 2023-12.xlsx", "14/06/23", id="date as text"),
        pytest.param("Police occurrences.csv", "16/09/2015", id="exchanged digits of birth"),
    ],
)
def test_the_mess_promised_is_there(file: str, said: str) -> None:
    assert said in [cell for row in records() if row[0] == file for cell in row[3]]


def test_a_tracked_insertion_and_a_hidden_sheet_are_there() -> None:
    with zipfile.ZipFile(FAMILY / "Nursery chronology.docx") as parts:
        assert b"<w:ins " in parts.read("word/document.xml")
    book = load_workbook(FAMILY / "Hospital ED and maternity.xlsx")
    assert book["Newborn checks"].sheet_state == "hidden"
    assert [str(area) for area in book["Maternity"].merged_cells.ranges] != []


@pytest.mark.parametrize(
    "file",
    ["GP consultations print.csv", "Police occurrences.csv", "Health visiting export 2023-12.xlsx"],
)
def test_one_row_stands_twice(file: str) -> None:
    told = Counter(row[3] for row in records() if row[0] == file)
    assert sum(count == 2 for count in told.values()) == 1


@pytest.mark.parametrize("folder", [FAMILY, HOSTILE], ids=lambda folder: folder.name)
def test_the_readme_lists_every_file(folder: Path) -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert [path.name for path in folder.iterdir() if f"`{path.name}`" not in readme] == []


def test_the_readme_counts_the_rows_and_events_right() -> None:
    files: dict[str, set[str]] = {}
    for row in truth():
        files.setdefault(row["event"], set()).add(row["file"])
    shared = sum(len(names) > 1 for names in files.values())
    promise = (
        f"{len(truth())} rows in {len({row['file'] for row in truth()})} files, "
        f"{len(files)} events, of which {shared} are told in more than one file."
    )
    assert promise in (SAMPLES / "README.md").read_text("utf-8")


def test_hostile_files_are_tiny_and_what_they_claim() -> None:
    assert all(path.stat().st_size < 40_000 for path in HOSTILE.iterdir())
    assert (HOSTILE / "empty.csv").read_bytes() == b""
    assert not zipfile.is_zipfile(HOSTILE / "truncated.xlsx")
    assert (HOSTILE / "wrong-extension.xlsx").read_text("utf-8").startswith("Date,")
    assert (HOSTILE / "password.xlsx").read_bytes().startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    with zipfile.ZipFile(HOSTILE / "dtd.docx") as parts:
        assert b"<!ENTITY" in parts.read("word/document.xml")
