"""The audit log: every line bound to all before it, so that no change to one stays hidden.

What a line of adding tells is sealed file by file, so that a purge can take out what it told of one
file, and all it told of the others still has to be what was written.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chronology import __version__
from chronology.casefile.layout import FORMAT
from chronology.casefile.packing import Packed, canonical, pack, unpack

#: What a line of adding is called, and where its detail tells of each file.
_ADDED, _FILES = "add", "files"
#: Begins a digest made of the digests of what is told of each file; without it (form 1) the digest
#: is that of the whole detail. It is a part of what the hash of the line is made of.
_EACH = "each:"
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
    digest = _each(packed) if what == _ADDED else digest_of(packed)
    link = _hash(before, seq, at, who, what, digest, __version__)
    connection.execute(
        "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, at, who, what, packed, digest, __version__, link),
    )
    marks = (("head", link), ("lines", str(seq)), ("tool", __version__))
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", marks)
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    return seq


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What purges took out of the log."""

    #: Lines of which nothing is told any more.
    lines: frozenset[int]
    #: Line and place of a file it told of -> when the purge was that took it out.
    files: Mapping[tuple[int, int], str]
    #: Lines of form 1 -> the digest of what they tell since.
    instead: Mapping[int, str]


def forgotten(connection: sqlite3.Connection) -> Forgotten:
    """What the lines of purges say was taken out."""
    whole: set[int] = set()
    files: dict[tuple[int, int], str] = {}
    instead: dict[int, str] = {}
    for at, packed in connection.execute(
        "SELECT at, detail FROM log WHERE what = 'purge' AND detail NOT NULL ORDER BY seq"
    ):
        detail = unpack(packed)
        whole.update(detail.get("lines", ()))
        for seq, places in detail.get("files", {}).items():
            files.update(dict.fromkeys(((int(seq), place) for place in places), at))
        instead.update((int(seq), digest) for seq, digest in detail.get("instead", {}).items())
    return Forgotten(frozenset(whole), files, instead)


def forget_file(
    connection: sqlite3.Connection, sha256: str
) -> tuple[dict[int, list[int]], dict[int, str]]:
    """Takes what is told of one file out of every line of adding, and leaves its digest there.

    Gives the places in each line, and for lines of form 1 the digest of what is left.
    """
    places: dict[int, list[int]] = {}
    instead: dict[int, str] = {}
    for told in list(lines(connection)):
        if told.what != _ADDED or told.detail is None:
            continue
        files = told.detail[_FILES]
        here = [at for at, one in enumerate(files) if _is_of(one, sha256)]
        if not here:
            continue
        left = [digest_of(pack(one)) if at in here else one for at, one in enumerate(files)]
        packed = pack({**told.detail, _FILES: left})
        connection.execute("UPDATE log SET detail = ? WHERE seq = ?", (packed, told.seq))
        places[told.seq] = here
        if not told.digest.startswith(_EACH):
            instead[told.seq] = digest_of(packed)
    return places, instead


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
    gone = forgotten(connection)
    rows = connection.execute(f"{_LINES} ORDER BY seq")
    for seq, at, who, what, detail, digest, tool, link in rows:
        if seq != expected:
            yield f"Lines {expected} to {seq - 1} of the log are missing."
        if detail is None and seq not in gone.lines:
            yield f"What line {seq} of the log told was removed, and no purge says so."
        if detail is not None and not _holds(detail, digest, what, gone.instead.get(seq)):
            yield f"What line {seq} of the log tells was changed after it was written."
        elif detail is not None and what == _ADDED:
            yield from _files_gone(seq, detail, gone)
        if link != _hash(before, seq, at, who, what, digest, tool):
            yield f"Line {seq} of the log does not follow from the line before it: it was changed."
        expected, before = seq + 1, link
    yield from _broken_end(connection, expected - 1, before)


def _holds(detail: Packed, digest: str, what: str, instead: str | None) -> bool:
    """Whether a detail is what was written, but for what a purge took out of it."""
    if digest.startswith(_EACH):
        return _each(detail) == digest
    is_reduced = what == _ADDED and instead is not None
    return digest_of(detail) == (instead if is_reduced else digest)


def _each(packed: Packed) -> str:
    """The digest of a line of adding, the same whether or not a file was taken out of it."""
    try:
        detail = unpack(packed)
        files = [one if isinstance(one, str) else digest_of(pack(one)) for one in detail[_FILES]]
    except (ValueError, KeyError, TypeError):
        return ""
    return _EACH + digest_of(pack({**detail, _FILES: files})) if pack(detail) == packed else ""


def _files_gone(seq: int, detail: Packed, gone: Forgotten) -> Iterator[str]:
    for place, one in enumerate(unpack(detail)[_FILES]):
        if isinstance(one, str) and (seq, place) not in gone.files:
            yield f"What line {seq} of the log told of a file was removed, and no purge says so."


def _is_of(told: object, sha256: str) -> bool:
    return isinstance(told, dict) and told["sha256"] == sha256


def _line(row: tuple[Any, ...]) -> Line:
    seq, at, who, what, detail, digest, tool, link = row
    return Line(seq, at, who, what, None if detail is None else unpack(detail), digest, tool, link)


def _broken_end(connection: sqlite3.Connection, last: int, link: str) -> Iterator[str]:
    noted = dict(connection.execute("SELECT key, value FROM about WHERE key IN ('head', 'lines')"))
    if noted.get("lines") != str(last):
        yield f"The log ends at line {last}; the case says it has {noted.get('lines', 'no')} lines."
    elif noted.get("head") != link:
        yield "The last line of the log is not the one the case says it is."


def digest_of(packed: Packed) -> str:
    """The sha256 of what stands in a cell."""
    data = packed.encode() if isinstance(packed, str) else packed
    return hashlib.sha256(data).hexdigest()


def _hash(before: str, *told: object) -> str:
    line = before + canonical(told)
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
