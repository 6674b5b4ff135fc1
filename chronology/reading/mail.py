"""E-mails as saved from a mail program: headings, words and what is attached.

Both ways of saving give one shape: ``{"messages": [...]}``, each with ``headings``, ``body``,
``attachments``, ``within`` (the message it is attached to, 0 for none), ``unsent`` and ``notes``.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.encoding import decode
from chronology.reading.gate import Intake
from chronology.reading.grid import Document
from chronology.reading.hypertext import words_of_html

#: Headings that are kept, in the order they are shown.
HEADINGS: Final = (
    *("Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Importance"),
    *("Message-ID", "In-Reply-To", "Received"),
)
#: Messages within one file, and parts of all of them.
MAX_MESSAGES: Final = 200
MAX_PARTS: Final = 5_000
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODED_WORD: Final = "=?"
_FOLD: Final = re.compile(r"\r?\n[ \t]*")


@dataclass(slots=True)
class Mail:
    """One message."""

    number: int
    within: int = 0
    headings: dict[str, str] = field(default_factory=dict)
    body: str = ""
    attachments: list[dict[str, str]] = field(default_factory=list)
    unsent: bool = False
    notes: list[str] = field(default_factory=list)

    def attach(self, name: str, kind: str, size: int, place: str = "attached") -> None:
        """Notes a file that comes with it; ``place`` is "attached" or "in the text"."""
        told = {"name": name, "type": kind, "size": str(size), "place": place}
        self.attachments.append(told)


def read_mail(intake: Intake) -> Document:
    """The messages of one file, those that are attached to another one after it.

    Raises UnreadableFileError where no heading and no word can be read.
    """
    if intake.data.startswith(_OLE2):
        from chronology.reading.outlook import outlook_mails

        mails = outlook_mails(intake.data)
    else:
        mails = _Reading().read(intake.data)
    if not any(one.body.strip() or _tells(one.headings) for one in mails):
        raise gate.damaged("This e-mail", "the mail program")
    notes = tuple(dict.fromkeys(note for one in mails for note in one.notes))
    data = {"messages": [asdict(one) for one in mails]}
    return Document(intake.name, "eml", intake.sha256, (), notes, data=data)


def heading_text(raw: str) -> str:
    """A heading as a person reads it: encoded words and odd bytes as letters, on one line."""
    text = _FOLD.sub(" ", raw)
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = decode(text.encode("utf-8", "surrogateescape"))[0]
    if _ENCODED_WORD not in text:
        return text.strip()
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text.strip()
    return "".join(
        _letters(part, charset or "") if isinstance(part, bytes) else part
        for part, charset in parts
    ).strip()


def _tells(headings: dict[str, str]) -> bool:
    return any(headings.get(name) for name in ("Date", "From", "Subject"))


@dataclass(slots=True)
class _Reading:
    """The messages met so far, and how many parts they have."""

    mails: list[Mail] = field(default_factory=list)
    parts: int = 0

    def read(self, data: bytes) -> list[Mail]:
        """Every message of a file."""
        try:
            self._message(message_from_bytes(data), 0)
        except RecursionError as fault:
            raise UnreadableFileError(
                "This e-mail holds parts within parts deeper than any mail program writes. Ask the"
                " sender for a fresh copy."
            ) from fault
        return self.mails

    def _message(self, message: Message, within: int) -> None:
        gate.refuse_over(
            len(self.mails) + 1, MAX_MESSAGES, "The e-mail holds more than 200 others."
        )
        mail = Mail(len(self.mails) + 1, within, _headings(message))
        mail.unsent = str(message.get("X-Unsent", "")).strip() == "1"
        self.mails.append(mail)
        said: list[str] = []
        self._part(message, mail, said)
        mail.body = "\n\n".join(said)

    def _part(self, part: Message, mail: Mail, said: list[str]) -> None:
        self.parts += 1
        gate.refuse_over(self.parts, MAX_PARTS, "The e-mail has more than 5,000 parts.")
        kind = part.get_content_type()
        payload = part.get_payload()
        inner = [one for one in payload if isinstance(one, Message)] if part.is_multipart() else []
        if kind == "message/rfc822" and inner:
            for message in inner:
                self._message(message, mail.number)
        elif kind == "multipart/alternative" and inner:
            self._alternative(inner, mail, said)
        elif inner:
            for one in inner:
                self._part(one, mail, said)
        elif kind in ("text/plain", "text/html") and not _is_file(part):
            text = _text(part, mail)
            if text.strip():
                said.append(text)
        else:
            place = (
                "in the text" if part.get("Content-ID") and not _is_attached(part) else "attached"
            )
            mail.attach(_file_name(part), kind, _size(part), place)

    def _alternative(self, parts: list[Message], mail: Mail, said: list[str]) -> None:
        """The same words written in several ways: the plain one, unless it is blank."""
        told: list[tuple[Message, list[str]]] = []
        for part in parts:
            words: list[str] = []
            self._part(part, mail, words)
            told.append((part, words))
        worded = [(part, words) for part, words in told if words]
        plain = [words for part, words in worded if part.get_content_type() == "text/plain"]
        chosen = plain[0] if plain else (worded[-1][1] if worded else [])
        said += chosen


def _headings(message: Message) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = {name.casefold(): name for name in HEADINGS}
    for name, raw in message.raw_items():
        key = wanted.get(name.casefold())
        if key and key not in found:
            found[key] = heading_text(str(raw))
    return {name: found[name] for name in HEADINGS if name in found}


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _is_file(part: Message) -> bool:
    return _is_attached(part) or bool(_file_name(part))


def _file_name(part: Message) -> str:
    try:
        return heading_text(part.get_filename() or "")
    except (ValueError, TypeError, LookupError):
        return ""


def _size(part: Message) -> int:
    """About how many bytes it holds."""
    payload = part.get_payload()
    length = len(payload) if isinstance(payload, str) else 0
    packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    return length * 3 // 4 if packed else length


def _text(part: Message, mail: Mail) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, LookupError):
        charset = ""
    text = _letters(data, charset, mail.notes).replace("\r\n", "\n").replace("\r", "\n")
    return words_of_html(text) if part.get_content_type() == "text/html" else text.strip("\n")


def _letters(data: bytes, charset: str, notes: list[str] | None = None) -> str:
    """Bytes as letters: as they say they are written, else as they look."""
    if charset.lower() not in ("", "us-ascii", "ascii", "unknown-8bit"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            if notes is not None:
                notes.append(
                    f"The e-mail says its letters are written in '{charset[:40]}', which does not"
                    " fit them. Check names with accents and pound signs."
                )
    text, told = decode(data) if data.strip(b"\x00") else ("", ())
    if notes is not None:
        notes += told
    return text
