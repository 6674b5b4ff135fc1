"""States of the chronology kept under a name, and whole copies of the case."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from chronology.case import Chronology
from chronology.casefile import opening, trail
from chronology.casefile.contents import contents_of
from chronology.casefile.told import Kept
from chronology.errors import UnknownRecordError, UnwritableOutputError
from chronology.render.contract import document


def snapshot(chronology: Chronology) -> bytes:
    """The data of chronology.json, packed."""
    text = json.dumps(document(chronology), ensure_ascii=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 6)


def keep(connection: sqlite3.Connection, name: str, packed: bytes, who: str, at: str) -> Kept:
    """Keeps a state under a name that none has yet."""
    if not name.strip():
        raise UnwritableOutputError("A version needs a name, such as 'strategy meeting 3 May'.")
    if connection.execute("SELECT 1 FROM kept WHERE name = ?", (name,)).fetchone():
        raise UnwritableOutputError(f"There is a version '{name}' already. Choose another name.")
    line = trail.next_number(connection)
    connection.execute("INSERT INTO kept VALUES (?, ?, ?)", (line, name, packed))
    detail = {"name": name, "contents": contents_of(connection, line)}
    trail.append(connection, "keep", detail, who, at)
    return Kept(name, who, at, line)


def kept(connection: sqlite3.Connection) -> tuple[Kept, ...]:
    """Every state that was kept, oldest first."""
    rows = connection.execute(
        "SELECT name, who, at, seq FROM kept JOIN log ON seq = line ORDER BY line"
    )
    return tuple(Kept(*row) for row in rows)


def version(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    """A state that was kept, by its name; raises UnknownRecordError."""
    row = connection.execute("SELECT contents FROM kept WHERE name = ?", (name,)).fetchone()
    if row is None:
        names = ", ".join(f"'{found.name}'" for found in kept(connection)) or "none yet"
        raise UnknownRecordError(f"No version is called '{name}'. Versions kept: {names}.")
    data: dict[str, Any] = json.loads(zlib.decompress(row[0]))
    return data


def backup(connection: sqlite3.Connection, path: Path, target: Path) -> None:
    """Copies the whole case, page by page as one state; never over a file that is there."""
    if os.path.lexists(target):
        raise UnwritableOutputError(
            f"{target} is there already, and a copy is never written over. Choose another name."
        )
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent
        )
        os.close(handle)
    except OSError as fault:
        raise UnwritableOutputError(
            f"{target} could not be made ({fault.strerror}). Choose another folder."
        ) from fault
    part = Path(name)
    try:
        with opening.plainly(path), closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        opening.publish(part, target)
    finally:
        part.unlink(missing_ok=True)
