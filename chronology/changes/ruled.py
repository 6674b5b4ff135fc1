"""Rulings as the entries of a document tell them, each once, known by the records it is about.

A ruling that two records are not one stands at both their entries, and names the other each time;
what is said of it changes with the words of the records and with who stands beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronology.changes.places import Places, place

_Json = Mapping[str, Any]

#: How a line on a ruling begins -> what was ruled, and how that is said of both records.
_LEADS: tuple[tuple[str, str, str], ...] = (
    ("Please check: Ruled the same as ", "same", "Please check: Ruled the same"),
    ("Please check: ", "different", ""),
    ("Ruled the same as ", "same", "Ruled the same"),
    ("Ruled the same", "same", "Ruled the same"),
    ("Ruled different from ", "different", "Ruled different"),
    ("Left open whether the same as ", "unsure", "Left open whether the same"),
    ("Left open", "unsure", "Left open"),
    ("Not linked with ", "not_linked", "Not linked"),
)
#: What stands before who ruled it, when and why.
_BY = re.compile(r"\)? by |, as ruled by | stand here together though ruled different by ")


def is_ruling(line: str) -> bool:
    """Whether a line beside an entry tells of a ruling, and not of something to look at."""
    return any(line.startswith(lead) for lead, _, _ in _LEADS)


def rulings(
    entries: Sequence[_Json], ids: Sequence[Sequence[str]], entry_of: Mapping[str, int]
) -> Iterator[tuple[tuple[object, ...], str]]:
    """Each ruling, by what it is known by in both documents, told with the records it is about."""
    places = Places(
        (one, account["source"])
        for entry, known in zip(entries, ids, strict=True)
        for one, account in zip(known, entry["accounts"], strict=True)
    )
    lines = [
        _read(text, at, places)
        for at, entry in enumerate(entries)
        for text in sorted(entry.get("decided", ()))
        if is_ruling(text)
    ]
    times: Counter[str] = Counter()
    for group in _groups(lines, entry_of):
        if len(group) == 1 and group[0].by and len(group[0].named) != 1:
            yield _of_one_entry(group[0], ids[group[0].at], entries[group[0].at])
            continue
        pairs, rest = _pairs(group)
        for one, other in pairs:
            yield _of_two(one, other, entry_of)
        for line in rest:
            times[line.text] += 1
            yield (line.text, times[line.text]), line.text


@dataclass(frozen=True, slots=True)
class _Line:
    """A line on a ruling, taken apart; ``by`` is blank where it could not be."""

    text: str
    at: int
    kind: str
    said: str
    #: For each place it names, the records there; and the words that name them.
    named: tuple[tuple[str, ...], ...] = ()
    words: str = ""
    joint: str = ""
    by: str = ""


def _read(text: str, at: int, places: Places) -> _Line:
    lead, kind, said = next(known for known in _LEADS if text.startswith(known[0]))
    ends = [(len(lead), ())] if text.startswith(" by ", len(lead)) else places.named(text)
    named: list[tuple[str, ...]] = []
    for end, ids in ends:
        named += [ids] if ids else []
        if found := _BY.match(text, end):
            words, joint = text[len(lead) : end], found[0].removeprefix(")")
            return _Line(text, at, kind, said, tuple(named), words, joint, text[found.end() :])
    return _Line(text, at, kind, said)


def _groups(lines: Sequence[_Line], entry_of: Mapping[str, int]) -> list[list[_Line]]:
    """Lines that may tell of the same ruling: of one person, between the same two entries."""
    found: dict[tuple[object, ...], list[_Line]] = {}
    for number, line in enumerate(lines):
        there = _elsewhere(line, entry_of) if len(line.named) == 1 else line.at
        ends = (min(line.at, there), max(line.at, there))
        key = (line.kind, line.by, ends) if line.at != there else (number,)
        found.setdefault(key, []).append(line)
    return list(found.values())


def _pairs(group: Sequence[_Line]) -> tuple[list[tuple[_Line, _Line]], list[_Line]]:
    """The two lines of each ruling; and lines of which it is not certain which belong together.

    Where each side names several records, who was ruled apart from whom cannot be told: the side
    that names more is told as it stands.
    """
    first = [line for line in group if line.at == group[0].at]
    second = [line for line in group if line.at != group[0].at]
    if min(len(first), len(second)) == 1:
        return [(one, other) for one in first for other in second], []
    return [], max(first, second, key=len)


def _elsewhere(line: _Line, entry_of: Mapping[str, int]) -> int:
    """The entry of the record it names; of several in one row, of one that is not here."""
    entries = [entry_of[one] for one in line.named[0]]
    return next((at for at in entries if at != line.at), line.at)


def _of_two(
    line: _Line, other: _Line, entry_of: Mapping[str, int]
) -> tuple[tuple[object, ...], str]:
    """A ruling that stands at two entries, whichever of its lines comes first."""
    ids = sorted(
        next(one for one in told.named[0] if entry_of[one] == there)
        for told, there in ((line, other.at), (other, line.at))
    )
    first, second = (other, line) if line.at < other.at else (line, other)
    told = f"{line.said} ({first.words} and {second.words}){line.joint}{line.by}"
    return (line.kind, tuple(ids), line.by), told


def _of_one_entry(line: _Line, ids: Sequence[str], entry: _Json) -> tuple[tuple[object, ...], str]:
    """A ruling on records of one entry, which are named where the entry holds others too."""
    if line.named:
        about = tuple(sorted(named[0] for named in line.named))
        return (line.kind, about, line.by), line.text
    where = " and ".join(place(account["source"]) for account in entry["accounts"])
    return (line.kind, tuple(sorted(ids)), line.by), f"{line.said} ({where}){line.joint}{line.by}"
