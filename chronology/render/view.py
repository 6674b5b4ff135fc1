"""What a timeline shows, decided once for every output: words, ages, colours, order.

Excel and HTML show the same thing because both read it from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from chronology.account import AGENCY_LABELS, Agency, LeftOut
from chronology.case import Chronology, ReadFile, Refused
from chronology.importers.headings import FIELDS
from chronology.merge import Entry
from chronology.people import Person
from chronology.render.accounts import masked
from chronology.render.decided import decision_views
from chronology.render.entries import entry_views
from chronology.render.explanations import EXPLANATIONS
from chronology.render.names import shown_names
from chronology.render.shades import SHADES
from chronology.render.shown import (
    AccountView,
    ConflictView,
    EntryView,
    LeftOutView,
    LinkView,
    PersonView,
    QuestionView,
    Shade,
    SourceView,
    TimelineView,
)
from chronology.render.text import visible
from chronology.render.words import COLUMN_WORDS, day_words, edge_words, graded
from chronology.sharing import WITHHELD
from chronology.vocabulary import abbreviations_in, glossary

__all__ = [
    "AccountView",
    "ConflictView",
    "EntryView",
    "LeftOutView",
    "LinkView",
    "PersonView",
    "QuestionView",
    "Shade",
    "SourceView",
    "TimelineView",
    "view",
]


#: What About says of a copy for sharing.
MADE_FOR_SHARING = (
    "The words of {records} in {entries} are withheld, because the entry is marked restricted or"
    f" about a third party, or the agency restricted the record. '{WITHHELD}' stands in their"
    " place; the date, the agency and the row stay. No other record was looked through for what it"
    " may say about the same persons."
)

#: Stands behind the meaning of an abbreviation that no published list gives.
UNVERIFIED = "(unverified)"


def view(chronology: Chronology) -> TimelineView:
    """The whole chronology in the words and order every output shows."""
    about = chronology.about
    entries, questions = entry_views(chronology)
    return TimelineView(
        title=visible(about.title),
        marking=visible(about.marking),
        prepared=visible(about.prepared),
        version=visible(about.version),
        period=_period(chronology.entries),
        counts=_counts(chronology, entries),
        entries=entries,
        questions=questions,
        left_out=tuple(_left_out_view(row) for row in chronology.left_out),
        sources=(
            *(_source_view(file) for file in chronology.files),
            *(_refused_view(file) for file in chronology.refused),
        ),
        people=_people(chronology.cast.persons, entries),
        shades={agency.value: shade for agency, shade in SHADES.items()},
        agency_labels={agency.value: label for agency, label in AGENCY_LABELS.items()},
        glossary=_glossary(chronology),
        explanations=(*_shared(chronology), *EXPLANATIONS.items()),
        withheld=about.withheld.entries if about.withheld else None,
        decisions=decision_views(
            chronology, {a.id: entry.number for entry in entries for a in entry.accounts}
        ),
    )


def _shared(chronology: Chronology) -> tuple[tuple[str, str], ...]:
    """What About says first of a copy for sharing."""
    withheld = chronology.about.withheld
    if withheld is None:
        return ()
    records = f"{withheld.records:,} {'record' if withheld.records == 1 else 'records'}"
    entries = f"{withheld.entries:,} {'entry' if withheld.entries == 1 else 'entries'}"
    return (("Made for sharing", MADE_FOR_SHARING.format(records=records, entries=entries)),)


def _period(entries: Sequence[Entry]) -> str:
    """From the first to the last day told of, each no more exact than its record."""
    starts = [(entry.start, entry.precision) for entry in entries if entry.start]
    ends = [(entry.end, entry.precision) for entry in entries if entry.end]
    if not starts or not ends:
        return "No dates known"
    first = edge_words(*min(starts))
    last = edge_words(*max(ends))
    return first if first == last else f"{first} to {last}"


def _counts(chronology: Chronology, entries: Sequence[EntryView]) -> tuple[tuple[str, str], ...]:
    files = chronology.files
    status = Counter(entry.status for entry in entries)
    again = sum(file.rows_again for file in files)
    dismissed = sum(bool(file.dismissed) for file in chronology.refused)
    withheld = chronology.about.withheld
    counts = (
        ("Rows read", sum(file.rows_read for file in files)),
        ("Rows in entries", sum(file.rows_in for file in files)),
        ("Rows left out", sum(file.rows_out for file in files)),
        *((("Rows sent again", again),) if again else ()),
        ("Entries", len(entries)),
        ("Entries merged from several records", status["merged"] + status["conflicting"]),
        ("Entries whose accounts differ", status["conflicting"]),
        ("Entries without a date", sum(not entry.month_key for entry in entries)),
        ("Pairs to review", len(chronology.questions)),
        ("Agencies", len({account.agency for account in chronology.accounts})),
        ("Files read", len(files)),
        ("Files that could not be read", len(chronology.refused) - dismissed),
        *((("Files not read, and dismissed as not needed", dismissed),) if dismissed else ()),
        *((("Entries with words withheld", withheld.entries),) if withheld else ()),
        *((("Records withheld", withheld.records),) if withheld else ()),
    )
    return tuple((label, f"{count:,}") for label, count in counts)


def _left_out_view(row: LeftOut) -> LeftOutView:
    held = " | ".join(cell for cell in row.cells if cell.strip())
    return LeftOutView(
        file=visible(row.source.file),
        sheet=visible(row.source.sheet),
        row=row.source.row,
        reason=visible(row.reason),
        cells=visible(held),
    )


def _source_view(file: ReadFile) -> SourceView:
    return SourceView(
        file=visible(file.file),
        kind=visible(file.kind),
        agency=file.agency.value,
        agency_label=file.agency.label,
        organisation=visible(file.organisation),
        sha256=file.sha256,
        rows_read=file.rows_read,
        rows_in=file.rows_in,
        rows_out=file.rows_out,
        notes=tuple(visible(note) for note in file.notes),
        columns=tuple(_column_words(*column) for column in file.columns),
        refused="",
        set_apart=tuple((visible(name), row, visible(text)) for name, row, text in file.set_apart),
    )


def _column_words(sheet: str, heading: str, field: str, sure: float) -> tuple[str, str, str, str]:
    """A column, what it was taken for in plain words, and how surely."""
    if not field:
        return visible(sheet), visible(heading), "also recorded", "kept as it stands"
    taken = FIELDS[field][0] if field in FIELDS else field
    return visible(sheet), visible(heading), visible(taken), graded(sure, COLUMN_WORDS)


def _refused_view(file: Refused) -> SourceView:
    return SourceView(
        file=visible(file.file),
        kind="",
        agency="",
        agency_label="",
        organisation="",
        sha256=file.sha256,
        rows_read=0,
        rows_in=0,
        rows_out=0,
        notes=(),
        columns=(),
        refused=visible(file.told),
        is_dismissed=bool(file.dismissed),
    )


def _people(persons: Sequence[Person], entries: Sequence[EntryView]) -> tuple[PersonView, ...]:
    named = Counter(person_id for entry in entries for person_id in entry.person_ids)
    called = shown_names(persons)
    return tuple(_person_view(person, called[person.id], named) for person in persons)


def _person_view(person: Person, called: str, named: Mapping[str, int]) -> PersonView:
    names = [visible(name) for name in person.names]
    identifiers = dict.fromkeys(masked(number.kind, number.text) for number in person.identifiers)
    return PersonView(
        id=person.id,
        name=called,
        other_names=tuple(name for name in names if name != called),
        born=day_words(person.born) if person.born else "",
        identifiers=tuple(identifiers),
        roles=tuple(visible(role) for role in person.roles),
        reasons=tuple(visible(reason) for reason in person.reasons),
        entries=named.get(person.id, 0),
    )


def _glossary(chronology: Chronology) -> tuple[tuple[str, str, str], ...]:
    """Abbreviations met, with what they mean for whom; one that means one thing is for all."""
    verified = {(entry.text, entry.meaning) for entry in glossary() if entry.verified}
    used: dict[str, dict[str, dict[str, None]]] = {}
    for (agency, _), text in _texts(chronology).items():
        for abbreviation, meaning in abbreviations_in(text, agency):
            is_verified = (abbreviation, meaning) in verified
            shown = visible(meaning if is_verified else f"{meaning} {UNVERIFIED}")
            users = used.setdefault(visible(abbreviation), {}).setdefault(shown, {})
            users[agency.label] = None
    return tuple(
        (abbreviation, meaning, "all" if len(meanings) == 1 else ", ".join(users))
        for abbreviation, meanings in sorted(used.items(), key=_folded)
        for meaning, users in sorted(meanings.items())
    )


def _folded(item: tuple[str, object]) -> tuple[str, str]:
    return item[0].casefold(), item[0]


def _texts(chronology: Chronology) -> dict[tuple[Agency, bool], str]:
    """Everything each agency wrote in its own words; what is all in capitals in a piece apart."""
    told: dict[tuple[Agency, bool], list[str]] = {}
    for account in chronology.accounts:
        texts = (account.event_type_written, account.narrative, account.outcome, account.analysis)
        text = "\n".join(texts)
        told.setdefault((account.agency, text.isupper()), []).append(text)
    return {key: "\n".join(texts) for key, texts in sorted(told.items())}
