"""Writes docs/formats/: a page for each defined format, out of what its importer declares.

``python docs/write_formats.py`` writes them anew; a test holds that they are up to date.
"""

from __future__ import annotations

import inspect
from itertools import groupby
from pathlib import Path

from chronology.importers.defined import FORMATS, Format
from chronology.vocabulary.tables import rows, tables_in

HERE = Path(__file__).parent / "formats"


def main() -> None:
    """Writes every page and the list of them."""
    HERE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")


def pages() -> dict[str, str]:
    """Every page by its name."""
    found = {f"{one.name}.md": page(one) for one in FORMATS}
    return {"README.md": contents(), **found}


def contents() -> str:
    """The list of pages."""
    lines = [
        "# Defined formats",
        "",
        "Files whose columns, elements and codes somebody has defined. Each is recognised by its",
        "content, never by its name, and read exactly.",
        "",
        "| format | what it is | sent by |",
        "|---|---|---|",
        *(
            f"| [`{one.name}`]({one.name}.md) | {one.title} | {one.agency.label} |"
            for one in FORMATS
        ),
    ]
    return "\n".join(lines) + "\n"


def page(one: Format) -> str:
    """What a format is, what is read of it, and its codes."""
    told = inspect.cleandoc(inspect.getmodule(one).__doc__ or "")  # type: ignore[union-attr]
    lines = [
        f"# {one.title}",
        "",
        told,
        "",
        "| what the file holds | what becomes of it |",
        "|---|---|",
    ]
    lines += [f"| {_cell(what)} | {_cell(becomes)} |" for what, becomes in one.reads]
    lines += _codes(one.name)
    return "\n".join(lines) + "\n"


def _codes(name: str) -> list[str]:
    if name not in tables_in("codes"):
        return []
    lines = [
        "",
        "## Codes",
        "",
        "A code that is not listed is shown as it is written, with a doubt.",
    ]
    ordered = sorted(rows(f"codes/{name}"), key=lambda row: row["list"])
    for title, group in groupby(ordered, key=lambda row: row["list"]):
        lines += ["", f"### {title}", "", "| code | meaning |", "|---|---|"]
        lines += [f"| `{row['code']}` | {_cell(row['meaning'])}{_beside(row)} |" for row in group]
    return lines


def _beside(row: dict[str, str]) -> str:
    said = [f"retired {row['retired']}"] if row["retired"] else []
    said += ["unverified"] if row["verified"] == "no" else []
    return f" ({', '.join(said)})" if said else ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    main()
