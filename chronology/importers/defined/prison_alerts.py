"""Alerts of the prison service (NOMIS): made active, and ended where they are over."""

from __future__ import annotations

from collections.abc import Iterator

from chronology.importers.defined.base import (
    UNDER,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.objects import (
    ONLY_RECORDED,
    Keys,
    Place,
    cells_of,
    is_yes,
    keyed,
    moment,
    person,
    said,
    text_of,
)
from chronology.importers.defined.sheets import is_no_real_date
from chronology.when import When

OFFENDER = ("prisonnumber", "prisonernumber", "offenderno", "nomsnumber", "offenderidentifier")
BEGAN = ("activefrom", "datecreated", "alertdate")
ENDED = ("activeto", "dateexpires", "expirydate")
RECORDED = ("createdat", "createddatetime")
NUMBER = ("alertuuid", "alertid", "alertsequence")
#: Who set it, and who ended it: keys of a whole name, or of its parts.
SET_BY = (("createdbydisplayname",), ("addedbyfullname",), ("addedbyfirstname", "addedbylastname"),
          ("createdby",))  # fmt: skip
ENDED_BY = (
    *(("activetolastsetbydisplayname",), ("expiredbyfullname",)),
    *(("expiredbyfirstname", "expiredbylastname"), ("activetolastsetby",)),
)
_NUMBERED = frozenset({"alertuuid", "alertid"})


def is_alert(keys: Keys) -> bool:
    """Whether an object is an alert, by keys no other record has together."""
    return (
        "alertcode" in keys
        and bool(_NUMBERED & keys.keys())
        and any(name in keys for name in BEGAN)
    )


def tell_alert(found: Found, place: Place) -> None:
    """An alert when it was made active, and when it ended; a day to come is told as due."""
    keys, raw = place.keys, cells_of(place.data)
    began, ended, recorded = (_when(keys, names) for names in (BEGAN, ENDED, RECORDED))
    is_only_recorded = not began.written and recorded.is_known
    is_over = is_yes(said(keys, "expired")) or said(keys, "isactive", "active") in ("no", "false")
    number, what = said(keys, *NUMBER), _what(keys)
    telling: Telling = {
        "event_type_written": f"Alert: {what}" if what else "Alert",
        # That an alert of self-harm is set says of no act of it.
        "event_type": "PRACTICE.INFORMATION",
        "reference": number,
        "professional": _name(keys, SET_BY),
        "location": said(keys, "prisoncodewhencreated", "agencyid"),
        "subjects": person(place.around(*OFFENDER), "with NOMS number"),
        "recorded": recorded if recorded.is_known else None,
        "other": tuple(_beside(keys, ended, is_over=is_over, is_only_recorded=is_only_recorded)),
        "raw": raw,
    }
    details = (("Alert", what), ("Comment", said(keys, "description", "comment")))
    _tell(found, place, 0, recorded if is_only_recorded else began,
          in_lines("Prison alert made active", details), telling)  # fmt: skip
    if is_over and ended.written:
        over: Telling = {
            **telling,
            "reference": f"{number}{UNDER}ended" if number else "",
            "professional": _name(keys, ENDED_BY),
            "recorded": None,
            "other": (),
        }
        _tell(found, place, 1, ended, in_lines("Prison alert ended", details[:1]), over)


def _tell(
    found: Found, place: Place, part: int, when: When, narrative: str, telling: Telling
) -> None:
    source = found.source(place.path, place.item, part, unit="item")
    if when.is_known and not is_no_real_date(when):
        found.tell(source, when, narrative, **telling)
        return
    cells = tuple((key, text) for key, text in telling["raw"] if text)
    found.leave(source, why_no_place(when), cells)


def _beside(
    keys: Keys, ended: When, *, is_over: bool, is_only_recorded: bool
) -> Iterator[tuple[str, str]]:
    if is_only_recorded:
        yield "Date", ONLY_RECORDED
    if ended.written and not is_over:
        yield "Due: Ends", ended.written
    for label, name in (
        *(("Authorised by", "authorisedby"), ("Last changed", "lastmodifiedat")),
        ("Last changed", "modifieddatetime"),
    ):
        if text := said(keys, name):
            yield label, text
    comments = keys.get("comments")
    for one in comments if isinstance(comments, list) else ():
        inner = keyed(one)
        label = f"Comment {said(inner, 'createdat')} {said(inner, 'createdbydisplayname')}".strip()
        if text := said(inner, "comment") or text_of(one):
            yield label, text


def _what(keys: Keys) -> str:
    """An alert in words with its codes: "Security [X]: Escape risk [XER]"."""
    inner = keyed(keys.get("alertcode"))
    kind = (said(inner, "alerttypedescription") or said(keys, "alerttypedescription"),
            said(inner, "alerttypecode") or said(keys, "alerttype"))  # fmt: skip
    code = (said(inner, "description") or said(keys, "alertcodedescription"),
            said(inner, "code") or ("" if inner else said(keys, "alertcode")))  # fmt: skip
    return ": ".join(filter(None, (_coded(*kind), _coded(*code))))


def _coded(words: str, code: str) -> str:
    return f"{words} [{code}]" if words and code and words != code else words or code


def _name(keys: Keys, names: tuple[tuple[str, ...], ...]) -> str:
    return next((text for parts in names if (text := _joined(keys, parts))), "")


def _joined(keys: Keys, parts: tuple[str, ...]) -> str:
    return " ".join(filter(None, (said(keys, part) for part in parts)))


def _when(keys: Keys, names: tuple[str, ...]) -> When:
    return moment(next((keys[name] for name in names if text_of(keys.get(name))), None))
