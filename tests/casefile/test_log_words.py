"""The log names records by their words, and never by words that were purged."""

from dataclasses import replace

import pytest
from exports import LATER, ROWS, WHO, a_case, added, by_details, write_csv

from chronology.casefile import CaseFile

CALLED = (
    "04/01/2021 10:15, Police: 'Called to the address; loud argument heard by a neighbour.' "
    "(police_log.csv, row 2)"
)


@pytest.fixture
def case(tmp_path):
    with a_case(tmp_path) as opened:
        yield opened


def log(case: CaseFile) -> str:
    return "\n".join(line.detail for line in case.log())


def test_a_ruling_is_told_by_date_agency_words_and_place_with_the_ids_at_the_end(case):
    pair = (by_details(case, "Called"), by_details(case, "Welfare"))
    case.decide("same", pair, "", *WHO, "one number")
    told = case.log()[-1].detail
    assert told.startswith(f"{CALLED} and 30/06/2021 10:15, Police: 'Welfare check asked for")
    assert "tell of the same occurrence. Reason: one number" in told
    assert told.endswith(f"[records {pair[0]}, {pair[1]}]")


def test_an_undoing_tells_what_was_undone(case):
    made = case.decide("analysis", (by_details(case, "Called"),), "A pattern.", *WHO)
    case.undo(made.seq, *LATER, "mistaken")
    assert case.log()[-1].detail == (
        f"Decision {made.seq} undone ({CALLED} analysis added: A pattern.). Reason: mistaken"
    )


def test_a_record_entered_by_hand_is_told_by_its_words(case):
    account = replace(case.accounts()[0], narrative="Told by phone.", reference="")
    case.enter(account, *WHO)
    assert "'Told by phone.' (Entered by hand, row 1) entered by hand." in case.log()[-1].detail


def test_a_record_is_told_as_it_was_when_it_was_decided_about(case, tmp_path):
    case.decide("significant", (by_details(case, "Called"),), "", *WHO)
    before = case.log()[-1]
    amended = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:]]
    added(case, write_csv(tmp_path / "police_log2.csv", amended))
    assert case.log()[before.seq - 1] == before
    case.decide("restricted", (by_details(case, "Called"),), "", *WHO)
    assert "(police_log2.csv, row 2)" in case.log()[-1].detail


@pytest.mark.parametrize("what", ["record", "source", "everything"])
def test_purged_words_are_in_no_line_of_the_log(case, tmp_path, what):
    pair = (by_details(case, "Called"), by_details(case, "Welfare"))
    made = case.decide("same", pair, "", *WHO, "loud argument twice")
    case.undo(made.seq, *LATER, "loud argument once")
    case.decide("analysis", pair[1:], "Kept.", *WHO)
    wanted = {"record": {"accounts": pair[:1]}, "source": {"source": 1}, "everything": {}}[what]
    case.purge(*LATER, "mistake", **wanted)
    assert "loud argument" not in log(case)
    assert ("Welfare check" in log(case)) == (what == "record")
    added(case, write_csv(tmp_path / "again.csv", ROWS))
    assert "loud argument" not in log(case)
    assert case.verify() == ()


def test_a_wording_that_only_a_purged_file_had_is_not_told(case, tmp_path):
    case.decide("significant", (by_details(case, "Called"),), "", *WHO)
    amended = [ROWS[0].but(details="Neighbour rang; loud argument, advice given."), *ROWS[1:]]
    done = added(case, write_csv(tmp_path / "police_log2.csv", amended))
    assert done.changed + done.new == 1
    case.purge(*LATER, "mistake", source=1)
    assert "Called to the address" not in log(case)
    assert case.verify() == ()


def test_words_that_end_a_sentence_get_no_second_full_stop(case):
    case.decide("analysis", (by_details(case, "Called"),), "Seen again.", *WHO)
    detail = case.log()[-1].detail
    assert "analysis added: Seen again. " in detail
    assert ".." not in detail
