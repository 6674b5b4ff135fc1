"""Probation contacts: whom they are about, what came of them, sensitive notes kept unrepeated."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.importers import Extract, extract
from chronology.importers.defined.base import NO_DATE
from chronology.importers.defined.probation_contacts import AHEAD, ProbationContacts
from chronology.reading import read
from chronology.reading.grid import Document


def imported(data: object) -> Extract:
    parsed = json.loads(json.dumps(data), parse_int=str, parse_float=str)
    return extract(Document("one.json", "json", "cd" * 32, (), (), data=parsed))


def a_contact(**said: Any) -> dict[str, Any]:
    return {
        "contactId": 1,
        "contactStart": "2021-05-25T10:00:00+01:00",
        "contactEnd": "2021-05-25T11:00:00+01:00",
        "type": {"code": "COAP", "description": "Planned Office Visit (NS)", "appointment": True},
        "notes": "Came late",
        "provider": {"code": "N07", "description": "NPS North"},
        "team": {"code": "T", "description": "OMU A"},
        "staff": {"code": "S", "forenames": "Jo", "surname": "Officer"},
        "sensitive": False,
        **said,
    }


def test_the_start_is_when_in_uk_time_and_the_end_beside_it() -> None:
    told = imported([a_contact(contactStart="2021-05-25T22:30:00Z")]).accounts[0]
    assert told.occurred.start == date(2021, 5, 25)
    assert f"{told.occurred.clock:%H:%M}" == "23:30"
    assert ("Ended", "2021-05-25T11:00:00+01:00") in told.other
    assert told.professional == "Jo Officer"


def test_sensitive_notes_are_kept_and_not_repeated() -> None:
    told = imported([a_contact(sensitive=True, notes="Secret words")]).accounts[0]
    assert "Secret" not in f"{told.narrative}{told.other}{told.outcome}"
    assert told.withheld == ("notes",)
    assert dict(told.raw)["notes"] == "Secret words"
    assert "content-withheld" in [flag.code for flag in told.flags]


def test_sensitive_notes_without_a_date_are_not_repeated_either() -> None:
    found = imported([a_contact(sensitive=True, notes="Secret words", contactStart=None)])
    assert "Secret" not in str(found.left_out)


@pytest.mark.parametrize(
    ("attended", "event_type"), [(True, "CONTACT.APPOINTMENT"), (False, "CONTACT.MISSED")]
)
def test_whether_the_person_came(attended: bool, event_type: str) -> None:
    outcome = {"code": "X", "description": "Outcome", "attended": attended}
    told = imported([a_contact(outcome=outcome)]).accounts[0]
    assert told.event_type == event_type
    assert told.outcome.startswith("Outcome [X]; Attended: ")


@pytest.mark.parametrize(
    ("around", "name", "number"),
    [
        pytest.param({"crn": "X320741"}, "Person with CRN X320741", "X320741", id="crn"),
        pytest.param({"otherIds": {"crn": "X1"}}, "Person with CRN X1", "X1", id="other ids"),
        pytest.param(
            {"crn": "X1", "firstName": "Sam", "surname": "Example"}, "Sam Example", "X1", id="name"
        ),
        pytest.param(
            {"nomsNumber": "A1BC"}, "Person with NOMS number A1BC", "A1BC", id="noms alone"
        ),
    ],
)
def test_whom_it_is_about_stands_around_the_contact(around, name, number) -> None:
    told = imported({**around, "content": [a_contact()]}).accounts[0]
    assert told.subjects[0].name == name
    assert told.subjects[0].identifiers[0].text == number


def test_nobody_named_is_said() -> None:
    assert "subject-missing" in [f.code for f in imported([a_contact()]).accounts[0].flags]


def test_an_office_is_named_without_its_address() -> None:
    office = {"code": "A", "description": "Office", "streetName": "High St", "postcode": "ZZ99 3VZ"}
    told = imported([a_contact(officeLocation=office)]).accounts[0]
    assert told.location == "Office"
    assert "High St" not in f"{told.narrative}{told.other}"
    assert set(told.withheld) == {"officeLocation.streetName", "officeLocation.postcode"}


def test_documents_are_told_on_the_day_they_were_made() -> None:
    document = {
        "id": "d", "documentName": "psr.pdf", "author": "Jo", "extendedDescription": "PSR",
        "type": {"code": "C", "description": "Court report"},
        "createdAt": "2019-01-01T10:00:00", "lastModifiedAt": "2019-02-01T10:00:00",
    }  # fmt: skip
    found = imported({"crn": "X1", "documents": [document], "content": [a_contact()]})
    assert [a.occurred.start for a in found.accounts] == [date(2019, 1, 1), date(2021, 5, 25)]
    inside = imported([a_contact(documents=[document])])
    assert [a.reference for a in inside.accounts] == ["1", "d"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("contactStart", "contactDate", "appointmentStart")),
            st.sampled_from(("2021-05-25T10:00:00+01:00", "2021-05-25", "", None, "soon")),
            st.booleans(),
        )
    )
)
def test_contacts_in_are_accounts_and_contacts_left_out(rows) -> None:
    data = []
    for number, (key, written, sensitive) in enumerate(rows):
        one = a_contact(contactId=number, sensitive=sensitive)
        del one["contactStart"]
        data.append({**one, key: written})
    found = imported([*data, a_contact()])
    assert found.rows_read == len(rows) + 1
    assert len(found.left_out) == sum(written in ("", None, "soon") for _, written, _ in rows)


def test_a_clock_time_beside_a_date_is_told() -> None:
    one = a_contact(contactDate="2021-05-25", contactStartTime="10:30:00")
    del one["contactStart"]
    assert f"{imported([one]).accounts[0].occurred.clock:%H:%M}" == "10:30"


def test_other_lists_of_appointments_are_not_claimed(tmp_path: Path) -> None:
    data = [{"appointmentDate": "2020-01-01", "type": "GP", "staff": "Jo", "notes": "x"}]
    (tmp_path / "x.json").write_text(json.dumps(data))
    assert not ProbationContacts().recognises(read(tmp_path / "x.json"))


def test_sensitive_words_stand_under_no_other_heading_either() -> None:
    one = a_contact(sensitive=True, notes="Secret words", description="Secret title")
    told = imported([one]).accounts[0]
    assert "Secret" not in f"{told.narrative}{told.other}{told.outcome}{told.event_type_written}"
    assert set(told.withheld) == {"notes", "description"}
    plain = imported([a_contact(description="Plain title")]).accounts[0]
    assert ("Description", "Plain title") in plain.other


def test_a_document_of_a_sensitive_contact_is_told_without_its_words() -> None:
    document = {
        "id": "d", "documentName": "secret.pdf", "author": "Jo", "extendedDescription": "Secret",
        "type": {"code": "C", "description": "Court report"}, "createdAt": "2019-01-01T10:00:00",
    }  # fmt: skip
    told = imported([a_contact(sensitive=True, documents=[document])]).accounts[1]
    assert "secret" not in f"{told.narrative}{told.other}".casefold()
    assert set(told.withheld) == {"documentName", "extendedDescription"}


def in_store(**said: Any) -> dict[str, Any]:
    return {
        "id": "fa63", "crn": "D002384", "name": "Letter.DOC", "entityType": "CONTACT",
        "docType": "DOCUMENT", "author": "Officer,Jo", "locked": "false",
        "lastModifiedDate": "2018-01-04T13:20:35Z", "creationDate": "2018-01-03T13:20:35Z", **said,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"numberOfDocuments": "1", "documents": [in_store()]}, id="list"),
        pytest.param({"response": {"jsonBody": in_store()}}, id="one alone"),
    ],
)
def test_documents_of_the_document_store_are_told(data: object) -> None:
    (told,) = imported(data).accounts
    assert told.occurred.start == date(2018, 1, 3)
    assert told.subjects[0].name == "Person with CRN D002384"
    assert "Letter.DOC" in told.narrative
    assert ("Last changed", "2018-01-04T13:20:35Z") in told.other


def test_a_document_of_the_store_without_dates_is_left_out_for_that() -> None:
    found = imported({"documents": [in_store(creationDate="", lastModifiedDate=None)]})
    assert [row.reason for row in found.left_out] == [NO_DATE]


def test_what_a_template_was_filled_with_is_told_without_address_and_birth() -> None:
    filled = {"values": {"reportDate": "08/12/2017", "address": "1 Sandy Row", "dateOfBirth": "X9"}}
    (told,) = imported({"documents": [in_store(userData=json.dumps(filled))]}).accounts
    assert ("Filled in", "Report date: 08/12/2017") in told.other
    assert "Sandy" not in f"{told.narrative}{told.other}"
    assert told.withheld == ("userData",)
    (broken,) = imported({"documents": [in_store(userData='{"values": ')]}).accounts
    assert broken.withheld == ("userData",)


def test_the_day_a_report_was_due_is_told_as_such() -> None:
    document = {
        "id": "d", "documentName": "psr.pdf", "author": "Jo", "createdAt": "2019-01-01T10:00:00",
        "reportDocumentDates": {"requestedDate": "2018-12-01", "requiredDate": "2019-02-01"},
    }  # fmt: skip
    (told,) = imported({"crn": "X1", "documents": [document]}).accounts
    assert ("Requested", "2018-12-01") in told.other
    assert ("Due: Required", "2019-02-01") in told.other


def test_a_contact_ahead_of_its_last_change_is_not_said_to_have_taken_place() -> None:
    later = {"lastUpdatedDateTime": "2021-05-01T10:00:00+01:00"}
    assert AHEAD in imported([a_contact(**later)]).accounts[0].other
    met = imported([a_contact(**later, outcome={"code": "A", "description": "Came"})]).accounts[0]
    assert AHEAD not in met.other
    past = imported([a_contact(lastUpdatedDateTime="2021-05-25T23:00:00+01:00")]).accounts[0]
    assert AHEAD not in past.other


def a_registration(**said: Any) -> dict[str, Any]:
    return {
        "registrationId": 7, "register": {"code": "5", "description": "Public Protection"},
        "type": {"code": "MAPP", "description": "MAPPA"}, "riskColour": "Red",
        "startDate": "2021-02-10", "nextReviewDate": "2021-05-10", "notes": "Noted",
        "registeringOfficer": {"forenames": "Kim", "surname": "Sample"}, "active": True, **said,
    }  # fmt: skip


def test_a_registration_is_told_when_it_began_and_ended_and_its_review_as_due() -> None:
    found = imported({"crn": "X1", "registrations": [a_registration(endDate="2022-02-10")]})
    began, ended = found.accounts
    assert (began.occurred.start, ended.occurred.start) == (date(2021, 2, 10), date(2022, 2, 10))
    assert "Register: Public Protection [5]" in began.narrative
    assert "Notes: Noted" in began.narrative
    assert began.professional == "Kim Sample"
    assert ("Due: Next review", "2021-05-10") in began.other
    assert began.subjects[0].name == "Person with CRN X1"
    assert began.reference != ended.reference


@given(st.lists(st.tuples(*[st.sampled_from(("2021-02-10", "", None, "soon", "9999-12-31"))] * 2)))
def test_every_date_of_a_registration_is_told_or_left_out(dates) -> None:
    data = [a_registration(startDate=start, endDate=end) for start, end in dates]
    found = imported([*data, a_registration()])
    rows = sum(max(1, bool(start) + bool(end)) for start, end in dates)
    assert found.rows_read == rows + 1
    assert len(found.accounts) == 1 + sum(day == "2021-02-10" for two in dates for day in two)


def test_what_a_sensitive_document_was_filled_with_is_not_told() -> None:
    filled = json.dumps({"values": {"plan": "Secret plan"}})
    (told,) = imported({"documents": [in_store(userData=filled, sensitive=True)]}).accounts
    assert "Secret" not in f"{told.narrative}{told.other}"
