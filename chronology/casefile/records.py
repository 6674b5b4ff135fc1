"""Records and their versions as they lie in the case file."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from chronology.account import Account
from chronology.case import ReadFile
from chronology.casefile.arriving import bare
from chronology.casefile.holding import Feed, Held, Holdings, Row
from chronology.casefile.packing import account_data, account_of, file_of, pack, place_data, unpack
from chronology.casefile.rewording import what_changed
from chronology.casefile.told import Version
from chronology.flags import Flag
from chronology.importers.mapping import same

#: What a record entered by hand is a row of.
BY_HAND = "Entered by hand"

#: Now: every record with the body of its last wording.
_CURRENT = """
    SELECT record.record, record.number, record.wording, record.status, version.body
    FROM record JOIN version ON version.record = record.record AND version.number = record.wording
    WHERE record.status <> 'undone' ORDER BY record.record"""

#: Of a record's versions: the last that was sent, and the last of those that has a body.
_SENT = """max(CASE WHEN version.status <> 'reread' THEN version.number ELSE 0 END),
    max(CASE WHEN version.status <> 'reread' AND version.body NOT NULL THEN version.number
    ELSE 0 END)"""


#: What is said of a record that is in a later export no more, or no more in its own, read anew.
_WITHDRAWN = (
    (
        "A later export, {}, covers this date and no longer has this record. Ask the agency "
        "whether it was withdrawn."
    ),
    (
        "{} was read anew, with what was corrected, and the row of this record is none then. "
        "Remove it where that is right: chronology purge, with --record."
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record of the case stands: which record, in which state, under which id."""

    record: int
    number: int
    wording: int
    id: str
    status: str
    #: The last state and the last wording that the agency brought, reading anew left aside.
    sent: int = 0
    said: int = 0


def current(connection: sqlite3.Connection) -> Iterator[tuple[int, str, Account]]:
    """Every record as it stands: its number, its status, what it says with what became of it."""
    amended = _amended(connection)
    withdrawn = _withdrawn_by(connection)
    for record, _, _, status, body in connection.execute(_CURRENT).fetchall():
        account = account_of(unpack(body))
        flags = [*amended.get(record, ()), *withdrawn.get(record, ())]
        if flags:
            account = replace(account, flags=(*account.flags, *flags))
        yield record, status, account


def wordings(connection: sqlite3.Connection) -> Iterator[Account]:
    """Every wording of every record, the oldest first."""
    for (body,) in connection.execute(
        "SELECT body FROM version WHERE body NOT NULL ORDER BY line, record, number"
    ):
        yield account_of(unpack(body))


def moved(connection: sqlite3.Connection, among: Collection[str] | None) -> dict[str, str]:
    """For each id a record had: the last it has had, or the last of those that are ``among``."""
    had: list[tuple[str, int]] = connection.execute(
        "SELECT id, record FROM version ORDER BY record, number"
    ).fetchall()
    last = {record: name for name, record in had if among is None or name in among}
    kept = set(last.values())
    return {name: last[record] for name, record in had if record in last and name not in kept}


def holdings(connection: sqlite3.Connection, known: dict[tuple[int, int], Account]) -> Holdings:
    """All that a new export is laid beside; records entered by hand are no part of it.

    ``known`` holds the wordings read before, by record and number, and is added to.
    """
    feeds_of = _feeds_of(connection)
    records = []
    for record, number, wording, status, body in connection.execute(_CURRENT).fetchall():
        if record in feeds_of:
            if (record, wording) not in known:
                known[record, wording] = account_of(unpack(body))
            account = known[record, wording]
            records.append(Held(record, number, wording, account, status, feeds_of[record]))
    return Holdings(
        records=tuple(records),
        feeds=feeds(connection),
        earlier=_earlier(connection),
        exports=tuple(_exports(connection)),
    )


def rows_of(connection: sqlite3.Connection, sha256: str) -> dict[Row, tuple[int, int]]:
    """For each row of a file the record and the wording it told when it was last read."""
    found = {}
    for place, record, wording in connection.execute(
        "SELECT place, record, wording FROM seen JOIN source ON number = seen.source "
        "WHERE sha256 = ? ORDER BY number, record",
        (sha256,),
    ):
        at = unpack(place)
        found[at["sheet"], at["row"], at["part"]] = (record, wording)
    return found


def feeds(connection: sqlite3.Connection) -> tuple[Feed, ...]:
    """Every table that came, named by its latest export."""
    latest: dict[int, Feed] = {}
    for number, feed, body in connection.execute(
        "SELECT number, feed, file FROM source ORDER BY number"
    ):
        file = file_of(unpack(body))
        latest[feed] = Feed(feed, number, file.file, file.agency, headings_of(file))
    return tuple(latest[feed] for feed in sorted(latest))


def headings_of(file: ReadFile) -> frozenset[str]:
    """The headings of all its tables, as they are compared."""
    return frozenset(same(heading) for _, heading, _, _ in file.columns)


def places(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Place]:
    """Where the records stand that have, or once had, these ids; one entered and undone too."""
    found = {}
    for name in dict.fromkeys(ids):
        row = connection.execute(
            "SELECT record, number, wording, id, status FROM record WHERE id = ? "
            "UNION ALL SELECT record.record, record.number, record.wording, record.id, "
            "record.status FROM version JOIN record ON record.record = version.record "
            "WHERE version.id = ? LIMIT 1",
            (name, name),
        ).fetchone()
        if row:
            found[name] = _with_what_was_sent(connection, Place(*row))
    return found


def all_places(connection: sqlite3.Connection) -> dict[int, Place]:
    """Where every record stands, by its number."""
    rows = connection.execute(
        "SELECT record.record, record.number, record.wording, record.id, record.status, "  # noqa: S608 (ours)
        f"{_SENT} FROM record JOIN version ON version.record = record.record "
        "GROUP BY record.record ORDER BY record.record"
    )
    return {row[0]: Place(*row) for row in rows}


def history(connection: sqlite3.Connection, record: int) -> tuple[Version, ...]:
    """Every state of one record, oldest first."""
    found: list[Version] = []
    files = {0: BY_HAND}
    for number, body in connection.execute("SELECT number, file FROM source"):
        files[number] = unpack(body)["file"]
    account: Account | None = None
    for number, source, status, body, at in connection.execute(
        "SELECT number, source, status, body, log.at FROM version LEFT JOIN log ON seq = line "
        "WHERE record = ? ORDER BY number",
        (record,),
    ):
        account = account_of(unpack(body)) if body is not None else account
        if account is not None:
            found.append(Version(account, files.get(source, ""), at or "", status, number))
    return tuple(found)


def _with_what_was_sent(connection: sqlite3.Connection, place: Place) -> Place:
    sent, said = connection.execute(
        f"SELECT {_SENT} FROM version WHERE record = ?",  # noqa: S608 (ours)
        (place.record,),
    ).fetchone()
    return replace(place, sent=sent, said=said)


class Writer:
    """Puts records and their states into the case, in one change."""

    def __init__(self, connection: sqlite3.Connection, line: int) -> None:
        self._connection = connection
        self._line = line
        (last,) = connection.execute("SELECT max(record) FROM version").fetchone()
        self._last = last or 0

    def new(self, account: Account, source: int, status: str = "new") -> int:
        """A record that was not there before; its number."""
        self._last += 1
        self._state(self._last, 1, account.id, source, status, account)
        self._connection.execute(
            "INSERT INTO record VALUES (?, ?, 1, 1, ?)", (self._last, account.id, status)
        )
        return self._last

    def changed(
        self, held: Held | Place, account: Account, source: int, status: str = "changed"
    ) -> int:
        """A new wording of a record, or one read anew; the number of that state."""
        number = held.number + 1
        self._state(held.record, number, account.id, source, status, account)
        self._connection.execute(
            "UPDATE record SET id = ?, number = ?, wording = ?, status = ? WHERE record = ?",
            (account.id, number, number, status, held.record),
        )
        return number

    def withdrawn_by(self, held: Held) -> tuple[int, str]:
        """The source that last showed a record as withdrawn: its number and sha256."""
        row = self._connection.execute(
            "SELECT number, sha256 FROM source WHERE number = (SELECT max(source) FROM version "
            "WHERE record = ? AND status = 'withdrawn')",
            (held.record,),
        ).fetchone()
        return (row[0], row[1]) if row else (0, "")

    def became(self, held: Held | Place, name: str, source: int, status: str) -> None:
        """A state that brings no new wording: withdrawn, returned, undone."""
        self._state(held.record, held.number + 1, name, source, status, None)
        self._connection.execute(
            "UPDATE record SET number = ?, status = ? WHERE record = ?",
            (held.number + 1, status, held.record),
        )

    def saw(self, source: int, record: int, wording: int, account: Account) -> None:
        """Notes that a row of a file tells a wording of a record."""
        place = pack(place_data(account.source))
        self._connection.execute(
            "INSERT INTO seen VALUES (?, ?, ?, ?)", (source, record, wording, place)
        )

    def _state(
        self,
        record: int,
        number: int,
        name: str,
        source: int,
        status: str,
        account: Account | None,
    ) -> None:
        body = None if account is None else pack(account_data(account))
        self._connection.execute(
            "INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?)",
            (record, number, name, source, self._line, status, body),
        )


def _feeds_of(connection: sqlite3.Connection) -> dict[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for record, feed in connection.execute(
        "SELECT DISTINCT seen.record, source.feed FROM seen JOIN source ON number = seen.source"
    ):
        found[record].add(feed)
    return {record: frozenset(feeds) for record, feeds in found.items()}


def _earlier(connection: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for name, record, now in connection.execute(
        "SELECT version.id, version.record, record.id FROM version "
        "JOIN record ON record.record = version.record "
        "WHERE version.body NOT NULL AND version.number < record.wording AND version.source > 0 "
        "ORDER BY version.record"
    ):
        if bare(name) != bare(now):
            found[bare(name)][record] = None
    return {name: tuple(records) for name, records in found.items()}


def _exports(connection: sqlite3.Connection) -> Iterator[tuple[int, Counter[str]]]:
    rows: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for source, feed, name in connection.execute(
        "SELECT seen.source, source.feed, version.id FROM seen "
        "JOIN source ON source.number = seen.source "
        "JOIN version ON version.record = seen.record AND version.number = seen.wording"
    ):
        rows[(source, feed)][bare(name)] += 1
    for source, feed in sorted(rows):
        yield feed, rows[(source, feed)]


def _amended(connection: sqlite3.Connection) -> dict[int, list[Flag]]:
    """For each record that was sent in more than one wording, how its last but one differed."""
    before: dict[int, Account] = {}
    found: dict[int, list[Flag]] = {}
    for record, is_amended, body in connection.execute(
        "SELECT version.record, version.number = amended.number, version.body FROM version "
        "JOIN (SELECT record, max(number) AS number FROM version WHERE status = 'changed' "
        "GROUP BY record) AS amended ON amended.record = version.record "
        "WHERE version.body NOT NULL AND version.number <= amended.number ORDER BY version.number"
    ):
        account = account_of(unpack(body))
        if is_amended and record in before:
            text = f"{before[record].source} said it in another way before; that wording is kept"
            words = f"{text} in the case file. {what_changed(before[record], account)}"
            found[record] = [Flag("record-amended", words.rstrip())]
        before[record] = account
    return found


def _withdrawn_by(connection: sqlite3.Connection) -> dict[int, list[Flag]]:
    rows = connection.execute(
        "SELECT record.record, source.file, source.sha256 = told.sha256 FROM record JOIN version "
        "ON version.record = record.record AND version.number = record.number "
        "JOIN source ON source.number = version.source "
        "JOIN version AS wording ON wording.record = record.record "
        "AND wording.number = record.wording "
        "JOIN source AS told ON told.number = wording.source WHERE record.status = 'withdrawn'"
    ).fetchall()
    return {
        record: [Flag("record-withdrawn", _WITHDRAWN[is_same].format(unpack(body)["file"]))]
        for record, body, is_same in rows
    }
