"""What a FHIR record means beside its words: a fact of safeguarding, a missed appointment."""

from __future__ import annotations

from typing import Final

from chronology.importers.defined import fhir_people as people
from chronology.importers.defined.fhir_records import Part
from chronology.importers.defined.fhir_status import Status
from chronology.importers.defined.fhir_values import Node, concept, nodes, said
from chronology.importers.defined.safeguarding_codes import MEANINGS, Meaning, meaning_of
from chronology.when import When

#: Profiles of records that are a plan or a placement by themselves.
_PROFILES: Final[dict[str, str]] = {
    "LookedAfterChild": "looked after child",
    "ChildProtection": "child protection plan",
}


def meaning_in(part: Part, coded: list[tuple[str, str]]) -> Meaning | None:
    """What a record tells about safeguarding, by its codes or by the profile it follows."""
    if coded:
        return meaning_of(coded)
    if part.kind in ("CarePlan", "EpisodeOfCare"):
        profile = str(people.said_node(part.node, "meta").get("profile", ""))
        return next((MEANINGS[w] for sign, w in _PROFILES.items() if sign in profile), None)
    return None


def fact_of(node: Node, meaning: Meaning | None, status: Status) -> str:
    """The shared fact that a stated start is: a plan's, a placement's."""
    if meaning is None or meaning.of or status.nullified or status.undone:
        return ""
    if not any(name in node for name in ("effectivePeriod", "valueDateTime", "period")):
        return ""
    return meaning.started or meaning.ended


def vaccination(node: Node) -> str:
    """What was done, by the code of the procedure, where nobody knows the vaccine."""
    for extension in nodes(node.get("extension")):
        if "VaccinationProcedure" in said(extension, "url"):
            return concept(extension.get("valueCodeableConcept"))
    return ""


def missed_type(patients: tuple[Part, ...], when: When) -> str:
    """An appointment that nobody came to: a child was not brought, a grown-up did not attend."""
    under_age = people.is_child(patients, when)
    if under_age is None:
        return "CONTACT.MISSED"
    return "HEALTH.WNB" if under_age else "HEALTH.DNA"
