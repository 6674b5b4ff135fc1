"""Where what a date cell says lies in the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from chronology.dates import doubts
from chronology.dates.placing import A_DAY, Context, Place, months_on, place_point, with_year
from chronology.dates.point import Point
from chronology.dates.saying import Kind, Saying
from chronology.dates.words import spoken
from chronology.when import Precision

#: "Early", "mid" and "late" as thirds: of a month in days, of a year or quarter in months.
THIRDS: dict[Kind, int] = {Kind.EARLY: 0, Kind.MID: 1, Kind.LATE: 2}
DAYS_OF_THIRD: tuple[tuple[int, int], ...] = ((1, 10), (11, 20), (21, 31))

_WEEK = timedelta(days=6)


def place(said: Saying, context: Context) -> Place:
    """Where a cell's dates lie."""
    placed = _PLACERS[said.kind](said, context)
    if not said.doubted or placed.precision is Precision.UNKNOWN:
        return placed
    whole = placed.start is not None and placed.end is not None
    precision = Precision.APPROXIMATE if whole else placed.precision
    flags = (*placed.flags, doubts.uncertain(context.text))
    return replace(placed, precision=precision, flags=flags)


def joined(first: Place, last: Place) -> Place:
    """The stretch from one place to another; one that runs backwards keeps its first date."""
    flags = (*first.flags, *(f for f in last.flags if f not in first.flags))
    if last.end is None:
        return replace(first, flags=flags)
    if first.start is None:
        return Place(Precision.BEFORE, None, last.end, first.clock, flags)
    if last.end < first.start:
        return replace(first, flags=(*flags, doubts.backwards(first.start, last.end)))
    if first.start == last.end:
        return replace(first, flags=flags)
    end = max(last.end, first.end or last.end)
    vague = Precision.APPROXIMATE in (first.precision, last.precision)
    precision = Precision.APPROXIMATE if vague else Precision.RANGE
    return Place(precision, first.start, end, first.clock, flags)


def _plain(said: Saying, context: Context) -> Place:
    return place_point(said.points[0], context)


def _serial(said: Saying, context: Context) -> Place:
    return _plain(said, context) if context.evidence.serials else _unreadable(said, context)


def _part(said: Saying, context: Context) -> Place:
    """A third of a month, quarter or year."""
    whole, third = _plain(said, context), THIRDS[said.kind]
    if whole.start is None or whole.end is None:
        return whole
    months = said.points[0].months
    if months == 1:
        first, last = DAYS_OF_THIRD[third]
        start = whole.start.replace(day=first)
        end = min(whole.end, start + timedelta(days=last - first))
    else:
        start = months_on(whole.start, third * months // 3)
        end = months_on(start, months // 3) - A_DAY
    return replace(whole, precision=Precision.APPROXIMATE, start=start, end=end)


def _week(said: Saying, context: Context) -> Place:
    day = _plain(said, context)
    if day.start is None or day.start != day.end:
        return day
    if said.kind is Kind.WEEK_FROM:
        return replace(day, precision=Precision.RANGE, end=day.start + _WEEK)
    return replace(day, precision=Precision.RANGE, start=day.start - _WEEK)


def _before(said: Saying, context: Context) -> Place:
    """Up to the day before; with "by", or with a clock time, the day itself is within."""
    day = _plain(said, context)
    if day.start is None or day.end is None:
        return day
    within = said.kind is Kind.BY or day.clock is not None
    end = day.end if within else day.start - A_DAY
    return replace(day, precision=Precision.BEFORE, start=None, end=end, clock=None)


def _after(said: Saying, context: Context) -> Place:
    """From the day after; with "since", or with a clock time, the day itself is within."""
    day = _plain(said, context)
    if day.start is None or day.end is None:
        return day
    within = said.kind is Kind.FROM or day.clock is not None
    start = day.start if within else day.end + A_DAY
    return replace(day, precision=Precision.AFTER, start=start, end=None, clock=None)


def _span(said: Saying, context: Context) -> Place:
    """From the one to the other; either may take its year from the other."""
    first, last = said.points
    if last.year is None and first.year is not None:
        begin = place_point(first, context)
        return joined(begin, with_year(last, begin.start, context, step=1))
    finish = place_point(last, context)
    return joined(_place_before(first, last, finish, context), finish)


def _several(said: Saying, context: Context) -> Place:
    """The first, filled from the later ones where it is shorter than they are."""
    points = _filled(said.points)
    placed = [place_point(points[-1], context)]
    for point, later in zip(points[-2::-1], points[:0:-1], strict=True):
        placed.insert(0, _place_before(point, later, placed[0], context))
    first = placed[0]
    names = [_name(p) for p in placed]
    return replace(first, flags=(*first.flags, doubts.several(names)))


def _filled(points: Sequence[Point]) -> tuple[Point, ...]:
    """Dates of a list, each with the year of the one before it where a later one has none."""
    filled: list[Point] = []
    for point in points:
        lacking = point.year is None and point.month is not None and filled
        filled.append(replace(point, year=filled[-1].year) if lacking else point)
    return tuple(filled)


def _place_before(point: Point, later: Point, placed: Place, context: Context) -> Place:
    """A date that may leave its month and year to the one behind it."""
    if point.day is not None and point.month is None:
        return place_point(replace(point, month=later.month, year=later.year), context)
    if point.year is None and (later.year is not None or context.year is None):
        return with_year(point, placed.end, context, step=-1)
    return place_point(point, context)


def _name(spot: Place) -> str:
    """A place in a list of dates."""
    if spot.start is None or spot.end is None:
        return "one without a year"
    if spot.start == spot.end:
        return spoken(spot.start)
    return f"{spoken(spot.start)} to {spoken(spot.end)}"


def _nothing(_: Saying, context: Context) -> Place:
    return Place(flags=(doubts.missing(context.text),))


def _as_above(_: Saying, context: Context) -> Place:
    return Place(flags=(doubts.as_above(context.text),))


def _unreadable(_: Saying, context: Context) -> Place:
    return Place(flags=(doubts.unreadable(context.text),))


_PLACERS: dict[Kind, Callable[[Saying, Context], Place]] = {
    Kind.PLAIN: _plain,
    Kind.EARLY: _part,
    Kind.MID: _part,
    Kind.LATE: _part,
    Kind.WEEK_FROM: _week,
    Kind.WEEK_TO: _week,
    Kind.BEFORE: _before,
    Kind.BY: _before,
    Kind.AFTER: _after,
    Kind.FROM: _after,
    Kind.SPAN: _span,
    Kind.SEVERAL: _several,
    Kind.SERIAL: _serial,
    Kind.AS_ABOVE: _as_above,
    Kind.NOTHING: _nothing,
    Kind.UNREADABLE: _unreadable,
}
