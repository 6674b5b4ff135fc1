"""The command line: the only place that prints, asks, or decides an exit code."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from chronology import __version__
from chronology.cli.building import build
from chronology.cli.cases import add, backup, keep, log, new, status, verify
from chronology.cli.comparing import diff
from chronology.cli.inspecting import importers, inspect
from chronology.cli.measuring import evaluate
from chronology.cli.removing import dismiss, purge, undo
from chronology.cli.reviewing import add_decisions, open_case
from chronology.cli.speaking import Commands

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chronology")
def main() -> None:
    """Lay many agencies' records side by side in time.

    Start with:  chronology build FOLDER --out RESULT

    Then open chronology.html or chronology.xlsx, which are in the folder RESULT.

    To keep decisions for months, make a case:  chronology new NAME FOLDER

    Everything stays on this computer: the program never uses the network.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A letter that a redirected output cannot hold must not stop the build.
        sys.stdout.reconfigure(errors="backslashreplace")


for _command in (
    *(build, inspect, importers, evaluate),
    *(new, add, status, open_case, add_decisions, keep, diff),
    *(log, verify, undo, dismiss, backup, purge),
):
    main.add_command(_command)
