"""Same incident, another occurrence: what was told of it, or done about it, and how much later."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chronology.account import Account
from chronology.decisions import NO_RULINGS, Rulings
from chronology.families import Home, wider_homes
from chronology.following import Around, Tellings
from chronology.following_explained import time_between, words_for
from chronology.following_weights import Following, shipped_following, spoken_of
from chronology.matching import Matched
from chronology.turns import TELLS, Entries, is_new, main_acts
from chronology.turns import comes_first as comes_first
from chronology.understand import Understanding
from chronology.when import When

#: How many days after an occurrence what follows from it may still be linked to it. Of the
#: occurrences that follow another of their incident in labelled cases, nine in ten lie within.
REACH_DAYS = 14

#: How many occurrences one may be linked to as following them.
MOST_FOLLOWED = 2


@dataclass(frozen=True, slots=True)
class Link:
    """Same incident, another occurrence: the delay between the two is a finding.

    A proposal, until a person confirms it.
    """

    a: Account
    b: Account
    #: What b is to a: "notification" or "response".
    kind: str
    #: Whole days from the entry of a to that of b.
    days: int
    reasons: tuple[str, ...]
    #: Whether nothing speaks for it but that the two are near in time.
    is_weak: bool = False
    #: Who confirmed it, in words; "" while nobody did.
    ruled: str = ""


@dataclass(slots=True)
class Followed:
    """What follows from what in one compared case, by one policy, whatever its entries.

    Filled when first asked for, so that deciding the entries again is quick.
    """

    #: The likeliest first.
    found: tuple[Found, ...] | None = None
    #: What the words of two records say for a link, by their ids.
    said: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    #: The other way round, where the entries' times ask for it; None where that is no link.
    turned: dict[tuple[str, str], Found | None] = field(default_factory=dict)


def links(
    clusters: Sequence[Sequence[Understanding]],
    matched: Matched,
    following: Following | None = None,
    known: Followed | None = None,
    rulings: Rulings = NO_RULINGS,
    dates: Sequence[When] = (),
) -> tuple[Link, ...]:
    """Each occurrence that follows another, linked to the likeliest one that it follows.

    It is linked to a second one too where that is very likely and nothing ties the two together.
    ``dates`` are those the entries bear, one for each cluster: they go before a record's own to
    say which came first. What people linked, or ruled not to be linked, holds.
    """
    policy = following or shipped_following()
    followed = Followed() if known is None else known
    if followed.found is None:
        followed.found = tuple(sorted(_whatever_entries(matched, policy), key=lambda f: f.rank))
    entries = Entries(clusters, dates)
    apart = {entries.between(pair) for pair in rulings.not_linked}
    wanted = _confirmed(rulings, entries, apart)
    best: dict[tuple[int, int], Found] = {}
    for found in _in_order(followed.found, entries, policy, followed):
        way = entries.way(found.a, found.b)
        between = frozenset(way)
        if between in wanted:
            wanted[between].meets(found)
        elif len(between) == 2:
            best.setdefault(way, found)
    ruled = {entries.way(one.found.a, one.found.b): one for one in wanted.values()}
    # What is not to be linked keeps its turn: nothing less likely steps into its place.
    proposed = (
        f for f in _chosen(best, policy, ruled) if frozenset(entries.way(f.a, f.b)) not in apart
    )
    chosen = [
        *(_link(found, policy, followed, entries) for found in proposed),
        *(replace(_link(r.found, policy, followed, entries), ruled=r.by) for r in ruled.values()),
    ]
    return tuple(sorted(chosen, key=lambda link: (link.b.occurred.sort_key, link.a.id, link.b.id)))


@dataclass(slots=True)
class _Ruled:
    """What people linked: the two records, and who linked them."""

    found: Found
    by: str

    def meets(self, found: Found) -> None:
        """Takes over what the program found between the very same records."""
        if {found.a.id, found.b.id} == {self.found.a.id, self.found.b.id}:
            self.found = found


def _in_order(
    found: Sequence[Found], entries: Entries, policy: Following, known: Followed
) -> Sequence[Found]:
    """Each way turned round where its entries' dates and times say otherwise, or left out."""
    wrong = [f for f in found if entries.turns(f.a, f.b) > 0]
    if not wrong:
        return found
    turned = (_turned(f, policy, known) for f in wrong)
    away = {(f.a.id, f.b.id) for f in wrong}
    kept = (f for f in found if (f.a.id, f.b.id) not in away)
    return sorted((*kept, *filter(None, turned)), key=lambda f: f.rank)


def _turned(found: Found, policy: Following, known: Followed) -> Found | None:
    """Whether the one follows from the other the other way round: only where the days agree."""
    a, b, near = found.b, found.a, found.near
    key = (a.id, b.id)
    if key not in known.turned:
        start = policy.start + spoken_of(b, policy.later) + spoken_of(a, policy.earlier)
        is_none = is_new(b) or a.first != b.first
        odds = None if is_none or near is None else policy.log_odds(a, b, near, start)
        known.turned[key] = None if odds is None else Found(a, b, odds, near)
    return known.turned[key]


def _confirmed(
    rulings: Rulings, entries: Entries, apart: Collection[frozenset[int]]
) -> dict[frozenset[int], _Ruled]:
    """What people linked, one pair for each two entries; a ruling against it goes before it."""
    found: dict[frozenset[int], _Ruled] = {}
    for pair in sorted(rulings.linked):
        between = entries.between(pair)
        if len(between) == 2 and between not in apart and between not in found:
            one = Found(*entries.ordered(pair), 0.0, None)
            found[between] = _Ruled(one, rulings.linked[pair])
    return found


def _chosen(
    best: Mapping[tuple[int, int], Found],
    policy: Following,
    ruled: Collection[tuple[int, int]] = (),
) -> Iterator[Found]:
    """Of ways from entry to entry, the likeliest first: which are kept; never both ways.

    ``ruled`` are ways that people linked: they count, and are not given again.
    """
    linked = set(ruled)
    follows = Counter(second for _, second in ruled)
    tied = _Groups()
    for first, second in ruled:
        tied.join(first, second)
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
    #: What is known of the records around; None where people linked what the program did not.
    near: Around | None

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


def _link(found: Found, policy: Following, known: Followed, entries: Entries) -> Link:
    a, b = found.a, found.b
    key = (a.id, b.id)
    if key not in known.said:
        known.said[key] = words_for(a, b, found.near, policy) if found.near else ()
    said = known.said[key]
    times = time_between(a, b, is_order_known=entries.turns(a, b) != 0)
    kind = "notification" if main_acts(b) & TELLS else "response"
    is_weak = found.near is not None and not said
    return Link(a.account, b.account, kind, entries.days(a, b), (*said, *times), is_weak)


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
