"""What people decided, in short beside an entry and in full where all decisions are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chronology.account import Account
from chronology.case import Chronology
from chronology.dates import iso_in_words
from chronology.decisions import RULING, Decision
from chronology.marking import in_words
from chronology.render.marks import LABELS
from chronology.render.shown import DecisionView
from chronology.render.text import visible
from chronology.render.words import BY_HAND, MONTHS

#: What a decision says, by its kind; marks go by their labels.
SAYS: dict[str, str] = {
    **LABELS,
    "same": "Ruled the same",
    "different": "Ruled different",
    "unsure": "Left open",
    "linked": "Linked as one incident",
    "not_linked": "Not linked",
    "manual": BY_HAND,
}
#: What is said of a ruling at an entry that holds all its records, and at one that holds not all.
_TOGETHER = {
    "same": "Ruled the same",
    "different": "Please check: ruled different, yet together here",
    "unsure": "Left open",
}
_APART = {
    "same": "Please check: ruled the same as {} elsewhere",
    "different": "Ruled different from {}",
    "unsure": "Left open whether the same as {}",
    "not_linked": "Not linked with {}",
}
_WITH_ONE_GONE = {
    "same": "Ruled the same as {} no longer here",
    "different": "Ruled different from {} no longer here",
    "unsure": "Left open whether the same as {} no longer here",
}
#: What would stand together, were it not for two that cannot be one.
KEPT_APART = "Kept apart from {}: see the accounts"
GONE = "A record that is no longer here"


def decision_views(chronology: Chronology, entry_of: Mapping[str, int]) -> tuple[DecisionView, ...]:
    """Every decision about records that holds, with the records in words."""
    account_of = {account.id: account for account in chronology.accounts}
    return tuple(_view(made, entry_of, account_of) for made in chronology.decisions)


def rulings_in_short(
    chronology: Chronology, entry_of: Mapping[str, int]
) -> dict[int, tuple[str, ...]]:
    """By entry, a line for each thing ruled of it, however many rulings say it.

    ``Ruled different from 3 records: A. Worker, 3 May 2024``.
    """
    #: Entry -> what is said -> the other records, and who said it when.
    found: dict[int, dict[str, tuple[dict[str, None], dict[str, None]]]] = {}
    for made in chronology.decisions:
        for number, words, other in _told_at(made, entry_of):
            others, by = found.setdefault(number, {}).setdefault(words, ({}, {}))
            others[other] = None
            by[_by(made)] = None
    for parted in chronology.parted:
        for here, other in ((parted.left, parted.stays), (parted.stays, parted.left)):
            told = found.setdefault(entry_of[here], {})
            told.setdefault(KEPT_APART, ({}, {}))[0][other] = None
    return {
        number: tuple(_line(words, len(others), by) for words, (others, by) in told.items())
        for number, told in found.items()
    }


def _view(
    made: Decision, entry_of: Mapping[str, int], account_of: Mapping[str, Account]
) -> DecisionView:
    day, _, clock = made.at.partition("T")
    at = ", ".join(filter(None, (iso_in_words(day) if day else "", clock[:5])))
    told = (account_of.get(one) for one in made.accounts)
    text = iso_in_words(made.value) if made.kind == "date" else made.value
    return DecisionView(
        number=made.seq,
        at=visible(at),
        who=visible(made.who),
        what=SAYS.get(made.kind, made.kind),
        entries=tuple(sorted({entry_of[one] for one in made.accounts if one in entry_of})),
        records=tuple(visible(in_words(account)) if account else GONE for account in told),
        text=visible(text.strip()),
        reason=visible(made.reason.strip()),
    )


def _told_at(made: Decision, entry_of: Mapping[str, int]) -> Iterator[tuple[int, str, str]]:
    """Entries a ruling is told at, in which words, and the other record it is about."""
    places = {one: entry_of.get(one) for one in made.accounts}
    here = [number for number in places.values() if number is not None]
    if made.kind not in _APART or not here or (made.kind not in RULING and len(here) < 2):
        return
    if len({*places.values()}) == 1:
        if made.kind in _TOGETHER:
            yield here[0], _TOGETHER[made.kind], ""
        return
    for one, number in places.items():
        for other, there in places.items():
            if other != one and number is not None:
                yield number, (_APART if there is not None else _WITH_ONE_GONE)[made.kind], other


def _line(words: str, count: int, by: Mapping[str, None]) -> str:
    records = "1 record" if count == 1 else f"{count:,} records"
    return visible(": ".join(filter(None, (words.format(records), "; ".join(by)))))


def _by(made: Decision) -> str:
    """``A. Worker, 3 May 2024``."""
    year, _, rest = made.at[:10].partition("-")
    month, _, day = rest.partition("-")
    if not day.isdecimal():
        return made.who
    return f"{made.who}, {int(day)} {MONTHS[int(month) - 1][:3]} {year}"
