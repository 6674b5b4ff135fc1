"""Reads a part of an Excel workbook element by element, never whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar
from xml.parsers import expat

from chronology.reading import gate
from chronology.reading.archive import Archive, DoctypeError, refuse_doctype, too_deep
from chronology.reading.grid import plain_breaks

#: How XML says no.
OFF: Final = frozenset({"0", "false", "off"})
#: Of Excel's usual files and of "Strict Open XML" ones.
_NAMESPACES: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CHUNK: Final = 256 * 1024
_Handler = TypeVar("_Handler")


class PartScanner:
    """Feeds a part to expat and calls a handler by element name, whatever prefix is used."""

    starts: Mapping[str, Callable[[dict[str, str]], None]]
    ends: Mapping[str, Callable[[], None]]

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._listening = False
        self._depth = 0
        self._starts = _by_full_name(self.starts)
        self._ends = _by_full_name(self.ends)

    def run(self, archive: Archive, part: str) -> None:
        """Read the part to its end."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk)
                parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
        except (expat.ExpatError, DoctypeError, ValueError, LookupError) as fault:
            raise gate.damaged("This workbook", "Excel") from fault

    def listen(self, _attributes: dict[str, str] | None = None) -> None:
        """Keep the text that follows."""
        self._pieces.clear()
        self._listening = True

    def heard(self) -> str:
        """The text since :meth:`listen`."""
        self._listening = False
        return "".join(self._pieces)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > gate.MAX_DEPTH:
            raise too_deep()
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        handler = self._ends.get(name)
        if handler is not None:
            handler()

    def _characters(self, text: str) -> None:
        if self._listening:
            self._pieces.append(text)


def scan_texts(archive: Archive, part: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """The texts cells share, and which of them have words struck out."""
    scanner = _TextScanner()
    scanner.run(archive, part)
    return tuple(scanner.texts), frozenset(scanner.struck)


def unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as ``_x000D_``."""
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return plain_breaks(text)


def _character(found: re.Match[str]) -> str:
    code = int(found.group(1), 16)
    return found.group() if 0xD800 <= code <= 0xDFFF else chr(code)


def _by_full_name(handlers: Mapping[str, _Handler]) -> dict[str, _Handler]:
    return {f"{space} {name}": call for name, call in handlers.items() for space in _NAMESPACES}


class _TextScanner(PartScanner):
    """The shared texts: runs joined, struck words noted, reading aids (furigana) left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.struck: set[int] = set()
        self._runs: list[str] = []
        self._aside = False
        self.starts = {
            "si": self._begin,
            "t": self.listen,
            "strike": self._strike,
            "rPh": self._begin_aside,
        }
        self.ends = {"si": self._finish, "t": self._run, "rPh": self._end_aside}
        super().__init__()

    def _begin(self, _attributes: dict[str, str]) -> None:
        self._runs.clear()

    def _begin_aside(self, _attributes: dict[str, str]) -> None:
        self._aside = True

    def _end_aside(self) -> None:
        self._aside = False

    def _strike(self, attributes: dict[str, str]) -> None:
        if attributes.get("val", "1") not in OFF:
            self.struck.add(len(self.texts))

    def _run(self) -> None:
        text = self.heard()
        if not self._aside:
            self._runs.append(text)

    def _finish(self) -> None:
        text = unescaped("".join(self._runs))
        gate.refuse_over(len(text), gate.MAX_CELL, "A cell holds more than 20 MB of text.")
        self.texts.append(text)
