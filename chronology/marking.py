"""What people decided, put beside the entries it belongs to; no record is changed by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from chronology.account import Account
from chronology.case import Chronology
from chronology.dates import iso_in_words
from chronology.decisions import BESIDE, LINKING, RULING, Decision
from chronology.merge import Parted

#: Ids of earlier versions of records -> the ids those records have now.
Moved = Mapping[str, str]
NOT_MOVED: Moved = MappingProxyType({})

#: What is said of two records that were ruled on, where they stand as ruled.
_AS_RULED = {"same": "Ruled the same", "different": "Ruled different", "unsure": "Left open"}
#: What a mark is called in a sentence about it.
_MARK_NAMES = {
    "date": "date",
    "wording": "wording",
    "significant": "mark of significance",
    "analysis": "analysis",
    "third_party": "mark 'third party'",
    "restricted": "mark 'restricted'",
}


def with_marks(
    chronology: Chronology, decisions: Sequence[Decision], moved: Moved = NOT_MOVED
) -> Chronology:
    """The chronology with every decision that holds shown on the entries it is about.

    A mark follows the entry that holds most of the accounts it was made for.
    """
    standing = _Standing(chronology, moved)
    #: Lines at each entry, and whether they tell of a ruling.
    lines: dict[int, dict[str, bool]] = {}
    joined: set[int] = set()
    marks: dict[int, list[Decision]] = {}
    for decision in _live(decisions):
        if decision.kind in BESIDE and (home := standing.home(decision)) is not None:
            marks.setdefault(home, []).append(decision)
        for at, line in standing.lines(decision):
            lines.setdefault(at, {})[line] = decision.kind in (*RULING, *LINKING)
        if decision.kind == "same" and (one := standing.within(decision)) is not None:
            joined.add(one)
    for parted in chronology.parted:
        for at, line in standing.lines_parted(parted):
            lines.setdefault(at, {})[line] = True
    entries = tuple(
        replace(
            entry,
            decided=tuple(lines.get(at, ())),
            ruled=tuple(line for line, is_ruling in lines.get(at, {}).items() if is_ruling),
            is_ruled_one=at in joined,
            marks=tuple(marks.get(at, ())),
        )
        for at, entry in enumerate(chronology.entries)
    )
    return replace(chronology, entries=entries, decisions=standing.moved_on(decisions))


def partings(chronology: Chronology, known: Collection[Parted] = ()) -> tuple[str, ...]:
    """What rulings took apart, in words, but what is known already."""
    standing = _Standing(chronology, NOT_MOVED)
    return tuple(
        f"{standing.named([parted.left])} no longer stands in one entry with"
        f" {standing.named([parted.stays])}: it {standing.why_parted(parted)}"
        for parted in chronology.parted
        if parted not in known
    )


def without_a_record(
    ids: Iterable[str], decisions: Sequence[Decision], moved: Moved = NOT_MOVED
) -> tuple[Decision, ...]:
    """Rulings and marks that hold but are about none of the records with these ids."""
    there = frozenset(ids)
    about = (d for d in _live(decisions) if d.kind in (*BESIDE, *RULING, *LINKING))
    return tuple(d for d in about if not any(moved.get(one, one) in there for one in d.accounts))


def said_by(decision: Decision) -> str:
    """Who decided and when: ``A. Worker on 3 May 2024``."""
    return f"{decision.who} on {iso_in_words(decision.at[:10])}" if decision.at else decision.who


class _Standing:
    """Where every account stands, by the ids decisions know it by."""

    def __init__(self, chronology: Chronology, moved: Moved) -> None:
        told = [(at, a) for at, entry in enumerate(chronology.entries) for a in entry.accounts]
        self.sizes = tuple(len(entry.accounts) for entry in chronology.entries)
        self.moved = moved
        self.entry_of = {account.id: at for at, account in told}
        self.account_of = {account.id: account for _, account in told}

    def ids(self, decision: Decision) -> tuple[str, ...]:
        """The accounts it is about, as they are called now."""
        return tuple(dict.fromkeys(self.moved.get(one, one) for one in decision.accounts))

    def moved_on(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Those about records that hold; of one entered by hand, its record says what."""
        return tuple(
            replace(
                made, accounts=self.ids(made), value="" if made.kind == "manual" else made.value
            )
            for made in _live(decisions)
            if made.kind in (*BESIDE, *RULING, *LINKING, "manual")
        )

    def home(self, decision: Decision) -> int | None:
        """The entry that holds most of its accounts; of equals, that of the first named."""
        held = [self.entry_of[one] for one in self.ids(decision) if one in self.entry_of]
        return Counter(held).most_common(1)[0][0] if held else None

    def within(self, decision: Decision) -> int | None:
        """The entry that holds all of its accounts, if one does."""
        places = {self.entry_of.get(one) for one in self.ids(decision)}
        return places.pop() if len(places) == 1 else None

    def lines(self, decision: Decision) -> list[tuple[int, str]]:
        """What is to be said of it, and at which entry."""
        if decision.kind in RULING:
            return self._of_a_ruling(decision)
        if decision.kind == "not_linked":
            return self._of_a_link_removed(decision)
        home = self.home(decision) if decision.kind in BESIDE else None
        return [] if home is None else self._of_a_mark(decision, home)

    def _of_a_ruling(self, decision: Decision) -> list[tuple[int, str]]:
        ids = self.ids(decision)
        ending = f"{said_by(decision)}{_because(decision)}"
        if (at := self.within(decision)) is not None:
            return [(at, self._together(decision, at, ids, ending))]
        return [
            (self.entry_of[one], f"{self._apart(decision, ids, one)} by {ending}")
            for one in ids
            if one in self.entry_of
        ]

    def lines_parted(self, parted: Parted) -> list[tuple[int, str]]:
        """At both entries: why they are not one."""
        why = self.why_parted(parted)
        left, stays = self.named([parted.left]), self.named([parted.stays])
        return [
            (self.entry_of[parted.left], f"Kept apart from {stays}: this {why}"),
            (self.entry_of[parted.stays], f"Kept apart from {left}: that {why}"),
        ]

    def why_parted(self, parted: Parted) -> str:
        """With which record the one that left, or one that goes with it, cannot be one, and why."""
        left, other = parted.between
        goes = "" if left == parted.left else f"goes with {self.named([left])}, which "
        return f"{goes}cannot be one with {self.named([other])}. {parted.why}"

    def _of_a_link_removed(self, decision: Decision) -> list[tuple[int, str]]:
        """At both entries: a link that is shown no more leaves no other trace of who removed it."""
        ids = self.ids(decision)
        there = [one for one in ids if one in self.entry_of]
        if len(there) < 2 or self.within(decision) is not None:
            return []
        ending = f"{said_by(decision)}{_because(decision)}"
        return [
            (self.entry_of[one], f"Not linked with {self.named([other])}, as ruled by {ending}")
            for one, other in zip(there, reversed(there), strict=True)
        ]

    def _together(self, decision: Decision, at: int, ids: Sequence[str], ending: str) -> str:
        ruled = _AS_RULED[decision.kind]
        if decision.kind == "different":
            ruled = f"Please check: {self.named(ids)} stand here together though ruled different"
        elif self.sizes[at] > len(ids):
            ruled += f" ({self.named(ids)})"
        return f"{ruled} by {ending}"

    def _apart(self, decision: Decision, ids: Sequence[str], one: str) -> str:
        others = [other for other in ids if other != one]
        gone = [other for other in others if other not in self.entry_of]
        named = "a record that is no longer here" if gone else self.named(others)
        if decision.kind == "same":
            return f"{'' if gone else 'Please check: '}Ruled the same as {named}"
        if decision.kind == "different":
            return f"Ruled different from {named}"
        return f"Left open whether the same as {named}"

    def _of_a_mark(self, decision: Decision, home: int) -> list[tuple[int, str]]:
        ids = self.ids(decision)
        kept = sum(self.entry_of.get(one) == home for one in ids)
        changes = (
            _counted(self.sizes[home] - kept, "has come to it since", "have come to it since"),
            _counted(len(ids) - kept, "stands here no more", "stand here no more"),
        )
        told = " and ".join(filter(None, changes))
        if not told:
            return []
        name = _MARK_NAMES[decision.kind]
        check = f"Please check the {name} set by {said_by(decision)}"
        return [(home, f"{check}: of the entry's accounts, {told}")]

    def named(self, ids: Sequence[str]) -> str:
        """Records as people know them."""
        return " and ".join(in_words(self.account_of[one]) for one in ids)


#: Letters of what a record says that name it in a sentence.
FIRST_WORDS = 50


def in_words(account: Account) -> str:
    """A record as people know it, then where it stands: agency, day, first words, file and row."""
    when = account.occurred
    day = iso_in_words(when.start.isoformat()) if when.is_exact and when.start else when.written
    said = " ".join(account.narrative.split()) or account.event_type_written
    short = said[:FIRST_WORDS].rsplit(" ", 1)[0] + " …" if len(said) > FIRST_WORDS else said
    told = (account.agency.label, day.strip(), f"“{short}”" if short else "")
    return f"{', '.join(filter(None, told))} ({account.source})"


def _live(decisions: Iterable[Decision]) -> list[Decision]:
    held = (decision for decision in decisions if decision.undone_by is None)
    return sorted(held, key=lambda decision: decision.seq)


def _because(decision: Decision) -> str:
    return f": {decision.reason}" if decision.reason else ""


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
