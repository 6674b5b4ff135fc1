"""The words of a record's text, cut to what they have in common, for comparing only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import filterfalse

#: Words that carry nothing about what occurred.
STOP = frozenset(
    (
        "a an and are as at be been but by did do for from had has have he her him his i in is it"
        " its me my no not of off on or our out said says she so that the their them then there"
        " they this to up us was we were what when which who will with would you your about after"
        " all also any back can could get go got into just more now one over see seen some than"
        " very"
    ).split()
)
_LETTER = "a-z0-9à-öø-ÿāēīōūŵŷ"
_WORD = re.compile(rf"[{_LETTER}](?:[{_LETTER}'’.\-/&]*[{_LETTER}])?")
_ENDINGS = re.compile(r"(?<=[a-z]{3})(ings?|ed|es|s|ly)$")


def split(text: str) -> list[str]:
    """The words of a text in lower case, as they stand."""
    return _WORD.findall(text)


def stems(words: Iterable[str]) -> Iterator[str]:
    """The words that carry something, each cut to its stem."""
    return map(stem, filterfalse(STOP.__contains__, words))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending."""
    return _ENDINGS.sub("", word) if word.isalpha() else word
