"""What is pinned to a worksheet beside its cells: notes, threaded comments, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from chronology.reading.archive import Archive, local_name
from chronology.reading.assembly import CellNote
from chronology.reading.gate import MAX_COLUMNS, MAX_ROWS
from chronology.reading.grid import plain_breaks
from chronology.reading.sheets import area_of

#: What Excel writes into the old-style note that stands in for a threaded comment.
_STAND_IN: Final = "[Threaded comment]"
_LONGEST: Final = 300


def cell_notes(archive: Archive, sheet_part: str) -> tuple[CellNote, ...]:
    """Notes and comments on a sheet's cells, by row and column."""
    found: list[CellNote] = []
    for relation in archive.relations(sheet_part).values():
        if relation.kind in {"comments", "threadedComment"}:
            root = archive.tree(relation.target)
            found += _notes_in(root) if root is not None else ()
    return tuple(sorted(found, key=lambda note: (note.row, note.column)))


def text_boxes(archive: Archive, sheet_part: str) -> Iterator[str]:
    """A sentence for each text box or shape with words that floats over a sheet."""
    for relation in archive.relations(sheet_part).values():
        root = archive.tree(relation.target) if relation.kind == "drawing" else None
        for body in _named(root, "txBody") if root is not None else ():
            text = "\n".join(_text(paragraph) for paragraph in _named(body, "p")).strip()
            if text:
                more = "..." if len(text) > _LONGEST else ""
                yield f"A text box floats over the sheet and is no row: '{text[:_LONGEST]}{more}'"


def _notes_in(root: Element) -> Iterator[CellNote]:
    for node in root.iter():
        if local_name(node) not in {"comment", "threadedComment"}:
            continue
        area = area_of(node.get("ref", ""))
        text = plain_breaks(_text(node)).strip()
        if area is None or not text or text.startswith(_STAND_IN):
            continue
        if 1 <= area.top <= MAX_ROWS and area.left < MAX_COLUMNS:
            yield CellNote(area.top, area.left, text)


def _text(node: Element) -> str:
    """The words in a node, reading aids left out."""
    if local_name(node) == "rPh":
        return ""
    own = (node.text or "") if local_name(node) in {"t", "text"} else ""
    return own + "".join(_text(child) for child in node)


def _named(root: Element, name: str) -> Iterator[Element]:
    return (node for node in root.iter() if local_name(node) == name)
