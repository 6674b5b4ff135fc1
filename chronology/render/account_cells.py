"""Accounts as the cells of the workbook tell them: each under a heading with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chronology.render.sheet import Cell, Told
from chronology.render.shown import AccountView
from chronology.render.words import BY_HAND, NOT_RECORDED


def told_by(accounts: Sequence[AccountView]) -> Cell:
    """The accounts under headings in bold; one alone needs none to be told from another."""
    told = Told(_accounts(accounts))
    return told if len(accounts) > 1 else told.text


def details(account: AccountView) -> str:
    """What else the record holds, each under its name."""
    named = (
        ("System", account.system),
        ("Recorded as", account.event_type_written),
        ("Read as", account.event_type),
        ("By", account.professional),
        ("Place", account.location),
        ("Reference", account.reference),
        ("About", ", ".join(account.subjects)),
        ("People", ", ".join(account.people)),
        ("Date as written", account.when_written),
        ("Recorded on", account.recorded),
        ("Known to the agency", account.known),
        ("Shared", account.shared),
        *account.other,
        *(("Note", note) for note in account.notes),
    )
    return "; ".join(f"{name}: {text}" for name, text in named if text)


def each(accounts: Sequence[AccountView], text_of: Callable[[AccountView], str]) -> str:
    """A text of each account, under its speaker where there are several."""
    if len(accounts) == 1:
        return text_of(accounts[0])
    told = ((account.speaker, text_of(account)) for account in accounts)
    return "\n\n".join(f"{speaker}\n{text}" for speaker, text in told if text)


def record(account: AccountView) -> Told:
    """All that helps to decide, on one side of a pair."""
    head, told = _account(account, is_dated=True)
    head = "".join(f"{label.upper()}. " for label in account.handling) + head
    outcome = f"Outcome: {account.outcome}" if account.outcome != NOT_RECORDED else ""
    also = details(account)
    return Told(
        (
            (head, "\n".join(filter(None, (told, outcome)))),
            *((("Also recorded", also),) if also else ()),
        )
    )


def _accounts(accounts: Sequence[AccountView]) -> tuple[tuple[str, str], ...]:
    """Every account of an entry; with its date where the accounts do not all bear the same."""
    is_dated = len({account.when for account in accounts}) > 1
    return tuple(_account(account, is_dated=is_dated) for account in accounts)


def _account(account: AccountView, *, is_dated: bool) -> tuple[str, str]:
    """An account's heading, and what it tells."""
    organisation = f" ({account.organisation})" if account.organisation else ""
    head = f"{account.agency_label}{organisation} ({account.place})"
    told = (
        *(f"{BY_HAND} {text}" for name, text in account.other if name == BY_HAND),
        f"Dated: {account.when}" if is_dated else "",
        account.narrative,
        f"Child seen: {account.child_seen}" if account.child_seen else "",
        f"Child's words: {account.child_voice}" if account.child_voice else "",
    )
    return head, "\n".join(filter(None, told))
