"""Counting links on labelled cases: what is tied, what is not, and whether the delay is right."""

from dataclasses import replace
from datetime import date

import pytest

from chronology.evaluate import Figures, link_figures
from chronology.labelled import Truth
from chronology.links_measured import count_links
from chronology.merge import Link, Merged
from tests.cases import told
from tests.factories import an_entry

DAYS = ("2021-05-01", "2021-05-03", "2021-05-06", "2021-05-09")
FIRST, SECOND, THIRD, ALONE = (told("police", day, f"Record of {day}.") for day in DAYS)
#: The second occurrence, told by another service and not merged with the first telling of it.
AGAIN = told("health", DAYS[1], "The same, told by health.")
TRUTH = {
    FIRST.id: Truth("E1", "I1", date(2021, 5, 1)),
    SECOND.id: Truth("E2", "I1", date(2021, 5, 3)),
    AGAIN.id: Truth("E2", "I1", date(2021, 5, 3)),
    THIRD.id: Truth("E3", "I1", date(2021, 5, 7)),
    ALONE.id: Truth("E4", "", date(2021, 5, 9)),
}
ENTRIES = tuple(an_entry(account) for account in (FIRST, SECOND, AGAIN, THIRD, ALONE))


def link(a, b) -> Link:
    return Link(a, b, "response", (b.occurred.start - a.occurred.start).days, ())


def counted(*links: Link) -> Figures:
    return Figures(**count_links(TRUTH, Merged(ENTRIES, links=links)))


def test_no_links_are_never_wrong_and_tie_nothing():
    found = counted()
    assert (found.links_precision, found.links_recall, found.followers) == (1.0, 0.0, 2)


def test_a_chain_ties_the_whole_incident():
    found = counted(link(FIRST, SECOND), link(SECOND, THIRD))
    assert (found.links_recall, found.links_recall_of_first) == (1.0, 1.0)


def test_any_entry_of_an_occurrence_counts_for_it():
    found = counted(link(FIRST, AGAIN), link(SECOND, THIRD))
    assert (found.links_precision, found.links_recall) == (1.0, 1.0)


def test_what_is_tied_but_not_to_the_first_counts_once():
    found = counted(link(SECOND, THIRD))
    assert (found.links_recall, found.links_recall_of_first) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("wrong", "of_one"),
    [
        pytest.param(link(SECOND, ALONE), 0, id="to what stands alone"),
        pytest.param(link(SECOND, AGAIN), 1, id="between two entries of one occurrence"),
    ],
)
def test_a_wrong_link_ties_nothing(wrong, of_one):
    found = counted(wrong)
    assert (found.links_precision, found.links_recall, found.links_of_one) == (0.0, 0.0, of_one)


def test_a_delay_is_held_against_the_true_dates_and_the_dates_shown():
    found = counted(link(FIRST, SECOND), link(SECOND, THIRD))
    assert (found.delays_true, found.delays_shown) == (1, 2)
    assert found.delays_right == 0.5


def test_an_entry_of_two_is_counted_by_what_most_of_it_tells():
    merged = (an_entry(FIRST, SECOND, AGAIN), an_entry(THIRD))
    links = (link(FIRST, THIRD),)
    found = Figures(**count_links(TRUTH, Merged(merged, links=links)))
    assert (found.links_right, found.tied) == (1, 1)
    assert found.links_recall_of_first == 0.0


def test_a_truth_without_a_day_gives_no_right_delay():
    truth = TRUTH | {FIRST.id: replace(TRUTH[FIRST.id], day=None)}
    found = count_links(truth, Merged(ENTRIES, links=(link(FIRST, SECOND),)))
    assert (found["links_right"], found["delays_true"]) == (1, 0)


def test_the_figures_stand_in_a_line():
    line = link_figures(counted(link(FIRST, SECOND)))
    assert line.split()[:4] == ["1", "1", "1.000", "0.500"]
