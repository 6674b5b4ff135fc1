"""A table ready to be read: which column holds what, and how its dates are to be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chronology.account import Agency, Mention
from chronology.dates import Evidence, Order, settle, weigh
from chronology.importers.agency import Decision
from chronology.importers.base import Importer
from chronology.importers.columns import ColumnReading, doubts_about, read_columns, renamed
from chronology.importers.evidence import Look, look
from chronology.importers.given import Given
from chronology.importers.headings import DATES
from chronology.importers.tables import Table
from chronology.importers.wording import Own
from chronology.reading.grid import Line

#: "Example, Jo" and "EXAMPLE, Jo Ann", but no list of several people ("Jo M, Kit M").
SURNAME_FIRST = re.compile(
    r"(?!\S+ [^\W\d_]\.?, *\S+ [^\W\d_]\.?$)([^,;/&\n(]+), *((?!.*\band\b)[^,;/&\n]+)"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A table and what each of its columns was taken for."""

    table: Table
    columns: tuple[ColumnReading, ...]
    doubts: tuple[str, ...] = ()
    #: field -> its columns from left to right.
    at: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    #: column -> how its dates are to be read.
    evidence: Mapping[int, Evidence] = field(default_factory=dict)
    #: Its column of names holds one person a cell, surname first: "Example, Jo".
    surname_first: bool = False
    #: Whom the titles above it say it is about.
    about: tuple[Mention, ...] = ()
    #: Which organisation the titles above it name.
    organisation: str = ""

    def text(self, line: Line, name: str) -> str:
        """What a row says under a field; several columns each on a line of their own."""
        columns = self.at.get(name)
        if not columns:
            return ""
        if len(columns) == 1:
            return line.cells[columns[0]]
        return "\n".join(text for column in columns if (text := line.cells[column]).strip())

    def first(self, name: str) -> int:
        """The first column of a field; -1 without one."""
        columns = self.at.get(name)
        return columns[0] if columns else -1


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every row of a file."""

    file: str
    sha256: str
    hand_filled: bool
    decision: Decision
    importers: Mapping[Agency, Importer]
    organisation: str = ""
    system: str = ""
    subject: tuple[Mention, ...] = ()
    year: str = ""


def looks_of(table: Table) -> tuple[Look, ...]:
    """How each column of a table looks."""
    return tuple(look(table.lines, column) for column in range(len(table.headings)))


def planned(
    table: Table, looks: Sequence[Look], own: Own, stated: Mapping[int, str] | None
) -> Plan:
    """A table with each column placed: as a mapping states, else by headings and cells."""
    columns = read_columns(
        ["" for _ in table.headings] if table.headless else table.headings, looks, own
    )
    columns = tuple(
        replace(column, heading=heading)
        for column, heading in zip(columns, table.headings, strict=True)
    )
    if stated is not None:
        why = "The mapping says so."
        columns = tuple(renamed(column, stated.get(column.index, ""), why) for column in columns)
    doubts = doubts_about(columns, looks) if stated is None else ()
    at = _places(columns)
    return Plan(
        table,
        columns,
        (*_no_headings(table), *table.notes, *doubts),
        at,
        surname_first=_surname_first(table.lines, at.get("subject", ())),
    )


def dated(plans: Sequence[Plan], given: Given) -> tuple[Plan, ...]:
    """The plans with the order of day and month settled over all date columns of the file."""
    weighed = [_weighed(plan) for plan in plans]
    settled: list[Plan] = []
    for number, (plan, own) in enumerate(zip(plans, weighed, strict=True)):
        others = [e for i, w in enumerate(weighed) for e in w.values() if i != number]
        evidence = {
            column: _as_stated(
                settle(settle(proof, [e for c, e in own.items() if c != column]), others), given
            )
            for column, proof in own.items()
        }
        settled.append(replace(plan, evidence=evidence))
    return tuple(settled)


def _weighed(plan: Plan) -> dict[int, Evidence]:
    return {
        column: _evidence(plan.table.lines, column, name)
        for name in DATES
        for column in plan.at.get(name, ())
    }


def _evidence(lines: Sequence[Line], column: int, name: str) -> Evidence:
    """What a column of dates shows; of dates of birth each counts once, however often it stands."""
    cells = [(line.cells[column], line.stamps.get(column)) for line in lines]
    if name == "subject_born":
        cells = list(dict.fromkeys(cells))
    return weigh([text for text, _ in cells], [stamp for _, stamp in cells])


def _as_stated(evidence: Evidence, given: Given) -> Evidence:
    if not given.date_order:
        return evidence
    words = given.date_order.replace("-", " ")
    proof = f"It was stated for this file that its dates are written {words}."
    return replace(evidence, order=Order(given.date_order), proof=proof)


def _places(columns: Sequence[ColumnReading]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for column in columns:
        if column.field:
            places[column.field] = (*places.get(column.field, ()), column.index)
    return places


def _surname_first(lines: Sequence[Line], columns: Sequence[int]) -> bool:
    """Whether the names of a column are nearly all one comma in one name, not lists of people."""
    cells = {line.cells[column].strip() for line in lines for column in columns} - {""}
    parts = [found for cell in cells if (found := SURNAME_FIRST.fullmatch(cell))]
    if len(parts) < 0.6 * len(cells) or not parts:
        return False
    heads = {found[1] for found in parts} | (cells - {found[0] for found in parts})
    return not any(found[2] in heads for found in parts)


def _no_headings(table: Table) -> tuple[str, ...]:
    where = f"Sheet '{table.sheet}'" if table.sheet else "The file"
    if table.headless:
        doubt = (
            f"{where} has no heading row that this program knows; its columns were taken for what "
            "their cells look like. Check them, or write a mapping."
        )
        return (doubt,)
    if table.continued:
        return (f"{where} has no headings and was read as going on with the table before it.",)
    return ()
