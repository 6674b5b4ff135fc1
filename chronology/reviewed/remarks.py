"""What a reviewer wrote under Significance and Analysis, apart from what stood there before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chronology.decisions import Decision
from chronology.render.columns import ANALYSIS, RECORD_IDS, SIGNIFICANCE
from chronology.render.marks import SIGNED_BY, mark_view, signed
from chronology.reviewed.found import Refusal, Remark
from chronology.reviewed.records import ID, Records, part_of
from chronology.reviewed.tables import ACCOUNTS, Table, Written

#: Heading -> the kind of mark that is written under it.
KINDS = {SIGNIFICANCE: "significant", ANALYSIS: "analysis"}

#: A line as this program signs a text: who, on which day.
_SIGNED = re.compile(rf"^{SIGNED_BY}.+ on \d{{1,2}} [A-Z][a-z]+ \d{{4}}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands beside one entry under one heading."""

    kind: str
    accounts: tuple[str, ...]
    text: str
    at: Written


def remarks_in(
    tables: Sequence[Table], records: Records, decisions: Sequence[Decision]
) -> tuple[tuple[Remark, ...], tuple[Refusal, ...]]:
    """Every text that is new, and the rows refused."""
    remarks: dict[tuple[str, tuple[str, ...], str], Remark] = {}
    refused: list[Refusal] = []
    for cell in _cells([row for table in tables for row in table.rows]):
        found = _news(cell, records, decisions)
        if isinstance(found, Remark):
            remarks.setdefault((found.kind, found.accounts, found.text), found)
        elif found:
            refused.append(Refusal(cell.at.sheet, cell.at.row, found))
    return tuple(remarks.values()), tuple(refused)


def _cells(rows: Sequence[Written]) -> list[_Cell]:
    """Every cell that is written in; one that goes on in further rows once, put together."""
    cells: list[_Cell] = []
    parts: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, _Cell]]] = {}
    for row in rows:
        ids = _ids(row.under(RECORD_IDS))
        for heading, kind in KINDS.items():
            number, total, text = part_of(row.under(heading))
            cell = _Cell(kind, ids, text.strip(), row)
            if total > 1:
                parts.setdefault((row.sheet, kind, ids), []).append((number, cell))
            elif cell.text:
                cells.append(cell)
    for key in sorted(parts):
        ordered = [cell for _, cell in sorted(parts[key], key=lambda part: part[0])]
        text = "\n".join(cell.text for cell in ordered)
        cells.append(_Cell(ordered[0].kind, ordered[0].accounts, text, ordered[0].at))
    return cells


def _ids(text: str) -> tuple[str, ...]:
    """The ids of an entry's accounts; none where one of them is damaged."""
    ids = tuple(part_of(text)[2].casefold().split())
    return ids if all(map(ID.fullmatch, ids)) else ()


def _news(cell: _Cell, records: Records, decisions: Sequence[Decision]) -> Remark | str:
    """The new text of a cell; why it is refused; or nothing where it holds nothing new."""
    earlier = [
        decision
        for decision in decisions
        if decision.kind == cell.kind and set(decision.accounts) & set(cell.accounts)
    ]
    text = _without(cell.text, earlier)
    same = [decision for decision in earlier if _words(decision.value) == _words(text)]
    if not text or any(decision.undone_by is None for decision in same):
        return ""
    if why := _why_not(cell, text, records, is_undone=bool(same)):
        return why
    return Remark(cell.kind, cell.accounts, text, cell.at.sheet, cell.at.row)


def _without(text: str, earlier: Sequence[Decision]) -> str:
    """A cell's text less what was written there, signed, before."""
    for decision in earlier:
        block = map(re.escape, signed(mark_view(decision)).split())
        text = re.sub(r"\s+".join(block), "", text, count=1)
    return text.strip()


def _why_not(cell: _Cell, text: str, records: Records, *, is_undone: bool) -> str:
    heading = next(name for name, kind in KINDS.items() if kind == cell.kind)
    if not cell.accounts:
        return (
            f"Something is written under {heading}, but {RECORD_IDS} is blank or damaged. Copy it"
            " from the workbook as it was written."
        )
    if cell.at.is_struck:
        return f"Text in this row is struck out, so it is not clear whether {heading} holds."
    if _SIGNED.search(text):
        return (
            f"A signed text under {heading} is not as it was written, or not of this case. Signed"
            " texts stay as they are: put it back and write what is new below it."
        )
    if is_undone:
        return f"What stands under {heading} was added before and taken back. It was not added."
    return _keys_apart(cell, records)


def _keys_apart(cell: _Cell, records: Records) -> str:
    """Keys that were sorted or pasted apart from their entry name another one."""
    unknown = [one for one in cell.accounts if records.are_known and not records.has(one)]
    if unknown:
        return (
            f"The key '{unknown[0]}' under {RECORD_IDS} is that of no record of this case. Check"
            " that the workbook was written from this case."
        )
    told = cell.at.under(ACCOUNTS)
    is_whole = part_of(told)[1] == 1
    if is_whole and not all(records.is_shown_in(one, told) for one in cell.accounts):
        return (
            f"{RECORD_IDS} names other records than those shown in this row. It may have been"
            " sorted in part. Copy the row again from the workbook as it was written."
        )
    return ""


def _words(text: str) -> list[str]:
    return text.split()
