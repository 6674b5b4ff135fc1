"""One record of a FHIR file as an account, or left out with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from chronology.account import LeftOut, Mention, Source
from chronology.flags import Flag
from chronology.importers.defined import fhir_people as people
from chronology.importers.defined.base import NO_DATE, NOT_A_DATE, Found, Telling, in_lines
from chronology.importers.defined.fhir_contents import Line, lines_of, told_within
from chronology.importers.defined.fhir_kinds import (
    BILLING,
    ENCOUNTERS,
    KINDS,
    STAYS,
    SUPPORTING,
    Kind,
)
from chronology.importers.defined.fhir_records import PERSONS, Part, Records, is_restricted
from chronology.importers.defined.fhir_status import Status, status_of
from chronology.importers.defined.fhir_values import (
    PRIVATE,
    Node,
    cells_of,
    codes,
    concept,
    dated,
    in_words,
    nodes,
    one,
    said,
    words,
)
from chronology.importers.defined.safeguarding_codes import (
    MEANINGS,
    Meaning,
    damage,
    family_flag,
    meaning_of,
)
from chronology.vocabulary.facts import fact
from chronology.when import UNDATED, When

SUPPORTS: Final = "It names a person, a body or a thing that other records refer to; no event."
BILLS: Final = "It tells of payment for care that other records tell of, not of an event."
UNKNOWN: Final = "A record of the kind '{}' is not one that this program can place in time."
DELETED: Final = "The sender deletes an earlier record by its number."
IN_ERROR: Final = "The sender marks the record as entered in error; earlier copies of it fall too."
RESTRICTED: Final = "The sender marks this record as restricted; its content is withheld."
A_PERSON: Final = "It gives a person's details, not an event."
A_RELATIVE: Final = "a member of the family"
RECORDED: Final = ("The date is", "that on which it was recorded")
WITHHELD: Final = Flag(
    "content-withheld", "It holds an address or other content that outputs do not repeat."
)
_WHERE: Final = frozenset(
    {"location", "serviceProvider", "managingOrganization", "generalPractitioner"}
)
#: Profiles of records that are a plan or a placement by themselves.
_PROFILES: Final[dict[str, str]] = {
    "LookedAfterChild": "looked after child",
    "ChildProtection": "child protection plan",
}
#: Elements of a record that name others told with it: a panel, a report.
_MEMBERS: Final = frozenset({"hasMember", "result", "related"})


@dataclass(slots=True)
class Teller:
    """Tells the records of one file; what has been told with another is not told twice."""

    found: Found
    records: Records
    #: id of a record's node -> what it was told with.
    told_with: dict[int, str] = field(default_factory=dict)
    #: When the message was sent that the records came in.
    shared: When | None = None
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
            self._delete(part)
        elif id(part.node) in self.told_with:
            name = self.records.name(part)
            how = self.told_with[id(part.node)]
            self.found.apart(part.sheet, part.row, f"{part.kind} {name}: told with {how}")
        elif part.kind == "Patient":
            self._patient(part)
        elif kind is not None:
            self.event(part, kind)
        elif part.kind in SUPPORTING:
            self._support(part)
        else:
            reason = BILLS if part.kind in BILLING else UNKNOWN.format(part.kind)
            self.found.leave(self.source(part), reason, cells_of(part.node))

    def members(self, part: Part) -> list[Part]:
        """The records that a panel or a report tells with itself: of its own day and person."""
        found = []
        for name in sorted(_MEMBERS & part.node.keys()):
            for value in nodes(part.node[name]):
                target = one(value.get("target")) if "target" in value else value
                there = self.records.points_to(target, part)
                if there is not None and there.kind == "Observation" and there is not part:
                    found.append(there)
        return found

    def gather(self, parts: Sequence[Part]) -> None:
        """Finds out which observations are told with the panel or report they belong to."""
        for part in parts:
            is_report = part.kind in ("Observation", "DiagnosticReport")
            if is_report and not _MEMBERS.isdisjoint(part.node):
                self._gather(part)

    def _gather(self, part: Part) -> None:
        own = self.when(part, KINDS[part.kind])[:2]
        when = next((one_when for one_when in own if one_when.is_known), UNDATED)
        if not when.is_known or id(part.node) in self.told_with:
            return
        for member in self.members(part):
            theirs, written, _ = self.when(member, KINDS["Observation"])
            day = (theirs if theirs.is_known else written).start
            status = status_of(member.node, member.kind)
            if day in (None, when.start) and not status.nullified and _same(part, member):
                name = self.records.name(part) or part.kind
                self.told_with.setdefault(id(member.node), f"'{name}' ({self.source(part)})")

    def when(self, part: Part, kind: Kind) -> tuple[When, When, str]:
        """When it happened, when it was written down, and what stood there that is no date."""
        stated = _stated_date(part)
        if stated.is_known:
            return stated, UNDATED, ""
        occurred, odd = _first(part.node, kind.occurred)
        recorded, odd_too = _first(part.node, kind.recorded)
        return occurred, recorded, odd or odd_too

    def event(self, part: Part, kind: Kind) -> None:
        """A record that tells of something that happened, left out where it gives no date."""
        occurred, recorded, odd = self.when(part, kind)
        if occurred.is_known or recorded.is_known:
            self.event_at(part, kind, occurred, recorded)
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
        status = status_of(node, part.kind)
        coded = codes(node["code"]) if "code" in node else []
        if "valueCodeableConcept" in node:
            coded = coded + codes(node["valueCodeableConcept"])
        meaning = meaning_in(part, coded)
        telling, patients = self.telling(part, status, coded, meaning)
        details: list[Line] = []
        if occurred.is_known:
            telling["recorded"] = recorded if recorded.is_known else None
        else:
            occurred = telling["recorded"] = recorded
            details.append(RECORDED)
        of = meaning.of if meaning is not None else ""
        if of or part.kind == "FamilyMemberHistory":
            details.append(("It tells of", f"{of or A_RELATIVE}, not of the patient"))
        if kind.is_writing and kind.occurred[0] in ("authoredOn", "authored"):
            telling["recorded"] = occurred
        end = _end(node, kind, occurred)
        own_title, event_type = self.called(part, kind, status, meaning)
        if status.code == "noshow":
            own_title, event_type = _missed(patients, occurred, own_title)
        title = title or own_title
        if is_restricted(node):
            title, end = kind.title, UNDATED
            details = [("Note", RESTRICTED)]
            self._withhold(telling)
        else:
            details += self.contents(part, kind)
            details += more
            if end.is_known:
                details.append(("Ended", in_words(end.written)))
        telling["event_type"] = event_type
        telling["event_type_written"] = title[:200]
        code = _fact(node, meaning, status)
        if code and not is_restricted(node):
            title, details = self._as_fact(code, part, title, details)
            telling["facts"] = (code,)
            telling["event_type_written"] = title
        self.found.tell(self.source(part), occurred, in_lines(title, details), **telling)
        if end.is_known:
            self._end_of(part, kind, meaning, end, telling, title)
        if status.nullified:
            told = [cell for cell in telling["raw"] if cell[0] in ("id", "status")]
            self.found.leave(self.source(part, 9), IN_ERROR, tuple(told), part.id)

    def _as_fact(
        self, code: str, part: Part, title: str, details: list[Line]
    ) -> tuple[str, list[Line]]:
        """A fact under the title that it has in every format, with the authority that it names."""
        who = people.body(self.records, part)
        told = [line for line in details if line[0] != "Result"]
        name = title.partition(": ")[2]
        return fact(code).title, [("Code", name), ("Authority", who), *told]

    def contents(self, part: Part, kind: Kind) -> list[Line]:
        """What a record says, and what the records say that are told with it."""
        used = kind.used
        lines = list(lines_of(part.node, part.kind, self.records, part, used))
        if len(kind.called) > 1:
            lines += self._not_in_title(part, kind)
        if not _MEMBERS.isdisjoint(part.node):
            for member in self.members(part):
                if id(member.node) in self.told_with:
                    lines += told_within(member, self.records)
        return lines

    def _not_in_title(self, part: Part, kind: Kind) -> list[Line]:
        """Names of a record that its title does not show, as a document's description."""
        shown = False
        lines = []
        for name in kind.called:
            text = self._words(part, part.node.get(name))
            if text and shown:
                lines.append((name.capitalize(), text))
            shown = shown or bool(text)
        return lines

    def _words(self, part: Part, value: object) -> str:
        if value is None:
            return ""
        if type(value) is dict and "coding" in value:
            return concept(value)
        return words(value, lambda node: self.records.naming(node, part))

    def called(
        self, part: Part, kind: Kind, status: Status, meaning: Meaning | None
    ) -> tuple[str, str]:
        """The title of a record and its event type."""
        title, event_type = kind.title, self.types.get(part.kind, kind.event_type)
        if part.kind == "Encounter" and "class" in part.node:
            for one_class in sorted(_classes(part.node)):
                title, event_type = ENCOUNTERS.get(one_class, (title, event_type))
        if meaning is not None:
            event_type = meaning.event_type
        if status.undone:
            title = f"{title} {status.undone}"
        if status.nullified:
            title = f"{title} (entered in error)"
        name = ""
        for element in kind.called:
            if element in part.node:
                name = self._words(part, part.node[element])
                if name:
                    break
        return f"{title}: {name}" if name else title, status.event_type or event_type

    def telling(
        self, part: Part, status: Status, coded: list[tuple[str, str]], meaning: Meaning | None
    ) -> tuple[Telling, tuple[Part, ...]]:
        """What an account says beside its date and narrative, and the patients it is about."""
        node = part.node
        subjects, patients = people.subjects(self.records, part, self.found.given)
        raw = cells_of(node)
        telling: Telling = {
            "subjects": subjects,
            "raw": raw,
            "reference": part.id,
            "outcome": status.outcome,
            "professional": people.worker(self.records, part),
            "organisation": people.body(self.records, part) or self.organisation,
            "location": people.place(self.records, part),
            "people": people.family(self.records, part),
            "flags": (*status.flags, *self._doubts(part, coded, meaning, patients)),
        }
        if self.shared is not None:
            telling["shared"] = self.shared
        withheld = [name for name, _ in raw if is_private(name)]
        if patients and any(is_restricted(patient.node) for patient in patients):
            withheld += [name for name, _ in raw if _lead(name) in _WHERE]
            self._hide_place(telling, withheld)
        if withheld:
            telling["withheld"] = tuple(dict.fromkeys(withheld))
            telling["flags"] = (*telling["flags"], WITHHELD)
        return telling, patients

    def _hide_place(self, telling: Telling, withheld: list[str]) -> None:
        """For a restricted patient, where they were seen and by whom is not told."""
        where = "; ".join(filter(None, (telling["location"], telling["organisation"])))
        if where:
            telling["other"] = (("Place", where),)
        withheld.append("Place")
        telling["location"] = telling["organisation"] = ""

    def _withhold(self, telling: Telling) -> None:
        """Of a restricted record nothing is told but that there is one."""
        telling["withheld"] = tuple(dict.fromkeys(name for name, _ in telling["raw"]))
        telling["flags"] = tuple(dict.fromkeys((*telling["flags"], WITHHELD)))
        telling["outcome"] = telling["location"] = telling["professional"] = ""
        telling["people"] = ()

    def _doubts(
        self,
        part: Part,
        coded: list[tuple[str, str]],
        meaning: Meaning | None,
        patients: tuple[Part, ...],
    ) -> list[Flag]:
        flags = []
        if part.kind == "FamilyMemberHistory":
            flags.append(family_flag(A_RELATIVE))
        elif meaning is not None and meaning.of:
            flags.append(family_flag(meaning.of))
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
        is_event = kind.ended and (part.kind != "Encounter" or _classes(part.node) & STAYS)
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

    def about(self, part: Part, mention: Mention) -> Telling:
        """What an account says that a patient's own record gives."""
        raw = cells_of(part.node)
        conflict = self.conflict(part)
        withheld = tuple(dict.fromkeys(name for name, _ in raw if is_private(name)))
        flags = (*((conflict,) if conflict else ()), *((WITHHELD,) if withheld else ()))
        telling: Telling = {
            "subjects": (mention,),
            "reference": part.id,
            "raw": raw,
            "withheld": withheld,
            "flags": flags,
        }
        if self.shared is not None:
            telling["shared"] = self.shared
        if self.organisation and not is_restricted(part.node):
            telling["organisation"] = self.organisation
        return telling

    def _patient(self, part: Part) -> None:
        mention = self.records.mention(part)
        moment = people.birth_time(part.node)
        death = dated(said(part.node, "deceasedDateTime"))
        if moment.is_known:
            self.found.tell_fact("birth", self.source(part), moment, **self.about(part, mention))
        if death.is_known:
            telling = self.about(part, mention)
            self.found.tell_fact("death", self.source(part, 1), death, **telling)
        if moment.is_known or death.is_known:
            return
        if part.bundle:
            self.found.apart(part.sheet, part.row, f"Patient: {mention.name}")
            return
        cells = sheltered(part.node)
        self.found.left_out.append(LeftOut(self.source(part), A_PERSON, cells, "", mention))

    def _support(self, part: Part) -> None:
        if part.bundle:
            text = f"{part.kind}: {self.records.name(part)}"
            self.found.apart(part.sheet, part.row, text.rstrip(": "))
            return
        cells = sheltered(part.node) if part.kind in PERSONS else cells_of(part.node)
        self.found.leave(self.source(part), SUPPORTS, cells)

    def _delete(self, part: Part) -> None:
        cells = (("request", f"DELETE {part.url}"), *cells_of(part.node))
        self.found.leave(self.source(part), DELETED, cells, part.id)


def meaning_in(part: Part, coded: list[tuple[str, str]]) -> Meaning | None:
    """What a record tells about safeguarding, by its codes or by the profile it follows."""
    if coded:
        return meaning_of(coded)
    if part.kind in ("CarePlan", "EpisodeOfCare"):
        profile = str(people.said_node(part.node, "meta").get("profile", ""))
        return next((MEANINGS[w] for sign, w in _PROFILES.items() if sign in profile), None)
    return None


def _stated_date(part: Part) -> When:
    """The date that an observation has for its value: the start of a plan, not of the visit."""
    if part.kind != "Observation" or "valueDateTime" not in part.node:
        return UNDATED
    meaning = meaning_of(codes(part.node.get("code")))
    if "effectivePeriod" in part.node or meaning is None or not (meaning.started or meaning.ended):
        return UNDATED
    return dated(said(part.node, "valueDateTime"))


@lru_cache(maxsize=65_536)
def is_private(name: str) -> bool:
    """Whether a path of names leads to where somebody lives or can be reached."""
    if "." not in name:
        return _lead(name) in PRIVATE
    return any(_lead(step) in PRIVATE for step in name.split("."))


def sheltered(node: Node) -> tuple[str, ...]:
    """What a person's record holds, addresses and numbers to reach them withheld."""
    return tuple(
        f"{name}: withheld" if is_private(name) else f"{name}: {text}"
        for name, text in cells_of(node)
    )


def _lead(name: str) -> str:
    return name.partition(".")[0].partition("[")[0]


def _first(node: Node, names: Sequence[str]) -> tuple[When, str]:
    """The first of several dates that is one, and what stood there instead."""
    odd = ""
    for name in names:
        value = node.get(name)
        if value is None:
            continue
        value = one(value)
        if type(value) is dict:
            value = said(value, "start") or said(value, "collectedDateTime") or said(value, "end")
        if type(value) is not str or not value:
            continue
        when = dated(value.strip())
        if when.is_known:
            return when, ""
        odd = odd or value
    return UNDATED, odd


def _end(node: Node, kind: Kind, start: When) -> When:
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


def _fact(node: Node, meaning: Meaning | None, status: Status) -> str:
    """The shared fact that a stated start is: a plan's, a placement's."""
    if meaning is None or meaning.of or status.nullified or status.undone:
        return ""
    if not any(name in node for name in ("effectivePeriod", "valueDateTime", "period")):
        return ""
    return meaning.started or meaning.ended


def _missed(patients: tuple[Part, ...], when: When, title: str) -> tuple[str, str]:
    """An appointment that nobody came to: a child was not brought, a grown-up did not attend."""
    under_age = people.is_child(patients, when)
    if under_age is None:
        return title, "CONTACT.MISSED"
    return title, "HEALTH.WNB" if under_age else "HEALTH.DNA"


def _classes(node: Node) -> set[str]:
    """The codes of the class of an encounter, in capitals."""
    value = one(node.get("class"))
    if type(value) is str:
        return {value.upper()}
    return {code.upper() for code, _ in codes(value)} - {""}


def _same(part: Part, member: Part) -> bool:
    """Whether two records are about the same person, as far as both say."""
    own, theirs = (said(one_part.node, "subject", "reference") for one_part in (part, member))
    return not own or not theirs or own == theirs
