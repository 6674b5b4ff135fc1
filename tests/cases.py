"""Small invented cases for the tests of merging: accounts in a line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from chronology.account import Account, Agency, Mention, Source
from chronology.when import Precision, When


def told(
    by: str,
    day: str,
    text: str,
    *,
    kind: str = "",
    clock: str = "",
    who: str = "Jo EXAMPLE",
    organisation: str = "",
    row: int = 2,
    precision: Precision | None = None,
    last: str = "",
    **more: object,
) -> Account:
    """An account: agency, ISO day ("" for undated), text, and whatever else matters."""
    start = date.fromisoformat(day) if day else None
    end = date.fromisoformat(last) if last else start
    at = time.fromisoformat(clock) if clock else None
    known = precision or (Precision.MINUTE if at else Precision.DAY)
    when = When(day or "no date", known if start else Precision.UNKNOWN, start, end, at)
    account = Account(
        agency=Agency(by),
        source=Source(f"{by}.csv", "", row, "0" * 64),
        occurred=when,
        narrative=text,
        organisation=organisation or f"The {by} service",
        event_type_written=kind,
        subjects=(Mention(who),) if who else (),
    )
    return replace(account, **more)  # type: ignore[arg-type]


def a_call_told_twice() -> list[Account]:
    """School rings the front door; social care logs the call; a week later the same again."""
    return [
        told("education", "2021-03-01", "Rang MASH about bruise to left ear, spoke to duty SW.",
             kind="Referral to MASH", clock="10:15", row=2),
        told("social_care", "2021-03-01", "Call from school: bruise to left ear seen this morning.",
             kind="Contact record - referral", clock="10:20", row=2),
        told("education", "2021-03-08", "Rang MASH about bruise again, spoke to duty SW.",
             kind="Referral to MASH", clock="10:10", row=3),
        told("social_care", "2021-03-08", "Call from school: bruise to arm seen this morning.",
             kind="Contact record - referral", clock="10:20", row=3),
    ]  # fmt: skip
