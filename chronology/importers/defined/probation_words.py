"""What the probation service's records have in common: whom, who, what is private, why not."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from chronology.account import Mention
from chronology.importers.defined.base import Cells
from chronology.importers.defined.objects import (
    Keys,
    Place,
    is_yes,
    keyed,
    moment,
    person,
    said,
    squeezed,
    text_of,
)
from chronology.when import When

CRN = ("crn", "offendercrn")
NOMS = ("nomsnumber", "nomsid")
SENSITIVE_WORDS = (
    "The sender marked this contact as sensitive; its notes are kept, not repeated here."
)
_PRIVATE = re.compile(
    r"address|postcode|buildingname|buildingnumber|streetname|telephone|phone|email|town|county"
)


def first_moment(keys: Keys, names: tuple[str, ...]) -> When:
    """The date under the first of these keys that says anything."""
    return moment(next((keys[name] for name in names if text_of(keys.get(name))), None))


def about(place: Place) -> tuple[Mention, ...]:
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


def staff_name(value: object) -> str:
    """A member of staff by name."""
    keys = keyed(value)
    if not keys:
        return text_of(value)
    if is_yes(said(keys, "unallocated")):
        return ""
    parts = (said(keys, "forenames", "forename", "firstname"), said(keys, "surname", "lastname"))
    return " ".join(filter(None, parts)) or said(keys, "name", "code")


def withheld_of(raw: Cells, words: Collection[str]) -> tuple[str, ...]:
    """The headings of addresses, and of what stands in these words of the record itself."""
    return tuple(
        key
        for key, text in raw
        if text and (is_private(key) or squeezed(key) in words or squeezed(key) == "userdata")
    )


@lru_cache(maxsize=4096)
def is_private(key: str) -> bool:
    """Whether a path of keys leads to where somebody lives, how to reach them, or when born."""
    return bool(_PRIVATE.search(squeezed(key)))


def last_key(path: str) -> str:
    """The key at the end of a path of keys."""
    return path.rpartition(".")[2]


def repeatable(raw: Cells, withheld: tuple[str, ...]) -> Cells:
    """Cells for the list of what was left out."""
    return tuple((key, text) for key, text in raw if text and key not in withheld)
