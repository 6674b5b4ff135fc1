"""How the number of questions left moves is said, and adds up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.review.tally import Tally

A, B, C, D = ("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")
CASE = object()


@pytest.mark.parametrize(
    ("before", "ruled_before", "now", "ruled", "words"),
    [
        pytest.param([A, B], [], [B], [A], "", id="one answer, one less"),
        pytest.param([A, B, C], [], [C], [A], "Your answer also settled 1 other.", id="one more"),
        pytest.param([A, B, C], [], [], [A], "Your answer also settled 2 others.", id="two more"),
        pytest.param([A, B, C], [], [], [A, B], "Your last answers also settled 1 other.", id="2"),
        pytest.param([A], [], [B, C], [A], "Your answer also opened 2 others.", id="opened"),
        pytest.param([C], [A], [A, C], [], "", id="undone"),
        pytest.param([], [A], [A, B, C], [], "Undoing it also opened 2 others.", id="undone more"),
        pytest.param([A, B], [], [A, B], [], "", id="looked again"),
        pytest.param([A, B], [A], [B], [A], "", id="confirmed"),
    ],
)
def test_how_the_number_moved(before, ruled_before, now, ruled, words):
    tally = Tally()
    assert tally.since(CASE, before, ruled_before) == ""
    assert tally.since(CASE, now, ruled) == words
    assert tally.since(CASE, now, ruled) == ""


def test_after_new_files_nothing_is_said():
    tally = Tally()
    tally.since(CASE, [A, B, C], [])
    assert tally.since(object(), [D], [A]) == ""


pairs = st.frozensets(st.sampled_from([A, B, C, D]))


@given(before=pairs, answered=pairs, raised=pairs)
def test_what_is_said_explains_the_two_numbers(before, answered, raised):
    tally = Tally()
    tally.since(CASE, before, [])
    now = (before - answered) | (raised - answered)
    words = tally.since(CASE, now, answered)
    more = len(before) - len(before & answered) - len(now)
    if more and (answered or before - now):
        count = int(words.split()[-2].replace(",", ""))
        assert count == abs(more)
        assert ("settled" in words) == (more > 0)
    else:
        assert words == ""
