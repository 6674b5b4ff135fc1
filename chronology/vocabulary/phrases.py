"""Finding listed phrases in a text, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

#: How much of a phrase's first word it is filed under.
_KEY = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase met: which, and the words of the text it covers."""

    phrase: str
    start: int
    end: int


class Phrases:
    """A list of phrases to look for; a word ending in ``*`` stands for all that begin so."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Files each phrase under the beginning of its first word."""
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase in sorted(set(phrases), key=lambda p: (-len(p.split()), -len(p), p)):
            parts = tuple(phrase.split())
            table.setdefault(parts[0].rstrip("*")[:_KEY], []).append((parts, phrase))
        self._table: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = table

    def everywhere(self, words: Sequence[str]) -> Iterator[Found]:
        """Every phrase met, whether or not another covers the same words."""
        for at, word in enumerate(words):
            for parts, phrase in self._table.get(word[:_KEY], ()):
                end = at + len(parts)
                if end <= len(words) and all(map(_fits, parts, words[at:end])):
                    yield Found(phrase, at, end)

    def longest(self, words: Sequence[str]) -> list[Found]:
        """The phrases met, none inside a longer one, in the order of the text."""
        found = sorted(self.everywhere(words), key=lambda f: (f.start - f.end, f.start, f.phrase))
        taken: set[int] = set()
        kept = []
        for one in found:
            span = range(one.start, one.end)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append(one)
        return sorted(kept, key=lambda f: f.start)


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
