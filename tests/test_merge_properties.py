"""What is true of the merge whatever it is given."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.account import Account
from chronology.compare import veto
from chronology.merge import PRESETS, Merged, merge
from chronology.people import resolve
from chronology.understand import understand
from tests.cases import told

TEXTS = (
    "Strategy discussion, fractured clavicle, joint s47.",
    "Attended strategy discussion by phone re fractured clavicle.",
    "Rang MASH about bruise to left ear, spoke to duty.",
    "Call from school: bruise to left ear.",
    "Home visit, nobody in, card left.",
    "Did not attend clinic, rebooked.",
    "Domestic incident, window smashed, children upstairs.",
    "",
)
KINDS = ("Strategy discussion", "Contact", "Home visit", "Domestic incident", "DNA", "")


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    """A dozen accounts of a few days, dense enough to merge, chain and quarrel; ids all differ."""
    found: dict[str, Account] = {}
    for row in range(draw(st.integers(1, 12))):
        offset = draw(st.integers(0, 8) | st.none())
        day = "" if offset is None else str(date(2021, 5, 1) + timedelta(days=offset))
        account = told(
            draw(st.sampled_from(("health", "police", "social_care", "education"))),
            day,
            draw(st.sampled_from(TEXTS)),
            kind=draw(st.sampled_from(KINDS)),
            clock=draw(st.sampled_from(("", "10:00", "10:05", "16:30"))) if day else "",
            who=draw(st.sampled_from(("Jo EXAMPLE", "Sam EXAMPLE", ""))),
            row=row + 2,
        )
        while account.id in found:
            account = told_again(account)
        found[account.id] = account
    return list(found.values())


def told_again(account: Account) -> Account:
    return replace(account, copy=account.copy + 1)


def run(given_accounts: list[Account], preset: str = "default") -> Merged:
    return merge(given_accounts, resolve(given_accounts), PRESETS[preset])


@settings(max_examples=60, deadline=None)
@given(accounts(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(cases, shuffler):
    before = run(cases)
    shuffler.shuffle(cases)
    assert run(cases) == before


@settings(max_examples=60, deadline=None)
@given(accounts(), st.sampled_from(sorted(PRESETS)))
def test_every_account_is_in_exactly_one_entry(cases, preset):
    inside = Counter(a.id for entry in run(cases, preset).entries for a in entry.accounts)
    assert inside == Counter(a.id for a in cases)


@settings(max_examples=60, deadline=None)
@given(accounts())
def test_a_veto_holds_through_any_chain(cases):
    for entry in run(cases).entries:
        understood = [understand(account) for account in entry.accounts if account.copy == 0]
        assert [veto(a, b) for a, b in combinations(understood, 2)] == [""] * (
            len(understood) * (len(understood) - 1) // 2
        )


@settings(max_examples=60, deadline=None)
@given(accounts())
def test_an_entrys_date_is_one_of_its_accounts_dates(cases):
    for entry in run(cases).entries:
        dates = [(a.occurred.start, a.occurred.end, a.occurred.written) for a in entry.accounts]
        assert (entry.start, entry.end, entry.written) in dates


@settings(max_examples=40, deadline=None)
@given(accounts())
def test_questions_and_links_lie_between_entries_never_inside_one(cases):
    result = run(cases)
    entry_of = {a.id: entry.id for entry in result.entries for a in entry.accounts}
    for pair in (*result.questions, *result.links):
        assert entry_of[pair.a.id] != entry_of[pair.b.id]


@settings(max_examples=40, deadline=None)
@given(accounts())
def test_each_two_entries_are_asked_about_once(cases):
    result = run(cases)
    entry_of = {a.id: entry.id for entry in result.entries for a in entry.accounts}
    asked = Counter(frozenset((entry_of[q.a.id], entry_of[q.b.id])) for q in result.questions)
    assert all(times == 1 for times in asked.values())
