"""The doubts of a record: those that want a person, and mere notes on how it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chronology.account import Account
from chronology.flags import NOTES, NOTES_WHERE_ONE_PERSON, Flag
from chronology.people import Cast


def files_of_one(accounts: Iterable[Account], cast: Cast) -> frozenset[str]:
    """The files whose records, as far as they name anybody, are all about one person."""
    about: dict[str, set[frozenset[str]]] = {}
    for account in accounts:
        if account.subjects:
            known = cast.subjects_of(account) or frozenset(m.name for m in account.subjects)
            about.setdefault(account.source.file, set()).add(known)
    return frozenset(
        file for file, told in about.items() if len(told) == 1 and len(next(iter(told))) == 1
    )


def doubts_and_notes(
    account: Account, of_one: Collection[str] = ()
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """What somebody should look at, and what only says how the record was read."""
    dates = (account.occurred, account.recorded, account.known, account.shared)
    flags = (*account.flags, *(flag for when in dates if when for flag in when.flags))
    is_of_one = account.source.file in of_one
    notes = tuple(f for f in flags if _is_note(f, is_of_one=is_of_one))
    return tuple(f for f in flags if f not in notes), notes


def is_doubtful(account: Account, of_one: Collection[str] = ()) -> bool:
    """Whether anything of it wants a person."""
    return bool(doubts_and_notes(account, of_one)[0])


def _is_note(flag: Flag, *, is_of_one: bool) -> bool:
    return flag.code in NOTES or (is_of_one and flag.code in NOTES_WHERE_ONE_PERSON)
