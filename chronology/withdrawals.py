"""Records that are taken back, by another or in their own words: kept, shown, and said to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chronology.account import Account, LeftOut
from chronology.flags import Flag
from chronology.importers.defined.base import UNDER
from chronology.vocabulary import says_withdrawn, status_withdrawn


def with_withdrawals(
    accounts: Sequence[Account], left_out: Sequence[LeftOut]
) -> tuple[Account, ...]:
    """The accounts, those flagged that say so themselves or that a row left out withdraws.

    Such a row says "system|reference"; a reference is one record's own within its system. Where a
    reference names the records that hold it, withdrawing one of these withdraws it too.
    """
    accounts = tuple(map(_in_its_words, accounts))
    taken_back: dict[str, LeftOut] = {}
    for row in sorted((r for r in left_out if r.withdraws), key=lambda r: r.source):
        taken_back.setdefault(row.withdraws, row)
    if not taken_back:
        return accounts
    return tuple(
        _flagged(account, _taken_back(taken_back, account)) if account.reference else account
        for account in accounts
    )


def _in_its_words(account: Account) -> Account:
    """The account, flagged where its own words say that it should not stand."""
    words = says_withdrawn(account.narrative, (account.event_type_written,))
    if not words:
        columns = (status_withdrawn(heading, text) for heading, text in account.raw)
        words = next(filter(None, columns), "")
    if not words or any(flag.code in _SAID for flag in account.flags):
        return account
    says = (
        "The record itself asks whether it was entered in the wrong place"
        if "?" in words
        else "The record itself says that it was entered in error or withdrawn"
    )
    flag = Flag("record-says-withdrawn", f"{says}: '{words}'.")
    return replace(account, flags=(*account.flags, flag))


#: Doubts that say already what the words of the record say.
_SAID = frozenset({"record-nullified", "record-says-withdrawn"})


def _taken_back(taken_back: Mapping[str, LeftOut], account: Account) -> LeftOut | None:
    """The row that withdraws an account, or the record that holds it."""
    held = account.reference
    while held:
        by = taken_back.get(f"{account.system}|{held}")
        if by is not None:
            return by
        held = held.rpartition(UNDER)[0]
    return None


def _flagged(account: Account, by: LeftOut | None) -> Account:
    if by is None or _says_so_itself(account, by):
        return account
    flag = Flag("record-nullified", f"The agency withdrew this record: {by.source}.")
    return account if flag in account.flags else replace(account, flags=(*account.flags, flag))


def _says_so_itself(account: Account, by: LeftOut) -> bool:
    """Whether the record that withdraws is the account's own, and the account bears its flag."""
    own, other = account.source, by.source
    return (own.sha256, own.sheet, own.row) == (other.sha256, other.sheet, other.row) and any(
        flag.code == "record-nullified" for flag in account.flags
    )
