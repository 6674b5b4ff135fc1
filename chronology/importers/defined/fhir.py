"""FHIR: records of health services in JSON or XML, alone, in bundles or one a line."""

from __future__ import annotations

from typing import ClassVar, Final

from chronology.account import Agency
from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.fhir_cells import cells_of
from chronology.importers.defined.fhir_gathering import records_of
from chronology.importers.defined.fhir_kinds import BILLING, KINDS, SUPPORTING
from chronology.importers.defined.fhir_panels import panels
from chronology.importers.defined.fhir_records import Part, Records
from chronology.importers.defined.fhir_telling import Teller
from chronology.importers.defined.fhir_values import (
    Node,
    dated,
    in_words,
    is_date,
    nodes,
    one,
    said,
)
from chronology.reading.grid import Document, Element
from chronology.when import When

SPACE: Final = "http://hl7.org/fhir"
#: Bundles that are no message.
_OTHERWISE: Final = ("collection", "searchset", "transaction", "document", "history", "batch")
#: Bundles that are a clinical document or bring one.
_DOCUMENTS: Final = ("document", "message")
_NAMES: Final = frozenset({"Bundle", *KINDS, *SUPPORTING, *BILLING, "Patient", "Composition"})


class Fhir(Format):
    """FHIR R4, UK Core and STU3."""

    name: ClassVar[str] = "fhir"
    title: ClassVar[str] = "FHIR records (R4, UK Core, STU3)"
    agency: ClassVar[Agency] = Agency.HEALTH
    system: ClassVar[str] = "FHIR"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        (
            (
                "Encounter, Appointment, Observation, Condition, Procedure, Immunization and every"
                " other kind of record that says when something happened"
            ),
            "an account each",
        ),
        (
            "The date",
            (
                "effective, occurrence, performed, onset or the start of a period; where there is"
                " none, the date of recording, and the account says so; never the date of sending"
            ),
        ),
        ("Observations of a panel or a report", "told once, with the panel or the report"),
        (
            "Those who take part",
            (
                "who wrote, did, asked or sent it is its professional and organisation; whom it"
                " asks or goes to is told as such ('Asked of', 'Sent to'), never as its source"
            ),
        ),
        (
            "An appointment without a time of its own",
            "told at the time of the slot booked for it, and the account says so",
        ),
        (
            "An alert or a consent without a date, with a note on its making (Provenance)",
            "told on the day it was recorded, and the account says so",
        ),
        ("Free and busy times of a diary (Slot)", "left out: a state, not an event"),
        (
            "The time of a message or a bundle",
            "set apart; of a message it is also the date of sharing of its records",
        ),
        ("The end of a hospital stay, an alert, a plan or an episode", "an account of its own"),
        (
            "A missed or cancelled appointment, what was not done or not given, drafts",
            "told as such, with the reason",
        ),
        (
            "Entered in error, deleted",
            "told or left out as withdrawn; earlier copies are marked",
        ),
        (
            "Codes that tell of a member of the family",
            "kept, and marked as not about the patient",
        ),
        (
            "Patient, Practitioner, Organization, Location and the like",
            "named in the accounts that refer to them; the death of a patient is an account",
        ),
        (
            "Addresses, telephone numbers, records and patients marked as restricted",
            "withheld",
        ),
        ("Claims and payments", "left out: the care they bill for stands in other records"),
    )

    def recognises(self, document: Document) -> bool:
        return is_fhir(document) and message_event(document) == "" and not holds_document(document)

    def read(self, found: Found) -> None:
        records = records_of(found.document)
        tell_all(found, records, Teller(found, records))


def tell_all(found: Found, records: Records, teller: Teller) -> None:
    """Every record of a file, in the order of the file."""
    panels(records, records.parts, teller.told_with)
    for number, bundle in records.bundles.items():
        found.notes += _about(bundle)
        set_apart_times(found, number, bundle)
    teller.sent.update(_sent(records))
    for sheet, row, unit, shown, reason in records.odd:
        found.leave(found.source(sheet, row, 0, unit), reason, (shown[:2000],))
    for part in records.parts:
        teller.tell(part)


def _about(bundle: Node) -> list[str]:
    """What a bundle says that a reader should know about the whole of it."""
    total = said(bundle, "total")
    more = any(said(link, "relation") == "next" for link in nodes(bundle.get("link")))
    if more:
        return [
            (
                f"The file is one page of {total or 'more'} records and says that another page"
                " follows. Ask for the other pages too."
            )
        ]
    return []


def set_apart_times(found: Found, number: int, bundle: Node) -> None:
    """Sets apart the time at which a bundle was made or sent."""
    head = {name: value for name, value in bundle.items() if name not in ("entry", "link")}
    times = [f"{name} {text}" for name, text in cells_of(head) if is_date(text)]
    if times:
        what = said(bundle, "type") or "bundle"
        text = f"Bundle ({what}), made or sent at: {', '.join(times)}; no date of an event"
        found.apart("Bundle", number, text)


def _sent(records: Records) -> dict[int, When]:
    """When each bundle that is a message was sent."""
    sent = {
        number: dated(said(bundle, "timestamp"))
        for number, bundle in records.bundles.items()
        if said(bundle, "type") == "message"
    }
    for part in records.parts if sent else ():
        if part.kind == "MessageHeader" and part.bundle in sent and "timestamp" in part.node:
            sent[part.bundle] = dated(said(part.node, "timestamp"))
    return {number: when for number, when in sent.items() if when.is_known}


def is_fhir(document: Document) -> bool:
    """Whether a file holds FHIR records, whatever its namespace says."""
    if document.root is not None:
        return _is_element(document.root)
    data = document.data
    if type(data) is dict:
        return type(data.get("resourceType")) is str and data["resourceType"] in _NAMES
    if type(data) is not list:
        return False
    kinds = [said(item, "resourceType") for item in data[:50] if type(item) is dict]
    known = sum(kind in _NAMES for kind in kinds)
    return known > 0 and known * 2 >= len(kinds) and all(kinds)


def _is_element(root: Element) -> bool:
    if root.name not in _NAMES:
        return False
    if root.space == SPACE:
        return True
    inner = root.all("entry", "resource") if root.name == "Bundle" else root.children
    return any("value" in one_child.attributes or one_child.children for one_child in inner)


def holds_document(document: Document) -> bool:
    """Whether a file is a clinical document: a bundle whose composition has sections of text."""
    if document.root is not None:
        inner = document.root.all("entry", "resource")
        nested = [one_more for one in inner for one_more in one.all("Bundle", "entry", "resource")]
        return any(one.all("Composition", "section") for one in (*inner, *nested))
    data = document.data if type(document.data) is list else [document.data]
    return any(_holds_document(item, 2) for item in data[:50])


def _holds_document(item: object, depth: int) -> bool:
    """Whether a bundle, or one inside it as in a message, begins with a composition."""
    if type(item) is not dict or "entry" not in item or item.get("type") not in _DOCUMENTS:
        return False
    for entry in nodes(item["entry"]):
        inner = one(entry.get("resource"))
        kind = said(inner, "resourceType")
        if kind == "Composition" and "section" in inner:
            return True
        if kind == "Bundle" and depth and _holds_document(inner, depth - 1):
            return True
    return False


def message_event(document: Document) -> str:
    """The code of the child health event that a file's first message tells of; "" for others."""
    return next(filter(None, map(event_of, _headers(document))), "")


def event_of(header: Node) -> str:
    """The code of a child health event: CH033, PDS002, FM001; "" for other messages."""
    event = one(header.get("event")) or one(header.get("eventCoding"))
    code, system = said(event, "code").upper(), said(event, "system")
    known = code[:2] == "CH" or code[:3] in ("PDS", "EMS") or code[:2] == "FM"
    if known and code[-2:].isdigit():
        return code
    if system.endswith(("ChildHealthEventType-1", "EMS-EventType-1")):
        return code or "?"
    return ""


def _headers(document: Document) -> list[Node]:
    """The heads of the messages of a file, found without reading the rest."""
    if document.root is not None:
        return _header_elements(document.root)
    data = document.data if type(document.data) is list else [document.data]
    bundles = [
        item
        for item in data[:50]
        if type(item) is dict and "entry" in item and item.get("type") not in _OTHERWISE
    ]
    entries = (entry for bundle in bundles for entry in nodes(bundle["entry"]))
    inner = (one(entry.get("resource")) for entry in entries)
    return [node for node in inner if said(node, "resourceType") == "MessageHeader"]


def _header_elements(root: Element) -> list[Node]:
    found = []
    for event in (
        *root.all("entry", "resource", "MessageHeader", "event"),
        *root.all("entry", "resource", "MessageHeader", "eventCoding"),
    ):
        coding = {inner.name: inner.attributes.get("value", "") for inner in event.children}
        found.append({"event": coding})
    return found


__all__ = ["Fhir", "Part", "event_of", "in_words", "is_fhir", "message_event", "tell_all"]
