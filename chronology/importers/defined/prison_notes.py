"""Case notes of the prison service (NOMIS) as its interfaces give them, amendments taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chronology.account import Agency
from chronology.flags import Flag
from chronology.importers.defined.base import (
    UNDER,
    Format,
    Found,
    Telling,
    why_no_place,
)
from chronology.importers.defined.objects import (
    ONLY_RECORDED,
    SENSITIVE,
    Keys,
    Place,
    cells_of,
    holds_any,
    is_yes,
    keyed,
    moment,
    person,
    said,
    tell_places,
    text_of,
)
from chronology.importers.defined.prison_alerts import is_alert, tell_alert
from chronology.importers.defined.sheets import is_no_real_date
from chronology.reading.grid import Document
from chronology.vocabulary.event_types import classify
from chronology.when import When

OFFENDER = ("nomsid", "nomisid", "offenderidentifier", "offenderno", "nomsnumber", "prisonernumber")
OCCURRED = ("contacttimestamp", "occurrencedatetime", "contactdatetime", "occurredat")
RECORDED = (
    *("raisedtimestamp", "notificationtimestamp", "systemtimestamp", "creationdatetime"),
    *("createddatetime", "createdat"),
)
WORDS = ("content", "text", "casenotetext", "notetext")
TYPE = ("notetype", "typedescription", "type", "casenotetype")
SUBTYPE = ("subtypedescription", "subtype", "casenotesubtype")
STAFF = (
    *("staffname", "authorname", "staffmember", "authorusername", "staffusername", "username"),
    "authoruserid",
)
PLACE = ("establishmentcode", "locationid", "agencyid", "location")
NUMBER = ("id", "noteid", "casenoteid", "eventid", "legacyid")
#: How the prison's system writes an amendment into the text of a note.
_AMENDED = re.compile(
    r"[ \t\r\n]*(?:\.\.\.)?[ \t\r\n]*\[([^\[\]\n]{1,120}?) updated the case notes? on"
    r" ([^\[\]\n]{4,40})\][ \t]*(?:\r?\n)?",
    re.IGNORECASE,
)
#: A key that holds a date of some kind.
_DATED = re.compile(r"date|time|ed(?:at|on)$|^(?:at|on|when)$")
_SENSITIVE = "The sender marked this case note as sensitive; its words are kept, not repeated here."
_NO_WORDS = Flag("text-missing", "The record has a date but no words about what happened.")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What somebody added to a note later: who, when and what, as written."""

    by: str
    written: str
    text: str


class PrisonNotes(Format):
    """Notes under any envelope: a list, "events", "content", or a header and a body each."""

    name = "prison_notes"
    title = "Prison case notes and alerts (NOMIS)"
    agency = Agency.OTHER
    system = "NOMIS case notes"
    reads = (
        ("Each case note", "One event, in its own words, at the time of the contact in UK time."),
        ("A time of midnight", "Shown as the day: the system writes it where no time is known."),
        ("Amendments, in a list or inside the text",
         "Told beside the note and as records of their own, each at the time it was written."),
        ("Time of recording", "Told as such; it is no event, unless no other time is given."),
        ("Notes without any date", "Left out; their amendments are told where these are dated."),
        ("Alerts", "One event when made active, one when ended; an end to come is told beside it."),
        ("Notes marked as sensitive", "Told without their words, which are withheld."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether anything in the file is a case note or an alert."""
        return document.data is not None and holds_any(document.data, is_record)

    def read(self, found: Found) -> None:
        """Every note, every amendment and every alert."""
        tell_places(found, is_record, tell_record)


def is_record(keys: Keys) -> bool:
    """Whether an object is a case note or an alert."""
    return is_note(keys) or is_alert(keys)


def tell_record(found: Found, place: Place) -> None:
    """A note with its amendments, or an alert."""
    (tell_alert if is_alert(place.keys) else tell_note)(found, place)


def is_note(keys: Keys) -> bool:
    """Whether an object is a case note, by keys that no other record has together."""
    if "casenotebody" in keys:
        return "casenoteheader" in keys
    if not _has(keys, WORDS):
        return False
    if not (_has(keys, OCCURRED) or _has(keys, RECORDED)):
        return _is_undated(keys)
    if _has(keys, OFFENDER):
        return _has(keys, TYPE)
    if "contactdatetime" in keys:
        return "staffmember" in keys
    return "subtype" in keys and "type" in keys and ("amendments" in keys or _has(keys, STAFF))


def _is_undated(keys: Keys) -> bool:
    """Whether an object without any date is a note; one with other dates is a record of others."""
    if not {"type", "subtype"} <= keys.keys() or any(_DATED.search(key) for key in keys):
        return False
    return "amendments" in keys or (_has(keys, OFFENDER) and _has(keys, STAFF))


def tell_note(found: Found, place: Place) -> None:
    """A note as it was first written, then each amendment."""
    keys = _levelled(place.keys)
    note, amendments = apart(said(keys, *WORDS))
    amendments = (*amendments, *_listed(keys))
    occurred, recorded = (_when(keys, names) for names in (OCCURRED, RECORDED))
    source = found.source(place.path, place.item, unit="item")
    raw = cells_of(place.data)
    sensitive = is_yes(said(keys, "sensitive"))
    hidden = _hidden(raw) if sensitive else ()
    other = [("Establishment", said(keys, *PLACE))]
    if not occurred.is_known and recorded.is_known and not occurred.written:
        occurred = recorded
        other.append(("Date", ONLY_RECORDED))
    is_dated = occurred.is_known and not is_no_real_date(occurred)
    if not is_dated:
        shown = [f"{key}: {text}" for key, text in raw if key not in hidden and text]
        found.leave(source, why_no_place(occurred), shown)
    what = ": ".join(dict.fromkeys(filter(None, (_kind(keys, TYPE), _kind(keys, SUBTYPE)))))
    number = said(keys, *NUMBER)
    told: Telling = {
        "event_type_written": what,
        "event_type": classify(what, "" if sensitive else note, found.agency),
        "professional": _staff(keys),
        "location": said(keys, *PLACE),
        "subjects": person(said(keys, *OFFENDER) or place.around(*OFFENDER), "with NOMS number"),
        "raw": raw,
        "withheld": hidden,
        "flags": (SENSITIVE,) if sensitive else (),
    }
    later = [
        (f"Amended {one.written} by {one.by}".strip(), "" if sensitive else one.text)
        for one in amendments
    ]
    flags = told["flags"] if note else (*told["flags"], _NO_WORDS)
    first: Telling = {
        **told,
        "flags": flags,
        "reference": number,
        "recorded": recorded if recorded.is_known else None,
        "other": tuple((label, text) for label, text in (*other, *later) if text),
    }
    if is_dated:
        found.tell(source, occurred, _SENSITIVE if sensitive else note or what, **first)
    for part, one in enumerate(amendments, 1):
        # An undated amendment of an undated note stands in the row left out.
        if is_dated or one.written:
            _tell_amendment(found, place, part, one, number, told, sensitive=sensitive)


def _tell_amendment(
    found: Found,
    place: Place,
    part: int,
    one: Amendment,
    number: str,
    told: Telling,
    *,
    sensitive: bool,
) -> None:
    source = found.source(place.path, place.item, part, unit="item")
    when = moment(one.written)
    if not when.is_known:
        found.leave(
            source,
            f"Amendment of a case note: {why_no_place(when)}",
            (one.by, one.written, "" if sensitive else one.text),
        )
        return
    opening = f"Case note {number} amended".replace("  ", " ")
    words = _SENSITIVE if sensitive else one.text
    said_here: Telling = {
        **told,
        "professional": one.by,
        "recorded": when,
        "reference": f"{number}{UNDER}amendment {part}" if number else "",
        "other": (("Amendment of case note", number),) if number else (),
    }
    found.tell(source, when, f"{opening}: {words}", **said_here)


def apart(text: str) -> tuple[str, tuple[Amendment, ...]]:
    """A text as first written, and the amendments that the system wrote into it.

    >>> apart("One ...[A_GEN updated the case notes on 10-04-2017 14:57:26] Two")[0]
    'One'
    """
    if " updated the case note" not in text:
        return text, ()
    found = list(_AMENDED.finditer(text))
    if not found:
        return text, ()
    ends = [one.start() for one in found[1:]] + [len(text)]
    return text[: found[0].start()].rstrip(), tuple(
        Amendment(one[1].strip(), one[2].strip(), text[one.end() : end].strip())
        for one, end in zip(found, ends, strict=True)
    )


def _listed(keys: Keys) -> tuple[Amendment, ...]:
    """The amendments that are given as a list beside the text."""
    listed = keys.get("amendments")
    told = []
    for one in listed if isinstance(listed, list) else ():
        inner = keyed(one)
        text = said(inner, "additionalnotetext", "text", "content") if inner else text_of(one)
        by = said(inner, "authorname", "authorusername", "authoruserid", "username")
        told.append(Amendment(by, said(inner, *RECORDED, *OCCURRED), text))
    return tuple(told)


def _levelled(keys: Keys) -> Keys:
    """A note of a header and a body as one object."""
    if "casenotebody" not in keys:
        return keys
    return {**keyed(keys.get("casenoteheader")), **keyed(keys["casenotebody"])}


def _has(keys: Keys, names: tuple[str, ...]) -> bool:
    return any(name in keys for name in names)


def _when(keys: Keys, names: tuple[str, ...]) -> When:
    return moment(next((keys[name] for name in names if text_of(keys.get(name))), None))


def _kind(keys: Keys, names: tuple[str, ...]) -> str:
    """A type by its words, with its code where both are given."""
    words, code = said(keys, *names), said(keys, names[-1] if names is SUBTYPE else "type")
    is_plain = not code or code == words or "[" in words or "notetype" in keys
    return words if is_plain else f"{words} [{code}]"


def _staff(keys: Keys) -> str:
    member = keyed(keys.get("staffmember"))
    return said(member, "name", "userid") or said(keys, *STAFF)


def _hidden(raw: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    words = {*WORDS, "additionalnotetext"}
    return tuple(
        key for key, _ in raw if key.rpartition(".")[2].casefold().replace("_", "") in words
    )
