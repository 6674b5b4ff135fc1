"""A file that could not be read and is not needed: dismissed, named still, and taken back."""

from pathlib import Path

import pytest
from exports import LATER, ROWS, WHO, a_case, added, write_xlsx

from chronology.case import Refused
from chronology.casefile import CaseFile
from chronology.errors import ChronologyError, UnknownRecordError
from chronology.render.contract import document
from chronology.render.html import page
from chronology.render.view import view

BAD = b"no workbook"


def a_bad_file(folder: Path, data: bytes = BAD) -> Path:
    path = folder / "photo.xlsx"
    path.write_bytes(data)
    return path


@pytest.fixture
def case(tmp_path):
    with a_case(tmp_path) as opened:
        added(opened, a_bad_file(tmp_path))
        yield opened


def unread(case: CaseFile) -> Refused:
    (file,) = case.contents().refused
    return file


def test_a_file_dismissed_stays_named_with_who_when_and_why(case):
    assert unread(case).dismissed == ""
    case.dismiss("photo.xlsx", *WHO, "a picture of the house")
    said = "Dismissed by A. Worker on 3 May 2026: a picture of the house"
    assert unread(case).dismissed == said
    (source,) = [s for s in document(case.chronology())["sources"] if s["refused"]]
    assert source["file"] == "photo.xlsx"
    assert source["refused"].endswith(f"{said}.")
    told = case.log()[-1].detail
    assert told.startswith("File dismissed: photo.xlsx (sha256 ")
    assert told.endswith("Reason: a picture of the house")
    assert case.verify() == ()


def test_a_dismissal_can_be_undone(case):
    made = case.dismiss("photo.xlsx", *WHO, "not needed")
    assert case.dismiss("photo.xlsx", *LATER, "again") == made
    case.undo(made.seq, *LATER, "needed after all")
    assert unread(case).dismissed == ""
    assert case.verify() == ()


def test_the_same_file_again_stays_dismissed_and_another_of_its_name_does_not(case, tmp_path):
    case.dismiss("photo.xlsx", *WHO, "not needed")
    added(case, a_bad_file(tmp_path))
    assert unread(case).dismissed
    added(case, a_bad_file(tmp_path, b"another that cannot be read"))
    assert unread(case).dismissed == ""


def test_a_dismissed_file_that_comes_whole_is_read_like_any_other(case, tmp_path):
    case.dismiss("photo.xlsx", *WHO, "not needed")
    added(case, write_xlsx(tmp_path / "photo.xlsx", [ROWS[0].but(details="At school all day.")]))
    assert case.contents().refused == ()
    assert len(case.accounts()) == len(ROWS) + 1


@pytest.mark.parametrize("name", ["police_log.csv", "other.xlsx", ""])
def test_only_a_file_that_could_not_be_read_can_be_dismissed(case, name):
    with pytest.raises(UnknownRecordError, match=r"could not be read: 'photo\.xlsx'"):
        case.dismiss(name, *WHO, "not needed")


def test_a_dismissal_is_no_decision_about_records(case):
    ids = [account.id for account in case.accounts()]
    with pytest.raises(ChronologyError, match="dismissed by its name"):
        case.decide("dismissed", ids[:1], "photo.xlsx", *WHO)


def test_what_needs_attention_counts_no_file_that_was_dismissed(case):
    whole = page(view(case.chronology()))
    assert "1 file could not be read" in whole
    case.dismiss("photo.xlsx", *WHO, "not needed")
    timeline = view(case.chronology())
    assert "could not be read</a>" not in page(timeline)
    counts = dict(timeline.counts)
    assert counts["Files that could not be read"] == "0"
    assert counts["Files not read, and dismissed as not needed"] == "1"
    assert "photo.xlsx" in page(timeline), "it stays named among the sources"
