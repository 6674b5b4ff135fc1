"""Tables of Word files, read cell by cell as Word shows them, with what Word would hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from chronology.errors import UnreadableFileError
from chronology.flags import Flag
from chronology.reading import gate
from chronology.reading.archive import Archive
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Grid, Line, level
from chronology.reading.wordtext import Said, listen
from chronology.reading.wordtree import word_tree

#: How many paragraphs above a table are kept with it, and how much of each.
ABOVE: Final = 5
ABOVE_LENGTH: Final = 200
_EXCERPT: Final = 80
_DELETED_EXCERPT: Final = 500
_NOTE_KINDS: Final = {"comments": "Comment", "footnotes": "Footnote", "endnotes": "Endnote"}


def read_word(intake: Intake, archive: Archive) -> Document:
    """Every table of a Word file; raises UnreadableFileError where there is none."""
    part = archive.main_part("word/document.xml")
    if part not in archive:
        raise gate.damaged("This Word file", "Word")
    tree, prompts = word_tree(archive, part)
    story = _Story(intake, _remarks(archive, part))
    story.read(tree)
    grids = tuple(story.grids)
    if not any(grid.lines for grid in grids):
        raise UnreadableFileError(
            "This Word file holds no table with anything in it. Put the records into a table, one "
            "row each with a heading row, or save them as an Excel workbook."
        )
    notes = (*story.notes(), *_prompt_note(prompts))
    return Document(intake.name, "docx", intake.sha256, grids, notes, tuple(story.outside()))


@dataclass(slots=True)
class _Story:
    """The text of the file from top to bottom."""

    intake: Intake
    remarks: dict[tuple[str, str], str]
    grids: list[Grid] = field(default_factory=list)
    _tables: int = 0
    _above: list[str] = field(default_factory=list)
    _outside: list[str] = field(default_factory=list)
    _said_outside: Said = field(default_factory=Said)
    _foreign: int = 0

    def read(self, node: Element) -> None:
        """Tables become grids; paragraphs between them are kept for the next one."""
        for child in node:
            if child.tag == "tbl":
                self._tables += 1
                self._table(child, str(self._tables), "", tuple(self._above[-ABOVE:]))
                self._above.clear()
            elif child.tag == "p":
                self._paragraph(child)
            elif child.tag == "altChunk":
                self._foreign += 1
            else:
                self.read(child)

    def outside(self) -> Iterator[Line]:
        """The paragraphs outside the tables."""
        for number, text in enumerate(self._outside, start=1):
            yield Line(number, (text,))

    def notes(self) -> Iterator[str]:
        """What the file holds besides its tables."""
        if self._outside:
            first = self._outside[0][:_EXCERPT]
            count = len(self._outside)
            words = "paragraph stands" if count == 1 else "paragraphs stand"
            was = "was" if count == 1 else "were"
            yield f"{count} {words} outside the tables and {was} not read as records: '{first}'"
        for reference in self._said_outside.references:
            if reference in self.remarks:
                yield f"Outside the tables: {self.remarks[reference]}"
        if self._foreign:
            yield (
                "The file holds another document inside it, which was not read. Open it in Word, "
                "save it again and read that."
            )

    def _paragraph(self, node: Element) -> None:
        said = Said()
        listen(node, said)
        self._said_outside.references += said.references
        for text in said.text.split("\n"):
            if text.strip():
                self._outside.append(text.strip())
                self._above.append(text.strip()[:ABOVE_LENGTH])
        for table in said.tables:
            self._tables += 1
            self._table(table, str(self._tables), "", tuple(self._above[-ABOVE:]))

    def _table(self, node: Element, number: str, where: str, above: tuple[str, ...]) -> None:
        table = _Table(number, self.remarks)
        lines = level(table.lines(node))
        place = len(self.grids)
        for index, (row, inner) in enumerate(table.nested, start=1):
            inside = f" (inside table {number}, row {row})"
            self._table(inner, f"{number}.{index}", inside, ())
        file, digest = self.intake.name, self.intake.sha256
        notes = tuple(table.notes)
        self.grids.insert(place, Grid(file, f"table {number}{where}", digest, lines, notes, above))


class _Table:
    """One table, row by row."""

    def __init__(self, number: str, remarks: dict[tuple[str, str], str]) -> None:
        self.nested: list[tuple[int, Element]] = []
        self.notes: list[str] = []
        self._number = number
        self._remarks = remarks
        self._running: dict[int, str] = {}

    def lines(self, node: Element) -> Iterator[Line]:
        """The table's rows, numbered from 1; rows deleted under tracked changes are only noted."""
        rows = [child for child in node if child.tag == "tr"]
        gate.refuse_over(len(rows), gate.MAX_ROWS, "A table has more than 1,048,576 rows.")
        for number, row in enumerate(rows, start=1):
            if row.find("trPr/del") is not None:
                self._note_deleted(number, row)
            else:
                yield self._line(number, row)

    def _line(self, number: int, row: Element) -> Line:
        cells: list[str] = [""] * _number(row.find("trPr/gridBefore"), 0)
        filled: set[int] = set()
        flags: list[Flag] = []
        if row.find("trPr/ins") is not None:
            flags.append(Flag("row-tracked", "The whole row was put in under tracked changes."))
        for cell in (child for child in row if child.tag == "tc"):
            said = _cell_said(cell)
            column = len(cells)
            text = self._merged(cell, column, said.text)
            if text != said.text:
                filled.add(column)
            cells += [text, *[""] * (_number(cell.find("gridSpan"), 1) - 1)]
            gate.refuse_over(len(cells), gate.MAX_COLUMNS, "A table has more than 16,384 columns.")
            flags += self._flags(said, column)
            self._note_nested(number, said)
        return Line(number, tuple(cells), filled=frozenset(filled), flags=tuple(flags))

    def _merged(self, cell: Element, column: int, text: str) -> str:
        """A cell merged with the one above it says what that one says."""
        merge = cell.find("vMerge")
        if merge is None:
            self._running.pop(column, None)
            return text
        if merge.get("val", "continue") == "restart":
            self._running[column] = text
            return text
        return text or self._running.get(column, "")

    def _flags(self, said: Said, column: int) -> Iterator[Flag]:
        where = f"column {column + 1}"
        if said.struck:
            yield Flag("row-struck", f"Words in {where} are struck out.")
        if said.hidden:
            yield Flag("row-hidden", f"Words in {where} are hidden in Word.")
        if said.tracked:
            yield Flag("row-tracked", f"Words in {where} were put in under tracked changes.")
        if said.deleted:
            gone = "".join(said.deleted).strip()
            yield Flag("row-tracked", f"Deleted from {where} under tracked changes: '{gone}'")
        for reference in said.references:
            if reference in self._remarks:
                yield Flag("row-note", f"{self._remarks[reference]} (on {where})")

    def _note_nested(self, number: int, said: Said) -> None:
        for table in said.tables:
            self.nested.append((number, table))
            name = f"table {self._number}.{len(self.nested)}"
            self.notes.append(f"Row {number} holds a table of its own, read as '{name}'.")

    def _note_deleted(self, number: int, row: Element) -> None:
        said = [_cell_said(cell) for cell in row if cell.tag == "tc"]
        texts = ("".join(each.deleted) + each.text for each in said)
        words = " | ".join(text.strip() for text in texts if text.strip())[:_DELETED_EXCERPT]
        self.notes.append(
            f"Row {number} was deleted under tracked changes and is left out: '{words}'"
        )
        for each in said:
            self._note_nested(number, each)


def _cell_said(cell: Element) -> Said:
    said = Said()
    listen(cell, said)
    gate.refuse_over(len(said.text), gate.MAX_CELL, "A cell holds more than 20 MB of text.")
    return said


def _number(node: Element | None, otherwise: int) -> int:
    """A count given in an attribute; nonsense counts as not given."""
    value = node.get("val", "") if node is not None else ""
    if not (value.isascii() and value.isdigit()):
        return otherwise
    return max(otherwise, min(int(value[:9]), gate.MAX_COLUMNS + 1))


def _remarks(archive: Archive, part: str) -> dict[tuple[str, str], str]:
    """The words of comments and footnotes, by what refers to them."""
    found: dict[tuple[str, str], str] = {}
    for relation in archive.relations(part).values():
        kind = _NOTE_KINDS.get(relation.kind)
        if kind and relation.target in archive:
            tree, _ = word_tree(archive, relation.target)
            found |= _remarks_in(tree, kind)
    return found


def _remarks_in(tree: Element, kind: str) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for node in tree.iter():
        if node.tag == kind.lower():
            said = Said()
            listen(node, said)
            author = node.get("author", "")
            by = f" by {author}" if author else ""
            found[kind.lower(), node.get("id", "")] = f"{kind}{by}: '{said.text.strip()}'"
    return found


def _prompt_note(prompts: int) -> tuple[str, ...]:
    if not prompts:
        return ()
    note = (
        f"{prompts} places hold only Word's own prompt (such as 'Click to enter a date') and were "
        "read as blank."
    )
    return (note,)
