"""The time axis of the drawing: where a day stands, and which days are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chronology.render.listing import FIRST_DAY
from chronology.render.words import MONTHS

#: The drawing's own units, 1160 wide; its text is legible at that width.
LEFT, RIGHT = 150, 1148

#: Months between two named ticks; the first that leaves the names room is taken.
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000)
TICK_ROOM = 70
YEAR = 12


@dataclass(frozen=True, slots=True)
class Tick:
    """A named point of the time axis."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Days, first and last both drawn, to places."""

    first: int
    last: int

    def x(self, day: float) -> float:
        """Where a day begins; the middle of a day is half a day on."""
        return LEFT + (day - self.first) / (self.last - self.first + 1) * (RIGHT - LEFT)


def ticks(scale: Scale) -> tuple[Tick, ...]:
    days_a_unit = (scale.last - scale.first + 1) / (RIGHT - LEFT)
    step = next((s for s in STEPS if s * 30.4 / days_a_unit >= TICK_ROOM), STEPS[-1])
    first = date.fromordinal(scale.first + FIRST_DAY)
    month = -(-(first.year * 12 + first.month - 1) // step) * step
    ticks = []
    while (day := month_start(month // 12, month % 12 + 1)) <= scale.last:
        name = "" if step >= YEAR else f"{MONTHS[month % 12][:3]} "
        ticks.append(Tick(short(scale.x(day)), f"{name}{month // 12}"))
        month += step
    return tuple(ticks)


def month_start(year: int, month: int) -> int:
    """The day number of a month's first; month 13 is the next January."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if year > date.max.year:
        return date.max.toordinal() - FIRST_DAY + 1
    return date(year, month, 1).toordinal() - FIRST_DAY


def short(number: float) -> str:
    """A place in the drawing to a tenth of a unit."""
    return f"{number:.1f}".removesuffix(".0")
