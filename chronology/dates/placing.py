"""Where one date lies in the calendar, no more exactly than it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from chronology.dates import doubts
from chronology.dates.clock import Clock, midnight_flag
from chronology.dates.order import DECIDED, Evidence, Order, proves, weekday_proves
from chronology.dates.point import YEARS, Point, calendar_day
from chronology.dates.stamps import in_local_time
from chronology.flags import Flag
from chronology.when import Precision


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a cell: its words, its column, and the heading above it."""

    text: str
    evidence: Evidence
    year: int | None = None
    month: int | None = None
    heading: str = ""
    #: The year is that stated for the file, not one of a heading.
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of days, both ends included, with what to doubt about it."""

    precision: Precision = Precision.UNKNOWN
    start: date | None = None
    end: date | None = None
    clock: Clock | None = None
    flags: tuple[Flag, ...] = ()


#: How exact a stretch is that names no day, by its length in months.
PRECISIONS: dict[int, Precision] = {
    1: Precision.MONTH,
    3: Precision.QUARTER,
    4: Precision.QUARTER,
    12: Precision.YEAR,
    24: Precision.RANGE,
    120: Precision.APPROXIMATE,
}

#: Years that two figures may mean in either century.
DOUBTFUL_YEARS = frozenset({*range(2035, 2050), *range(1950, 1960)})

A_DAY = timedelta(days=1)


def place_point(point: Point, context: Context) -> Place:
    """Where a date lies; nowhere, with the reason, where that cannot be said."""
    filled, from_heading = _under_heading(point, context)
    if filled.year is None or (filled.month is None and filled.day is not None):
        return Place(clock=point.clock, flags=_no_year(point, context.text))
    flags = (*from_heading, *point.doubts)
    if filled.year not in YEARS:
        return Place(clock=point.clock, flags=(*flags, doubts.unreadable(context.text)))
    if filled.day is None:
        return _stretch(filled, context.text, flags)
    return _place_day(filled, context, flags)


def with_year(point: Point, beside: date | None, context: Context, *, step: int) -> Place:
    """A date that takes its year from its neighbour, so that time runs forward between them."""
    if beside is None:
        return place_point(point, context)
    near = place_point(replace(point, year=beside.year), context)
    if near.start is None or (near.start <= beside if step < 0 else near.start >= beside):
        return near
    return place_point(replace(point, year=beside.year + step), context)


def months_on(day: date, months: int) -> date:
    """The first of the month so many months later."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _under_heading(point: Point, context: Context) -> tuple[Point, tuple[Flag, ...]]:
    """The point with the year, and for a bare day the month, of the heading above."""
    if point.year is not None or context.year is None:
        return point, ()
    flag = (
        doubts.year_stated(context.text, context.year)
        if context.is_stated
        else doubts.year_from_heading(context.text, context.heading)
    )
    if point.maybe_year == context.year:
        whole = replace(point, year=context.year, day=None, months=1)
        return whole, (flag, doubts.day_or_month(context.text))
    month = point.month if point.month is not None else context.month
    return replace(point, year=context.year, month=month), (flag,)


def _no_year(point: Point, text: str) -> tuple[Flag, ...]:
    flag = doubts.no_year(text, month_known=point.month is not None)
    return (flag, doubts.day_or_month(text)) if point.maybe_year else (flag,)


def _place_day(point: Point, context: Context, flags: tuple[Flag, ...]) -> Place:
    decided = _decided(point, context.evidence)
    read = point.swapped if decided is Order.MONTH_FIRST else point
    day = calendar_day(read)
    if day is None:
        return Place(clock=point.clock, flags=(*flags, doubts.impossible(context.text)))
    local, clock, clock_flags = _local(day, point.clock, context)
    exact = clock is not None and clock.at is not None and not clock.uncertain
    precision = Precision.MINUTE if exact else Precision.DAY
    flags = (*flags, *_order_flags(read, day, decided, context), *_slips(read, day, context.text))
    return Place(precision, local, local, clock, (*flags, *clock_flags))


def _decided(point: Point, evidence: Evidence) -> Order | None:
    """The order that counts: the date's own, else the column's, else the weekday's."""
    if not point.swappable or point.day == point.month:
        return Order.DAY_FIRST
    column = evidence.order if evidence.order in DECIDED else None
    return proves(point) or column or weekday_proves(point)


def _order_flags(
    read: Point, day: date, decided: Order | None, context: Context
) -> tuple[Flag, ...]:
    """Said where nothing decided the order, and where it is not the British one."""
    other = calendar_day(read.swapped)
    if not read.swappable or day.day == day.month:
        return ()
    if decided is None:
        return (doubts.ambiguous(day, other, context.text),) if other else ()
    column = context.evidence.order
    usual = column if column in DECIDED else Order.DAY_FIRST
    if decided is not usual or (column is Order.MONTH_FIRST and other):
        by_column = decided is column
        return (doubts.order(day, context.text, context.evidence.proof, by_column=by_column),)
    return ()


def _slips(read: Point, day: date, text: str) -> tuple[Flag, ...]:
    """A weekday that does not fit; a century that may be the other one."""
    weekday = read.weekday
    return (
        *(
            [doubts.wrong_weekday(day, weekday, text)]
            if weekday not in (None, day.weekday())
            else []
        ),
        *_century(read, text),
    )


def _century(read: Point, text: str) -> tuple[Flag, ...]:
    doubtful = read.short_year and read.year in DOUBTFUL_YEARS
    return (doubts.two_figures(read.year, text),) if doubtful and read.year else ()


def _local(
    day: date, clock: Clock | None, context: Context
) -> tuple[date, Clock | None, tuple[Flag, ...]]:
    """In UK local time; a midnight that stands for no time at all is no clock time."""
    if clock is None:
        return day, None, ()
    local, shown, moved = in_local_time(day, clock)
    midnight = shown.is_figure_midnight or clock.is_figure_midnight
    if midnight and context.evidence.midnight_means_day:
        return local, None, moved if local != day else ()
    doubt = (midnight_flag(context.text),) if shown.is_figure_midnight else ()
    return local, shown, (*moved, *doubt)


def _stretch(point: Point, text: str, flags: tuple[Flag, ...]) -> Place:
    """A stretch that names no day."""
    month = point.month if point.month is not None else 1
    if point.year is None or not 1 <= month <= 12:
        return Place(clock=point.clock, flags=(*flags, doubts.impossible(text)))
    start = date(point.year, month, 1)
    end = months_on(start, point.months) - A_DAY
    return Place(
        PRECISIONS[point.months], start, end, point.clock, (*flags, *_century(point, text))
    )
