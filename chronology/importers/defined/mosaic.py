"""Case notes and visits as Mosaic keeps them: its tables in a workbook or CSV, or its interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chronology.account import Agency, Mention, Said, Source
from chronology.flags import Flag
from chronology.importers.defined.base import (
    Format,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.headed import Headed, headed, more, tables
from chronology.importers.defined.mosaic_tables import (
    KNOWN,
    TYPES,
    meanings,
    notes_in,
    visits_in,
)
from chronology.importers.defined.objects import ONLY_RECORDED, as_day, person
from chronology.importers.defined.sheets import apart_lines, is_no_real_date, plain, records
from chronology.importers.defined.stripping import plain_words
from chronology.reading.grid import Document, Grid, Line
from chronology.vocabulary.event_types import classify
from chronology.vocabulary.facts import fact
from chronology.when import When

NOT_KEPT: Mapping[str, str] = {
    "draft": "It was a draft that nobody had finished, so it is not taken for a record.",
    "deleted": "Mosaic marked the note as deleted.",
    "timed out": "Mosaic timed the note out before it was finished, so it is no record.",
}
PLANNED = "The visit was planned for {} and the file gives no date on which it was made."
NOT_MADE = "The visit planned for {} was not made: {}."
NEVER = "It gives no date on which the visit was made, nor one for which it was planned."
SIGNIFICANT = ("Significant event", "Yes")
_FACTS = (
    (("child protection", "cp"), "cp-visit"),
    (("looked after", "lac", "cla", "statutory"), "cla-visit"),
    (("child in need", "cin"), "cin-visit"),
)


class Mosaic(Format):
    """Tables of case notes, note types and visits, in any sheets or under any keys."""

    name = "mosaic"
    title = "Mosaic case notes and visits"
    agency = Agency.SOCIAL_CARE
    system = "Mosaic"
    reads = (
        ("Case notes (case_notes)",
         "One event each, on the contact date or, where there is none, when it was recorded."),
        ("Created on", "Told as when the note was recorded."),
        ("Draft and timed-out notes", "Left out with the reason."),
        ("Deleted notes", "Left out; the note sent before is marked as withdrawn."),
        ("Rich text (HTML, RTF)", "The words without the marks."),
        ("Note types (dm_case_note_types)", "Their words stand beside the codes."),
        ("Visits (dm_visits)", "One event each, when it was made; seen alone and completed said."),
        ("Visits planned and not made", "Left out with the day planned and the reason."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether a table has the columns of Mosaic's case notes or visits."""
        return any(notes_in(grid) or visits_in(grid) for grid in tables(document, *KNOWN))

    def read(self, found: Found) -> None:
        """Every note and every visit of every table."""
        grids = tables(found.document, *KNOWN)
        types, used = _types(found, grids)
        for number, grid in enumerate(grids):
            if number in used:
                continue
            notes = notes_in(grid)
            sheet = notes or visits_in(grid)
            if sheet is not None:
                _table(found, _Table.of(found, sheet, is_visits=notes is None), types)
            else:
                apart_lines(found, grid, grid.lines)


def _types(found: Found, grids: Sequence[Grid]) -> tuple[Mapping[str, str], frozenset[int]]:
    """The words of the codes of notes, and which tables held them."""
    types: dict[str, str] = {}
    used: set[int] = set()
    for number, grid in enumerate(grids):
        sheet = headed(grid, TYPES, ("note_type", "description"))
        if sheet is None or notes_in(grid) or visits_in(grid):
            continue
        used.add(number)
        apart_lines(found, grid, grid.lines)
        for line in sheet.rows:
            types.setdefault(sheet.said(line, "note_type").upper(), sheet.said(line, "description"))
    return types, frozenset(used)


@dataclass(frozen=True, slots=True)
class _Table:
    found: Found
    sheet: Headed
    is_visits: bool
    unit: str

    @classmethod
    def of(cls, found: Found, sheet: Headed, *, is_visits: bool) -> _Table:
        return cls(found, sheet, is_visits, "item" if found.document.data is not None else "row")


def _table(found: Found, table: _Table, types: Mapping[str, str]) -> None:
    sheet = table.sheet
    shown = meanings(sheet) if table.unit == "row" else None
    for line in records(found, sheet, shown):
        if table.is_visits:
            _visit(table, line)
        else:
            _note(table, line, types)


def _source(table: _Table, line: Line, part: int = 0) -> Source:
    row = line.number - 1 if table.unit == "item" else line.number
    return table.found.source(table.sheet.grid.sheet, row, part, table.unit)


def _note(table: _Table, line: Line, types: Mapping[str, str]) -> None:
    found, sheet = table.found, table.sheet
    number, status = sheet.said(line, "id"), sheet.said(line, "status")
    source, raw = _source(table, line), sheet.raw(line)
    cells = tuple((heading, text) for heading, text in raw if text)
    if (why := _not_kept(status)) is not None:
        found.leave(source, why, cells, withdraws=number if "deleted" in status.casefold() else "")
        return
    recorded, contact = (as_day(sheet.when(line, name)) for name in ("created_on", "contact_date"))
    when = contact if contact.is_known or contact.written else recorded
    if not when.is_known or is_no_real_date(when):
        found.leave(source, why_no_place(when), cells)
        return
    code, kind = _kind(sheet, line, types)
    title = plain_words(sheet.said(line, "title"))
    text = plain_words(_words(sheet, line, "note"))
    other = [("Title", title), ("Type of note", code)] if text else [("Type of note", code)]
    other += [
        ("Last updated by", sheet.said(line, "last_updated_by")),
        ("Last updated on", sheet.said(line, "last_updated_on")),
        ("Status", status),
    ]
    if sheet.said(line, "significant_event").casefold() in ("y", "yes", "true", "1"):
        other.append(SIGNIFICANT)
    if when is recorded:
        other.append(("Date", ONLY_RECORDED))
    telling: Telling = {
        "event_type_written": kind,
        "event_type": classify(f"{kind} {title}".strip(), text, found.agency),
        "reference": number,
        "recorded": recorded if recorded.is_known else None,
        "professional": sheet.said(line, "created_by") or sheet.said(line, "last_updated_by"),
        "subjects": _about(sheet, line),
        "other": (*((label, said) for label, said in other if said), *more(sheet, line)),
        "raw": raw,
        "flags": line.flags if text or title else (*line.flags, _NO_WORDS),
    }
    found.tell(source, when, text or title or kind or "Case note", **telling)


_NO_WORDS = Flag("text-missing", "The record has a date but no words about what happened.")


def _visit(table: _Table, line: Line) -> None:
    found, sheet = table.found, table.sheet
    source, raw = _source(table, line), sheet.raw(line)
    made, planned = (as_day(sheet.when(line, f"{name}_datetime")) for name in ("actual", "planned"))
    why_not = sheet.said(line, "reason_visit_not_made")
    if not made.is_known or is_no_real_date(made):
        cells = tuple((heading, text) for heading, text in raw if text)
        found.leave(source, _not_made(made, planned, why_not), cells)
        return
    kind = sheet.said(line, "visit_type")
    code = "" if why_not else _fact(kind)
    alone, completed = (
        _said(sheet.said(line, name)) for name in ("seen_alone_flag", "completed_flag")
    )
    title = fact(code).title if code else "Visit not made" if why_not else "Visit"
    event_type = "CONTACT.NO_ACCESS" if why_not else _ordinary(kind)
    details = (
        ("Type", kind),
        ("Planned for", planned.written),
        ("Reason not planned", sheet.said(line, "reason_not_planned")),
        ("Reason the visit was not made", why_not),
        ("Seen alone", "" if alone is Said.NOT_RECORDED else alone.value),
        ("Completed", "" if completed is Said.NOT_RECORDED else completed.value),
        ("On time", sheet.said(line, "cp_visit_on_time")),
    )
    worker, number = sheet.said(line, "worker_id"), sheet.said(line, "visit_id")
    telling: Telling = {
        "event_type_written": kind or "Visit",
        "event_type": fact(code).event_type if code else event_type,
        "facts": (code,) if code else (),
        "reference": f"visit {number}" if number else "",
        "outcome": f"Not made: {why_not}" if why_not else "",
        "professional": sheet.said(line, "worker_name")
        or (f"Worker ID {worker}" if worker else ""),
        "subjects": _about(sheet, line),
        "child_seen": Said.YES if alone is Said.YES else Said.NOT_RECORDED,
        "child_alone": alone,
        "other": tuple(more(sheet, line)),
        "raw": raw,
        "flags": line.flags,
    }
    found.tell(source, made, in_lines(title, details), **telling)


def _not_kept(status: str) -> str | None:
    said = " ".join(status.casefold().replace("_", " ").replace("-", " ").split())
    said = {"timedout": "timed out", "d": "", "t": ""}.get(said, said)
    return NOT_KEPT.get(said)


def _kind(sheet: Headed, line: Line, types: Mapping[str, str]) -> tuple[str, str]:
    """The code of a note and what it means, by the file's own table."""
    code = sheet.said(line, "note_type")
    words = sheet.said(line, "note_type_description") or types.get(code.upper(), "")
    return (code, f"{words} [{code}]") if words and words != code else ("", code)


def _words(sheet: Headed, line: Line, name: str) -> str:
    """A cell of words as it stands, even where it says only "n/a"."""
    column = sheet.at.get(plain(name))
    return "" if column is None else line.cells[column].strip()


def _about(sheet: Headed, line: Line) -> tuple[Mention, ...]:
    parts = (sheet.said(line, "first_name"), sheet.said(line, "last_name"))
    name = sheet.said(line, "person_name") or " ".join(filter(None, parts))
    return person(
        sheet.said(line, "person_id"),
        "ID",
        name=name,
        born=sheet.said(line, "date_of_birth"),
        nhs=sheet.said(line, "nhs_number"),
    )


def _fact(kind: str) -> str:
    words = f" {plain(kind)} "
    for stems, code in _FACTS:
        if any(f" {stem} " in words for stem in stems):
            return code
    return ""


def _ordinary(kind: str) -> str:
    """The event type of a visit that no other return tells of."""
    return "CONTACT.APPOINTMENT" if "office" in kind.casefold() else "CONTACT.VISIT"


def _said(flag: str) -> Said:
    text = flag.strip().casefold()
    if text in ("y", "yes", "true", "1"):
        return Said.YES
    return Said.NO if text in ("n", "no", "false", "0") else Said.NOT_RECORDED


def _not_made(made: When, planned: When, why_not: str) -> str:
    if made.written:
        return why_no_place(made)
    if planned.written:
        said = NOT_MADE if why_not else PLANNED
        return said.format(planned.written, why_not)
    return NEVER
