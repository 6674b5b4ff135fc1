"""Names are taken apart as people write them, and cells that list people are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Identifier
from chronology.names import (
    Like,
    births_close,
    births_one_digit_apart,
    likeness,
    mentions,
    parse_name,
    subjects,
)


@pytest.mark.parametrize(
    ("written", "forenames", "surnames"),
    [
        pytest.param("QUILL, Rowan James", ("rowan", "james"), ("quill",), id="surname comma"),
        pytest.param("Rowan QUILL", ("rowan",), ("quill",), id="surname in capitals last"),
        pytest.param("QUILL Rowan", ("rowan",), ("quill",), id="surname in capitals first"),
        pytest.param("McBRIDE Iona", ("iona",), ("mcbride",), id="half-capitals surname"),
        pytest.param("Jan van der Velde", ("jan",), ("van der velde",), id="particles"),
        pytest.param("QUILL, Rowan (Mr)", ("rowan",), ("quill",), id="title in brackets"),
        pytest.param("QUILL Rowan Miss", ("rowan",), ("quill",), id="title at the end"),
        pytest.param("Mrs R Quill", ("r",), ("quill",), id="title and initial"),
        pytest.param("Rowan Q.", ("rowan",), ("q",), id="initial of the surname"),
        pytest.param("R.Q.", ("r",), ("q",), id="initials"),
        pytest.param("QUILL, ROWAN NEE ASHBY", ("rowan",), ("quill", "ashby"), id="maiden name"),
        pytest.param("QUILL Rowan (prev ASHBY)", ("rowan",), ("quill", "ashby"), id="previous"),
        pytest.param("Rowan Quill (4T)", ("rowan",), ("quill",), id="class in brackets"),
        pytest.param("Rowan Quill 9K", ("rowan",), ("quill",), id="class behind"),
        pytest.param("Rowan Quill (Blwyddyn 1)", ("rowan",), ("quill",), id="Welsh year"),
        pytest.param("Mr R Quill - T0012345", ("r",), ("quill",), id="account number"),
        pytest.param("Client: Quill, Mrs R.", ("r",), ("quill",), id="label"),
        pytest.param("Rowan, ? surname", ("rowan",), (), id="surname not known"),
        pytest.param("Unknown, Rowan", ("rowan",), (), id="unknown for surname"),
        pytest.param("12 Mill Lane", (), (), id="an address is no name"),
        pytest.param("Łukasz Wiśniewski", ("lukasz",), ("wisniewski",), id="accents"),
        pytest.param("Baby QUILL (M)", (), ("quill",), id="baby"),
        pytest.param(
            "Q, ASHBY Rowan", ("rowan", "q"), ("ashby",), id="a middle initial for surname"
        ),
        pytest.param("UNBORN OF QUILL Sorrel", (), ("quill",), id="unborn of the mother"),
    ],
)
def test_a_name_comes_apart(written, forenames, surnames):
    parsed = parse_name(written)
    assert (parsed.forenames, parsed.surnames) == (forenames, surnames)


@pytest.mark.parametrize(
    "written",
    ["Quill family", "QUILL x3", "parents", "Mr and Mrs R. Quill", "Quill children", "All three"],
)
def test_words_for_several_people_are_nobody_in_particular(written):
    assert parse_name(written).is_group
    assert [m.name for m in subjects(written)] == [written]


@pytest.mark.parametrize(
    ("a", "b", "forename", "surname"),
    [
        pytest.param("Kieran Quill", "QUILL, Ciaran", Like.FORM, Like.SAME, id="forms of a name"),
        pytest.param("Mandy Quill", "Amanda Quill", Like.FORM, Like.SAME, id="nickname"),
        pytest.param("Sorrell Quill", "Sorrel Quill", Like.SPELLING, Like.SAME, id="misspelt"),
        pytest.param("Ellie Quill", "Millie Quill", Like.DIFFERENT, Like.SAME, id="two names"),
        pytest.param(
            "Daniel Quill", "Danielle Quill", Like.DIFFERENT, Like.SAME, id="brother, sister"
        ),
        pytest.param("Jayden Quill", "Hayden Quill", Like.DIFFERENT, Like.SAME, id="rhyming"),
        pytest.param(
            "Zhenya Petrova", "Jenya PETROV", Like.SPELLING, Like.FORM, id="transliterated"
        ),
        pytest.param("R Quill", "Rowan Quill", Like.INITIAL, Like.SAME, id="initial"),
        pytest.param("Quill Rowan", "Rowan Quill", Like.SAME, Like.SAME, id="turned about"),
        pytest.param("Rowan", "Rowan Quill", Like.SAME, Like.UNKNOWN, id="no surname"),
        pytest.param("Rowan Ashby-Quill", "Rowan Quill", Like.SAME, Like.FORM, id="double surname"),
        pytest.param(
            "Rowan QUILL nee ASHBY", "Rowan ASHBY", Like.SAME, Like.SAME, id="maiden name"
        ),
        pytest.param(
            "MIRREN, QUILL", "QUILL, Mirren", Like.SAME, Like.SAME, id="the comma on the wrong side"
        ),
        pytest.param(
            "THOMAS, James", "JAMES, Thomas", Like.DIFFERENT, Like.DIFFERENT, id="two forenames"
        ),
        pytest.param("Twin 1 QUILL", "Twin 2 QUILL", Like.DIFFERENT, Like.SAME, id="twins unnamed"),
    ],
)
def test_names_are_compared(a, b, forename, surname):
    like = likeness(parse_name(a), parse_name(b))
    assert (like.forename, like.surname) == (forename, surname)


@pytest.mark.parametrize(
    ("a", "b", "close", "one_digit"),
    [
        pytest.param(date(2011, 2, 17), date(2011, 7, 12), True, False, id="digits exchanged"),
        pytest.param(date(2011, 3, 4), date(2011, 4, 3), True, False, id="day and month exchanged"),
        pytest.param(date(2012, 11, 14), date(2012, 12, 14), False, True, id="one digit"),
        pytest.param(date(2012, 11, 14), date(2009, 3, 2), False, False, id="another day"),
    ],
)
def test_slips_in_a_date_of_birth_are_seen(a, b, close, one_digit):
    assert (births_close(a, b), births_one_digit_apart(a, b)) == (close, one_digit)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param(
            "Sheila Marsh (CMW); Rowan (son 7 yrs); MGM",
            [("Sheila Marsh", "CMW"), ("Rowan", "son 7 yrs"), ("MGM", "")],
            id="semicolons and roles",
        ),
        pytest.param(
            "QUILL, Rowan; ASHBY, Sorrel",
            [("QUILL, Rowan", ""), ("ASHBY, Sorrel", "")],
            id="surname first twice",
        ),
        pytest.param("QUILL, Rowan", [("QUILL, Rowan", "")], id="a comma is no list"),
        pytest.param(
            "Rowan Quill, Sorrel Ashby",
            [("Rowan Quill", ""), ("Sorrel Ashby", "")],
            id="a comma is a list",
        ),
        pytest.param("QUILL, Rowan, father", [("QUILL, Rowan", "father")], id="role behind comma"),
        pytest.param("Jo Q, Kit Q", [("Jo Q", ""), ("Kit Q", "")], id="two with an initial"),
        pytest.param(
            "Jo, Kit (siblings)", [("Jo", "siblings"), ("Kit", "siblings")], id="a role of several"
        ),
        pytest.param("ASHBY, Jo (siblings)", [("ASHBY, Jo", "siblings")], id="one of several"),
        pytest.param("Tom Marsh - GP", [("Tom Marsh", "GP")], id="role behind dash"),
        pytest.param("SW: Tom Marsh", [("Tom Marsh", "SW")], id="role before colon"),
        pytest.param("Nan (Mrs Ashby)", [("Mrs Ashby", "Nan")], id="name in brackets"),
        pytest.param("Mr and Mrs Quill", [("Mr and Mrs Quill", "")], id="a couple stays"),
        pytest.param("Rowan & Sorrel Quill", [("Rowan", ""), ("Sorrel Quill", "")], id="and"),
        pytest.param("Rowan\nSorrel", [("Rowan", ""), ("Sorrel", "")], id="lines"),
        pytest.param("QUILL Rowan (prev ASHBY)", [("QUILL Rowan (prev ASHBY)", "")], id="former"),
    ],
)
def test_a_cell_of_people_is_read(cell, expected):
    assert [(m.name, m.role) for m in mentions(cell)] == expected


def test_a_date_of_birth_beside_a_name_is_taken():
    (found,) = mentions("Rowan Quill (dob 12/03/2010)")
    assert (found.name, found.born) == ("Rowan Quill", "12/03/2010")


def test_dates_of_birth_go_to_their_persons_only_where_there_is_one_each():
    ids = (Identifier("local", "1"), Identifier("local", "2"))
    both = subjects("Rowan & Sorrel QUILL", "11.05.14 / 27.11.17", ids)
    assert [(m.name, m.born, m.identifiers) for m in both] == [
        ("Rowan", "11.05.14", ids[:1]),
        ("Sorrel QUILL", "27.11.17", ids[1:]),
    ]
    assert [m.born for m in subjects("QUILL, Rowan; QUILL, Sorrel", "27/11/2017")] == ["", ""]


@given(st.text(max_size=60))
def test_any_subject_cell_names_somebody(text):
    found = subjects(text)
    assert found
    assert len(found) > 1 or found[0].name == text.strip()


@given(st.text(alphabet="ab AB,;&()/.-'é\n", max_size=40))
def test_no_word_of_a_people_cell_is_lost(text):
    kept = "".join(m.name + m.role + m.born for m in mentions(text))
    letters = [c for c in text if c.isalpha() and c.lower() not in "and"]
    assert all(c in kept for c in letters)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways(a, b):
    assert likeness(parse_name(a), parse_name(b)) == likeness(parse_name(b), parse_name(a))
