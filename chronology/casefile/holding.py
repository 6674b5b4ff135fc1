"""What a case holds, what comes, and what became of it, as they are laid beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from chronology.account import Account, Agency

#: Where a row stands in its file: sheet, row, part.
Row = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A record of the case as it stands: what it says now and which kinds of export had it."""

    record: int
    number: int
    wording: int
    account: Account
    status: str
    feeds: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Feed:
    """The exports of one table of one sender, as far as they came; the latest names it."""

    number: int
    latest: int
    file: str
    agency: Agency
    headings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that a new export is laid beside."""

    records: tuple[Held, ...]
    feeds: tuple[Feed, ...]
    #: Id without its copy number -> records that had it in an earlier wording and no longer.
    earlier: dict[str, tuple[int, ...]] = field(default_factory=dict)
    #: For each export its feed and the ids, without copy numbers, of its rows.
    exports: tuple[tuple[int, Counter[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it comes: its name, its headings, its records."""

    file: str
    agency: Agency
    headings: frozenset[str]
    accounts: tuple[Account, ...]
    #: Whether somebody says now how it is to be read.
    is_stated: bool = False
    #: Where the case has this very file already, read otherwise or by an older program: for each
    #: row (sheet, row, part) the record it told and in which wording.
    rows: Mapping[Row, tuple[int, int]] = field(default_factory=dict)
    #: The feed that the earlier reading belongs to; 0 where there was none.
    feed: int = 0

    @property
    def is_there(self) -> bool:
        """Whether the case has this very file already."""
        return self.feed > 0


@dataclass(slots=True)
class Arrival:
    """What becomes of each record, and of the records that are missing."""

    #: The feed that the file belongs to; None for a table that comes for the first time.
    feed: Feed | None = None
    #: The account as it came, and the record it is a row of again.
    again: list[tuple[Account, Held]] = field(default_factory=list)
    changed: list[tuple[Account, Held]] = field(default_factory=list)
    #: Says what the record says, and was read otherwise before: by another mapping, an older
    #: program.
    reread: list[tuple[Account, Held]] = field(default_factory=list)
    #: The very row of the record, read otherwise now, so that it says something else.
    corrected: list[tuple[Account, Held]] = field(default_factory=list)
    new: list[Account] = field(default_factory=list)
    withdrawn: list[Held] = field(default_factory=list)
    #: Whether the file is an earlier export again, row by row.
    is_repeat: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def known(self) -> list[tuple[Account, Held]]:
        """Rows whose record the case holds."""
        return [*self.again, *self.changed, *self.reread, *self.corrected]

    @property
    def is_nothing(self) -> bool:
        """Whether it leaves the case as it was."""
        brought = (self.new, self.changed, self.reread, self.corrected, self.withdrawn)
        return not any(brought)
