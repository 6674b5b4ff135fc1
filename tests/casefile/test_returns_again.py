"""Returns come every month and every year: what they no longer show took place all the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from exports import WHO, added, counts
from returns import ANN, write_returns

from chronology.casefile import CaseFile
from chronology.merge import PRESETS


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    folder = tmp_path / "returns"
    folder.mkdir()
    write_returns(folder)
    return folder


@pytest.fixture
def case(tmp_path: Path) -> CaseFile:
    return CaseFile.create(tmp_path / "a.chronology", "Case", "OFFICIAL", *WHO)


def visits(case: CaseFile) -> Counter[str]:
    return Counter(
        str(account.occurred.start)
        for entry in case.chronology(PRESETS["default"]).entries
        for account in entry.accounts[:1]
        if "cp-visit" in account.facts
    )


def test_last_months_visit_stays_beside_the_next(case: CaseFile, returns: Path) -> None:
    with case:
        added(case, returns / "Annex A February.xlsx")
        new, known, changed, withdrawn = counts(added(case, returns / "Annex A March.xlsx"))
        assert (new, known, changed, withdrawn) == (1, 7, 0, 0)
        assert visits(case) == Counter(["2023-02-24", "2023-03-17"])


def test_the_years_of_a_census_are_united(case: CaseFile, returns: Path) -> None:
    with case:
        first = added(case, returns / "cin 2023.xml")
        later = added(case, returns / "cin 2024.xml")
        assert counts(first)[0] == 9
        assert counts(later)[2:] == (0, 0)
        assert len(case.accounts()) == counts(first)[0] + counts(later)[0]


def test_a_fact_in_two_returns_is_two_accounts_of_one_entry(case: CaseFile, returns: Path) -> None:
    with case:
        added(case, returns / "Annex A February.xlsx", returns / "cin 2023.xml")
        entries = case.chronology(PRESETS["default"]).entries
        (plan,) = (e for e in entries if any("cp-plan-start" in a.facts for a in e.accounts))
        assert {account.source.file for account in plan.accounts} == {
            "Annex A February.xlsx",
            "cin 2023.xml",
        }


def test_a_list_of_persons_names_the_children_of_a_case(case: CaseFile, returns: Path) -> None:
    who = returns / "who.csv"
    who.write_text(f"Child Unique ID,Name,Date of Birth\n{ANN},Ann EXAMPLE,06/05/2014\n")
    with case:
        added(case, returns / "Annex A February.xlsx")
        added(case, who)
        persons = case.chronology(PRESETS["default"]).cast.persons
        assert [person.names for person in persons if person.is_subject] == [("Ann EXAMPLE",)]


def test_what_a_later_message_withdraws_stays_and_is_said_to_be_withdrawn(case: CaseFile) -> None:
    samples = Path(__file__).parents[1] / "importers" / "defined" / "csc_api"
    with case:
        added(case, samples / "first.json")
        added(case, samples / "later_purge.json")
        accounts = case.chronology(PRESETS["default"]).accounts
        said = [f.text for a in accounts for f in a.flags if f.code == "record-nullified"]
        assert any("later_purge.json" in text for text in said)
        assert len(said) < len(accounts)
