"""What a new export brings to a case: what is known, what is new, what changed, what is gone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from chronology.account import Account
from chronology.casefile.alike import amendments, same_reading, same_rest, same_stated
from chronology.casefile.holding import Arrival, Feed, Held, Holdings, Incoming
from chronology.flags import Flag

#: A later export shares at least this much of the smaller of the two with the earlier one.
MOST = 0.5
#: Where the file also has the name of the earlier one (but for dates and numbers), this much does.
SOME = 0.1
#: How much of the headings of two exports of one table are the same.
SAME_TABLE = 0.8
#: A file that brings nothing and lacks more than this is a selection of rows, no later export.
SELECTION = 0.2

#: In the name of a file: dates, numbers, and words for one more version of it.
_PASSING = re.compile(
    r"\d+|\b(?:copy|of|final|amended|updated?|new|revised|corrected|resent|version|v)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b|[\W_]+"
)


def arrive(incoming: Incoming, holdings: Holdings) -> Arrival:
    """Lays a new export beside what the case holds."""
    arrival = Arrival()
    by_record = {held.record: held for held in holdings.records}
    fresh = known_again(incoming, holdings, arrival)
    if (repeated := _repeats(incoming, holdings)) is not None:
        arrival.feed, arrival.is_repeat = repeated, True
        _as_before(fresh, holdings, by_record, arrival)
        return arrival
    arrival.feed = feed = _feed_of(incoming, holdings, arrival, fresh)
    fresh = _earlier_wordings(fresh, holdings, by_record, arrival)
    if feed is None:
        arrival.new.extend(fresh)
        return arrival
    gone = _gone(holdings, arrival, feed)
    _amend(gone, fresh, arrival)
    _withdraw(incoming, gone, arrival)
    return arrival


def bare(account_id: str) -> str:
    """An id without the number that tells apart records that say the same."""
    return account_id.partition("-")[0]


def is_one_table(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether these are the headings of one table, give or take a column."""
    return bool(a & b) and len(a & b) >= SAME_TABLE * len(a | b)


def numbered(accounts: Iterable[Account], taken: set[str]) -> list[Account]:
    """Accounts with copy numbers that no other record of the case has; ``taken`` is added to."""
    found = []
    for account in accounts:
        free = replace(account, copy=0) if account.copy else account
        while free.id in taken:
            free = replace(free, copy=free.copy + 1)
        if free.copy:
            free = replace(free, flags=_with_copy_flag(free))
        taken.add(free.id)
        found.append(free)
    return found


def _with_copy_flag(account: Account) -> tuple[Flag, ...]:
    flag = Flag("row-exact-duplicate", "Says exactly the same as another row the agency sent.")
    return (*(f for f in account.flags if f.code != flag.code), flag)


def known_again(incoming: Incoming, holdings: Holdings, arrival: Arrival) -> list[Account]:
    """Rows that say what a record says now; returns those that none says."""
    standing: defaultdict[str, list[Held]] = defaultdict(list)
    for held in sorted(holdings.records, key=lambda h: (h.account.copy, h.record)):
        standing[bare(held.account.id)].append(held)
    fresh = []
    for account in incoming.accounts:
        waiting = standing.get(bare(account.id))
        if not waiting:
            fresh.append(account)
            continue
        held = waiting.pop(0)
        beside_its_record(account, held, incoming, arrival).append((account, held))
    return fresh


def beside_its_record(
    account: Account, held: Held, incoming: Incoming, arrival: Arrival
) -> list[tuple[Account, Held]]:
    """Where a row belongs whose id is that of a record: again, changed, or read otherwise."""
    before = held.account
    if before.source.sha256 == account.source.sha256:
        may_differ = incoming.is_stated or before.source.file == account.source.file
        same = not may_differ or same_reading(before, account)
        return arrival.again if same else arrival.reread
    respelt = _ending(before.source.file) != _ending(account.source.file)
    if not incoming.is_there and not same_rest(before, account, respelt=respelt):
        return arrival.changed
    return as_stated(account, before, incoming, arrival)


def as_stated(
    account: Account, before: Account, incoming: Incoming, arrival: Arrival
) -> list[tuple[Account, Held]]:
    """Where a row belongs that says what its record says: again, or read as it is stated now."""
    restated = incoming.is_stated and not same_stated(before, account)
    return arrival.reread if restated else arrival.again


def _ending(file: str) -> str:
    return PurePath(file).suffix.casefold()


def _repeats(incoming: Incoming, holdings: Holdings) -> Feed | None:
    """The feed of an earlier export that has the very same rows, in whatever order."""
    rows = Counter(bare(account.id) for account in incoming.accounts)
    of_feed = {feed.number: feed for feed in holdings.feeds}
    for feed, export in holdings.exports:
        if export == rows and export:
            return of_feed.get(feed)
    return None


def _as_before(
    fresh: Sequence[Account], holdings: Holdings, by_record: dict[int, Held], arrival: Arrival
) -> None:
    """The same export again: what was amended since stays as amended."""
    if not fresh:
        return
    waiting = {name: list(records) for name, records in holdings.earlier.items()}
    for account in fresh:
        record = waiting[bare(account.id)].pop(0)
        arrival.again.append((account, by_record[record]))
    arrival.again.extend(arrival.changed)
    arrival.changed = []
    arrival.notes.append(
        f"{_rows(len(fresh))} an earlier wording of a record; the later wording stays."
    )


def _feed_of(
    incoming: Incoming, holdings: Holdings, arrival: Arrival, fresh: Sequence[Account]
) -> Feed | None:
    """The feed whose later export this is: the same table, and much of the same records."""
    shared = Counter(feed for _, held in arrival.known for feed in sorted(held.feeds))
    sizes = Counter(feed for held in holdings.records for feed in held.feeds)
    best: tuple[int, int, Feed] | None = None
    for feed in holdings.feeds:
        if feed.agency is not incoming.agency or not is_one_table(feed.headings, incoming.headings):
            continue
        common = shared[feed.number]
        smaller = max(1, min(len(incoming.accounts), sizes[feed.number]))
        if common < MOST * smaller and _base(feed.file) == _base(incoming.file):
            common += len(amendments(*_beside(holdings, arrival, feed, fresh)))
            enough = SOME
        else:
            enough = MOST
        if common and common >= enough * smaller and (best is None or common > best[0]):
            best = (common, -feed.number, feed)
    return best[2] if best else None


def _beside(
    holdings: Holdings, arrival: Arrival, feed: Feed, fresh: Sequence[Account]
) -> tuple[list[Account], Sequence[Account]]:
    return [held.account for held in _gone(holdings, arrival, feed)], fresh


def _base(file: str) -> str:
    """The name of a file without folder, ending, dates, numbers and words for its version."""
    return _PASSING.sub("", PurePath(file).stem.casefold().replace("_", " "))


def _earlier_wordings(
    fresh: Sequence[Account], holdings: Holdings, by_record: dict[int, Held], arrival: Arrival
) -> list[Account]:
    """Rows that say what a record said before: changed back by a later export, else known."""
    rest = []
    taken = {held.record for _, held in arrival.known}
    for account in fresh:
        records = holdings.earlier.get(bare(account.id), ())
        record = next((record for record in records if record not in taken), None)
        if record is None:
            rest.append(account)
            continue
        taken.add(record)
        held = by_record[record]
        back = arrival.feed is not None and arrival.feed.number in held.feeds
        (arrival.changed if back else arrival.again).append((account, held))
    return rest


def _gone(holdings: Holdings, arrival: Arrival, feed: Feed) -> list[Held]:
    """Records that only this feed had and the new export has not."""
    there = {held.record for _, held in arrival.known}
    only = frozenset({feed.number})
    return [
        held
        for held in holdings.records
        if held.record not in there and held.feeds == only and held.status != "withdrawn"
    ]


def _amend(gone: list[Held], fresh: Sequence[Account], arrival: Arrival) -> None:
    """Pairs each fresh record with the one it amends; what is left is new. Empties ``gone``."""
    pairs = amendments([held.account for held in gone], fresh)
    for at, account in enumerate(fresh):
        if at in pairs:
            arrival.changed.append((account, gone[pairs[at]]))
        else:
            arrival.new.append(account)
    amended = set(pairs.values())
    gone[:] = [held for at, held in enumerate(gone) if at not in amended]


def _withdraw(incoming: Incoming, gone: Sequence[Held], arrival: Arrival) -> None:
    """Records missing from the days the new export covers; others were only not sent again."""
    first, last = _span(incoming.accounts)
    missing = [held for held in gone if _covered(held.account, first, last)]
    nothing_new = not arrival.new and not arrival.changed and not arrival.reread
    if nothing_new and len(missing) > SELECTION * (len(missing) + len(incoming.accounts)):
        arrival.notes.append(
            f"It brings nothing new and lacks {_records(len(missing))} of an earlier export of "
            "the same days: taken as a selection of rows, so none is shown as withdrawn."
        )
        return
    arrival.withdrawn.extend(missing)


def _span(accounts: Sequence[Account]) -> tuple[date, date]:
    days = [a.occurred.start for a in accounts if a.occurred.start and a.occurred.is_exact]
    return (min(days), max(days)) if days else (date.max, date.min)


def _covered(account: Account, first: date, last: date) -> bool:
    if account.facts and not account.reference:
        return False  # a return shows the latest visit alone; the one before took place as well
    start, end = account.occurred.start, account.occurred.end
    return bool(start and end and first <= start and end <= last)


def _rows(count: int) -> str:
    return "One row tells" if count == 1 else f"{count:,} rows tell"


def _records(count: int) -> str:
    return "a record" if count == 1 else f"{count:,} records"
