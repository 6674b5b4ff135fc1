"""Documents of the probation service (Delius): told on the day on which they were made."""

from __future__ import annotations

import json
from collections.abc import Iterator

from chronology.importers.defined.base import Cells, Found, Telling, in_lines, why_no_place
from chronology.importers.defined.objects import (
    ADDRESS,
    SENSITIVE,
    Keys,
    Place,
    cells_of,
    in_words,
    is_yes,
    keyed,
    said,
    squeezed,
    text_of,
)
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
from chronology.when import UNDATED, When

DOCUMENT = ("documentname", "filename", "name")
#: Days of a report, as its document tells them.
REPORT_DATES = {
    "requesteddate": "Requested",
    "requireddate": "Due: Required",
    "completeddate": "Completed",
}
CREATED = ("createdat", "createddatetime", "datecreated", "creationdate")
CHANGED = ("lastmodifiedat", "lastmodifieddate", "lastupdatedat", "lastsaved")
#: What a document of a sensitive contact says in words.
_ABOUT_IT = frozenset({"documentname", "name", "filename", "extendeddescription", "description"})
#: Keys that a document of the service's document store has.
_IN_STORE = frozenset({"crn", "doctype", "author"})


def is_document(keys: Keys) -> bool:
    """Whether an object is an entry in a list of documents, of either of the service's stores."""
    if "name" in keys and keys.keys() >= _IN_STORE:
        return True
    own = any(name in keys for name in (*CREATED, *CHANGED))
    return own and "documentname" in keys and bool({"extendeddescription", "author"} & keys.keys())


def tell_document(found: Found, place: Place) -> None:
    """A document; left out with the reason where it gives no date."""
    keys, raw = place.keys, cells_of(place.data)
    source = found.source(place.path, place.item, unit="item")
    made, changed = (first_moment(keys, names) for names in (CREATED, CHANGED))
    when, is_made = (made, True) if made.is_known else (changed, False)
    sensitive = is_yes(place.around("sensitive"))
    withheld = withheld_of(raw, _ABOUT_IT if sensitive else ())
    if not when.is_known or is_no_real_date(when):
        found.leave(source, why_no_place(when), repeatable(raw, withheld))
        return
    kind = said(keys, "type", "doctype")
    details = (
        ("Name", said(keys, *DOCUMENT)),
        ("Type", kind),
        ("Description", said(keys, "extendeddescription", "description")),
    )
    shown = (("Type", kind), ("Note", SENSITIVE_WORDS)) if sensitive else details
    told: Telling = {
        "event_type_written": kind or "Document",
        "event_type": "PRACTICE.INFORMATION",
        "reference": said(keys, "id", "documentid"),
        "professional": staff_name(keys.get("author")),
        "subjects": about(place),
        "other": (
            *_days(keys, changed if is_made else UNDATED),
            *(() if sensitive else _filled(keys)),
        ),
        "raw": raw,
        "withheld": withheld,
        "flags": (SENSITIVE,) if sensitive else (ADDRESS,) if withheld else (),
    }
    title = "Document made" if is_made else "Document last changed"
    found.tell(source, when, in_lines(title, shown), **told)


def _days(keys: Keys, changed: When) -> Iterator[tuple[str, str]]:
    """When it was last changed, and the days of a report."""
    if changed.is_known:
        yield "Last changed", changed.written
    for name, value in keyed(keys.get("reportdocumentdates")).items():
        label = REPORT_DATES.get(name)
        if label and text_of(value):
            yield label, text_of(value)


def _filled(keys: Keys) -> Iterator[tuple[str, str]]:
    """What its template was filled with, without where somebody lives and when they were born."""
    cells = ((key, text) for key, text in _user_data(keys) if text and not is_private(key))
    filled = [(key, text) for key, text in cells if not squeezed(key).endswith("dateofbirth")]
    if filled:
        yield "Filled in", "; ".join(f"{in_words(last_key(key))}: {text}" for key, text in filled)


def _user_data(keys: Keys) -> Cells:
    """What a document's template was filled with, which stands as JSON within the JSON."""
    text = said(keys, "userdata")
    if not text.startswith("{"):
        return ()
    try:
        data = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return ()
    return cells_of(data)
