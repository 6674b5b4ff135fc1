"""The chronology of a case: its records as they stand, and every row of every file in balance."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chronology import __version__
from chronology.account import Account, Agency, LeftOut
from chronology.case import About, Chronology, ReadFile, Refused, Wishes, put_together
from chronology.casefile import ruling
from chronology.casefile.dismissing import unread
from chronology.casefile.packing import account_of, file_of, left_out_of, unpack
from chronology.casefile.records import BY_HAND, current
from chronology.dates import iso_in_words
from chronology.decisions import Decision, Rulings
from chronology.marking import said_by, with_marks
from chronology.merge import Preset
from chronology.people import person_rulings

_SENT_LATER = "The agency sent a later wording of this record"
#: Why a wording stands no more, by what became of it.
_REPLACED_BY = dict.fromkeys(
    ("reread", "corrected"), "This record was read anew, with what was corrected since"
)
#: Lines of the log that leave what the case holds as it is.
CHANGES_NOTHING = ("build", "download", "keep", "take")


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a chronology is made of, read from the case at one moment."""

    accounts: tuple[Account, ...]
    left_out: tuple[LeftOut, ...]
    files: tuple[ReadFile, ...]
    refused: tuple[Refused, ...]
    rulings: Rulings
    decisions: tuple[Decision, ...]
    about: About


def contents(connection: sqlite3.Connection, title: str, marking: str) -> Contents:
    """The case as it stands now."""
    kept = tuple(current(connection))
    decisions = ruling.with_current_ids(connection)
    return Contents(
        accounts=_with_who_entered(tuple(account for _, _, account in kept), decisions),
        left_out=(*_left_out(connection), *_replaced(connection)),
        files=tuple(_files(connection)),
        refused=unread(connection),
        rulings=ruling.rulings(connection),
        decisions=decisions,
        about=About(title, marking, _last_change(connection), __version__),
    )


def _with_who_entered(
    accounts: tuple[Account, ...], decisions: Iterable[Decision]
) -> tuple[Account, ...]:
    """Records entered by hand say by whom, on which day and why."""
    entered = {d.accounts[0]: d for d in decisions if d.kind == "manual" and d.accounts}
    if not entered:
        return accounts
    return tuple(
        replace(account, other=(*account.other, (BY_HAND, _entered(entered[account.id]))))
        if account.id in entered
        else account
        for account in accounts
    )


def _entered(decision: Decision) -> str:
    because = f": {decision.reason}" if decision.reason else ""
    return f"by {said_by(decision)}{because}"


def _last_change(connection: sqlite3.Connection) -> str:
    """The day on which the case last came to hold something else; "" while it holds nothing."""
    marks = ", ".join("?" * len(CHANGES_NOTHING))
    row = connection.execute(
        f"SELECT max(at) FROM log WHERE what NOT IN ({marks}, 'new')",  # noqa: S608 (ours)
        CHANGES_NOTHING,
    ).fetchone()
    return f"{iso_in_words(row[0][:10])} (last change of the case)" if row and row[0] else ""


def assembled(contents: Contents, preset: Preset) -> Chronology:
    """The finished chronology, with what people decided beside its entries."""
    chronology = put_together(
        contents.accounts,
        contents.left_out,
        contents.files,
        contents.refused,
        Wishes(preset=preset, about=contents.about),
        contents.rulings,
        person_rulings(contents.decisions),
    )
    return with_marks(chronology, contents.decisions)


def is_replaced(row: LeftOut) -> bool:
    """Whether a row is left out only because the timeline has a later wording of its record."""
    return row.reason.startswith((_SENT_LATER, *_REPLACED_BY.values()))


def _left_out(connection: sqlite3.Connection) -> Iterator[LeftOut]:
    for (body,) in connection.execute("SELECT body FROM left_out ORDER BY source, place"):
        yield left_out_of(unpack(body))


def _replaced(connection: sqlite3.Connection) -> Iterator[LeftOut]:
    """Rows whose record came again in another wording: the row as it was, and where the new is."""
    rows = connection.execute(
        "SELECT record.record, version.body, later.status FROM version "
        "JOIN record ON record.record = version.record "
        "JOIN version AS later ON later.record = version.record AND later.number = "
        "(SELECT min(number) FROM version AS next WHERE next.record = version.record "
        "AND next.number > version.number AND next.body NOT NULL) "
        "WHERE version.body NOT NULL AND version.source > 0 AND version.number < record.wording "
        "ORDER BY version.source, version.record, version.number"
    ).fetchall()
    if not rows:
        return
    now = {record: account for record, _, account in current(connection)}
    for record, body, status in rows:
        before = account_of(unpack(body))
        reason = f"{_REPLACED_BY.get(status, _SENT_LATER)}: {now[record].source}."
        cells = tuple(text for _, text in before.raw)
        yield LeftOut(before.source, reason, cells, later=now[record].id)


def _files(connection: sqlite3.Connection) -> Iterator[ReadFile]:
    inside = _rows_in(connection)
    out = _rows_out(connection)
    notes = _notes(connection)
    for number, body in connection.execute("SELECT number, file FROM source ORDER BY number"):
        file = file_of(unpack(body))
        yield replace(
            file,
            rows_in=inside[number],
            rows_out=out[number],
            rows_again=file.rows_read - inside[number] - out[number],
            notes=(*file.notes, *notes.get(number, ())),
        )
    by_hand = inside[0]
    if by_hand:
        yield ReadFile(BY_HAND, "", "", Agency.OTHER, "", "", by_hand, by_hand, 0)


def _rows_in(connection: sqlite3.Connection) -> Counter[int]:
    """For each source, the records whose wording now is a row of it."""
    rows = connection.execute(
        "SELECT version.source, count(*) FROM record JOIN version "
        "ON version.record = record.record AND version.number = record.wording "
        "WHERE record.status <> 'undone' GROUP BY version.source"
    )
    return Counter(dict(rows.fetchall()))


def _rows_out(connection: sqlite3.Connection) -> Counter[int]:
    """For each source, its rows left out and its rows that a later wording replaced."""
    replaced = connection.execute(
        "SELECT version.source, count(*) FROM version JOIN record "
        "ON record.record = version.record WHERE version.body NOT NULL "
        "AND version.number < record.wording GROUP BY version.source"
    )
    out = connection.execute("SELECT source, count(*) FROM left_out GROUP BY source")
    return Counter(dict(replaced.fetchall())) + Counter(dict(out.fetchall()))


def _notes(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """What is to be said of a source: which export it follows, how much of it came before."""
    names = {}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, supersedes, body in connection.execute(
        "SELECT number, supersedes, file FROM source ORDER BY number"
    ):
        names[number] = file_of(unpack(body)).file
        if supersedes in names:
            found[number].append(f"A later export of {names[supersedes]}.")
    again = connection.execute(
        "SELECT seen.source, count(*) FROM seen JOIN version ON version.record = seen.record "
        "AND version.number = seen.wording WHERE version.source <> seen.source "
        "GROUP BY seen.source ORDER BY seen.source"
    )
    for number, count in again:
        found[number].append(
            f"{count:,} of its rows were in the case already and stand there once."
        )
    return found
