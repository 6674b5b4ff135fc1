"""The forenames this program knows, and which of them are forms of one name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from chronology.vocabulary.tables import rows

#: Letters that do not come apart into a plain letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def folded(text: str) -> str:
    """Lower case without accents: how names are compared."""
    lower = text.casefold().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", lower)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


#: Letters that stand for one sound in names written out of another alphabet or language.
_SOUNDS = (
    (re.compile(r"^(?:y|i|j)(?=[aou])"), "j"),
    (re.compile(r"dzh|dj|zh|g(?=[ei])"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"chr|khr|^hr"), "kr"),
    (re.compile(r"tch|tsch|cz|ch"), "c"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"ck|q|c(?![aehiouy])"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"ee|ie|ey|y"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"(?<=.)h$"), ""),
)
#: Slavic surnames end otherwise for a woman: Ivanov and Ivanova are one surname.
_FEMININE = re.compile(r"(?<=..)(ov|ev|in|sk|ck)(?:a|aia)$")


@cache
def sound(word: str) -> str:
    """How a folded word sounds, roughly: "jenya" and "zhenya" alike."""
    for letters, one in _SOUNDS:
        word = letters.sub(one, word)
    return word


def surname_stem(word: str) -> str:
    """A folded surname without the ending that tells a woman's."""
    return _FEMININE.sub(r"\1", re.sub(r"(?<=[sc]k)[iy]$", "", word))


@cache
def name_groups() -> dict[str, frozenset[str]]:
    """Each known forename and the names it may be a form of ("mo": maureen, mohammed ...)."""
    groups: dict[str, set[str]] = {}
    for row in rows("nicknames"):
        for form in (row["name"], *row["variants"].split()):
            groups.setdefault(folded(form), set()).add(row["name"])
    for row in rows("forenames"):
        groups.setdefault(row["name"], set()).add(row["name"])
    return {form: frozenset(names) for form, names in groups.items()}


def is_known_forename(word: str) -> bool:
    """Whether a folded word is a forename in the tables."""
    return word in name_groups()


def are_forms_of_one_name(a: str, b: str) -> bool:
    """Whether two folded forenames can be forms of one ("mandy" and "amanda")."""
    groups = name_groups()
    return not groups.get(a, frozenset()).isdisjoint(groups.get(b, frozenset()))
