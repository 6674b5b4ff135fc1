"""Commands on a case file: new, add, status, log, verify, backup, keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronology.cli.building import (
    MARKING,
    TITLE,
    damage,
    refused,
    reported_only,
    say_strangers,
    unsure_agency,
)
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
    from collections.abc import Sequence

    from chronology.case import Refused, Wishes
    from chronology.casefile import Added, AddedFile, CaseFile
    from chronology.casefile.told import SourceFile

case_argument = click.argument(
    "case", metavar="CASE", type=CasePath(exists=True, dir_okay=False, path_type=Path)
)


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

    A file that the case has, given again with --mapping, --agency or another option, is read anew
    as you say now: each row stays the record it was, and decisions are asked again only where a
    record says something else.
    """
    from chronology.case import Wishes

    with plainly(), opened_case(case) as opened:
        wishes = Wishes(given(asked), tuple(map(read_mapping, asked["mappings"])))
        _take_in(opened, inputs, wishes, who)


@click.command(short_help="Show what a case holds.")
@case_argument
def status(case: Path) -> None:
    """Show what a case holds: its files, records, decisions, and kept versions."""
    with plainly(), opened_case(case) as opened:
        _say_status(opened)


@click.command(short_help="Show the log of a case: who did what, when.")
@case_argument
def log(case: Path) -> None:
    """Show everything that was done to a case, the oldest first.

    The number at the start of a line is what 'undo' asks for. Records are named by what they said
    when they were decided about; in brackets stand their ids, as 'purge --record' asks for.
    """
    with plainly(), opened_case(case) as opened:
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
    with plainly(), opened_case(case) as opened:
        problems = opened.verify()
        line, seal = opened.seal()
    for problem in problems:
        click.echo(safe(f"WRONG: {problem}"))
    if not problems:
        click.echo("The case is whole: nothing was changed but by this program.")
    click.echo(safe(f"Seal: line {line}, {seal}"))
    sys.exit(UNREADABLE if problems else ALL_IN)


@click.command(short_help="Copy a case safely, even while it is in use.")
@case_argument
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(case: Path, target: Path) -> None:
    """Copy a case to TARGET as one whole file. Copying it in Explorer while it is used may not."""
    with plainly(), opened_case(case) as opened:
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

    with plainly(), opened_case(case) as opened:
        kept = opened.keep_version(name, who, now(), PRESETS[preset])
        click.echo(safe(f"Kept as '{kept.name}'."))


#: What is said of a file that could not be read.
_DISMISS = "chronology dismiss CASE FILE --reason WHY"
#: What is said below the files of a case.
_REMOVE = "chronology purge CASE --file NUMBER --reason WHY"
_CORRECT = "chronology add CASE FILE --mapping MAPPING"


def opened_case(path: Path) -> CaseFile:
    from chronology.casefile import CaseFile

    return CaseFile.open(path)


def _take_in(case: CaseFile, inputs: tuple[Path, ...], wishes: Wishes, who: str) -> None:
    from chronology.case import ReadFile, who_is_who
    from chronology.people import person_rulings
    from chronology.people.strangers import strangers

    read: list[ReadFile | Refused] = []
    added = case.add(inputs, wishes, who, now(), progress=read.append)
    doubts = {
        file.file: (*damage(file), *reported_only(file), *unsure_agency(file))
        for file in read
        if isinstance(file, ReadFile)
    }
    for file in added.files:
        _say_added(file)
        for doubt in doubts.get(file.file, ()):
            say(f"  Doubt: {doubt}")
    brought = {file.file for file in added.files if file.new}
    if brought:
        held = case.contents()
        told = who_is_who(held.accounts, held.left_out, person_rulings(held.decisions))
        say_strangers([one for one in strangers(*told) if one.file in brought])
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
    anew = f" + {file.reread} read anew" if file.reread else ""
    told = f"{file.new} new + {file.unchanged} known + {file.amended} changed{anew}"
    say(f"{name}: {many(file.rows, 'row')} = {told} + {file.left_out} left out")
    if file.supersedes and file.supersedes != file.file:
        say(f"  taken as a later export of {one_line(file.supersedes)}")
    if file.corrected:
        say(f"  {file.corrected} of those read anew say something else now")
    if file.withdrawn:
        say(f"  {many(file.withdrawn, 'record')} of earlier exports no longer in it: marked, kept")
    for note in file.notes:
        say(f"  {note}")


def _sum(added: Added) -> str:
    anew = f"{added.reread} read anew, " if added.reread else ""
    return (
        f"{added.new} new, {added.amended} changed, {anew}{added.unchanged} known already, "
        f"{added.withdrawn} withdrawn"
    )


def _say_unread(case: CaseFile) -> None:
    """Files that could not be read: those that still are to be, and those dismissed."""
    for file in case.contents().refused:
        if file.dismissed:
            click.echo(safe(f"Not in the case: {one_line(file.file)}. {one_line(file.dismissed)}"))
        else:
            click.echo(safe(f"Not in the case, because it could not be read: {refused(file)}"))
            say(f"  Put it right and add it again; if it is not needed: {_DISMISS}")


def _say_sources(sources: Sequence[SourceFile]) -> None:
    """Each file once, however often it was read, with the export that it follows."""
    last = {file.sha256: file.number for file in sources}
    shown_as = {file.number: last[file.sha256] for file in sources}
    for file in sources:
        if file.number != last[file.sha256]:
            continue
        readings = [one for one in sources if one.sha256 == file.sha256]
        follows = {shown_as.get(one.supersedes, 0) for one in readings} - {0, file.number}
        later = f", later export of {max(follows)}" if follows else ""
        again = f", read {len(readings)} times" if len(readings) > 1 else ""
        told = f"{file.number:>4}  {one_line(file.file)}: {many(file.rows, 'row')}{later}{again}"
        click.echo(safe(f"{told}  ({file.at[:10]}, {file.who})"))


def _say_status(case: CaseFile) -> None:
    from chronology.decisions import KINDS
    from chronology.marking import said_by, without_a_record

    accounts = case.accounts()
    confirm = case.rulings().to_confirm
    codes = [flag.code for account in accounts for flag in account.flags]
    decisions = case.decisions()
    live = sum(decision.undone_by is None for decision in decisions)
    line, seal = case.seal()
    click.echo(safe(f"{case.title}  [{case.marking}]"))
    sources = case.sources()
    _say_sources(sources)
    if sources:
        say(f"  If one of these files was added by mistake: {_REMOVE}")
        say(f"  If its columns were read wrongly: {_CORRECT}")
    _say_unread(case)
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
    click.echo(safe(f"Seal: line {line}, {seal}"))
