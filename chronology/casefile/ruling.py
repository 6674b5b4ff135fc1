"""Decisions in the case file: kept by what records say, so that they outlive every re-import."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chronology.casefile.contradictions import ContradictionError, check
from chronology.casefile.packing import pack, unpack
from chronology.casefile.records import Place, all_places, places
from chronology.decisions import BESIDE, KINDS, LINKING, RULING, Decision, Pair, Rulings, pair_of
from chronology.errors import ChronologyError, UnknownRecordError
from chronology.marking import said_by

#: Kinds of which an entry has one: setting it again replaces what was set.
SINGLE = frozenset({"date", "wording"})


#: What became of the records of a decision that must be looked at again.
_CHANGED = "was changed by the agency"
_BECAME = {
    "withdrawn": "is no longer in what the agency sends",
    "corrected": "was read anew and says something else",
}


#: What was decided, as it is said where it must be looked at again.
_RULED = {
    "same": "ruled the same",
    "different": "ruled different",
    "unsure": "left open",
    "linked": "linked",
    "not_linked": "ruled not linked",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision with the records it is about and the states they had when it was made."""

    decision: Decision
    records: tuple[tuple[int, int], ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The records it is about."""
        return tuple(record for record, _ in self.records)


def standing(connection: sqlite3.Connection, *, live: bool = True) -> tuple[Standing, ...]:
    """Every decision, oldest first; only those that hold, unless asked for all."""
    only = "WHERE undone_by IS NULL " if live else ""
    rows = connection.execute(
        f"SELECT seq, kind, body, undone_by FROM decision {only}ORDER BY seq"  # noqa: S608 (ours)
    )
    return tuple(_standing(*row) for row in rows)


def around(connection: sqlite3.Connection, records: Iterable[int]) -> tuple[Standing, ...]:
    """Decisions that hold about these records, and about those ruled the same as one of them."""
    found: dict[int, Standing] = {}
    reached = set(records)
    waiting = sorted(reached)
    while waiting:
        rows = connection.execute(
            "SELECT decision.seq, kind, body, undone_by FROM concerns JOIN decision "
            "ON decision.seq = concerns.seq WHERE record = ? AND undone_by IS NULL",
            (waiting.pop(),),
        ).fetchall()
        for row in rows:
            if row[0] not in found:
                found[row[0]] = _standing(*row)
                if row[1] == "same":
                    fresh = set(found[row[0]].numbers) - reached
                    reached |= fresh
                    waiting.extend(sorted(fresh))
    return tuple(found[seq] for seq in sorted(found))


def one(connection: sqlite3.Connection, seq: int) -> Standing:
    """One decision by its number; raises UnknownRecordError."""
    row = connection.execute(
        "SELECT seq, kind, body, undone_by FROM decision WHERE seq = ?", (seq,)
    ).fetchone()
    if row is None:
        raise UnknownRecordError(
            f"There is no decision with number {seq}. 'chronology log' shows every number."
        )
    return _standing(*row)


def decide(connection: sqlite3.Connection, wanted: Decision) -> tuple[Decision, bool]:
    """Stores a decision under its number; the one that holds already, and False, where it is that.

    Raises ContradictionError naming the earlier decision it cannot stand with.
    """
    if wanted.kind not in KINDS:
        raise ChronologyError(f"'{wanted.kind}' is no kind of decision.")
    about = _about(connection, wanted)
    numbers = tuple(place.record for place in about)
    before = around(connection, numbers)
    if (same := _same(before, wanted, numbers, about)) is not None:
        return same, False
    replaced = tuple(s for s in before if _is_replaced(s, wanted, numbers, about))
    if wanted.kind in RULING:
        check(wanted, numbers, [s for s in before if s not in replaced])
    made = replace(wanted, accounts=tuple(place.id for place in about))
    store(connection, Standing(made, tuple((p.record, p.number) for p in about)))
    _set_aside(connection, [s.decision.seq for s in replaced], made.seq)
    return made, True


def undo(connection: sqlite3.Connection, seq: int, line: int) -> tuple[Decision, tuple[int, ...]]:
    """Takes a decision back; what it had replaced holds again, unless it no longer can.

    Returns the decision as undone and the numbers of those that hold again.
    """
    found = one(connection, seq)
    if found.decision.undone_by is not None:
        raise UnknownRecordError(
            f"Decision {seq} holds no more: line {found.decision.undone_by} of the log set it "
            "aside. Nothing was changed."
        )
    _set_aside(connection, [seq], line)
    return replace(found.decision, undone_by=line), _restored(connection, seq)


def moved_on(connection: sqlite3.Connection) -> Iterator[tuple[Standing, tuple[Place, ...]]]:
    """Decisions that hold, with where their records stand now; none of a record purged."""
    now = all_places(connection)
    for found in standing(connection):
        if all(record in now for record in found.numbers):
            yield found, tuple(now[record] for record in found.numbers)


def rulings(connection: sqlite3.Connection) -> Rulings:
    """Which records people ruled together or apart, by the ids they have now."""
    ruled: dict[str, dict[Pair, None]] = {kind: {} for kind in (*RULING, "not_linked")}
    confirm: dict[Pair, str] = {}
    linked: dict[Pair, str] = {}
    for found, at in moved_on(connection):
        if found.decision.kind in LINKING and all(place.status != "undone" for place in at):
            pair = pair_of(at[0].id, at[1].id)
            if found.decision.kind == "linked":
                linked[pair] = _linked_by(found, at)
            else:
                ruled["not_linked"][pair] = None
        if found.decision.kind in RULING and all(place.status != "undone" for place in at):
            pair = pair_of(at[0].id, at[1].id)
            ruled[found.decision.kind][pair] = None
            if why := _what_changed(found, at):
                confirm[pair] = why
    return Rulings(
        same=frozenset(ruled["same"]),
        different=frozenset(ruled["different"]),
        unsure=frozenset(ruled["unsure"]),
        to_confirm=confirm,
        linked=linked,
        not_linked=frozenset(ruled["not_linked"]),
    )


def _linked_by(found: Standing, at: Sequence[Place]) -> str:
    """Who linked two records, why, and whether what they rest on changed since."""
    because = f" ({found.decision.reason})" if found.decision.reason else ""
    said = f"Confirmed by {said_by(found.decision)}{because}"
    return f"{said}. {why.rstrip('.')}" if (why := _what_changed(found, at)) else said


def with_current_ids(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """Decisions that hold, about records by the ids they have now."""
    return tuple(
        replace(found.decision, accounts=tuple(place.id for place in at))
        for found, at in moved_on(connection)
    )


def marks(connection: sqlite3.Connection) -> Mapping[str, tuple[Decision, ...]]:
    """What people set beside records, by the id each record has now."""
    found: dict[str, tuple[Decision, ...]] = {}
    for decision in with_current_ids(connection):
        if decision.kind in BESIDE:
            for name in dict.fromkeys(decision.accounts):
                found[name] = (*found.get(name, ()), decision)
    return found


def store(connection: sqlite3.Connection, found: Standing) -> None:
    """Writes a decision as it was made."""
    connection.execute(
        "INSERT INTO decision VALUES (?, ?, ?, NULL)",
        (found.decision.seq, found.decision.kind, body_of(found)),
    )
    connection.executemany(
        "INSERT INTO concerns VALUES (?, ?)",
        [(record, found.decision.seq) for record in found.numbers],
    )


def body_of(found: Standing) -> str | bytes:
    """A decision as it is kept, but for whether it holds."""
    made = found.decision
    return pack(
        {
            "accounts": made.accounts,
            "records": found.records,
            "value": made.value,
            "who": made.who,
            "at": made.at,
            "reason": made.reason,
        }
    )


def _standing(seq: int, kind: str, body: str | bytes, undone_by: int | None) -> Standing:
    told = unpack(body)
    accounts = tuple(told["accounts"])
    decision = Decision(
        seq, kind, accounts, told["value"], told["who"], told["at"], told["reason"], undone_by
    )
    return Standing(decision, tuple((record, number) for record, number in told["records"]))


def _about(connection: sqlite3.Connection, wanted: Decision) -> tuple[Place, ...]:
    found = places(connection, wanted.accounts)
    for name in wanted.accounts:
        if name not in found:
            raise UnknownRecordError(
                f"The case holds no record '{name}'. It may have been purged, or belong to another "
                "case."
            )
    about = tuple(found[name] for name in dict.fromkeys(wanted.accounts))
    distinct = tuple({place.record: place for place in about}.values())
    if wanted.kind in (*RULING, *LINKING) and len(distinct) != 2:
        raise ChronologyError("This kind of decision is about two records, not one or more.")
    if not distinct:
        raise ChronologyError("A decision is about at least one record, and none was named.")
    return distinct


def _same(
    before: Iterable[Standing], wanted: Decision, numbers: Sequence[int], about: Sequence[Place]
) -> Decision | None:
    """The decision that says this already, about these records as they are now."""
    for found in before:
        made = found.decision
        if (
            (made.kind, made.value) == (wanted.kind, wanted.value)
            and set(found.numbers) == set(numbers)
            and not _what_changed(found, _in_order(found, about))
        ):
            return made
    return None


def _is_replaced(
    found: Standing, wanted: Decision, numbers: Sequence[int], about: Sequence[Place]
) -> bool:
    """Whether an earlier decision gives way: it was left open, asked again, or set anew."""
    kind = found.decision.kind
    if set(found.numbers) != set(numbers):
        return False
    if wanted.kind in RULING and kind in RULING:
        return kind == "unsure" or bool(_what_changed(found, _in_order(found, about)))
    if wanted.kind in LINKING:
        return kind in LINKING
    return kind == wanted.kind and kind in SINGLE


def _in_order(found: Standing, about: Sequence[Place]) -> tuple[Place, ...]:
    of_record = {place.record: place for place in about}
    return tuple(of_record[record] for record in found.numbers)


def _what_changed(found: Standing, at: Sequence[Place]) -> str:
    """Why a decision must be looked at again; "" where its records stand as they stood."""
    changed = [
        place
        for (_, number), place in zip(found.records, at, strict=True)
        if place.said > number or (place.sent > number and place.status == "withdrawn")
    ]
    if not changed:
        return ""
    became = {place.status for place in changed}
    what = _BECAME[became.pop()] if len(became) == 1 and became <= _BECAME.keys() else _CHANGED
    which = "a record" if len(changed) == 1 else "each record"
    said = _RULED.get(found.decision.kind, "decided")
    return f"Please confirm: {said} by {said_by(found.decision)}, and since then {which} {what}."


def _set_aside(connection: sqlite3.Connection, numbers: Iterable[int], line: int) -> None:
    connection.executemany(
        "UPDATE decision SET undone_by = ? WHERE seq = ?", [(line, seq) for seq in numbers]
    )


def _restored(connection: sqlite3.Connection, seq: int) -> tuple[int, ...]:
    """What a decision had replaced holds again where nothing decided since speaks against it."""
    again = []
    rows = connection.execute(
        "SELECT seq, kind, body, undone_by FROM decision WHERE undone_by = ? ORDER BY seq", (seq,)
    ).fetchall()
    for found in (_standing(*row) for row in rows):
        live = around(connection, found.numbers)
        if found.decision.kind in RULING and _contradicted(found, live):
            continue
        connection.execute(
            "UPDATE decision SET undone_by = NULL WHERE seq = ?", (found.decision.seq,)
        )
        again.append(found.decision.seq)
    return tuple(again)


def _contradicted(found: Standing, live: Sequence[Standing]) -> bool:
    try:
        check(found.decision, found.numbers, live)
    except ContradictionError:
        return True
    return False
