"""A document to its extract: tables found, agency decided, every row accounted for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from chronology.account import LeftOut, Mention, Source
from chronology.errors import MappingMismatchError, UnreadableFileError
from chronology.importers.across_rows import doubting_far, numbered, reported_only
from chronology.importers.agency import Clues, Decision, decide
from chronology.importers.beside import apart
from chronology.importers.defined import recognised
from chronology.importers.defined.reading import extracted
from chronology.importers.file_names import organisation_in
from chronology.importers.findings import Extract, Layout
from chronology.importers.given import Given
from chronology.importers.mapping import Mapping, columns_of, fits, heading_row_of
from chronology.importers.own_outputs import NOT_AN_EXPORT, is_own_output
from chronology.importers.people_cells import stated_subject
from chronology.importers.plan import Plan, Setting, dated, looks_of, planned
from chronology.importers.registry import IMPORTERS, importer_for
from chronology.importers.rows import Reading, read_rows
from chronology.importers.tables import Table, continuing, headless_table, tables_in
from chronology.importers.titles import About, about
from chronology.importers.unread import Unread
from chronology.importers.wording import Own
from chronology.reading.flat import as_table
from chronology.reading.grid import Document, Grid, Line
from chronology.reading.kinds import misnamed

#: Kinds of file that people fill by hand, where a blank date means the one above.
HAND_FILLED = frozenset({"docx", "pdf"})
#: A print-out of a return is read as it looks: its codes and dates may be printed otherwise.
PRINTED = "pdf"
#: Lines of each table shown to check how it was understood.
SHOWN = 3
#: A table with one of these tells of events; a list of codes or of family members has none.
DATING = frozenset({"occurred", "occurred_month", "occurred_year"})


@dataclass(frozen=True, slots=True)
class _Found:
    """The tables of a document, and the sheets without one."""

    tables: tuple[tuple[Table, Grid], ...]
    bare: tuple[Grid, ...]


def extract(
    document: Document,
    *,
    given: Given = Given(),  # noqa: B008 (frozen)
    mapping: Mapping | None = None,
    place: str = "",
) -> Extract:
    """Every record of a file, understood as a mapping and the user say, else as it looks.

    ``place`` is the folders the file lies in below the one the user gave. Raises
    UnreadableFileError where no table of records is found or this program wrote the file,
    MappingMismatchError where the mapping does not fit.
    """
    if is_own_output(document):
        raise UnreadableFileError(NOT_AN_EXPORT)
    if mapping is not None and (why := fits(mapping, document)):
        raise MappingMismatchError(why)
    may_be_defined = mapping is None and document.kind != PRINTED
    if may_be_defined and (defined := recognised(document)) is not None:
        return extracted(defined, document, given)
    document = document if document.grids else as_table(document)
    if not document.grids:
        raise UnreadableFileError(_unknown_content(document))
    stated = _stated(given, mapping)
    found = _tables(document, mapping)
    if not found.tables:
        raise UnreadableFileError(_nothing_found(document))
    decision, titles, plans = _understood(document, found, stated, mapping, place)
    setting = _setting(document, stated, decision, titles, plans)
    records = _with_records(plans)
    readings = [read_rows(plan, setting) for plan in records]
    unread = [Unread.above(plan.table) for plan in records if not plan.table.part]
    unread += [Unread.of_table(plan) for plan in plans if plan not in records]
    unread += [Unread.of_grid(grid) for grid in found.bare]
    unread.append(Unread.of_paragraphs(document.outside))
    return _extract(document, setting, records, readings, unread)


def _with_records(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """The tables that date events; where none does, all: their records are undated."""
    dating = tuple(plan for plan in plans if plan.at.keys() & DATING)
    return dating or tuple(plans)


def _stated(given: Given, mapping: Mapping | None) -> Given:
    """What the mapping states, and where it is silent the user."""
    if mapping is None:
        return given
    return Given(
        agency=mapping.agency or given.agency,
        organisation=mapping.organisation or given.organisation,
        system=mapping.system or given.system,
        subject=mapping.subject or given.subject,
        subject_born=mapping.subject_born or given.subject_born,
        date_order=mapping.date_order or given.date_order,
        year=mapping.year or given.year,
    )


def _tables(document: Document, mapping: Mapping | None) -> _Found:
    own: Own = tuple(pair for importer in IMPORTERS for pair in importer.headings)
    tables: list[tuple[Table, Grid]] = []
    bare: list[Grid] = []
    for grid in document.grids:
        row = heading_row_of(mapping, grid.sheet) if mapping else 0
        here = tuple(part for t in tables_in(grid, own, row) for part in _apart(t, own, mapping))
        here = here or _without_headings(document, grid, tables)
        tables.extend((table, grid) for table in here)
        if not here:
            bare.append(grid)
    return _Found(tuple(tables), tuple(bare))


def _apart(table: Table, own: Own, mapping: Mapping | None) -> tuple[Table, ...]:
    """Tables side by side, unless a mapping speaks of the row as one."""
    parts = apart(table, own)
    if mapping and not all(columns_of(mapping, part.sheet, part.headings) for part in parts):
        return (table,)
    return parts


def _without_headings(
    document: Document, grid: Grid, before: Sequence[tuple[Table, Grid]]
) -> tuple[Table, ...]:
    bare = headless_table(grid)
    if document.kind in HAND_FILLED and before:
        more = continuing(grid, before[-1][0])
        if more is not None and (bare is not None or len(grid.lines) < SHOWN):
            return (more,)
    return (bare,) if bare is not None else ()


def _understood(
    document: Document, found: _Found, stated: Given, mapping: Mapping | None, place: str
) -> tuple[Decision, tuple[About, ...], tuple[Plan, ...]]:
    """The agency first, by columns placed without knowing it; then the columns, knowing it."""
    looks = [looks_of(table) for table, _ in found.tables]
    columns = [
        columns_of(mapping, table.sheet, table.headings) if mapping else None
        for table, _ in found.tables
    ]
    titles = tuple(about(table.above, grid.above) for table, grid in found.tables)
    first = [
        planned(table, look, (), column)
        for (table, _), look, column in zip(found.tables, looks, columns, strict=True)
    ]
    by = "The mapping" if mapping and mapping.agency else "The user"
    decision = decide(_clues(document, first, titles, place), stated.agency, by=by)
    own = importer_for(decision.agency).headings if decision.sure and not decision.by_row else ()
    plans = [
        planned(table, look, own, column)
        for (table, _), look, column in zip(found.tables, looks, columns, strict=True)
    ]
    return decision, titles, dated(_with_titles(plans, titles), stated)


def _with_titles(plans: Sequence[Plan], titles: Sequence[About]) -> tuple[Plan, ...]:
    """Each table with the child its titles name; one without takes that of the table before."""
    told: list[Plan] = []
    last: tuple[Mention, ...] = ()
    for plan, said in zip(plans, titles, strict=True):
        last = stated_subject(said.subject, said.born, said.number) or last
        told.append(replace(plan, about=last, organisation=said.organisation))
    return tuple(told)


def _clues(document: Document, plans: Sequence[Plan], titles: Sequence[About], place: str) -> Clues:
    def cells(field: str) -> tuple[str, ...]:
        return tuple(
            text
            for plan in plans
            for line in plan.table.lines
            for column in plan.at.get(field, ())
            if (text := line.cells[column]).strip()
        )

    said = [text for one in titles for text in (one.agency, one.organisation, one.system) if text]
    return Clues(
        file=PurePath(document.file).name,
        place=place,
        titles=(*said, *(grid.sheet for grid in document.grids if grid.sheet)),
        headings=tuple(heading for plan in plans for heading in plan.table.headings),
        agencies=cells("agency"),
        organisations=cells("organisation"),
        systems=cells("system"),
        workers=(*cells("professional"), *cells("professional_role")),
        event_types=cells("event_type"),
    )


def _setting(
    document: Document,
    stated: Given,
    decision: Decision,
    titles: Sequence[About],
    plans: Sequence[Plan],
) -> Setting:
    titled = {one.organisation for one in titles if one.organisation}
    only = titled.pop() if len(titled) == 1 and _one_sender(document, titles) else ""
    organisation = stated.organisation or only
    return Setting(
        file=document.file,
        sha256=document.sha256,
        hand_filled=document.kind in HAND_FILLED,
        decision=decision,
        importers={importer.agency: importer for importer in IMPORTERS},
        organisation=organisation or organisation_in(document.file, decision, _names_in(plans)),
        system=stated.system or next((one.system for one in titles if one.system), ""),
        subject=stated_subject(stated.subject, stated.subject_born),
        year=str(stated.year or ""),
    )


def _one_sender(document: Document, titles: Sequence[About]) -> bool:
    """Whether a title over one table holds for all: in Word, or where every table has it."""
    return document.kind in HAND_FILLED or all(one.organisation for one in titles)


def _names_in(plans: Sequence[Plan]) -> frozenset[str]:
    """The words of the names of those whom the rows are about."""
    cells = {
        plan.text(line, name) for plan in plans for line in plan.table.lines for name in _NAMES
    }
    return frozenset(word for cell in cells for word in re.findall(r"[^\W\d_]+", cell.casefold()))


#: Fields in which a row names whom it is about.
_NAMES = ("subject", "subject_forename", "subject_surname")


def _extract(
    document: Document,
    setting: Setting,
    plans: Sequence[Plan],
    readings: Sequence[Reading],
    unread: Sequence[Unread],
) -> Extract:
    accounts = doubting_far(numbered([a for reading in readings for a in reading.accounts]))
    left_out = tuple(row for reading in readings for row in reading.left_out)
    left_out += tuple(row for one in unread for row in one.left_out(setting))
    left_out += tuple(
        LeftOut(Source(document.file, "", page, document.sha256, unit="page"), reason, ())
        for page, reason in document.unread
    )
    decision = setting.decision
    return Extract(
        file=document.file,
        kind=document.kind,
        sha256=document.sha256,
        importer=importer_for(decision.agency).name,
        agency=decision.agency,
        agency_why=decision.why,
        organisation=setting.organisation,
        system=setting.system,
        accounts=accounts,
        left_out=left_out,
        set_apart=_set_apart(plans, readings, unread),
        rows_read=len(accounts) + len(left_out),
        layouts=tuple(_layout(plan) for plan in plans),
        notes=(*_notes(document, decision, unread), *reported_only(accounts)),
    )


def _set_apart(
    plans: Sequence[Plan], readings: Sequence[Reading], unread: Sequence[Unread]
) -> tuple[tuple[str, int, str], ...]:
    apart: list[tuple[str, int, str]] = []
    for plan, reading in zip(plans, readings, strict=True):
        table = plan.table
        # A row without a number stands nowhere in the file.
        lines = (line for line in (*table.heading_rows, *table.repeats) if line.number)
        apart.extend(_said(table.sheet, line) for line in lines)
        apart.extend(reading.set_apart)
    apart.extend(_said(one.sheet, line) for one in unread for line in one.lines)
    return tuple(sorted(dict.fromkeys(apart), key=lambda item: (item[0], item[1])))


def _said(sheet: str, line: Line) -> tuple[str, int, str]:
    where = line.sheet or sheet
    return where, line.number, " | ".join(cell.strip() for cell in line.cells if cell.strip())


def _layout(plan: Plan) -> Layout:
    return Layout(
        sheet=plan.table.sheet,
        heading_rows=tuple(line.number for line in plan.table.heading_rows if line.number),
        columns=plan.columns,
        doubts=plan.doubts,
        first_rows=tuple(line.cells for line in plan.table.lines[:SHOWN]),
    )


def _notes(document: Document, decision: Decision, unread: Sequence[Unread]) -> tuple[str, ...]:
    notes = [*document.notes, *(note for grid in document.grids for note in grid.notes)]
    notes += [one.note for one in unread if one.note]
    if not decision.sure:
        notes.append(decision.why)
    return tuple(dict.fromkeys(notes))


def _nothing_found(document: Document) -> str:
    return misnamed(document.file, document.kind) or (
        f"No table of records was found in '{document.file}': no row looks like headings and no "
        "columns look like dates with words. Run 'chronology inspect' on it to see what was read; "
        "if it does hold records, write a mapping that names the heading row and its columns."
    )


def _unknown_content(document: Document) -> str:
    if told := misnamed(document.file, document.kind):
        return told
    begins = f" It begins with the element <{document.root.name}>." if document.root else ""
    return (
        f"'{document.file}' is of no defined format that this program knows.{begins} Run"
        " 'chronology importers' to see those it knows, or ask the sender for Excel, CSV or Word."
    )
