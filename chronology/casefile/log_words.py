"""Lines of the audit log as a person reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from textwrap import shorten
from typing import Any

from chronology.casefile import trail
from chronology.casefile.packing import account_of, unpack
from chronology.casefile.told import LogLine
from chronology.dates import iso_in_words
from chronology.decisions import KINDS

_Detail = dict[str, Any]

#: How many characters of a record the log shows.
FIRST_WORDS = 70


def log_lines(connection: sqlite3.Connection) -> Iterator[LogLine]:
    """Every line of the log in words, the oldest first."""
    decided: dict[int, str] = {}
    gone = trail.forgotten(connection).files
    for line in trail.lines(connection):
        if line.detail is not None and line.what == "decide":
            decided[line.seq] = line.detail["told"] = _decided(connection, line.detail)
        elif line.detail is not None and line.what == "undo":
            line.detail["told"] = decided.get(line.detail["decision"])
        elif line.detail is not None and line.what == "add":
            files = enumerate(line.detail["files"])
            line.detail["files"] = [
                gone.get((line.seq, place), "") if isinstance(file, str) else file
                for place, file in files
            ]
        yield log_line(line)


def log_line(line: trail.Line) -> LogLine:
    """A line of the log in words."""
    if line.detail is None:
        told = "What this line told was removed by a purge."
    else:
        told = WORDS.get(line.what, _other)(line.detail)
    return LogLine(line.seq, line.at, line.who, line.what, told, line.tool, line.hash)


def _decided(connection: sqlite3.Connection, detail: _Detail) -> str:
    """What was decided, about records named by what they said then."""
    kind, value = str(detail["kind"]), detail["value"]
    said = KINDS.get(kind, kind)
    about = " and ".join(_named(connection, name) for name in detail["accounts"])
    told = f"{about} {said}" if about else said.capitalize()
    return f"{told}: {value}" if value and kind != "manual" else told


def _named(connection: sqlite3.Connection, name: str) -> str:
    """A record by date, agency, first words and place; nothing of one that was removed."""
    row = connection.execute(
        "SELECT body FROM version WHERE id = ? AND body NOT NULL ORDER BY line LIMIT 1", (name,)
    ).fetchone()
    if row is None:
        return "a wording that was removed"
    account = account_of(unpack(row[0]))
    when = account.occurred.written.strip() or "no date"
    words = shorten(account.narrative, FIRST_WORDS, placeholder=" ...") or "no words"
    return f"{when}, {account.agency.label}: '{words}' ({account.source})"


#: A text that people wrote may end a sentence itself.
_ENDS = (".", "!", "?", "…")


def _new(detail: _Detail) -> str:
    return f"Case '{detail['title']}' begun, marked {detail['marking']}."


def _add(detail: _Detail) -> str:
    return " ".join(_added(file) for file in detail["files"])


def _added(file: _Detail | str) -> str:
    """What became of a file; of one that was purged, the time of the purge stands alone."""
    if isinstance(file, str):
        return f"A file removed by the purge of {iso_in_words(file[:10]) or 'another day'}."
    if file["refused"]:
        return f"{file['file']} could not be read: {file['refused']}"
    counts = ", ".join(
        f"{file[name]} {name.replace('_', ' ')}"
        for name in ("new", "changed", "unchanged", "withdrawn", "left_out")
        if file[name]
    )
    anew = f" ({reread} of the changed only read anew)" if (reread := file.get("reread")) else ""
    told = f"{file['rows']} rows; {counts or 'none'}{anew}"
    return f"{file['file']} (sha256 {file['sha256']}): {told}."


def _decide(detail: _Detail) -> str:
    names = detail["accounts"]
    ids = f" [{'record' if len(names) == 1 else 'records'} {', '.join(names)}]" if names else ""
    told = detail.get("told", "")
    return f"{told}{'' if told.endswith(_ENDS) else '.'}{_why(detail)}{ids}"


def _undo(detail: _Detail) -> str:
    told = f" ({undone})" if (undone := detail.get("told")) else ""
    again = "".join(f" Decision {seq} holds again." for seq in detail["again"])
    return f"Decision {detail['decision']} undone{told}.{again}{_why(detail)}"


def _take(detail: _Detail) -> str:
    bare = f"; initials not given in the workbook for {detail['bare']}" if detail["bare"] else ""
    count, texts = len(detail["answers"]), detail.get("texts", 0)
    parts = [f"{count} {'answer' if count == 1 else 'answers'}"] if count or not texts else []
    parts += [f"{texts} {'text' if texts == 1 else 'texts'}"] if texts else []
    told = f"{' and '.join(parts)} not taken in before{bare}"
    return f"Reviewed workbook {detail['file']} (sha256 {detail['sha256']}): {told}."


def _keep(detail: _Detail) -> str:
    return f"The chronology as it stood was kept as '{detail['name']}'."


def _build(detail: _Detail) -> str:
    files = ", ".join(f"{name} (sha256 {sha256})" for name, sha256 in detail["files"])
    return f"Written: {files}."


def _download(detail: _Detail) -> str:
    files = ", ".join(f"{name} (sha256 {sha256})" for name, sha256 in detail["files"])
    return f"Taken away: {files}."


def _purge(detail: _Detail) -> str:
    what = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in detail["counts"])
    return f"Removed for good: {what}.{_why(detail)}"


def _other(detail: _Detail) -> str:
    return ", ".join(f"{name}: {told}" for name, told in sorted(detail.items()))


def _why(detail: _Detail) -> str:
    return f" Reason: {detail['reason']}" if detail["reason"] else ""


#: What is said of each kind of line.
WORDS: dict[str, Callable[[_Detail], str]] = {
    "new": _new,
    "add": _add,
    "decide": _decide,
    "undo": _undo,
    "take": _take,
    "keep": _keep,
    "build": _build,
    "download": _download,
    "purge": _purge,
}
