"""Common Transfer Files: schools, needs, meals and marks told; states and addresses not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronology.account import Agency
from chronology.importers import Extract, extract
from chronology.reading import read
from chronology.vocabulary.codes import code_list

PROVISIONS = [code.code for code in code_list("ctf", "sen-provision").values()]
WHO = "<UPN>Z1</UPN><Surname>Pike</Surname><Forename>Zo\u00eb</Forename><DOB>2014-04-03</DOB>"


def a_file(
    folder: Path, *pupils: str, encoding: str = "UTF-8", root: str = "CTfile", space: str = ""
) -> Path:
    inside = "".join(f"<Pupil>{pupil}</Pupil>" for pupil in pupils)
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><{root}{space}><Header><SourceSchool>'
        f"<SchoolName>Hollin Bank</SchoolName></SourceSchool></Header><CTFpupilData>{inside}"
        f"</CTFpupilData></{root}>"
    )
    path = folder / "transfer.xml"
    path.write_bytes(text.encode("utf-8-sig" if encoding == "UTF-8 " else encoding.strip()))
    return path


def taken(folder: Path, *sections: str) -> Extract:
    found = extract(read(a_file(folder, WHO + "".join(sections))))
    assert found.importer == "ctf"
    return found


def marks(text: str, start: str = "2024-09-02") -> str:
    return (
        "<Attendance><YearData><Year>2025</Year><SessionsPossible>9</SessionsPossible>"
        f"<AttendSessions><AttendanceStartDate>{start}</AttendanceStartDate>"
        f"<AttendanceMarks>{text}</AttendanceMarks></AttendSessions></YearData></Attendance>"
    )


def test_the_schools_a_pupil_went_to_are_told(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<SchoolHistory><School><SchoolName>Old School</SchoolName><EntryDate>2016-09-05"
        "</EntryDate><LeavingDate>2024-07-19</LeavingDate><LeavingReason>moved away"
        "</LeavingReason></School><School><SchoolName>No Dates</SchoolName></School>"
        "</SchoolHistory>",
    )
    joined, left = found.accounts
    assert (joined.facts, left.facts) == (("school-start",), ("school-left",))
    assert left.narrative == "Left a school\nSchool: Old School\nReason for leaving: moved away"
    assert (joined.agency, joined.organisation) == (Agency.EDUCATION, "Old School")
    assert len(found.left_out) == 1


@pytest.mark.parametrize("code", PROVISIONS)
def test_every_provision_is_translated(tmp_path: Path, code: str) -> None:
    found = taken(
        tmp_path,
        f"<SENhistory><SEN><StartDate>2012-01-08</StartDate><SENprovision>{code}</SENprovision>"
        "</SEN></SENhistory>",
    )
    (account,) = found.accounts
    assert account.facts == ("sen-start",)
    assert f"[{code}" in account.narrative
    assert not account.flags


def test_that_a_pupil_is_in_care_is_left_out_and_noted(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<LookedAfter><InCare>true</InCare><CareAuthority>999</CareAuthority></LookedAfter>",
    )
    assert not found.accounts
    assert "state without a date" in found.left_out[0].reason
    assert any("in care" in note for note in found.notes)


def test_the_day_of_a_review_is_a_deadline(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<FSMhistory><FSMreviewDate>2024-12-01</FSMreviewDate><FSMinstance><FSMstartDate>"
        "2020-09-01</FSMstartDate></FSMinstance></FSMhistory>",
    )
    assert [account.facts for account in found.accounts] == [("fsm-start",)]
    assert any("something is due" in r.reason for r in found.left_out)


def test_marks_become_spells_as_in_a_register(tmp_path: Path) -> None:
    found = taken(tmp_path, marks("/\\/\\OOOO/\\####Y1Y1/\\"))
    absent, unable = found.accounts
    assert absent.occurred.start == date(2024, 9, 4)
    assert absent.narrative.startswith("Absent from school: 4 sessions")
    assert unable.narrative.split("\n")[1] == (
        "Code: unable to attend: transport not available [Y1]"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.sampled_from("/\\LKVPWBDMSXCTRIEQGNOUZ#HF"), min_size=1, max_size=90))
def test_every_mark_is_in_a_spell_or_counted(tmp_path: Path, text: str) -> None:
    found = taken(tmp_path, marks(text))
    told = sum(int(dict(account.other)["Sessions"]) for account in found.accounts)
    cells = " ".join(cell for left in found.left_out for cell in left.cells)
    counted = sum(map(int, re.findall(r"Sessions counted: (\d+)", cells)))
    assert told + counted == len(text)
    places = [(r.source.row, r.source.part) for r in (*found.accounts, *found.left_out)]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("start", ["", "2024-02-30", "1900-01-01"])
def test_marks_without_a_real_start_are_left_out(tmp_path: Path, start: str) -> None:
    found = taken(tmp_path, marks("OOOO", start))
    assert not found.accounts
    assert any("AttendSessions/AttendanceMarks: OOOO" in left.cells for left in found.left_out)


def test_who_a_pupil_is_is_not_lost_where_no_event_is_told(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<BasicDetails><Ethnicity>NOBT</Ethnicity></BasicDetails><LookedAfter><InCare>false"
        "</InCare></LookedAfter>",
    )
    cells = [cell for left in found.left_out for cell in left.cells]
    assert "BasicDetails/Ethnicity: NOBT" in cells
    assert "LookedAfter/InCare: false" in cells


def test_addresses_and_contacts_are_kept_and_not_repeated(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<Address><PostCode>ZZ99 1AA</PostCode></Address><Email>a@example.org</Email><Contacts>"
        "<Contact><Surname>Secret</Surname><Phone>01632 960001</Phone></Contact></Contacts>"
        "<SchoolHistory><School><EntryDate>2016-09-05</EntryDate></School></SchoolHistory>",
    )
    (account,) = found.accounts
    kept = dict(account.raw)
    assert kept["Address/PostCode"] == "ZZ99 1AA"
    assert {"Address/PostCode", "Email", "Contacts/Contact/Surname"} <= set(account.withheld)
    said = " ".join((account.narrative, *(c for left in found.left_out for c in left.cells)))
    assert not any(word in said for word in ("ZZ99", "Secret", "01632", "example.org"))


def test_a_part_that_is_not_known_is_left_out_and_named(tmp_path: Path) -> None:
    found = taken(tmp_path, "<Odd><OddDate>2020-01-01</OddDate></Odd>")
    assert "a part 'Odd'" in found.left_out[0].reason


def test_results_are_left_out(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Subject>ENG</Subject>"
        "<ResultDate>2023-07-01</ResultDate></StageAssessment></KeyStage></StageAssessments>",
    )
    assert not found.accounts
    assert any("result of an assessment" in r.reason for r in found.left_out)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-8 ", "UTF-16", "ISO-8859-1"])
def test_a_file_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    history = "<SchoolHistory><School><EntryDate>2016-09-05</EntryDate></School></SchoolHistory>"
    found = extract(read(a_file(tmp_path, WHO + history, encoding=encoding)))
    assert found.accounts[0].subjects[0].name == "Zo\u00eb Pike"


@pytest.mark.parametrize(("root", "space"), [("CTfile", ' xmlns="urn:x"'), ("ctfile", "")])
def test_any_root_of_it_is_known(tmp_path: Path, root: str, space: str) -> None:
    assert extract(read(a_file(tmp_path, WHO, root=root, space=space))).importer == "ctf"


@pytest.mark.parametrize(
    "who",
    [
        pytest.param("<UPN>Z1</UPN><Surname>Pike</Surname><Forename>Z</Forename>", id="surname"),
        pytest.param(
            "<UPN>Z1</UPN><LegalSurname>Pike</LegalSurname><LegalForename>Z</LegalForename>",
            id="legal surname",
        ),
    ],
)
def test_a_pupil_of_whom_nothing_is_told_still_has_a_name(tmp_path: Path, who: str) -> None:
    (left,) = extract(read(a_file(tmp_path, who))).left_out
    assert left.person is not None
    assert (left.person.name, left.person.identifiers[0].text) == ("Z Pike", "Z1")


def test_a_file_cut_off_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    history = "<SchoolHistory><School><EntryDate>2016-09-05</EntryDate></School></SchoolHistory>"
    path = a_file(tmp_path, WHO + history)
    path.write_bytes(path.read_bytes()[:-20])
    found = extract(read(path))
    assert [account.facts for account in found.accounts] == [("school-start",)]
    assert any("damaged" in note for note in found.notes)


def test_a_day_after_the_file_was_made_is_expected_and_did_not_happen(tmp_path: Path) -> None:
    text = (
        "<CTfile><Header><DateTime>2024-07-01T10:00:00</DateTime></Header><CTFpupilData><Pupil>"
        f"{WHO}<SchoolHistory><School><SchoolName>Old</SchoolName><EntryDate>2016-09-05</EntryDate>"
        "<LeavingDate>2024-07-19</LeavingDate></School></SchoolHistory></Pupil></CTFpupilData>"
        "</CTfile>"
    )
    (tmp_path / "one.xml").write_text(text, encoding="utf-8")
    found = extract(read(tmp_path / "one.xml"))
    assert [account.facts for account in found.accounts] == [("school-start",)]
    assert any(
        row.reason.startswith("LeavingDate: 2024-07-19 lies after") for row in found.left_out
    )


def test_every_part_left_out_names_its_pupil(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "<SEN><SENprovision>K</SENprovision></SEN><LookedAfter><InCare>true</InCare></LookedAfter>",
        "<FSMhistory><FSMreviewDate>2024-12-01</FSMreviewDate></FSMhistory>",
        "<Email>a@example.org</Email>",
        marks("OO", ""),
    )
    assert len(found.left_out) >= 6
    assert all(row.cells[0] == "Pupil: Zo\u00eb Pike" for row in found.left_out)
