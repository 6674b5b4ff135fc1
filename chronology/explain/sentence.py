"""What a sentence about two accounts is, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from chronology.compare import Comparison, Context

#: How rare a word or a name must be, beside the rarest there is, to be quoted.
TELLING = 0.45

#: What is said of two accounts; "" where there is nothing to say.
Sentence = Callable[[Comparison, Context], str]


class Topic(NamedTuple):
    """What is said of one matter where it speaks for a pair, and where against; "" for nothing."""

    speaks_for: Sentence
    against: Sentence


def nothing(_c: Comparison, _: Context) -> str:
    """For a matter that only the other side has words for."""
    return ""


def titled(word: str) -> str:
    """A word of a name with its capitals: "maisie's" -> "Maisie's", "o'brien" -> "O'Brien"."""
    return re.sub("(?<=['’])S$", "s", word.title())


def listed(words: list[str]) -> str:
    """Words quoted one by one."""
    return ", ".join(f"'{word}'" for word in words)
