"""The lines of a table to accounts: each line becomes one, is left out, or is set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chronology.account import Account, LeftOut, Mention, Source
from chronology.dates import heading_says, read_when, says_as_above, weigh
from chronology.flags import Flag
from chronology.importers.agency import agency_of_row, exact_agency
from chronology.importers.columns import SURE
from chronology.importers.headings import CLOCKS, label
from chronology.importers.parts import is_bare_answer, said, split_outcome
from chronology.importers.people_cells import people_of, stated_subject, subjects_of
from chronology.importers.plan import Plan, Setting
from chronology.importers.sorting import Sort, sort
from chronology.importers.titles import section_name
from chronology.reading.grid import Line, Stamp
from chronology.vocabulary import classify
from chronology.when import UNDATED, Precision, When

#: Fields whose words stand under their own heading among the other facts of a record.
KEPT = ("source", "gender", "event_subtype")
SECTIONS = (Sort.SECTION, Sort.DATE_SECTION, Sort.DAY_SECTION)
#: What the dates of a table without a date column show.
NOTHING_SHOWN = weigh(())
#: Fields that would make every account doubtful if they were wrong.
WEIGHTY = ("occurred", "narrative")


MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
#: Two figures of a year from here on are 19xx.
LAST_CENTURY = 60


@dataclass(slots=True)
class Reading:
    """What the lines of a table became."""

    accounts: list[Account] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    set_apart: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Above:
    """What lines above say for a row: the last date, the year or month, the child's section."""

    date: tuple[str, Stamp | None, int] | None = None
    heading: str = ""
    #: The last date is a heading over these rows.
    headed: bool = False
    section: tuple[Mention, ...] = ()


def read_rows(plan: Plan, setting: Setting) -> Reading:
    """Every line below the headings of a table, as what it is."""
    reading = Reading()
    above = _Above(heading=setting.year)
    doubts = _weighty_doubts(plan)
    lines = plan.table.lines
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        kind, reason = sort(plan, line, following, above.heading)
        if kind in SECTIONS:
            above = _below_section(plan, line, kind, above)
            reading.set_apart.append(_apart(plan, line))
        elif kind is Sort.LEFT_OUT:
            source = _source(plan, setting, line)
            reading.left_out.append(LeftOut(source, reason, line.cells))
        else:
            when, above = _occurred(plan, setting, line, above)
            account = _account(plan, setting, line, when, above.section)
            if kind is Sort.LONE_WORDS:
                account = replace(account, narrative=_lone_words(line))
            reading.accounts.append(_flagged(account, line, doubts))
    return reading


def _apart(plan: Plan, line: Line) -> tuple[str, int, str]:
    text = " | ".join(dict.fromkeys(cell.strip() for cell in line.cells if cell.strip()))
    return plan.table.sheet, line.number, text


def _source(plan: Plan, setting: Setting, line: Line) -> Source:
    return Source(setting.file, plan.table.sheet, line.number, setting.sha256)


def _lone_words(line: Line) -> str:
    return next(cell for cell in line.cells if cell.strip())


def _below_section(plan: Plan, line: Line, kind: Sort, above: _Above) -> _Above:
    text = _lone_words(line).strip()
    if kind is Sort.DATE_SECTION:
        heading = heading_says(text, heading_says(above.heading))
        return replace(above, date=None, headed=False, heading=heading)
    if kind is Sort.DAY_SECTION:
        return replace(above, date=(text, _lone_stamp(line), line.number), headed=True)
    named = "" if {"subject", "subject_surname"} & plan.at.keys() else section_name(text)
    return replace(
        above, date=None, headed=False, section=stated_subject(named, "") or above.section
    )


def _lone_stamp(line: Line) -> Stamp | None:
    return next(iter(line.stamps.values()), None)


def _occurred(plan: Plan, setting: Setting, line: Line, above: _Above) -> tuple[When, _Above]:
    """The date of a row, and what the next row may point back to."""
    text, stamp = _date_cell(plan, line)
    column = plan.first("occurred")
    if text.strip() and not says_as_above(text):
        when = _when(plan, line, "occurred", text, stamp, heading=above.heading)
        if column in line.filled:
            when = when.flagged(_merged(text))
        return when, replace(above, date=(text, stamp, line.number), headed=False)
    if above.date and (says_as_above(text) or setting.hand_filled or above.headed):
        source, stamp, row = above.date
        when = _when(plan, line, "occurred", source, stamp, heading=above.heading)
        own = " ".join(filter(None, (text.strip(), plan.text(line, "occurred_time").strip())))
        return replace(when, written=own).flagged(_as_above(text, source, row)), above
    return _when(plan, line, "occurred", text, None, heading=above.heading), above


def _as_above(text: str, source: str, row: int) -> Flag:
    what = f"says '{text.strip()}'" if text.strip() else "is blank"
    return Flag(
        "date-as-above",
        f"The date cell {what}; the date above it, '{source.strip()}' in row {row}, was taken.",
    )


def _merged(text: str) -> Flag:
    return Flag(
        "date-merged-cell", f"The date '{text.strip()}' stands in a cell merged over several rows."
    )


def _date_cell(plan: Plan, line: Line) -> tuple[str, Stamp | None]:
    column = plan.first("occurred")
    if column >= 0 and line.cells[column].strip():
        return line.cells[column], line.stamps.get(column)
    parts = [plan.text(line, f"occurred_{part}").strip() for part in ("day", "month", "year")]
    return (_spelt(*parts), None) if any(parts) else ("", None)


def _spelt(day: str, month: str, year: str) -> str:
    """Three cells as one date that cannot be read in another order."""
    if month.isdigit() and 1 <= int(month) <= 12:
        month = MONTHS[int(month) - 1]
    if year.isdigit() and len(year) <= 2:
        year = str(int(year) + (2000 if int(year) < LAST_CENTURY else 1900))
    return " ".join(part for part in (day, month, year) if part)


def _when(
    plan: Plan, line: Line, name: str, text: str, stamp: Stamp | None, *, heading: str = ""
) -> When:
    clock, end = plan.first(CLOCKS.get(name, "")), plan.first("occurred_end")
    end_clock = plan.first("occurred_end_time")
    ends = name == "occurred"
    return read_when(
        text,
        stamp=stamp,
        evidence=plan.evidence.get(plan.first(name), NOTHING_SHOWN),
        clock_text=_cell(line, clock),
        clock_stamp=line.stamps.get(clock),
        end_text=_cell(line, end) if ends else "",
        end_stamp=line.stamps.get(end) if ends else None,
        end_clock_text=_cell(line, end_clock) if ends else "",
        heading=heading,
    )


def _cell(line: Line, column: int) -> str:
    return line.cells[column] if column >= 0 else ""


def _other_date(plan: Plan, line: Line, name: str) -> When | None:
    column = plan.first(name)
    if column < 0 or not line.cells[column].strip():
        return None
    return _when(plan, line, name, line.cells[column], line.stamps.get(column))


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
        organisation=_organisation(written, setting),
        system=written["system"].strip() or setting.system,
        recorded=_other_date(plan, line, "recorded"),
        known=_other_date(plan, line, "known"),
        shared=_other_date(plan, line, "shared"),
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


def _organisation(written: dict[str, str], setting: Setting) -> str:
    named = written["organisation"].strip()
    if named:
        return named
    agency = written["agency"].strip()
    return agency if agency and exact_agency(agency) is None else setting.organisation


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
        if line.cells[column.index].strip() and _is_other(column.field, line.cells[column.index])
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
    flags = dict.fromkeys(
        (*account.flags, *account.occurred.flags, *doubts, *_row_doubts(account, line))
    )
    return replace(account, flags=tuple(flags))


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
