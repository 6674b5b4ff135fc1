"""Lists of persons by their headings: which columns name somebody, and which date something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chronology.account import Agency
from chronology.importers.defined.sheets import FIRST_LINES, Sheet, cell_text, plain
from chronology.reading.grid import Grid, Line

_LOCAL = (
    r"((cms|childs?|children|persons?|clients?|service user|pupil|student|patient|mosaic|lcs|ehm"
    r"|liquidlogic|ics|eclipse|la|la child|local|system|social care|local authority|unique) )*"
    r"(unique )?(id( number)?|identifier|ref|reference( number)?)"
    r"|(cms|mosaic|lcs|child|person|client|system|social care|local) (no|number)|lachildid"
)
_NAME = (
    r"((childs?|persons?|clients?|pupils?|patients?|students?) )?(full )?name"
    r"|name of (child|person)|child"
)
#: Whom a row names: field, and the plain headings that give it.
_NAMING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("nhs", re.compile(r"nhs( (no|num|number|id))?")),
    ("upn", re.compile(r"(former )?upn|unique pupil (number|no|id)")),
    ("number", re.compile(_LOCAL)),
    ("forename", re.compile(r"((childs?|person) )?((first|given) ?names?|forenames?)")),
    ("surname", re.compile(r"((childs?|person) )?((last|family) ?name|surname)")),
    ("name", re.compile(_NAME)),
    ("born", re.compile(r"date of birth|d ?o ?b|birth ?date")),
)
#: What else a list of persons says of them; none of it is an event.
_ATTRIBUTE = re.compile(
    r"(known as|preferred name|alias(es)?|aka|also known as|middle names?|title"
    r"|gender|sex|ethnicity|ethnic origin|age|age of child years|nationality|(first )?language"
    r"|religion|disability|(home |current )?(address|postcode|post code)|address line \d"
    r"|school( name)?|current school|gp( practice)?|year ?group|year|nc ?year( group)?|class"
    r"|(reg|registration|tutor)( ?(group|form|class))?|form( group)?|house|admission (no|number)"
    r"|relationship( to child)?|role|household|sibling group)"
)
#: Who says that a table is one of those that services share to find the same person.
_SHARED = re.compile(r"cms (id|no|number)")
#: Headings of a table of events: where one stands further down, the sheet is no list of persons.
_OTHER_TABLE = frozenset(
    {"date", "date of event", "event date", "event", "time", "details", "narrative", "description"}
)
#: Longer cells are no headings.
LONGEST = 24
#: How many of the rows must name or number somebody.
NAMED = 0.8
#: Where somebody lives and how to reach them.
WITHHELD_HEADINGS = re.compile(
    r"address|post ?code|phone|e ?mail|contact (number|details)|next of kin"
)
_DATE = re.compile(r"\bdate\b|\b(start|end)$")
#: Dates of the list itself: when it was made and what it covers.
_OF_THE_LIST = re.compile(r"date current as of|coverage (start|end) date")
#: What a date tells of, and of which kind: by its plain heading.
EVENTS = {
    "date of most recent interaction": (
        "Most recent interaction with the service",
        "CONTACT.CONTACT",
    ),
    "start date of last involvement": ("Last involvement of the service started", ""),
    "date of most recent hospital admission": (
        "Most recent hospital admission",
        "HEALTH.ADMISSION",
    ),
    "date of discharge": ("Discharged from hospital", "HEALTH.DISCHARGE"),
}
#: Whose list it is, by a heading that only their lists have.
SENDERS: tuple[tuple[str, Agency], ...] = (
    ("school name", Agency.EDUCATION),
    *(
        (heading, Agency.EDUCATION)
        for heading in ("reg", "reg group", "registration form", "registration group", "yeargroup")
    ),
    ("local authority organisation", Agency.SOCIAL_CARE),
    ("keyworker", Agency.SOCIAL_CARE),
    ("date of most recent hospital admission", Agency.HEALTH),
)
ORGANISATION_HEADINGS = ("Local Authority Organisation", "School Name", "Name of housing provider")
TOLD_HEADINGS = (
    "Service Involvement",
    "Service/Event Desc",
    "Presenting condition",
    "Date Current As Of",
)


#: Told as the organisation or in the narrative.
_ELSEWHERE = frozenset(plain(heading) for heading in (*ORGANISATION_HEADINGS, *TOLD_HEADINGS))


@dataclass(frozen=True, slots=True)
class Persons:
    """A table of persons: where each field stands, and the columns that date something."""

    sheet: Sheet
    at: dict[str, tuple[int, ...]]
    dates: tuple[str, ...]
    #: What else a service says of its involvement.
    more: tuple[int, ...]


def persons_in(grid: Grid) -> Persons | None:
    """A sheet as a list of persons; None where it tells of anything else."""
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        headings = [plain(cell) for cell in line.cells]
        if sum(map(bool, headings)) < 2:
            continue
        found = _persons(grid, index, headings)
        if found is not None:
            return found
    return None


def _persons(grid: Grid, index: int, headings: Sequence[str]) -> Persons | None:
    at: dict[str, tuple[int, ...]] = {}
    other: list[int] = []
    for column, heading in enumerate(headings):
        field = next((name for name, sought in _NAMING if sought.fullmatch(heading)), "")
        if field:
            at[field] = (*at.get(field, ()), column)
        elif heading:
            other.append(column)
    named = at.keys() & {"name", "forename", "surname"}
    if not named or not at.keys() & {"number", "nhs", "upn"}:
        return None
    shared = "born" in at and any(_SHARED.fullmatch(heading) for heading in headings)
    if not shared and not all(_ATTRIBUTE.fullmatch(headings[column]) for column in other):
        return None
    if not _fits(grid.lines[index + 1 :], at):
        return None
    line = grid.lines[index]
    columns = {
        heading: column for column, heading in reversed(list(enumerate(headings))) if heading
    }
    dated = [column for column in other if _DATE.search(headings[column])] if shared else []
    dated = [column for column in dated if not _OF_THE_LIST.search(headings[column])]
    more = tuple(
        column
        for column in other
        if column not in dated
        and headings[column] not in _ELSEWHERE
        and not _ATTRIBUTE.fullmatch(headings[column])
        and not WITHHELD_HEADINGS.search(headings[column])
    )
    dates = tuple(line.cells[column].strip() for column in dated)
    return Persons(Sheet(grid, line, grid.lines[index + 1 :], columns), at, dates, more)


def _fits(rows: Sequence[Line], at: dict[str, tuple[int, ...]]) -> bool:
    """Whether the rows below are persons, and no other table follows under the same sheet."""
    columns = [column for field, those in at.items() if field != "born" for column in those]
    named = sum(any(cell_text(row.cells[column]) for column in columns) for row in rows)
    return named >= NAMED * len(rows) and not any(
        plain(cell) in _OTHER_TABLE for row in rows for cell in row.cells if len(cell) < LONGEST
    )
