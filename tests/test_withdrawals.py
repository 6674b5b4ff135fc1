"""A message that takes back an earlier record leaves it standing, said to be withdrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import an_account

from chronology.account import LeftOut, Source
from chronology.withdrawals import with_withdrawals

PURGE = LeftOut(
    Source("later.json", "Children", 3, "ab" * 32, unit="item"),
    "It withdraws an earlier record.",
    ("purge: true",),
    withdraws="API|CIN-7",
)


def test_a_withdrawn_record_stays_and_says_by_what_it_was_withdrawn() -> None:
    account = an_account(reference="CIN-7", system="API")
    (after,) = with_withdrawals([account], [PURGE])
    assert after.id == account.id
    assert [flag.text for flag in after.flags if flag.code == "record-nullified"] == [
        "The agency withdrew this record: later.json, Children, item 3."
    ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"reference": "CIN-8", "system": "API"}, id="another record"),
        pytest.param({"reference": "CIN-7", "system": "Mosaic"}, id="another system"),
        pytest.param({"reference": "", "system": "API"}, id="no reference"),
    ],
)
def test_other_records_are_not_touched(changes: dict[str, str]) -> None:
    account = an_account(**changes)
    assert with_withdrawals([account], [PURGE]) == (account,)


def test_withdrawing_twice_says_it_once() -> None:
    account = an_account(reference="CIN-7", system="API")
    again = replace(PURGE, source=replace(PURGE.source, row=9))
    once = with_withdrawals([account], [again, PURGE])
    assert with_withdrawals(once, [PURGE, again]) == once


def test_withdrawing_a_record_withdraws_what_it_holds() -> None:
    inner = an_account(reference="CIN-7 > S47-1", system="API")
    beside = an_account(reference="CIN-71 > S47-1", system="API")
    after = with_withdrawals([inner, beside], [PURGE])
    assert ["record-nullified" in [f.code for f in one.flags] for one in after] == [True, False]
