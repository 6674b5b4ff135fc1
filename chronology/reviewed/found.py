"""What a reviewed workbook gives: answers, remarks, and what was refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from chronology.decisions import Pair


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer decided of a pair: ``kind`` is same, different or unsure."""

    kind: str
    accounts: Pair
    #: What stands under Note.
    reason: str
    sheet: str
    #: The row as Excel numbers it.
    row: int
    initials: str = ""
    #: The date decided, as it was typed.
    decided_on: str = ""

    @property
    def digest(self) -> str:
        """Differs wherever what was answered differs, and tells nothing of it."""
        told = (self.kind, *self.accounts, self.reason, self.initials, self.decided_on)
        return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer wrote beside an entry: ``kind`` is significant or analysis."""

    kind: str
    accounts: tuple[str, ...]
    text: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A row that something was written in but that was not taken, and why."""

    sheet: str
    row: int
    why: str

    def __str__(self) -> str:
        sheet = f"{self.sheet}, " if self.sheet else ""
        return f"{sheet}row {self.row}: {self.why}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Everything found in a reviewed workbook; ``unanswered`` pairs had no decision yet."""

    file: str
    sha256: str
    answers: tuple[Answer, ...] = ()
    remarks: tuple[Remark, ...] = ()
    refused: tuple[Refusal, ...] = ()
    unanswered: int = 0
    notes: tuple[str, ...] = ()
