"""Files that could not be read: named until one that can be read comes, or until dismissed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from chronology.case import Refused
from chronology.casefile import ruling
from chronology.casefile.packing import file_of, refused_of, unpack
from chronology.decisions import Decision
from chronology.errors import UnknownRecordError
from chronology.marking import said_by

#: The kind of decision that a file need not be read.
DISMISSED = "dismissed"


def key(refused: Refused) -> str:
    """A file by name and content: another file of the same name is not dismissed with it."""
    return f"{refused.file} (sha256 {refused.sha256})" if refused.sha256 else refused.file


def unread(connection: sqlite3.Connection) -> tuple[Refused, ...]:
    """Files that could not be read, and of those dismissed by whom; none that was read since."""
    dismissed = _dismissed(connection)
    return tuple(
        replace(refused, dismissed=_said(dismissed[key(refused)]))
        if key(refused) in dismissed
        else refused
        for refused in _refused(connection)
    )


def find(connection: sqlite3.Connection, file: str) -> tuple[Refused, Decision | None]:
    """The unread file of this name and the decision that dismissed it; or UnknownRecordError."""
    dismissed = _dismissed(connection)
    there = {refused.file: refused for refused in _refused(connection)}
    if file not in there:
        names = ", ".join(f"'{name}'" for name in there) or "none"
        raise UnknownRecordError(
            f"No file '{file}' waits to be read. Files that could not be read: {names}."
        )
    return there[file], dismissed.get(key(there[file]))


def _dismissed(connection: sqlite3.Connection) -> dict[str, Decision]:
    return {
        found.decision.value: found.decision
        for found in ruling.standing(connection)
        if found.decision.kind == DISMISSED
    }


def _said(decision: Decision) -> str:
    because = f": {decision.reason}" if decision.reason else ""
    return f"Dismissed by {said_by(decision)}{because}"


def _refused(connection: sqlite3.Connection) -> Iterator[Refused]:
    """Files that could not be read, where nothing of the same name or content was read since."""
    lines = {}
    for line, body in connection.execute("SELECT line, file FROM source ORDER BY line"):
        file = file_of(unpack(body))
        lines[file.file] = lines[file.sha256] = line
    last = {}
    for line, body in connection.execute("SELECT line, file FROM refused ORDER BY line, place"):
        refused = refused_of(unpack(body))
        last[refused.file] = (line, refused)
    for name, (line, refused) in last.items():
        if max(lines.get(name, 0), lines.get(refused.sha256, 0)) < line:
            yield refused
