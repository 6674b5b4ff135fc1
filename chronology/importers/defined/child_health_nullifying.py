"""What a nullification of a failsafe alert (FM002) takes back.

The specification makes the alert it nullifies part of the message; the official example brings
none, so whatever the request refers to is looked at too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chronology.importers.defined import fhir_people as people
from chronology.importers.defined.fhir_cells import cells_of
from chronology.importers.defined.fhir_records import Part
from chronology.importers.defined.fhir_telling import Teller
from chronology.importers.defined.fhir_values import nodes, said

NULLIFIES: Final = "The sender nullifies this failsafe alert; the alert falls."
#: Where a request can name the alert.
_NAMED_IN: Final = (
    "basedOn", "partOf", "replaces", "focus", "reasonReference", "relevantHistory", "definition",
    "inResponseTo",
)  # fmt: skip


def alerts_nullified(teller: Teller, header: Part) -> int:
    """Leaves out each alert that a nullification brings or names, as withdrawn; how many."""
    tasks = [part for part in teller.records.parts if part.kind == "Task"]
    requests = [part for part in tasks if _is_nullification(part)] or tasks[:1]
    brought = {part.id: part for part in tasks if part not in requests}
    named = dict.fromkeys(_names(teller, [*requests, header], brought))
    for part in brought.values():
        teller.told_with[id(part.node)] = "its nullification"
        teller.found.leave(teller.source(part), NULLIFIES, cells_of(part.node), part.id)
    by = requests[0] if requests else header
    for number, reference in enumerate(named, start=1):
        cells = (("alert", reference),)
        teller.found.leave(teller.source(by, number), NULLIFIES, cells, reference)
    return len(brought) + len(named)


def _is_nullification(part: Part) -> bool:
    systems = (
        said(coding, "system")
        for reason in nodes(part.node.get("reason"))
        for coding in nodes(reason.get("coding"))
    )
    profile = str(people.said_node(part.node, "meta").get("profile", ""))
    return "Nullify" in profile or any("Nullify" in system for system in systems)


def _names(teller: Teller, parts: list[Part], brought: dict[str, Part]) -> Iterator[str]:
    """The numbers of alerts that are named and not brought."""
    for part in parts:
        for reference in _references(part):
            there = teller.records.find(reference, part)
            number = there.id if there is not None else _bare(reference)
            if (there is None or there.kind == "Task") and number not in brought:
                yield number


def _references(part: Part) -> Iterator[str]:
    for name in _NAMED_IN:
        for value in nodes(part.node.get(name)) if part.kind == "Task" else ():
            yield from filter(None, (_reference(value),))
    for value in nodes(part.node.get("input")):
        for name in ("valueReference", "valueIdentifier", "valueString", "valueUri"):
            if name in value:
                inner = nodes(value[name])
                text = _reference(inner[0]) if inner else said(value, name)
                yield from filter(None, (text,))
    if part.kind == "MessageHeader" and said(part.node, "response", "identifier"):
        yield said(part.node, "response", "identifier")


def _reference(value: object) -> str:
    return said(value, "reference") or said(value, "identifier", "value") or said(value, "value")


def _bare(reference: str) -> str:
    return reference.rpartition("/")[2].rpartition(":")[2]
