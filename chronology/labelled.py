"""Labelled fictional cases: accounts with the truth beside them, to measure the matcher by.

One JSON object a line, one line a record as one agency holds it; ``benchmarks/cases/README.md``
says what each key and label means.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from chronology.account import Account, Agency, Mention, Source
from chronology.errors import UnreadableFileError
from chronology.when import Precision, When


@dataclass(frozen=True, slots=True)
class Truth:
    """What a record really tells of: which occurrence, and the incident it belongs to or ""."""

    event: str
    incident: str
    #: The day it really took place, where the label says so.
    day: date | None = None
    #: What kind of occurrence it is, by the codes of kinds.KINDS, where the label says so.
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled case; cases whose names begin with one letter are by one author."""

    name: str
    accounts: tuple[Account, ...]
    #: By account id.
    truth: Mapping[str, Truth]

    @property
    def author(self) -> str:
        """The letter of its author."""
        return self.name[:1]


def read_case(path: Path) -> Case:
    """A case from its file; raises UnreadableFileError naming the line that is not a record."""
    accounts: list[Account] = []
    truth: dict[str, Truth] = {}
    copies: Counter[str] = Counter()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            account = _account(record, path.name, number)
            told = _truth(record["gold"])
        except (ValueError, KeyError, TypeError) as why:
            raise UnreadableFileError(f"Line {number} is not a labelled record ({why}).") from why
        account = replace(account, copy=copies[account.id])
        copies[account.id.partition("-")[0]] += 1
        accounts.append(account)
        truth[account.id] = told
    return Case(path.stem, tuple(accounts), truth)


def _truth(gold: Mapping[str, Any]) -> Truth:
    day = gold.get("true_date")
    return Truth(
        gold["event_id"],
        gold.get("incident_id") or "",
        date.fromisoformat(day) if day else None,
        gold.get("true_type") or "",
    )


def _account(record: Mapping[str, Any], file: str, line: int) -> Account:
    subject = record["subject"]
    return Account(
        agency=Agency(record["agency"]),
        source=Source(file, "", line, ""),
        occurred=_when(record),
        narrative=record["narrative"],
        organisation=record["organisation"],
        system=record.get("system") or "",
        event_type_written=record.get("event_type") or "",
        outcome=record.get("outcome") or "",
        professional=record.get("professional") or "",
        location=record.get("location") or "",
        subjects=(Mention(subject["name"], born=subject.get("dob") or ""),),
        people=tuple(Mention(p["name"], p.get("role") or "") for p in record["people"]),
    )


def _when(record: Mapping[str, Any]) -> When:
    written = record["occurred"]
    clock = time.fromisoformat(record["time"]) if record.get("time") else None
    if "/" in written:
        first, last = map(date.fromisoformat, written.split("/"))
        return When(written, Precision.RANGE, first, last, clock)
    if len(written) == 4:
        return When(written, Precision.YEAR, date(int(written), 1, 1), date(int(written), 12, 31))
    if len(written) == 7:
        year, month = int(written[:4]), int(written[5:])
        last = date(year, month, monthrange(year, month)[1])
        return When(written, Precision.MONTH, date(year, month, 1), last)
    day = date.fromisoformat(written)
    exact = Precision.MINUTE if clock else Precision.DAY
    precision = Precision.APPROXIMATE if record["precision"] == "approx" else exact
    return When(written, precision, day, day, clock)
