"""What changed between two chronologies of one case, told by their records and not by their order.

Both are documents of :func:`chronology.render.contract.document`. Records are known by their ids,
so that another order, another file name or another row number is no change. How sure the program
is that records belong together, and its reasons, are not compared. What people decided is told once
each, and not with the entries again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from chronology.changes.found import (
    KINDS,
    AgencyTold,
    Amended,
    Balance,
    Changes,
    EntryChange,
    Field,
    LeftOutTold,
    LinkChange,
    LinkTold,
    Moment,
    Record,
    SourceTold,
    Told,
)
from chronology.changes.linked import link_changes
from chronology.changes.sides import NOT_MOVED, Json, Side, moment, record
from chronology.changes.words import account_fields, entry_fields

__all__ = [
    "KINDS",
    "AgencyTold",
    "Amended",
    "Balance",
    "Changes",
    "EntryChange",
    "Field",
    "LeftOutTold",
    "LinkChange",
    "LinkTold",
    "Moment",
    "Record",
    "SourceTold",
    "Told",
    "changes",
]

_Key = TypeVar("_Key")
_Told = TypeVar("_Told")

#: Numbers of entries before and after whose records are bound together.
_Group = tuple[tuple[int, ...], tuple[int, ...]]


def changes(before: Json, after: Json, moved: Mapping[str, str] = NOT_MOVED) -> Changes:
    """What is not as it was.

    ``moved`` names records that were sent again with other words: the id they had -> the id they
    have. Without it such a record is withdrawn and another one new. Raises ChronologyError where a
    document is of a version this program does not know.
    """
    old, new = Side(before, moved), Side(after, NOT_MOVED)
    groups = _groups(old, new)
    found = tuple(filter(None, (_change(group, old, new) for group in groups)))
    decided, no_longer = _both_ways(old.decided, new.decided)
    new_sources, gone_sources = _both_ways(old.sources, new.sources)
    newly_out, no_longer_out = _both_ways(old.left_out, new.left_out)
    return Changes(
        title=str(after["title"]),
        marking=str(after["marking"]),
        prepared_before=str(before["prepared"] or ""),
        prepared_after=str(after["prepared"] or ""),
        entries=found,
        unchanged=len(groups) - len(found),
        decided=decided,
        no_longer_decided=no_longer,
        new_sources=new_sources,
        gone_sources=gone_sources,
        newly_left_out=newly_out,
        no_longer_left_out=no_longer_out,
        withdrawn_by_agency=tuple(_newly_flagged("record-withdrawn", old, new)),
        amended_by_agency=tuple(_newly_flagged("record-amended", old, new)),
        balances=_balances(old, new, groups),
        links=tuple(link_changes(old, new)),
    )


def _groups(old: Side, new: Side) -> list[_Group]:
    """Entries that share records, directly or through others, in the order they stand in now."""
    groups: list[_Group] = []
    seen: set[int] = set()
    for at in range(len(new.entries)):
        if at not in seen:
            group = _reached(at, old, new)
            seen.update(group[1])
            groups.append(group)
    kept = {at for before, _ in groups for at in before}
    groups += [((at,), ()) for at in range(len(old.entries)) if at not in kept]
    return groups


def _reached(at: int, old: Side, new: Side) -> _Group:
    before: set[int] = set()
    after = {at}
    waiting = [at]
    while waiting:
        ids = new.ids[waiting.pop()]
        for earlier in {old.entry_of[one] for one in ids if one in old.entry_of} - before:
            before.add(earlier)
            later = {new.entry_of[one] for one in old.ids[earlier] if one in new.entry_of}
            waiting += sorted(later - after)
            after |= later
    return tuple(sorted(before)), tuple(sorted(after))


def _change(group: _Group, old: Side, new: Side) -> EntryChange | None:
    """What became of the entries of a group; None where all is as it was."""
    before, after = group
    was = {one: None for at in before for one in old.ids[at]}
    now = {one: None for at in after for one in new.ids[at]}
    is_one = len(before) == len(after) == 1
    came = tuple(record(new.account_of[one]) for one in now if one not in was)
    went = tuple(record(old.account_of[one]) for one in was if one not in now)
    amended = tuple(_amended(old, new, [one for one in now if one in was]))
    is_told = bool(came or went or amended)
    fields = (
        entry_fields(old.entries[before[0]], new.entries[after[0]], is_told=is_told)
        if is_one
        else ()
    )
    change = EntryChange(
        kind=_kind(group),
        before=tuple(map(old.told, before)),
        after=tuple(map(new.told, after)),
        fields=fields,
        came=came,
        went=went,
        amended=amended,
    )
    says_nothing = is_one and not is_told and not fields
    return None if says_nothing else change


def _kind(group: _Group) -> str:
    before, after = (min(len(side), 2) for side in group)
    return {
        (0, 1): "new",
        (1, 0): "withdrawn",
        (1, 1): "changed",
        (2, 1): "merged",
        (1, 2): "split",
        (2, 2): "rearranged",
    }[before, after]


def _amended(old: Side, new: Side, ids: Iterable[str]) -> Iterable[Amended]:
    for one in ids:
        now = new.account_of[one]
        if fields := account_fields(old.account_of[one], now):
            yield Amended(record(now), fields)


def _newly_flagged(code: str, old: Side, new: Side) -> Iterator[AgencyTold]:
    """Records that a flag stands on now and did not before, or said something else.

    A flag that says the same and more, as a newer program words it, is not new.
    """
    for one, account in new.account_of.items():
        before = tuple(_flag_texts(code, old.account_of.get(one, {})))
        if why := [text for text in _flag_texts(code, account) if not text.startswith(before)]:
            yield AgencyTold(record(account), moment(account["occurred"]), " ".join(why))


def _flag_texts(code: str, account: Json) -> list[str]:
    return [flag["text"] for flag in account.get("flags", ()) if flag["code"] == code]


def _both_ways(
    was: Mapping[_Key, _Told], now: Mapping[_Key, _Told]
) -> tuple[tuple[_Told, ...], tuple[_Told, ...]]:
    """What came and what went."""
    came = tuple(told for key, told in now.items() if key not in was)
    return came, tuple(told for key, told in was.items() if key not in now)


def _balances(old: Side, new: Side, groups: list[_Group]) -> tuple[Balance, ...]:
    told = (
        ("Records in entries", set(old.account_of), set(new.account_of)),
        ("Rows left out", set(old.left_out), set(new.left_out)),
        ("Pairs to review", old.questions, new.questions),
        ("Files", set(old.sources), set(new.sources)),
    )
    went = sum(max(len(before) - len(after), 0) for before, after in groups)
    came = sum(max(len(after) - len(before), 0) for before, after in groups)
    return (
        Balance("Entries", len(old.entries), went, came, len(new.entries)),
        *(_balance(what, set(before), set(after)) for what, before, after in told),
    )


def _balance(what: str, before: set[object], after: set[object]) -> Balance:
    return Balance(what, len(before), len(before - after), len(after - before), len(after))
