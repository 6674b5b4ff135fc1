"""The parts of a message: its words, what is attached to it, and messages within it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO
from quopri import decodestring
from typing import Final

from chronology.reading import gate
from chronology.reading.mail_invites import planned_in
from chronology.reading.mail_message import HEADINGS, MAX_MESSAGES, Mail
from chronology.reading.mail_words import heading_text, lines_not_in, text_of, words_in

#: Parts of one message and of all within it.
MAX_PARTS: Final = 5_000
#: How deep messages within messages are opened.
DEEPEST: Final = 20
#: Words set apart of one message.
MAX_APART: Final = 2_000
#: The plain version is shown unless it has fewer words than this share of another one.
_THIN: Final = 0.5

_MESSAGES: Final = frozenset(("message/rfc822", "message/global", "message/news"))
#: Texts that are files even where they bear no name.
_TEXT_FILES: Final = frozenset(
    ("text/csv", "text/tab-separated-values", "text/rtf", "text/xml", "text/vcard", "text/x-vcard")
)
_CALENDAR: Final = "text/calendar"
_HEADERS_ONLY: Final = "text/rfc822-headers"
_SEALED: Final = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_PGP: Final = ("-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]+")
#: In text that is quoted-printable every "=" begins a letter's number or ends the line.
_BARE_EQUALS: Final = re.compile(r"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_SEVERAL: Final = ("To", "Cc", "Bcc", "Resent-To", "Resent-Cc")
_ONCE: Final = frozenset(HEADINGS) - {"Received", *_SEVERAL}


@dataclass(slots=True)
class Reading:
    """The messages met so far, and how many parts the one that is being read has."""

    mails: list[Mail] = field(default_factory=list)
    parts: int = 0
    first: int = 0

    def read(self, data: bytes) -> None:
        """A whole message and those within it; raises RecursionError for parts without end."""
        self.parts, self.first = 0, len(self.mails)
        self._message(message_from_bytes(data), 0, 0)

    def _message(self, message: Message, within: int, depth: int) -> None:
        count = len(self.mails) - self.first
        gate.refuse_over(count, MAX_MESSAGES, "The e-mail holds more than 200 others.")
        mail = Mail(len(self.mails) + 1, within)
        mail.headings, mail.again = _headings(message)
        mail.unsent = str(message.get("X-Unsent", "")).strip() == "1"
        self.mails.append(mail)
        said: list[str] = []
        self._part(message, mail, said, depth, is_whole=True)
        mail.body = "\n\n".join(said)
        inline = mail.body.strip()
        mail.locked |= inline.startswith(_PGP[0]) and inline.endswith(_PGP[1])
        del mail.apart[MAX_APART:]

    def _part(
        self, part: Message, mail: Mail, said: list[str], depth: int, *, is_whole: bool = False
    ) -> None:
        """One part; ``is_whole`` where a name does not make it a file, as its text is all."""
        self.parts += 1
        gate.refuse_over(self.parts, MAX_PARTS, "The e-mail has more than 5,000 parts.")
        kind = part.get_content_type()
        inner = _inner(part)
        _around(part, mail)
        if kind in _MESSAGES and inner and _opens(part, inner, depth):
            for message in inner:
                self._message(_unpacked(part, message), mail.number, depth + 1)
        elif kind == "multipart/alternative" and inner:
            self._alternative(inner, mail, said, depth)
        elif kind == "multipart/encrypted" or (kind in _SEALED and is_whole):
            mail.locked = True
            self._files(part, inner, mail)
        elif kind.startswith("message/") and inner and kind not in _MESSAGES:
            said += filter(None, ("\n\n".join(map(_fields, inner)),))
        elif inner and kind not in _MESSAGES:
            for one in inner:
                self._part(one, mail, said, depth)
        elif kind == _CALENDAR:
            self._invitation(part, mail)
        elif kind == _HEADERS_ONLY:
            mail.apart.append(text_of(part, mail.notes))
        elif _is_words(part, kind, is_whole=is_whole):
            if (text := text_of(part, mail.notes)).strip():
                said.append(text)
        else:
            _attach(part, kind, mail)

    def _files(self, part: Message, inner: Sequence[Message], mail: Mail) -> None:
        for one in inner or (part,):
            self.parts += 1
            _attach(one, one.get_content_type(), mail)

    def _invitation(self, part: Message, mail: Mail) -> None:
        text = text_of(part, mail.notes)
        mail.planned += planned_in(text)
        mail.apart.append(text)
        if _is_file(part):
            _attach(part, _CALENDAR, mail, "read")

    def _alternative(
        self, parts: Sequence[Message], mail: Mail, said: list[str], depth: int
    ) -> None:
        """The same words written in several ways: the plain one, unless it holds far fewer.

        What only another one says is set apart.
        """
        told: list[tuple[Message, list[str]]] = []
        for part in parts:
            words: list[str] = []
            self._part(part, mail, words, depth, is_whole=True)
            told.append((part, words))
        worded = [(part, words) for part, words in told if words]
        if not worded:
            return
        counts = [words_in(" ".join(words)) for _, words in worded]
        plain = [i for i, (p, _) in enumerate(worded) if p.get_content_type() == "text/plain"]
        most = max(counts)
        chosen = next((i for i in plain if counts[i] >= _THIN * most), None)
        if chosen is None:
            chosen = len(worded) - 1 if counts[-1] >= _THIN * most else counts.index(most)
        said += worded[chosen][1]
        held = list(worded[chosen][1])
        for i, (_, words) in enumerate(worded):
            if i != chosen and (others := lines_not_in("\n".join(words), held)):
                mail.apart += others
                held += others


def _headings(message: Message) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The headings that are kept, and those that stand again and say another thing."""
    found: dict[str, list[str]] = {}
    wanted = {name.casefold(): name for name in HEADINGS}
    for name, raw in message.raw_items():
        key = wanted.get(name.strip().casefold())
        if key and (text := heading_text(str(raw))) and text not in found.setdefault(key, []):
            found[key].append(text)
    told = {
        name: ", ".join(found[name]) if name in _SEVERAL else found[name][0]
        for name in HEADINGS
        if found.get(name)
    }
    again = [(name, text) for name in HEADINGS if name in _ONCE for text in found.get(name, ())[1:]]
    return told, again


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if part.is_multipart() else []


def _around(part: Message, mail: Mail) -> None:
    """The words before the first and after the last part, which no mail program shows."""
    for words in (part.preamble, part.epilogue):
        if isinstance(words, str) and words.strip():
            mail.apart.append(heading_free(words))


def heading_free(text: str) -> str:
    """Words between parts as lines, odd bytes as letters."""
    lines = (heading_text(line) for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()


def _opens(part: Message, inner: Sequence[Message], depth: int) -> bool:
    """Whether a message within is read as one: not too deep, and not blank."""
    has_any = any(one.keys() or one.get_payload() for one in inner)
    return depth < DEEPEST and has_any


def _unpacked(part: Message, message: Message) -> Message:
    """A message that was packed as if it were a file, against the standard."""
    packing = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if packing not in ("base64", "quoted-printable"):
        return message
    text = _as_written(message)
    if packing == "base64":
        is_packed = not message.keys() and _BASE64.fullmatch(text.decode("latin-1"))
        data = _from_base64(text) if is_packed else b""
    else:
        is_packed = b"=" in text and not _BARE_EQUALS.search(text.decode("latin-1"))
        data = decodestring(text) if is_packed else b""
    return message_from_bytes(data.lstrip(b"\r\n")) if data.strip() else message


def _as_written(message: Message) -> bytes:
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(message)
    return out.getvalue().lstrip(b"\r\n")


def _from_base64(text: bytes) -> bytes:
    try:
        return b64decode(b"".join(text.split()).rstrip(b"=") + b"==")
    except (binascii.Error, ValueError):
        return b""


def _fields(message: Message) -> str:
    """The lines of a report ("Action: failed") and what stands below them."""
    lines = [f"{name}: {heading_text(str(raw))}" for name, raw in message.raw_items()]
    payload = message.get_payload()
    said = text_of(message, []) if isinstance(payload, str) else ""
    return "\n".join(filter(None, (*lines, said, *map(_fields, _inner(message)))))


def _is_words(part: Message, kind: str, *, is_whole: bool) -> bool:
    """Whether a part is read as words of the message."""
    if kind.startswith("multipart/"):
        # Its parts cannot be told apart: the boundary is missing.
        return True
    if not kind.startswith("text/") or kind in _TEXT_FILES or _is_attached(part):
        return False
    return is_whole or _is_inline(part) or not _file_name(part)


def _attach(part: Message, kind: str, mail: Mail, place: str = "") -> None:
    if not place:
        is_shown = part.get("Content-ID") and not _is_attached(part)
        place = "in the text" if is_shown else "attached"
    mail.attach(_file_name(part), kind, _size(part), place)


def _disposition(part: Message) -> str:
    return str(part.get("Content-Disposition", "")).strip().lower()


def _is_attached(part: Message) -> bool:
    return _disposition(part).startswith("attachment")


def _is_inline(part: Message) -> bool:
    return _disposition(part).startswith("inline")


def _is_file(part: Message) -> bool:
    return _is_attached(part) or bool(_file_name(part))


def _file_name(part: Message) -> str:
    try:
        name = heading_text(part.get_filename() or "")
    except (ValueError, TypeError, LookupError):
        name = ""
    return name or next(_subjects(part), "")


def _subjects(part: Message) -> Iterator[str]:
    """What a message within that is not opened is called by."""
    for one in _inner(part):
        if subject := heading_text(str(one.get("Subject", ""))):
            yield subject


def _size(part: Message) -> int:
    """About how many bytes it holds."""
    payload = part.get_payload()
    if part.is_multipart():
        return len(_as_written(part))
    length = len(payload) if isinstance(payload, str) else 0
    packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    return length * 3 // 4 if packed else length
