"""chronology.json: the result as data for other programs (docs/schema.md, schema version 1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from chronology.account import Account, LeftOut, Mention, Source, repeatable
from chronology.case import Chronology, ReadFile, Refused, Withheld
from chronology.decisions import Decision
from chronology.flags import Flag
from chronology.merge import Conflict, Entry, Link, Question
from chronology.people import Cast, Person
from chronology.render.writing import write_pieces_whole
from chronology.when import When

#: The version of the contract, raised when a key changes its meaning or goes.
SCHEMA_VERSION = 1

Json = dict[str, Any]


def write_contract(chronology: Chronology, path: Path) -> None:
    """Writes chronology.json whole, or raises UnwritableOutputError and leaves nothing."""
    try:
        write_pieces_whole(path, _text(chronology, ensure_ascii=False))
    except UnicodeEncodeError:  # half a character from a damaged file: kept, as an escape
        write_pieces_whole(path, _text(chronology, ensure_ascii=True))


def _text(chronology: Chronology, *, ensure_ascii: bool) -> Iterator[str]:
    """The document with each entry, question or row on a line of its own."""
    write = json.JSONEncoder(ensure_ascii=ensure_ascii).encode
    before = "{\n"
    for key, value in _members(chronology).items():
        yield f"{before} {write(key)}: "
        if isinstance(value, Iterator):
            yield from _lines(map(write, value))
        else:
            yield write(value)
        before = ",\n"
    yield "\n}\n"


def _lines(rows: Iterator[str]) -> Iterator[str]:
    first = next(rows, None)
    if first is None:
        yield "[]"
        return
    yield f"[\n  {first}"
    for row in rows:
        yield f",\n  {row}"
    yield "\n ]"


def document(chronology: Chronology) -> Json:
    """The whole chronology as plain data."""
    return {
        key: list(value) if isinstance(value, Iterator) else value
        for key, value in _members(chronology).items()
    }


def _members(chronology: Chronology) -> dict[str, object]:
    """What the document holds; what there is one of for each row is made as it is asked for."""
    about = chronology.about
    return {
        "schema": SCHEMA_VERSION,
        "program": about.version,
        "title": about.title,
        "marking": about.marking,
        "prepared": about.prepared or None,
        "withheld": _withheld(about.withheld),
        "counts": _counts(chronology),
        "entries": (_entry(entry, chronology.cast) for entry in chronology.entries),
        "review": map(_question, chronology.questions),
        "links": map(_link, chronology.links),
        "left_out": map(_left_out, chronology.left_out),
        "sources": chain(map(_file, chronology.files), map(_refused, chronology.refused)),
        "people": map(_person, chronology.cast.persons),
    }


def _withheld(withheld: Withheld | None) -> Json | None:
    """How much of a copy for sharing stands without its words."""
    if withheld is None:
        return None
    return {"entries": withheld.entries, "records": withheld.records}


def _counts(chronology: Chronology) -> Json:
    return {
        "rows_read": chronology.rows_read,
        "rows_in_entries": len(chronology.accounts),
        "rows_left_out": len(chronology.left_out),
        "rows_sent_again": sum(file.rows_again for file in chronology.files),
        "entries": len(chronology.entries),
        "questions": len(chronology.questions),
        "links": len(chronology.links),
        "files_refused": len(chronology.refused),
    }


def _entry(entry: Entry, cast: Cast) -> Json:
    return {
        "id": entry.id,
        "start": entry.start.isoformat() if entry.start else None,
        "end": entry.end.isoformat() if entry.end else None,
        "precision": entry.precision.value,
        "time": f"{entry.clock:%H:%M}" if entry.clock else None,
        "written": entry.written,
        "dated_by": entry.dated_by,
        "type": entry.type or None,
        "agencies": [agency.value for agency in entry.agencies],
        "summary": entry.summary,
        "confidence": entry.confidence,
        "reasons": list(entry.reasons),
        "conflicts": [_conflict(conflict) for conflict in entry.conflicts],
        "accounts": [account_json(account, cast) for account in entry.accounts],
        "decided": list(entry.decided),
        "marks": [_mark(mark) for mark in entry.marks],
    }


def _mark(mark: Decision) -> Json:
    return {
        "kind": mark.kind,
        "value": mark.value,
        "who": mark.who,
        "at": mark.at,
        "reason": mark.reason,
        "decision": mark.seq,
        "accounts": list(mark.accounts),
    }


def account_json(account: Account, cast: Cast) -> Json:
    """One account as plain data; every person it names with who that is."""
    return {
        "id": account.id,
        "agency": account.agency.value,
        "organisation": account.organisation,
        "system": account.system,
        "source": source_json(account.source),
        "occurred": _when(account.occurred),
        "recorded": _when(account.recorded) if account.recorded else None,
        "known": _when(account.known) if account.known else None,
        "shared": _when(account.shared) if account.shared else None,
        "event_type_written": account.event_type_written,
        "event_type": account.event_type or None,
        "reference": account.reference,
        "narrative": account.narrative,
        "outcome": account.outcome,
        "professional": account.professional,
        "location": account.location,
        "subjects": [_mention(m, account, cast) for m in account.subjects],
        "people": [_mention(m, account, cast) for m in account.people],
        "child_seen": account.child_seen.value,
        "child_alone": account.child_alone.value,
        "child_voice": account.child_voice,
        "analysis": account.analysis,
        "other": _cells(repeatable(account, account.other)),
        "raw": _cells(repeatable(account, account.raw)),
        "flags": [_flag(flag) for flag in account.flags],
    }


def _cells(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    # A list because headings may repeat.
    return [[heading, text] for heading, text in pairs]


def source_json(source: Source) -> Json:
    """Where a record stands."""
    return {
        "file": source.file,
        "sheet": source.sheet,
        "row": source.row,
        "unit": source.unit,
        "sha256": source.sha256,
    }


def _when(when: When) -> Json:
    return {
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "time": f"{when.clock:%H:%M}" if when.clock else None,
        "precision": when.precision.value,
        "written": when.written,
    }


def _mention(mention: Mention, account: Account, cast: Cast) -> Json:
    return {
        "name": mention.name,
        "role": mention.role,
        "dob": mention.born or None,
        "identifiers": [{"kind": i.kind, "text": i.text} for i in mention.identifiers],
        "person": cast.person_of(account, mention),
    }


def _flag(flag: Flag) -> Json:
    return {"code": flag.code, "text": flag.text}


def _conflict(conflict: Conflict) -> Json:
    return {
        "about": conflict.about,
        "versions": [{"by": by, "says": says} for by, says in conflict.versions],
    }


def _question(question: Question) -> Json:
    return {
        "a": source_json(question.a.source),
        "b": source_json(question.b.source),
        "a_id": question.a.id,
        "b_id": question.b.id,
        "score": question.score,
        "reasons": [*question.reasons_for],
        "reasons_against": [*question.reasons_against],
    }


def _link(link: Link) -> Json:
    return {
        "a": source_json(link.a.source),
        "b": source_json(link.b.source),
        "a_id": link.a.id,
        "b_id": link.b.id,
        "kind": link.kind,
        "days": link.days,
        "reasons": list(link.reasons),
        "near_in_time_only": link.is_weak,
        "confirmed": link.ruled or None,
    }


def _left_out(row: LeftOut) -> Json:
    return {"source": source_json(row.source), "reason": row.reason, "cells": list(row.cells)}


def _file(file: ReadFile) -> Json:
    return {
        "file": file.file,
        "kind": file.kind,
        "sha256": file.sha256,
        "agency": file.agency.value,
        "organisation": file.organisation,
        "system": file.system,
        "rows_read": file.rows_read,
        "rows_in_entries": file.rows_in,
        "rows_left_out": file.rows_out,
        "rows_sent_again": file.rows_again,
        "notes": list(file.notes),
        "columns": [
            {"sheet": sheet, "heading": heading, "field": field or None, "confidence": sure}
            for sheet, heading, field, sure in file.columns
        ],
        "headings_and_titles": [
            {"sheet": sheet, "row": row, "text": text} for sheet, row, text in file.set_apart
        ],
        "refused": None,
    }


def _refused(file: Refused) -> Json:
    return {
        "file": file.file,
        "kind": "",
        "sha256": file.sha256,
        "agency": None,
        "organisation": "",
        "system": "",
        "rows_read": 0,
        "rows_in_entries": 0,
        "rows_left_out": 0,
        "rows_sent_again": 0,
        "notes": [],
        "columns": [],
        "headings_and_titles": [],
        "refused": file.told,
    }


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "names": list(person.names),
        "dob": person.born.isoformat() if person.born else None,
        "identifiers": [{"kind": i.kind, "text": i.text} for i in person.identifiers],
        "roles": list(person.roles),
        "is_subject": person.is_subject,
        "reasons": list(person.reasons),
    }
