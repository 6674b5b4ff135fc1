"""What is kept, as text of the case file and back, with nothing lost on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from chronology.account import Account, Agency, Identifier, LeftOut, Mention, Said, Source
from chronology.case import ReadFile, Refused
from chronology.flags import Flag
from chronology.importers import Given, Mapping
from chronology.importers.mapping import SheetMapping
from chronology.when import Precision, When

#: The version of this way of writing, in every packed record; raised when a key changes meaning.
PACKING = 1

#: What stands in one cell of the case file: text, or bytes where it holds half a character.
Packed = str | bytes
Plain = dict[str, Any]

#: Fields of an account that are text and mostly blank: only what is filled is written.
_TEXTS = (
    *("organisation", "system", "event_type_written", "event_type", "reference", "outcome"),
    *("professional", "location", "child_voice", "analysis"),
)
_WHENS = ("recorded", "known", "shared")
_MENTIONS = ("subjects", "people")
_ANSWERS = ("child_seen", "child_alone")
_CELLS = ("other", "raw")
_LISTS = ("facts", "withheld")


def pack(data: Plain) -> Packed:
    """Plain data as canonical JSON: the same data, the same text."""
    text = canonical(data)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character from a damaged file: kept as it came
        return text.encode("utf-8", "surrogatepass")
    return text


def unpack(cell: Packed) -> Plain:
    """What :func:`pack` was given."""
    text = cell.decode("utf-8", "surrogatepass") if isinstance(cell, bytes) else cell
    data: Plain = json.loads(text)
    return data


def canonical(data: object) -> str:
    """JSON with sorted keys and no spaces, as it is hashed and kept."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def account_data(account: Account) -> Plain:
    """An account as plain data."""
    data: Plain = {
        "v": PACKING,
        "agency": account.agency.value,
        "source": _source_data(account.source),
        "occurred": _when_data(account.occurred),
        "narrative": account.narrative,
    }
    data.update((name, text) for name in _TEXTS if (text := getattr(account, name)))
    for name in _WHENS:
        if (when := getattr(account, name)) is not None:
            data[name] = _when_data(when)
    for name in _MENTIONS:
        if mentions := getattr(account, name):
            data[name] = [_mention_data(mention) for mention in mentions]
    for name in _ANSWERS:
        if (said := getattr(account, name)) is not Said.NOT_RECORDED:
            data[name] = said.value
    data.update((name, cells) for name in _CELLS if (cells := getattr(account, name)))
    data.update((name, told) for name in _LISTS if (told := getattr(account, name)))
    if account.flags:
        data["flags"] = _flags_data(account.flags)
    if account.copy:
        data["copy"] = account.copy
    return data


def account_of(data: Plain) -> Account:
    """The account that plain data was made of."""
    told: Plain = {name: data[name] for name in _TEXTS if name in data}
    told.update((name, _when(data[name])) for name in _WHENS if name in data)
    for name in _MENTIONS:
        if name in data:
            told[name] = tuple(_mention(mention) for mention in data[name])
    told.update((name, Said(data[name])) for name in _ANSWERS if name in data)
    told.update((name, tuple(map(tuple, data[name]))) for name in _CELLS if name in data)
    told.update((name, tuple(data[name])) for name in _LISTS if name in data)
    if "flags" in data:
        told["flags"] = _flags(data["flags"])
    return Account(
        agency=Agency(data["agency"]),
        source=Source(*data["source"]),
        occurred=_when(data["occurred"]),
        narrative=data["narrative"],
        copy=data.get("copy", 0),
        **told,
    )


def place_data(source: Source) -> Plain:
    """Where a row stands in its file, as plain data."""
    data: Plain = {"sheet": source.sheet, "row": source.row, "part": source.part}
    return data if source.unit == "row" else {**data, "unit": source.unit}


def source_at(file: ReadFile, place: Plain) -> Source:
    """The row of a file that stands at a place."""
    unit = place.get("unit", "row")
    return Source(file.file, place["sheet"], place["row"], file.sha256, place["part"], unit)


def left_out_data(row: LeftOut) -> Plain:
    """A row left out as plain data."""
    data: Plain = {
        "v": PACKING,
        "source": _source_data(row.source),
        "reason": row.reason,
        "cells": row.cells,
    }
    if row.withdraws:
        data["withdraws"] = row.withdraws
    if row.person is not None:
        data["person"] = _mention_data(row.person)
    return data


def left_out_of(data: Plain) -> LeftOut:
    """The row left out that plain data was made of."""
    return LeftOut(
        Source(*data["source"]),
        data["reason"],
        tuple(data["cells"]),
        data.get("withdraws", ""),
        _mention(data["person"]) if "person" in data else None,
    )


_FILE_TEXTS = ("file", "kind", "sha256", "organisation", "system")
_FILE_COUNTS = ("rows_read", "rows_in", "rows_out", "rows_again")


def file_data(file: ReadFile) -> Plain:
    """A file's balance as plain data."""
    names = (*_FILE_TEXTS, *_FILE_COUNTS, "notes", "columns", "set_apart")
    data: Plain = {name: getattr(file, name) for name in names}
    return {"v": PACKING, "agency": file.agency.value, **data}


def file_of(data: Plain) -> ReadFile:
    """The balance that plain data was made of."""
    told: Plain = {name: data[name] for name in (*_FILE_TEXTS, *_FILE_COUNTS)}
    return ReadFile(
        agency=Agency(data["agency"]),
        notes=tuple(data["notes"]),
        columns=tuple(map(tuple, data["columns"])),
        set_apart=tuple(map(tuple, data["set_apart"])),
        **told,
    )


def refused_data(file: Refused) -> Plain:
    """A refused input as plain data."""
    return {"v": PACKING, "file": file.file, "reason": file.reason, "sha256": file.sha256}


def refused_of(data: Plain) -> Refused:
    """The refused input that plain data was made of."""
    return Refused(data["file"], data["reason"], data["sha256"])


_STATED = ("organisation", "system", "subject", "subject_born", "date_order", "year")


def stated_data(given: Given, mapping: Mapping | None) -> Plain:
    """What a person stated about a file, and the mapping it was read by, as plain data."""
    return {
        "v": PACKING,
        "given": _given_data(given),
        "mapping": None if mapping is None else _mapping_data(mapping),
    }


def stated_of(data: Plain) -> tuple[Given, Mapping | None]:
    """The stated facts and the mapping that plain data was made of."""
    given = Given(agency=_agency(data["given"]), **_stated(data["given"]))
    written = data["mapping"]
    if written is None:
        return given, None
    sheets = tuple(
        SheetMapping(sheet, row, tuple(map(tuple, columns)))
        for sheet, row, columns in written["sheets"]
    )
    mapping = Mapping(
        file=written["file"], agency=_agency(written), sheets=sheets, **_stated(written)
    )
    return given, mapping


def _given_data(stated: Given | Mapping) -> Plain:
    data: Plain = {name: getattr(stated, name) for name in _STATED}
    return {"agency": stated.agency.value if stated.agency else None, **data}


def _mapping_data(mapping: Mapping) -> Plain:
    sheets = [(table.sheet, table.heading_row, table.columns) for table in mapping.sheets]
    return {**_given_data(mapping), "file": mapping.file, "sheets": sheets}


def _stated(data: Plain) -> Plain:
    return {name: data[name] for name in _STATED}


def _agency(data: Plain) -> Agency | None:
    return Agency(data["agency"]) if data["agency"] else None


def _source_data(source: Source) -> list[object]:
    data: list[object] = [source.file, source.sheet, source.row, source.sha256, source.part]
    return data if source.unit == "row" else [*data, source.unit]


def _when_data(when: When) -> list[object]:
    data: list[object] = [
        when.written,
        when.precision.value,
        when.start.isoformat() if when.start else None,
        when.end.isoformat() if when.end else None,
        when.clock.isoformat() if when.clock else None,
    ]
    return [*data, _flags_data(when.flags)] if when.flags else data


def _when(data: Sequence[Any]) -> When:
    written, precision, start, end, clock = data[:5]
    return When(
        written,
        Precision(precision),
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        time.fromisoformat(clock) if clock else None,
        _flags(data[5]) if len(data) > 5 else (),
    )


def _flags_data(flags: Sequence[Flag]) -> list[tuple[str, str]]:
    return [(flag.code, flag.text) for flag in flags]


def _flags(data: Sequence[Sequence[str]]) -> tuple[Flag, ...]:
    return tuple(Flag(code, text) for code, text in data)


def _mention_data(mention: Mention) -> list[object]:
    numbers = [(i.kind, i.text) for i in mention.identifiers]
    return [mention.name, mention.role, mention.born, numbers]


def _mention(data: Sequence[Any]) -> Mention:
    name, role, born, numbers = data
    return Mention(name, role, born, tuple(Identifier(kind, text) for kind, text in numbers))
