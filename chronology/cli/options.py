"""What can be stated about files on the command line, for 'build' and for 'add'."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from chronology.errors import MappingMismatchError

if TYPE_CHECKING:
    from chronology.importers import Given, Mapping

AGENCIES = ("health", "social_care", "police", "education", "other")
PRESETS = ("default", "strict", "suggest")

#: How the name of a case file ends.
CASE_ENDING = ".chronology"

_Command = TypeVar("_Command", bound=Callable[..., Any])


class CasePath(click.Path):
    """A path that has to be there; a case is found by its name without the ending, too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 (as click declares it)
        """The path named, or that of the case of this name."""
        path = Path(value)
        is_there = path.exists() if self.dir_okay else path.is_file()
        ended = Path(f"{value}{CASE_ENDING}")
        found = ended if not is_there and ended.is_file() else value
        return super().convert(found, param, ctx)


class AgencyName(click.Choice[str]):
    """An agency as it is called in the outputs or by its short name: "Social care", social_care."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 (as click declares it)
        """The short name."""
        return super().convert("_".join(re.split(r"[\s_-]+", value.strip().lower())), param, ctx)


_STATED = (
    click.option(
        "--agency",
        type=AgencyName(AGENCIES),
        help="Who sent these files, where they do not say it themselves. Holds for every file "
        "named.",
    ),
    click.option("--organisation", default="", help="Which organisation sent them."),
    click.option("--subject", default="", help="Who they are about, where no column says it."),
    click.option("--born", "subject_born", default="", help="That person's date of birth."),
    click.option(
        "--date-order",
        type=click.Choice(["day-first", "month-first"]),
        default=None,
        help="How 03/04/2021 is meant, where no date in the file decides it.",
    ),
    click.option("--year", type=int, default=None, help="The year of dates written without one."),
    click.option(
        "--mapping",
        "mappings",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A mapping file from 'chronology inspect'. May be given several times.",
    ),
)


def stating(command: _Command) -> _Command:
    """Adds the options that say what files do not say themselves."""
    for option in reversed(_STATED):
        command = option(command)
    return command


def preset_option(command: _Command) -> _Command:
    """Adds the option that says how boldly to merge."""
    return click.option(
        "--preset",
        type=click.Choice(PRESETS),
        default="default",
        show_default=True,
        help="How readily records become one entry. 'strict' (for court): only very likely ones; "
        "'suggest': only rows sent twice. The others are put to you to review.",
    )(command)


def given(asked: dict[str, Any]) -> Given:
    """What was stated."""
    from chronology.account import Agency
    from chronology.importers import Given

    return Given(
        agency=Agency(asked["agency"]) if asked["agency"] else None,
        organisation=asked["organisation"],
        subject=asked["subject"],
        subject_born=asked["subject_born"],
        date_order=asked["date_order"] or "",
        year=asked["year"],
    )


def read_mapping(path: Path) -> Mapping:
    """A mapping file as it was given; raises MappingMismatchError naming it."""
    from chronology.importers import mapping as column_mapping

    try:
        return column_mapping.read_mapping(path.read_text(encoding="utf-8-sig"))
    except MappingMismatchError as why:
        raise MappingMismatchError(f"{path.name}: {why}") from why
    except UnicodeDecodeError as why:
        raise MappingMismatchError(
            f"{path.name}: this is not text in UTF-8. Save it in Notepad with encoding UTF-8."
        ) from why
