"""A file read again because it was read wrongly before: what was corrected counts, once."""

from dataclasses import replace
from pathlib import Path

import pytest
from exports import LATER, ROWS, WHO, a_case, added, by_details, counts, write_csv

from chronology.account import Said
from chronology.case import Wishes
from chronology.casefile import Added, CaseFile, adding
from chronology.importers import Given
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
        assert {row.reason.partition(":")[0] for row in made.left_out} == {
            "This record was read anew, with what was corrected since"
        }
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
