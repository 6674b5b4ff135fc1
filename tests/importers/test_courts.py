"""Case files of the family courts: hearings and orders told, deadlines and placeholders not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.importers import Extract, extract
from chronology.importers.defined.base import A_DEADLINE, A_STATE
from chronology.importers.defined.cafcass import Cafcass
from chronology.importers.defined.court_records import A_PARTY
from chronology.importers.defined.family_court import FamilyCourt
from chronology.reading.grid import Document


def document(data: object) -> Document:
    parsed = json.loads(json.dumps(data), parse_int=str, parse_float=str)
    return Document("one.json", "json", "cd" * 32, (), (), data=parsed)


def imported(data: object) -> Extract:
    return extract(document(data))


def private(**said: Any) -> dict[str, Any]:
    return {
        "id": 1673970714366224,
        "jurisdiction": "PRIVATELAW",
        "case_type_id": "PRLAPPS",
        "created_date": [2023, 1, 17, 15, 51, 54, 358000000],
        "last_modified": [2023, 1, 23, 15, 46, 4, 556000000],
        "case_data": {"dateSubmitted": "2023-01-20", **said},
    }


def public(**said: Any) -> dict[str, Any]:
    data = {"familyManCaseNumber": "X1", "children1": [], "dateSubmitted": "2020-01-01", **said}
    return {"state": "SUBMITTED", "caseData": data}


def value(**said: Any) -> dict[str, Any]:
    return {"id": f"id-{len(said)}", "value": said}


def told(found: Extract, title: str) -> list[date | None]:
    return [a.occurred.start for a in found.accounts if a.event_type_written == title]


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        pytest.param([2023, 7, 17, 15, 51, 54, 358000000], date(2023, 7, 17), "15:51", id="array"),
        pytest.param([2023, 7, 17, 15, 5], date(2023, 7, 17), "15:05", id="shorter array"),
        pytest.param([2023, 7, 17, 0, 0], date(2023, 7, 17), None, id="array at midnight"),
        pytest.param([2023, 7, 17], date(2023, 7, 17), None, id="array of a day"),
        pytest.param("2022-08-22T10:39:43.49", date(2022, 8, 22), "10:39", id="iso"),
        pytest.param("Tue Apr 02 19:11:46 BST 2024", date(2024, 4, 2), "19:11", id="java, summer"),
        pytest.param("Tue Jan 02 19:11:46 GMT 2024", date(2024, 1, 2), "19:11", id="java, winter"),
        pytest.param("1705507914358", date(2024, 1, 17), "16:11", id="milliseconds"),
    ],
)
def test_every_style_of_date_in_one_file(written: object, day: date, clock: str | None) -> None:
    case = private()
    case["created_date"] = written
    found = imported({"total": 1, "cases": [case]})
    (account,) = [a for a in found.accounts if a.event_type_written.startswith("Case opened")]
    assert account.occurred.start == day
    assert (f"{account.occurred.clock:%H:%M}" if account.occurred.clock else None) == clock


@pytest.mark.parametrize("array", [[2023, 13, 45], [99999999999999, 1, 1], [2023], ["x", 1, 2]])
def test_an_array_that_is_no_date_is_left_out_as_written(array: list[object]) -> None:
    case = private()
    case["created_date"] = array
    found = imported([case])
    written = json.dumps(array).replace('"', "")
    assert any(f"'{written}' is not a date" in row.reason for row in found.left_out)


def test_children_are_whom_it_is_about_and_adults_are_named_beside() -> None:
    child = value(firstName="Ada", lastName="Example", dateOfBirth="2019-01-01")
    adult = value(firstName="Jo", lastName="Example", address={"PostCode": "ZZ99 3VZ"})
    found = imported([private(children=[child], applicants=[adult])])
    assert {(m.name, m.born) for a in found.accounts for m in a.subjects} == {
        ("Ada Example", "2019-01-01")
    }
    assert {(m.name, m.role) for a in found.accounts for m in a.people} == {
        ("Jo Example", "applicant")
    }
    assert [row.reason for row in found.left_out] == [A_PARTY, A_PARTY]
    assert "ZZ99" not in str(found.left_out) + str([a.narrative for a in found.accounts])


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("LISTED", "Court hearing listed"),
        ("COMPLETED", "Court hearing"),
        ("CANCELLED", "Court hearing that was cancelled"),
        ("ADJOURNED", "Court hearing that was adjourned"),
    ],
)
def test_hearings_day_by_day_with_what_became_of_them(status: str, title: str) -> None:
    days = [{"hearingStartDateTime": f"2025-07-1{n}T10:00:00"} for n in (8, 9)]
    hearing = {"hearingID": "9", "hmcStatus": status, "hearingDaySchedule": days}
    found = imported([private(hearingData={"caseHearings": [hearing]})])
    assert told(found, title) == [date(2025, 7, 18), date(2025, 7, 19)]


def test_deadlines_are_not_events() -> None:
    directions = [value(directionType="Send", dateToBeCompletedBy="2050-01-01T12:00:00.000")]
    order = {"dateOfIssue": "28 April 2020", "directions": directions}
    found = imported(public(standardDirectionOrder=order, allParties=directions))
    assert [r.reason for r in found.left_out].count(A_DEADLINE) == 2
    assert told(found, "Standard directions order issued") == [date(2020, 4, 28)]
    assert all(a.occurred.start and a.occurred.start.year < 2050 for a in found.accounts)


def test_an_expiry_is_said_as_due_beside_its_order() -> None:
    order = value(type="CARE_ORDER", dateOfIssue="28 April 2020", expiryDate="28 May 2021")
    (account,) = [
        a
        for a in imported(public(orderCollection=[order])).accounts
        if a.event_type == "LEGAL.ORDER"
    ]
    assert ("Due: Expiry date", "28 May 2021") in account.other


@pytest.mark.parametrize("written", ["TO BE FILLED WITH VALID DATA", "${DATE}", "tbc"])
def test_placeholders_are_left_out_as_they_stand(written: str) -> None:
    found = imported(public(dateSubmitted=written))
    assert not found.accounts
    assert any(written in row.reason for row in found.left_out)


def test_the_date_of_a_hearing_beside_directions_is_not_told_twice() -> None:
    hearing = value(type="FINAL", startDate="2050-01-01T15:15:00")
    text = "1 January 2050, 3:15pm"
    found = imported(public(hearingDetails=[hearing], allPartiesHearingDate=text))
    assert told(found, "Court hearing") == [date(2050, 1, 1)]
    alone = imported(public(allPartiesHearingDate=text, courtHearingDate=text))
    assert told(alone, "Court hearing") == [date(2050, 1, 1)]


def test_case_notes_are_told_in_their_own_words() -> None:
    note = value(createdBy="Jo", date="2020-05-05", note="Called <b>LA</b>")
    (account,) = [a for a in imported(public(caseNotes=[note])).accounts if a.professional == "Jo"]
    assert account.narrative == "Called <b>LA</b>"


def test_a_draft_order_is_said_to_be_one() -> None:
    draft = value(status="DRAFT", dateSent="2020-05-01")
    (account,) = [
        a
        for a in imported(public(draftUploadedCMOs=[draft])).accounts
        if a.event_type == "LEGAL.ORDER"
    ]
    assert "record-draft" in [flag.code for flag in account.flags]


def test_a_day_and_a_moment_of_one_submission_are_one_event() -> None:
    found = imported(public(dateAndTimeSubmitted="2020-01-01T09:30:00"))
    assert len(told(found, "Application submitted to the court")) == 1


@pytest.mark.parametrize(
    ("data", "known"),
    [
        pytest.param({"total": 1, "cases": [private()]}, "cafcass", id="cafcass"),
        pytest.param(private(), "cafcass", id="one case"),
        pytest.param(public(), "family_court", id="public law"),
        pytest.param(
            {"case_details": {"case_data": public()["caseData"]}}, "family_court", id="ccd"
        ),
        pytest.param(public()["caseData"], "family_court", id="bare"),
        pytest.param({"cases": [{"id": 1, "note": "x"}]}, "", id="neither"),
        pytest.param({"case_data": {"x": 1}}, "", id="case data of another court"),
    ],
)
def test_each_kind_of_case_is_known_by_what_it_holds(data: object, known: str) -> None:
    given_document = document(data)
    formats = [one.name for one in (Cafcass(), FamilyCourt()) if one.recognises(given_document)]
    assert formats == ([known] if known else [])


_DAY = st.sampled_from(("2020-01-01", "1 May 2020", "", None, "TO BE FILLED", "2020-02-30"))
_KEYS = st.sampled_from(("startDate", "dateIssued", "dateOfIssue", "dateSent", "date", "type"))


@given(
    st.dictionaries(
        st.sampled_from(("hearingDetails", "sealedCMOs", "orderCollection", "caseNotes", "odd")),
        st.lists(st.dictionaries(_KEYS, _DAY, min_size=1), min_size=1, max_size=4),
    )
)
def test_every_object_of_a_case_is_told_or_left_out(lists) -> None:
    wrapped = {key: [{"id": f"{key}{n}", "value": one} for n, one in enumerate(listed)]
               for key, listed in lists.items()}  # fmt: skip
    found = imported(public(**wrapped))
    places = {(a.source.sheet, a.source.row) for a in found.accounts}
    places |= {(r.source.sheet, r.source.row) for r in found.left_out}
    for key, listed in lists.items():
        for number in range(1, len(listed) + 1):
            assert any(sheet.endswith(f"/{key}") and row == number for sheet, row in places)


def test_what_says_nothing_of_a_date_is_left_out_without_addresses() -> None:
    found = imported(public(solicitor={"name": "Smith", "email": "x@example.invalid"}))
    assert "x@example.invalid" not in str(found.left_out)
    assert "Smith" in str(found.left_out)


def test_a_hearing_is_told_as_listed_only_where_the_file_cannot_know_that_it_was_held() -> None:
    day = {"startDate": "2025-07-18T10:00:00", "type": "FINAL"}
    before = imported(
        {**public(hearingDetails=[value(**day)]), "lastModified": "2025-07-17T09:00:00"}
    )
    after = imported(
        {**public(hearingDetails=[value(**day)]), "lastModified": "2025-07-18T11:00:00"}
    )
    unknown = imported(public(hearingDetails=[value(**day)]))
    assert told(before, "Court hearing listed") == [date(2025, 7, 18)]
    assert told(after, "Court hearing") == told(unknown, "Court hearing") == [date(2025, 7, 18)]


@pytest.mark.parametrize(
    ("started", "ended"), [("02-02-2002", "13-02-2006"), ("2/2/2002", "2006-02-13")]
)
def test_earlier_proceedings_are_told_when_they_started_and_ended(started: str, ended: str) -> None:
    about = {"started": started, "ended": ended, "ordersMade": "Supervision order"}
    for data in ({"proceeding": about}, {"previousProceedings": [about]}):
        found = imported(public(**data))
        assert told(found, "Court proceedings started") == [date(2002, 2, 2)]
        assert told(found, "Court proceedings ended") == [date(2006, 2, 13)]


def test_proceedings_that_go_on_are_no_date() -> None:
    found = imported(public(proceeding={"started": "some time ago", "ended": "Ongoing"}))
    assert A_STATE in [row.reason for row in found.left_out]


@pytest.mark.parametrize(
    "data",
    [
        {"others": {"firstOther": {"name": "A"}, "additionalOthers": [value(DOB="2000-02-02")]}},
        {"respondents": {"additional": [value(name="B")], "firstRespondent": {"name": "C"}}},
        {"localAuthorities": [value(name="D", colleagues=[value(fullName="E")])]},
    ],
)
def test_further_parties_are_parties(data: dict[str, Any]) -> None:
    reasons = {row.reason for row in imported(public(**data)).left_out}
    assert reasons == {A_PARTY}


def test_dates_of_a_party_that_tell_of_nothing_known_are_named() -> None:
    child = value(party={"firstName": "Ada", "situationDate": "2018-11-08", "keyDates": "GCSEs"})
    (row,) = imported(public(children1=[child])).left_out
    assert row.reason.startswith(A_PARTY)
    assert "(Situation date)" in row.reason


@pytest.mark.parametrize(
    "key",
    [
        *("socialWorkerTel", "telNo", "telephone", "mobile", "faxNumber", "email", "birthPlace"),
        *("detailsHiddenReason", "contactDetailsHiddenReason", "livingSituation"),
    ],
)
def test_how_to_reach_people_and_why_they_hide_is_not_repeated(key: str) -> None:
    child = value(party={"firstName": "Ada", key: "SECRET"})
    note = value(note="Note", date="2020-01-01", **{key: "SECRET"})
    found = imported(public(children1=[child], caseNotes=[note], **{key: "SECRET"}))
    assert "SECRET" not in str([(r.reason, r.cells) for r in found.left_out])
    for account in found.accounts:
        assert "SECRET" not in f"{account.narrative}{account.other}{account.professional}"
        hidden = {heading for heading, text in account.raw if text == "SECRET"}
        assert hidden <= set(account.withheld)


def test_an_e_mail_address_is_not_repeated_under_whatever_key() -> None:
    message = value(dateSent="1 December 2023 at 2:41pm", latestMessage="Yes", sender="jo@x.test")
    (told_of,) = [
        a for a in imported(public(judicialMessages=[message])).accounts if "Message" in a.narrative
    ]
    assert told_of.professional == ""
    assert told_of.withheld == ("sender",)
    assert "jo@x.test" not in str(told_of.other)


def test_an_e_mail_address_with_a_word_on_whose_it_is_is_not_repeated() -> None:
    order = {"dateOfIssue": "28 April 2020", "uploader": "jo@x.test (judiciary)"}
    found = imported(public(standardDirectionOrder=order))
    assert "jo@x.test" not in str([a.other for a in found.accounts])


def test_further_proceedings_and_amended_orders_are_told() -> None:
    about = {"started": "2023-01-01", "additionalProceedings": [value(started="2024-01-01")]}
    order = value(dateTimeIssued="2021-07-09T10:13:20.725018", amendedDate="2021-07-10")
    found = imported(public(proceeding=about, orderCollection=[order]))
    assert told(found, "Court proceedings started") == [date(2023, 1, 1), date(2024, 1, 1)]
    assert told(found, "Order amended") == [date(2021, 7, 10)]


def test_a_hotel_is_no_telephone() -> None:
    (note,) = [
        a
        for a in imported(
            public(caseNotes=[value(note="N", date="2020-01-01", hotel="Grand")])
        ).accounts
        if a.event_type_written == "Case note"
    ]
    assert ("Hotel", "Grand") in note.other


def test_a_hearing_adjourned_among_the_cancelled_is_told_as_adjourned() -> None:
    one = value(startDate="2012-11-03T13:34:00", status="ADJOURNED_TO_BE_RE_LISTED")
    found = imported(public(cancelledHearingDetails=[one]))
    assert told(found, "Court hearing that was adjourned") == [date(2012, 11, 3)]


def test_an_order_dated_twice_on_one_day_is_one_event() -> None:
    order = value(type="C21", date="2:33pm, 26 May 2020", dateOfIssue="26 May 2020")
    found = imported(public(orderCollection=[order]))
    (one,) = [a for a in found.accounts if a.event_type == "LEGAL.ORDER"]
    assert ("Date", "2:33pm, 26 May 2020") in one.other


def test_a_change_of_solicitor_is_an_event_though_it_names_persons() -> None:
    change = value(date="2024-05-03", added={"firstName": "Kim", "lastName": "Sample"}, by="HMCTS")
    found = imported(public(changeOfRepresentatives=[change]))
    assert told(found, "Change of legal representative") == [date(2024, 5, 3)]


@pytest.mark.parametrize(
    ("kind", "known"), [("PRIVATELAW", Cafcass.name), ("PUBLICLAW", FamilyCourt.name)]
)
def test_a_case_without_its_data_is_known_by_its_head(kind: str, known: str) -> None:
    head = {"id": 1, "jurisdiction": kind, "state": "CASE_ISSUE", "case_type_id": "X"}
    found = imported({"cases": [{**head, "created_date": "2022-05-19T09:01:31.576"}]})
    assert found.importer == known
    assert told(found, "Case opened on the court's system") == [date(2022, 5, 19)]


def test_the_end_of_a_hearing_given_in_numbers_is_shown_as_a_date() -> None:
    day = {"hearingStartDateTime": [2023, 5, 9, 9, 0], "hearingEndDateTime": [2023, 5, 9, 9, 45]}
    found = imported([private(hearingData={"caseHearings": [{"hearingDaySchedule": [day]}]})])
    (hearing,) = [a for a in found.accounts if a.event_type_written.startswith("Court hearing")]
    assert ("Hearing end date time", "09/05/2023 09:45") in hearing.other


@pytest.mark.parametrize(("service", "known"), [("ABA5", Cafcass.name), ("ABA3", FamilyCourt.name)])
def test_a_list_of_hearings_alone_is_known_by_its_service(service: str, known: str) -> None:
    day = {"hearingStartDateTime": "2025-07-18T14:23:45.123", "hearingVenueName": "COURT"}
    hearing = {"hearingID": "9", "hearingTypeValue": "First", "hearingDaySchedule": [day]}
    found = imported({"hmctsServiceCode": service, "caseRef": "77", "caseHearings": [hearing]})
    assert found.importer == known
    (one,) = found.accounts
    assert (one.event_type_written, one.occurred.start) == ("Court hearing", date(2025, 7, 18))
    assert one.reference.startswith("77 > 9")
