"""The main part of a Word file cut down to what tables are made of.

Wrappers (content controls, smart tags, hyperlinks, tracked insertions, and any a later version may
bring) are left out of the tree and what they hold moves up, so no text is lost inside one. What
Word does not show (deletions, field codes, the second reading of alternate content) stays out.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from chronology.reading import gate
from chronology.reading.archive import Archive, too_deep

#: Elements kept, with the attributes kept of each.
_KEPT: Final[dict[str, tuple[str, ...]]] = {
    "document": (),
    "comment": ("id", "author"),
    "footnote": ("id",),
    "endnote": ("id",),
    "body": (),
    "tbl": (),
    "tr": (),
    "tc": (),
    "p": (),
    "r": (),
    "t": (),
    "delText": (),
    "br": (),
    "cr": (),
    "tab": (),
    "ptab": (),
    "noBreakHyphen": (),
    "sym": ("char",),
    "txbxContent": (),
    "gridSpan": ("val",),
    "gridBefore": ("val",),
    "vMerge": ("val",),
    "strike": ("val",),
    "dstrike": ("val",),
    "vanish": ("val",),
    "trPr": (),
    "commentReference": ("id",),
    "footnoteReference": ("id",),
    "endnoteReference": ("id",),
    "altChunk": (),
    "ins": (),
    "del": (),
    "moveTo": (),
    "moveFrom": (),
    "sdt": (),
    "showingPlcHdr": (),
}
#: Left out with all they hold. ``tabs`` are tab stops; ``rt`` is a reading aid.
_DROPPED: Final = frozenset(
    {"instrText", "delInstrText", "sectPr", "tblPrEx", "tblGrid", "tabs", "pPrChange", "rPrChange"}
    | {"tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange", "rt"}
    | {"ffData", "binData"}
)
#: Of these the first child is read and ``Fallback`` says the same again for older programs.
_ALTERNATE: Final = "AlternateContent"
#: More elements than this would not fit into memory; an ordinary record takes about fifty.
MAX_ELEMENTS: Final = 3_000_000


def word_tree(archive: Archive, part: str) -> tuple[Element, int]:
    """The part as a small tree of local names, and how many unanswered prompts were left out.

    A prompt is what a content control shows until somebody fills it in ("Click to enter a date").
    Raises UnreadableFileError where the part is broken.
    """
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(256 * 1024):
                parser.feed(chunk)
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise gate.damaged("This Word file", "Word") from fault
    return builder.root, builder.prompts


class _Builder:
    """Hears each element from the parser and keeps the few that matter."""

    def __init__(self) -> None:
        self.root = Element("root")
        self.prompts = 0
        self._open = [self.root]
        self._path: list[tuple[str, bool]] = []
        self._dropped_at = 0
        self._count = 0
        self._has_choice: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        keep = not self._dropped_at and local in _KEPT
        self._path.append((local, keep))
        if len(self._path) > gate.MAX_DEPTH:
            raise too_deep()
        if self._dropped_at:
            return
        if self._is_dropped(local):
            self._dropped_at = len(self._path)
            self._path[-1] = (local, False)
        elif keep:
            self._keep(local, attributes)

    def end(self, _name: str) -> None:
        if self._dropped_at == len(self._path):
            self._dropped_at = 0
        local, kept = self._path.pop()
        if kept:
            self._close(self._open.pop())
        elif local == _ALTERNATE and self._has_choice and not self._dropped_at:
            self._has_choice.pop()

    def data(self, text: str) -> None:
        if not self._dropped_at and self._open[-1].tag in {"t", "delText"}:
            self._open[-1].text = (self._open[-1].text or "") + text

    def close(self) -> Element:
        return self.root

    def _close(self, node: Element) -> None:
        """Put what a content control holds in its place, unless that is only its prompt."""
        if node.tag != "sdt":
            return
        if node.find("showingPlcHdr") is not None:
            self.prompts += 1
            for text in node.iter("t"):
                text.text = ""
        self._open[-1].remove(node)
        self._open[-1].extend(child for child in node if child.tag != "showingPlcHdr")

    def _is_dropped(self, local: str) -> bool:
        if local == _ALTERNATE:
            self._has_choice.append(False)
        elif local == "Choice" and self._has_choice:
            again, self._has_choice[-1] = self._has_choice[-1], True
            return again
        elif local == "Fallback" and self._has_choice:
            return self._has_choice[-1]
        return local in _DROPPED

    def _keep(self, local: str, attributes: dict[str, str]) -> None:
        self._count += 1
        gate.refuse_over(self._count, MAX_ELEMENTS, "The Word file has more than 3 million parts.")
        wanted = _KEPT[local]
        kept = {key: value for key, value in _plain(attributes) if key in wanted} if wanted else {}
        node = Element(local, kept)
        self._open[-1].append(node)
        self._open.append(node)


def _plain(attributes: dict[str, str]) -> list[tuple[str, str]]:
    return [(key.rpartition("}")[2], value) for key, value in attributes.items()]
