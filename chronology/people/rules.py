"""The reasons for which two sightings are taken for one person, strongest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from chronology.identifiers import KIND_LABELS
from chronology.names import Like, Likeness, births_close, likeness
from chronology.names.tables import name_groups
from chronology.people.clusters import Cluster, Clusters, Join
from chronology.people.sightings import Record, Sighting, distinct

#: Rank by the weaker half of a name; see Join.
_RANK = {Like.SAME: 4, Like.FORM: 3, Like.SPELLING: 2, Like.INITIAL: 1, Like.UNKNOWN: 0}


def join_sightings(clusters: Clusters, records: Iterable[Record]) -> None:
    """Joins all that can be joined, from numbers to names alone."""
    links = _SurnameLinks(records, clusters)
    clusters.join_all(_blocks(clusters, _by_number), _same_number)
    clusters.join_all(_blocks(clusters, _by_birth), lambda a, b: _same_birth(a, b, links))
    clusters.join_all(_blocks(clusters, _by_name), _close_birth)
    clusters.join_all(_blocks(clusters, _by_name), _same_name)
    clusters.join_all(_blocks(clusters, _by_birth), lambda a, b: _same_birth(a, b, links))
    clusters.join_ruled()
    clusters.let_go_of_thin()


def best_likeness(a: Cluster, b: Cluster) -> tuple[Likeness, Sighting, Sighting]:
    """The two names of the clusters that are most alike."""
    pairs = [(likeness(x.parsed, y.parsed), x, y) for x in a.names for y in b.names]
    return max(pairs, key=lambda p: (min(p[0].forename, p[0].surname), p[0].forename, p[0].surname))


def _blocks(
    clusters: Clusters, keys_of: Callable[[Cluster], Iterable[object]]
) -> list[list[Cluster]]:
    found: dict[object, list[Cluster]] = defaultdict(list)
    for cluster in clusters.living():
        for key in dict.fromkeys(keys_of(cluster)):
            found[key].append(cluster)
    return [block for block in found.values() if len(block) > 1]


def _by_number(cluster: Cluster) -> Iterable[object]:
    return sorted(cluster.numbers)


def _by_birth(cluster: Cluster) -> Iterable[object]:
    return [] if cluster.is_worker else sorted(cluster.births)


def _by_name(cluster: Cluster) -> Iterator[object]:
    """Keys that names of one person share: surname with forename, its forms, or its start."""
    for sighting in cluster.members:
        name = sighting.parsed
        if not name.is_full:
            continue
        if name.label:
            yield name.label
            continue
        for first, last in _orders(sighting):
            yield (first, last, "whole")
            if cluster.is_worker:
                continue
            yield (last, first[:1])
            yield (first, last[:2])
            for group in sorted(name_groups().get(first, ())):
                yield (last, "form of", group)


def _orders(sighting: Sighting) -> Iterator[tuple[str, str]]:
    name = sighting.parsed
    for surname in name.surnames:
        for part in dict.fromkeys((surname, *surname.split())):
            yield name.forename, part
    if not name.ordered:
        yield name.surname, name.forename


def _same_number(a: Cluster, b: Cluster) -> Join | None:
    shared = sorted(a.numbers & b.numbers)
    if not shared:
        return None
    like, x, y = best_likeness(a, b)
    if not like.is_possible or (like.surname is Like.DIFFERENT and like.forename < Like.SPELLING):
        return None
    if like.forename is Like.UNKNOWN and not (a.is_nameless or b.is_nameless):
        return None
    label = KIND_LABELS[shared[0][0]]
    rank = _RANK[like.forename]
    return Join(rank, f"{_named(x, y)} have the same {label} ending {shared[0][2][-3:]}.")


def _same_birth(a: Cluster, b: Cluster, links: _SurnameLinks) -> Join | None:
    shared = sorted(a.births & b.births)
    if not shared:
        return None
    like, x, y = best_likeness(a, b)
    if not like.is_possible:
        return None
    surname = like.surname
    if surname is Like.DIFFERENT:
        if not links.are_linked(a, b) or like.forename not in (Like.SAME, Like.FORM, Like.UNKNOWN):
            return None
        surname = Like.SPELLING
    if surname < Like.SPELLING and like.forename < Like.SPELLING and surname is not like.forename:
        return None
    if like.forename is Like.UNKNOWN and not (a.is_nameless or b.is_nameless):
        return None
    rank = min(_RANK[like.forename], max(_RANK[surname], 2))
    return Join(rank, f"{_named(x, y)} {_how(like)} the same date of birth.")


def _close_birth(a: Cluster, b: Cluster) -> Join | None:
    """The same full name, and dates of birth that differ by a slip of the pen."""
    pairs = [(x, y) for x in sorted(a.births) for y in sorted(b.births) if births_close(x, y)]
    if not pairs:
        return None
    like, x, y = best_likeness(a, b)
    if min(like.forename, like.surname) < Like.FORM:
        return None
    return Join(
        3,
        f"{_named(x, y)} have the same name and dates of birth that differ only by exchanged"
        " digits or by day and month.",
    )


def _same_name(a: Cluster, b: Cluster) -> Join | None:
    """The same full name, where at least one record gives no date of birth."""
    if a.births and b.births:
        return None
    like, x, y = best_likeness(a, b)
    if not like.is_full or not (x.parsed.is_full and y.parsed.is_full):
        return None
    if (a.is_worker or b.is_worker) and min(like.forename, like.surname) < Like.SAME:
        return None
    rank = min(_RANK[like.forename], _RANK[like.surname])
    return Join(rank, f"{_named(x, y)} {_how(like)} no date of birth that tells them apart.")


def _named(x: Sighting, y: Sighting) -> str:
    one, other = sorted((x.key.name, y.key.name))
    return f"'{one}' in two records" if one == other else f"'{one}' and '{other}'"


def _how(like: Likeness) -> str:
    weaker = min(like.forename, like.surname)
    if like.forename is Like.UNKNOWN:
        return "can be one child and have"
    if like.surname is Like.DIFFERENT:
        return "have one forename, surnames of one family, and"
    return {
        Like.SAME: "have the same name and",
        Like.FORM: "are forms of one name and have",
        Like.SPELLING: "are spelt alike and have",
    }.get(weaker, "agree as far as they are written and have")


class _SurnameLinks:
    """Surnames that belong to one family: borne by one person, or named in one record."""

    def __init__(self, records: Iterable[Record], clusters: Clusters) -> None:
        self._root: dict[str, str] = {}
        for cluster in clusters.living():
            self._link(sorted(cluster.surnames))
        for record in distinct(records):
            named = [s for listed in record.lists for _, s in listed if not s.is_worker]
            surnames = [n for s in named for n in s.parsed.surnames if len(n) > 1]
            self._link(list(dict.fromkeys(surnames)))

    def are_linked(self, a: Cluster, b: Cluster) -> bool:
        """Whether a surname of the one and a surname of the other belong to one family."""
        mine = {self._find(surname) for surname in a.surnames}
        return any(self._find(surname) in mine for surname in b.surnames)

    def _find(self, surname: str) -> str:
        while self._root.get(surname, surname) != surname:
            surname = self._root[surname]
        return surname

    def _link(self, surnames: list[str]) -> None:
        for one, other in pairwise(surnames):
            low, high = sorted((self._find(one), self._find(other)))
            self._root[high] = low
