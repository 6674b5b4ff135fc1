"""What a timeline shows: every value in the words the reader sees, for Excel and HTML alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shade:
    """An agency's colours: a strong one for marks and borders, a pale one to write on (WCAG AA)."""

    strong: str
    pale: str
    #: The mark's shape, so that colour is never alone: circle, square, diamond, triangle, cross.
    shape: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account as shown: everything it says, in words."""

    id: str
    agency: str  # code, for colours and filters
    agency_label: str
    organisation: str
    place: str  # "police.csv, row 5"
    system: str
    when: str  # as understood: "Thursday 14 March 2013, 23:30"
    when_written: str  # the words as they came
    recorded: str
    known: str
    shared: str
    event_type: str
    event_type_written: str
    reference: str
    narrative: str
    outcome: str
    professional: str
    location: str
    subjects: tuple[str, ...]
    people: tuple[str, ...]
    child_seen: str  # as a column of its own answers it, "" where none does
    child_voice: str
    analysis: str
    other: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]  # what somebody should look at
    #: Who says it, told apart from the entry's other accounts: "Health", "Health (St Mary's)".
    speaker: str = ""
    #: How values were read, where that needs nobody to decide.
    notes: tuple[str, ...] = ()
    #: What was marked of its entry as to who should see it: "Restricted", "About a third party".
    handling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another entry of the same incident, and the delay in words; whether a person said so."""

    entry_number: int
    entry_id: str
    text: str  # "Notification 1 day later (recorded by Police)"
    #: "The program links these; not confirmed", or who confirmed it.
    standing: str = ""
    #: "Tells of entry 14, 1 day after it": where there is little room.
    brief: str = ""
    reasons: tuple[str, ...] = ()
    is_weak: bool = False
    is_confirmed: bool = False
    #: The two records by which people decide on it.
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What the accounts say differently."""

    about: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MarkView:
    """What a reviewer set beside an entry: never in place of what its records say."""

    code: str  # "date", "restricted": a kind of decision
    label: str  # "Date set by a reviewer"
    text: str  # "14 March 2013"; "" for a mark that says all by being there
    by: str  # "A. Worker on 3 May 2024"
    reason: str

    @property
    def signed(self) -> str:
        """Who set it and when, and why where that is said: in brackets behind a text."""
        return f"{self.by}: {self.reason}" if self.reason else self.by


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the timeline."""

    number: int
    id: str
    iso_start: str  # "" when undated
    iso_end: str
    is_exact: bool
    date_text: str  # "14 March 2013", "March 2013", "about 14 March 2013", "Date not known"
    weekday: str  # "Thu", "" unless exact
    time_text: str  # "23:30" or ""
    precision: str  # "day", "month" ... in words
    written: str
    month_key: str  # "2013-03", "" when undated: the section it stands in
    agencies: tuple[str, ...]
    agency_labels: tuple[str, ...]
    organisations: tuple[str, ...]
    age: str  # of the children it names: "3 years 2 months", "" when not known
    who: tuple[str, ...]  # everybody it names, as the key names them
    person_ids: tuple[str, ...]
    type: str
    type_label: str  # what the program took it for
    summary: str
    outcome: str
    status: str  # "single", "merged", "conflicting"
    #: In words: "Single account", "Merged: sure"; of accounts ruled one, what the program thought.
    confidence: str
    reasons: tuple[str, ...]
    conflicts: tuple[ConflictView, ...]
    links: tuple[LinkView, ...]
    questions: int  # how many open questions concern it
    accounts: tuple[AccountView, ...]
    flags: tuple[str, ...]
    #: What people ruled about its accounts, a sentence each.
    decided: tuple[str, ...] = ()
    #: The same in short, of those that say what belongs together: they go before the confidence.
    ruled: tuple[str, ...] = ()
    #: The other sentences: marks that somebody should look at again.
    checks: tuple[str, ...] = ()
    is_ruled_one: bool = False
    marks: tuple[MarkView, ...] = ()
    #: The agency's own words for the type, "" where it gave none or the summary is no more.
    type_written: str = ""

    @property
    def read_as(self) -> str:
        """What the program took it for, marked as its reading: "read as: Home visit"."""
        own = self.type_written.casefold()
        is_said = self.type_label.casefold() in ("", own)
        return "" if is_said else f"read as: {self.type_label}"

    def marked(self, *codes: str) -> tuple[MarkView, ...]:
        """Its marks of these kinds, in order."""
        return tuple(mark for mark in self.marks if mark.code in codes)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A pair put to a person."""

    number: int
    entry_a: int
    entry_b: int
    a: AccountView
    b: AccountView
    likelihood: str  # in words: "likely", "possible"
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of the case for the key."""

    id: str
    name: str
    other_names: tuple[str, ...]
    born: str
    identifiers: tuple[str, ...]  # masked: "NHS number ending 123"
    roles: tuple[str, ...]
    reasons: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """One input and its balance."""

    file: str
    kind: str
    agency: str
    agency_label: str
    organisation: str
    sha256: str
    rows_read: int
    rows_in: int
    rows_out: int
    notes: tuple[str, ...]
    columns: tuple[tuple[str, str, str, str], ...]  # sheet, heading, taken for, how sure in words
    refused: str  # "" or why it could not be read
    #: Titles, headings and section rows, which hold no record: (sheet, row, text).
    set_apart: tuple[tuple[str, int, str], ...] = ()
    #: Whether somebody settled that a file that could not be read is not needed.
    is_dismissed: bool = False


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """A row that is in no entry."""

    file: str
    sheet: str
    row: int
    reason: str
    cells: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision about records that holds."""

    number: int
    at: str  # "3 May 2024, 10:15"
    who: str
    what: str  # "Ruled different"
    entries: tuple[int, ...]
    records: tuple[str, ...]
    text: str  # what was set: a date, a wording
    reason: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Everything an output shows."""

    title: str
    marking: str
    prepared: str
    version: str
    period: str  # "3 January 2012 to 9 May 2014"
    counts: tuple[tuple[str, str], ...]  # ("Rows read", "612"), ...
    entries: tuple[EntryView, ...]
    questions: tuple[QuestionView, ...]
    left_out: tuple[LeftOutView, ...]
    sources: tuple[SourceView, ...]
    people: tuple[PersonView, ...]
    shades: dict[str, Shade]
    agency_labels: dict[str, str]
    glossary: tuple[tuple[str, str, str], ...]  # abbreviation, meaning, agency or "all"
    explanations: tuple[tuple[str, str], ...]  # for About: ("A blank time", "the source gave none")
    #: Entries of a copy for sharing with words withheld; None where all stand in full.
    withheld: int | None = None
    #: What people decided about the records, oldest first.
    decisions: tuple[DecisionView, ...] = ()
