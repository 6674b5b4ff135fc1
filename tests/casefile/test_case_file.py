"""A case file is made, opened, refused; files go in, and every row stays counted."""

import sqlite3
import stat
import time
from contextlib import closing
from datetime import date

import pytest
from exports import LATER, ROWS, WHO, a_case, added, by_details, counts, write_csv, write_xlsx

from chronology.account import Account, Agency, Source
from chronology.case import Wishes
from chronology.casefile import (
    CaseBusyError,
    CaseFile,
    NewerFormatError,
    NotACaseFileError,
    UnknownRecordError,
    as_text,
)
from chronology.errors import ChronologyError, UnwritableOutputError
from chronology.when import Precision, When

MAY_DAY = date(2021, 5, 1)


def test_a_case_is_for_its_owner_alone_and_keeps_its_title(tmp_path):
    with a_case(tmp_path) as case:
        assert (case.title, case.marking) == ("Jo E.", "OFFICIAL")
    mode = (tmp_path / "jo.chronology").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_making_a_case_leaves_nothing_beside_it(tmp_path):
    CaseFile.create(tmp_path / "jo.chronology", "Jo", "", *WHO).close()
    assert [path.name for path in tmp_path.iterdir()] == ["jo.chronology"]


def test_a_case_is_never_written_over(tmp_path):
    a_case(tmp_path).close()
    before = (tmp_path / "jo.chronology").read_bytes()
    with pytest.raises(UnwritableOutputError, match="never written over"):
        CaseFile.create(tmp_path / "jo.chronology", "Other", "", *WHO)
    assert (tmp_path / "jo.chronology").read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"Date,Details\n1/2/2020,Seen\n", id="an export"),
        pytest.param(b"SQLite format 3\x00", id="a header alone"),
        pytest.param(b"SQLite format 3\x00" + b"\x07" * 5000, id="a header and rubbish"),
    ],
)
def test_a_file_that_is_no_case_is_refused_plainly(tmp_path, content):
    path = tmp_path / "jo.chronology"
    path.write_bytes(content)
    with pytest.raises(NotACaseFileError, match=r"jo\.chronology"):
        CaseFile.open(path)


def test_the_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE about (key, value)")
    with pytest.raises(NotACaseFileError, match="is not a case file of this program"):
        CaseFile.open(path)


def test_a_missing_case_is_named_with_how_to_make_it(tmp_path):
    with pytest.raises(NotACaseFileError, match="chronology new"):
        CaseFile.open(tmp_path / "jo.chronology")


def test_a_newer_form_is_refused_by_the_version_that_wrote_it(tmp_path):
    a_case(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "jo.chronology", isolation_level=None)) as other:
        other.execute("PRAGMA user_version = 99")
        other.execute("UPDATE about SET value = '7.5.0' WHERE key = 'tool'")
    with pytest.raises(NewerFormatError, match=r"version 7\.5\.0 .*form 99"):
        CaseFile.open(tmp_path / "jo.chronology")


def test_a_second_writer_waits_and_then_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("chronology.casefile.opening.PATIENCE", 0.3)
    with a_case(tmp_path) as case:
        with closing(sqlite3.connect(case.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            begun = time.monotonic()
            with CaseFile.open(case.path) as second, pytest.raises(CaseBusyError, match="moment"):
                second.decide("analysis", [case.accounts()[0].id], "x", *WHO)
            assert 0.2 < time.monotonic() - begun < 3
            other.execute("ROLLBACK")
        case.decide("analysis", [case.accounts()[0].id], "x", *WHO)
        assert len(case.decisions()) == 1


def test_a_case_that_can_only_be_read_is_read_and_says_so(tmp_path, monkeypatch):
    with a_case(tmp_path) as case:
        case._connection.execute("PRAGMA query_only = ON")
        assert len(case.accounts()) == len(ROWS)
        with pytest.raises(UnwritableOutputError, match="can only be read"):
            case.decide("analysis", [case.accounts()[0].id], "x", *WHO)


def test_a_full_disk_leaves_the_case_as_it_was(tmp_path):
    with a_case(tmp_path) as case:
        pages = case._connection.execute("PRAGMA page_count").fetchone()[0]
        case._connection.execute(f"PRAGMA max_page_count = {pages}")
        before = (case.accounts(), case.log())
        many = [
            ROWS[0].but(day=f"{day:02}/08/2021", details=f"{day} " * 400) for day in range(1, 29)
        ]
        with pytest.raises(UnwritableOutputError, match="disk is full"):
            added(case, write_csv(tmp_path / "more_log.csv", many))
        assert (case.accounts(), case.log()) == before
        assert case.verify() == ()
        case._connection.execute("PRAGMA max_page_count = 1000000")
        assert added(case, tmp_path / "more_log.csv").new == 28


def test_every_row_of_every_export_is_counted(tmp_path):
    with a_case(tmp_path) as case:
        later = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:5]]
        added(case, write_csv(tmp_path / "police_log_june.csv", later))
        added(case, write_xlsx(tmp_path / "again.xlsx", later))
        chronology = case.chronology()
    for file in chronology.files:
        assert file.rows_read == file.rows_in + file.rows_out + file.rows_again
    assert sum(file.rows_in for file in chronology.files) == len(chronology.accounts)
    assert sum(file.rows_out for file in chronology.files) == len(chronology.left_out)
    (replaced,) = chronology.left_out
    assert "later wording of this record: police_log_june.csv, row 2" in replaced.reason
    assert ROWS[0].details in replaced.cells


def test_a_file_that_cannot_be_read_is_kept_in_mind_until_it_is_read(tmp_path):
    with a_case(tmp_path) as case:
        bad = tmp_path / "school.xlsx"
        bad.write_bytes(b"no workbook")
        (refused,) = added(case, bad).refused
        assert refused.refused
        assert [r.file for r in case.chronology().refused] == ["school.xlsx"]
        bad.unlink()
        added(case, write_xlsx(bad, [ROWS[0].but(details="At school all day.")]))
        assert case.chronology().refused == ()


def test_a_record_entered_by_hand_is_a_record_until_undone(tmp_path):
    told = Account(
        agency=Agency.OTHER,
        source=Source("", "", 0, ""),
        occurred=When("1 May 2021", Precision.DAY, MAY_DAY, MAY_DAY),
        narrative="Grandmother rang and said that Jo stays with her.",
    )
    with a_case(tmp_path) as case:
        made = case.decide("manual", (), as_text(told), *WHO, "rang today")
        (entered,) = [a for a in case.accounts() if a.source.file == "Entered by hand"]
        assert (entered.narrative, made.accounts) == (told.narrative, (entered.id,))
        assert case.chronology().rows_read == len(ROWS) + 1
        assert [v.status for v in case.history(entered.id)] == ["manual"]
        case.undo(made.seq, *LATER)
        assert len(case.accounts()) == len(ROWS)
        assert case.verify() == ()


@pytest.mark.parametrize("value", ["", "{}", "[1]", '{"agency": "police"}', "\ud800"])
def test_a_manual_record_that_makes_no_sense_is_refused(tmp_path, value):
    with a_case(tmp_path) as case, pytest.raises(ChronologyError, match="could not be understood"):
        case.decide("manual", (), value, *WHO)


def test_history_tells_every_wording_with_its_file(tmp_path):
    with a_case(tmp_path) as case:
        first = by_details(case, "Called to")
        amended = ROWS[0].but(details=ROWS[0].details + " Advice given.")
        added(case, write_csv(tmp_path / "police_log_june.csv", [amended, *ROWS[1:]]))
        told = case.history(first)
        assert [(v.status, v.source) for v in told] == [
            ("new", "police_log.csv"),
            ("changed", "police_log_june.csv"),
        ]
        assert told == case.history(told[1].account.id)
        with pytest.raises(UnknownRecordError):
            case.history("0123456789abcdef")


HOSTILE = "'; DROP TABLE log; --.csv"


def test_hostile_names_are_text(tmp_path):
    title = "Robert'); DROP TABLE record; -- \x1b[31m\ud800"
    with CaseFile.create(tmp_path / "a'b;c.chronology", title, "<b>", *WHO) as case:
        done = added(case, write_csv(tmp_path / HOSTILE, ROWS))
        assert done.new == len(ROWS)
        case.decide(
            "analysis", [case.accounts()[0].id], "=cmd|'x'!A1\x00", "O'Brien\udcff", "t", '"'
        )
        case.keep_version("../../v1'; --", *WHO)
        assert case.version("../../v1'; --")["title"].startswith("Robert')")
        assert [file.file for file in case.sources()] == [HOSTILE]
        assert case.verify() == ()


def test_a_case_named_as_an_address_is_a_file_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "file:x?mode=memory&y=.chronology"
    CaseFile.create(path, "Jo", "", *WHO).close()
    assert path.exists()


def test_a_kept_version_is_the_chronology_as_it_stood(tmp_path):
    with a_case(tmp_path) as case:
        case.keep_version("before", *WHO)
        added(case, write_csv(tmp_path / "more.csv", [ROWS[0].but(day="01/09/2021")]))
        assert len(case.version("before")["entries"]) == len(ROWS)
        assert [kept.name for kept in case.versions()] == ["before"]
        with pytest.raises(ChronologyError, match="already"):
            case.keep_version("before", *WHO)
        with pytest.raises(UnknownRecordError, match="'before'"):
            case.version("after")


def test_a_backup_is_a_whole_case_and_replaces_nothing(tmp_path):
    with a_case(tmp_path) as case:
        case.backup(tmp_path / "copy.chronology")
        with CaseFile.open(tmp_path / "copy.chronology") as copy:
            assert copy.accounts() == case.accounts()
            assert copy.verify() == ()
        assert stat.S_IMODE((tmp_path / "copy.chronology").stat().st_mode) == 0o600
        with pytest.raises(UnwritableOutputError, match="never written over"):
            case.backup(tmp_path / "copy.chronology")


def test_adding_the_folder_the_case_lies_in_takes_no_notice_of_the_case(tmp_path):
    with a_case(tmp_path) as case:
        done = case.add([tmp_path], Wishes(), *WHO)
        assert counts(done) == (0, len(ROWS), 0, 0)
        assert done.refused == ()
