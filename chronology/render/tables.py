"""What stands on each sheet of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from chronology.render.columns import (
    ABOUT_COLUMNS,
    AGENCIES_COLUMN,
    DIFFER_COLUMN,
    EXPLANATIONS,
    KEY_COLUMNS,
    LEFT_OUT_COLUMNS,
    REASONS_COLUMN,
    REVIEW_COLUMNS,
    SOURCE_COLUMNS,
    TAKEN_COLUMN,
    TIMELINE_COLUMNS,
)
from chronology.render.shades import SEVERAL
from chronology.render.sheet import FIRST_REAL_DATE, Cell, Column, Row, Table, Told
from chronology.render.shown import (
    AccountView,
    ConflictView,
    EntryView,
    PersonView,
    QuestionView,
    Shade,
    SourceView,
    TimelineView,
)
from chronology.render.words import NOT_RECORDED


def tables(timeline: TimelineView) -> tuple[Table, ...]:
    """The sheets of the workbook, in order."""
    return (
        _timeline(timeline),
        _to_review(timeline),
        _left_out(timeline),
        _sources(timeline),
        _key(timeline),
        _about(timeline),
    )


def _timeline(timeline: TimelineView) -> Table:
    return Table(
        name="Timeline",
        title=timeline.title,
        sentence=_sentence(timeline, f"{_told(len(timeline.entries), 'entry')} in date order."),
        columns=TIMELINE_COLUMNS,
        rows=_rows(_entry_row(entry, timeline.shades) for entry in timeline.entries)
        or _nothing(TIMELINE_COLUMNS, "No entries"),
        fixed=2,
        break_before=DIFFER_COLUMN,
        scale=68,
    )


def _entry_row(entry: EntryView, shades: dict[str, Shade]) -> Row:
    cells: tuple[Cell, ...] = (
        entry.number,
        _date(entry),
        entry.time_text,
        entry.precision,
        "\n".join(entry.agency_labels),
        entry.age.replace("; ", "\n"),
        "\n".join(entry.who),
        "\n".join(filter(None, (entry.type_label, entry.summary))),
        _told_by(entry.accounts),
        entry.outcome,
        "\n\n".join(map(_conflict, entry.conflicts)),
        "\n".join(f"Entry {link.entry_number}: {link.text}" for link in entry.links),
        entry.confidence,
        "\n".join(entry.reasons),
        _each(entry.accounts, _details),
        _each(entry.accounts, lambda account: account.analysis),
        "\n".join((*entry.flags, *_open_questions(entry))),
    )
    return Row(cells, AGENCIES_COLUMN, _shade(entry.agencies, shades))


def _date(entry: EntryView) -> Cell:
    """A real date where the entry names one day; otherwise its words."""
    if not entry.is_exact:
        return entry.date_text
    day = date.fromisoformat(entry.iso_start)
    return day if day >= FIRST_REAL_DATE else entry.date_text


def _told_by(accounts: Sequence[AccountView]) -> Cell:
    """The accounts under headings in bold; one alone needs none to be told from another."""
    told = Told(_accounts(accounts))
    return told if len(accounts) > 1 else told.text


def _accounts(accounts: Sequence[AccountView]) -> tuple[tuple[str, str], ...]:
    """Every account of an entry; with its date where the accounts do not all bear the same."""
    is_dated = len({account.when for account in accounts}) > 1
    return tuple(_account(account, is_dated=is_dated) for account in accounts)


def _account(account: AccountView, *, is_dated: bool) -> tuple[str, str]:
    """An account's heading, and what it tells."""
    organisation = f" ({account.organisation})" if account.organisation else ""
    head = f"{account.agency_label}{organisation} ({account.place})"
    told = (
        f"Dated: {account.when}" if is_dated else "",
        account.narrative,
        f"Child seen: {account.child_seen}" if account.child_seen != NOT_RECORDED else "",
        f"Child's words: {account.child_voice}" if account.child_voice else "",
    )
    return head, "\n".join(filter(None, told))


def _details(account: AccountView) -> str:
    """What else the record holds, each under its name."""
    named = (
        ("System", account.system),
        ("Recorded as", account.event_type_written),
        ("By", account.professional),
        ("Place", account.location),
        ("Reference", account.reference),
        ("About", ", ".join(account.subjects)),
        ("People", ", ".join(account.people)),
        ("Date as written", account.when_written),
        ("Recorded on", account.recorded),
        ("Known to the agency", account.known),
        ("Shared", account.shared),
        *account.other,
    )
    return "; ".join(f"{name}: {text}" for name, text in named if text)


def _conflict(conflict: ConflictView) -> str:
    versions = "\n".join(f"{who}: {says}" for who, says in conflict.versions)
    return f"{conflict.about[:1].upper()}{conflict.about[1:]}\n{versions}"


def _each(accounts: Sequence[AccountView], text_of: Callable[[AccountView], str]) -> str:
    """A text of each account, under its speaker where there are several."""
    if len(accounts) == 1:
        return text_of(accounts[0])
    told = ((account.speaker, text_of(account)) for account in accounts)
    return "\n\n".join(f"{speaker}\n{text}" for speaker, text in told if text)


def _open_questions(entry: EntryView) -> tuple[str, ...]:
    if not entry.questions:
        return ()
    return (f"{_told(entry.questions, 'pair')} to review.",)


def _shade(agencies: Sequence[str], shades: dict[str, Shade]) -> Shade:
    return shades[agencies[0]] if len(agencies) == 1 else SEVERAL


def _to_review(timeline: TimelineView) -> Table:
    pairs = len(timeline.questions)
    ask = (
        f"{_told(pairs, 'pair')} of records may tell of one occurrence; they stand as two entries"
        " until a person decides. Choose a decision for each, and keep this file: no program reads"
        " the decisions back."
    )
    return Table(
        name="To review",
        title="To review",
        sentence=_sentence(timeline, ask if pairs else "No pair of records needs a decision."),
        columns=REVIEW_COLUMNS,
        rows=_rows(map(_question_row, timeline.questions)) or _nothing(REVIEW_COLUMNS, "None"),
        fixed=1,
        break_before=REASONS_COLUMN,
        scale=72,
    )


def _question_row(question: QuestionView) -> Row:
    return Row(
        (
            question.number,
            question.likelihood,
            question.entry_a,
            _record(question.a),
            question.entry_b,
            _record(question.b),
            "\n".join(question.reasons_for),
            "\n".join(question.reasons_against),
            *("", "", "", ""),
            question.a.id,
            question.b.id,
        )
    )


def _record(account: AccountView) -> Told:
    """All that helps to decide, on one side of a pair."""
    head, told = _account(account, is_dated=True)
    outcome = f"Outcome: {account.outcome}" if account.outcome != NOT_RECORDED else ""
    also = _details(account)
    return Told(
        (
            (head, "\n".join(filter(None, (told, outcome)))),
            *((("Also recorded", also),) if also else ()),
        )
    )


def _left_out(timeline: TimelineView) -> Table:
    rows = (Row((row.file, row.sheet, row.row, row.reason, row.cells)) for row in timeline.left_out)
    count = len(timeline.left_out)
    told = (
        f"{_told(count, 'row')} in no entry, with the reason." if count else "No row is left out."
    )
    return Table(
        name="Left out",
        title="Left out",
        sentence=_sentence(timeline, told),
        columns=LEFT_OUT_COLUMNS,
        rows=_rows(rows) or _nothing(LEFT_OUT_COLUMNS, "None"),
    )


def _sources(timeline: TimelineView) -> Table:
    read, told, out = (
        sum(getattr(source, name) for source in timeline.sources)
        for name in ("rows_read", "rows_in", "rows_out")
    )
    balance = f"{read:,} rows read = {told:,} in entries + {out:,} left out."
    return Table(
        name="Sources",
        title="Sources",
        sentence=_sentence(timeline, balance),
        columns=SOURCE_COLUMNS,
        rows=_rows(_source_row(source, timeline.shades) for source in timeline.sources)
        or _nothing(SOURCE_COLUMNS, "None"),
        fixed=1,
        break_before=TAKEN_COLUMN,
        scale=75,
    )


def _source_row(source: SourceView, shades: dict[str, Shade]) -> Row:
    refused = f"NOT READ. {source.refused}" if source.refused else ""
    columns = (
        f"{f'{sheet}: ' if sheet else ''}{heading} = {taken} ({sure})"
        for sheet, heading, taken, sure in source.columns
    )
    apart = (
        f"{f'{sheet}, ' if sheet else ''}row {row}: {text}" for sheet, row, text in source.set_apart
    )
    cells: tuple[Cell, ...] = (
        source.file,
        source.kind,
        source.agency_label,
        source.organisation,
        source.rows_read,
        source.rows_in,
        source.rows_out,
        "\n".join(filter(None, (refused, *source.notes))),
        "\n".join(columns),
        "\n".join(apart),
        source.sha256,
    )
    return Row(cells, 2, shades.get(source.agency))


def _key(timeline: TimelineView) -> Table:
    rows = (
        *_agency_rows(timeline),
        *map(_person_row, timeline.people),
        *map(_abbreviation_row, timeline.glossary),
    )
    return Table(
        name="Key",
        title="Key",
        sentence=_sentence(timeline, "Agencies and their colours, people, and abbreviations."),
        columns=KEY_COLUMNS,
        rows=rows,
    )


def _agency_rows(timeline: TimelineView) -> Iterable[Row]:
    """Each agency met, and what an entry of several looks like."""
    for code, label in timeline.agency_labels.items():
        entries = [entry for entry in timeline.entries if code in entry.agencies]
        if not entries:
            continue
        accounts = (account for entry in entries for account in entry.accounts)
        names = dict.fromkeys(a.organisation for a in accounts if a.agency == code)
        told = f"In {_told(len(entries), 'entry')}."
        meaning = "\n".join(filter(None, names)) or "No organisation named"
        yield Row(("Agency", label, meaning, told), 1, timeline.shades[code])
    several = sum(len(entry.agencies) > 1 for entry in timeline.entries)
    told = f"In {_told(several, 'entry')}."
    yield Row(("Agency", "Several agencies", "Named together in the cell", told), 1, SEVERAL)


def _person_row(person: PersonView) -> Row:
    roles = f"Role given: {'; '.join(person.roles)}" if person.roles else ""
    meaning = (f"Born {person.born}" if person.born else "", *person.identifiers, roles)
    also = f"Also written: {'; '.join(person.other_names)}" if person.other_names else ""
    detail = (f"In {_told(person.entries, 'entry')}.", also, *person.reasons)
    meaning_text = "\n".join(filter(None, meaning)) or NOT_RECORDED
    return Row(("Person", person.name, meaning_text, "\n".join(filter(None, detail))))


def _abbreviation_row(term: tuple[str, str, str]) -> Row:
    abbreviation, meaning, used_by = term
    told = "All agencies" if used_by == "all" else f"As {used_by} uses it"
    return Row(("Abbreviation", abbreviation, meaning, told))


def _about(timeline: TimelineView) -> Table:
    items = (
        ("Title", timeline.title),
        ("Marking", timeline.marking),
        ("Prepared", timeline.prepared or "Not stated"),
        ("Made with", f"chronology {timeline.version}".strip()),
        ("Period", timeline.period),
        *timeline.counts,
        *timeline.explanations,
        *EXPLANATIONS.items(),
    )
    return Table(
        name="About",
        title="About this chronology",
        sentence=_sentence(timeline, "What it was made from and how to read it."),
        columns=ABOUT_COLUMNS,
        rows=_rows(map(Row, items)),
    )


def _sentence(timeline: TimelineView, told: str) -> str:
    return f"{timeline.marking}. {told} One table on this sheet." if timeline.marking else told


def _told(count: int, thing: str) -> str:
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{count:,} {thing if count == 1 else many}"


def _rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows)


def _nothing(columns: Sequence[Column], word: str) -> tuple[Row, ...]:
    """A table needs a row: one that says there is nothing."""
    return (Row((word, *("" for _ in columns[1:]))),)
