"""Cells of Annex A: codes, words or both, as "U3", "c) U3: Foster placement", "7 - Police"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from chronology.account import Said
from chronology.importers.defined.sheets import plain
from chronology.vocabulary.codes import code_list, told

TABLE = "annex_a"
#: Lists whose codes kept their meaning in every year, so that a number alone can be read.
STEADY = frozenset({"yes_no"})

_PREFIX = re.compile(r"\(?([a-z]{1,2})\)\s*[:\-]?\s*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9#_/]+")


@lru_cache(maxsize=16_384)
def shown(name: str, text: str) -> tuple[str, bool]:
    """A cell as it is shown, and whether it is a code that cannot be told.

    Words stand as they came. A number alone is not read: 7 was the police before 6 was.
    """
    known = code_list(TABLE, name)
    prefix = _PREFIX.match(text)
    rest = text[prefix.end() :].strip() if prefix else text
    code = rest or (prefix[1] if prefix else "")
    if code.isdigit() and name not in STEADY:
        return text, True
    meant = known.get(code.upper())
    if meant and meant.meaning.casefold() == code.casefold():
        return text, False
    if meant:
        return told(TABLE, name, code).replace(f"[{code}", f"[{text}", 1), False
    is_code = bool(_CODE.fullmatch(code)) or not rest
    return text, is_code and not any(word in _words(name) for word in plain(code).split())


@lru_cache(maxsize=4096)
def answer(text: str) -> Said:
    """Whether a cell says yes or no."""
    words = plain(shown("yes_no", text)[0]).split()
    rest = words[1:] if words and words[0] in ("a", "b") else words
    first = rest[0] if rest else ""
    return {"yes": Said.YES, "no": Said.NO}.get(first, Said.NOT_RECORDED)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(
        word for code in code_list(TABLE, name).values() for word in plain(code.meaning).split()
    )
