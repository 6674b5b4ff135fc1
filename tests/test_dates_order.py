"""Columns of dates: what shows whether the day or the month comes first."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from chronology.dates import Order, settle, weigh


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        pytest.param(["03/04/2014", "13/05/2014"], Order.DAY_FIRST, id="a-late-day"),
        pytest.param(["03/04/2014", "05/13/2014"], Order.MONTH_FIRST, id="a-late-day-second"),
        pytest.param(["03/04/2014", "5/6/14"], Order.UNPROVEN, id="nothing-after-the-12th"),
        pytest.param(["13/05/2014", "05/13/2014"], Order.CONTRADICTORY, id="both"),
        pytest.param(["2014-05-13", "13 May 2014"], Order.UNPROVEN, id="no-numbers-to-exchange"),
        pytest.param(["c. 23/04/14"], Order.DAY_FIRST, id="a-doubted-date-proves-too"),
        pytest.param(["03/04/14 - 23/04/14"], Order.DAY_FIRST, id="the-end-of-a-stretch"),
        pytest.param(["Thu 03/04/2014"], Order.DAY_FIRST, id="a-weekday"),
        pytest.param(["Tue 03/04/2014"], Order.MONTH_FIRST, id="an-american-weekday"),
        pytest.param(["Tue 03/04/2014", "13/04/14"], Order.DAY_FIRST, id="numbers-beat-weekdays"),
        pytest.param(["31/31/2014", "not known", ""], Order.UNPROVEN, id="nothing-readable"),
        pytest.param([], Order.UNPROVEN, id="an-empty-column"),
    ],
)
def test_a_column_proves_its_order_or_nothing(texts, order):
    assert weigh(texts).order is order


def test_the_proof_names_a_date_and_counts():
    proof = weigh(["03/04/2014", "13/05/2014", "14/05/2014", "May 2014"]).proof
    assert proof == "'13/05/2014' can only be day first (2 of 3 dates prove it)."


def test_a_contradiction_names_both():
    proof = weigh(["13/05/2014", "05/13/2014"]).proof
    assert "'13/05/2014'" in proof
    assert "'05/13/2014'" in proof


def test_a_column_takes_the_order_of_its_neighbour_and_says_so():
    settled = settle(weigh(["03/04/2014"]), [weigh(["05/06/2014"]), weigh(["05/13/2014"])])
    assert settled.order is Order.MONTH_FIRST
    assert "'05/13/2014' can only be month first" in settled.proof


@pytest.mark.parametrize(
    ("column", "others"),
    [
        pytest.param(["03/04/2014"], [["13/05/2014"], ["05/13/2014"]], id="neighbours-disagree"),
        pytest.param(["23/04/2014"], [["05/13/2014"]], id="proven-itself"),
        pytest.param(["03/04/2014"], [["05/06/2014"]], id="nobody-proves"),
    ],
)
def test_a_column_keeps_its_own_evidence(column, others):
    assert settle(weigh(column), [weigh(o) for o in others]) == weigh(column)


@pytest.mark.parametrize(
    ("texts", "stamps", "swapped"),
    [
        pytest.param(["", "23/04/2014"], [date(2014, 4, 3), None], True, id="the-signature"),
        pytest.param(["", "23/04/2014"], [date(2014, 4, 23), None], False, id="a-late-real-date"),
        pytest.param(["", "03/04/2014"], [date(2014, 4, 3), None], False, id="an-early-text"),
        pytest.param(["", "?23/04/2014"], [date(2014, 4, 3), None], False, id="text-for-its-mark"),
        pytest.param(["", "May 2014"], [date(2014, 4, 3), None], False, id="text-for-its-month"),
        pytest.param([""], [date(2014, 4, 3)], False, id="real-dates-alone"),
    ],
)
def test_the_mark_of_a_spreadsheet_that_exchanged_day_and_month(texts, stamps, swapped):
    evidence = weigh(texts, stamps)
    assert evidence.swapped_stamps is swapped
    assert ("spreadsheet" in evidence.proof) is swapped


@pytest.mark.parametrize(
    ("texts", "stamps", "says_nothing"),
    [
        pytest.param(["14/03/2013 00:00", "15/03/2013 00:00"], [], True, id="always"),
        pytest.param(["14/03/2013 00:00", "15/03/2013 09:00"], [], False, id="sometimes"),
        pytest.param(["14/03/2013 00:00", "15/03/13", "16/3/13"], [], False, id="once-among-days"),
        pytest.param(["14/03/2013 midnight"], [], False, id="in-a-word"),
        pytest.param(["14/03/2013"], [], False, id="no-times"),
        pytest.param([""], [datetime(2013, 3, 14)], True, id="real-dates"),
        pytest.param(["2017-04-09T23:00:00Z", "2017-01-09T00:00:00Z"], [], True, id="local"),
        pytest.param(["2017-07-09T00:00:00Z"], [], True, id="in-utc"),
    ],
)
def test_whether_midnight_says_anything(texts, stamps, says_nothing):
    assert weigh(texts, stamps).midnight_means_day is says_nothing


@pytest.mark.parametrize(
    ("texts", "taken"),
    [
        (["14/03/2013", "41347"], True),
        (["41347", "41348"], True),
        (["14/03/2013", "41347", "", "N/K"], True),
        (["house", "41347", "review", "41348"], False),
        (["", "N/K"], False),
    ],
)
def test_whether_numbers_are_days(texts, taken):
    assert weigh(texts).serials is taken
