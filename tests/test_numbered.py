"""A return names a child by a number alone; a list of persons gives the number its name."""

from __future__ import annotations

import pytest
from factories import an_account

from chronology.account import Account, Identifier, Mention
from chronology.importers.defined.base import child
from chronology.people import resolve

NAMED = Mention("Jo EXAMPLE", "", "20/01/2012", (Identifier("local", "100234"),))


def by_number(number: str = "100234", **changes: object) -> Account:
    return an_account(subjects=child(number), narrative=f"Visit {changes}", **changes)


def test_one_number_is_one_child_whatever_organisation_the_file_names() -> None:
    accounts = (by_number(organisation="Marrow Council"), by_number(organisation=""))
    cast = resolve(accounts)
    assert len(cast.persons) == 1
    assert cast.persons[0].names == ("Child ID 100234",)


def test_two_numbers_are_two_children() -> None:
    assert len(resolve((by_number("100234"), by_number("100235"))).persons) == 2


def test_a_list_of_persons_gives_a_number_its_name_and_tells_of_nobody_else() -> None:
    spare = Mention("Ann SPARE", "", "", (Identifier("local", "999"),))
    cast = resolve((by_number(),), listed=(spare, NAMED))
    assert [person.names for person in cast.persons] == [("Jo EXAMPLE",)]


def test_a_named_record_and_one_by_number_are_of_one_child() -> None:
    accounts = (by_number(), an_account(subjects=(NAMED,), narrative="Conference"))
    cast = resolve(accounts)
    assert [person.names for person in cast.persons] == [("Jo EXAMPLE",)]
    assert cast.subjects_of(accounts[0]) == cast.subjects_of(accounts[1])


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(
            (NAMED, Mention("Zed OTHER", "", "", (Identifier("local", "100234"),))), id="two names"
        ),
        pytest.param((Mention("Jo EXAMPLE", "", "", (Identifier("local", "1"),)),), id="none"),
    ],
)
def test_a_number_without_one_certain_name_stays_a_number(listed: tuple[Mention, ...]) -> None:
    cast = resolve((by_number(),), listed=listed)
    assert cast.persons[0].names == ("Child ID 100234",)


def test_a_date_of_birth_that_speaks_against_it_keeps_them_apart() -> None:
    account = an_account(subjects=child("100234", born="05/05/2015"), narrative="Visit")
    cast = resolve((account,), listed=(NAMED,))
    assert cast.persons[0].names == ("Child ID 100234",)
