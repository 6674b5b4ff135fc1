"""Observations that a panel or a report tells with itself, so that they are told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chronology.importers.defined.fhir_dating import dates_of
from chronology.importers.defined.fhir_kinds import KINDS
from chronology.importers.defined.fhir_records import Part, Records, is_restricted
from chronology.importers.defined.fhir_status import status_of
from chronology.importers.defined.fhir_values import label, nodes, one, said
from chronology.when import UNDATED

#: Elements of a record that name others told with it: a panel, a report.
MEMBERS: Final = frozenset({"hasMember", "result", "related"})


def members(records: Records, part: Part) -> list[Part]:
    """The observations that a panel or a report names."""
    found = []
    for name in sorted(MEMBERS & part.node.keys()):
        for value in nodes(part.node[name]):
            target = one(value.get("target")) if "target" in value else value
            there = records.points_to(target, part)
            if there is not None and there.kind == "Observation" and there is not part:
                found.append(there)
    return found


def panels(records: Records, parts: Sequence[Part], told_with: dict[int, str]) -> None:
    """Finds out which observations are told with the panel or report they belong to."""
    for part in parts:
        is_report = part.kind in ("Observation", "DiagnosticReport")
        if is_report and not MEMBERS.isdisjoint(part.node):
            _panel(records, part, told_with)


def _panel(records: Records, part: Part, told_with: dict[int, str]) -> None:
    """Of its own day and person, neither withdrawn nor restricted, is told with it."""
    own = dates_of(part, KINDS[part.kind])[:2]
    when = next((date for date in own if date.is_known), UNDATED)
    if not when.is_known or id(part.node) in told_with:
        return
    where = f"{part.sheet}, {part.unit} {part.row}".removeprefix(", ")
    for member in _deep(records, part):
        theirs, written, _ = dates_of(member, KINDS["Observation"])
        day = (theirs if theirs.is_known else written).start
        status = status_of(member.node, member.kind)
        is_open = not status.nullified and not is_restricted(member.node)
        if day in (None, when.start) and is_open and _same(part, member):
            name = records.name(part) or label(part.kind)
            told_with.setdefault(id(member.node), f"'{name}' ({where})")


def members_told(records: Records, part: Part, told_with: dict[int, str]) -> Iterator[Part]:
    """The observations that are told with a panel or a report, those of its panels after them."""
    yield from (member for member in _deep(records, part) if id(member.node) in told_with)


def _deep(records: Records, part: Part) -> list[Part]:
    """The observations that a panel or a report names, and those that they name."""
    found = {id(part.node): part}
    waiting = [part]
    while waiting:
        for member in members(records, waiting.pop()):
            if id(member.node) not in found:
                found[id(member.node)] = member
                if not MEMBERS.isdisjoint(member.node):
                    waiting.append(member)
    return list(found.values())[1:]


def _same(part: Part, member: Part) -> bool:
    """Whether two records are about the same person, as far as both say."""
    own, theirs = (said(either.node, "subject", "reference") for either in (part, member))
    return not own or not theirs or own == theirs
