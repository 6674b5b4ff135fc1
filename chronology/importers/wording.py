"""How like a heading is to what is usually written over a field, by its words alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from chronology.importers.heading_words import BARRED, GROUPS, HEADS, RULES, SHORT
from chronology.importers.headings import FIELDS

#: What one agency means by a heading: (field, its headings).
Own = tuple[tuple[str, tuple[str, ...]], ...]

#: Below this a likeness of spelling says nothing.
SPELLING = 86


@lru_cache(maxsize=8192)
def plain(heading: str) -> str:
    """A heading reduced to its words: no case, plural, punctuation or format hints.

    >>> plain("dateOfBirth"), plain("D.O.B.:"), plain("Child's\\nname")
    ('date of birth', 'dob', 'child name')
    """
    return " ".join(_singular(word) for word in spelt(heading).split())


@lru_cache(maxsize=8192)
def spelt(heading: str) -> str:
    """The same with plurals kept: 'Nominals' are others, 'Nominal' is whom it is about."""
    text = heading.replace("_", " ").strip()
    if " " not in text and len(text) > 4 and not text.isupper():
        text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = text.casefold().replace("&", " and ").replace("organiz", "organis")
    text = re.sub(r"\b((?:\w\.){2,}\w?)", lambda m: m[1].replace(".", ""), text)
    text = _FORMAT.sub(" ", text)
    text = re.sub(r"\b(?:[a-z] ){1,}[a-z]\b", lambda m: m[0].replace(" ", ""), text)
    text = re.sub(r"['’`´]", "", text).replace("#", " number ")
    return " ".join(SHORT.get(word, word) for word in re.findall(r"\w+", text))


@lru_cache(maxsize=4096)
def likeness(heading: str, own: Own = ()) -> Mapping[str, float]:
    """How like a heading is to each field (0 to 1); fields that it is nothing like are absent.

    ``own`` are the headings of one agency, which mean there what they say, whatever they mean
    elsewhere (a score over 1).
    """
    words = plain(heading)
    scores = _generic(heading, words)
    meant = _meant(heading, own, spelt) or _meant(heading, own, plain)
    if meant:
        scores = {field: score * 0.6 for field, score in scores.items()}
        scores.update(dict.fromkeys(meant, 1.1))
    return MappingProxyType(scores)


def _meant(heading: str, own: Own, reduced: Callable[[str], str]) -> list[str]:
    words = reduced(heading)
    return [field for field, headings in own if words and words in map(reduced, headings)]


def barred(heading: str) -> bool:
    """Whether a heading plainly names something that is none of the fields."""
    words = frozenset(plain(heading).split())
    return bool(words & BARRED) and not likeness(heading)


def known_heading(heading: str, own: Own = ()) -> float:
    """How surely some words are a heading at all."""
    return min(1.0, max(likeness(heading, own).values(), default=0.0))


def is_synonym(heading: str) -> bool:
    """Whether some words are, exactly, a heading of the table of fields."""
    return len(heading) <= 60 and plain(heading) in _EXACT


_FORMAT = re.compile(
    r"\((?=[^)]*(?:dd|yy|hh|24|12))[^)]*\)|\bd{1,2}[/.\- ]m{1,3}[/.\- ]y{2,4}\b"
    r"|\bhh[:.]?mm(?:[:.]?ss)?\b"
)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _synonyms(reduced: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for field, (_, headings) in FIELDS.items():
        for words in dict.fromkeys(map(reduced, headings)):
            found.setdefault(words, []).append(field)
    found.pop("", None)
    return MappingProxyType({words: tuple(fields) for words, fields in found.items()})


_EXACT = _synonyms(plain)
_SPELT = _synonyms(spelt)


def _generic(heading: str, words: str) -> dict[str, float]:
    if not words or len(words) > 90:
        return {}
    if words in _EXACT:
        sure = _SPELT.get(spelt(heading), _EXACT[words])
        return {field: 1.0 if field in sure else 0.85 for field in _EXACT[words]}
    if frozenset(words.split()) & BARRED:
        return {}
    scores: dict[str, float] = {}
    for part in _parts(heading):
        _raise(scores, dict.fromkeys(_EXACT.get(part, ()), 0.95))
    _raise(scores, _alternatives(heading))
    _raise(scores, _by_rule(words))
    _raise(scores, _by_head(words))
    if not scores:
        _raise(scores, _by_spelling(words))
    return scores


def _raise(scores: dict[str, float], more: Mapping[str, float]) -> None:
    for field, score in more.items():
        scores[field] = max(score, scores.get(field, 0.0))


def _parts(heading: str) -> list[str]:
    """The heading without its explanations: 'Outcome: what did you do?', 'Details (in full)'."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
    parts = [bare, re.split(r"[:?]|\s[-–—]\s", bare, maxsplit=1)[0], bare.split("\n")[0]]
    parts.append(re.sub(r"(?i)[ _](?:desc|descr|cd|val|txt)$", "", bare))
    return [plain(part) for part in parts if part.strip()]


def _alternatives(heading: str) -> dict[str, float]:
    """'Event / concern / contact': what most of the alternatives say."""
    parts = [plain(part) for part in re.split(r"/|\bor\b|\band\b|&|,", heading) if plain(part)]
    if len(parts) < 2:
        return {}
    scores: dict[str, float] = {}
    for part in parts:
        for field in _EXACT.get(part, ()):
            scores[field] = scores.get(field, 0.0) + 0.9 / len(parts)
    return {field: score for field, score in scores.items() if score > 0.5}


def _by_rule(words: str) -> dict[str, float]:
    there = frozenset(words.split())
    groups = frozenset(name for name, members in GROUPS.items() if there & members)
    scores: dict[str, float] = {}
    for field, needs, without, score in RULES:
        if groups.issuperset(needs.split()) and groups.isdisjoint(without.split()):
            _raise(scores, {field: score})
    return scores


def _by_head(words: str) -> dict[str, float]:
    """'Author of case note' is an author, 'time of visit' a time, of whatever that may be."""
    head, of, rest = words.partition(" of ")
    if not of or frozenset(rest.split()) & (GROUPS["record"] | GROUPS["known"] | GROUPS["birth"]):
        return {}
    return {field: 0.8 for group, field in HEADS.items() if head in GROUPS[group]}


def _by_spelling(words: str) -> dict[str, float]:
    if len(words) < 5:
        return {}
    best = process.extractOne(words, _EXACT.keys(), scorer=fuzz.ratio, score_cutoff=SPELLING)
    if best is None:
        return {}
    return dict.fromkeys(_EXACT[best[0]], 0.85 * best[1] / 100)
