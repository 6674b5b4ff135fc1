"""Files that name nobody whom the other files of a case name: perhaps another family's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chronology.account import Account
from chronology.people.cast import Cast

#: Names shown of a file; more would say no more.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file with whom it names, none of whom the larger part of the case knows."""

    file: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        named = ", ".join(self.names[:SHOWN])
        more = len(self.names) - SHOWN
        return (
            f"{self.file} names nobody whom the other files name ({named}"
            f"{f' and {more} more' if more > 0 else ''}). Check that it belongs to this case. All "
            "its rows are in."
        )


def strangers(accounts: Sequence[Account], cast: Cast) -> tuple[Stranger, ...]:
    """The files apart from the largest group of files that have persons in common, by name."""
    rows: defaultdict[str, int] = defaultdict(int)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for account in accounts:
        found = cast.subjects_of(account) | cast.relatives_of(account)
        if found:
            rows[account.source.file] += 1
            named[account.source.file] |= found
    groups = _groups(named)
    if len(groups) < 2:
        return ()
    main = max(groups, key=lambda g: (sum(rows[file] for file in g), len(g), g))
    name_of = {person.id: person.names[0] for person in cast.persons if person.names}
    apart = sorted(file for group in groups if group is not main for file in group)
    return tuple(Stranger(file, _names(named[file], name_of)) for file in apart)


def _names(persons: Iterable[str], name_of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name_of[person] for person in persons if person in name_of))


def _groups(named: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """The files by whom they have in common, also through a third file."""
    groups: list[tuple[set[str], set[str]]] = []
    for file in sorted(named):
        files, persons = {file}, set(named[file])
        apart = []
        for one in groups:
            if one[1] & persons:
                files |= one[0]
                persons |= one[1]
            else:
                apart.append(one)
        groups = [*apart, (files, persons)]
    return [tuple(sorted(files)) for files, _ in groups]
