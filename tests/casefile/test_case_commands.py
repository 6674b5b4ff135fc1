"""The commands of a case, as a user meets them."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from exports import ROWS, write_csv, write_xlsx

from chronology.casefile import CaseFile
from chronology.cli import main


def run(*arguments: object, **more: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)


@pytest.fixture
def case(tmp_path) -> Path:
    write_csv(tmp_path / "in" / "police_log.csv", ROWS)
    done = run("new", tmp_path / "jo", tmp_path / "in", "--title", "Jo E.", "--who", "A. Worker")
    assert done.exit_code == 0, done.output
    return tmp_path / "jo.chronology"


def ids(case: Path) -> list[str]:
    with CaseFile.open(case) as opened:
        return [account.id for account in opened.accounts()]


def decide(case: Path, *about: object) -> int:
    with CaseFile.open(case) as opened:
        return opened.decide(*about, "A. Worker", "2026-05-03T10:00:00").seq


def test_new_makes_one_file_and_takes_in_a_folder(case):
    assert case.exists()
    assert len(ids(case)) == len(ROWS)


def test_a_case_builds_with_its_own_title_and_decisions(case, tmp_path):
    decide(case, "same", (ids(case)[0], ids(case)[5]), "")
    done = run("build", case, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "6 rows read = 6 in 5 entries + 0 left out" in done.output
    data = json.loads((tmp_path / "out" / "chronology.json").read_text(encoding="utf-8"))
    assert (data["title"], data["marking"]) == ("Jo E.", "OFFICIAL-SENSITIVE")
    assert any(
        "Ruled the same by A. Worker" in e["decided"][0] for e in data["entries"] if e["decided"]
    )
    assert "chronology.xlsx (sha256 " in run("log", case).output


def test_the_same_case_builds_the_same_bytes(case, tmp_path):
    for name in ("one", "two"):
        assert run("build", case, "--out", tmp_path / name).exit_code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_case_and_its_folder_built_without_it_tell_the_same(case, tmp_path):
    run("build", case, "--out", tmp_path / "a", "--title", "T", "--prepared", "3 May 2026")
    run(
        "build",
        tmp_path / "in",
        "--out",
        tmp_path / "b",
        "--title",
        "T",
        "--marking",
        "OFFICIAL-SENSITIVE",
        "--prepared",
        "3 May 2026",
    )
    assert (tmp_path / "a" / "chronology.json").read_bytes() == (
        tmp_path / "b" / "chronology.json"
    ).read_bytes()


def test_a_folder_that_holds_a_case_is_built_as_if_it_did_not(case, tmp_path):
    shutil.copy(case, tmp_path / "in" / "jo.chronology")
    done = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert ".chronology" not in done.output


@pytest.mark.parametrize("more", [["--agency", "police"], ["--mapping", "m.txt"], ["in"]])
def test_a_case_is_built_by_itself(case, tmp_path, monkeypatch, more):
    monkeypatch.chdir(tmp_path)
    Path("m.txt").write_text("")
    done = run("build", case, *more, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "chronology add" in done.output
    assert "Traceback" not in done.output


def test_add_says_of_each_file_what_it_brought(case, tmp_path):
    later = write_csv(tmp_path / "police_log2.csv", [ROWS[0].but(time="11:00"), *ROWS[1:5]])
    done = run("add", case, later, "--who", "B")
    assert done.exit_code == 0, done.output
    assert "5 rows = 0 new + 4 known + 1 changed + 0 left out" in done.output
    assert "a later export of police_log.csv" in done.output


def test_a_case_whose_rows_were_amended_builds_whole(case, tmp_path):
    later = write_csv(tmp_path / "police_log2.csv", [ROWS[0].but(time="11:00"), *ROWS[1:]])
    run("add", case, later)
    done = run("build", case, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "6 in 6 entries + 0 left out + 1 in an earlier wording + 5 sent again" in done.output


def test_a_case_that_was_altered_is_not_built(case, tmp_path):
    with CaseFile.open(case) as opened:
        opened._connection.execute("UPDATE version SET body = replace(body, 'Called', 'Came')")
    done = run("build", case, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "was changed since" in done.output
    assert "chronology verify jo.chronology" in done.output
    assert not (tmp_path / "out").exists()


def test_add_says_what_must_be_confirmed_and_what_could_not_be_read(case, tmp_path):
    decide(case, "different", ids(case)[:2], "")
    later = write_csv(tmp_path / "police_log2.csv", [ROWS[0].but(time="11:00"), *ROWS[1:]])
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    done = run("add", case, later, bad)
    assert done.exit_code == 3
    assert "1 decision to confirm" in done.output
    assert "NOT READ  bad.xlsx" in done.output


def test_status_log_and_verify_tell_the_case(case):
    seq = decide(case, "analysis", ids(case)[:1], "A pattern.")
    assert "6 records; 0 amended" in run("status", case).output
    assert f"{seq}  2026-05-03 10:00:00  A. Worker: " in run("log", case).output
    done = run("verify", case)
    assert done.exit_code == 0
    assert "The case is whole" in done.output
    assert re.search(rf"Seal: line {seq}, [0-9a-f]{{64}}", done.output)


def test_verify_ends_in_failure_where_something_was_changed(case):
    with CaseFile.open(case) as opened:
        opened._connection.execute("UPDATE log SET who = 'Nobody' WHERE seq = 2")
    done = run("verify", case)
    assert done.exit_code == 3
    assert "WRONG: Line 2 of the log" in done.output


def test_undo_takes_a_decision_back(case):
    seq = decide(case, "same", ids(case)[:2], "")
    assert run("undo", case, seq, "--reason", "wrong child").exit_code == 0
    log = run("log", case).output
    assert f"Decision {seq} undone (" in log
    assert "tell of the same occurrence). Reason: wrong child" in log
    again = run("undo", case, seq)
    assert again.exit_code == 2
    assert "holds no more" in again.output


def test_purge_asks_first_and_removes(case):
    kept = run("purge", case, "--source", 1, "--reason", "mistake", input="n\n")
    assert (kept.exit_code, len(ids(case))) == (130, len(ROWS))
    assert "This removes for good: 6 records, 1 file." in kept.output
    assert "File 1: police_log.csv, 6 rows" in kept.output
    done = run("purge", case, "--source", 1, "--reason", "mistake", "--yes")
    assert done.exit_code == 0, done.output
    assert "Removed for good: 6 records, 1 file" in done.output
    assert ids(case) == []
    assert run("purge", case, "--reason", "x", "--yes").exit_code == 2


def test_a_file_added_by_mistake_is_purged_by_its_name_as_status_tells(case, tmp_path):
    other = [row.but(details=f"Other family. {row.details}") for row in ROWS[:2]]
    run("add", case, write_csv(tmp_path / "wrong family.csv", other))
    told = run("status", case).output
    assert "If one of these files was added by mistake: chronology purge CASE --file" in told
    assert "If its columns were read wrongly: chronology add CASE FILE --mapping" in told
    asked = run("purge", case, "--file", "wrong family.csv", "--reason", "mistake", input="y\n")
    assert asked.exit_code == 0, asked.output
    assert "File 2: wrong family.csv, 2 rows" in asked.output
    assert "Removed for good: 2 records, 1 file" in asked.output
    assert len(ids(case)) == len(ROWS)
    none = run("purge", case, "--file", "wrong family.csv", "--reason", "mistake", "--yes")
    assert (none.exit_code, "There is no file" in none.output) == (2, True)


def test_of_two_files_of_one_name_the_number_is_asked_for(case, tmp_path):
    other = [row.but(details=f"Other family. {row.details}") for row in ROWS[:2]]
    run("add", case, write_csv(tmp_path / "b" / "police_log.csv", other), "--agency", "health")
    done = run("purge", case, "--file", "police_log.csv", "--reason", "mistake", "--yes")
    assert (done.exit_code, "Name one by number: 1 and 2" in done.output) == (2, True)
    assert run("purge", case, "--file", "2", "--reason", "mistake", "--yes").exit_code == 0
    assert len(ids(case)) == len(ROWS)


def test_columns_corrected_later_with_a_mapping_are_read_anew(case, tmp_path):
    export = tmp_path / "in" / "police_log.csv"
    run("inspect", export, "--write-mapping")
    mapping = export.with_name("police_log.csv.mapping.txt")
    told = mapping.read_text(encoding="utf-8")
    told = told.replace("Details = what happened", "Details = outcome or action")
    mapping.write_text(told.replace("Type = type of event", "Type = what happened"))
    decide(case, "different", ids(case)[:2], "")
    done = run("add", case, export, "--mapping", mapping)
    assert done.exit_code == 0, done.output
    assert "6 rows = 0 new + 0 known + 0 changed + 6 read anew + 0 left out" in done.output
    assert "6 of those read anew say something else now" in done.output
    assert "1 decision to confirm" in done.output
    told = run("status", case).output
    assert "6 records; 0 amended" in told
    assert "police_log.csv: 6 rows, read 2 times" in told
    assert "6 rows read = 6 in" in run("build", case, "--out", tmp_path / "out").output


def test_an_unreadable_file_is_named_and_does_not_fail_every_later_build(case, tmp_path):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    assert run("add", case, bad).exit_code == 3
    assert "because it could not be read: bad.xlsx: " in run("status", case).output
    done = run("build", case, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "could not be read when it was added: bad.xlsx: " in done.output
    assert "see above" not in done.output
    bad.unlink()
    run("add", case, write_xlsx(bad, [ROWS[0].but(details="At school all day.")]))
    assert "could not be read" not in run("status", case).output


@pytest.mark.parametrize("command", [("status",), ("log",), ("verify",)])
def test_a_case_is_found_by_its_name_without_the_ending(case, command):
    done = run(*command, case.with_suffix(""))
    assert done.exit_code == 0, done.output


def test_a_case_named_without_the_ending_builds(case, tmp_path):
    done = run("build", case.with_suffix(""), "--out", tmp_path / "out")
    assert "6 rows read" in done.output, done.output


def test_a_file_that_is_not_needed_is_dismissed_and_taken_back(case, tmp_path):
    bad = tmp_path / "photo.xlsx"
    bad.write_bytes(b"no workbook")
    run("add", case, bad)
    assert "chronology dismiss CASE FILE" in run("status", case).output
    done = run("dismiss", case, "photo.xlsx", "--reason", "a picture", "--who", "A. Worker")
    assert done.exit_code == 0, done.output
    assert "undo jo.chronology 4" in done.output
    told = run("status", case).output
    assert "could not be read" not in told
    assert "Not in the case: photo.xlsx. Dismissed by A. Worker on " in told
    assert "Not in the case: photo.xlsx. " in run("build", case, "--out", tmp_path / "o").output
    run("undo", case, 4)
    assert "because it could not be read: photo.xlsx" in run("status", case).output
    assert run("dismiss", case, "none.xlsx", "--reason", "x").exit_code == 2
    assert run("dismiss", case, "photo.xlsx", "--reason", " ").exit_code == 2


def test_backup_and_keep_and_diff(case, tmp_path):
    assert run("backup", case, tmp_path / "copy.chronology").exit_code == 0
    assert len(ids(tmp_path / "copy.chronology")) == len(ROWS)
    assert run("keep", case, "3 May").exit_code == 0
    run("add", case, write_csv(tmp_path / "police_log2.csv", [*ROWS, ROWS[0].but(day="9/9/2021")]))
    done = run("diff", case, "3 May", "--out", tmp_path / "changes.html")
    assert done.exit_code == 0, done.output
    assert "1 new" in done.output
    assert (tmp_path / "changes.html").exists()
    assert run("diff", case, "4 May").exit_code == 2


def test_decisions_made_in_the_workbook_come_back_once(case, tmp_path):
    later = [row.but(officer="Ms A Teacher", kind="Concern") for row in ROWS]
    run("add", case, write_csv(tmp_path / "school_cpoms.csv", later), "--agency", "education")
    out = tmp_path / "out"
    assert run("build", case, "--preset", "suggest", "--out", out).exit_code == 0
    book = openpyxl.load_workbook(out / "chronology.xlsx")
    sheet = book["To review"]
    heads = next(row for row in sheet.iter_rows() if any(c.value == "Decision" for c in row))
    column = next(cell.column for cell in heads if cell.value == "Decision")
    sheet.cell(heads[0].row + 1, column).value = "Same event"
    book.save(tmp_path / "reviewed.xlsx")
    done = run("add-decisions", case, tmp_path / "reviewed.xlsx", "--who", "A. Worker")
    assert "1 decision taken, 0 known already, 0 refused" in done.output, done.output
    again = run("add-decisions", case, tmp_path / "reviewed.xlsx")
    assert "0 decisions taken, 1 known already, 0 refused" in again.output
    assert "1 decision in force" in run("status", case).output


def test_a_ruling_to_confirm_is_named_with_why_and_asked_first_on_the_sheet(case, tmp_path):
    decide(case, "same", (ids(case)[0], ids(case)[5]), "")
    amended = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:]]
    done = run("add", case, write_csv(tmp_path / "police_log2.csv", amended))
    assert "1 decision to confirm" in done.output
    (told,) = [line for line in run("status", case).output.splitlines() if "To confirm" in line]
    assert "police_log2.csv, row 2" in told
    assert "police_log.csv, row 7" in told
    assert "was changed by the agency" in told
    run("build", case, "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "chronology.xlsx")["To review"]
    rows = [[str(cell) for cell in row] for row in sheet.values]
    heads = next(at for at, row in enumerate(rows) if "Record A id" in row)
    assert any("Please confirm: ruled the same by A. Worker" in cell for cell in rows[heads + 1])
    above = " ".join(cell for row in rows[:heads] for cell in row)
    assert "except 1 ruled the same before" in above


def test_a_text_signed_on_a_record_amended_since_is_no_news(case, tmp_path):
    decide(case, "analysis", ids(case)[:1], "A pattern of shouting.")
    amended = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:]]
    run("add", case, write_csv(tmp_path / "police_log2.csv", amended))
    run("build", case, "--out", tmp_path / "out")
    done = run("add-decisions", case, tmp_path / "out" / "chronology.xlsx", "--who", "B. Chair")
    assert "0 decisions taken, 0 known already, 0 refused" in done.output, done.output


def test_a_mark_whose_record_is_no_longer_there_is_named(case):
    with CaseFile.open(case) as opened:
        by_hand = replace(opened.accounts()[0], narrative="Told by phone.", reference="")
        entered = opened.enter(by_hand, "A. Worker", "2026-05-03T10:00:00")
    made = decide(case, "analysis", entered.accounts, "A pattern.")
    assert "none of its records is left" not in run("status", case).output
    run("undo", case, entered.seq)
    output = run("status", case).output
    assert f"Decision {made} (analysis added 'A pattern.', by A. Worker" in output
    assert "none of its records is left" in output


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["add", "in"], ["verify"], ["log"], ["build", "--out", "o"], ["keep", "x"]],
)
def test_a_file_that_is_no_case_gives_exit_code_3_and_a_sentence(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("x.chronology").write_text("no case")
    done = run(arguments[0], "x.chronology", *arguments[1:])
    assert done.exit_code == 3
    assert "not a case file" in done.output


def test_control_characters_never_reach_the_terminal(tmp_path):
    write_csv(tmp_path / "in" / "a\x1b[31m.csv", ROWS)
    output = run(
        "new", tmp_path / "jo", tmp_path / "in", "--title", "\x1b[0m", "--who", "\x1b"
    ).output
    case = tmp_path / "jo.chronology"
    for command in ("status", "log", "verify"):
        output += run(command, case).output
    assert "\x1b" not in output
