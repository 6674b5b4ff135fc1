"""Same incident, another occurrence: what was told of it, or done about it, and how much later."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chronology.account import Account
from chronology.compare import Context, names_day_of, same_words
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


def links(
    clusters: Sequence[Sequence[Understanding]], case: Context, families: Mapping[str, str]
) -> tuple[Link, ...]:
    """Each occurrence that follows another, linked to the likeliest one that it follows."""
    happened = _of_families(_by_day(clusters, _happened), families)
    following = _by_day(clusters, _follow_kind)
    best: dict[int, tuple[float, str, Link]] = {}
    for day, at, u in following:
        found = _follows(day, at, u, happened.get(families.get(u.id), []), case)
        if found and (at not in best or found[:2] < best[at][:2]):
            best[at] = found
    chosen = (link for _, _, link in best.values())
    return tuple(sorted(chosen, key=lambda link: (link.b.occurred.sort_key, link.a.id, link.b.id)))


#: (day, which cluster, account), by day.
Days = list[tuple[int, int, Understanding]]


def _by_day(
    clusters: Sequence[Sequence[Understanding]], wanted: Callable[[Understanding], object]
) -> Days:
    found = [
        (u.first, at, u)
        for at, cluster in enumerate(clusters)
        for u in cluster
        if u.is_exact and u.first is not None and wanted(u)
    ]
    return sorted(found, key=lambda d: (d[0], d[2].id))


def _of_families(days: Days, families: Mapping[str, str]) -> dict[str | None, Days]:
    """What happened, by family; under None what belongs to no family of its own, and all of it."""
    found: dict[str | None, Days] = {None: days}
    for day in days:
        family = families.get(day[2].id)
        for name in [family] if family else sorted(set(families.values())):
            found.setdefault(name, []).append(day)
    return found


def _follows(
    day: int, at: int, u: Understanding, happened: Days, case: Context
) -> tuple[float, str, Link] | None:
    """The likeliest thing that happened in the days before: rank (low is best), id, link."""
    start = bisect_left(happened, day - REACH_DAYS, key=lambda d: d[0])
    end = bisect_right(happened, day, key=lambda d: d[0])
    likely = [
        (-likeness, one.id, one, why)
        for earlier, other, one in happened[start:end]
        if other != at and not _is_later(one, u)
        for likeness, why in _likeness(one, u, day - earlier, case)
    ]
    if not likely:
        return None
    rank, _, one, named = min(likely, key=lambda found: found[:2])
    why = _why(one, u, case, named=named)
    link = Link(one.account, u.account, _follow_kind(u), day - (one.first or day), why)
    return rank, u.id, link


def _is_later(one: Understanding, two: Understanding) -> bool:
    """Whether the clock says that the first of two on one day came after the second."""
    return one.minute is not None and two.minute is not None and one.minute > two.minute


def _likeness(
    one: Understanding, two: Understanding, days: int, case: Context
) -> Iterator[tuple[float, bool]]:
    alike = same_words(one, two, case)
    named = names_day_of(one, two)
    if alike >= ALIKE or (named and alike > ALIKE / 2):
        yield alike + 0.2 * named - 0.01 * days, named


def _why(one: Understanding, two: Understanding, case: Context, *, named: bool) -> tuple[str, ...]:
    said = [shared_words(one, two, case)]
    if named:
        said.append("The later one names the day of the earlier.")
    return tuple(sentence for sentence in said if sentence)


def _happened(u: Understanding) -> bool:
    told_of_it = any(act in FOLLOWS for act in u.named)
    return not told_of_it and any(said >= 0.6 and act in HAPPENED for act, said in u.acts.items())


def _follow_kind(u: Understanding) -> str:
    return next((kind for act, kind in FOLLOWS.items() if act in u.named), "")
