"""``chronology evaluate``: how good the matcher is on labelled cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chronology.cli.speaking import plainly

if TYPE_CHECKING:
    from chronology.evaluate import Figures


@click.command()
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
        with plainly():
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
