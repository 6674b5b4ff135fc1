"""What people ruled about names: which are one person, and which are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chronology.decisions import Decision, Pair, pair_of

#: What stands between the two names in the value of a decision about persons.
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class PersonRulings:
    """Pairs of names as they are written, blanks run together."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()

    @property
    def joined(self) -> frozenset[str]:
        """Every name that was ruled one person with another."""
        return frozenset(name for pair in self.same for name in pair)

    @property
    def parted(self) -> frozenset[str]:
        """Every name that was ruled another person than another."""
        return frozenset(name for pair in self.different for name in pair)

    def part(self, ones: Iterable[str], others: Iterable[str]) -> bool:
        """Whether one of these names was ruled another person than one of those."""
        if not self.different:
            return False
        names = tuple(others)
        return any(pair_of(one, other) in self.different for one in ones for other in names)


#: Nobody has ruled anything about names.
NOTHING_RULED = PersonRulings()


def person_rulings(decisions: Iterable[Decision]) -> PersonRulings:
    """What these decisions say of names; of two about one pair, the later that holds."""
    ruled: dict[Pair, str] = {}
    for made in sorted(decisions, key=lambda d: d.seq):
        names = [" ".join(name.split()) for name in made.value.split(BETWEEN)]
        is_about_names = made.kind in ("persons_same", "persons_different")
        if is_about_names and made.undone_by is None and len(names) == 2 and names[0] != names[1]:
            ruled[pair_of(names[0], names[1])] = made.kind
    return PersonRulings(
        same=frozenset(pair for pair, kind in ruled.items() if kind == "persons_same"),
        different=frozenset(pair for pair, kind in ruled.items() if kind == "persons_different"),
    )
