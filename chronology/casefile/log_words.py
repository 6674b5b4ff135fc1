"""Lines of the audit log as a person reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chronology.casefile.told import LogLine
from chronology.casefile.trail import Line
from chronology.decisions import KINDS

_Detail = dict[str, Any]


def log_line(line: Line) -> LogLine:
    """A line of the log in words."""
    if line.detail is None:
        told = "What this line told was removed by a purge."
    else:
        told = WORDS.get(line.what, _other)(line.detail)
    return LogLine(line.seq, line.at, line.who, line.what, told, line.tool, line.hash)


def _new(detail: _Detail) -> str:
    return f"Case '{detail['title']}' begun, marked {detail['marking']}."


def _add(detail: _Detail) -> str:
    return " ".join(_added(file) for file in detail["files"])


def _added(file: _Detail) -> str:
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
    about = " and ".join(detail["accounts"])
    value = f": {detail['value']}" if detail["value"] and detail["kind"] != "manual" else ""
    return f"Records {about} {KINDS.get(detail['kind'], detail['kind'])}{value}.{_why(detail)}"


def _undo(detail: _Detail) -> str:
    again = "".join(f" Decision {seq} holds again." for seq in detail["again"])
    return f"Decision {detail['decision']} undone.{again}{_why(detail)}"


def _keep(detail: _Detail) -> str:
    return f"The chronology as it stood was kept as '{detail['name']}'."


def _build(detail: _Detail) -> str:
    files = ", ".join(f"{name} (sha256 {sha256})" for name, sha256 in detail["files"])
    return f"Written: {files}."


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
    "keep": _keep,
    "build": _build,
    "purge": _purge,
}
