"""The log: any change to any line of it, or to what it speaks of, is found."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from exports import LATER, ROWS, WHO, a_case, added, write_csv

from chronology.casefile import CaseFile


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A case in which everything happened that can."""
    folder = tmp_path_factory.mktemp("whole")
    with a_case(folder) as case:
        ids = [account.id for account in case.accounts()]
        case.decide("unsure", ids[:2], "", *WHO)
        made = case.decide("same", ids[:2], "", *WHO, "one crime number")
        case.decide("analysis", ids[2:3], "A pattern.", *WHO)
        case.undo(made.seq, *LATER)
        later = [ROWS[0].but(time="11:00"), *ROWS[1:3], *ROWS[4:]]
        added(case, write_csv(folder / "police_log2.csv", later))
        case.keep_version("June", *WHO)
        (folder / "bad.xlsx").write_bytes(b"no workbook")
        added(case, folder / "bad.xlsx")
        case.wrote([("chronology.xlsx", "ab" * 32)], *LATER)
        assert case.verify() == ()
    return case.path


def _tampered(whole: Path, folder: Path, *statements: str) -> tuple[str, ...]:
    copy = folder / "copy.chronology"
    copy.write_bytes(whole.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement
    with CaseFile.open(copy) as case:
        return case.verify()


LINES = 10


def test_the_log_has_a_line_for_each_thing_done(whole):
    with CaseFile.open(whole) as case:
        assert [line.what for line in case.log()] == [
            *("new", "add", "decide", "decide", "decide", "undo", "add", "keep", "add", "build")
        ]


@pytest.mark.parametrize("line", range(1, LINES + 1))
@pytest.mark.parametrize(
    "change",
    [
        "at = '2020' || substr(at, 5)",
        "who = who || ' '",
        "what = 'add '",
        "tool = '9.9'",
        "detail = replace(detail, '\"', '\" ')",
        "detail = NULL",
        "digest = replace(digest, substr(digest, 1, 1), 'x')",
        "hash = replace(hash, substr(hash, 1, 1), 'x')",
    ],
)
def test_a_change_to_any_part_of_any_line_is_found(whole, tmp_path, line, change):
    found = _tampered(whole, tmp_path, f"UPDATE log SET {change} WHERE seq = {line}")
    assert any(f"line {line}" in told or f"Line {line} " in told for told in found) or (
        line == LINES and found
    )


@pytest.mark.parametrize("line", range(1, LINES + 1))
def test_a_line_that_is_gone_is_found(whole, tmp_path, line):
    assert _tampered(whole, tmp_path, f"DELETE FROM log WHERE seq = {line}")


@pytest.mark.parametrize("line", range(1, LINES))
def test_lines_that_changed_places_are_found(whole, tmp_path, line):
    found = _tampered(
        whole,
        tmp_path,
        f"UPDATE log SET seq = 0 WHERE seq = {line}",
        f"UPDATE log SET seq = {line} WHERE seq = {line + 1}",
        f"UPDATE log SET seq = {line + 1} WHERE seq = 0",
    )
    assert found


def test_a_line_that_was_put_in_is_found(whole, tmp_path):
    statement = (
        "INSERT INTO log SELECT 11, at, who, what, detail, digest, tool, hash FROM log "
        "WHERE seq = 10"
    )
    assert _tampered(whole, tmp_path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET body = replace(body, 'park', 'pork') WHERE record = 2",
        "UPDATE version SET status = 'new' WHERE status = 'withdrawn'",
        "DELETE FROM version WHERE status = 'changed'",
        "DELETE FROM record WHERE record = 3",
        "UPDATE record SET status = 'undone' WHERE record = 3",
        "UPDATE record SET wording = 1, number = 1 WHERE record = 1",
        "DELETE FROM seen WHERE record = 5 AND source = 1",
        "INSERT INTO left_out VALUES (1, 7, '{}')",
        "UPDATE source SET file = replace(file, 'police_log.csv', 'other.csv')",
        "UPDATE source SET stated = '{}'",
        "DELETE FROM refused",
        "UPDATE decision SET kind = 'different' WHERE kind = 'same'",
        "UPDATE decision SET body = replace(body, 'A pattern.', 'No pattern.')",
        "UPDATE decision SET undone_by = NULL",
        "UPDATE decision SET undone_by = 3 WHERE kind = 'analysis'",
        "DELETE FROM decision WHERE kind = 'analysis'",
        "INSERT INTO decision SELECT 77, kind, body, NULL FROM decision WHERE kind = 'same'",
        "DELETE FROM concerns WHERE record = 1",
        "INSERT INTO concerns VALUES (5, 3)",
        "UPDATE kept SET contents = x'00'",
        "DELETE FROM kept",
        "UPDATE kept SET name = 'May'",
        "UPDATE version SET body = 'no JSON' WHERE record = 1",
    ],
)
def test_a_change_to_what_the_log_speaks_of_is_found(whole, tmp_path, statement):
    assert _tampered(whole, tmp_path, statement)


def test_no_byte_of_the_file_can_be_turned_without_being_found_or_refused(whole, tmp_path):
    """Bytes that stand for nothing (free space in a page) may turn; nothing told may change."""
    data = bytearray(whole.read_bytes())
    with CaseFile.open(whole) as case:
        told = (case.log(), case.accounts(), case.decisions(), case.title)
    chance = random.Random(7)
    copy = tmp_path / "copy.chronology"
    changed = 0
    for at in chance.sample(range(len(data)), 60):
        data[at] ^= 1
        copy.write_bytes(data)
        data[at] ^= 1
        try:
            with CaseFile.open(copy) as case:
                found = case.verify()
                same = not found and told == (
                    case.log(),
                    case.accounts(),
                    case.decisions(),
                    case.title,
                )
        except Exception:  # noqa: BLE001 (any refusal is found)
            found, same = ("refused",), False
        changed += bool(found)
        assert found or same, at
    assert changed > 5


def test_the_seal_changes_with_every_line(tmp_path):
    with a_case(tmp_path) as case:
        seals = [line.hash for line in case.log()]
        case.decide("analysis", [case.accounts()[0].id], "x", *WHO)
        assert [line.hash for line in case.log()][:2] == seals
        assert len({line.hash for line in case.log()}) == 3
