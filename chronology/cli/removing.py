"""Commands that take something back or out of a case: undo, dismiss, purge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chronology.cli.cases import case_argument, opened_case
from chronology.cli.speaking import many, now, one_line, plainly, safe, say, who_option
from chronology.errors import UnknownRecordError

if TYPE_CHECKING:
    from chronology.casefile import CaseFile


@click.command(short_help="Take a decision back.")
@case_argument
@click.argument("number", type=int)
@click.option("--reason", default="", help="Why; the log keeps it.")
@who_option
def undo(case: Path, number: int, reason: str, who: str) -> None:
    """Take back the decision with this NUMBER, as 'chronology log' shows it."""
    with plainly(), opened_case(case) as opened:
        decision = opened.undo(number, who, now(), reason)
        click.echo(safe(f"Decision {decision.seq} holds no more. It stays in the log."))


@click.command(short_help="Settle that a file that could not be read is not needed.")
@case_argument
@click.argument("file")
@click.option("--reason", required=True, help="Why it is not needed; the log keeps it.")
@who_option
def dismiss(case: Path, file: str, reason: str, who: str) -> None:
    """Settle that FILE, which could not be read, is not needed: a picture, a copy, a letter.

    FILE is its name as 'chronology status' shows it. It stays named among the sources with who
    dismissed it and why, and 'chronology undo' takes that back.
    """
    _check_reason(reason)
    with plainly(), opened_case(case) as opened:
        made = opened.dismiss(file, who, now(), reason)
        told = f"Dismissed: {one_line(file)}. It stays named. To take that back:"
        click.echo(safe(f"{told} chronology undo {case.name} {made.seq}"))


@click.command(short_help="Remove content from a case for good.")
@case_argument
@click.option(
    "--file", "--source", "file", metavar="NUMBER_OR_NAME",
    help="Remove one file added by mistake: its number in 'chronology status', or its name.",
)  # fmt: skip
@click.option("--record", "records", multiple=True, help="Remove one record, by its id.")
@click.option("--everything", is_flag=True, help="Remove all content.")
@click.option("--reason", required=True, help="Why; the log keeps it. Name nobody here.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@who_option
def purge(
    case: Path,
    file: str | None,
    records: tuple[str, ...],
    everything: bool,  # noqa: FBT001 (click passes flags by name)
    reason: str,
    yes: bool,  # noqa: FBT001
    who: str,
) -> None:
    """Remove a file added by mistake, or content for data-protection reasons. It cannot be undone.

    With a file go the records that no other file has, the decisions about them, and the kept
    versions that hold them; what goes is named before you are asked. The log keeps that it was
    done, by whom and why. Backups, copies and results written before are beyond this command:
    remove them yourself.
    """
    _check_reason(reason)
    if (file is not None) + bool(records) + everything != 1:
        raise click.UsageError("Say what to remove: --file, --record or --everything.")
    with plainly(), opened_case(case) as opened:
        source = None if file is None else _number_of(opened, file)
        if not yes:
            _say_purge(opened, source, records)
    if not yes:
        click.confirm("This cannot be undone. Remove it?", abort=True, err=True)
    with plainly(), opened_case(case) as opened:
        done = opened.purge(who, now(), reason, source=source, accounts=records)
    click.echo(
        f"Removed for good: {many(done.records, 'record')}, {many(done.sources, 'file')}, "
        f"{many(done.decisions, 'decision')}."
    )
    for name in done.kept_versions:
        click.echo(safe(f"Removed, because it held some of it: the kept version '{name}'."))
    click.echo("Backups and results written earlier still hold it: remove them yourself.")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise click.UsageError("Say why: the log keeps the reason.")


def _number_of(case: CaseFile, file: str) -> int:
    """The number of a file of the case, named by it or by its name."""
    sources = case.sources()
    there = [found for found in sources if str(found.number) == file]
    there = there or [found for found in sources if found.file == file]
    if len({found.sha256 for found in there}) == 1:
        return there[-1].number
    if not there:
        raise UnknownRecordError(
            f"There is no file '{file}' in the case. 'chronology status' lists them."
        )
    numbers = " and ".join(str(found.number) for found in there)
    raise click.UsageError(f"More than one file is called '{file}'. Name one by number: {numbers}.")


def _say_purge(case: CaseFile, source: int | None, records: tuple[str, ...]) -> None:
    """What would go, before anybody says yes to it."""
    going = case.would_purge(source, records)
    counts = ((going.records, "record"), (going.sources, "file"), (going.decisions, "decision"))
    told = ", ".join(many(count, thing) for count, thing in counts if count)
    say(f"This removes for good: {told or 'no record'}.")
    sources = case.sources()
    same = {file.sha256 for file in sources if file.number == source}
    for file in sources:
        if file.sha256 in same or (source is None and not records):
            say(f"  File {file.number}: {one_line(file.file)}, {many(file.rows, 'row')}")
    for name in going.kept_versions:
        say(f"  Kept version '{one_line(name)}', which holds some of it")
