"""The words of one paragraph or cell of a Word file, and what is unusual about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

_OFF: Final = frozenset({"0", "false", "off", "none"})
_CHARACTERS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
#: Tick boxes as Word's symbol fonts number them; other symbols of those fonts have no letter.
_SYMBOLS: Final = {
    "F0FE": "☒", "F078": "☒", "F0FD": "☒", "F052": "☑", "F0FC": "✓", "F050": "✓",
    "F0A8": "☐", "F06F": "☐", "F0A3": "☐", "F0FB": "✗", "F04F": "✗", "F0B7": "•",
}  # fmt: skip
_PRIVATE_USE: Final = range(0xE000, 0xF900)


@dataclass(slots=True)
class Said:
    """What was heard: text as Word shows it, and everything it shows in another way or not."""

    pieces: list[str] = field(default_factory=list)
    struck: bool = False
    hidden: bool = False
    tracked: bool = False
    deleted: list[str] = field(default_factory=list)
    #: ("comment", id), ("footnote", id), ("endnote", id)
    references: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, paragraphs on lines of their own, without blank lines at either end."""
        return "".join(self.pieces).strip("\n")


def listen(node: Element, said: Said) -> None:
    """Add what stands in a node; tables inside it are kept apart, not read."""
    for child in node:
        hear = _HEARD.get(child.tag)
        if hear is not None:
            hear(child, said)


def _text(node: Element, said: Said) -> None:
    said.pieces.append(node.text or "")


def _character(node: Element, said: Said) -> None:
    said.pieces.append(_CHARACTERS[node.tag])


def _symbol(node: Element, said: Said) -> None:
    code = node.get("char", "").upper()
    if code in _SYMBOLS:
        said.pieces.append(_SYMBOLS[code])
        return
    try:
        number = int(code, 16)
    except ValueError:
        return
    plain = 0x20 <= number < 0x110000 and number not in _PRIVATE_USE
    said.pieces.append(chr(number) if plain and not 0xD800 <= number <= 0xDFFF else "\ufffd")


def _paragraph(node: Element, said: Said) -> None:
    said.pieces.append("\n")
    listen(node, said)


def _box(node: Element, said: Said) -> None:
    said.pieces.append("\n")
    listen(node, said)
    said.pieces.append("\n")


def _run(node: Element, said: Said) -> None:
    before = len(said.pieces)
    listen(node, said)
    if any(piece.strip() for piece in said.pieces[before:]):
        said.struck |= _is_on(node, "strike") or _is_on(node, "dstrike")
        said.hidden |= _is_on(node, "vanish")


def _inserted(node: Element, said: Said) -> None:
    before = len(said.pieces)
    listen(node, said)
    said.tracked |= any(piece.strip() for piece in said.pieces[before:])


def _deleted(node: Element, said: Said) -> None:
    gone = [each.text or "" for each in node.iter() if each.tag in {"t", "delText"}]
    if any(gone):
        said.deleted.append("".join(gone))


def _deleted_text(node: Element, said: Said) -> None:
    said.deleted.append(node.text or "")


def _reference(node: Element, said: Said) -> None:
    said.references.append((node.tag.removesuffix("Reference"), node.get("id", "")))


def _table(node: Element, said: Said) -> None:
    said.tables.append(node)


def _is_on(run: Element, name: str) -> bool:
    node = run.find(name)
    return node is not None and node.get("val", "1").lower() not in _OFF


_HEARD: Final[dict[str, Callable[[Element, Said], None]]] = {
    "t": _text,
    **dict.fromkeys(_CHARACTERS, _character),
    "sym": _symbol,
    "p": _paragraph,
    "txbxContent": _box,
    "r": _run,
    "ins": _inserted,
    "moveTo": _inserted,
    "del": _deleted,
    "delText": _deleted_text,
    **dict.fromkeys(("commentReference", "footnoteReference", "endnoteReference"), _reference),
    "tbl": _table,
}
