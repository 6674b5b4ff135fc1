"""Numbers that name a person are checked, compared and masked, and never refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Identifier
from chronology.identifiers import check, identifier, kind_of, masked, normal, upn_fits


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("999 000 0018", "nhs", id="spaced"),
        pytest.param("999-000-0018", "nhs", id="hyphens"),
        pytest.param("NHS No: 9990000018", "nhs", id="with its label"),
        pytest.param(
            "999 000 0019", "local", id="ten digits that fail the check are a local number"
        ),
        pytest.param("H801200001001", "upn", id="upn"),
        pytest.param("UPN H801200001001", "upn", id="upn with its label"),
        pytest.param("00123", "local", id="leading noughts"),
        pytest.param("WX/20/0117", "local", id="reference"),
    ],
)
def test_a_number_is_known_by_its_shape(text, kind):
    assert kind_of(text) == kind


def test_a_heading_settles_the_kind():
    assert identifier("999 000 0019", named="nhs") == Identifier("nhs", "999 000 0019")


def test_an_empty_cell_holds_no_number():
    assert identifier("  ") is None


@pytest.mark.parametrize(
    ("one", "code"),
    [
        pytest.param(Identifier("nhs", "999 000 0019"), "identifier-check", id="mistyped nhs"),
        pytest.param(Identifier("upn", "A801200001001"), "identifier-check", id="mistyped upn"),
        pytest.param(Identifier("nhs", "9.99E+09"), "identifier-damaged", id="exponent"),
        pytest.param(Identifier("local", "48213.0"), "identifier-damaged", id="decimal"),
        pytest.param(Identifier("nhs", "9990000018"), None, id="sound"),
        pytest.param(Identifier("local", "anything 4"), None, id="local is never doubted"),
    ],
)
def test_a_doubt_is_said_and_the_number_kept(one, code):
    flag = check(one)
    assert (flag.code if flag else None) == code
    assert flag is None or one.text in flag.text


def test_spelling_does_not_tell_numbers_apart():
    assert normal(Identifier("nhs", "999 000 0018")) == normal(Identifier("nhs", "999-000-0018"))
    assert normal(Identifier("local", "ab-12 3")) == "AB123"
    assert normal(Identifier("local", "48213.0")) == "48213"
    assert normal(Identifier("local", "0048213")) != "48213"


def test_only_the_end_of_a_number_is_shown():
    assert masked(Identifier("nhs", "999 000 0018")) == "NHS number ending 018"


def test_a_temporary_upn_ends_in_a_letter():
    fitting = [c for c in "ABCDEFGHJKLMNPQRTUVWXYZ" if upn_fits(f"{c}80120000100A")]
    assert len(fitting) == 1


@given(st.text(max_size=30))
def test_no_text_is_refused(text):
    found = identifier(text)
    assert found is None or (found.text == text.strip() and masked(found))
    assert found is None or check(found) is None or check(found).text
