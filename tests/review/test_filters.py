"""Which entries a filter shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chronology.account import Agency
from chronology.flags import Flag
from chronology.review.filters import PAGE, Wanted, find
from chronology.review.standing import standing_of
from chronology.when import UNDATED, Precision
from tests.factories import a_chronology, a_day, a_stretch, an_account, an_entry


def a_standing():
    told = [
        an_account(narrative="Shouting at Larch Court.", occurred=a_day("2013-03-14")),
        an_account(narrative="Café visit.", agency=Agency.HEALTH, occurred=a_day("2013-05-02")),
        an_account(
            narrative="In May.", occurred=a_stretch(Precision.MONTH, "2013-05-01", "2013-05-31")
        ),
        an_account(narrative="No date.", occurred=UNDATED),
    ]
    return standing_of(a_chronology(*(an_entry(account) for account in told)), 0)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        pytest.param(Wanted(), ["Shouting", "Café", "In May", "No date"], id="all"),
        pytest.param(Wanted(text="CAFÉ"), ["Café"], id="a word"),
        pytest.param(Wanted(text="court larch"), ["Shouting"], id="words in any order"),
        pytest.param(Wanted(text='"court larch"'), [], id="a phrase in the wrong order"),
        pytest.param(Wanted(text='"larch court"'), ["Shouting"], id="a phrase"),
        pytest.param(Wanted(agencies=("health",)), ["Café"], id="an agency"),
        pytest.param(Wanted(first="2013-05-03"), ["In May"], id="a month's days after the first"),
        pytest.param(Wanted(last="2013-03-31"), ["Shouting"], id="until a day"),
        pytest.param(Wanted(first="soon"), ["Shouting", "Café", "In May", "No date"], id="no day"),
        pytest.param(Wanted(status="u"), ["No date"], id="without a date"),
        pytest.param(Wanted(status="m"), [], id="merged"),
        pytest.param(Wanted(status="g"), [], id="significant"),
    ],
)
def test_the_entries_that_fit(wanted, shown):
    found = find(a_standing(), wanted, 1)
    told = [entry.accounts[0].narrative for entry in found.entries]
    assert [words for words in told if not any(words.startswith(s) for s in shown)] == []
    assert len(told) == len(shown) == found.total


def test_a_period_says_how_many_undated_it_leaves_out():
    assert find(a_standing(), Wanted(first="2013-01-01"), 1).undated == 1
    assert find(a_standing(), Wanted(), 1).undated == 0


def test_a_page_that_is_not_there_becomes_the_nearest():
    entries = [an_entry(an_account(narrative=f"Entry {n}.")) for n in range(PAGE + 1)]
    standing = standing_of(a_chronology(*entries), 0)
    assert (find(standing, Wanted(), 99).page, find(standing, Wanted(), 0).page) == (2, 1)
    assert len(find(standing, Wanted(), 2).entries) == 1


def test_the_date_is_found_as_it_was_written():
    stretch = a_stretch(Precision.RANGE, "2013-03-29", "2013-04-12")
    account = an_account(narrative="Away.", occurred=replace(stretch, written="Easter hols"))
    standing = standing_of(a_chronology(an_entry(account), an_entry(an_account(copy=1))), 0)
    assert find(standing, Wanted(text="easter hols"), 1).total == 1


def test_only_what_wants_a_person_is_a_doubt():
    told = [
        an_account(copy=n, flags=(Flag(code, "Said."),))
        for n, code in enumerate(("date-two-digit-year", "date-ambiguous"))
    ]
    standing = standing_of(a_chronology(*map(an_entry, told)), 0)
    (entry,) = find(standing, Wanted(status="d"), 1).entries
    assert entry.accounts == (told[1],)
