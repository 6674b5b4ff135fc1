"""The command line: the only place that prints, asks, or decides an exit code."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chronology import __version__
from chronology.errors import ChronologyError, MappingMismatchError, UnwritableOutputError

if TYPE_CHECKING:
    from chronology.case import Chronology, ReadFile, Refused, Wishes
    from chronology.evaluate import Figures
    from chronology.importers import ColumnReading, Extract, Layout
    from chronology.importers.mapping import Mapping
    from chronology.reading import Document

#: Exit codes, as promised in the README.
ALL_IN, LEFT_OUT, WRONG_USE, UNREADABLE, UNWRITABLE, MISFIT = range(6)

AGENCIES = ("health", "social_care", "police", "education", "other")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chronology")
def main() -> None:
    """Lay many agencies' records side by side in time.

    Start with:  chronology build FOLDER --out RESULT

    Then open chronology.html or chronology.xlsx, which are in the folder RESULT.

    Everything stays on this computer: the program never uses the network.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A letter that a redirected output cannot hold must not stop the build.
        sys.stdout.reconfigure(errors="backslashreplace")


@main.command(
    epilog="""\b
Examples:
  chronology build exports --out result
  chronology build gp.csv school.xlsx --out result
  chronology build police_log.xlsx --agency police --out result
  chronology build exports --mapping gp.mapping.txt --out result

\b
Exit codes:
  0  every row is in the timeline (open questions and flagged doubts included)
  1  finished, but some rows were left out: see the sheet 'Left out'
  2  the command was not understood
  3  an input could not be read; the others were still built
  4  an output could not be written: it may be open in Excel
  5  a mapping file does not fit
"""
)
@click.argument(
    "inputs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path),
    metavar="FILE_OR_FOLDER...",
)  # fmt: skip
@click.option(
    "--out", "-o", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder for chronology.xlsx, chronology.html and chronology.json (made if missing).",
)  # fmt: skip
@click.option(
    "--agency", type=click.Choice(AGENCIES),
    help="Who sent these files, where they do not say it themselves. Holds for every file named.",
)  # fmt: skip
@click.option("--organisation", default="", help="Which organisation sent them.")
@click.option("--subject", default="", help="Who they are about, where no column says it.")
@click.option("--born", "subject_born", default="", help="That person's date of birth.")
@click.option(
    "--date-order", type=click.Choice(["day-first", "month-first"]), default=None,
    help="How 03/04/2021 is meant, where no date in the file decides it.",
)  # fmt: skip
@click.option("--year", type=int, default=None, help="The year of dates written without one.")
@click.option(
    "--mapping", "mappings", multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A mapping file from 'chronology inspect'. May be given several times.",
)  # fmt: skip
@click.option(
    "--preset", type=click.Choice(["default", "strict", "suggest"]), default="default",
    show_default=True,
    help="How readily records become one entry. 'strict' (for court): only very likely ones; "
    "'suggest': only rows sent twice. The others are put to you to review.",
)  # fmt: skip
@click.option("--title", default="Multi-agency chronology", help="Title printed on every output.")
@click.option(
    "--marking", default="OFFICIAL-SENSITIVE", show_default=True,
    help="Protective marking printed on every page.",
)  # fmt: skip
@click.option("--prepared", default="", help="Date to print as the date of preparation.")
def build(
    inputs: tuple[Path, ...],
    out: Path,
    mappings: tuple[Path, ...],
    **asked: Any,  # noqa: ANN401 (click hands each option over by name)
) -> None:
    """Build one timeline from agencies' exports.

    FILE_OR_FOLDER is one or more files (.csv .tsv .txt .xlsx .xlsm .xls .ods .docx), or folders
    holding them. Each row of each file ends in the timeline or in the list of what was left out;
    the counts are printed.
    """
    from chronology import case

    # A build makes many records and lets none go: looking for garbage among them finds nothing
    # and costs a tenth of the time.
    gc.set_threshold(200_000, 20, 100)
    with _plainly():
        _spare_inputs(inputs, out)
        wishes = _wishes(out, mappings, asked)
        chronology = case.build(inputs, wishes, progress=_say_file)
        _say("Writing the outputs ...")
        _write(chronology, out)
    _say_balance(chronology)
    for name in OUTPUTS:
        click.echo(_safe(str(out / name)))
    sys.exit(_exit_code(chronology))


@main.command(short_help="Show how a file is understood, before you build.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option("--agency", type=click.Choice(AGENCIES), help="Who sent the file.")
@click.option(
    "--write-mapping", is_flag=True,
    help="Write FILE.mapping.txt beside each file, to correct in Notepad and give to 'build'.",
)  # fmt: skip
def inspect(files: tuple[Path, ...], agency: str | None, write_mapping: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Show how each file is understood: its kind, its columns, its first rows, every doubt."""
    from chronology import case
    from chronology.account import Agency
    from chronology.importers import Given, extract
    from chronology.importers import mapping as column_mapping
    from chronology.reading.inputs import Input

    unread = 0
    for path in files:
        document = None
        try:
            document = case.read_input(Input(path, path.name))
            found = extract(document, given=Given(agency=Agency(agency) if agency else None))
        except ChronologyError as why:
            unread += 1
            _say(f"{_one_line(path.name)}: {why}")
            _show_lines(document)
            continue
        _show(found)
        if write_mapping:
            target = path.with_name(path.name + ".mapping.txt")
            with _plainly():
                _write_mapping(target, column_mapping.write_mapping(found))
            click.echo(_safe(f"Mapping written to {target}"))
    sys.exit(UNREADABLE if unread else ALL_IN)


@main.command()
def importers() -> None:
    """List the agencies whose records can be read, and which records those are."""
    from chronology.importers import IMPORTERS

    for importer in IMPORTERS:
        about = (importer.__doc__ or "").strip().splitlines()[0]
        click.echo(f"{importer.name:<12} {about}")


@main.command()
@click.argument(
    "cases", nargs=-1, required=True, metavar="CASE...",
    type=click.Path(exists=True, path_type=Path),
)  # fmt: skip
@click.option(
    "--preset", type=click.Choice(["default", "strict", "suggest"]), default="default",
    show_default=True, help="How boldly to merge.",
)  # fmt: skip
def evaluate(cases: tuple[Path, ...], preset: str) -> None:
    """Measure the matcher on labelled cases (.jsonl files, or folders of them)."""
    from chronology.evaluate import LINK_HEADINGS, Figures, link_figures
    from chronology.evaluate import evaluate as measure
    from chronology.labelled import read_case
    from chronology.merge import PRESETS

    paths = [p for path in cases for p in (sorted(path.glob("*.jsonl")) or [path])]
    figures: list[tuple[str, Figures]] = []
    click.echo(_HEADINGS)
    for path in paths:
        with _plainly():
            figures.append((path.stem, measure(read_case(path), PRESETS[preset])))
        click.echo(_figures(*figures[-1]))
    figures.append(("pooled", sum((found for _, found in figures), Figures())))
    click.echo(_figures(*figures[-1]))
    click.echo(f"\n{'case':<8} {LINK_HEADINGS}")
    for name, found in figures:
        click.echo(f"{name:<8} {link_figures(found)}")


_HEADINGS = "case      rows  pairs  precision  recall     F1  hidden/1000  asked/100  assisted"


def _figures(name: str, found: Figures) -> str:
    return (
        f"{name:<8} {found.rows:>5} {found.true_pairs:>6} {found.precision:>10.3f}"
        f" {found.recall:>7.3f} {found.f1:>6.3f} {found.hidden_per_1000:>12.1f}"
        f" {found.questions_per_100:>10.1f} {found.assisted_recall:>9.3f}"
    )


#: What build writes, by name: the renderer's module and function.
OUTPUTS = ("chronology.xlsx", "chronology.html", "chronology.json")


def _write(chronology: Chronology, out: Path) -> None:
    from chronology.render import write_all

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise UnwritableOutputError(
            f"The folder {out} could not be made ({why.strerror})."
        ) from why
    write_all(chronology, out)


def _spare_inputs(inputs: tuple[Path, ...], out: Path) -> None:
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


def _write_mapping(target: Path, text: str) -> None:
    from chronology.render.writing import write_bytes_whole

    if target.exists():
        raise UnwritableOutputError(
            f"{target} is there already and may hold your corrections. Rename it and run again."
        )
    write_bytes_whole(target, text.encode("utf-8", "replace"))


def _wishes(out: Path, mappings: tuple[Path, ...], asked: dict[str, Any]) -> Wishes:
    from chronology.account import Agency
    from chronology.case import About, Wishes
    from chronology.importers import Given
    from chronology.merge import PRESETS

    return Wishes(
        given=Given(
            agency=Agency(asked["agency"]) if asked["agency"] else None,
            organisation=asked["organisation"],
            subject=asked["subject"],
            subject_born=asked["subject_born"],
            date_order=asked["date_order"] or "",
            year=asked["year"],
        ),
        mappings=tuple(_read_mapping(path) for path in mappings),
        preset=PRESETS[asked["preset"]],
        about=About(asked["title"], asked["marking"], asked["prepared"], __version__),
        leave_alone=(*(out / name for name in OUTPUTS), *mappings),
    )


def _read_mapping(path: Path) -> Mapping:
    from chronology.importers.mapping import read_mapping

    try:
        return read_mapping(path.read_text(encoding="utf-8-sig"))
    except MappingMismatchError as why:
        raise MappingMismatchError(f"{path.name}: {why}") from why
    except UnicodeDecodeError as why:
        raise MappingMismatchError(
            f"{path.name}: this is not text in UTF-8. Save it in Notepad with encoding UTF-8."
        ) from why


@contextmanager
def _plainly() -> Iterator[None]:
    """Turns what the user can put right into a sentence and an exit code; bugs pass through."""
    try:
        yield
    except ChronologyError as why:
        _say(f"Error: {why}")
        sys.exit(_FAULTS.get(type(why), UNREADABLE))


#: The exit code of each kind of fault; any other means that nothing could be read.
_FAULTS: dict[type[ChronologyError], int] = {
    UnwritableOutputError: UNWRITABLE,
    MappingMismatchError: MISFIT,
}


def _exit_code(chronology: Chronology) -> int:
    if chronology.refused:
        return UNREADABLE
    return LEFT_OUT if chronology.left_out else ALL_IN


def _say(text: str) -> None:
    """Talk goes to stderr, so that stdout holds results alone."""
    click.echo(_safe(text), err=True)


def _say_file(file: ReadFile | Refused) -> None:
    from chronology.case import Refused

    if isinstance(file, Refused):
        _say(f"NOT READ  {_one_line(file.file)}: {file.reason}")
        return
    rows = f"{file.rows_read} rows = {file.rows_in} in entries + {file.rows_out} left out"
    _say(f"{_one_line(file.file)}: {rows}  [{file.agency.label}]")


def _say_balance(chronology: Chronology) -> None:
    read, inside, out = chronology.rows_read, len(chronology.accounts), len(chronology.left_out)
    click.echo(
        f"{read} rows read = {inside} in {len(chronology.entries)} entries + {out} left out; "
        f"{_many(len(chronology.questions), 'pair')} to review, "
        f"{_many(len(chronology.links), 'link')}."
    )
    for row in chronology.left_out[:10]:
        _say(f"Left out: {_one_line(str(row.source))}: {row.reason}")
    if out > 10:
        _say(f"... and {out - 10} more on the sheet 'Left out'.")
    if chronology.refused:
        _say(f"{_many(len(chronology.refused), 'file')} could not be read: see above.")
    uncertain = sum(
        any(flag.code == "agency-uncertain" for flag in a.flags) for a in chronology.accounts
    )
    if uncertain:
        _say(f"{uncertain} rows do not say clearly which agency sent them: use --agency.")


def _show(found: Extract) -> None:
    click.echo(_safe(f"{_one_line(found.file)}  ({found.kind}, read as {found.importer})"))
    click.echo(_safe(f"  Agency: {found.agency.label}. {found.agency_why}"))
    balance = f"{len(found.accounts)} would be in + {len(found.left_out)} left out"
    click.echo(f"  {found.rows_read} rows: {balance}")
    for layout in found.layouts:
        _show_layout(layout)
    for note in found.notes:
        click.echo(_safe(f"  Doubt: {note}"))


#: Lines shown of each sheet in which no table was found.
LINES_SHOWN = 60


def _show_lines(document: Document | None) -> None:
    """What stands in a file that could not be understood, to find its heading row by."""
    for grid in document.grids if document else ():
        click.echo(_safe(f"  What was read{f' in {_one_line(grid.sheet)}' if grid.sheet else ''}:"))
        for line in grid.lines[:LINES_SHOWN]:
            cells = " | ".join(" ".join(cell.split())[:40] for cell in line.cells)
            click.echo(_safe(f"    row {line.number}: {cells}"))


def _show_layout(layout: Layout) -> None:
    where = f" in {layout.sheet}" if layout.sheet else ""
    rows = ", ".join(map(str, layout.heading_rows)) or "none"
    click.echo(_safe(f"  Columns{where} (headings in row {rows}):"))
    for column in layout.columns:
        click.echo(_safe(f"    {column.heading or '(no heading)'} -> {_taken(column)}"))
    click.echo("  First rows as read:")
    for row in layout.first_rows:
        click.echo(_safe("    " + " | ".join(" ".join(cell.split())[:40] for cell in row)))
    for doubt in layout.doubts:
        click.echo(_safe(f"  Doubt: {doubt}"))


#: How sure in words, from the highest.
SURENESS: tuple[tuple[float, str], ...] = (
    (0.9, "sure"),
    (0.7, "fairly sure"),
    (0.5, "not sure: please check"),
    (0.0, "a guess: please check"),
)


def _taken(column: ColumnReading) -> str:
    """What a column was taken for, in the words of a mapping file, and how surely."""
    from chronology.importers.headings import label

    if not column.field:
        return "not understood: kept with each record under its own heading"
    return f"{label(column.field)}  ({_sure(column.confidence)})"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing if count == 1 else f'{thing}s'}"


def _sure(confidence: float) -> str:
    return next(words for floor, words in SURENESS if confidence >= floor)


def _one_line(name: str) -> str:
    """A name that holds a line break must not look like a line of ours."""
    return name.replace("\n", "[U+000A]")


def _safe(text: str) -> str:
    """Text from files never reaches the terminal raw: control characters are shown as marks."""
    return "".join(c if c.isprintable() or c == "\n" else f"[U+{ord(c):04X}]" for c in text)
