"""Annex A, two censuses, a 903 set and an SSD dump of the same children give each fact once."""

from __future__ import annotations

from collections import Counter

import pytest
from returns import ANN, BEN, BORN, TRUE, write_returns

from chronology.case import Chronology, build


@pytest.fixture(scope="module")
def chronology(tmp_path_factory: pytest.TempPathFactory) -> Chronology:
    folder = tmp_path_factory.mktemp("returns")
    write_returns(folder)
    return build([folder])


def told(chronology: Chronology) -> Counter[tuple[str, str, str]]:
    """How many entries tell of each fact: (child's number, fact, day)."""
    found: Counter[tuple[str, str, str]] = Counter()
    for entry in chronology.entries:
        found.update(
            {
                (mention.identifiers[0].text, fact, str(account.occurred.start))
                for account in entry.accounts
                for mention in account.subjects
                for fact in account.facts
            }
        )
    return found


def test_every_file_is_read_as_what_it_is_and_every_record_is_accounted_for(
    chronology: Chronology,
) -> None:
    assert not chronology.refused
    assert len(chronology.files) == 2 + 2 + 3 + 15
    assert sum(file.rows_read for file in chronology.files) == len(chronology.accounts) + len(
        chronology.left_out
    )


def test_each_plan_start_visit_and_placement_stands_once(chronology: Chronology) -> None:
    entries = told(chronology)
    assert {fact: entries[fact] for fact in TRUE} == dict.fromkeys(TRUE, 1)


def test_nothing_is_told_that_did_not_happen(chronology: Chronology) -> None:
    #: What the same days imply: an enquiry begins with a discussion, leaving care ends a placement.
    implied = {(ANN, "strategy-discussion", "2023-01-16"), (BEN, "placement-end", "2024-03-15")}
    assert told(chronology).keys() == {*TRUE, *implied}


def test_the_three_children_are_three_persons_whatever_the_return(chronology: Chronology) -> None:
    subjects = [person for person in chronology.cast.persons if person.is_subject]
    assert sorted(person.identifiers[0].text for person in subjects) == sorted(BORN)


def test_what_is_defined_leaves_nothing_to_ask(chronology: Chronology) -> None:
    asked = [(q.a.narrative, q.b.narrative) for q in chronology.questions]
    assert len(asked) <= 2, asked
