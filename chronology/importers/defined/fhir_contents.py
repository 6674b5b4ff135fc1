"""What a FHIR record says beside its date, its title and its people, a line each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from chronology.importers.defined.fhir_dating import has_more_dates, other_dates
from chronology.importers.defined.fhir_elements import SPECIAL, Line, first_words
from chronology.importers.defined.fhir_kinds import KINDS, Kind
from chronology.importers.defined.fhir_panels import MEMBERS, members_told
from chronology.importers.defined.fhir_parties import PARTIES
from chronology.importers.defined.fhir_titles import not_in_title
from chronology.importers.defined.fhir_values import (
    PRIVATE,
    Node,
    codes,
    in_words,
    label,
    one,
    plain_text,
    said,
    stretch,
    words,
)

if TYPE_CHECKING:
    from chronology.importers.defined.fhir_records import Part, Records

#: Elements that are told elsewhere in an account, or say how the record is kept.
ELSEWHERE: Final = (
    frozenset(
        (
            "resourceType id meta implicitRules language text contained identifier fhir_comments"
            " subject patient for beneficiary status statusHistory classHistory docStatus"
            " lifecycleStatus"
            " encounter context episodeOfCare"
            " location locationReference"
            " statusReason notDoneReason reasonNotTaken reasonNotGiven cancelationReason"
            " notGiven wasNotGiven notDone doNotPerform class effectiveInstant"
            " verificationStatus masterIdentifier versionNumber wasSubstituted"
            " questionnaire isBillable billablePeriod minutesDuration"
            " definition instantiatesCanonical instantiatesUri"
            " requisition groupIdentifier insurance supportingInformation"
        ).split()
    )
    | PRIVATE
    | PARTIES
)
#: Elements whose usual value says nothing.
_USUAL: Final[dict[str, frozenset[str]]] = {
    "clinicalStatus": frozenset({"active"}),
    "category": frozenset(
        {"vital-signs", "laboratory", "encounter-diagnosis", "problem-list-item"}
    ),
    "intent": frozenset({"order", "original-order", "instance-order", "filler-order"}),
    "mode": frozenset({"working", "snapshot"}),
    "primarySource": frozenset({"yes"}),
    "priority": frozenset({"routine"}),
}
_LABELS: Final[dict[str, str]] = {
    "value": "Result",
    "occurrence": "Wanted for",
    "abatement": "Ended",
    "note": "Note",
    "lotNumber": "Batch",
    "reasonReference": "Reason",
    "reasonCode": "Reason",
    "hospitalization": "Stay in hospital",
    "dataAbsentReason": "Why there is no result",
    "period": "Period",
    "requestedPeriod": "Wanted for",
    "end": "Until",
}
_REQUESTS: Final = frozenset(
    "CommunicationRequest DeviceRequest ProcedureRequest ReferralRequest ServiceRequest"
    " SupplyRequest".split()
)
#: Elements whose "no" is what they tell.
_EITHER: Final = frozenset({"valueBoolean", "value", "primarySource"})
#: What is said of a record told with another that says no more, by its kind and status.
_DONE: Final[dict[tuple[str, str], str]] = {
    ("Procedure", "completed"): "completed",
    ("Immunization", "completed"): "given",
}
#: Kinds whose lines need no name before them.
_TEXTS: Final = frozenset({"Communication", "Composition", "QuestionnaireResponse"})


def lines_of(
    node: Node, kind: str, records: Records, part: Part, used: frozenset[str]
) -> Iterator[Line]:
    """Every element that a reader has not been told yet; ``used`` are the others."""

    def naming(value: Node) -> str:
        return records.naming(value, part)

    untold = _elsewhere(used)
    for name, value in node.items():
        if name in untold or name[:1] == "_":
            continue
        special = SPECIAL.get(name)
        if special is not None:
            yield from special(value, naming)
            continue
        usual = _USUAL.get(name)
        if usual is not None and not usual.isdisjoint(code for code, _ in codes(value)):
            continue
        text = words(value, naming)
        if text and (text != "no" or name in _EITHER) and not (usual and text in usual):
            yield _called(name, kind in _REQUESTS), text


def contents_of(
    records: Records, part: Part, kind: Kind, told: Collection[str], told_with: dict[int, str]
) -> list[Line]:
    """What a record says, and what the records say that are told with it.

    ``told`` are the dates of its account, as written.
    """
    lines = list(lines_of(part.node, part.kind, records, part, kind.used))
    if part.kind == "DocumentReference" or has_more_dates(part.node, kind, told):
        lines += other_dates(records, part, kind, told)
    if len(kind.called) > 1:
        lines += not_in_title(records, part, kind)
    if not lines and "text" in part.node:
        lines.append(("Text", plain_text(said(part.node["text"], "div"))))
    if not MEMBERS.isdisjoint(part.node):
        for member in members_told(records, part, told_with):
            lines += told_within(member, records, told)
    return lines


def told_within(
    member: Part, records: Records, dated: Collection[str] | None = None
) -> Iterator[Line]:
    """A record told with another: its name and what it says; answers and texts a line each.

    ``dated`` are the dates of the other, as written; where they are given, its own are told too.
    """
    node = member.node
    kind = KINDS.get(member.kind)
    dates = (*kind.occurred, *kind.recorded) if kind is not None else ()
    used = frozenset((*dates, "code", "category", "vaccineCode"))
    lines = lines_of(node, member.kind, records, member, used)
    if member.kind in _TEXTS:
        yield from lines
        return
    told = [text if what == "Result" else f"{what}: {text}" for what, text in lines]
    if dated is not None and kind is not None:
        told += _own_dates(node, kind, dated)
    name = first_words(node.get("code")) or records.name(member) or label(member.kind)
    yield name, "; ".join(told) or _DONE.get((member.kind, said(node, "status")), "recorded")


@lru_cache(maxsize=256)
def _elsewhere(used: frozenset[str]) -> frozenset[str]:
    return ELSEWHERE | used


@lru_cache(maxsize=1024)
def _called(name: str, is_request: bool) -> str:  # noqa: FBT001 - a key of the cache
    """What a line is called; what is wanted for a day has not occurred on it."""
    plain = label(name)
    key = plain.lower() if is_request or plain != "Occurrence" else ""
    return _LABELS.get(name) or _LABELS.get(key) or plain


def _own_dates(node: Node, kind: Kind, dated: Collection[str]) -> Iterator[str]:
    """The dates of a record that differ from those of the one it is told with."""
    for name in kind.dates:
        value = one(node.get(name))
        if type(value) is dict:
            text = stretch(value) if said(value, "start") not in dated else ""
            yield from (f"{label(name)}: {text}" for _ in (1,) if text)
        elif type(value) is str and not any(date.startswith(value) for date in dated):
            yield f"{label(name)}: {in_words(value)}"
