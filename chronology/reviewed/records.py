"""The records of a case, to check the keys of a reviewed workbook by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chronology.account import Account
from chronology.render.text import visible

#: An account's id: 16 figures of a digest, and which copy it is.
ID = re.compile(r"[0-9a-f]{16}(?:-[1-9]\d*)?")

#: How much of a record's words must stand in the cell that shows it.
_ENOUGH = 80

_PART = re.compile(r"\A\((\d+) of (\d+)\)[ \n]?")


def part_of(cell: str) -> tuple[int, int, str]:
    """Which part of how many a cell is, where it was too long for one row, and its words."""
    found = _PART.match(cell)
    return (int(found[1]), int(found[2]), cell[found.end() :]) if found else (1, 1, cell)


class Records:
    """Records by id and by place; where none are given, nothing can be checked."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._words: dict[str, str] = {}
        self._at: dict[str, dict[str, None]] = {}
        for account in accounts:
            self._words[account.id] = _run_together(visible(account.narrative))[:_ENOUGH].strip()
            self._at.setdefault(visible(str(account.source)), {})[account.id] = None

    @property
    def are_known(self) -> bool:
        """Whether there is anything to check by."""
        return bool(self._words)

    def has(self, one: str) -> bool:
        """Whether a record of the case has this id."""
        return one in self._words

    def is_shown_in(self, one: str, cell: str) -> bool:
        """Whether the cell holds this record's words; so where that cannot be told."""
        number, _, words = part_of(cell)
        known = self._words.get(one, "")
        return number > 1 or not known or not words.strip() or known in _run_together(words)

    def shown_in(self, cell: str) -> tuple[str, ...]:
        """The ids of the records that stand at the place a cell names and say what it says."""
        number, _, words = part_of(cell)
        head = words.strip().split("\n", 1)[0].strip()
        if number > 1 or not head.endswith(")"):
            return ()
        places = (head[found.end() : -1] for found in re.finditer(r"\(", head))
        at = dict.fromkeys(one for place in places for one in self._at.get(place, ()))
        return tuple(one for one in at if self.is_shown_in(one, cell))


def _run_together(text: str) -> str:
    return " ".join(text.split())
