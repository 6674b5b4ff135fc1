"""What changed, as one page in the look of chronology.html that asks nobody for anything."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from chronology.changes import Changes
from chronology.render.changes_shown import changes_view
from chronology.render.changes_text import NOTHING
from chronology.render.shell import asset, edges, environment, policy
from chronology.render.writing import write_pieces_whole


def write_changes_page(changes: Changes, path: Path) -> None:
    """Write the page whole or not at all. Raises UnwritableOutputError."""
    write_pieces_whole(path, (changes_page(changes),))


def changes_page(changes: Changes) -> str:
    """The whole page; the same changes always give the same text."""
    shown = changes_view(changes)
    foot = ", ".join(filter(None, (f"What changed: {shown.title}", shown.period)))
    style = asset("page.css") + asset("changes.css") + edges(shown.marking, foot)
    return (
        environment()
        .get_template("changes.html")
        .render(
            c=shown,
            nothing=NOTHING if changes.are_none else "",
            policy=policy(style),
            # Ours, not the agencies': the text whose digest the policy names.
            style=Markup(style),  # noqa: S704
        )
    )
