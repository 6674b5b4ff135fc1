"""A file read again because it was read wrongly before: what was corrected counts, once."""

from dataclasses import replace
from pathlib import Path

import pytest
from exports import LATER, ROWS, WHO, a_case, added, by_details, counts, write_csv

from chronology.account import Agency, Said
from chronology.case import Wishes
from chronology.casefile import Added, CaseFile, adding
from chronology.importers import Given
from chronology.importers.mapping import read_mapping
from chronology.merge import PRESETS

ALL = len(ROWS)
EAST = Given(organisation="Eastmoor Police")
WEST = Given(organisation="Westmoor Police")


def stated(case: CaseFile, path: Path, given: Given) -> Added:
    return case.add([path], Wishes(given), *LATER)


def organisations(case: CaseFile) -> set[str]:
    return {account.organisation for account in case.accounts()}


def test_an_organisation_corrected_stands_in_the_case_and_the_old_reading_in_the_history(tmp_path):
    with a_case(tmp_path) as case:
        stated(case, tmp_path / "police_log.csv", EAST)
        assert organisations(case) == {"Eastmoor Police"}
        done = stated(case, tmp_path / "police_log.csv", WEST)
        assert counts(done) == (0, 0, ALL, 0)
        assert done.files[0].reread == ALL
        assert organisations(case) == {"Westmoor Police"}
        told = case.history(case.accounts()[0].id)
        assert [v.status for v in told] == ["new", "reread", "reread"]
        assert [v.account.organisation for v in told][1:] == ["Eastmoor Police", "Westmoor Police"]
        assert f"({ALL} of the changed only read anew)" in case.log()[-1].detail
        assert case.verify() == ()


def test_what_was_stated_first_can_be_stated_again(tmp_path):
    path = tmp_path / "police_log.csv"
    with a_case(tmp_path) as case:
        for given in (EAST, WEST, EAST):
            assert stated(case, path, given).changed == ALL
        assert organisations(case) == {"Eastmoor Police"}
        assert counts(stated(case, path, EAST)) == (0, ALL, 0, 0)


@pytest.mark.parametrize("name", ["police_log.csv", "b/police_log.csv", "police_log_copy.csv"])
@pytest.mark.parametrize("order", [1, -1], ids=["as it was", "sorted anew"])
def test_the_same_export_after_a_correction_adds_nothing_and_keeps_it(tmp_path, name, order):
    with a_case(tmp_path) as case:
        stated(case, tmp_path / "police_log.csv", EAST)
        assert counts(added(case, write_csv(tmp_path / name, ROWS[::order]))) == (0, ALL, 0, 0)
        assert organisations(case) == {"Eastmoor Police"}


def test_a_later_export_is_read_as_corrected(tmp_path):
    with a_case(tmp_path, ROWS[:4]) as case:
        stated(case, tmp_path / "police_log.csv", EAST)
        assert counts(added(case, write_csv(tmp_path / "police_log2.csv", ROWS))) == (2, 4, 0, 0)
        assert organisations(case) == {"Eastmoor Police"}


def test_what_is_stated_about_a_later_export_holds_for_the_records_it_repeats(tmp_path):
    with a_case(tmp_path, ROWS[:4]) as case:
        later = write_csv(tmp_path / "police_log2.csv", ROWS)
        assert counts(stated(case, later, EAST)) == (2, 0, 4, 0)
        assert organisations(case) == {"Eastmoor Police"}


def test_what_one_school_is_called_is_not_said_of_another_with_the_same_form(tmp_path):
    with a_case(tmp_path, ROWS[:3]) as case:
        stated(case, tmp_path / "police_log.csv", EAST)
        added(case, write_csv(tmp_path / "other.csv", ROWS[3:5]))
        added(case, write_csv(tmp_path / "other2.csv", ROWS[3:]))
        assert sum(a.organisation == "Eastmoor Police" for a in case.accounts()) == 3


def test_decisions_stay_and_are_not_asked_again_when_a_file_is_only_read_anew(tmp_path):
    with a_case(tmp_path) as case:
        pair = (by_details(case, "Called"), by_details(case, "Welfare"))
        case.decide("same", pair, "", *WHO)
        case.decide("significant", pair, "", *WHO)
        stated(case, tmp_path / "police_log.csv", EAST)
        rulings = case.rulings()
        assert rulings.same == {tuple(sorted(pair))}
        assert rulings.to_confirm == {}
        assert set(case.marks()) == set(pair)


def test_every_row_is_in_balance_after_a_file_was_read_anew(tmp_path):
    with a_case(tmp_path) as case:
        stated(case, tmp_path / "police_log.csv", EAST)
        made = case.chronology(PRESETS["default"])
        for file in made.files:
            assert file.rows_read == file.rows_in + file.rows_out + file.rows_again
        assert len(made.accounts) == ALL
        assert made.left_out == ()
        assert sum(file.rows_read for file in made.files) == ALL
        assert len({file.sha256 for file in made.files}) == len(made.files)
        assert any("Read 2 times" in note for file in made.files for note in file.notes)
        assert not any(flag.code == "record-amended" for a in made.accounts for flag in a.flags)


def older_program_read(monkeypatch, change) -> None:
    """What files held, as an older program read it."""
    take = adding.take

    def misread(*told: object) -> object:
        taken = take(*told)
        accounts = tuple(change(account) for account in taken.found.accounts)
        return replace(taken, found=replace(taken.found, accounts=accounts))

    monkeypatch.setattr("chronology.case.take", misread)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"system": "OLD"}, id="system"),
        pytest.param({"event_type": "999"}, id="type code"),
        pytest.param({"child_seen": Said.YES}, id="child seen"),
        pytest.param({"raw": (("Date", ""),)}, id="raw"),
    ],
)
def test_a_newer_program_reads_again_what_an_older_one_misread(tmp_path, monkeypatch, change):
    path = tmp_path / "police_log.csv"
    with monkeypatch.context() as old:
        for module in ("adding", "trail"):
            old.setattr(f"chronology.casefile.{module}.__version__", "0.0.9")
        older_program_read(old, lambda account: replace(account, **change))
        case = a_case(tmp_path)
        assert counts(added(case, path)) == (0, ALL, 0, 0)
    with case:
        assert counts(added(case, path)) == (0, 0, ALL, 0)
        ((name, right),) = {(n, getattr(a, n)) for a in case.accounts()[:1] for n in change}
        assert right != change[name]
        assert counts(added(case, path)) == (0, ALL, 0, 0)
        assert case.verify() == ()


def test_a_newer_program_that_reads_the_same_adds_nothing(tmp_path, monkeypatch):
    with monkeypatch.context() as old:
        for module in ("adding", "trail"):
            old.setattr(f"chronology.casefile.{module}.__version__", "0.0.9")
        case = a_case(tmp_path)
    with case:
        assert counts(added(case, tmp_path / "police_log.csv")) == (0, ALL, 0, 0)
        assert len(case.sources()) == 1


def test_an_older_export_read_again_by_a_newer_program_undoes_no_amendment(tmp_path, monkeypatch):
    path = tmp_path / "police_log.csv"
    with monkeypatch.context() as old:
        for module in ("adding", "trail"):
            old.setattr(f"chronology.casefile.{module}.__version__", "0.0.9")
        case = a_case(tmp_path)
        amended = [ROWS[0].but(grade="1"), *ROWS[1:]]
        added(case, write_csv(tmp_path / "police_log_v2.csv", amended))
    with case:
        assert counts(added(case, path)) == (0, ALL, 0, 0)
        called = next(a for a in case.accounts() if a.narrative.startswith("Called"))
        assert dict(called.raw)["Grade"] == "1"


def test_a_withdrawn_record_read_anew_stays_withdrawn(tmp_path):
    with a_case(tmp_path) as case:
        gone = by_details(case, "Mother reports")
        added(case, write_csv(tmp_path / "police_log2.csv", [*ROWS[:2], *ROWS[3:]]))
        stated(case, tmp_path / "police_log.csv", EAST)
        assert [v.status for v in case.history(gone)][-2:] == ["reread", "withdrawn"]
        flagged = next(a for a in case.accounts() if a.id == gone)
        assert "police_log2.csv" in flagged.flags[-1].text
        assert case.verify() == ()


def mapped(case: CaseFile, path: Path, text: str) -> Added:
    return case.add([path], Wishes(mappings=(read_mapping(text),)), *LATER)


HEALTH = Given(agency=Agency.HEALTH)
MONTH_FIRST = Given(date_order="month-first")
#: Another column is what happened.
BY_TYPE = """file = police_log.csv
agency = Police
[*]
heading row = 1
Occurrence No = reference
Date = date of event
Time = time of event
Subject = who it is about
Type = what happened
Details = outcome or action
Officer = worker
"""


def test_an_agency_corrected_replaces_every_record_and_adds_none(tmp_path):
    with a_case(tmp_path) as case:
        before = {account.id for account in case.accounts()}
        done = stated(case, tmp_path / "police_log.csv", HEALTH)
        assert counts(done) == (0, 0, ALL, 0)
        assert (done.files[0].reread, done.files[0].corrected) == (ALL, ALL)
        assert {account.agency for account in case.accounts()} == {Agency.HEALTH}
        assert len(case.accounts()) == ALL
        assert not before & {account.id for account in case.accounts()}
        assert case.verify() == ()


def test_columns_corrected_by_a_mapping_change_the_records_they_were_read_into(tmp_path):
    path = tmp_path / "police_log.csv"
    with a_case(tmp_path) as case:
        pair = (by_details(case, "Called"), by_details(case, "Welfare"))
        case.decide("same", pair, "", *WHO)
        done = mapped(case, path, BY_TYPE)
        assert (done.new, done.files[0].corrected, len(case.accounts())) == (0, ALL, ALL)
        assert {a.narrative for a in case.accounts()} == {"Domestic incident", "Visit"}
        ((ruled, why),) = case.rulings().to_confirm.items()
        assert {ruled} == set(case.rulings().same)
        assert "each record was read anew and says something else" in why
        assert counts(mapped(case, path, BY_TYPE)) == (0, ALL, 0, 0)
        assert case.verify() == ()


def test_only_decisions_about_what_reads_otherwise_now_are_asked_again(tmp_path):
    with a_case(tmp_path) as case:
        ids = [by_details(case, words) for words in ("Called", "Child", "Mother")]
        case.decide("different", ids[1:], "", *WHO)
        asked = case.decide("different", ids[:2], "", *WHO)
        done = stated(case, tmp_path / "police_log.csv", MONTH_FIRST)
        assert (done.new, done.files[0].corrected) == (0, 1)  # only 04/01 can be read both ways
        (why,) = case.rulings().to_confirm.values()
        assert "a record was read anew" in why
        assert len(case.rulings().different) == 2
        again = case.decide("different", asked.accounts, "", *LATER)
        assert again.seq > asked.seq
        assert case.rulings().to_confirm == {}


def test_a_correction_of_the_first_export_undoes_no_later_wording(tmp_path):
    path = tmp_path / "police_log.csv"
    with a_case(tmp_path) as case:
        amended = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:]]
        later = write_csv(tmp_path / "police_log2.csv", amended)
        added(case, later)
        done = stated(case, path, HEALTH)
        assert (done.new, done.files[0].corrected, done.unchanged) == (0, ALL - 1, 1)
        assert any(a.narrative.endswith("Advice given.") for a in case.accounts())
        done = stated(case, later, HEALTH)
        assert (done.new, done.files[0].corrected) == (0, 1)
        assert {account.agency for account in case.accounts()} == {Agency.HEALTH}
        assert len(case.accounts()) == ALL
        assert case.verify() == ()


def test_a_row_that_is_no_record_when_read_anew_is_named_and_can_come_back(tmp_path):
    path = write_csv(tmp_path / "police_log.csv", ROWS)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], lines[0], *lines[3:]]), encoding="utf-8")
    below = BY_TYPE.replace("heading row = 1", "heading row = 4")
    with CaseFile.create(tmp_path / "jo.chronology", "Jo E.", "OFFICIAL", *WHO) as case:
        assert mapped(case, path, BY_TYPE).new == ALL
        assert counts(mapped(case, path, below)) == (0, ALL - 2, 0, 2)
        withdrawn = [f for a in case.accounts() for f in a.flags if f.code == "record-withdrawn"]
        assert len(withdrawn) == 2
        assert "was read anew, with what was corrected" in withdrawn[0].text
        assert case.verify() == ()
        mapped(case, path, BY_TYPE)
        assert not [f for a in case.accounts() for f in a.flags if f.code == "record-withdrawn"]
        assert len(case.accounts()) == ALL
        assert case.verify() == ()


@pytest.mark.parametrize("given", [HEALTH, MONTH_FIRST, EAST], ids=["agency", "dates", "name"])
def test_corrections_there_and_back_leave_every_row_in_balance(tmp_path, given):
    path = tmp_path / "police_log.csv"
    with a_case(tmp_path) as case:
        before = {account.id for account in case.accounts()}
        police = Given(agency=Agency.POLICE, organisation="Police")
        for one in (given, police, given, police):
            stated(case, path, one)
        assert {account.id for account in case.accounts()} == before
        for file in case.chronology().files:
            assert file.rows_read == file.rows_in + file.rows_out + file.rows_again
        assert case.verify() == ()
