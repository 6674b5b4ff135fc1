"""Whom a FHIR record is about, who did or wrote it, where, and for which organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chronology.account import Mention
from chronology.flags import Flag
from chronology.identifiers import nhs_digits
from chronology.importers.defined.base import child
from chronology.importers.defined.fhir_parties import INNER, parties
from chronology.importers.defined.fhir_records import PERSONS, Part, Records, is_home
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
from chronology.importers.given import Given
from chronology.when import UNDATED, When

_SUBJECTS: Final = ("subject", "patient", "for", "beneficiary")
_FAMILY: Final = ("participant", "performer", "source", "informationSource", "author", "focus",
                  "sender", "recipient", "asserter", "actor")  # fmt: skip
#: In the address of a patient whose number is the NHS number.
_DEMOGRAPHICS: Final = "/personal-demographics/"
_FAMILY_SET: Final = frozenset(_FAMILY)


def subjects(
    records: Records, part: Part, given: Given
) -> tuple[tuple[Mention, ...], tuple[Part, ...]]:
    """Whom a record is about, and those of them whose own record the file holds."""
    value = part.node.get("subject") or part.node.get("patient")
    written = value.get("reference") if type(value) is dict else None
    if type(written) is str and written and written[0] != "#":
        key = (part.bundle, written, said(value, "display"))
        known = records.about.get(key)
        if known is None:
            known = records.about[key] = _subjects(records, part, given)
        return known
    return _subjects(records, part, given)


def _subjects(
    records: Records, part: Part, given: Given
) -> tuple[tuple[Mention, ...], tuple[Part, ...]]:
    mentions: list[Mention] = []
    patients: list[Part] = []
    for value in _subject_nodes(records, part):
        there = records.points_to(value, part)
        if there is None or there.kind not in PERSONS:
            there = _numbered(records, part, said(value, "reference")) or _only_patient(
                records, part, said(value, "display")
            )
        if there is not None:
            patients.append(there)
            mentions.append(records.mention(there))
        else:
            mentions += _by_reference(value)
    if not mentions and given.subject:
        mentions += child(name=given.subject, born=given.subject_born)
    if len(mentions) < 2:
        return tuple(mentions), tuple(patients)
    return tuple(dict.fromkeys(mentions)), tuple(patients)


def _by_reference(value: Node) -> tuple[Mention, ...]:
    """Somebody whose own record the file does not hold."""
    written = said(value, "reference").partition("/_history")[0]
    number = "" if written[:4] == "urn:" else written.rpartition("/")[2]
    if _DEMOGRAPHICS in written:
        return child(name=said(value, "display"), nhs=number)
    if "nhs" in said(value, "identifier", "system").lower():
        return child(name=said(value, "display"), nhs=said(value, "identifier", "value"))
    return child(said(value, "identifier", "value") or number, name=said(value, "display"))


def _subject_nodes(records: Records, part: Part) -> list[Node]:
    for name in _SUBJECTS:
        found = nodes(part.node.get(name))
        if found:
            return found
    answered = records.points_to(part.node.get("appointment"), part)
    if part.kind == "AppointmentResponse" and answered is not None:
        return _subject_nodes(records, answered)
    actors = [
        actor
        for taking in nodes(part.node.get("participant"))
        for actor in nodes(taking.get("actor"))
    ]
    return [actor for actor in actors if _is_patient(records, actor, part)]


def _is_patient(records: Records, actor: Node, part: Part) -> bool:
    there = records.points_to(actor, part)
    if there is not None:
        return there.kind == "Patient"
    return "Patient" in (said(actor, "type"), said(actor, "reference").rsplit("/", 2)[-2:][0])


def _numbered(records: Records, part: Part, reference: str) -> Part | None:
    """The patient of a bundle whom a record calls by the NHS number."""
    digits = nhs_digits(reference.partition("/_history")[0].rpartition("/")[2])
    if not digits:
        return None
    for patient in records.patients(part.bundle):
        for number in records.mention(patient).identifiers:
            if number.kind == "nhs" and nhs_digits(number.text) == digits:
                return patient
    return None


def _only_patient(records: Records, part: Part, name: str) -> Part | None:
    """The one patient of a message whose records call them by a number that is not there."""
    if said(records.bundles.get(part.bundle), "type") != "message":
        return None
    here = records.patients(part.bundle)
    if len(here) != 1:
        return None
    own = set(records.name(here[0]).casefold().split())
    return here[0] if set(name.casefold().replace(",", " ").split()) <= own else None


def family(records: Records, part: Part) -> tuple[Mention, ...]:
    """Persons of the family whom a record names."""
    node = part.node
    if _FAMILY_SET.isdisjoint(node):
        return ()
    found: list[Mention] = []
    for name in [name for name in _FAMILY if name in node]:
        for value in nodes(node[name]):
            own = [value] if "reference" in value else []
            for target in (*own, *[one(value[inner]) for inner in INNER if inner in value]):
                there = records.points_to(target, part)
                if there is not None and there.kind == "RelatedPerson":
                    found.append(related(records, there))
    return tuple(dict.fromkeys(found)) if found else ()


def related(records: Records, part: Part) -> Mention:
    """Somebody of a patient's family, with how they are related.

    A number that is the patient's own, as in an official example, is not theirs too.
    """
    mention = records.mention(part)
    relation = part.node.get("relationship")
    role = next((text for _, text in codes(relation) if text), "") or concept(relation)
    patient = records.points_to(part.node.get("patient"), part)
    own = records.mention(patient).identifiers if patient is not None else ()
    kept = tuple(number for number in mention.identifiers if number not in own)
    return replace(mention, role=role, identifiers=kept)


def body(records: Records, part: Part) -> str:
    """The organisation that a record comes from, by name."""
    return parties(records, part).organisation


def place(records: Records, part: Part) -> str:
    """Where it happened, by name; somebody's home is only said to be one."""
    if "location" not in part.node and "locationReference" not in part.node:
        return ""
    found = []
    for name in ("location", "locationReference"):
        for value in nodes(part.node.get(name)):
            target = one(value["location"]) if "location" in value else value
            text = _place_name(records, target, part) if type(target) is dict else ""
            if text:
                found.append(text)
    return "; ".join(dict.fromkeys(found)) if found else ""


def _place_name(records: Records, target: Node, part: Part) -> str:
    there = records.points_to(target, part)
    if there is not None and is_home(there):
        return "at home"
    text = records.naming(target, part)
    site = said(there.node if there is not None else target, "identifier", "value")
    return f"site {site}" if site and text in ("", site) else text


def is_child(patients: tuple[Part, ...], when: When) -> bool | None:
    """Whether the patient was under 18 then; None where nobody can tell."""
    born = dated(said(patients[0].node, "birthDate")) if patients else UNDATED
    if born.start is None or when.start is None:
        return None
    years = when.start.year - born.start.year
    had_birthday = (when.start.month, when.start.day) >= (born.start.month, born.start.day)
    return years - (not had_birthday) < 18


def birth_time(node: Node) -> When:
    """The moment of birth, where a record gives one beside the date."""
    for extension in nodes(said_node(node, "_birthDate").get("extension")):
        if "birthtime" in said(extension, "url").lower().replace("-", ""):
            return dated(said(extension, "valueDateTime"))
    return UNDATED


def said_node(node: Node, name: str) -> Node:
    """An element that is a node; an empty one where it is not."""
    value = one(node.get(name))
    return value if type(value) is dict else {}


def born_conflict(node: Node) -> Flag | None:
    """The doubt about a patient with two different dates of birth."""
    moment, born = birth_time(node), dated(said(node, "birthDate"))
    if not moment.is_exact or not born.is_exact or moment.start == born.start:
        return None
    return Flag(
        "born-conflict",
        f"The record gives the date of birth as {in_words(born.written)} and the time of birth as"
        f" {in_words(moment.written)}.",
    )
