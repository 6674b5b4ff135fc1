"""A table of attendance marks on its way to the registers of its children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from chronology.account import Mention
from chronology.flags import Flag
from chronology.importers.defined.attendance_codes import (
    counted_days,
    half_of,
    marks_in,
    string_marks,
)
from chronology.importers.defined.attendance_marks import Mark, Register, Sum, tell_register
from chronology.importers.defined.attendance_tables import Table, mark_text
from chronology.importers.defined.base import (
    NO_DATE,
    NO_REAL_DATE,
    NOT_A_DATE,
    Cells,
    Found,
    child,
)
from chronology.importers.defined.person_list_columns import WITHHELD_HEADINGS
from chronology.importers.defined.sheets import (
    apart_lines,
    cell_text,
    is_no_real_date,
    plain,
    show,
)
from chronology.importers.titles import About, about
from chronology.reading.grid import Line
from chronology.when import When

NO_MARKS = "It holds no marks."
NO_DAY = "The heading '{}' is not a day with its year, so its marks have no place in a timeline."
WITHHELD = Flag("content-withheld", "The row holds an address or how to reach a person.")
#: Field of a table -> what it is taken for, to be checked by eye.
_MEANINGS = {
    **dict.fromkeys(("name", "forename", "surname"), "subject"),
    **dict.fromkeys(("upn", "number"), "subject_id"),
    **dict.fromkeys(("date", "start"), "occurred"),
    **dict.fromkeys(("mark", "marks", "am", "pm"), "event_type"),
    "born": "subject_born",
}


#: Fields that say whose marks they are.
_NAMING = ("name", "forename", "surname", "upn", "number", "born", "school")


class Reading:
    """A table of marks on its way to spells."""

    def __init__(self, found: Found, table: Table, total: Sum) -> None:
        self.found, self.table, self.total = found, table, total
        self.sheet = table.sheet
        number = self.sheet.heading.number
        self.above = [line for line in self.sheet.grid.lines if line.number < number]
        self.titles = about(self.above)
        self.registers: dict[tuple[str, ...], Register] = {}
        self.days: dict[tuple[str, object], date] = {}
        self.withheld = frozenset(
            column
            for column, cell in enumerate(self.sheet.heading.cells)
            if WITHHELD_HEADINGS.search(plain(cell))
        )
        halves = ("mark",) if "mark" in table.at else ("am", "pm")
        self.mark_columns = [
            (c, {"am": "AM", "pm": "PM"}.get(field, ""))
            for field in halves
            for c in table.at.get(field, ())[:1]
        ]
        self.naming = tuple(c for field in _NAMING for c in table.at.get(field, ()))
        of_session = {s.column for s in table.sessions} | {c for c, _ in table.undated}
        fields = ("date", "half", "mark", "marks", "am", "pm", "note", "words", "start")
        of_session |= {c for field in fields for c in table.at.get(field, ())}
        self.of_child = tuple(
            c for c, _ in enumerate(self.sheet.heading.cells) if c not in of_session
        )

    def read(self) -> None:
        """Every row, then every child's spells."""
        apart_lines(self.found, self.sheet.grid, self.above)
        show(self.found, self.sheet, self._meanings())
        if self.table.below is not None:
            apart_lines(self.found, self.sheet.grid, [self.table.below])
        for line in self.sheet.rows:
            if line.cells == self.sheet.heading.cells:
                apart_lines(self.found, self.sheet.grid, [line])
            else:
                self._row(line)
        for register in self.registers.values():
            tell_register(self.found, register, self.total)

    def _row(self, line: Line) -> None:
        marks = list(_LAYOUTS[self.table.layout](self, line))
        if marks:
            register = self._register(line)
            register.marks += marks

    def rows(self, line: Line) -> Iterator[Mark]:
        """A row of one session, or of the two of a day."""
        table = self.table
        day = self._when(line, "date")
        if day is None:
            return
        note = " / ".join(table.texts(line, "note"))
        words = "; ".join(table.texts(line, "words"))
        half = half_of(table.text(line, "half"))
        said = table.text(line, "date")
        part = 0
        for column, own in self.mark_columns:
            for halved, mark in _halves(mark_text(line.cells[column]), half or own):
                yield Mark(day, halved, mark, line.number, said, part, note, words, line)
                part, note = part + 1, ""

    def string(self, line: Line) -> Iterator[Mark]:
        """A row with a string of marks and the day on which it starts."""
        field = "start" if "start" in self.table.at else "date"
        start = self._when(line, field)
        if start is None:
            return
        text = self.table.text(line, "marks")
        marks = string_marks(text)
        if not marks:
            here = self.found.source(self.sheet.grid.sheet, line.number)
            self.found.leave(here, NO_MARKS, self._left(line))
            return
        days, doubt = counted_days(start, marks)
        if doubt is not None:
            register = self._register(line)
            register.flags = tuple(dict.fromkeys((*register.flags, doubt)))
        said = self.table.text(line, field)
        for n, (mark, day) in enumerate(zip(marks, days, strict=True)):
            half = "PM" if n % 2 else "AM"
            yield Mark(day, half, mark, line.number, f"{said}, mark {n + 1}", n)

    def grid(self, line: Line) -> Iterator[Mark]:
        """A row of a child with a column for each day or session."""
        for part, (column, heading) in enumerate(self.table.undated):
            if text := mark_text(line.cells[column]):
                source = self.found.source(self.sheet.grid.sheet, line.number, part)
                self.found.leave(source, NO_DAY.format(heading), [*self._left(line), text])
                self.total.read += 1
                self.total.counted += 1
        part = len(self.table.undated)
        for session in self.table.sessions:
            text = mark_text(line.cells[session.column])
            for half, mark in _halves(text, session.half):
                if session.day is not None:
                    yield Mark(
                        session.day, half, mark, line.number, session.said, part, "", "", line,
                        session.column,
                    )  # fmt: skip
                part += 1

    def weeks(self, line: Line) -> Iterator[Mark]:
        """A row of a week with a column for each session."""
        field = "start" if "start" in self.table.at else "date"
        start = self._when(line, field)
        if start is None:
            return
        monday = start - timedelta(days=start.weekday())
        said = self.table.text(line, field)
        part = 0
        met: dict[int, int] = {}
        for session in self.table.sessions:
            nth = met[session.weekday] = met.get(session.weekday, 0) + 1
            both = sum(s.weekday == session.weekday for s in self.table.sessions) == 2
            half = session.half or (("AM", "PM")[nth - 1] if both else "")
            day = monday + timedelta(days=session.weekday)
            text = mark_text(line.cells[session.column])
            for halved, mark in _halves(text, half):
                how = f"{said}, {session.said}"
                yield Mark(day, halved, mark, line.number, how, part, "", "", line, session.column)
                part += 1

    def _when(self, line: Line, field: str) -> date | None:
        """The one day that a cell gives; the row is left out aloud where it gives none."""
        column = self.table.at[field][0]
        cell = (line.cells[column], line.stamps.get(column) if line.stamps else None)
        known = self.days.get(cell)
        if known is not None:
            return known
        heading = self.sheet.heading.cells[column]
        when, text = self.sheet.when(line, heading), cell_text(self.table.text(line, field))
        if when.start is not None and when.start == when.end and not is_no_real_date(when):
            self.days[cell] = when.start
            return when.start
        source = self.found.source(self.sheet.grid.sheet, line.number)
        self.found.leave(source, _why(heading, text, when), self._left(line))
        held = [c for f in ("mark", "am", "pm") for c in self.table.at.get(f, ())]
        held += [s.column for s in self.table.sessions]
        marks = sum(len(_halves(mark_text(line.cells[c]), "")) for c in held)
        if "marks" in self.table.at:
            marks = len(string_marks(self.table.text(line, "marks")))
        self.total.read += marks
        self.total.counted += marks
        return None

    def _register(self, line: Line) -> Register:
        """The register of the child whom a row names."""
        key = tuple([line.cells[c] for c in self.naming])
        known = self.registers.get(key)
        if known is None:
            said = {field: self.table.text(line, field) for field in _NAMING}
            base = tuple(
                (self._heading(c), line.cells[c].strip())
                for c in self.of_child
                if line.cells[c].strip()
            )
            hidden = tuple(self._heading(c) for c in self.withheld if line.cells[c].strip())
            known = self.registers[key] = Register(
                self._who(said),
                self.sheet.grid.sheet,
                organisation=said["school"] or self.titles.organisation,
                base=base,
                withheld=hidden,
                flags=(WITHHELD,) if hidden else (),
                cells=self._cells,
            )
        if line.flags:
            known.flags = tuple(dict.fromkeys((*known.flags, *line.flags)))
        return known

    def _who(self, said: Mapping[str, str]) -> tuple[Mention, ...]:
        name = said["name"] or " ".join(t for t in (said["forename"], said["surname"]) if t)
        who = child(cell_text(said["number"]), name=name, born=said["born"], upn=said["upn"])
        return who or _titled(self.titles) or _stated(self.found)

    def _cells(self, mark: Mark) -> Cells:
        """What the file says of a session, each cell under its heading."""
        line = mark.line
        if line is None:
            return ((f"Mark {mark.part + 1}", mark.mark),)
        if mark.column >= 0:
            weekly = self.table.layout == "weeks"
            heading = mark.said if weekly else self._heading(mark.column)
            return ((heading, line.cells[mark.column].strip()),)
        return tuple(
            (f"Row {line.number}: {heading.strip()}", text.strip())
            for c, (heading, text) in enumerate(
                zip(self.sheet.heading.cells, line.cells, strict=True)
            )
            if c not in self.of_child and text.strip()
        )

    def _left(self, line: Line) -> list[str]:
        """The cells of a row for the list of what was left out."""
        return [
            "(withheld)" if column in self.withheld and text else text
            for column, text in enumerate(line.cells)
        ]

    def _heading(self, column: int) -> str:
        text = self.sheet.heading.cells[column].strip()
        below = self.table.below
        if below is not None and below.cells[column].strip():
            session = next((s for s in self.table.sessions if s.column == column), None)
            return f"{session.said if session else text} {below.cells[column].strip()}".strip()
        return text or f"Column {column + 1}"

    def _meanings(self) -> dict[str, str]:
        cells = self.sheet.heading.cells
        return {
            plain(cells[c]): _MEANINGS[field]
            for field, columns in self.table.at.items()
            if field in _MEANINGS
            for c in columns
        }


_LAYOUTS = {
    "rows": Reading.rows,
    "string": Reading.string,
    "grid": Reading.grid,
    "weeks": Reading.weeks,
}


def _halves(text: str, half: str) -> list[tuple[str, str]]:
    """The marks of a cell with the half of the day of each; a blank cell is a mark not made."""
    marks = () if half else marks_in(text)
    if len(marks) < 2:
        return [(half, text)]
    return [(("AM", "PM")[n] if n < 2 else "", mark) for n, mark in enumerate(marks)]


def _why(heading: str, text: str, when: When) -> str:
    if not text:
        return NO_DATE
    why = NO_REAL_DATE if is_no_real_date(when) else NOT_A_DATE
    return f"{heading.strip()}: {why.format(text[:60])}"


def _titled(titles: About) -> tuple[Mention, ...]:
    if not titles.subject:
        return ()
    return child(titles.number, name=titles.subject, born=titles.born)


def _stated(found: Found) -> tuple[Mention, ...]:
    return child(name=found.given.subject, born=found.given.subject_born)
