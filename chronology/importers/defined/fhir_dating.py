"""When a FHIR record says that something happened, was written down, and ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, time
from typing import Final

from chronology.importers.defined.fhir_kinds import Kind
from chronology.importers.defined.fhir_records import Part, Records
from chronology.importers.defined.fhir_values import (
    Node,
    codes,
    dated,
    in_words,
    label,
    nodes,
    one,
    said,
    words,
)
from chronology.importers.defined.safeguarding_codes import meaning_of
from chronology.when import UNDATED, When

BY_SLOT: Final = ("The date is", "that of the slot booked for it; it gives no time of its own")
BY_WISH: Final = ("The date is", "the start of the time asked for; no other is given")
BY_WHAT_IT_ANSWERS: Final = ("The date is", "that of the appointment it answers")
#: What a date is called that is told beside another.
_CALLED: Final[dict[str, str]] = {
    "assertedDate": "Stated on",
    "dateAsserted": "Stated on",
    "recordedDate": "Recorded on",
    "statusDate": "Status since",
    "whenPrepared": "Prepared",
}
#: Where an element of several parts keeps its date, the best first.
_PARTS: Final = ("start", "collectedDateTime", "event", "end")


def dates_of(part: Part, kind: Kind) -> tuple[When, When, str]:
    """When it happened, when it was written down, and what stood there that is no date."""
    if part.kind == "Observation" and "valueDateTime" in part.node:
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


def other_dates(
    records: Records, part: Part, kind: Kind, told: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The dates of a record beside those told, and what stands with them; ``told`` as written."""

    def naming(value: Node) -> str:
        return records.naming(value, part)

    for name in kind.dates:
        value = one(part.node.get(name))
        if value is None:
            continue
        if type(value) is dict:
            value = {
                inner: text
                for inner, text in value.items()
                if not (type(text) is str and text.strip() in told)
            }
        elif type(value) is str and value.strip() in told:
            continue
        text = words(value, naming)
        if text:
            yield _CALLED.get(name) or label(name), text
    if part.kind == "DocumentReference" and "context" in part.node:
        end = said(_inner(part.node, "context.period"), "end")
        if end and end not in told:
            yield "Until", in_words(end)


def has_more_dates(node: Node, kind: Kind, told: Collection[str]) -> bool:
    """Whether there may be dates beside those told; asked of every record."""
    for name in kind.dates:
        if name not in node:
            continue
        value = node[name]
        parts = value.values() if type(value) is dict else (value,)
        for one_part in parts:
            if type(one_part) is not str or one_part not in told:
                return True
    return False


def booked(records: Records, part: Part) -> tuple[When, list[tuple[str, str]]]:
    """When an appointment is that has no time of its own, and what to say about that."""
    slots = [records.points_to(value, part) for value in nodes(part.node.get("slot"))]
    starts, ends = (
        sorted(
            (when for slot in slots if slot is not None and slot.kind == "Slot"
             if (when := dated(said(slot.node, name))).is_known),
            key=_moment,
        )
        for name in ("start", "end")
    )  # fmt: skip
    if starts:
        return starts[0], [BY_SLOT, *(("Until", in_words(end.written)) for end in ends[-1:])]
    return UNDATED, []


def noted(records: Records, part: Part) -> When:
    """When a record that gives no date was entered, by the note of its making beside it."""
    inner = [
        node for node in nodes(part.node.get("contained"))
        if said(node, "resourceType") == "Provenance"
    ]  # fmt: skip
    inner += [one_more.node for one_more in records.notes_on(part)]
    known = (dated(said(node, "recorded")) for node in inner)
    return min((when for when in known if when.is_known), key=_moment, default=UNDATED)


def wished(part: Part) -> When:
    """The start of the time that was asked for."""
    return _first(part.node, ("requestedPeriod",))[0]


def _moment(when: When) -> tuple[date, time]:
    return when.start or date.min, when.clock or time.min


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
            value = said(value, "start") or next(filter(None, (said(value, p) for p in _PARTS)), "")
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
    meaning = meaning_of(codes(part.node.get("code")))
    if "effectivePeriod" in part.node or meaning is None or not (meaning.started or meaning.ended):
        return UNDATED
    return dated(said(part.node, "valueDateTime"))
