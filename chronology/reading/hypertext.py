"""The words of an HTML text, in time that grows with its length however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

#: Marks after which a new line begins, and those that hold no words of the text.
_BREAKS: Final = frozenset(
    "br p div tr li ul ol dl dt dd table blockquote hr pre center section article header footer "
    "h1 h2 h3 h4 h5 h6 title".split()
)
_WORDLESS: Final = ("script", "style")
_CELLS: Final = frozenset({"td", "th"})
_NAME: Final = re.compile(r"/?([a-zA-Z][\w:-]*)")
_SPACES: Final = re.compile(r"[ \t\r\f\v\u00a0\n]+")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def words_of_html(text: str) -> str:
    """What a reader of the page sees, a line for each paragraph or row; nothing of it is run.

    >>> words_of_html("<p>Seen&nbsp;at home<br>with <b>mother</b></p><script>x()</script>")
    'Seen at home\\nwith mother'
    """
    lines = "".join(_pieces(text)).split("\n")
    tidy = (_SPACES.sub(" ", line).strip().removesuffix("|").rstrip() for line in lines)
    return _BLANK_LINES.sub("\n\n", "\n".join(tidy)).strip()


def _pieces(text: str) -> Iterator[str]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when they are made small
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start < 0:
            break
        yield _said(text[at:start])
        mark, at = _mark_at(text, lowered, start)
        yield mark
    yield _said(text[at:])


def _mark_at(text: str, lowered: str, start: int) -> tuple[str, int]:
    """What a mark stands for, and where the text after it begins; a lone "<" is a letter."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return ("", end + 3) if end >= 0 else ("", _after(text, start))
    name = _NAME.match(text, start + 1)
    if name is None and text[start + 1 : start + 2] not in ("!", "?"):
        return "<", start + 1
    after = _after(text, start)
    tag = name[1].lower() if name else ""
    if tag in _WORDLESS and text[start + 1] != "/":
        end = lowered.find(f"</{tag}", after)
        return "", _after(text, end) if end >= 0 else len(text)
    if tag in _BREAKS:
        return "\n", after
    return (" | " if tag in _CELLS and text[start + 1] == "/" else ""), after


def _after(text: str, start: int) -> int:
    end = text.find(">", start)
    return end + 1 if end >= 0 else len(text)


def _said(text: str) -> str:
    return _SPACES.sub(" ", unescape(text))
