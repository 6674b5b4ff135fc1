"""Swim lanes: one lane an agency, drawn as plain shapes; the page's script redraws them alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from chronology.render.listing import FIRST_DAY, Choice, Listing, Row, iso
from chronology.render.scale import LEFT, RIGHT, Scale, Tick, month_start, short, ticks
from chronology.render.words import day_words

#: Heights, in the drawing's own units.
LANE, HEAD = 66, 30
#: Where in its lane a thing stands, from the lane's top.
ROWS = (38, 27, 16)
BAR_TOP, BAR_HEIGHT, WORDS = 47, 8, 61
#: Marks nearer than this would cover each other.
APART = 10
LETTER = 5.8
OVERVIEW = 44

GAP_DAYS = 90

#: Each drawn from its middle, about 9 units across.
SHAPES = {
    "circle": "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "square": "m-4.2-4.2h8.4v8.4h-8.4z",
    "diamond": "m0-5.8l5.8 5.8l-5.8 5.8l-5.8-5.8z",
    "triangle": "m0-5.2l5.4 9.4h-10.8z",
    "cross": "m-1.8-5h3.6v3.2h3.2v3.6h-3.2v3.2h-3.6v-3.2h-3.2v-3.6h3.2z",
}
ARROWS = {"b": "l8-5v10z", "a": "l-8-5v10z"}
RING = "m-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0z"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of ``GAP_DAYS`` or more in which an agency recorded nothing: days, both free."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def text(self) -> str:
        return f"{self.days:,} days, no entry"


@dataclass(frozen=True, slots=True)
class Lane:
    """One agency's lane with its marks as path data, and words placed under its gaps."""

    choice: Choice
    label: str
    top: int
    shape: str
    marks: str
    bars: str
    gaps: tuple[Gap, ...]
    boxes: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws."""

    height: int
    first: int
    last: int
    lanes: tuple[Lane, ...]
    joins: str
    rings: str
    ticks: tuple[Tick, ...]
    overview: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point's mark: where it stands, and in which row of the stack in each of its lanes."""

    row: Row
    x: float
    levels: dict[int, int]

    def y(self, lane: int) -> int:
        return HEAD + LANE * lane + ROWS[self.levels[lane]]


def drawing(listed: Listing) -> Drawing | None:
    """The lanes of all dated entries; None where no entry has a date."""
    dated = [row for row in listed.rows if row.mark]
    if not dated:
        return None
    scale = Scale(*_period(dated))
    spots = _spotted(dated, scale)
    return Drawing(
        height=HEAD + LANE * len(listed.agencies) + 8,
        first=scale.first,
        last=scale.last,
        lanes=tuple(_lane(choice, dated, spots, scale) for choice in listed.agencies),
        joins="".join(map(_join, spots)),
        rings="".join(map(_ring, spots)),
        ticks=ticks(scale),
        overview=_overview(dated, scale),
        caption=_caption(listed),
    )


def years_by_agency(listed: Listing) -> tuple[tuple[Choice, tuple[int, ...]], ...]:
    """Entries an agency a year, in the order of the years, the undated last."""
    counts = Counter((lane, _year(row)) for row in listed.rows for lane in row.lanes)
    years = [*(choice.label for choice in listed.years), ""]
    return tuple(
        (choice, tuple(counts[choice.index, year] for year in years)) for choice in listed.agencies
    )


def _year(row: Row) -> str:
    return iso(_first(row))[:4] if row.mark else ""


def _first(row: Row) -> int:
    known = row.start if row.start is not None else row.end
    return known if known is not None else 0


def _last(row: Row) -> int:
    return row.end if row.end is not None else _first(row)


def _period(dated: list[Row]) -> tuple[int, int]:
    """From the first of the first month to the last of the last."""
    first = date.fromordinal(min(map(_first, dated)) + FIRST_DAY)
    last = date.fromordinal(max(map(_last, dated)) + FIRST_DAY)
    return month_start(first.year, first.month), month_start(last.year, last.month + 1) - 1


def _spotted(dated: list[Row], scale: Scale) -> list[_Spot]:
    """The marks of all points, earliest first; near ones stand on each other."""
    spots: list[_Spot] = []
    free: dict[int, list[float]] = {}
    for row in sorted((row for row in dated if row.mark == "p"), key=_first):
        x = scale.x(_first(row) + 0.5)
        levels = {lane: _level(free.setdefault(lane, [0.0] * len(ROWS)), x) for lane in row.lanes}
        spots.append(_Spot(row, x, levels))
    return spots


def _level(ends: list[float], x: float) -> int:
    """The lowest row of a stack that is free at x, else the one free the longest."""
    level = next((place for place, end in enumerate(ends) if x - end >= APART), None)
    level = ends.index(min(ends)) if level is None else level
    ends[level] = x
    return level


def _lane(choice: Choice, dated: list[Row], spots: list[_Spot], scale: Scale) -> Lane:
    lane, top = choice.index, HEAD + LANE * choice.index
    own = [row for row in dated if lane in row.lanes]
    stretches = [row for row in own if row.mark != "p"]
    gaps = _gaps(own)
    shape = SHAPES.get(choice.shape, SHAPES["circle"])
    return Lane(
        choice=choice,
        label=_short(choice.label),
        top=top,
        shape=shape,
        marks="".join(f"M{short(s.x)} {s.y(lane)}{shape}" for s in spots if lane in s.levels),
        bars="".join(_bar_path(row, scale, top) for row in stretches),
        gaps=gaps,
        boxes="".join(_box(gap, scale, top) for gap in gaps),
        words=_placed_words(gaps, [_bar(row, scale) for row in stretches], scale),
    )


def _bar(row: Row, scale: Scale) -> tuple[float, float]:
    if row.mark == "b":
        end = scale.x(_last(row) + 1)
        return end - 8, end
    start = scale.x(_first(row))
    return (
        (start, start + 8) if row.mark == "a" else (start, max(start + 4, scale.x(_last(row) + 1)))
    )


def _bar_path(row: Row, scale: Scale, top: int) -> str:
    start, end = _bar(row, scale)
    if row.mark in ARROWS:
        tip = start if row.mark == "b" else end
        return f"M{short(tip)} {top + BAR_TOP + 4}{ARROWS[row.mark]}"
    width = short(end - start)
    return f"M{short(start)} {top + BAR_TOP}h{width}v{BAR_HEIGHT}h-{width}z"


def _gaps(rows: list[Row]) -> tuple[Gap, ...]:
    """Between two entries of an agency; a stretch counts as covered from end to end."""
    gaps: list[Gap] = []
    covered: int | None = None
    for first, last in sorted((_first(row), _last(row)) for row in rows):
        if covered is not None and first - covered - 1 >= GAP_DAYS:
            gaps.append(Gap(covered + 1, first - 1))
        covered = last if covered is None else max(covered, last)
    return tuple(gaps)


def _box(gap: Gap, scale: Scale, top: int) -> str:
    start, end = scale.x(gap.first) + 5, scale.x(gap.last + 1) - 5
    return (
        f"M{short(start)} {top + 31}h{short(end - start)}v14h-{short(end - start)}z"
        if end > start
        else ""
    )


def _placed_words(
    gaps: tuple[Gap, ...], bars: list[tuple[float, float]], scale: Scale
) -> tuple[tuple[str, str], ...]:
    """The longest gaps first; words that would run into others are left to the table."""
    taken = list(bars)
    placed: list[tuple[float, str]] = []
    for gap in sorted(gaps, key=lambda gap: (-gap.days, gap.first)):
        for text in (gap.text, f"{gap.days:,} days"):
            half = len(text) * LETTER / 2
            middle = (scale.x(gap.first) + scale.x(gap.last + 1)) / 2
            middle = min(max(middle, LEFT + half), RIGHT - half)
            if all(middle + half < start or end < middle - half for start, end in taken):
                taken.append((middle - half - 4, middle + half + 4))
                placed.append((middle, text))
                break
    return tuple((short(x), text) for x, text in sorted(placed))


def _join(spot: _Spot) -> str:
    """The line between the marks of one entry told of by several agencies."""
    if len(spot.levels) < 2:
        return ""
    ends = [spot.y(lane) for lane in spot.levels]
    return f"M{short(spot.x)} {min(ends)}V{max(ends)}"


def _ring(spot: _Spot) -> str:
    """Round the marks of an entry whose accounts differ."""
    if "c" not in spot.row.state:
        return ""
    return "".join(f"M{short(spot.x)} {spot.y(lane)}{RING}" for lane in spot.levels)


def _overview(dated: list[Row], scale: Scale) -> str:
    """A bar a month, as high as the month has entries."""
    counts = Counter(iso(_first(row))[:7] for row in dated)
    most = max(counts.values())
    bars = []
    for key, count in sorted(counts.items()):
        year, month = int(key[:4]), int(key[5:])
        start, end = scale.x(month_start(year, month)), scale.x(month_start(year, month + 1))
        height = max(2.0, count / most * (OVERVIEW - 6))
        width = short(max(1.0, end - start - 0.8))
        bars.append(f"M{short(start)} {short(OVERVIEW - height)}h{width}V{OVERVIEW}h-{width}z")
    return "".join(bars)


def _caption(listed: Listing) -> str:
    marks = Counter(row.mark for row in listed.rows)
    exact, undated = marks["p"], marks[""]
    less = len(listed.rows) - exact - undated
    dated = [row for row in listed.rows if row.mark]
    first, last = min(map(_first, dated)), max(map(_last, dated))
    span = " to ".join(day_words(date.fromordinal(day + FIRST_DAY)) for day in (first, last))
    gaps = sum(len(_gaps([r for r in dated if c.index in r.lanes])) for c in listed.agencies)
    return (
        f"{len(listed.rows):,} entries, {span}. "
        f"{exact:,} on a known day (marks), {less:,} known less exactly (bars), "
        f"{undated:,} without a date (not drawn). "
        f"{gaps:,} gaps of {GAP_DAYS} days or more between entries of one agency."
    )


def _short(label: str) -> str:
    return label if len(label) <= 17 else f"{label[:16]}…"
