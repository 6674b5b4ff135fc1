"""What the program says on the terminal, and the exit code it ends with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getuser

import click

from chronology.errors import (
    CaseBusyError,
    ChronologyError,
    MappingMismatchError,
    UnwritableOutputError,
)

#: Exit codes, as promised in the README.
ALL_IN, LEFT_OUT, WRONG_USE, UNREADABLE, UNWRITABLE, MISFIT = range(6)

#: The exit code of each kind of fault; any other means that nothing could be read.
_FAULTS: dict[type[ChronologyError], int] = {
    UnwritableOutputError: UNWRITABLE,
    CaseBusyError: UNWRITABLE,
    MappingMismatchError: MISFIT,
}


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what the user can put right into a sentence and an exit code; bugs pass through."""
    try:
        yield
    except ChronologyError as why:
        say(f"Error: {why}")
        sys.exit(next((_FAULTS[kind] for kind in _FAULTS if isinstance(why, kind)), UNREADABLE))


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


def login() -> str:
    """The name this person is signed in by on this computer."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # no name is set, as in some services
        return "not named"


#: Who a change to a case is made by.
who_option = click.option(
    "--who",
    default=login,
    help="Who does this, as the log of the case names them. [default: your login name]",
)
