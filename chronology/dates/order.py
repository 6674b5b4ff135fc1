"""Which of two numbers is the day: decided by a whole column, and said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from itertools import zip_longest

from chronology.dates.phrases import read_phrase
from chronology.dates.point import Point, calendar_day
from chronology.dates.saying import Kind
from chronology.dates.stamps import cell_point, in_local_time
from chronology.dates.words import quoted
from chronology.reading.grid import Stamp


class Order(StrEnum):
    """What the dates of a column show about day and month."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNPROVEN = "unproven"
    CONTRADICTORY = "contradictory"


#: The orders by which a date can be read without a doubt.
DECIDED = frozenset({Order.DAY_FIRST, Order.MONTH_FIRST})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column shows about how its dates are to be read, with the proof in a sentence."""

    order: Order
    proof: str
    #: Every clock time in the column is 00:00, so it says nothing.
    midnight_means_day: bool = False
    #: The column is dates, so a plain five-figure number in it is a date Excel stored.
    serials: bool = False
    #: Real dates that Excel may have made of text with day and month exchanged.
    swapped_stamps: bool = False


#: How much of a column must read as dates before a number in it is taken for one.
SERIAL_SHARE = 0.8

_SWAPPED = (
    " Every real date in the column has a day of 12 or less while dates with later days are text: "
    "a spreadsheet may have exchanged day and month in the real ones."
)


def weigh(texts: Sequence[str], stamps: Sequence[Stamp | None] = ()) -> Evidence:
    """What a column of date cells shows. ``stamps`` are the real spreadsheet dates in it."""
    cells = [_Cell.of(text, stamp) for text, stamp in zip_longest(texts, stamps)]
    order, proof = _order([c for c in cells if not c.stamped])
    swapped = _looks_swapped(cells)
    return Evidence(
        order,
        proof + (_SWAPPED if swapped else ""),
        _midnight_says_nothing(cells),
        _takes_serials(cells),
        swapped,
    )


def settle(column: Evidence, others: Sequence[Evidence]) -> Evidence:
    """A column that proves nothing takes the order that other columns of its table prove."""
    proven = [e for e in others if e.order in DECIDED]
    if column.order is not Order.UNPROVEN or len({e.order for e in proven}) != 1:
        return column
    said = f"{column.proof} Another date column of the same table does: {proven[0].proof}"
    return replace(column, order=proven[0].order, proof=said)


def proves(point: Point) -> Order | None:
    """The only order in which this date exists; ``None`` where both or neither do."""
    if not point.swappable or point.day is None or point.month is None:
        return None
    if point.day > 12 >= point.month:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if point.month > 12 >= point.day else None


def weekday_proves(point: Point) -> Order | None:
    """The only order in which the date falls on the weekday written beside it."""
    if point.weekday is None or not point.swappable:
        return None
    ours, theirs = _weekday(point), _weekday(point.swapped)
    if ours == theirs or point.weekday not in (ours, theirs):
        return None
    return Order.DAY_FIRST if point.weekday == ours else Order.MONTH_FIRST


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    kind: Kind
    points: tuple[Point, ...]
    stamped: bool = False
    doubted: bool = False

    @staticmethod
    def of(text: str | None, stamp: Stamp | None) -> _Cell:
        if isinstance(stamp, date):
            return _Cell(text or "", Kind.PLAIN, (cell_point(stamp),), stamped=True)
        said = read_phrase(text or "")
        return _Cell(text or "", said.kind, said.points, doubted=said.doubted)


def _order(cells: Sequence[_Cell]) -> tuple[Order, str]:
    """By the numbers; only where they prove nothing, by the weekdays."""
    numeric = [c for c in cells if any(p.swappable and p.year is not None for p in c.points)]
    for proof, reason in ((proves, ""), (weekday_proves, " by its weekday")):
        first = [c for c in numeric if any(proof(p) is Order.DAY_FIRST for p in c.points)]
        other = [c for c in numeric if any(proof(p) is Order.MONTH_FIRST for p in c.points)]
        if first or other:
            return _verdict(first, other, len(numeric), reason)
    if not numeric:
        return Order.UNPROVEN, "No date in this column is written with day and month as numbers."
    return Order.UNPROVEN, (
        f"None of the {len(numeric)} dates written in numbers has a day after the 12th, so "
        "nothing in this column shows whether the day or the month comes first."
    )


def _verdict(
    first: Sequence[_Cell], other: Sequence[_Cell], count: int, reason: str
) -> tuple[Order, str]:
    if first and other:
        return Order.CONTRADICTORY, (
            f"{quoted(first[0].text)} can only be day first and {quoted(other[0].text)} only month "
            f"first{reason}, so the order cannot be told from this column ({len(first)} day first, "
            f"{len(other)} month first, of {count})."
        )
    proof, words = (first, "day first") if first else (other, "month first")
    order = Order.DAY_FIRST if first else Order.MONTH_FIRST
    share = f"{len(proof)} of {count} dates {'proves' if len(proof) == 1 else 'prove'} it"
    if count == 1:
        share = "the only date here written in numbers"
    return order, f"{quoted(proof[0].text)} can only be {words}{reason} ({share})."


def _looks_swapped(cells: Sequence[_Cell]) -> bool:
    """Real dates all up to the 12th, and every plain text date after it: Excel's signature."""
    stamped = [c.points[0] for c in cells if c.stamped]
    plain = [c for c in cells if c.kind is Kind.PLAIN and not (c.stamped or c.doubted)]
    typed = [c.points[0] for c in plain if c.points[0].swappable and c.points[0].is_whole]
    return bool(
        stamped
        and typed
        and all((p.day or 0) <= 12 for p in stamped)
        and all(proves(p) for p in typed)
    )


def _midnight_says_nothing(cells: Sequence[_Cell]) -> bool:
    """Half the dates or more carry a clock time, and it is always 00:00, here or in UTC."""
    dated = [c.points[0] for c in cells if c.points]
    written = [p.clock for p in dated if p.clock]
    clocks = [c for c in written if not c.spelt]
    local = [_local_time(p) for p in dated if p.clock]
    return bool(
        len(clocks) == len(written) > 0
        and 2 * len(clocks) >= len(dated)
        and (all(c.at == time(0) for c in clocks) or all(at == time(0) for at in local))
    )


def _local_time(point: Point) -> time | None:
    if not point.clock:
        return None
    day = calendar_day(point)
    return in_local_time(day, point.clock)[1].at if day else point.clock.at


def _takes_serials(cells: Sequence[_Cell]) -> bool:
    said = [c for c in cells if c.kind not in (Kind.NOTHING, Kind.AS_ABOVE)]
    dated = [c for c in said if c.points]
    return bool(dated) and len(dated) >= SERIAL_SHARE * len(said)


def _weekday(point: Point) -> int | None:
    day = calendar_day(point)
    return day.weekday() if day else None
