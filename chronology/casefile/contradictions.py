"""Decisions that cannot stand together: said at once, never settled in silence."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Protocol

from chronology.decisions import Decision
from chronology.errors import MappingMismatchError
from chronology.marking import said_by


class ContradictionError(MappingMismatchError):
    """A decision that an earlier one speaks against; ``earlier`` is that one."""

    def __init__(self, message: str, earlier: Decision) -> None:
        super().__init__(message)
        self.earlier = earlier


class Ruled(Protocol):
    """A decision and the records it is about."""

    @property
    def decision(self) -> Decision:
        """What was decided."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """About which records."""


def check(wanted: Decision, numbers: Sequence[int], before: Sequence[Ruled]) -> None:
    """Raises ContradictionError where a ruling cannot stand with those before it."""
    a, b = numbers
    together = [r for r in before if r.decision.kind == "same"]
    apart = [r for r in before if r.decision.kind == "different"]
    chain = _chain(a, b, together)
    if chain and wanted.kind != "same":
        raise _said(chain[-1].decision, "same", len(chain) > 1)
    ruled_apart = _between(_group(a, together), _group(b, together), apart)
    if ruled_apart is not None and wanted.kind != "different":
        direct = set(ruled_apart.numbers) == {a, b}
        if wanted.kind == "same" or direct:
            raise _said(ruled_apart.decision, "different", not direct)


def _chain(a: int, b: int, together: Sequence[Ruled]) -> list[Ruled]:
    """The rulings that join two records, oldest way first; none where nothing joins them."""
    ways: dict[int, list[Ruled]] = {a: []}
    waiting = deque([a])
    while waiting and b not in ways:
        here = waiting.popleft()
        for ruled in together:
            if here in ruled.numbers:
                for there in ruled.numbers:
                    if there not in ways:
                        ways[there] = [*ways[here], ruled]
                        waiting.append(there)
    return ways.get(b, [])


def _group(start: int, together: Sequence[Ruled]) -> frozenset[int]:
    found = {start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for ruled in together:
            if here in ruled.numbers:
                fresh = set(ruled.numbers) - found
                found |= fresh
                waiting.extend(sorted(fresh))
    return frozenset(found)


def _between(one: frozenset[int], other: frozenset[int], apart: Sequence[Ruled]) -> Ruled | None:
    for ruled in apart:
        a, b = ruled.numbers
        if (a in one and b in other) or (a in other and b in one):
            return ruled
    return None


def _said(
    earlier: Decision,
    as_what: str,
    through_others: bool,  # noqa: FBT001 (passed on)
) -> ContradictionError:
    what = "the same" if as_what == "same" else "different"
    through = " (with other records between them)" if through_others else ""
    because = f": {earlier.reason}" if earlier.reason else ""
    return ContradictionError(
        f"These two records were ruled {what}{through} by {said_by(earlier)} (decision "
        f"{earlier.seq}{because}). Undo decision {earlier.seq} first if that no longer holds.",
        earlier,
    )
