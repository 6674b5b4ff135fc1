"""What the status of a FHIR record does to what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chronology.flags import Flag
from chronology.importers.defined.fhir_kinds import DRAFTS, NULLIFIED, PLAIN, SHOWN, UNDONE
from chronology.importers.defined.fhir_values import Node, codes, concept, nodes, one, said

#: Elements that give the reason of a status, in STU3 and R4.
_REASONS: Final = (
    "statusReason", "notDoneReason", "reasonNotTaken", "reasonNotGiven", "cancelationReason",
    "cancellationReason",
)  # fmt: skip
_NOT: Final[dict[str, str]] = {
    "notGiven": "not given",
    "wasNotGiven": "not given",
    "notDone": "not done",
    "notPerformed": "not done",
    "wasNotTaken": "not taken",
    "doNotPerform": "not to be done",
}
#: What STU3 says of whether a medicine was taken.
_TAKEN: Final[dict[str, str]] = {"n": "not taken"}
#: In the address of an extension that says why something was cancelled or not done.
_WHY: Final = ("CancellationReason", "cancelationReason", "statusReason", "notDoneReason")
#: What the words of a status are instead, where a person would say it otherwise.
_SAID: Final[dict[str, str]] = {
    "booked": "booked; the record does not say whether it took place",
    "pending": "not yet confirmed",
    "waitlist": "on a waiting list",
    "planned": "planned; the record does not say whether it took place",
    "in-progress": "in progress",
    "checked-in": "checked in",
    "on-hold": "on hold",
    "superseded": "replaced by a later version",
    "unknown": "not known",
}
_REFUTABLE: Final = frozenset({"AllergyIntolerance", "Condition"})
_CERTAIN: Final = frozenset({"", "confirmed"})
_NOT_CONFIRMED: Final = frozenset(
    {"unconfirmed", "provisional", "differential", "refuted", "presumed"}
)


@dataclass(frozen=True, slots=True)
class Status:
    """What a record's status says."""

    code: str = ""
    nullified: bool = False
    #: "not done", "not given"; "" where it happened.
    undone: str = ""
    outcome: str = ""
    flags: tuple[Flag, ...] = ()
    event_type: str = ""


_PLAIN: Final = Status()
_HAPPENED: Final = PLAIN - SHOWN
#: Elements beside the status and the certainty that can change what they say.
_TELLING: Final = frozenset({"docStatus", "explanation", "taken", *_REASONS, *_NOT})
_ERROR: Final = Flag("record-nullified", "The sender marks the record as entered in error.")


def status_of(node: Node, kind: str) -> Status:
    """The status of a record, with what is told of it."""
    code = said(node, "status")
    if kind == "Goal":
        code = code or said(node, "lifecycleStatus")
    is_simple = code in _HAPPENED and _TELLING.isdisjoint(node)
    certainty = _certainty(node) if "verificationStatus" in node else ""
    if is_simple and certainty in _CERTAIN:
        return _PLAIN
    undone = _undone(node, code, kind)
    is_plain = code in _HAPPENED and certainty in _CERTAIN and not undone
    if is_plain and "docStatus" not in node and not reasons(node):
        return _PLAIN
    return _status(node, kind, code, certainty, undone)


def _status(node: Node, kind: str, code: str, certainty: str, undone: str) -> Status:
    paper = said(node, "docStatus")
    nullified = bool(NULLIFIED & {code, certainty, paper})
    flags = [_ERROR] if nullified else []
    draft = DRAFTS.get(code) or DRAFTS.get(paper)
    if draft:
        flags.append(Flag("record-draft", f"The sender says the record is {draft}."))
    parts = [
        "entered in error" if nullified else "",
        undone,
        draft or "",
        "" if undone or code in DRAFTS or nullified or (code in PLAIN and code not in SHOWN) else
        _SAID.get(code, code.replace("-", " ")),
        certainty.replace("-", " ")
        if certainty in _NOT_CONFIRMED and certainty != undone
        else "",
    ]  # fmt: skip
    why = reasons(node, code)
    outcome = ", ".join(filter(None, parts))
    if why:
        outcome = f"{outcome}: {why}" if outcome else why
    is_visit = kind in ("Appointment", "Encounter")
    event_type = "CONTACT.CANCELLED" if code == "cancelled" and is_visit else ""
    return Status(code, nullified, undone, _capital(outcome), tuple(flags), event_type)


def reasons(node: Node, code: str = "") -> str:
    """Why a record has its status, as the record says it."""
    told = [text for name in _REASONS if name in node and (text := concept(node[name]))]
    explained = one(node.get("explanation"))
    if type(explained) is dict and "reasonNotGiven" in explained:
        told.append(concept(explained["reasonNotGiven"]))
    if code in UNDONE and "extension" in node:
        told += _said_beside(node)
    return "; ".join(filter(None, told))


def _said_beside(node: Node) -> list[str]:
    """Why it was not done, where an extension says so."""
    return [
        concept(extension.get("valueCodeableConcept")) or said(extension, "valueString")
        for extension in nodes(node["extension"])
        if said(extension, "url").partition("#")[0].rstrip("/").rpartition("-")[0].endswith(_WHY)
        or said(extension, "url").endswith(_WHY)
    ]


def _certainty(node: Node) -> str:
    value = one(node.get("verificationStatus"))
    if value is None:
        return ""
    if type(value) is str:
        return value
    return next((code for code, _ in codes(value)), "")


def _undone(node: Node, code: str, kind: str) -> str:
    for name, words in _NOT.items():
        if name in node and said(node, name) in ("yes", "true"):
            return words
    if code == "not-done" and kind in ("Immunization", "MedicationAdministration"):
        return "not given"
    if kind == "MedicationStatement" and said(node, "taken") in _TAKEN:
        return _TAKEN[said(node, "taken")]
    if kind in _REFUTABLE and _certainty(node) == "refuted":
        return "refuted"
    return UNDONE.get(code, "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
