"""Which notes on a file say that it may be damaged, so that they are told while it is read."""

from __future__ import annotations

#: Words of such notes; the sentences stand where the damage is found.
_SIGNS = (
    "a sign of damage",
    "is damaged in places",
    "is damaged: its tags do not fit together",
    "mixes two ways of writing letters",
    "letters were spoilt before the file reached us",
    "Quotation marks do not add up",
    "Long numbers have lost digits",
)


def tells_of_damage(note: str) -> bool:
    """Whether a note says that something in the file was lost or spoilt."""
    return any(sign in note for sign in _SIGNS)
