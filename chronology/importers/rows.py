"""The lines of a table to accounts: each line becomes one, is left out, or is set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from chronology.account import Account, LeftOut, Mention, Source
from chronology.flags import Flag
from chronology.importers.agency import agency_of_row, exact_agency
from chronology.importers.columns import SURE
from chronology.importers.headings import label
from chronology.importers.occurring import (
    SECTIONS,
    Above,
    below_section,
    lone_words,
    occurred,
    other_date,
)
from chronology.importers.parts import is_bare_answer, said, split_outcome
from chronology.importers.people_cells import people_of, subjects_of
from chronology.importers.plan import Plan, Setting
from chronology.importers.sorting import Sort, sort
from chronology.reading.grid import Line
from chronology.vocabulary import classify
from chronology.when import UNDATED, Precision, When

#: Fields whose words stand under their own heading among the other facts of a record.
KEPT = ("source", "gender", "event_subtype")
#: Fields that make up the date where no column holds it whole; else they are other facts.
DATE_PARTS = ("occurred_day", "occurred_month", "occurred_year")
#: Fields that would make every account doubtful if they were wrong.
WEIGHTY = ("occurred", "narrative")


@dataclass(slots=True)
class Reading:
    """What the lines of a table became."""

    accounts: list[Account] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    set_apart: list[tuple[str, int, str]] = field(default_factory=list)


def read_rows(plan: Plan, setting: Setting) -> Reading:
    """Every line below the headings of a table, as what it is."""
    reading = Reading()
    above = Above(heading=setting.year, is_year_stated=bool(setting.year))
    doubts = _weighty_doubts(plan)
    lines = plan.table.lines
    for line, following in zip_longest(lines, lines[1:]):
        kind, reason = sort(plan, line, following, above.heading)
        if kind in SECTIONS:
            above = below_section(plan, line, kind, above)
            reading.set_apart.append(_apart(plan, line))
        elif kind is Sort.LEFT_OUT:
            source = _source(plan, setting, line)
            reading.left_out.append(LeftOut(source, reason, line.cells))
        else:
            when, above = occurred(plan, setting, line, above)
            account = _account(plan, setting, line, when, above.section)
            if kind is Sort.LONE_WORDS:
                account = replace(account, narrative=lone_words(line))
            reading.accounts.append(_flagged(account, line, doubts))
    return reading


def _apart(plan: Plan, line: Line) -> tuple[str, int, str]:
    text = " | ".join(cell.strip() for cell in line.cells if cell.strip())
    return line.sheet or plan.table.sheet, line.number, text


def _source(plan: Plan, setting: Setting, line: Line) -> Source:
    table = plan.table
    sheet = line.sheet or table.sheet
    return Source(setting.file, sheet, line.number, setting.sha256, table.part)


def _account(
    plan: Plan, setting: Setting, line: Line, when: When, section: tuple[Mention, ...]
) -> Account:
    written = {name: plan.text(line, name) for name in _WORDS}
    agency, doubts = agency_of_row(written["agency"], written["organisation"], setting.decision)
    narrative, outcome = _story(plan, written)
    event_type = written["event_type"].strip()
    subjects, about = subjects_of(plan, line, section or plan.about or setting.subject)
    importer = setting.importers[agency]
    return Account(
        agency=agency,
        source=_source(plan, setting, line),
        occurred=when,
        narrative=narrative,
        organisation=_organisation(written, plan.organisation or setting.organisation),
        system=written["system"].strip() or setting.system,
        recorded=other_date(plan, line, "recorded"),
        known=other_date(plan, line, "known"),
        shared=other_date(plan, line, "shared"),
        event_type_written=event_type,
        event_type=classify(
            importer.meaning(event_type or written["title"].strip()), narrative, agency
        ),
        reference=written["reference"].strip(),
        outcome=outcome,
        professional=_professional(written),
        location=", ".join(part.strip() for part in written["location"].split("\n") if part.strip())
        if len(plan.at.get("location", ())) > 1
        else written["location"].strip(),
        subjects=subjects,
        people=people_of(plan, line),
        child_seen=said(written["child_seen"]),
        child_alone=said(written["child_alone"]),
        child_voice=written["child_voice"].strip(),
        analysis=written["analysis"],
        other=_other(plan, line),
        raw=_raw(plan, line),
        flags=(*line.flags, *doubts, *about),
    )


#: Fields read as words.
_WORDS = (
    *("agency", "organisation", "system", "event_type", "title", "narrative", "response"),
    *("outcome", "professional", "professional_role", "location", "reference", "child_seen"),
    *("child_alone", "child_voice", "analysis"),
)


def _story(plan: Plan, written: dict[str, str]) -> tuple[str, str]:
    """The narrative with its title, and the outcome, taken from the narrative's end if need be."""
    narrative = written["narrative"]
    outcome = "\n".join(
        text.strip() for text in (written["response"], written["outcome"]) if text.strip()
    )
    if not plan.at.keys() & {"outcome", "response"}:
        narrative, outcome = split_outcome(narrative)
    title = written["title"].strip()
    if title and title.casefold() not in narrative.casefold():
        narrative = f"{title}\n{narrative}" if narrative.strip() else title
    return narrative, outcome


def _organisation(written: dict[str, str], otherwise: str) -> str:
    named = written["organisation"].strip()
    if named:
        return named
    agency = written["agency"].strip()
    return agency if agency and exact_agency(agency) is None else otherwise


def _professional(written: dict[str, str]) -> str:
    name = ", ".join(part.strip() for part in written["professional"].split("\n") if part.strip())
    role = written["professional_role"].strip()
    if not role or role.casefold() in name.casefold():
        return name
    return f"{name}, {role}" if name else role


def _other(plan: Plan, line: Line) -> tuple[tuple[str, str], ...]:
    """What stands in columns that fill no field of a record, each under its heading."""
    return tuple(
        (column.heading or f"Column {column.index + 1} (no heading)", line.cells[column.index])
        for column in plan.columns
        if line.cells[column.index].strip()
        and (
            _is_other(column.field, line.cells[column.index])
            or (column.field in DATE_PARTS and "occurred" in plan.at)
        )
    )


def _is_other(name: str, text: str) -> bool:
    if name in ("child_seen", "child_alone"):
        return not is_bare_answer(text)
    return not name or name in KEPT


def _raw(plan: Plan, line: Line) -> tuple[tuple[str, str], ...]:
    return tuple(
        (heading, text)
        for heading, text in zip(plan.table.headings, line.cells, strict=False)
        if heading or text
    )


def _flagged(account: Account, line: Line, doubts: Sequence[Flag]) -> Account:
    more = (*account.occurred.flags, *doubts, *_row_doubts(account, line))
    if not more:
        return account
    return replace(account, flags=tuple(dict.fromkeys((*account.flags, *more))))


def _row_doubts(account: Account, line: Line) -> Iterator[Flag]:
    if not account.occurred.is_known and not account.occurred.flags:
        yield Flag("date-missing", "The record gives no date.")
    if not any((account.narrative.strip(), account.outcome, account.event_type_written)):
        yield Flag("text-missing", "The record has a date but no words about what happened.")
    loose = [text for heading, text in account.raw if not heading and text.strip()]
    if loose and not any(flag.code == "row-extra-cells" for flag in line.flags):
        yield Flag("row-extra-cells", f"A cell under no heading holds '{loose[0].strip()[:60]}'.")
    if _recorded_before(account):
        recorded = account.recorded or UNDATED
        yield Flag(
            "recorded-before",
            f"The record is dated as written on {recorded.written.strip()}, before the event it "
            f"tells of ({account.occurred.written.strip()}).",
        )


def _recorded_before(account: Account) -> bool:
    recorded, occurred = account.recorded, account.occurred
    if recorded is None or not recorded.is_exact or not occurred.start:
        return False
    return bool(
        recorded.end
        and recorded.end < occurred.start
        and occurred.precision is not Precision.BEFORE
    )


def _weighty_doubts(plan: Plan) -> tuple[Flag, ...]:
    return tuple(
        Flag("column-uncertain", f"Column '{c.heading}' was taken for {label(c.field)}. {c.why}")
        for c in plan.columns
        if c.field in WEIGHTY and c.confidence < SURE
    )
