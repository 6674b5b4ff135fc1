"""One child health message: its event, told from the records that came with it.

The specification gives the date of an event as that of its encounter; what has no date of its own
is therefore told with the encounter, and what has one (the start of a plan) on its own date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chronology.account import Account, Mention
from chronology.flags import Flag
from chronology.importers.defined import fhir_people as people
from chronology.importers.defined.base import Found, Telling, unknown_code
from chronology.importers.defined.child_health_events import (
    BIRTHS,
    DELETES,
    ENVELOPED,
    EVENT_TYPES,
    EXAMINING,
    NULLIFIES_SOME,
    TABLE,
    THE_EVENT,
    THE_MESSAGE,
    THE_SENDING,
)
from chronology.importers.defined.child_health_nullifying import alerts_nullified
from chronology.importers.defined.fhir import event_of
from chronology.importers.defined.fhir_cells import cells_of
from chronology.importers.defined.fhir_contents import told_within
from chronology.importers.defined.fhir_dating import dates_of
from chronology.importers.defined.fhir_elements import Line
from chronology.importers.defined.fhir_facts import meaning_in
from chronology.importers.defined.fhir_kinds import KINDS, Kind
from chronology.importers.defined.fhir_panels import panels
from chronology.importers.defined.fhir_persons import about, apart_text
from chronology.importers.defined.fhir_records import Part, Records, is_restricted
from chronology.importers.defined.fhir_sheltering import WITHHELD, is_private
from chronology.importers.defined.fhir_status import status_of
from chronology.importers.defined.fhir_telling import Teller
from chronology.importers.defined.fhir_values import (
    Node,
    codes,
    concept,
    dated,
    in_words,
    nodes,
    one,
    said,
)
from chronology.vocabulary.codes import is_known, told
from chronology.when import UNDATED, When


class Message:
    """One message, told record by record."""

    def __init__(self, found: Found, records: Records, header: Part) -> None:
        self.found = found
        self.records = records
        self.header = header
        self.code = event_of(header.node)
        self.title = _title_of(self.code, header.node)
        self.sent = dated(said(header.node, "timestamp"))
        sent = self.sent if self.sent.is_known else None
        self.teller = Teller(found, records, shared=sent)
        self.teller.organisation = records.naming(
            one(header.node.get("responsible") or header.node.get("sender")) or {}, header
        )
        self.flags: list[Flag] = []
        #: What else is to be said in the account of the event.
        self.lines: list[Line] = []
        #: The shared facts that the account of the event is about.
        self.facts: tuple[str, ...] = ()
        if not is_known(TABLE, "event", self.code):
            self.flags.append(unknown_code("The event", self.code))
        if self.code in EXAMINING:
            self.teller.types = dict.fromkeys(("Observation", "Procedure"), "HEALTH.REVIEW")
        self.child = self._child()
        self.main = self._main()

    def tell(self) -> None:
        """All of the message."""
        before = len(self.found.accounts)
        if self.code == "FM002" and not alerts_nullified(self.teller, self.header):
            self.lines.append(NULLIFIES_SOME)
        self._facts()
        self._event()
        panels(self.records, self.records.parts, self.teller.told_with)
        for part in self.records.parts:
            self._rest(part)
        self._finish(before, _action(self.header.node))

    def _child(self) -> Part | None:
        """The patient; not the mother, who is one too in a message about a birth."""
        here = self.records.patients(self.header.bundle)
        return next((part for part in here if not _is_mother(part)), None) or (
            here[0] if here else None
        )

    def _main(self) -> Part | None:
        """The record that stands for the event: its encounter, its alert, its notice."""
        focus = self.records.points_to(self.header.node.get("focus"), self.header)
        for kind in ("Encounter", "Task", "Communication"):
            here = [part for part in self.records.parts if part.kind == kind]
            if here:
                return next((part for part in here if part is focus), here[0])
        return None

    def _told(self, part: Part | None) -> bool:
        return part is not None and id(part.node) in self.teller.told_with

    def _undated(self) -> list[Part]:
        """The records that tell what happened and have no date of their own."""
        found = []
        for part in self.records.parts:
            kind = KINDS.get(part.kind)
            if kind is None or part is self.main or self._told(part):
                continue
            occurred, recorded, _ = dates_of(part, kind)
            is_envelope = part.kind == "Communication" and self.code.startswith(ENVELOPED)
            has_date = occurred.is_known or recorded.is_known
            if is_envelope or not (has_date or _stands_alone(part)):
                found.append(part)
        return found

    def _facts(self) -> None:
        """The birth, the death or the move that the message is about."""
        if self.child is None:
            return
        before = len(self.found.accounts)
        node = self.child.node
        if self.code in BIRTHS:
            self._birth(self.child)
        if self.code == "PDS002":
            self._moves(self.child)
        death = dated(said(node, "deceasedDateTime"))
        if death.is_known:
            self._fact("death", death, (), 1)
        is_notice = self.main is None or self.main.kind == "Communication"
        if len(self.found.accounts) > before and is_notice:
            self._enrich(before, [*self._undated(), *([self.main] if self.main else [])], [])

    def _birth(self, child: Part) -> None:
        moment = people.birth_time(child.node)
        day = dated(said(child.node, "birthDate"))
        if day.is_known and day.start != moment.start:
            moment = day
        if not moment.is_known:
            return
        if self.main is not None and self._date()[0].start == moment.start:
            self.facts = ("birth",)
        else:
            self._fact("birth", moment, ())

    def _moves(self, child: Part) -> None:
        for number, address in enumerate(nodes(child.node.get("address"))):
            period = people.said_node(address, "period")
            use = (("Address", f"{said(address, 'use') or 'use not given'} (withheld)"),)
            for code, name in (("address-start", "start"), ("address-end", "end")):
                when = dated(said(period, name))
                if when.is_known:
                    self._fact(code, when, use, 2 * number + (name == "end"))

    def _fact(self, code: str, when: When, details: Sequence[Line], number: int = 0) -> None:
        child = self.child
        if child is None:
            return
        telling: Telling = about(self.teller, child, self.records.mention(child))
        notice = self._notice()
        if notice.is_known:
            telling["shared"] = notice
        telling["people"] = self._relatives()
        telling["flags"] = (*telling["flags"], *self.flags)
        self.found.tell_fact(code, self.teller.source(child, number), when, details, **telling)

    def _notice(self) -> When:
        """When a notice of the Personal Demographics Service was sent."""
        for part in self.records.parts:
            if part.kind == "Communication" and self.code.startswith("PDS"):
                sent = dated(said(part.node, "sent"))
                if sent.is_known:
                    return sent
        return UNDATED

    def _date(self) -> tuple[When, When, Line | None]:
        """When the event was, when it was recorded, and what to say about that."""
        moved = self._change_of_practice()
        if moved.is_known:
            return moved, UNDATED, None
        occurred, recorded = UNDATED, UNDATED
        if self.main is not None:
            occurred, recorded, _ = dates_of(self.main, KINDS[self.main.kind])
        if occurred.is_known or recorded.is_known:
            is_notice = self.main is not None and self.main.kind == "Communication"
            return occurred, recorded, THE_SENDING if is_notice else None
        return self.sent, UNDATED, THE_MESSAGE if self.sent.is_known else None

    def _change_of_practice(self) -> When:
        if self.code != "PDS001":
            return UNDATED
        for part in self.records.parts:
            if part.kind == "EpisodeOfCare":
                when = dated(said(part.node, "period", "end"))
                if when.is_known:
                    self.teller.told_with[id(part.node)] = "the change of GP"
                    return when
        return UNDATED

    def _event(self) -> None:
        """The account of the event, with all that has no date of its own."""
        if self._told(self.main):
            return
        occurred, recorded, about = self._date()
        if not occurred.is_known and not recorded.is_known:
            return
        carrier = self.main or self.header
        kind = KINDS.get(carrier.kind) or Kind(self.title, EVENT_TYPES.get(self.code, ""))
        undated = self._undated()
        before = len(self.found.accounts)
        title = self._named(carrier)
        about_lines = [*([about] if about else []), *self.lines]
        self.teller.event_at(carrier, kind, occurred, recorded, about_lines, title)
        for index in range(before, len(self.found.accounts)):
            account = self.found.accounts[index]
            if account.event_type not in ("CONTACT.CANCELLED", "HEALTH.DISCHARGE"):
                own = EVENT_TYPES.get(self.code, account.event_type)
                self.found.accounts[index] = replace(account, event_type=own)
        self._enrich(before, undated, list(self._named_persons()), self.title)

    def _enrich(self, index: int, parts: list[Part], lines: list[Line], written: str = "") -> None:
        """Adds to an account what the records say that have no date of their own."""
        account = self.found.accounts[index]
        raw = tuple(
            (f"{part.kind}: {name}", text) for part in parts for name, text in cells_of(part.node)
        )
        withheld = tuple(dict.fromkeys(n for n, _ in raw if is_private(n.partition(": ")[2])))
        text = [f"{what}: {words}" for what, words in (*self._lines(parts), *lines) if words]
        doubts = [flag for part in parts for flag in status_of(part.node, part.kind).flags]
        flags = (*account.flags, *self.flags, *doubts, *((WITHHELD,) if withheld else ()))
        self.found.accounts[index] = replace(
            account,
            narrative="\n".join((account.narrative, *text)),
            event_type_written=written or account.event_type_written,
            raw=(*account.raw, *raw),
            withheld=tuple(dict.fromkeys((*account.withheld, *withheld))),
            flags=tuple(dict.fromkeys(flags)),
            people=tuple(dict.fromkeys((*account.people, *self._relatives()))),
            facts=tuple(dict.fromkeys((*account.facts, *self.facts))),
            professional=account.professional or self._worker(),
        )
        for part in parts:
            self.teller.told_with[id(part.node)] = f"the event ({account.source})"

    def _named(self, carrier: Part) -> str:
        kinds = (
            told(TABLE, "encounter", code) if is_known(TABLE, "encounter", code) else words
            for code, words in codes(carrier.node.get("type"))
        )
        name = next(filter(None, kinds), "") if carrier.kind == "Encounter" else ""
        return f"{self.title}: {name}" if name else self.title

    def _lines(self, parts: Sequence[Part]) -> Iterator[Line]:
        for part in parts:
            status = status_of(part.node, part.kind)
            if part.kind == "EpisodeOfCare" and self.code == "PDS001":
                yield "Earlier GP practice", people.body(self.records, part)
            elif not is_restricted(part.node):
                yield from told_within(part, self.records)
            if status.outcome:
                yield "Status", status.outcome
        if self.child is not None and self.code.startswith("PDS"):
            yield from self._registered(self.child)

    def _registered(self, child: Part) -> Iterator[Line]:
        if not is_restricted(child.node):
            for value in nodes(child.node.get("generalPractitioner")):
                yield "GP practice", self.records.naming(value, child)
        for extension in nodes(child.node.get("extension")):
            if "DeathNotificationStatus" in said(extension, "url"):
                yield "Notice of death", concept(extension.get("valueCodeableConcept"))

    def _named_persons(self) -> Iterator[Line]:
        what = "Accompanied by" if self.code == "CH011" else "Named"
        for person in self._relatives():
            yield what, f"{person.name} ({person.role})" if person.role else person.name

    def _relatives(self) -> tuple[Mention, ...]:
        found = [
            people.related(self.records, part)
            for part in self.records.parts
            if part.kind == "RelatedPerson"
        ]
        mothers = (p for p in self.records.patients(self.header.bundle) if p is not self.child)
        found += [replace(self.records.mention(p), role="mother") for p in mothers if _is_mother(p)]
        return tuple(dict.fromkeys(found))

    def _worker(self) -> str:
        """The one professional whom the message names."""
        here = [part for part in self.records.parts if part.kind == "Practitioner"]
        return self.records.name(here[0]) if len(here) == 1 else ""

    def _rest(self, part: Part) -> None:
        """A record that the event did not tell."""
        if part is self.header:
            text = apart_text(part, f"Message: {self.title}")
            self.found.apart(part.sheet, part.row, text)
        elif part.kind == "Patient":
            name = self.records.mention(part).name
            self.found.apart(part.sheet, part.row, apart_text(part, f"Patient: {name}"))
        elif _stands_alone(part) and not self._told(part):
            self._alone(part)
        elif (
            part is not self.main
            or self._told(part)
            or not any(when.is_known for when in self._date()[:2])
        ):
            self.teller.tell(part)

    def _alone(self, part: Part) -> None:
        """A record with a doubt of its own, on the date of the event if it gives none."""
        kind = KINDS[part.kind]
        occurred, recorded, _ = dates_of(part, kind)
        lines: list[Line] = []
        if not occurred.is_known and not recorded.is_known and part is not self.main:
            occurred, recorded, _ = self._date()
            lines = [THE_EVENT]
        if occurred.is_known or recorded.is_known:
            self.teller.event_at(part, kind, occurred, recorded, lines)
        else:
            self.teller.tell(part)

    def _finish(self, before: int, action: str) -> None:
        """What holds for every account of the message."""
        for index in range(before, len(self.found.accounts)):
            account = self.found.accounts[index]
            flags = list(_sent_before(account))
            if action == "delete":
                flags.append(Flag("record-nullified", "The message deletes an earlier one."))
            about = account.subjects
            if not about and self.child is not None:
                about = (self.records.mention(self.child),)
            self.found.accounts[index] = replace(
                account, flags=tuple(dict.fromkeys((*account.flags, *flags))), subjects=about
            )
            if action == "delete" and account.reference and account.source.part == 0:
                source = replace(account.source, part=8)
                self.found.leave(source, DELETES, (account.event_type_written,), account.reference)


def _title_of(code: str, header: Node) -> str:
    if is_known(TABLE, "event", code):
        meaning = told(TABLE, "event", code)
        return meaning[:1].upper() + meaning[1:]
    shown = said(header, "event", "display") or said(header, "eventCoding", "display")
    return f"{shown} [{code}]" if shown else f"Message {code}"


def _sent_before(account: Account) -> Iterator[Flag]:
    """The doubt about a message that is dated before what it tells of."""
    sent, when = account.shared, account.occurred
    if sent is not None and sent.end and when.start and sent.end < when.start:
        text = f"The message is dated {in_words(sent.written)}, before the event it tells of."
        yield Flag("recorded-before", text)


def _action(header: Node) -> str:
    """Whether a message is new, an update or a deletion of an earlier one."""
    for extension in nodes(header.get("extension")):
        if "MessageEventType" in said(extension, "url"):
            return next((code for code, _ in codes(extension.get("valueCodeableConcept"))), "")
    return ""


def _stands_alone(part: Part) -> bool:
    """Whether a record has a doubt that must not fall on others: withdrawn, of the family."""
    kind = KINDS.get(part.kind)
    if kind is None or part.kind in ("Encounter", "Task"):
        return False
    status = status_of(part.node, part.kind)
    coded = codes(part.node.get("code")) + codes(part.node.get("valueCodeableConcept"))
    meaning = meaning_in(part, coded)
    return bool(
        status.nullified
        or status.undone
        or part.kind == "FamilyMemberHistory"
        or (meaning is not None and (meaning.of or meaning.started))
        or is_restricted(part.node)
    )


def _is_mother(part: Part) -> bool:
    return "Mother" in str(people.said_node(part.node, "meta").get("profile", ""))
