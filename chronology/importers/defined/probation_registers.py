"""Registrations of the probation service (Delius): risk and public protection registers."""

from __future__ import annotations

from collections.abc import Iterator

from chronology.importers.defined.base import (
    NO_DATE,
    UNDER,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.objects import Keys, Place, cells_of, keyed, moment, said, text_of
from chronology.importers.defined.sheets import is_no_real_date

_OWN = frozenset({"registrationid", "register"})
#: Told in the record's own account: (label, key).
_DETAILS = (
    *(("Register", "register"), ("Type", "type"), ("Level", "registerlevel")),
    *(("Category", "registercategory"), ("Risk", "riskcolour"), ("Notes", "notes")),
)
#: Told beside it.
_BESIDE = (
    *(("Team", "registeringteam"), ("Area", "registeringprobationarea")),
    *(("Due: Next review", "nextreviewdate"), ("Review every (months)", "reviewperiodmonths")),
    ("Active", "active"),
)
#: The day, what happened on it, who did it.
_DATES = (
    ("startdate", "Put on a probation register", "registeringofficer"),
    ("enddate", "Taken off a probation register", "deregisteringofficer"),
)


def is_registration(keys: Keys) -> bool:
    """Whether an object is an entry in a register, by keys no other record has together."""
    return keys.keys() >= _OWN and "type" in keys


def tell_registration(found: Found, place: Place, telling: Telling) -> None:
    """The day of registration and, where it ended, that; ``telling`` says whom it is about."""
    keys, raw = place.keys, cells_of(place.data)
    number = said(keys, "registrationid")
    told = [date for date in _DATES if text_of(keys.get(date[0]))]
    source = found.source(place.path, place.item, unit="item")
    if not told:
        found.leave(source, NO_DATE, tuple((key, text) for key, text in raw if text))
    for part, (name, title, officer) in enumerate(told):
        when = moment(keys[name])
        source = found.source(place.path, place.item, part, unit="item")
        if not when.is_known or is_no_real_date(when):
            why = why_no_place(when)
            found.leave(source, f"{title}: {why}", tuple((k, text) for k, text in raw if text))
            continue
        ended = name == "enddate"
        details = [(label, said(keys, key)) for label, key in _DETAILS]
        said_here: Telling = {
            **telling,
            "event_type_written": f"{title}: {said(keys, 'type')}",
            "event_type": "PRACTICE.INFORMATION",
            "reference": number + (f"{UNDER}ended" if number and ended else ""),
            "professional": _officer(keys.get(officer)),
            "other": tuple(_beside(keys)),
            "raw": raw,
        }
        found.tell(source, when, in_lines(title, details[: 2 if ended else None]), **said_here)


def _beside(keys: Keys) -> Iterator[tuple[str, str]]:
    for label, name in _BESIDE:
        if text := said(keys, name):
            yield label, text


def _officer(value: object) -> str:
    keys = keyed(value)
    return " ".join(filter(None, (said(keys, "forenames"), said(keys, "surname"))))
