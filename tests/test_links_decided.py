"""Links are proposals: ordered by what the entries show, weak ones said so, people decide."""

import pytest
from cases import told
from factories import a_chronology, an_entry

from chronology.account import Account
from chronology.decisions import NO_RULINGS, Rulings, pair_of
from chronology.merge import Link, Merged, merge
from chronology.people import resolve
from chronology.render.linked import NEAR_IN_TIME, PROPOSED
from chronology.render.tables import tables
from chronology.render.view import view

WHAT = "Domestic incident at home address, window smashed, children upstairs"
POLICE = told("police", "2021-05-04", f"{WHAT}.", kind="Domestic incident", clock="22:20")
#: What housing tells of the same incident, without a time.
HOUSING = told("other", "2021-05-04", f"{WHAT}; repair raised.", kind="Domestic incident")
NOTICE = told(
    "education", "2021-05-05", f"Encompass notice: {WHAT.lower()} on 04/05.",
    kind="Operation Encompass notification", clock="08:40",
)  # fmt: skip
STRATEGY = told(
    "social_care", "2021-05-04",
    f"Strategy discussion following the incident: {WHAT.lower()}, repair raised.",
    kind="Strategy discussion", clock="14:00",
)  # fmt: skip


def run(*accounts: Account, rulings: Rulings = NO_RULINGS) -> Merged:
    return merge(accounts, resolve(accounts), rulings=rulings)


def same(*accounts: Account) -> frozenset[tuple[str, str]]:
    return frozenset({pair_of(accounts[0].id, accounts[1].id)})


def between(found: Merged, a: Account, b: Account) -> list[Link]:
    return [link for link in found.links if {link.a.id, link.b.id} == {a.id, b.id}]


def test_what_an_entry_shows_decides_what_came_first_and_not_one_record_without_a_time():
    alone = run(HOUSING, STRATEGY)
    assert [(k.a.id, k.b.id) for k in alone.links] == [(HOUSING.id, STRATEGY.id)]
    told_twice = run(POLICE, HOUSING, STRATEGY, rulings=Rulings(same=same(POLICE, HOUSING)))
    assert len(told_twice.entries) == 2
    assert all(link.b.id != STRATEGY.id for link in told_twice.links)


def test_the_delay_is_that_between_the_days_the_entries_show():
    late = told("other", "2021-05-03", f"{WHAT}; repair raised.", kind="Repair")
    rulings = Rulings(same=same(POLICE, late))
    found = run(POLICE, late, NOTICE, rulings=rulings)
    starts = {a.id: entry.start for entry in found.entries for a in entry.accounts}
    assert found.links
    for link in found.links:
        assert link.days == (starts[link.b.id] - starts[link.a.id]).days


def test_a_link_that_is_removed_is_gone_whichever_record_would_carry_it():
    (link,) = between(run(POLICE, NOTICE), POLICE, NOTICE)
    pair = pair_of(link.a.id, link.b.id)
    assert run(POLICE, NOTICE, rulings=Rulings(not_linked=frozenset({pair}))).links == ()
    rulings = Rulings(same=same(POLICE, HOUSING), not_linked=frozenset({pair}))
    assert run(POLICE, HOUSING, NOTICE, rulings=rulings).links == ()


def test_a_link_that_is_confirmed_says_by_whom_and_keeps_its_reasons():
    (before,) = between(run(POLICE, NOTICE), POLICE, NOTICE)
    rulings = Rulings(linked={pair_of(POLICE.id, NOTICE.id): "Confirmed by A. Worker"})
    (after,) = between(run(POLICE, NOTICE, rulings=rulings), POLICE, NOTICE)
    assert (before.ruled, after.ruled) == ("", "Confirmed by A. Worker")
    assert (after.reasons, after.days) == (before.reasons, before.days)


def test_what_a_person_links_is_linked_though_the_program_saw_nothing_the_earlier_first():
    other = told("health", "2021-09-01", "Routine weighing.", kind="Health visitor contact")
    rulings = Rulings(linked={pair_of(other.id, POLICE.id): "Confirmed by A. Worker"})
    (link,) = between(run(other, POLICE, rulings=rulings), POLICE, other)
    assert (link.a.id, link.b.id, link.days) == (POLICE.id, other.id, 120)
    assert not link.is_weak


def test_of_two_rulings_between_two_entries_the_removal_holds():
    rulings = Rulings(
        same=same(POLICE, HOUSING),
        linked={pair_of(POLICE.id, NOTICE.id): "Confirmed by A. Worker"},
        not_linked=frozenset({pair_of(HOUSING.id, NOTICE.id)}),
    )
    assert run(POLICE, HOUSING, NOTICE, rulings=rulings).links == ()


def test_a_ruling_on_records_that_are_gone_or_stand_in_one_entry_changes_nothing():
    rulings = Rulings(
        linked={("0" * 16, POLICE.id): "Confirmed"}, not_linked=frozenset({("0" * 16, NOTICE.id)})
    )
    assert run(POLICE, NOTICE, rulings=rulings).links == run(POLICE, NOTICE).links
    inside = Rulings(same=same(POLICE, HOUSING), linked=dict.fromkeys(same(POLICE, HOUSING), "C"))
    assert run(POLICE, HOUSING, rulings=inside).links == ()


def test_a_link_with_a_reason_in_the_words_is_not_called_near_in_time_only():
    (link,) = between(run(POLICE, NOTICE), POLICE, NOTICE)
    assert not link.is_weak
    assert any("smashed" in reason for reason in link.reasons)


@pytest.mark.parametrize(
    ("link", "ahead", "standing"),
    [
        pytest.param({"is_weak": True}, "1 day later (recorded by Education)", NEAR_IN_TIME,
                     id="weak: named as neither a notification nor a response"),
        pytest.param({}, "Notification 1 day later (recorded by Education)", PROPOSED,
                     id="proposed"),
        pytest.param({"is_weak": True, "ruled": "Confirmed by A. Worker on 3 May 2026"},
                     "Notification 1 day later (recorded by Education)",
                     "Confirmed by A. Worker on 3 May 2026", id="confirmed"),
    ],
)  # fmt: skip
def test_every_output_says_how_surely_a_link_stands_and_why(link, ahead, standing):
    made = Link(POLICE, NOTICE, "notification", 1, ("Both mention 'smashed'.", "Dated."), **link)
    timeline = view(a_chronology(an_entry(POLICE), an_entry(NOTICE), links=(made,)))
    (shown,) = timeline.entries[0].links
    assert (shown.text, shown.standing, shown.reasons) == (ahead, standing, made.reasons)
    sheet = tables(timeline)[0]
    headings = [column.heading for column in sheet.columns]
    short, full = (
        str(sheet.rows[0].cells[headings.index(heading)])
        for heading in ("Linked entries", "Links in full")
    )
    assert "onfirmed" in short or "Near in time only" in short
    assert "smashed" not in short
    assert ("smashed" in full) == (not made.is_weak)
