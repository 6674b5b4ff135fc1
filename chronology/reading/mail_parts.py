"""The parts of a message: its words, what is attached to it, and messages within it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Final

from chronology.reading import gate
from chronology.reading.encoding import decode
from chronology.reading.mail_invites import planned_in
from chronology.reading.mail_message import HEADINGS, MAX_MESSAGES, Mail
from chronology.reading.mail_packing import as_written, mended, unpacked
from chronology.reading.mail_words import heading_text, lines_not_in, text_of, words_in

#: Parts of one message and of all within it.
MAX_PARTS: Final = 5_000
#: How deep messages within messages are opened.
DEEPEST: Final = 20
#: Texts of one message that are cut into parts because their boundary was lost.
MAX_MENDS: Final = 5
#: Lines of one message that are set apart each by itself; the others stand together.
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
_SEVERAL: Final = ("To", "Cc", "Bcc", "Resent-To", "Resent-Cc")
_ONCE: Final = frozenset(HEADINGS) - {"Received", *_SEVERAL}


@dataclass(slots=True)
class Reading:
    """The messages met so far, and how many parts the one that is being read has."""

    mails: list[Mail] = field(default_factory=list)
    parts: int = 0
    first: int = 0
    mends: int = 0

    def read(self, data: bytes) -> None:
        """A whole message and those within it; raises RecursionError for parts without end."""
        self.parts, self.mends, self.first = 0, 0, len(self.mails)
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
        mail.apart[MAX_APART:] = filter(None, ("\n".join(mail.apart[MAX_APART:]),))

    def _part(
        self, part: Message, mail: Mail, said: list[str], depth: int, *, is_whole: bool = False
    ) -> None:
        """One part; ``is_whole`` where a name does not make it a file, as its text is all."""
        self.parts += 1
        gate.refuse_over(self.parts, MAX_PARTS, "The e-mail has more than 5,000 parts.")
        kind = part.get_content_type()
        inner = _inner(part)
        self._around(part, mail, said, depth)
        if kind in _MESSAGES:
            self._attached(part, inner, mail, depth)
        elif kind == "multipart/encrypted" or (kind in _SEALED and is_whole):
            mail.locked = True
            self._files(part, inner, mail)
        elif kind == "multipart/alternative" and inner:
            self._alternative(inner, mail, said, depth)
        elif kind.startswith("message/") and inner:
            said += filter(None, ("\n\n".join((*_elsewhere(part), *map(_fields, inner))),))
        elif inner:
            for one in inner:
                self._part(one, mail, said, depth)
        else:
            self._leaf(part, mail, said, depth, is_whole=is_whole)

    def _attached(self, part: Message, inner: Sequence[Message], mail: Mail, depth: int) -> None:
        """Messages within one: read where they are neither blank nor too deep."""
        if depth < DEEPEST and any(one.keys() or one.get_payload() for one in inner):
            for message in inner:
                self._message(unpacked(part, message), mail.number, depth + 1)
        else:
            _attach(part, part.get_content_type(), mail)

    def _leaf(
        self, part: Message, mail: Mail, said: list[str], depth: int, *, is_whole: bool
    ) -> None:
        """A part that holds no others."""
        kind = part.get_content_type()
        whole = self._mended(part.get_payload(), kind) if kind.startswith("multipart/") else None
        if whole is not None:
            self._part(whole, mail, said, depth)
        elif kind == _CALENDAR:
            self._invitation(part, mail)
        elif kind == _HEADERS_ONLY:
            mail.apart.append(text_of(part, mail.notes))
        elif not _is_words(part, kind, is_whole=is_whole):
            _attach(part, kind, mail)
        elif (text := text_of(part, mail.notes)).strip():
            said.append(text)

    def _around(self, part: Message, mail: Mail, said: list[str], depth: int) -> None:
        """What stands before the first and after the last part; words that no program shows."""
        for text in (part.preamble, part.epilogue):
            whole = self._mended(text, "multipart/mixed")
            if whole is not None:
                self._part(whole, mail, said, depth)
            elif isinstance(text, str) and text.strip():
                mail.apart.append(_tidy(text))

    def _mended(self, text: object, kind: str) -> Message | None:
        """The parts of a text whose boundary was lost, so many times for one message."""
        whole = mended(text, kind) if self.mends < MAX_MENDS else None
        self.mends += whole is not None
        return whole

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
    again = [
        (str(name), text) for name in HEADINGS if name in _ONCE for text in found.get(name, ())[1:]
    ]
    return told, again


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if part.is_multipart() else []


def _tidy(text: str) -> str:
    """Words between parts as lines, odd bytes as letters."""
    lines = (heading_text(line) for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()


def _elsewhere(part: Message) -> Iterator[str]:
    """Where the words of a part are kept that is only pointed to."""
    if part.get_content_type() == "message/external-body":
        yield f"Content-Type: {heading_text(str(part.get('Content-Type', '')))}"


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
        name = heading_text(_in_letters(part).get_filename() or "")
    except (ValueError, TypeError, LookupError):
        name = ""
    return name or next(_subjects(part), "")


def _in_letters(part: Message) -> Message:
    """The headings that name a file, bare bytes in them as letters."""
    told = Message()
    for name, raw in part.raw_items():
        if name.lower() in ("content-type", "content-disposition") and name not in told:
            told[name] = decode(str(raw).encode("utf-8", "surrogateescape"))[0]
    return told


def _subjects(part: Message) -> Iterator[str]:
    """What a message within that is not opened is called by."""
    for one in _inner(part):
        if subject := heading_text(str(one.get("Subject", ""))):
            yield subject


def _size(part: Message) -> int:
    """About how many bytes it holds."""
    payload = part.get_payload()
    if part.is_multipart():
        return len(as_written(part))
    length = len(payload) if isinstance(payload, str) else 0
    packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    return length * 3 // 4 if packed else length
