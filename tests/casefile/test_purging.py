"""What is purged is gone from every byte of the file; that it was done stays in the log."""

import pytest
from exports import LATER, ROWS, WHO, a_case, added, by_details, counts, write_csv, write_xlsx

from chronology.case import Wishes
from chronology.casefile import CaseFile, UnknownRecordError
from chronology.errors import ChronologyError
from chronology.importers import Given

SECRET = "whereabouts"
TOLD = [*ROWS, ROWS[0].but(day="07/07/2021", details=f"Told of her {SECRET} by phone.")]


def _bytes(case: CaseFile) -> bytes:
    return b"".join(path.read_bytes() for path in case.path.parent.glob("jo.chronology*"))


@pytest.fixture
def case(tmp_path):
    with a_case(tmp_path, TOLD) as opened:
        name = by_details(opened, "Told of")
        other = by_details(opened, "Called to")
        opened.decide("different", (name, other), "", *WHO, f"her {SECRET} differ")
        opened.decide("analysis", (name,), f"{SECRET} at risk", *WHO)
        opened.decide("analysis", (other,), "stays", *WHO)
        opened.keep_version("May", *WHO)
        yield opened


def test_one_record_is_purged_from_every_byte(case):
    assert SECRET.encode() in _bytes(case)
    done = case.purge(*LATER, "court order", accounts=[by_details(case, "Told of")])
    assert (done.records, done.decisions, done.kept_versions) == (1, 2, ("May",))
    assert SECRET.encode() not in _bytes(case)
    assert case.verify() == ()
    assert len(case.accounts()) == len(ROWS)
    assert [d.value for d in case.decisions()] == ["stays"]
    (left,) = case.chronology().left_out
    assert "Removed on request" in left.reason
    assert left.cells == ()


def test_the_log_says_that_it_was_done_by_whom_and_why(case):
    case.purge(*LATER, "court order 7", accounts=[by_details(case, "Told of")])
    line = case.log()[-1]
    assert (line.what, line.who) == ("purge", LATER[0])
    assert "court order 7" in line.detail
    assert any("removed by a purge" in told.detail for told in case.log())


def test_a_purged_source_takes_with_it_what_only_it_told(case, tmp_path):
    added(case, write_csv(tmp_path / "b" / "second.csv", ROWS[:3]))
    done = case.purge(*LATER, "sent by mistake", source=1)
    assert (done.records, done.sources) == (len(TOLD) - 3, 1)
    assert SECRET.encode() not in _bytes(case)
    assert case.verify() == ()
    assert {account.source.file for account in case.accounts()} == {"second.csv"}
    assert [d.value for d in case.decisions()] == ["stays"]
    (file,) = case.chronology().files
    assert (file.rows_read, file.rows_in, file.rows_again) == (3, 3, 0)


def test_a_purged_file_goes_with_every_reading_of_it(case, tmp_path):
    path = tmp_path / "police_log.csv"
    case.add([path], Wishes(Given(organisation="Eastmoor Police")), *LATER)
    assert len(case.sources()) == 2
    assert case.would_purge(source=2).records == len(TOLD)
    assert case.would_purge(source=1) == case.would_purge(source=2)
    done = case.purge(*LATER, "sent by mistake", source=2)
    assert (done.records, done.sources) == (len(TOLD), 2)
    assert SECRET.encode() not in _bytes(case)
    assert (case.accounts(), case.sources(), case.verify()) == ((), (), ())


def test_a_purged_amendment_gives_the_wording_before(case, tmp_path):
    later = [ROWS[0].but(details=ROWS[0].details + f" {SECRET}2"), *TOLD[1:]]
    added(case, write_csv(tmp_path / "police_log2.csv", later))
    case.purge(*LATER, "sent by mistake", source=2)
    assert f"{SECRET}2".encode() not in _bytes(case)
    assert by_details(case, "Called to")
    assert case.verify() == ()
    assert counts(added(case, write_xlsx(tmp_path / "x.xlsx", TOLD))) == (0, len(TOLD), 0, 0)


def test_everything_can_be_purged_and_the_log_stays_whole(case):
    lines = len(case.log())
    case.purge(*LATER, "retention period over")
    held = _bytes(case)
    for row in TOLD:
        assert row.details.encode() not in held
    assert b"police_log" not in held
    assert b"Jo E." not in held
    assert case.accounts() == case.decisions() == case.sources() == case.versions() == ()
    assert len(case.log()) == lines + 1
    assert case.verify() == ()


def test_life_goes_on_after_a_purge(case, tmp_path):
    case.purge(*LATER, "sent by mistake", source=1)
    assert counts(added(case, tmp_path / "police_log.csv")) == (len(TOLD), 0, 0, 0)
    assert [file.number for file in case.sources()] == [2]
    case.purge(*LATER, "again", accounts=[by_details(case, "Told of")])
    assert case.verify() == ()


def test_a_purge_needs_a_reason_and_something_to_remove(case):
    with pytest.raises(ChronologyError, match="Say why"):
        case.purge(*LATER, " ", source=1)
    with pytest.raises(UnknownRecordError, match="no source 9"):
        case.purge(*LATER, "x", source=9)
    with pytest.raises(UnknownRecordError, match="nothing"):
        case.purge(*LATER, "x", accounts=["nothing"])
