"""The doubt about whom a record is about stands only where the record names nobody of the case."""

from __future__ import annotations

import pytest
from factories import an_account

from chronology.account import Mention
from chronology.case import who_is_who
from chronology.flags import Flag
from chronology.people import NOTHING_RULED

MISSING = Flag("subject-missing", "The record does not name whom it is about.")
OTHER = Flag("date-missing", "The record gives no date.")


@pytest.mark.parametrize(
    ("people", "is_doubted"),
    [
        pytest.param((), True, id="nobody"),
        pytest.param((Mention("VALE Ada"), Mention("VALE Ben")), False, id="the children"),
        pytest.param((Mention("Kim Example", "mother"),), False, id="somebody of the family"),
        pytest.param((Mention("Ada Vale"), Mention("PC 3316 BRACK")), False, id="with an officer"),
        pytest.param((Mention("PC 3316 BRACK"),), True, id="an officer alone"),
        pytest.param((Mention("Ottilie Brack", "social worker"),), True, id="a worker alone"),
        pytest.param((Mention("Unknown"), Mention("N/A"), Mention("-")), True, id="not known"),
        pytest.param((Mention("unknown male"),), True, id="somebody not known"),
    ],
)
def test_the_doubt_stands_only_where_nobody_is_named(
    people: tuple[Mention, ...], is_doubted: bool
) -> None:
    row = an_account(subjects=(), people=people, flags=(MISSING, OTHER))
    known = an_account(subjects=(Mention("Ada Vale"),), narrative="Seen at school, well.")
    told, _ = who_is_who((row, known), (), NOTHING_RULED)
    assert [flag.code for flag in told[0].flags] == [
        *(["subject-missing"] if is_doubted else []),
        "date-missing",
    ]
