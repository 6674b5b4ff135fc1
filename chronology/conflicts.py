"""What the accounts of one occurrence say differently; both are shown, nobody is corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chronology.account import Account, Said
from chronology.dates.words import MONTH_NAMES
from chronology.injuries import differ, injuries_in
from chronology.people import Cast

_NUMBER = re.compile(r"\d+")
#: Minutes two clock times may differ and still count as the same.
CLOCK_TOLERANCE = 15


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two accounts of one occurrence say differently. Both are shown, neither corrected."""

    #: What differs, in words: "date", "time", "who it is about", "child seen", "injury".
    about: str
    #: (who says it, what they say), in the order of the entry's accounts.
    versions: tuple[tuple[str, str], ...]


def conflicts(accounts: Sequence[Account], cast: Cast) -> tuple[Conflict, ...]:
    """Every matter on which these accounts differ, in a fixed order."""
    if len(accounts) < 2:
        return ()
    found = (
        _dates_told_apart(_differ("date", accounts, _date, _dates_differ), accounts),
        _differ("time", accounts, _clock, _clocks_differ),
        _who(accounts, cast),
        _differ("child seen", accounts, lambda a: _said(a.child_seen), _answers_differ),
        _differ("child seen alone", accounts, lambda a: _said(a.child_alone), _alone_differ),
        _injury(accounts),
    )
    return tuple(conflict for conflict in found if conflict)


def teller(account: Account) -> str:
    """Who says it, as shown beside what they say."""
    return account.organisation or f"{account.agency.label} ({account.source.file})"


def _differ(
    about: str,
    accounts: Sequence[Account],
    words: Callable[[Account], str],
    differ: Callable[[Sequence[Account]], bool],
) -> Conflict | None:
    saying = [account for account in accounts if words(account)]
    if len(saying) < 2 or not differ(saying):
        return None
    return Conflict(about, tuple((teller(a), words(a)) for a in saying))


def _date(account: Account) -> str:
    return account.occurred.written if account.occurred.is_known else ""


def _dates_differ(accounts: Sequence[Account]) -> bool:
    """No one day fits every account."""
    starts = [a.occurred.start for a in accounts if a.occurred.start]
    ends = [a.occurred.end for a in accounts if a.occurred.end]
    return bool(starts and ends) and max(starts) > min(ends)


def _dates_told_apart(conflict: Conflict | None, accounts: Sequence[Account]) -> Conflict | None:
    """Adds to dates that look alike as written, or leave out the year they differ in, the year."""
    if conflict is None:
        return None
    saying = [account for account in accounts if _date(account)]
    years = [_years(account) for account in saying]
    readings = {(_date(a), a.occurred.start, a.occurred.end) for a in saying}
    looks_alike = len({written for written, _, _ in readings}) < len(readings)
    if len(set(years)) == 1 and not looks_alike:
        return conflict
    return Conflict(
        conflict.about,
        tuple(
            (who, says if _names(says, read) and not looks_alike else f"{says} ({_read(a, read)})")
            for (who, says), a, read in zip(conflict.versions, saying, years, strict=True)
        ),
    )


def _years(account: Account) -> tuple[int, ...]:
    ends = (account.occurred.start, account.occurred.end)
    return tuple(dict.fromkeys(day.year for day in ends if day))


def _names(written: str, years: tuple[int, ...]) -> bool:
    """Whether the words hold the years, in full or as their last two figures at the end of them."""
    figures = _NUMBER.findall(written)
    return all(str(y) in figures or (figures[2:] and figures[2] == f"{y % 100:02}") for y in years)


def _read(account: Account, years: tuple[int, ...]) -> str:
    """The day it was read as; of a stretch the years, which claim no more than was written."""
    day = account.occurred.start
    if account.occurred.is_exact and day:
        return f"read as {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    return f"read as in {' to '.join(map(str, years))}"


def _clock(account: Account) -> str:
    return f"{account.occurred.clock:%H:%M}" if account.occurred.clock else ""


def _clocks_differ(accounts: Sequence[Account]) -> bool:
    clocks = [a.occurred.clock for a in accounts if a.occurred.clock]
    minutes = sorted(clock.hour * 60 + clock.minute for clock in clocks)
    return any(later - earlier > CLOCK_TOLERANCE for earlier, later in pairwise(minutes))


def _said(answer: Said) -> str:
    return "" if answer is Said.NOT_RECORDED else answer.value


def _answers_differ(accounts: Sequence[Account]) -> bool:
    return len({a.child_seen for a in accounts}) > 1


def _alone_differ(accounts: Sequence[Account]) -> bool:
    return len({a.child_alone for a in accounts}) > 1


def _injury(accounts: Sequence[Account]) -> Conflict | None:
    """The sentences on injuries of one kind that name other parts, another side or number."""
    told = [(a, injuries_in(f"{a.narrative}\n{a.outcome}")) for a in accounts]
    versions = []
    for account, own in told:
        others = [injury for a, of_a in told if a is not account for injury in of_a]
        sentences = dict.fromkeys(
            words for one in own if any(differ(one, o) for o in others) for words in one.words
        )
        if sentences:
            versions.append((teller(account), " … ".join(sentences)))
    return Conflict("injury", tuple(versions)) if versions else None


def _who(accounts: Sequence[Account], cast: Cast) -> Conflict | None:
    """The subjects, where two accounts are about different persons and neither names the other."""
    placed = [(a, cast.subjects_of(a)) for a in accounts]
    known = [(a, persons) for a, persons in placed if persons]
    if all(one & other for (_, one), (_, other) in pairwise(known)):
        return None
    names = ((teller(a), ", ".join(m.name for m in a.subjects)) for a, _ in known)
    return Conflict("who it is about", tuple(names))
