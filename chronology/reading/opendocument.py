"""OpenDocument spreadsheets (.ods): cells as shown, with everything a screen would hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final
from xml.etree.ElementTree import Element

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.archive import Archive, local_name
from chronology.reading.assembly import Area, CellNote, Row, Scan, grid_of
from chronology.reading.formats import Format, Shown, show_number, show_stamp
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Grid
from chronology.reading.sheets import PLAIN, Style

_HIDDEN: Final = "The sheet is hidden in the workbook."
_DURATION: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d*)?S)?")
_DATE_PARTS: Final = {
    "year": "year",
    "month": "month",
    "day": "day",
    "day-of-week": "weekday",
    "hours": "hour",
    "minutes": "minute",
    "seconds": "second",
}
_WORDS: Final = {"s": " ", "tab": "\t", "line-break": "\n"}
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
#: Rows and columns hidden by hand or by a filter.
_UNSEEN: Final = frozenset({"collapse", "filter"})


@dataclass(slots=True)
class _Table:
    scan: Scan = field(default_factory=Scan)
    notes: list[CellNote] = field(default_factory=list)
    filled: int = 0


def read_opendocument(intake: Intake, archive: Archive) -> Document:
    """Every sheet that holds anything; raises UnreadableFileError where none does."""
    content = archive.tree("content.xml")
    if content is None or _is_locked(archive):
        raise UnreadableFileError(
            "This file has a password. Open it in the program that made it, remove the password "
            "and save it again."
        )
    styles = _styles([root for root in (archive.tree("styles.xml"), content) if root is not None])
    unseen = _hidden_styles(content)
    grids = tuple(
        _grid(intake, node, styles, _HIDDEN if _get(node, "style-name") in unseen else "")
        for node in content.iter()
        if _is(node, "table")
    )
    if not any(grid.lines for grid in grids):
        raise UnreadableFileError(
            "Nothing is written in any sheet of this workbook. Check that it is the right file."
        )
    kept = tuple(grid for grid in grids if grid.lines)
    return Document(intake.name, "ods", intake.sha256, kept)


def _is_locked(archive: Archive) -> bool:
    manifest = archive.tree("META-INF/manifest.xml")
    return manifest is not None and any(_is(node, "encryption-data") for node in manifest.iter())


def _styles(roots: list[Element]) -> dict[str, Style]:
    """Cell styles by name: what their dates show, and whether their text is struck out."""
    dates: dict[str, Format] = {}
    styles: dict[str, Style] = {}
    nodes = [node for root in roots for node in root.iter()]
    for node in nodes:
        if _is(node, "date-style") or _is(node, "time-style"):
            parts = frozenset(_DATE_PARTS.get(local_name(part), "") for part in node) - {""}
            dates[_get(node, "name")] = Format(parts=parts)
    for node in nodes:
        if _is(node, "style"):
            form = dates.get(_get(node, "data-style-name"), PLAIN.form)
            properties = [_get(part, "text-line-through-style") for part in node]
            struck = any(value not in {"", "none"} for value in properties)
            styles[_get(node, "name")] = Style(form, struck)
    return styles


def _hidden_styles(content: Element) -> frozenset[str]:
    """Styles of sheets that are not displayed."""
    return frozenset(
        _get(node, "name")
        for node in content.iter()
        if _is(node, "style") and any(_get(part, "display") == "false" for part in node)
    )


def _grid(intake: Intake, node: Element, styles: dict[str, Style], hidden: str) -> Grid:
    table = _Table()
    number = 1
    for row in _rows(node):
        times = _times(row, "number-rows-repeated")
        _read_row(row, number, min(times, gate.MAX_ROWS), table, styles)
        number += times
    name = _get(node, "name")
    return grid_of(intake, name, table.scan, hidden=hidden, notes=tuple(table.notes))


def _rows(node: Element) -> Iterator[Element]:
    """Rows in order, through header rows and groups; tables inside a cell are not entered."""
    for child in node:
        if _is(child, "table-row"):
            yield child
        elif not _is(child, "shapes"):
            yield from _rows(child)


def _read_row(
    node: Element, number: int, times: int, table: _Table, styles: dict[str, Style]
) -> None:
    row = Row(number, hidden=_get(node, "visibility") in _UNSEEN)
    column = 0
    for cell in node:
        if local_name(cell) in _CELLS:
            again = _times(cell, "number-columns-repeated")
            _read_cell(cell, row, column, min(again, gate.MAX_COLUMNS), table, styles)
            column += again
    if not row.cells:
        return
    gate.refuse_over(number + times - 1, gate.MAX_ROWS, "A sheet has more than 1,048,576 rows.")
    table.filled += len(row.cells) * times
    gate.refuse_over(table.filled, gate.MAX_CELLS, "A sheet has more than 20 million cells.")
    for copy in range(number, number + times):
        table.scan.rows[copy] = Row(copy, row.hidden, dict(row.cells), row.stamps, row.marks)


def _read_cell(
    node: Element, row: Row, column: int, again: int, table: _Table, styles: dict[str, Style]
) -> None:
    for child in node:
        if _is(child, "annotation"):
            table.notes.append(CellNote(row.number, column, _said(child)))
    style = styles.get(_get(node, "style-name"), PLAIN)
    shown = _shown(node, style)
    if not shown.text:
        return
    gate.refuse_over(column + again, gate.MAX_COLUMNS, "A sheet has more than 16,384 columns.")
    down, across = _times(node, "number-rows-spanned"), _times(node, "number-columns-spanned")
    if down > 1:
        area = Area(row.number, column, row.number + down - 1, column + across - 1)
        table.scan.merges.append(area)
    marks = (("row-struck", style.struck), ("cell-formula", bool(_get(node, "formula"))))
    for place in range(column, column + again):
        row.cells[place] = shown.text
        if shown.stamp is not None:
            row.stamps[place] = shown.stamp
        row.marks += [(mark, place) for mark, holds in marks if holds]
        if shown.doubt:
            row.marks.append((shown.doubt, place))


def _shown(node: Element, style: Style) -> Shown:
    """Text as the cell shows it; dates in one spelling, whole numbers without separators."""
    kind, written = _get(node, "value-type"), _said(node)
    if kind == "date":
        value = _get(node, "date-value")
        try:
            stamp = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return Shown(written, doubt="cell-error")
        return show_stamp(stamp, style.form)
    if kind == "time":
        return _shown_time(_get(node, "time-value"), written)
    if kind == "float" and not written.replace(" ", "").replace("-", "").isdigit():
        return show_number(_get(node, "value"), PLAIN.form, from_1904=False)
    error = written.startswith("#") and bool(_get(node, "formula"))
    return Shown(written, doubt="cell-error" if error else "")


def _shown_time(value: str, written: str) -> Shown:
    found = _DURATION.fullmatch(value)
    if found is None:
        return Shown(written)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        return Shown(written)
    return show_stamp(time(hours, minutes, seconds), PLAIN.form)


def _said(node: Element) -> str:
    """The paragraphs of a cell or a note, one a line; notes are no part of the cell's own."""
    paragraphs = (child for child in node if local_name(child) in {"p", "h"})
    return "\n".join(_words(child) for child in paragraphs)


def _words(node: Element) -> str:
    pieces = [node.text or ""]
    for child in node:
        if local_name(child) in _WORDS:
            pieces.append(_WORDS[local_name(child)] * _times(child, "c"))
        elif not _is(child, "annotation"):
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _times(node: Element, name: str) -> int:
    value = _get(node, name)
    return max(1, int(value[:9])) if value.isascii() and value.isdigit() else 1


def _get(node: Element, name: str) -> str:
    return next((value for key, value in node.items() if key.endswith(f"}}{name}")), "")


def _is(node: Element, name: str) -> bool:
    return local_name(node) == name
