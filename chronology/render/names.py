"""Names of persons in one manner: "Maisie Pellicott", also for "PELLICOTT, Maisie".

For lists and filters only: every record keeps its own spelling, and the key gives all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from chronology.explain.persons import RANKS
from chronology.explain.sentence import titled
from chronology.names.parse import TITLES
from chronology.people import Person
from chronology.render.text import visible

#: A word that is part of a name and nothing else: letters, apostrophes, hyphens.
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_'’\-]|['’\-](?=[^\W\d_]))*")
#: Letters up to which a word all in capitals may be initials or a post ("KA", "MGM").
_INITIALS = 3
#: What stands before a name and is no part of it.
_POSTS = RANKS | frozenset(TITLES)
_MC = re.compile(r"^Mc([a-z])")


def shown_names(persons: Sequence[Person]) -> dict[str, str]:
    """What each person is called, by id; as written where two would be called the same."""
    plain = {person.id: plain_name(person.names[0]) for person in persons}
    times = Counter(plain.values())
    return {
        person.id: visible(plain[person.id] if times[plain[person.id]] == 1 else person.names[0])
        for person in persons
    }


@lru_cache(maxsize=16384)
def plain_name(written: str) -> str:
    """First name first, capitals only where a name begins; what is no plain name stays as it is."""
    surname, comma, given = written.partition(",")
    words = (*given.split(), *surname.split()) if comma else tuple(written.split())
    if not all(_NAME.fullmatch(word) for word in words) or (comma and not _parts(surname, given)):
        return written
    if (
        not comma
        and len(words) > 1
        and _is_shouted(words[0])
        and not any(map(str.isupper, words[1:]))
    ):
        words = (*words[1:], words[0])
    is_name = comma or any(map(_is_shouted, words))
    return " ".join(_cased(word) if is_name else word for word in words)


def _parts(surname: str, given: str) -> bool:
    """Whether a comma stands between a surname and first names, and titles stand before neither."""
    words = [word.casefold() for word in (*surname.split(), *given.split())]
    return bool(surname.split() and given.split()) and _POSTS.isdisjoint(words)


def _is_shouted(word: str) -> bool:
    return word.isupper() and len(word) > _INITIALS and word.casefold() not in _POSTS


def _cased(word: str) -> str:
    if not word.isupper() or len(word) < 2 or word.casefold() in RANKS:
        return word
    return _MC.sub(lambda found: "Mc" + found[1].upper(), titled(word))
