"""The mapping file: what a person says about a file's layout, in words they can edit in Notepad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import PurePath

from chronology.account import Agency
from chronology.errors import MappingMismatchError
from chronology.importers.findings import Extract, Layout
from chronology.importers.headings import CLOCKS, DATES, FIELDS, field_called, label
from chronology.importers.tables import headings_at
from chronology.reading.grid import Document, Grid

#: What stands for a column that is kept under its own heading.
NOT_USED = "not used"
#: What stands before the number of the heading row.
HEADING_ROW = "heading row"
#: The settings above the first sheet: as written in the file -> field of :class:`Mapping`.
SETTINGS = {
    "file": "file",
    "agency": "agency",
    "organisation": "organisation",
    "system": "system",
    "who it is about": "subject",
    "born": "subject_born",
    "date order": "date_order",
    "year": "year",
}
DATE_ORDERS = {"day first": "day-first", "month first": "month-first", "": ""}
AGENCIES = {
    **{agency.label.casefold(): agency for agency in Agency},
    **{agency.value: agency for agency in Agency},
}


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """The columns of one table: heading as in the file and field; row 0 for no heading row."""

    sheet: str
    heading_row: int
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A layout as a person stated it; it wins over every guess. ``file`` may hold * and ?."""

    file: str = ""
    agency: Agency | None = None
    organisation: str = ""
    system: str = ""
    subject: str = ""
    subject_born: str = ""
    date_order: str = ""
    year: int | None = None
    sheets: tuple[SheetMapping, ...] = ()


def read_mapping(text: str) -> Mapping:
    """A mapping from its file's text; raises MappingMismatchError naming the line."""
    mapping = Mapping()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if words.startswith("["):
            mapping = replace(mapping, sheets=(*mapping.sheets, _sheet(words, number)))
        elif "=" not in words:
            raise _wrong(number, f"'{words}' has no '='. Write: heading in the file = field")
        elif mapping.sheets:
            mapping = _with_column(mapping, words, number)
        else:
            mapping = _with_setting(mapping, words, number)
    return mapping


def applies(mapping: Mapping, document: Document) -> bool:
    """Whether a mapping is meant for a file: by its name, or because it has the same headings."""
    name = PurePath(document.file).name
    wanted = mapping.file.casefold()
    if wanted and (name.casefold() == wanted or fnmatch(name.casefold(), wanted)):
        return True
    headed = [table for table in mapping.sheets if table.heading_row]
    return bool(headed) and all(_heading_line(table, document.grids) for table in headed)


def fits(mapping: Mapping, document: Document) -> str:
    """Empty where a mapping can be used on a file; else why not, and what to do."""
    for table in mapping.sheets:
        grids = [grid for grid in document.grids if _is_for(table, grid.sheet)]
        if not grids:
            return (
                f"The mapping speaks of a sheet '{table.sheet}', which '{document.file}' does not "
                "have. Correct the name in square brackets, or write [*] for every sheet."
            )
        if table.heading_row and not _heading_line(table, grids):
            return _missing(table, grids, document)
    return ""


#: Fields that a record has once: dates and their clock times.
ONE_ONLY = frozenset((*DATES, *CLOCKS.values()))


def doubled(table: SheetMapping) -> str:
    """Why a table's columns do not fit, where two hold what a record has once; else ""."""
    there: dict[str, str] = {}
    for heading, field in table.columns:
        if field in ONE_ONLY and field in there:
            return (
                f"Both '{there[field]}' and '{heading}' are '{label(field)}', and a record has one."
                f" Say what the other holds, such as 'date recorded' or 'date the agency was told',"
                f" or '{NOT_USED}'."
            )
        there[field] = heading
    return ""


def columns_of(mapping: Mapping, sheet: str, headings: Sequence[str]) -> dict[int, str] | None:
    """The field of each column as the mapping states it; None where it does not speak of these."""
    keys = distinct(headings)
    for table in mapping.sheets:
        stated = {same(heading): field for heading, field in table.columns}
        if _is_for(table, sheet) and stated.keys() <= set(keys):
            return {index: stated.get(key, "") for index, key in enumerate(keys)}
    return None


def _is_for(table: SheetMapping, sheet: str) -> bool:
    return fnmatch(sheet.strip(), table.sheet.strip() or "*")


def heading_row_of(mapping: Mapping, sheet: str) -> int:
    """The first heading row stated for a sheet; 0 where none is."""
    rows = [t.heading_row for t in mapping.sheets if _is_for(t, sheet)]
    return min((row for row in rows if row), default=0)


def write_mapping(extract: Extract) -> str:
    """How a file was understood, as a mapping to correct; what is uncertain is said in notes."""
    tables = tuple(
        SheetMapping(layout.sheet, min(layout.heading_rows, default=0), _columns(layout))
        for layout in extract.layouts
        if layout.columns
    )
    mapping = Mapping(
        file=PurePath(extract.file).name,
        agency=extract.agency,
        organisation=extract.organisation,
        system=extract.system,
        sheets=tuple(dict.fromkeys(tables)),
    )
    doubts = [f"# {doubt}" for layout in extract.layouts for doubt in layout.doubts]
    return "\n".join([*dict.fromkeys(doubts), mapping_text(mapping)])


def _columns(layout: Layout) -> tuple[tuple[str, str], ...]:
    names = shown(column.heading for column in layout.columns)
    return tuple(
        (name, column.field) for name, column in zip(names, layout.columns, strict=True) if name
    )


def mapping_text(mapping: Mapping) -> str:
    """A mapping as the text of its file."""
    lines = [
        "# How this file is read. Change what stands after '=' and run again.",
        "# A line that begins with # is a note. The fields are listed at the end.",
        f"file = {mapping.file}",
        f"agency = {mapping.agency.label if mapping.agency else ''}",
        f"organisation = {mapping.organisation}",
        f"system = {mapping.system}",
        f"who it is about = {mapping.subject}",
        f"born = {mapping.subject_born}",
        f"date order = {mapping.date_order.replace('-', ' ')}",
        f"year = {mapping.year or ''}",
    ]
    for table in mapping.sheets:
        lines += ["", f"[{table.sheet or '*'}]", f"heading row = {table.heading_row or 'none'}"]
        lines += [f"{_marked(head)} = {label(field) or NOT_USED}" for head, field in table.columns]
    return "\n".join([*lines, "", *_legend(), ""])


def _marked(heading: str) -> str:
    """A heading in quotation marks where it would read as something else."""
    marked = heading.startswith(("#", "[", '"')) or heading.casefold() == HEADING_ROW
    return f'"{heading}"' if marked else heading


def _unmarked(heading: str) -> str:
    is_marked = len(heading) > 1 and heading[0] == heading[-1] == '"'
    return heading[1:-1] if is_marked else heading


def same(heading: str) -> str:
    """A heading as it is compared: white space and case do not matter."""
    return " ".join(heading.split()).casefold()


def distinct(headings: Iterable[str]) -> tuple[str, ...]:
    """Headings as compared; the second of two equal ones ends in (2)."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for heading in headings:
        key = same(heading)
        seen[key] = seen.get(key, 0) + 1
        found.append(f"{key} ({seen[key]})" if key and seen[key] > 1 else key)
    return tuple(found)


def shown(headings: Iterable[str]) -> tuple[str, ...]:
    """Headings as a mapping file writes them: on one line, equal ones numbered."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for heading in headings:
        key = same(heading)
        seen[key] = seen.get(key, 0) + 1
        number = f" ({seen[key]})" if key and seen[key] > 1 else ""
        found.append(" ".join(heading.split()) + number)
    return tuple(found)


def _legend() -> list[str]:
    return [
        "# Fields that can stand after a heading:",
        *(f"#   {plain}" for plain, _ in FIELDS.values()),
        f"#   {NOT_USED}   (the column is kept, under its own heading)",
        f"# Agencies: {', '.join(agency.label for agency in Agency)}.",
        "# Date order: day first, or month first; blank lets the dates in the column decide.",
        "# A heading that begins with # or [ stands in quotation marks.",
        "# Heading row: its number in Excel; 'none' for a table without headings, whose columns",
        "# are then called Column A, Column B and so on.",
    ]


def _with_setting(mapping: Mapping, words: str, number: int) -> Mapping:
    key, _, value = (part.strip() for part in words.partition("="))
    name = SETTINGS.get(key.casefold())
    if name is None:
        raise _wrong(
            number,
            f"'{key}' is no setting. Before the first sheet in square brackets there can be: "
            f"{', '.join(SETTINGS)}.",
        )
    return _set(mapping, name, value, number)


def _set(mapping: Mapping, name: str, value: str, number: int) -> Mapping:
    said = value.casefold()
    match name:
        case "agency":
            if said and said not in AGENCIES:
                raise _wrong(number, f"'{value}' is no agency. Write one of: {_agencies()}.")
            return replace(mapping, agency=AGENCIES.get(said))
        case "date_order":
            said = said.replace("-", " ")
            if said not in DATE_ORDERS:
                raise _wrong(number, f"'{value}' is no date order. Write day first or month first.")
            return replace(mapping, date_order=DATE_ORDERS[said])
        case "year":
            if said and not (said.isascii() and said.isdigit() and len(said) == 4):
                raise _wrong(number, f"'{value}' is no year. Write four figures, such as 2019.")
            return replace(mapping, year=int(said) if said else None)
    return _with_text(mapping, name, value)


def _with_text(mapping: Mapping, name: str, value: str) -> Mapping:
    match name:
        case "file":
            return replace(mapping, file=value)
        case "organisation":
            return replace(mapping, organisation=value)
        case "system":
            return replace(mapping, system=value)
        case "subject":
            return replace(mapping, subject=value)
        case _:
            return replace(mapping, subject_born=value)


def _sheet(words: str, number: int) -> SheetMapping:
    if not words.endswith("]"):
        raise _wrong(number, f"'{words}' lacks the closing bracket. Write [name of the sheet].")
    return SheetMapping(words[1:-1].strip(), 0, ())


def _with_column(mapping: Mapping, words: str, number: int) -> Mapping:
    heading, _, value = (part.strip() for part in words.rpartition("="))
    table = mapping.sheets[-1]
    if heading.casefold() == HEADING_ROW and not table.columns:
        table = replace(table, heading_row=_row(value, number))
    else:
        table = replace(
            table, columns=(*table.columns, (_unmarked(heading), _field(value, number)))
        )
        if why := doubled(table):
            raise _wrong(number, why)
    return replace(mapping, sheets=(*mapping.sheets[:-1], table))


def _row(value: str, number: int) -> int:
    if value.casefold() in ("none", ""):
        return 0
    if not (value.isascii() and value.isdigit()):
        raise _wrong(number, f"'{value}' is no row. Write its number in Excel, or none.")
    return int(value)


def _field(value: str, number: int) -> str:
    if value.casefold() in (NOT_USED, ""):
        return ""
    field = field_called(value)
    if not field:
        allowed = ", ".join(plain for plain, _ in FIELDS.values())
        raise _wrong(number, f"'{value}' is no field. Write one of: {allowed}, {NOT_USED}.")
    return field


def _agencies() -> str:
    return ", ".join(agency.label for agency in Agency)


def _wrong(number: int, why: str) -> MappingMismatchError:
    return MappingMismatchError(f"Line {number} of the mapping: {why}")


def _heading_line(table: SheetMapping, grids: Sequence[Grid]) -> bool:
    stated = {same(heading) for heading, _ in table.columns}
    return any(
        stated <= set(distinct(headings_at(grid, table.heading_row)))
        for grid in grids
        if _is_for(table, grid.sheet)
    )


def _missing(table: SheetMapping, grids: Sequence[Grid], document: Document) -> str:
    there = {key for grid in grids for key in distinct(headings_at(grid, table.heading_row))}
    lacking = [heading for heading, _ in table.columns if same(heading) not in there]
    return (
        f"The mapping expects the heading '{lacking[0] if lacking else table.sheet}' in row "
        f"{table.heading_row} of '{document.file}', and it is not there. Correct the mapping, or "
        "run 'chronology inspect' on the file to see its headings."
    )
