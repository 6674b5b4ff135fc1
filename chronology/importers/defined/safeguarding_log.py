"""Safeguarding logs in which actions follow an incident, as CPOMS and MyConcern keep them.

An incident may be dated back: the day it happened and the day it was added differ, and both are
kept. Every action has its own day, author and words, and is a record of its own that refers to its
incident. Linked students are in the record; it is not about them.
"""

from __future__ import annotations

from typing import ClassVar

from chronology.account import Agency
from chronology.importers.defined.base import (
    Format,
    Found,
)
from chronology.importers.defined.safeguarding_log_columns import log_in
from chronology.importers.defined.safeguarding_log_rows import Reading
from chronology.importers.defined.sheets import (
    names_a_date,
)
from chronology.reading.grid import Document

NO_TABLE = (
    "The sheet '{}' is no log of incidents with their actions, so its rows were not read. To have"
    " them read, save the sheet as a file of its own."
)


class SafeguardingLog(Format):
    """An incident is a record and each of its actions is one."""

    name: ClassVar[str] = "safeguarding_log"
    title: ClassVar[str] = "Safeguarding log with actions (CPOMS, MyConcern)"
    agency: ClassVar[Agency] = Agency.EDUCATION
    system: ClassVar[str] = "Safeguarding log"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        (
            "An incident (id, student, categories, text, date, author)",
            "One record on the day it happened; the day it was added is kept beside it.",
        ),
        (
            "An action (date, text, author), beside its incident or in a row below",
            "One record on its own day, with a reference to the incident.",
        ),
        ("An action without a date beside its incident", "Told as the outcome of the incident."),
        ("Linked students", "In the record as people, never whom it is about."),
        ("Categories", "Told as the type of the record, as written."),
        ("Due dates and reviews", "Told beside the record, never as events."),
        ("Only the day it was added", "Taken for the day, and flagged."),
        ("Deleted and draft records", "Flagged as such."),
        ("Records the school restricted", "Withheld: kept in the case, not repeated in outputs."),
        ("A list of concerns without ids or actions", "Not this format: read as any other table."),
    )

    def recognises(self, document: Document) -> bool:
        """By an id with columns or rows of actions; not where another sheet may tell of events."""
        others = [grid for grid in document.grids if log_in(grid) is None]
        return len(others) < len(document.grids) and not any(map(names_a_date, others))

    def read(self, found: Found) -> None:
        """Every sheet that is a log; every other left out row by row."""
        for grid in found.document.grids:
            log = log_in(grid)
            if log is None:
                for line in grid.lines:
                    source = found.source(grid.sheet, line.number)
                    found.leave(source, NO_TABLE.format(grid.sheet), line.cells)
            else:
                Reading(found, log).read()
