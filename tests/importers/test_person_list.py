"""Lists of persons: a name for a number, dates of a service told, nothing else taken for one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from chronology.account import Agency, Identifier
from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.importers.defined.person_list import (
    NO_NAME,
    NO_NUMBER,
    PERSON,
    PERSON_DATED,
)
from chronology.importers.given import Given
from chronology.reading import read
from chronology.reading.grid import Document, Grid, Line

SHARED = (
    "Cms Id", "First Name", "Last Name", "Date Of Birth", "Gender", "Address",
    "Service Involvement", "Local Authority Organisation", "Contact Name", "Contact Phone",
    "Date Current As Of", "Coverage Start Date", "Date Of Most Recent Interaction",
    "Start Date Of Last Involvement",
)  # fmt: skip
OAKLEY = (
    "7190247", "Tamsin", "Oakley", "2015-02-01", "Female", "Flat 7\nInvented Mall\nZZ99 3AA",
    "Historic", "Marrowby Council", "Al Chambly", "01632 960320",
    "2024-10-15 00:00:00", "2018-01-01 00:00:00", "2024-07-07",
    "2018-08-23",
)  # fmt: skip
IDS = ("Child Unique ID", "Name", "Date of Birth", "NHS Number", "UPN")


def document(
    *rows: Sequence[str], kind: str = "csv", more: Sequence[Sequence[str]] = ()
) -> Document:
    tables = (rows, more) if more else (rows,)
    grids = tuple(
        Grid(
            "people.csv",
            f"Sheet{n}",
            "0" * 64,
            tuple(Line(i, tuple(r)) for i, r in enumerate(t, 1)),
        )
        for n, t in enumerate(tables, start=1)
    )
    return Document("people.csv", kind, "0" * 64, grids)


def taken(*rows: Sequence[str]) -> Extract:
    return extract(document(*rows))


def changed(heading: str, text: str) -> tuple[str, ...]:
    return tuple(text if one == heading else cell for one, cell in zip(SHARED, OAKLEY, strict=True))


def test_a_row_names_its_person_by_every_number_it_gives() -> None:
    found = taken(IDS, ("0012", "Tamsin Oakley", "01/02/2015", "999 000 0018", "A999000000012"))
    (left,) = found.left_out
    assert (found.importer, found.accounts, left.reason) == ("person_list", (), PERSON)
    assert left.person is not None
    assert (left.person.name, left.person.born) == ("Tamsin Oakley", "01/02/2015")
    assert left.person.identifiers == (
        Identifier("local", "0012"),
        Identifier("nhs", "999 000 0018"),
        Identifier("upn", "A999000000012"),
    )


def test_the_dates_of_a_service_are_told_and_the_person_is_kept() -> None:
    found = taken(SHARED, OAKLEY)
    assert [(one.event_type_written, str(one.occurred.start)) for one in found.accounts] == [
        ("Most recent interaction with the service", "2024-07-07"),
        ("Last involvement of the service started", "2018-08-23"),
    ]
    assert found.accounts[0].organisation == "Marrowby Council"
    assert ("Contact Name", "Al Chambly") in found.accounts[0].other
    assert [left.reason for left in found.left_out] == [PERSON_DATED]


def test_the_date_a_list_was_made_is_no_event_of_the_child() -> None:
    found = taken(SHARED, OAKLEY)
    assert not {"2024-10-15", "2018-01-01"} & {str(one.occurred.start) for one in found.accounts}


def test_addresses_and_telephone_numbers_are_repeated_nowhere() -> None:
    found = taken(SHARED, OAKLEY)
    said = repr([(a.narrative, a.other, a.location) for a in found.accounts])
    said += repr([left.cells for left in found.left_out])
    assert "Invented Mall" not in said
    assert "960320" not in said
    assert all(one.withheld == ("Address", "Contact Phone") for one in found.accounts)
    assert all(flag.code == "content-withheld" for one in found.accounts for flag in one.flags)


@pytest.mark.parametrize(
    ("heading", "agency"),
    [("Local Authority Organisation", Agency.SOCIAL_CARE), ("School Name", Agency.EDUCATION),
     ("Name of housing provider", Agency.OTHER)],
)  # fmt: skip
def test_whose_list_it_is_shows_in_its_headings(heading: str, agency: Agency) -> None:
    headings = tuple(heading if "Organisation" in one else one for one in SHARED)
    assert taken(headings, OAKLEY).agency is agency
    given = extract(document(headings, OAKLEY), given=Given(agency=Agency.HEALTH))
    assert given.agency is Agency.HEALTH


def test_a_death_and_other_dates_of_services_are_told_under_their_headings() -> None:
    headings = ("Last Name", "First Name", "Date of Birth", "NHS No", "CMS No", "Date of death",
                "Service/Event Desc", "Service/Event Start")  # fmt: skip
    row = ("Oakley", "Tam", "1970-01-02", "58", "4", "2020-12-03", "Tenancy", "2019-01-08")
    death, start = taken(headings, row).accounts
    assert death.facts == ("death",)
    assert start.narrative == "Service/Event Start\nService/Event Desc: Tenancy"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(("", "Robin O'Fenn", "", "", ""), NO_NUMBER, id="no number"),
        pytest.param(("0044", "", "", "", ""), NO_NAME, id="no name"),
        pytest.param(("#N/A", "Robin O'Fenn", "", "", ""), NO_NUMBER, id="an error for a number"),
    ],
)
def test_half_a_person_is_left_out_and_names_nobody(row: tuple[str, ...], reason: str) -> None:
    found = taken(IDS, row, *[("0012", "Tamsin Oakley", "", "", "")] * 5)
    assert found.left_out[0].reason == reason
    assert found.left_out[0].person is None


@pytest.mark.parametrize("written", ["1900-01-01", "9999-12-31", "2023-02-31", "not known"])
def test_what_is_no_date_is_left_out_with_what_it_says(written: str) -> None:
    found = taken(SHARED, changed("Date Of Most Recent Interaction", written))
    assert len(found.accounts) == 1
    assert any(written in left.reason for left in found.left_out)
    assert [left.person is not None for left in found.left_out] == [False, True]


def test_every_row_is_told_of_whatever_is_blank() -> None:
    rng = random.Random(3)
    rows = [tuple(rng.choice((cell, cell, cell, "")) for cell in OAKLEY) for _ in range(200)]
    found = taken(SHARED, *rows)
    dates = sum(bool(row[-1]) + bool(row[-2]) for row in rows)
    assert len(found.accounts) == dates
    assert len(found.left_out) == len(rows)
    places = [(one.source.row, one.source.part) for one in (*found.accounts, *found.left_out)]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(
        "Pupil ID;Forename;Surname;DOB\n7;Zo\u00eb;Oakley;01/02/2015\n".encode(encoding)
    )
    (left,) = extract(read(path)).left_out
    assert left.person is not None
    assert (left.person.name, left.person.identifiers[0].text) == ("Zo\u00eb Oakley", "7")


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(("LCS ID", "Child's Name", "D.O.B"), id="LCS"),
        pytest.param(("NHS No.", "Patient Name", "Date of birth", "Postcode"), id="NHS"),
        pytest.param(("UPN", "First name", "Surname", "Year Group", "Sex"), id="school"),
        pytest.param(("Forename", "Surname", "UPN", "Year", "Reg"), id="SIMS"),
        pytest.param(
            ("First name", "Last name", "UPN", "Year group", "Registration form"), id="Arbor"
        ),
        pytest.param(("FirstName", "LastName", "UPN", "YearGroup", "Form"), id="Bromcom"),
        pytest.param(("la_child_id", "Forename", "Surname"), id="no date of birth"),
        pytest.param(("ID", "NAME"), id="two columns"),
    ],
)
def test_the_headings_of_many_systems_are_known(headings: tuple[str, ...]) -> None:
    found = taken(headings, tuple("999" for _ in headings))
    assert found.importer == "person_list"
    assert found.left_out[0].person is not None


EVENTS = ("Date", "Child", "Event", "Details")


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        pytest.param((("Name", "DOB", "Relationship"), ("Tam", "", "Child")), (), id="unnumbered"),
        pytest.param((("ID", "Name", "Date", "Details"), ("1", "T", "1/2/24", "")), (), id="event"),
        pytest.param((("No", "Name", "DOB"), ("1", "Tamsin", "")), (), id="rows that are counted"),
        pytest.param((IDS, ("1", "T", "", "", "")), (EVENTS, ("1/2/24", "T", "Call", "x")),
                     id="another sheet of events"),
        pytest.param((IDS, ("1", "T", "", "", ""), ("Date", "Event", "Details", "", "")), (),
                     id="a table of events below"),
        pytest.param((("Child ID", "Name", "Notes"), ("1", "T", "Seen on 3 May")), (), id="notes"),
    ],
)  # fmt: skip
def test_other_tables_are_not_taken_for_lists_of_persons(
    rows: Sequence[Sequence[str]], more: Sequence[Sequence[str]]
) -> None:
    known = recognised(document(*rows, more=more))
    assert known is None


def test_a_table_in_a_letter_is_not_taken_for_a_list_of_persons() -> None:
    assert recognised(document(IDS, ("1", "T", "", "", ""), kind="docx")) is None


def test_hostile_text_stays_text() -> None:
    found = taken(IDS, ("0012", "=cmd|'/c calc'!A1", "", "", ""))
    assert found.left_out[0].person is not None
    assert found.left_out[0].person.name == "=cmd|'/c calc'!A1"


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(("Forename", "Surname", "UPN", "Year", "Reg"), id="SIMS"),
        pytest.param(
            ("First name", "Last name", "UPN", "Year group", "Registration form"), id="Arbor"
        ),
        pytest.param(("FirstName", "LastName", "UPN", "YearGroup", "Form"), id="Bromcom"),
    ],
)
def test_a_list_of_pupils_is_of_education_and_names_by_upn(headings: tuple[str, ...]) -> None:
    found = taken(headings, ("Isla", "Marrow", "Z999000000011", "5", "5P"))
    assert found.agency is Agency.EDUCATION
    (left,) = found.left_out
    assert left.person is not None
    assert left.person.name == "Isla Marrow"
    assert left.person.identifiers == (Identifier("upn", "Z999000000011"),)
