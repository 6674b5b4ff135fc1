"""Removing content for good, with a line in the log that says so and nothing of what it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chronology.account import LeftOut
from chronology.casefile import keeping, ruling, trail
from chronology.casefile.contents import contents_of
from chronology.casefile.packing import (
    account_data,
    account_of,
    file_of,
    left_out_data,
    pack,
    source_at,
    unpack,
)
from chronology.casefile.records import places
from chronology.casefile.told import Purged
from chronology.errors import ChronologyError, UnknownRecordError

#: What a case is called once all of it was removed.
NO_TITLE = "Case whose content was removed"


@dataclass(frozen=True, slots=True)
class Purge:
    """What is to be removed: one source, some records, or, where neither is named, all."""

    source: int | None
    accounts: tuple[str, ...]
    reason: str


def purge(connection: sqlite3.Connection, wanted: Purge, who: str, at: str) -> Purged:
    """Removes it inside one change and writes the line; the caller rewrites the file after."""
    if not wanted.reason.strip():
        raise ChronologyError("Say why it is removed: the log keeps the reason.")
    line = trail.next_number(connection)
    before = _contents(connection)
    files: dict[int, list[int]] = {}
    instead: dict[int, str] = {}
    if wanted.source is not None:
        sha256 = _sha256_of(connection, wanted.source)
        removed, redacted = _purge_source(connection, sha256)
        files, instead = trail.forget_file(connection, sha256)
    elif wanted.accounts:
        removed, redacted = _purge_accounts(connection, wanted.accounts, line)
    else:
        removed, redacted = _purge_all(connection)
    for seq in redacted:
        connection.execute("UPDATE log SET detail = NULL WHERE seq = ?", (seq,))
    after = _contents(connection)
    detail = {
        "lines": sorted(redacted),
        "files": {str(seq): places for seq, places in files.items()},
        "instead": {str(seq): digest for seq, digest in instead.items()},
        "contents": {str(seq): after[seq] for seq in after if after[seq] != before[seq]},
        "counts": [
            ("records", removed.records),
            ("sources", removed.sources),
            ("decisions", removed.decisions),
            ("kept_versions", len(removed.kept_versions)),
        ],
        "reason": wanted.reason,
    }
    trail.append(connection, "purge", detail, who, at)
    return removed


_Done = tuple[Purged, set[int]]


def _contents(connection: sqlite3.Connection) -> dict[int, str]:
    rows = connection.execute("SELECT seq FROM log ORDER BY seq").fetchall()
    return {seq: contents_of(connection, seq) for (seq,) in rows}


def _purge_all(connection: sqlite3.Connection) -> _Done:
    counts = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 (ours)
        for name in ("record", "source", "decision")
    }
    names = tuple(found.name for found in keeping.kept(connection))
    redacted = {seq for (seq,) in connection.execute("SELECT seq FROM log WHERE what <> 'purge'")}
    for table in (
        "source",
        "refused",
        "version",
        "record",
        "seen",
        "left_out",
        "decision",
        "concerns",
        "kept",
    ):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 (ours)
    connection.execute("UPDATE about SET value = ? WHERE key = 'title'", (NO_TITLE,))
    return Purged(counts["record"], counts["source"], counts["decision"], names), redacted


def _purge_accounts(connection: sqlite3.Connection, ids: Sequence[str], line: int) -> _Done:
    found = places(connection, ids)
    for name in ids:
        if name not in found:
            raise UnknownRecordError(f"The case holds no record '{name}'.")
    records = sorted({place.record for place in found.values()})
    names = _ids(connection, records)
    for record in records:
        _leave_out(connection, record, line)
    removed, redacted = _forget(connection, records)
    kept = _forget_kept(connection, names, "")
    return replace(removed, kept_versions=kept), redacted


def _sha256_of(connection: sqlite3.Connection, number: int) -> str:
    row = connection.execute("SELECT sha256 FROM source WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise UnknownRecordError(f"There is no source {number}. 'chronology status' lists them.")
    return str(row[0])


def _purge_source(connection: sqlite3.Connection, sha256: str) -> _Done:
    """One file, with every reading of the same bytes."""
    rows = connection.execute(
        "SELECT number FROM source WHERE sha256 = ? ORDER BY number", (sha256,)
    )
    readings = [number for (number,) in rows]
    alone = _only_in(connection, sha256)
    names = _ids(connection, alone)
    for reading in readings:
        connection.execute("DELETE FROM left_out WHERE source = ?", (reading,))
        connection.execute("DELETE FROM seen WHERE source = ?", (reading,))
    removed, redacted = _forget(connection, alone)
    for reading in readings:
        _forget_reading(connection, reading)
    kept = _forget_kept(connection, names, sha256)
    return replace(removed, sources=len(readings), kept_versions=kept), redacted


def _forget_reading(connection: sqlite3.Connection, number: int) -> None:
    for (record,) in connection.execute(
        "SELECT DISTINCT record FROM version WHERE source = ? ORDER BY record", (number,)
    ).fetchall():
        _rehome(connection, record, number)
    connection.execute("UPDATE source SET supersedes = 0 WHERE supersedes = ?", (number,))
    connection.execute("DELETE FROM source WHERE number = ?", (number,))


def _only_in(connection: sqlite3.Connection, sha256: str) -> list[int]:
    rows = connection.execute(
        "SELECT record FROM seen GROUP BY record HAVING "
        "sum(source NOT IN (SELECT number FROM source WHERE sha256 = ?)) = 0 ORDER BY record",
        (sha256,),
    )
    return [record for (record,) in rows]


def _ids(connection: sqlite3.Connection, records: Iterable[int]) -> frozenset[str]:
    return frozenset(
        name
        for record in records
        for (name,) in connection.execute("SELECT id FROM version WHERE record = ?", (record,))
    )


def _leave_out(connection: sqlite3.Connection, record: int, line: int) -> None:
    """Every row that told a record stays counted, without what it said."""
    for source, place, body in connection.execute(
        "SELECT seen.source, seen.place, source.file FROM seen JOIN source "
        "ON source.number = seen.source WHERE record = ? ORDER BY seen.source",
        (record,),
    ).fetchall():
        here = source_at(file_of(unpack(body)), unpack(place))
        row = LeftOut(here, f"Removed on request: see line {line} of the case's log.", ())
        connection.execute(
            "INSERT INTO left_out SELECT ?, coalesce(max(place), -1) + 1, ? FROM left_out "
            "WHERE source = ?",
            (source, pack(left_out_data(row)), source),
        )


def _forget(connection: sqlite3.Connection, records: Sequence[int]) -> _Done:
    """Removes records and every decision about one of them; the lines that told of these."""
    gone = frozenset(records)
    redacted: set[int] = set()
    decisions = [
        found.decision.seq
        for found in ruling.standing(connection, live=False)
        if gone & set(found.numbers)
    ]
    for seq in decisions:
        connection.execute("DELETE FROM decision WHERE seq = ?", (seq,))
        connection.execute("DELETE FROM concerns WHERE seq = ?", (seq,))
        redacted |= {seq, *_undoing(connection, seq)}
    for record in records:
        for table in ("version", "record", "seen"):
            connection.execute(f"DELETE FROM {table} WHERE record = ?", (record,))  # noqa: S608 (ours)
    return Purged(len(records), 0, len(decisions)), redacted


def _undoing(connection: sqlite3.Connection, seq: int) -> set[int]:
    return {
        line.seq
        for line in trail.lines(connection)
        if line.what == "undo" and line.detail and line.detail["decision"] == seq
    }


def _rehome(connection: sqlite3.Connection, record: int, number: int) -> None:
    """A record that other files have too: what they say stays, under their names."""
    for version, body in connection.execute(
        "SELECT number, body FROM version WHERE record = ? AND source = ? ORDER BY number",
        (record, number),
    ).fetchall():
        other = connection.execute(
            "SELECT seen.source, seen.place, source.file FROM seen JOIN source "
            "ON source.number = seen.source WHERE record = ? AND wording = ? "
            "ORDER BY seen.source LIMIT 1",
            (record, version),
        ).fetchone()
        if body is None or other is None:
            connection.execute(
                "DELETE FROM version WHERE record = ? AND number = ?", (record, version)
            )
            continue
        source, place, file = other
        here = source_at(file_of(unpack(file)), unpack(place))
        moved = pack(account_data(replace(account_of(unpack(body)), source=here)))
        connection.execute(
            "UPDATE version SET source = ?, body = ? WHERE record = ? AND number = ?",
            (source, moved, record, version),
        )
    _stand(connection, record)


def _stand(connection: sqlite3.Connection, record: int) -> None:
    """A record stands as its last state that is left says."""
    rows = connection.execute(
        "SELECT number, id, status, body NOT NULL FROM version WHERE record = ? ORDER BY number",
        (record,),
    ).fetchall()
    number, _, status, _ = rows[-1]
    wording, name = next((n, i) for n, i, _, has_body in reversed(rows) if has_body)
    connection.execute(
        "UPDATE record SET number = ?, status = ?, wording = ?, id = ? WHERE record = ?",
        (number, status, wording, name, record),
    )


def _forget_kept(
    connection: sqlite3.Connection, ids: frozenset[str], sha256: str
) -> tuple[str, ...]:
    """Removes kept versions that hold one of these records or rows of this file."""
    gone = []
    for found in keeping.kept(connection):
        data = keeping.version(connection, found.name)
        held = {account["id"] for entry in data["entries"] for account in entry["accounts"]}
        files = {source["sha256"] for source in data["sources"]}
        if held & ids or sha256 in files:
            connection.execute("DELETE FROM kept WHERE line = ?", (found.seq,))
            gone.append(found.name)
    return tuple(gone)
