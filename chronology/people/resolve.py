"""Who is who: every mention in every record resolved to the persons of the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from chronology.account import AGENCY_LABELS, Account, Identifier, Mention
from chronology.identifiers import KIND_LABELS
from chronology.people.cast import Cast, Person, Placed
from chronology.people.clusters import Cluster, Clusters
from chronology.people.families import Places
from chronology.people.numbered import is_numbered
from chronology.people.placing import place_mentions
from chronology.people.ruled import NOTHING_RULED, PersonRulings
from chronology.people.rules import join_sightings
from chronology.people.sightings import Number, is_role_only, sightings


def resolve(
    accounts: Sequence[Account],
    rulings: PersonRulings = NOTHING_RULED,
    listed: Sequence[Mention] = (),
) -> Cast:
    """The persons of the case and who each mention is; does not depend on the accounts' order.

    What people ruled holds: names ruled one person are joined, those ruled different never are.
    ``listed`` are persons of lists that give numbers their names; they tell of no event.
    """
    records, seen = sightings(accounts, listed)
    joined = rulings.joined
    firm = [s for s in seen if s.is_firm or s.key.name in joined]
    clusters = Clusters(firm, records, rulings)
    join_sightings(clusters, records)
    places, thin = place_mentions(clusters, records)
    living = [c for c in (*clusters.living(), *thin) if not c.is_ambiguous]
    named = list(_named(places))
    ids = _numbered(living, named)
    names = _names(named)
    notes = _shared_number_notes(living)
    persons = tuple(
        _person(ids[c.number], c, names.get(c.number, Counter()), notes.get(c.number, ()))
        for c in sorted(living, key=lambda c: int(ids[c.number][1:]))
    )
    return Cast(persons, _of_accounts(places, ids))


def _of_accounts(places: Places, ids: Mapping[int, str]) -> Placed:
    """The places by person id; accounts go on sharing their tables."""
    tables = {id(table): table for table in places.values()}
    told = {at: {m: ids[c.number] for m, c in table.items()} for at, table in tables.items()}
    return Placed({account_id: told[id(table)] for account_id, table in places.items()})


#: A mention, who it is, and how many records name them so.
_Named = tuple[Mention, Cluster, int]


def _named(places: Places) -> Iterator[_Named]:
    times = Counter(map(id, places.values()))
    tables = {id(table): table for table in places.values()}
    for at, table in tables.items():
        for mention, cluster in table.items():
            yield mention, cluster, times[at]


def _numbered(living: Sequence[Cluster], named: Sequence[_Named]) -> dict[int, str]:
    """Ids "P1", "P2" ...: those the records are about first, the most often named first."""
    times: Counter[int] = Counter()
    for _, cluster, records in named:
        times[cluster.number] += records
    ordered = sorted(
        living,
        key=lambda c: (not c.as_subject, -times[c.number], _first_name(c), c.members[0].key),
    )
    return {cluster.number: f"P{at}" for at, cluster in enumerate(ordered, start=1)}


def _first_name(cluster: Cluster) -> str:
    return min(sighting.key.name for sighting in cluster.members)


def _names(named: Sequence[_Named]) -> dict[int, Counter[str]]:
    """Every name each person goes by, with how many records use it."""
    found: dict[int, Counter[str]] = {}
    for mention, cluster, records in named:
        if not is_role_only(mention):
            name = _name_of(mention, cluster)
            found.setdefault(cluster.number, Counter())[name] += records
    return found


def _name_of(mention: Mention, cluster: Cluster) -> str:
    """The name a mention gives; of a number alone the name that was found for it."""
    if is_numbered(mention.name):
        names = sorted(s.key.name for s in cluster.members if not is_numbered(s.key.name))
        if names:
            return names[0]
    return " ".join(mention.name.split())


def _person(
    person_id: str,
    cluster: Cluster,
    names: Counter[str],
    notes: Iterable[str],
) -> Person:
    roles: Counter[str] = Counter()
    identifiers: Counter[Identifier] = Counter()
    for sighting in cluster.members:
        roles.update(sighting.roles)
        identifiers.update(sighting.identifiers)
    return Person(
        person_id,
        _commonest(names) or (_first_name(cluster),),
        cluster.born,
        tuple(sorted(identifiers, key=lambda i: (-identifiers[i], i.kind, i.text))),
        _commonest(roles),
        tuple(dict.fromkeys((*_reasons(cluster), *notes))),
        is_subject=bool(cluster.as_subject),
    )


def _commonest(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))


def _reasons(cluster: Cluster) -> Iterator[str]:
    yield from _number_reasons(cluster)
    yield from sorted(cluster.reasons)
    yield from _former_names(cluster)
    yield from _births(cluster)


def _number_reasons(cluster: Cluster) -> Iterator[str]:
    """How many records of which agencies give the same national number."""
    for number in sorted(n for n in cluster.numbers if n[0] != "local"):
        bearers = [s for s in cluster.members if number in s.numbers]
        records = sum(s.records for s in bearers)
        agencies = sorted({AGENCY_LABELS[a] for s in bearers for a in s.agencies})
        if len(cluster.members) > 1 and records > 1:
            yield (
                f"Same {KIND_LABELS[number[0]]} ending {number[2][-3:]} in {records} records"
                f" ({', '.join(agencies)})."
            )


def _former_names(cluster: Cluster) -> Iterator[str]:
    for sighting in cluster.members:
        for surname in sighting.parsed.surnames[1:]:
            yield f"Another surname, {surname.upper()}, is given in {sighting.first_source}."


def _births(cluster: Cluster) -> Iterator[str]:
    """The dates of birth that do not agree, with how many records give each."""
    if len(cluster.births) < 2:
        return
    counts: Counter[date] = Counter()
    for sighting in cluster.members:
        if sighting.born:
            counts[sighting.born] += sighting.records
    told = "; ".join(
        f"{born:%d/%m/%Y} in {count} record{'s' if count > 1 else ''}"
        for born, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    yield f"The records do not agree on the date of birth: {told}. Check it with the agencies."


def _shared_number_notes(living: Sequence[Cluster]) -> dict[int, tuple[str, ...]]:
    """What does not fit: one number on records of persons whose names differ."""
    bearers: dict[Number, list[Cluster]] = {}
    for cluster in sorted(living, key=lambda c: c.number):
        for number in sorted(cluster.numbers):
            bearers.setdefault(number, []).append(cluster)
    notes: dict[int, list[str]] = {}
    for number, clusters in bearers.items():
        if len(clusters) < 2:
            continue
        names = sorted(_first_name(cluster) for cluster in clusters)
        sentence = (
            f"{KIND_LABELS[number[0]]} ending {number[2][-3:]} stands on records of"
            f" {', '.join(names)}. They were not taken for one person."
        )
        for cluster in clusters:
            notes.setdefault(cluster.number, []).append(sentence)
    return {number: tuple(dict.fromkeys(found)) for number, found in notes.items()}
