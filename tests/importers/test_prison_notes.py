"""Prison case notes: UTC days as days, amendments taken out of the text, sensitive words kept."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.importers import Extract, extract
from chronology.importers.defined.base import NO_DATE
from chronology.importers.defined.prison_notes import Amendment, PrisonNotes, apart
from chronology.reading import read
from chronology.reading.grid import Document
from chronology.when import Precision


def imported(data: object) -> Extract:
    parsed = json.loads(json.dumps(data), parse_int=str, parse_float=str)
    return extract(Document("one.json", "json", "cd" * 32, (), (), data=parsed))


def a_note(**said: Any) -> dict[str, Any]:
    return {
        "noms_id": "A1501AE",
        "id": 152799,
        "content": "Spoke to him",
        "contactTimestamp": "2017-04-10T13:55:00.000Z",
        "raisedTimestamp": "2017-04-10T14:00:00.000Z",
        "noteType": "Observations",
        "staffName": "Brady, Phill",
        "establishmentCode": "BMI",
        **said,
    }


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        ("2017-04-09T23:00:00Z", date(2017, 4, 10), None),
        ("2017-04-09T23:00:00.000Z", date(2017, 4, 10), None),
        ("2017-01-10T00:00:00Z", date(2017, 1, 10), None),
        ("2017-04-10T00:00:00", date(2017, 4, 10), None),
        ("2017-04-10T13:55:00Z", date(2017, 4, 10), "14:55"),
        ("2017-04-10", date(2017, 4, 10), None),
    ],
)
def test_a_utc_midnight_is_a_day_and_not_the_day_before(written, day, clock) -> None:
    when = imported([a_note(contactTimestamp=written)]).accounts[0].occurred
    assert when.start == day
    assert (f"{when.clock:%H:%M}" if when.clock else None) == clock
    assert when.precision is (Precision.MINUTE if clock else Precision.DAY)


def test_amendments_in_the_text_become_records_of_their_own() -> None:
    text = "First ...[A_GEN updated the case notes on 10-04-2017 14:57:26] second\nline"
    found = imported([a_note(content=text)])
    note, amended = found.accounts
    assert note.narrative == "First"
    assert ("Amended 10-04-2017 14:57:26 by A_GEN", "second\nline") in note.other
    assert amended.recorded is not None
    assert amended.recorded.start == date(2017, 4, 10)
    assert amended.narrative.endswith("second\nline")
    assert amended.professional == "A_GEN"
    assert amended.reference != note.reference
    assert dict(note.raw)["content"] == text


def test_amendments_in_a_list_are_told_alike() -> None:
    one = {
        "caseNoteId": "x1", "offenderIdentifier": "A1234AA", "type": "KA", "subType": "KS",
        "typeDescription": "Key Worker", "occurrenceDateTime": "2018-10-29T15:30:00",
        "creationDateTime": "2018-10-29T15:34:59", "authorName": "Jo", "text": "First",
        "amendments": [
            {"creationDateTime": "2018-10-30T09:00:00", "authorName": "Al",
             "additionalNoteText": "Second"},
            {"creationDateTime": None, "authorName": "Al", "additionalNoteText": "Third"},
        ],
    }  # fmt: skip
    found = imported({"content": [one], "totalElements": 1})
    assert [a.narrative for a in found.accounts] == ["First", "Case note x1 amended: Second"]
    assert len(found.left_out) == 1
    assert "Third" in found.left_out[0].cells


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="[]\n", codec="utf-8"), min_size=1, max_size=9)
            .map(str.strip)
            .filter(bool),
            st.datetimes(datetime(2001, 1, 1), datetime(2030, 1, 1)),
            st.text("abc de", max_size=12).map(str.strip),
        ),
        max_size=4,
    )
)
def test_as_many_amendments_come_out_as_were_written_in(written) -> None:
    text = "First"
    for by, at, words in written:
        text += f" ...[{by} updated the case notes on {at:%Y/%m/%d %H:%M:%S}] {words}"
    first, amendments = apart(text)
    assert first == "First"
    assert amendments == tuple(
        Amendment(by, f"{at:%Y/%m/%d %H:%M:%S}", words) for by, at, words in written
    )


def test_sensitive_words_are_kept_and_not_repeated() -> None:
    found = imported([a_note(sensitive=True, content="Secret words")])
    told = found.accounts[0]
    assert "Secret" not in told.narrative
    assert "content" in told.withheld
    assert dict(told.raw)["content"] == "Secret words"
    assert "content-withheld" in [flag.code for flag in told.flags]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param([a_note()], id="list"),
        pytest.param({"events": [a_note()]}, id="events"),
        pytest.param({"response": {"jsonBody": [a_note()]}}, id="deep"),
        pytest.param(a_note(), id="alone"),
        pytest.param(
            {"caseNoteHeader": {"nomisId": "A1501AE", "noteId": 152799},
             "caseNoteBody": {"noteType": "Observations", "content": "Spoke to him",
                              "contactTimeStamp": "2017-04-10T13:55:00.000Z",
                              "systemTimeStamp": "2017-04-10T14:00:00.000Z",
                              "staffName": "Brady, Phill", "establishmentCode": "BMI"}},
            id="header and body",
        ),
        pytest.param({k.replace("noms_id", "nomsId"): v for k, v in a_note().items()}, id="nomsId"),
    ],
)  # fmt: skip
def test_the_same_note_in_any_envelope_is_the_same_record(data: object) -> None:
    found = imported(data)
    assert found.importer == PrisonNotes.name
    (told,) = found.accounts
    assert told.id == imported([a_note()]).accounts[0].id
    assert told.subjects[0].identifiers[0].text == "A1501AE"


@given(st.lists(st.sampled_from(("2017-04-10T13:55:00Z", "", None, "later", "9999-12-31"))))
def test_notes_in_are_accounts_and_notes_left_out(stamps: list[str | None]) -> None:
    data = [a_note(id=n, contactTimestamp=at, raisedTimestamp=None) for n, at in enumerate(stamps)]
    found = imported([*data, a_note(id="last")])
    assert found.rows_read == len(stamps) + 1
    assert len(found.accounts) == 1 + sum(at == "2017-04-10T13:55:00Z" for at in stamps)


def test_what_is_no_note_stands_left_out_or_apart() -> None:
    found = imported({"page": 1, "content": [a_note(), {"hello": "there"}, "stray"]})
    assert [row.cells for row in found.left_out] == [("hello: there",), ("stray",)]
    assert ("", 1, "page: 1") in found.set_apart


def test_other_notes_are_not_claimed(tmp_path: Path) -> None:
    for data in ([{"date": "2020-01-01", "note": "x", "type": "y"}], {"text": "x"}, [], {}):
        (tmp_path / "x.json").write_text(json.dumps(data))
        assert not PrisonNotes().recognises(read(tmp_path / "x.json"))


def test_days_of_a_whole_year_come_out_as_they_are_in_uk_time() -> None:
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(0, 365, 7)]
    summer = (date(2019, 3, 31), date(2019, 10, 27))
    stamps = [
        f"{day - timedelta(days=1)}T23:00:00Z"
        if summer[0] < day <= summer[1]
        else f"{day}T00:00:00Z"
        for day in days
    ]
    data = [a_note(id=n, contactTimestamp=stamp) for n, stamp in enumerate(stamps)]
    assert [account.occurred.start for account in imported(data).accounts] == days


UNDATED = {
    "offenderIdentifier": "A1234AA", "type": "POM", "subType": "GEN", "authorName": "Jo Example",
    "text": "First", "locationId": "LEI", "amendments": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(UNDATED, id="alone"),
        pytest.param([UNDATED], id="list"),
        pytest.param({"content": [UNDATED], "totalElements": 1}, id="page"),
        pytest.param(
            [{k: v for k, v in UNDATED.items() if k not in ("offenderIdentifier", "authorName")}],
            id="nobody named",
        ),
        pytest.param({k: v for k, v in UNDATED.items() if k != "amendments"}, id="no amendments"),
    ],
)
def test_a_note_without_a_date_is_left_out_for_that(data: object) -> None:
    found = imported(data)
    assert found.importer == PrisonNotes.name
    assert [row.reason for row in found.left_out] == [NO_DATE]
    assert "text: First" in found.left_out[0].cells


def test_a_dated_amendment_of_an_undated_note_is_told() -> None:
    later = {
        "creationDateTime": "2018-10-30T09:00:00",
        "authorName": "Al",
        "additionalNoteText": "Z",
    }
    found = imported({**UNDATED, "amendments": [later, {"additionalNoteText": "undated words"}]})
    assert [a.narrative for a in found.accounts] == ["Case note amended: Z"]
    assert [row.reason for row in found.left_out] == [NO_DATE]
    assert "undated words" in str(found.left_out)


def test_notes_with_dates_of_their_own_are_left_to_others(tmp_path: Path) -> None:
    for key in ("date", "Date of contact", "noted_on", "createdTime"):
        (tmp_path / "x.json").write_text(json.dumps([{**UNDATED, key: "2020-01-01"}]))
        assert not PrisonNotes().recognises(read(tmp_path / "x.json"))


def an_alert(**said: Any) -> dict[str, Any]:
    code = {"alertTypeCode": "X", "alertTypeDescription": "Security", "code": "XER",
            "description": "Escape risk"}  # fmt: skip
    return {"alertUuid": "u1", "prisonNumber": "A1234AA", "alertCode": code,
            "description": "Words", "activeFrom": "2025-02-27", "isActive": True,
            "createdAt": "2025-02-28T14:38:30", "createdByDisplayName": "Kim Sample",
            **said}  # fmt: skip


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: [a], lambda a: {"content": [a]}])
def test_an_alert_is_told_from_the_day_it_was_made_active(wrap) -> None:
    (told,) = imported(wrap(an_alert())).accounts
    assert told.occurred.start == date(2025, 2, 27)
    assert told.narrative.splitlines() == [
        "Prison alert made active", "Alert: Security [X]: Escape risk [XER]", "Comment: Words"
    ]  # fmt: skip
    assert told.subjects[0].name == "Person with NOMS number A1234AA"
    assert told.recorded is not None
    assert told.recorded.start == date(2025, 2, 28)


def test_an_alert_that_is_over_is_told_twice_and_an_end_to_come_is_no_event() -> None:
    over = imported([an_alert(activeTo="2025-03-28", isActive=False)])
    assert [a.occurred.start for a in over.accounts] == [date(2025, 2, 27), date(2025, 3, 28)]
    assert len({a.reference for a in over.accounts}) == 2
    active = imported([an_alert(activeTo="2035-03-28")])
    assert len(active.accounts) == 1
    assert ("Due: Ends", "2035-03-28") in active.accounts[0].other


@pytest.mark.parametrize("written", [None, "", "soon", "9999-12-31"])
def test_an_alert_without_a_day_is_left_out_unless_it_says_when_it_was_recorded(written) -> None:
    found = imported([an_alert(activeFrom=written, createdAt=None)])
    assert (len(found.accounts), len(found.left_out)) == (0, 1)
    recorded = imported([an_alert(activeFrom=written)])
    assert len(recorded.accounts) == (0 if written else 1)


def test_a_state_of_alerts_in_a_list_of_prisoners_is_not_claimed(tmp_path: Path) -> None:
    data = [
        {"prisonerNumber": "A1", "alerts": [{"alertType": "X", "alertCode": "XER", "active": 1}]}
    ]
    (tmp_path / "x.json").write_text(json.dumps(data))
    assert not PrisonNotes().recognises(read(tmp_path / "x.json"))
