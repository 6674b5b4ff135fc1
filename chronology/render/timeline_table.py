"""The sheet of the timeline: a row for each entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chronology.render.account_cells import details, each, told_by
from chronology.render.columns import (
    PAGES,
    PAGES_WHERE_MARKED,
    RULED_WIDTH,
    SET_COLUMN,
    SIGNIFICANCE,
    TIMELINE_COLUMNS,
)
from chronology.render.counting import counted, nothing, sentence
from chronology.render.marks import BESIDE_FACTS, HANDLING, signed
from chronology.render.shades import SEVERAL
from chronology.render.sheet import FIRST_REAL_DATE, Cell, Column, Row, Table
from chronology.render.shown import ConflictView, EntryView, Shade, TimelineView

#: What stands before the program's reasons where a person decided.
WHAT_IT_SAW = "What the program saw:"


def timeline_table(timeline: TimelineView) -> Table:
    """Every entry, in order."""
    is_marked = any(entry.marks or entry.decided for entry in timeline.entries)
    columns = _timeline_columns(is_marked=is_marked)
    rows = (_entry_row(entry, timeline.shades, is_marked=is_marked) for entry in timeline.entries)
    return Table(
        name="Timeline",
        title=timeline.title,
        sentence=sentence(timeline, f"{counted(len(timeline.entries), 'entry')} in date order."),
        columns=columns,
        rows=tuple(rows) or nothing(columns, "No entries"),
        fixed=2,
        pages=PAGES_WHERE_MARKED if is_marked else PAGES,
        scale=68,
        printed=len(columns) if is_marked else _at(columns, SIGNIFICANCE),
    )


def _timeline_columns(*, is_marked: bool) -> tuple[Column, ...]:
    """The columns; those of a reviewer's marks only where there are any."""
    if not is_marked:
        return TIMELINE_COLUMNS
    before, sure = _at(TIMELINE_COLUMNS, "Agencies"), _at(TIMELINE_COLUMNS, "Confidence")
    return (
        *TIMELINE_COLUMNS[:before],
        SET_COLUMN,
        *TIMELINE_COLUMNS[before:sure],
        replace(TIMELINE_COLUMNS[sure], width=RULED_WIDTH),
        *TIMELINE_COLUMNS[sure + 1 :],
    )


def _at(columns: Sequence[Column], heading: str) -> int:
    return [column.heading for column in columns].index(heading)


def _entry_row(entry: EntryView, shades: dict[str, Shade], *, is_marked: bool) -> Row:
    before: tuple[Cell, ...] = (
        entry.number,
        _date(entry),
        entry.time_text,
        entry.precision,
        *((_set_beside(entry),) if is_marked else ()),
    )
    cells: tuple[Cell, ...] = (
        *before,
        "\n".join(entry.agency_labels),
        entry.age.replace("; ", "\n"),
        "\n".join(entry.who),
        "\n".join(filter(None, (entry.type_label, entry.summary))),
        told_by(entry.accounts),
        entry.outcome,
        "\n\n".join(map(_conflict, entry.conflicts)),
        "\n".join(f"Entry {link.entry_number}: {link.text}" for link in entry.links),
        "\n".join((*entry.ruled, entry.confidence)),
        "\n".join((*_ruled_one(entry), *entry.reasons)),
        each(entry.accounts, details),
        each(entry.accounts, lambda account: account.analysis),
        "\n".join((*entry.flags, *_open_questions(entry))),
        "\n\n".join(map(signed, entry.marked("significant"))),
        "\n\n".join(map(signed, entry.marked("analysis"))),
        "\n".join(account.id for account in entry.accounts),
    )
    return Row(cells, len(before), _shade(entry.agencies, shades))


def _set_beside(entry: EntryView) -> str:
    """Who may see the entry, in capitals, and what was set beside its records."""
    lines = (
        (mark.label.upper() if code in HANDLING else mark.label, mark)
        for code in (*HANDLING, *BESIDE_FACTS)
        for mark in entry.marked(code)
    )
    told = (
        f"{label}{f': {mark.text}' if mark.text else ''} ({mark.signed})" for label, mark in lines
    )
    checks = (line for line in entry.decided if line not in entry.ruled)
    return "\n".join((*told, *checks))


def _ruled_one(entry: EntryView) -> tuple[str, ...]:
    """What goes before the program's reasons where a person decided."""
    if not entry.is_ruled_one:
        return ()
    return ("A person ruled it: see Confidence.", *((WHAT_IT_SAW,) if entry.reasons else ()))


def _date(entry: EntryView) -> Cell:
    """A real date where the entry names one day; otherwise its words."""
    if not entry.is_exact:
        return entry.date_text
    day = date.fromisoformat(entry.iso_start)
    return day if day >= FIRST_REAL_DATE else entry.date_text


def _conflict(conflict: ConflictView) -> str:
    versions = "\n".join(f"{who}: {says}" for who, says in conflict.versions)
    return f"{conflict.about[:1].upper()}{conflict.about[1:]}\n{versions}"


def _open_questions(entry: EntryView) -> tuple[str, ...]:
    if not entry.questions:
        return ()
    return (f"{counted(entry.questions, 'pair')} to review.",)


def _shade(agencies: Sequence[str], shades: dict[str, Shade]) -> Shade:
    return shades[agencies[0]] if len(agencies) == 1 else SEVERAL
