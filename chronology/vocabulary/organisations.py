"""Which agency an organisation's name, a file's name or a case system speaks of."""

from __future__ import annotations

from functools import cache

from chronology.account import Agency
from chronology.vocabulary.phrases import Phrases
from chronology.vocabulary.tables import agency_table, words_of


def agency_of_organisation(text: str) -> tuple[Agency | None, float]:
    """The agency the words of a name point to, and how strongly (0 to 1).

    The strongest word decides; two agencies equally strong decide nothing.
    """
    return _strongest("organisation_words", text)


def agency_of_system(text: str) -> tuple[Agency | None, float]:
    """The agency that uses a case system of this name, and how strongly (0 to 1)."""
    return _strongest("systems", text)


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a name that point to an agency, to give as the reason."""
    words = words_of(text)
    finder, _ = _finder("organisation_words")
    return tuple(" ".join(words[one.start : one.end]) for one in finder.longest(words))


def _strongest(table: str, text: str) -> tuple[Agency | None, float]:
    finder, strengths = _finder(table)
    best: dict[Agency, float] = {}
    for one in finder.longest(words_of(text)):
        agency, strength = strengths[one.phrase]
        best[agency] = max(best.get(agency, 0.0), strength)
    if not best:
        return None, 0.0
    top = max(best.values())
    leaders = [agency for agency, strength in best.items() if strength == top]
    return (leaders[0], top) if len(leaders) == 1 else (None, top)


@cache
def _finder(table: str) -> tuple[Phrases, dict[str, tuple[Agency, float]]]:
    strengths = {words: (agency, strength) for words, agency, strength in agency_table(table)}
    return Phrases(strengths), strengths
