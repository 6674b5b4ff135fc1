"""The school census: suspensions, exclusions, and who joined and left, as COLLECT tables or XML.

The census comes in three terms whose columns differ; a set of CSV tables is joined by the id of
the pupil, so that the table of pupils names those whom the others give by number alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from chronology.account import Agency, Identifier, Mention, Source
from chronology.dates.standard import read_standard
from chronology.importers.defined.base import NO_DATE, Cells, Format, Found, child
from chronology.importers.defined.exclusions_rows import Row, is_exclusion, tell_row
from chronology.importers.defined.sheets import (
    FIRST_LINES,
    Sheet,
    cell_text,
    plain,
    records,
)
from chronology.reading.grid import Document, Element, Grid, Line
from chronology.when import When

NO_TABLE = (
    "The sheet '{}' is none of the tables of the school census, so its rows were not read. To have"
    " them read, save the sheet as a file of its own."
)
#: What joins the tables of the census: a table of it has one of these.
_KEYS = frozenset(
    "pupilonrolltableid pupilnolongeronrolltableid schoolcensustableid"
    " learningaimsonrolltableid learningaimsoffrolltableid programmeaimsonrolltableid"
    " programmeaimsoffrolltableid".split()
)
#: And, where somebody took the keys away, one of these sets.
_TELLING = (
    frozenset({"attendancereason", "sessions"}),
    frozenset({"attendancereason", "absencesessions"}),
    frozenset({"formerupn", "entrydate"}),
    frozenset({"formerupn", "leavingdate"}),
)
_PUPIL_IDS = ("pupilonrolltableid", "pupilnolongeronrolltableid")
_COLLECTIONS = ("SC", "PRU", "SCHOOL CENSUS")
_PUPILS = frozenset({"pupilonroll", "pupilnolongeronroll", "pupil"})
_MEANINGS = {
    **dict.fromkeys(("startdate", "entrydate", "leavingdate"), "occurred"),
    **dict.fromkeys(("fsmstartdate", "fsmenddate", "reviewdate"), "occurred"),
    **dict.fromkeys((*_PUPIL_IDS, "upn"), "subject_id"),
    **dict.fromkeys(("forename", "surname"), "subject"),
    "dob": "subject_born",
    "category": "event_type",
}


class Exclusions(Format):
    """A suspension, an exclusion, a start or a leaving date is a record; counts are left out."""

    name: ClassVar[str] = "exclusions"
    title: ClassVar[str] = "School census (COLLECT tables or XML)"
    agency: ClassVar[Agency] = Agency.EDUCATION
    system: ClassVar[str] = "School census"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Suspensions and exclusions", "Start, category, sessions and every reason in one record."),
        ("Review and reinstatement", "A record each, with the result of the review."),
        ("Pupils on roll and no longer on roll", "The day they joined and the day they left."),
        ("Free school meals, alternative provision", "Start and end."),
        ("Attendance", "Left out: the census counts sessions over a term, without their days."),
        ("SEN needs, addresses, courses", "Left out; addresses are withheld."),
        ("Codes", "Translated with the code beside them; unknown and withdrawn ones are flagged."),
        ("Result of a review (A to K)", "Shown with its code: its meaning is not confirmed."),
        ("Header, school, staff", "Set apart: they hold no records of a pupil."),
    )

    def recognises(self, document: Document) -> bool:
        """By the headings of at least one table, or the root and its pupils."""
        if document.root is not None:
            return is_census(document.root)
        return any(sheet_in(grid) is not None for grid in document.grids)

    def read(self, found: Found) -> None:
        """Every row of every table."""
        if found.document.root is not None:
            _read_xml(found, found.document.root)
            return
        for grid in found.document.grids:
            sheet = sheet_in(grid)
            if sheet is None:
                _other_sheet(found, grid)
            else:
                _read_sheet(found, sheet)


def sheet_in(grid: Grid) -> Sheet | None:
    """A table of the census by its headings."""
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        headings = [_name(cell) for cell in line.cells]
        here = frozenset(headings)
        telling = any(wanted <= here for wanted in _TELLING)
        if here & _KEYS or telling or (is_exclusion(here) and here & {"reason1", "senprovision"}):
            at = {plain(c): n for n, c in reversed(list(enumerate(line.cells))) if plain(c)}
            return Sheet(grid, line, grid.lines[index + 1 :], at)
    return None


def is_census(root: Element) -> bool:
    """Whether an XML file is the school census: by its collection, or by pupils on a roll."""
    if root.name.casefold() != "message":
        return False
    for header in (e for e in root.children if e.name.casefold() == "header"):
        for one in _below(header):
            if one.name.casefold() == "collection":
                return one.text.strip().upper() in _COLLECTIONS
    names = {e.name.casefold() for e in _below(root, 2)}
    return bool(names & {"pupilsonroll", "pupilsnolongeronroll"})


def _read_sheet(found: Found, sheet: Sheet) -> None:
    meanings = {plain(c): _MEANINGS.get(_name(c), "") for c in sheet.heading.cells}
    names = [_name(cell) for cell in sheet.heading.cells]
    headings = frozenset(filter(None, names))
    written: dict[str, str] = {}
    for name, cell in zip(names, sheet.heading.cells, strict=True):
        written.setdefault(name, cell)
    for line in records(found, sheet, meanings):
        values = {n: text for n in written if n and (text := sheet.said(line, written[n]))}
        tell_row(
            Row(
                found, values, headings, sheet.raw(line), _who(values),
                _placing(found, sheet.grid.sheet, line.number, "row"),
                _dating(sheet, line, written), line.flags,
            )
        )  # fmt: skip


def _dating(sheet: Sheet, line: Line, written: Mapping[str, str]) -> Callable[[str], When]:
    return lambda heading: sheet.when(line, written[heading])


def _placing(found: Found, sheet: str, number: int, unit: str) -> Callable[[int], Source]:
    return lambda part: found.source(sheet, number, part, unit)


def _who(values: Mapping[str, str]) -> tuple[Mention, ...]:
    """The pupil, mostly by number alone."""
    number = next((values[key] for key in _PUPIL_IDS if key in values), "")
    names = (values.get("forename", ""), values.get("surname", ""))
    former = values.get("formerupn", "")
    return child(
        number,
        name=" ".join(name for name in names if name),
        born=values.get("dob", ""),
        upn=values.get("upn", ""),
        others=(Identifier("upn", former),) if former else (),
    )


def _read_xml(found: Found, root: Element) -> None:
    """Every pupil's records; everything else set apart."""
    pupils = list(_pupils(root))
    inside = {id(pupil) for pupil in pupils}
    for number, pupil in enumerate(pupils, 1):
        _read_pupil(found, pupil, f"Pupil {number}")
    _set_apart(found, root, inside)


def _read_pupil(found: Found, pupil: Element, sheet: str) -> None:
    identity = next((e for e in pupil.children if "identifiers" in e.name.casefold()), pupil)
    texts = {e.name.casefold(): e.text for e in reversed(identity.children) if e.text}
    who, base = _who(texts), _cells(identity, deep=False)
    parts: dict[int, int] = {}
    before = len(found.accounts) + len(found.left_out)
    for record in _records(pupil):
        if record is identity or "identifiers" in record.name.casefold():
            continue
        cells = _cells(record, deep=_is_whole(record))
        values = {key: text for key, text in _values(record).items() if text}
        if not values:
            continue
        _element_row(found, record, sheet, (values, who, (*base, *cells)), parts)
    if len(found.accounts) + len(found.left_out) == before:
        source = found.source(sheet, pupil.line, 0, "line")
        found.leave(source, NO_DATE, base, person=who[0] if who else None)


def _element_row(
    found: Found,
    record: Element,
    sheet: str,
    said: tuple[dict[str, str], tuple[Mention, ...], Cells],
    parts: dict[int, int],
) -> None:
    values, who, raw = said

    def place(_: int) -> Source:
        part = parts.get(record.line, 0)
        parts[record.line] = part + 1
        return found.source(sheet, record.line, part, "line")

    row = Row(
        found, values, frozenset(values), raw, who, place, lambda heading: _moment(values[heading])
    )
    tell_row(row)


def _moment(text: str) -> When:
    return read_standard(text.removesuffix("T00:00:00"))


def _pupils(root: Element) -> Iterator[Element]:
    """Every element of one pupil."""
    for one in root.children:
        if one.name.casefold() in _PUPILS and one.children:
            yield one
        else:
            yield from _pupils(one)


def _records(element: Element) -> Iterator[Element]:
    """Every element with leaves of its own, the innermost after what holds it."""
    for one in element.children:
        if not one.children:
            continue
        if any(not e.children for e in one.children):
            yield one
        if not _is_whole(one):
            yield from _records(one)


def _is_whole(record: Element) -> bool:
    """Whether what stands in an element is told as one record, with its groups."""
    return "exclusion" in record.name.casefold() and any(not e.children for e in record.children)


def _values(record: Element) -> dict[str, str]:
    """The leaves of a record by their names in small letters; a second of a name is numbered."""
    values: dict[str, str] = {}
    leaves = _below(record, 9) if _is_whole(record) else iter(record.children)
    for one in leaves:
        name = one.name.casefold()
        if one.children:
            continue
        numbered = name
        while numbered in values:
            numbered = f"{name}{len(values)}"
        values[numbered] = cell_text(one.text)
    return values


def _cells(record: Element, *, deep: bool) -> Cells:
    """Every leaf under its path, with attributes and text between elements."""
    cells: list[tuple[str, str]] = []
    for one in record.children:
        if one.children and deep:
            cells += [(f"{record.name}/{n}", text) for n, text in _cells(one, deep=True)]
        elif not one.children:
            cells.append((f"{record.name}/{one.name}", one.text))
        cells += [(f"{record.name}/{one.name} attribute {n}", v) for n, v in one.attributes.items()]
    if record.stray:
        cells.append((f"{record.name} (text between its elements)", record.stray))
    return tuple(cells)


def _below(element: Element, depth: int = 4) -> Iterator[Element]:
    if depth:
        for one in element.children:
            yield one
            yield from _below(one, depth - 1)


def _set_apart(found: Found, element: Element, inside: set[int]) -> None:
    for one in element.children:
        if id(one) in inside:
            continue
        if one.children:
            _set_apart(found, one, inside)
        elif one.text:
            found.apart("", one.line, f"{one.name}: {one.text}")


def _name(heading: str) -> str:
    """A heading without gaps or marks, as COLLECT writes it."""
    return plain(heading).replace(" ", "")


def _other_sheet(found: Found, grid: Grid) -> None:
    for line in grid.lines:
        found.leave(found.source(grid.sheet, line.number), NO_TABLE.format(grid.sheet), line.cells)
