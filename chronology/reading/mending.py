"""XML that is not well formed, read by what its tags show: a tag mistyped, a file cut short."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from chronology.reading import gate
from chronology.reading.archive import too_deep
from chronology.reading.grid import Element

#: A comment or the like; else a tag, slips inside it allowed: "</<Name>", "</Name)>".
_TAG: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<data>.*?)\]\]>|<[?!][^<>]*>"
    r"|<(?P<end>/?)\s*<?\s*(?P<name>[A-Za-z_][\w.:-]*)(?P<rest>[^<>]*)>",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def mended(text: str, most: int) -> tuple[Element | None, str]:
    """The elements that the tags show, and the words that stood where the file was cut short.

    No entity is expanded but the letters that XML itself names. Raises as a whole file does for
    depth and for more than ``most`` elements.
    """
    lines = [found.start() for found in re.finditer("\n", text)]
    reader = _Reader(most)
    at = 0
    for found in _TAG.finditer(text):
        reader.say(text[at : found.start()])
        at = found.end()
        if found["data"] is not None:
            reader.say_plain(found["data"])
        elif found["name"] and found["end"]:
            reader.close(_local(found["name"]))
        elif found["name"]:
            reader.open(found, bisect_right(lines, found.start()) + 1)
    reader.say(text[at:])
    return reader.root, reader.cut()


class _Reader:
    """Elements as their tags come; an end that fits no open element is passed over."""

    def __init__(self, most: int) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._most = most
        self._count = 0

    def open(self, tag: re.Match[str], line: int) -> None:
        """Begins an element; one that is empty ends at once."""
        self._count += 1
        gate.refuse_over(self._count, self._most, "The file has more than 5 million elements.")
        element = Element(_local(tag["name"]), "", line, dict(_attributes(tag["rest"])))
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        else:
            return
        if len(self._open) >= gate.MAX_DEPTH:
            raise too_deep()
        if not tag["rest"].rstrip().endswith("/"):
            self._open.append(element)
            self._texts.append([])

    def close(self, name: str) -> None:
        """Ends the nearest open element of this name and those left open within it."""
        if all(element.name != name for element in self._open):
            return
        while self._end() != name:
            continue

    def say(self, text: str) -> None:
        """Keeps text, with the letters that XML names put in."""
        self.say_plain(html.unescape(text) if "&" in text else text)

    def say_plain(self, text: str) -> None:
        """Keeps text as it stands."""
        if self._texts and text:
            self._texts[-1].append(text)

    def cut(self) -> str:
        """Ends what is still open; the words of the innermost are not whole and are given back."""
        if not self._open:
            return ""
        innermost = self._open[-1]
        self._end()
        words, innermost.text = (innermost.text, "") if not innermost.children else ("", "")
        while self._open:
            self._end()
        return f"<{innermost.name}>{words}"

    def _end(self) -> str:
        element = self._open.pop()
        text = "".join(self._texts.pop()).strip()
        if element.children:
            element.stray = text
        else:
            element.text = text
        return element.name


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for name, double, single in _ATTRIBUTE.findall(text):
        yield _local(name), html.unescape(double or single)
