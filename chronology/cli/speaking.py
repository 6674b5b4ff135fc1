"""What the program says on the terminal, and the exit code it ends with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getuser
from textwrap import fill
from typing import Any

import click

from chronology.errors import (
    CaseBusyError,
    ChronologyError,
    MappingMismatchError,
    MissingPartError,
    UnknownRecordError,
    UnwritableOutputError,
)

ALL_IN, LEFT_OUT, WRONG_USE, UNREADABLE, UNWRITABLE, MISFIT = range(6)
STOPPED = 130

#: What each exit code means; the README and 'build --help' show this table.
EXIT_CODES: dict[int, str] = {
    ALL_IN: (
        "done; every row is in the timeline, or a later wording of it is (open questions and "
        "flagged doubts included)"
    ),
    LEFT_OUT: (
        "done, but something was left out: rows (see the sheet *Left out*), or rows of a reviewed "
        "workbook that `add-decisions` did not take"
    ),
    WRONG_USE: (
        "the command was not understood, or needs what is not there: a file, record, decision or "
        "kept version, or the pages that `open` shows"
    ),
    UNREADABLE: (
        "something could not be read: an input (the others were still taken; `build` of a case "
        "only names it) or a case file; or `verify` or `build` found that a case was altered"
    ),
    UNWRITABLE: (
        "something could not be written: it may be open in Excel, the name may be taken, the disk "
        "full, or somebody else is writing in the case"
    ),
    MISFIT: "a mapping file, or a reviewed workbook, does not fit",
    STOPPED: "you stopped it, with Ctrl+C or by answering no",
}

#: The exit code of each kind of fault; any other is that something could not be read.
_FAULTS: dict[type[ChronologyError], int] = {
    UnwritableOutputError: UNWRITABLE,
    CaseBusyError: UNWRITABLE,
    MappingMismatchError: MISFIT,
    UnknownRecordError: WRONG_USE,
    MissingPartError: WRONG_USE,
}


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what the user can put right into a sentence and an exit code; bugs pass through."""
    try:
        yield
    except ChronologyError as why:
        say(f"Error: {why}")
        sys.exit(next((_FAULTS[kind] for kind in _FAULTS if isinstance(why, kind)), UNREADABLE))


class Commands(click.Group):
    """The commands together; stopped by the user, they end with an exit code of its own."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click declares it)
        """Runs the command named."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError, click.Abort):
            say("Stopped.")
            sys.exit(STOPPED)


def exit_codes() -> str:
    """The table of exit codes for a help page, on lines of their own."""
    rows = [
        fill(told.translate(_PLAIN), 76, initial_indent=f"  {code:<5}", subsequent_indent=" " * 7)
        for code, told in EXIT_CODES.items()
    ]
    return "\n".join(("\b", "Exit codes:", *rows))


#: What marks words in the README, and is shown as it is on the terminal.
_PLAIN = str.maketrans("*`", "''")


def say(text: str) -> None:
    """Talk goes to stderr, so that stdout holds results alone."""
    click.echo(safe(text), err=True)


def many(count: int, thing: str) -> str:
    """A count with its noun: '1 pair', '2 pairs'."""
    return f"{count} {thing if count == 1 else f'{thing}s'}"


def one_line(name: str) -> str:
    """A name that holds a line break must not look like a line of ours."""
    return name.replace("\n", "[U+000A]")


def safe(text: str) -> str:
    """Text from files never reaches the terminal raw: control characters are shown as marks."""
    return "".join(c if c.isprintable() or c == "\n" else f"[U+{ord(c):04X}]" for c in text)


def now() -> str:
    """The time of this computer, to the second, as the log of a case keeps it."""
    return datetime.now().isoformat(timespec="seconds")


#: Stands for a login name where this computer gives none.
NOT_NAMED = "not named"


def login() -> str:
    """The name this person is signed in by on this computer."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # no name is set, as in some services
        return NOT_NAMED


#: Who a change to a case is made by.
who_option = click.option(
    "--who",
    default=login,
    help="Who does this, as the log of the case names them. [default: your login name]",
)
