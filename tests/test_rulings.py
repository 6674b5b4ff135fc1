"""What people ruled holds, whatever the program thinks likely, and through any chain."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.account import Account
from chronology.decisions import NO_RULINGS, Rulings, pair_of
from chronology.matching import match
from chronology.merge import Known, Merged, merge, settle
from chronology.people import resolve
from chronology.weights import shipped
from tests.cases import told


def a_week() -> list[Account]:
    """Records that the program merges, asks about and leaves apart."""
    strategy = "Strategy discussion. Fractured clavicle, no account given. Joint s47 with police."
    return [
        told("police", "2021-05-04", strategy, kind="Strategy discussion", clock="14:00"),
        told("social_care", "2021-05-04", strategy, kind="Strategy discussion", clock="14:00"),
        told("health", "2021-05-04", strategy, kind="Strategy meeting", clock="14:05"),
        told("health", "2021-05-05", "HV visit, no reply, card left.", kind="No access visit"),
        told("education", "2021-05-06", "Late, no breakfast.", kind="Concern"),
        told("social_care", "2021-05-25", "Contact from school re lateness.", kind="Contact"),
    ]


def ruled(accounts: list[Account], rulings: Rulings) -> Merged:
    return merge(accounts, resolve(accounts), rulings=rulings)


def together(result: Merged) -> set[tuple[str, str]]:
    return {
        pair_of(a.id, b.id) for entry in result.entries for a, b in combinations(entry.accounts, 2)
    }


def test_what_was_ruled_the_same_is_one_entry_though_nothing_speaks_for_it():
    accounts = a_week()
    pair = pair_of(accounts[3].id, accounts[5].id)
    assert pair not in together(ruled(accounts, NO_RULINGS))
    assert pair in together(ruled(accounts, Rulings(same=frozenset({pair}))))


def test_what_was_ruled_different_is_never_one_entry_through_a_third():
    accounts = a_week()
    pair = pair_of(accounts[0].id, accounts[1].id)
    assert pair in together(ruled(accounts, NO_RULINGS))
    assert pair not in together(ruled(accounts, Rulings(different=frozenset({pair}))))


def test_what_was_ruled_or_left_open_is_not_asked_again():
    accounts = a_week()
    pair = pair_of(accounts[0].id, accounts[1].id)
    for rulings in (Rulings(different=frozenset({pair})), Rulings(unsure=frozenset({pair}))):
        asked = {pair_of(q.a.id, q.b.id) for q in ruled(accounts, rulings).questions}
        assert pair not in asked


def test_what_must_be_confirmed_is_asked_first_with_why():
    accounts = a_week()
    pair = pair_of(accounts[0].id, accounts[1].id)
    why = "Ruled different before the police amended their record."
    rulings = Rulings(different=frozenset({pair}), to_confirm={pair: why})
    first = ruled(accounts, rulings).questions[0]
    assert pair_of(first.a.id, first.b.id) == pair
    assert first.reasons_for[0] == why


@pytest.mark.parametrize("at", [(0, 1), (3, 5)], ids=["likely", "too unlike to be compared"])
def test_what_was_ruled_the_same_and_must_be_confirmed_is_asked_first_and_stays_one(at):
    accounts = a_week()
    pair = pair_of(*(accounts[place].id for place in at))
    why = "Ruled the same before the agency amended its record."
    rulings = Rulings(same=frozenset({pair}), to_confirm={pair: why})
    result = ruled(accounts, rulings)
    assert pair in together(result)
    first, *others = result.questions
    assert pair_of(first.a.id, first.b.id) == pair
    assert first.reasons_for[0] == why
    assert pair not in {pair_of(q.a.id, q.b.id) for q in others}


def test_every_pair_of_one_entry_that_must_be_confirmed_is_asked():
    accounts = a_week()
    pairs = {pair_of(accounts[0].id, accounts[1].id), pair_of(accounts[1].id, accounts[2].id)}
    rulings = Rulings(same=frozenset(pairs), to_confirm=dict.fromkeys(pairs, "Changed."))
    asked = [pair_of(q.a.id, q.b.id) for q in ruled(accounts, rulings).questions]
    assert set(asked[:2]) == pairs


def test_a_pair_to_confirm_of_which_a_record_is_gone_is_not_asked():
    accounts = a_week()
    gone = pair_of(accounts[0].id, "0" * 16)
    rulings = Rulings(same=frozenset({gone}), to_confirm={gone: "Changed."})
    assert ruled(accounts, rulings).questions == ruled(accounts, NO_RULINGS).questions


@given(st.data())
@settings(max_examples=25)
def test_rulings_hold_whatever_they_are(data):
    accounts = a_week()
    pairs = [pair_of(a.id, b.id) for a, b in combinations(accounts, 2)]
    same = data.draw(st.frozensets(st.sampled_from(pairs), max_size=3))
    apart = data.draw(st.frozensets(st.sampled_from(pairs), max_size=3))
    result = ruled(accounts, Rulings(same=same, different=apart))
    assert not together(result) & apart
    assert sorted(a.id for e in result.entries for a in e.accounts) == sorted(
        a.id for a in accounts
    )
    if not apart:
        assert same <= together(result)


@given(st.permutations(range(6)))
@settings(max_examples=10)
def test_rulings_do_not_depend_on_the_order_of_the_input(order):
    accounts = a_week()
    rulings = Rulings(
        same=frozenset({pair_of(accounts[3].id, accounts[5].id)}),
        different=frozenset({pair_of(accounts[0].id, accounts[2].id)}),
    )
    mixed = [accounts[at] for at in order]
    assert ruled(mixed, rulings) == ruled(accounts, rulings)


def test_settling_again_gives_what_merging_gives_and_keeps_entries_that_stay():
    accounts = sorted(a_week(), key=lambda a: a.id)
    matched = match(accounts, resolve(accounts), shipped())
    known = Known()
    before = settle(matched, known=known)
    pair = pair_of(*sorted((accounts[0].id, accounts[1].id)))
    rulings = Rulings(different=frozenset({pair}))
    after = settle(matched, rulings=rulings, known=known)
    assert after == ruled(accounts, rulings)
    kept = {id(entry) for entry in before.entries} & {id(entry) for entry in after.entries}
    assert kept, "entries that no ruling touches are not made again"


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=6))
@settings(max_examples=15, deadline=None)
def test_settling_ruling_by_ruling_gives_what_merging_at_once_gives(answers):
    accounts = sorted(a_week(), key=lambda a: a.id)
    matched = match(accounts, resolve(accounts), shipped())
    known, rulings = Known(), NO_RULINGS
    for one, other, is_same in answers:
        if one == other:
            continue
        pair = frozenset({pair_of(accounts[one].id, accounts[other].id)})
        ruled_same = rulings.same | pair if is_same else rulings.same - pair
        ruled_apart = rulings.different - pair if is_same else rulings.different | pair
        rulings = Rulings(same=ruled_same, different=ruled_apart)
        assert settle(matched, rulings=rulings, known=known) == settle(matched, rulings=rulings)
    assert settle(matched, known=known).links == ruled(accounts, NO_RULINGS).links != ()
