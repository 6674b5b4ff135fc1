"""The tables in which schools send attendance marks: a row each, a string of marks, or a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chronology.dates import Evidence, Order, read_when, settle, weigh
from chronology.importers.defined.attendance_codes import half_of, is_mark
from chronology.importers.defined.sheets import FIRST_LINES, Sheet, cell_text, plain
from chronology.reading.grid import Grid, Line

_PLACE_WORDS = (
    "year|year group|yeargroup|nc year|reg|reg group|registration|registration group|registration"
    " form|form|class|tutor group|house|school|school name|gender|sex|group|key stage"
)
#: What a column of an attendance table is: field, and the plain headings that give it.
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("upn", r"(former )?upn|unique pupil number"),
        (
            "number",
            (r"(pupil|student|learner|person|mis|child|admission|adm|enrolment) ?(id|no|number|ref)"
            r"|adno|admno|admission|id|studentid|pupilid|admissionnumber|learner id"),
        ),
        (
            "forename",
            r"((legal|preferred|pupil|student|chosen) )?(forename|first ?name|given name)",
        ),
        ("surname", r"((legal|preferred|pupil|student) )?(surname|last ?name|family name)"),
        (
            "name",
            (r"((full|legal|preferred) )?(pupil|student|learner|child|full|legal|preferred)?"
            r"s?( full)? ?name|pupil|student|learner|child|pupil s name|childs name"),
        ),
        ("born", r"date of birth|d ?o ?b|birth ?date|born"),
        ("marks", (r"(attendance|session|register|registration) ?marks|marks|marks? string"
                  r"|attendance (string|pattern|history)")),
        (
            "start",
            (r"(attendance |marks? )?start ?date|attendancestartdate|from( date)?|start"
            r"|(week|w) ?(beginning|commencing|starting|b|c)|wb|wc|first session date"),
        ),
        ("end", r"end ?date|to( date)?|week ending"),
        (
            "date",
            (r"((session|attendance|mark|register|registration|calendar|school) ?)?date"
            r"|date of (session|mark)"),
        ),
        ("half", r"session|am ?/? ?pm|session ?(type|name|id|no|number)?|half ?day|period"),
        (
            "mark",
            (r"((attendance|session|register|registration|absence|am pm) ?)?(mark|code|symbol)"
            r"|mark code|attendance mark code|attendance"),
        ),
        ("am", (r"am( (mark|code|session|attendance|registration))?|morning( (mark|code|session))?"
               r"|(mark|code|session) am")),
        ("pm", (r"pm( (mark|code|session|attendance|registration))?"
               r"|afternoon( (mark|code|session))?|(mark|code|session) pm")),
        (
            "note",
            (r"((attendance|mark|session|absence|register) )?(comments?|notes?|remarks?)"
            r"|(minutes|mins) late|late minutes|minuteslate"),
        ),
        (
            "words",
            (r"(reason|reason for absence|absence reason|code description|mark description"
            r"|(mark|code) (meaning|name)|(attendance )?(category|type|meaning|status)"
            r"|statistical (meaning|category)|physical meaning|description)"),
        ),
        ("school", r"school( name)?|establishment|estab"),
        ("class", _PLACE_WORDS),
    )
)  # fmt: skip
#: Headings under which somebody tells what happened: such a table is read as a table of events.
_TELLING = re.compile(
    r"incident.*|event( details?)?|narrative|details?|what happened|case note.*|concern.*|outcome"
    r"|action.*|follow up.*"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]* ?(am|pm|1|2)?")
_HALF = re.compile(r"[\s,:()\-]*\b(am|pm|a\.m\.?|p\.m\.?|morning|afternoon)\b[\s)]*$", re.I)
_LOOKS_DATED = re.compile(r"\d{1,4}[./ \-](\d{1,2}|[A-Za-z]{3,9})\b|\d{8}\b")
#: Marks of presence: a register has them, another grid of letters has not.
_PRESENT = ("/", "\\")
#: Letters that may be answers and no marks.
_ANSWERS = frozenset({"Y", "N", ""})
#: At least so many of the marks of a table are in the list of codes.
KNOWN = 0.8
#: So many rows are looked at to know a table.
LOOKED_AT = 400
DAY_FIRST = Evidence(Order.DAY_FIRST, "Attendance registers in England are dated day first.")


@dataclass(frozen=True, slots=True)
class Session:
    """A column of a grid: the day and the half of it that its marks are of."""

    column: int
    half: str
    #: The day of a dated column, None in a row that says its own week.
    day: date | None
    said: str
    weekday: int = -1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of marks: its layout ("rows", "string", "grid" or "weeks") and its columns."""

    layout: str
    sheet: Sheet
    at: Mapping[str, tuple[int, ...]]
    sessions: tuple[Session, ...] = ()
    #: A second row of headings: "AM" and "PM" under each date.
    below: Line | None = None
    #: Columns of a grid whose heading is a date that is not known: (column, heading).
    undated: tuple[tuple[int, str], ...] = ()

    def texts(self, line: Line, field: str) -> list[str]:
        """What the columns of a field say in a row."""
        columns = self.at.get(field)
        if not columns:
            return []
        return [text for c in columns if (text := mark_text(line.cells[c]))]

    def text(self, line: Line, field: str) -> str:
        """The first of them; "" for none."""
        for column in self.at.get(field, ()):
            if text := mark_text(line.cells[column]):
                return text
        return ""


def mark_text(cell: str) -> str:
    """A cell without hard spaces; a sign alone stays, for "." and "-" are marks."""
    return cell.replace("\u00a0", " ").strip()


def table_in(grid: Grid) -> Table | None:
    """The table of marks of a sheet; None where it holds anything else."""
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        filled = sum(bool(cell.strip()) for cell in line.cells)
        if filled < 2:
            continue
        table = _table(grid, index, line)
        if table is not None:
            return table
    return None


def _table(grid: Grid, index: int, line: Line) -> Table | None:
    headings = [plain(cell) for cell in line.cells]
    at: dict[str, tuple[int, ...]] = {}
    for column, heading in enumerate(headings):
        field = field_of(heading)
        if field:
            at[field] = (*at.get(field, ()), column)
        elif heading and _TELLING.fullmatch(heading):
            return None
    rows = grid.lines[index + 1 :]
    first = {heading: n for n, heading in reversed(list(enumerate(headings))) if heading}
    sheet = Sheet(grid, line, rows, first)
    if "marks" in at and at.keys() & {"start", "date"}:
        return _checked(Table("string", sheet, at), at["marks"])
    if "date" in at and (at.keys() >= {"am", "pm"} or "mark" in at):
        columns = (*at.get("mark", ()), *at.get("am", ()), *at.get("pm", ()))
        table = _checked(Table("rows", sheet, at), columns)
        return table if table and _is_register(table, columns) else None
    return _weeks(sheet, at) or _grid(sheet, at)


def field_of(heading: str) -> str:
    """The field of a plain heading; "" for none."""
    return next((name for name, sought in _FIELDS if sought.fullmatch(heading)), "")


def _is_register(table: Table, columns: Sequence[int]) -> bool:
    """Whether rows are sessions: of a known half of the day, or with marks of presence."""
    rows = table.sheet.rows[:LOOKED_AT]
    halves = [text for row in rows if (text := table.text(row, "half"))]
    if sum(bool(half_of(text)) for text in halves) < KNOWN * len(halves):
        return False
    marks = {row.cells[c].strip().upper() for row in rows for c in columns}
    if any(mark[:1] in _PRESENT or mark == "PRESENT" for mark in marks):
        return True
    return bool(halves or table.at.keys() & {"am", "pm"}) and not marks <= _ANSWERS


def _checked(table: Table, columns: Sequence[int]) -> Table | None:
    """The table if most of its marks are in the list of codes."""
    cells = [
        text
        for row in table.sheet.rows[:LOOKED_AT]
        for c in columns
        if (text := mark_text(row.cells[c])) and text not in "-."
    ]
    known = sum(is_mark(text) for text in cells)
    if table.layout == "string":
        known = sum(is_string(text) for text in cells)
    if not cells or known < KNOWN * len(cells):
        return None
    if table.layout != "rows" and not any(sign in text for text in cells for sign in _PRESENT):
        return None
    return table


def is_string(text: str) -> bool:
    """Whether a cell is a string of marks: signs and capitals, most of them in the list."""
    bare = text.replace(" ", "")
    if not bare or any(c.islower() for c in bare):
        return False
    listed = sum(is_mark(c) or c.isdigit() or c in "-*.@" for c in bare)
    return listed >= KNOWN * len(bare) and any(c in "/\\#LNOIUMC" for c in bare)


def _weeks(sheet: Sheet, at: dict[str, tuple[int, ...]]) -> Table | None:
    """A row for each week, a column for each session of it."""
    sessions = []
    half = ""
    if not at.keys() & {"start", "date"}:
        return None
    for column, cell in enumerate(sheet.heading.cells):
        found = _WEEKDAY.fullmatch(plain(cell))
        if found:
            half = half_of(found[2] or "")
            weekday = _WEEKDAYS.index(found[1])
            sessions.append(Session(column, half, None, cell.strip(), weekday))
    if len(sessions) < 5:
        return None
    table = Table("weeks", sheet, at, tuple(sessions))
    return _checked(table, [s.column for s in sessions])


def _grid(sheet: Sheet, at: dict[str, tuple[int, ...]]) -> Table | None:
    """A row for each child, a column for each day or session."""
    dated = list(_dated_columns(sheet.heading))
    if len(dated) < 2 or not at.keys() & {"name", "surname", "upn", "number", "forename"}:
        return None
    below = _halves_below(sheet)
    columns = _spread(dated, below) if below else [(c, said, half) for c, said, half in dated]
    stamps = sheet.heading.stamps
    texts = {c: said for c, said, _ in dated}
    evidence = settle(weigh(list(texts.values()), [stamps.get(c) for c in texts]), (DAY_FIRST,))
    sessions, undated = [], []
    origin = {said: c for c, said, _ in reversed(dated)}
    for column, said, half in columns:
        when = read_when(said, stamp=stamps.get(origin[said]), evidence=evidence)
        if when.start is not None and when.start == when.end:
            sessions.append(Session(column, half, when.start, said))
        else:
            undated.append((column, said))
    if not sessions:
        return None
    rows = sheet.rows[1:] if below else sheet.rows
    whole = Sheet(sheet.grid, sheet.heading, rows, sheet.at)
    table = Table("grid", whole, at, tuple(sessions), below, tuple(undated))
    return _checked(table, [s.column for s in sessions])


def _dated_columns(line: Line) -> Iterator[tuple[int, str, str]]:
    """Every column headed by a day: (column, the day as written, "AM" or "PM" or "")."""
    for column, cell in enumerate(line.cells):
        text = cell_text(cell)
        half = _HALF.search(text)
        said = text[: half.start()].strip() if half else text
        if not said or field_of(plain(text)):
            continue
        if line.stamps.get(column) is not None or _LOOKS_DATED.search(said):
            yield column, said, half_of(half[1]) if half else ""


def _halves_below(sheet: Sheet) -> Line | None:
    """The row under the dates that says AM and PM, if there is one."""
    if not sheet.rows:
        return None
    filled = [cell.strip() for cell in sheet.rows[0].cells if cell.strip()]
    halves = [cell for cell in filled if cell.casefold() in ("am", "pm")]
    return sheet.rows[0] if len(halves) >= 2 and len(halves) >= KNOWN * len(filled) else None


def _spread(dated: Sequence[tuple[int, str, str]], below: Line) -> list[tuple[int, str, str]]:
    """The dates spread over the halves that stand under them."""
    spread: list[tuple[int, str, str]] = []
    heads = {column: said for column, said, _ in dated}
    said = ""
    for column, cell in enumerate(below.cells):
        said = heads.get(column, said)
        half = half_of(cell) if cell.strip() else ""
        if said and half:
            spread.append((column, said, half))
    return spread
