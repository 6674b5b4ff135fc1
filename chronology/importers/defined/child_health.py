"""NHS Digital child health event messages: STU3 bundles, one event each (CH, PDS and FM codes)."""

from __future__ import annotations

from typing import ClassVar

from chronology.account import Agency
from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.child_health_message import Message
from chronology.importers.defined.fhir import (
    event_of,
    is_fhir,
    message_event,
    set_apart_times,
    tell_all,
)
from chronology.importers.defined.fhir_gathering import records_of
from chronology.importers.defined.fhir_records import Records
from chronology.importers.defined.fhir_telling import Teller
from chronology.reading.grid import Document


class ChildHealth(Format):
    """Child health events, PDS notices and failsafe alerts."""

    name: ClassVar[str] = "child_health"
    title: ClassVar[str] = "NHS child health event messages (STU3 bundles)"
    agency: ClassVar[Agency] = Agency.HEALTH
    system: ClassVar[str] = "NHS child health events"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        (
            "The event of the message (CH001 to CH037)",
            "an account on the date of its encounter, with all that has no date of its own",
        ),
        (
            "Observations, vaccinations, procedures and others with their own date",
            "an account each on that date",
        ),
        (
            "Legal information (CH033)",
            (
                "the start and end of being looked after and of a child protection plan, as such,"
                " with the authority"
            ),
        ),
        ("Change of address (PDS002)", "the day of the move; the addresses are withheld"),
        ("Birth and death (CH005, PDS003, PDS004)", "the birth and the death as such"),
        (
            "Change of GP (PDS001)",
            "an account, on the date of the message where it has no other",
        ),
        (
            "Failsafe alert (FM001) and its nullification (FM002)",
            "an account each; a nullified alert is marked",
        ),
        (
            "The time the message was sent",
            "kept as the date of sharing, not as that of the event",
        ),
        (
            "Names of parents and others",
            "kept with how they are related; addresses are withheld",
        ),
    )

    def recognises(self, document: Document) -> bool:
        return is_fhir(document) and message_event(document) != ""

    def read(self, found: Found) -> None:
        records = records_of(found.document)
        for number in sorted({part.bundle for part in records.parts}):
            here = [part for part in records.parts if part.bundle == number]
            header = next((part for part in here if part.kind == "MessageHeader"), None)
            within = Records(here, [], {number: records.bundles.get(number, {})})
            for part in here:
                within.index(part)
            if header is not None and event_of(header.node):
                set_apart_times(found, number, records.bundles.get(number, {}))
                Message(found, within, header).tell()
            else:
                tell_all(found, within, Teller(found, within))
        for sheet, row, unit, shown, reason in records.odd:
            found.leave(found.source(sheet, row, 0, unit), reason, (shown[:2000],))
