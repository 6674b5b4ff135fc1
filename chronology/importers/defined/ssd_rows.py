"""The rows of a table of the Standard Safeguarding Dataset: each date told, or left out aloud."""

from __future__ import annotations

from functools import lru_cache

from chronology.account import Mention, Said
from chronology.dates import read_when
from chronology.dates.standard import DAYS_BY_DEFINITION
from chronology.flags import Flag
from chronology.importers.defined.base import (
    A_DEADLINE,
    NO_DATE,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.sheets import cell_text, is_no_real_date
from chronology.importers.defined.ssd_kinds import (
    CONTINUES,
    CONTINUES_NOWHERE,
    is_no,
    is_yes,
    worker_end,
    worker_start,
)
from chronology.importers.defined.ssd_known import Known, about_whom, mother_and_child, person_of
from chronology.importers.defined.ssd_lists import involvements, parsed
from chronology.importers.defined.ssd_plan import Plan, Row, said_in, show
from chronology.importers.defined.ssd_tables import Dated, Table
from chronology.importers.defined.ssd_words import named, told
from chronology.reading.grid import Line
from chronology.when import When

#: More than any table has columns of dates.
MOST_DATES = 100
TOLD_ALREADY = "Its date stands in another row too and is told there."
HISTORY = "pers_involvement_history_json"
#: A day on which an episode of the person begins.
_BEGINS = "begins"
_WITHHELD = Flag(
    "content-withheld",
    "The record holds an address or a third person's details, which are not repeated.",
)


def tell_rows(found: Found, plan: Plan, known: Known) -> None:
    """Tells every row of a sheet."""
    if not plan.order:
        show(found, plan)
    if any(one.repeats for one in plan.dated):
        _remember(plan, known)
    subjects: dict[str, tuple[Mention, ...]] = {}
    for line in plan.sheet.rows:
        row = plan.row(line)
        number = known.person(plan.table, row)
        about = subjects.get(number)
        if about is None:
            about = subjects[number] = about_whom(row, number)
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
    last = next((one for one in reversed(dates) if not one.repeats), None)
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
        spare = plan.spare(dates) if one is last else ()
        how = told(plan, known, row, (one, *spare), what)
        said: Telling = {
            **common,
            "outcome": how.outcome,
            "event_type_written": how.title,
            "event_type": how.event_type,
            "facts": how.facts,
        }
        if how.flags:
            said["flags"] = (*common["flags"], *how.flags)
        found.tell(source, when, how.narrative, **said)
    if history := row.get(HISTORY):
        part = _tell_history(found, plan, known, line, row, about, parsed(history), part)
    if plan.table.undated or part == first:
        source = found.source(plan.sheet.grid.sheet, line.number, part)
        reason = plan.table.undated or _why_undated(plan.table, row, again=again)
        found.leave(source, reason, plan.cells(line), person=person_of(plan.table, row))


def _tell_history(
    found: Found,
    plan: Plan,
    known: Known,
    line: Line,
    row: Row,
    about: tuple[Mention, ...],
    data: object,
    part: int,
) -> int:
    """The involvements that earlier releases listed beside a person; the next part of the row."""
    for one in involvements(data):
        common = _common(plan, known, line, row, about)
        role = one.get("INVOLVEMENT_TYPE_CODE", "")
        details = (("Role", one.get("INVOLVEMENT_TYPE_DESC") or role),)
        common["professional"] = known.worker(said_in(one.get("WORKER_ID", "")))
        common["reference"] = f"invo_involvements_id {one.get('INVOLVEMENT_ID', '')}"
        for key, kind in (("START_DATE", worker_start), ("END_DATE", worker_end)):
            if not (written := one.get(key, "")):
                continue
            when = read_when(written, evidence=DAYS_BY_DEFINITION)
            source = found.source(plan.sheet.grid.sheet, line.number, part)
            part += 1
            if not when.is_known or is_no_real_date(when):
                found.leave(source, f"{HISTORY}: {why_no_place(when, written)}", plan.cells(line))
                continue
            title, common["event_type"], common["facts"] = named(kind(role))
            common["event_type_written"] = title
            found.tell(source, when, in_lines(title, details), **common)
    return part


def _what(row: Row, one: Dated) -> str:
    """What a date tells of, by the other columns where they decide it."""
    if not one.by:
        return one.fact
    return one.by[1](*(row.get(name, "") for name in one.by[0]))


def _why_not(row: Row, one: Dated, when: When, what: str) -> str:
    """Why a date is not told; "" where it is."""
    if not when.is_known or is_no_real_date(when):
        return why_no_place(when, row[one.column])
    return what[1:] if what.startswith("!") else ""


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
        common["subjects"] = mother_and_child(row)
    return common


@lru_cache(maxsize=256)
def _answer(written: str) -> Said:
    if is_yes(written):
        return Said.YES
    return Said.NO if is_no(written) else Said.NOT_RECORDED


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
                for code in _what(row, one).partition("@")[0].split("+"):
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
