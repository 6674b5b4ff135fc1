"""What is linked as the same incident at another time, which way round, and why."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.account import Account, Agency, Mention
from chronology.clusters import PRESETS, clusters
from chronology.following import (
    RULES,
    Around,
    Tellings,
    day_foretold,
    day_said,
    pointing_words,
)
from chronology.following_explained import SENTENCES, reasons
from chronology.following_weights import shipped_following
from chronology.links import all_found, comes_first, links
from chronology.matching import match
from chronology.merge import Merged, merge
from chronology.people import resolve
from chronology.understand import Understanding
from chronology.weights import shipped
from tests.cases import told

WHAT = "Domestic incident at home address, window smashed, children upstairs"


def incident(day: str = "2021-05-04", clock: str = "23:10", **more: object) -> Account:
    return told("police", day, f"{WHAT}.", kind="Domestic incident", clock=clock, **more)


def notice(day: str = "2021-05-05", clock: str = "08:40", said: str = "on 04/05") -> Account:
    return told("education", day, f"Encompass notice: {WHAT.lower()} {said}.",
                kind="Operation Encompass notification", clock=clock)  # fmt: skip


def strategy(day: str = "2021-05-06") -> Account:
    return told("social_care", day, f"Strategy discussion following the incident: {WHAT.lower()}.",
                kind="Strategy discussion", clock="10:00")  # fmt: skip


def visit(day: str, text: str = "Routine weighing, feeding well.") -> Account:
    return told("health", day, text, kind="Health visitor contact", clock="11:00")


def run(*accounts: Account) -> Merged:
    return merge(accounts, resolve(accounts))


def read(*accounts: Account) -> list[Understanding]:
    understood = {u.id: u for u in match(accounts, resolve(accounts), shipped()).understood}
    return [understood[account.id] for account in accounts]


def linked(*accounts: Account) -> list[tuple[str, str, str, int]]:
    return [(k.a.agency, k.b.agency, k.kind, k.days) for k in run(*accounts).links]


def test_a_notification_and_a_response_are_linked_with_their_delays():
    found = linked(incident(), notice(), strategy())
    assert ("police", "education", "notification", 1) in found
    assert any(way[1:3] == ("social_care", "response") for way in found)


def test_the_order_of_the_input_changes_nothing():
    told_of = [incident(), notice(), strategy(), visit("2021-05-12")]
    assert run(*told_of).links == run(*reversed(told_of)).links


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(notice(), incident(), id="by day"),
        pytest.param(notice("2021-05-04", "08:40"), incident(), id="by clock"),
        pytest.param(incident("2021-05-05", ""), notice(clock=""), id="by the order of a day"),
    ],
)
def test_the_first_comes_first_and_never_the_other_way(first, second):
    a, b = read(first, second)
    if a.first and b.first and a.first > b.first:
        a, b = b, a
    assert comes_first(a, b)
    assert not comes_first(b, a)


def test_two_of_a_kind_on_a_day_without_times_have_no_order():
    a, b = read(notice(clock=""), replace(notice(clock=""), agency=Agency.HEALTH))
    assert not comes_first(a, b)
    assert not comes_first(b, a)


def why(a: Account, b: Account) -> tuple[str, ...]:
    one, other = read(a, b)
    telling = Tellings()
    telling.add((one, other), (one, other))
    near = Around(telling, [one.first or 0, other.first or 0], {}, {})
    return reasons(one, other, near, shipped_following())


def test_without_times_the_reasons_say_that_the_order_is_taken():
    timed, untimed = why(incident(), notice()), why(incident("2021-05-05", ""), notice(clock=""))
    assert any("No times show" in reason for reason in untimed)
    assert not any("No times show" in reason for reason in timed)


def test_the_reasons_hold_the_words_and_the_day_that_count():
    said = " ".join(why(incident(), notice()))
    assert "'smashed'" in said
    assert "names the day of the earlier (4 May 2021)" in said
    assert "1 day later" in said


def test_a_new_incident_never_answers_what_was_told_before():
    second = incident("2021-05-08", "21:00")
    assert all(link.b.id != second.id for link in run(incident(), notice(), second).links)


def test_routine_contact_weeks_later_is_not_linked():
    assert linked(incident(), visit("2021-05-24")) == []


def test_another_family_is_never_linked():
    ours = [incident(), *(visit(f"2021-06-{day:02}") for day in range(1, 25))]
    theirs = [
        replace(account, subjects=(Mention("Kit SAMPLE"),))
        for account in (notice(), *(visit(f"2021-07-{day:02}") for day in range(1, 25)))
    ]
    assert all(link.a.subjects == link.b.subjects for link in run(*ours, *theirs).links)


@pytest.mark.parametrize(
    ("said", "gap", "expected"),
    [
        pytest.param("Argument last night, police called.", 1, "last night", id="last night"),
        pytest.param("Argument last night, police called.", 3, "", id="not that night"),
        pytest.param("Told of Tuesday's argument.", 3, "tuesday", id="weekday"),
        pytest.param("Told of Tuesday's argument.", 10, "", id="weekday too long ago"),
    ],
)
def test_a_day_said_in_words_is_understood_from_the_records_own_day(said, gap, expected):
    tuesday = told("police", "2021-05-04", "Argument.")
    earlier, later = read(tuesday, told("education", f"2021-05-{4 + gap:02}", said))
    assert day_said(earlier, later) == expected


def test_a_day_foretold_is_understood():
    day_before = told("police", "2021-05-04", "Strategy meeting tomorrow.")
    earlier, later = read(day_before, told("social_care", "2021-05-05", "Strategy meeting."))
    assert day_foretold(earlier, later) == "tomorrow"


def test_words_that_point_back_are_named():
    pointing, routine = read(strategy(), visit("2021-05-24"))
    assert (pointing_words(pointing), pointing_words(routine)) == ("following", "")


def test_every_link_says_why_in_sentences():
    for link in run(incident(), notice(), strategy()).links:
        assert link.reasons
        assert all(reason.endswith(".") and reason[0].isupper() for reason in link.reasons)
        assert any(str(2021) in reason for reason in link.reasons), "the dates are said"


def test_every_rule_has_a_weight_and_every_sentence_a_rule():
    names = {rule.__name__ for rule in RULES}
    assert {rule.__name__ for rule, _, _ in shipped_following().steps} == names
    assert set(SENTENCES) <= names


def _matched(accounts):
    ordered = sorted(accounts, key=lambda a: a.id)
    matched = match(ordered, resolve(ordered), shipped())
    return clusters(matched.understood, matched.pairs, PRESETS["default"]), matched


def test_stopping_early_never_loses_a_pair_that_is_likely_enough():
    accounts = [incident(), notice(), strategy(), *(visit(f"2021-05-{d:02}") for d in (7, 9, 14))]
    groups, matched = _matched(accounts)
    policy = shipped_following()
    whole = all_found(groups, matched, replace(policy, link_at=-99.0))
    likely = [(f.a.id, f.b.id) for f in whole if f.log_odds >= policy.link_at]
    early = [(f.a.id, f.b.id) for f in all_found(groups, matched, policy)]
    assert likely
    assert set(likely) == {pair for pair in early if pair in likely}


WORDS = st.sampled_from(
    ["Window smashed", "strategy meeting", "rang MASH", "bruise to arm", "last night", "weighed"]
)


@st.composite
def unrelated(draw) -> list[Account]:
    """Records of the family a year away or more, in the same words as those that are linked."""
    days = draw(st.lists(st.integers(1, 28), max_size=4))
    year = draw(st.sampled_from([2019, 2023]))
    return [
        told("health", f"{year}-05-{day:02}", " ".join(draw(st.lists(WORDS, max_size=4))),
             kind="Home visit", row=row)
        for row, day in enumerate(days, 2)
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(unrelated())
def test_records_far_away_in_time_never_change_a_link(far):
    ours = [incident(), notice(), strategy()]
    ids = {account.id for account in ours}
    groups, matched = _matched(ours)
    alone = links(groups, matched)
    more_groups, more = _matched([*ours, *far])
    # What is one occurrence is another matter: the pairs and entries of ours stay as they were.
    kept = {key: c for key, c in more.pairs.items() if not set(key) <= ids} | matched.pairs
    together = [*groups, *(g for g in more_groups if not {u.id for u in g} & ids)]
    found = links(together, replace(more, pairs=kept))
    assert tuple(k for k in found if {k.a.id, k.b.id} & ids) == alone


@settings(max_examples=25, deadline=None)
@given(st.permutations([incident(), notice(), strategy(), visit("2021-05-12")]))
def test_links_never_lie_inside_an_entry_nor_both_ways(accounts):
    result = run(*accounts)
    entry_of = {a.id: entry.id for entry in result.entries for a in entry.accounts}
    ways = [(entry_of[k.a.id], entry_of[k.b.id]) for k in result.links]
    assert all(a != b and (b, a) not in ways for a, b in ways)
    assert len(set(ways)) == len(ways)
    assert result.links == run(incident(), notice(), strategy(), visit("2021-05-12")).links
