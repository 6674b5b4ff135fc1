"""The chronology as a DataFrame: one row an account, nothing invented."""

from chronology.case import Chronology
from chronology.frame import COLUMNS, to_frame
from chronology.merge import merge
from chronology.people import resolve
from tests.cases import a_call_told_twice, told


def chronology_of(*accounts) -> Chronology:
    cast = resolve(accounts)
    merged = merge(accounts, cast)
    return Chronology(merged.entries, merged.questions, merged.links, (), (), (), cast)


def test_one_row_an_account_in_timeline_order():
    frame = to_frame(chronology_of(*a_call_told_twice()))
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == 4
    assert list(frame["entry"]) == sorted(frame["entry"])


def test_an_undated_account_has_no_start():
    frame = to_frame(chronology_of(told("police", "", "Sometime in spring.")))
    assert frame["start"].isna().all()


def test_an_empty_chronology_is_an_empty_frame():
    assert to_frame(chronology_of()).empty
