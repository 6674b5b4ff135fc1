"""What a JSON file of an interface holds: its objects by plain keys, their texts, dates, cells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from chronology.account import Mention
from chronology.dates import without_midnight
from chronology.dates.standard import read_standard
from chronology.flags import Flag
from chronology.identifiers import identifier
from chronology.importers.defined.base import Cells, Found
from chronology.when import UNDATED, When

#: An object under keys without case and marks: contactTimestamp and contact_timestamp are one.
Keys = Mapping[str, Any]

NO_RECORD = "It is not a record that this format defines."
ONLY_RECORDED = "The file gives only the time at which it was recorded, not when it happened."
SENSITIVE = Flag(
    "content-withheld", "The sender marked the record as sensitive; its words are not repeated."
)
ADDRESS = Flag(
    "content-withheld", "The record holds an address or how to reach a person; it is not repeated."
)
_MARKS = re.compile(r"[^a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-\s]+")
_EPOCH = re.compile(r"1[0-9]{12}")
_MIDNIGHT = frozenset({"time-midnight"})
#: Only so many objects are looked at to know a format.
LOOKED_AT = 5000
_NOTHING = frozenset({"", "null", "none"})


@lru_cache(maxsize=16_384)
def squeezed(key: str) -> str:
    """A key without case, gaps and marks."""
    return _MARKS.sub("", key.casefold())


@lru_cache(maxsize=4096)
def in_words(key: str) -> str:
    """A key as a person reads it: ``dateToBeCompletedBy`` as "Date to be completed by"."""
    words = [w if w.isupper() and len(w) > 1 else w.lower() for w in _HUMP.sub(" ", key).split()]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def keyed(data: object) -> Keys:
    """An object under plain keys; {} for anything else."""
    if type(data) is not dict:
        return {}
    return {squeezed(key): value for key, value in data.items()}


def text_of(value: object) -> str:
    """A value as text; a coded value by its description and code."""
    if type(value) is str:
        text = value.strip()
        return "" if text.casefold() in _NOTHING else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(filter(None, map(text_of, value)))
    return _described(keyed(value)) or json.dumps(value, ensure_ascii=False)


def said(keys: Keys, *names: str) -> str:
    """The first of these keys that says anything."""
    for name in names:
        value = keys.get(name)
        if value is not None and (text := text_of(value)):
            return text
    return ""


def is_yes(value: str) -> bool:
    """Whether a flag is set."""
    return value.strip().casefold() in {"yes", "y", "true", "1", "t"}


def moment(value: object) -> When:
    """A date in any of the styles interfaces write: ISO, arrays of numbers, Java's, English text.

    A clock time of midnight is how systems write a day alone.
    """
    if isinstance(value, list):
        return as_day(_of_array(value))
    text = text_of(value)
    if not text:
        return UNDATED
    if _EPOCH.fullmatch(text):
        stamp = datetime.fromtimestamp(int(text) / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return as_day(replace(read_standard(stamp), written=text))
    return as_day(read_standard(text))


def as_day(when: When) -> When:
    """A moment at midnight, local time, as the day alone."""
    if when.clock != time(0, 0) or not when.is_exact:
        return when
    flags = tuple(flag for flag in when.flags if flag.code not in _MIDNIGHT)
    return read_day(when, flags)


def read_day(when: When, flags: tuple[Flag, ...]) -> When:
    """The day of a moment, with other flags."""
    day = read_standard(str(when.start))
    return replace(day, written=when.written, flags=flags)


def _of_array(value: list[object]) -> When:
    """``[2023, 1, 17, 15, 51, 54, 358000000]``: year, month, day, then as much as is not nought."""
    written = json.dumps(value).replace('"', "")
    try:
        year, month, day, *clock = (int(str(part)) for part in value)
        text = date(year, month, day).isoformat()
        if clock:
            text += f"T{time(clock[0], clock[1] if len(clock) > 1 else 0):%H:%M}"
    except (ValueError, OverflowError):
        return replace(UNDATED, written=written)
    return replace(read_standard(text), written=written)


def _described(keys: Keys) -> str:
    words, code = said(keys, "description", "desc", "label", "name"), said(keys, "code")
    return f"{words} [{code}]" if words and code and words != code else words or code


def cells_of(data: object) -> Cells:
    """Every value in an object under the path of keys that leads to it."""
    cells: list[tuple[str, str]] = []
    _flatten(data, "", cells)
    return tuple(cells)


def _flatten(data: object, path: str, cells: list[tuple[str, str]]) -> None:
    if type(data) is str:
        cells.append((path, data))
    elif type(data) is dict:
        above = f"{path}." if path else ""
        for key, value in data.items():
            if type(value) is str:
                cells.append((above + key, value))
            else:
                _flatten(value, above + key, cells)
    elif isinstance(data, list):
        if any(type(one) in (dict, list) for one in data):
            for number, one in enumerate(data, 1):
                _flatten(one, f"{path}[{number}]", cells)
        else:
            cells.append((path, "; ".join(map(_plain, data))))
    else:
        cells.append((path, _plain(data)))


def _plain(value: object) -> str:
    """A single value as it is written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Place:
    """One object of a file with where it stands; ``above`` are the objects around it."""

    path: str
    item: int
    data: object
    keys: Keys
    above: tuple[Keys, ...] = ()

    def around(self, *names: str) -> str:
        """What the object says under one of these keys, or those around it, the nearest first."""
        for keys in (self.keys, *reversed(self.above)):
            text = said(keys, *names)
            if text:
                return text
        return ""


def holds_any(data: object, is_one: Callable[[Keys], bool]) -> bool:
    """Whether one of the first objects of a file, the outer ones first, is of a kind."""
    level: list[object] = [data]
    seen = 0
    while level and seen < LOOKED_AT:
        inside: list[object] = []
        for one in level:
            if type(one) is dict:
                if is_one(keyed(one)):
                    return True
                inside.extend(v for v in one.values() if isinstance(v, (dict, list)))
            elif isinstance(one, list):
                inside.extend(v for v in one[:LOOKED_AT] if isinstance(v, (dict, list)))
            seen += 1
            if seen >= LOOKED_AT:
                break
        level = inside
    return False


def places(
    data: object, is_one: Callable[[Keys], bool], above: tuple[Keys, ...] = (), path: str = ""
) -> Iterator[Place]:
    """Every object that is one of a kind, wherever it lies."""
    if isinstance(data, list):
        for number, one in enumerate(data, 1):
            yield from _inside(one, is_one, above, path, number)
    else:
        yield from _inside(data, is_one, above, path, 1)


def _inside(
    data: object, is_one: Callable[[Keys], bool], above: tuple[Keys, ...], path: str, item: int
) -> Iterator[Place]:
    if isinstance(data, list):
        yield from places(data, is_one, above, path)
        return
    if type(data) is not dict:
        return
    keys = keyed(data)
    if is_one(keys):
        yield Place(path, item, data, keys, above)
        return
    outer = (*above, keys)
    for key, value in data.items():
        if isinstance(value, (dict, list)):
            here = f"{path}[{item}]/{key}" if path else str(key)
            yield from places(value, is_one, outer, here)


def tell_places(
    found: Found, is_one: Callable[[Keys], bool], tell: Callable[[Found, Place], None]
) -> None:
    """Tells every record; leaves out what stands among them, sets apart what stands around them."""
    met: set[int] = set()
    kept: set[int] = set()
    for place in places(found.document.data, is_one):
        met.add(id(place.data))
        tell(found, place)
    _holders(found.document.data, met, kept)
    _around(found, found.document.data, met, kept, "", 1)


def _holders(data: object, met: set[int], kept: set[int]) -> bool:
    """Notes every list and object that has a record inside."""
    if id(data) in met:
        return True
    inner = data.values() if type(data) is dict else data if isinstance(data, list) else ()
    holds = [_holders(one, met, kept) for one in inner if isinstance(one, (dict, list))]
    if any(holds):
        kept.add(id(data))
        return True
    return False


def _around(
    found: Found, data: object, met: set[int], kept: set[int], path: str, item: int
) -> None:
    if id(data) in met:
        return
    if isinstance(data, list):
        for number, one in enumerate(data, 1):
            if isinstance(one, (dict, list)) and (id(one) in met or id(one) in kept):
                _around(found, one, met, kept, path, number)
            elif one is not None:
                cells = [f"{key}: {text}" for key, text in cells_of(one) if key and text]
                source = found.source(path, number, unit="item")
                found.leave(source, NO_RECORD, cells or [_plain(one)])
    elif type(data) is dict:
        rest = {}
        for key, value in data.items():
            if isinstance(value, (dict, list)) and (id(value) in met or id(value) in kept):
                here = f"{path}[{item}]/{key}" if path else str(key)
                _around(found, value, met, kept, here, 1)
            else:
                rest[key] = value
        text = " | ".join(f"{key}: {text}" for key, text in cells_of(rest) if text)
        if text:
            found.apart(path, item, text)


def person(
    number: str, kind: str, *, name: str = "", born: str = "", nhs: str = "", role: str = ""
) -> tuple[Mention, ...]:
    """Whom a record is about where that need be no child; ``kind`` says whose number it is."""
    numbers = tuple(
        one for one in (identifier(number, named="local"), identifier(nhs, named="nhs")) if one
    )
    label = name.strip() or (f"Person {kind} {number.strip()}" if number.strip() else "")
    if not label and nhs.strip():
        label = f"Person with NHS number {nhs.strip()}"
    return (Mention(label, role, without_midnight(born.strip()), numbers),) if label else ()
