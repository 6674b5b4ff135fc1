"""The timeline as an Excel workbook: text stays text, no fact is hidden, no clock is read."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from chronology.render.sheet import write_table
from chronology.render.shown import TimelineView
from chronology.render.styles import Styles
from chronology.render.tables import tables
from chronology.render.writing import write_bytes_whole

#: Nothing a record says may become a formula, a link or a number.
OPTIONS: dict[str, bool | dict[str, str | int | bool]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10, "font_scheme": False},
}
#: Written into the file instead of the clock, so that the same inputs give the same bytes.
CREATED = datetime(2000, 1, 1)

#: A page header holds at most 255 characters, its codes among them.
HEADER_PART = 110


def write_excel(timeline: TimelineView, path: Path) -> None:
    """Write the workbook, whole or not at all. Raises UnwritableOutputError."""
    write_bytes_whole(path, excel_bytes(timeline))


def excel_bytes(timeline: TimelineView) -> bytes:
    """The workbook as the bytes of an .xlsx file; the same timeline gives the same bytes."""
    whole = BytesIO()
    with Workbook(whole, OPTIONS) as book:
        made_with = f"chronology {timeline.version}".strip()
        book.set_properties({"title": timeline.title, "comments": made_with, "created": CREATED})
        book.set_size(2400, 1500)
        styles = Styles(book)
        for table in tables(timeline):
            sheet = write_table(book, styles, table)
            _mark_pages(sheet, timeline, table.title, made_with)
    return whole.getvalue()


def _mark_pages(sheet: Worksheet, timeline: TimelineView, title: str, made_with: str) -> None:
    """The marking on every page of paper; it also stands in words under each sheet's title."""
    marking, heading, version = map(_as_header, (timeline.marking, title, made_with))
    sheet.set_header(f"&L{heading}&C{marking}")
    sheet.set_footer(f"&L{marking}&CPage &P of &N&R{version}")


def _as_header(text: str) -> str:
    """Text for a page header, where ``&`` begins a code; the full text stands in the sheet."""
    line = " ".join(text.split())
    short = line
    while len(_coded(short).encode("utf-16-le")) > 2 * HEADER_PART:
        line = line[:-1]
        short = f"{line}..."
    return _coded(short)


def _coded(text: str) -> str:
    return text.replace("&", "&&")
