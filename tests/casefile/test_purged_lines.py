"""A purged file is gone from the log; what the log told of other files stays word for word."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from exports import LATER, ROWS, WHO, a_case, added, write_csv

from chronology.casefile import CaseFile, trail
from chronology.casefile.packing import canonical, pack

PURGED = "7 June 2026"
FORMS = pytest.mark.parametrize("form", [1, 2])


@pytest.fixture
def three(tmp_path) -> Callable[[int], Path]:
    """A case of a form, into which one command brought three files."""

    def made(form: int) -> Path:
        names = ("first", "second", "third")
        files = [
            write_csv(tmp_path / f"{name}.csv", ROWS[at * 2 : at * 2 + 2])
            for at, name in enumerate(names)
        ]
        with CaseFile.create(tmp_path / "jo.chronology", "Jo E.", "OFFICIAL", *WHO) as case:
            added(case, *files)
            case.decide("analysis", [case.accounts()[5].id], "A pattern.", *WHO)
        if form == 1:
            _as_form_1(case.path)
        return case.path

    return made


def _as_form_1(path: Path) -> None:
    """The same case as versions wrote it that sealed the detail of every line as a whole."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = ""
        for line in list(trail.lines(connection)):
            digest = trail.digest_of(pack(line.detail))
            told = (line.seq, line.at, line.who, line.what, digest, line.tool)
            before = trail.digest_of(before + canonical(told))
            connection.execute(
                "UPDATE log SET digest = ?, hash = ? WHERE seq = ?", (digest, before, line.seq)
            )
        connection.execute("UPDATE about SET value = ? WHERE key = 'head'", (before,))
        connection.execute("PRAGMA user_version = 1")


def _form(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _of_files(detail: str) -> list[str]:
    return [told + "." for told in detail.removesuffix(".").split(". ")]


@FORMS
def test_the_other_files_stay_in_the_line_word_for_word(three, form):
    path = three(form)
    with CaseFile.open(path) as case:
        assert (case.verify(), _form(path)) == ((), form)
        before = case.log()
        case.purge(*LATER, "wrong family", source=2)
        after = case.log()
        assert case.verify() == ()
    first, second, third = _of_files(before[1].detail)
    assert second.startswith("second.csv (sha256 ")
    assert _of_files(after[1].detail) == [
        first, f"A file removed by the purge of {PURGED}.", third,
    ]  # fmt: skip
    assert (after[1].who, after[1].at) == (before[1].who, before[1].at)
    assert [line.hash for line in after[:3]] == [line.hash for line in before]
    data = path.read_bytes()
    assert b"second.csv" not in data
    assert second.split("sha256 ")[1][:64].encode() not in data


@FORMS
def test_a_second_purge_of_the_same_line_holds_too(three, form):
    path = three(form)
    with CaseFile.open(path) as case:
        case.purge(*LATER, "wrong family", source=2)
        case.purge("C. Clerk", "2026-06-09T09:00:00", "retention", source=1)
        one, two, three_ = _of_files(case.log()[1].detail)
        assert one == "A file removed by the purge of 9 June 2026."
        assert two == f"A file removed by the purge of {PURGED}."
        assert three_.startswith("third.csv")
        assert case.verify() == ()
        case.purge(*LATER, "retention period over")
        assert case.verify() == ()
        assert "removed by a purge" in case.log()[1].detail


def test_a_line_that_told_of_the_file_again_forgets_it_too(three, tmp_path):
    path = three(2)
    with CaseFile.open(path) as case:
        added(case, tmp_path / "second.csv", tmp_path / "third.csv")
        case.purge(*LATER, "wrong family", source=2)
        (removed, kept) = _of_files(case.log()[3].detail)
        assert removed == f"A file removed by the purge of {PURGED}."
        assert kept.startswith("third.csv")
        assert case.verify() == ()
    assert b"second.csv" not in path.read_bytes()


def test_a_case_of_form_1_is_read_as_it_is_and_has_form_2_from_its_next_line_on(three, tmp_path):
    path = three(1)
    with CaseFile.open(path) as case:
        assert len(case.accounts()) == len(ROWS)
        assert _form(path) == 1
        added(case, write_csv(tmp_path / "fourth.csv", [ROWS[0].but(details="Another matter.")]))
        assert case.verify() == ()
        assert _form(path) == 2
        case.purge(*LATER, "wrong family", source=4)
        case.purge(*LATER, "wrong family", source=1)
        assert case.verify() == ()
        assert "second.csv" in case.log()[1].detail


def test_a_trial_purge_changes_neither_the_log_nor_the_form(three):
    path = three(1)
    with CaseFile.open(path) as case:
        before = case.log()
        case.would_purge(source=2)
        assert (case.log(), _form(path), case.verify()) == (before, 1, ())


def _first_file(line: int, change: Callable[[dict[str, object]], object]) -> Callable[..., None]:
    """Changes what a line tells of its first file."""

    def tamper(connection: sqlite3.Connection) -> None:
        told = trail.line(connection, line)
        told.detail["files"][0] = change(told.detail["files"][0])
        connection.execute("UPDATE log SET detail = ? WHERE seq = ?", (pack(told.detail), line))

    return tamper


def _swap(connection: sqlite3.Connection) -> None:
    detail = trail.line(connection, 2).detail
    detail["files"].reverse()
    connection.execute("UPDATE log SET detail = ? WHERE seq = 2", (pack(detail),))


def _spaced(connection: sqlite3.Connection) -> None:
    detail = json.dumps(trail.line(connection, 2).detail, sort_keys=True, ensure_ascii=False)
    connection.execute("UPDATE log SET detail = ? WHERE seq = 2", (detail,))


@FORMS
@pytest.mark.parametrize("is_purged", [False, True], ids=["whole", "purged"])
@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(_first_file(2, lambda told: {**told, "file": "other.csv"}), id="name"),
        pytest.param(_first_file(2, lambda told: {**told, "sha256": "ab" * 32}), id="sha256"),
        pytest.param(_first_file(2, lambda told: {**told, "more": 1}), id="more"),
        pytest.param(
            _first_file(2, lambda told: trail.digest_of(pack(told))), id="removed by nobody"
        ),
        pytest.param(_first_file(2, lambda _told: "ab" * 32), id="removed, another digest"),
        pytest.param(_swap, id="order"),
        pytest.param(_spaced, id="spaces"),
    ],
)
def test_a_change_to_what_is_told_of_another_file_is_found(three, form, is_purged, tamper):
    path = three(form)
    if is_purged:
        with CaseFile.open(path) as case:
            case.purge(*LATER, "wrong family", source=2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        tamper(connection)
    with CaseFile.open(path) as case:
        assert any("line 2 of the log" in told for told in case.verify())


def test_a_forged_purge_cannot_change_what_a_line_tells(three):
    """A line at the end that says 'read this instead': what line 2 was sealed as still holds."""
    path = three(2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _first_file(2, lambda told: {**told, "sha256": "ab" * 32})(connection)
        (packed,) = connection.execute("SELECT detail FROM log WHERE seq = 2").fetchone()
        connection.execute("BEGIN")
        detail = {
            "lines": [], "files": {}, "contents": {}, "counts": [], "reason": "forged",
            "instead": {"2": trail.digest_of(packed)},
        }  # fmt: skip
        trail.append(connection, "purge", detail, *LATER)
        connection.execute("COMMIT")
    with CaseFile.open(path) as case:
        assert any("line 2 of the log" in told for told in case.verify())


def test_a_purge_line_that_cannot_be_read_is_found(three):
    path = three(2)
    with CaseFile.open(path) as case:
        case.purge(*LATER, "wrong family", source=2)
    for broken in ("no JSON", "[]"):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE log SET detail = ? WHERE what = 'purge'", (broken,))
        with CaseFile.open(path) as case:
            assert case.verify()


def test_the_counts_of_the_purged_file_are_gone_and_the_rest_is_read(tmp_path) -> None:
    """A file that could not be read stands beside one that is purged."""
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    with a_case(tmp_path) as case:
        added(
            case,
            write_csv(tmp_path / "b.csv", [ROWS[0].but(details="X y z.")]),
            tmp_path / "bad.xlsx",
        )
        case.purge(*LATER, "mistake", source=2)
        told = case.log()[2].detail
        assert told.startswith(f"A file removed by the purge of {PURGED}. bad.xlsx could not")
        assert case.verify() == ()
