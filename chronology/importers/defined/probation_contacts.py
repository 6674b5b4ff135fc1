"""Contacts, appointments and documents of the probation service (Delius)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chronology.account import Agency, Mention
from chronology.importers.defined.base import (
    NO_DATE,
    NO_REAL_DATE,
    NOT_A_DATE,
    Cells,
    Format,
    Found,
    Telling,
    in_lines,
)
from chronology.importers.defined.objects import (
    ADDRESS,
    SENSITIVE,
    Keys,
    Place,
    cells_of,
    holds_any,
    in_words,
    is_yes,
    keyed,
    moment,
    person,
    said,
    squeezed,
    tell_places,
    text_of,
)
from chronology.importers.defined.sheets import is_no_real_date
from chronology.reading.grid import Document
from chronology.vocabulary.event_types import classify
from chronology.when import When

NUMBER = ("contactid", "appointmentid")
START = ("contactstart", "appointmentstart", "contactstartdate", "contactdate", "appointmentdate")
END = ("contactend", "appointmentend", "contactenddate")
#: Clock times that stand beside a date alone.
FROM = ("contactstarttime", "appointmentstarttime")
UNTIL = ("contactendtime", "appointmentendtime")
TYPE = ("type", "contacttype", "appointmenttype", "descriptiontype")
OUTCOME = ("outcome", "contactoutcometype", "appointmentoutcometype")
LATER = ("lastupdateddatetime", "lastupdated")
DOCUMENT = ("documentname", "filename")
CREATED = ("createdat", "createddatetime", "datecreated")
CHANGED = ("lastmodifiedat", "lastupdatedat", "lastsaved")
CRN = ("crn", "offendercrn")
NOMS = ("nomsnumber", "nomsid")
#: Told beside each contact: (label, keys).
BESIDE = (
    ("Provider", ("provider", "probationarea")),
    ("Team", ("team", "providerteam")),
    ("Requirement activity (RAR)", ("raractivitydetail", "raractivity")),
    ("Enforcement", ("enforcement", "enforcementaction")),
    ("Hours credited", ("hourscredited",)),
    ("Description", ("description",)),
    ("Last updated", LATER),
)
_PRIVATE = re.compile(r"address|postcode|buildingname|streetname|telephone|phone|email|town|county")
_SENSITIVE = "The sender marked this contact as sensitive; its notes are kept, not repeated here."
_NOTES = frozenset({"notes", "description"})
_TIME = re.compile(r"\d{1,2}:\d\d")


#: Keys that only contacts of this service have, two of them together.
_ITS_OWN = frozenset({"contactid", "contactstart"})
_TELLING = frozenset(
    {
        *("sensitive", "raractivity", "officelocation", "provider", "lastupdateddatetime"),
        *("contactoutcometype", "appointmentoutcometype", "probationarea", "enforcementaction"),
        *("systemgenerated", "contactdocuments", "visorcontact"),
    }
)


class ProbationContacts(Format):
    """Contacts under any envelope; whom they are about may stand around them or in each."""

    name = "probation_contacts"
    title = "Probation contacts and documents (Delius)"
    agency = Agency.OTHER
    system = "Delius"
    reads = (
        ("Contacts and appointments", "One event each, from its start, in its own notes."),
        ("End, team, provider, office, staff, requirement activity", "Told with the contact."),
        ("Outcome, attended, complied", "Told as the outcome; a missed appointment as missed."),
        ("Time of the last update", "Told beside the contact; it is no event."),
        ("Contacts marked as sensitive", "Told without their notes, which are withheld."),
        ("Documents", "One event each, on the day the document was made."),
    )

    def recognises(self, document: Document) -> bool:
        """Whether anything in the file is a contact or a document of this service."""
        return document.data is not None and holds_any(document.data, is_record)

    def read(self, found: Found) -> None:
        """Every contact and every document."""
        tell_places(found, is_record, tell_record)


def is_record(keys: Keys) -> bool:
    """Whether an object is a contact or a document, by keys no other record has together."""
    return is_contact(keys) or is_document(keys)


def is_contact(keys: Keys) -> bool:
    """Whether an object is a contact or an appointment."""
    if not any(name in keys for name in START) or not any(name in keys for name in TYPE):
        return False
    return keys.keys() >= _ITS_OWN or len(_TELLING & keys.keys()) > 1


def is_document(keys: Keys) -> bool:
    """Whether an object is an entry in a list of documents."""
    own = any(name in keys for name in (*CREATED, *CHANGED))
    return own and "documentname" in keys and bool({"extendeddescription", "author"} & keys.keys())


def tell_record(found: Found, place: Place) -> None:
    """A contact or document; left out with the reason where it gives no date."""
    if is_contact(place.keys):
        _contact(found, place)
        inner = place.keys.get("documents") or place.keys.get("contactdocuments")
        for number, one in enumerate(inner if isinstance(inner, list) else (), 1):
            above = (*place.above, place.keys)
            path = f"{place.path}[{place.item}]/documents"
            _document(found, Place(path, number, one, keyed(one), above))
    else:
        _document(found, place)


def _contact(found: Found, place: Place) -> None:
    keys, raw = place.keys, _own_cells(place)
    when = _start(keys)
    sensitive = is_yes(said(keys, "sensitive"))
    withheld = _withheld(raw, sensitive=sensitive)
    source = found.source(place.path, place.item, unit="item")
    if not when.is_known or is_no_real_date(when):
        found.leave(source, _why_not(when), _repeatable(raw, withheld))
        return
    kind, notes = said(keys, *TYPE), said(keys, "notes")
    outcome = _outcome(keys)
    end = said(keys, *END) or said(keys, *UNTIL)
    words = _SENSITIVE if sensitive else notes
    told: Telling = {
        "event_type_written": kind,
        "event_type": _event_type(keys, kind, "" if sensitive else notes, found.agency),
        "reference": said(keys, *NUMBER),
        "outcome": outcome,
        "professional": _name(keys.get("staff")),
        "location": _office(keys),
        "subjects": _about(place),
        "other": tuple((label, text) for label, text in (("Ended", end), *_besides(keys)) if text),
        "raw": raw,
        "withheld": withheld,
        "flags": (SENSITIVE,) if sensitive else (ADDRESS,) if withheld else (),
    }
    found.tell(source, when, words or in_lines(kind or "Contact", [("Outcome", outcome)]), **told)


def _document(found: Found, place: Place) -> None:
    keys, raw = place.keys, cells_of(place.data)
    source = found.source(place.path, place.item, unit="item")
    made, changed = (_first(keys, names) for names in (CREATED, CHANGED))
    when, is_made = (made, True) if made.is_known else (changed, False)
    withheld = _withheld(raw, sensitive=False)
    if not when.is_known or is_no_real_date(when):
        found.leave(source, _why_not(when), _repeatable(raw, withheld))
        return
    name = said(keys, *DOCUMENT)
    details = (
        ("Name", name),
        ("Type", said(keys, "type")),
        ("Description", said(keys, "extendeddescription", "description")),
    )
    told: Telling = {
        "event_type_written": said(keys, "type") or "Document",
        "event_type": "PRACTICE.INFORMATION",
        "reference": said(keys, "id", "documentid"),
        "professional": _name(keys.get("author")),
        "subjects": _about(place),
        "other": (("Last changed", changed.written),) if is_made and changed.is_known else (),
        "raw": raw,
        "withheld": withheld,
    }
    title = "Document made" if is_made else "Document last changed"
    found.tell(source, when, in_lines(title, details), **told)


def _start(keys: Keys) -> When:
    """When a contact began: a moment, or a day with a clock time beside it."""
    written = said(keys, *START)
    clock = said(keys, *FROM)
    if clock and "T" not in written and _TIME.match(clock) and not clock.startswith("00:00"):
        joined = moment(f"{written}T{clock[:5]}")
        if joined.is_known:
            return joined
    return moment(written)


def _first(keys: Keys, names: tuple[str, ...]) -> When:
    return moment(next((keys[name] for name in names if text_of(keys.get(name))), None))


def _about(place: Place) -> tuple[Mention, ...]:
    """Whom the contact is about: by the numbers in it or around it."""
    noms = place.around(*NOMS)
    crn = place.around(*CRN)
    for keys in (place.keys, *reversed(place.above)):
        ids = keyed(keys.get("otherids")) or keyed(keys.get("offender"))
        crn, noms = crn or said(ids, *CRN), noms or said(ids, *NOMS)
    name = " ".join(filter(None, (place.around("firstname", "forename"), place.around("surname"))))
    born = place.around("dateofbirth")
    if crn:
        return person(crn, "with CRN", name=name, born=born)
    return person(noms, "with NOMS number", name=name, born=born)


def _event_type(keys: Keys, kind: str, notes: str, agency: Agency) -> str:
    outcome = keyed(next((keys[name] for name in OUTCOME if keys.get(name)), None))
    attended = said(outcome, "attended") or said(keys, "attended")
    known = classify(kind, notes, agency)
    if attended in ("no", "false", "UNATTENDED"):
        return "CONTACT.MISSED"
    if known == "CONTACT.VISIT" and "home" not in kind.casefold():
        known = "CONTACT.APPOINTMENT"  # an "office visit" is the person's, not the worker's
    if known:
        return known
    appointment = said(keyed(keys.get("type")), "appointment")
    return "CONTACT.APPOINTMENT" if is_yes(appointment) else "CONTACT.CONTACT"


def _outcome(keys: Keys) -> str:
    """The outcome in its words, and whether the person attended and complied."""
    value = next((keys[name] for name in OUTCOME if text_of(keys.get(name))), None)
    inner = keyed(value)
    told = [text_of(value)] if not inner or said(inner, "description", "code") else []
    for key in ("attended", "complied", "hoursCredited"):
        text = said(inner, squeezed(key)) or (said(keys, squeezed(key)) if not inner else "")
        if text:
            told.append(f"{in_words(key)}: {text}")
    return "; ".join(told)


def _besides(keys: Keys) -> Iterator[tuple[str, str]]:
    return ((label, _beside(keys, names)) for label, names in BESIDE)


def _beside(keys: Keys, names: tuple[str, ...]) -> str:
    for name in names:
        inner = keyed(keys.get(name))
        if inner and not said(inner, "description", "code"):
            cells = ((in_words(k.rpartition(".")[2]), t) for k, t in cells_of(keys[name]))
            text = "; ".join(f"{label}: {text}" for label, text in cells if text)
        else:
            text = said(keys, name)
        if text:
            return text
    return ""


def _name(value: object) -> str:
    """A member of staff by name."""
    keys = keyed(value)
    if not keys:
        return text_of(value)
    if is_yes(said(keys, "unallocated")):
        return ""
    parts = (said(keys, "forenames", "forename", "firstname"), said(keys, "surname", "lastname"))
    return " ".join(filter(None, parts)) or said(keys, "name", "code")


def _office(keys: Keys) -> str:
    """The office by its name; its address is not repeated."""
    inner = keyed(keys.get("officelocation"))
    return (
        said(inner, "description", "buildingname", "code")
        if inner
        else said(keys, "officelocation")
    )


def _own_cells(place: Place) -> Cells:
    data = place.data if isinstance(place.data, dict) else {}
    lists = {"documents", "contactdocuments"}
    return cells_of({key: v for key, v in data.items() if squeezed(str(key)) not in lists})


def _withheld(raw: Cells, *, sensitive: bool) -> tuple[str, ...]:
    return tuple(
        key
        for key, text in raw
        if text and (_is_private(key) or (sensitive and squeezed(key) in _NOTES))
    )


@lru_cache(maxsize=4096)
def _is_private(key: str) -> bool:
    return bool(_PRIVATE.search(squeezed(key)))


def _repeatable(raw: Cells, withheld: tuple[str, ...]) -> Cells:
    return tuple((key, text) for key, text in raw if text and key not in withheld)


def _why_not(when: When) -> str:
    if not when.written:
        return NO_DATE
    return (NO_REAL_DATE if when.is_known else NOT_A_DATE).format(when.written[:60])
