"""Finding listed phrases in a text, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

#: How much of a phrase's first word it is filed under.
_KEY = 3


class Found(NamedTuple):
    """One phrase met: which, and the words of the text it covers."""

    phrase: str
    start: int
    end: int


class _Filed(NamedTuple):
    first: str
    rest: tuple[str, ...]
    phrase: str


class Phrases:
    """A list of phrases to look for; a word ending in ``*`` stands for all that begin so."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Files each phrase under its first word, or the beginning of it where that is a stem."""
        whole: dict[str, list[_Filed]] = {}
        stems: dict[str, list[_Filed]] = {}
        for phrase in sorted(set(phrases), key=lambda p: (-len(p.split()), -len(p), p)):
            first, *rest = phrase.split()
            filed = _Filed(first.rstrip("*"), tuple(rest), phrase)
            if first.endswith("*"):
                stems.setdefault(first.rstrip("*")[:_KEY], []).append(filed)
            else:
                whole.setdefault(first, []).append(filed)
        self._whole: Mapping[str, Sequence[_Filed]] = whole
        self._stems: Mapping[str, Sequence[_Filed]] = stems

    def everywhere(self, words: Sequence[str]) -> Iterator[Found]:
        """Every phrase met, whether or not another covers the same words."""
        for at, word in enumerate(words):
            for filed in self._whole.get(word, ()):
                if not filed.rest or _follows(filed.rest, words, at):
                    yield Found(filed.phrase, at, at + 1 + len(filed.rest))
            for filed in self._stems.get(word[:_KEY], ()):
                if word.startswith(filed.first) and _follows(filed.rest, words, at):
                    yield Found(filed.phrase, at, at + 1 + len(filed.rest))

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


def _follows(rest: Sequence[str], words: Sequence[str], at: int) -> bool:
    if at + len(rest) >= len(words):
        return not rest
    return all(map(_fits, rest, words[at + 1 : at + 1 + len(rest)]))


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
