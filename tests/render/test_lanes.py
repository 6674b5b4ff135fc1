"""The drawing of lanes: what is a point, what is a stretch, and where nothing was recorded."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from chronology.render.lanes import Drawing, drawing, years_by_agency
from chronology.render.listing import listing
from chronology.render.scale import LEFT, RIGHT
from tests.render.pages import (
    EMPTY,
    a_large_timeline,
    a_merged_entry,
    a_month_entry,
    an_entry,
    an_undated_entry,
)


def _drawn(*entries: object) -> Drawing:
    drawn = drawing(listing(replace(EMPTY, entries=entries)))
    assert drawn is not None
    return drawn


def _marks(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)", path)]


def test_a_month_is_a_bar_over_the_month_and_never_a_point():
    (lane,) = _drawn(a_month_entry(1)).lanes
    assert lane.marks == ""
    assert lane.bars.startswith(f"M{LEFT} ")
    assert f"h{RIGHT - LEFT}v" in lane.bars


def test_a_day_is_a_point():
    (lane,) = _drawn(an_entry(1)).lanes
    assert lane.bars == ""
    assert len(_marks(lane.marks)) == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [pytest.param("", "2013-03-14", id="before"), pytest.param("2013-03-14", "", id="after")],
)
def test_an_open_end_is_an_arrow(start, end):
    entry = an_entry(1, iso_start=start, iso_end=end, is_exact=False)
    (lane,) = _drawn(entry).lanes
    assert lane.marks == ""
    assert len(_marks(lane.bars)) == 1


def test_undated_entries_are_counted_and_not_drawn():
    drawn = _drawn(an_entry(1), an_undated_entry(2))
    assert len(_marks(drawn.lanes[0].marks)) == 1
    assert "1 without a date (not drawn)" in drawn.caption


def test_no_date_at_all_draws_nothing():
    assert drawing(listing(replace(EMPTY, entries=(an_undated_entry(1),)))) is None


def test_one_event_of_two_agencies_is_joined_and_ringed_where_they_differ():
    drawn = _drawn(a_merged_entry(1))
    assert len(_marks(drawn.joins)) == 1
    assert len(_marks(drawn.rings)) == 2
    assert [len(_marks(lane.marks)) for lane in drawn.lanes] == [1, 1]


def test_one_event_of_one_agency_is_not_joined():
    assert _drawn(an_entry(1), an_entry(2)).joins == ""


def test_marks_of_one_day_stand_on_each_other():
    (lane,) = _drawn(an_entry(1), an_entry(2), an_entry(3)).lanes
    assert len({y for _, y in _marks(lane.marks)}) == 3


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param("2013-06-12", (), id="89 days"),
        pytest.param("2013-06-13", ("90 days, no entry",), id="90 days"),
        pytest.param("2013-07-02", ("109 days, no entry",), id="109 days"),
    ],
)
def test_a_gap_begins_at_ninety_days_free_of_entries(day, words):
    (lane,) = _drawn(an_entry(1, "2013-03-14"), an_entry(2, day)).lanes
    assert tuple(gap.text for gap in lane.gaps) == words
    assert tuple(text for _, text in lane.words) == words


def test_a_stretch_is_no_gap():
    year = an_entry(2, iso_start="2013-03-15", iso_end="2014-03-14", is_exact=False)
    (lane,) = _drawn(an_entry(1), year, an_entry(3, "2014-03-15")).lanes
    assert lane.gaps == ()


def test_words_under_gaps_never_run_into_each_other():
    for lane in _drawn(*a_large_timeline(60).entries).lanes:
        spans = [(float(x) - len(text) * 2.9, float(x) + len(text) * 2.9) for x, text in lane.words]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert all(start >= LEFT and end <= RIGHT for start, end in spans)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        pytest.param("2013-03-01", "2013-05-31", "Apr 2013", id="months"),
        pytest.param("2011-03-01", "2014-05-31", "Jul 2012", id="half years"),
        pytest.param("1990-03-01", "2014-05-31", "2010", id="years"),
        pytest.param("0001-01-01", "9999-12-31", "5000", id="the whole calendar"),
    ],
)
def test_the_axis_names_what_there_is_room_for(first, last, label):
    drawn = _drawn(an_entry(1, first), an_entry(2, last))
    places = [float(tick.x) for tick in drawn.ticks]
    assert label in [tick.label for tick in drawn.ticks]
    assert all(right - left > 50 for left, right in pairwise(places))


def test_the_table_counts_each_entry_once_an_agency():
    listed = listing(replace(EMPTY, entries=(an_entry(1), a_merged_entry(2), an_undated_entry(3))))
    counts = {choice.label: numbers for choice, numbers in years_by_agency(listed)}
    assert counts == {"Health": (1, 0), "Social care": (1, 0), "Police": (1, 1)}
