"""Files into the case: what each brings is laid beside what is there, all in one change."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chronology.account import Account
from chronology.case import Refused, Taken, balance, take
from chronology.casefile.arriving import (
    MOST,
    Arrival,
    Feed,
    Held,
    Incoming,
    arrive,
    bare,
    is_one_table,
    numbered,
)
from chronology.casefile.packing import file_data as balance_data
from chronology.casefile.packing import (
    left_out_data,
    pack,
    refused_data,
    stated_data,
    stated_of,
    unpack,
)
from chronology.casefile.records import Writer, feeds, headings_of, holdings
from chronology.casefile.told import AddedFile
from chronology.importers import Given, Mapping

_NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Read:
    """A file as read, and how it was said to be read."""

    taken: Taken
    given: Given
    mapping: Mapping | None
    notes: tuple[str, ...] = ()


def as_before(connection: sqlite3.Connection, taken: Taken, given: Given) -> Read:
    """A file read as an earlier export of the same table was, where that finds its records again.

    Only where nothing is stated for it now: what was stated about the earlier export, and which
    agency sent it, then hold for this one too.
    """
    plain = Read(taken, given, taken.mapping)
    if given != _NOTHING or taken.mapping is not None:
        return plain
    headings = headings_of(balance(taken.found))
    known = _ids(connection)
    best, most = plain, _shared(taken, known)
    for feed in feeds(connection):
        if not is_one_table(feed.headings, headings):
            continue
        stated, mapping = _stated(connection, feed)
        if feed.agency is taken.found.agency and stated == _NOTHING and mapping is None:
            continue
        stated = replace(stated, agency=stated.agency or feed.agency)
        again = take(taken.item, stated, (mapping,) if mapping else ())
        if isinstance(again, Refused):
            continue
        shared = _shared(again, known)
        if shared > most and shared >= MOST * min(len(again.found.accounts), len(known)):
            note = f"Read as the earlier export {feed.file} was: as sent by {feed.agency.label}."
            best, most = Read(again, stated, again.mapping, (note,)), shared
    return best


class Adding:
    """One command of adding, inside one change."""

    def __init__(self, connection: sqlite3.Connection, line: int) -> None:
        self._connection = connection
        self._line = line
        self._writer = Writer(connection, line)
        self._accounts: dict[tuple[int, int], Account] = {}

    def refuse(self, file: Refused, place: int) -> AddedFile:
        """Notes a file that could not be read."""
        self._connection.execute(
            "INSERT INTO refused VALUES (?, ?, ?)", (self._line, place, pack(refused_data(file)))
        )
        return AddedFile(file.file, refused=file.reason)

    def add(self, read: Read) -> AddedFile:
        """Takes one file in."""
        found = read.taken.found
        earlier = self._same_bytes(read)
        if earlier:
            return AddedFile(
                found.file,
                rows=found.rows_read,
                unchanged=len(found.accounts),
                left_out=len(found.left_out),
                source=earlier,
                notes=("This very file is in the case already.",),
            )
        known = holdings(self._connection, self._accounts)
        headings = headings_of(balance(found))
        arrival = arrive(Incoming(found.file, found.agency, headings, found.accounts), known)
        source = self._source(read, arrival.feed)
        self._store(arrival, source)
        for place, row in enumerate(found.left_out):
            body = pack(left_out_data(row))
            self._connection.execute("INSERT INTO left_out VALUES (?, ?, ?)", (source, place, body))
        return AddedFile(
            found.file,
            rows=found.rows_read,
            new=len(arrival.new),
            unchanged=len(arrival.again),
            changed=len(arrival.changed),
            withdrawn=len(arrival.withdrawn),
            left_out=len(found.left_out),
            source=source,
            supersedes=arrival.feed.file if arrival.feed else "",
            notes=(*read.notes, *arrival.notes),
        )

    def _same_bytes(self, read: Read) -> int:
        """The number of the source that is this file read in this way; 0 if there is none."""
        stated = pack(stated_data(read.given, read.mapping))
        rows = self._connection.execute(
            "SELECT number, stated FROM source WHERE sha256 = ? ORDER BY number DESC",
            (read.taken.found.sha256,),
        ).fetchall()
        plain = read.given == _NOTHING and read.mapping is None
        return next((number for number, before in rows if plain or before == stated), 0)

    def _source(self, read: Read, feed: Feed | None) -> int:
        row = self._connection.execute("SELECT value FROM about WHERE key = 'sources'").fetchone()
        number = int(row[0]) + 1 if row else 1
        self._connection.execute(
            "INSERT OR REPLACE INTO about VALUES ('sources', ?)", (str(number),)
        )
        self._connection.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                self._line,
                feed.number if feed else number,
                feed.latest if feed else 0,
                read.taken.found.sha256,
                pack(balance_data(balance(read.taken.found))),
                pack(stated_data(read.given, read.mapping)),
            ),
        )
        return number

    def _store(self, arrival: Arrival, source: int) -> None:
        ids = self._ids_of_records()
        taken = {name for names in ids.values() for name in names}
        for account, held in arrival.again:
            self._writer.saw(source, held.record, held.wording, account)
            if held.status == "withdrawn" and not arrival.is_repeat:
                self._writer.became(held, held.account.id, source, "returned")
        for account, held in arrival.changed:
            own = _own(account, held, taken - ids[held.record])
            taken.add(own.id)
            number = self._writer.changed(held, own, source)
            self._writer.saw(source, held.record, number, own)
        for account in numbered(arrival.new, taken):
            record = self._writer.new(account, source)
            self._writer.saw(source, record, 1, account)
        for held in arrival.withdrawn:
            self._writer.became(held, held.account.id, source, "withdrawn")

    def _ids_of_records(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for record, name in self._connection.execute("SELECT record, id FROM version"):
            found.setdefault(record, set()).add(name)
        return found


def _own(account: Account, held: Held, taken: set[str]) -> Account:
    """An amended account with the copy number its record has, or the next that is free."""
    if bare(account.id) == bare(held.account.id):
        return replace(account, copy=held.account.copy)
    return numbered([account], set(taken))[0]


def _stated(connection: sqlite3.Connection, feed: Feed) -> tuple[Given, Mapping | None]:
    row: tuple[Any] = connection.execute(
        "SELECT stated FROM source WHERE number = ?", (feed.latest,)
    ).fetchone()
    return stated_of(unpack(row[0]))


def _ids(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(bare(row[0]) for row in connection.execute("SELECT id FROM version"))


def _shared(taken: Taken, known: frozenset[str]) -> int:
    return sum(bare(account.id) in known for account in taken.found.accounts)


def said_of(files: Sequence[AddedFile], hashes: Sequence[str]) -> list[dict[str, object]]:
    """What the log says of files added."""
    return [
        {
            "source": file.source,
            "file": file.file,
            "sha256": sha256,
            "rows": file.rows,
            "new": file.new,
            "changed": file.changed,
            "unchanged": file.unchanged,
            "withdrawn": file.withdrawn,
            "left_out": file.left_out,
            "refused": file.refused,
        }
        for file, sha256 in zip(files, hashes, strict=True)
    ]
