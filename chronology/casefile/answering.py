"""Which answers of reviewed workbooks were taken in, so that one undone since does not return."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from chronology.casefile import ruling, trail
from chronology.casefile.records import places

#: What the line of the log is called that tells of a workbook taken in.
TOOK = "take"


def taken(connection: sqlite3.Connection) -> Mapping[str, int]:
    """For each answer that was taken in, by its digest, the line that first tells of it."""
    found: dict[str, int] = {}
    for line in trail.lines(connection):
        if line.what == TOOK and line.detail:
            for answer in line.detail["answers"]:
                found.setdefault(answer, line.seq)
    return found


def undone_since(
    connection: sqlite3.Connection, kind: str, accounts: Sequence[str], line: int
) -> trail.Line | None:
    """The line that undid such a ruling after ``line``; None where one holds, or none was undone.

    A ruling that a later one replaced was not undone.
    """
    about = {place.record for place in places(connection, accounts).values()}
    undoing = None
    for found in ruling.standing(connection, live=False):
        if found.decision.kind == kind and set(found.numbers) == about:
            if found.decision.undone_by is None:
                return None
            undoing = max(undoing or 0, found.decision.undone_by)
    if undoing is None or undoing < line:
        return None
    told = trail.line(connection, undoing)
    return told if told.what == "undo" else None
