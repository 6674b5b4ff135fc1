"""One defined fact of one child on one day is one entry, however many returns tell of it."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from chronology.account import Account, Agency, Source
from chronology.decisions import Rulings, pair_of
from chronology.importers.defined.base import child
from chronology.merge import PRESETS, Merged, merge
from chronology.people import resolve
from chronology.when import Precision, When


def told(
    fact: str, day: str, file: str, row: int = 1, number: str = "100234", **changes: object
) -> Account:
    when = date.fromisoformat(day)
    said: dict[str, object] = {
        "agency": Agency.SOCIAL_CARE,
        "source": Source(file, "", row, file * 8),
        "occurred": When(day, Precision.DAY, when, when),
        "narrative": f"{fact} as {file} words it",
        "facts": tuple(fact.split("+")),
        "subjects": child(number),
    }
    return Account(**(said | changes))  # type: ignore[arg-type]


def merged(*accounts: Account, preset: str = "default", **rulings: object) -> Merged:
    return merge(
        accounts,
        resolve(accounts),
        PRESETS[preset],
        rulings=Rulings(**rulings),  # type: ignore[arg-type]
    )


def sizes(*accounts: Account, preset: str = "default") -> list[int]:
    return sorted(len(entry.accounts) for entry in merged(*accounts, preset=preset).entries)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_start_of_a_plan_in_three_returns_is_one_entry_in_any_order(preset: str) -> None:
    returns = [told("cp-plan-start", "2023-02-02", file) for file in ("annex", "census", "ssd")]
    for order in permutations(returns):
        found = merged(*order, preset=preset)
        (entry,) = found.entries
        assert len(entry.accounts) == 3
        assert entry.confidence == 1
        (reason,) = entry.reasons
        assert reason.startswith("3 records are of one fact that the returns define")
        assert "'Child protection plan started'" in reason
        assert not found.questions


def test_a_record_of_several_facts_ties_those_of_each() -> None:
    accounts = (
        told("cla-start+legal-status-start+placement-start", "2023-06-05", "903"),
        told("placement-start", "2023-06-05", "annex"),
        told("cla-start", "2023-06-05", "ssd"),
    )
    assert sizes(*accounts) == [3]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(told("cp-plan-start", "2023-02-03", "ssd"), id="another day"),
        pytest.param(told("cp-plan-end", "2023-02-02", "ssd"), id="another fact"),
        pytest.param(
            told("cp-plan-start", "2023-02-02", "ssd", number="100999"), id="another child"
        ),
        pytest.param(told("cp-plan-start", "2023-02-02", "ssd", subjects=()), id="nobody named"),
        pytest.param(
            told("cp-plan-start", "2023-02-02", "ssd", agency=Agency.HEALTH), id="another agency"
        ),
    ],
)
def test_what_differs_in_one_thing_stays_apart(other: Account) -> None:
    assert sizes(told("cp-plan-start", "2023-02-02", "annex"), other) == [1, 1]


def test_a_plan_that_starts_on_two_days_in_two_returns_is_put_to_a_person() -> None:
    found = merged(
        told("cp-plan-start", "2023-02-02", "annex"), told("cp-plan-start", "2023-02-03", "ssd")
    )
    assert len(found.questions) == 1


def test_visits_on_two_days_and_different_facts_of_a_day_are_no_question() -> None:
    found = merged(
        told("cp-visit", "2023-02-02", "annex"),
        told("cp-visit", "2023-02-03", "ssd"),
        told("icpc", "2023-02-02", "annex", 2),
        told("cp-plan-start", "2023-02-02", "annex", 3),
    )
    assert len(found.entries) == 4
    assert not found.questions


def test_two_contacts_of_one_day_in_one_file_are_not_taken_for_one() -> None:
    accounts = (
        told("contact", "2023-02-02", "annex", 1, narrative="Contact from a school"),
        told("contact", "2023-02-02", "annex", 2, narrative="Contact from the police"),
        told("contact", "2023-02-02", "ssd", 1, narrative="Contact. Source: school"),
    )
    assert sizes(*accounts) == [1, 1, 1]


def test_a_start_told_twice_in_one_file_is_one() -> None:
    accounts = [
        told("icpc", "2023-02-02", "census", row, narrative=f"told at line {row}") for row in (3, 9)
    ]
    assert sizes(*accounts) == [2]


def test_what_people_ruled_different_is_never_joined_by_definition() -> None:
    one, other = (told("icpc", "2023-02-02", file) for file in ("annex", "ssd"))
    found = merged(one, other, different=frozenset({pair_of(one.id, other.id)}))
    assert len(found.entries) == 2
