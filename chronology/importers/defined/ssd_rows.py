"""The rows of a table of the Standard Safeguarding Dataset: each date told, or left out aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import lru_cache

from chronology.account import Identifier, Mention, Said
from chronology.dates import Evidence, Order, read_when, settle, weigh
from chronology.dates.standard import read_standard
from chronology.flags import Flag
from chronology.importers.columns import ColumnReading
from chronology.importers.defined.base import (
    A_DEADLINE,
    NO_DATE,
    NO_REAL_DATE,
    NOT_A_DATE,
    Cells,
    Found,
    Telling,
    child,
    in_lines,
)
from chronology.importers.defined.sheets import Sheet, cell_text, is_no_real_date, plain
from chronology.importers.defined.ssd_kinds import (
    CONTINUES,
    CONTINUES_NOWHERE,
    is_no,
    is_yes,
    shown,
)
from chronology.importers.defined.ssd_lists import factors, outcomes, parsed, plans
from chronology.importers.defined.ssd_tables import Dated, Table
from chronology.importers.findings import Layout
from chronology.reading.grid import Line
from chronology.vocabulary.facts import fact
from chronology.when import When

SHOWN = 3
#: More than any table has columns of dates.
MOST_DATES = 20
#: Ways in which rows of a sheet are told that are kept for the next row that says the same.
MOST_TOLD = 50_000
WITHHELD = "(withheld)"
TOLD_ALREADY = "Its date stands in another row too and is told there."
#: What extracts write where they have nothing to give.
PLACEHOLDERS = frozenset({"ssd_ph", "placeholder_data", "-1"})
_WITHHELD = Flag(
    "content-withheld",
    "The record holds an address or a third person's details, which are not repeated.",
)
#: A day on which an episode of the person begins.
_BEGINS = "begins"
_KINDS = {"nhs": "nhs", "upn": "upn", "unique pupil": "upn"}
_UNKNOWN_DAY = re.compile(r"(?:[zx]{2}/){1,2}", re.IGNORECASE)
_GOES_ON = Flag(
    "episode-next-missing",
    "The episode is said to go on in another, but no row of the file begins that day.",
)
#: What the cells of a row say, by column.
Row = Mapping[str, str]
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_DAY_FIRST = Evidence(Order.DAY_FIRST, "The format defines that its dates are written day first.")


@dataclass(frozen=True, slots=True)
class _Told:
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
    telling: dict[tuple[str, ...], _Told] = field(default_factory=dict)

    @staticmethod
    def of(sheet: Sheet, table: Table, order: int = 0) -> Plan:
        """What a table's columns are in this sheet."""
        at = sheet.at
        placed = {at[name] for name in _told_columns(table) if name in at}
        hidden = tuple(at[name] for name in table.withheld if name in at)
        headings = tuple(cell.strip() for cell in sheet.heading.cells)
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
            name: text for name, place in self.sheet.at.items() if (text := _said(cells[place]))
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


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables of one file say of each other: whose a record is, who a worker is."""

    whose: Mapping[tuple[str, str], str]
    workers: Mapping[str, str]
    teams: Mapping[str, str]
    factors: Mapping[str, str]
    pointing: tuple[tuple[str, str, str], ...]

    @staticmethod
    def of(plans: Sequence[Plan], pointing: tuple[tuple[str, str, str], ...]) -> Known:
        """What the sheets of a file hold together."""
        whose: dict[tuple[str, str], str] = {}
        for _, key, person in dict.fromkeys(pointing):
            for pair in _pairs(plans, key, person):
                whose.setdefault((key, pair[0]), pair[1])
        return Known(
            whose,
            dict(_pairs(plans, "prof_professional_id", "prof_professional_name")),
            dict(_pairs(plans, "dept_team_id", "dept_team_name")),
            dict(_pairs(plans, "cinf_assessment_id", "cinf_assessment_factors_json")),
            pointing,
        )

    def person(self, table: Table, row: Row) -> str:
        """The number of the person whose row it is; "" where no table of the file says it."""
        own = row.get(table.person)
        if own:
            return own
        for column, beside in row.items():
            if column.endswith("_person_id"):
                return beside
        for pointer, key, person in self.pointing:
            number = row.get(pointer)
            if number and (found := self._led(key, number, person)):
                return found
        return ""

    def _led(self, key: str, number: str, column: str) -> str:
        """Follows a number from table to table until it is a person's."""
        value = self.whose.get((key, number), "")
        if not value or column.endswith("_person_id"):
            return value
        for pointer, further, person in self.pointing:
            if pointer == column:
                return self._led(further, value, person)
        return ""

    def worker(self, written: str) -> str:
        """A worker by name where the file lists the number, else as the record names them."""
        if not written:
            return ""
        name = self.workers.get(written)
        if name:
            return f"{name} [{written}]"
        return f"Worker ID {written}" if any(ch.isdigit() for ch in written) else written


def _told_columns(table: Table) -> set[str]:
    """The columns of a table that an account tells in words or withholds."""
    told = {table.key, table.person, table.worker, table.seen, table.alone, *table.withheld}
    for one in table.dated:
        told.add(one.column)
        told.update(column for _, column, _ in one.details)
        told.update(column for column, _ in one.outcome)
    return told | {column for _, column, _ in table.due}


def _pairs(plans: Sequence[Plan], key: str, value: str) -> Iterable[tuple[str, str]]:
    for plan in plans:
        if key in plan.sheet.at and value in plan.sheet.at:
            places = plan.sheet.at[key], plan.sheet.at[value]
            for line in plan.sheet.rows:
                pair = _said(line.cells[places[0]]), _said(line.cells[places[1]])
                if all(pair):
                    yield pair


@lru_cache(maxsize=65_536)
def _said(cell: str) -> str:
    """What a cell says; "" where it says nothing or holds what stands for nothing."""
    text = cell_text(cell)
    return "" if text.casefold() in PLACEHOLDERS else text


def tell_rows(found: Found, plan: Plan, known: Known) -> None:
    """Tells every row of a sheet."""
    if not plan.order:
        _show(found, plan)
    if any(one.repeats for one in plan.dated):
        _remember(plan, known)
    subjects: dict[str, tuple[Mention, ...]] = {}
    for line in plan.sheet.rows:
        row = plan.row(line)
        number = known.person(plan.table, row)
        about = subjects.get(number)
        if about is None:
            about = subjects[number] = child(number)
        _tell_row(found, plan, known, line, row, number, about)


def _tell_row(
    found: Found,
    plan: Plan,
    known: Known,
    line: Line,
    row: Row,
    number: str,
    about: tuple[Mention, ...],
) -> None:
    first = part = plan.order * MOST_DATES
    dates = [one for one in plan.dated if one.column in row]
    common = _common(plan, known, line, row, about) if dates else {}
    again = False
    for one in dates:
        when = plan.when(line, one.column)
        if one.repeats and _is_told(plan, number, one, when):
            again = True
            continue
        source = found.source(plan.sheet.grid.sheet, line.number, part)
        part += 1
        what = _what(row, one)
        if what == CONTINUES and (number, _BEGINS, when.start) not in plan.told:
            what = CONTINUES_NOWHERE
        why = _why_not(row, one, when, what)
        if why:
            found.leave(source, f"{one.column}: {why}", plan.cells(line))
            continue
        spare = plan.spare(dates) if one is dates[-1] else ()
        told = _told(plan, known, row, (one, *spare), what)
        said: Telling = {
            **common,
            "outcome": told.outcome,
            "event_type_written": told.title,
            "event_type": told.event_type,
            "facts": told.facts,
        }
        if told.flags:
            said["flags"] = (*common["flags"], *told.flags)
        found.tell(source, when, told.narrative, **said)
    if plan.table.undated or part == first:
        source = found.source(plan.sheet.grid.sheet, line.number, part)
        reason = plan.table.undated or _why_undated(plan.table, row, again=again)
        found.leave(source, reason, plan.cells(line), person=_person(plan.table, row))


def _what(row: Row, one: Dated) -> str:
    """What a date tells of, by the other columns where they decide it."""
    if not one.by:
        return one.fact
    return one.by[1](*(row.get(name, "") for name in one.by[0]))


def _why_not(row: Row, one: Dated, when: When, what: str) -> str:
    """Why a date is not told; "" where it is."""
    if not when.is_known or is_no_real_date(when):
        why = NO_REAL_DATE if when.is_known else NOT_A_DATE
        return why.format(row[one.column][:60])
    return what[1:] if what.startswith("!") else ""


def _told(plan: Plan, known: Known, row: Row, dated: tuple[Dated, ...], what: str) -> _Told:
    """How a date is told; rows that say the same in the columns asked are told alike."""
    asked = [column for one in dated for column in one.asked]
    key = (what, *(one.column for one in dated), *(row.get(column, "") for column in asked))
    key += tuple(row.get(column, "") for _, column, _ in plan.table.due)
    if known.factors and what == "assessment-authorised":
        key += (known.factors.get(row.get(plan.table.key, ""), ""),)
    told = plan.telling.get(key)
    if told is None:
        told = _worded(plan, known, row, dated, what)
        if len(plan.telling) < MOST_TOLD:
            plan.telling[key] = told
    return told


def _worded(plan: Plan, known: Known, row: Row, dated: tuple[Dated, ...], what: str) -> _Told:
    details: dict[str, str] = {}
    flags: list[Flag] = []
    outcome = ""
    for one in dated:
        for label, column, codes in one.details:
            if label not in details and (written := row.get(column)):
                details[label], doubts = _detail(known, codes, written)
                flags.extend(doubts)
        for column, codes in one.outcome:
            if not outcome and (written := row.get(column)):
                outcome, doubts = _detail(known, codes, written)
                flags.extend(doubts)
    for label, column, codes in plan.table.due:
        if written := row.get(column):
            details[label], _ = _detail(known, codes, written)
    if what == "assessment-authorised":
        listed = known.factors.get(row.get(plan.table.key, ""), "")
        details["Factors"], doubts = factors(listed)
        flags.extend(doubts)
    title, event_type, facts = _named(what)
    if what == CONTINUES_NOWHERE:
        flags.append(_GOES_ON)
    narrative = in_lines(title, details.items())
    return _Told(narrative, title, event_type, facts, outcome, tuple(flags))


def _named(what: str) -> tuple[str, str, tuple[str, ...]]:
    """Title, type and fact codes of what a date tells of."""
    if "|" in what:
        title, _, event_type = what.partition("|")
        return title, event_type, ()
    codes = tuple(what.split("+"))
    return fact(codes[0]).title, fact(codes[0]).event_type, codes


def _detail(known: Known, codes: str, written: str) -> tuple[str, tuple[Flag, ...]]:
    if codes == "outcomes":
        return outcomes(written)
    if codes == "plans":
        return plans(written)
    if codes == "team":
        return known.teams.get(written, written), ()
    if codes == "date":
        return _day(written), ()
    return shown(codes, written)


def _day(written: str) -> str:
    """A due date as a person reads it; as written where it is not plain."""
    when = read_standard(written)
    if when.start and when.start == when.end and not is_no_real_date(when):
        return f"{when.start:%d/%m/%Y}"
    return written


def _common(plan: Plan, known: Known, line: Line, row: Row, about: tuple[Mention, ...]) -> Telling:
    """What holds for every date of a row."""
    table = plan.table
    key = row.get(table.key)
    common: Telling = {
        "raw": plan.raw(line),
        "flags": line.flags,
        "reference": f"{table.key} {key}" if key else "",
        "subjects": about,
    }
    if table.worker:
        common["professional"] = known.worker(row.get(table.worker, ""))
    if table.seen:
        common["child_seen"] = _answer(row.get(table.seen, ""))
        common["child_alone"] = _answer(row.get(table.alone, ""))
    if plan.beside:
        common["other"] = tuple(
            (h, line.cells[i]) for h, i in plan.beside if cell_text(line.cells[i])
        )
    if any(line.cells[i].strip() for i in plan.hidden):
        common["withheld"] = plan.withheld
        common["flags"] = (*line.flags, _WITHHELD)
    if table.prefix == "moth":
        common["subjects"] = _mother_and_child(row)
    return common


def _mother_and_child(row: Row) -> tuple[Mention, ...]:
    number, born = row.get("moth_childs_person_id", ""), row.get("moth_childs_dob", "")
    return (
        *child(number, born=born, role="child"),
        *child(row.get("moth_person_id", ""), role="mother"),
    )


@lru_cache(maxsize=256)
def _answer(written: str) -> Said:
    if is_yes(written):
        return Said.YES
    return Said.NO if is_no(written) else Said.NOT_RECORDED


def _person(table: Table, row: Row) -> Mention | None:
    """Whom a row of persons or of identifiers names by a number."""
    number = row.get(table.person)
    mention: tuple[Mention, ...] = ()
    if table.prefix == "pers" and number:
        name = f"{row.get('pers_forename', '')} {row.get('pers_surname', '')}".strip()
        born = row.get("pers_dob", "")
        upn, nhs = row.get("pers_upn", ""), row.get("pers_single_unique_id", "")
        if name or born or upn or nhs:
            mention = child(number, name=name, born=born, upn=upn, nhs=nhs)
    if table.prefix == "send" and number and (upn := row.get("send_upn", "")):
        mention = child(number, upn=upn)
    if table.prefix == "link" and number and (value := row.get("link_identifier_value")):
        said = plain(row.get("link_identifier_type", ""))
        kind = next((kind for word, kind in _KINDS.items() if word in said), "")
        mention = child(number, others=(Identifier(kind, value),)) if kind else ()
    return mention[0] if mention else None


def _why_undated(table: Table, row: Row, *, again: bool) -> str:
    if again:
        return TOLD_ALREADY
    for _, column, _ in table.due:
        if column in row:
            return f"{column}: {A_DEADLINE}"
    return NO_DATE


def _remember(plan: Plan, known: Known) -> None:
    """The dates that other columns of the sheet tell, so that one which repeats them adds none."""
    begun = plan.dated[0].column
    for line in plan.sheet.rows:
        row = plan.row(line)
        number = known.person(plan.table, row)
        if begun in row:
            plan.told.add((number, _BEGINS, plan.when(line, begun).start))
        for one in plan.dated:
            if not one.repeats and one.column in row:
                for code in _what(row, one).split("+"):
                    plan.told.add((number, code, plan.when(line, one.column).start))


def _is_told(plan: Plan, number: str, one: Dated, when: When) -> bool:
    """Whether it is told already; from now on it is."""
    if not number or when.start is None:
        return False
    key = (number, one.fact, when.start)
    if key in plan.told:
        return True
    plan.told.add(key)
    return False


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


def _show(found: Found, plan: Plan) -> None:
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
