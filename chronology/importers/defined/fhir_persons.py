"""Records of persons, bodies and things: set apart, left out, or told for a birth or a death."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chronology.account import LeftOut, Mention
from chronology.importers.defined import fhir_people as people
from chronology.importers.defined.base import Telling
from chronology.importers.defined.fhir_cells import cells_of
from chronology.importers.defined.fhir_records import PERSONS, Part, is_home, is_restricted
from chronology.importers.defined.fhir_sheltering import WITHHELD, is_personal, sheltered
from chronology.importers.defined.fhir_values import (
    Node,
    dated,
    is_date,
    one,
    said,
)

if TYPE_CHECKING:
    from chronology.importers.defined.fhir_telling import Teller

SUPPORTS: Final = "It names a person, a body or a thing that other records refer to; no event."
A_SLOT: Final = (
    "It is a time in a diary that can be booked: a state, not an event. An appointment in it is"
    " told by itself."
)
A_NOTICE: Final = (
    "It announces something and brings no record that says when it happened. Ask the sender for the"
    " record."
)
A_PERSON: Final = "It gives a person's details, not an event."


def tell_patient(teller: Teller, part: Part) -> None:
    """A patient: set apart, but for a birth and a death, which are told."""
    mention = teller.records.mention(part)
    moment = people.birth_time(part.node)
    death = dated(said(part.node, "deceasedDateTime"))
    if moment.is_known:
        teller.found.tell_fact("birth", teller.source(part), moment, **about(teller, part, mention))
    if death.is_known:
        telling = about(teller, part, mention)
        teller.found.tell_fact("death", teller.source(part, 1), death, **telling)
    if moment.is_known or death.is_known:
        return
    if part.bundle:
        teller.found.apart(part.sheet, part.row, apart_text(part, f"Patient: {mention.name}"))
        return
    cells = sheltered(part.node)
    teller.found.left_out.append(LeftOut(teller.source(part), A_PERSON, cells, "", mention))


def set_apart(teller: Teller, part: Part) -> None:
    """A record that others refer to."""
    if part.kind == "Slot":
        teller.found.leave(teller.source(part), A_SLOT, cells_of(part.node))
        return
    if part.kind == "MessageHeader" and teller.records.is_alone(part):
        teller.found.leave(teller.source(part), A_NOTICE, cells_of(part.node))
        return
    if part.bundle:
        name = "somebody's home" if is_home(part) else teller.records.name(part)
        text = f"{part.kind}: {name or _event_name(part.node)}"
        teller.found.apart(part.sheet, part.row, apart_text(part, text.rstrip(": ")))
        return
    cells = sheltered(part.node) if part.kind in PERSONS else cells_of(part.node)
    teller.found.leave(teller.source(part), SUPPORTS, cells)


def apart_text(part: Part, text: str) -> str:
    """What is said of a record set apart: its name, and the dates in it that are of no event."""
    told = [
        f"{name} {written}"
        for name, written in cells_of(part.node)
        if is_date(written) and name != "birthDate"
    ]
    if not told:
        return text
    what = "dates in it" if part.kind == "Patient" else "it holds dates that are of no event"
    return f"{text} ({what}: {', '.join(told)})"


def _event_name(node: Node) -> str:
    """What a message is about."""
    event = one(node.get("eventCoding")) or one(node.get("event"))
    return said(event, "display") or said(event, "code") or said(node, "eventUri")


def about(teller: Teller, part: Part, mention: Mention) -> Telling:
    """What an account says that a patient's own record gives."""
    raw = cells_of(part.node)
    conflict = teller.conflict(part)
    withheld = tuple(dict.fromkeys(name for name, _ in raw if is_personal(name)))
    flags = (*((conflict,) if conflict else ()), *((WITHHELD,) if withheld else ()))
    telling: Telling = {
        "subjects": (mention,),
        "reference": part.id,
        "raw": raw,
        "withheld": withheld,
        "flags": flags,
    }
    shared = teller.shared or teller.sent.get(part.bundle)
    if shared is not None:
        telling["shared"] = shared
    if teller.organisation and not is_restricted(part.node):
        telling["organisation"] = teller.organisation
    return telling
