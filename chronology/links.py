"""Same incident, another occurrence: what was told of it, or done about it, and how much later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chronology.account import Account
from chronology.compare import Context, days_apart, same_words
from chronology.explain import shared_words
from chronology.understand import Understanding

#: How many days after an incident its notification or response may still be linked to it.
REACH_DAYS = 7
#: How alike the words must be (0 none, 1 all) for the two to be of one incident.
ALIKE = 0.12

#: Acts that something happened.
HAPPENED = frozenset(
    {
        "domestic abuse", "incident", "injury", "missing", "arrest", "overdose", "disclosure",
        "fire", "ambulance", "emergency department", "birth", "death",
    }
)  # fmt: skip
#: Acts that follow what happened, and what the following is called.
FOLLOWS: dict[str, str] = {
    "notification": "notification",
    "referral": "notification",
    "letter": "notification",
    "call": "notification",
    "strategy": "response",
    "visit": "response",
    "medical": "response",
    "meeting": "response",
    "assessment": "response",
    "interview": "response",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Same incident, another occurrence: the delay between the two is a finding."""

    a: Account
    b: Account
    #: What b is to a: "notification" or "response".
    kind: str
    #: Whole days from a to b.
    days: int
    reasons: tuple[str, ...]


def links(clusters: Sequence[Sequence[Understanding]], case: Context) -> tuple[Link, ...]:
    """Each occurrence that follows another, linked to the likeliest one that it follows."""
    dated = sorted(
        (c for c in clusters if any(u.account.occurred.is_exact for u in c)),
        key=lambda c: min(u.account.occurred.sort_key for u in c),
    )
    found = [link for at in range(len(dated)) if (link := _follows(dated, at, case))]
    return tuple(sorted(found, key=lambda link: (link.b.occurred.sort_key, link.a.id, link.b.id)))


def _follows(dated: Sequence[Sequence[Understanding]], at: int, case: Context) -> Link | None:
    kinds = [(u, kind) for u in dated[at] if (kind := _follow_kind(u))]
    candidates = [
        (-likeness, one.account.id, two.account.id, Link(one.account, two.account, kind, days, why))
        for earlier in _within_reach(dated, at)
        for one in earlier
        if one.account.occurred.is_exact and _happened(one)
        for two, kind in kinds
        for likeness, days, why in _likeness(one, two, case)
    ]
    return min(candidates, key=lambda c: c[:3])[3] if candidates else None


def _within_reach(
    dated: Sequence[Sequence[Understanding]], at: int
) -> Iterator[Sequence[Understanding]]:
    for back in range(at - 1, -1, -1):
        if (days_apart(dated[back][0], dated[at][0]) or 0) > REACH_DAYS + 2:
            return
        yield dated[back]


def _likeness(
    one: Understanding, two: Understanding, case: Context
) -> Iterator[tuple[float, int, tuple[str, ...]]]:
    first, second = one.account.occurred.start, two.account.occurred.start
    if not first or not second or not two.account.occurred.is_exact:
        return
    days = (second - first).days
    alike = same_words(one, two, case)
    named = (first.day, first.month) in two.days
    if 0 <= days <= REACH_DAYS and (alike >= ALIKE or (named and alike > ALIKE / 2)):
        yield alike + 0.2 * named - 0.01 * days, days, _why(one, two, case, named=named)


def _why(one: Understanding, two: Understanding, case: Context, *, named: bool) -> tuple[str, ...]:
    said = [shared_words(one, two, case)]
    if named:
        said.append("The later one names the day of the earlier.")
    return tuple(sentence for sentence in said if sentence)


def _happened(u: Understanding) -> bool:
    return any(u.acts.get(act, 0) >= 0.6 for act in HAPPENED)


def _follow_kind(u: Understanding) -> str:
    return next((kind for act, kind in FOLLOWS.items() if u.acts.get(act) == 1), "")
