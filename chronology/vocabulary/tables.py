"""The tables of words that ship with the program, read once when first asked for."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from chronology.account import Agency

_GAPS = re.compile(r"[^\w]+|_")


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of one table in ``chronology/data``."""
    text = files("chronology").joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def tables_in(folder: str) -> frozenset[str]:
    """The names of the tables in one folder of ``chronology/data``."""
    found = files("chronology").joinpath("data", folder).iterdir()
    return frozenset(one.name.removesuffix(".csv") for one in found if one.name.endswith(".csv"))


@cache
def agency_table(table: str) -> tuple[tuple[str, Agency, float], ...]:
    """A table of words that point to an agency, with how strongly (0 to 1)."""
    return tuple(
        (row["words"], Agency(row["agency"]), float(row.get("strength") or 1))
        for row in rows(table)
        if row["agency"]
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, everything else taken for a gap."""
    return tuple(_GAPS.sub(" ", text.casefold()).split())
