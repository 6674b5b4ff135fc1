"""What every peer is given: the columns that a user of it would have, and nothing of the truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from chronology.account import Account
from chronology.labelled import Case

#: Days that two records of one occurrence may lie apart and still be compared by a peer.
NEAR = 3
#: A record without a date is compared with none.
NEVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One record in plain columns; an empty cell is None. ``day`` is None where no day is named."""

    id: str
    case: str
    day: date | None
    time: str | None
    agency: str
    organisation: str | None
    type: str | None
    subject: str | None
    born: str | None
    people: str | None
    professional: str | None
    location: str | None
    narrative: str | None
    outcome: str | None
    #: The first and the last day that the record can be about, for blocking only.
    first: date
    last: date


def rows_of(case: Case) -> list[Row]:
    """The records of a case, in an order that says nothing."""
    return [_row(case, account) for account in sorted(case.accounts, key=lambda a: a.id)]


def near(a: Row, b: Row, days: int = NEAR) -> bool:
    """Whether two records of a case may be of the same few days."""
    slack = timedelta(days=days)
    return a.first <= b.last + slack and b.first <= a.last + slack


def name(written: str) -> str | None:
    """A name cleaned as each peer's guide advises: lower case, no marks, words in one order."""
    return " ".join(sorted(words(written))) or None


def words(text: str | None) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"[a-z0-9]+", (text or "").lower().replace("'", ""))


def _row(case: Case, account: Account) -> Row:
    when = account.occurred
    first, last = when.start or when.end, when.end or when.start
    subject = account.subjects[0] if account.subjects else None
    return Row(
        id=account.id,
        case=case.name,
        day=first if first == last else None,
        time=when.clock.strftime("%H:%M") if when.clock else None,
        agency=str(account.agency),
        organisation=account.organisation or None,
        type=account.event_type_written or None,
        subject=name(subject.name) if subject else None,
        born=(subject.born or None) if subject else None,
        people=name(" ".join(person.name for person in account.people)),
        professional=name(account.professional),
        location=" ".join(words(account.location)) or None,
        narrative=account.narrative or None,
        outcome=account.outcome or None,
        first=first or NEVER,
        last=last or NEVER,
    )
