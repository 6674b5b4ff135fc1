"""One page of a PDF: its tables drawn with lines, the words around them, or why it is unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import decode_text

from chronology.reading.print_order import in_reading_order
from chronology.reading.printed import PrintedLine, Word, flowed, lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page

SCANNED: Final = (
    "The page is a picture (a scan) without words that can be read. Ask the sender for the words,"
    " or enter what it says by hand."
)
PARTLY_SCANNED: Final = (
    "Most of the page is a picture (a scan), and what stands in it cannot be read. Ask the sender"
    " for the words, or enter what it says by hand."
)
NO_LETTERS: Final = (
    "The page is drawn with letters that do not say which letters they are, so its words cannot be"
    " read. Ask the sender for the words, or enter what it says by hand."
)
BROKEN: Final = (
    "The page is damaged and could not be read. Open the file, print it to a new PDF, and try that;"
    " or enter what it says by hand."
)
TANGLED: Final = (
    "The page holds far more lines or letters than a page of records, so it was not read. Ask the"
    " sender for Excel, Word or CSV, or enter what it says by hand."
)
#: Fields and notes of one page, and letters of one of them.
MAX_REMARKS: Final = 5_000
MAX_REMARK: Final = 100_000
#: Upright edges times level edges that are compared to find the cells of one page.
MAX_CROSSINGS: Final = 4_000_000
#: A page with so few words under a picture over half of it is a scan with a stamp on it.
_STAMP: Final = 30
_HALF: Final = 0.5
#: So many uprights that end side by side are those of a table; shorter ones are none.
_UPRIGHTS: Final = 3
_SHORTEST: Final = 8.0
#: A line across so near closes them.
_NEAR_LINE: Final = 4.0
#: More lines without any word are words drawn as shapes.
_SHAPES: Final = 200


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table drawn with lines: where it begins and ends, and its cells; ``None`` goes on from the
    row above.
    """

    top: float
    bottom: float
    rows: tuple[tuple[str | None, ...], ...]
    #: Where its columns begin.
    starts: tuple[float, ...] = ()


@dataclass(slots=True)
class PrintedPage:
    """What one page holds, from top to bottom."""

    number: int
    width: float = 0.0
    tables: list[Ruled] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    #: What was typed into form fields or noted on the page, which is no part of its text.
    remarks: tuple[str, ...] = ()
    unread: str = ""


def printed_page(page: Page) -> PrintedPage:
    """The words and tables of a page that has been laid out."""
    told = PrintedPage(page.page_number, float(page.width), remarks=tuple(_remarks(page)))
    words = _words(page)
    if not words:
        drawn = len(page.curves) + len(page.lines) + len(page.rects)
        told.unread = SCANNED if page.images or drawn > _SHAPES else ""
        return told
    if 2 * sum("(cid:" in word.text for word in words) > len(words):
        told.unread = NO_LETTERS
        return told
    if len(words) < _STAMP and _pictured(page) > _HALF:
        told.unread = PARTLY_SCANNED
    told.tables, rest = _ruled(page, words)
    told.lines = in_reading_order(lines_of(rest, page.page_number))
    return told


def _remarks(page: Page) -> Iterator[str]:
    """What fields of a form hold and what notes on the page say, each in a line."""
    for found in list_value(page.page_obj.annots or [])[:MAX_REMARKS]:
        note = dict_value(found)
        parent = dict_value(note.get("Parent") or {})
        if literal_name(note.get("Subtype")) == "Widget":
            name, value = (_said(note.get(k)) or _said(parent.get(k)) for k in ("T", "V"))
            if value and value != "Off":
                yield f"Field '{name}' of the form: {value}"
        elif text := _said(note.get("Contents")):
            yield f"Note on the page: {text}"


def _said(value: object) -> str:
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, bytes):
        return decode_text(value[:MAX_REMARK]).replace("\r\n", "\n").replace("\r", "\n").strip()
    return literal_name(value) if isinstance(value, PSLiteral) else ""


def _words(page: Page) -> list[Word]:
    found: list[dict[str, Any]] = page.dedupe_chars().extract_words(x_tolerance_ratio=0.18)
    return [
        Word(
            _clean(str(word["text"])),
            float(word["x0"]),
            float(word["x1"]),
            float(word["top"]),
            float(word["bottom"]),
        )
        for word in found
        if _clean(str(word["text"])).strip()
    ]


def _clean(text: str) -> str:
    """Letters that were set as one (ﬁ) as two, and a soft hyphen at a line's end as a hyphen."""
    for one, two in _LIGATURES:
        text = text.replace(one, two)
    return text


_LIGATURES: Final = (
    ("\ufb00", "ff"),
    ("\ufb01", "fi"),
    ("\ufb02", "fl"),
    ("\ufb03", "ffi"),
    ("\ufb04", "ffl"),
    ("\x00", ""),
)


def _pictured(page: Page) -> float:
    """The share of the page that its largest picture covers."""
    whole = max(1.0, float(page.width) * float(page.height))
    areas = (
        (float(picture["x1"]) - float(picture["x0"]))
        * (float(picture["bottom"]) - float(picture["top"]))
        for picture in page.images
    )
    return max(areas, default=0.0) / whole


def _ruled(page: Page, words: Sequence[Word]) -> tuple[list[Ruled], list[Word]]:
    """The tables drawn with lines, and the words that stand in none of their cells."""
    upright = sum(edge["orientation"] == "v" for edge in page.edges)
    if upright * (len(page.edges) - upright) > MAX_CROSSINGS:
        return [], list(words)
    rest = list(words)
    tables: list[Ruled] = []
    for table in page.find_tables({"explicit_horizontal_lines": _closing(page)}):
        cells = [tuple(map(float, cell)) for cell in table.cells]
        if len({left for left, *_ in cells}) > 1:
            made, rest = _filled(cells, rest)
            tables.append(made)
    return sorted(tables, key=lambda table: table.top), rest


def _closing(page: Page) -> list[dict[str, Any]]:
    """Where the uprights of a table begin or end together without a line across, as at the head
    and foot of a page when a row goes on: the line that would close it.
    """
    across = [float(edge["top"]) for edge in page.edges if edge["orientation"] == "h"]
    ends: dict[int, list[tuple[float, float]]] = {}
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _SHORTEST:
            for y in (float(edge["top"]), float(edge["bottom"])):
                ends.setdefault(round(y), []).append((float(edge["x0"]), y))
    closing: list[dict[str, Any]] = []
    for found in ends.values():
        left, right = min(x for x, _ in found), max(x for x, _ in found)
        y = found[0][1]
        if len({round(x) for x, _ in found}) < _UPRIGHTS or right - left < _SHORTEST:
            continue
        if not any(abs(y - other) < _NEAR_LINE for other in across):
            closing.append(
                {"object_type": "line", "x0": left, "x1": right, "width": right - left, "top": y,
                 "bottom": y, "height": 0.0, "doctop": y}
            )  # fmt: skip
    return closing


def _filled(cells: Sequence[tuple[float, ...]], words: Sequence[Word]) -> tuple[Ruled, list[Word]]:
    """The cells of one table with the words whose middle lies in them, and the other words."""
    held: dict[tuple[float, ...], list[Word]] = {cell: [] for cell in cells}
    left, top = min(c[0] for c in cells), min(c[1] for c in cells)
    right, bottom = max(c[2] for c in cells), max(c[3] for c in cells)
    rest: list[Word] = []
    for word in words:
        x, y = word.across, word.down
        inside = left <= x <= right and top <= y <= bottom
        home = next((c for c in cells if _holds(c, x, y)), None) if inside else None
        if home is None:
            rest.append(word)
        else:
            held[home].append(word)
    texts = {cell: _cell_text(cell, held[cell]) for cell in cells}
    starts = tuple(sorted({cell[0] for cell in cells}))
    return Ruled(top, bottom, tuple(_rows(cells, texts)), starts), rest


def _rows(
    cells: Sequence[tuple[float, ...]], texts: dict[tuple[float, ...], str]
) -> Iterator[tuple[str | None, ...]]:
    starts = sorted({cell[0] for cell in cells})
    for top in sorted({cell[1] for cell in cells}):
        row: list[str | None] = []
        beside = {cell[0]: cell for cell in cells if cell[1] == top}
        for start in starts:
            if start in beside:
                row.append(texts[beside[start]])
            else:
                above = any(c[0] == start and c[1] < top < c[3] - 1 for c in cells)
                row.append(None if above else "")
        yield tuple(row)


def _holds(cell: tuple[float, ...], x: float, y: float) -> bool:
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _cell_text(cell: tuple[float, ...], words: Sequence[Word]) -> str:
    if not words:
        return ""
    margin = max(0.0, min(word.left for word in words) - cell[0])
    return flowed(lines_of(words), cell[2] - min(margin, 8.0))
