"""The audit log: every line bound to all before it, so that no change to one stays hidden."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chronology import __version__
from chronology.casefile.packing import Packed, canonical, pack, unpack

_LINES = "SELECT seq, at, who, what, detail, digest, tool, hash FROM log"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is kept; ``detail`` is None where a purge removed it."""

    seq: int
    at: str
    who: str
    what: str
    detail: dict[str, Any] | None
    digest: str
    tool: str
    hash: str


def append(
    connection: sqlite3.Connection, what: str, detail: Mapping[str, object], who: str, at: str
) -> int:
    """Writes a line at the end of the log, inside the change it tells of; its number."""
    seq, before = head(connection)
    seq += 1
    packed = pack(dict(detail))
    digest = digest_of(packed)
    link = _hash(before, seq, at, who, what, digest, __version__)
    connection.execute(
        "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, at, who, what, packed, digest, __version__, link),
    )
    marks = (("head", link), ("lines", str(seq)), ("tool", __version__))
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", marks)
    return seq


def next_number(connection: sqlite3.Connection) -> int:
    """The number the next line will have; holds within one change."""
    return head(connection)[0] + 1


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last line; 0 and "" where there is none."""
    row = connection.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def lines(connection: sqlite3.Connection) -> Iterator[Line]:
    """Every line, the oldest first."""
    for row in connection.execute(f"{_LINES} ORDER BY seq"):
        yield _line(row)


def line(connection: sqlite3.Connection, seq: int) -> Line:
    """One line, which has to be there."""
    return _line(connection.execute(f"{_LINES} WHERE seq = ?", (seq,)).fetchone())


def broken(connection: sqlite3.Connection) -> Iterator[str]:
    """Where the chain does not hold, in words; nothing where it is whole."""
    expected, before = 1, ""
    forgotten = _purged_lines(connection)
    rows = connection.execute(f"{_LINES} ORDER BY seq")
    for seq, at, who, what, detail, digest, tool, link in rows:
        if seq != expected:
            yield f"Lines {expected} to {seq - 1} of the log are missing."
        if detail is None and seq not in forgotten:
            yield f"What line {seq} of the log told was removed, and no purge says so."
        if detail is not None and digest_of(detail) != digest:
            yield f"What line {seq} of the log tells was changed after it was written."
        if link != _hash(before, seq, at, who, what, digest, tool):
            yield f"Line {seq} of the log does not follow from the line before it: it was changed."
        expected, before = seq + 1, link
    yield from _broken_end(connection, expected - 1, before)


def _line(row: tuple[Any, ...]) -> Line:
    seq, at, who, what, detail, digest, tool, link = row
    return Line(seq, at, who, what, None if detail is None else unpack(detail), digest, tool, link)


def _broken_end(connection: sqlite3.Connection, last: int, link: str) -> Iterator[str]:
    noted = dict(connection.execute("SELECT key, value FROM about WHERE key IN ('head', 'lines')"))
    if noted.get("lines") != str(last):
        yield f"The log ends at line {last}; the case says it has {noted.get('lines', 'no')} lines."
    elif noted.get("head") != link:
        yield "The last line of the log is not the one the case says it is."


def _purged_lines(connection: sqlite3.Connection) -> frozenset[int]:
    rows = connection.execute("SELECT detail FROM log WHERE what = 'purge' AND detail NOT NULL")
    return frozenset(seq for (detail,) in rows for seq in unpack(detail).get("lines", ()))


def digest_of(packed: Packed) -> str:
    """The sha256 of what stands in a cell."""
    data = packed.encode() if isinstance(packed, str) else packed
    return hashlib.sha256(data).hexdigest()


def _hash(before: str, *told: object) -> str:
    line = before + canonical(told)
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
