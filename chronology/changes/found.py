"""What is found when two chronologies of one case are compared."""

from __future__ import annotations

from dataclasses import dataclass

#: What can become of entries.
KINDS = ("new", "changed", "merged", "split", "rearranged", "withdrawn")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as a document holds it: ISO days, or None for an open side."""

    start: str | None
    end: str | None
    time: str | None
    precision: str
    written: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is told otherwise now."""

    name: str
    before: str | Moment
    after: str | Moment


@dataclass(frozen=True, slots=True)
class Record:
    """An account, told so briefly that it can be known again."""

    id: str
    agency: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Amended:
    """A record that stayed but says something else now."""

    record: Record
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as one of the two documents has it."""

    id: str
    #: Where it stood in that document, from 1.
    number: int
    when: Moment
    agencies: tuple[str, ...]
    summary: str
    accounts: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of one entry, or of several whose records went from one to another."""

    kind: str
    before: tuple[Told, ...]
    after: tuple[Told, ...]
    fields: tuple[Field, ...] = ()
    came: tuple[Record, ...] = ()
    went: tuple[Record, ...] = ()
    amended: tuple[Amended, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTold:
    """An input: its name, what it is, how many of its rows were read; ``refused`` says why not."""

    file: str
    agency: str
    rows_read: int
    refused: str


@dataclass(frozen=True, slots=True)
class LeftOutTold:
    """A row in no entry."""

    place: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class AgencyTold:
    """A record that a later export of its agency tells otherwise, and in which words that is so."""

    record: Record
    when: Moment
    why: str


@dataclass(frozen=True, slots=True)
class LinkTold:
    """A link as one of the two documents has it: the earlier record, the later, how it stands."""

    earlier: Record
    later: Record
    #: The dates of the entries that the two stand in.
    earlier_when: Moment
    later_when: Moment
    kind: str
    days: int
    is_weak: bool
    confirmed: str


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that came or went, one side being None; or that is another one now."""

    before: LinkTold | None
    after: LinkTold | None


@dataclass(frozen=True, slots=True)
class Balance:
    """How many there were and are; ``before - went + came = after``, always."""

    what: str
    before: int
    went: int
    came: int
    after: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is not as it was, and how much is."""

    title: str
    marking: str
    prepared_before: str
    prepared_after: str
    entries: tuple[EntryChange, ...]
    unchanged: int
    #: Sentences on the entries that were not there before, and those that hold no more.
    decided: tuple[str, ...]
    no_longer_decided: tuple[str, ...]
    new_sources: tuple[SourceTold, ...]
    gone_sources: tuple[SourceTold, ...]
    newly_left_out: tuple[LeftOutTold, ...]
    no_longer_left_out: tuple[LeftOutTold, ...]
    #: Records that a later export no longer has, or words otherwise, and that were not so before.
    withdrawn_by_agency: tuple[AgencyTold, ...]
    amended_by_agency: tuple[AgencyTold, ...]
    balances: tuple[Balance, ...]
    #: Links that came, went, or lead to another entry or say something else now.
    links: tuple[LinkChange, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether everything is as it was."""
        found = (self.entries, self.decided, self.no_longer_decided, self.new_sources)
        gone = (self.gone_sources, self.newly_left_out, self.no_longer_left_out)
        by_agency = self.withdrawn_by_agency or self.amended_by_agency or self.links
        moved = any(balance.went or balance.came for balance in self.balances)
        return not any(found) and not any(gone) and not by_agency and not moved

    def of(self, kind: str) -> tuple[EntryChange, ...]:
        """The changes of one kind, in the order of the chronology."""
        return tuple(change for change in self.entries if change.kind == kind)
