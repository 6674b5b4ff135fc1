"""The dated facts that statutory returns and systems record alike: one code, title and type each.

Two records of one fact of one child on one day tell of the same occurrence, whatever return they
stand in: an authority sends the start of a plan in its Annex A, its census and its dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chronology.vocabulary.tables import rows


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of dated fact: how it is titled and which event type it is."""

    code: str
    title: str
    event_type: str
    #: Whether one child may have several on one day.
    repeats: bool


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by its code."""
    return {
        r["code"]: Fact(r["code"], r["title"], r["event_type"], r["repeats"] == "yes")
        for r in rows("facts")
    }


def fact(code: str) -> Fact:
    """The fact of a code; raises KeyError for none."""
    return facts()[code]
