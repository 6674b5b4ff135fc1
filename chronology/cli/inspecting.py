"""``chronology inspect`` and ``chronology importers``: how files are understood."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chronology.cli.options import AGENCIES, AgencyName
from chronology.cli.speaking import ALL_IN, UNREADABLE, many, one_line, plainly, safe, say
from chronology.errors import ChronologyError, UnwritableOutputError

if TYPE_CHECKING:
    from chronology.importers import ColumnReading, Extract, Layout
    from chronology.reading import Document


@click.command(short_help="Show how a file is understood, before you build.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option("--agency", type=AgencyName(AGENCIES), help="Who sent the file.")
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
            say(f"{one_line(path.name)}: {why}")
            _show_lines(document)
            continue
        _show(found)
        if write_mapping and found.is_defined:
            click.echo("No mapping was written: the format defines what each column holds.")
        elif write_mapping:
            target = path.with_name(path.name + ".mapping.txt")
            with plainly():
                _write_mapping(target, column_mapping.write_mapping(found))
            click.echo(safe(f"Mapping written to {target}"))
    sys.exit(UNREADABLE if unread else ALL_IN)


@click.command()
def importers() -> None:
    """List the agencies whose records can be read, and the formats that are read exactly."""
    from chronology.importers import IMPORTERS
    from chronology.importers.defined import FORMATS

    click.echo("Any layout of:")
    for importer in IMPORTERS:
        about = (importer.__doc__ or "").strip().splitlines()[0]
        click.echo(f"  {importer.name:<20} {about}")
    click.echo("Defined formats, recognised by what is in them:")
    for one in FORMATS:
        click.echo(f"  {one.name:<20} {one.title}")


def _write_mapping(target: Path, text: str) -> None:
    from chronology.render.writing import write_bytes_whole

    if target.exists():
        raise UnwritableOutputError(
            f"{target} is there already and may hold your corrections. Rename it and run again."
        )
    write_bytes_whole(target, text.encode("utf-8", "replace"))


def _show(found: Extract) -> None:
    click.echo(safe(f"{one_line(found.file)}  ({found.kind}, read as {found.importer})"))
    click.echo(safe(f"  Agency: {found.agency.label}. {found.agency_why}"))
    balance = f"{len(found.accounts)} would be in + {len(found.left_out)} left out"
    click.echo(f"  {many(found.rows_read, 'row')}: {balance}")
    for layout in found.layouts:
        _show_layout(layout)
    for note in found.notes:
        click.echo(safe(f"  Doubt: {note}"))


#: Lines shown of each sheet in which no table was found.
LINES_SHOWN = 60


def _show_lines(document: Document | None) -> None:
    """What stands in a file that could not be understood, to find its heading row by."""
    for grid in document.grids if document else ():
        click.echo(safe(f"  What was read{f' in {one_line(grid.sheet)}' if grid.sheet else ''}:"))
        for line in grid.lines[:LINES_SHOWN]:
            cells = " | ".join(" ".join(cell.split())[:40] for cell in line.cells)
            click.echo(safe(f"    row {line.number}: {cells}"))


def _show_layout(layout: Layout) -> None:
    where = f" in {layout.sheet}" if layout.sheet else ""
    rows = ", ".join(map(str, layout.heading_rows)) or "none"
    click.echo(safe(f"  Columns{where} (headings in row {rows}):"))
    for column in layout.columns:
        click.echo(safe(f"    {column.heading or '(no heading)'} -> {_taken(column)}"))
    click.echo("  First rows as read:")
    for row in layout.first_rows:
        click.echo(safe("    " + " | ".join(" ".join(cell.split())[:40] for cell in row)))
    for doubt in layout.doubts:
        click.echo(safe(f"  Doubt: {doubt}"))


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


def _sure(confidence: float) -> str:
    return next(words for floor, words in SURENESS if confidence >= floor)
