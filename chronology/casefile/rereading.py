"""A file that the case has, read otherwise than before: each row stays the record it was."""

from __future__ import annotations

from dataclasses import replace

from chronology.account import Account
from chronology.casefile.arriving import as_stated, bare, beside_its_record, known_again
from chronology.casefile.holding import Arrival, Held, Holdings, Incoming


def read_anew(incoming: Incoming, holdings: Holdings) -> Arrival:
    """Lays the very file, read otherwise, beside the records that its rows told."""
    by_record = {held.record: held for held in holdings.records}
    arrival = Arrival(is_repeat=True)
    arrival.feed = next(feed for feed in holdings.feeds if feed.number == incoming.feed)
    rest = []
    for account in incoming.accounts:
        here = (account.source.sheet, account.source.row, account.source.part)
        record, wording = incoming.rows.get(here, (0, 0))
        if record not in by_record:
            rest.append(account)
            continue
        held = by_record[record]
        kind = _row_anew(account, held, wording, incoming, arrival)
        kind.append((account, replace(held, wording=wording) if kind is arrival.again else held))
    there = {held.record for _, held in arrival.known}
    others = tuple(held for held in holdings.records if held.record not in there)
    found = replace(incoming, accounts=tuple(rest))
    arrival.new.extend(known_again(found, replace(holdings, records=others), arrival))
    arrival.withdrawn.extend(_no_records_now(incoming, by_record, arrival))
    return arrival


def _row_anew(
    account: Account, held: Held, wording: int, incoming: Incoming, arrival: Arrival
) -> list[tuple[Account, Held]]:
    before = held.account
    if wording < held.wording:  # a later export says it in other words, and these stay
        return arrival.again
    if bare(before.id) != bare(account.id):
        return arrival.corrected
    if before.source.sha256 != account.source.sha256:
        return as_stated(account, before, incoming, arrival)
    return beside_its_record(account, held, incoming, arrival)


def _no_records_now(incoming: Incoming, by_record: dict[int, Held], arrival: Arrival) -> list[Held]:
    """Records whose row, as it is read now, is none."""
    there = {held.record for _, held in arrival.known}
    only = frozenset({incoming.feed})
    gone = sorted({record for record, _ in incoming.rows.values()} - there)
    return [
        by_record[record]
        for record in gone
        if record in by_record
        and by_record[record].feeds == only
        and by_record[record].status != "withdrawn"
    ]
