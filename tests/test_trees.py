"""Sums of small trees: what they add up to, and what each value moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.trees import Trees

TREES = Trees.of(
    {
        "names": ["day", "words"],
        "start": -1.0,
        "trees": [
            [[0, 0.5, 1, 2, 0.1], [-1, 0, 0, 0, -2.0], [1, 0.3, 3, 4, 1.0], [-1, 0, 0, 0, 0.5],
             [-1, 0, 0, 0, 3.0]],
            [[1, 0.9, 1, 2, 0.0], [-1, 0, 0, 0, -0.25], [-1, 0, 0, 0, 4.0]],
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("values", "odds"),
    [
        pytest.param((0.0, 1.0), -1.0 - 2.0 + 4.0, id="other day, same words"),
        pytest.param((1.0, 0.2), -1.0 + 0.5 - 0.25, id="same day, few words"),
        pytest.param((1.0, 0.5), -1.0 + 3.0 - 0.25, id="same day, some words"),
        pytest.param((0.5, 0.9), -1.0 - 2.0 - 0.25, id="at the edge it is at most"),
    ],
)
def test_the_ends_reached_are_added_up(values, odds):
    assert TREES.odds(values) == pytest.approx(odds)


@given(st.tuples(st.floats(-2, 2), st.floats(-2, 2)))
def test_what_each_value_moved_adds_up_to_the_odds(values):
    expected_before_any_answer = TREES.start + 0.1 + 0.0
    moved = sum(TREES.moved(values).values())
    assert expected_before_any_answer + moved == pytest.approx(TREES.odds(values))


def test_a_value_never_asked_for_moves_nothing():
    assert "words" not in Trees.of(
        {"names": ["day", "words"], "start": 0, "trees": [[[0, 0, 1, 2, 0], [-1, 0, 0, 0, 1],
                                                           [-1, 0, 0, 0, 2]]]}
    ).moved((1.0, 1.0))  # fmt: skip
