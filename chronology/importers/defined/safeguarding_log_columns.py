"""Columns of a safeguarding log: those of the incident, and those of each action that followed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chronology.importers.defined.sheets import FIRST_LINES, Sheet, cell_text, plain
from chronology.reading.grid import Grid, Line

_THING = r"(incident|concern|record|log|entry|event|cpoms|myconcern|chronology)"
_WHO = r"(student|pupil|learner|child|young person)"
#: What a column of the incident is: field, and the plain headings that give it.
_INCIDENT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("parent", (r"parent( (id|no|number|ref|reference|record|incident|record id|incident id))?"
                   r"|related (incident|record|concern)( (id|no|number|ref))?|parentid")),
        ("id", (rf"(parent )?{_THING} ?(record )?(id|no|number|num|ref|reference)"
               rf"|(id|reference|ref) of {_THING}|unique (record )?id")),
        ("kind", r"((row|record|entry|item|line) )?type|(row|record|entry|item|line) kind|kind"),
        ("due", r".*\bdue( date| by| on)?|target date|(next )?review( date)?|date for review"),
        ("occurred", (rf"(date( ?/? ?| and )time|date|time and date|when)( of (the )?{_THING})"
                     rf"|{_THING} (date( ?/? ?| and )time|date|time and date|occurred( on| at)?)"
                     r"|date( ?/? ?| and )time|date|(date|when) (it )?(occurred|happened)"
                     r"|occurred( on| at)?|date occurred")),
        ("clock", rf"time( of (the )?{_THING})?|{_THING} time"),
        ("recorded", (r"(date|time|date( and)? time) (added|recorded|logged|created|entered"
                     r"|submitted|reported|of (writing|recording|entry))"
                     r"|(added|recorded|logged|created|entered|submitted)( (on|at|date))?"
                     r"|(added|recorded|logged|created|submitted) date( time)?")),
        ("author", (r"((added|reported|recorded|logged|created|entered|submitted|raised|written) by"
                   r"|author|reporter|staff( member| name)?|member of staff|reporting staff"
                   r"|reported by name|user)")),
        ("forename", rf"({_WHO} )?(forename|first name|given name)"),
        ("surname", rf"({_WHO} )?(surname|last name|family name)"),
        (
            "linked",
            (
                rf"(linked|other|associated|related) {_WHO}s?( involved)?|linked to"
                rf"|linked (children|people|persons|pupils)|{_WHO}s? involved"
                r"|other (children|pupils|people)( involved)?"
            ),
        ),
        ("name", rf"({_WHO}s? )?(full )?name( of {_WHO})?|{_WHO}s?|{_WHO} full name|subject"),
        ("born", rf"({_WHO} )?(date of birth|d ?o ?b)"),
        ("upn", rf"({_WHO} )?upn|unique pupil number"),
        ("number", rf"{_WHO} (id|no|number|ref)|admission (no|number)|adno|studentid|pupilid"),
        ("categories", (r"(sub ?)?categor(y|ies)|(main|primary|other) categor(y|ies)"
                       rf"|sub categories|{_THING} (type|category|categories)|type of {_THING}"
                       r"|nature of (concern|incident)|tags?")),
        ("text", (rf"{_THING}( (text|details?|description|summary|notes?|narrative|content))?"
                 rf"|details?( of (the )?{_THING})?|description( of (the )?{_THING})?|summary"
                 r"|narrative|text|notes?|what happened|body|content|comments?")),
        ("alerted", (r"alert(ed|s)?( staff| to| users?)?|staff alerted|notified( staff)?"
                    r"|shared with|(agencies|agency) (involved|contacted|informed)")),
        ("location", r"location|place|where|place of incident|incident location"),
        ("outcome", r"outcome|resolution|(initial |immediate )?action(s)? taken"),
        ("voice", rf"(voice|views|wishes and feelings) of {_WHO}|{_WHO}s? (voice|views)"),
        ("status", rf"({_THING} )?(status|state)"),
        ("restricted", (r"restricted|confidential|sensitive|access( level)?|restricted access"
                       r"|visibility")),
    )
)  # fmt: skip
#: What a column of an action is, its figure taken away: "Action 2 date" is "action date".
_ACTION: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern.replace("ACT", r"(follow ?up action|follow ?up|action|response)")))
    for name, pattern in (
        ("id", r"ACT (id|no|number|ref|reference)"),
        ("due", r"ACT (due|target|review)( date| by| on)?|(due|target|review) date of ACT"),
        ("recorded", (r"ACT (date )?(added|recorded|logged|created|entered)( (on|at|date))?"
                     r"|(date|time) ACT (added|recorded|logged|created|entered)")),
        ("date", (r"ACT (date( ?/? ?| and )time|date|time|on|date taken|taken on|completed on"
                 r"|date completed|completed|completed date|taken date)"
                 r"|date( and time)? of ACT|date ACT( was)?( taken| completed)?")),
        ("author", (r"ACT (by|author|staff|user|owner|taken by|added by|recorded by|completed by"
                   r"|logged by|staff member|created by)")),
        ("assigned", r"ACT (assigned( to)?|for|assignee|responsible)"),
        ("status", r"ACT (status|type|category|state|outcome|result)"),
        ("text", (r"ACTs?( (text|details?|description|notes?|comments?|update|summary|content"
                 r"|taken|narrative))?")),
    )
)  # fmt: skip
_FIGURE = re.compile(r"\b\d{1,2}\b")
#: A row says of itself that it is an incident, or that it is an action.
INCIDENT_KINDS = re.compile(r"(incident|concern|parent|record|log|entry|main|original)( record)?")
ACTION_KINDS = re.compile(
    r"(follow ?up( action)?|action|response|update|comment|child|note)( \d+| taken| added)?"
)
#: So many rows are looked at to know a log.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Log:
    """A log found by its headings: the columns of the incident, and of each action beside it."""

    sheet: Sheet
    at: Mapping[str, tuple[int, ...]]
    #: The columns of the first action, the second ...: field -> column.
    actions: tuple[Mapping[str, int], ...] = ()
    #: Whether a row says of itself that it is an incident or an action.
    by_kind: bool = False

    def text(self, line: Line, field: str) -> str:
        """What the columns of a field say in a row, each in a line of its own."""
        cells = (cell_text(line.cells[c]) for c in self.at.get(field, ()))
        return "\n".join(dict.fromkeys(filter(None, cells)))

    def heading(self, column: int) -> str:
        """A heading as written."""
        return self.sheet.heading.cells[column]


def log_in(grid: Grid) -> Log | None:
    """The log of a sheet; None where its headings do not tell an incident from its actions."""
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        if sum(bool(cell.strip()) for cell in line.cells) < 4:
            continue
        log = _log(grid, index, line)
        if log is not None:
            return log
    return None


def _log(grid: Grid, index: int, line: Line) -> Log | None:
    at: dict[str, tuple[int, ...]] = {}
    actions: dict[str, dict[str, int]] = {}
    headings = [plain(cell) for cell in line.cells]
    for column, heading in enumerate(headings):
        if not heading:
            continue
        figure = _FIGURE.search(heading)
        bare = " ".join(_FIGURE.sub("", heading).split())
        field = _field(_ACTION, bare)
        if field:
            actions.setdefault(figure[0] if figure else "", {}).setdefault(field, column)
        elif known := _field(_INCIDENT, heading):
            at[known] = (*at.get(known, ()), column)
    if not at.keys() & {"id", "parent"} or not at.keys() & {"text", "categories"}:
        return None
    rows = grid.lines[index + 1 :]
    first = {heading: n for n, heading in reversed(list(enumerate(headings))) if heading}
    sheet = Sheet(grid, line, rows, first)
    beside = tuple(one for one in actions.values() if "date" in one and "text" in one)
    if beside:
        return Log(sheet, at, beside)
    if "kind" in at and "text" in at and _says_kinds(rows, at["kind"][0]):
        return Log(sheet, at, by_kind=True)
    return None


def _field(fields: Sequence[tuple[str, re.Pattern[str]]], heading: str) -> str:
    return next((name for name, sought in fields if sought.fullmatch(heading)), "")


def _says_kinds(rows: Sequence[Line], column: int) -> bool:
    """Whether the rows are incidents and actions, and nothing else, and there are both."""
    kinds = {plain(row.cells[column]) for row in rows[:LOOKED_AT] if row.cells[column].strip()}
    actions = {kind for kind in kinds if ACTION_KINDS.fullmatch(kind)}
    incidents = {kind for kind in kinds if INCIDENT_KINDS.fullmatch(kind)}
    return bool(actions and incidents) and kinds <= actions | incidents
