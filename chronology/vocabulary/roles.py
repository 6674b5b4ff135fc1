"""The words for family and for professionals."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from chronology.account import Agency
from chronology.vocabulary.phrases import Phrases
from chronology.vocabulary.tables import agency_table, rows, words_of

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b")
_PARTS = re.compile(r"[,/;:–—]|\s-\s")
#: A role is said in few words; more is a sentence that mentions one.
_LONGEST_ROLE = 6
#: "mother of pt" still tells the mother's role; "mother of his friend" tells somebody else's.
_WHOSE = frozenset(("pt", "patient", "child", "the", "baby", "unborn", "subject", "above", "index"))


@lru_cache(maxsize=8192)
def role_of(text: str) -> str:
    """The family role a phrase names, in plain words ("MGM" -> "maternal grandmother"), or ""."""
    words = words_of(_POSSESSIVE.sub("s", _ASIDE.sub(" ", text)))
    roles, finder = _family()
    whole = roles.get(" ".join(words))
    if whole:
        return whole
    found = [f for f in finder.longest(words[:_LONGEST_ROLE]) if len(f.phrase) > 1]
    if not found or is_professional_role(text):
        return ""
    first = found[0]
    return roles[first.phrase] if _stands_alone(words, first.start, first.end) else ""


def _stands_alone(words: tuple[str, ...], start: int, end: int) -> bool:
    """Whether the role is the mention's own, not that of somebody it is named after."""
    before = words[start - 1] if start else ""
    after = words[end : end + 2]
    if before.endswith("s") and len(before) > 3:
        return False
    return after[:1] != ("of",) or (len(after) > 1 and after[1] in _WHOSE)


@lru_cache(maxsize=8192)
def is_professional_role(text: str) -> bool:
    """Whether a phrase names what a worker is ("duty SW", "HV, referrer", "Y4 teacher")."""
    return _worker(text) is not None


def agency_of_role(text: str) -> Agency | None:
    """The agency that employs a worker of this name of role; thin evidence."""
    found = _worker(text)
    return role_agencies().get(found) if found else None


@cache
def role_agencies() -> dict[str, Agency]:
    """Words for a worker and the agency such a worker belongs to."""
    return {words: agency for words, agency, _ in agency_table("professional_roles")}


@cache
def family_roles() -> dict[str, str]:
    """Words for a member of the family and the role in plain words."""
    return {row["words"]: row["role"] for row in rows("family_roles")}


def _worker(text: str) -> str | None:
    """The worker's role that ends one part of the phrase."""
    for part in _PARTS.split(_ASIDE.sub(" ", text)):
        words = words_of(part)
        head = words[: words.index("of")] if "of" in words[1:] else words
        for said in (words, head):
            role = _ending(said)
            if role and len(words) <= _LONGEST_ROLE:
                return role
    return None


def _ending(words: tuple[str, ...]) -> str | None:
    known = _workers()
    for length in range(min(len(words), 4), 0, -1):
        role = " ".join(words[-length:])
        if role in known:
            return role
    return None


@cache
def _workers() -> frozenset[str]:
    return frozenset(row["words"] for row in rows("professional_roles"))


@cache
def _family() -> tuple[dict[str, str], Phrases]:
    roles = family_roles()
    return roles, Phrases(roles)
