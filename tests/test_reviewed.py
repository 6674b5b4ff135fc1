"""A workbook that comes back from review: taken where it is clear, refused by row where not."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from factories import a_chronology, an_account, an_entry
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from chronology.account import Agency, Source
from chronology.decisions import Decision, pair_of
from chronology.errors import MappingMismatchError
from chronology.merge import Question
from chronology.render.excel import excel_bytes
from chronology.render.view import view
from chronology.reviewed import Answer, Refusal, Reviewed, read_decisions
from chronology.reviewed.answers import answers_in
from chronology.reviewed.records import Records
from chronology.reviewed.tables import Table, Written

POLICE = an_account(narrative="Officers attended; nobody in.")
HEALTH = an_account(
    agency=Agency.HEALTH,
    source=Source("health (March).xlsx", "Export", 7, "c"),
    narrative="Police had called about the same visit.",
)
SCHOOL = an_account(
    agency=Agency.EDUCATION,
    source=Source("school.docx", "table 1", 3, "d"),
    narrative="Tired at registration. " * 120,
)
CARE = an_account(
    agency=Agency.SOCIAL_CARE, source=Source("care.csv", "", 12, "e"), narrative="Visit, no reply."
)
ACCOUNTS = (POLICE, HEALTH, SCHOOL, CARE)
FIRST, SECOND, THIRD = (
    pair_of(a.id, b.id) for a, b in ((POLICE, HEALTH), (POLICE, CARE), (SCHOOL, CARE))
)
BEFORE = Decision(
    7,
    "analysis",
    (CARE.id,),
    "Missed twice.\nA pattern.",
    "A. Worker",
    "2024-05-03T10:00:00",
    "MASH",
)

Change = Callable[[Worksheet], object]


@pytest.fixture(scope="module")
def written(whole: bytes) -> bytes:
    """The sheets of that workbook that can be written in, for speed."""
    book = openpyxl.load_workbook(io.BytesIO(whole), rich_text=True)
    for name in ("Left out", "Sources", "Key", "About"):
        del book[name]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def whole() -> bytes:
    """A workbook with three pairs to review; the third goes on over several rows."""
    pairs = ((POLICE, HEALTH), (POLICE, CARE), (SCHOOL, CARE))
    entries = [an_entry(account) for account in ACCOUNTS]
    entries[3] = replace(entries[3], marks=(BEFORE,))
    asked = tuple(Question(a, b, 0.6, ("Same day.",), ()) for a, b in pairs)
    return excel_bytes(view(a_chronology(*entries, questions=asked)))


def reviewed(
    written: bytes, tmp_path: Path, *changes: Change, sheet: str = "To review", **more: object
) -> Reviewed:
    book = openpyxl.load_workbook(io.BytesIO(written), rich_text=True)
    for change in changes:
        change(book[sheet])
    path = tmp_path / "reviewed.xlsx"
    book.save(path)
    return read_decisions(path, **({"accounts": ACCOUNTS, "decisions": (BEFORE,)} | more))


def answered(typed: str) -> tuple[tuple[Answer, ...], tuple[Refusal, ...], int]:
    """What one row says whose decision reads so."""
    cells = {"Decision": typed, "Record A id": POLICE.id, "Record B id": HEALTH.id}
    row = Written("To review", 4, cells, is_struck=False)
    return answers_in([Table((row,))], Records(()))


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[3] if cell.value == heading)


def put(row: int, **cells: object) -> Change:
    """Writes under headings: ``put(4, Decision="same")``; ``_`` stands for a blank."""

    def change(sheet: Worksheet) -> None:
        for heading, value in cells.items():
            sheet.cell(row, column(sheet, heading.replace("_", " "))).value = value

    return change


def taken(found: Reviewed) -> list[tuple[str, tuple[str, str]]]:
    return [(answer.kind, answer.accounts) for answer in found.answers]


def why(found: Reviewed) -> str:
    (refusal,) = found.refused
    return str(refusal)


def test_a_workbook_as_it_was_written_says_nothing_new(written, tmp_path):
    found = reviewed(written, tmp_path)
    assert (found.answers, found.remarks, found.refused) == ((), (), ())
    assert found.unanswered == 3


def test_a_decision_comes_back_with_its_note_and_its_row(written, tmp_path):
    changed = put(5, Decision="different", Note="Two visits", Your_initials="AW")
    found = reviewed(written, tmp_path, changed)
    (answer,) = found.answers
    assert (answer.kind, answer.accounts) == ("different", SECOND)
    assert (answer.reason, answer.initials) == ("Two visits", "AW")
    assert (answer.sheet, answer.row, found.unanswered) == ("To review", 5, 2)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("same", "same"),
        (" SAME ", "same"),
        ("S", "same"),
        ("Yes.", "same"),
        ("the\u00a0same", "same"),
        ("Different", "different"),
        ("diff", "different"),
        ("D", "different"),
        ("NOT the same!", "different"),
        ("Not  sure", "unsure"),
        ("not-sure", "unsure"),
        ("unsure", "unsure"),
        ("?", "unsure"),
        ("don't know", "unsure"),
    ],
)
def test_what_can_only_mean_one_thing_is_taken(typed, kind):
    answers, refused, _ = answered(typed)
    assert [(answer.kind, answer.accounts) for answer in answers] == [(kind, FIRST)]
    assert refused == ()


@pytest.mark.parametrize(
    "typed",
    [
        "maybe",
        "same?",
        "yes?",
        "n",
        "same/different",
        "see note",
        "1",
        "TRUE",
        "x",
        "same S different",
    ],
)
def test_what_could_mean_two_things_is_refused_with_its_row(typed):
    answers, (refusal,), _ = answered(typed)
    assert answers == ()
    assert str(refusal).startswith("To review, row 4: The decision")


# Workbooks that were worked on


def move_a_column(sheet: Worksheet) -> None:
    sheet.move_range(f"I3:I{sheet.max_row}", cols=20)


def sort_backwards(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for number, row in enumerate(reversed(rows), 4):
        for at, value in enumerate(row, 1):
            sheet.cell(number, at).value = value


def rename(sheet: Worksheet) -> None:
    sheet.title = "Done AW"


def filter_out(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = f"A3:N{sheet.max_row}"
    sheet.row_dimensions[4].hidden = True


def lines_above(sheet: Worksheet) -> None:
    sheet.tables.clear()
    sheet.insert_rows(1, 5)


@pytest.mark.parametrize(
    "change",
    [move_a_column, sort_backwards, rename, filter_out, lines_above],
    ids=lambda f: f.__name__,
)
def test_moved_sorted_renamed_and_filtered_tables_are_read(written, tmp_path, change):
    found = reviewed(written, tmp_path, put(4, Decision="same"), change)
    assert taken(found) == [("same", FIRST)]
    assert (found.refused, found.unanswered) == ((), 2)


def test_a_row_that_was_deleted_takes_nothing_with_it(written, tmp_path):
    found = reviewed(written, tmp_path, put(5, Decision="same"), lambda s: s.delete_rows(4))
    assert taken(found) == [("same", SECOND)]


@pytest.mark.parametrize("row", [6, 7], ids=["first part", "second part"])
def test_a_pair_over_several_rows_may_be_decided_in_any_of_them(written, tmp_path, row):
    found = reviewed(written, tmp_path, put(row, Decision="same"))
    assert taken(found) == [("same", THIRD)]
    assert found.unanswered == 2


def test_the_same_pair_decided_twice_alike_counts_once(written, tmp_path):
    changes = put(6, Decision="same", Note="one"), put(7, Decision="S", Note="two")
    (answer,) = reviewed(written, tmp_path, *changes).answers
    assert (answer.kind, answer.reason, answer.row) == ("same", "one; two", 6)


def test_a_pair_decided_both_ways_is_refused_in_both_rows(written, tmp_path):
    changes = put(6, Decision="same"), put(7, Decision="different")
    found = reviewed(written, tmp_path, *changes)
    assert found.answers == ()
    assert [refusal.row for refusal in found.refused] == [6, 7]
    assert "otherwise in row 7 ('different')" in found.refused[0].why


def test_a_second_column_of_decisions_is_not_passed_over_in_silence(written, tmp_path):
    def second(sheet: Worksheet) -> None:
        sheet.cell(3, 20).value = "Decision 2"

    (note,) = reviewed(written, tmp_path, second).notes
    assert "'Decision 2' was not read" in note


# Keys lost, damaged and contradicting


def test_a_lost_key_is_found_by_the_place_of_the_record(written, tmp_path):
    changed = put(4, Decision="same", Record_A_id=None, Record_B_id="")
    assert taken(reviewed(written, tmp_path, changed)) == [("same", FIRST)]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param({"Record_A_id": "1.23457E+15"}, "is damaged", id="a figure"),
        pytest.param({"Record_A_id": POLICE.id[:-1]}, "is damaged", id="cut short"),
        pytest.param({"Record_A_id": "0" * 16}, "is that of no record", id="another case"),
        pytest.param({"Record_A_id": HEALTH.id}, "name the same record", id="both one"),
        pytest.param({"Record_A_id": SCHOOL.id}, "name other records", id="another record"),
        pytest.param({"Record_A_id": None, "Record_A": "x"}, "no record could", id="all lost"),
        pytest.param({"Record_A": "Other words."}, "name other records", id="other words"),
    ],
)
def test_keys_that_do_not_fit_are_refused_and_say_why(written, tmp_path, cells, words):
    found = reviewed(written, tmp_path, put(4, Decision="same", **cells))
    assert taken(found) == []
    assert words in why(found)


def test_a_key_lost_of_two_records_at_one_place_is_not_guessed(written, tmp_path):
    twin = replace(POLICE, reference="another")
    changed = put(4, Decision="same", Record_A_id=None)
    found = reviewed(written, tmp_path, changed, accounts=(*ACCOUNTS, twin))
    assert "more than one record fits" in why(found)


def test_keys_sorted_apart_from_their_records_are_refused(written, tmp_path):
    def sort_in_part(sheet: Worksheet) -> None:
        for heading in ("Record A id", "Record B id"):
            at = column(sheet, heading)
            values = [sheet.cell(row, at).value for row in range(4, sheet.max_row + 1)]
            for row, value in enumerate(reversed(values), 4):
                sheet.cell(row, at).value = value

    found = reviewed(written, tmp_path, put(4, Decision="same"), sort_in_part)
    assert "sorted in part" in why(found)


def test_columns_a_and_b_exchanged_are_the_same_pair(written, tmp_path):
    changed = put(4, Decision="same", Record_A_id=HEALTH.id, Record_B_id=POLICE.id.upper())
    assert taken(reviewed(written, tmp_path, changed)) == [("same", FIRST)]


def test_without_the_records_of_the_case_whole_keys_are_taken_and_lost_ones_refused(
    written, tmp_path
):
    changes = put(4, Decision="same"), put(5, Decision="same", Record_A_id=None)
    found = reviewed(written, tmp_path, *changes, accounts=())
    assert taken(found) == [("same", FIRST)]
    assert "Nothing stands under Record A id" in why(found)


def test_a_row_struck_out_is_refused(written, tmp_path):
    def strike(sheet: Worksheet) -> None:
        sheet.cell(4, column(sheet, "Decision")).font = Font(strike=True)

    assert "struck out" in why(reviewed(written, tmp_path, put(4, Decision="same"), strike))


def test_a_note_without_a_decision_is_told(written, tmp_path):
    found = reviewed(written, tmp_path, put(4, Note="Ask the school"))
    assert "no decision" in why(found)


def test_a_formula_that_gives_no_decision_is_told(written, tmp_path):
    assert "no decision" in why(reviewed(written, tmp_path, put(4, Decision="=A1")))


def test_a_row_somebody_added_is_refused(written, tmp_path):
    assert "row 30: Nothing stands" in why(reviewed(written, tmp_path, put(30, Decision="same")))


def test_a_workbook_without_a_table_for_review_is_no_reviewed_workbook(tmp_path):
    book = Workbook()
    book.active.append(["Date", "Event"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(MappingMismatchError, match=r"other\.xlsx holds no table for review"):
        read_decisions(tmp_path / "other.xlsx")


# Significance and analysis


def test_what_was_written_beside_an_entry_comes_back_as_a_mark(written, tmp_path):
    changed = put(4, Significance="First report", Analysis=" Nobody asked the child. ")
    found = reviewed(written, tmp_path, changed, sheet="Timeline")
    assert [(r.kind, r.accounts, r.text) for r in found.remarks] == [
        ("significant", (POLICE.id,), "First report"),
        ("analysis", (POLICE.id,), "Nobody asked the child."),
    ]
    assert found.refused == ()


def last_row(sheet: Worksheet) -> int:
    ids = column(sheet, "Record ids")
    return next(r for r in range(4, 30) if sheet.cell(r, ids).value == CARE.id)


def add_below(text: str) -> Change:
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(last_row(sheet), column(sheet, "Analysis"))
        cell.value = f"{cell.value}\n{text}"

    return change


def test_what_is_added_below_a_signed_text_is_all_that_is_new(written, tmp_path):
    found = reviewed(written, tmp_path, add_below("And again in May."), sheet="Timeline")
    assert [(r.accounts, r.text) for r in found.remarks] == [((CARE.id,), "And again in May.")]


def test_a_remark_read_before_is_not_news(written, tmp_path):
    known = replace(BEFORE, seq=8, value="And again in May.")
    change = add_below("And again in May.")
    found = reviewed(written, tmp_path, change, sheet="Timeline", decisions=(BEFORE, known))
    assert (found.remarks, found.refused) == ((), ())


def test_a_remark_taken_back_does_not_return_by_itself(written, tmp_path):
    undone = replace(BEFORE, seq=8, value="And again in May.", undone_by=9)
    change = add_below("And again in May.")
    found = reviewed(written, tmp_path, change, sheet="Timeline", decisions=(BEFORE, undone))
    assert "was added before and taken back" in why(found)


def test_a_signed_text_that_was_changed_is_refused(written, tmp_path):
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(last_row(sheet), column(sheet, "Analysis"))
        cell.value = str(cell.value).replace("twice", "once")

    found = reviewed(written, tmp_path, change, sheet="Timeline")
    assert found.remarks == ()
    assert "A signed text under Analysis is not as it was written" in why(found)


def test_a_signed_text_over_several_rows_is_no_news(tmp_path):
    long = replace(BEFORE, value="All of this was missed, and nobody said so. " * 80)
    entry = an_entry(CARE, marks=(long,))
    book = excel_bytes(view(a_chronology(entry)))
    found = reviewed(book, tmp_path, sheet="Timeline", decisions=(long,))
    assert (found.remarks, found.refused) == ((), ())


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        pytest.param(None, "is blank or damaged", id="lost"),
        pytest.param("1E+15", "is blank or damaged", id="damaged"),
        pytest.param("0" * 16, "is that of no record", id="another case"),
        pytest.param(HEALTH.id, "names other records", id="another entry"),
    ],
)
def test_a_remark_beside_a_key_that_does_not_fit_is_refused(written, tmp_path, ids, words):
    changed = put(4, Analysis="new", Record_ids=ids)
    assert words in why(reviewed(written, tmp_path, changed, sheet="Timeline"))


# Saved again by other programs


@pytest.mark.skipif(not shutil.which("soffice"), reason="No LibreOffice on this machine.")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_saved_again_by_libreoffice_is_read(whole, tmp_path, kind):
    reviewed(whole, tmp_path, put(4, Decision="same"), put(6, Decision="Not sure", Note="späť"))
    out = tmp_path / "again"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*convert, str(tmp_path / "reviewed.xlsx")], check=True, capture_output=True)
    assert kind == "ods" or hidden_in(out / "reviewed.xlsx") == ["Record A id", "Record B id"]
    found = read_decisions(out / f"reviewed.{kind}", ACCOUNTS, (BEFORE,))
    assert taken(found) == [("same", FIRST), ("unsure", THIRD)]
    assert (found.answers[1].reason, found.answers[1].row) == ("späť", 6)
    assert (found.refused, found.remarks, found.unanswered) == ((), (), 1)


def hidden_in(path: Path) -> list[object]:
    """The headings of the hidden columns of To review."""
    sheet = openpyxl.load_workbook(path)["To review"]
    return [
        sheet.cell(3, at).value
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for at in range(dimension.min, min(dimension.max, sheet.max_column) + 1)
    ]


def test_a_decision_comes_back_though_its_keys_are_hidden(written, tmp_path):
    found = reviewed(written, tmp_path, put(5, Decision="different", Your_initials="AW"))
    assert hidden_in(tmp_path / "reviewed.xlsx") == ["Record A id", "Record B id"]
    assert taken(found) == [("different", SECOND)]


def test_a_sheet_saved_as_csv_is_read(written, tmp_path):
    sheet = openpyxl.load_workbook(io.BytesIO(written))["To review"]
    put(4, Decision="same")(sheet)
    path = tmp_path / "To review.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(sheet.iter_rows(values_only=True))
    assert taken(read_decisions(path, ACCOUNTS)) == [("same", FIRST)]
