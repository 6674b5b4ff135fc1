"""The chronology of a case: its records as they stand, with what people decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from chronology import __version__
from chronology.account import Account, LeftOut
from chronology.case import About, Chronology, ReadFile, Refused, Wishes, put_together
from chronology.casefile import ruling
from chronology.casefile.balance import files_in_balance, rows_left_out
from chronology.casefile.dismissing import unread
from chronology.casefile.records import BY_HAND, current
from chronology.dates import iso_in_words
from chronology.decisions import Decision, Rulings
from chronology.marking import said_by, with_marks
from chronology.merge import Preset
from chronology.people import person_rulings

#: Lines of the log that leave what the case holds as it is.
CHANGES_NOTHING = ("build", "download", "keep", "take")


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a chronology is made of, read from the case at one moment."""

    accounts: tuple[Account, ...]
    left_out: tuple[LeftOut, ...]
    files: tuple[ReadFile, ...]
    refused: tuple[Refused, ...]
    rulings: Rulings
    decisions: tuple[Decision, ...]
    about: About


def contents(connection: sqlite3.Connection, title: str, marking: str) -> Contents:
    """The case as it stands now."""
    kept = tuple(current(connection))
    decisions = ruling.with_current_ids(connection)
    return Contents(
        accounts=_with_who_entered(tuple(account for _, _, account in kept), decisions),
        left_out=rows_left_out(connection),
        files=files_in_balance(connection),
        refused=unread(connection),
        rulings=ruling.rulings(connection),
        decisions=decisions,
        about=About(title, marking, _last_change(connection), __version__),
    )


def _with_who_entered(
    accounts: tuple[Account, ...], decisions: Iterable[Decision]
) -> tuple[Account, ...]:
    """Records entered by hand say by whom, on which day and why."""
    entered = {d.accounts[0]: d for d in decisions if d.kind == "manual" and d.accounts}
    if not entered:
        return accounts
    return tuple(
        replace(account, other=(*account.other, (BY_HAND, _entered(entered[account.id]))))
        if account.id in entered
        else account
        for account in accounts
    )


def _entered(decision: Decision) -> str:
    because = f": {decision.reason}" if decision.reason else ""
    return f"by {said_by(decision)}{because}"


def _last_change(connection: sqlite3.Connection) -> str:
    """The day on which the case last came to hold something else; "" while it holds nothing."""
    marks = ", ".join("?" * len(CHANGES_NOTHING))
    row = connection.execute(
        f"SELECT max(at) FROM log WHERE what NOT IN ({marks}, 'new')",  # noqa: S608 (ours)
        CHANGES_NOTHING,
    ).fetchone()
    return f"{iso_in_words(row[0][:10])} (last change of the case)" if row and row[0] else ""


def assembled(contents: Contents, preset: Preset) -> Chronology:
    """The finished chronology, with what people decided beside its entries."""
    chronology = put_together(
        contents.accounts,
        contents.left_out,
        contents.files,
        contents.refused,
        Wishes(preset=preset, about=contents.about),
        contents.rulings,
        person_rulings(contents.decisions),
    )
    return with_marks(chronology, contents.decisions)
