"""An answer 'same' breaks up nothing that stood together, unless a ruling or a veto does."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chronology.account import Account
from chronology.case import Chronology
from chronology.compare import veto
from chronology.decisions import NO_RULINGS, Decision, Rulings, pair_of
from chronology.marking import partings, with_marks
from chronology.merge import Merged, merge
from chronology.people import resolve
from chronology.sharing import WITHHELD, for_sharing
from chronology.understand import understand
from tests.cases import told
from tests.test_merge_properties import accounts

CALL = "Call from school: bruise to left ear seen this morning by the class teacher."
SCHOOL = told("education", "2021-03-01", "Rang MASH: bruise to left ear, class teacher saw it.",
              kind="Referral to MASH", clock="10:15")  # fmt: skip
LOGGED = told("social_care", "2021-03-01", CALL, kind="Contact record - referral", clock="10:20")
LIST = told("social_care", "2021-03-01", "Contact received from school, bruise to ear.",
            kind="Contact received", clock="16:45", row=9)  # fmt: skip
SAME = frozenset({pair_of(SCHOOL.id, LIST.id)})


def ruled(cases: list[Account], rulings: Rulings = NO_RULINGS) -> Merged:
    return merge(cases, resolve(cases), rulings=rulings)


def together(result: Merged) -> set[tuple[str, str]]:
    return {
        pair_of(a.id, b.id) for entry in result.entries for a, b in combinations(entry.accounts, 2)
    }


def chronology_of(cases: list[Account], result: Merged) -> Chronology:
    return Chronology(result.entries, result.questions, result.links, (), (), (), resolve(cases),
                      parted=result.parted)  # fmt: skip


def test_who_stood_with_one_of_the_two_stays_though_its_organisation_tells_it_twice():
    cases = [SCHOOL, LOGGED, LIST]
    before = together(ruled(cases))
    assert before == {pair_of(SCHOOL.id, LOGGED.id)}
    after = ruled(cases, Rulings(same=SAME))
    assert len(after.entries) == 1
    assert after.parted == ()


def test_who_was_ruled_different_leaves_and_both_entries_say_why():
    cases = [SCHOOL, LOGGED, LIST]
    apart = Rulings(different=frozenset({pair_of(LOGGED.id, LIST.id)}))
    after = ruled(cases, Rulings(same=SAME, different=apart.different))
    assert together(after) == set(SAME)
    (parted,) = after.parted
    assert (parted.left, parted.stays) == (LOGGED.id, SCHOOL.id)
    assert parted.between == (LOGGED.id, LIST.id)
    marked = with_marks(chronology_of(cases, after), ())
    lines = [line for entry in marked.entries for line in entry.decided]
    assert len(lines) == 2
    assert all(line.startswith("Kept apart from ") and "ruled different" in line for line in lines)
    assert all("cannot be one with Social care, 1 March 2021" in line for line in lines)


VETOED = [
    told("police", "2021-05-04", "Strategy discussion re fractured clavicle, joint s47 agreed.",
         kind="Strategy discussion", clock="14:00"),
    told("health", "2021-05-04", "Strategy discussion re fractured clavicle, joint s47 agreed.",
         kind="Multi-agency discussion", clock="14:00"),
    told("social_care", "2021-05-04", "Chaired by the review officer; plan agreed.",
         kind="Initial child protection conference", clock="15:00"),
]  # fmt: skip


def test_a_member_that_can_never_be_one_with_the_newcomer_leaves_with_the_words_of_the_rule():
    police, health, conference = VETOED
    assert pair_of(police.id, health.id) in together(ruled(VETOED))
    same = frozenset({pair_of(health.id, conference.id)})
    after = ruled(VETOED, Rulings(same=same))
    assert together(after) == set(same)
    (parted,) = after.parted
    assert (parted.left, parted.stays) == (police.id, health.id)
    assert parted.why == veto(understand(police), understand(conference))
    (line,) = partings(chronology_of(VETOED, after))
    assert "no longer stands in one entry with" in line
    assert parted.why in line
    (question,) = after.questions
    assert {question.a.id, question.b.id} == {police.id, health.id}
    assert "They stand apart because of the record of The police" in question.reasons_against[-1]


def test_the_question_says_who_would_leave_an_entry_and_why():
    police, health, conference = VETOED
    (question,) = ruled(VETOED).questions
    assert {question.a.id, question.b.id} == {health.id, conference.id}
    assert question.reasons_against[-1] == (
        "If they are one, the record of The police service of 4 May 2021 can no longer stand in one"
        " entry with the record of The health service of 4 May 2021: "
        + veto(understand(police), understand(conference))
    )


def test_nothing_of_a_restricted_record_is_told_where_two_were_parted():
    _, health, conference = VETOED
    after = ruled(VETOED, Rulings(same=frozenset({pair_of(health.id, conference.id)})))
    restricted = Decision(1, "restricted", (health.id, conference.id), "yes", "A. Worker", "")
    marked = with_marks(chronology_of(VETOED, after), [restricted])
    shared = for_sharing(marked, [restricted])
    said = " ".join(line for entry in shared.entries for line in entry.decided)
    assert "Kept apart from" in said
    assert WITHHELD in said
    assert "child protection conference" not in said


@pytest.mark.parametrize("day", ["", "2021-03-20"], ids=["undated", "too far apart"])
def test_who_sets_a_rule_aside_for_one_record_sets_it_aside_for_its_entry(day):
    late = told("health", day, "GP told of a bruise.", kind="Letter")
    cases = [SCHOOL, LOGGED, late]
    after = ruled(cases, Rulings(same=frozenset({pair_of(SCHOOL.id, late.id)})))
    assert len(after.entries) == 1
    assert after.parted == ()


@settings(max_examples=80, deadline=None)
@given(accounts(), st.data())
def test_an_answer_parts_nobody_whom_no_veto_and_no_ruling_parts(cases, data):
    assume(len(cases) > 1)
    pairs = [pair_of(a.id, b.id) for a, b in combinations(cases, 2)]
    apart = data.draw(st.frozensets(st.sampled_from(pairs), max_size=2))
    before = ruled(cases, Rulings(different=apart))
    assume(before.questions)
    asked = data.draw(st.sampled_from(before.questions))
    same = frozenset({pair_of(asked.a.id, asked.b.id)})
    after = ruled(cases, Rulings(same=same, different=apart))
    stood, stand = together(before), together(after)
    assert same <= stand
    named = {one for p in after.parted for one in (p.left, *p.between)}
    of_id = {account.id: understand(account) for account in cases}
    for pair in stood - stand:
        assert named & set(pair)
    for parted in after.parted:
        one, other = parted.between
        assert pair_of(one, other) in apart or veto(of_id[one], of_id[other]) == parted.why != ""
        assert pair_of(parted.left, parted.stays) in stood - stand
    if after.parted:
        assert any("can no longer stand" in reason for reason in asked.reasons_against)


@settings(max_examples=40, deadline=None)
@given(accounts(), st.data())
def test_answers_one_after_the_other_only_join_where_nothing_was_parted(cases, data):
    same: frozenset[tuple[str, str]] = frozenset()
    result = ruled(cases)
    for _ in range(3):
        if not result.questions:
            break
        asked = data.draw(st.sampled_from(result.questions))
        same |= {pair_of(asked.a.id, asked.b.id)}
        after = ruled(cases, Rulings(same=same))
        if after.parted:
            break
        assert together(result) <= together(after)
        result = after
