"""What changed, in the words a reader sees, for the page and the plain listing alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from chronology.account import AGENCY_LABELS, Agency
from chronology.changes import (
    AgencyTold,
    Balance,
    Changes,
    EntryChange,
    Field,
    LeftOutTold,
    LinkChange,
    LinkTold,
    Moment,
    Record,
    SourceTold,
    Told,
)
from chronology.render.text import visible
from chronology.render.words import NOT_RECORDED, delay_words, moment_words
from chronology.when import Precision

#: Kind of change -> the section's title, and a sentence on what stands in it.
TITLES: dict[str, tuple[str, str]] = {
    "new": ("New entries", "No record of these was there before."),
    "changed": ("Changed entries", "The same entries as before, telling something else."),
    "merged": ("Merged entries", "What stood as several entries stands as one now."),
    "split": ("Split entries", "What stood as one entry stands as several now."),
    "rearranged": ("Rearranged entries", "Records went from one of these entries to another."),
    "withdrawn": ("Entries no longer there", "None of their records is in an entry now."),
}
#: How much of a record's words stands in a list of records.
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an item: what it tells of, how that was, and how it is; one side may be blank."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that changed, with its lines."""

    head: str
    detail: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """All changes of one kind."""

    title: str
    sentence: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything a listing of changes shows."""

    title: str
    marking: str
    #: "From 3 May 2024 to 1 June 2024", where both say when they were prepared.
    period: str
    balances: tuple[Balance, ...]
    unchanged: int
    sections: tuple[Section, ...]


def changes_view(changes: Changes) -> ChangesView:
    """The changes in words; a section stands only where it has something to tell."""
    return ChangesView(
        title=visible(changes.title),
        marking=visible(changes.marking),
        period=_period(changes),
        balances=changes.balances,
        unchanged=changes.unchanged,
        sections=tuple(section for section in _sections(changes) if section.items),
    )


def _period(changes: Changes) -> str:
    if not changes.prepared_before or not changes.prepared_after:
        return ""
    return visible(f"From {changes.prepared_before} to {changes.prepared_after}")


def _sections(changes: Changes) -> Iterator[Section]:
    for kind, (title, sentence) in TITLES.items():
        yield Section(title, sentence, tuple(map(_entry_item, changes.of(kind))))
    yield Section("Decisions since", "What people decided.", _lines(changes.decided))
    yield Section(
        "Decisions that are not shown any more",
        "They were taken back, or are about other records now.",
        _lines(changes.no_longer_decided),
    )
    yield Section(
        "Links that came, went or changed",
        "What the program or a person links as occurrences of one incident.",
        tuple(map(_link_item, changes.links)),
    )
    yield Section(
        "No longer in the agency's export",
        "A later export that covers the date no longer has these records. They are kept: ask the"
        " agency whether they were withdrawn.",
        tuple(map(_agency_item, changes.withdrawn_by_agency)),
    )
    yield Section(
        "Reworded by the agency",
        "A later export words these records otherwise. The earlier wording is kept in the case"
        " file.",
        tuple(map(_agency_item, changes.amended_by_agency)),
    )
    yield Section("New files", "", tuple(map(_source_item, changes.new_sources)))
    yield Section(
        "Files no longer there",
        "A file that was changed and sent again stands here and among the new files.",
        tuple(map(_source_item, changes.gone_sources)),
    )
    yield Section("Rows newly left out", "", tuple(map(_row_item, changes.newly_left_out)))
    yield Section("Rows no longer left out", "", tuple(map(_row_item, changes.no_longer_left_out)))


def _lines(lines: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item(visible(line), "") for line in lines)


def _entry_item(change: EntryChange) -> Item:
    shown = (change.after or change.before)[0]
    head = _head(shown, is_now=bool(change.after))
    if not change.before or not change.after:
        return Item(head, "\n".join(map(_record, shown.accounts)))
    return Item(head, visible(shown.summary), _pieces(change))


def _head(told: Told, *, is_now: bool) -> str:
    """When, which number, and whose: ``14 March 2013: entry 7 (Police, Health)``."""
    number = f"entry {told.number}" if is_now else f"was entry {told.number}"
    return f"{_moment(told.when)}: {number} ({', '.join(map(_agency, told.agencies))})"


def _pieces(change: EntryChange) -> tuple[Piece, ...]:
    return (
        *_which(change),
        *map(_field, change.fields),
        *_records("Record added", change.came, is_after=True),
        *_records("Record no longer here", change.went, is_after=False),
        *(
            Piece(f"{visible(a.record.place)}: {piece.name}", piece.before, piece.after)
            for a in change.amended
            for piece in map(_field, a.fields)
        ),
    )


def _which(change: EntryChange) -> Iterator[Piece]:
    """Where several entries are bound together, each as it was and as it is."""
    if change.kind == "changed":
        return
    for number, told in enumerate(change.before, 1):
        yield Piece(f"Before, {number} of {len(change.before)}", _whole(told), "")
    for number, told in enumerate(change.after, 1):
        yield Piece(f"Now, {number} of {len(change.after)}", "", _whole(told))


def _whole(told: Told) -> str:
    records = "\n".join(map(_record, told.accounts))
    return f"{_moment(told.when)}, entry {told.number}\n{records}"


def _records(name: str, records: Iterable[Record], *, is_after: bool) -> Iterator[Piece]:
    for record in records:
        told = _record(record)
        yield Piece(name, "", told) if is_after else Piece(name, told, "")


def _record(record: Record) -> str:
    words = " ".join(visible(record.words).split()) or NOT_RECORDED
    short = words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"{_agency(record.agency)} ({visible(record.place)}): {short}"


def _field(field: Field) -> Piece:
    """A field as it was and as it is; a date that reads alike with the words it came in."""
    before, after = _side(field.before), _side(field.after)
    if before == after and isinstance(field.before, Moment) and isinstance(field.after, Moment):
        before += f", written '{visible(field.before.written)}'"
        after += f", written '{visible(field.after.written)}'"
    return Piece(field.name, before or "nothing", after or "nothing")


def _side(value: str | Moment) -> str:
    return _moment(value) if isinstance(value, Moment) else visible(value)


def _moment(when: Moment) -> str:
    start, end = (date.fromisoformat(day) if day else None for day in (when.start, when.end))
    clock = time.fromisoformat(when.time) if when.time else None
    return visible(moment_words(Precision(when.precision), start, end, clock, when.written))


def _agency(code: str) -> str:
    return AGENCY_LABELS[Agency(code)]


def _agency_item(told: AgencyTold) -> Item:
    lines = (_record(told.record), visible(told.why))
    return Item(_moment(told.when), "\n".join(filter(None, lines)))


def _link_item(change: LinkChange) -> Item:
    shown = change.after or change.before
    happened = "Changed" if change.before and change.after else "New" if change.after else "Gone"
    head = f"{happened}: {_moment(shown.later_when)}" if shown else happened
    sides = (_link(side) for side in (change.before, change.after))
    return Item(head, _record(shown.later) if shown else "", (Piece("Linked with", *sides),))


def _link(told: LinkTold | None) -> str:
    """What the later record is linked with, and how surely."""
    if told is None:
        return "nothing"
    proposed = "near in time only; not confirmed" if told.is_weak else "not confirmed"
    days = "the same day" if not told.days else f"{delay_words(told.days)} before"
    standing = visible(told.confirmed) or proposed
    return f"{_moment(told.earlier_when)} ({days}; {standing})\n{_record(told.earlier)}"


def _source_item(source: SourceTold) -> Item:
    if source.refused:
        return Item(visible(source.file), f"Could not be read. {visible(source.refused)}")
    agency = f"{_agency(source.agency)}, " if source.agency else ""
    rows = f"{source.rows_read:,} {'row' if source.rows_read == 1 else 'rows'}"
    return Item(visible(source.file), f"{agency}{rows} read")


def _row_item(row: LeftOutTold) -> Item:
    return Item(visible(row.place), visible(f"{row.reason} It holds: {row.words or 'nothing'}"))
