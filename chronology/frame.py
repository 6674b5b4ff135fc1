"""The chronology as pandas DataFrames, for those who analyse: ``pip install ".[frame]"``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronology.account import Account
from chronology.case import Chronology
from chronology.merge import Entry

if TYPE_CHECKING:
    import pandas as pd


def to_frame(chronology: Chronology) -> pd.DataFrame:
    """One row an account, in timeline order, with the entry it stands in.

    ``start`` and ``end`` are days (NaT where not known), ``time`` is "HH:MM" or "". A date known
    only as a stretch keeps its stretch: look at ``precision`` before counting by day.
    """
    import pandas as pd  # here alone: a chronology is built without it

    rows = [
        _row(number, entry, account)
        for number, entry in enumerate(chronology.entries, 1)
        for account in entry.accounts
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("start", "end"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


#: The frame's columns, in order.
COLUMNS = (
    "entry", "entry_id", "account_id", "agency", "organisation", "file", "sheet", "row",
    "start", "end", "time", "precision", "written", "event_type", "event_type_written",
    "narrative", "outcome", "professional", "subjects",
)  # fmt: skip


def _row(number: int, entry: Entry, account: Account) -> tuple[object, ...]:
    when, source = account.occurred, account.source
    return (
        number, entry.id, account.id, account.agency.value, account.organisation,
        source.file, source.sheet, source.row, when.start, when.end,
        f"{when.clock:%H:%M}" if when.clock else "", when.precision.value, when.written,
        account.event_type, account.event_type_written, account.narrative, account.outcome,
        account.professional, "; ".join(m.name for m in account.subjects),
    )  # fmt: skip
