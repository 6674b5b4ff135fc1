"""Ofsted's Annex A: the workbook of eleven lists of children that every English authority makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from chronology.account import Agency, Mention, Said, Source
from chronology.flags import Flag
from chronology.importers.defined import annex_a_lists as columns
from chronology.importers.defined.annex_a_codes import answer, shown
from chronology.importers.defined.annex_a_lists import Column
from chronology.importers.defined.annex_a_sheets import Listed, lists_in, number_in
from chronology.importers.defined.base import (
    A_STATE,
    NO_DATE,
    Format,
    Found,
    Telling,
    child,
    unknown_code,
    why_no_place,
)
from chronology.importers.defined.person_list import read_persons
from chronology.importers.defined.person_list_columns import persons_in
from chronology.importers.defined.sheets import (
    apart_lines,
    cell_text,
    is_no_real_date,
    plain,
    records,
)
from chronology.reading.grid import Document, Grid, Line
from chronology.when import When

NO_LIST = (
    "The sheet '{}' is none of the lists of Annex A, so its rows were not read. To have them read,"
    " save the sheet as a file of its own."
)
WITHHELD = Flag("content-withheld", "The row holds where the child lives or who the adopters are.")
ADULT = 18
#: Sheets of the template that hold no records.
_GUIDANCE = re.compile(
    r"^(front|cover|faq|changes?|codes?|notes?|read ?me|contents?|index|lookups?|instructions?)\b"
    r"|\bguid|\bcodes used\b|\bvalidation\b"
)
ADOPTERS = 11
#: Lists of people who may well be of age.
_OF_AGE = frozenset({9, ADOPTERS})
#: Lists that in some years held no dates at all.
_STATES = frozenset({9})
#: Columns that say who somebody is.
_NAMING = (
    *(columns.CHILD, columns.ADOPTER, columns.BORN, columns.NHS, columns.UPN),
    *(columns.NAME, columns.FORENAME, columns.SURNAME),
)
#: Columns that tell of the person and not of what happened.
_WHO = frozenset({*_NAMING, columns.AGE, columns.GENDER, columns.ETHNICITY, columns.DISABILITY})
#: The strategy discussion is what starts an enquiry, and its date is the date of the enquiry.
_ALSO: Mapping[str, tuple[str, ...]] = {"s47-start": ("strategy-discussion",)}


class AnnexA(Format):
    """A row of each list tells several dates: each is told as a fact of its own."""

    name: ClassVar[str] = "annex_a"
    title: ClassVar[str] = "Ofsted Annex A child-level workbook"
    agency: ClassVar[Agency] = Agency.SOCIAL_CARE
    system: ClassVar[str] = "Annex A"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Lists 1 to 11, as sheets or as files of their own", "Each date of a row is one record."),
        ("Headings", "Known by their words; edited headings are recognised too."),
        (
            "Codes",
            "Translated with the code beside them; a number alone only where it means yes or no.",
        ),
        (
            "Columns that tell how things stood when the list was made (team, worker, counts)",
            "Kept beside each record under their headings; they are not part of what happened.",
        ),
        ("Gender, ethnicity, disability, age", "Kept in the row as it came, not told."),
        (
            "Placement postcode, URN and location; family identifier",
            "Withheld: kept in the case, not repeated in outputs.",
        ),
        ("Unborn children (age -1)", "The date of birth is told as the expected one."),
        ("Rows without a date", "Left out, saying so."),
        ("Title, front sheet, guidance, codes", "Set apart: they hold no records."),
        ("A sheet of persons with their numbers", "Read as a list of persons."),
        ("Other sheets", "Left out row by row, saying so."),
    )

    def recognises(self, document: Document) -> bool:
        """By the headings of at least one of the lists."""
        return bool(lists_in(document))

    def read(self, found: Found) -> None:
        """Every list, and every other sheet set apart or left out."""
        lists = {id(one.sheet.grid): one for one in lists_in(found.document)}
        for grid in found.document.grids:
            if (listed := lists.get(id(grid))) is not None:
                _List(found, listed).read()
            elif (persons := persons_in(grid)) is not None:
                read_persons(found, persons)
            else:
                _other_sheet(found, grid)


def _other_sheet(found: Found, grid: Grid) -> None:
    named = plain(grid.sheet)
    if not number_in(grid.sheet) and (_GUIDANCE.search(named) or not named):
        apart_lines(found, grid, grid.lines)
        return
    for line in grid.lines:
        found.leave(found.source(grid.sheet, line.number), NO_LIST.format(grid.sheet), line.cells)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A column of dates and the columns that tell more about it."""

    column: Column
    details: tuple[Column, ...]
    outcomes: tuple[Column, ...]
    states: tuple[Column, ...]


class _List:
    """One list on its way to accounts; what holds for all its rows is worked out once."""

    def __init__(self, found: Found, listed: Listed) -> None:
        self.found, self.at, self.sheet = found, listed.at, listed.sheet
        self.number = listed.listing.number
        here = [one for one in listed.listing.columns if one.heading in listed.at]
        dated = {one.heading for one in here if one.fact}
        self.facts = tuple(_fact(one, here) for one in here if one.fact)
        self.states = tuple(
            (one.heading.rstrip("?"), one.codes, listed.at[one.heading])
            for one in here
            if not (one.fact or one.is_withheld or one.heading in _WHO or dated & {*one.of})
        ) + tuple(
            (cell.strip() or f"Column {index + 1}", "", index)
            for index, cell in enumerate(listed.sheet.heading.cells)
            if index not in listed.at.values()
        )
        self.hidden = tuple(listed.at[one.heading] for one in here if one.is_withheld)
        self.mentions: dict[tuple[str, ...], tuple[Mention, ...]] = {}
        self.adults = 0

    def read(self) -> None:
        """Every row told or left out; the lines above it set apart."""
        sheet, found = self.sheet, self.found
        for line in records(found, sheet, self._meanings()):
            self._row(line)
        if self.adults:
            of_age = "rows are about people" if self.adults > 1 else "row is about somebody"
            found.notes.append(
                f"{sheet.grid.sheet or 'The list'}: {self.adults} {of_age} aged 18 or over when the"
                " list was made."
            )

    def _row(self, line: Line) -> None:
        sheet, part = self.sheet.grid.sheet, 0
        telling = self._telling(line)
        for fact in self.facts:
            written = self._text(line, fact.column)
            if not written:
                continue
            source = self.found.source(sheet, line.number, part)
            part += 1
            when = self.sheet.when(line, fact.column.heading)
            if when.is_known and not is_no_real_date(when):
                self._tell(line, fact, source, when, telling)
                continue
            reason = f"{fact.column.heading}: {why_no_place(when, written)}"
            self.found.leave(source, reason, self._cells(line))
        if not part:
            reason = A_STATE if self.number in _STATES else NO_DATE
            self.found.leave(self.found.source(sheet, line.number), reason, self._cells(line))

    def _tell(self, line: Line, fact: _Fact, source: Source, when: When, telling: Telling) -> None:
        flags = list(telling["flags"])
        details = list(self._said(line, fact.details, flags))
        outcomes = [f"{label}: {text}" for label, text in self._said(line, fact.outcomes, flags)]
        said: Telling = {**telling, "outcome": "\n".join(outcomes)}
        said["other"] = (*telling["other"], *self._said(line, fact.states, flags))
        said["facts"] = _ALSO.get(fact.column.fact, ())
        said["child_seen"], said["child_alone"] = self._seen(line, fact.column.heading)
        said["flags"] = tuple(flags)
        self.found.tell_fact(fact.column.fact, source, when, details, **said)

    def _telling(self, line: Line) -> Telling:
        """What all facts of a row share."""
        flags = list(line.flags)
        other = list(self._age(line))
        for label, codes, index in self.states:
            text = cell_text(line.cells[index])
            if text:
                other.append((label, self._decoded(label, codes, text, flags)))
        other += self._said(line, self._adrift(line), flags)
        withheld = tuple(
            self.sheet.heading.cells[index].strip()
            for index in self.hidden
            if cell_text(line.cells[index])
        )
        return {
            "raw": self.sheet.raw(line),
            "subjects": self._subjects(line),
            "other": tuple(other),
            "withheld": withheld,
            "flags": (*flags, WITHHELD) if withheld else tuple(flags),
        }

    def _adrift(self, line: Line) -> Iterator[Column]:
        """Columns that tell more about a date that the row does not give."""
        blank = {f.column.heading for f in self.facts if not self._text(line, f.column)}
        for fact in self.facts:
            if fact.column.heading in blank:
                for one in (*fact.details, *fact.outcomes, *fact.states):
                    if blank.issuperset(one.of):
                        yield one

    def _said(
        self, line: Line, those: Iterable[Column], flags: list[Flag]
    ) -> Iterator[tuple[str, str]]:
        for one in those:
            text = self._text(line, one)
            if text:
                label = one.heading.rstrip("?")
                yield label, self._decoded(label, one.codes, text, flags)

    def _decoded(self, label: str, codes: str, text: str, flags: list[Flag]) -> str:
        if not codes:
            return text
        said, is_unknown = shown(codes, text)
        if is_unknown:
            flags.append(unknown_code(label, text))
        return said

    def _seen(self, line: Line, heading: str) -> tuple[Said, Said]:
        """Whether the child was seen, and alone, by the columns that say so of this date."""
        if heading == columns.LAST_SEEN:
            return Said.YES, Said.NOT_RECORDED
        if heading == columns.AUTHORISED:
            return answer(self._named(line, columns.SEEN)), Said.NOT_RECORDED
        if heading != columns.VISIT:
            return Said.NOT_RECORDED, Said.NOT_RECORDED
        alone = answer(self._named(line, columns.SEEN_ALONE))
        return (Said.YES if alone is Said.YES else Said.NOT_RECORDED), alone

    def _subjects(self, line: Line) -> tuple[Mention, ...]:
        """The child, or on the last list the adopter, mostly by number alone."""
        said = tuple(self._named(line, heading) for heading in _NAMING)
        known = self.mentions.get(said)
        if known is None:
            number, adopter, born, nhs, upn, name, forename, surname = said
            born = "" if is_no_real_date(self.sheet.when(line, columns.BORN)) else born
            name = name or f"{forename} {surname}".strip()
            if self.number == ADOPTERS:
                known = child(adopter, name=name or (f"Adopter ID {adopter}" if adopter else ""))
            else:
                known = child(number, name=name, born=born, nhs=nhs, upn=upn)
            self.mentions[said] = known
        if known and self._is_unborn(line):
            return (replace(known[0], born="", role="unborn child"),)
        return known

    def _age(self, line: Line) -> Iterator[tuple[str, str]]:
        """The age where it says more than the date of birth: not yet born, or grown up."""
        age = self._named(line, columns.AGE)
        if self._is_unborn(line):
            yield "Expected date of birth", self._named(line, columns.BORN) or "not given"
        elif age.isdigit() and int(age) >= ADULT and self.number not in _OF_AGE:
            self.adults += 1
            yield columns.AGE, age

    def _is_unborn(self, line: Line) -> bool:
        age = self._named(line, columns.AGE)
        return age.startswith(("-", "\u2212")) or "unborn" in age.casefold()

    def _cells(self, line: Line) -> tuple[str, ...]:
        """The cells of a row for the list of what was left out, where no address is repeated."""
        return tuple(
            "(withheld)" if index in self.hidden and text else text
            for index, text in enumerate(line.cells)
        )

    def _text(self, line: Line, column: Column) -> str:
        return cell_text(line.cells[self.at[column.heading]])

    def _named(self, line: Line, heading: str) -> str:
        index = self.at.get(heading)
        return cell_text(line.cells[index]) if index is not None else ""

    def _meanings(self) -> Mapping[str, str]:
        """What each heading of the sheet was taken for."""
        cells = self.sheet.heading.cells
        meant = dict.fromkeys((fact.column.heading for fact in self.facts), "occurred")
        meant |= {columns.CHILD: "subject_id", columns.BORN: "subject_born"}
        return {plain(cells[i]): meant.get(heading, "") for heading, i in self.at.items()}


def _fact(date: Column, here: Sequence[Column]) -> _Fact:
    more = [one for one in here if date.heading in one.of]
    return _Fact(
        date,
        tuple(one for one in more if not (one.is_outcome or one.is_state)),
        tuple(one for one in more if one.is_outcome),
        tuple(one for one in more if one.is_state),
    )
