"""Commands that bring decisions into a case: open (in the browser) and add-decisions (Excel)."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chronology.cli.cases import case_argument
from chronology.cli.speaking import (
    ALL_IN,
    LEFT_OUT,
    many,
    now,
    one_line,
    plainly,
    safe,
    say,
    who_option,
)
from chronology.errors import ChronologyError

if TYPE_CHECKING:
    from chronology.casefile import CaseFile
    from chronology.reviewed import Answer, Remark, Reviewed

#: What the pages need beside the program itself.
NEEDED = ("flask", "waitress")


@click.command("open", short_help="Look through a case and decide, in the browser.")
@case_argument
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@who_option
def open_case(case: Path, no_browser: bool, who: str) -> None:  # noqa: FBT001 (click passes flags)
    """Look through a case and decide, in the browser of this computer alone.

    Nothing leaves this computer. Press Ctrl+C here to finish.
    """
    with plainly():
        if any(find_spec(name) is None for name in NEEDED):
            raise ChronologyError(
                "The pages are not installed. Ask for the extra 'review': pip install "
                "'chronology[review]'. Decisions can also be made in Excel: see 'add-decisions'."
            )
        from chronology.casefile import CaseFile
        from chronology.review import serve

        CaseFile.open(case).close()
        serve(case, who, open_browser=not no_browser, say=say)


@click.command("add-decisions", short_help="Take in what was decided in chronology.xlsx.")
@case_argument
@click.argument(
    "workbooks", nargs=-1, required=True, metavar="WORKBOOK...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@who_option
def add_decisions(case: Path, workbooks: tuple[Path, ...], who: str) -> None:
    """Take in what was decided on the sheets of a chronology.xlsx that came back from review.

    A row that cannot be understood, or that speaks against an earlier decision, is refused and
    named; the others are taken.
    """
    from chronology.casefile import CaseFile
    from chronology.reviewed import read_decisions

    refused = 0
    with plainly(), CaseFile.open(case) as opened:
        for path in workbooks:
            known = (*opened.decisions(), *opened.decisions_now())
            found = read_decisions(path, opened.wordings(), known)
            refused += _take(opened, found, who)
    sys.exit(LEFT_OUT if refused else ALL_IN)


def _take(case: CaseFile, found: Reviewed, who: str) -> int:
    """Decides what a workbook says; the number of rows that were refused."""
    before = {decision.seq for decision in case.decisions()}
    refused = [str(refusal) for refusal in found.refused]
    rows: tuple[Answer | Remark, ...] = (*found.answers, *found.remarks)
    for row in rows:
        try:
            _decide(case, row, who)
        except ChronologyError as why:
            refused.append(f"{row.sheet}, row {row.row}: {why}")
    made = sum(decision.seq not in before for decision in case.decisions())
    known = len(rows) - made - (len(refused) - len(found.refused))
    name = one_line(found.file)
    click.echo(
        safe(f"{name}: {many(made, 'decision')} taken, {known} known already, ")
        + f"{len(refused)} refused, {many(found.unanswered, 'pair')} without an answer."
    )
    for note in (*found.notes, *(f"Refused: {why}" for why in refused)):
        say(f"  {note}")
    return len(refused)


def _decide(case: CaseFile, row: Answer | Remark, who: str) -> None:
    from chronology.reviewed import Answer

    if isinstance(row, Answer):
        named = f"{row.initials} (taken in by {who})" if row.initials else who
        dated = f" (decided on {row.decided_on})" if row.decided_on else ""
        case.decide(row.kind, row.accounts, "", named, now(), f"{row.reason}{dated}".strip())
    else:
        case.decide(row.kind, row.accounts, row.text, who, now(), "")
