"""Files into the case: what each brings is laid beside what is there, all in one change."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chronology import __version__
from chronology.account import Account
from chronology.case import Refused, Taken, balance, take
from chronology.casefile.arriving import MOST, arrive, bare, is_one_table, numbered
from chronology.casefile.holding import Arrival, Feed, Held, Incoming
from chronology.casefile.packing import file_data as balance_data
from chronology.casefile.packing import (
    left_out_data,
    pack,
    refused_data,
    stated_data,
    stated_of,
    unpack,
)
from chronology.casefile.records import Writer, feeds, headings_of, holdings, rows_of
from chronology.casefile.rereading import read_anew
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
    #: Whether somebody says so now, not only of an earlier export.
    is_stated: bool = False


def as_before(connection: sqlite3.Connection, taken: Taken, given: Given) -> Read:
    """A file read as an earlier export of the same table was, where that finds its records again.

    Only where nothing is stated for it now: what was stated about the earlier export, and which
    agency sent it, then hold for this one too.
    """
    is_stated = given != _NOTHING or taken.mapping is not None
    plain = Read(taken, given, taken.mapping, is_stated=is_stated)
    if is_stated:
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
        own = _ids(connection, feed.number)
        is_more = shared > most or (best is plain and 0 < shared == _shared(again, own) == most)
        if is_more and shared >= MOST * min(len(again.found.accounts), len(known)):
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
        earlier = self._earlier(read)
        if earlier and earlier.is_read_so:
            return _there_already(read, earlier.source)
        arrival = self._arrival(read, earlier)
        if earlier and arrival.is_nothing and not self._brings_back(arrival):
            return _there_already(read, earlier.source)
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
            changed=len(arrival.changed) + len(arrival.reread) + len(arrival.corrected),
            reread=len(arrival.reread) + len(arrival.corrected),
            corrected=len(arrival.corrected),
            withdrawn=len(arrival.withdrawn),
            left_out=len(found.left_out),
            source=source,
            supersedes=arrival.feed.file if arrival.feed else "",
            notes=(*read.notes, *arrival.notes),
        )

    def _earlier(self, read: Read) -> _Earlier | None:
        """The last source that is this very file; None if there is none."""
        row = self._connection.execute(
            "SELECT number, feed, stated, log.tool FROM source JOIN log ON seq = line "
            "WHERE sha256 = ? ORDER BY number DESC LIMIT 1",
            (read.taken.found.sha256,),
        ).fetchone()
        if row is None:
            return None
        number, feed, before, tool = row
        is_as_stated = not read.is_stated or before == pack(stated_data(read.given, read.mapping))
        return _Earlier(number, feed, is_as_stated and _release(tool) >= _release(__version__))

    def _arrival(self, read: Read, earlier: _Earlier | None) -> Arrival:
        found = read.taken.found
        headings = headings_of(balance(found))
        incoming = Incoming(found.file, found.agency, headings, found.accounts, read.is_stated)
        if earlier:
            rows = rows_of(self._connection, found.sha256)
            incoming = replace(incoming, rows=rows, feed=earlier.feed)
        held = holdings(self._connection, self._accounts)
        return read_anew(incoming, held) if earlier else arrive(incoming, held)

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
            if self._returns(account, held, arrival):
                self._writer.became(held, held.account.id, source, "returned")
        for account, held in arrival.changed:
            own = _own(account, held, taken - ids[held.record])
            taken.add(own.id)
            number = self._writer.changed(held, own, source)
            self._writer.saw(source, held.record, number, own)
        for account, held in arrival.corrected:
            own = _own(account, held, taken - ids[held.record])
            taken.add(own.id)
            returns = self._returns(account, held, arrival)
            self._read_anew(own, held, source, "corrected", returns=returns)
        for account, held in arrival.reread:
            copies = tuple(f for f in held.account.flags if f.code == "row-exact-duplicate")
            others = tuple(f for f in account.flags if f.code != "row-exact-duplicate")
            own = replace(account, copy=held.account.copy, flags=(*others, *copies))
            returns = self._returns(account, held, arrival)
            self._read_anew(own, held, source, "reread", returns=returns)
        for account in numbered(arrival.new, taken):
            record = self._writer.new(account, source)
            self._writer.saw(source, record, 1, account)
        for held in arrival.withdrawn:
            self._writer.became(held, held.account.id, source, "withdrawn")

    def _brings_back(self, arrival: Arrival) -> bool:
        return any(self._returns(account, held, arrival) for account, held in arrival.again)

    def _returns(self, account: Account, held: Held, arrival: Arrival) -> bool:
        """Whether a withdrawn record is there again: not where an older export has it still."""
        if held.status != "withdrawn":
            return False
        is_own = self._writer.withdrawn_by(held)[1] == account.source.sha256
        return not arrival.is_repeat or is_own

    def _read_anew(
        self, own: Account, held: Held, source: int, status: str, *, returns: bool
    ) -> None:
        number = self._writer.changed(held, own, source, status)
        self._writer.saw(source, held.record, number, own)
        if held.status == "withdrawn":
            now = replace(held, number=number)
            by = source if returns else self._writer.withdrawn_by(held)[0]
            self._writer.became(now, own.id, by, "returned" if returns else "withdrawn")

    def _ids_of_records(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for record, name in self._connection.execute("SELECT record, id FROM version"):
            found.setdefault(record, set()).add(name)
        return found


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A source that is the very file, and whether it was read as it would be now."""

    source: int
    feed: int
    is_read_so: bool


def _there_already(read: Read, source: int) -> AddedFile:
    found = read.taken.found
    return AddedFile(
        found.file,
        rows=found.rows_read,
        unchanged=len(found.accounts),
        left_out=len(found.left_out),
        source=source,
        notes=("This very file is in the case already.",),
    )


def _release(version: str) -> tuple[int, ...]:
    """The numbers of a version, to tell an older one from a newer."""
    return tuple(map(int, re.findall(r"\d+", version)))


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


def _ids(connection: sqlite3.Connection, feed: int = 0) -> frozenset[str]:
    """The ids of all records, or of those that one table's exports had."""
    rows = connection.execute(
        "SELECT id FROM version WHERE ? = 0 OR record IN (SELECT seen.record FROM seen "
        "JOIN source ON source.number = seen.source WHERE source.feed = ?)",
        (feed, feed),
    )
    return frozenset(bare(row[0]) for row in rows)


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
            "reread": file.reread,
            "unchanged": file.unchanged,
            "withdrawn": file.withdrawn,
            "left_out": file.left_out,
            "refused": file.refused,
        }
        for file, sha256 in zip(files, hashes, strict=True)
    ]
