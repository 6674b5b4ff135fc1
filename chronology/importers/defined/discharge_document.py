"""NHS discharge and clinic documents (ITK3, UK Core): sections of XHTML under PRSB headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from chronology.account import Agency
from chronology.dates import read_when
from chronology.dates.standard import BY_DEFINITION
from chronology.importers.defined.base import Format, Found, Telling, in_lines
from chronology.importers.defined.fhir import holds_document, is_fhir, message_event, tell_all
from chronology.importers.defined.fhir_dating import dates_of, end_of
from chronology.importers.defined.fhir_elements import PRIVATE_SECTIONS
from chronology.importers.defined.fhir_gathering import records_of
from chronology.importers.defined.fhir_kinds import KINDS
from chronology.importers.defined.fhir_records import Part, Records
from chronology.importers.defined.fhir_status import status_of
from chronology.importers.defined.fhir_telling import Teller
from chronology.importers.defined.fhir_values import Node, concept, nodes, plain_text, said
from chronology.reading.grid import Document
from chronology.when import When

#: Rows of the tables that date something that happened: their words in small letters -> what
#: happened and its event type. Dates of what is to come stay in the text.
DATED_ROWS: Final[dict[str, tuple[str, str]]] = {
    words: told
    for told, rows in (
        (
            ("Emergency care attendance", "HEALTH.ED"),
            (
                "date of attendance|date/time of attendance|date and time of attendance"
                "|attendance date|attendance date/time|date of arrival|date/time of arrival"
                "|date and time of arrival|arrival date|arrival date/time|arrival date and time"
            ),
        ),
        (
            ("Admission to hospital", "HEALTH.ADMISSION"),
            (
                "date of admission|date/time of admission|date and time of admission|admission date"
                "|admission date/time|admission date and time"
            ),
        ),
        (
            ("Discharge", "HEALTH.DISCHARGE"),
            (
                "date of discharge|date/time of discharge|date and time of discharge|discharge date"
                "|discharge date/time|discharge date and time|date/time of departure|departure date"
            ),
        ),
        (
            ("Clinic appointment", "HEALTH.OUTPATIENT"),
            (
                "date of appointment|date/time of appointment|appointment date"
                "|appointment date/time|contact date|contact date/time|date of contact"
                "|date and time of contact|clinic date"
            ),
        ),
        (("Date of death", "FAMILY.DEATH"), "date of death|date/time of death"),
    )
    for words in rows.split("|")
}


class DischargeDocument(Format):
    """Discharge summaries of emergency, inpatient and mental health care; outpatient letters."""

    name: ClassVar[str] = "discharge_document"
    title: ClassVar[str] = "NHS discharge documents and clinic letters (ITK3, FHIR documents)"
    agency: ClassVar[Agency] = Agency.HEALTH
    system: ClassVar[str] = "NHS document"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("The document", "an account with every section, on the date that it was written"),
        ("Dates of attendance, admission, discharge, appointment and death", "an account each"),
        ("Sections of addresses and distribution lists", "withheld"),
        ("Coded records that came with the document", "as those of any FHIR file"),
        ("Dates of what is to come", "kept in the text of the document"),
    )

    def recognises(self, document: Document) -> bool:
        return is_fhir(document) and message_event(document) == "" and holds_document(document)

    def read(self, found: Found) -> None:
        records = records_of(found.document)
        teller = Teller(found, records)
        tell_all(found, records, teller)
        for part in records.parts:
            if part.kind == "Composition":
                _tell_rows(found, records, teller, part)


def _tell_rows(found: Found, records: Records, teller: Teller, part: Part) -> None:
    """The dates of a document's tables, unless a record beside it tells of the same."""
    known = _told_days(records, part)
    number = 0
    for section, words, written in _rows(part.node):
        title, event_type = DATED_ROWS[words]
        when = read_when(written, evidence=BY_DEFINITION)
        if not when.is_known or (event_type, when.start) in known:
            continue
        known.add((event_type, when.start))
        number += 1
        telling: Telling = teller.telling(part, status_of(part.node, part.kind), [])[0]
        telling["event_type"] = event_type
        telling["event_type_written"] = title
        if event_type == "FAMILY.DEATH":
            telling["facts"] = ("death",)
        details = [("Section", section), (words.capitalize(), written)]
        found.tell(teller.source(part, number), when, in_lines(title, details), **telling)


def _told_days(records: Records, part: Part) -> set[tuple[str, object]]:
    """The days of arrival and discharge that the encounter of the document tells."""
    days: set[tuple[str, object]] = set()
    for other in records.parts:
        if other.kind == "Encounter" and other.bundle == part.bundle:
            start: When = dates_of(other, KINDS["Encounter"])[0]
            end = end_of(other.node, KINDS["Encounter"], start)
            for event_type in ("HEALTH.ED", "HEALTH.ADMISSION", "HEALTH.OUTPATIENT"):
                days.add((event_type, start.start))
            days.add(("HEALTH.DISCHARGE", end.start))
    return days


def _rows(node: Node) -> Iterator[tuple[str, str, str]]:
    """Section, words and date of every row of a section that dates what happened."""
    for section in nodes(node.get("section")):
        title = said(section, "title") or concept(section.get("code"))
        if title.casefold() not in PRIVATE_SECTIONS:
            for line in plain_text(said(section, "text", "div")).split("\n"):
                sign = " | " if " | " in line else ":"
                words, _, written = line.partition(sign)
                plain = words.strip().rstrip(":").strip().casefold()
                if plain in DATED_ROWS and written.strip():
                    yield title, plain, written.partition(" | ")[0].strip()
        yield from _rows(section)
