"""Links in a case: confirmed, removed, undone, kept through what agencies send again."""

from dataclasses import replace

import pytest
from exports import LATER, ROWS, WHO, Row, a_case, added, by_details, write_csv

from chronology.casefile import CaseFile
from chronology.changes import changes
from chronology.decisions import pair_of
from chronology.errors import ChronologyError
from chronology.render.changes_text import changes_text
from chronology.render.contract import document

INCIDENT = Row("C1", "04/05/2021", "Domestic incident, window smashed, baby upstairs.", "23:10")
NOTICE = Row(
    "C2", "05/05/2021", "Strategy discussion after the incident of 04/05: window smashed, baby.",
    "09:30", kind="Strategy discussion",
)  # fmt: skip
SHARED = "Domestic incident"


@pytest.fixture
def case(tmp_path):
    with a_case(tmp_path, (*ROWS, INCIDENT, NOTICE)) as opened:
        yield opened


def pair(case: CaseFile) -> tuple[str, str]:
    return pair_of(by_details(case, SHARED), by_details(case, "Strategy discussion"))


def links(case: CaseFile) -> dict[tuple[str, str], str]:
    return {pair_of(k.a.id, k.b.id): k.ruled for k in case.chronology().links}


def test_the_program_proposes_the_link_and_nobody_confirmed_it(case):
    assert links(case)[pair(case)] == ""


def test_a_confirmed_link_says_by_whom_and_why_and_undoing_makes_it_a_proposal_again(case):
    made = case.decide("linked", pair(case), "", *WHO, "same crime number")
    said = "Confirmed by A. Worker on 3 May 2026 (same crime number)"
    assert links(case)[pair(case)] == said
    assert "are occurrences of one incident. Reason: same crime number" in case.log()[-1].detail
    case.undo(made.seq, *LATER)
    assert links(case)[pair(case)] == ""
    assert case.verify() == ()


def test_a_removed_link_is_gone_from_every_output_and_both_entries_say_who_removed_it(case):
    made = case.decide("not_linked", pair(case), "", *WHO, "another family")
    told = document(case.chronology())
    assert pair(case) not in links(case)
    assert told["counts"]["links"] == len(told["links"])
    lines = [line for entry in told["entries"] for line in entry["decided"]]
    assert len(lines) == 2
    assert all("as ruled by A. Worker on 3 May 2026: another family" in line for line in lines)
    case.undo(made.seq, *LATER)
    assert pair(case) in links(case)


def test_the_later_of_two_decisions_on_a_link_holds_and_undoing_it_brings_back_the_first(case):
    case.decide("linked", pair(case), "", *WHO, "so")
    removed = case.decide("not_linked", pair(case), "", *LATER, "not so")
    assert (case.rulings().linked, case.rulings().not_linked) == ({}, {pair(case)})
    case.undo(removed.seq, *LATER)
    assert (list(case.rulings().linked), case.rulings().not_linked) == ([pair(case)], frozenset())


def test_the_same_decision_twice_is_one(case):
    first = case.decide("linked", pair(case), "", *WHO, "so")
    assert case.decide("linked", pair(case)[::-1], "", *LATER) == first


def test_a_link_is_between_two_records(case):
    with pytest.raises(ChronologyError, match="about two records"):
        case.decide("linked", pair(case)[:1], "", *WHO)


@pytest.mark.parametrize("kind", ["linked", "not_linked"])
def test_it_holds_when_the_agency_sends_the_file_again_and_words_a_record_otherwise(
    case, kind, tmp_path
):
    case.decide(kind, pair(case), "", *WHO, "so")
    rows = (*ROWS, INCIDENT, NOTICE.but(details=NOTICE.details + " Police invited."))
    added(case, write_csv(tmp_path / "later" / "police_log.csv", rows))
    found = links(case)
    assert (pair(case) in found) == (kind == "linked")
    if kind == "linked":
        assert "since then a record was changed by the agency" in found[pair(case)]


def test_a_link_may_stand_beside_a_ruling_that_the_two_are_different(case):
    case.decide("different", pair(case), "", *WHO, "two occurrences")
    case.decide("linked", pair(case), "", *WHO, "one incident")
    assert links(case)[pair(case)].startswith("Confirmed by")


def test_what_changed_tells_links_that_were_confirmed_and_removed(case):
    case.keep_version("first", *WHO)
    case.decide("linked", pair(case), "", *LATER, "so")
    (confirmed,) = changes(case.version("first"), document(case.chronology())).links
    assert (confirmed.before.confirmed, confirmed.after.confirmed[:12]) == ("", "Confirmed by")
    case.decide("not_linked", pair(case), "", *LATER, "not so")
    found = changes(case.version("first"), document(case.chronology()))
    (removed,) = found.links
    assert removed.after is None
    text = changes_text(found)
    assert "Links that came, went or changed (1)" in text
    assert "Gone: Wednesday 5 May 2021" in text


def test_a_hand_entry_says_who_entered_it_when_and_why(case):
    typed = replace(case.accounts()[0], narrative="Neighbour rang me.", raw=())
    made = case.enter(typed, *WHO, "told on the phone")
    chronology = case.chronology()
    (account,) = [a for a in chronology.accounts if a.id == made.accounts[0]]
    assert account.other[-1] == (
        "Entered by hand",
        "by A. Worker on 3 May 2026: told on the phone",
    )


def test_a_case_knows_the_day_it_was_last_changed_and_looking_at_it_is_no_change(case):
    known = "7 June 2026 (last change of the case)"
    assert case.chronology().about.prepared == known
    case.wrote([("chronology.xlsx", "ab")], "C. Lead", "2026-09-01T08:00:00")
    assert case.chronology().about.prepared == known
