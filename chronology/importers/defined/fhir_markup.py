"""A FHIR file in XML in the shape that it would have in JSON."""

from __future__ import annotations

from typing import Any, Final
from xml.sax.saxutils import escape

from chronology.importers.defined.fhir_values import Node
from chronology.reading.grid import Element

#: Yes and no, as JSON has them.
_TRUTHS: Final = {"true": True, "false": False}
#: Elements in which these are words like others.
_WORDS: Final = frozenset(
    "code comment contentString description display family given id text title value valueCode"
    " valueString".split()
)
#: Elements that wrap a whole record.
_WRAPPERS: Final = frozenset({"resource", "contained"})


def record_of(element: Element) -> Node:
    """A record as JSON has it; its name stands under ``resourceType``."""
    return {"resourceType": element.name, **_parts(element)}


def _parts(element: Element) -> Node:
    parts: Node = {}
    for attribute in ("url", "id"):
        if attribute in element.attributes:
            parts[attribute] = element.attributes[attribute]
    for child in element.children:
        _put(parts, child.name, _value(child))
        if "value" in child.attributes and child.children:
            _put(parts, f"_{child.name}", _parts(child))
    return parts


def _put(parts: Node, name: str, value: object) -> None:
    """Names that come again are lists, as in JSON."""
    before = parts.get(name)
    if name not in parts:
        parts[name] = value
    elif type(before) is list:
        before.append(value)
    else:
        parts[name] = [before, value]


def _value(element: Element) -> Any:  # noqa: ANN401 - text or a node
    if element.name == "div":
        return markup_of(element)
    if "value" in element.attributes:
        written = element.attributes["value"]
        if written in _TRUTHS and element.name not in _WORDS:
            return _TRUTHS[written]
        return written
    if element.name in _WRAPPERS and len(element.children) == 1:
        return record_of(element.children[0])
    if not element.children and element.text:
        return element.text
    return _parts(element)


def markup_of(element: Element) -> str:
    """XHTML as it was written, as JSON keeps it in one string."""
    if not element.name:
        return escape(element.text)
    inner = "".join(map(markup_of, element.children)) if element.children else escape(element.text)
    stray = escape(element.stray) if element.stray else ""
    return f"<{element.name}>{stray}{inner}</{element.name}>"
