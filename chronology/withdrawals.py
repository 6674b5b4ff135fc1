"""Records that a later message takes back: kept, shown, and said to be withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chronology.account import Account, LeftOut
from chronology.flags import Flag
from chronology.importers.defined.base import UNDER


def with_withdrawals(
    accounts: Sequence[Account], left_out: Sequence[LeftOut]
) -> tuple[Account, ...]:
    """The accounts, those that a row left out withdraws by reference flagged with where it stands.

    Such a row says "system|reference"; a reference is one record's own within its system. Where a
    reference names the records that hold it, withdrawing one of these withdraws it too.
    """
    taken_back: dict[str, LeftOut] = {}
    for row in sorted((r for r in left_out if r.withdraws), key=lambda r: r.source):
        taken_back.setdefault(row.withdraws, row)
    if not taken_back:
        return tuple(accounts)
    return tuple(
        _flagged(account, _taken_back(taken_back, account)) if account.reference else account
        for account in accounts
    )


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
