"""How the dates of a cell are meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from chronology.dates.point import Point


class Kind(Enum):
    """How the dates of a cell are meant."""

    PLAIN = auto()
    EARLY = auto()
    MID = auto()
    LATE = auto()
    WEEK_FROM = auto()
    WEEK_TO = auto()
    BEFORE = auto()
    BY = auto()
    AFTER = auto()
    FROM = auto()
    SPAN = auto()
    SEVERAL = auto()
    SERIAL = auto()
    AS_ABOVE = auto()
    NOTHING = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class Saying:
    """The dates a cell names and how they are meant; ``remark`` are words behind the date."""

    kind: Kind
    points: tuple[Point, ...] = ()
    doubted: bool = False
    remark: str = ""
