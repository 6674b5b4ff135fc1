"""Words that stand in one account alone are marked, and no letter is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.render.differences import MOST_CHARACTERS, pieces


def _marked(*texts: str) -> list[list[str]]:
    return [[piece.text for piece in cut if piece.is_alone] for cut in pieces(texts)]


@pytest.mark.parametrize(
    ("texts", "marked"),
    [
        pytest.param(
            ("Bruise 2 cm on left arm", "Bruise 3 cm on left arm"), [["2"], ["3"]], id="a figure"
        ),
        pytest.param(
            ("seen by GP at 14:30 today", "seen by gp at 16:30 today"),
            [["14:30"], ["16:30"]],
            id="a time",
        ),
        pytest.param(
            ("Mum said he fell", "Mum said he fell down stairs"),
            [[], ["down stairs"]],
            id="neighbours",
        ),
        pytest.param(
            ("The same words", "The SAME words."), [[], []], id="case and stops do not count"
        ),
        pytest.param(
            ("Attended ED 3/4, sutured", "Nurse rang us 5/4 about cut"),
            [["3/4"], ["5/4"]],
            id="told in other words: only figures",
        ),
        pytest.param(
            ("Visit 3/4", "Visit 3/4, and then rang Granny, school and police by 9"),
            [[], ["9"]],
            id="one in other words: only figures in both",
        ),
        pytest.param(
            ("Weekly visit, mum well", "Visit written up later by somebody else: mum and dog"),
            [[], []],
            id="no marks in one account only because the other is longer",
        ),
        pytest.param(("Alone",), [[]], id="one account"),
        pytest.param(
            ("a b", "a c", "a d", "a e", "a f"), [[], [], [], [], []], id="too many accounts"
        ),
        pytest.param(("a b c d " + "x" * MOST_CHARACTERS, "a b c e"), [[], []], id="too long"),
        pytest.param(("", "words"), [[], []], id="an empty account"),
    ],
)
def test_what_only_one_account_says_is_marked(texts, marked):
    assert _marked(*texts) == marked


@given(st.lists(st.text(alphabet="ab 12.,\n’é/", max_size=40), max_size=5))
def test_no_letter_is_lost(texts):
    assert ["".join(piece.text for piece in cut) for cut in pieces(tuple(texts))] == texts
