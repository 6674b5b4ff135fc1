"""Every row of every file of a case in balance: in the timeline, left out, or said again.

A file that was read anew, with other columns or by a newer program, counts once: as it was read
last.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from chronology.account import Agency, LeftOut
from chronology.case import ReadFile
from chronology.casefile.packing import account_of, file_of, left_out_of, unpack
from chronology.casefile.records import BY_HAND, current

_SENT_LATER = "The agency sent a later wording of this record"
#: Why a wording stands no more, by what became of it.
_REPLACED_BY = dict.fromkeys(
    ("reread", "corrected"), "This record was read anew, with what was corrected since"
)

#: Each source -> the last reading of the same file, which stands for all of them.
_Readings = Mapping[int, int]


def rows_left_out(connection: sqlite3.Connection) -> tuple[LeftOut, ...]:
    """Rows that are in no entry, and rows of which the timeline has a later wording."""
    last = _last_readings(connection)
    return (*_left_out(connection, last), *_replaced(connection, last))


def files_in_balance(connection: sqlite3.Connection) -> tuple[ReadFile, ...]:
    """Each file with its rows in balance, and what was entered by hand as one of its own."""
    return tuple(_files(connection, _last_readings(connection)))


def _last_readings(connection: sqlite3.Connection) -> dict[int, int]:
    rows = connection.execute("SELECT number, feed, sha256 FROM source ORDER BY number").fetchall()
    last = {(feed, sha256): number for number, feed, sha256 in rows}
    return {number: last[feed, sha256] for number, feed, sha256 in rows}


def _left_out(connection: sqlite3.Connection, last: _Readings) -> Iterator[LeftOut]:
    rows = connection.execute("SELECT source, body FROM left_out ORDER BY source, place")
    for source, body in rows:
        if last[source] == source:
            yield left_out_of(unpack(body))


#: Wordings that stand no more, each with the wording that came next.
_REPLACED = (
    "SELECT version.source, later.source, later.status, version.record, version.body FROM version "
    "JOIN record ON record.record = version.record "
    "JOIN version AS later ON later.record = version.record AND later.number = "
    "(SELECT min(number) FROM version AS next WHERE next.record = version.record "
    "AND next.number > version.number AND next.body NOT NULL) "
    "WHERE version.body NOT NULL AND version.source > 0 AND version.number < record.wording "
    "ORDER BY version.source, version.record, version.number"
)


def _replaced(connection: sqlite3.Connection, last: _Readings) -> Iterator[LeftOut]:
    """Rows whose record came again in another wording: the row as it was, and where the new is."""
    rows = connection.execute(_REPLACED).fetchall()
    if not rows:
        return
    now = {record: account for record, _, account in current(connection)}
    for source, next_source, status, record, body in rows:
        if last[source] == last.get(next_source):
            continue
        before = account_of(unpack(body))
        reason = f"{_REPLACED_BY.get(status, _SENT_LATER)}: {now[record].source}."
        cells = tuple(text for _, text in before.raw)
        yield LeftOut(before.source, reason, cells, later=now[record].id)


def _files(connection: sqlite3.Connection, last: _Readings) -> Iterator[ReadFile]:
    inside = _rows_in(connection, last)
    out = _rows_out(connection, last)
    notes = _notes(connection, last)
    for number, body in connection.execute("SELECT number, file FROM source ORDER BY number"):
        if last[number] != number:
            continue
        file = file_of(unpack(body))
        told = inside[number] + out[number]
        # A record that no row tells any more, as the file is read now, stays and is counted.
        again = max(0, file.rows_read - told)
        yield replace(
            file,
            rows_read=told + again,
            rows_in=inside[number],
            rows_out=out[number],
            rows_again=again,
            notes=(*file.notes, *notes.get(number, ())),
        )
    by_hand = inside[0]
    if by_hand:
        yield ReadFile(BY_HAND, "", "", Agency.OTHER, "", "", by_hand, by_hand, 0)


def _rows_in(connection: sqlite3.Connection, last: _Readings) -> Counter[int]:
    """For each file, the records whose wording now is a row of it; 0 stands for those by hand."""
    rows = connection.execute(
        "SELECT version.source, count(*) FROM record JOIN version "
        "ON version.record = record.record AND version.number = record.wording "
        "WHERE record.status <> 'undone' GROUP BY version.source"
    )
    return _of_files(rows.fetchall(), last)


def _rows_out(connection: sqlite3.Connection, last: _Readings) -> Counter[int]:
    """For each file, its rows left out and its rows that a later wording replaced."""
    replaced = Counter(
        last[source]
        for source, next_source, *_ in connection.execute(_REPLACED)
        if last[source] != last.get(next_source)
    )
    out = connection.execute("SELECT source, count(*) FROM left_out GROUP BY source").fetchall()
    return replaced + _of_files([row for row in out if last[row[0]] == row[0]], last)


def _of_files(counts: list[tuple[int, int]], last: _Readings) -> Counter[int]:
    total: Counter[int] = Counter()
    for source, count in counts:
        total[last.get(source, 0)] += count
    return total


def _notes(connection: sqlite3.Connection, last: _Readings) -> dict[int, list[str]]:
    """What is to be said of a file: which export it follows, how much of it came before."""
    names = {}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, supersedes, body in connection.execute(
        "SELECT number, supersedes, file FROM source ORDER BY number"
    ):
        names[number] = file_of(unpack(body)).file
        if supersedes in names and last[supersedes] != last[number]:
            found[last[number]].append(f"A later export of {names[supersedes]}.")
    for number, readings in Counter(last.values()).items():
        if readings > 1:
            found[number].append(
                f"Read {readings} times, the last time as shown here; its rows count once."
            )
    again = connection.execute(
        "SELECT seen.source, version.source, count(*) FROM seen JOIN version "
        "ON version.record = seen.record AND version.number = seen.wording "
        "WHERE version.source <> seen.source GROUP BY seen.source, version.source "
        "ORDER BY seen.source"
    )
    said: Counter[int] = Counter()
    for source, other, count in again:
        if last[source] == source and last.get(other) != source:
            said[source] += count
    for number, count in said.items():
        found[number].append(
            f"{count:,} of its rows were in the case already and stand there once."
        )
    return found
