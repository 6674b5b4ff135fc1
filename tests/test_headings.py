"""What headings mean by their words alone, however they are typed."""

import pytest

from chronology.importers import IMPORTERS
from chronology.importers.headings import FIELDS, field_called, label
from chronology.importers.wording import barred, likeness, plain

CASES = [
    ("Date of incident", "occurred"),
    ("DATE_OF_CONTACT", "occurred"),
    ("eventDate", "occurred"),
    ("Date (dd/mm/yyyy)", "occurred"),
    ("Incident Dttm", "occurred"),
    ("Contact start", "occurred"),
    ("Date concern was first raised", "occurred"),
    ("Start Time", "occurred_time"),
    ("Time (24hr)", "occurred_time"),
    ("Date ended", "occurred_end"),
    ("Contact end", "occurred_end"),
    ("Created On", "recorded"),
    ("Date entered onto system", "recorded"),
    ("RECORDED_DTTM", "recorded"),
    ("Date received by us", "known"),
    ("Notified on", "known"),
    ("Date sent to MASH", "shared"),
    ("D.O.B.:", "subject_born"),
    ("Child's\nDate of Birth", "subject_born"),
    ("Name of C/YP", "subject"),
    ("Service User", "subject"),
    ("Pt name", "subject"),
    ("Legal Surname", "subject_surname"),
    ("NHS No.", "subject_id"),
    ("Unique Pupil Number", "subject_id"),
    ("Completed by (print name)", "professional"),
    ("Who made the entry?", "professional"),
    ("Practitioner name & role", "professional"),
    ("Worker job title", "professional_role"),
    ("Contact Type Desc", "event_type"),
    ("Nature of concern", "event_type"),
    ("Desciption of event", "narrative"),
    ("Narrative (please give full details)", "narrative"),
    ("What was reported", "narrative"),
    ("Action taken and by whom", "outcome"),
    ("Outcome: what did you do?", "outcome"),
    ("Agency's response", "response"),
    ("Where did it take place?", "location"),
    ("LOCATION_DESC", "location"),
    ("Who else was there?", "people"),
    ("Others in attendance", "people"),
    ("Log ref", "reference"),
    ("Was child seen? (Y/N)", "child_seen"),
    ("Seen alone?", "child_alone"),
    ("What did the child say?", "child_voice"),
    ("Impact on child", "analysis"),
    ("Author's comments", "analysis"),
    ("Organization", "organisation"),
    ("Contributing agency", "agency"),
]


@pytest.mark.parametrize(("heading", "field"), [pytest.param(*c, id=c[0]) for c in CASES])
def test_a_heading_is_most_like_its_field(heading: str, field: str) -> None:
    scores = likeness(heading)
    assert max(scores, key=lambda name: scores[name]) == field


@pytest.mark.parametrize(
    "heading", ["Review due date", "Ethnicity", "Home telephone", "Target date", "Date of death"]
)
def test_a_heading_over_something_else_is_none_of_the_fields(heading: str) -> None:
    assert barred(heading)
    assert not likeness(heading)


@pytest.mark.parametrize("heading", ["", "   ", "???", "Xyzzy", "Lorem ipsum dolor", "—"])
def test_words_that_mean_nothing_are_like_no_field(heading: str) -> None:
    assert not likeness(heading)


def test_plural_tells_the_others_from_the_one_it_is_about() -> None:
    police = next(importer for importer in IMPORTERS if importer.name == "police")
    assert max(likeness("Nominals", police.headings).items(), key=lambda i: i[1])[0] == "people"
    assert max(likeness("Nominal", police.headings).items(), key=lambda i: i[1])[0] == "subject"


def test_reported_is_when_the_police_knew() -> None:
    police = next(importer for importer in IMPORTERS if importer.name == "police")
    scores = likeness("Reported Date/Time", police.headings)
    assert max(scores, key=lambda name: scores[name]) == "known"


def test_case_plural_and_punctuation_do_not_matter() -> None:
    assert plain("DETAILS OF EVENT:") == plain("details_of_events") == plain("Detail of event")


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_can_be_named_in_plain_words(field: str) -> None:
    assert field_called(label(field).upper()) == field
    assert field_called(field) == field


def test_plain_names_of_fields_are_all_different() -> None:
    names = [plain_name for plain_name, _ in FIELDS.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "field",
    ["occurred", "recorded", "subject", "professional", "event_type", "narrative", "outcome"],
)
def test_the_main_fields_have_at_least_thirty_headings(field: str) -> None:
    assert len(set(FIELDS[field][1])) >= 30


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_an_importer_speaks_only_of_fields_there_are(importer: object) -> None:
    assert {field for field, _ in importer.headings} <= FIELDS.keys()  # type: ignore[attr-defined]
