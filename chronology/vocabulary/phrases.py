"""Finding listed phrases in a text, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
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


class _Begun(NamedTuple):
    """The phrases a word may begin: those of that word alone, and the others by their second."""

    alone: tuple[str, ...]
    by_second: Mapping[str, Sequence[_Filed]]
    with_stem_second: Sequence[_Filed]
    #: Whether it begins phrases of more than one word.
    is_longer: bool


class _BegunBy(dict[str, _Begun | None]):
    """What each word met so far may begin: a case uses few words, again and again."""

    def __init__(
        self, whole: Mapping[str, Sequence[_Filed]], stems: Mapping[str, Sequence[_Filed]]
    ) -> None:
        super().__init__()
        self._whole = whole
        self._stems = stems

    def __missing__(self, word: str) -> _Begun | None:
        stems = self._stems.get(word[:_KEY], ())
        found = (*self._whole.get(word, ()), *(f for f in stems if word.startswith(f.first)))
        by_second: dict[str, list[_Filed]] = {}
        for filed in found:
            if filed.rest and not filed.rest[0].endswith("*"):
                by_second.setdefault(filed.rest[0], []).append(filed)
        begun = _Begun(
            tuple(filed.phrase for filed in found if not filed.rest),
            by_second,
            tuple(filed for filed in found if filed.rest and filed.rest[0].endswith("*")),
            any(filed.rest for filed in found),
        )
        self[word] = begun if found else None
        return self[word]


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
        self._begun = _BegunBy(whole, stems)

    def everywhere(self, words: Sequence[str]) -> list[Found]:
        """Every phrase met, whether or not another covers the same words."""
        found: list[Found] = []
        last = len(words) - 1
        for at, begun in enumerate(map(self._begun.__getitem__, words)):
            if not begun:
                continue
            found += [Found(phrase, at, at + 1) for phrase in begun.alone]
            if at < last and begun.is_longer:
                longer = (*begun.by_second.get(words[at + 1], ()), *begun.with_stem_second)
                found += [
                    Found(filed.phrase, at, at + 1 + len(filed.rest))
                    for filed in longer
                    if _follows(filed.rest, words, at)
                ]
        return found

    def longest(self, words: Sequence[str]) -> list[Found]:
        """The phrases met, none inside a longer one, in the order of the text."""
        found = self.everywhere(words)
        if all(one.end <= other.start for one, other in pairwise(found)):
            return found
        found.sort(key=lambda f: (f.start - f.end, f.start, f.phrase))
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
        return False
    return all(map(_fits, rest, words[at + 1 : at + 1 + len(rest)]))


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
