"""A list of plain JSON objects as a table: their keys as headings, an object a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chronology.reading.grid import Document, Grid, Line, level

#: Fewer objects with a key in common are no table.
FEWEST = 1
#: How deep an object may lie in a row: {"child": {"name": ...}} is the column "child name".
DEEPEST = 3


def as_table(document: Document) -> Document:
    """The document with its lists of objects as tables; as it is where it holds none.

    Row 1 is the keys, so that the first object of a list stands in row 2. What stands beside the
    lists (a total, the day of the export) stands outside the tables, a line for each key.
    """
    lists = [(name, items) for name, items in _lists(document.data) if len(items) >= FEWEST]
    if not lists:
        return document
    grids = tuple(_grid(document, name, items) for name, items in lists)
    beside = _beside(document.data, frozenset(name for name, _ in lists))
    outside = tuple(Line(number, (text,)) for number, text in enumerate(beside, start=1))
    return replace(document, grids=grids, outside=(*document.outside, *outside))


def _lists(data: object) -> Iterator[tuple[str, Sequence[Mapping[str, object]]]]:
    if isinstance(data, list):
        if data and all(isinstance(item, dict) for item in data):
            yield "", data
    elif isinstance(data, dict):
        for name, inner in data.items():
            for _, items in _lists(inner) if isinstance(inner, list) else ():
                yield str(name), items


def _beside(data: object, lists: frozenset[str]) -> Iterator[str]:
    """What an object says beside its lists of objects: "total: 2"."""
    if isinstance(data, dict):
        rest = {key: value for key, value in data.items() if str(key) not in lists}
        yield from (f"{key}: {text}" for key, text in _cells(rest) if text.strip())


def _grid(document: Document, name: str, items: Sequence[Mapping[str, object]]) -> Grid:
    rows = [dict(_cells(item)) for item in items]
    headings = tuple(dict.fromkeys(heading for row in rows for heading in row))
    lines = [Line(1, headings)]
    lines += [
        Line(number, tuple(row.get(heading, "") for heading in headings))
        for number, row in enumerate(rows, start=2)
    ]
    return Grid(document.file, name, document.sha256, level(lines))


def _cells(
    item: Mapping[str, object], above: str = "", depth: int = 1
) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        heading = f"{above} {key}".strip()
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _cells(value, heading, depth + 1)
        else:
            yield heading, _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_text(inner) for inner in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    return str(value)
