"""Codes as a record holds them: what they say, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from chronology.flags import Flag
from chronology.importers.defined.base import unknown_code
from chronology.vocabulary.codes import code_list, told
from chronology.when import When

#: What is told of a record: (label, code list, as written); the list "" is no code at all.
Asked = tuple[str, str, str]


def in_words(table: str, asked: Iterable[Asked]) -> list[tuple[str, str]]:
    """Each code with its meaning, under its label; blanks stay blank."""
    return list(_words(table, tuple(asked)))


def code_doubts(table: str, asked: Iterable[Asked], when: When) -> tuple[Flag, ...]:
    """The doubts about codes: not in their list, or out of use on the day of the record."""
    doubts = _all_doubts(table, tuple(asked))
    if not doubts:
        return ()
    day = when.start
    return tuple(flag for retired, flag in doubts if not retired or (day and day >= retired))


@lru_cache(maxsize=65_536)
def coded(
    table: str, what: tuple[tuple[str, str], ...], texts: tuple[str, ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[Asked, ...]]:
    """The same (label, code list) asked of many rows: what each says in words, and what is doubted.

    The second are those of which :func:`code_doubts` has anything to say.
    """
    asked = tuple((*one, text) for one, text in zip(what, texts, strict=True))
    return _words(table, asked), tuple(one for one in asked if _all_doubts(table, (one,)))


@lru_cache(maxsize=65_536)
def _words(table: str, asked: tuple[Asked, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((label, told(table, name, text) if name else text) for label, name, text in asked)


@lru_cache(maxsize=65_536)
def _all_doubts(table: str, asked: tuple[Asked, ...]) -> tuple[tuple[date | None, Flag], ...]:
    doubts = (_doubt(table, *one) for one in asked if one[1] and one[2])
    return tuple((retired, flag) for retired, flag in doubts if flag is not None)


@lru_cache(maxsize=16_384)
def _doubt(table: str, label: str, name: str, text: str) -> tuple[date | None, Flag | None]:
    """What may be doubted about a code, and from which day if it was withdrawn."""
    known = code_list(table, name)
    code = known.get(text.strip().upper())
    if code is None:
        first = text.split()[0].strip("-:;,.()").upper() if text.split() else ""
        return None, None if first in known else unknown_code(label, text)
    if code.retired:
        said = f"{label} '{text}' was out of use from {code.retired}, before the record."
        return date.fromisoformat(code.retired), Flag("code-retired", said)
    return None, None
