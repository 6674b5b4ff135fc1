"""School attendance registers: marks of sessions, told as spells of absence and lateness.

A register holds some 380 marks of a child in a year. Sessions that follow one another with one code
are one record; sessions at which the child was present are counted in a line left out for each
child and school year, with every mark kept as it was written.
"""

from __future__ import annotations

from typing import ClassVar

from chronology.account import Agency
from chronology.importers.defined.attendance_marks import Sum
from chronology.importers.defined.attendance_rows import Reading
from chronology.importers.defined.attendance_tables import table_in
from chronology.importers.defined.base import (
    Format,
    Found,
)
from chronology.importers.defined.sheets import (
    names_a_date,
)
from chronology.reading.grid import Document, Grid

NO_TABLE = (
    "The sheet '{}' is no register of marks, so its rows were not read. To have them read, save"
    " the sheet as a file of its own."
)
#: Kinds of file that hold tables and nothing between them.
TABLES = frozenset({"csv", "xlsx", "xls", "ods"})


class Attendance(Format):
    """Marks become spells; what is no absence is counted, and the counts balance."""

    name: ClassVar[str] = "attendance"
    title: ClassVar[str] = "School attendance register (marks of sessions)"
    agency: ClassVar[Agency] = Agency.EDUCATION
    system: ClassVar[str] = "Attendance register"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        (("A row for each session or day, a string of marks from a start date, a column for each"
         " day or session, a row for each week"), "Recognised by the headings and the marks."),
        ("Absences (C, C1, C2, E, G, I, J1, M, N, O, Q, R, S, T, Y1 to Y7 and retired codes)",
         ("Sessions that follow one another with one code are one record, from the first to the"
         " last day; a spell ends where the child attended, where the code changes, where a school"
         " day has no mark, and where more than four days hold no session.")),
        ("Lateness (L, U)", "Latenesses on school days that follow one another are one record."),
        ("Present, educated elsewhere (/ \\ B D K P V W), closed or not required (# X Z), no mark",
         "Counted in one line left out for each child and school year, every mark kept."),
        ("Codes", ("Those in use from 19 August 2024 and those retired then; a retired code on a"
                  " later day is flagged, an unknown one is told as it stands.")),
        ("Marks of a string", ("Dated by counting two a day. Where marks stand on what would be"
                              " weekends, Monday to Friday is counted, and flagged.")),
        ("Comments, minutes late", "Told with the session they stand beside."),
        ("Address, telephone, e-mail", "Withheld: kept, not repeated in outputs."),
        ("Other sheets", "Left out, saying so."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """By headings and marks; not where another sheet may tell of events."""
        if document.kind not in TABLES:
            return False
        others = [grid for grid in document.grids if table_in(grid) is None]
        return len(others) < len(document.grids) and not any(map(names_a_date, others))

    def read(self, found: Found) -> None:
        """Every sheet of marks, and every other sheet left out."""
        total = Sum()
        for grid in found.document.grids:
            table = table_in(grid)
            if table is None:
                _other_sheet(found, grid)
            else:
                Reading(found, table, total).read()
        found.notes.append(total.note())


def _other_sheet(found: Found, grid: Grid) -> None:
    for line in grid.lines:
        found.leave(found.source(grid.sheet, line.number), NO_TABLE.format(grid.sheet), line.cells)
