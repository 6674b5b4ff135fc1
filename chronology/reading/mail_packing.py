"""Parts of e-mails that were packed or set off against the standard."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO
from quopri import decodestring
from typing import Final

_BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]+")
#: In text that is quoted-printable every "=" begins a letter's number or ends the line.
_BARE_EQUALS: Final = re.compile(r"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
#: A line that parts are set off by, right above the first heading of a part.
_BOUNDARY: Final = re.compile(r"^--([^\s\"\\]{1,70})[ \t]*\r?\n(?=Content-[A-Za-z-]+:)", re.M)


def mended(text: object, kind: str) -> Message | None:
    """The parts in a text whose boundary was named wrongly or not at all; None without any."""
    found = _BOUNDARY.search(text) if isinstance(text, str) else None
    if found is None or not isinstance(text, str):
        return None
    before, rest = text[: found.start()], text[found.start() :]
    head = f'Content-Type: {kind}; boundary="{found[1]}"\n\n'
    whole = message_from_bytes((head + rest).encode("utf-8", "surrogateescape"))
    whole.preamble = before if before.strip() and not _BOUNDARY.search(before) else None
    return whole if whole.is_multipart() else None


def unpacked(part: Message, message: Message) -> Message:
    """A message that was packed as if it were a file, against the standard."""
    packing = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if packing not in ("base64", "quoted-printable"):
        return message
    text = as_written(message)
    if packing == "base64":
        is_packed = not message.keys() and bool(_BASE64.fullmatch(text.decode("latin-1")))
        data = _from_base64(text) if is_packed else b""
    else:
        is_packed = b"=" in text and not _BARE_EQUALS.search(text.decode("latin-1"))
        data = decodestring(text) if is_packed else b""
    return message_from_bytes(data.lstrip(b"\r\n")) if data.strip() else message


def as_written(message: Message) -> bytes:
    """A message or part as bytes, its headings included."""
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(message)
    return out.getvalue().lstrip(b"\r\n")


def _from_base64(text: bytes) -> bytes:
    try:
        return b64decode(b"".join(text.split()).rstrip(b"=") + b"==")
    except (binascii.Error, ValueError):
        return b""
