"""A reviewed workbook taken in once and again: what was undone since does not come back."""

from pathlib import Path

import openpyxl
import pytest
from exports import ROWS, write_csv
from test_case_commands import run

from chronology.casefile import CaseFile

INITIALS, DATED = "Your initials", "Date decided"


@pytest.fixture
def case(tmp_path) -> Path:
    """A case with pairs to review, and its workbook as it was written."""
    write_csv(tmp_path / "in" / "police_log.csv", ROWS)
    run("new", tmp_path / "jo", tmp_path / "in", "--who", "A. Worker")
    path = tmp_path / "jo.chronology"
    later = [row.but(officer="Ms A Teacher", kind="Concern") for row in ROWS]
    run("add", path, write_csv(tmp_path / "school_cpoms.csv", later), "--agency", "education")
    done = run("build", path, "--preset", "suggest", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    return path


def answered(case: Path, *rows: dict[str, str], start: str = "chronology.xlsx") -> Path:
    """The workbook with these cells written in the first rows of To review."""
    book = openpyxl.load_workbook(case.parent / "out" / start)
    sheet = book["To review"]
    heads = next(row for row in sheet.iter_rows() if any(c.value == "Decision" for c in row))
    column = {cell.value: cell.column for cell in heads}
    for at, cells in enumerate(rows, heads[0].row + 1):
        for heading, value in cells.items():
            sheet.cell(at, column[heading]).value = value
    path = case.parent / "reviewed.xlsx"
    book.save(path)
    return path


def take(case: Path, book: Path, who: str = "B. Chair"):
    return run("add-decisions", case, book, "--who", who)


def last_decision(case: Path) -> int:
    with CaseFile.open(case) as opened:
        return opened.decisions()[-1].seq


def live(case: Path) -> list[str]:
    with CaseFile.open(case) as opened:
        return [d.kind for d in opened.decisions() if d.undone_by is None]


SAME = {"Decision": "same", INITIALS: "AW"}


def test_a_decision_undone_does_not_return_with_the_workbook_it_came_from(case):
    book = answered(case, SAME)
    assert "1 decision taken" in take(case, book).output
    run("undo", case, last_decision(case), "--who", "C. Lead", "--reason", "another child")
    again = take(case, book)
    assert again.exit_code == 1
    assert "0 decisions taken, 0 known already, 1 undone since and not taken again" in again.output
    assert "'same' was undone by C. Lead on " in again.output
    assert "not taken again" in again.output
    assert live(case) == []


def test_one_undone_does_not_return_with_other_answers_written_beside_it(case):
    take(case, answered(case, SAME))
    run("undo", case, last_decision(case))
    done = take(case, answered(case, SAME, {"Decision": "different", INITIALS: "AW"}))
    assert "1 decision taken, 0 known already, 1 undone since" in done.output
    assert live(case) == ["different"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        pytest.param({"Decision": "different"}, "different", id="another answer"),
        pytest.param({"Note": "The school confirmed it."}, "same", id="a note"),
        pytest.param({DATED: "12/11/2026"}, "same", id="a date"),
        pytest.param({INITIALS: "CL"}, "same", id="other initials"),
    ],
)
def test_an_answer_changed_since_the_undoing_is_taken(case, change, kind):
    take(case, answered(case, SAME))
    run("undo", case, last_decision(case))
    done = take(case, answered(case, SAME | change))
    assert (done.exit_code, live(case)) == (0, [kind]), done.output


def test_an_answer_known_already_does_not_return_when_the_decision_it_agreed_with_is_undone(case):
    book = answered(case, SAME)
    take(case, book)
    made = last_decision(case)
    with CaseFile.open(case) as opened:
        pair = opened.decisions()[-1].accounts
        opened.undo(made, "C. Lead", "2026-11-20T10:00:00")
        again = opened.decide("same", pair, "", "D. Other", "2026-11-20T10:05:00")
    assert "0 decisions taken, 1 known already" in take(case, book).output
    run("undo", case, again.seq, "--who", "C. Lead")
    assert "1 undone since and not taken again" in take(case, book).output
    assert live(case) == []


def test_only_a_ruling_undone_after_the_answer_was_taken_counts(case):
    take(case, answered(case, SAME))
    with CaseFile.open(case) as opened:
        pair = opened.decisions()[-1].accounts
        opened.undo(last_decision(case), "C. Lead", "2026-11-20T10:00:00")
        assert opened.undone_since("same", pair, 1) is not None
        assert opened.undone_since("different", pair, 1) is None
        assert opened.undone_since("same", pair, 10_000) is None


def test_the_log_names_the_workbook_once_and_stays_whole(case):
    book = answered(case, SAME)
    take(case, book)
    take(case, book)
    told = [line for line in run("log", case).output.splitlines() if "Reviewed workbook" in line]
    assert len(told) == 1
    assert "reviewed.xlsx (sha256 " in told[0]
    assert run("verify", case).exit_code == 0


def test_rows_without_initials_are_counted_and_the_log_says_so(case):
    bare = {"Decision": "different"}
    done = take(case, answered(case, SAME, bare, bare))
    assert "3 decisions taken" in done.output
    assert "2 decisions without initials were entered as taken by B. Chair." in done.output
    log = run("log", case).output
    assert log.count("B. Chair (initials not given in the workbook): ") == 2
    assert "AW (taken in by B. Chair): " in log
    assert "initials not given in the workbook for 2" in log


def test_rows_without_initials_are_refused_where_nobody_can_be_named(case, monkeypatch):
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("chronology.cli.speaking.getuser", nobody)
    done = run("add-decisions", case, answered(case, SAME, {"Decision": "different"}))
    assert done.exit_code == 1
    assert "1 decision taken, 0 known already, 1 refused" in done.output
    assert "say who with --who" in done.output
    assert live(case) == ["same"]


def test_the_screen_and_the_log_count_answers_and_texts_alike(case):
    book = answered(case, SAME, SAME)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Timeline"]
    heads = next(row for row in sheet.iter_rows() if any(c.value == "Analysis" for c in row))
    column = {cell.value: cell.column for cell in heads}
    sheet.cell(heads[0].row + 1, column["Analysis"]).value = "Seen too late."
    workbook.save(book)
    assert "3 decisions taken (2 answers, 1 text), 0 known" in take(case, book).output
    assert "2 answers and 1 text not taken in before" in run("log", case).output
    assert "0 decisions taken, 2 known already" in take(case, book).output


def test_the_advice_to_change_a_row_fits_a_row_in_which_everything_is_written(case):
    book = answered(case, {**SAME, "Date decided": "3 May", "Note": "Read both."})
    take(case, book)
    run("undo", case, last_decision(case))
    told = take(case, book).output
    assert "If it is meant anew, change the row: another date, or other words under Note" in told
