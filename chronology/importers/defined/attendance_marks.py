"""Attendance marks to spells: sessions of one child that follow one another under one code.

A mark stands for half a school day. Sessions at which a child was present are no events: they are
counted, with every mark kept, in one line left out for each child and school year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from chronology.account import Mention
from chronology.flags import Flag
from chronology.importers.defined.attendance_codes import (
    CODES,
    LATE,
    SATURDAY,
    Kind,
    code_of,
    in_words,
    kind_of,
)
from chronology.importers.defined.base import Cells, Found, Telling, in_lines, unknown_code
from chronology.importers.defined.coding import code_doubts
from chronology.reading.grid import Line
from chronology.vocabulary.codes import is_known, told
from chronology.when import Precision, When

#: A spell goes on over a weekend and a bank holiday, not over more days without a session.
LONGEST_GAP = 4
#: The last month of a school year.
AUGUST = 8
_UNAUTHORISED = frozenset("G N O U".split())
_UNABLE = frozenset("Q Y Y1 Y2 Y3 Y4 Y5 Y6 Y7 X02 X03 X04 X05 X06 X07".split())
_ORDER = {"AM": 0, "": 1, "PM": 2}
_HALVES = {"AM": "morning", "PM": "afternoon"}


class Mark(NamedTuple):
    """One session of one child as the register has it; a tuple, for a file holds many."""

    day: date
    #: "AM", "PM", or "" where the register does not say.
    half: str
    #: As written.
    mark: str
    row: int
    #: The date as written.
    said: str
    #: How far down among the marks of its row.
    part: int = 0
    note: str = ""
    #: What the register says of the mark in words.
    words: str = ""
    #: The row it stands in, and its column where a row holds many marks.
    line: Line | None = None
    column: int = -1

    @property
    def session(self) -> str:
        """The session as a person reads it."""
        half = f" {self.half}" if self.half else ""
        return f"{in_words(self.day)}{half}"


@dataclass(slots=True)
class Register:
    """The marks of one child, whom it is about, and what holds for every one of them."""

    who: tuple[Mention, ...]
    sheet: str
    unit: str = "row"
    organisation: str = ""
    base: Cells = ()
    withheld: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    #: The cells of a mark, each under its heading.
    cells: Callable[[Mark], Cells] = lambda mark: ((f"Mark {mark.part + 1}", mark.mark),)
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Sum:
    """How many sessions a file gives, and what became of them."""

    read: int = 0
    told: int = 0
    spells: int = 0
    counted: int = 0

    def note(self) -> str:
        """The sum for a person to check."""
        return (
            f"The file gives {self.read} {_plural('session', self.read)}: {self.told} in"
            f" {self.spells} {_plural('spell', self.spells)} of absence or lateness,"
            f" {self.counted} counted in the lines left out. Sessions that follow one another with"
            " the same code are one spell; it ends where the child attended or the code changes."
        )


def tell_register(found: Found, register: Register, total: Sum) -> None:
    """Every spell told, and every other session counted in a line for each school year."""
    total.read += len(register.marks)
    marks = sorted(register.marks, key=lambda m: (m.day, _ORDER[m.half], m.row, m.part))
    kept = list(_without_doubles(found, register, marks, total))
    for spell in _spells(kept):
        total.told += len(spell)
        total.spells += 1
        _tell(found, register, spell)
    others = [m for m in kept if kind_of(m.mark) not in (Kind.ABSENT, Kind.LATE)]
    years: dict[int, list[Mark]] = {}
    for mark in others:
        years.setdefault(mark.day.year + (mark.day.month > AUGUST), []).append(mark)
    for year in sorted(years):
        total.counted += len(years[year])
        _count(found, register, years[year])


def _without_doubles(
    found: Found, register: Register, marks: Iterable[Mark], total: Sum
) -> Iterator[Mark]:
    """Each session once: a second mark of the same session is left out aloud."""
    last: Mark | None = None
    for mark in marks:
        same = last is not None and mark.half and (mark.day, mark.half) == (last.day, last.half)
        if last is None or not same:
            yield mark
            last = mark
            continue
        alike = code_of(mark.mark) == code_of(last.mark)
        how = "the same mark" if alike else f"another mark, '{last.mark}'"
        where = f"{register.unit} {last.row}"
        reason = f"{mark.session}: {where} gives the same session with {how}."
        source = found.source(register.sheet, mark.row, mark.part, register.unit)
        cells = (cell for cell in _cells_of(register, [mark]) if cell[0] not in register.withheld)
        found.leave(source, reason, tuple(cells))
        total.counted += 1


def _spells(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The absences and latenesses of a child, each with the sessions that follow one another."""
    days = sorted({m.day for m in marks if kind_of(m.mark) is not Kind.NO_SESSION})
    place = {day: n for n, day in enumerate(days)}
    spells: list[list[Mark]] = []
    absent: list[Mark] = []
    late: list[Mark] = []
    for mark in marks:
        kind = kind_of(mark.mark)
        if kind is Kind.ABSENT:
            if not (absent and _goes_on(absent[-1], mark)):
                absent = []
                spells.append(absent)
            absent.append(mark)
        elif kind is Kind.LATE:
            absent = []
            follows = late and code_of(late[-1].mark) == code_of(mark.mark)
            if not (follows and place[mark.day] - place[late[-1].day] <= 1):
                late = []
                spells.append(late)
            late.append(mark)
        elif kind is Kind.ATTENDING or (kind is Kind.BLANK and mark.day.weekday() < SATURDAY):
            absent = []
    return spells


def _goes_on(last: Mark, mark: Mark) -> bool:
    near = (mark.day - last.day).days <= LONGEST_GAP
    return near and code_of(last.mark) == code_of(mark.mark)


def _tell(found: Found, register: Register, spell: Sequence[Mark]) -> None:
    first, last = spell[0], spell[-1]
    code = code_of(first.mark)
    when = _when(first, last)
    details = [
        ("Code", told(CODES, "mark", code)),
        ("In the words of the register", _worded(spell)),
        ("Counted as", _counted_as(code)),
        *((f"Note for {m.session}", m.note) for m in spell if m.note),
    ]
    flags = (*code_doubts(CODES, [("Code", "mark", code)], when), *register.flags)
    if not is_known(CODES, "mark", code):
        flags = (unknown_code("Mark", first.mark), *register.flags)
    title, event_type = _titled(code)
    said: Telling = {
        "event_type_written": title,
        "event_type": event_type,
        "organisation": register.organisation,
        "subjects": register.who,
        "other": (
            ("Sessions", str(len(spell))),
            ("Marks", "; ".join(f"{m.session}: {m.mark}" for m in spell)),
        ),
        "raw": _cells_of(register, spell),
        "withheld": register.withheld,
        "flags": flags,
    }
    source = found.source(register.sheet, first.row, first.part, register.unit)
    count = f"{len(spell)} {_plural('session', len(spell))}"
    found.tell(source, when, in_lines(f"{title}: {count}, {_span(first, last)}", details), **said)


def _titled(code: str) -> tuple[str, str]:
    if code == "E":
        return "Suspended or excluded", "EDU.EXCLUSION"
    if code in LATE:
        return "Late for school", "EDU.ATTENDANCE"
    if not is_known(CODES, "mark", code):
        return "Mark that is not in the list of codes", "EDU.ATTENDANCE"
    return "Absent from school", "EDU.ATTENDANCE"


def _worded(marks: Sequence[Mark]) -> str:
    return "; ".join(dict.fromkeys(m.words for m in marks if m.words))


def _counted_as(code: str) -> str:
    if not is_known(CODES, "mark", code):
        return ""
    if code == "L":
        return "present"
    if code in _UNAUTHORISED:
        return "unauthorised absence"
    return "unable to attend" if code in _UNABLE else "authorised absence"


def _when(first: Mark, last: Mark) -> When:
    if first.day == last.day:
        return When(first.said, Precision.DAY, first.day, first.day)
    return When(f"{first.said} to {last.said}", Precision.RANGE, first.day, last.day)


def _span(first: Mark, last: Mark) -> str:
    if first.day != last.day:
        return f"{in_words(first.day)} to {in_words(last.day)}"
    half = _HALVES.get(first.half, "") if first.half == last.half else ""
    return f"{in_words(first.day)} ({half})" if half else in_words(first.day)


def _count(found: Found, register: Register, marks: Sequence[Mark]) -> None:
    """One line for the sessions of a school year that are no event."""
    names: Counter[str] = Counter()
    for mark, times in Counter(m.mark for m in marks).items():
        names[_counted(mark)] += times
    many = "; ".join(f"{name}: {count}" for name, count in names.items())
    count = f"{len(marks)} {_plural('session', len(marks))}"
    reason = (
        f"{_span(marks[0], marks[-1])}: {count} counted and not told one by one, for none is marked"
        f" as an absence or as late. {many}."
    )
    who = register.who[0].name if register.who else ""
    cells = [
        ("Child", who),
        ("Sessions counted", str(len(marks))),
        *((n, "(withheld)" if n in register.withheld else text) for n, text in register.base),
        *_weeks(marks),
        *([("In the words of the register", words)] if (words := _worded(marks)) else []),
        *((f"Note for {m.session}", m.note) for m in marks if m.note),
    ]
    first = min(marks, key=lambda m: (m.row, m.part))
    source = found.source(register.sheet, first.row, first.part, register.unit)
    person = register.who[0] if register.who and register.who[0].identifiers else None
    found.leave(source, reason, tuple(cells), person=person)


def _counted(mark: str) -> str:
    if kind_of(mark) is Kind.BLANK:
        return "no mark"
    code = code_of(mark)
    return "present" if code in "/\\" else told(CODES, "mark", code)


def _weeks(marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """The marks as written, by week."""
    weeks: dict[date, dict[date, list[str]]] = {}
    for mark in marks:
        monday = mark.day - timedelta(days=mark.day.weekday())
        weeks.setdefault(monday, {}).setdefault(mark.day, []).append(mark.mark or "(no mark)")
    for monday, days in weeks.items():
        said = "; ".join(f"{_WEEKDAYS[day.weekday()]} {' '.join(m)}" for day, m in days.items())
        yield f"Week of {in_words(monday)}", said


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _cells_of(register: Register, marks: Sequence[Mark]) -> Cells:
    return (*register.base, *dict.fromkeys(cell for m in marks for cell in register.cells(m)))


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
