"""Whether a case file is whole: its pages, its log, and all that the log says was brought."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from chronology.casefile import ruling, trail
from chronology.casefile.contents import contents_of
from chronology.casefile.packing import account_of, file_of, unpack


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Everything that is not as it was written, in words; nothing where all is."""
    damage = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    if damage:
        return tuple(f"The file is damaged: {told}." for told in damage)
    found: list[str] = []
    try:
        found.extend(trail.broken(connection))
        for check in (_contents, _decisions, _concerns, _undone, _records, _balances):
            found.extend(check(connection))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
        found.append(f"Something in the case cannot be read any more ({type(fault).__name__}).")
    return tuple(found)


def _contents(connection: sqlite3.Connection) -> Iterator[str]:
    """What each line brought, against what the log said it brought."""
    expected: dict[int, str] = {}
    for line in trail.lines(connection):
        if line.detail is None:
            continue
        if line.what == "purge":
            expected.update((int(seq), told) for seq, told in line.detail["contents"].items())
        elif "contents" in line.detail:
            expected.setdefault(line.seq, line.detail["contents"])
    brought = _bringing(connection)
    for seq in sorted(brought | expected.keys()):
        if seq not in expected:
            yield f"Something in the case says that line {seq} of the log brought it; it did not."
        elif contents_of(connection, seq) != expected[seq]:
            yield f"What line {seq} of the log brought into the case was changed since."


def _bringing(connection: sqlite3.Connection) -> set[int]:
    rows = connection.execute(
        "SELECT line FROM source UNION SELECT line FROM version UNION SELECT line FROM refused "
        "UNION SELECT line FROM kept"
    )
    return {line for (line,) in rows}


def _decisions(connection: sqlite3.Connection) -> Iterator[str]:
    told = {
        line.seq: line.detail
        for line in trail.lines(connection)
        if line.what == "decide" and line.detail is not None
    }
    kept = {found.decision.seq: found for found in ruling.standing(connection, live=False)}
    for seq in sorted(told.keys() | kept.keys()):
        if seq not in kept:
            yield f"Decision {seq} is in the log and no longer in the case."
        elif seq not in told:
            yield f"Decision {seq} is in the case and not in the log."
        elif (
            told[seq]["decision"] != trail.digest_of(ruling.body_of(kept[seq]))
            or told[seq]["kind"] != kept[seq].decision.kind
        ):
            yield f"Decision {seq} was changed after it was made."


def _concerns(connection: sqlite3.Connection) -> Iterator[str]:
    """Every decision is found by the records it is about."""
    listed = set(connection.execute("SELECT record, seq FROM concerns"))
    told = {
        (record, found.decision.seq)
        for found in ruling.standing(connection, live=False)
        for record in found.numbers
    }
    for _, seq in sorted(listed ^ told):
        yield f"Which records decision {seq} is about is not as it was written."


def _undone(connection: sqlite3.Connection) -> Iterator[str]:
    """Which decisions hold, as the log tells it from its beginning."""
    aside: dict[int, int | None] = {}
    purged: set[int] = set()
    for line in trail.lines(connection):
        if line.detail is None:
            purged.add(line.seq)
        elif line.what == "decide":
            aside.update(dict.fromkeys(line.detail["replaced"], line.seq))
        elif line.what == "undo":
            aside[line.detail["decision"]] = line.seq
            aside.update(dict.fromkeys(line.detail["again"]))
    for found in ruling.standing(connection, live=False):
        made = found.decision
        if made.undone_by != aside.get(made.seq) and made.undone_by not in purged:
            yield f"Whether decision {made.seq} holds is not as the log tells it."


def _records(connection: sqlite3.Connection) -> Iterator[str]:
    """Every record stands as its last state says, and is called as what it says."""
    rows = connection.execute(
        "SELECT record.record, record.id, record.status, last.status, wording.id, wording.body "
        "FROM record "
        "LEFT JOIN version AS last ON last.record = record.record AND last.number = "
        "(SELECT max(number) FROM version WHERE version.record = record.record) "
        "AND last.number = record.number "
        "LEFT JOIN version AS wording ON wording.record = record.record "
        "AND wording.number = (SELECT max(number) FROM version "
        "WHERE version.record = record.record AND body NOT NULL) "
        "AND wording.number = record.wording ORDER BY record.record"
    )
    for record, name, status, last, wording, body in rows:
        if last != status or wording != name or account_of(unpack(body)).id != name:
            yield f"Record {record} does not stand as its versions say."
    (lost,) = connection.execute(
        "SELECT count(DISTINCT record) FROM version WHERE record NOT IN (SELECT record FROM record)"
    ).fetchone()
    if lost:
        yield f"{lost} records have versions and are not in the case."


def _balances(connection: sqlite3.Connection) -> Iterator[str]:
    """Every row that was read is a row of a record or stands in what was left out."""
    rows = connection.execute(
        "SELECT number, file, (SELECT count(*) FROM seen WHERE seen.source = number), "
        "(SELECT count(*) FROM left_out WHERE left_out.source = number) FROM source"
    )
    for number, body, seen, out in rows:
        file = file_of(unpack(body))
        if file.rows_read != seen + out:
            yield (
                f"Source {number} ({file.file}) had {file.rows_read} rows; {seen} are in records "
                f"and {out} left out."
            )
