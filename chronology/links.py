"""Same incident, another occurrence: what was told of it, or done about it, and how much later."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chronology.account import Account
from chronology.families import Home, wider_homes
from chronology.following import Around, Tellings
from chronology.following_explained import reasons
from chronology.following_weights import Following, shipped_following, spoken_of
from chronology.matching import Matched
from chronology.understand import Understanding

#: How many days after an occurrence what follows from it may still be linked to it. Of the
#: occurrences that follow another of their incident in labelled cases, nine in ten lie within.
REACH_DAYS = 14

#: How many occurrences one may be linked to as following them.
MOST_FOLLOWED = 2

#: Acts that are new in themselves: none of them is told or done because of an earlier occurrence.
NEW_IN_ITSELF = frozenset(
    {"domestic abuse", "incident", "fire", "overdose", "birth", "death", "missing"}
)
#: Acts that something happened.
HAPPENED = NEW_IN_ITSELF | {
    "injury", "arrest", "disclosure", "ambulance", "emergency department",
}  # fmt: skip
#: Acts by which somebody is told.
TELLS = frozenset({"notification", "referral", "letter", "call"})
#: Acts that answer what happened or was told.
ANSWERS = frozenset(
    {
        "strategy", "conference", "risk meeting", "planning meeting", "meeting", "visit",
        "medical", "assessment", "interview",
    }
)  # fmt: skip
#: The order in which one day usually goes, for records that give no clock time.
ORDER_OF_A_DAY: tuple[tuple[frozenset[str], int], ...] = ((TELLS, 2), (ANSWERS, 3), (HAPPENED, 0))
#: Where in that order anything else comes.
BETWEEN = 1


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


@dataclass(slots=True)
class Followed:
    """What follows from what in one compared case, by one policy, whatever its entries.

    Filled when first asked for, so that deciding the entries again is quick.
    """

    #: The likeliest first.
    found: tuple[Found, ...] | None = None
    #: Links made before, by the ids of their two accounts.
    made: dict[tuple[str, str], Link] = field(default_factory=dict)


def links(
    clusters: Sequence[Sequence[Understanding]],
    matched: Matched,
    following: Following | None = None,
    known: Followed | None = None,
) -> tuple[Link, ...]:
    """Each occurrence that follows another, linked to the likeliest one that it follows.

    It is linked to a second one too where that is very likely and nothing ties the two together.
    """
    policy = following or shipped_following()
    followed = Followed() if known is None else known
    if followed.found is None:
        followed.found = tuple(sorted(_whatever_entries(matched, policy), key=lambda f: f.rank))
    entry_of = {u.id: at for at, cluster in enumerate(clusters) for u in cluster}
    best: dict[tuple[int, int], Found] = {}
    for found in followed.found:
        first, second = entry_of[found.a.id], entry_of[found.b.id]
        if first != second:
            best.setdefault((first, second), found)
    chosen = [_known_link(found, policy, followed) for found in _chosen(best, policy)]
    return tuple(sorted(chosen, key=lambda link: (link.b.occurred.sort_key, link.a.id, link.b.id)))


def _known_link(found: Found, policy: Following, followed: Followed) -> Link:
    key = (found.a.id, found.b.id)
    if key not in followed.made:
        followed.made[key] = _link(found, policy)
    return followed.made[key]


def _chosen(best: Mapping[tuple[int, int], Found], policy: Following) -> Iterator[Found]:
    """Of ways from entry to entry, the likeliest first: which are kept; never both ways."""
    linked: set[tuple[int, int]] = set()
    follows: Counter[int] = Counter()
    tied = _Groups()
    for way in best:
        first, second = way
        again = follows[second] > 0
        if again and (best[way].log_odds < policy.second_at or tied.has(first, second)):
            continue
        if follows[second] < MOST_FOLLOWED and (second, first) not in linked:
            linked.add(way)
            follows[second] += 1
            tied.join(first, second)
            yield best[way]


def all_found(
    clusters: Sequence[Sequence[Understanding]], matched: Matched, policy: Following
) -> Iterator[Found]:
    """Every two records of different entries where the later seems to follow from the earlier."""
    entry_of = {u.id: at for at, cluster in enumerate(clusters) for u in cluster}
    for found in _whatever_entries(matched, policy):
        if entry_of[found.a.id] != entry_of[found.b.id]:
            yield found


def _whatever_entries(matched: Matched, policy: Following) -> Iterator[Found]:
    """Every two records where the later seems to follow from the earlier."""
    worth = {u.id: spoken_of(u, policy.earlier) for u in matched.understood}
    for family in _families(matched):
        yield from _found(family, policy, worth)


#: (day, record), by day; only records that name a day.
Days = Sequence[tuple[int, Understanding]]


@dataclass(frozen=True, slots=True)
class _Family:
    """The records of a family, and those that may be of any family."""

    own: Days
    others: tuple[Days, ...]
    near: Around


@dataclass(frozen=True, slots=True)
class Found:
    """The later of two follows from the earlier, as it seems."""

    a: Understanding
    b: Understanding
    log_odds: float
    near: Around

    @property
    def rank(self) -> tuple[float, str, str]:
        """Low is best."""
        return (-self.log_odds, self.a.id, self.b.id)


def _families(matched: Matched) -> list[_Family]:
    """Every family with the records that may be its too; those that may meet most come first."""
    homes = matched.contexts.homes
    dated = [(u.first, u) for u in matched.understood if u.is_exact and u.first is not None]
    dated.sort(key=lambda d: (d[0], d[1].id))
    at: defaultdict[Home, list[tuple[int, Understanding]]] = defaultdict(list)
    for day in dated:
        at[homes[day[1].id]].append(day)
    within: defaultdict[Home, list[tuple[int, Understanding]]] = defaultdict(list)
    for day in dated:
        for wider in wider_homes(homes[day[1].id]):
            if wider in at:
                within[wider].append(day)
    telling = Tellings()
    found = []
    for home in sorted(at, key=lambda home: (len(home), home)):
        telling.add((u for _, u in at[home]), (u for _, u in within[home]))
        below = [day for day in within[home] if homes[day[1].id] != home]
        above = [at[wider] for wider in wider_homes(home)[:-1] if wider in at]
        days = [day for day, _ in within[home]]
        around = Around(telling, days, matched.contexts.subjects, matched.pairs)
        found.append(_Family(at[home], (*above, below), around))
    return found


def _found(family: _Family, policy: Following, worth: Mapping[str, float]) -> Iterator[Found]:
    """Every two records of a family's of which the later seems to follow from the earlier."""
    for day, b in family.own:
        if is_new(b):
            continue
        start = policy.start + spoken_of(b, policy.later)
        for a in (a for days in (family.own, *family.others) for a in _earlier(days, day, b)):
            odds = policy.log_odds(a, b, family.near, start + worth[a.id])
            if odds is not None:
                yield Found(a, b, odds, family.near)


def _earlier(days: Days, day: int, b: Understanding) -> Iterator[Understanding]:
    start = bisect_left(days, day - REACH_DAYS, key=lambda d: d[0])
    end = bisect_right(days, day, key=lambda d: d[0])
    return (a for _, a in days[start:end] if comes_first(a, b))


def comes_first(a: Understanding, b: Understanding) -> bool:
    """Whether the first of two came before the second: by day, by clock, by the order of a day."""
    if a.first != b.first:
        return (a.first or 0) < (b.first or 0)
    if a.minute is not None and b.minute is not None:
        return a.minute < b.minute
    return _place_in_day(a) < _place_in_day(b)


def is_new(u: Understanding) -> bool:
    """Whether its heading names what is new in itself, and nothing told or done about it."""
    return bool(u.named & NEW_IN_ITSELF) and not u.named & (TELLS | ANSWERS)


def _place_in_day(u: Understanding) -> int:
    acts = _main_acts(u)
    return next((place for named, place in ORDER_OF_A_DAY if acts & named), BETWEEN)


def _main_acts(u: Understanding) -> frozenset[str]:
    """What its heading names; what it begins with where the heading names nothing."""
    return u.named or frozenset(act for act, said in u.acts.items() if said >= 0.6)


def _link(found: Found, policy: Following) -> Link:
    a, b = found.a, found.b
    kind = "notification" if _main_acts(b) & TELLS else "response"
    days = (b.first or 0) - (a.first or 0)
    return Link(a.account, b.account, kind, days, reasons(a, b, found.near, policy))


class _Groups:
    """Things tied to each other, directly or through others."""

    def __init__(self) -> None:
        self._of: dict[int, list[int]] = {}

    def join(self, one: int, other: int) -> None:
        """Ties two together, with all that is tied to either; the smaller group moves."""
        few, many = sorted((self._group(one), self._group(other)), key=len)
        if few is not many:
            many.extend(few)
            self._of.update((item, many) for item in few)

    def has(self, one: int, other: int) -> bool:
        """Whether the two are tied."""
        return self._group(one) is self._group(other)

    def _group(self, item: int) -> list[int]:
        return self._of.setdefault(item, [item])
