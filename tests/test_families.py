"""A family's chronology is the same whether or not another family's files lie beside its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from factories import an_account

from chronology.account import Account, Mention
from chronology.families import FAMILY_OF_ITS_OWN, Home, homes, may_meet
from chronology.labelled import read_case
from chronology.merge import Merged, merge
from chronology.people import resolve
from chronology.understand import understand
from chronology.when import Precision, When

CASES = Path(__file__).parents[1] / "benchmarks" / "cases"
DAY = When("1 May 2021", Precision.DAY, date(2021, 5, 1), date(2021, 5, 1))


@cache
def accounts_of(case: str, *, a_file_each: bool) -> tuple[Account, ...]:
    """A case's accounts, in one file or in a file for each organisation."""
    accounts = read_case(CASES / f"{case}.jsonl").accounts
    if not a_file_each:
        return accounts
    return tuple(
        replace(a, source=replace(a.source, file=f"{case} {a.organisation}.csv")) for a in accounts
    )


@cache
def decided(accounts: tuple[Account, ...]) -> Merged:
    return merge(accounts, resolve(accounts))


def of_these(merged: Merged, accounts: tuple[Account, ...]) -> tuple[object, ...]:
    """What was decided of these accounts, whatever else was merged with them."""
    own = {account.id for account in accounts}
    return (
        [entry for entry in merged.entries if own & {a.id for a in entry.accounts}],
        [question for question in merged.questions if own & {question.a.id, question.b.id}],
        [link for link in merged.links if own & {link.a.id, link.b.id}],
    )


@pytest.mark.parametrize(
    ("case", "beside", "a_file_each"),
    [
        pytest.param("K1", "L1", False, id="one file each"),
        pytest.param("N1", "P1", False, id="a name alike in both"),
        pytest.param("L1", "K1", True, id="a file for each organisation"),
        pytest.param("M1", "N1", True, id="files that name the children by initials"),
    ],
)
def test_another_familys_files_change_nothing(case, beside, a_file_each):
    own = accounts_of(case, a_file_each=a_file_each)
    others = accounts_of(beside, a_file_each=a_file_each)
    assert of_these(decided((*own, *others)), own) == of_these(decided(own), own)


def rows(who: str, file: str, number: int = 1, text: str = "Seen.") -> list[Account]:
    """So many records of a file about somebody, or about nobody."""
    subjects = (Mention(who),) if who else ()
    accounts = [
        an_account(narrative=f"{text} {at} {file}", occurred=DAY, subjects=subjects, people=())
        for at in range(number)
    ]
    return [replace(a, source=replace(a.source, file=file)) for a in accounts]


MANY = FAMILY_OF_ITS_OWN
BLAKES = rows("Tilly Blakemore", "blakemore.csv", MANY)
OTHERS = rows("Omar Quennell", "quennell.csv", MANY)


def homes_of(*accounts: Account) -> dict[str, Home]:
    return homes([understand(account) for account in accounts], resolve(accounts))


def meet(one: list[Account], other: list[Account], *beside: list[Account]) -> bool:
    """Whether records of two files may be laid beside each other."""
    found = homes_of(*one, *other, *(a for rows in beside for a in rows))
    return may_meet(found[one[0].id], found[other[0].id])


def test_two_families_never_meet():
    assert not meet(BLAKES, OTHERS)


def test_two_small_families_of_their_own_files_never_meet():
    assert not meet(rows("Tilly Blakemore", "a.csv", 3), rows("Omar Quennell", "b.csv", 3))


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param(rows("Gus Blakemore", "police.csv"), id="bears the name"),
        pytest.param(rows("Ann Orrow", "blakemore.csv"), id="stands in the file"),
        pytest.param(rows("Ann Orrow", "police.csv", text="Lives with Blakemore."), id="names it"),
        pytest.param(rows("BLAKEMORE, T and G", "court.csv"), id="several of the name"),
    ],
)
def test_a_stray_name_meets_the_family_it_has_to_do_with_and_no_other(stray):
    assert meet(stray, BLAKES, OTHERS)
    assert not meet(stray, OTHERS, BLAKES)


def test_a_child_named_alone_is_of_the_family_that_bears_the_surname():
    both = (Mention("Tilly Blakemore"), Mention("Gus Blakemore"))
    twins = [replace(a, subjects=both) for a in rows("", "care.csv", MANY)]
    alone = rows("Ivy Blakemore", "nursery.csv", MANY)
    assert meet(alone, twins, OTHERS)
    assert not meet(alone, OTHERS, twins)


def test_two_children_named_alone_who_share_a_surname_stay_two_families():
    assert not meet(
        rows("Ivy Blakemore", "a.csv", MANY), rows("Omar Blakemore", "b.csv", MANY), OTHERS
    )


def test_a_word_that_only_looks_like_a_name_ties_nobody():
    young = rows("Kit Young", "young.csv", 3)
    assert not meet(young, rows("Tilly Blakemore", "b.csv", MANY, text="A young child."))
    assert meet(young, rows("Tilly Blakemore", "b.csv", MANY, text="With Kit Young."))


def test_a_file_that_names_nobody_may_be_of_any_family():
    nobody = rows("", "helpline.csv")
    assert meet(nobody, BLAKES, OTHERS)
    assert meet(nobody, OTHERS, BLAKES)


def test_in_the_file_of_several_families_a_stray_may_be_of_any_of_them():
    both = [replace(a, source=replace(a.source, file="police.csv")) for a in (*BLAKES, *OTHERS)]
    stray = rows("Ann Orrow", "police.csv")
    assert meet(stray, both[:1], both)
    assert meet(stray, both[-1:], both)


@pytest.mark.parametrize("beside", [[], OTHERS], ids=["alone", "beside another family"])
def test_a_first_name_is_looked_for_in_the_family_its_file_is_about(beside):
    (thin,) = rows("Tilly", "blakemore.csv", text="Came in.")
    cast = resolve([*BLAKES, thin, *beside])
    assert cast.subjects_of(thin) == cast.subjects_of(BLAKES[0]) != frozenset()
