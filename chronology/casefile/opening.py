"""The file itself: made whole, known by its header, changed all at once or not at all."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from chronology.casefile import trail
from chronology.casefile.layout import APPLICATION, FORMAT, MAGIC, TABLES
from chronology.errors import (
    CaseBusyError,
    ChronologyError,
    NewerFormatError,
    NotACaseFileError,
    UnwritableOutputError,
)

#: Seconds a command waits for another program that is writing.
PATIENCE = 5.0

#: Held for every connection: a full sync at each step, nothing left of what is removed, nothing
#: of the case in temporary files, and only tables that are ours.
SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = OFF",
)


#: The first line of a log: what, detail, who, at.
First = tuple[str, dict[str, str], str, str]


def make(path: Path, about: dict[str, str], first: First) -> None:
    """An empty case file, readable by its owner only, that appears whole or not at all.

    Raises UnwritableOutputError where something of that name is there already.
    """
    if os.path.lexists(path):
        raise _there_already(path)
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent
        )
        os.close(handle)
    except OSError as fault:
        raise UnwritableOutputError(_cannot_make(path, fault)) from fault
    part = Path(name)
    try:
        with plainly(path):
            _fill(part, about, first)
        publish(part, path)
    finally:
        part.unlink(missing_ok=True)


def publish(part: Path, path: Path) -> None:
    """Gives the finished file its name, never in the place of another."""
    try:
        os.link(part, path)
    except FileExistsError as fault:
        raise _there_already(path) from fault
    except OSError:  # a drive without links
        if os.path.lexists(path):
            raise _there_already(path) from None
        try:
            part.rename(path)
        except OSError as fault:
            raise UnwritableOutputError(_cannot_make(path, fault)) from fault


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a case file; raises NotACaseFileError or NewerFormatError."""
    _check_bytes(path)
    with plainly(path):
        connection = _connect(path)
        try:
            _check_header(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def changing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One change: all of what is inside, or nothing of it."""
    with _between(connection, path, "BEGIN IMMEDIATE"):
        yield
        connection.execute("COMMIT")


@contextmanager
def trying(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A change to see what it would do: nothing of it stays."""
    with _between(connection, path, "BEGIN IMMEDIATE"):
        yield


def rewrite(connection: sqlite3.Connection, path: Path) -> None:
    """Writes the file anew without the room that removed content took up."""
    try:
        connection.execute("VACUUM")
    except sqlite3.Error as fault:
        raise UnwritableOutputError(
            f"The content is removed from {path.name} and overwritten there, but the file could "
            "not be made smaller: the disk may be full, or somebody else has the case open."
        ) from fault


@contextmanager
def looking(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Reading that sees one state, however many questions it asks."""
    if connection.in_transaction:
        with plainly(path):
            yield
        return
    with _between(connection, path, "BEGIN"):
        yield


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turns what the database or the disk refuses into a sentence the user can act on."""
    try:
        yield
    except sqlite3.Error as fault:
        raise _told(fault, path) from fault


@contextmanager
def _between(connection: sqlite3.Connection, path: Path, begin: str) -> Iterator[None]:
    """A transaction that is taken back at its end, where what is inside has not committed it."""
    with plainly(path):
        connection.execute(begin)
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def _fill(part: Path, about: dict[str, str], first: First) -> None:
    with closing(_connect(part)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            connection.execute(table)
        connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        trail.append(connection, *first)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    for setting in SETTINGS:
        connection.execute(setting)
    return connection


def _check_bytes(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError as fault:
        raise NotACaseFileError(
            f"There is no case file {path}. Make one with: chronology new {path.name}"
        ) from fault
    except OSError as fault:
        raise NotACaseFileError(f"{path} could not be opened ({fault.strerror}).") from fault
    if start != MAGIC:
        raise _no_case_file(path)


def _check_header(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise _no_case_file(path)
    if version > FORMAT:
        row = connection.execute("SELECT value FROM about WHERE key = 'tool'").fetchone()
        writer = f"version {row[0]} of this program" if row else "a later version of this program"
        raise NewerFormatError(
            f"{path.name} was written by {writer}, which keeps cases in a newer form (form "
            f"{version}; this version reads up to form {FORMAT}). Open it with that version."
        )


def _there_already(path: Path) -> UnwritableOutputError:
    return UnwritableOutputError(
        f"{path} is there already, and a case is never written over. Choose another name."
    )


def _no_case_file(path: Path) -> NotACaseFileError:
    return NotACaseFileError(
        f"{path.name} is not a case file of this program. 'chronology new' makes one."
    )


def _cannot_make(path: Path, fault: OSError) -> str:
    return f"{path} could not be made ({fault.strerror}). Choose another folder."


#: What each answer of the database means for the user, by its first code.
_SENTENCES: dict[int, tuple[type[ChronologyError], str]] = {
    sqlite3.SQLITE_BUSY: (
        CaseBusyError,
        (
            "Another program or person is writing in {name} at this moment. Nothing was changed; "
            "close it there, or wait a little, and try again."
        ),
    ),
    sqlite3.SQLITE_FULL: (
        UnwritableOutputError,
        "The disk is full, so {name} was left as it was before. Make room and try again.",
    ),
    sqlite3.SQLITE_IOERR: (
        UnwritableOutputError,
        (
            "{name} could not be written or read: the disk may be full or the drive gone. The case "
            "is as it was before. Make room or connect the drive, and try again."
        ),
    ),
    sqlite3.SQLITE_READONLY: (
        UnwritableOutputError,
        "{name} can only be read here. Copy it to a folder you may write in, and try again.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        UnwritableOutputError,
        "{name} could not be opened for writing: its folder may be closed to you.",
    ),
    sqlite3.SQLITE_NOTADB: (
        NotACaseFileError,
        (
            "{name} is not a case file of this program, or it is damaged from its first page on. "
            "Take the last copy made with 'chronology backup'."
        ),
    ),
    sqlite3.SQLITE_CORRUPT: (
        NotACaseFileError,
        "{name} is damaged. Take the last copy made with 'chronology backup'.",
    ),
}
_SENTENCES[sqlite3.SQLITE_LOCKED] = _SENTENCES[sqlite3.SQLITE_BUSY]


def _told(fault: sqlite3.Error, path: Path) -> Exception:
    """The fault in words; one of ours, a bug, stays as it is."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code not in _SENTENCES:
        return fault
    kind, sentence = _SENTENCES[code]
    return kind(sentence.format(name=path.name))
