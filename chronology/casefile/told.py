"""What a case file answers with."""

from __future__ import annotations

from dataclasses import dataclass, field

from chronology.account import Account


@dataclass(frozen=True, slots=True)
class AddedFile:
    """What became of one file: ``rows = new + changed + unchanged + left_out``.

    ``withdrawn`` are records of earlier exports that this one, although it covers their dates, no
    longer has. ``refused`` says why the file could not be read at all; "" where it was read.
    """

    file: str
    rows: int = 0
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    #: Of the changed: rows in which the agency changed nothing, read as stated or by a newer
    #: program.
    reread: int = 0
    #: Of those read anew: records that say something else now, such as another date.
    corrected: int = 0
    withdrawn: int = 0
    left_out: int = 0
    refused: str = ""
    #: The number of the source in the case; 0 where nothing was kept of it.
    source: int = 0
    #: The file that this one is a later export of; "" where it is the first of its kind.
    supersedes: str = ""
    notes: tuple[str, ...] = ()

    @property
    def amended(self) -> int:
        """Records whose wording the agency changed."""
        return self.changed - self.reread


@dataclass(frozen=True, slots=True)
class Added:
    """What one command of adding did, file by file."""

    files: tuple[AddedFile, ...]

    @property
    def new(self) -> int:
        """Records that were not in the case before."""
        return sum(file.new for file in self.files)

    @property
    def unchanged(self) -> int:
        """Rows that say what the case holds already."""
        return sum(file.unchanged for file in self.files)

    @property
    def changed(self) -> int:
        """Records that are told otherwise than before, those read anew included."""
        return sum(file.changed for file in self.files)

    @property
    def amended(self) -> int:
        """Records whose wording the agency changed."""
        return sum(file.amended for file in self.files)

    @property
    def reread(self) -> int:
        """Records in which the agency changed nothing, read otherwise than before."""
        return sum(file.reread for file in self.files)

    @property
    def withdrawn(self) -> int:
        """Records that a later export no longer has."""
        return sum(file.withdrawn for file in self.files)

    @property
    def refused(self) -> tuple[AddedFile, ...]:
        """Files that could not be read."""
        return tuple(file for file in self.files if file.refused)


@dataclass(frozen=True, slots=True)
class Version:
    """One state of one record: what it said, by which file, since when.

    ``status`` is 'new', 'changed', 'reread' or 'corrected' (the agency changed nothing; it was read
    otherwise before and says the same, or something else), 'withdrawn', 'returned' (sent again
    after it was withdrawn), 'manual' or 'undone' (a manual entry taken back).
    """

    account: Account
    source: str
    at: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was added; ``supersedes`` is the number of the export it replaces, 0 if none."""

    number: int
    file: str
    sha256: str
    agency: str
    who: str
    at: str
    rows: int
    supersedes: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the audit log; ``hash`` covers it and every line before it."""

    seq: int
    at: str
    who: str
    what: str
    detail: str
    tool: str
    hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A state of the chronology kept under a name, such as a meeting's."""

    name: str
    who: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed for good."""

    records: int = 0
    sources: int = 0
    decisions: int = 0
    kept_versions: tuple[str, ...] = field(default=())
