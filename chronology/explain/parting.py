"""Sentences about records that an answer takes out of an entry, or keeps out of it."""

from __future__ import annotations

from collections.abc import Mapping

from chronology.compare import spoken_day
from chronology.conflicts import teller
from chronology.ruled_together import Parted
from chronology.understand import Understanding

#: Accounts understood, by their ids.
ById = Mapping[str, Understanding]


def would_part(parted: Parted, of_id: ById) -> str:
    """What becomes of an entry where the two that are asked about are one."""
    left, stays = (_named(of_id[one]) for one in (parted.left, parted.stays))
    return f"If they are one, {left} can no longer stand in one entry with {stays}: {parted.why}"


def was_parted(parted: Parted, of_id: ById) -> str:
    """Why two that are asked about stand apart although they would be joined."""
    one, other = (_named(of_id[one]) for one in parted.between)
    return f"They stand apart because of {one} and {other}: {parted.why}"


def _named(u: Understanding) -> str:
    return f"the record of {teller(u.account)} of {spoken_day(u.account)}"
