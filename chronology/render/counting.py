"""What the sheets of the workbook say alike."""

from __future__ import annotations

from collections.abc import Sequence

from chronology.render.sheet import Column, Row
from chronology.render.shown import TimelineView


def sentence(timeline: TimelineView, told: str) -> str:
    """What stands under a sheet's title: the marking, and what the sheet holds."""
    return f"{timeline.marking}. {told} One table on this sheet." if timeline.marking else told


def counted(count: int, thing: str) -> str:
    """``1 entry``, ``2 entries``."""
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{count:,} {thing if count == 1 else many}"


def nothing(columns: Sequence[Column], word: str) -> tuple[Row, ...]:
    """A table needs a row: one that says there is nothing."""
    return (Row((word, *("" for _ in columns[1:]))),)
