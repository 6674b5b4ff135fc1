"""JSON files: dicts, lists and text; every number stays the text it was written in."""

from __future__ import annotations

import json
import re
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.encoding import decode
from chronology.reading.gate import Intake
from chronology.reading.grid import Document

#: Values in one file, counted by the marks between them before anything is built.
MAX_VALUES: Final = 5_000_000
#: How deep records are nested at the most; only what is deeper is walked through to be sure.
USUAL_DEPTH: Final = 20
#: Damaged lines that a note names one by one.
NAMED: Final = 5

_DEEP: Final = (
    "This JSON file is nested deeper than any export of records. Ask the sender for a fresh copy."
)
_IN_PART: Final = (
    "The file is damaged or was copied only in part (it cannot be read at line {}, character {})."
    " The records that could be read were taken; what could not is among those left out. Ask for"
    " the file to be sent again."
)
_DECODER: Final = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)
#: Where the records of a FHIR bundle begin, and where the next one does after a damaged one.
_RECORDS: Final = re.compile(r'"entry"\s*:\s*\[')
_NEXT_RECORD: Final = re.compile(
    r'\}\s*,?\s*(?=\{\s*"(?:fullUrl|fhir_comments|resource|link|search|request)"\s*:)'
)
_BUNDLE_TYPE: Final = re.compile(r'"type"\s*:\s*"([a-z-]+)"')
_BETWEEN: Final = re.compile(r"[\s,]*")
#: For counting how deep a text is: brackets of one kind, and all that is neither one nor a quote.
_BRACKETS: Final = bytes.maketrans(b"[]", b"{}")
_NO_MARKS: Final = bytes(sorted(set(range(256)) - set(b'[]{}"')))
_STRING: Final = re.compile(rb'"[^"]*"')


def read_notation(intake: Intake) -> Document:
    """What a JSON file holds; of a file with one JSON value a line, the list of them.

    A line that is damaged, or a damaged record of a FHIR bundle, stands in its place as the text
    it is, and a note names it. Raises UnreadableFileError for damage of any other kind, for great
    depth and for more than 5 million values.
    """
    if len(intake.data) > MAX_VALUES:
        marks = sum(map(intake.data.count, (b",", b"[", b"{")))
        gate.refuse_over(marks, MAX_VALUES, "The file holds more than 5 million values.")
    text, notes = decode(intake.data)
    try:
        data, more = _parsed(text)
    except RecursionError as fault:
        raise UnreadableFileError(_DEEP) from fault
    if more or _may_be_deep(text):
        _refuse_deep(data)
    return Document(intake.name, "json", intake.sha256, (), (*notes, *more), data=data)


def _parsed(text: str) -> tuple[object, tuple[str, ...]]:
    try:
        return _DECODER.decode(text), ()
    except json.JSONDecodeError as fault:
        found = _line_by_line(text) or _record_by_record(text, fault)
        if found is None:
            raise UnreadableFileError(
                f"This JSON file is damaged or was copied only in part (it cannot be read at line"
                f" {fault.lineno}, character {fault.colno}). Ask for it to be sent again."
            ) from fault
        return found


def _line_by_line(text: str) -> tuple[object, tuple[str, ...]] | None:
    """The values of a file with one a line, and which lines are none; None for no such file."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) < 2 or sum(line.lstrip()[:1] in "{[" for _, line in lines) * 2 < len(lines):
        return None
    values: list[object] = []
    bad: list[int] = []
    for number, line in lines:
        try:
            value = _DECODER.decode(line)
        except json.JSONDecodeError:
            value = None
        if type(value) in (dict, list):
            values.append(value)
        else:
            values.append(line.strip())
            bad.append(number)
        if len(bad) * 2 >= len(lines):
            return None
    return values, _bad_lines(bad)


def _bad_lines(bad: list[int]) -> tuple[str, ...]:
    if not bad:
        return ()
    named = ", ".join(map(str, bad[:NAMED]))
    more = f" and {len(bad) - NAMED} more" if len(bad) > NAMED else ""
    what = "Line" if len(bad) == 1 else "Lines"
    return (
        (
            f"{what} {named}{more} of the file could not be read as JSON; what stands there is"
            " among what was left out. Ask for the file to be sent again."
        ),
    )


def _record_by_record(
    text: str, fault: json.JSONDecodeError
) -> tuple[object, tuple[str, ...]] | None:
    """The records of a FHIR bundle of which one is damaged; None for any other file."""
    start = _RECORDS.search(text)
    if start is None or '"resourceType"' not in text:
        return None
    entries = _entries(text, start.end())
    if not any(type(entry) is dict for entry in entries):
        return None
    kind = _BUNDLE_TYPE.search(text, 0, start.start())
    bundle = {"resourceType": "Bundle", "type": kind[1] if kind else "", "entry": entries}
    return bundle, (_IN_PART.format(fault.lineno, fault.colno),)


def _entries(text: str, at: int) -> list[object]:
    """Each record from there on; a damaged one as its text, up to where the next one begins."""
    entries: list[object] = []
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if at >= len(text) or text[at] == "]":
            return entries
        try:
            entry, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError:
            following = _NEXT_RECORD.search(text, at)
            end = following.end() if following else len(text)
            entry, at = text[at:end].strip(), end
        entries.append(entry)


def _may_be_deep(text: str) -> bool:
    """Whether the brackets of a text that is JSON throughout are nested deeper than usual.

    Many times quicker than a walk through what was read: a round takes all innermost brackets away.
    """
    marks = text.encode("utf-8", "surrogatepass")
    if b"\\" in marks:
        marks = marks.replace(rb"\\", b"").replace(rb"\"", b"")
    marks = marks.translate(_BRACKETS, _NO_MARKS).replace(b'""', b"")
    if b'"' in marks:
        marks = _STRING.sub(b"", marks)
    for _ in range(USUAL_DEPTH):
        if not marks:
            return False
        marks = marks.replace(b"{}", b"")
    return bool(marks)


def _refuse_deep(data: object) -> None:
    level: list[object] = [data] if type(data) is dict or type(data) is list else []
    for _ in range(gate.MAX_DEPTH):
        if not level:
            return
        level = [
            inner
            for value in level
            for inner in (value.values() if type(value) is dict else value)  # type: ignore[attr-defined]
            if type(inner) is dict or type(inner) is list
        ]
    if level:
        raise UnreadableFileError(_DEEP)
