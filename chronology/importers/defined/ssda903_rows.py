"""The tables of the SSDA903 return and their rows, whether they come as CSV, workbook or XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from chronology.account import Mention, Source
from chronology.dates import read_when
from chronology.dates.standard import BY_DEFINITION
from chronology.flags import Flag
from chronology.importers.defined.base import Cells, Found, child
from chronology.importers.defined.days import read_day
from chronology.importers.defined.sheets import FIRST_LINES, Sheet, cell_text, plain
from chronology.reading.grid import Document, Element, Grid, Line
from chronology.when import UNDATED, When


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is known beside CHILD: one heading that tells, and so many of its own."""

    telling: frozenset[str]
    known: frozenset[str]
    least: int = 2


def _table(telling: str, others: str, least: int = 2) -> Table:
    own = frozenset(telling.split())
    return Table(own, own | frozenset(others.split()), least)


#: The tables of all years; each is known by its headings, never by the name of its file.
TABLES: Mapping[str, Table] = {
    "episodes": _table(
        "DECOM RNE PLACE_PROVIDER REASON_PLACE_CHANGE",
        "LS CIN PLACE DEC REC HOME_POST PL_POST URN",
        3,
    ),
    "missing": _table("MIS_START MIS_END", "MISSING DOB"),
    "reviews": _table("REVIEW_CODE", "REVIEW DOB"),
    "ad1": _table("DATE_INT DATE_MATCH NB_ADOPTR SEX_ADOPTR LS_ADOPTR", "DOB FOSTER_CARE"),
    "placed_for_adoption": _table(
        "DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED", "DOB", least=2
    ),
    "previous_permanence": _table("PREV_PERM DATE_PERM LA_PERM", "DOB"),
    "sw_episodes": _table("SW_ID SW_DECOM SW_DEC SW_REASON", "DOB"),
    "dolo": _table("DOLO_START DOLO_END", "DOB", least=2),
    "oc2": _table(
        "SDQ_SCORE SDQ_REASON HEALTH_CHECK TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE"
        " INTERVENTION_RECEIVED INTERVENTION_OFFERED",
        "CONVICTED IMMUNISATIONS DOB",
    ),
    "oc3": _table("IN_TOUCH ACTIV", "ACCOM DOB"),
    "uasc": _table("DUC", "SEX DOB"),
    "header": _table("ETHNIC MC_DOB", "SEX DOB UPN MOTHER UASC"),
}
#: Other names of headings: of the XML form, and of some systems.
ALSO: Mapping[str, str] = {"CHILDID": "CHILD", "CHILD_ID": "CHILD", "PL": "PLACE", "GENDER": "SEX"}
#: Where the child lives and who looks after it: kept, not repeated in outputs.
WITHHELD = ("HOME_POST", "PL_POST", "URN", "SEX_ADOPTR", "LS_ADOPTR")
WITHHELD_FLAG = Flag(
    "content-withheld", "The row holds where a child lives or who the adopters are."
)
#: The day, or the day and the month, are not known: "zz/05/2020", "zz/zz/2021".
_PARTLY = re.compile(r"zz[/-](?:zz[/-])?(?=\d)", re.IGNORECASE)
#: Elements of the XML form -> the tables whose rows they are; others are known by what they hold.
XML_PARTS: Mapping[str, str] = {
    "EPISODE": "episodes",
    "AREVIEW": "reviews",
    "AMISSING": "missing",
    "OC2": "oc2",
    "PERMANENCE": "previous_permanence",
    "AD_PLACED": "placed_for_adoption",
}
#: Why a child has no UPN, written where the UPN would stand.
NO_UPN = re.compile(r"UN\d", re.IGNORECASE)
XML_ROOTS = frozenset({"EXPSSDA903", "SSDA903"})


@dataclass(slots=True)
class Row:
    """One row of a table: a line of a sheet or an element of the XML form."""

    table: str
    #: Heading in capitals -> what its cell says; blanks are left away.
    values: dict[str, str]
    raw: Cells
    source: Source
    #: Reads the date under a heading of a line.
    dated: Callable[[Line | None, str], When]
    who: tuple[Mention, ...]
    flags: tuple[Flag, ...] = ()
    #: The headings of ``raw`` whose cells outputs do not repeat.
    withheld: tuple[str, ...] = ()
    line: Line | None = None
    #: How many records the row has given.
    parts: int = 0

    def get(self, heading: str) -> str:
        """What stands under a heading; "" for nothing."""
        return self.values.get(heading, "")

    def code(self, heading: str) -> str:
        """The same in capitals."""
        return self.values.get(heading, "").upper()

    def when(self, heading: str) -> When:
        """The date under a heading, with no more of it than is known."""
        written = self.get(heading)
        if not written:
            return UNDATED
        if written[:2] in ("zz", "ZZ") and (partly := _PARTLY.match(written)):
            known = read_when(written[partly.end() :], evidence=BY_DEFINITION)
            return replace(known, written=written)
        return self.dated(self.line, heading)

    def place(self) -> Source:
        """Where the next record of the row stands."""
        part = self.parts
        self.parts += 1
        if not part:
            return self.source
        own = self.source
        return Source(own.file, own.sheet, own.row, own.sha256, own.part + part, own.unit)

    def told_cells(self) -> Cells:
        """Every cell, with what is withheld named but not told."""
        return tuple((n, "withheld" if n in self.withheld else text) for n, text in self.raw)


def table_of(headings: frozenset[str]) -> str:
    """Which table has these headings, the one that shares most of them; "" for none."""
    if "CHILD" not in headings:
        return ""
    best, shared = "", 0
    for name, table in TABLES.items():
        own = len(table.known & headings)
        if own >= table.least and own > shared and table.telling & headings:
            if name == "episodes":
                return name
            best, shared = name, own
    return best


def sheet_in(grid: Grid) -> tuple[str, Sheet] | None:
    """The table a sheet holds, found by its row of headings."""
    for index, line in enumerate(grid.lines[:FIRST_LINES]):
        name = table_of(frozenset(map(_own, line.cells)))
        if name:
            at: dict[str, int] = {}
            for column, cell in enumerate(line.cells):
                at.setdefault(plain(cell), column)
            return name, Sheet(grid, line, grid.lines[index + 1 :], at)
    return None


def is_xml(document: Document) -> bool:
    """Whether a document is the XML form."""
    return document.root is not None and document.root.name.upper() in XML_ROOTS


def sheet_rows(found: Found, name: str, sheet: Sheet) -> Iterator[Row]:
    """The rows of a table of a sheet; a heading that is repeated is set apart."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(sheet.heading.cells):
        columns.setdefault(_own(cell) or f"COLUMN {column + 1}", column)
    pairs = tuple(columns.items())
    headings = tuple(cell.strip() for cell in sheet.heading.cells)
    hidden = tuple((headings[at], at) for own, at in pairs if own in WITHHELD)
    people: dict[tuple[str, ...], tuple[Mention, ...]] = {}
    dated = _dated(sheet, columns)
    for line in sheet.rows:
        cells = line.cells
        if cells == sheet.heading.cells:
            found.apart(sheet.grid.sheet, line.number, " | ".join(cells))
            continue
        values = {own: text for own, at in pairs if (text := cell_text(cells[at]))}
        who = (values.get("CHILD", ""), values.get("DOB", ""), values.get("UPN", ""))
        about = people.get(who)
        if about is None:
            about = people[who] = _child(*who)
        yield Row(
            name,
            values,
            tuple(zip(headings, cells, strict=True)),
            found.source(sheet.grid.sheet, line.number),
            dated,
            about,
            line.flags,
            tuple(heading for heading, at in hidden if cells[at].strip()),
            line,
        )


def xml_rows(found: Found, one: Element, number: int) -> Iterator[Row]:
    """The rows that one child of the XML form holds: what its header says, then what it lists."""
    sheet = f"Child {number}"
    header = next((e for e in one.children if e.name.upper() == "HEADER"), one)
    own = _leaves(header) if header is one else (*_leaves(header), *_leaves(one))
    said = {_own(name): cell_text(text) for name, text in own}
    about = _child(said.get("CHILD", ""), said.get("DOB", ""), said.get("UPN", ""))
    used: dict[int, int] = {}
    for name in _tables_of_header(frozenset(n for n, text in said.items() if text)):
        yield _row(found, name, header, own, about, sheet, used)
    for part in (*header.children, *(e for e in one.children if e is not header)):
        if part.children and part is not header:
            cells = texts_in(part)
            name = XML_PARTS.get(part.name.upper()) or table_of(
                frozenset(_own(n) for n, _ in cells) | {"CHILD", "DOB"}
            )
            yield _row(found, name or part.name, part, cells, about, sheet, used)


def _row(
    found: Found,
    name: str,
    element: Element,
    cells: Cells,
    about: tuple[Mention, ...],
    sheet: str,
    used: dict[int, int],
) -> Row:
    number = about[0].identifiers[0].text if about and about[0].identifiers else ""
    values = {_own(n): said for n, text in reversed(cells) if (said := cell_text(text))}
    values.setdefault("CHILD", number)
    raw = cells if any(_own(n) == "CHILD" for n, _ in cells) else (("CHILDID", number), *cells)
    part = used[element.line] = used.get(element.line, -PARTS) + PARTS
    source = found.source(sheet, element.line, part, "line")
    hidden = tuple(n for n, text in raw if text and _own(n) in WITHHELD)

    def dated(_line: Line | None, heading: str) -> When:
        return read_day(values[heading])

    return Row(name, values, raw, source, dated, about, withheld=hidden)


#: Records that one element of the XML form may hold, so that all on one line differ.
PARTS = 10


def texts_in(element: Element) -> Cells:
    """Every text in an element and below it, under the names of what holds it."""
    below = (cell for one in element.children if one.children for cell in texts_in(one))
    own = _leaves(element) if element.children else ((element.name, element.text),)
    return (*own, *below)


def _tables_of_header(said: frozenset[str]) -> Iterator[str]:
    yield "header"
    for name in ("uasc", "ad1", "oc3", "previous_permanence", "placed_for_adoption"):
        if TABLES[name].telling & said:
            yield name


def _dated(sheet: Sheet, columns: Mapping[str, int]) -> Callable[[Line | None, str], When]:
    """Reads the dates of a sheet, each text of a text file once."""
    read: dict[tuple[int, str], When] = {}
    headings = sheet.heading.cells

    def dated(line: Line | None, heading: str) -> When:
        at = columns[heading]
        if line is None:
            return UNDATED
        if line.stamps:
            return sheet.when(line, headings[at])
        said = (at, line.cells[at])
        when = read.get(said)
        if when is None:
            when = read[said] = sheet.when(line, headings[at])
        return when

    return dated


def _child(number: str, born: str, upn: str) -> tuple[Mention, ...]:
    """Who a child is; a code for why there is no UPN is none."""
    return child(number, born=born, upn="" if NO_UPN.fullmatch(upn) else upn)


def _leaves(element: Element) -> Cells:
    told = [(leaf.name, leaf.text) for leaf in element.children if not leaf.children]
    told += [(f"{element.name} attribute {name}", v) for name, v in element.attributes.items()]
    for leaf in element.children:
        if not leaf.children:
            told += [(f"{leaf.name} attribute {name}", v) for name, v in leaf.attributes.items()]
    if element.stray:
        told.append((f"{element.name} (text between its elements)", element.stray))
    return tuple(told)


@lru_cache(maxsize=4096)
def _own(heading: str) -> str:
    name = heading.strip().strip('"\ufeff').upper()
    return ALSO.get(name, name)
