"""A date of birth behind a name, an address behind it, and occasions that are nobody."""

import pytest
from factories import an_account

from chronology.account import Mention
from chronology.names import mentions, subjects
from chronology.people import resolve


@pytest.mark.parametrize(
    ("written", "name", "role", "born"),
    [
        ("VALE Corin 01/02/1986", "VALE Corin", "", "01/02/1986"),
        ("Corin Vale, dob 1.2.86 (neighbour)", "Corin Vale", "neighbour", "1.2.86"),
        ("Corin Vale DOB: 1986-02-01", "Corin Vale", "", "1986-02-01"),
        ("VALE, Corin - 01/02/1986", "VALE, Corin", "", "01/02/1986"),
        ("Corin Vale b. 1.2.86", "Corin Vale", "", "1.2.86"),
        ("Corin Vale (01/02/1986)", "Corin Vale", "", "01/02/1986"),
        ("Corin seen on 01/02/2020", "Corin seen on 01/02/2020", "", ""),
        ("VALE x3 01/02/1986", "VALE x3 01/02/1986", "", ""),
    ],
)
def test_a_date_of_birth_behind_a_name_is_no_part_of_it(written, name, role, born):
    assert mentions(written) == (Mention(name, role, born),)


def test_so_it_is_for_those_whom_a_record_is_about():
    assert subjects("VALE Corin 01/02/1986; VALE Iona 02/03/1990") == (
        Mention("VALE Corin", "", "01/02/1986"),
        Mention("VALE Iona", "", "02/03/1990"),
    )
    # A date of birth of its own column counts before one in the cell, which stays as written.
    assert subjects("VALE Corin 01/02/1986", "03/04/1987") == (
        Mention("VALE Corin 01/02/1986", "", "03/04/1987"),
    )


def persons(*names: str) -> set[str]:
    account = an_account(subjects=(), people=tuple(map(Mention, names)))
    return {name for person in resolve([account]).persons for name in person.names}


@pytest.mark.parametrize("name", ["Strategy discussion", "Core group", "CORE GROUP MEETING"])
def test_an_occasion_is_nobody(name):
    assert persons(name, "Tanya Vale") == {"Tanya Vale"}


def test_a_name_before_an_address_is_somebody():
    assert persons("Ms Tanya Vale, 22 Fenwick Road") == {"Ms Tanya Vale, 22 Fenwick Road"}
    assert persons("22 Fenwick Road", "Mill House, 22 Fenwick Road") == set()


def test_a_name_with_an_address_joins_the_same_name():
    accounts = [
        an_account(narrative=f"{name} called.", people=(Mention(name),))
        for name in ("Ms Tanya Vale, 22 Fenwick Road", "Tanya Vale")
    ]
    names = {person.names for person in resolve(accounts).persons}
    assert any(len(together) == 2 for together in names)
