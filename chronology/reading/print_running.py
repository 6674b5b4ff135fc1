"""Heads and feet of printed pages: lines that say the same on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from chronology.reading.print_days import day_at_start
from chronology.reading.print_pages import PrintedPage
from chronology.reading.printed import PrintedLine

#: Lines at the head or foot of a page that may stand on every page.
_EDGE: Final = 6
#: "14/03/" with the year in the line below.
_CUT_DAY: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\s|$)")
_CLOCK: Final = re.compile(r"\d[:.]\d\d\b")
_PAGE_OF: Final = re.compile(r"(?:^|\s)\d{1,4} ?(?:/|of) ?\d{1,4}$")
_FIGURES: Final = re.compile(r"\d+")


def running_lines(pages: Sequence[PrintedPage]) -> frozenset[int]:
    """The lines (by identity) at the head and foot of pages that say the same on all of them.

    Figures may differ. A head or foot that the first page has not must stand apart from the text.
    """
    worded = [page for page in pages if page.lines]
    found = {id(line) for page in worded for line in _of_browser(page)}
    for edge in (1, -1):
        same = _same_everywhere(worded, edge)
        heads = [_edge_lines(page, edge, same) for page in worded]
        said = Counter(key for lines in heads for key in {_running_key(x) for x in lines})
        for page, lines in zip(worded, heads, strict=True):
            own: list[PrintedLine] = []
            for line in lines:
                if said[_running_key(line)] < max(2, len(worded) - 1):
                    break
                own.append(line)
            if not _stands_apart(page, own, edge):
                own = own[: _how_many_everywhere(own, said, len(worded))]
            found.update(map(id, own))
    return frozenset(found)


def _how_many_everywhere(
    lines: Sequence[PrintedLine], said: Counter[tuple[str, int]], pages: int
) -> int:
    on_all = [said[_running_key(line)] == pages for line in lines]
    return on_all.index(False) if False in on_all else len(on_all)


def _of_browser(page: PrintedPage) -> tuple[PrintedLine, ...]:
    """The head and foot that browsers print: the moment and title, the address and "1/3"."""
    head, foot = page.lines[0], page.lines[-1]
    is_head = day_at_start(head.text) and _CLOCK.search(head.text[:30])
    is_foot = _PAGE_OF.search(foot.text) and not day_at_start(foot.text)
    apart = len(page.lines) > 2 and foot.top - page.lines[-2].bottom > foot.height
    return (head, foot) if is_head and is_foot and apart else ()


def _same_everywhere(pages: Sequence[PrintedPage], edge: int) -> frozenset[str]:
    """What the outermost line of a page says where it is the same on all: "03/09/2022, 14:05"."""
    said = [page.lines[::edge][0].text for page in pages]
    return frozenset(said[:1]) if len(said) > 1 and len(set(said)) == 1 else frozenset()


def _edge_lines(page: PrintedPage, edge: int, same: frozenset[str]) -> list[PrintedLine]:
    """The lines from the head (1) or the foot (-1) of a page to its first table, six at most.

    One that begins with a day is a record, but for what is the ``same`` on all pages.
    """
    lines = page.lines[::edge][:_EDGE]
    if page.tables and edge > 0:
        lines = [line for line in lines if line.bottom <= page.tables[0].top + 2]
    elif page.tables:
        lines = [line for line in lines if line.top >= page.tables[-1].bottom - 2]
    return list(takewhile(lambda x: x.text in same or not _is_dated(x.text), lines))


def _is_dated(text: str) -> bool:
    return bool(day_at_start(text) or _CUT_DAY.match(text))


def _running_key(line: PrintedLine) -> tuple[str, int]:
    return _FIGURES.sub("#", line.text.casefold()), round(line.top / 8)


def _stands_apart(page: PrintedPage, own: Sequence[PrintedLine], edge: int) -> bool:
    if not own:
        return False
    rest = [line for line in page.lines if all(line is not one for one in own)]
    if not rest or page.tables:
        return True
    near = rest[0] if edge > 0 else rest[-1]
    gap = near.top - own[-1].bottom if edge > 0 else own[-1].top - near.bottom
    return gap > near.height
