"""The children in need census as a flat table: a row for each date, as regional tools write it."""

from __future__ import annotations

from collections.abc import Mapping

from chronology.account import Mention, Source
from chronology.importers.defined.base import (
    A_DEADLINE,
    NO_DATE,
    Found,
    child,
    why_no_place,
)
from chronology.importers.defined.cin_census_parts import (
    DATES,
    DEADLINES,
    FACTORS,
    TELLS_FACTORS,
    UNCLEAR,
)
from chronology.importers.defined.coding import Asked, code_doubts, in_words
from chronology.importers.defined.sheets import (
    Sheet,
    is_no_real_date,
    plain,
    records,
    sheets_with,
)
from chronology.reading.grid import Document, Line
from chronology.when import When

CODES = "cin_census"
#: The headings that only this table has together.
HEADINGS = ("LAchildID", "Date", "Type", "CINreferralDate")
UNKNOWN_TYPE = "The census has no date '{}' that this program knows, so it is not told."
MEANINGS = {"date": "occurred", "type": "event_type", "lachildid": "subject_id"}


def flat_sheets(document: Document) -> tuple[Sheet, ...]:
    """The sheets of a document that are such a table."""
    return tuple(sheets_with(document, *HEADINGS))


def read_flat(found: Found, sheet: Sheet) -> None:
    """Every row; a date that rows repeat of a child and that has no row of its own is told once."""
    names = [name for cell in sheet.heading.cells if (name := cell.strip()).casefold() in DATES]
    told = {
        (
            sheet.said(line, "LAchildID"),
            sheet.said(line, "Type").casefold(),
            sheet.said(line, "Date"),
        )
        for line in sheet.rows
    }
    for line in records(found, sheet, MEANINGS):
        _row(found, sheet, line)
        for part, name in enumerate(names, 1):
            once = (sheet.said(line, "LAchildID"), name.casefold(), sheet.said(line, name))
            if once[2] and once not in told:
                told.add(once)
                source = found.source(sheet.grid.sheet, line.number, part)
                _date(found, sheet, line, source, name, sheet.when(line, name))


def _row(found: Found, sheet: Sheet, line: Line) -> None:
    source, kind = found.source(sheet.grid.sheet, line.number), sheet.said(line, "Type")
    if not sheet.said(line, "Date"):
        found.leave(source, NO_DATE, sheet.raw(line))
    elif kind.casefold() in DEADLINES:
        found.leave(source, A_DEADLINE, sheet.raw(line))
    elif kind.casefold() not in DATES:
        found.leave(source, UNKNOWN_TYPE.format(kind), sheet.raw(line))
    else:
        _date(found, sheet, line, source, kind, sheet.when(line, "Date"))


def _date(found: Found, sheet: Sheet, line: Line, source: Source, kind: str, when: When) -> None:
    raw, name = sheet.raw(line), kind.casefold()
    if not when.is_known or is_no_real_date(when):
        found.leave(source, f"{kind}: {why_no_place(when)}", raw)
        return
    dated = DATES[name]
    said = _said(sheet, line)
    asked: list[Asked] = [
        (label, codes, said.get(what, "")) for label, what, codes in dated.details
    ]
    if name in TELLS_FACTORS:
        factors = said.get(FACTORS) or said.get("factors", "")
        asked += [("Factors", "factor", one.strip()) for one in factors.split(",") if one.strip()]
    words = [(label, text) for label, text in in_words(CODES, asked) if text]
    lines: dict[str, list[str]] = {}
    for label, text in words:
        lines.setdefault(label, []).append(text)
    details = [(label, "; ".join(dict.fromkeys(texts))) for label, texts in lines.items()]
    found.tell_fact(
        dated.fact,
        source,
        when,
        (*details, ("Not clear", UNCLEAR.get(name, ""))),
        subjects=_who(said),
        raw=raw,
        outcome=next((text for label, text in details if label == dated.outcome), ""),
        flags=(*line.flags, *code_doubts(CODES, asked, when)),
    )


def _said(sheet: Sheet, line: Line) -> Mapping[str, str]:
    cells = ((cell, sheet.said(line, cell)) for cell in sheet.heading.cells if plain(cell))
    return {name.strip().casefold(): text for name, text in cells if text}


def _who(said: Mapping[str, str]) -> tuple[Mention, ...]:
    return child(
        said.get("lachildid", ""), born=said.get("personbirthdate", ""), upn=said.get("upn", "")
    )
