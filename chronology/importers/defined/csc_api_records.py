"""The records of one child in the API payload: each date told, each withdrawal said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from chronology.account import Mention, Source
from chronology.dates import read_when
from chronology.dates.standard import DAYS_BY_DEFINITION, read_standard
from chronology.flags import Flag
from chronology.importers.defined.base import (
    UNDER,
    Cells,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.csc_api_levels import Dated, Level
from chronology.importers.defined.days import is_coming_of_age
from chronology.importers.defined.sheets import BLANK, is_no_real_date
from chronology.importers.defined.ssd_kinds import is_yes, shown
from chronology.vocabulary.facts import fact
from chronology.when import When

WITHHELD = "(withheld)"
_ADDRESS = re.compile(r"post_?code|address|uprn", re.IGNORECASE)
WITHDRAWN = "The agency withdrew this record (purge): an earlier one of the same number is void."
_NULLIFIED = Flag("record-nullified", "The agency marked the record as withdrawn (purge: true).")
_WITHHELD = Flag("content-withheld", "The record holds an address, which is not repeated.")
_DAMAGED = "It is not written as the payload defines it, so it could not be read."
TO_COME = (
    "{}: {} is when the child turns 18 and lies after everything else told of the child, so it is"
    " when the status was expected to end, not something that happened."
)
_UNKNOWN = "'{}' is not among the records that this program knows of the payload."


@dataclass(frozen=True, slots=True)
class Record:
    """One object of the payload, with where it stands and whose it is."""

    level: Level
    data: Mapping[str, object]
    path: str
    item: int
    about: tuple[Mention, ...]
    #: Its stable numbers, the child's first: "la_child_id 7 > social_care_episode_id 12".
    reference: str
    #: What is said with each of the child's records.
    other: Cells = ()
    purged: bool = False
    #: The last day of anything else told of the child, where one of its dates may be yet to come.
    latest: date | None = None


def latest_day(data: object, *, below: str = "") -> date | None:
    """The last day that stands anywhere in a child's records but in who the child is."""
    if isinstance(data, str):
        when = _when(data) if data[:2] in ("19", "20") and below.endswith("date") else None
        real = when is not None and when.is_exact and not is_no_real_date(when)
        return when.start if when is not None and real else None
    parts: list[tuple[str, object]] = []
    if isinstance(data, dict):
        parts = [(_key(key), value) for key, value in data.items()]
    elif isinstance(data, list):
        parts = [(below, value) for value in data]
    days = (latest_day(part, below=key) for key, part in parts if key != "child_details")
    return max((day for day in days if day is not None), default=None)


def text_of(value: object) -> str:
    """A single value as text; "" where it says nothing. Objects and lists as they are written."""
    if isinstance(value, str):
        text = value.strip()
        return "" if text.casefold() in BLANK else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def keyed(data: object) -> Mapping[str, object]:
    """An object by its keys in small letters with underscores; {} for anything else."""
    if not isinstance(data, dict):
        return {}
    return {_key(key): value for key, value in data.items()}


@lru_cache(maxsize=4096)
def _key(written: str) -> str:
    return written.strip().casefold().replace(" ", "_")


def tell_record(found: Found, record: Record) -> None:
    """Tells a record, then what stands inside it."""
    purged = record.purged or is_yes(text_of(record.data.get("purge")))
    _tell_own(found, record, purged=purged)
    known, inside = _told_keys(record.level), _inside(record.level)
    for key, value in record.data.items():
        if not isinstance(value, (dict, list)) or key in known:
            continue
        path = f"{record.path}[{record.item}]/{key}"
        level = inside.get(key)
        for number, one in enumerate(value if isinstance(value, list) else [value], 1):
            if level is None or not isinstance(one, dict):
                reason = _UNKNOWN.format(key) if level is None else _DAMAGED
                if one is not None:
                    text = WITHHELD if _ADDRESS.search(text_of(one)) else text_of(one)
                    found.leave(found.source(path, number, unit="item"), reason, (text,))
                continue
            keys = keyed(one)
            reference = _reference(record.reference, level, keys)
            inner = Record(level, keys, path, number, record.about, reference, record.other, purged)
            if key == "child_details":
                inner = replace(inner, latest=record.latest)
            tell_record(found, inner)


@lru_cache(maxsize=65_536)
def _when(written: str) -> When:
    """A day; the payload has no clock times, so a 00:00 behind one says nothing."""
    if ":" not in written:
        return read_standard(written)
    return read_when(written, evidence=DAYS_BY_DEFINITION)


def _reference(above: str, level: Level, keys: Mapping[str, object]) -> str:
    if level.shares_reference:
        return above
    if not level.number:
        own = level.key
    else:
        number = text_of(keys.get(level.number))
        own = f"{level.number} {number}" if number else ""
    return f"{above}{UNDER}{own}" if above and own else own


def _tell_own(found: Found, record: Record, *, purged: bool) -> None:
    """The dates of the record itself, and its withdrawal where it is one."""
    level, part = record.level, 0
    given = [(one, _first(record.data, one.key, *one.also)) for one in level.dated]
    dates = [pair for pair in given if pair[1]]
    common = _common(record, purged=purged) if dates else {}
    last = dates[-1][0] if dates else None
    for one, written in dates:
        source = found.source(record.path, record.item, part, unit="item")
        part += 1
        when = _when(written)
        if not when.is_known or is_no_real_date(when):
            found.leave(source, f"{one.key}: {why_no_place(when, written)}", _cells(record))
            continue
        if one.fact == "uasc-end" and _is_to_come(record, when):
            found.leave(source, TO_COME.format(one.key, written), _cells(record))
            continue
        details = one.details
        if one is last:  # what belongs to a date that is not given is told with the last one
            details += tuple(d for other, text in given if not text for d in other.details)
        _tell_date(found, record, one, details, source, when, common)
    source = found.source(record.path, record.item, part, unit="item")
    names = level.key == "child_details" or (level.key == "children" and _is_bare(record))
    person = record.about[0] if names and record.about else None
    if purged and (record.reference or not part):
        found.leave(source, WITHDRAWN, _cells(record), withdraws=record.reference, person=person)
    elif person is not None or (not part and level.dated and _says_anything(record)):
        found.leave(source, level.undated, _cells(record), person=person)


def _is_to_come(record: Record, when: When) -> bool:
    """Whether a status ends with the 18th birthday, and nothing shows that it has come."""
    born = _when(text_of(record.data.get("date_of_birth"))) if when.is_exact else when
    if when.start is None or born.start is None or not born.is_exact or is_no_real_date(born):
        return False
    passed = record.latest is not None and record.latest >= when.start
    return not passed and is_coming_of_age(born.start, when.start)


def _tell_date(
    found: Found,
    record: Record,
    one: Dated,
    asked: tuple[tuple[str, str, str], ...],
    source: Source,
    when: When,
    common: Telling,
) -> None:
    what = one.by[1](text_of(record.data.get(one.by[0]))) if one.by else one.fact
    flags = common["flags"]
    details: list[tuple[str, str]] = []
    for label, key, codes in dict.fromkeys(asked):
        text, doubts = _detail(record.data.get(key), codes)
        if text:
            details.append((label, text))
            flags = (*flags, *doubts) if doubts else flags
    title, _, event_type = what.partition("|")
    facts: tuple[str, ...] = ()
    if not event_type:
        facts = tuple(what.split("+"))
        title, event_type = fact(facts[0]).title, fact(facts[0]).event_type
    said: Telling = {
        **common,
        "flags": flags,
        "event_type_written": title,
        "event_type": event_type,
        "facts": facts,
    }
    found.tell(source, when, in_lines(title, details), **said)


def _detail(value: object, codes: str) -> tuple[str, tuple[Flag, ...]]:
    if codes != "factors":
        text = text_of(value)
        return shown(codes, text) if text else ("", ())
    listed = value if isinstance(value, list) else text_of(value).strip("[]").split(",")
    told = [shown("factor", text) for text in map(text_of, listed) if text]
    return "; ".join(word for word, _ in told), tuple(f for _, flags in told for f in flags)


def _common(record: Record, *, purged: bool) -> Telling:
    level = record.level
    raw = _raw(record)
    common: Telling = {
        "raw": raw,
        "reference": record.reference,
        "subjects": record.about,
        "flags": (_NULLIFIED,) if purged else (),
        "other": (*record.other, *_other(record)),
    }
    if level.worker and (worker := text_of(record.data.get(level.worker))):
        common["professional"] = f"Worker ID {worker}"
    hidden = tuple(key for key, text in raw if text and _is_withheld(level, key))
    if hidden:
        common["withheld"] = hidden
        common["flags"] = (*common["flags"], _WITHHELD)
    return common


@cache
def _is_withheld(level: Level, key: str) -> bool:
    """Whether a key is withheld: by its level, or an address that the payload does not define."""
    return key in level.withheld or bool(_ADDRESS.search(key))


def _raw(record: Record) -> Cells:
    return tuple(
        (key, text_of(value))
        for key, value in record.data.items()
        if not isinstance(value, (dict, list)) or key in _told_keys(record.level)
    )


def _other(record: Record) -> Cells:
    """What the payload does not define, as it stands."""
    known = _told_keys(record.level)
    return tuple(
        (key, text)
        for key, value in record.data.items()
        if key not in known
        and not isinstance(value, (dict, list))
        and not _is_withheld(record.level, key)
        and (text := text_of(value))
    )


def _cells(record: Record) -> Cells:
    return tuple(
        (key, WITHHELD if text and _is_withheld(record.level, key) else text)
        for key, text in _raw(record)
    )


@cache
def _told_keys(level: Level) -> frozenset[str]:
    """The keys that a level defines, apart from the levels inside it."""
    dated = {name for one in level.dated for name in (one.key, *one.also)}
    details = {key for one in level.dated for _, key, _ in one.details}
    return frozenset({*dated, *details, level.number, *level.withheld, *_IDENTITY, "purge"})


@cache
def _inside(level: Level) -> Mapping[str, Level]:
    """The levels inside a level by every key they are written under."""
    return {name: inner for inner in level.inside for name in (inner.key, *inner.also)}


_IDENTITY = (
    *("la_child_id", "mis_child_id", "unique_pupil_number", "former_unique_pupil_number"),
    *("first_name", "surname", "date_of_birth", "expected_date_of_birth", "sex", "ethnicity"),
    *("disabilities", "unique_pupil_number_unknown_reason", "uasc_flag"),
)


def _first(data: Mapping[str, object], *keys: str) -> str:
    return next((text for key in keys if (text := text_of(data.get(key)))), "")


def _is_bare(record: Record) -> bool:
    """Whether a child has no record inside."""
    return not any(isinstance(value, (dict, list)) for value in record.data.values())


def _says_anything(record: Record) -> bool:
    return any(text for key, text in _raw(record) if key != "purge")
