"""What a FHIR record is called: its title, and the names that its title does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from chronology.importers.defined.fhir_elements import Line
from chronology.importers.defined.fhir_facts import vaccination
from chronology.importers.defined.fhir_kinds import ENCOUNTERS, UNDONE_TITLES, Kind
from chronology.importers.defined.fhir_status import Status
from chronology.importers.defined.fhir_values import Node, codes, concept, label, one, words
from chronology.importers.defined.safeguarding_codes import Meaning

if TYPE_CHECKING:
    from chronology.importers.defined.fhir_records import Part, Records

#: The end of a coded value that says only that the value is not known.
_UNKNOWN: Final = ("UNK", "[UNK]", "[NI]", "[NA]", "[NASK]", "[ASKU]")


def title_of(
    records: Records,
    part: Part,
    kind: Kind,
    status: Status,
    meaning: Meaning | None,
    types: Mapping[str, str],
) -> tuple[str, str]:
    """The title of a record and its event type; ``types`` are those its message gives to kinds."""
    title, event_type = kind.title, types.get(part.kind, kind.event_type)
    if part.kind == "Encounter" and "class" in part.node:
        for one_class in sorted(classes_of(part.node)):
            title, event_type = ENCOUNTERS.get(one_class, (title, event_type))
    if meaning is not None:
        event_type = meaning.event_type
    if status.undone:
        title = UNDONE_TITLES.get(part.kind, title)
        title += f", {status.undone}" if status.undone[:6] == "not to" else f" {status.undone}"
    if status.nullified:
        title = f"{title} (entered in error)"
    name = ""
    for element in kind.called:
        if element in part.node:
            name = _words(records, part, part.node[element])
            if name:
                break
    if part.kind == "Immunization" and name.endswith(_UNKNOWN):
        name = vaccination(part.node) or name
    return f"{title}: {name}" if name else title, status.event_type or event_type


def not_in_title(records: Records, part: Part, kind: Kind) -> list[Line]:
    """Names of a record that its title does not show, as a document's description."""
    names = [name for name in kind.called if name in part.node]
    if len(names) < 2:
        return []
    shown = False
    lines = []
    for name in names:
        text = _words(records, part, part.node[name])
        if text and shown:
            lines.append((label(name), text))
        shown = shown or bool(text)
    return lines


def classes_of(node: Node) -> set[str]:
    """The codes of the class of an encounter, in capitals."""
    value = one(node.get("class"))
    if type(value) is str:
        return {value.upper()}
    return {code.upper() for code, _ in codes(value)} - {""}


def _words(records: Records, part: Part, value: object) -> str:
    if value is None:
        return ""
    if type(value) is dict and "coding" in value:
        return concept(value)
    return words(value, lambda node: records.naming(node, part))
