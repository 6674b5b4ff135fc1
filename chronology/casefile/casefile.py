"""A case that lives for months, in one file: what came, what people decided, and who did what."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from chronology import __version__
from chronology.account import Account, Source
from chronology.case import Chronology, Progress, Refused, Taken, Wishes, gather
from chronology.casefile import (
    answering,
    dismissing,
    keeping,
    log_words,
    opening,
    putting,
    records,
    ruling,
    trail,
)
from chronology.casefile.adding import Adding, Read, as_before, said_of
from chronology.casefile.arriving import numbered
from chronology.casefile.checking import problems
from chronology.casefile.contents import contents_of
from chronology.casefile.packing import (
    account_data,
    account_of,
    canonical,
    file_of,
    stated_of,
    unpack,
)
from chronology.casefile.purging import Purge, purge
from chronology.casefile.putting import Contents
from chronology.casefile.told import Added, Kept, LogLine, Purged, SourceFile, Version
from chronology.decisions import Decision, Rulings
from chronology.errors import AlteredCaseError, ChronologyError, UnknownRecordError
from chronology.importers import Given
from chronology.importers import Mapping as ColumnMapping
from chronology.merge import PRESETS, Preset
from chronology.when import UNDATED

_DEFAULT = PRESETS["default"]


class CaseFile:
    """An open case file. Every change is made whole, with its line in the log, or not at all.

    ``who`` and ``at`` (local time to the second, ISO) are what the log says of each change.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = opening.connect(path)

    @classmethod
    def create(cls, path: Path, title: str, marking: str, who: str, at: str) -> CaseFile:
        """A new case; raises UnwritableOutputError where a file of that name is there."""
        told = {"title": storable(title), "marking": storable(marking)}
        opening.make(path, {**told, "tool": __version__}, ("new", told, storable(who), at))
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> CaseFile:
        """A case that is there; raises NotACaseFileError, NewerFormatError or CaseBusyError."""
        return cls(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @property
    def title(self) -> str:
        """What the case is called on every output."""
        return self._about("title")

    @property
    def marking(self) -> str:
        """The protective marking on every output."""
        return self._about("marking")

    def add(
        self,
        inputs: Sequence[Path],
        wishes: Wishes,
        who: str,
        at: str,
        progress: Progress | None = None,
    ) -> Added:
        """Takes files in: what is known is not added again, what was amended gets a version."""
        spared = replace(wishes, leave_alone=(*wishes.leave_alone, self.path))
        outcomes = gather(inputs, spared, progress)
        with self._looking() as connection:
            ready = [
                as_before(connection, outcome, wishes.given)
                if isinstance(outcome, Taken)
                else outcome
                for outcome in outcomes
            ]
        with self._changing() as connection:
            line = trail.next_number(connection)
            adding = Adding(connection, line)
            files = [
                adding.add(item) if isinstance(item, Read) else adding.refuse(item, place)
                for place, item in enumerate(ready)
            ]
            told = said_of(files, [_sha256(item) for item in ready])
            detail = {"files": told, "contents": contents_of(connection, line)}
            trail.append(connection, "add", detail, storable(who), at)
        return Added(tuple(files))

    def enter(self, account: Account, who: str, at: str, reason: str = "") -> Decision:
        """Takes in a record entered by hand; it can be undone like any decision."""
        with self._changing() as connection:
            line = trail.next_number(connection)
            own = _by_hand(connection, account)
            record = records.Writer(connection, line).new(own, 0, "manual")
            value = canonical(account_data(own))
            made = Decision(line, "manual", (own.id,), value, storable(who), at, storable(reason))
            ruling.store(connection, ruling.Standing(made, ((record, 1),)))
            self._log_decision(connection, made)
        return made

    def accounts(self) -> tuple[Account, ...]:
        """Every record as it stands now, those entered by hand and those withdrawn included."""
        with self._looking() as connection:
            return tuple(account for _, _, account in records.current(connection))

    def wordings(self) -> tuple[Account, ...]:
        """Every wording that any record has or had, the oldest first."""
        with self._looking() as connection:
            return tuple(records.wordings(connection))

    def history(self, account_id: str) -> tuple[Version, ...]:
        """Every state of one record, oldest first, by any id it has or had."""
        with self._looking() as connection:
            place = records.places(connection, (account_id,)).get(account_id)
            if place is None:
                raise UnknownRecordError(f"The case holds no record '{account_id}'.")
            return records.history(connection, place.record)

    def sources(self) -> tuple[SourceFile, ...]:
        """Every file that was added, oldest first."""
        with self._looking() as connection:
            rows = connection.execute(
                "SELECT number, file, log.who, log.at, supersedes FROM source "
                "JOIN log ON seq = line ORDER BY number"
            ).fetchall()
        return tuple(_source_file(*row) for row in rows)

    def stated(self, source: int) -> tuple[Given, ColumnMapping | None]:
        """What was stated about a file when it was read, and the mapping it was read by."""
        with self._looking() as connection:
            row = connection.execute(
                "SELECT stated FROM source WHERE number = ?", (source,)
            ).fetchone()
            if row is None:
                raise UnknownRecordError(f"There is no source {source} in the case.")
            return stated_of(unpack(row[0]))

    def decide(
        self, kind: str, accounts: Sequence[str], value: str, who: str, at: str, reason: str = ""
    ) -> Decision:
        """Keeps one decision; one that holds already is given back as it is.

        Raises ContradictionError naming the earlier decision that speaks against it. The value of
        a 'manual' decision is an account as JSON, as :func:`chronology.casefile.as_text` writes it.
        """
        return self.decide_all([(kind, accounts, value, reason)], who, at)[0]

    def decide_all(
        self, wanted: Sequence[tuple[str, Sequence[str], str, str]], who: str, at: str
    ) -> tuple[Decision, ...]:
        """Several decisions (kind, accounts, value, reason) in one change: all of them, or none."""
        for kind, _, value, reason in wanted:
            if kind == dismissing.DISMISSED:
                raise ChronologyError("A file is dismissed by its name: see CaseFile.dismiss.")
            if kind == "manual":
                if len(wanted) > 1:
                    raise ChronologyError("A record entered by hand is entered by itself.")
                return (self.enter(_entered(value), who, at, reason),)
        made = []
        with self._changing() as connection:
            for kind, accounts, value, reason in wanted:
                line = trail.next_number(connection)
                told = (storable(value), storable(who), at, storable(reason))
                decision, is_new = ruling.decide(
                    connection, Decision(line, kind, tuple(accounts), *told)
                )
                if is_new:
                    self._log_decision(connection, decision)
                made.append(decision)
        return tuple(made)

    def dismiss(self, file: str, who: str, at: str, reason: str = "") -> Decision:
        """Settles that a file that could not be read is not needed; it stays named, with that.

        ``file`` is its name as ``contents().refused`` has it. It can be undone like any decision,
        and holds for this content of the file alone. Raises UnknownRecordError.
        """
        with self._changing() as connection:
            refused, earlier = dismissing.find(connection, file)
            if earlier is not None:
                return earlier
            line = trail.next_number(connection)
            told = (dismissing.key(refused), storable(who), at, storable(reason))
            made = Decision(line, dismissing.DISMISSED, (), *told)
            ruling.store(connection, ruling.Standing(made, ()))
            self._log_decision(connection, made)
        return made

    def undo(self, seq: int, who: str, at: str, reason: str = "") -> Decision:
        """Takes a decision back; what it had replaced holds again."""
        with self._changing() as connection:
            line = trail.next_number(connection)
            decision, again = ruling.undo(connection, seq, line)
            if decision.kind == "manual":
                (place,) = records.places(connection, decision.accounts).values()
                records.Writer(connection, line).became(place, place.id, 0, "undone")
            detail = {
                "decision": seq,
                "again": again,
                "reason": storable(reason),
                "contents": contents_of(connection, line),
            }
            trail.append(connection, "undo", detail, storable(who), at)
        return decision

    def took(
        self,
        file: str,
        sha256: str,
        answers: Mapping[str, bool],
        who: str,
        at: str,
        texts: int = 0,
    ) -> Mapping[str, int]:
        """Notes that a reviewed workbook is taken in; the lines that told of its answers before.

        ``answers`` are digests that differ wherever the answer does, and whether initials stand
        beside it; ``texts`` how many new ones stand beside entries. A workbook that brings neither
        a text nor an answer of which no line tells leaves no line.
        """
        with self._changing() as connection:
            before = answering.taken(connection)
            fresh = [answer for answer in answers if answer not in before]
            if fresh or texts:
                bare = sum(not answers[answer] for answer in fresh)
                told = {"file": storable(file), "sha256": sha256, "answers": fresh, "bare": bare}
                told |= {"texts": texts} if texts else {}
                trail.append(connection, answering.TOOK, told, storable(who), at)
        return before

    def undone_since(self, kind: str, accounts: Sequence[str], line: int) -> LogLine | None:
        """The line that undid such a ruling after ``line``; None where none was, or one holds."""
        with self._looking() as connection:
            undoing = answering.undone_since(connection, kind, accounts, line)
            return None if undoing is None else log_words.log_line(undoing)

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision as it was made, oldest first, those undone included."""
        with self._looking() as connection:
            return tuple(found.decision for found in ruling.standing(connection, live=False))

    def moved(self, among: Collection[str] | None = None) -> Mapping[str, str]:
        """For each id that a record had and has no more: the id it has now.

        With ``among``, the ids of a kept version, the id it had then.
        """
        with self._looking() as connection:
            return records.moved(connection, among)

    def decisions_now(self) -> tuple[Decision, ...]:
        """Decisions that hold, about records by the ids they have now."""
        with self._looking() as connection:
            return ruling.with_current_ids(connection)

    def rulings(self) -> Rulings:
        """Which records belong together or apart, by the ids they have now.

        A pair whose evidence changed since still counts as ruled, and stands in ``to_confirm`` too.
        """
        with self._looking() as connection:
            return ruling.rulings(connection)

    def marks(self) -> Mapping[str, tuple[Decision, ...]]:
        """What people set beside records, by the id each record has now."""
        with self._looking() as connection:
            return ruling.marks(connection)

    def contents(self) -> Contents:
        """Everything the chronology is made of, read at one moment."""
        with self._looking() as connection:
            return putting.contents(connection, self.title, self.marking)

    def chronology(self, preset: Preset = _DEFAULT) -> Chronology:
        """The case as one chronology, with what people decided."""
        return putting.assembled(self.contents(), preset)

    def wrote(self, files: Sequence[tuple[str, str]], who: str, at: str) -> None:
        """Notes in the log which outputs were written: (name, sha256) of each."""
        with self._changing() as connection:
            named = [(storable(name), sha256) for name, sha256 in files]
            trail.append(connection, "build", {"files": named}, storable(who), at)

    def handed_out(self, files: Sequence[tuple[str, str]], who: str, at: str) -> None:
        """Notes in the log which outputs somebody took away: (name, sha256) of each."""
        with self._changing() as connection:
            named = [(storable(name), sha256) for name, sha256 in files]
            trail.append(connection, "download", {"files": named}, storable(who), at)

    def keep_version(self, name: str, who: str, at: str, preset: Preset = _DEFAULT) -> Kept:
        """Keeps the chronology as it stands now under a name, to compare with later."""
        snapshot = keeping.snapshot(self.chronology(preset))
        with self._changing() as connection:
            return keeping.keep(connection, storable(name), snapshot, storable(who), at)

    def versions(self) -> tuple[Kept, ...]:
        """Every state that was kept, oldest first."""
        with self._looking() as connection:
            return keeping.kept(connection)

    def version(self, name: str) -> dict[str, Any]:
        """A state that was kept, as the data of chronology.json."""
        with self._looking() as connection:
            return keeping.version(connection, name)

    def log(self) -> tuple[LogLine, ...]:
        """Everything that was done to the case, oldest first."""
        with self._looking() as connection:
            return tuple(log_words.log_lines(connection))

    def seal(self) -> tuple[int, str]:
        """The number and the hash of the last line of the log: another one after any change."""
        with self._looking() as connection:
            return trail.head(connection)

    def changes_elsewhere(self) -> int:
        """Another number than before where somebody else changed the file while it is open here."""
        with self._looking() as connection:
            (number,) = connection.execute("PRAGMA data_version").fetchone()
        return int(number)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the file or its log, in words; nothing where both are whole."""
        with self._looking() as connection:
            return problems(connection)

    def check_whole(self) -> None:
        """Raises AlteredCaseError where :meth:`verify` finds anything."""
        if found := self.verify():
            raise AlteredCaseError(
                f"{self.path.name} is not as this program wrote it, so nothing is made of it. "
                f"{found[0]} See all of it with: chronology verify {self.path.name}. Then take the "
                "last copy made with 'chronology backup'."
            )

    def backup(self, target: Path) -> None:
        """A whole copy, even while somebody else is writing."""
        keeping.backup(self._connection, self.path, target)

    def purge(
        self,
        who: str,
        at: str,
        reason: str,
        *,
        source: int | None = None,
        accounts: Sequence[str] = (),
    ) -> Purged:
        """Removes a source, records, or (where neither is named) all content, for good.

        The log keeps that it was done, by whom and why. Copies and backups are beyond it.
        """
        wanted = Purge(source, tuple(accounts), storable(reason))
        with self._changing() as connection:
            purged = purge(connection, wanted, storable(who), at)
        opening.rewrite(self._connection, self.path)
        return purged

    def would_purge(self, source: int | None = None, accounts: Sequence[str] = ()) -> Purged:
        """What a purge of these would remove; nothing is changed."""
        wanted = Purge(source, tuple(accounts), "asked beforehand")
        with opening.trying(self._connection, self.path):
            return purge(self._connection, wanted, "", "")

    def _about(self, key: str) -> str:
        with self._looking() as connection:
            row = connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _log_decision(self, connection: sqlite3.Connection, made: Decision) -> None:
        detail = {
            "kind": made.kind,
            "accounts": made.accounts,
            "value": made.value,
            "reason": made.reason,
            "decision": trail.digest_of(ruling.body_of(ruling.one(connection, made.seq))),
            "contents": contents_of(connection, made.seq),
            "replaced": [
                seq
                for (seq,) in connection.execute(
                    "SELECT seq FROM decision WHERE undone_by = ? ORDER BY seq", (made.seq,)
                )
            ],
        }
        trail.append(connection, "decide", detail, made.who, made.at)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with opening.changing(self._connection, self.path):
            yield self._connection

    @contextmanager
    def _looking(self) -> Iterator[sqlite3.Connection]:
        with opening.looking(self._connection, self.path):
            yield self._connection


def storable(text: str) -> str:
    """What a person typed, without half characters that no database keeps."""
    return text.encode("utf-8", "backslashreplace").decode()


def as_text(account: Account) -> str:
    """An account as the value of a 'manual' decision."""
    return canonical(account_data(account))


def _entered(value: str) -> Account:
    try:
        return account_of(unpack(value))
    except (ValueError, KeyError, TypeError) as fault:
        raise ChronologyError("The record entered by hand could not be understood.") from fault


def _by_hand(connection: sqlite3.Connection, account: Account) -> Account:
    (count,) = connection.execute(
        "SELECT count(*) FROM version WHERE source = 0 AND body NOT NULL"
    ).fetchone()
    taken = {row[0] for row in connection.execute("SELECT id FROM version")}
    placed = replace(account, source=Source(records.BY_HAND, "", count + 1, ""))
    if not placed.narrative.strip() and placed.occurred == UNDATED:
        raise ChronologyError("A record entered by hand needs a date or words.")
    return numbered([placed], taken)[0]


def _sha256(item: Read | Refused) -> str:
    return item.taken.found.sha256 if isinstance(item, Read) else item.sha256


def _source_file(number: int, body: str | bytes, who: str, at: str, supersedes: int) -> SourceFile:
    file = file_of(unpack(body))
    return SourceFile(
        number, file.file, file.sha256, file.agency.value, who, at, file.rows_read, supersedes
    )
