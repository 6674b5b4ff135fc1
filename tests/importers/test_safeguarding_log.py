"""Safeguarding logs: an incident is a record, each action is one, linked students are people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

import pytest
from grids import a_document
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account
from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.reading import read

HEADINGS = (
    "Incident ID", "Student", "UPN", "Categories", "Incident", "Incident Date/Time", "Added By",
    "Date Added", "Linked Students", "Action", "Action Date", "Action By",
)  # fmt: skip
INCIDENT = (
    "1001", "Isla Marrow", "Z1", "Cause for concern", "No coat.", "04/03/2024 09:05", "Mrs Lunn",
    "06/03/2024 16:00", "Bo Oakes; PIKE, Zoe", "Spoke to mother", "05/03/2024", "Mr Oak",
)  # fmt: skip
BLANK = ("1001", *[""] * 8)


def taken(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Extract:
    found = extract(a_document(headings, *rows))
    assert found.importer == "safeguarding_log"
    return found


def changed(**cells: str) -> tuple[str, ...]:
    names = {heading.replace(" ", "_").replace("/", "_"): heading for heading in HEADINGS}
    told = {names[name]: text for name, text in cells.items()}
    return tuple(told.get(h, text) for h, text in zip(HEADINGS, INCIDENT, strict=True))


def test_an_incident_and_its_action_are_two_records() -> None:
    incident, action = taken(INCIDENT).accounts
    assert incident.narrative == "No coat."
    assert (incident.occurred.start, incident.occurred.clock) == (date(2024, 3, 4), time(9, 5))
    assert incident.recorded is not None
    assert incident.recorded.start == date(2024, 3, 6)
    assert (incident.reference, incident.professional) == ("1001", "Mrs Lunn")
    assert (incident.event_type_written, incident.event_type) == (
        "Cause for concern",
        "EDU.CONCERN",
    )
    assert (action.narrative, action.occurred.start) == ("Spoke to mother", date(2024, 3, 5))
    assert (action.reference, action.professional) == ("1001 > action 1", "Mr Oak")
    assert ("Follow-up to", "incident 1001 (Cause for concern)") in action.other


def test_linked_students_are_people_and_not_subjects() -> None:
    for account in taken(INCIDENT).accounts:
        assert [one.name for one in account.subjects] == ["Isla Marrow"]
        assert [(m.name, m.role) for m in account.people] == [
            ("Bo Oakes", "linked student"),
            ("PIKE, Zoe", "linked student"),
        ]


def test_an_action_in_a_row_below_belongs_to_the_incident_of_its_id() -> None:
    found = taken(INCIDENT, (*BLANK, "Referred to MASH", "07/03/2024", "Mrs Lunn"))
    assert [a.reference for a in found.accounts] == ["1001", "1001 > action 1", "1001 > action 2"]
    assert found.accounts[2].subjects == found.accounts[0].subjects
    assert found.accounts[2].source.row == 3


def test_a_row_without_an_id_belongs_to_the_incident_above() -> None:
    found = taken(INCIDENT, (*[""] * 9, "Rang home", "07/03/2024", ""))
    assert found.accounts[2].reference == "1001 > action 2"


def test_a_row_that_repeats_its_incident_tells_the_action_alone() -> None:
    again = changed(Action="Second visit", Action_Date="08/03/2024")
    found = taken(INCIDENT, again)
    assert [a.narrative for a in found.accounts] == ["No coat.", "Spoke to mother", "Second visit"]


def test_a_row_that_says_nothing_new_is_left_out() -> None:
    found = taken(INCIDENT, changed(Action="", Action_Date="", Action_By=""))
    assert [r.reason for r in found.left_out] == [
        "It repeats incident 1001 of row 2 and tells of no action."
    ]


def test_an_incident_of_two_students_is_told_of_each() -> None:
    other = changed(Student="Bo Oakes", UPN="Z2", Action="", Action_Date="", Action_By="")
    found = taken(INCIDENT, other)
    incidents = [a for a in found.accounts if a.reference == "1001"]
    assert [a.subjects[0].name for a in incidents] == ["Isla Marrow", "Bo Oakes"]


def test_an_action_without_a_date_is_the_outcome_of_its_incident() -> None:
    (incident,) = taken(changed(Action_Date="")).accounts
    assert incident.outcome == "Spoke to mother"
    assert ("Action By", "Mr Oak") in incident.other


def test_an_undated_action_in_a_row_of_its_own_is_left_out() -> None:
    found = taken(INCIDENT, (*BLANK, "Left a message", "", ""))
    assert [r.source.row for r in found.left_out] == [3]


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        pytest.param({"Incident_Date_Time": ""}, "column-uncertain", id="only when it was added"),
        pytest.param({"Date_Added": "01/03/2024"}, "recorded-before", id="added before"),
    ],
)
def test_doubts_about_the_day_are_flagged(cells: dict[str, str], flag: str) -> None:
    incident = taken(changed(**cells)).accounts[0]
    assert flag in {one.code for one in incident.flags}


def test_a_date_that_is_none_is_left_out_and_the_action_told() -> None:
    found = taken(changed(Incident_Date_Time="31/02/2024"))
    assert [a.narrative for a in found.accounts] == ["Spoke to mother"]
    assert "'31/02/2024' is not a date" in found.left_out[0].reason


KINDS = ("Record type", "Concern ID", "Parent ID", "Pupil", "Date", "Time", "Details", "Status",
         "Restricted", "Review date")  # fmt: skip


def of_kinds(*rows: Sequence[str]) -> tuple[Account, ...]:
    return taken(*rows, headings=KINDS).accounts


CONCERN = ("Concern", "C1", "", "Isla Marrow", "03/03/2025", "09:15", "Bruise", "Open", "No", "")
ACTION = ("Action", "A1", "C1", "", "04/03/2025", "", "Body map done", "", "", "01/04/2025")


def test_rows_that_say_what_they_are() -> None:
    concern, action = of_kinds(CONCERN, ACTION)
    assert concern.occurred.clock == time(9, 15)
    assert (action.reference, action.subjects) == ("C1 > A1", concern.subjects)


def test_a_review_is_told_beside_the_record_and_is_no_event() -> None:
    accounts = of_kinds((*CONCERN[:9], "01/04/2025"), ACTION)
    assert len(accounts) == 2
    assert ("Due", "01/04/2025") in accounts[0].other


@pytest.mark.parametrize(
    ("status", "flag"), [("Deleted", "record-nullified"), ("Draft", "record-draft")]
)
def test_withdrawn_and_unfinished_records_are_flagged(status: str, flag: str) -> None:
    concern = of_kinds((*CONCERN[:7], status, "", ""), ACTION)[0]
    assert flag in {one.code for one in concern.flags}


def test_what_the_school_restricted_is_kept_and_not_repeated() -> None:
    found = of_kinds((*CONCERN[:8], "Yes", ""), ACTION)
    for account, words in zip(found, ("Bruise", "Body map"), strict=True):
        told = repr((account.narrative, account.outcome, account.other, account.child_voice))
        assert words not in told
        assert "content-withheld" in {flag.code for flag in account.flags}
        assert "Details" in account.withheld
        assert any(words in text for _, text in account.raw)


def test_several_actions_of_a_row_are_records_each() -> None:
    headings = (
        *("Incident number", "Date of incident", "Student name", "Incident details"),
        *("Action 1", "Action 1 date", "Action 1 by", "Action 2", "Action 2 date"),
    )
    found = taken(
        (
            "7",
            "03/03/2025",
            "Isla Marrow",
            "Upset",
            "Spoke",
            "03/03/2025",
            "X",
            "Rang",
            "04/03/2025",
        ),
        headings=headings,
    )
    assert [a.reference for a in found.accounts] == ["7", "7 > action 1", "7 > action 2"]


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "3", ""]),
            st.sampled_from(["No coat.", "Late.", ""]),
            st.sampled_from(["04/03/2024", "31/02/2024", ""]),
            st.sampled_from(["Rang home", ""]),
            st.sampled_from(["05/03/2024", "soon", ""]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_row_is_told_or_left_out(rows: list[tuple[str, str, str, str, str]]) -> None:
    cells = [
        (number, "Isla" if text else "", "", "", text, day, "", "", "", action, done, "")
        for number, text, day, action, done in rows
    ]
    found = taken(INCIDENT, *cells)
    blank = {n for n, row in enumerate(cells, start=3) if not any(row)}
    places = [(r.source.row, r.source.part) for r in (*found.accounts, *found.left_out)]
    assert len(set(places)) == len(places)
    assert {row for row, _ in places} >= set(range(2, len(cells) + 3)) - blank
    for n, (_, _, day, action, done) in enumerate(rows, start=3):
        told = [a for a in found.accounts if a.source.row == n]
        if action and done == "05/03/2024":
            assert any(a.narrative == action for a in told), (n, day)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_log_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    rows = (HEADINGS, changed(Student="Zo\u00eb Pike"))
    path.write_bytes("\n".join("\t".join(row) for row in rows).encode(encoding))
    assert extract(read(path)).accounts[0].subjects[0].name == "Zo\u00eb Pike"


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(("Date", "Category", "Incident", "Action Taken", "Added By"), id="no id"),
        pytest.param(("Incident ID", "Date", "Incident", "Action Taken", "Added By"), id="undated"),
        pytest.param(("Concern ID", "Type", "Date", "Details", "Staff"), id="no rows of actions"),
        pytest.param(("Ref", "Date", "Action", "Action date", "Owner"), id="a plan"),
    ],
)
def test_an_ordinary_list_of_concerns_is_not_taken_for_one(headings: Sequence[str]) -> None:
    cells = ("1", "04/03/2024", "x", "05/03/2024", "y")
    known = recognised(a_document(headings, cells))
    assert known is None or known.name != "safeguarding_log"


def test_the_sample_of_the_tolerant_reader_stays_with_it() -> None:
    path = Path(__file__).parent / "education" / "concerns.csv"
    assert recognised(read(path)) is None


def test_hostile_text_stays_text() -> None:
    incident = taken(changed(Incident="=cmd|'/c calc'!A1 <script>")).accounts[0]
    assert incident.narrative == "=cmd|'/c calc'!A1 <script>"
