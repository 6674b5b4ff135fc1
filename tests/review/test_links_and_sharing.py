"""On the pages: links confirmed and removed, nothing preselected, downloads for sharing."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from chronology.casefile import CaseFile
from chronology.render.linked import PROPOSED
from tests.review.desks import POLICE, an_export

INCIDENT = ("14/05/2013", "22:20", "Jo EXAMPLE", "Domestic incident",
            "Domestic incident, window smashed, baby upstairs.", "", "PC V")  # fmt: skip
NOTICE = ("15/05/2013", "09:00", "Jo EXAMPLE", "Strategy discussion",
          "Strategy discussion after the incident of 14/05: window smashed, baby upstairs.", "",
          "SW A")  # fmt: skip
SMASHED, DISCUSSED, SHOUTING = "Domestic incident, window", "Strategy discussion", "Shouting heard"


@pytest.fixture
def linked(newcomer, tmp_path):
    newcomer.send(an_export(tmp_path / "police_log.csv", (*POLICE, INCIDENT, NOTICE)))
    return newcomer


def the_links(reviewer) -> set[frozenset[str]]:
    return {frozenset({k.a.id, k.b.id}) for k in reviewer.desk.current().chronology.links}


def kinds(reviewer) -> list[str]:
    with CaseFile.open(reviewer.desk.path) as case:
        return [d.kind for d in case.decisions() if d.undone_by is None]


def a_decision(reviewer, kind: str, reason: str = "Read both.") -> str:
    one, other = reviewer.account(SMASHED), reviewer.account(DISCUSSED)
    return reviewer.post(f"/entry/{one}/link", record=[one, other], kind=kind, reason=reason)


def test_a_link_says_that_nobody_confirmed_it_and_why_it_is_proposed(linked):
    for words in (SMASHED, DISCUSSED):
        page = linked.get(f"/entry/{linked.account(words)}")
        assert f"{PROPOSED}." in page
        assert "smashed" in page.split("Linked entries")[1].split("<form")[0]


def test_a_link_is_confirmed_and_the_confirmation_undone(linked):
    page = a_decision(linked, "linked")
    assert "Confirmed by A. Reviewer on 23 November 2026 (Read both.)" in page
    assert "Undo this" in page
    (made,) = [d.seq for d in linked.desk.decisions]
    linked.post("/decisions/undo", seq=made)
    page = linked.get(f"/entry/{linked.account(SMASHED)}")
    assert f"{PROPOSED}." in page


def test_a_removed_link_is_gone_from_both_entries_and_undoing_brings_it_back(linked):
    pair = frozenset({linked.account(SMASHED), linked.account(DISCUSSED)})
    assert pair in the_links(linked)
    page = a_decision(linked, "not_linked")
    assert "The link was removed." in page
    assert pair not in the_links(linked)
    for one in pair:
        page = linked.get(f"/entry/{one}")
        assert PROPOSED not in page
        assert "as ruled by A. Reviewer" in page
    (made,) = [d.seq for d in linked.desk.decisions]
    linked.post("/decisions/undo", seq=made)
    assert pair in the_links(linked)


def test_removing_a_link_puts_no_other_in_its_place(linked):
    before = the_links(linked)
    pair = frozenset({linked.account(SMASHED), linked.account(DISCUSSED)})
    a_decision(linked, "not_linked")
    assert the_links(linked) == before - {pair}


@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [
        pytest.param("linked", "", "Give a reason", id="no reason"),
        pytest.param("same", "so", "confirmed or removed", id="no such choice"),
    ],
)
def test_a_link_decided_by_halves_is_said_beside_its_form(linked, kind, reason, words):
    assert words in a_decision(linked, kind, reason)
    assert kinds(linked) == []


def test_two_entries_that_the_program_did_not_link_can_be_linked(linked):
    one, other = linked.account(SHOUTING), linked.account(SMASHED)
    number = linked.desk.current().place[other] + 1
    assert "no entry of that number" in linked.post(f"/entry/{one}/join", number=99, reason="r")
    assert "Give a reason" in linked.post(f"/entry/{one}/join", number=number, reason="")
    page = linked.post(f"/entry/{one}/join", number=number, reason="One quarrel.")
    assert "Confirmed by A. Reviewer" in page
    assert frozenset({one, other}) in the_links(linked)


def test_where_an_account_goes_must_be_chosen(linked):
    one = linked.account(SHOUTING)
    page = linked.get(f"/entry/{one}")
    (choices,) = re.findall(r'<select id="to-1".*?</select>', page)
    assert choices.split("<option")[1] == ' value="">Choose where it goes</option>'
    assert " selected" not in choices
    page = linked.post(f"/entry/{one}/move", account=one, to="", number="", reason="Mistake.")
    assert "Choose where the account goes" in page
    assert kinds(linked) == []


def test_downloads_say_how_many_marked_entries_stand_in_full(linked):
    assert "stand in full" not in linked.get("/downloads")
    linked.post(f"/entry/{linked.account(SHOUTING)}/restricted", value="", reason="r")
    assert "1 entry is marked restricted or about a third party" in linked.get("/downloads")


def test_a_download_for_sharing_holds_no_word_of_a_marked_entry(linked):
    one = linked.account(SHOUTING)
    linked.post(f"/entry/{one}/restricted", value="Not for Quorn", reason="Quorn asked")
    whole, part = (
        {
            "page": linked.take("page", **more).decode(),
            "excel": "".join(
                book.read(name).decode()
                for book in [zipfile.ZipFile(BytesIO(linked.take("excel", **more)))]
                for name in book.namelist()
            ),
        }
        for more in ({}, {"for_sharing": "1"})
    )
    for kind in whole:
        assert "Larch" in whole[kind]
        assert not re.search("Larch|Shouting|Quorn", part[kind])
        assert "Restricted: words withheld" in part[kind]
    with CaseFile.open(linked.desk.path) as case:
        assert "for sharing.xlsx (sha256 " in case.log()[-1].detail


def test_the_form_says_what_the_mark_restricted_does_and_does_not(linked):
    page = linked.get(f"/entry/{linked.account(SHOUTING)}")
    assert "The mark keeps nobody from reading." in page
    assert "Who may see it" not in page


def test_the_log_leaves_nothing_out(linked):
    long = "Analysis of many words. " * 60 + "The end of it."
    linked.post(f"/entry/{linked.account(SHOUTING)}/analysis", value=long, reason="r")
    assert "The end of it." in linked.get("/log")
