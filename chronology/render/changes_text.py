"""What changed, as plain text to read in a terminal or to paste into minutes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from chronology.changes import Changes
from chronology.render.changes_shown import ChangesView, Item, Piece, Section, changes_view

WIDTH = 96
NOTHING = "Nothing has changed."


def changes_text(changes: Changes) -> str:
    """All of it; the same changes always give the same text."""
    return "\n".join(_lines(changes_view(changes), is_nothing=changes.are_none)) + "\n"


def _lines(shown: ChangesView, *, is_nothing: bool) -> Iterator[str]:
    yield from filter(None, (shown.marking, f"{shown.title}: what changed", shown.period))
    yield ""
    yield from _balance(shown)
    if is_nothing:
        yield from ("", NOTHING)
    for section in shown.sections:
        yield from _section(section)


def _balance(shown: ChangesView) -> Iterator[str]:
    width = max(len(balance.what) for balance in shown.balances)
    for one in shown.balances:
        yield (
            f"{one.what:<{width}}  {one.before:>7,} - {one.went:,} gone + {one.came:,} new"
            f" = {one.after:,}"
        )
    yield f"{'Entries as before':<{width}}  {shown.unchanged:>7,}"


def _section(section: Section) -> Iterator[str]:
    heading = f"{section.title} ({len(section.items):,})"
    yield from ("", heading, "-" * len(heading))
    if section.sentence:
        yield section.sentence
    for item in section.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    yield from _wrapped(item.head, "* ", "  ")
    yield from _wrapped(item.detail, "    ", "    ")
    for piece in item.pieces:
        yield from _piece(piece)


def _piece(piece: Piece) -> Iterator[str]:
    yield from _wrapped(piece.name, "    ", "    ")
    for sign, text in (("-", piece.before), ("+", piece.after)):
        for number, line in enumerate(text.split("\n") if text else ()):
            yield from _wrapped(line, f"      {' ' if number else sign} ", "        ")


def _wrapped(text: str, first: str, others: str) -> Iterator[str]:
    for line in text.split("\n") if text else ():
        yield from textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=others)
        first = others
