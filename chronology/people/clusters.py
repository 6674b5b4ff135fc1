"""Sightings gathered to persons, two at a time, never against a veto."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from chronology.names import Like, births_close, births_one_digit_apart, likeness
from chronology.people.ruled import NOTHING_RULED, PersonRulings
from chronology.people.sightings import Record, Sighting, distinct
from chronology.vocabulary import role_of

#: Nobody younger than this is called mother, father or Mrs.
_YOUNGEST_ADULT = timedelta(days=12 * 365)
#: How long before a birth records speak of the unborn child, and how late they still may.
_PREGNANCY = timedelta(days=300)
_LATE_NOTE = timedelta(days=45)
#: How long a child without a name is called "Baby".
_NAMELESS = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Join:
    """Why two sightings may be one person: how good a reason, and the reason in a sentence."""

    #: 4 the same, 3 forms of one name, 2 spelling, 1 an initial, 0 no forename to compare.
    rank: int
    sentence: str


#: What a rule says about two clusters: a reason to join them, or None.
Rule = Callable[["Cluster", "Cluster"], "Join | None"]


class Cluster:
    """Sightings taken for one person so far, and what they say together."""

    __slots__ = (
        "apart",
        "births",
        "grown_by",
        "held",
        "is_ambiguous",
        "members",
        "names",
        "number",
        "numbers",
        "reasons",
        "sexes",
        "sound",
        "surnames",
    )

    def __init__(self, number: int, members: Sequence[Sighting]) -> None:
        self.number = number
        #: Its own number and those of the clusters joined into it.
        self.held: set[int] = {number}
        #: Numbers of clusters that some record lists beside it as somebody else.
        self.apart: set[int] = set()
        self.reasons: dict[str, None] = {}
        #: Fits several persons equally well, so it is none of them until more is known.
        self.is_ambiguous = False
        self.take(members)

    def take(self, members: Sequence[Sighting]) -> None:
        """Holds these sightings and no others."""
        self.members = sorted(members, key=lambda s: s.key)
        self.names = tuple({s.parsed.written: s for s in self.members}.values())
        self.births = frozenset(s.born for s in members if s.born)
        self.numbers = frozenset(n for s in members for n in s.numbers)
        self.sound = frozenset(n for s in members for n in s.sound)
        self.surnames = frozenset(n for s in members for n in s.parsed.surnames if len(n) > 1)
        self.sexes = frozenset(s.parsed.sex for s in members) - {""}
        self.grown_by = min((s.grown_by for s in members if s.grown_by), default=None)

    @property
    def born(self) -> date | None:
        """The date of birth most records give; None where two are as common."""
        counts: dict[date, int] = defaultdict(int)
        for sighting in self.members:
            if sighting.born:
                counts[sighting.born] += sighting.records
        top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        tied = len(top) > 1 and top[0][1] == top[1][1]
        return top[0][0] if top and not tied else None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its names as they are written."""
        return tuple(dict.fromkeys(s.key.name for s in self.members))

    @property
    def is_worker(self) -> bool:
        """Whether it is named as a professional."""
        return any(s.is_worker for s in self.members)

    @property
    def is_plain(self) -> bool:
        """Whether nothing tells whether it is family or professional."""
        return not (
            self.is_worker
            or self.births
            or self.sound
            or self.as_subject
            or any(role_of(role) for s in self.members for role in s.roles)
        )

    @property
    def is_nameless(self) -> bool:
        """Whether it is a baby or unborn child with no forename in any record."""
        return all(s.parsed.is_nameless_child for s in self.members)

    @property
    def is_thin(self) -> bool:
        """Whether no record gives a whole name or a date of birth."""
        return not self.births and not any(s.parsed.is_full for s in self.members)

    @property
    def as_subject(self) -> int:
        """How many records are about this person."""
        return sum(s.as_subject for s in self.members)


class Clusters:
    """Who has been joined with whom. Numbers follow the sightings' own order."""

    def __init__(
        self,
        firm: Sequence[Sighting],
        records: Iterable[Record],
        rulings: PersonRulings = NOTHING_RULED,
    ) -> None:
        self.rulings = rulings
        self.all: list[Cluster] = [Cluster(n, [s]) for n, s in enumerate(firm)]
        self._of: dict[int, Cluster] = {
            id(s): cluster for s, cluster in zip(firm, self.all, strict=True)
        }
        self._into: dict[int, Cluster] = {}
        self._keep_lists_apart(records)
        self._keep_ruled_apart()

    def of(self, sighting: Sighting) -> Cluster | None:
        """The cluster a sighting is in, None for one that names nobody on its own."""
        return self._of.get(id(sighting))

    def living(self) -> list[Cluster]:
        """The clusters as they stand, each once."""
        return [cluster for cluster in self.all if cluster.members]

    def let_go_of_thin(self) -> None:
        """Sets free the sightings that only a number anchored and that found nobody."""
        joined = self.rulings.joined
        for cluster in self.living():
            if cluster.is_thin and joined.isdisjoint(cluster.spellings):
                for sighting in cluster.members:
                    del self._of[id(sighting)]
                cluster.members = []

    def join_all(self, blocks: Iterable[Iterable[Cluster]], rule: Rule) -> None:
        """Joins within each block what the rule allows, best reasons first.

        Two clusters are joined only if everything else the rule would join with either of them
        could be that same person too: a mention that fits twins alike stays out.
        """
        for block in blocks:
            self._join_block(self._current(block), rule)

    def join_ruled(self) -> None:
        """Joins what was ruled one person, though the records speak against it.

        Where several persons bear one of the names, only those whom nothing forbids.
        """
        for a, b in sorted(self.rulings.same):
            ones, others = self._bearing(a), self._bearing(b)
            is_clear = len(ones) == len(others) == 1
            join = Join(4, f"A person ruled that '{a}' and '{b}' are one.")
            for one, other in product(ones, others):
                self._join_as_ruled(self._root(one), self._root(other), join, is_clear=is_clear)

    def ruled_apart(self, sighting: Sighting, cluster: Cluster) -> bool:
        """Whether somebody ruled that a name is another person than this."""
        return self.rulings.part((sighting.key.name,), cluster.spellings)

    def mergeable(self, a: Cluster, b: Cluster) -> bool:
        """Whether nothing forbids that the two are one person."""
        if not _work_agrees(a, b) or not a.apart.isdisjoint(b.held):
            return False
        return (
            _names_agree(a, b)
            and _births_agree(a, b)
            and _numbers_agree(a, b)
            and _ages_agree(a, b)
            and _ages_agree(b, a)
            and _nameless_agree(a, b)
            and _nameless_agree(b, a)
        )

    def _keep_lists_apart(self, records: Iterable[Record]) -> None:
        for record in distinct(records):
            for listed in record.lists:
                clusters = [c for _, s in listed if (c := self._of.get(id(s)))]
                for one, other in combinations(clusters, 2):
                    if one is not other:
                        one.apart.add(other.number)
                        other.apart.add(one.number)

    def _keep_ruled_apart(self) -> None:
        for a, b in sorted(self.rulings.different):
            for one, other in product(self._bearing(a), self._bearing(b)):
                one.apart.add(other.number)
                other.apart.add(one.number)

    def _bearing(self, name: str) -> list[Cluster]:
        return [cluster for cluster in self.living() if name in cluster.spellings]

    def _join_as_ruled(self, one: Cluster, other: Cluster, join: Join, *, is_clear: bool) -> None:
        if one is other or self.rulings.part(one.spellings, other.spellings):
            return
        if is_clear or self.mergeable(one, other):
            self._merge(one, other, join)
            self._root(one).is_ambiguous = False

    def _current(self, block: Iterable[Cluster]) -> list[Cluster]:
        found = {id(c): c for c in (self._root(c) for c in block)}
        return sorted(found.values(), key=lambda c: c.number)

    def _root(self, cluster: Cluster) -> Cluster:
        while not cluster.members:
            cluster = self._into[cluster.number]
        return cluster

    def _join_block(self, block: list[Cluster], rule: Rule) -> None:
        pairs = [
            (join.rank, a, b, join)
            for a, b in combinations(block, 2)
            if (join := rule(a, b)) is not None
        ]
        for rank in sorted({pair[0] for pair in pairs}, reverse=True):
            self._join_rank([p for p in pairs if p[0] >= rank], rank)

    def _join_rank(self, pairs: list[tuple[int, Cluster, Cluster, Join]], rank: int) -> None:
        friends: dict[int, dict[int, Cluster]] = defaultdict(dict)
        for _, a, b, _join in pairs:
            one, other = self._root(a), self._root(b)
            if one is not other:
                friends[one.number][other.number] = other
                friends[other.number][one.number] = one
        for at, a, b, join in pairs:
            one, other = self._root(a), self._root(b)
            if at != rank or one is other or not self.mergeable(one, other):
                continue
            rivals = [*self._rivals(friends, a), *self._rivals(friends, b)]
            if self._agree((one, other, *rivals)):
                self._merge(one, other, join)
            else:
                _mark_lesser(one, other)

    def _rivals(
        self, friends: dict[int, dict[int, Cluster]], cluster: Cluster
    ) -> Iterator[Cluster]:
        for other in friends[cluster.number].values():
            root = self._root(other)
            if self.mergeable(self._root(cluster), root):
                yield root

    def _agree(self, clusters: Iterable[Cluster]) -> bool:
        distinct = list({id(c): c for c in clusters}.values())
        return all(self.mergeable(a, b) for a, b in combinations(distinct, 2))

    def _merge(self, a: Cluster, b: Cluster, join: Join) -> None:
        keep, gone = sorted((a, b), key=lambda c: c.number)
        keep.take([*keep.members, *gone.members])
        keep.apart |= gone.apart
        keep.reasons.update(gone.reasons)
        keep.reasons[join.sentence] = None
        keep.is_ambiguous = keep.is_ambiguous and gone.is_ambiguous
        keep.held |= gone.held
        self._into[gone.number] = keep
        for sighting in gone.members:
            self._of[id(sighting)] = keep
        gone.members = []


def _mark_lesser(a: Cluster, b: Cluster) -> None:
    """Sets aside the one that says less of itself; two that say as much are two persons."""
    one, other = _says(a), _says(b)
    if one != other:
        (a if one < other else b).is_ambiguous = True


def _says(cluster: Cluster) -> tuple[bool, bool, bool]:
    is_full = any(s.parsed.is_full for s in cluster.members)
    return not cluster.is_nameless, is_full, bool(cluster.births)


def _work_agrees(a: Cluster, b: Cluster) -> bool:
    """A professional may stand elsewhere without a role, but is nobody of the family."""
    if a.is_worker == b.is_worker:
        return True
    return b.is_plain if a.is_worker else a.is_plain


def _names_agree(a: Cluster, b: Cluster) -> bool:
    return all(
        likeness(x.parsed, y.parsed).forename is not Like.DIFFERENT
        for x in a.names
        for y in b.names
    )


def _births_agree(a: Cluster, b: Cluster) -> bool:
    if not a.births or not b.births or not a.births.isdisjoint(b.births):
        return True
    pairs = [(x, y) for x in a.births for y in b.births]
    if any(births_close(x, y) for x, y in pairs) or not a.sound.isdisjoint(b.sound):
        return True
    return not a.numbers.isdisjoint(b.numbers) and any(
        births_one_digit_apart(x, y) for x, y in pairs
    )


def _numbers_agree(a: Cluster, b: Cluster) -> bool:
    """No two sound national numbers of one kind that differ."""
    if not a.sound or not b.sound:
        return True
    for kind in ("nhs", "upn"):
        x = {n for n in a.sound if n[0] == kind}
        y = {n for n in b.sound if n[0] == kind}
        if x and y and x.isdisjoint(y):
            return False
    return True


def _ages_agree(a: Cluster, b: Cluster) -> bool:
    """No grown-up's role or title years before the other's birth would allow it."""
    if a.grown_by and any(born > a.grown_by - _YOUNGEST_ADULT for born in b.births):
        return False
    if len(a.sexes | b.sexes) < 2:
        return True
    return not a.births.isdisjoint(b.births) or not a.numbers.isdisjoint(b.numbers)


def _nameless_agree(a: Cluster, b: Cluster) -> bool:
    """A baby without a name is somebody whose birth fits the records about the baby."""
    for sighting in a.members:
        if not sighting.parsed.is_nameless_child or sighting.born in b.births:
            continue
        if not b.births and (b.is_nameless or _has_own_name(sighting, a)):
            continue
        if not b.births or not any(fits_nameless(sighting, born) for born in b.births):
            return False
    return True


def _has_own_name(baby: Sighting, cluster: Cluster) -> bool:
    """Whether it is settled already which named child of the cluster the baby was."""
    named = (s.born for s in cluster.members if s.born and not s.parsed.is_nameless_child)
    return any(born == baby.born or fits_nameless(baby, born) for born in named)


def fits_nameless(sighting: Sighting, born: date) -> bool:
    """Whether a child born then can be the baby or unborn child these records tell of."""
    if sighting.first is None or sighting.last is None:
        return sighting.born is not None and abs(sighting.born - born) <= _LATE_NOTE
    if sighting.parsed.is_unborn:
        return sighting.last - _LATE_NOTE <= born <= sighting.first + _PREGNANCY
    return born <= sighting.first + _LATE_NOTE and sighting.last <= born + _NAMELESS


def is_child(cluster: Cluster, day: date | None) -> bool:
    """Whether somebody was too young on a day to be called Mr, Mrs, mother or father."""
    return day is not None and any(born > day - _YOUNGEST_ADULT for born in cluster.births)
