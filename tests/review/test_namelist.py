"""Lists of people to choose from: one line each, told apart, those that may be none last."""

from __future__ import annotations

from datetime import date

import pytest

from chronology.people import Person
from chronology.review.namelist import PEOPLE, UNSURE, is_unsure, spelling, spellings, whole_persons

JO = Person("p1", ("Jo EXAMPLE", "EXAMPLE, Jo", "Jo Sample"), date(2009, 3, 14), roles=("child",))
FATHER = Person("p2", ("Ade Sample",), date(1970, 1, 2), roles=("father",))
SON = Person("p3", ("Ade Sample",), date(1999, 5, 6))
HOUSE = Person("p4", ("4 Larch Court",))
NOBODY = Person("p5", ("unknown female",))
EVERYONE = (HOUSE, SON, NOBODY, JO, FATHER)


def labels(groups):
    return [(heading, [name.label for name in names]) for heading, names in groups]


def test_one_line_for_each_person_sorted_with_the_unsure_last():
    assert labels(whole_persons(EVERYONE, {})) == [
        (
            PEOPLE,
            [
                "Jo EXAMPLE (born 14 March 2009, child)",
                "Ade Sample (born 2 January 1970, father)",
                "Ade Sample (born 6 May 1999)",
            ],
        ),
        (UNSURE, ["4 Larch Court", "unknown female"]),
    ]


def test_two_of_one_name_are_told_apart_by_who_names_them_or_else_counted():
    twins = (Person("a", ("Kim Vale",)), Person("b", ("Kim Vale",)))
    (group,) = labels(whole_persons(twins, {"a": ["Police"], "b": ["Health", "Education"]}))
    assert group[1] == [
        "Kim Vale, named by Police",
        "Kim Vale, named by Health and Education",
    ]
    (group,) = labels(whole_persons(twins, {"a": ["Police"], "b": ["Police"]}))
    assert len(set(group[1])) == 2
    assert "(1 of 2 of this name)" in group[1][0]


def test_the_names_of_one_person_can_be_told_apart_without_near_repeats():
    groups = spellings(EVERYONE, {})
    heading, names = groups[-1]
    assert heading == "Names taken for Jo EXAMPLE (born 14 March 2009, child)"
    assert [name.label for name in names] == ["Jo EXAMPLE", "Jo Sample"]
    shouted = Person("p", ("Jo Vale", "JO VALE", "Jo  Vale."))
    assert labels(spellings((shouted,), {})) == [(PEOPLE, ["Jo Vale"])]


def test_a_line_stands_for_a_name_that_is_that_persons_alone():
    senior = Person("p6", ("Ade Sample", "Ade Sample senior"))
    (group,) = whole_persons((FATHER, senior), {})
    chosen = {name.label: spelling((FATHER, senior), name.value) for name in group[1]}
    assert chosen["Ade Sample"] == "Ade Sample senior"


@pytest.mark.parametrize("value", ["", "x", "9.9", "0.9", "1", ".", "-1.0", "0.0.0", "²0.0"])
def test_a_line_that_is_not_there_names_nobody(value):
    assert spelling(EVERYONE, value) == ""


@pytest.mark.parametrize(
    ("name", "unsure"),
    [
        ("4 Larch Court", True),
        ("Larch Court", True),
        ("unknown", True),
        ("unknown male", True),
        ("paramedic crew", True),
        ("Zeke M, Annie M", True),
        ("Jo and Kim Example", True),
        ("?", True),
        ("", True),
        ("mother", True),
        ("EXAMPLE, Jo", False),
        ("EXAMPLE, Jo Ann", False),
        ("Jane Lane", False),
        ("Nkechi Okonkwo-Adeyemi", False),
        ("Dr Vale", False),
        ("Unborn Example", False),
        ("Child A", False),
    ],
)
def test_who_may_be_no_person(name, unsure):
    assert is_unsure(Person("p", (name,))) is unsure


def test_a_date_of_birth_makes_a_person():
    assert not is_unsure(Person("p", ("unknown",), date(2009, 3, 14)))
