"""What people decided about a case: the program proposes, they rule, and can undo it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Two account ids, the smaller first.
Pair = tuple[str, str]

#: Every kind of decision: code -> what it says of its accounts, for people.
KINDS: dict[str, str] = {
    "same": "tell of the same occurrence",
    "different": "tell of different occurrences",
    "unsure": "left open",
    "date": "date set for the entry",
    "wording": "wording set for the entry",
    "significant": "marked significant",
    "analysis": "analysis added",
    "third_party": "marked as about a third party",
    "restricted": "marked restricted",
    "manual": "entered by hand",
    "persons_same": "are one person",
    "persons_different": "are different persons",
    "dismissed": "file dismissed",
    "linked": "are occurrences of one incident",
    "not_linked": "are not linked",
}
#: The kinds that say whether two accounts belong together.
RULING = ("same", "different", "unsure")
#: The kinds that say whether the entries of two accounts are linked as one incident.
LINKING = ("linked", "not_linked")
#: The kinds that stand beside what an entry's accounts say, never in their place.
BESIDE = ("date", "wording", "significant", "analysis", "third_party", "restricted")
#: Of these, the kinds that say whether an entry may be passed on.
HANDLING = ("restricted", "third_party")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: who made it, when, why, and about which accounts.

    ``accounts`` are account ids: the two of a ruling or link, or all of the entry marked.
    ``value`` is what was set (a date, a wording); ``undone_by`` the number of the line of the log
    that undid it, or None while it holds.
    """

    seq: int
    kind: str
    accounts: tuple[str, ...]
    value: str
    who: str
    at: str
    reason: str = ""
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Rulings:
    """Which accounts people ruled to belong together or apart, and which links they ruled on."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    #: Left open on purpose: not asked again.
    unsure: frozenset[Pair] = frozenset()
    #: Pair -> why it is asked again although it was decided: its evidence changed since.
    to_confirm: Mapping[Pair, str] = field(default_factory=dict)
    #: Linked by people as one incident -> who says so, in words.
    linked: Mapping[Pair, str] = field(default_factory=dict)
    #: No link stands between the entries of these, whatever else.
    not_linked: frozenset[Pair] = frozenset()


#: Nobody has decided anything yet.
NO_RULINGS = Rulings()


def pair_of(a: str, b: str) -> Pair:
    """Two ids, the smaller first."""
    return (a, b) if a < b else (b, a)
