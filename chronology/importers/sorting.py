"""What kind of line a line below the headings is: a record, a section heading, or neither."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from chronology.dates import heading_says, looks_like_date, says_as_above
from chronology.importers.headings import TELLING
from chronology.importers.parts import is_footer
from chronology.importers.plan import Plan
from chronology.importers.tables import filled_cells
from chronology.reading.grid import Line

#: More characters than this alone in a row are a record's words, not the title of a section.
SECTION_LENGTH = 40


class Sort(Enum):
    """The kinds of line."""

    RECORD = auto()
    #: A record whose only words stand outside the columns of words.
    LONE_WORDS = auto()
    #: A year or month over the dates below it.
    DATE_SECTION = auto()
    #: A whole date over rows that give only the time.
    DAY_SECTION = auto()
    SECTION = auto()
    LEFT_OUT = auto()


class Sorted(NamedTuple):
    """The kind of a line, and for one left out, why."""

    sort: Sort
    reason: str = ""


def sort(plan: Plan, line: Line, following: Line | None, heading: str = "") -> Sorted:
    """What a line is; ``following`` stands below it in the same table, ``heading`` is the year or
    month over it.
    """
    cells = filled_cells(line)
    if not cells:
        return Sorted(Sort.LEFT_OUT, "The row has no words in any cell.")
    tells = any(line.cells[c].strip() for name in TELLING for c in plan.at.get(name, ()))
    if len(set(cells)) == 1 and len(plan.table.headings) > 1:
        return _lone(plan, line, following, heading)
    if is_footer(" ".join(cells)) or (is_footer(cells[0]) and not _is_dated(plan, line)):
        return Sorted(Sort.LEFT_OUT, _footer(" ".join(cells)))
    if tells or _is_dated(plan, line):
        return Sorted(Sort.RECORD)
    held = "; ".join(f"'{_short(cell)}'" for cell in cells[:4])
    return Sorted(
        Sort.LEFT_OUT,
        f"The row gives neither a date nor words about what happened. It holds only {held}.",
    )


def _lone(plan: Plan, line: Line, following: Line | None, heading: str) -> Sorted:
    """A row with one filled cell, or one text merged over all."""
    text = filled_cells(line)[0]
    column = next(i for i, cell in enumerate(line.cells) if cell.strip())
    field = plan.columns[column].field
    spans = len(filled_cells(line)) > 1
    if is_footer(text):
        return Sorted(Sort.LEFT_OUT, _footer(text))
    if (field not in TELLING or spans) and heading_says(text, heading_says(heading)):
        return Sorted(Sort.DATE_SECTION)
    if field not in TELLING and looks_like_date(text) and _undated(plan, following):
        return Sorted(Sort.DAY_SECTION)
    if _is_dated(plan, line) and not spans and looks_like_date(text):
        return Sorted(Sort.RECORD)
    if field in TELLING and not spans:
        return Sorted(Sort.RECORD)
    if len(text) > SECTION_LENGTH:
        return Sorted(Sort.LONE_WORDS)
    if following is not None and len(filled_cells(following)) > 1 and (spans or column == 0):
        return Sorted(Sort.SECTION)
    return Sorted(
        Sort.LEFT_OUT,
        f"The row holds only '{_short(text)}': neither a date nor words about what happened.",
    )


def _undated(plan: Plan, line: Line | None) -> bool:
    return line is not None and len(filled_cells(line)) > 1 and not _is_dated(plan, line)


def _is_dated(plan: Plan, line: Line) -> bool:
    return any(
        line.cells[column].strip() and not says_as_above(line.cells[column])
        for name in ("occurred", "occurred_day", "occurred_month")
        for column in plan.at.get(name, ())
    )


def _footer(text: str) -> str:
    return f"The row is the foot of a page or report ('{_short(text)}') and tells of no event."


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"
