"""Attendance registers: every session in a spell or counted, whatever the layout of the table."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from grids import a_document, a_grid, of_grids
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Agency
from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.importers.defined.attendance_codes import (
    Kind,
    code_of,
    counted_days,
    kind_of,
    marks_in,
    string_marks,
)
from chronology.reading import read
from chronology.vocabulary.codes import code_list
from chronology.when import Precision

CODES = [code.code for code in code_list("attendance", "mark").values()]
ROWS = ("Forename", "Surname", "UPN", "Date", "Session", "Mark")
MONDAY = date(2024, 9, 2)


def told_sessions(found: Extract) -> int:
    return sum(int(dict(account.other)["Sessions"]) for account in found.accounts)


def counted_sessions(found: Extract) -> int:
    """The sessions of the lines left out: what each says it counts, else one."""
    said = [re.search(r"Sessions counted: (\d+)", " ".join(r.cells)) for r in found.left_out]
    return sum(int(one[1]) if one else 1 for one in said)


def balance(found: Extract) -> tuple[int, int, int]:
    """What the note says: sessions given, told in spells, counted."""
    note = next(one for one in found.notes if one.startswith("The file gives"))
    given, told, counted = re.findall(r"(\d+)(?: sessions?:| in | counted)", note)
    return int(given), int(told), int(counted)


def of_rows(*rows: Sequence[str]) -> Extract:
    return extract(a_document(ROWS, *rows))


def days(marks: str, first: date = MONDAY) -> list[tuple[str, ...]]:
    """Two rows of Ada for each school day."""
    rows = []
    for n, mark in enumerate(marks.split()):
        day = first + timedelta(days=n // 2 + 2 * (n // 10))
        rows.append(("Ada", "Example", "Z999", f"{day:%d/%m/%Y}", ("AM", "PM")[n % 2], mark))
    return rows


def test_sessions_that_follow_one_another_with_one_code_are_one_record() -> None:
    found = of_rows(*days(r"/ \ O O O O O O O O / \ "))
    (spell,) = found.accounts
    assert found.importer == "attendance"
    assert spell.agency is Agency.EDUCATION
    assert (spell.occurred.precision, spell.occurred.start, spell.occurred.end) == (
        Precision.RANGE, date(2024, 9, 3), date(2024, 9, 6),
    )  # fmt: skip
    assert spell.narrative.startswith(
        "Absent from school: 8 sessions, 3 September 2024 to 6 September 2024\n"
        "Code: absent in other or unknown circumstances [O]"
    )
    assert ("Row 4: Mark", "O") in spell.raw


def test_a_weekend_does_not_end_a_spell_and_a_fortnight_does() -> None:
    over_weekend = [*days(r"/ \ / \ / \ / \ O O O O")]
    assert len(of_rows(*over_weekend).accounts) == 1
    later = days("O O", date(2024, 9, 30))
    assert len(of_rows(*over_weekend, *later).accounts) == 2


@pytest.mark.parametrize(
    ("marks", "spells"),
    [
        pytest.param(r"O O / \ O O", 2, id="attended between"),
        pytest.param("O I I O", 3, id="another code"),
        pytest.param("O O # # O O", 1, id="the school was closed between"),
        pytest.param(r"L \ L \ / \ L \ ", 2, id="late on days that follow"),
        pytest.param(r"L \ U \ ", 2, id="late before and after the register closed"),
        pytest.param(r"/ \ V B P W K D", 0, id="educated elsewhere"),
        pytest.param("X Z # #", 0, id="no session"),
    ],
)
def test_a_spell_ends_where_the_child_attended_or_the_code_changes(marks: str, spells: int) -> None:
    found = of_rows(*days(rf"{marks} / \ "))
    assert len(found.accounts) == spells


def test_a_day_without_a_mark_ends_a_spell() -> None:
    rows = days(r"/ \ O O O O O O")
    rows[4] = (*rows[4][:5], "")
    assert len(of_rows(*rows).accounts) == 2


def test_the_marks_of_sessions_left_out_are_kept_as_written() -> None:
    found = of_rows(*days(r"/ \ V V # # / \ "))
    (line,) = found.left_out
    assert "8 sessions counted" in line.reason
    assert "educational visit [V]: 2" in line.reason
    assert r"Week of 2 September 2024: Mon / \; Tue V V; Wed # #; Thu / " + "\\" in line.cells


def test_one_line_is_left_out_for_each_child_and_school_year() -> None:
    rows = [*days(r"/ \ "), *days(r"/ \ ", date(2025, 9, 1))]
    other = [("Ben", *row[1:]) for row in rows]
    assert len(of_rows(*rows, *other).left_out) == 4


def test_a_suspension_is_told_as_one() -> None:
    (spell,) = of_rows(*days(r"/ \ E E E E")).accounts
    assert spell.event_type == "EDU.EXCLUSION"
    assert spell.narrative.startswith("Suspended or excluded: 4 sessions")


@pytest.mark.parametrize(
    ("day", "flags"),
    [
        pytest.param("18/08/2024", set(), id="in use"),
        pytest.param("19/08/2024", {"code-retired"}, id="retired that day"),
    ],
)
def test_a_code_is_retired_from_its_day_on(day: str, flags: set[str]) -> None:
    found = of_rows(("Ada", "E", "Z9", day, "AM", "H"), ("Ada", "E", "Z9", day, "PM", "\\"))
    assert {flag.code for flag in found.accounts[0].flags} == flags


def test_an_unknown_mark_is_told_as_it_stands_and_flagged() -> None:
    found = of_rows(*days(r"/ \ / \ / \ / \ / QQ"))
    (spell,) = found.accounts
    assert "QQ" in spell.narrative
    assert "code-unknown" in {flag.code for flag in spell.flags}


def test_a_second_mark_of_a_session_is_left_out_and_says_so() -> None:
    rows = days(r"/ \ O O")
    found = of_rows(*rows, (*rows[2][:5], "/"))
    assert any("gives the same session with another mark, 'O'" in r.reason for r in found.left_out)
    assert told_sessions(found) + counted_sessions(found) == 5


@given(
    marks=st.lists(st.sampled_from([*CODES, "", "-", "QQ"]), min_size=8, max_size=120),
    shuffled=st.randoms(use_true_random=False),
)
def test_every_session_of_rows_is_in_a_spell_or_counted(
    marks: list[str], shuffled: random.Random
) -> None:
    rows = []
    for n, mark in enumerate([*"/\\" * 60, *marks]):
        day = MONDAY + timedelta(days=n // 2)
        rows.append(("Ada", "Example", "Z9", f"{day:%d/%m/%Y}", ("AM", "PM")[n % 2], mark))
    shuffled.shuffle(rows)
    found = of_rows(*rows)
    assert found.importer == "attendance"
    assert told_sessions(found) + counted_sessions(found) == len(rows)
    assert balance(found) == (len(rows), told_sessions(found), counted_sessions(found))
    told = [text for a in found.accounts for name, text in a.raw if name.endswith("Mark")]
    expected = [m for m in marks if kind_of(m) in (Kind.ABSENT, Kind.LATE)]
    assert sorted(told) == sorted(expected)
    places = [(r.source.row, r.source.part) for r in (*found.accounts, *found.left_out)]
    assert len(set(places)) == len(places)


@given(marks=st.lists(st.sampled_from([*CODES, ""]), min_size=4, max_size=60))
def test_every_session_of_a_grid_is_in_a_spell_or_counted(marks: list[str]) -> None:
    marks = [*"/\\" * 40, *marks]
    heads = [
        f"{MONDAY + timedelta(days=n // 2):%d/%m/%Y} {'PM' if n % 2 else 'AM'}"
        for n in range(len(marks))
    ]
    found = extract(a_document(("Pupil Name", "Reg", *heads), ("Ada Example", "9B", *marks)))
    assert told_sessions(found) + counted_sessions(found) == len(marks)
    assert balance(found)[0] == len(marks)


@given(
    marks=st.text(st.sampled_from("/\\LKVPWBDMSXCTRIEQGNOUZ#"), min_size=30, max_size=200),
    start=st.dates(date(2015, 1, 1), date(2025, 1, 1)),
)
def test_every_mark_of_a_string_is_in_a_spell_or_counted(marks: str, start: date) -> None:
    text = f"/\\{marks}"
    found = extract(
        a_document(("Name", "UPN", "Start date", "Marks"), ("Ada", "Z9", start.isoformat(), text))
    )
    assert told_sessions(found) + counted_sessions(found) == len(text)
    for account in found.accounts:
        counted = any(flag.code == "date-counted" for flag in account.flags)
        for day in (account.occurred.start, account.occurred.end):
            assert day is not None
            assert not counted or day == start or day.weekday() < 5


def test_a_string_that_covers_weekends_is_dated_by_the_calendar() -> None:
    found, doubt = counted_days(MONDAY, list("/\\/\\/\\/\\/\\####OO"))
    assert doubt is None
    assert found[-1] == date(2024, 9, 9)


def test_a_string_of_school_days_alone_skips_weekends_and_says_so() -> None:
    found, doubt = counted_days(MONDAY, list("/\\/\\/\\/\\/\\OO"))
    assert found[-1] == date(2024, 9, 9)
    assert doubt is not None
    assert doubt.code == "date-counted"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        pytest.param("/\\", ("/", "\\"), id="a day"),
        pytest.param("Y1", ("Y1",), id="one code of two signs"),
        pytest.param("OO", ("O", "O"), id="twice"),
        pytest.param("C1 C1", ("C1", "C1"), id="with a gap"),
        pytest.param("O - unauthorised", ("O - unauthorised",), id="with its words"),
        pytest.param("Present", ("Present",), id="a word"),
        pytest.param("zzz", ("zzz",), id="no mark"),
        pytest.param(" ", (), id="blank"),
    ],
)
def test_the_marks_of_a_cell(text: str, marks: tuple[str, ...]) -> None:
    assert marks_in(text) == marks


@pytest.mark.parametrize(
    ("mark", "code"), [("o", "O"), ("O - unauthorised", "O"), ("present", "/"), ("y1", "Y1")]
)
def test_the_code_of_a_mark(mark: str, code: str) -> None:
    assert code_of(mark) == code


def test_a_blank_within_a_string_keeps_its_place() -> None:
    assert string_marks("/\\ \\Y1Y1C2") == ["/", "\\", "", "\\", "Y1", "Y1", "C2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_register_is_read_in_any_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "marks.csv"
    lines = [("Pupil", "Date", "AM", "PM"), ("Zo\u00eb Example", "2025-03-03", "O", "\\")]
    path.write_bytes("\n".join(delimiter.join(line) for line in lines).encode(encoding))
    (account,) = extract(read(path)).accounts
    assert account.subjects[0].name == "Zo\u00eb Example"
    assert account.occurred.start == date(2025, 3, 3)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((("Date", "Event", "Details"), ("1/2/24", "Call", "x")), id="events"),
        pytest.param(
            (("Name", "Date", "Mark", "Details"), ("Ada", "1/2/24", "O", "Seen at home")),
            id="marks told in words",
        ),
        pytest.param((("Name", "03/03/2025", "04/03/2025"), ("Ada", "Y", "N")), id="yes and no"),
        pytest.param((("Name", "03/03/2025", "04/03/2025"), ("Ada", "Late", "ok")), id="a rota"),
        pytest.param((("Date", "Code"), ("1/2/24", "O"), ("1/3/24", "I")), id="codes of others"),
        pytest.param((("Name", "Start date", "Marks"), ("Ada", "1/2/24", "72%")), id="exam marks"),
        pytest.param(
            (("Pupil", "Date", "Session", "Mark"), ("Ada", "1/2/24", "Maths", "O")), id="lessons"
        ),
    ],
)
def test_other_tables_are_not_taken_for_registers(rows: Sequence[Sequence[str]]) -> None:
    known = recognised(a_document(*rows))
    assert known is None or known.name != "attendance"


def test_hostile_text_stays_text() -> None:
    rows = days(r"/ \ O O")
    found = of_rows(*[("=cmd|'/c calc'!A1", *row[1:]) for row in rows])
    assert found.accounts[0].subjects[0].name == "=cmd|'/c calc'!A1 Example"


def test_a_workbook_with_a_sheet_of_events_is_left_to_the_reader_of_any_table() -> None:
    marks = a_grid(("Pupil", "Date", "AM", "PM"), ("Ada", "03/03/2025", "O", "\\"), sheet="Marks")
    events = a_grid(("Date", "What happened"), ("03/03/2025", "Seen."), sheet="Chronology")
    codes = a_grid(("Code", "Meaning"), ("O", "absent"), sheet="Codes")
    known = recognised(of_grids(marks, codes, file="a.xlsx"))
    assert known is not None
    assert known.name == "attendance"
    assert recognised(of_grids(marks, events, file="a.xlsx")) is None
