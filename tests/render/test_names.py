"""Persons are listed in one manner, however the agencies write their names."""

import pytest

from chronology.people import Person
from chronology.render.names import plain_name, shown_names


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("PELLICOTT, Maisie", "Maisie Pellicott", id="comma"),
        pytest.param("Pellicott, Maisie Jane", "Maisie Jane Pellicott", id="two-first-names"),
        pytest.param("PELLICOTT Maisie", "Maisie Pellicott", id="surname-in-capitals"),
        pytest.param("Maisie PELLICOTT", "Maisie Pellicott", id="surname-last"),
        pytest.param("MAISIE PELLICOTT", "Maisie Pellicott", id="all-capitals"),
        pytest.param("O'BRIEN, Cait", "Cait O'Brien", id="apostrophe"),
        pytest.param("MCDONALD-HILL, Jo", "Jo McDonald-Hill", id="mc"),
        pytest.param("Rowan Pellicott", "Rowan Pellicott", id="plain"),
        pytest.param("KA", "KA", id="initials"),
        pytest.param("MGM", "MGM", id="relation"),
        pytest.param("PC DUNMORE", "PC Dunmore", id="rank"),
        pytest.param("Dunmore, PC", "Dunmore, PC", id="rank-behind"),
        pytest.param("DUNMORE Craig 01/02/1986", "DUNMORE Craig 01/02/1986", id="with-a-date"),
        pytest.param(
            "Ms Pellicott, 22 Fenwick Road", "Ms Pellicott, 22 Fenwick Road", id="address"
        ),
        pytest.param("Child A", "Child A", id="pseudonym"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_name_is_shown_first_name_first(written, shown):
    assert plain_name(written) == shown


def test_two_persons_are_never_shown_under_one_name():
    two = [Person("P1", ("PELLICOTT, Maisie",)), Person("P2", ("Maisie Pellicott",))]
    assert shown_names(two) == {"P1": "PELLICOTT, Maisie", "P2": "Maisie Pellicott"}
