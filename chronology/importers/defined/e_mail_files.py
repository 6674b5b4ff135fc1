"""What is attached to an e-mail: left out by name, each kind with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

from chronology.account import Source
from chronology.importers.defined.base import Found
from chronology.reading import READABLE

_ATTACHED: Final = (
    "It is attached to the e-mail and was not read with it. If it holds records, save it and add it"
    " by itself."
)
_EXPORT: Final = (
    "It is attached to the e-mail and was not read with it. It is of a kind that can hold records:"
    " save it and add it by itself."
)
_PICTURE: Final = (
    "It is a picture within the text of the e-mail, such as a logo, and was not read. If it tells"
    " of anything, enter it by hand."
)
_PACKED: Final = (
    "It is Outlook's own packing (winmail.dat) and may hold the text and other attachments. Open"
    " the e-mail in Outlook, save what it holds, and add that by itself."
)
_SIGNATURE: Final = "It is the digital signature of the e-mail and holds no words."
_INVITATION: Final = "It is the invitation that is told beside the e-mail."
_TOO_DEEP: Final = (
    "It is a blank e-mail, or one attached within more than 20 others, and was not opened. Save it"
    " and add it by itself."
)
#: Kinds of file that say what they are -> what is said of them.
_KINDS: Final = {
    **dict.fromkeys(("application/ms-tnef", "application/vnd.ms-tnef"), _PACKED),
    **dict.fromkeys(
        (
            *("application/pkcs7-signature", "application/x-pkcs7-signature"),
            *("application/pgp-signature", "application/pgp-keys"),
        ),
        _SIGNATURE,
    ),
    **dict.fromkeys(("message/rfc822", "message/global", "message/news"), _TOO_DEEP),
    "text/csv": _EXPORT,
    "application/pdf": _EXPORT,
}
_NAMES: Final = {"winmail.dat": _PACKED, "smime.p7s": _SIGNATURE, "signature.asc": _SIGNATURE}


def leave_attachments(found: Found, message: Mapping[str, Any], source: Source) -> None:
    """Leaves out each file that came with a message, with its name, kind and size."""
    for part, one in enumerate(message["attachments"], start=1):
        cells = (
            ("Attachment", one["name"] or "(no name)"),
            ("Kind", one["type"]),
            ("Size", f"{int(one['size']):,} bytes"),
        )
        found.leave(replace(source, part=part), _why(one), cells)


def _why(one: Mapping[str, str]) -> str:
    name, kind = one["name"].strip().casefold(), one["type"].casefold()
    if one["place"] == "read":
        return _INVITATION
    if one["place"] == "in the text" and kind.startswith("image/"):
        return _PICTURE
    told = _NAMES.get(name) or _KINDS.get(kind)
    if told:
        return told
    return _EXPORT if PurePosixPath(name).suffix in READABLE else _ATTACHED
