"""Commands that bring decisions into a case: open (in the browser) and add-decisions (Excel)."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from chronology.cli.cases import case_argument
from chronology.cli.speaking import ALL_IN, LEFT_OUT, plainly, say, who_option
from chronology.errors import MissingPartError

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
            raise MissingPartError(
                "The pages are not installed. In the folder of this program run: pip install "
                '".[review]" (with the dot). Decisions can also be made in Excel: see '
                "'add-decisions'."
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
    named; the others are taken. An answer that was taken before and undone since is named and
    not taken again, unless it was changed. Where initials are not given, the log says so.
    """
    from chronology.casefile import CaseFile
    from chronology.cli.taking import Taking
    from chronology.reviewed import read_decisions

    is_all_in = True
    with plainly(), CaseFile.open(case) as opened:
        for path in workbooks:
            known = (*opened.decisions(), *opened.decisions_now())
            found = read_decisions(path, opened.wordings(), known)
            is_all_in &= Taking(opened, who).take(found)
    sys.exit(ALL_IN if is_all_in else LEFT_OUT)
