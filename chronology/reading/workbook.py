"""Excel workbooks (.xlsx, .xlsm, .xltx): cells as shown, with everything a screen would hide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.archive import Archive, local_name
from chronology.reading.assembly import grid_of
from chronology.reading.formats import BUILT_IN, GENERAL, understand
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Grid
from chronology.reading.notes import cell_notes, text_boxes
from chronology.reading.scanner import OFF, scan_texts
from chronology.reading.sheets import Book, Style, scan_sheet

_HIDDEN: Final = {
    "hidden": "The sheet is hidden in the workbook.",
    "veryHidden": "The sheet is hidden in the workbook so that Excel's menus do not show it.",
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    state: str
    part: str
    kind: str


def read_workbook(intake: Intake, archive: Archive) -> Document:
    """Every sheet that holds anything; raises UnreadableFileError where none does."""
    root_part = archive.main_part("xl/workbook.xml")
    root = archive.tree(root_part)
    if root is None:
        raise gate.damaged("This workbook", "Excel")
    sheets = _sheets(archive, root, root_part)
    book = _book(archive, root, root_part)
    read = [(sheet, _grid(intake, archive, sheet, book)) for sheet in sheets if sheet.part]
    grids = tuple(grid for _, grid in read if grid.lines)
    missing = tuple(sheet.name for sheet in sheets if not sheet.part)
    if not grids:
        raise _nothing_in_it(missing)
    blank = tuple(sheet.name for sheet, grid in read if not grid.lines)
    return Document(intake.name, "xlsx", intake.sha256, grids, _notes(missing, blank))


def _sheets(archive: Archive, root: Element, root_part: str) -> list[_Sheet]:
    relations = archive.relations(root_part)
    found: list[_Sheet] = []
    for node in root.iter():
        if local_name(node) == "sheet":
            relation = relations.get(_relation_id(node))
            kind = relation.kind if relation else ""
            part = relation.target if relation and relation.target in archive else ""
            if kind in {"", "worksheet"}:
                found.append(_Sheet(node.get("name", ""), node.get("state", ""), part, kind))
    return found


def _relation_id(node: Element) -> str:
    return next((value for key, value in node.items() if key.endswith("}id")), "")


def _book(archive: Archive, root: Element, root_part: str) -> Book:
    parts = {each.kind: each.target for each in archive.relations(root_part).values()}
    texts: tuple[str, ...] = ()
    struck: frozenset[int] = frozenset()
    if parts.get("sharedStrings", "") in archive:
        texts, struck = scan_texts(archive, parts["sharedStrings"])
    settings = [node for node in root if local_name(node) == "workbookPr"]
    from_1904 = any(node.get("date1904", "0") not in OFF for node in settings)
    styles = archive.tree(parts["styles"]) if "styles" in parts else None
    return Book(texts, struck, _styles(styles), from_1904)


def _styles(root: Element | None) -> tuple[Style, ...]:
    if root is None:
        return ()
    sections = {local_name(node): node for node in root}
    codes = dict(BUILT_IN)
    for node in sections.get("numFmts", ()):
        codes[_number(node, "numFmtId")] = node.get("formatCode", "")
    struck = [_is_struck(font) for font in sections.get("fonts", ())]
    return tuple(_style(node, codes, struck) for node in sections.get("cellXfs", ()))


def _style(node: Element, codes: dict[int, str], struck: list[bool]) -> Style:
    code = codes.get(_number(node, "numFmtId"), "")
    font = _number(node, "fontId")
    return Style(
        form=understand(code) if code else GENERAL,
        struck=0 <= font < len(struck) and struck[font],
    )


def _number(node: Element, name: str) -> int:
    """A number that a style refers by: without it a date would be shown as a figure."""
    value = node.get(name, "0")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise gate.damaged("This workbook", "Excel")
    return int(value)


def _is_struck(font: Element) -> bool:
    return any(local_name(node) == "strike" and node.get("val", "1") not in OFF for node in font)


def _grid(intake: Intake, archive: Archive, sheet: _Sheet, book: Book) -> Grid:
    return grid_of(
        intake,
        sheet.name,
        scan_sheet(archive, sheet.part, book),
        hidden=_HIDDEN.get(sheet.state, ""),
        notes=cell_notes(archive, sheet.part),
        said=tuple(text_boxes(archive, sheet.part)),
    )


def _notes(missing: tuple[str, ...], blank: tuple[str, ...]) -> tuple[str, ...]:
    notes: list[str] = []
    if missing:
        notes.append(
            f"The workbook names sheets whose contents are not in the file: {_listed(missing)}. "
            "Open it in Excel, save it again, and check that they are there."
        )
    if blank:
        notes.append(f"Nothing is written in these sheets: {_listed(blank)}.")
    return tuple(notes)


def _nothing_in_it(missing: tuple[str, ...]) -> UnreadableFileError:
    if missing:
        return UnreadableFileError(
            f"The workbook names sheets whose contents are not in the file: {_listed(missing)}. "
            "Open it in Excel and save it again, or ask for it to be sent again."
        )
    return UnreadableFileError(
        "Nothing is written in any sheet of this workbook. Check that it is the right file."
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)
