"""The children in need census: an XML file of every child in need of an authority in a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from chronology.account import Agency, Mention, Source
from chronology.flags import Flag
from chronology.importers.defined.base import (
    A_DEADLINE,
    NO_DATE,
    Cells,
    Format,
    Found,
    child,
    why_no_place,
)
from chronology.importers.defined.cin_census_flat import flat_sheets, read_flat
from chronology.importers.defined.cin_census_parts import (
    A_VISIT,
    BLOCKS,
    DATES,
    DEADLINES,
    FACTORS,
    KNOWN,
    TELLS_FACTORS,
    UNCLEAR,
    VISITS,
    WITHIN,
    Dated,
)
from chronology.importers.defined.coding import Asked, code_doubts, in_words
from chronology.importers.defined.days import read_day
from chronology.importers.defined.sheets import apart_lines, cell_text, is_no_real_date
from chronology.reading.grid import Document, Element

CODES = "cin_census"
UNKNOWN_DATE = "The census has no element '{}' that this program knows, so its date is not told."
UNKNOWN_PART = "The census has no part '{}' that this program knows; it stands in no timeline."
LATER = "it lies after the date of the census itself ({:%d/%m/%Y}), so it may be planned"
WITHHELD_FLAG = Flag("content-withheld", "The record holds an address.")
_ADDRESS = re.compile(r"postcode|post_code|address|uprn", re.IGNORECASE)
#: The texts of a record that say anything, by the small name of their element.
Beside = dict[str, list[str]]
#: Notes name so many unknown elements or stray texts.
NAMED = 10


class CinCensus(Format):
    """Each date of a child is a record of its own."""

    name: ClassVar[str] = "cin_census"
    title: ClassVar[str] = "Children in need census (XML)"
    agency: ClassVar[Agency] = Agency.SOCIAL_CARE
    system: ClassVar[str] = "CIN census"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Referral, closure, death", "One record for each date, with its source, need or reason."),
        ("Assessments", "Start, internal review and authorisation, with the factors found."),
        ("Section 47 and initial conference", "The start of the enquiry; the conference held."),
        ("The date by which a conference was due", "Told with the enquiry, never as an event."),
        ("Child in need and child protection plans", "Start, end and each review."),
        ("Pre-proceedings and family group decision-making", "Each date."),
        (
            "Days after the day on which the file was made",
            "Told, and said that they may be planned.",
        ),
        ("Codes and answers (0, 1, true, false)", "Translated with the code beside them."),
        ("Sex, ethnicity, disability, UPN", "Kept with each record as they came, not told."),
        ("Unborn children", "The expected date of birth is told as expected."),
        ("Elements of other years or of a system's own", "Kept and named; dates of them left out."),
        ("Header", "Set apart: it holds no records."),
        ("The census as a table with a row for each date", "One record for each row."),
    )

    def recognises(self, document: Document) -> bool:
        """By what the census says it is or a child with CIN details; a table by its headings."""
        root = document.root
        if root is None:
            return bool(flat_sheets(document))
        if root.name.lower() != "message":
            return False
        collection = next((e for e in _below(root) if e.name.lower() == "collection"), None)
        if collection is not None:
            return collection.text.strip().upper().startswith("CIN")
        return any(_part(one, "cindetails") is not None for one in _children(root))

    def read(self, found: Found) -> None:
        """Every child, the header set apart."""
        root = found.document.root
        if root is None:
            _read_tables(found)
            return
        unknown: dict[str, int] = {}
        stray: list[str] = []
        made = _made(root)
        for number, one in enumerate(_children(root), 1):
            _Child(found, one, f"Child {number}", unknown, stray, made).read()
        for part in root.children:
            if part.name.lower() == "children":
                _strays(part, stray)
                _set_apart(found, [e for e in part.children if e.name.lower() != "child"])
            else:
                _set_apart(found, [part])
        _note(found, unknown, stray)


def _read_tables(found: Found) -> None:
    sheets = {sheet.grid.sheet: sheet for sheet in flat_sheets(found.document)}
    for grid in found.document.grids:
        if grid.sheet in sheets:
            read_flat(found, sheets[grid.sheet])
        else:
            apart_lines(found, grid, grid.lines)


@dataclass(slots=True)
class _Child:
    """One child on its way to accounts."""

    found: Found
    element: Element
    sheet: str
    unknown: dict[str, int]
    stray: list[str]
    #: The day on which the file was made, or to which it goes if that is later.
    made: date | None = None
    who: tuple[Mention, ...] = ()
    other: Cells = ()
    base: Cells = ()
    #: Names of elements that hold an address, which no published census has.
    hidden: frozenset[str] = frozenset()
    parts: dict[int, int] = field(default_factory=dict)

    def read(self) -> None:
        """Every date told, every record without one left out."""
        identity = _part(self.element, "childidentifiers")
        said = _texts(identity) if identity is not None else {}
        born = cell_text(said.get("personbirthdate", ""))
        upn = said.get("upn", "")
        is_code = upn[:2].upper() == "UN" and upn[2:].isdigit()
        self.who = child(said.get("lachildid", ""), born=born, upn="" if is_code else upn)
        expected = cell_text(said.get("expectedpersonbirthdate", ""))
        if expected and not born:
            self.other = (("Expected date of birth", expected),)
        states = [e for e in self.element.children if e.name.lower() in _STATES]
        self.base = tuple(cell for e in states for cell in _cells(e))
        _strays(self.element, self.stray)
        everything = _cells(self.element)
        self.hidden = frozenset(name for name, _ in everything if _ADDRESS.search(name))
        before = len(self.found.accounts) + len(self.found.left_out)
        for part in self.element.children:
            self.block(part, self.base)
        if len(self.found.accounts) + len(self.found.left_out) == before:
            person = self.who[0] if self.who else None
            self._leave(self.element, NO_DATE, everything, person)

    def block(self, element: Element, above: Cells) -> None:
        """A record and the records in it."""
        name = element.name.lower()
        leaves = tuple(_leaves(element)) if element.children else (element,)
        within = f"{element.name}/" if element.children else ""
        own = tuple((f"{within}{e.name}", e.text) for e in leaves) + _extra(element)
        raw = (*above, *own) if name not in _STATES else self.base
        beside: Beside = {}
        for leaf in leaves:
            if text := cell_text(leaf.text):
                beside.setdefault(leaf.name.lower(), []).append(text)
        before = len(self.found.accounts) + len(self.found.left_out)
        for leaf in leaves:
            self._leaf(leaf, beside, raw, name)
        for part in _blocks(element):
            self.block(part, raw)
        if name not in BLOCKS and element.children:
            self.unknown[element.name] = self.unknown.get(element.name, 0) + 1
        told = len(self.found.accounts) + len(self.found.left_out) > before
        if beside and not told and name not in _STATES:
            reason = A_DEADLINE if DEADLINES & beside.keys() else NO_DATE
            if name not in BLOCKS:
                reason = UNKNOWN_PART.format(element.name)
            self._leave(element, reason, raw)

    def _leaf(self, leaf: Element, beside: Beside, raw: Cells, block: str) -> None:
        name, text = leaf.name.lower(), cell_text(leaf.text)
        if not text:
            return
        dated = DATES.get(name)
        if dated is None and "visit" in name and read_day(text).is_known:
            dated = VISITS.get(block, VISITS[""])
        if dated is not None:
            self._date(leaf, dated, beside, raw)
        elif name not in KNOWN and name not in DEADLINES:
            self.unknown[leaf.name] = self.unknown.get(leaf.name, 0) + 1
            if "date" in name and read_day(text).is_known:
                self._leave(leaf, UNKNOWN_DATE.format(leaf.name), raw)

    def _date(self, leaf: Element, dated: Dated, beside: Beside, raw: Cells) -> None:
        when = read_day(leaf.text)
        if not when.is_known or is_no_real_date(when):
            self._leave(leaf, f"{leaf.name}: {why_no_place(when, leaf.text)}", raw)
            return
        name = leaf.name.lower()
        asked = _asked(name, dated, beside)
        details = _joined(in_words(CODES, asked))
        unclear = UNCLEAR.get(name, "") if name in DATES else A_VISIT.format(leaf.name)
        if self.made is not None and when.start is not None and when.start > self.made:
            later = LATER.format(self.made)
            unclear = f"{unclear}; {later}" if unclear else later
        flags = code_doubts(CODES, asked, when)
        withheld = self._withheld(raw)
        self.found.tell_fact(
            dated.fact,
            self._place(leaf),
            when,
            (*details, ("Not clear", unclear)),
            subjects=self.who,
            raw=raw,
            other=(*self.other, *_so_far(name, beside)),
            outcome=next((text for label, text in details if label == dated.outcome), ""),
            flags=(*flags, WITHHELD_FLAG) if withheld else flags,
            withheld=withheld,
        )

    def _withheld(self, raw: Cells) -> tuple[str, ...]:
        if not self.hidden:
            return ()
        return tuple(dict.fromkeys(name for name, _ in raw if name in self.hidden))

    def _leave(
        self, element: Element, reason: str, cells: Cells, person: Mention | None = None
    ) -> None:
        shown = tuple((n, "withheld" if n in self.hidden else text) for n, text in cells)
        self.found.leave(self._place(element), reason, shown, person=person)

    def _place(self, element: Element) -> Source:
        part = self.parts.get(element.line, 0)
        self.parts[element.line] = part + 1
        return self.found.source(self.sheet, element.line, part, "line")


_STATES = frozenset({"childidentifiers", "childcharacteristics"})


def _made(root: Element) -> date | None:
    """The last of the days that the header gives: when it was made, and up to when it goes."""
    said = (e.text for e in _below(root) if e.name.lower() in ("datetime", "referencedate"))
    days = (read_day(cell_text(text)).start for text in said if text)
    return max((day for day in days if day is not None), default=None)


def _asked(name: str, dated: Dated, beside: Beside) -> list[Asked]:
    asked = [
        (label, codes, text)
        for label, what, codes in dated.details
        for text in beside.get(what, ())
    ]
    if name in TELLS_FACTORS and name == next(one for one in TELLS_FACTORS if one in beside):
        asked += [("Factors", "factor", text) for text in beside.get(FACTORS, ())]
    return asked


def _so_far(name: str, beside: Beside) -> Cells:
    """What was so when the return was made, beside the start of the plan it is about."""
    if name != "cppstartdate" or "latestcategoryofabuse" not in beside:
        return ()
    latest = ("Latest category of abuse when the return was made", "abuse")
    return (in_words(CODES, [(*latest, beside["latestcategoryofabuse"][0])])[0],)


def _joined(details: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Several values of one label in one line."""
    lines: dict[str, list[str]] = {}
    for label, text in details:
        if text:
            lines.setdefault(label, []).append(text)
    return [(label, "; ".join(dict.fromkeys(texts))) for label, texts in lines.items()]


def _children(root: Element) -> list[Element]:
    groups = [e for e in root.children if e.name.lower() == "children"]
    return [e for group in groups for e in group.children if e.name.lower() == "child"]


def _part(element: Element, name: str) -> Element | None:
    return next((e for e in element.children if e.name.lower() == name), None)


def _texts(element: Element) -> dict[str, str]:
    return {e.name.lower(): e.text for e in reversed(element.children)}


def _leaves(element: Element) -> Iterator[Element]:
    """The elements of a record that hold text, also those in a group within it."""
    for one in element.children:
        if not one.children:
            yield one
        elif one.name.lower() in WITHIN:
            yield from _leaves(one)


def _blocks(element: Element) -> Iterator[Element]:
    """The records within a record."""
    for one in element.children:
        if one.children and one.name.lower() not in WITHIN:
            yield one


def _below(element: Element) -> Iterator[Element]:
    for one in element.children:
        if one.name.lower() not in ("children", "child"):
            yield one
            yield from _below(one)


def _extra(element: Element) -> Cells:
    """Attributes, and text that stands between elements."""
    cells = [(f"{element.name} attribute {name}", v) for name, v in element.attributes.items()]
    for one in element.children:
        cells += [(f"{one.name} attribute {name}", v) for name, v in one.attributes.items()]
    if element.stray:
        cells.append((f"{element.name} (text between its elements)", element.stray))
    return tuple(cells)


def _cells(element: Element) -> Cells:
    """Every text in an element and below it, each under the names of what holds it."""
    own = tuple((f"{element.name}/{e.name}", e.text) for e in element.children if not e.children)
    below = (cell for e in element.children if e.children for cell in _cells(e))
    return (*own, *_extra(element), *below)


def _strays(element: Element, stray: list[str]) -> None:
    if element.stray:
        stray.append(f"'{element.stray[:60]}' in {element.name} at line {element.line}")
    for one in element.children:
        if one.children and one.name.lower() != "child":
            _strays(one, stray)


def _set_apart(found: Found, elements: list[Element]) -> None:
    for one in elements:
        if one.children:
            _set_apart(found, one.children)
        else:
            found.apart("", one.line, f"{one.name}: {one.text}")


def _note(found: Found, unknown: dict[str, int], stray: list[str]) -> None:
    if unknown:
        names = ", ".join(f"{name} ({count})" for name, count in list(unknown.items())[:NAMED])
        found.notes.append(
            "Elements that are not in the census as this program knows it are kept with each"
            f" record: {names}."
        )
    if stray:
        found.notes.append(
            "Text stands between elements, where the census has none; it is kept with the child's"
            f" records: {'; '.join(stray[:NAMED])}."
        )


__all__ = ["CinCensus"]
