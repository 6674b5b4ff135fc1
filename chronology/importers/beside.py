"""Two tables side by side in one sheet, parted by a blank column: each is read on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chronology.importers.tables import Table, filled_cells
from chronology.importers.wording import Own, likeness
from chronology.reading.grid import Line, column_letter

#: A block of columns is a table of its own where it has a date and one of these.
WORDS = ("narrative", "event_type", "title")
#: How surely its headings must say so.
SURE = 0.7

Block = tuple[int, ...]


def apart(table: Table, own: Own = ()) -> tuple[Table, ...]:
    """The tables that stand side by side, else the table as it is.

    Read as one, a row would give one table's words under the other's date.
    """
    blocks = _blocks(table)
    if len(blocks) < 2 or not all(_tells(table, block, own) for block in blocks):
        return (table,)
    where = " and ".join(f"{column_letter(b[0])} to {column_letter(b[-1])}" for b in blocks)
    note = (
        f"Tables stand side by side (columns {where}); each was read on its own. If a row runs "
        "across them, delete the blank column and run again."
    )
    return tuple(_cut(table, block, part, note) for part, block in enumerate(blocks))


def _blocks(table: Table) -> list[Block]:
    """The runs of columns between columns in which nothing stands."""
    width = len(table.headings)
    used = [bool(table.headings[c]) or _is_used(table.lines, c) for c in range(width)]
    blocks: list[list[int]] = [[]]
    for column in range(width):
        if used[column]:
            blocks[-1].append(column)
        elif blocks[-1]:
            blocks.append([])
    return [tuple(block) for block in blocks if block]


def _is_used(lines: Sequence[Line], column: int) -> bool:
    return any(column < len(line.cells) and line.cells[column].strip() for line in lines)


def _tells(table: Table, block: Block, own: Own) -> bool:
    likes = [likeness(table.headings[column], own) for column in block]
    dated = any(like.get("occurred", 0.0) >= SURE for like in likes)
    return dated and any(like.get(field, 0.0) >= SURE for like in likes for field in WORDS)


def _cut(table: Table, block: Block, part: int, note: str) -> Table:
    headings = tuple(h if c in block else "" for c, h in enumerate(table.headings))
    # A row that is blank throughout is kept once, for what its flags say.
    lines = tuple(
        cut
        for line in table.lines
        if filled_cells(cut := _cut_line(line, block)) or not (part or filled_cells(line))
    )
    return replace(table, headings=headings, lines=lines, part=part, notes=(*table.notes, note))


def _cut_line(line: Line, block: Block) -> Line:
    return replace(
        line,
        cells=tuple(cell if c in block else "" for c, cell in enumerate(line.cells)),
        stamps={c: stamp for c, stamp in line.stamps.items() if c in block},
        filled=frozenset(line.filled & set(block)),
    )
