"""What stands on each sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterable

from chronology.render.account_cells import record
from chronology.render.columns import (
    ABOUT_COLUMNS,
    DECISION_COLUMNS,
    EXPLANATIONS,
    KEY_COLUMNS,
    LEFT_OUT_COLUMNS,
    REVIEW_COLUMNS,
    SOURCE_COLUMNS,
    SOURCES_PRINTED,
)
from chronology.render.counting import counted, nothing, sentence
from chronology.render.shades import SEVERAL
from chronology.render.sheet import Cell, Row, Table
from chronology.render.shown import (
    DecisionView,
    PersonView,
    QuestionView,
    Shade,
    SourceView,
    TimelineView,
)
from chronology.render.timeline_table import timeline_table
from chronology.render.words import NOT_RECORDED


def tables(timeline: TimelineView) -> tuple[Table, ...]:
    """The sheets of the workbook, in order."""
    return (
        timeline_table(timeline),
        _to_review(timeline),
        *_decisions(timeline),
        _left_out(timeline),
        _sources(timeline),
        _key(timeline),
        _about(timeline),
    )


def _to_review(timeline: TimelineView) -> Table:
    pairs = len(timeline.questions)
    ask = (
        f"{counted(pairs, 'pair')} of records may tell of one occurrence; they stand as two entries"
        f" until a person decides{_already_one(timeline)}. Choose a decision for each and save this"
        " file; the command"
        " add-decisions takes the decisions into a case file."
    )
    return Table(
        name="To review",
        title="To review",
        sentence=sentence(timeline, ask if pairs else "No pair of records needs a decision."),
        columns=REVIEW_COLUMNS,
        rows=tuple(map(_question_row, timeline.questions)) or nothing(REVIEW_COLUMNS, "None"),
        fixed=1,
        printed=sum(not column.is_hidden for column in REVIEW_COLUMNS),
    )


def _already_one(timeline: TimelineView) -> str:
    """What is to be said of pairs that were ruled the same and must be confirmed."""
    within = sum(question.entry_a == question.entry_b for question in timeline.questions)
    return f", except {within} ruled the same before, to be confirmed first" if within else ""


def _question_row(question: QuestionView) -> Row:
    return Row(
        (
            question.number,
            question.likelihood,
            question.entry_a,
            record(question.a),
            question.entry_b,
            record(question.b),
            "\n".join(question.reasons_for),
            "\n".join(question.reasons_against),
            *("", "", "", ""),
            question.a.id,
            question.b.id,
        )
    )


def _decisions(timeline: TimelineView) -> Iterable[Table]:
    """What people decided, where they decided anything."""
    if not timeline.decisions:
        return ()
    told = f"{counted(len(timeline.decisions), 'decision')} about records, oldest first."
    return (
        Table(
            name="Decisions",
            title="Decisions",
            sentence=sentence(timeline, told),
            columns=DECISION_COLUMNS,
            rows=tuple(map(_decision_row, timeline.decisions)),
        ),
    )


def _decision_row(made: DecisionView) -> Row:
    return Row(
        (
            made.number,
            made.at,
            made.who,
            made.what,
            ", ".join(map(str, made.entries)),
            "\n".join(made.records),
            made.text,
            made.reason,
        )
    )


def _left_out(timeline: TimelineView) -> Table:
    rows = (Row((row.file, row.sheet, row.row, row.reason, row.cells)) for row in timeline.left_out)
    count = len(timeline.left_out)
    told = (
        f"{counted(count, 'row')} in no entry, with the reason." if count else "No row is left out."
    )
    return Table(
        name="Left out",
        title="Left out",
        sentence=sentence(timeline, told),
        columns=LEFT_OUT_COLUMNS,
        rows=tuple(rows) or nothing(LEFT_OUT_COLUMNS, "None"),
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
        sentence=sentence(timeline, balance),
        columns=SOURCE_COLUMNS,
        rows=tuple(_source_row(source, timeline.shades) for source in timeline.sources)
        or nothing(SOURCE_COLUMNS, "None"),
        fixed=1,
        printed=SOURCES_PRINTED,
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
        source.sha256,
        "\n".join(apart),
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
        sentence=sentence(timeline, "Agencies and their colours, people, and abbreviations."),
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
        told = f"In {counted(len(entries), 'entry')}."
        meaning = "\n".join(filter(None, names)) or "No organisation named"
        yield Row(("Agency", label, meaning, told), 1, timeline.shades[code])
    several = sum(len(entry.agencies) > 1 for entry in timeline.entries)
    told = f"In {counted(several, 'entry')}."
    yield Row(("Agency", "Several agencies", "Named together in the cell", told), 1, SEVERAL)


def _person_row(person: PersonView) -> Row:
    roles = f"Role given: {'; '.join(person.roles)}" if person.roles else ""
    meaning = (f"Born {person.born}" if person.born else "", *person.identifiers, roles)
    also = f"Also written: {'; '.join(person.other_names)}" if person.other_names else ""
    detail = (f"In {counted(person.entries, 'entry')}.", also, *person.reasons)
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
        sentence=sentence(timeline, "What it was made from and how to read it."),
        columns=ABOUT_COLUMNS,
        rows=tuple(map(Row, items)),
    )
