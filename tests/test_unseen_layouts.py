"""Layouts nobody has seen before: other headings, orders, date styles and places in the file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import docx
import openpyxl
import pytest

from chronology.account import Agency, Said
from chronology.importers import Extract, extract
from chronology.reading import read
from chronology.when import Precision


def fields(found: Extract) -> dict[str, str]:
    return {c.heading: c.field for layout in found.layouts for c in layout.columns}


def dates(found: Extract) -> list[tuple[str, str, Precision]]:
    return [
        (str(a.occurred.start), str(a.occurred.end), a.occurred.precision) for a in found.accounts
    ]


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Extract:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    return extract(read(path))


LONG = "Mother rang to say that Jo had not come home from school."
AMBULANCE = (
    "pcr_no,incident_dttm,call_recvd_dttm,pt_name,pt_dob,chief_complaint,crew_notes,disposition,"
    "attending_crew,scene_address,nhs_no"
).split(",")


def test_an_ambulance_export_in_snake_case(tmp_path: Path) -> None:
    found = write_csv(
        tmp_path / "export_2021.csv",
        [
            AMBULANCE,
            [
                *("P1", "2021-03-04 22:10", "2021-03-04 22:01", "Jo Example", "2015-02-01", "Fall"),
                "Found at foot of stairs, mother says fell from third step. Alert on arrival.",
                *("Conveyed to ED", "J Hill, Paramedic", "4 Mill Lane", "999 000 0018"),
            ],
            [
                *("P2", "2021-03-14 02:40", "2021-03-14 02:31", "Sam Example", "2012-07-09"),
                *("Croup", "Barking cough, settled with steam. Home very cold, no heating on."),
                *("Left at home, GP told", "K Dale, Paramedic", "4 Mill Lane", "999 000 0026"),
            ],
        ],
    )
    assert fields(found) == {
        "pcr_no": "reference",
        "incident_dttm": "occurred",
        "call_recvd_dttm": "known",
        "pt_name": "subject",
        "pt_dob": "subject_born",
        "chief_complaint": "",
        "crew_notes": "narrative",
        "disposition": "outcome",
        "attending_crew": "professional",
        "scene_address": "location",
        "nhs_no": "subject_id",
    }
    first = found.accounts[0]
    assert found.agency is Agency.HEALTH
    assert (first.occurred.start, first.occurred.clock) == (date(2021, 3, 4), time(22, 10))
    assert first.known is not None
    assert first.known.clock == time(22, 1)
    assert first.subjects[0].born == "2015-02-01"
    assert first.subjects[0].identifiers[0].text == "999 000 0018"
    assert first.other == (("chief_complaint", "Fall"),)


def test_a_housing_list_on_the_second_sheet_under_two_heading_rows(tmp_path: Path) -> None:
    path = tmp_path / "Copy of list v3.xlsx"
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Guidance"
    notes.append(["Please fill in the next sheet and send it back by Friday."])
    sheet = book.create_sheet("Log")
    for row in (
        ["Northmoor Homes"],
        ["Run by: T Clerk"],
        [],
        ["Incident", None, "Tenant", "Nature of report", "What was reported", "Action", "Officer"],
        ["Date", "Time", None, None, None, None, None],
        [date(2019, 3, 3), "9.15am", "EXAMPLE, Tia", "Noise", "Shouting heard.", "", "B Crane"],
        ["14/15 March 2019", "", "EXAMPLE, Tia", "Damage", "Door kicked in.", "Mend", "B Crane"],
        ["April 2019", "", "SAMPLE, Kim", "Arrears", "Four weeks behind now.", "Letter", "L Pike"],
        ["Page 1 of 1"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(path)

    found = extract(read(path))

    assert fields(found) == {
        "Incident Date": "occurred",
        "Incident Time": "occurred_time",
        "Tenant": "subject",
        "Nature of report": "event_type",
        "What was reported": "narrative",
        "Action": "outcome",
        "Officer": "professional",
    }
    assert found.agency is Agency.OTHER
    assert found.organisation == "Northmoor Homes"
    assert dates(found) == [
        ("2019-03-03", "2019-03-03", Precision.MINUTE),
        ("2019-03-14", "2019-03-15", Precision.RANGE),
        ("2019-04-01", "2019-04-30", Precision.MONTH),
    ]
    assert [a.source.row for a in found.accounts] == [6, 7, 8]
    assert [row.source.row for row in found.left_out] == [9]
    assert [apart[:2] for apart in found.set_apart] == [
        *(("Guidance", 1), ("Log", 1), ("Log", 2), ("Log", 4), ("Log", 5)),
    ]
    assert any("'Guidance' holds no table of records" in note for note in found.notes)


def test_a_school_chronology_in_word_with_years_over_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "chron.docx"
    made = docx.Document()
    made.add_paragraph("Hillside Primary School")
    made.add_paragraph("Child: Jo Example   DOB: 01/02/2010   Class: 3B")
    headings = ("Date", "Information/Details of concerns or contact", "Print Name and Signature")
    table = made.add_table(rows=0, cols=3)
    for row in (
        headings,
        ("2018", "", ""),
        ("4 Sept", "Came without coat or lunch. Said nobody was up.", "Mrs A Lunn, Class Teacher"),
        ("", "Collected late by uncle.", "Mrs A Lunn, Class Teacher"),
        headings,
        ("2019", "", ""),
        ("7 Jan", "Meeting with mother. Attendance 81%.", "Mr P Oak, DSL"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(str(path))

    found = extract(read(path))

    assert found.agency is Agency.EDUCATION
    assert [c.field for c in found.layouts[0].columns] == ["occurred", "narrative", "professional"]
    assert [str(a.occurred.start) for a in found.accounts] == [
        "2018-09-04",
        "2018-09-04",
        "2019-01-07",
    ]
    assert [a.subjects[0].name for a in found.accounts] == ["Jo Example"] * 3
    assert found.accounts[0].subjects[0].born == "01/02/2010"
    above = [flag.code for flag in found.accounts[1].flags]
    assert "date-as-above" in above
    assert found.accounts[1].occurred.written == ""
    titles = {"Hillside Primary School", "Child: Jo Example   DOB: 01/02/2010   Class: 3B"}
    apart = {text for _, _, text in found.set_apart}
    assert apart == {" | ".join(headings), "2018", "2019", *titles}


def test_headings_nobody_knows_are_read_by_what_the_cells_look_like(tmp_path: Path) -> None:
    workers = ("A Reed, Social Worker", "B Moss, Team Manager")
    rows = [
        [f"{day:02}/09/2018", "09:10", "Jo Example", "01/02/2010", kind, story, workers[day % 2]]
        for day, kind, story in (
            (4, "Home visit", "Door answered by uncle. Jo seen in living room, quiet and tired."),
            (13, "Telephone call", "School rang about a bruise to the cheek, fell off his bike."),
            (14, "Strategy discussion", "Threshold met for single agency enquiry, police to note."),
            (25, "Home visit", "Seen alone in bedroom, no worries voiced. Bedding on beds."),
        )
    ]  # fmt: skip
    found = write_csv(tmp_path / "list.csv", [["D1", "T1", "Zz", "Bn", "Q", "Xx", "W"], *rows])
    assert [c.field for c in found.layouts[0].columns] == [
        *("occurred", "occurred_time", "subject", "subject_born"),
        *("event_type", "narrative", "professional"),
    ]
    assert found.layouts[0].doubts
    assert all(
        "column-uncertain" in {flag.code for flag in account.flags} for account in found.accounts
    )
    assert found.set_apart == (("", 1, "D1 | T1 | Zz | Bn | Q | Xx | W"),)


def test_a_table_without_any_heading_row(tmp_path: Path) -> None:
    found = write_csv(
        tmp_path / "police log.csv",
        [
            ["04/03/2021 22:10", "DOMESTIC", "Male shouting at female, child heard crying there."],
            ["14/03/2021 02:31", "CONCERN", "Male refuses the ambulance crew entry to a flat."],
            ["20/03/2021 19:05", "DOMESTIC", "Female at the counter, ex-partner took her keys."],
        ],
    )  # fmt: skip
    assert [c.heading for c in found.layouts[0].columns] == ["Column A", "Column B", "Column C"]
    assert [c.field for c in found.layouts[0].columns] == ["occurred", "event_type", "narrative"]
    assert [a.source.row for a in found.accounts] == [1, 2, 3]
    assert found.agency is Agency.POLICE


def test_a_probation_list_with_start_and_end(tmp_path: Path) -> None:
    found = write_csv(
        tmp_path / "delius contacts.csv",
        [
            "Offender Name,CRN,Contact Start,Contact End,Contact Type,Notes,Contact Outcome,"
            "Officer,Office Location,Sensitive".split(","),
            ["EXAMPLE, Dean", "X123456", "03/02/2020 10:00", "05/02/2020 16:00", "Office Visit",
             "Says he lives with a new partner who has two children aged 4 and 6.", "Complied",
             "Mills, Kate", "Northmoor PO", "N"],
            ["EXAMPLE, Dean", "X123456", "17/02/2020 10:00", "", "Office Visit",
             "Did not attend, phone off. Letter sent to last known address.", "Absence",
             "Mills, Kate", "Northmoor PO", "N"],
        ],
    )  # fmt: skip
    assert list(fields(found).values()) == [
        *("subject", "subject_id", "occurred", "occurred_end", "event_type", "narrative"),
        *("outcome", "professional", "location", ""),
    ]
    assert [a.subjects[0].name for a in found.accounts] == ["EXAMPLE, Dean"] * 2
    assert dates(found)[0] == ("2020-02-03", "2020-02-05", Precision.RANGE)


def integrated(tmp_path: Path) -> Extract:
    path = tmp_path / "integrated.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Multi-agency chronology for Jo Example (born 01/02/2010)"],
        ["No.", "Date & time", "Agency", "Source of evidence", "Who was seen",
         "What happened / significant event", "Was child seen?", "Seen alone?", "Child's voice",
         "Response", "Outcome", "Author comment"],
        [1, datetime(2018, 9, 4, 9, 10), "Education", "School file p3", "Jo Example",
         "Came without coat or lunch.", "Y", "Yes", '"nobody was up"', "Spoke to mother", "Monitor",
         "Should have been shared"],
        [2, date(2018, 9, 13), "Police", "Log 123", "", "Both adults intoxicated at the address.",
         "N", "", "", "", "NFA", ""],
        [3, "Autumn 2018", "Health", "Child record", "", "Health visitor could not gain access.",
         "", "", "", "", "", "Missed opportunity"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(path)
    return extract(read(path))


def test_the_rows_of_an_integrated_chronology_each_name_their_agency(tmp_path: Path) -> None:
    found = integrated(tmp_path)
    assert [a.agency for a in found.accounts] == [Agency.EDUCATION, Agency.POLICE, Agency.HEALTH]
    assert "agencies" in found.agency_why
    assert found.accounts[0].subjects[0].born == "01/02/2010"


def test_analysis_is_kept_apart_from_the_facts(tmp_path: Path) -> None:
    first = integrated(tmp_path).accounts[0]
    assert first.narrative == "Came without coat or lunch."
    assert first.analysis == "Should have been shared"
    assert first.child_voice == '"nobody was up"'
    assert (first.child_seen, first.child_alone) == (Said.YES, Said.YES)
    assert first.outcome == "Spoke to mother\nMonitor"
    assert first.other == (("Source of evidence", "School file p3"),)


def test_day_month_and_year_in_three_columns(tmp_path: Path) -> None:
    path = tmp_path / "kent.docx"
    made = docx.Document()
    table = made.add_table(rows=0, cols=5)
    for row in (
        ("DD", "MM", "YY", "Event", "Significance"),
        ("4", "9", "18", "Came without coat or lunch and said nobody was up.", "Neglect"),
        ("", "10", "18", "Attendance fell to 70% with no explanation from parents.", ""),
        ("3", "4", "19", "Excluded for two days after throwing a chair in class.", ""),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(str(path))
    found = extract(read(path))
    assert dates(found) == [
        ("2018-09-04", "2018-09-04", Precision.DAY),
        ("2018-10-01", "2018-10-31", Precision.MONTH),
        ("2019-04-03", "2019-04-03", Precision.DAY),
    ]
    assert all("agency-uncertain" in {f.code for f in a.flags} for a in found.accounts)
    assert any("--agency" in note for note in found.notes)


@pytest.mark.parametrize(
    ("heading", "content", "field"),
    [
        pytest.param("Event", "Home visit", "event_type", id="event-short"),
        pytest.param("Event", LONG, "narrative", id="event-long"),
        pytest.param("Source", "A Reed, Social Worker", "professional", id="source-worker"),
        pytest.param("Source", "Northmoor NHS Trust", "organisation", id="source-organisation"),
        pytest.param("Source", "File 3, page 12", "source", id="source-document"),
        pytest.param("Subject", "Jo Example", "subject", id="subject-person"),
        pytest.param("Subject", "Home visit following referral", "title", id="subject-title"),
        pytest.param("Attending", "PC 4455 Hale", "professional", id="attending-officer"),
        pytest.param("Attending", "Jo Example; Kim Example", "people", id="attending-family"),
        pytest.param("Name", "A Reed, Social Worker", "professional", id="name-worker"),
        pytest.param("Name", "Jo Example", "subject", id="name-child"),
    ],
)  # fmt: skip
def test_the_cells_settle_what_a_heading_leaves_open(
    tmp_path: Path, heading: str, content: str, field: str
) -> None:
    story = "" if field == "narrative" else "A longer account of what was said and seen that day."
    rows = [[f"{day}/05/2019", content, story] for day in (3, 14, 21, 28)]
    found = write_csv(tmp_path / "notes.csv", [["Date", heading, "Full account"], *rows])
    assert fields(found)[heading] == field
