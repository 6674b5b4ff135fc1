"""Exports sent again: nothing doubled, every amendment a version, every decision kept."""

import random
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from exports import (
    HEADINGS,
    LATER,
    ROWS,
    WHO,
    Row,
    a_case,
    added,
    by_details,
    counts,
    write_csv,
    write_xlsx,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.account import Agency
from chronology.case import Wishes
from chronology.casefile import CaseFile
from chronology.importers import Given

ALL = len(ROWS)


@pytest.mark.parametrize("name", ["police_log.csv", "copy of police_log.csv", "x.csv"])
def test_the_same_export_brings_nothing_under_any_name(tmp_path, name):
    with a_case(tmp_path) as case:
        assert counts(added(case, write_csv(tmp_path / "b" / name, ROWS))) == (0, ALL, 0, 0)


def test_the_same_export_sorted_anew_brings_nothing(tmp_path):
    with a_case(tmp_path) as case:
        again = write_csv(tmp_path / "police_sorted.csv", reversed(ROWS))
        assert counts(added(case, again)) == (0, ALL, 0, 0)


def test_the_same_export_saved_as_a_workbook_brings_nothing(tmp_path):
    with a_case(tmp_path) as case:
        again = write_xlsx(tmp_path / "police_log.xlsx", ROWS)
        assert counts(added(case, again)) == (0, ALL, 0, 0)


def test_an_export_renamed_so_that_nothing_says_who_sent_it_is_read_as_before(tmp_path):
    with a_case(tmp_path, [row.but(officer="M Marlow") for row in ROWS]) as case:
        agency = case.accounts()[0].agency
        again = write_csv(tmp_path / "x.csv", [row.but(officer="M Marlow") for row in ROWS[::-1]])
        assert counts(added(case, again)) == (0, ALL, 0, 0)
        assert {account.agency for account in case.accounts()} == {agency}


def test_what_was_stated_about_an_export_holds_for_the_next(tmp_path):
    stated = Wishes(given=Given(agency=Agency.HEALTH))
    with CaseFile.create(tmp_path / "jo.chronology", "Jo", "", *WHO) as case:
        case.add([write_csv(tmp_path / "jan.csv", ROWS[:4])], stated, *WHO)
        done = added(case, write_csv(tmp_path / "june.csv", ROWS))
        assert counts(done) == (2, 4, 0, 0)
        assert {account.agency for account in case.accounts()} == {Agency.HEALTH}
        assert "as sent by Health" in " ".join(done.files[0].notes)


def test_overlapping_exports_are_united(tmp_path):
    with a_case(tmp_path, ROWS[:4]) as case:
        done = added(case, write_csv(tmp_path / "police_log_2.csv", ROWS[2:]))
        assert counts(done) == (2, 2, 0, 0)
        assert len(case.accounts()) == ALL


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"details": ROWS[1].details + " Father spoken to as well."}, id="carried on"),
        pytest.param({"details": ROWS[1].details.replace("park", "car park")}, id="a word"),
        pytest.param({"time": "17:40"}, id="the time"),
        pytest.param({"kind": "Missing person"}, id="the type"),
        pytest.param({"day": "20/02/2021"}, id="the day"),
        pytest.param({"grade": "1"}, id="a column of its own"),
        pytest.param({"officer": "PC 2001 Marlowe"}, id="who recorded it"),
    ],
)
def test_an_amended_row_is_the_next_version_of_its_record(tmp_path, change):
    with a_case(tmp_path) as case:
        before = by_details(case, "Child found")
        amended = [ROWS[0], ROWS[1].but(**change), *ROWS[2:]]
        done = added(case, write_csv(tmp_path / "police_log_v2.csv", amended))
        assert counts(done) == (0, ALL - 1, 1, 0)
        assert [v.status for v in case.history(before)] == ["new", "changed"]
        (flagged,) = [
            a for a in case.accounts() if any(f.code == "record-amended" for f in a.flags)
        ]
        assert flagged.narrative.startswith("Child found")
        assert case.verify() == ()


def test_a_row_reworded_from_scratch_keeps_its_reference(tmp_path):
    rows = [row.but(ref=f"OC/{at}") for at, row in enumerate(ROWS)]
    with a_case(tmp_path, rows) as case:
        rows[1] = rows[1].but(
            details="Girl was by herself in the park, taken to mum.", day="1/3/21"
        )
        done = added(case, write_csv(tmp_path / "police_log.v2.csv", rows))
        assert counts(done) == (0, ALL - 1, 1, 0)


def test_a_row_that_is_gone_is_marked_and_kept(tmp_path):
    with a_case(tmp_path) as case:
        done = added(case, write_csv(tmp_path / "police_log2.csv", [*ROWS[:2], *ROWS[3:]]))
        assert counts(done) == (0, ALL - 1, 0, 1)
        assert len(case.accounts()) == ALL
        (gone,) = [a for a in case.accounts() if any(f.code == "record-withdrawn" for f in a.flags)]
        assert gone.narrative.startswith("Mother reports")
        assert "police_log2.csv" in gone.flags[-1].text
        assert [v.status for v in case.history(gone.id)] == ["new", "withdrawn"]


def test_a_row_that_comes_back_is_no_longer_marked(tmp_path):
    with a_case(tmp_path) as case:
        gone = by_details(case, "Mother reports")
        added(case, write_csv(tmp_path / "police_log2.csv", [*ROWS[:2], *ROWS[3:]]))
        more = [*ROWS, ROWS[0].but(day="02/07/2021", details="Bicycle stolen from the yard.")]
        assert counts(added(case, write_csv(tmp_path / "police_log3.csv", more))) == (1, ALL, 0, 0)
        assert [v.status for v in case.history(gone)] == ["new", "withdrawn", "returned"]
        assert not any(f.code == "record-withdrawn" for a in case.accounts() for f in a.flags)


def test_rows_outside_the_days_of_the_new_export_were_only_not_sent_again(tmp_path):
    with a_case(tmp_path) as case:
        done = added(case, write_csv(tmp_path / "police_log2.csv", ROWS[1:4]))
        assert counts(done) == (0, 3, 0, 0)


def test_the_first_export_again_after_an_amended_one_brings_nothing_back(tmp_path):
    with a_case(tmp_path) as case:
        amended = [ROWS[0], ROWS[1].but(details="Child found alone in the car park."), *ROWS[2:5]]
        added(case, write_csv(tmp_path / "police_log2.csv", amended))
        before = case.accounts()
        done = added(case, write_xlsx(tmp_path / "police_log.xlsx", ROWS))
        assert counts(done) == (0, ALL, 0, 0)
        assert case.accounts() == before
        assert "an earlier wording" in " ".join(done.files[0].notes)


def test_a_selection_of_rows_withdraws_nothing(tmp_path):
    with a_case(tmp_path) as case:
        done = added(case, write_csv(tmp_path / "police_log_picked.csv", ROWS[::2]))
        assert counts(done) == (0, 3, 0, 0)


def test_the_export_of_another_child_withdraws_nothing(tmp_path):
    other = [row.but(details=f"Sam: {row.details[::-1]}", officer="PC 7 Vane") for row in ROWS]
    with a_case(tmp_path) as case:
        assert counts(added(case, write_csv(tmp_path / "b/police_log.csv", other))) == (
            ALL,
            0,
            0,
            0,
        )


def test_two_rows_that_say_the_same_stay_two_and_come_again_as_two(tmp_path):
    rows = [*ROWS, ROWS[0]]
    with a_case(tmp_path, rows) as case:
        assert len({account.id for account in case.accounts()}) == len(rows)
        again = write_csv(tmp_path / "police_log2.csv", rows[::-1])
        assert counts(added(case, again)) == (0, len(rows), 0, 0)
        once_more = write_csv(tmp_path / "police_log3.csv", [*rows, ROWS[0]])
        assert counts(added(case, once_more)) == (1, len(rows), 0, 0)


def test_a_column_more_amends_nothing(tmp_path):
    with a_case(tmp_path) as case:
        path = write_csv(tmp_path / "police_log2.csv", ROWS, (*HEADINGS[:-1], "Grade", "Beat"))
        assert counts(added(case, path)) == (0, ALL, 0, 0)


# --- random exports, random edits ---

WORDS = st.lists(
    st.sampled_from(
        "visit school call mother father home seen well upset late police asked".split()
    ),
    min_size=5,
    max_size=12,
).map(" ".join)


@st.composite
def exports(draw: st.DrawFn) -> list[Row]:
    """Rows of one export, each on its own day and told from the others by its words."""
    count = draw(st.integers(5, 12))
    return [
        Row(
            ref=draw(st.sampled_from(["", f"OC/{at}"])),
            day=f"{1 + at * 2:02}/0{draw(st.just(3))}/2021",
            details=f"Entry {chr(65 + at) * 6}: {draw(WORDS)}",
            time=f"{8 + at % 10:02}:15",
        )
        for at in range(count)
    ]


#: What an agency may do to a row between two exports; each is one amendment.
EDITS = (
    lambda row: row.but(details=row.details + " Further: advice was given to both."),
    lambda row: row.but(details=row.details.replace("Entry", "Entry note")),
    lambda row: row.but(time="23:45"),
    lambda row: row.but(kind="Other incident"),
    lambda row: row.but(grade="4"),
)


@settings(max_examples=25, deadline=None)
@given(st.data(), exports(), st.randoms(use_true_random=False))
def test_random_edits_are_told_exactly_and_every_decision_is_kept(data, rows, chance):
    with tempfile.TemporaryDirectory() as folder, a_case(Path(folder), rows) as case:
        ids = {account.source.row - 2: account.id for account in case.accounts()}
        ruled = _some_rulings(case, ids, chance)

        edited = dict.fromkeys(
            data.draw(st.lists(st.integers(1, len(rows) - 2), max_size=3, unique=True))
        )
        later = list(rows)
        for at in edited:
            later[at] = data.draw(st.sampled_from(EDITS))(rows[at])
        fresh = data.draw(st.integers(0, 2))
        later += [
            replace(rows[0], ref="", day=f"2{n}/07/2021", details=f"Wholly new {n} zebra crossing")
            for n in range(fresh)
        ]
        chance.shuffle(later)
        done = added(case, write_csv(Path(folder) / "police_log (2).csv", later))

        assert counts(done) == (fresh, len(rows) - len(edited), len(edited), 0)
        assert len(case.accounts()) == len(rows) + fresh
        _check_rulings(case, ids, ruled, set(edited))
        again = added(case, write_xlsx(Path(folder) / "anything.xlsx", later[::-1]))
        assert counts(again) == (0, len(later), 0, 0)
        assert case.verify() == ()
        assert _balanced(case)


def _some_rulings(case: CaseFile, ids: dict[int, str], chance: random.Random):
    pairs = chance.sample([(a, b) for a in ids for b in ids if a < b], 3)
    ruled = {}
    for pair in pairs:
        kind = chance.choice(["different", "unsure"])
        case.decide(kind, [ids[at] for at in pair], "", *WHO)
        ruled[pair] = kind
    return ruled


def _check_rulings(case: CaseFile, ids: dict[int, str], ruled, edited: set[int]) -> None:
    now = {at: case.history(name)[-1].account.id for at, name in ids.items()}
    rulings = case.rulings()
    for pair, kind in ruled.items():
        current = tuple(sorted(now[at] for at in pair))
        assert current in getattr(rulings, kind)
        assert (current in rulings.to_confirm) == bool(edited & set(pair))
    assert Counter(d.kind for d in case.decisions()) == Counter(ruled.values())
    assert all(d.undone_by is None for d in case.decisions())


def _balanced(case: CaseFile) -> bool:
    contents = case.contents()
    return all(
        file.rows_read == file.rows_in + file.rows_out + file.rows_again and file.rows_again >= 0
        for file in contents.files
    ) and sum(file.rows_in for file in contents.files) == len(contents.accounts)


def test_rows_of_any_order_and_time_of_adding_give_the_same_records(tmp_path):
    parts = [ROWS[:3], ROWS[2:5], ROWS[3:]]
    told = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        folder = tmp_path / "".join(map(str, order))
        with CaseFile.create(_made(folder) / "jo.chronology", "Jo", "", *WHO) as case:
            for at in order:
                added(case, write_csv(folder / f"police_log_{at}.csv", parts[at]))
            told.add(tuple(sorted(account.id for account in case.accounts())))
    assert len(told) == 1


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_adding_is_logged_with_who_and_when(tmp_path):
    with a_case(tmp_path) as case:
        added(case, write_csv(tmp_path / "police_log2.csv", ROWS))
        line = case.log()[-1]
    assert (line.who, line.at) == LATER
    assert "6 unchanged" in line.detail
