"""Invented exports and cases for the tests of the case file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl

from chronology.case import Wishes
from chronology.casefile import Added, CaseFile

WHO = ("A. Worker", "2026-05-03T10:00:00")
LATER = ("B. Chair", "2026-06-07T11:30:00")
HEADINGS = ("Occurrence No", "Date", "Time", "Subject", "Type", "Details", "Officer", "Grade")


@dataclass(frozen=True)
class Row:
    """One row of a police export."""

    ref: str
    day: str
    details: str
    time: str = "10:15"
    officer: str = "PC 2001 Marlow"
    kind: str = "Domestic incident"
    grade: str = "2"

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            *(self.ref, self.day, self.time, "Jo EXAMPLE", self.kind),
            *(self.details, self.officer, self.grade),
        )

    def but(self, **changes: str) -> Row:
        return replace(self, **changes)


ROWS = (
    Row("", "04/01/2021", "Called to the address; loud argument heard by a neighbour."),
    Row("", "19/02/2021", "Child found alone in the park and taken home to her mother."),
    Row("", "23/03/2021", "Mother reports that her phone was taken and later given back."),
    Row("", "28/04/2021", "Officers saw Jo at school; no disclosure was made.", kind="Visit"),
    Row("", "13/05/2021", "Neighbour reports shouting; all quiet when officers arrived."),
    Row("", "30/06/2021", "Welfare check asked for by the school. Nobody in."),
)


def write_csv(path: Path, rows: Iterable[Row], headings: Sequence[str] = HEADINGS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *(row.cells for row in rows)])
    return path


def write_xlsx(path: Path, rows: Iterable[Row]) -> Path:
    """The same table as a workbook, every cell text."""
    book = openpyxl.Workbook()
    for cells in (HEADINGS, *(row.cells for row in rows)):
        book.active.append(cells)
    book.save(path)
    return path


def a_case(folder: Path, rows: Iterable[Row] = ROWS, name: str = "police_log.csv") -> CaseFile:
    """A case with one export."""
    case = CaseFile.create(folder / "jo.chronology", "Jo E.", "OFFICIAL", *WHO)
    added(case, write_csv(folder / name, rows))
    return case


def added(case: CaseFile, *paths: Path) -> Added:
    return case.add(paths, Wishes(), *LATER)


def counts(done: Added) -> tuple[int, int, int, int]:
    """New, unchanged, changed, withdrawn."""
    return (done.new, done.unchanged, done.changed, done.withdrawn)


def by_details(case: CaseFile, beginning: str) -> str:
    """The id of the one record that begins so."""
    (found,) = [a.id for a in case.accounts() if a.narrative.startswith(beginning)]
    return found
