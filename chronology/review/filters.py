"""Which entries the timeline page shows: what was asked, and the entries that fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from chronology.merge import Entry
from chronology.render.doubts import is_doubtful
from chronology.review.standing import Standing

#: Entries on one page.
PAGE = 50

_WORDS = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked to see; empty means everything."""

    agencies: tuple[str, ...] = ()
    text: str = ""
    first: str = ""
    last: str = ""
    status: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is filtered."""
        return self == Wanted()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What was asked, as an address or a form holds it."""
        told = [("q", self.text), ("from", self.first), ("to", self.last), ("s", self.status)]
        told += [("a", agency) for agency in self.agencies]
        return tuple((name, value) for name, value in told if value)

    def link(self, page: int) -> str:
        """The same, another page of it, as it stands in an address."""
        return urlencode((*self.pairs, ("page", str(page))))


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the entries that fit, out of how many."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int
    #: Fitting entries without a date, which a period leaves out.
    undated: int


Test = Callable[[Entry, Standing], bool]


def _is_merged(entry: Entry, _: Standing) -> bool:
    return len(entry.accounts) > 1


def _is_single(entry: Entry, _: Standing) -> bool:
    return len(entry.accounts) == 1


def _differs(entry: Entry, _: Standing) -> bool:
    return bool(entry.conflicts)


def _is_asked(entry: Entry, standing: Standing) -> bool:
    return any(account.id in standing.asked for account in entry.accounts)


def _is_doubtful(entry: Entry, standing: Standing) -> bool:
    return any(is_doubtful(account, standing.places.of_one) for account in entry.accounts)


def _is_undated(entry: Entry, _: Standing) -> bool:
    return entry.start is None and entry.end is None


def _is_significant(entry: Entry, _: Standing) -> bool:
    return any(mark.kind == "significant" for mark in entry.marks)


def _is_marked(entry: Entry, _: Standing) -> bool:
    return bool(entry.marks or entry.decided)


#: The letter in the address -> (words on the page, which entries those are).
STATUS: dict[str, tuple[str, Test]] = {
    "m": ("More than one account", _is_merged),
    "c": ("Accounts differ", _differs),
    "s": ("One account only", _is_single),
    "q": ("With a question open", _is_asked),
    "d": ("With a doubt noted", _is_doubtful),
    "u": ("Without a date", _is_undated),
    "g": ("Marked significant", _is_significant),
    "h": ("With a decision by a person", _is_marked),
}


def find(standing: Standing, wanted: Wanted, page: int) -> Found:
    """The entries that fit, cut to one page; a page that is not there becomes the nearest."""
    fitting = list(_fitting(standing, wanted))
    first, last = _day(wanted.first), _day(wanted.last)
    placed = [entry for entry in fitting if _is_within(entry, first, last)]
    undated = sum(entry.start is None and entry.end is None for entry in fitting)
    pages = max(1, -(-len(placed) // PAGE))
    page = min(max(page, 1), pages)
    return Found(
        entries=tuple(placed[(page - 1) * PAGE : page * PAGE]),
        total=len(placed),
        page=page,
        pages=pages,
        undated=undated if first or last else 0,
    )


def _fitting(standing: Standing, wanted: Wanted) -> Iterator[Entry]:
    words = [(a or b).casefold() for a, b in _WORDS.findall(wanted.text)]
    test = STATUS[wanted.status][1] if wanted.status in STATUS else None
    for at, entry in enumerate(standing.chronology.entries):
        if wanted.agencies and not any(a.value in wanted.agencies for a in entry.agencies):
            continue
        if test and not test(entry, standing):
            continue
        if words and not _says(standing.haystacks[at], entry, words):
            continue
        yield entry


def _says(haystack: str, entry: Entry, words: list[str]) -> bool:
    added = "\n".join(mark.value for mark in entry.marks).casefold()
    return all(word in haystack or word in added for word in words)


def _is_within(entry: Entry, first: date | None, last: date | None) -> bool:
    """Whether any day the entry can be of lies in the period; the undated lie in none."""
    if not first and not last:
        return True
    start, end = entry.start or entry.end, entry.end or entry.start
    if not start or not end:
        return False
    return (not last or start <= last) and (not first or end >= first)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
