"""When a row says it occurred, by its own cells and by the lines above it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chronology.account import Mention
from chronology.dates import heading_says, read_when, says_as_above, weigh
from chronology.flags import Flag
from chronology.importers.headings import CLOCKS
from chronology.importers.people_cells import stated_subject
from chronology.importers.plan import Plan, Setting
from chronology.importers.sorting import Sort
from chronology.importers.titles import section_name
from chronology.reading.grid import Line, Stamp
from chronology.when import Precision, When

SECTIONS = (Sort.SECTION, Sort.DATE_SECTION, Sort.DAY_SECTION)
#: What the dates of a table without a date column show.
NOTHING_SHOWN = weigh(())
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
#: Two figures of a year from here on are 19xx.
LAST_CENTURY = 60


@dataclass(frozen=True, slots=True)
class Above:
    """What lines above say for a row: the last date, the year or month, the child's section."""

    date: tuple[str, Stamp | None, int] | None = None
    heading: str = ""
    #: The last date is a heading over these rows.
    headed: bool = False
    section: tuple[Mention, ...] = ()
    #: The year is no heading's, but stated for the whole file.
    is_year_stated: bool = False


NOTHING_ABOVE = Above()


def occurred(plan: Plan, setting: Setting, line: Line, above: Above) -> tuple[When, Above]:
    """The date of a row, and what the next row may point back to."""
    text, stamp = _date_cell(plan, line)
    column = plan.first("occurred")
    if text.strip() and not says_as_above(text):
        when = _when(plan, line, "occurred", text, stamp, above=above)
        if column in line.filled:
            when = when.flagged(_merged(text))
        if _says_nothing(when):
            return _as_reported(plan, line, when), above
        return when, replace(above, date=(text, stamp, line.number), headed=False)
    if above.date and (says_as_above(text) or setting.hand_filled or above.headed):
        source, stamp, row = above.date
        when = _when(plan, line, "occurred", source, stamp, above=above)
        own = " ".join(filter(None, (text.strip(), plan.text(line, "occurred_time").strip())))
        return replace(when, written=own).flagged(_as_above(text, source, row)), above
    when = _when(plan, line, "occurred", text, None, above=above)
    return (when if when.is_known else _as_reported(plan, line, when)), above


def other_date(plan: Plan, line: Line, name: str) -> When | None:
    """Another date of a row, such as when it was recorded; None where it gives none."""
    column = plan.first(name)
    if column < 0 or not line.cells[column].strip():
        return None
    return _when(plan, line, name, line.cells[column], line.stamps.get(column))


def below_section(plan: Plan, line: Line, kind: Sort, above: Above) -> Above:
    """What holds for the rows below a section row."""
    text = lone_words(line).strip()
    if kind is Sort.DATE_SECTION:
        heading = heading_says(text, heading_says(above.heading))
        stated = above.is_year_stated and not heading_says(text)
        return replace(above, date=None, headed=False, heading=heading, is_year_stated=stated)
    if kind is Sort.DAY_SECTION:
        return replace(above, date=(text, _lone_stamp(line), line.number), headed=True)
    named = "" if {"subject", "subject_surname"} & plan.at.keys() else section_name(text)
    return replace(
        above, date=None, headed=False, section=stated_subject(named, "") or above.section
    )


def lone_words(line: Line) -> str:
    """The first cell of a row that holds anything."""
    return next(cell for cell in line.cells if cell.strip())


def _lone_stamp(line: Line) -> Stamp | None:
    return next(iter(line.stamps.values()), None)


def _says_nothing(when: When) -> bool:
    """Whether a date cell says that no date is known, and nothing else."""
    return not when.is_known and {flag.code for flag in when.flags} == {"date-missing"}


def _as_reported(plan: Plan, line: Line, blank: When) -> When:
    """On or before the day it was reported, where the row gives that and no date of event."""
    reported = other_date(plan, line, "known")
    if reported is None or reported.end is None:
        return blank
    heading = plan.table.headings[plan.first("known")].strip()
    written = f"{heading}: {reported.written.strip()}" if heading else reported.written
    said = blank.written.strip()
    return When(
        f"{said} ({written})" if said else written,
        Precision.BEFORE,
        end=reported.end,
        flags=(_reported_only(said, written), *reported.flags),
    )


def _reported_only(said: str, written: str) -> Flag:
    lacks = f"says '{said}'" if said else "is blank"
    return Flag(
        "date-reported-only",
        f"The date of event {lacks}. The record stands at the day it was reported ('{written}'); "
        "what it tells of happened then or before.",
    )


def _as_above(text: str, source: str, row: int) -> Flag:
    what = f"says '{text.strip()}'" if text.strip() else "is blank"
    return Flag(
        "date-as-above",
        f"The date cell {what}; the date above it, '{source.strip()}' in row {row}, was taken.",
    )


def _merged(text: str) -> Flag:
    return Flag(
        "date-merged-cell", f"The date '{text.strip()}' stands in a cell merged over several rows."
    )


def _date_cell(plan: Plan, line: Line) -> tuple[str, Stamp | None]:
    column = plan.first("occurred")
    if column >= 0 and line.cells[column].strip():
        return line.cells[column], line.stamps.get(column)
    parts = [plan.text(line, f"occurred_{part}").strip() for part in ("day", "month", "year")]
    return (_spelt(*parts), None) if any(parts) else ("", None)


def _spelt(day: str, month: str, year: str) -> str:
    """Three cells as one date that cannot be read in another order."""
    number = int(month) if month.isdecimal() and len(month) <= 2 else 0
    if number > len(MONTHS):
        return f"day {day}, month {month}, year {year}"
    if number:
        month = MONTHS[number - 1]
    if year.isdecimal() and len(year) <= 2:
        year = str(int(year) + (2000 if int(year) < LAST_CENTURY else 1900))
    return " ".join(part for part in (day, month, year) if part)


def _when(
    plan: Plan,
    line: Line,
    name: str,
    text: str,
    stamp: Stamp | None,
    *,
    above: Above = NOTHING_ABOVE,
) -> When:
    clock, end = plan.first(CLOCKS.get(name, "")), plan.first("occurred_end")
    end_clock = plan.first("occurred_end_time")
    ends = name == "occurred"
    return read_when(
        text,
        stamp=stamp,
        evidence=plan.evidence.get(plan.first(name), NOTHING_SHOWN),
        clock_text=_cell(line, clock),
        clock_stamp=line.stamps.get(clock),
        end_text=_cell(line, end) if ends else "",
        end_stamp=line.stamps.get(end) if ends else None,
        end_clock_text=_cell(line, end_clock) if ends else "",
        heading=above.heading,
        is_year_stated=above.is_year_stated,
    )


def _cell(line: Line, column: int) -> str:
    return line.cells[column] if column >= 0 else ""
