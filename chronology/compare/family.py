"""What the rules know of a family's records, beside which two of them are seen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from chronology.kinds import Likelihoods
from chronology.understand import Rarity, Understanding, rarity


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know of the records of a family, beside which two are seen."""

    words: Rarity
    acts: Rarity
    #: Person ids each account is about.
    subjects: Mapping[str, frozenset[str]]
    #: How many of these records fall on each day, by ordinal.
    crowd: Mapping[int, int]
    #: How telling each word of a name is among these records.
    name_words: Rarity
    #: How telling the words of places are.
    place_words: Rarity
    #: How common each kind of occurrence is among all records.
    usual_kinds: Likelihoods
    #: Words of names that each account uses, and the weight of all its words, by id; of accounts
    #: that may be of another family, worked out when first asked.
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)

    def names_of(self, u: Understanding) -> frozenset[str]:
        """The words of names that one account uses."""
        known = self.names.get(u.id)
        if known is None:
            known = self.names[u.id] = _names_in(u, self.name_words.weights.keys())
        return known

    def length_of(self, u: Understanding) -> float:
        """The weight of all words of one account among these records."""
        known = self.lengths.get(u.id)
        if known is None:
            known = self.lengths[u.id] = math.sqrt(self.words.squared(u.words)) or 1.0
        return known


def context(
    understood: Sequence[Understanding],
    subjects: Mapping[str, frozenset[str]],
    usual_kinds: Likelihoods,
) -> Context:
    """What the rules need to know of these records; ``subjects`` may be those of more accounts."""
    known = frozenset(word for u in understood for word in u.names)
    names = {u.id: _names_in(u, known) for u in understood}
    return Context(
        words=rarity([u.words for u in understood]),
        acts=rarity([u.acts for u in understood]),
        subjects=subjects,
        crowd=Counter(u.first for u in understood if u.first),
        name_words=rarity(list(names.values())),
        place_words=rarity([u.place for u in understood]),
        usual_kinds=usual_kinds,
        names=names,
    )


def _names_in(u: Understanding, known: AbstractSet[str]) -> frozenset[str]:
    return u.names.union(known & u.speaks_of)
