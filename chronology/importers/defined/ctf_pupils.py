"""One pupil of a Common Transfer File: every date told, every state left out aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chronology.account import Identifier, Mention, Source
from chronology.dates.standard import read_standard
from chronology.flags import Flag
from chronology.importers.defined.attendance_codes import counted_days, string_marks
from chronology.importers.defined.attendance_marks import Mark, Register, Sum, tell_register
from chronology.importers.defined.base import (
    A_DEADLINE,
    A_STATE,
    NO_DATE,
    NOT_A_DATE,
    Cells,
    Found,
    Telling,
    child,
    why_no_place,
)
from chronology.importers.defined.coding import Asked, code_doubts, in_words
from chronology.importers.defined.sheets import cell_text, is_no_real_date
from chronology.reading.grid import Element

CODES = "ctf"
COUNTS = "It counts the sessions of a school year without their days, so it stands in no timeline."
WHO = "It says who the pupil is, and tells of no event."
REACH = "It tells where a person lives or how to reach them, and no event."
RESULT = "It is a result of an assessment at school, which this program does not tell."
UNKNOWN = "The file has a part '{}' that this program does not know; its dates are not told."
TO_COME = (
    "{}: {} lies after the day on which the file was made ({:%d/%m/%Y}), so it is what was"
    " expected, not something that happened."
)
NO_MARKS = "It gives the day on which marks start, and no marks."
WITHHELD = Flag("content-withheld", "The record holds an address or how to reach a person.")
#: Dates of one kind of element: element -> (dates and their facts, details told with them).
_DATED: Mapping[str, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]] = {
    "school": (
        (("entrydate", "school-start"), ("leavingdate", "school-left")),
        (
            ("School", "schoolname", ""),
            ("Local authority", "lea", ""),
            ("Establishment", "estab", ""),
            ("Last school", "lastschool", "boolean"),
        ),
    ),
    "sen": (
        (("startdate", "sen-start"), ("enddate", "sen-end")),
        (("Provision", "senprovision", "sen-provision"),),
    ),
    "fsminstance": (
        (("fsmstartdate", "fsm-start"), ("fsmenddate", "fsm-end")),
        (("Country", "ukcountry", "country"),),
    ),
}
#: Where somebody lives and how to reach them, of pupil and family.
_REACH = frozenset({"address", "phones", "phone", "email", "contact"})
#: Elements that only hold others.
_HOLDERS = frozenset(
    "schoolhistory senhistory fsmhistory attendance contacts stageassessments keystage"
    " senneeds schools pupil".split()
)
#: Elements that say who a pupil is or how they are placed, without a date.
_STATES = frozenset(
    "basicdetails lookedafter senneed languages disabilities type servicechild".split()
)


@dataclass(slots=True)
class Pupil:
    """One pupil on their way to accounts."""

    found: Found
    element: Element
    sheet: str
    school: str
    total: Sum
    #: The day on which the file says it was made.
    made: date | None = None
    who: tuple[Mention, ...] = ()
    #: What is kept with the first record: who the pupil is, where they live, whom to reach.
    base: Cells = ()
    withheld: tuple[str, ...] = ()
    parts: dict[int, int] = field(default_factory=dict)

    def read(self) -> None:
        """Every section; a pupil of whom nothing is told or left out is left out as a whole."""
        leaves = reversed(list(_leaves(self.element)))
        texts = {e.name.casefold(): cell_text(e.text) for e in leaves}
        self.who = _who(texts)
        kept = [e for e in self.element.children if not e.children]
        reach = [e for e in self.element.children if e.name.casefold() in _REACH | {"contacts"}]
        basic = [e for e in self.element.children if e.name.casefold() == "basicdetails"]
        hidden = [cell for e in reach for cell in _cells(e)]
        own = [(e.name, e.text) for e in kept if e not in reach]
        self.base = (*own, *(c for e in basic for c in _cells(e)), *hidden)
        self.withheld = tuple(dict.fromkeys(name for name, text in hidden if text))
        for section in self.element.children:
            if section not in reach and section.children and section not in basic:
                self._section(section)
        for section in reach:
            self._reach(section)
        if self.base:
            person = self.who[0] if self.who and self.who[0].identifiers else None
            said = (*own, *(c for e in basic for c in _cells(e)))
            self._leave(self.element, WHO, said, person)

    def _section(self, element: Element) -> None:
        """A part of the pupil: told, or left out with the reason."""
        name = element.name.casefold()
        if name in _DATED:
            self._dated(element, *_DATED[name])
        elif name == "yeardata":
            self._year(element)
        elif name in _HOLDERS:
            self._held(element)
        else:
            reason = A_STATE
            if "assessment" in name:
                reason = RESULT
            elif name not in _STATES and _has_date(element):
                reason = UNKNOWN.format(element.name)
            self._leave(element, reason, _cells(element))

    def _held(self, element: Element) -> None:
        """What an element holds, and its own leaves."""
        leaves = tuple((e.name, e.text) for e in element.children if not e.children and e.text)
        for one in element.children:
            if one.children:
                self._section(one)
            elif one.name.casefold().endswith("date") and one.text:
                self._leave(one, A_DEADLINE, ((one.name, one.text),))
        rest = tuple(c for c in leaves if not c[0].casefold().endswith("date"))
        if rest and not any(e.children for e in element.children):
            self._leave(element, A_STATE, rest)

    def _dated(
        self,
        element: Element,
        dates: tuple[tuple[str, str], ...],
        columns: tuple[tuple[str, str, str], ...],
    ) -> None:
        texts = {e.name.casefold(): cell_text(e.text) for e in reversed(element.children)}
        raw = _cells(element)
        told = False
        for name, code in dates:
            if not texts.get(name):
                continue
            told = True
            when = read_standard(texts[name])
            if not when.is_known or is_no_real_date(when):
                reason = f"{_written(element, name)}: {why_no_place(when, texts[name])}"
                self._leave(element, reason, raw)
                continue
            if self.made is not None and when.start is not None and when.start > self.made:
                reason = TO_COME.format(_written(element, name), texts[name], self.made)
                self._leave(element, reason, raw)
                continue
            source = self._place(element)
            asked: list[Asked] = [(n, c, texts.get(key, "")) for n, key, c in columns]
            if code == "school-left":
                asked.append(("Reason for leaving", "", texts.get("leavingreason", "")))
            asked = [one for one in asked if one[2]]
            said = self._telling(raw)
            said["organisation"] = texts.get("schoolname") or self.school
            said["flags"] = (*said.get("flags", ()), *code_doubts(CODES, asked, when))
            self.found.tell_fact(code, source, when, in_words(CODES, asked), **said)
        if not told:
            self._leave(element, NO_DATE, raw)
        for one in element.children:
            if one.children:
                self._section(one)

    def _telling(self, raw: Cells) -> Telling:
        """What all records of the pupil share; the first also keeps who the pupil is."""
        said: Telling = {"subjects": self.who, "raw": (*self.base, *raw)}
        if self.withheld:
            said["withheld"], said["flags"] = self.withheld, (WITHHELD,)
        self.base, self.withheld = (), ()
        return said

    def _year(self, element: Element) -> None:
        """The counts of a year left out, its marks told as spells."""
        texts = {e.name.casefold(): cell_text(e.text) for e in reversed(element.children)}
        counts = tuple((e.name, e.text) for e in element.children if not e.children and e.text)
        if counts:
            self._leave(element, COUNTS, counts)
        for one in element.children:
            if one.children:
                self._marks(one, texts.get("schoolname") or self.school, counts)

    def _marks(self, element: Element, school: str, counts: Cells) -> None:
        texts = {e.name.casefold(): e for e in reversed(element.children)}
        begins, held = texts.get("attendancestartdate"), texts.get("attendancemarks")
        if begins is None and held is None:
            self._section(element)
            return
        marks = string_marks("".join(held.text.splitlines())) if held is not None else []
        when = read_standard(cell_text(begins.text) if begins is not None else "")
        if when.start is None or when.start != when.end or is_no_real_date(when) or not marks:
            written = cell_text(begins.text) if begins is not None else ""
            reason = NOT_A_DATE.format(written[:60]) if written else NO_DATE
            reason = reason if marks else NO_MARKS
            self.total.read += len(marks)
            self.total.counted += len(marks)
            self._leave(element, reason, _cells(element))
            return
        days, doubt = counted_days(when.start, marks)
        line = held.line if held is not None else element.line
        first = self.parts.get(line, 0)
        self.parts[line] = first + len(marks)
        register = Register(
            self.who,
            self.sheet,
            "line",
            school,
            counts,
            flags=(doubt,) if doubt is not None else (),
            cells=lambda mark: ((f"Mark {mark.part - first + 1}", mark.mark),),
        )
        for n, (mark, day) in enumerate(zip(marks, days, strict=True)):
            half = "PM" if n % 2 else "AM"
            said = f"{when.written}, mark {n + 1}"
            register.marks.append(Mark(day, half, mark, line, said, first + n))
        tell_register(self.found, register, self.total)

    def _reach(self, section: Element) -> None:
        """Where the pupil lives or whom to reach, named and not told."""
        ones = [e for e in section.children if e.name.casefold() == "contact"] or [section]
        for one in ones:
            cells = tuple((name, "(withheld)") for name, text in _cells(one) if text)
            if one.text and not cells:
                cells = ((one.name, "(withheld)"),)
            self._leave(one, REACH, cells)

    def _leave(
        self, element: Element, reason: str, cells: Cells, person: Mention | None = None
    ) -> None:
        """Leaves a part out, saying first which pupil it is about."""
        whose = (("Pupil", self.who[0].name),) if self.who else ()
        self.found.leave(self._place(element), reason, (*whose, *cells), person=person)

    def _place(self, element: Element) -> Source:
        part = self.parts.get(element.line, 0)
        self.parts[element.line] = part + 1
        return self.found.source(self.sheet, element.line, part, "line")


def _who(texts: Mapping[str, str]) -> tuple[Mention, ...]:
    """The pupil by names and numbers; a former UPN is one more number."""

    def first(*names: str) -> str:
        return next((texts[name] for name in names if texts.get(name)), "")

    names = (
        first("forename", "legalforename", "firstname", "preferredforename"),
        first("surname", "legalsurname", "lastname", "preferredsurname"),
    )
    former = first("formerupn")
    return child(
        name=" ".join(name for name in names if name),
        born=first("dob", "dateofbirth", "birthdate"),
        upn=first("upn", "uniquepupilnumber"),
        others=(Identifier("upn", former),) if former else (),
    )


def _leaves(pupil: Element) -> Iterator[Element]:
    """The leaves that say who a pupil is: its own, and those of its basic details."""
    yield from (e for e in pupil.children if not e.children)
    for one in pupil.children:
        if one.name.casefold() in ("basicdetails", "pupilidentifiers"):
            yield from (e for e in one.children if not e.children)


def _has_date(element: Element) -> bool:
    return any(
        (e.name.casefold().endswith("date") and bool(e.text)) or _has_date(e)
        for e in element.children
    )


def _cells(element: Element) -> Cells:
    """Every leaf below an element under its path, with attributes and text between elements."""
    cells: list[tuple[str, str]] = []
    for one in element.children:
        if one.children:
            cells += [(f"{element.name}/{name}", text) for name, text in _cells(one)]
        else:
            cells.append((f"{element.name}/{one.name}", one.text))
        path = f"{element.name}/{one.name}"
        cells += [(f"{path} attribute {n}", text) for n, text in one.attributes.items()]
    if not element.children and element.text:
        cells.append((element.name, element.text))
    if element.stray:
        cells.append((f"{element.name} (text between its elements)", element.stray))
    return tuple(cells)


def _written(element: Element, name: str) -> str:
    return next((e.name for e in element.children if e.name.casefold() == name), name)
