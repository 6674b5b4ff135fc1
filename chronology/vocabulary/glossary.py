"""Abbreviations as the agencies use them, each agency its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chronology.account import Agency
from chronology.vocabulary.tables import rows

#: A word as people type abbreviations: "C&F", "T/C", "rec'd", "S47", "1:1", "CP-IS".
_WORD = re.compile(r"[A-Za-z0-9]+(?:[&/:'’\-][A-Za-z0-9]+)*")
#: Parts a text into what lies between words and, at every second place, the words.
_APART = re.compile(f"({_WORD.pattern})")
_JOINS = re.compile(r"([&/:'’\-])")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One row of the glossary; ``agency`` is None for all agencies."""

    text: str
    meaning: str
    agency: Agency | None
    #: Whether a published list gives it; the others are general knowledge.
    verified: bool
    #: Whether it counts only as capitals stand here ("CO" is a care order, "co" is not).
    exact: bool


@cache
def glossary() -> tuple[Abbreviation, ...]:
    """Every abbreviation known, in the order of the alphabet."""
    return tuple(
        Abbreviation(
            row["abbreviation"],
            row["meaning"],
            Agency(row["agency"]) if row["agency"] else None,
            row["verified"] == "yes",
            row["exact"] == "yes",
        )
        for row in rows("abbreviations")
    )


def expand(text: str, agency: Agency) -> str:
    """The text in lower case with abbreviations written out. For comparison only, never shown."""
    known = _written_out(agency, shouted=is_shouted(text))
    pieces = _APART.split(text)
    pieces[1::2] = map(known.__getitem__, pieces[1::2])
    return "".join(pieces).lower()


def abbreviations_in(text: str, agency: Agency) -> tuple[tuple[str, str], ...]:
    """The abbreviations met in a text, as the glossary spells them, with what they mean there."""
    table = _lookup(agency, shouted=is_shouted(text))
    met: dict[str, str] = {}
    for word in _WORD.findall(text):
        for part in _pieces(word, table):
            entry = table.get(part)
            if entry:
                met[entry.text] = entry.meaning
    return tuple(met.items())


def is_shouted(text: str) -> bool:
    """Whether a text of some length is typed in capitals throughout."""
    return len(text) > 12 and " " in text and text.upper() == text


class _WrittenOut(dict[str, str]):
    """Words with abbreviations written out, each worked out when first met."""

    def __init__(self, table: Mapping[str, Abbreviation]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, word: str) -> str:
        pieces = _pieces(word, self._table)
        plain = "".join(self._table[p].meaning if p in self._table else p for p in pieces)
        self[word] = plain
        return plain


@cache
def _written_out(agency: Agency, *, shouted: bool) -> _WrittenOut:
    return _WrittenOut(_lookup(agency, shouted=shouted))


def _pieces(word: str, table: Mapping[str, Abbreviation]) -> list[str]:
    """The word, or its parts where they are joined ("MGM/PGM"), are plural or possessive."""
    if word in table:
        return [word]
    if word[-1] == "s" and len(word) > 2 and word[:-1].rstrip("'’") in table:
        stem = word[:-1].rstrip("'’")
        return [stem, word[len(stem) :]] if stem[-1].isupper() else [word]
    if word.isalnum():
        return [word]
    return _JOINS.split(word)


@cache
def _lookup(agency: Agency, *, shouted: bool) -> Mapping[str, Abbreviation]:
    """What each spelling means for an agency; its own meaning goes before the general one.

    A text all in capitals tells no abbreviation from a word, so the doubtful ones are left.
    """
    table: dict[str, Abbreviation] = {}
    for entry in sorted(glossary(), key=lambda e: e.agency is not None):
        if entry.agency in (None, agency) and not (entry.exact and shouted):
            for spelling in _spellings(entry):
                table[spelling] = entry
    return table


def _spellings(entry: Abbreviation) -> tuple[str, ...]:
    text = entry.text
    return (text,) if entry.exact else (text, text.upper(), text.lower(), text.capitalize())
