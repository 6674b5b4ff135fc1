"""Which accounts may be of one family, so that another family's records change nothing for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chronology.names import ParsedName, parse_name
from chronology.people import Cast
from chronology.understand import Understanding
from chronology.vocabulary import role_of

#: Whose an account is: () may be anybody's, (circle,) any family's of its circle, (circle, family)
#: that family's. A circle is all files that have a person or a name in common.
Home = tuple[str, ...]

#: Groups of fewer accounts than this may be a stray name of another, so they stay comparable.
FAMILY_OF_ITS_OWN = 20


#: Small groups, and large ones that have a name in common with them.
Tie = tuple[frozenset[str], frozenset[str]]


@lru_cache(maxsize=65536)
def wider_homes(home: Home) -> tuple[Home, ...]:
    """What a home lies within, the widest first and itself last."""
    return tuple(home[:depth] for depth in range(len(home) + 1))


def may_meet(one: Home, other: Home) -> bool:
    """Whether two accounts may be of one family."""
    return all(mine == theirs for mine, theirs in zip(one, other, strict=False))


def homes(understood: Sequence[Understanding], cast: Cast) -> dict[str, Home]:
    """Whose each account is, by account id.

    Persons named in one record belong together. A group of a few records may be a stray name of a
    larger family: it is of the one family that bears or speaks of its name, else of the one that
    its file is about. What fits several families may be of any of its circle; the records of a
    file that names nobody may be of any at all.
    """
    groups = _groups(understood, cast)
    large = frozenset(
        group
        for group, size in Counter(groups.values()).items()
        if size >= FAMILY_OF_ITS_OWN and not group.startswith(_UNPLACED)
    )
    large -= _alone(understood, cast, groups, large)
    ties = _ties(understood, cast, groups, large)
    tied = frozenset(group for small, families in ties if families for group in small)
    groups = {i: g for i, g in groups.items() if g in tied or not g.startswith(_UNPLACED)}
    known = _Known(
        large, _circles(understood, groups, ties), _namesakes(ties), _by_file(understood, groups)
    )
    only = known.only_home()
    return {u.id: known.home(groups.get(u.id), u.account.source.file) or only for u in understood}


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells whose an account is."""

    #: The groups that are families.
    large: frozenset[str]
    #: Group -> its circle.
    circles: Mapping[str, str]
    #: Small group -> the families that have a name in common with it.
    namesakes: Mapping[str, frozenset[str]]
    #: File -> the groups its records are about.
    of_file: Mapping[str, frozenset[str]]

    def home(self, group: str | None, file: str) -> Home:
        """Whose a record of a group and a file is; () where the file names nobody."""
        beside = self.of_file.get(file)
        if not beside:
            return ()
        circle = self.circles[min(beside)]
        if group in self.large:
            return (circle, group)
        bearing, near = self.namesakes.get(group or "", frozenset()), beside & self.large
        families = bearing & near or bearing | near
        return (circle, *families) if len(families) == 1 else (circle,)

    def only_home(self) -> Home:
        """The one family, or the one circle, that there is; () where there are several."""
        circles = frozenset(self.circles.values())
        if len(circles) != 1:
            return ()
        return (*circles, *self.large) if len(self.large) == 1 else (*circles,)


def _namesakes(ties: Sequence[Tie]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for small, families in ties:
        for group in small:
            found[group] |= families
    return {group: frozenset(families) for group, families in found.items()}


def _by_file(
    understood: Sequence[Understanding], groups: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for u in understood:
        if group := groups.get(u.id):
            found[u.account.source.file].add(group)
    return {file: frozenset(beside) for file, beside in found.items()}


def _groups(understood: Sequence[Understanding], cast: Cast) -> dict[str, str]:
    """For each account that names whom it is about, the group of persons named with them.

    Whom no record is about or gives a place in a family ("Ward sister") joins nobody.
    """
    kin = frozenset(p.id for p in cast.persons if p.is_subject or any(map(role_of, p.roles)))
    groups = _Joined()
    of_account: dict[str, str] = {}
    for u in understood:
        if subjects := cast.subjects_of(u.account):
            person = of_account[u.id] = min(subjects)
            for other in subjects | (cast.relatives_of(u.account) & kin):
                groups.join(person, other)
        elif name := _unplaced(u):
            of_account[u.id] = name
    return {account_id: groups.root(person) for account_id, person in of_account.items()}


def _unplaced(u: Understanding) -> str:
    """What stands for the subjects of a record where the names fit nobody, or several."""
    names = " ".join(sorted(m.name for m in u.account.subjects if m.name))
    return f"{_UNPLACED}{names}" if names else ""


#: Begins what stands for names that are nobody known.
_UNPLACED = "?"


def _ties(
    understood: Sequence[Understanding],
    cast: Cast,
    groups: Mapping[str, str],
    large: frozenset[str],
) -> list[Tie]:
    """Small groups, each time with the large ones that bear one name with them or speak of it."""
    if large.issuperset(groups.values()):
        return []
    bearers = _bearers(understood, cast, groups)
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    for u in understood:
        own = groups.get(u.id, "")
        for word in bearers.keys() & u.speaks_of if own else ():
            if own not in bearers[word] | speakers[word] and _writes_name(u, word):
                speakers[word].add(own)
    found = []
    for word, bearing in bearers.items():
        few, many = frozenset(bearing - large), frozenset(bearing & large)
        found.append((few, many | (speakers[word] & large)))
        found.append((few | (speakers[word] - large), many))
    return [(small, families) for small, families in found if small]


def _alone(
    understood: Sequence[Understanding],
    cast: Cast,
    groups: Mapping[str, str],
    large: frozenset[str],
) -> frozenset[str]:
    """Groups of one person with whom no record names another, though a family bears the surname."""
    persons: defaultdict[str, set[str]] = defaultdict(set)
    for u in understood:
        if (group := groups.get(u.id, "")) in large:
            persons[group] |= cast.subjects_of(u.account) | cast.relatives_of(u.account)
    words = {person.id: _telling_names(person.names) for person in cast.persons}
    bears = {group: {w for one in ids for w in words[one]} for group, ids in persons.items()}
    families = [bears[group] for group, ids in persons.items() if len(ids) > 1]
    return frozenset(
        group
        for group, ids in persons.items()
        if len(ids) == 1 and any(bears[group] & borne for borne in families)
    )


def _writes_name(u: Understanding, word: str) -> bool:
    """Whether a record writes a word as a name, with a capital ('Young', not 'young')."""
    told = "\n".join((u.account.narrative, u.account.outcome, *(m.name for m in u.account.people)))
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", told, re.IGNORECASE)
    return any(met.group()[0].isupper() for met in found)


def _bearers(
    understood: Sequence[Understanding], cast: Cast, groups: Mapping[str, str]
) -> dict[str, set[str]]:
    """For each surname, or forename where there is none, the groups whose persons bear it."""
    words = {person.id: _telling_names(person.names) for person in cast.persons}
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for u in understood:
        if group := groups.get(u.id):
            for person in cast.subjects_of(u.account) | cast.relatives_of(u.account):
                for word in words[person]:
                    bearers[word].add(group)
            if group.startswith(_UNPLACED):
                for word in _telling_names(tuple(m.name for m in u.account.subjects)):
                    bearers[word].add(group)
    return bearers


def _telling_names(names: Sequence[str]) -> frozenset[str]:
    parsed = map(parse_name, names)
    return frozenset(word for name in parsed for word in _telling_words(name) if len(word) > 2)


def _telling_words(name: ParsedName) -> Iterator[str]:
    yield from name.surnames
    if not name.ordered or max(map(len, name.surnames), default=0) < 3:
        yield from name.forenames[:1]


def _circles(
    understood: Sequence[Understanding], groups: Mapping[str, str], ties: Sequence[Tie]
) -> dict[str, str]:
    """For each group, the circle it is in: groups of one file, or tied by name, share theirs."""
    joined = _Joined()
    first: dict[str, str] = {}
    for u in understood:
        if group := groups.get(u.id):
            joined.join(first.setdefault(u.account.source.file, group), group)
    for small, families in ties:
        one, *others = sorted(small | families)
        for other in others:
            joined.join(one, other)
    return {group: joined.root(group) for group in groups.values()}


class _Joined:
    """Things joined into groups (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, item: str) -> str:
        """What stands for the group an item is in: the least of its names."""
        above = self._above.setdefault(item, item)
        while above != self._above[above]:
            above = self._above[item] = self._above[self._above[above]]
        return above

    def join(self, one: str, other: str) -> None:
        """Makes two groups one; the smaller name stands for it."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)
