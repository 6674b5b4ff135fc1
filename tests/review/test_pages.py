"""What a reviewer does with a case, page by page, and what the case file holds afterwards."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from chronology.casefile import CaseFile
from tests.review.desks import POLICE, SCHOOL, an_export, hidden

SHOUTING, TOLD, CALLED, RANG = "Shouting heard", "Jo said", "Officers called", "Rang mother"


def the_decisions(reviewer):
    with CaseFile.open(reviewer.desk.path) as case:
        return case.decisions()


def a_ruling(reviewer, kind, one, other, **more):
    return reviewer.post(
        "/questions/answer",
        kind=kind,
        a=reviewer.account(one),
        b=reviewer.account(other),
        next="",
        **more,
    )


# The case


def test_a_new_case_says_what_to_do_first(newcomer):
    page = newcomer.get("/")
    assert "Example family" in page
    assert "OFFICIAL-SENSITIVE" in page
    assert "Add the agencies’ files" in page


def test_the_case_is_told_in_counts(reviewer):
    page = reviewer.get("/")
    told = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert told["Files read"] == "2"
    assert told["Rows read"] == "4"
    assert told["Accounts"] == "4"
    assert "police_log.csv" in page


def test_hostile_text_stays_text(newcomer, tmp_path):
    row = (
        "14/03/2013",
        "",
        "<b>Jo</b>",
        "<i>x",
        "<script>alert(1)</script>\u202e",
        "",
        "'\"><img>",
    )
    newcomer.send(an_export(tmp_path / "police <img src=x>.csv", [row]))
    found = newcomer.desk.contents.accounts[0].id
    pages = ["/", "/files", "/timeline", "/people", f"/entry/{found}", "/log", "/files/1/columns"]
    for page in map(newcomer.get, pages):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page


# Files


def test_each_file_says_what_it_gave(newcomer, tmp_path):
    page = newcomer.send(an_export(tmp_path / "police_log.csv", POLICE))
    assert "2 new, 0 unchanged, 0 changed, 0 withdrawn." in page


def test_the_same_file_again_gives_nothing_new(reviewer, tmp_path):
    page = reviewer.send(tmp_path / "police_log.csv")
    assert "0 new, 2 unchanged" in page
    assert len(reviewer.desk.contents.accounts) == 4


def test_a_file_that_cannot_be_read_is_named_with_the_reason(newcomer, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page = newcomer.send(broken, an_export(tmp_path / "police_log.csv", POLICE))
    assert "Not read" in page
    assert len(newcomer.desk.contents.accounts) == 2


def test_sending_no_file_is_said(newcomer):
    assert "No file was chosen." in newcomer.post("/files", files=[])


def test_a_corrected_column_is_read_again(newcomer, tmp_path):
    newcomer.send(an_export(tmp_path / "police_log.csv", POLICE))
    page = newcomer.get("/files/1/columns")
    headings = re.findall(r'name="h0" value="([^"]*)"', page)
    fields = re.findall(r'<option value="(\w*)" selected>', page.partition('name="f0"')[2])
    assert headings[6] == "Recorded by"
    assert len(fields) == len(headings)
    fields[5] = ""
    page = newcomer.post(
        "/files/1/columns",
        agency="police",
        sheet0="",
        row0=hidden(page, "row0"),
        h0=headings,
        f0=fields,
    )
    assert "police_log.csv was read again with these columns" in page
    told = newcomer.desk.contents.accounts
    assert sorted(a.outcome for a in told) == ["", ""]
    assert ("Outcome", "None") in {pair for a in told for pair in a.other}


def test_a_corrected_agency_is_taken_up_and_nothing_stands_twice(newcomer, tmp_path):
    newcomer.send(an_export(tmp_path / "log.csv", POLICE))
    page = newcomer.get("/files/1/columns")
    headings = re.findall(r'name="h0" value="([^"]*)"', page)
    fields = re.findall(r'<option value="(\w*)" selected>', page.partition('name="f0"')[2])
    newcomer.post("/files/1/columns", agency="police", sheet0="", row0="1", h0=headings, f0=fields)
    told = newcomer.desk.contents.accounts
    assert sorted((a.agency.value, a.narrative[:8]) for a in told) == [
        ("police", "Officers"),
        ("police", "Shouting"),
    ]


def test_a_heading_row_can_be_chosen(newcomer, tmp_path):
    newcomer.send(an_export(tmp_path / "police_log.csv", POLICE))
    page = newcomer.get("/files/1/columns?sheet=&row=2")
    assert 'name="h0" value="Domestic"' in page


def test_columns_of_a_file_that_is_not_here_are_asked_for(newcomer):
    answer = newcomer.client.get("/files/9/columns", base_url=newcomer.guard.address)
    assert answer.status_code == 404
    assert "Hand this file over again" in answer.text


# Questions


def test_a_ruling_whose_evidence_changed_is_asked_first_with_why(reviewer, tmp_path):
    a_ruling(reviewer, "same", SHOUTING, RANG)
    amended = [SCHOOL[0], (*SCHOOL[1][:4], "Rang mother about attendance, twice.", *SCHOOL[1][5:])]
    reviewer.send(an_export(tmp_path / "school_log2.csv", amended))
    page = reviewer.get("/questions")
    assert "Asked again:" in page
    assert page.count("Please confirm: ruled the same by A. Reviewer") == 1
    assert hidden(page, "a") != hidden(page, "b")
    assert {hidden(page, "a"), hidden(page, "b")} == {
        reviewer.account(SHOUTING),
        reviewer.account("twice"),
    }
    a_ruling(reviewer, "same", SHOUTING, "twice")
    assert reviewer.together(reviewer.account(SHOUTING), reviewer.account("twice"))
    assert "Asked again:" not in reviewer.get("/questions")


def test_an_answer_holds_and_is_not_asked_again(reviewer):
    a_ruling(reviewer, "same", SHOUTING, TOLD, reason="One evening.")
    assert reviewer.together(reviewer.account(SHOUTING), reviewer.account(TOLD))
    made = the_decisions(reviewer)[-1]
    assert (made.kind, made.who, made.reason) == ("same", "A. Reviewer", "One evening.")
    a_ruling(reviewer, "different", SHOUTING, RANG)
    assert not reviewer.together(reviewer.account(SHOUTING), reviewer.account(RANG))


def test_an_answer_that_parts_an_entry_says_which_and_why(reviewer, tmp_path):
    met = "Strategy discussion re fractured clavicle, joint s47 agreed"
    rows = {
        "police2.csv": ("14:00", "Strategy discussion", f"{met}. Police led."),
        "hospital.csv": ("14:00", "Multi-agency discussion", f"{met}. Ward told."),
        "council.csv": ("15:00", "Initial child protection conference", "Chaired; plan agreed."),
    }
    for name, (clock, kind, text) in rows.items():
        row = ("04/05/2021", clock, "Jo EXAMPLE", kind, text, "", "X")
        reviewer.send(an_export(tmp_path / name, [row]))
    police, ward = reviewer.account("Police led"), reviewer.account("Ward told")
    assert reviewer.together(police, ward)
    reviewer.get("/questions")
    page = a_ruling(reviewer, "same", "Ward told", "Chaired; plan")
    assert not reviewer.together(police, ward)
    page = page if "no longer stands" in page else reviewer.get("/questions")
    assert "no longer stands in one entry with" in page
    assert "headed as a strategy discussion" in page
    assert "no longer stands in one entry with" not in reviewer.get("/questions")
    assert "Kept apart from" in reviewer.get(f"/entry/{police}")


def test_an_answer_sent_twice_is_one_decision(reviewer):
    a_ruling(reviewer, "same", SHOUTING, TOLD)
    a_ruling(reviewer, "same", SHOUTING, TOLD)
    assert len(the_decisions(reviewer)) == 1


def test_an_answer_against_an_earlier_one_is_said_and_not_kept(reviewer):
    a_ruling(reviewer, "same", SHOUTING, TOLD)
    page = a_ruling(reviewer, "different", SHOUTING, TOLD)
    assert "Undo decision" in page
    assert [d.kind for d in the_decisions(reviewer)] == ["same"]


def test_the_last_answer_can_be_undone(reviewer):
    page = a_ruling(reviewer, "same", SHOUTING, TOLD)
    page = reviewer.post("/questions/undo", seq=hidden(page, "seq"))
    assert "Your last answer was undone." in page
    assert the_decisions(reviewer)[0].undone_by is not None
    page = reviewer.post("/questions/undo", seq=1)
    assert "undone before" in page


def test_no_answer_chosen_changes_nothing(reviewer):
    assert "No answer was chosen." in a_ruling(reviewer, "perhaps", SHOUTING, TOLD)
    assert the_decisions(reviewer) == ()


# Timeline


def test_the_timeline_can_be_filtered(reviewer):
    assert "Rang mother" in reviewer.get("/timeline")
    page = reviewer.get("/timeline?a=police&q=called&from=2013-05-01&to=2013-05-31")
    assert "Officers called" in page
    assert "Rang mother" not in page
    assert "No entry fits" in reviewer.get("/timeline?q=nosuchword")


def test_what_is_asked_stays_in_the_form(reviewer):
    page = reviewer.get("/timeline?q=%22Larch+Court%22&s=s&a=police")
    assert 'value="&#34;Larch Court&#34;"' in page
    assert re.search(r'value="police" checked', page)
    assert '<option value="s" selected>' in page


# An entry


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        pytest.param("date", "15 March 2013", "2013-03-15", id="a whole day"),
        pytest.param("date", "March 2013", "March 2013", id="a month stays a month"),
        pytest.param("date", "14/03/2013", "2013-03-14", id="day first"),
        pytest.param("wording", "Police attend.", "Police attend.", id="a wording"),
        pytest.param("analysis", "First of three.", "First of three.", id="analysis"),
        pytest.param("significant", "", "", id="significance"),
        pytest.param("third_party", "the neighbour", "the neighbour", id="a third party"),
        pytest.param("restricted", "the panel", "the panel", id="restricted"),
    ],
)
def test_a_mark_stands_beside_the_record_and_can_be_undone(reviewer, name, value, kept):
    at = f"/entry/{reviewer.account(SHOUTING)}"
    page = reviewer.post(f"{at}/{name}", value=value, reason="As agreed.")
    (made,) = the_decisions(reviewer)
    assert (made.kind, made.value, made.reason) == (name, kept, "As agreed.")
    assert "Added by people" in page
    assert "Shouting heard at 4 Larch Court." in page
    page = reviewer.post("/decisions/undo", seq=hidden(page, "seq"))
    assert the_decisions(reviewer)[0].undone_by is not None
    assert "Added by people" not in reviewer.get(at)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"value": "soon", "reason": "r"}, "is no date", id="not a date"),
        pytest.param({"value": "", "reason": "r"}, "Nothing was written", id="nothing"),
        pytest.param({"value": "March 2013", "reason": ""}, "Give a reason", id="no reason"),
    ],
)
def test_a_mark_that_says_nothing_is_not_kept(reviewer, fields, words):
    assert words in reviewer.post(f"/entry/{reviewer.account(SHOUTING)}/date", **fields)
    assert the_decisions(reviewer) == ()


def test_an_account_is_taken_out_and_put_back_by_undoing(reviewer):
    one, other = reviewer.account(SHOUTING), reviewer.account(TOLD)
    a_ruling(reviewer, "same", CALLED, TOLD)
    called = reviewer.account(CALLED)
    assert reviewer.together(called, other)
    page = reviewer.post(f"/entry/{called}/move", account=other, to=one, reason="Other day.")
    assert "Undo decision" in page
    number = the_decisions(reviewer)[0].seq
    reviewer.post("/decisions/undo", seq=number)
    reviewer.post(f"/entry/{one}/move", account=one, to=other, reason="One evening.")
    assert reviewer.together(one, other)
    page = reviewer.post(f"/entry/{one}/move", account=other, to="own", reason="Not so.")
    assert "Undo decision" in page


def test_a_merged_account_is_split_out_for_good(reviewer, tmp_path):
    twice = [POLICE[0], POLICE[0]]
    reviewer.send(an_export(tmp_path / "police_log_2.csv", twice))
    found = [a.id for a in reviewer.desk.contents.accounts if SHOUTING in a.narrative]
    assert len(found) == 2
    assert reviewer.together(*found)
    reviewer.post(f"/entry/{found[0]}/move", account=found[1], to="own", reason="Two callers.")
    assert not reviewer.together(*found)
    reviewer.send(an_export(tmp_path / "school_log_2.csv", [SCHOOL[0]]))
    assert not reviewer.together(*found)


def test_an_account_moves_to_the_entry_of_a_number(reviewer):
    one, other = reviewer.account(SHOUTING), reviewer.account(RANG)
    standing = reviewer.desk.current()
    number = standing.place[other] + 1
    reviewer.post(f"/entry/{one}/move", account=one, to="", number=number, reason="r")
    assert reviewer.together(one, other)
    page = reviewer.post(f"/entry/{one}/move", account=one, to="", number=99, reason="r")
    assert "no entry of that number" in page


def test_an_entry_that_is_not_there_is_said(reviewer):
    for path in ("/entry/none", "/entries/0", "/entries/99"):
        answer = reviewer.client.get(path, base_url=reviewer.guard.address)
        assert answer.status_code == 404


# By hand


def test_an_entry_by_hand_appears_with_where_it_comes_from_and_can_be_undone(reviewer):
    page = reviewer.post(
        "/manual",
        date="about May 2013",
        narrative="Grandmother worried.",
        agency="other",
        source="Letter, page 12",
        reason="Not in any file.",
    )
    assert "The entry was added." in page
    entered = reviewer.account("Grandmother")
    assert reviewer.desk.work.wait(30)
    assert "Letter, page 12" in reviewer.get(f"/entry/{entered}")
    reviewer.post("/decisions/undo", seq=the_decisions(reviewer)[-1].seq)
    assert "Grandmother" not in reviewer.get("/timeline")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("narrative", "Say what happened."),
        ("source", "Say where this comes from"),
        ("reason", "Give a reason"),
        ("date", "is no date"),
        ("agency", "Choose the agency"),
    ],
)
def test_an_entry_by_hand_needs_what_makes_it_findable(newcomer, missing, words):
    told = {"date": "3 May 2013", "narrative": "N", "agency": "other", "source": "S", "reason": "R"}
    page = newcomer.post("/manual", **{**told, missing: ""})
    assert words in page
    assert newcomer.desk.contents.accounts == ()


# People


def test_two_names_are_ruled_one_person(newcomer, tmp_path):
    rows = [POLICE[0], (*POLICE[1][:2], "Kim SAMPLE", *POLICE[1][3:])]
    newcomer.send(an_export(tmp_path / "police_log.csv", rows))
    page = newcomer.get("/people")
    names = {
        name.partition(" (")[0]: value
        for value, name in re.findall(r'<option value="(\d+\.\d+)">(.*?)</option>', page)
    }
    page = newcomer.post(
        "/people",
        kind="persons_same",
        a=names["Jo EXAMPLE"],
        b=names["Kim SAMPLE"],
        reason="Alias.",
    )
    (made,) = the_decisions(newcomer)
    assert (made.kind, made.value) == ("persons_same", "Jo EXAMPLE | Kim SAMPLE")
    assert "What people decided about names" in page
    assert newcomer.desk.work.wait(30)
    persons = newcomer.desk.standing.chronology.cast.persons
    assert {"Jo EXAMPLE", "Kim SAMPLE"} in [set(person.names) for person in persons]
    newcomer.post("/people", kind="persons_same", a="", b="")
    newcomer.desk.undo([made.seq])
    assert newcomer.desk.work.wait(30)
    persons = newcomer.desk.standing.chronology.cast.persons
    assert {"Jo EXAMPLE", "Kim SAMPLE"} not in [set(person.names) for person in persons]


@pytest.mark.parametrize("fields", [{"a": "", "b": ""}, {"a": "0.0", "b": "0.0"}, {"a": "9.9"}])
def test_names_that_are_no_pair_are_refused(reviewer, fields):
    page = reviewer.post("/people", kind="persons_same", reason="r", **fields)
    assert "Choose two different names." in page
    assert the_decisions(reviewer) == ()


# Record and downloads


def test_everything_done_stands_in_the_log(reviewer):
    a_ruling(reviewer, "same", SHOUTING, TOLD, reason="One evening.")
    page = reviewer.get("/log?check=1")
    assert "One evening." in page
    assert "The log and the case file are whole." in page
    assert "One evening." in reviewer.get("/decisions")


def test_downloads_hold_every_account_and_decision(reviewer):
    reviewer.post(
        f"/entry/{reviewer.account(SHOUTING)}/analysis", value="First of three.", reason="r"
    )
    book = openpyxl.load_workbook(io.BytesIO(reviewer.take("excel")))
    cells = "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert all(words in cells for words in (SHOUTING, TOLD, CALLED, RANG, "First of three."))
    assert "First of three." in reviewer.take("page").decode()


def test_nothing_of_the_downloads_stays_on_disk(reviewer, tmp_path, monkeypatch):
    here = tmp_path / "temporary"
    here.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(here))
    reviewer.take("excel")
    assert list(here.iterdir()) == []


def test_finishing_says_that_all_is_kept(newcomer):
    assert "Everything is kept in the case file." in newcomer.post("/stop")


def test_what_was_decided_is_there_the_next_time(reviewer):
    a_ruling(reviewer, "same", SHOUTING, TOLD)
    from chronology.review.desk import Desk

    again = Desk(reviewer.desk.path, "B. Colleague", lambda: "2026-11-24T09:00:00")
    again.begin()
    try:
        assert again.work.wait(30)
        place = again.standing.place
        assert place[reviewer.account(SHOUTING)] == place[reviewer.account(TOLD)]
        assert again.questions() == tuple(
            q for q in again.questions() if {q.a.id, q.b.id} != {*place}
        )
    finally:
        again.close()
