"""Which sheets of a workbook are lists of Annex A, and where each of their columns stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from chronology.importers.defined.annex_a_lists import (
    ADOPTER,
    AGE,
    BORN,
    CHILD,
    ETHNICITY,
    GENDER,
    LISTS,
    Column,
    Listing,
)
from chronology.importers.defined.sheets import FIRST_LINES, Sheet, plain
from chronology.reading.grid import Document, Grid, Line

#: A row with fewer headings is a title.
FEWEST_HEADINGS = 4
#: How much of the headings must be Annex A's before a file is taken for it.
SHARE = 0.6
#: Headings of tables that people write in: Annex A has none, so it must be whole to be believed.
_WRITTEN = re.compile(
    r"\b(notes?|narrative|description|details?|comments?|summary|event|analysis)\b"
)
#: Headings of days by which something is to be done: no column of a fact, however it is worded.
_TO_COME = re.compile(r"\b(due|next|target|planned|scheduled|expected|proposed|deadline)\b")
_LIST = re.compile(r"\blist\s?(\d\d?)\b")
#: Every list has a column for the number of somebody; no row without one need be looked at.
_NUMBERED = re.compile(r"\b(id|identifier|ref|reference)\b")
_PATTERNS = {column: re.compile(column.pattern) for one in LISTS for column in one.columns}


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet that is one of the lists; ``at`` is each of its columns by the template's heading."""

    listing: Listing
    sheet: Sheet
    at: Mapping[str, int]

    @property
    def own(self) -> int:
        """How many columns it has that only its list has."""
        return sum(column.heading in self.at for column in self.listing.own)

    @property
    def is_sure(self) -> bool:
        """Whether its headings alone show that it is of Annex A and no other table."""
        headings = [plain(cell) for cell in self.sheet.heading.cells if cell.strip()]
        share = len(self.at) / len(headings)
        people = sum(name in self.at for name in (GENDER, ETHNICITY, BORN, AGE))
        unique = "child unique id" in headings
        if self.listing.number == LISTS[-1].number:
            return ADOPTER in self.at and self.own >= 4 and share >= SHARE
        if any(_WRITTEN.search(heading) for heading in headings):
            return unique and people == 4 and share >= SHARE
        return share >= SHARE and self.own >= 2 and people >= (1 if unique else 3)


def lists_in(document: Document) -> tuple[Listed, ...]:
    """The lists a file has, in the order of its sheets; () where none is surely of Annex A."""
    found = [listed for grid in document.grids if (listed := _listed(grid)) is not None]
    return tuple(found) if any(one.is_sure for one in found) else ()


def number_in(name: str) -> int:
    """The number of the list that the name of a sheet gives: "List_10", "LIST 7 - CP"; else 0."""
    said = _LIST.search(plain(name))
    return int(said[1]) if said else 0


def _listed(grid: Grid) -> Listed | None:
    """The best reading of a sheet: the row with most of one list's headings."""
    found = [
        listed
        for index, line in enumerate(grid.lines[:FIRST_LINES])
        if (listed := _at_line(grid, index, line)) is not None
    ]
    return max(found, key=lambda one: (one.own, len(one.at)), default=None)


def _at_line(grid: Grid, index: int, line: Line) -> Listed | None:
    headings = tuple(plain(cell) for cell in line.cells)
    if sum(map(bool, headings)) < FEWEST_HEADINGS or not any(map(_NUMBERED.search, headings)):
        return None
    named = number_in(grid.sheet)
    best: tuple[tuple[int, bool], Listing, Mapping[str, int]] | None = None
    for listing in LISTS:
        at = resolved(headings, listing.number)
        own = sum(column.heading in at for column in listing.own)
        dated = any(column.fact and column.heading in at for column in listing.own)
        stated = any(not column.fact and column.heading in at for column in listing.own)
        whose = ADOPTER if listing is LISTS[-1] else CHILD
        if whose not in at or not (dated or (listing.number == 9 and stated)):
            continue
        # A sheet's name decides between lists that its headings fit nearly as well.
        rank = (own + (listing.number == named), listing.number == named)
        if best is None or rank > best[0]:
            best = (rank, listing, at)
    if best is None:
        return None
    _, listing, at = best
    plain_at = {plain(heading): column for heading, column in at.items()}
    return Listed(listing, Sheet(grid, line, grid.lines[index + 1 :], plain_at), at)


@lru_cache(maxsize=512)
def resolved(headings: tuple[str, ...], number: int) -> Mapping[str, int]:
    """Where the columns of a list stand among plain headings; the template's wording goes first."""
    columns = LISTS[number - 1].columns
    at: dict[str, int] = {}
    free = {index: heading for index, heading in enumerate(headings) if heading}
    for column in columns:
        exact = plain(column.heading)
        _take(at, free, column, next((i for i, h in free.items() if h == exact), None))
    for column in columns:
        if column.heading not in at:
            sought = _PATTERNS[column].search
            may = (i for i, h in free.items() if sought(h) and _can_be(column, h))
            _take(at, free, column, next(may, None))
    return at


def _can_be(column: Column, heading: str) -> bool:
    return not column.fact or not _TO_COME.search(heading)


def _take(at: dict[str, int], free: dict[int, str], column: Column, index: int | None) -> None:
    if index is not None and column.heading not in at:
        at[column.heading] = index
        del free[index]
