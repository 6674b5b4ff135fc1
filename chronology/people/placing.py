"""Mentions too thin to be somebody on their own, placed where only one person fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from chronology.account import Mention
from chronology.names import Like, ParsedName, likeness
from chronology.people.by_role import ByRole
from chronology.people.clusters import Cluster, Clusters, fits_nameless, is_child
from chronology.people.families import Families, Places
from chronology.people.sightings import (
    ADULT_ROLES,
    Listed,
    Record,
    Sighting,
    distinct,
    is_role_only,
    mention_role,
)
from chronology.vocabulary import role_of

_SEX: dict[str, str] = {
    "mother": "female",
    "stepmother": "female",
    "grandmother": "female",
    "maternal grandmother": "female",
    "paternal grandmother": "female",
    "sister": "female",
    "half sister": "female",
    "daughter": "female",
    "wife": "female",
    "father": "male",
    "stepfather": "male",
    "grandfather": "male",
    "maternal grandfather": "male",
    "paternal grandfather": "male",
    "brother": "male",
    "half brother": "male",
    "son": "male",
    "husband": "male",
}

Choice = Callable[[Record, Mention, Sighting], "Cluster | None"]


def place_mentions(clusters: Clusters, records: Sequence[Record]) -> tuple[Places, list[Cluster]]:
    """Whose each mention is, and the persons known by a thin name alone.

    The clear mentions first, then those that one name in the family fits, then those that a role
    fits. What fits two persons stays out.
    """
    firm = _firm_places(clusters, records)
    open_records = [r for r in records if len(firm[r.id]) < _named_in(r)]
    families = Families(clusters.living(), records, firm)
    by_name = _ByName(families, firm, clusters)
    named = _with(firm, open_records, by_name.choose)
    surnames = frozenset(n for c in clusters.living() for n in c.surnames)
    doubtful = {
        id(s) for c in clusters.living() if c.is_ambiguous for s in c.members
    } | by_name.has_candidates
    subjects = _unplaced_subjects(open_records, named, doubtful)
    parted = clusters.rulings.parted
    thin = list(_thin_persons(subjects, surnames, len(clusters.all), parted))
    of_thin = {id(s): cluster for cluster in thin for s in cluster.members}
    named = _with(named, open_records, lambda _r, _m, s: of_thin.get(id(s)))
    by_role = ByRole(records, named, Families([*clusters.living(), *thin], records, named))
    return _with(named, open_records, by_role.choose), thin


def _firm_places(
    clusters: Clusters, records: Sequence[Record]
) -> dict[str, dict[Mention, Cluster]]:
    """Where each mention of each record stands that is somebody on its own."""
    known: dict[tuple[int, int], dict[Mention, Cluster]] = {}
    for record in distinct(records):
        of_lists = (_firm_in(clusters, listed) for listed in record.lists)
        known[_lists(record)] = {m: cluster for places in of_lists for m, cluster in places}
    return {record.id: known[_lists(record)] for record in records}


def _firm_in(clusters: Clusters, listed: Listed) -> Iterator[tuple[Mention, Cluster]]:
    roles: dict[int, set[str]] = defaultdict(set)
    for mention, sighting in listed:
        roles[id(sighting)].add(mention.role)
    for mention, sighting in listed:
        cluster = clusters.of(sighting)
        if cluster and not cluster.is_ambiguous and len(roles[id(sighting)]) == 1:
            yield mention, cluster


def _lists(record: Record) -> tuple[int, int]:
    return id(record.subjects), id(record.people)


def _named_in(record: Record) -> int:
    """How many different mentions a record has."""
    if not record.subjects or not record.people:
        return len(record.subjects) + len(record.people)
    return len({mention for listed in record.lists for mention, _ in listed})


def _with(
    placed: Places, records: Sequence[Record], choose: Choice
) -> dict[str, Mapping[Mention, Cluster]]:
    """The places with those added that a further look gives.

    A person already in the same list is not taken, nor one whom two mentions of it would be.
    """
    more = dict(placed)
    for record in records:
        places = placed[record.id]
        chosen = {
            mention: cluster
            for listed in record.lists
            for mention, sighting in listed
            if mention not in places and (cluster := choose(record, mention, sighting)) is not None
        }
        taken = {
            mention: cluster
            for mention, cluster in chosen.items()
            if not _is_claimed(mention, cluster, record, chosen, places)
        }
        if taken:
            more[record.id] = {**places, **taken}
    return more


def _is_claimed(
    mention: Mention,
    cluster: Cluster,
    record: Record,
    chosen: Mapping[Mention, Cluster],
    places: Mapping[Mention, Cluster],
) -> bool:
    """Whether another mention of a list the mention stands in is, or would be, that person."""
    beside = (
        other
        for listed in record.lists
        if any(one == mention for one, _ in listed)
        for other, _ in listed
        if other != mention
    )
    return any(cluster in (chosen.get(other), places.get(other)) for other in beside)


class _ByName:
    """Places a first name, an initial, a title with a surname, or an unborn child."""

    def __init__(self, families: Families, firm: Places, clusters: Clusters) -> None:
        self._ruled_apart = clusters.ruled_apart
        self._families = families
        self._firm = firm
        self._sex = {c.number: _sex_of(c) for c in clusters.living()}
        self._fits: dict[tuple[str, tuple[int, ...]], list[Cluster]] = {}
        self.has_candidates: set[int] = set()

    def choose(self, record: Record, mention: Mention, sighting: Sighting) -> Cluster | None:
        """The only person of the family whom the mention fits."""
        if not _is_placeable(mention, sighting):
            return None
        fitting = self._candidates(record, mention, sighting)
        candidates = [c for c in fitting if not self._ruled_apart(sighting, c)]
        if candidates:
            self.has_candidates.add(id(sighting))
        role = mention_role(mention)
        if len(candidates) > 1 and role:
            candidates = [c for c in candidates if role in _roles_of(c)]
        return candidates[0] if len(candidates) == 1 else None

    def _candidates(self, record: Record, mention: Mention, sighting: Sighting) -> list[Cluster]:
        name = sighting.parsed
        roots = self._families.around(record, name.surnames, self._firm)
        if name.is_nameless_child:
            return _children_who_fit(sighting, record.day, self._families.members(roots))
        sex = name.sex or _SEX.get(mention_role(mention), "")
        grown = name.is_adult or mention_role(mention) in ADULT_ROLES
        return [
            cluster
            for cluster in self._fitting(name, roots)
            if not _opposed(sex, self._sex[cluster.number])
            and not (grown and is_child(cluster, record.day))
        ]

    def _fitting(self, name: ParsedName, roots: tuple[int, ...]) -> list[Cluster]:
        key = (name.written, roots)
        if key not in self._fits:
            self._fits[key] = _best_fits(name, self._families.members(roots))
        return self._fits[key]


def _is_placeable(mention: Mention, sighting: Sighting) -> bool:
    name = sighting.parsed
    if name.is_group or sighting.is_worker or is_role_only(mention):
        return False
    alone = len(name.surname) < 2 and bool(mention.role) and not role_of(mention.role)
    return not alone and bool(name.forenames or name.surnames or name.is_unborn)


def _best_fits(name: ParsedName, around: list[Cluster]) -> list[Cluster]:
    """Those whose name it fits; a misspelling is looked for only where nobody has the name."""
    fitting = [c for c in around if any(_fits_name(name, s.parsed) for s in c.names)]
    exact = [c for c in fitting if any(_has_forename(name, s.parsed) for s in c.names)]
    return exact or fitting


def _has_forename(name: ParsedName, known: ParsedName) -> bool:
    return likeness(name, known).forename >= Like.FORM


def _fits_name(name: ParsedName, known: ParsedName) -> bool:
    """Whether what is written of a name is that name: a forename, initials, or a title."""
    like = likeness(name, known)
    if like.forename >= Like.SPELLING:
        return like.surname is not Like.DIFFERENT
    if like.forename is Like.INITIAL:
        return like.surname >= Like.INITIAL
    return like.forename is Like.UNKNOWN and like.surname >= Like.SPELLING and bool(name.title)


def _children_who_fit(sighting: Sighting, day: date | None, around: list[Cluster]) -> list[Cluster]:
    """The children born when a record of a child without a name leads one to expect."""
    name = sighting.parsed
    if sighting.born:
        return [c for c in around if sighting.born in c.births]
    if day is None or not _family_bears(name, around):
        return []
    child = Sighting.of_day(name, day)
    return [
        c
        for c in around
        if c.births
        and any(fits_nameless(child, born) for born in c.births)
        and (not name.forename or any(s.parsed.forename[:1] == name.forename for s in c.members))
    ]


def _family_bears(name: ParsedName, around: list[Cluster]) -> bool:
    return not name.surname or any(name.surname in c.surnames for c in around)


def _roles_of(cluster: Cluster) -> frozenset[str]:
    return frozenset(role_of(role) for s in cluster.members for role in s.roles) - {""}


def _sex_of(cluster: Cluster) -> str:
    """What titles and roles tell of the sex; "" where they tell nothing or both."""
    told = {s.parsed.sex for s in cluster.members} | {
        _SEX.get(role, "") for role in _roles_of(cluster)
    }
    told.discard("")
    return told.pop() if len(told) == 1 else ""


def _opposed(a: str, b: str) -> bool:
    return bool(a) and bool(b) and a != b


def _unplaced_subjects(
    records: Sequence[Record], placed: Places, doubtful: set[int]
) -> list[Sighting]:
    """Those a record is about whom nobody known can be."""
    found = {
        id(sighting): sighting
        for record in records
        for mention, sighting in record.subjects
        if mention not in placed[record.id]
        and id(sighting) not in doubtful
        and not is_role_only(mention)
    }
    return list(found.values())


def _thin_persons(
    subjects: Iterable[Sighting], surnames: frozenset[str], number: int, parted: frozenset[str]
) -> Iterator[Cluster]:
    """Subjects known by a first name or the like, one person for each; a parted name by itself."""
    groups: dict[tuple[object, ...], list[Sighting]] = defaultdict(list)
    for sighting in subjects:
        name = sighting.parsed
        if _is_somebody(sighting, surnames):
            own = sighting.key.name if sighting.key.name in parted else ""
            key = (own, name.forenames, name.surnames, name.sex, name.is_unborn, name.is_baby)
            groups[key].append(sighting)
    for group in groups.values():
        cluster = Cluster(number, group)
        cluster.reasons[_THIN.format(cluster.members[0].key.name)] = None
        number += 1
        yield cluster


_THIN = "Known only as '{}'; taken for one person because no record tells two of that name apart."


def _is_somebody(sighting: Sighting, surnames: frozenset[str]) -> bool:
    """Whether a thin name is a person's: not a group, nor a surname alone."""
    name = sighting.parsed
    if name.is_group or sighting.is_worker:
        return False
    if name.is_nameless_child:
        return bool(name.surnames) and _within_a_pregnancy(sighting)
    if not name.surnames:
        return bool(name.forenames) and name.forename not in surnames
    return bool(name.forenames or name.title)


def _within_a_pregnancy(sighting: Sighting) -> bool:
    first, last = sighting.first, sighting.last
    return first is None or last is None or last - first <= timedelta(days=400)
