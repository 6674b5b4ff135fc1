"""The DfE children's social care API payload: one child or many, each with nested records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from chronology.account import Agency, Identifier, Mention
from chronology.importers.defined.base import Cells, Format, Found, child
from chronology.importers.defined.csc_api_levels import CHILD
from chronology.importers.defined.csc_api_records import (
    Record,
    keyed,
    latest_day,
    tell_record,
    text_of,
)
from chronology.reading.grid import Document

#: Keys of which a child has one, and no other object in JSON does by chance.
CHILD_KEYS = frozenset({"la_child_id", "social_care_episodes"})
_ALONE = frozenset({"child_details", "mis_child_id", "health_and_wellbeing", "purge"})
#: Only the first children are looked at to know the format.
LOOKED_AT = 20
_NO_CHILD = "It is no child: it has neither a number nor any record this format defines."


class CscApi(Format):
    """A child, a list of children, or either under "Children"; a child a line as well."""

    name = "csc_api"
    title = "DfE children's social care API payload"
    agency = Agency.SOCIAL_CARE
    system = "DfE children's social care API"
    reads = (
        ("Referrals and closures (social care episodes)", "One event for each date."),
        ("Assessments with their factors", "Started and authorised."),
        ("Child in need and child protection plans", "Started and ended."),
        ("Section 47 enquiries", "Started, ended, and the conference where one was held."),
        ("Placements", "Started and ended; the postcode is withheld."),
        ("Adoption", "Decision, match and placement."),
        ("Care leavers", "The latest contact."),
        ("Strengths and difficulties questionnaires", "One event for each."),
        ("Education, health and care plans", "One event for each date."),
        ("Social workers", "Allocated and ended."),
        (
            "The end of UASC status on the 18th birthday",
            "Left out where nothing later is told of the child: it is expected.",
        ),
        ("Child details", "Left out as an event; they say who the child is."),
        ("Records marked purge", "Told as withdrawn, and the earlier record is marked so."),
    )

    def recognises(self, document: Document) -> bool:
        """Whether its first objects are children of this payload."""
        return any(islice(_looks(document.data), LOOKED_AT))

    def read(self, found: Found) -> None:
        """Tells every record of every child; what is no child is left out."""
        for place in _places(found.document.data):
            if place.is_envelope:
                found.apart(place.path, place.item, " | ".join(_flat(place.data)))
            elif place.is_child:
                data = keyed(place.data)
                about, identity, other = _child(data)
                record = Record(CHILD, data, place.path, place.item, about, identity, other)
                if text_of(keyed(data.get("child_details")).get("uasc_end_date")):
                    record = replace(record, latest=latest_day(data))
                tell_record(found, record)
            else:
                source = found.source(place.path, place.item, unit="item")
                found.leave(source, _NO_CHILD, _flat(place.data))


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    item: int
    data: object
    is_child: bool
    is_envelope: bool = False


def _looks(data: object) -> Iterator[bool]:
    return (place.is_child for place in _places(data))


def _places(data: object, path: str = "Children", item: int = 1) -> Iterator[_Place]:
    """Every child and every other object, with where it stands."""
    if isinstance(data, list):
        for number, one in enumerate(data, 1):
            yield from _places(one, path, number)
        return
    keys = keyed(data)
    inner = keys.get("children")
    if isinstance(inner, (dict, list)) and not CHILD_KEYS & keys.keys():
        yield from _places(inner, path, item)
        rest = {key: value for key, value in keys.items() if key != "children"}
        if rest:
            yield _Place(path, item, rest, is_child=False, is_envelope=True)
        return
    whole = bool(CHILD_KEYS & keys.keys()) or len(_ALONE & keys.keys()) > 1
    yield _Place(path, item, data, is_child=whole)


def _child(data: Mapping[str, object]) -> tuple[tuple[Mention, ...], str, Cells]:
    """Whom a child's records are about, the reference they stand under, and when one is due."""
    details = keyed(data.get("child_details"))
    number = text_of(data.get("la_child_id")) or text_of(data.get("mis_child_id"))
    name = f"{text_of(details.get('first_name'))} {text_of(details.get('surname'))}".strip()
    former = text_of(details.get("former_unique_pupil_number"))
    born, due = (
        text_of(details.get("date_of_birth")),
        text_of(details.get("expected_date_of_birth")),
    )
    about = child(
        number,
        name=name,
        born=born,
        upn=text_of(details.get("unique_pupil_number")),
        others=(Identifier("upn", former),) if former else (),
    )
    kind = "la_child_id" if text_of(data.get("la_child_id")) else "mis_child_id"
    other = (("Expected date of birth", due),) if due and not born else ()
    return about, f"{kind} {number}" if number else "", other


def _flat(data: object) -> tuple[str, ...]:
    if isinstance(data, dict):
        return tuple(f"{key}: {text_of(value)}" for key, value in data.items())
    return (text_of(data),)
