"""A table of the Standard Safeguarding Dataset as it stands in a sheet: columns, cells, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import lru_cache

from chronology.dates import Evidence, Order, read_when, settle, weigh
from chronology.flags import Flag
from chronology.importers.columns import ColumnReading
from chronology.importers.defined.base import Cells, Found
from chronology.importers.defined.sheets import SHOWN, Sheet, cell_text
from chronology.importers.defined.ssd_lists import parsed
from chronology.importers.defined.ssd_tables import TABLES, Dated, Table
from chronology.importers.findings import Layout
from chronology.reading.grid import Line
from chronology.when import When

WITHHELD = "(withheld)"
#: What extracts write where they have nothing to give.
PLACEHOLDERS = frozenset({"ssd_ph", "placeholder_data", "-1"})
#: Columns that name a person: who it is stands with each record, so they are not told beside it.
NAMING = ("pers_forename", "pers_surname", "pers_dob", "pers_upn", "pers_single_unique_id")
#: What the cells of a row say, by column.
Row = Mapping[str, str]
_ALL_WITHHELD = frozenset(name for table in TABLES for name in table.withheld)
_ADDRESS = re.compile(r"post_?code|address|uprn", re.IGNORECASE)
_UNKNOWN_DAY = re.compile(r"(?:[zx]{2}/){1,2}", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_DAY_FIRST = Evidence(Order.DAY_FIRST, "The format defines that its dates are written day first.")


@dataclass(frozen=True, slots=True)
class Told:
    """How a date is told."""

    narrative: str
    title: str
    event_type: str
    facts: tuple[str, ...]
    outcome: str
    flags: tuple[Flag, ...]


@dataclass(slots=True)
class Plan:
    """A sheet as it is read: each of the table's columns by where it stands."""

    sheet: Sheet
    table: Table
    dated: tuple[Dated, ...]
    #: Columns that no date tells: numbers of other records, and what the tables do not define.
    beside: tuple[tuple[str, int], ...]
    withheld: tuple[str, ...]
    hidden: tuple[int, ...]
    headings: tuple[str, ...]
    #: Which table of the sheet, where it holds the columns of several.
    order: int = 0
    #: Dates told of a person: (person, fact, day).
    told: set[tuple[str, str, object]] = field(default_factory=set)
    weighed: dict[int, Evidence] = field(default_factory=dict)
    #: What rows that say the same are told as.
    telling: dict[tuple[str, ...], Told] = field(default_factory=dict)

    @staticmethod
    def of(sheet: Sheet, table: Table, order: int = 0) -> Plan:
        """What a table's columns are in this sheet."""
        at = sheet.at
        named = (*_told_columns(table), *NAMING)
        placed = {at[name] for name in named if name in at}
        headings = tuple(cell.strip() for cell in sheet.heading.cells)
        known = {place: name for name, place in at.items()}
        hidden = tuple(i for i, h in enumerate(headings) if _is_withheld(known.get(i, ""), h))
        placed.update(hidden)
        beside = tuple((h, i) for i, h in enumerate(headings) if h and i not in placed)
        dated = tuple(one for one in table.dated if one.column in at)
        return Plan(
            *(sheet, table, dated, beside),
            *(tuple(headings[i] for i in hidden), hidden, headings, order),
        )

    def row(self, line: Line) -> Row:
        """What the cells of a row say, by column; no more than those that say anything."""
        cells = line.cells
        return {
            name: text for name, place in self.sheet.at.items() if (text := said_in(cells[place]))
        }

    def when(self, line: Line, column: str) -> When:
        """The date of a column; a month or a year where the day was not known ("zz/03/2015")."""
        place = self.sheet.at[column]
        stamp = line.stamps.get(place)
        text = cell_text(line.cells[place])
        key = (place, text, type(stamp), stamp)
        read = self.sheet.dates.get(key)
        if read is None:
            read = self.sheet.dates[key] = self._read(line, place, text)
        return read

    def _read(self, line: Line, place: int, text: str) -> When:
        if _UNKNOWN_DAY.match(text):
            known = read_when(_UNKNOWN_DAY.sub("", text), evidence=_DAY_FIRST)
            return When(text, known.precision, known.start, known.end, flags=known.flags)
        if (data := parsed(text)) is not None:
            return _from_parts(text, data)
        return read_when(text, stamp=line.stamps.get(place), evidence=self._weighed(place))

    def _weighed(self, place: int) -> Evidence:
        """How a column's dates are read: databases write days with 00:00 behind them."""
        if place not in self.weighed:
            rows = self.sheet.rows
            cells = list(dict.fromkeys((row.cells[place], row.stamps.get(place)) for row in rows))
            own = settle(weigh([t for t, _ in cells], [s for _, s in cells]), (_DAY_FIRST,))
            clocks = {clock[0] for text, _ in cells if (clock := _CLOCK.search(text))}
            timed = any(clock.strip("0:.") for clock in clocks) or any(
                isinstance(s, datetime) and s.time() != time(0) for _, s in cells
            )
            self.weighed[place] = own if timed else replace(own, midnight_means_day=True)
        return self.weighed[place]

    def spare(self, given: Sequence[Dated]) -> tuple[Dated, ...]:
        """The dates of the table that a row does not give: what belongs to them is told too."""
        return tuple(one for one in self.table.dated if one not in given and not one.repeats)

    def raw(self, line: Line) -> Cells:
        """Every cell under its heading."""
        if all(self.headings):
            return tuple(zip(self.headings, line.cells, strict=False))
        return tuple((h, t) for h, t in zip(self.headings, line.cells, strict=False) if h or t)

    def cells(self, line: Line) -> Sequence[str]:
        """The cells of a row that is left out; what is withheld is not repeated there either."""
        if not self.hidden:
            return line.cells
        return [
            WITHHELD if i in self.hidden and text.strip() else text
            for i, text in enumerate(line.cells)
        ]


def _is_withheld(name: str, heading: str) -> bool:
    """Whether a column is withheld: by its table, or an address that no table defines."""
    return name in _ALL_WITHHELD if name else bool(_ADDRESS.search(heading))


def _told_columns(table: Table) -> set[str]:
    """The columns of a table that an account tells in words or withholds."""
    told = {table.key, table.person, table.worker, table.seen, table.alone, *table.withheld}
    for one in table.dated:
        told.add(one.column)
        told.update(column for _, column, _ in one.details)
        told.update(column for column, _ in one.outcome)
    return told | {column for _, column, _ in table.due}


@lru_cache(maxsize=65_536)
def said_in(cell: str) -> str:
    """What a cell says; "" where it says nothing or holds what stands for nothing."""
    text = cell_text(cell)
    return "" if text.casefold() in PLACEHOLDERS else text


def _from_parts(text: str, data: object) -> When:
    """A date written as its parts: {"ORDERYEAR": "2015", "ORDERMONTH": "3", "ORDERDATE": ""}."""
    said = (
        {key.upper(): str(value) for key, value in data.items()} if isinstance(data, dict) else {}
    )
    found = [
        next((v for k, v in said.items() if k.endswith(ends) and v.isdigit()), "")
        for ends in (("DATE", "DAY"), ("MONTH",), ("YEAR",))
    ]
    while found and not found[0]:
        found.pop(0)
    known = read_when("/".join(found), evidence=_DAY_FIRST)
    return When(text, known.precision, known.start, known.end, flags=known.flags)


def show(found: Found, plan: Plan) -> None:
    """Tells what each column was taken for."""
    table, sheet = plan.table, plan.sheet
    fields = {table.key: "reference", table.person: "subject_id", table.worker: "professional"}
    fields |= {one.column: "occurred" for one in table.dated}
    fields |= {table.seen: "child_seen", table.alone: "child_alone"}
    fields |= {column: "outcome" for one in table.dated for column, _ in one.outcome}
    by_place = {place: fields.get(name, "") for name, place in sheet.at.items()}
    columns = tuple(
        ColumnReading(i, heading, by_place.get(i, ""), 1.0, "Defined.")
        for i, heading in enumerate(plan.headings)
    )
    first = tuple(tuple(plan.cells(line)) for line in sheet.rows[:SHOWN])
    found.layouts.append(Layout(sheet.grid.sheet, (sheet.heading.number,), columns, (), first))
    found.apart(sheet.grid.sheet, sheet.heading.number, " | ".join(filter(None, plan.headings)))
