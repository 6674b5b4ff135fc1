"""What one line of the log brought into the case, as one figure that any change to it changes."""

from __future__ import annotations

import hashlib
import sqlite3

#: Everything that a line brought, in an order that never varies.
_BROUGHT = (
    (
        "SELECT number, feed, supersedes, sha256, file, stated FROM source WHERE line = ? "
        "ORDER BY number"
    ),
    (
        "SELECT record, number, id, source, status, body FROM version WHERE line = ? "
        "ORDER BY record, number"
    ),
    (
        "SELECT seen.source, seen.record, seen.wording, seen.place FROM seen JOIN source "
        "ON source.number = seen.source WHERE line = ? ORDER BY seen.source, seen.record"
    ),
    (
        "SELECT left_out.source, left_out.place, left_out.body FROM left_out JOIN source "
        "ON source.number = left_out.source WHERE line = ? ORDER BY left_out.source, left_out.place"
    ),
    "SELECT place, file FROM refused WHERE line = ? ORDER BY place",
    "SELECT name, contents FROM kept WHERE line = ?",
)


def contents_of(connection: sqlite3.Connection, line: int) -> str:
    """The sha256 of all that a line of the log brought and that is still there."""
    total = hashlib.sha256()
    for question in _BROUGHT:
        for row in connection.execute(question, (line,)):
            for cell in row:
                data = cell if isinstance(cell, bytes) else str(cell).encode()
                total.update(f"{type(cell).__name__}:{len(data)}:".encode())
                total.update(data)
        total.update(b"\n")
    return total.hexdigest()
