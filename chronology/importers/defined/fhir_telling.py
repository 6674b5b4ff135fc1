"""One record of a FHIR file as an account, or left out with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from chronology.account import Source
from chronology.flags import Flag
from chronology.importers.defined import fhir_people as people
from chronology.importers.defined.base import NO_DATE, NOT_A_DATE, Found, Telling, in_lines
from chronology.importers.defined.fhir_cells import cells_of
from chronology.importers.defined.fhir_contents import contents_of
from chronology.importers.defined.fhir_dating import (
    BY_WHAT_IT_ANSWERS,
    BY_WISH,
    booked,
    dates_of,
    end_of,
    noted,
    wished,
)
from chronology.importers.defined.fhir_elements import Line
from chronology.importers.defined.fhir_facts import fact_of, meaning_in, missed_type
from chronology.importers.defined.fhir_kinds import BILLING, KINDS, STAYS, SUPPORTING, Kind
from chronology.importers.defined.fhir_parties import parties
from chronology.importers.defined.fhir_persons import set_apart, tell_patient
from chronology.importers.defined.fhir_records import Part, Records, is_restricted
from chronology.importers.defined.fhir_sheltering import (
    RESTRICTED,
    WITHHELD,
    hide_place,
    private_names,
    private_sections,
    tells_where,
    withhold,
)
from chronology.importers.defined.fhir_status import Status, status_of
from chronology.importers.defined.fhir_titles import classes_of, title_of
from chronology.importers.defined.fhir_values import codes, in_words
from chronology.importers.defined.safeguarding_codes import Meaning, damage, family_flag
from chronology.vocabulary.facts import fact
from chronology.when import UNDATED, When

BILLS: Final = "It tells of payment for care that other records tell of, not of an event."
UNKNOWN: Final = "A record of the kind '{}' is not one that this program can place in time."
DELETED: Final = "The sender deletes an earlier record by its number."
IN_ERROR: Final = "The sender marks the record as entered in error; earlier copies of it fall too."
A_RELATIVE: Final = "a member of the family"
MADE: Final = ("The date is", "that on which the document was made, not of what it tells of")
RECORDED: Final = ("The date is", "that on which it was recorded")


@dataclass(slots=True)
class Teller:
    """Tells the records of one file; what has been told with another is not told twice."""

    found: Found
    records: Records
    #: id of a record's node -> what it was told with.
    told_with: dict[int, str] = field(default_factory=dict)
    #: When the message was sent that the records came in.
    shared: When | None = None
    #: The same of each bundle of the file that is a message, by its number.
    sent: dict[int, When] = field(default_factory=dict)
    #: Event types that the message gives to kinds of records.
    types: dict[str, str] = field(default_factory=dict)
    #: Where nothing else names the organisation.
    organisation: str = ""
    _conflicts: dict[int, Flag | None] = field(default_factory=dict)

    def source(self, part: Part, number: int = 0) -> Source:
        """Where a record stands."""
        return self.found.source(part.sheet, part.row, number, part.unit)

    def tell(self, part: Part) -> None:
        """One record: told, set apart, or left out with the reason."""
        kind = KINDS.get(part.kind)
        if part.method == "DELETE":
            cells = (("request", f"DELETE {part.url}"), *cells_of(part.node))
            self.found.leave(self.source(part), DELETED, cells, part.id)
        elif id(part.node) in self.told_with:
            named = f"{part.kind} {self.records.name(part)}".rstrip()
            how = self.told_with[id(part.node)]
            self.found.apart(part.sheet, part.row, f"{named}: told with {how}")
        elif part.kind == "Patient":
            tell_patient(self, part)
        elif kind is not None:
            self.event(part, kind)
        elif part.kind in SUPPORTING:
            set_apart(self, part)
        else:
            reason = BILLS if part.kind in BILLING else UNKNOWN.format(part.kind)
            self.found.leave(self.source(part), reason, cells_of(part.node))

    def event(self, part: Part, kind: Kind) -> None:
        """A record that tells of something that happened, left out where it gives no date."""
        occurred, recorded, odd = dates_of(part, kind)
        more: list[Line] = []
        if part.kind == "Appointment" and not occurred.is_known:
            occurred, more = booked(self.records, part)
            if not occurred.is_known and not recorded.is_known:
                occurred, more = wished(part), [BY_WISH]
        elif part.kind == "AppointmentResponse":
            more = [BY_WHAT_IT_ANSWERS]
        is_dated = occurred.is_known or recorded.is_known
        if not is_dated and not odd:
            recorded = noted(self.records, part)
            is_dated = recorded.is_known
        if is_dated:
            self.event_at(part, kind, occurred, recorded, more)
            return
        reason = NOT_A_DATE.format(odd[:60]) if odd else NO_DATE
        nullified = status_of(part.node, part.kind).nullified
        cells = cells_of(part.node)
        self.found.leave(self.source(part), reason, cells, part.id if nullified else "")

    def event_at(
        self,
        part: Part,
        kind: Kind,
        occurred: When,
        recorded: When,
        more: Iterable[Line] = (),
        title: str = "",
    ) -> None:
        """The account of a record, and that of its end where the end is an event too."""
        node = part.node
        restricted = is_restricted(node)
        status = status_of(node, part.kind)
        coded = codes(node["code"]) if "code" in node else []
        if "valueCodeableConcept" in node:
            coded = coded + codes(node["valueCodeableConcept"])
        meaning = meaning_in(part, coded)
        telling, patients, taking_part = self.telling(part, status, coded)
        is_made = "created" in node and part.kind == "DocumentReference"
        has_happened = occurred.is_known
        details = [] if has_happened else [MADE if is_made else RECORDED]
        telling["recorded"] = recorded if recorded.is_known else None
        occurred = occurred if has_happened else recorded
        of = self.told_of(part, meaning)
        if of:
            details.append(("It tells of", f"{of}, not of the patient"))
            telling["flags"] = (family_flag(of), *telling["flags"])
        if kind.is_writing and kind.occurred[0] in ("authoredOn", "authored"):
            telling["recorded"] = occurred
        end = end_of(node, kind, occurred)
        own_title, event_type = title_of(self.records, part, kind, status, meaning, self.types)
        if status.code == "noshow":
            event_type = missed_type(patients, occurred)
        title = title or own_title
        entered = telling["recorded"] or UNDATED
        told = (occurred.written, entered.written, end.written)
        details += [
            *contents_of(self.records, part, kind, told, self.told_with),
            *taking_part,
            *more,
        ]
        if end is not UNDATED:
            details.append(("Ended", in_words(end.written)))
        if restricted:
            title, end, details = kind.title, UNDATED, [("Note", RESTRICTED)]
            withhold(telling)
        telling["event_type"] = event_type
        telling["event_type_written"] = title[:200]
        code = fact_of(node, meaning, status) if meaning is not None else ""
        if code and not restricted:
            title, details = self._as_fact(code, part, title, details)
            telling["facts"] = (code,)
            telling["event_type_written"] = title
        self.found.tell(self.source(part), occurred, in_lines(title, details), **telling)
        if end is not UNDATED:
            self._end_of(part, kind, meaning, end, telling, title)
        if status.nullified:
            cells = tuple(cell for cell in telling["raw"] if cell[0] in ("id", "status"))
            self.found.leave(self.source(part, 9), IN_ERROR, cells, part.id)

    def _as_fact(
        self, code: str, part: Part, title: str, details: list[Line]
    ) -> tuple[str, list[Line]]:
        """A fact under the title that it has in every format, with the authority that it names."""
        who = people.body(self.records, part)
        told = [line for line in details if line[0] != "Result"]
        name = title.partition(": ")[2]
        return fact(code).title, [("Code", name), ("Authority", who), *told]

    def telling(
        self, part: Part, status: Status, coded: list[tuple[str, str]]
    ) -> tuple[Telling, tuple[Part, ...], tuple[Line, ...]]:
        """What an account says beside its date and narrative, the patients it is about, and the
        lines about those who take part in it.
        """
        node = part.node
        subjects, patients = people.subjects(self.records, part, self.found.given)
        raw = cells_of(node)
        taking_part = parties(self.records, part)
        telling: Telling = {
            "subjects": subjects,
            "raw": raw,
            "reference": part.id,
            "outcome": status.outcome,
            "professional": taking_part.professional,
            "organisation": taking_part.organisation or self.organisation,
            "location": people.place(self.records, part) or taking_part.place,
            "people": people.family(self.records, part),
            "flags": (*status.flags, *self._doubts(coded, patients)),
        }
        shared = self.shared or self.sent.get(part.bundle)
        if shared is not None:
            telling["shared"] = shared
        lines = taking_part.lines
        withheld = private_names(raw)
        if "section" in node:
            withheld += private_sections(node, (name for name, _ in raw))
        if _are_restricted(patients):
            withheld += [name for name, _ in raw if tells_where(name)]
            hide_place(telling, withheld, lines)
            lines = ()
        if withheld:
            telling["withheld"] = tuple(dict.fromkeys(withheld))
            telling["flags"] = (*telling["flags"], WITHHELD)
        return telling, patients, lines

    def told_of(self, part: Part, meaning: Meaning | None) -> str:
        """Whom a record tells of, where that is not the patient it stands with."""
        if part.kind == "FamilyMemberHistory":
            return A_RELATIVE
        if part.kind == "Observation" and "focus" in part.node:
            there = self.records.points_to(part.node["focus"], part)
            if there is not None and there.kind == "RelatedPerson":
                person = people.related(self.records, there)
                return f"{person.name} ({person.role})" if person.role else person.name
        return meaning.of if meaning is not None else ""

    def _doubts(self, coded: list[tuple[str, str]], patients: tuple[Part, ...]) -> list[Flag]:
        flags = []
        spoilt = damage(coded) if coded else None
        if spoilt is not None:
            flags.append(spoilt)
        for patient in patients:
            conflict = self.conflict(patient)
            if conflict is not None:
                flags.append(conflict)
        return flags

    def conflict(self, patient: Part) -> Flag | None:
        """The doubt about a patient with two different dates of birth."""
        key = id(patient.node)
        if key not in self._conflicts:
            self._conflicts[key] = people.born_conflict(patient.node)
        return self._conflicts[key]

    def _end_of(
        self,
        part: Part,
        kind: Kind,
        meaning: Meaning | None,
        end: When,
        telling: Telling,
        title: str,
    ) -> None:
        """The end of what lasts, where it is an event too: a discharge, the end of a plan."""
        code = meaning.ended if meaning is not None and meaning.started else ""
        is_event = kind.ended and (part.kind != "Encounter" or classes_of(part.node) & STAYS)
        if not code and not is_event:
            return
        later: Telling = {**telling, "facts": (code,) if code else (), "recorded": None}
        ended = fact(code).title if code else kind.ended
        later["event_type_written"] = ended
        if part.kind == "Encounter":
            later["event_type"] = "HEALTH.DISCHARGE"
        later["event_type"] = fact(code).event_type if code else later["event_type"]
        name = title.partition(": ")[2]
        narrative = f"{ended}: {name}" if name else ended
        if code:
            who = ("Authority", people.body(self.records, part))
            narrative = in_lines(ended, [("Code", meaning.words if meaning else ""), who])
        self.found.tell(self.source(part, 1), end, narrative, **later)


def _are_restricted(patients: tuple[Part, ...]) -> bool:
    """Whether any of the patients is one whose whereabouts are not to be told."""
    for patient in patients:  # noqa: SIM110 - asked of every record, and quicker so
        if is_restricted(patient.node):
            return True
    return False
