"""Vaccination files of four layouts: given and not given, deleted, dates in every way written."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from chronology.account import Agency
from chronology.importers import Extract, extract
from chronology.importers.defined.vaccination_layouts import CAREPLUS, MAVIS, NATIONAL, SYSTMONE
from chronology.importers.defined.vaccinations import Vaccinations
from chronology.reading import read
from chronology.vocabulary.codes import code_list
from chronology.withdrawals import with_withdrawals

COLUMNS = tuple(NATIONAL.fields)
ROW = {
    "NHS_NUMBER": "9990000018", "PERSON_FORENAME": "Ada", "PERSON_SURNAME": "Example",
    "PERSON_DOB": "20190131", "PERSON_GENDER_CODE": "2", "PERSON_POSTCODE": "ZZ99 3VZ",
    "DATE_AND_TIME": "20250730T11525000", "UNIQUE_ID": "u1", "UNIQUE_ID_URI": "https://x",
    "ACTION_FLAG": "new", "RECORDED_DATE": "20250731", "VACCINATION_PROCEDURE_CODE": "1303503001",
    "VACCINATION_PROCEDURE_TERM": "RSV vaccine given", "EXPIRY_DATE": "20261231",
    "BATCH_NUMBER": "B1",
}  # fmt: skip


def national(*rows: dict[str, str], mark: str = "|") -> str:
    lines = [mark.join(COLUMNS)]
    lines += [mark.join(f'"{ {**ROW, **row}.get(c, "") }"' for c in COLUMNS) for row in rows]
    return "\r\n".join(lines)


def imported(folder: Path, data: str | bytes) -> Extract:
    path = folder / "x.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return extract(read(path))


def mavis(*rows: str, head: str = "") -> str:
    columns = (
        "ORGANISATION_CODE,SCHOOL_NAME,NHS_NUMBER,PERSON_FORENAME,PERSON_SURNAME,PERSON_DOB,"
        "PERSON_POSTCODE,VACCINATED,DATE_OF_VACCINATION,VACCINE_GIVEN,REASON_NOT_VACCINATED,"
        "DOSE_SEQUENCE,CARE_SETTING\n"
    )
    return columns + head + "\n".join(rows)


def test_the_national_layout_has_its_34_columns() -> None:
    assert len(COLUMNS) == 34


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        ("20250730T11525000", date(2025, 7, 30), "12:52"),
        ("20250730T11525001", date(2025, 7, 30), "11:52"),
        ("20250130T11525000", date(2025, 1, 30), "11:52"),
        ("20250730T23525000", date(2025, 7, 31), "00:52"),
        ("20250730T115250", date(2025, 7, 30), "11:52"),
        ("20250730", date(2025, 7, 30), None),
        ("20230609T00000000", date(2023, 6, 9), None),
    ],
)
def test_dates_and_the_hours_they_lie_from_utc(tmp_path, written, day, clock) -> None:
    (told,) = imported(tmp_path, national({"DATE_AND_TIME": written})).accounts
    assert told.occurred.start == day
    assert (f"{told.occurred.clock:%H:%M}" if told.occurred.clock else None) == clock
    assert told.recorded is not None
    assert told.recorded.start == date(2025, 7, 31)


@pytest.mark.parametrize("written", ["delete", "DELETE", "Delete"])
def test_a_deletion_withdraws_the_record_of_that_number(tmp_path: Path, written: str) -> None:
    found = imported(tmp_path, national({}, {"UNIQUE_ID": "u2"}, {"ACTION_FLAG": written}))
    accounts = with_withdrawals(found.accounts, found.left_out)
    void = [a.reference for a in accounts if "record-nullified" in [f.code for f in a.flags]]
    assert void == ["u1", "u1"]
    assert [row.withdraws for row in found.left_out] == ["Vaccination file|u1"]


def test_an_update_is_said_and_an_unknown_action_flagged(tmp_path: Path) -> None:
    found = imported(tmp_path, national({"ACTION_FLAG": "update"}, {"ACTION_FLAG": "amend"}))
    assert ("Action", "update") in found.accounts[0].other
    assert "code-unknown" in [flag.code for flag in found.accounts[1].flags]


def test_quotation_marks_behind_backslashes(tmp_path: Path) -> None:
    row = {"PERSON_SURNAME": "O\\'Reilly", "VACCINE_PRODUCT_TERM": 'the \\"plus\\" one'}
    (told,) = imported(tmp_path, national(row)).accounts
    assert told.subjects[0].name == "Ada O'Reilly"
    assert 'Vaccine: the "plus" one' in told.narrative
    assert "row-quotes" not in [flag.code for flag in told.flags]


@pytest.mark.parametrize("codec", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("mark", ["|", ","])
def test_names_survive_every_encoding(tmp_path: Path, codec: str, mark: str) -> None:
    text = national(*[{"PERSON_FORENAME": "Zoë"}] * 3, mark=mark)
    found = imported(tmp_path, text.encode(codec))
    assert {a.subjects[0].name for a in found.accounts} == {"Zoë Example"}


def test_a_postcode_is_withheld_and_the_expiry_of_a_batch_no_event(tmp_path: Path) -> None:
    (told,) = imported(tmp_path, national({})).accounts
    assert told.withheld == ("PERSON_POSTCODE",)
    assert "ZZ99" not in f"{told.narrative}{told.other}"
    assert "Batch expires: 20261231" in told.narrative
    assert told.subjects[0].born == "2019-01-31"


def test_a_file_with_fewer_and_other_columns_is_still_known(tmp_path: Path) -> None:
    text = "nhs_number|date_and_time|unique_id|action_flag|extra\n9990000018|20250730|u|new|more\n"
    (told,) = imported(tmp_path, text).accounts
    assert told.other == (("extra", "more"),)
    assert told.subjects[0].identifiers[0].text == "9990000018"


def test_a_truncated_last_row_is_left_out_with_its_reason(tmp_path: Path) -> None:
    text = national({}, {}) + '\r\n"9990000018"|"Ada"|"Exam'
    found = imported(tmp_path, text)
    assert len(found.accounts) == 2
    assert len(found.left_out) == 1


def test_instructions_under_the_headings_are_no_record(tmp_path: Path) -> None:
    head = "Required,Optional,Required,Required,Required,Required: DD/MM/YYYY" + ",Optional" * 7
    row = "R1L,School,9990000018,Ada,Example,2010-05-13,ZZ99,Y,20250514,Gardasil,,1P,1"
    found = imported(tmp_path, "\ufeff" + mavis(row, head=head + "\n"))
    assert len(found.accounts) == 1
    assert not found.left_out
    assert len(found.set_apart) == 2


@pytest.mark.parametrize("written", ["20250514", "2025-05-14", "14/05/2025", "14-05-2025"])
def test_dates_of_one_column_may_be_written_in_several_ways(tmp_path, written) -> None:
    rows = [f"R1L,S,9990000018,Ada,E,2010-05-13,ZZ99,Y,{day},Gardasil,,1P,1"
            for day in (written, "20250613", "13/06/2025")]  # fmt: skip
    found = imported(tmp_path, mavis(*rows))
    assert [a.occurred.start for a in found.accounts] == [
        date(2025, 5, 14), date(2025, 6, 13), date(2025, 6, 13)
    ]  # fmt: skip
    assert not any(a.occurred.flags for a in found.accounts)


@pytest.mark.parametrize(
    ("reason", "event_type"),
    [
        ("refused", "HEALTH.IMMUNISATION"),
        ("unwell", "HEALTH.IMMUNISATION"),
        ("vaccination contraindicated", "HEALTH.IMMUNISATION"),
        ("already had elsewhere", "HEALTH.IMMUNISATION"),
        ("Did Not Attend", "HEALTH.WNB"),
        ("absent from school", "HEALTH.WNB"),
    ],
)
def test_a_vaccination_not_given_says_why(tmp_path: Path, reason: str, event_type: str) -> None:
    row = f"R1L,S,9990000018,Ada,E,2010-05-13,ZZ99,N,20250514,,{reason},,"
    (told,) = imported(tmp_path, mavis(row)).accounts
    assert (told.event_type_written, told.outcome) == ("Vaccination not given", reason)
    assert told.event_type == event_type


def test_every_code_of_every_list_is_told_in_words(tmp_path: Path) -> None:
    doses = list(code_list("vaccinations", "dose").values())
    settings = list(code_list("vaccinations", "care-setting").values())
    rows = [
        f"R1L,S,9990000018,Ada,E,2010-05-13,ZZ99,Y,20250514,Gardasil,,{d.code},{s.code}"
        for d, s in product(doses, settings)
    ]
    found = imported(tmp_path, mavis(*rows))
    for account, (dose, setting) in zip(found.accounts, product(doses, settings), strict=True):
        assert f"{dose.meaning} [{dose.code}]" in account.narrative
        assert f"{setting.meaning} [{setting.code}]" in account.narrative
    sites = list(code_list("vaccinations", "careplus-site").values())
    head = "NHS Number,Surname,Forename,Date Attended,Attended,Reason Not Attended,Vaccine 1,Site 1"
    rows = [f"9990000018,E,Ada,14/05/2025,Y,,Gardasil,{site.code}" for site in sites]
    found = imported(tmp_path, "\n".join((head, *rows)))
    for account, site in zip(found.accounts, sites, strict=True):
        shown = f"site {site.meaning} [{site.code}]"
        assert shown in account.narrative or site.code == "NA"


def test_careplus_says_who_did_not_come(tmp_path: Path) -> None:
    head = (
        "NHS Number,Surname,Forename,Date of Birth,Address Line 1,Person Giving Consent,"
        "Date Attended,Time Attended,Attended,Reason Not Attended\n"
    )
    rows = "9990000018,E,Ada,13/05/2010,1 Road,Jo E,14/05/2025,10:30,N,Ill\n"
    (told,) = imported(tmp_path, head + rows).accounts
    assert (told.event_type, told.outcome) == ("HEALTH.WNB", "Ill")
    assert f"{told.occurred.clock:%H:%M}" == "10:30"
    assert set(told.withheld) == {"Address Line 1", "Person Giving Consent"}


def test_rows_in_are_accounts_and_rows_left_out(tmp_path: Path) -> None:
    dates = ("20250514", "", "soon", "19000101", "20250231", "20250515T10000000")
    actions = ("new", "update", "delete")
    rows = [
        {"UNIQUE_ID": f"{n}", "DATE_AND_TIME": when, "ACTION_FLAG": action}
        for n, (when, action) in enumerate(product(dates, actions))
    ]
    found = imported(tmp_path, national(*rows))
    met = {a.source.row for a in found.accounts} | {r.source.row for r in found.left_out}
    assert met == set(range(2, len(rows) + 2))
    assert len(found.accounts) == 6
    assert sum(bool(r.withdraws) for r in found.left_out) == len(dates)


def test_a_list_for_a_session_names_a_number_and_tells_nothing(tmp_path: Path) -> None:
    text = (
        "CHILD_FIRST_NAME,CHILD_LAST_NAME,CHILD_DATE_OF_BIRTH,CHILD_NHS_NUMBER,CHILD_POSTCODE\n"
        "Ada,Example,2010-01-01,9990000018,ZZ99 3VZ\nBo,Example,2011-01-01,,ZZ99 3VZ\n"
    )
    found = imported(tmp_path, text)
    assert not found.accounts
    assert [row.person.name if row.person else "" for row in found.left_out] == ["Ada Example", ""]
    assert "ZZ99" not in str(found.left_out)


@pytest.mark.parametrize("layout", [NATIONAL, MAVIS, SYSTMONE, CAREPLUS], ids=lambda one: one.name)
def test_each_layout_is_known_by_the_columns_it_needs_alone(tmp_path: Path, layout) -> None:
    columns = (*layout.needed, *layout.one_of[:1])
    (tmp_path / "x.csv").write_text(",".join(columns) + "\n" + ",".join("x" * len(columns)))
    assert Vaccinations().recognises(read(tmp_path / "x.csv"))


@pytest.mark.parametrize(
    "heading",
    [
        "Date,NHS number,Event,Details",
        "NHS number,Surname,Forename,Date,Vaccination",
        "Date attended,Attended,Notes,NHS number",
    ],
)
def test_ordinary_health_tables_are_not_claimed(tmp_path: Path, heading: str) -> None:
    (tmp_path / "x.csv").write_text(heading + "\n" + ",".join("x" * len(heading.split(","))))
    assert not Vaccinations().recognises(read(tmp_path / "x.csv"))


@pytest.mark.parametrize("written", ["Unknown vaccinated status", "maybe", "Already vaccinated"])
def test_an_answer_that_the_format_does_not_have_is_neither_yes_nor_no(
    tmp_path: Path, written: str
) -> None:
    row = f"R1L,S,9990000018,Ada,E,2010-05-13,ZZ99,{written},20250514,Gardasil,,1P,1"
    (told,) = imported(tmp_path, mavis(row)).accounts
    assert told.event_type_written == "Vaccination: whether it was given is not clear"
    assert f"Vaccinated: {written}" in told.narrative
    assert "code-unknown" in [flag.code for flag in told.flags]


@pytest.mark.parametrize(
    ("attended", "vaccine", "title", "is_doubted"),
    [
        ("Y", "", "Attended for vaccination", False),
        ("", "Gardasil", "Attended for vaccination", False),
        ("", "", "Vaccination: whether the child came is not clear", False),
        ("pending", "Gardasil", "Vaccination: whether the child came is not clear", True),
    ],
)
def test_careplus_says_no_more_than_it_knows(
    tmp_path: Path, attended: str, vaccine: str, title: str, is_doubted: bool
) -> None:
    head = "NHS Number,Surname,Forename,Date Attended,Attended,Reason Not Attended,Vaccine 1\n"
    row = f"9990000018,E,Ada,14/05/2025,{attended},,{vaccine}\n"
    (told,) = imported(tmp_path, head + row).accounts
    assert told.event_type_written == title
    assert ("code-unknown" in [flag.code for flag in told.flags]) is is_doubted


def test_systmone_at_school_is_read_and_its_postcode_withheld(tmp_path: Path) -> None:
    text = (
        "Date of birth,NHS number,Vaccination area code,Vaccination batch number,"
        "Vaccination reason,Vaccination type,First name,Postcode,Sex,Surname,Event date,"
        "Event location type,Event time,Team ID,School,School code,Patient Count\n"
        "20100912,9990000018,,B1,Flu_Catchup,Cervarix 1,Ada,ZZ99 3VZ,Female,Example,20240514,"
        "School,10:30,T1,Marrowby School,110158,1\n"
    )
    (told,) = imported(tmp_path, text).accounts
    assert told.agency is Agency.HEALTH
    assert (told.occurred.start, f"{told.occurred.clock:%H:%M}") == (date(2024, 5, 14), "10:30")
    assert (told.subjects[0].name, told.subjects[0].born) == ("Ada Example", "2010-09-12")
    assert "School: Marrowby School [110158]" in told.narrative
    assert told.withheld == ("Postcode",)
    assert "ZZ99" not in f"{told.narrative}{told.other}{told.location}"


@pytest.mark.parametrize(
    ("urn", "name", "shown"),
    [
        ("110158", "Marrowby School", "School: Marrowby School [110158]"),
        ("999999", "", "School: educated at home [999999]"),
        ("888888", "", "School: school not known [888888]"),
        ("110158", "", "School: 110158"),
    ],
)
def test_a_school_is_told_by_its_name_with_the_code_beside_it(
    tmp_path: Path, urn: str, name: str, shown: str
) -> None:
    text = (
        "SCHOOL_URN,SCHOOL_NAME,PERSON_SURNAME,DATE_OF_VACCINATION,PROGRAMME\n"
        f"{urn},{name},Example,20240514,HPV\n"
    )
    (told,) = imported(tmp_path, text).accounts
    assert shown in told.narrative.splitlines()


def test_triage_competence_and_death_are_told_on_their_own_days(tmp_path: Path) -> None:
    text = (
        "PERSON_FORENAME,PERSON_SURNAME,PERSON_DATE_OF_BIRTH,PERSON_DATE_OF_DEATH,NHS_NUMBER,"
        "TRIAGE_STATUS,TRIAGED_BY,TRIAGE_DATE,GILLICK_STATUS,GILLICK_ASSESSMENT_DATE,VACCINATED,"
        "DATE_OF_VACCINATION,PROGRAMME_NAME\n"
        "Ada,Example,20100912,20250101,9990000018,Safe,Nurse Joy,2024-05-03,Competent,soon,Y,"
        "20240514,HPV\n"
    )
    found = imported(tmp_path, text)
    assert [(a.event_type_written, str(a.occurred.start)) for a in found.accounts] == [
        ("Death", "2025-01-01"),
        ("Triage before a vaccination", "2024-05-03"),
        ("Vaccination given", "2024-05-14"),
    ]
    assert found.accounts[0].facts == ("death",)
    assert "Programme: HPV" in found.accounts[2].narrative
    assert {a.subjects[0].born for a in found.accounts} == {"2010-09-12"}
    assert [row.reason.split(":")[0] for row in found.left_out] == ["GILLICK_ASSESSMENT_DATE"]


def test_a_move_to_another_school_is_told_without_the_address(tmp_path: Path) -> None:
    text = (
        "NHS_REF,SURNAME,FORENAME,DOB,ADDRESS1,POSTCODE,NATIONAL_URN_NO,BASE_NAME,STARTDATE\n"
        "9990000018,Example,Ada,20100912,1 Road,ZZ99 3VZ,110158,Marrowby School,20240901\n"
    )
    (told,) = imported(tmp_path, text).accounts
    assert told.facts == ("school-start",)
    assert told.narrative == "Joined a school\nSchool: Marrowby School [110158]"
    assert set(told.withheld) == {"ADDRESS1", "POSTCODE"}
