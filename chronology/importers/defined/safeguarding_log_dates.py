"""When an incident of a safeguarding log happened, and when it was added to the log."""

from __future__ import annotations

from dataclasses import replace

from chronology.dates import read_clock
from chronology.flags import Flag
from chronology.importers.defined.base import NO_DATE, NO_REAL_DATE, NOT_A_DATE
from chronology.importers.defined.safeguarding_log_columns import Log
from chronology.importers.defined.sheets import cell_text, is_no_real_date
from chronology.reading.grid import Line
from chronology.when import Precision, When

ONLY_ADDED = Flag(
    "column-uncertain",
    "The log gives only the day on which the record was added; it may have happened earlier.",
)
BEFORE = "The record is dated as added on {}, before the event it tells of ({})."


def dates_of(log: Log, line: Line) -> tuple[When | None, When | None, tuple[Flag, ...], str]:
    """When it happened, when it was added, what to doubt, and why there is no date if so."""
    columns, added = log.at.get("occurred", ()), log.at.get("recorded", ())
    recorded = when_at(log, line, added[0]) if added else None
    recorded = recorded if recorded is not None and recorded.is_known else None
    written = cell_text(line.cells[columns[0]]) if columns else ""
    when = when_at(log, line, columns[0]) if written else None
    if when is not None and when.is_known and not is_no_real_date(when):
        when = clocked(log, line, when)
        if recorded and recorded.start and when.start and recorded.start < when.start:
            text = BEFORE.format(recorded.written.strip(), when.written.strip())
            return when, recorded, (Flag("recorded-before", text),), ""
        return when, recorded, (), ""
    if recorded is not None and not is_no_real_date(recorded) and not written:
        return recorded, recorded, (ONLY_ADDED,), ""
    return None, None, (), no_date(written, when)


def clocked(log: Log, line: Line, when: When) -> When:
    """A day with the time that stands in a cell of its own."""
    columns = log.at.get("clock", ())
    text = cell_text(line.cells[columns[0]]) if columns else ""
    if not text or when.clock is not None or not when.is_exact:
        return when
    clock, flags = read_clock(text, line.stamps.get(columns[0]))
    told = replace(when, written=f"{when.written} {text}", flags=(*when.flags, *flags))
    return told if clock is None else replace(told, precision=Precision.MINUTE, clock=clock)


def when_at(log: Log, line: Line, column: int) -> When:
    """The date in a column."""
    return log.sheet.when(line, log.heading(column))


def no_date(written: str, when: When | None) -> str:
    """Why a cell gives no date."""
    if not written or when is None:
        return NO_DATE
    return (NO_REAL_DATE if is_no_real_date(when) else NOT_A_DATE).format(written[:60])
