"""The sheet of the timeline: a row for each entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from chronology.render.account_cells import details, each, told_by
from chronology.render.columns import (
    ANALYSIS,
    OPINION_COLUMNS,
    PRINTED_COLUMNS,
    PRINTED_WIDTH,
    RECORD_IDS,
    RULED_WIDTH,
    SCREEN_COLUMNS,
    SET_COLUMN,
    SIGNIFICANCE,
)
from chronology.render.counting import counted, nothing, sentence
from chronology.render.linked import in_short
from chronology.render.marks import BESIDE_FACTS, HANDLING, signed
from chronology.render.shades import SEVERAL
from chronology.render.sheet import FIRST_REAL_DATE, Cell, Column, Row, Table
from chronology.render.shown import ConflictView, EntryView, LinkView, Shade, TimelineView

#: What stands before the program's reasons where a person decided.
WHAT_IT_SAW = "What the program saw:"


def timeline_table(timeline: TimelineView) -> Table:
    """Every entry, in order."""
    is_marked = any(entry.marks or entry.decided for entry in timeline.entries)
    told = [_cells(entry) for entry in timeline.entries]
    filled = frozenset(
        c.heading for c in OPINION_COLUMNS if any(cells[c.heading] for cells in told)
    )
    printed = _printed_columns(filled, is_marked=is_marked)
    blank = (c for c in OPINION_COLUMNS if c.heading not in filled)
    columns = (*printed, *SCREEN_COLUMNS[:-1], *blank, SCREEN_COLUMNS[-1])
    headings = [column.heading for column in columns]
    rows = (
        Row(
            tuple(cells[heading] for heading in headings),
            headings.index("Agencies"),
            _shade(entry.agencies, timeline.shades),
        )
        for entry, cells in zip(timeline.entries, told, strict=True)
    )
    return Table(
        name="Timeline",
        title=timeline.title,
        sentence=sentence(timeline, f"{counted(len(timeline.entries), 'entry')} in date order."),
        columns=columns,
        rows=tuple(rows) or nothing(columns, "No entries"),
        fixed=2,
        printed=len(printed),
    )


def _printed_columns(filled: Collection[str], *, is_marked: bool) -> tuple[Column, ...]:
    """What goes on paper: of a reviewer's marks and of opinions what there is."""
    opinions = (
        replace(column, width=PRINTED_WIDTH)
        for column in OPINION_COLUMNS
        if column.heading in filled
    )
    if not is_marked:
        return (*PRINTED_COLUMNS, *opinions)
    after = [column.heading for column in PRINTED_COLUMNS].index("Time") + 1
    return (
        *PRINTED_COLUMNS[:after],
        SET_COLUMN,
        *PRINTED_COLUMNS[after:-1],
        replace(PRINTED_COLUMNS[-1], width=RULED_WIDTH),
        *opinions,
    )


def _cells(entry: EntryView) -> dict[str, Cell]:
    """What stands of an entry under each heading."""
    return {
        "Order": entry.number,
        "Date": _date(entry),
        "Time": entry.time_text,
        SET_COLUMN.heading: _set_beside(entry),
        "Agencies": "\n".join(entry.agency_labels),
        "Child's age": entry.age.replace("; ", "\n"),
        "Who": "\n".join(entry.who),
        "Event": "\n".join(filter(None, (entry.type_written, entry.read_as, entry.summary))),
        "Accounts": told_by(entry.accounts),
        "Outcome": entry.outcome,
        "Accounts differ": "\n\n".join(map(_conflict, entry.conflicts)),
        "Doubts": "\n".join((*entry.flags, *_open_questions(entry))),
        "Linked entries": in_short(entry.links),
        "Confidence": "\n".join((*entry.ruled, entry.confidence)),
        "Precision": entry.precision,
        "Links in full": "\n".join(map(_link, entry.links)),
        "Why merged": "\n".join((*_ruled_one(entry), *entry.reasons)),
        "Also recorded": each(entry.accounts, details),
        "Authors' analysis": each(entry.accounts, lambda account: account.analysis),
        SIGNIFICANCE: "\n\n".join(map(signed, entry.marked("significant"))),
        ANALYSIS: "\n\n".join(map(signed, entry.marked("analysis"))),
        RECORD_IDS: "\n".join(account.id for account in entry.accounts),
    }


def _set_beside(entry: EntryView) -> str:
    """Restricted or about a third party, in capitals, and what was set beside its records."""
    lines = (
        (mark.label.upper() if code in HANDLING else mark.label, mark)
        for code in (*HANDLING, *BESIDE_FACTS)
        for mark in entry.marked(code)
    )
    told = (
        f"{label}{f': {mark.text}' if mark.text else ''} ({mark.signed})" for label, mark in lines
    )
    return "\n".join((*told, *entry.checks))


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


def _link(link: LinkView) -> str:
    """A link, how surely it stands, and the weightiest reason; the others stand on the page."""
    why = f": {link.reasons[0]}" if len(link.reasons) and not link.is_weak else ""
    standing = link.standing if link.is_confirmed or link.is_weak else "Not confirmed"
    return f"Entry {link.entry_number}: {link.text}. {standing}{why}"


def _open_questions(entry: EntryView) -> tuple[str, ...]:
    if not entry.questions:
        return ()
    return (f"{counted(entry.questions, 'pair')} to review.",)


def _shade(agencies: Sequence[str], shades: dict[str, Shade]) -> Shade:
    return shades[agencies[0]] if len(agencies) == 1 else SEVERAL
