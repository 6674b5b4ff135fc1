"""``chronology diff``: what changed in a case since a version that was kept."""

from __future__ import annotations

from pathlib import Path

import click

from chronology.cli.cases import case_argument
from chronology.cli.options import preset_option
from chronology.cli.speaking import plainly, safe


@click.command(
    short_help="Say what changed since a kept version.",
    epilog="""\b
Examples:
  chronology diff jo.chronology "strategy meeting 3 May"
  chronology diff jo.chronology "3 May" --to "7 June" --out changes.html
""",
)
@case_argument
@click.argument("since", metavar="VERSION")
@click.option("--to", "until", default="", help="Another kept version. [default: as it is now]")
@click.option(
    "--out", "-o", type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the changes as a page (.html).",
)  # fmt: skip
@preset_option
def diff(case: Path, since: str, until: str, out: Path | None, preset: str) -> None:
    """Say what changed in a case since a VERSION that was kept with 'chronology keep'."""
    from chronology.casefile import CaseFile
    from chronology.changes import changes
    from chronology.merge import PRESETS
    from chronology.render.changes_page import write_changes_page
    from chronology.render.changes_text import changes_text
    from chronology.render.contract import document

    with plainly(), CaseFile.open(case) as opened:
        before = opened.version(since)
        after = opened.version(until) if until else document(opened.chronology(PRESETS[preset]))
        held = {account["id"] for entry in after["entries"] for account in entry["accounts"]}
        found = changes(before, after, opened.moved(held))
        click.echo(safe(changes_text(found)))
        if out is not None:
            write_changes_page(found, out)
            click.echo(safe(str(out)))
