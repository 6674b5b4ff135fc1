"""Which record of a new export is a later version of which record of an earlier one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from chronology.account import Account, Mention, Source
from chronology.when import When

#: How alike two texts of one reference, of one teller and minute, or of one teller and day, must
#: be (0 to 100).
SAME_REFERENCE = 40.0
SAME_MINUTE = 45.0
SAME_DAY = 75.0
#: Letters a text must have to be known by itself on another day.
TELLING = 25
#: How much of the shorter text the longer must begin with, to be the same text carried on.
BEGINS_ALIKE = 0.9

#: Where a record stands is no part of what was read in it.
NOWHERE = Source("", "", 0, "")

#: A record of an earlier export and one of the new, each by its place in its list.
Match = tuple[int, int]
_Key = Callable[[Account], Hashable]


def amendments(gone: Sequence[Account], fresh: Sequence[Account]) -> dict[int, int]:
    """For each fresh record that amends a gone one: its place -> the place of the gone one.

    First the rows of one place in one file read again, then what shares a reference, then a fact
    of one child and day, a teller and a minute or a day, a teller and the very words; always the
    most alike first. A defined fact on another day is another fact: the last visit of March is
    not that of February amended.
    """
    found: dict[int, int] = {}
    for key, enough in RULES:
        left = [at for at in range(len(gone)) if at not in set(found.values())]
        open_ = [at for at in range(len(fresh)) if at not in found]
        pairs = sorted(_likely(gone, fresh, left, open_, key, enough))
        _take_best(pairs, found)
    return found


def same_rest(old: Account, new: Account, *, respelt: bool) -> bool:
    """Whether two records of one id also say the same in what the id is not made of.

    ``respelt``: the files are of two kinds, which spell plain dates and numbers differently.
    """
    if old.facts and new.facts:  # the row of a return tells of other facts too
        return _rest(old) == _rest(new)
    return _rest(old) == _rest(new) and _same_cells(old, new, respelt)


def same_reading(old: Account, new: Account) -> bool:
    """Whether one row read twice gave the same in every field, whatever its file is called."""
    return _read(old) == _read(new)


def same_cell(a: str, b: str, *, respelt: bool) -> bool:
    """Whether two cells say the same; dates and numbers also where they are spelt differently."""
    if a == b:
        return True
    if any(letter.isalpha() for letter in a + b):
        return False
    return respelt or _figures(a) == _figures(b)


def same_stated(old: Account, new: Account) -> bool:
    """Whether two records of one id agree in what a person can state about a whole file."""
    return _stated(old) == _stated(new)


def _read(account: Account) -> Account:
    flags = tuple(flag for flag in account.flags if flag.code != "row-exact-duplicate")
    return replace(account, source=NOWHERE, copy=0, flags=flags)


def _stated(account: Account) -> tuple[object, ...]:
    born = tuple(mention.born for mention in account.subjects)
    return (account.organisation, account.system, account.event_type, born)


def _likely(
    gone: Sequence[Account],
    fresh: Sequence[Account],
    left: Sequence[int],
    open_: Sequence[int],
    key: _Key,
    enough: float,
) -> Iterator[tuple[float, str, str, int, int]]:
    of_key: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at in left:
        if (name := key(gone[at])) is not None:
            of_key[name].append(at)
    for at in open_:
        name = key(fresh[at])
        for other in of_key.get(name, ()) if name is not None else ():
            alike = likeness(gone[other], fresh[at])
            if alike >= enough:
                yield (-alike, gone[other].id, fresh[at].id, other, at)


def _take_best(pairs: Sequence[tuple[float, str, str, int, int]], found: dict[int, int]) -> None:
    taken = set(found.values())
    for _, _, _, old, new in pairs:
        if old not in taken and new not in found:
            found[new] = old
            taken.add(old)


def likeness(a: Account, b: Account) -> float:
    """How alike two records are in their words, 0 to 100; the same time and outcome tip ties."""
    one, other = _words(a), _words(b)
    alike = ratio(one, other)
    if _carried_on(*sorted((one, other), key=len)):
        alike = max(alike, SAME_DAY + 1)
    tips = (a.occurred.clock == b.occurred.clock, a.outcome == b.outcome, a.location == b.location)
    return alike + sum(tips) / 10


def _carried_on(shorter: str, longer: str) -> bool:
    beginning = shorter[: int(len(shorter) * BEGINS_ALIKE)]
    return len(shorter) >= TELLING and longer.startswith(beginning)


def _words(account: Account) -> str:
    return " ".join(account.narrative.casefold().split())


def _place(account: Account) -> Hashable:
    source = account.source
    return (source.sha256, source.sheet, source.row, source.part) if source.sha256 else None


def _reference(account: Account) -> Hashable:
    name = account.reference.strip().casefold()
    return (account.agency, account.facts, name) if name else None


def _fact(account: Account) -> Hashable:
    if not account.facts or not account.occurred.is_known:
        return None
    day = (account.occurred.start, account.occurred.end)
    return (account.system, account.facts, *day, tuple(map(_who, account.subjects)))


def _teller_and_day(account: Account) -> Hashable:
    if not account.occurred.is_known or account.facts:
        return None
    day = (account.occurred.start, account.occurred.end)
    return (account.agency, *day, account.professional.casefold())


def _teller_and_minute(account: Account) -> Hashable:
    if account.occurred.clock is None or not account.professional or account.facts:
        return None
    minute = (account.occurred.start, account.occurred.clock)
    return (account.agency, *minute, account.professional.casefold())


def _day_alone(account: Account) -> Hashable:
    if not account.occurred.is_known or account.facts:
        return None
    day = (account.occurred.start, account.occurred.end)
    return (account.agency, *day, account.event_type_written.casefold())


def _teller_and_words(account: Account) -> Hashable:
    words = _words(account)
    if len(words) < TELLING or account.facts:
        return None
    return (account.agency, account.professional.casefold(), words)


#: What two records must share, and how alike their words must be, in the order it is tried.
RULES: tuple[tuple[_Key, float], ...] = (
    (_place, 0.0),
    (_reference, SAME_REFERENCE),
    (_fact, 0.0),
    (_teller_and_minute, SAME_MINUTE),
    (_teller_and_day, SAME_DAY),
    (_day_alone, SAME_DAY),
    (_teller_and_words, 0.0),
)


def _rest(account: Account) -> tuple[object, ...]:
    return (
        _stamp(account.known),
        _stamp(account.shared),
        account.child_seen,
        account.child_alone,
        _plain(account.child_voice),
        _plain(account.analysis),
        tuple(map(_who, account.subjects)),
        tuple(map(_who, account.people)),
    )


def _stamp(when: When | None) -> tuple[object, ...]:
    if when is None:
        return ()
    return (when.precision, when.start, when.end, when.clock) if when.is_known else (when.written,)


def _who(mention: Mention) -> tuple[object, ...]:
    return (mention.role, tuple(sorted((i.kind, _plain(i.text)) for i in mention.identifiers)))


def _same_cells(old: Account, new: Account, respelt: bool) -> bool:  # noqa: FBT001 (passed on)
    """Cells under headings that both files have; a column added or gone amends nothing."""
    first, second = _by_heading(old), _by_heading(new)
    dates = _dates_written(old) | _dates_written(new)
    return all(
        same_cell(first[heading], second[heading], respelt=respelt)
        for heading in sorted(first.keys() & second.keys())
        # What a date says is compared already, however it is spelt.
        if not {first[heading], second[heading]} & dates
    )


def _dates_written(account: Account) -> set[str]:
    whens = (account.occurred, account.recorded, account.known, account.shared)
    return {_plain(when.written) for when in whens if when is not None}


def _by_heading(account: Account) -> dict[str, str]:
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for heading, text in account.raw:
        cells[_plain(heading)].append(text)
    return {heading: _plain(" ".join(texts)) for heading, texts in cells.items()}


def _figures(text: str) -> list[str]:
    """The numbers of a cell however they are spelt: 04/01/2021 as 2021-01-04 00:00."""
    return sorted(filter(None, (figure.lstrip("0") for figure in re.findall(r"[0-9]+", text))))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
