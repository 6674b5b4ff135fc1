"""Contacts, appointments and documents of the probation service (Delius)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chronology.account import Agency
from chronology.importers.defined.base import (
    Cells,
    Format,
    Found,
    Telling,
    in_lines,
    why_no_place,
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
    said,
    squeezed,
    tell_places,
    text_of,
)
from chronology.importers.defined.probation_documents import is_document, tell_document
from chronology.importers.defined.probation_registers import is_registration, tell_registration
from chronology.importers.defined.probation_words import (
    SENSITIVE_WORDS,
    about,
    first_moment,
    is_private,
    last_key,
    repeatable,
    staff_name,
    withheld_of,
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
AHEAD = ("Took place", "Not told: the day lay ahead when the record was last changed.")
LATER = ("lastupdateddatetime", "lastupdated")
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
#: What a sensitive contact says in words.
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
        ("Contacts marked as sensitive",
         "Told without their notes, description and documents' names, which are withheld."),
        ("Documents, of either store", "One event each, on the day the document was made."),
        ("What a document's template was filled with",
         "Told beside it, without address and date of birth."),
        ("Registrations (MAPPA, risk registers)",
         "One event when registered, one when ended; the next review is told as due."),
        ("Contacts that lay ahead when they were last changed", "Told with that."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether anything in the file is a contact or a document of this service."""
        return document.data is not None and holds_any(document.data, is_record)

    def read(self, found: Found) -> None:
        """Every contact and every document."""
        tell_places(found, is_record, tell_record)


def is_record(keys: Keys) -> bool:
    """Whether an object is a contact, document or registration, by keys no other record has."""
    return is_contact(keys) or is_document(keys) or is_registration(keys)


def is_contact(keys: Keys) -> bool:
    """Whether an object is a contact or an appointment."""
    if not any(name in keys for name in START) or not any(name in keys for name in TYPE):
        return False
    return keys.keys() >= _ITS_OWN or len(_TELLING & keys.keys()) > 1


def tell_record(found: Found, place: Place) -> None:
    """A contact, document or registration; left out with the reason where it gives no date."""
    if is_contact(place.keys):
        _contact(found, place)
        inner = place.keys.get("documents") or place.keys.get("contactdocuments")
        for number, one in enumerate(inner if isinstance(inner, list) else (), 1):
            above = (*place.above, place.keys)
            path = f"{place.path}[{place.item}]/documents"
            tell_document(found, Place(path, number, one, keyed(one), above))
    elif is_registration(place.keys):
        tell_registration(found, place, {"subjects": about(place)})
    else:
        tell_document(found, place)


def _contact(found: Found, place: Place) -> None:
    keys, raw = place.keys, _own_cells(place)
    when = _start(keys)
    sensitive = is_yes(said(keys, "sensitive"))
    withheld = withheld_of(raw, _NOTES if sensitive else ())
    open_keys = {key: v for key, v in keys.items() if not (sensitive and key in _NOTES)}
    source = found.source(place.path, place.item, unit="item")
    if not when.is_known or is_no_real_date(when):
        found.leave(source, why_no_place(when), repeatable(raw, withheld))
        return
    kind, notes = said(keys, *TYPE), said(keys, "notes")
    outcome = _outcome(keys)
    end = said(keys, *END) or said(keys, *UNTIL)
    words = SENSITIVE_WORDS if sensitive else notes
    ahead = (AHEAD,) if not outcome and _is_ahead(keys, when) else ()
    beside = (("Ended", end), *_besides(open_keys), *ahead)
    told: Telling = {
        "event_type_written": kind,
        "event_type": _event_type(keys, kind, "" if sensitive else notes, found.agency),
        "reference": said(keys, *NUMBER),
        "outcome": outcome,
        "professional": staff_name(keys.get("staff")),
        "location": _office(keys),
        "subjects": about(place),
        "other": tuple((label, text) for label, text in beside if text),
        "raw": raw,
        "withheld": withheld,
        "flags": (SENSITIVE,) if sensitive else (ADDRESS,) if withheld else (),
    }
    found.tell(source, when, words or in_lines(kind or "Contact", [("Outcome", outcome)]), **told)


def _is_ahead(keys: Keys, when: When) -> bool:
    """Whether the day lay ahead when the record was last changed."""
    changed = first_moment(keys, LATER)
    return when.start is not None and changed.end is not None and when.start > changed.end


def _start(keys: Keys) -> When:
    """When a contact began: a moment, or a day with a clock time beside it."""
    written = said(keys, *START)
    clock = said(keys, *FROM)
    if clock and "T" not in written and _TIME.match(clock) and not clock.startswith("00:00"):
        joined = moment(f"{written}T{clock[:5]}")
        if joined.is_known:
            return joined
    return moment(written)


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
            cells = ((k, t) for k, t in cells_of(keys[name]) if t and not is_private(k))
            text = "; ".join(f"{in_words(last_key(key))}: {text}" for key, text in cells)
        else:
            text = said(keys, name)
        if text:
            return text
    return ""


def _office(keys: Keys) -> str:
    """The office by its name; its address is not repeated."""
    inner = keyed(keys.get("officelocation"))
    return said(inner, "description", "code") if inner else said(keys, "officelocation")


def _own_cells(place: Place) -> Cells:
    data = place.data if isinstance(place.data, dict) else {}
    lists = {"documents", "contactdocuments"}
    return cells_of({key: v for key, v in data.items() if squeezed(str(key)) not in lists})
