"""Doubts that show only when the rows of a file are held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from chronology.account import Account
from chronology.flags import Flag

#: A date further than this beyond all others in its file is a slip of the pen or of a keyboard.
FAR = timedelta(days=366)
#: Fewer dates prove nothing about one that stands apart.
ENOUGH_DATES = 5

#: What every sentence about rows that stand at the day they were reported says.
REPORTED_ONLY = "gave no date of event and stand at the day they were reported"


def reported_only(accounts: Sequence[Account]) -> tuple[str, ...]:
    """How many rows give no date of event but that of the report, in a sentence for the file."""
    codes = [any(flag.code == "date-reported-only" for flag in a.flags) for a in accounts]
    count = sum(codes)
    if not count:
        return ()
    return (f"{count:,} of {len(codes):,} rows {REPORTED_ONLY}; what they tell happened by then.",)


def numbered(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """Rows that say exactly the same told apart, the second naming the first."""
    first: dict[tuple[object, ...], Account] = {}
    count: dict[tuple[object, ...], int] = {}
    told: list[Account] = []
    # Few rows share even these, and the whole of a row is slow to compare.
    leads = [(account.narrative, account.occurred.written) for account in accounts]
    alike = Counter(leads)
    for lead, account in zip(leads, accounts, strict=True):
        if alike[lead] == 1:
            told.append(account)
            continue
        said = (
            *(account.raw, account.occurred.sort_key, account.subjects),
            *(account.event_type_written, account.narrative),
        )
        before = first.setdefault(said, account)
        copy = count.get(said, 0)
        count[said] = copy + 1
        told.append(_copied(account, copy, before) if copy else account)
    return tuple(told)


def _copied(account: Account, copy: int, before: Account) -> Account:
    text = f"The same row stands already in {before.source}."
    flag = Flag("row-exact-duplicate", text)
    return replace(account, copy=copy, flags=(*account.flags, flag))


def doubting_far(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """A date more than a year after every other in the file is flagged."""
    starts = sorted(a.occurred.start for a in accounts if a.occurred.start)
    if len(starts) < ENOUGH_DATES or starts[-1] - starts[-2] <= FAR:
        return tuple(accounts)
    return tuple(_far(a, starts[-1], starts[-2]) for a in accounts)


def _far(account: Account, last: date, before: date) -> Account:
    if account.occurred.start != last:
        return account
    text = (
        f"The date '{account.occurred.written.strip()}' lies more than a year after every other "
        f"date in the file (the one before it is in {before.year})."
    )
    return replace(account, flags=(*account.flags, Flag("date-far-future", text)))
