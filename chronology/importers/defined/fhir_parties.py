"""Who did, wrote or sent a FHIR record, for which body, and whom it asks or goes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chronology.importers.defined.fhir_records import Part, Records, is_home
from chronology.importers.defined.fhir_values import Node, codes, many, nodes, one, said

_ASKED: Final = "Asked of"
#: Elements that name those a record comes from, with how each is said where it is told apart.
_SOURCES: Final[dict[str, str]] = {
    "performer": "Done by",
    "practitioner": "Done by",
    "requester": "Asked for by",
    "author": "Written by",
    "recorder": "Recorded by",
    "asserter": "Stated by",
    "sender": "Sent by",
    "source": "Source",
    "informationSource": "Source",
    "orderer": "Ordered by",
    "prescriber": "Prescribed by",
    "assessor": "Assessed by",
    "careManager": "Care manager",
    "owner": "Owner",
    "participant": "With",
    "supplier": "Supplied by",
    "serviceProvider": "Provider",
    "managingOrganization": "Managed by",
    "organization": "Organisation",
    "custodian": "Kept by",
    "payor": "Paid by",
}
#: Those of them whose name is that of the organisation, the best first.
_BODIES: Final = (
    "serviceProvider", "managingOrganization", "performer", "author", "sender", "requester",
    "recorder", "supplier", "organization", "custodian", "payor",
)  # fmt: skip
#: The best first.
_RANKS: Final = {name: rank for rank, name in enumerate(_SOURCES)}
_BODY_RANKS: Final = {name: rank for rank, name in enumerate(_BODIES)}
#: Elements that name those a record is meant for, by kind of record: never where it comes from.
_RECEIVERS: Final[dict[str, dict[str, str]]] = {
    "AppointmentResponse": {"actor": "Answer of"},
    "Communication": {"recipient": "Sent to"},
    "CommunicationRequest": {"sender": _ASKED, "recipient": "To be sent to"},
    "Consent": {
        "performer": "Consent of", "consentor": "Consent of", "consentingParty": "Consent of"
    },
    "DeviceRequest": {"performer": _ASKED},
    "MedicationRequest": {"performer": _ASKED},
    "ProcedureRequest": {"performer": _ASKED},
    "ReferralRequest": {"recipient": _ASKED},
    "ServiceRequest": {"performer": _ASKED},
    "SupplyRequest": {"supplier": _ASKED},
    "Task": {"owner": _ASKED},
}  # fmt: skip
_OTHERS: Final[dict[str, str]] = {"recipient": "For"}
#: What an element is called in some kinds of record.
_CALLED: Final[dict[tuple[str, str], str]] = {("QuestionnaireResponse", "source"): "Answered by"}
#: Every element that is told here.
PARTIES: Final = frozenset(
    (*_SOURCES, *_OTHERS, *(name for names in _RECEIVERS.values() for name in names))
)
_WORKERS: Final = frozenset({"Practitioner", "PractitionerRole"})
_ORGANISATIONS: Final = frozenset({"Organization", "HealthcareService", "CareTeam", "Group"})
_PERSONS: Final = frozenset({"Patient", "RelatedPerson", "Person"})
#: Elements between a record and the reference to somebody who takes part in it.
INNER: Final = ("actor", "individual", "agent", "member", "party")
#: What an element names by definition, where the reference itself does not tell.
_ALWAYS: Final[dict[str, str]] = {
    "serviceProvider": "body",
    "managingOrganization": "body",
    "organization": "body",
    "custodian": "body",
    "careManager": "worker",
    "practitioner": "worker",
    "recorder": "worker",
}
#: What bears a number, by a part of the address of its system.
_NUMBERED: Final = (
    ("ods-organization-code", "Organization"),
    ("ods-site-code", "Location"),
    ("gmc-number", "Practitioner"),
    ("gmp-number", "Practitioner"),
    ("gdc-number", "Practitioner"),
    ("nmc", "Practitioner"),
    ("hcpc", "Practitioner"),
    ("sds-user-id", "Practitioner"),
    ("sds-role-profile-id", "PractitionerRole"),
    ("nhs-number", "Patient"),
)
#: Those who neither did it nor came.
_ASIDE: Final = {"orderer": "Ordered by", "declined": "Declined by"}
#: Codes of who ordered a vaccine, not who gave it.
_ORDERED: Final = frozenset({"OP"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Those who take part in a record, by name."""

    professional: str = ""
    organisation: str = ""
    #: Where they met, of those who were asked to.
    place: str = ""
    #: All others, with what they are to it.
    lines: tuple[tuple[str, str], ...] = ()


NOBODY: Final = Parties()
#: Somebody named in a record: what they are and their name.
_Named = tuple[str, str]


def parties(records: Records, part: Part) -> Parties:
    """Those who take part in a record, those it comes from apart from those it goes to."""
    node = part.node
    if PARTIES.isdisjoint(node):
        return NOBODY
    told: dict[str, list[_Named]] = {}
    for name in node:
        if name in PARTIES:
            told[name] = []
            for value in many(node[name]):
                told[name] += _named(records, value, part, _ALWAYS.get(name, "other"))
    receivers = _RECEIVERS.get(part.kind, _OTHERS)
    if len(told) == 1:
        alone = _alone(told, receivers)
        if alone is not None:
            return alone
    workers = _first(told, receivers, _RANKS, "worker")
    bodies = _first(told, receivers, _BODY_RANKS, "body")
    if not bodies:
        bodies = _first(told, receivers, _RANKS, "employer")
    organisation = bodies[0] if bodies else ""
    shown = {*workers, organisation}
    lines: list[tuple[str, str]] = []
    for name, named in told.items():
        others = _others(name, named, lines, is_receiver=name in receivers)
        untold = [who for who in others if who not in shown]
        if untold:
            label = receivers.get(name) or _CALLED.get((part.kind, name)) or _SOURCES.get(name)
            lines.append((label or _OTHERS[name], "; ".join(dict.fromkeys(untold))))
    places = _of(told.get("participant", []), "place")
    return Parties("; ".join(workers), organisation, "; ".join(places), tuple(lines))


def _alone(told: dict[str, list[_Named]], receivers: dict[str, str]) -> Parties | None:
    """The one who takes part, where it is no more than one: the usual case, and quicker so."""
    ((name, named),) = told.items()
    if len(named) != 1 or name in receivers:
        return None
    sort, who = named[0]
    if sort == "worker" and name in _SOURCES:
        return Parties(who)
    return Parties("", who) if sort == "body" and name in _BODY_RANKS else None


def _of(named: list[_Named], sort: str) -> list[str]:
    """The names of one sort, each once."""
    if len(named) == 1:
        return [named[0][1]] if named[0][0] == sort and named[0][1] else []
    return list(dict.fromkeys(who for what, who in named if what == sort and who))


def _first(
    told: dict[str, list[_Named]], receivers: dict[str, str], ranks: dict[str, int], sort: str
) -> list[str]:
    """The names of one sort in the best of the elements that have any."""
    best: list[str] = []
    rank = len(ranks)
    for name, named in told.items():
        if name not in receivers and ranks.get(name, rank) < rank:
            found = _of(named, sort)
            if found:
                best, rank = found, ranks[name]
    return best


def _others(
    element: str, named: list[_Named], lines: list[tuple[str, str]], *, is_receiver: bool
) -> list[str]:
    """Whom a line may tell of: not the family and the place, told elsewhere.

    Those who did not take part get a line of their own in ``lines``.
    """
    others = []
    for what, who in named:
        if what in _ASIDE and who:
            lines.append((_ASIDE[what], who))
        elif not who or what == "employer":
            continue
        elif is_receiver or element != "participant" or what not in ("person", "place"):
            others.append(who)
    return others


def _named(records: Records, value: object, part: Part, usual: str) -> Iterator[_Named]:
    """What those are whom an element names, and their names; ``usual`` where nobody can tell."""
    if type(value) is not dict:
        return
    target = value
    if "reference" not in value:
        target = next((one(value[inner]) for inner in INNER if inner in value), value)
        if "onBehalfOf" in value:
            yield from _named(records, one(value["onBehalfOf"]), part, "body")
    if type(target) is dict:
        yield from _sorted(records, value, target, part, usual)


def _sorted(
    records: Records, value: Node, target: Node, part: Part, usual: str
) -> Iterator[_Named]:
    """What the one is to whom a reference points; ``value`` says what they did."""
    there = records.points_to(target, part)
    kind = there.kind if there is not None else _kind_of(target)
    who = records.naming(target, part)
    if kind in _WORKERS:
        yield _worker(value, part.kind), who
        if there is not None and kind == "PractitionerRole" and "organization" in there.node:
            yield "employer", records.naming(one(there.node["organization"]), there)
    elif kind in _ORGANISATIONS:
        yield "body", who
    elif kind == "Location":
        name = "at home" if there is not None and is_home(there) else who
        yield ("place" if "actor" in value else "body"), name
    elif kind in _PERSONS:
        if there is None:
            who = said(target, "display")
        yield "person", _with_role(there, who) or ("the patient" if kind == "Patient" else "")
    else:
        yield usual, who


def _worker(value: Node, kind: str) -> str:
    """Whether somebody who works there did it, ordered it, or said that they would not come."""
    if said(value, "status") == "declined":
        return "declined"
    is_orderer = kind == "Immunization" and _ORDERED & _functions(value)
    return "orderer" if is_orderer else "worker"


def _kind_of(target: Node) -> str:
    """What a reference says that it points to."""
    named = said(target, "type") or said(target, "reference").rsplit("/", 2)[-2:][0]
    kind = named.partition("?")[0]
    if "identifier" in target and not kind[:1].isupper():
        system = said(target, "identifier", "system").lower()
        kind = next((k for sign, k in _NUMBERED if sign in system), kind)
    return kind


def _functions(value: Node) -> set[str]:
    """The codes of what somebody did for a vaccination, in R4 and STU3."""
    return {code for name in ("function", "role") for code, _ in codes(value.get(name))}


def _with_role(there: Part | None, who: str) -> str:
    """The name of one of the family with how they are related."""
    if there is None or there.kind != "RelatedPerson" or not who:
        return who
    relation = next(
        (text for node in nodes(there.node.get("relationship"))
         if (text := said(node, "text") or next((w for _, w in codes(node) if w), ""))), "",
    )  # fmt: skip
    return f"{who} ({relation})" if relation else who
