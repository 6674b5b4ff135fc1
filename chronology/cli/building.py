"""``chronology build``: one timeline from files, or from a case."""

from __future__ import annotations

import gc
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronology import __version__
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
    LEFT_OUT,
    UNREADABLE,
    exit_codes,
    many,
    now,
    one_line,
    plainly,
    safe,
    say,
    who_option,
)
from chronology.errors import UnwritableOutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronology.account import LeftOut
    from chronology.case import Chronology, ReadFile, Refused, Wishes
    from chronology.decisions import Decision
    from chronology.people.strangers import Stranger

#: What build writes.
OUTPUTS = ("chronology.xlsx", "chronology.html", "chronology.json")
#: What is printed where nothing else was said.
TITLE, MARKING = "Multi-agency chronology", "OFFICIAL-SENSITIVE"
#: What to do where nothing says who sent a file.
_AGENCY = "use --agency"
#: Files that may be another family's named one by one.
MOST_STRANGERS = 5
#: Options that say something about files; a case was told that when they were added.
_OF_FILES = ("agency", "organisation", "subject", "subject_born", "date_order", "year")


@click.command(
    epilog="""\b
Examples:
  chronology build exports --out result
  chronology build gp.csv school.xlsx --out result
  chronology build police_log.xlsx --agency police --out result
  chronology build exports --mapping gp.mapping.txt --out result
  chronology build jo.chronology --out result
  chronology build jo.chronology --for-sharing --out to_share

"""
    + exit_codes()
)
@click.argument(
    "inputs", nargs=-1, required=True, type=CasePath(exists=True, path_type=Path),
    metavar="FILE_OR_FOLDER...",
)  # fmt: skip
@click.option(
    "--out", "-o", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder for chronology.xlsx, chronology.html and chronology.json (made if missing).",
)  # fmt: skip
@stating
@preset_option
@click.option(
    "--title", default=None,
    help=f"Title printed on every output. [default: {TITLE}, or the title of the case]",
)  # fmt: skip
@click.option(
    "--marking", default=None,
    help=f"Protective marking printed on every page. [default: {MARKING}, or that of the case]",
)  # fmt: skip
@click.option(
    "--prepared", default="",
    help="Date to print as the date of preparation. [default for a case: the day of its last "
    "change]",
)  # fmt: skip
@click.option(
    "--for-sharing", is_flag=True,
    help="Withhold the words of records marked restricted or about a third party, in every output.",
)  # fmt: skip
@who_option
def build(
    inputs: tuple[Path, ...],
    out: Path,
    who: str,
    **asked: Any,  # noqa: ANN401 (click hands each option over by name)
) -> None:
    """Build one timeline from agencies' exports, or from a case file.

    FILE_OR_FOLDER is one or more files (.csv .tsv .txt .xlsx .xlsm .xls .ods .docx), or folders
    holding them; or one case file (.chronology). Each row of each file ends in the timeline or in
    the list of what was left out; the counts are printed.
    """
    # A build makes many records and lets none go: looking for garbage among them finds nothing
    # and costs a tenth of the time.
    gc.set_threshold(200_000, 20, 100)
    with plainly():
        spare_inputs(inputs, out)
        of_case = any(path.suffix == CASE_ENDING and path.is_file() for path in inputs)
        if of_case:
            chronology = _from_case(inputs, out, asked, who)
        else:
            chronology = _from_files(inputs, out, asked)
    from chronology.people.strangers import strangers

    say_balance(chronology, of_case=of_case)
    say_strangers(strangers(chronology.accounts, chronology.cast))
    say_refused(chronology, of_case=of_case)
    say_restricted(chronology)
    for name in OUTPUTS:
        click.echo(safe(str(out / name)))
    sys.exit(exit_code(chronology, of_case=of_case))


def _from_files(inputs: tuple[Path, ...], out: Path, asked: dict[str, Any]) -> Chronology:
    from chronology import case

    chronology = case.build(inputs, wishes(out, asked), progress=say_file)
    chronology = _as_asked(chronology, (), asked)
    write(chronology, out)
    return chronology


def _as_asked(
    chronology: Chronology, decisions: Sequence[Decision], asked: dict[str, Any]
) -> Chronology:
    """The chronology in full, or without the words of what is restricted."""
    if not asked["for_sharing"]:
        return chronology
    from chronology.sharing import for_sharing

    return for_sharing(chronology, decisions)


def _from_case(inputs: tuple[Path, ...], out: Path, asked: dict[str, Any], who: str) -> Chronology:
    from dataclasses import replace

    from chronology.casefile import CaseFile
    from chronology.merge import PRESETS

    _check_alone(inputs, asked)
    with CaseFile.open(inputs[0]) as case:
        case.check_whole()
        chronology = case.chronology(PRESETS[asked["preset"]])
        changed = {name: asked[name] for name in ("title", "marking") if asked[name] is not None}
        prepared = asked["prepared"] or chronology.about.prepared
        about = replace(chronology.about, prepared=prepared, **changed)
        chronology = replace(chronology, about=about)
        chronology = _as_asked(chronology, case.decisions_now(), asked)
        write(chronology, out)
        kind = " (for sharing)" if asked["for_sharing"] else ""
        written = [
            (f"{name}{kind}", sha256((out / name).read_bytes()).hexdigest()) for name in OUTPUTS
        ]
        case.wrote(written, who, now())
    return chronology


def _check_alone(inputs: tuple[Path, ...], asked: dict[str, Any]) -> None:
    if len(inputs) > 1:
        raise click.UsageError(
            "A case file is built by itself. Put other files into the case first: chronology add "
            f"{inputs[0].name} FILE..."
        )
    if any(asked[name] for name in _OF_FILES) or asked["mappings"]:
        raise click.UsageError(
            "What a file does not say itself is stated when it is put into the case, with "
            "'chronology add', not when the case is built."
        )


def write(chronology: Chronology, out: Path) -> None:
    """Writes the three outputs, making the folder."""
    from chronology.render import write_all

    say("Writing the outputs ...")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise UnwritableOutputError(
            f"The folder {out} could not be made ({why.strerror})."
        ) from why
    write_all(chronology, out)


def spare_inputs(inputs: tuple[Path, ...], out: Path) -> None:
    """Refuses to write over an agency's file, or over what looks like one among the inputs."""
    there = [out / name for name in OUTPUTS if (out / name).exists()]
    among = any(path.resolve() in (out.resolve(), *out.resolve().parents) for path in inputs)
    for target in there:
        named = any(path.resolve() == target.resolve() for path in inputs)
        # An earlier result has all three.
        if named or (among and len(there) < len(OUTPUTS)):
            raise UnwritableOutputError(
                f"{target} may be one of the files to read, and the result would be written over "
                "it. Name another folder with --out."
            )


def wishes(out: Path, asked: dict[str, Any]) -> Wishes:
    """What was asked for."""
    from chronology.case import About, Wishes
    from chronology.merge import PRESETS

    title = TITLE if asked["title"] is None else asked["title"]
    marking = MARKING if asked["marking"] is None else asked["marking"]
    return Wishes(
        given=given(asked),
        mappings=tuple(read_mapping(path) for path in asked["mappings"]),
        preset=PRESETS[asked["preset"]],
        about=About(title, marking, asked["prepared"], __version__),
        leave_alone=(*(out / name for name in OUTPUTS), *asked["mappings"]),
    )


def exit_code(chronology: Chronology, *, of_case: bool = False) -> int:
    """How a build ends; what a case was once not given in readable form is no fault of today's."""
    if chronology.refused and not of_case:
        return UNREADABLE
    return LEFT_OUT if _lost(chronology) else ALL_IN


def _lost(chronology: Chronology) -> list[LeftOut]:
    """Rows of which nothing is in the timeline: not those that a later wording stands for."""
    return [row for row in chronology.left_out if not row.later]


def say_file(file: ReadFile | Refused) -> None:
    """One line for each file as it is read, and below it what looks damaged in it."""
    from chronology.case import Refused

    if isinstance(file, Refused):
        say(f"NOT READ  {one_line(file.file)}: {file.reason}")
        return
    counted = "row" if file.rows_read == 1 else "rows"
    rows = f"{file.rows_read} {counted} = {file.rows_in} in entries + {file.rows_out} left out"
    say(f"{one_line(file.file)}: {rows}  [{file.agency.label}]")
    for note in (*damage(file), *reported_only(file)):
        say(f"  Doubt: {note}")


def damage(file: ReadFile) -> tuple[str, ...]:
    """What a file's notes say of damage to it."""
    from chronology.reading.damage import tells_of_damage

    return tuple(filter(tells_of_damage, file.notes))


def reported_only(file: ReadFile) -> tuple[str, ...]:
    """What a file's notes say of rows without a date of event."""
    from chronology.importers.across_rows import REPORTED_ONLY

    return tuple(note for note in file.notes if REPORTED_ONLY in note)


def unsure_agency(file: ReadFile) -> tuple[str, ...]:
    """What a file's notes say where nothing in it says clearly who sent it."""
    from chronology.importers.agency import SAY

    return tuple(
        f"{note} Give the file to 'chronology add' again so, and it is read anew."
        for note in file.notes
        if SAY in note
    )


def say_balance(chronology: Chronology, *, of_case: bool = False) -> None:
    """The sum of the rows, what was left out, and what must be looked at."""
    read, inside, lost = chronology.rows_read, len(chronology.accounts), _lost(chronology)
    out, later = len(lost), len(chronology.left_out) - len(lost)
    again = sum(file.rows_again for file in chronology.files)
    entries = len(chronology.entries)
    click.echo(
        f"{many(read, 'row')} read = {inside} in {entries} {'entry' if entries == 1 else 'entries'}"
        f" + {out} left out"
        f"{f' + {later} in an earlier wording' if later else ''}"
        f"{f' + {again} sent again' if again else ''}; "
        f"{many(len(chronology.questions), 'pair')} to review, "
        f"{many(len(chronology.links), 'link')}."
    )
    for row in lost[:10]:
        say(f"Left out: {one_line(str(row.source))}: {row.reason}")
    if out > 10:
        say(f"... and {out - 10} more on the sheet 'Left out'.")
    uncertain = sum(
        any(flag.code == "agency-uncertain" for flag in a.flags) for a in chronology.accounts
    )
    if uncertain:
        one = uncertain == 1
        rows, sent, whose = ("row does", "it", "its") if one else ("rows do", "them", "their")
        anew = f"give {whose} file to 'chronology add' again with --agency"
        told = anew if of_case else _AGENCY
        say(f"{uncertain} {rows} not say clearly which agency sent {sent}: {told}.")


def say_strangers(found: Sequence[Stranger]) -> None:
    """Files that may belong to another family."""
    for one in found[:MOST_STRANGERS]:
        say(f"Note: {one_line(str(one))}")
    if len(found) > MOST_STRANGERS:
        say(f"Note: the same holds for {many(len(found) - MOST_STRANGERS, 'file')} more.")


def say_refused(chronology: Chronology, *, of_case: bool) -> None:
    """Files that are not in the result; those that a case was given earlier by name."""
    if not chronology.refused:
        return
    if not of_case:
        say(f"{many(len(chronology.refused), 'file')} could not be read: see above.")
        return
    for file in chronology.refused:
        if file.dismissed:
            say(f"Not in the case: {one_line(file.file)}. {one_line(file.dismissed)}")
        else:
            say(f"Not in the case, because it could not be read when it was added: {refused(file)}")


def say_restricted(chronology: Chronology) -> None:
    """How much that is marked stands in full; or how much of a copy for sharing does not."""
    from chronology.sharing import standing_in_full

    withheld = chronology.about.withheld
    if withheld is not None:
        many_entries = "1 entry" if withheld.entries == 1 else f"{withheld.entries} entries"
        say(f"For sharing: the words of {many(withheld.records, 'record')} in {many_entries} are "
            "withheld.")  # fmt: skip
        return
    count = standing_in_full(chronology)
    if count:
        told = "1 entry" if count == 1 else f"{count} entries"
        stands = "stands" if count == 1 else "stand"
        say(f"{told} marked restricted or about a third party {stands} in full in these files. "
            "Before you pass them on, build again with --for-sharing.")  # fmt: skip


def refused(file: Refused) -> str:
    """A file that could not be read, and why, on one line."""
    return f"{one_line(file.file)}: {one_line(file.reason)}"
