"""NHS documents: every section told, what happened dated, what is to come left in the text."""

import json

import pytest

from chronology.importers import extract
from chronology.importers.defined.discharge_document import DATED_ROWS
from chronology.reading import read
from chronology.vocabulary import event_types

ABOUT = {"reference": "urn:uuid:kid"}


def entry(uid, kind, **more):
    return {"fullUrl": f"urn:uuid:{uid}", "resource": {"resourceType": kind, "id": uid, **more}}


def section(title, markup):
    return {"title": title, "text": {"status": "additional", "div": f"<div>{markup}</div>"}}


def row(words, written):
    return f"<table><tr><th>{words}</th><td>{written}</td></tr></table>"


def document(*sections, others=()):
    composition = entry(
        "doc",
        "Composition",
        status="final",
        title="Discharge summary",
        date="2015-02-14",
        subject=ABOUT,
        section=list(sections),
    )
    patient = entry("kid", "Patient", name=[{"text": "Jo Marrowby"}])
    return {"resourceType": "Bundle", "type": "document", "entry": [composition, patient, *others]}


@pytest.fixture
def told(tmp_path):
    def teller(data):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(data))
        return extract(read(path))

    return teller


@pytest.mark.parametrize("words", sorted(DATED_ROWS))
@pytest.mark.parametrize(
    "written", ["12-Feb-2015 07:00", "12/02/2015 07:00", "2015-02-12T07:00:00"]
)
def test_every_row_that_dates_what_happened_is_told(told, words, written):
    found = told(document(section("Details", row(words.capitalize(), written))))
    title, event_type = DATED_ROWS[words]
    assert found.importer == "discharge_document"
    assert [str(a.occurred.start) for a in found.accounts] == ["2015-02-14", "2015-02-12"]
    account = found.accounts[1]
    assert (account.event_type_written, account.event_type) == (title, event_type)
    assert event_type in event_types()
    assert str(account.occurred.clock) == "07:00:00"
    assert account.subjects[0].name == "Jo Marrowby"


def test_every_section_stands_in_the_document_word_for_word(told):
    found = told(
        document(
            section("Clinical narrative", "<p>Bruise to <b>left</b> arm.<br/>Fall &lt;1 m.</p>"),
            {"title": "Social context", "section": [section("Household", "With gran")]},
        )
    )
    narrative = found.accounts[0].narrative
    assert "Clinical narrative: Bruise to left arm.\nFall <1 m." in narrative
    assert "Household: With gran" in narrative
    assert str(found.accounts[0].recorded.start) == "2015-02-14"


def test_what_is_to_come_is_no_event(told):
    found = told(document(section("Plan", row("Date of next appointment", "20-Mar-2015"))))
    assert len(found.accounts) == 1
    assert "20-Mar-2015" in found.accounts[0].narrative


def test_the_encounter_of_the_document_is_not_told_twice(told):
    period = {"start": "2015-02-12T07:00:00Z", "end": "2015-02-13T09:00:00Z"}
    stay = entry("enc", "Encounter", period=period, subject=ABOUT, **{"class": {"code": "IMP"}})
    rows = row("Date of admission", "12-Feb-2015") + row("Date of discharge", "13-Feb-2015")
    types = [a.event_type for a in told(document(section("A", rows), others=[stay])).accounts]
    assert types == ["PRACTICE.CHRONOLOGY", "HEALTH.ADMISSION", "HEALTH.DISCHARGE"]


def test_a_date_that_cannot_be_read_is_left_in_the_text(told):
    found = told(document(section("A", row("Date of admission", "not known"))))
    assert len(found.accounts) == 1
    assert "not known" in found.accounts[0].narrative


def test_addresses_are_told_nowhere(told):
    private = section("Patient demographics", row("Address", "1 Invented Row ZZ99 3WZ"))
    found = told(document(private, section("A", row("Date of admission", "12-Feb-2015"))))
    for account in found.accounts:
        shown = [text for name, text in account.raw if name not in account.withheld]
        assert not any("Invented" in text for text in (*shown, account.narrative))


def test_a_document_inside_a_message_is_read(told):
    inner = document(section("A", row("Date of admission", "12-Feb-2015")))
    head = entry("h", "MessageHeader", event={"code": "ITK007C"})
    outer = {"resourceType": "Bundle", "type": "message", "entry": [head, {"resource": inner}]}
    found = told(outer)
    assert found.importer == "discharge_document"
    assert len(found.accounts) == 2


def test_a_composition_without_sections_is_plain_fhir(told):
    data = document()
    del data["entry"][0]["resource"]["section"]
    assert told(data).importer == "fhir"


def test_the_times_of_the_bundles_are_set_apart(told):
    inner = document(section("Details", "Seen"))
    inner["timestamp"] = "2015-02-14T16:00:00Z"
    head = {"resource": {"resourceType": "MessageHeader", "timestamp": "2015-02-14T16:05:00Z"}}
    outer = {"resourceType": "Bundle", "type": "message", "entry": [head, {"resource": inner}]}
    outer["timestamp"] = "2015-02-14T16:10:00Z"
    for data, times in ((inner, ["16:00"]), (outer, ["16:10", "16:00"])):
        found = told(data)
        apart = [text for sheet, _, text in found.set_apart if sheet == "Bundle"]
        assert found.importer == "discharge_document"
        assert [text.split("T")[1][:5] for text in apart] == times
