"""Who belongs together: persons whom one record names, or who bear one surname."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from chronology.account import Mention
from chronology.people.clusters import Cluster
from chronology.people.sightings import Record

#: The share of records about one family that makes a file, or the case, one of this family.
_NEARLY_ALL = 0.8
#: The share of a file's records that must name somebody before the file goes before the case.
_ENOUGH = 0.5

#: account id -> mention -> whose it is; accounts whose mentions are placed alike share one table.
Places = Mapping[str, Mapping[Mention, Cluster]]


class Families:
    """The persons of the case in groups that have anything to do with each other."""

    def __init__(
        self, clusters: Iterable[Cluster], records: Sequence[Record], placed: Places
    ) -> None:
        self._root: dict[int, int] = {}
        family = [c for c in clusters if not c.is_worker and not c.is_ambiguous]
        self._by_surname: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in family:
            for surname in sorted(cluster.surnames):
                self._by_surname[surname].append(cluster)
        for namesakes in self._by_surname.values():
            self._join(namesakes)
        for record in placed_apart(records, placed):
            self._join(persons_of(record, placed))
        self._members: dict[int, list[Cluster]] = defaultdict(list)
        for cluster in family:
            self._members[self._find(cluster.number)].append(cluster)
        self._main = self._main_family()
        self._main_of = self._main_of_files(records, placed)

    def members(self, roots: Sequence[int]) -> list[Cluster]:
        """Everybody in these families."""
        return [cluster for root in roots for cluster in self._members[root]]

    def around(self, record: Record, surnames: Sequence[str], placed: Places) -> tuple[int, ...]:
        """The families in which a thin mention of this record is looked for.

        The families of the persons the record names; without any, those of the surname; without
        one, the family that the file is about.
        """
        near = persons_of(record, placed)
        if not near:
            near = [c for surname in surnames for c in self._by_surname.get(surname, ())]
        roots = dict.fromkeys(self._find(c.number) for c in near)
        if not roots and not any(len(s) > 1 for s in surnames):
            return tuple(self._main_of.get(record.file, self._main))
        return tuple(roots)

    def _main_family(self) -> list[int]:
        """The family that nearly all records are about; none where several are."""
        groups = self._members.items()
        return _nearly_all({root: sum(c.as_subject for c in group) for root, group in groups})

    def _main_of_files(self, records: Sequence[Record], placed: Places) -> dict[str, list[int]]:
        """For each file the family it is about, whatever stands in other files.

        A file that says of few records whom they are about is about the case's family, if it has
        one.
        """
        rows = Counter(record.file for record in records)
        about: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for record in records:
            places = placed[record.id]
            told = {self._find(places[m].number) for m, _ in record.subjects if m in places}
            about[record.file].update(told)
        return {
            file: _nearly_all(told)
            for file, told in about.items()
            if told and (not self._main or told.total() >= _ENOUGH * rows[file])
        }

    def _find(self, number: int) -> int:
        while self._root.get(number, number) != number:
            number = self._root[number]
        return number

    def _join(self, together: Sequence[Cluster]) -> None:
        for other in together[1:]:
            low, high = sorted((self._find(together[0].number), self._find(other.number)))
            self._root[high] = low


def _nearly_all(records: Mapping[int, int]) -> list[int]:
    most = sum(records.values()) * _NEARLY_ALL
    return [root for root, count in records.items() if count and count >= most]


def persons_of(record: Record, placed: Places) -> list[Cluster]:
    """The persons of the family whom a record is known to name."""
    places = placed[record.id]
    found = (places.get(m) for listed in record.lists for m, _ in listed)
    return [cluster for cluster in found if cluster and not cluster.is_worker]


def placed_apart(records: Iterable[Record], placed: Places) -> Iterator[Record]:
    """One record of all that share their lists and whose mentions are placed alike."""
    met: set[tuple[int, int, int]] = set()
    for record in records:
        said = (id(record.subjects), id(record.people), id(placed[record.id]))
        if said not in met:
            met.add(said)
            yield record
