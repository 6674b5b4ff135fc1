"""Which words of an account stand in none of the others of its entry."""

import re
from dataclasses import dataclass

#: Beyond these the marks would cost more to read than they tell.
MOST_ACCOUNTS = 4
MOST_CHARACTERS = 2000

#: Where a larger share of an account stands in it alone, it is told in words of its own: marking
#: all of them would say nothing, so in every account of the entry only the figures are marked.
MOST_ALONE = 0.4

_WORD = re.compile(r"\w+(?:['’.:/+-]\w+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an account's text, and whether only this account says it."""

    text: str
    is_alone: bool = False


def pieces(texts: tuple[str, ...]) -> tuple[tuple[Piece, ...], ...]:
    """Each text cut into pieces; joined again they are the text, letter for letter."""
    if not 1 < len(texts) <= MOST_ACCOUNTS or max(map(len, texts)) > MOST_CHARACTERS:
        return tuple((Piece(text),) for text in texts)
    words = [frozenset(_WORD.findall(text.casefold())) for text in texts]
    alone = [own.difference(*words[:at], *words[at + 1 :]) for at, own in enumerate(words)]
    if any(len(one) > MOST_ALONE * len(own) for one, own in zip(alone, words, strict=True)):
        alone = list(map(_figures, alone))
    return tuple(map(_cut, texts, alone))


def _figures(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(letter.isdigit() for letter in word))


def _cut(text: str, alone: frozenset[str]) -> tuple[Piece, ...]:
    cut: list[Piece] = []
    done = 0
    for start, end in _stretches(text, alone):
        cut += [Piece(text[done:start]), Piece(text[start:end], is_alone=True)]
        done = end
    return tuple(piece for piece in [*cut, Piece(text[done:])] if piece.text)


def _stretches(text: str, alone: frozenset[str]) -> list[tuple[int, int]]:
    """Where marked words stand; those with one space between them in one stretch."""
    found: list[tuple[int, int]] = []
    if not alone:
        return found
    for word in _WORD.finditer(text):
        if word.group().casefold() not in alone:
            continue
        start, end = word.span()
        if found and text[found[-1][1] : start] == " ":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
