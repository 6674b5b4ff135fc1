"""How alike two names, or two dates of birth, are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from chronology.names.parse import ParsedName, parse_name
from chronology.names.tables import (
    are_forms_of_one_name,
    is_known_forename,
    sound,
    surname_stem,
)

#: Above this two words of four letters and more may be one word misspelt.
_SPELT_ALIKE = 0.85


class Like(IntEnum):
    """How far two forenames or two surnames agree."""

    DIFFERENT = -1
    #: One of the two is not given.
    UNKNOWN = 0
    #: One is an initial of the other.
    INITIAL = 1
    SPELLING = 2
    #: Forms of one forename, or a former surname, or part of a double one.
    FORM = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names agree in forename and in surname."""

    forename: Like
    surname: Like

    @property
    def is_possible(self) -> bool:
        """Whether nothing in the forenames contradicts that it is one person."""
        return self.forename is not Like.DIFFERENT

    @property
    def is_full(self) -> bool:
        """Whether both halves are there and agree."""
        return min(self.forename, self.surname) >= Like.SPELLING


def likeness(a: ParsedName, b: ParsedName) -> Likeness:
    """How alike two names are; where the order of a name is not sure, the better order counts."""
    return _likeness(a.written, b.written)


@lru_cache(maxsize=1 << 18)
def _likeness(one: str, other: str) -> Likeness:
    a, b = parse_name(one), parse_name(other)
    straight = _compared(a, b)
    if a.label or b.label:
        return _labelled(a, b, straight)
    ways = [straight]
    if not a.ordered:
        ways.append(_compared(_turned(a), b))
    if not b.ordered:
        ways.append(_compared(a, _turned(b)))
    if _are_exchanged(a, b):
        ways.append(Likeness(Like.SAME, Like.SAME))
    return max(ways, key=_goodness)


def _are_exchanged(a: ParsedName, b: ParsedName) -> bool:
    """Whether one comma stands on the wrong side: "MIRREN, VALE" and "VALE, Mirren".

    Not where a half is a known forename: "THOMAS, James" is not "JAMES, Thomas".
    """
    halves = (a.forename, a.surname)
    if halves != (b.surname, b.forename) or a.forename == a.surname or not a.is_full:
        return False
    return "," in a.written + b.written and not any(map(is_known_forename, halves))


def _labelled(a: ParsedName, b: ParsedName, straight: Likeness) -> Likeness:
    """ "Child A" is "CHILD A" alone; "Twin 1" is no "Twin 2"."""
    if a.label != b.label:
        return Likeness(Like.DIFFERENT, straight.surname)
    return straight if a.is_baby else Likeness(Like.SAME, Like.SAME)


def _compared(a: ParsedName, b: ParsedName) -> Likeness:
    return Likeness(_forenames(a, b), _surnames(a.surnames, b.surnames))


def _goodness(like: Likeness) -> tuple[bool, bool, int, int]:
    return like.is_full, like.is_possible, like.forename + like.surname, like.forename


def spelt_alike(a: str, b: str) -> bool:
    """Whether two folded words may be one word misspelt."""
    short = min(len(a), len(b))
    if short < 4 or abs(len(a) - len(b)) > 2:
        return False
    return _slipped(a, b) or _slipped(sound(a), sound(b))


def _slipped(a: str, b: str) -> bool:
    slips = OSA.distance(a, b)
    allowed = 1 if min(len(a), len(b)) < 6 else 2
    return slips <= allowed and JaroWinkler.similarity(a, b) >= _SPELT_ALIKE


def births_close(a: date, b: date) -> bool:
    """Whether two dates of birth differ as day and month exchanged or two digits changed places."""
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return a != b
    wrong = _digits_apart(a, b)
    return len(wrong) == 2 and wrong[0] == wrong[1][::-1]


def births_one_digit_apart(a: date, b: date) -> bool:
    """Whether two dates of birth differ in one digit alone."""
    return len(_digits_apart(a, b)) == 1


def _digits_apart(a: date, b: date) -> list[str]:
    pairs = zip(a.strftime("%d%m%Y"), b.strftime("%d%m%Y"), strict=True)
    return [x + y for x, y in pairs if x != y]


def _turned(name: ParsedName) -> ParsedName:
    """The name with forename and surname exchanged."""
    first = name.forenames[:1]
    forenames = tuple(part for part in name.surname.split() if part) + name.forenames[1:]
    return ParsedName(name.written, forenames, (*first, *name.surnames[1:]), name.title, name.also)


def _forenames(a: ParsedName, b: ParsedName) -> Like:
    if not a.forenames or not b.forenames:
        return Like.UNKNOWN
    best = _words_alike(a.forename, b.forename)
    if best > Like.INITIAL:
        return best
    if _middle(a, b) or _middle(b, a):
        return Like.FORM
    others = [_words_alike(x, y) for x in (a.forename, *a.also) for y in (b.forename, *b.also)]
    return Like.FORM if max(others) >= Like.SPELLING else best


def _middle(a: ParsedName, b: ParsedName) -> bool:
    """Whether the one goes by a middle name of the other."""
    return len(a.forename) > 1 and a.forename in b.forenames[1:]


@lru_cache(maxsize=1 << 17)
def _words_alike(a: str, b: str) -> Like:
    if a == b:
        return Like.INITIAL if len(a) == 1 else Like.SAME
    if len(a) == 1 or len(b) == 1:
        return Like.INITIAL if a[0] == b[0] else Like.DIFFERENT
    if are_forms_of_one_name(a, b):
        return Like.FORM
    if is_known_forename(a) and is_known_forename(b):
        return Like.DIFFERENT
    if spelt_alike(a, b):
        return Like.DIFFERENT if _rhymes(a, b) else Like.SPELLING
    return Like.FORM if _shortened(a, b) else Like.DIFFERENT


def _rhymes(a: str, b: str) -> bool:
    """Whether a known forename and another differ in how they begin ("Jayden", "Brayden")."""
    known = is_known_forename(a) or is_known_forename(b)
    return known and sound(a)[:1] != sound(b)[:1]


def _shortened(a: str, b: str) -> bool:
    """Whether the one is the beginning or the end of the other ("delia" of "cordelia")."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) < 2:
        return False
    return (len(short) > 2 and long.startswith(short)) or (len(short) > 3 and long.endswith(short))


def _surnames(a: Iterable[str], b: Iterable[str]) -> Like:
    mine, theirs = tuple(a), tuple(b)
    if not mine or not theirs:
        return Like.UNKNOWN
    if mine[0] == theirs[0]:
        return Like.INITIAL if len(mine[0]) == 1 else Like.SAME
    return max(_surname_alike(x, y) for x in mine for y in theirs)


@lru_cache(maxsize=1 << 17)
def _surname_alike(a: str, b: str) -> Like:
    if len(a) == 1 or len(b) == 1:
        return Like.INITIAL if a[0] == b[0] else Like.DIFFERENT
    x, y = a.replace("'", ""), b.replace("'", "")
    if x.replace(" ", "") == y.replace(" ", ""):
        return Like.FORM if a != b else Like.SAME
    longer, shorter = sorted((set(x.split()), set(y.split())), key=len, reverse=True)
    if (len(longer) > 1 and shorter < longer) or surname_stem(x) == surname_stem(y):
        return Like.FORM
    if spelt_alike(x, y) or spelt_alike(surname_stem(x), surname_stem(y)):
        return Like.SPELLING
    return Like.DIFFERENT
