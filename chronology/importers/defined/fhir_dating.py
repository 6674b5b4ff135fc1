"""When a FHIR record says that something happened, was written down, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chronology.importers.defined.fhir_kinds import Kind
from chronology.importers.defined.fhir_records import Part
from chronology.importers.defined.fhir_values import Node, codes, dated, one, said
from chronology.importers.defined.safeguarding_codes import meaning_of
from chronology.when import UNDATED, When

#: Where an element of several parts keeps its date, the best first.
_PARTS: Final = ("start", "collectedDateTime", "event", "end")


def dates_of(part: Part, kind: Kind) -> tuple[When, When, str]:
    """When it happened, when it was written down, and what stood there that is no date."""
    stated = _stated_date(part)
    if stated.is_known:
        return stated, UNDATED, ""
    occurred, odd = _first(part.node, kind.occurred)
    recorded, odd_too = _first(part.node, kind.recorded)
    return occurred, recorded, odd or odd_too


def end_of(node: Node, kind: Kind, start: When) -> When:
    """The end of a period that has a start and goes on after it."""
    for name in kind.occurred:
        value = node.get(name)
        if value is None or type(value) is str:
            continue
        value = one(value)
        if type(value) is dict and "start" in value and "end" in value:
            end = dated(said(value, "end"))
            if end.is_known and (end.start, end.clock) != (start.start, start.clock):
                return end
    return UNDATED


def _first(node: Node, names: Sequence[str]) -> tuple[When, str]:
    """The first of several dates that is one, and what stood there instead."""
    odd = ""
    for name in names:
        value = node.get(name)
        if value is None:
            value = _inner(node, name) if "." in name else None
            if value is None:
                continue
        value = one(value)
        if type(value) is dict:
            value = next(filter(None, (said(value, part) for part in _PARTS)), "")
        if type(value) is not str or not value:
            continue
        when = dated(value.strip())
        if when.is_known:
            return when, ""
        odd = odd or value
    return UNDATED, odd


def _inner(node: Node, path: str) -> object:
    """What stands under a name inside an element, as the period of a document's context."""
    outer, _, inner = path.partition(".")
    value = one(node.get(outer))
    return value.get(inner) if type(value) is dict else None


def _stated_date(part: Part) -> When:
    """The date that an observation has for its value: the start of a plan, not of the visit."""
    if part.kind != "Observation" or "valueDateTime" not in part.node:
        return UNDATED
    meaning = meaning_of(codes(part.node.get("code")))
    if "effectivePeriod" in part.node or meaning is None or not (meaning.started or meaning.ended):
        return UNDATED
    return dated(said(part.node, "valueDateTime"))
