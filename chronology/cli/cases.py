"""Commands on a case file: new, add, status, keep, log, verify, undo, purge, backup."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronology.cli.building import MARKING, TITLE, damage, refused
from chronology.cli.options import (
    CASE_ENDING,
    CasePath,
    given,
    preset_option,
    read_mapping,
    stating,
)
from chronology.cli.speaking import (
    ALL_IN,
    UNREADABLE,
    many,
    now,
    one_line,
    plainly,
    safe,
    say,
    who_option,
)

if TYPE_CHECKING:
    from chronology.case import Refused, Wishes
    from chronology.casefile import Added, AddedFile, CaseFile

case_argument = click.argument(
    "case", metavar="CASE", type=CasePath(exists=True, dir_okay=False, path_type=Path)
)
reason_option = click.option("--reason", default="", help="Why; the log keeps it.")


@click.command(
    short_help="Begin a case: one file that keeps records and decisions for months.",
    epilog="""\b
Examples:
  chronology new jo                           makes jo.chronology
  chronology new jo exports --title "Jo E."   and takes in the folder 'exports'
""",
)
@click.argument("name", type=click.Path(dir_okay=False, path_type=Path))
@click.argument(
    "inputs", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE_OR_FOLDER]..."
)
@click.option("--title", default=TITLE, show_default=True, help="Title printed on every output.")
@click.option(
    "--marking", default=MARKING, show_default=True,
    help="Protective marking printed on every page.",
)  # fmt: skip
@who_option
def new(name: Path, inputs: tuple[Path, ...], title: str, marking: str, who: str) -> None:
    """Begin a case file. It keeps every record, every decision, and a log of who did what.

    NAME is what the file is called; .chronology is put after it. The file is not encrypted: keep
    it where the agencies' exports may be kept.
    """
    from chronology.case import Wishes
    from chronology.casefile import CaseFile

    path = name if name.suffix == CASE_ENDING else name.with_name(name.name + CASE_ENDING)
    with plainly(), CaseFile.create(path, title, marking, who, now()) as case:
        click.echo(safe(str(path)))
        if inputs:
            _take_in(case, inputs, Wishes(), who)


@click.command(
    short_help="Put exports into a case; what is known is not added again.",
    epilog="""\b
Examples:
  chronology add jo.chronology "GP May.xlsx"
  chronology add jo.chronology police_log.xlsx --agency police
""",
)
@case_argument
@click.argument(
    "inputs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path),
    metavar="FILE_OR_FOLDER...",
)  # fmt: skip
@stating
@who_option
def add(
    case: Path,
    inputs: tuple[Path, ...],
    who: str,
    **asked: Any,  # noqa: ANN401 (click hands each option over by name)
) -> None:
    """Put exports into a case.

    A row that the case holds already is not added again, even where the file was renamed, sorted
    or saved anew. A later export of the same table changes the records it words differently and
    marks those it no longer has; nothing is deleted, and decisions stay.
    """
    from chronology.case import Wishes

    with plainly(), _opened(case) as opened:
        wishes = Wishes(given(asked), tuple(map(read_mapping, asked["mappings"])))
        _take_in(opened, inputs, wishes, who)


@click.command(short_help="Show what a case holds.")
@case_argument
def status(case: Path) -> None:
    """Show what a case holds: its files, records, decisions, and kept versions."""
    with plainly(), _opened(case) as opened:
        _say_status(opened)


@click.command(short_help="Show the log of a case: who did what, when.")
@case_argument
def log(case: Path) -> None:
    """Show everything that was done to a case, the oldest first.

    The number at the start of a line is what 'undo' asks for.
    """
    with plainly(), _opened(case) as opened:
        for line in opened.log():
            told = one_line(line.detail)
            click.echo(safe(f"{line.seq:>5}  {line.at.replace('T', ' ')}  {line.who}: {told}"))


@click.command(short_help="Check that a case file and its log are whole.")
@case_argument
def verify(case: Path) -> None:
    """Check a case: the file, every line of the log, and all that the log says was brought.

    The last line printed is the seal of the log. Written down elsewhere, it shows later that no
    line was changed since: whoever may write in the file could otherwise write a whole new log.
    """
    with plainly(), _opened(case) as opened:
        problems = opened.verify()
        last = opened.log()[-1]
    for problem in problems:
        click.echo(safe(f"WRONG: {problem}"))
    if not problems:
        click.echo("The case is whole: nothing was changed but by this program.")
    click.echo(safe(f"Seal: line {last.seq}, {last.hash}"))
    sys.exit(UNREADABLE if problems else ALL_IN)


@click.command(short_help="Take a decision back.")
@case_argument
@click.argument("number", type=int)
@reason_option
@who_option
def undo(case: Path, number: int, reason: str, who: str) -> None:
    """Take back the decision with this NUMBER, as 'chronology log' shows it."""
    with plainly(), _opened(case) as opened:
        decision = opened.undo(number, who, now(), reason)
        click.echo(safe(f"Decision {decision.seq} holds no more. It stays in the log."))


@click.command(short_help="Remove content from a case for good.")
@case_argument
@click.option("--source", type=int, help="Remove one file, by its number in 'chronology status'.")
@click.option("--record", "records", multiple=True, help="Remove one record, by its id.")
@click.option("--everything", is_flag=True, help="Remove all content.")
@click.option("--reason", required=True, help="Why; the log keeps it. Name nobody here.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@who_option
def purge(
    case: Path,
    source: int | None,
    records: tuple[str, ...],
    everything: bool,  # noqa: FBT001 (click passes flags by name)
    reason: str,
    yes: bool,  # noqa: FBT001
    who: str,
) -> None:
    """Remove content for data-protection reasons. It cannot be undone.

    The log keeps that it was done, by whom and why. Backups, copies and results written before
    are beyond this command: remove them yourself.
    """
    if (source is not None) + bool(records) + everything != 1:
        raise click.UsageError("Say what to remove: --source, --record or --everything.")
    if not yes:
        with plainly(), _opened(case) as opened:
            _say_purge(opened, source, records)
        click.confirm("This cannot be undone. Remove it?", abort=True, err=True)
    with plainly(), _opened(case) as opened:
        done = opened.purge(who, now(), reason, source=source, accounts=records)
    click.echo(
        f"Removed for good: {many(done.records, 'record')}, {many(done.sources, 'file')}, "
        f"{many(done.decisions, 'decision')}."
    )
    for name in done.kept_versions:
        click.echo(safe(f"Removed, because it held some of it: the kept version '{name}'."))
    click.echo("Backups and results written earlier still hold it: remove them yourself.")


@click.command(short_help="Copy a case safely, even while it is in use.")
@case_argument
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(case: Path, target: Path) -> None:
    """Copy a case to TARGET as one whole file. Copying it in Explorer while it is used may not."""
    with plainly(), _opened(case) as opened:
        opened.backup(target)
    click.echo(safe(str(target)))


@click.command(short_help="Keep the chronology as it stands now, under a name.")
@case_argument
@click.argument("name")
@preset_option
@who_option
def keep(case: Path, name: str, preset: str, who: str) -> None:
    """Keep the chronology as it stands now under a NAME, such as 'strategy meeting 3 May'.

    'chronology diff' then says what changed since.
    """
    from chronology.merge import PRESETS

    with plainly(), _opened(case) as opened:
        kept = opened.keep_version(name, who, now(), PRESETS[preset])
        click.echo(safe(f"Kept as '{kept.name}'."))


def _opened(path: Path) -> CaseFile:
    from chronology.casefile import CaseFile

    return CaseFile.open(path)


def _say_purge(case: CaseFile, source: int | None, records: tuple[str, ...]) -> None:
    """What would go, before anybody says yes to it."""
    going = case.would_purge(source, records)
    counts = ((going.records, "record"), (going.sources, "file"), (going.decisions, "decision"))
    told = ", ".join(many(count, thing) for count, thing in counts if count)
    say(f"This removes for good: {told or 'no record'}.")
    for file in case.sources():
        if file.number == source or (source is None and not records):
            say(f"  File {file.number}: {one_line(file.file)}, {many(file.rows, 'row')}")
    for name in going.kept_versions:
        say(f"  Kept version '{one_line(name)}', which holds some of it")


def _take_in(case: CaseFile, inputs: tuple[Path, ...], wishes: Wishes, who: str) -> None:
    from chronology.case import ReadFile

    read: list[ReadFile | Refused] = []
    added = case.add(inputs, wishes, who, now(), progress=read.append)
    doubts = {file.file: damage(file) for file in read if isinstance(file, ReadFile)}
    for file in added.files:
        _say_added(file)
        for doubt in doubts.get(file.file, ()):
            say(f"  Doubt: {doubt}")
    click.echo(_sum(added))
    waiting = len(case.rulings().to_confirm)
    if waiting:
        click.echo(f"{many(waiting, 'decision')} to confirm: what they rest on changed.")
    if added.refused:
        sys.exit(UNREADABLE)


def _say_added(file: AddedFile) -> None:
    name = one_line(file.file)
    if file.refused:
        say(f"NOT READ  {name}: {file.refused}")
        return
    told = f"{file.rows} rows = {file.new} new + {file.unchanged} known + {file.changed} changed"
    say(f"{name}: {told} + {file.left_out} left out")
    if file.supersedes and file.supersedes != file.file:
        say(f"  taken as a later export of {one_line(file.supersedes)}")
    if file.reread:
        say(f"  {file.reread} of the changed say the same and were only read anew")
    if file.withdrawn:
        say(f"  {many(file.withdrawn, 'record')} of earlier exports no longer in it: marked, kept")
    for note in file.notes:
        say(f"  {note}")


def _sum(added: Added) -> str:
    return (
        f"{added.new} new, {added.changed} changed, {added.unchanged} known already, "
        f"{added.withdrawn} withdrawn"
    )


def _say_status(case: CaseFile) -> None:
    from chronology.decisions import KINDS
    from chronology.marking import said_by, without_a_record

    accounts = case.accounts()
    confirm = case.rulings().to_confirm
    codes = [flag.code for account in accounts for flag in account.flags]
    decisions = case.decisions()
    live = sum(decision.undone_by is None for decision in decisions)
    last = case.log()[-1]
    click.echo(safe(f"{case.title}  [{case.marking}]"))
    for file in case.sources():
        later = f", later export of {file.supersedes}" if file.supersedes else ""
        told = f"{file.number:>4}  {one_line(file.file)}: {file.rows} rows{later}"
        click.echo(safe(f"{told}  ({file.at[:10]}, {file.who})"))
    for unread in case.contents().refused:
        click.echo(safe(f"Not in the case, because it could not be read: {refused(unread)}"))
    click.echo(
        f"{many(len(accounts), 'record')}; {codes.count('record-amended')} amended, "
        f"{codes.count('record-withdrawn')} withdrawn by a later export"
    )
    click.echo(
        f"{many(live, 'decision')} in force, {len(decisions) - live} undone, "
        f"{len(confirm)} to confirm"
    )
    source_of = {account.id: one_line(str(account.source)) for account in accounts}
    for pair, why in sorted(confirm.items()):
        named = " and ".join(source_of.get(one, one) for one in pair)
        click.echo(safe(f"To confirm: {named}. {one_line(why)}"))
    for decision in without_a_record(source_of, decisions, case.moved()):
        about = KINDS[decision.kind]
        value = f" '{one_line(decision.value)}'" if decision.value else ""
        told = f"Decision {decision.seq} ({about}{value}, by {one_line(said_by(decision))})"
        click.echo(
            safe(f"{told} holds, and none of its records is left. Undo it or enter it anew.")
        )
    for kept in case.versions():
        click.echo(safe(f"Kept: '{kept.name}' ({kept.at[:10]}, {kept.who})"))
    click.echo(safe(f"Seal: line {last.seq}, {last.hash}"))
