"""E-mails as Outlook saves them (.msg): property streams in a compound file ([MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import HeaderParser
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.compound import Compound
from chronology.reading.encoding import decode
from chronology.reading.hypertext import words_of_html
from chronology.reading.mail import HEADINGS, MAX_MESSAGES, Mail, heading_text

#: Properties by number ([MS-OXPROPS]).
_CLASS: Final = 0x001A
_SUBJECT: Final = 0x0037
_SUBMITTED: Final = 0x0039
_DELIVERED: Final = 0x0E06
_TRANSPORT: Final = 0x007D
_SENDER: Final = ((0x0C1A, 0x5D01, 0x0C1F), (0x0042, 0x5D02, 0x0065))
_TO: Final = 0x0E04
_CC: Final = 0x0E03
_BCC: Final = 0x0E02
_FLAGS: Final = 0x0E07
_BODY: Final = 0x1000
_RTF: Final = 0x1009
_HTML: Final = 0x1013
_ID: Final = 0x1035
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)
_FILE_NAMES: Final = (0x3707, 0x3704, 0x3001)
_FILE: Final = 0x3701
_FILE_TYPE: Final = 0x370E
#: Kinds of value: a number, a moment, 8-bit text, Unicode text, bytes, another storage.
_NUMBER: Final = 0x0003
_MOMENT: Final = 0x0040
_EIGHT_BIT: Final = 0x001E
_UNICODE: Final = 0x001F
_BYTES: Final = 0x0102
_OBJECT: Final = 0x000D

_PROPERTIES: Final = "__properties_version1.0"
_STREAM: Final = "__substg1.0_"
_ATTACHED: Final = "__attach_version1.0_"
#: Bytes before the first property: of the file, of a message within it, of an attachment.
_HEAD: Final = 32
_HEAD_WITHIN: Final = 24
_HEAD_ATTACHED: Final = 8
_NOT_SENT: Final = 0x8
_MAIL_CLASSES: Final = (
    *("ipm.note", "report.", "ipm.schedule", "ipm.post", "ipm.recall", "ipm.outlook"),
)
#: How deep messages may be attached to each other.
_DEEPEST: Final = 20
#: The words every packed RTF may refer to ([MS-OXRTFCP] 2.1.3.1).
_RTF_WORDS: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def outlook_mails(data: bytes) -> list[Mail]:
    """The message of a file and those attached to it; raises UnreadableFileError for no e-mail."""
    mails: list[Mail] = []
    _read(Compound(data), mails, 0, _HEAD, 0)
    return mails


@dataclass(slots=True)
class _Item:
    """The properties of a message or an attachment."""

    storage: Compound
    values: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @staticmethod
    def of(storage: Compound, head: int) -> _Item:
        """The values that stand in the list of properties itself."""
        item = _Item(storage)
        raw = storage.stream(_PROPERTIES)
        for at in range(head, len(raw) - 15, 16):
            kind, number = struct.unpack_from("<HH", raw, at)
            item.values.setdefault((number, kind), raw[at + 8 : at + 16])
        return item

    def bytes(self, number: int, kind: int = _BYTES) -> bytes:
        """A value that stands in a stream of its own."""
        name = f"{_STREAM}{number:04X}{kind:04X}"
        return self.storage.stream(name) if name in self.storage.top_names else b""

    def text(self, number: int) -> str:
        """A value in words."""
        wide = self.bytes(number, _UNICODE)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self.bytes(number, _EIGHT_BIT).rstrip(b"\x00")
        return _letters(narrow, self._code_page()) if narrow else ""

    def number(self, number: int) -> int:
        """A whole number; 0 without one."""
        raw = self.values.get((number, _NUMBER), b"")
        return int(struct.unpack_from("<i", raw)[0]) if len(raw) >= 4 else 0

    def moment(self, number: int) -> str:
        """A date and time in UTC as ISO 8601 has it; "" without one."""
        raw = self.values.get((number, _MOMENT), b"")
        ticks = int(struct.unpack_from("<Q", raw)[0]) if len(raw) >= 8 else 0
        try:
            moment = datetime(1601, 1, 1) + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return f"{moment:%Y-%m-%dT%H:%M:%S}Z" if ticks else ""

    def _code_page(self) -> str:
        found = next((page for n in _CODE_PAGES if (page := self.number(n))), 0)
        return {65001: "utf-8", 20127: "cp1252", 28591: "cp1252"}.get(found, f"cp{found}")


def _read(storage: Compound, mails: list[Mail], within: int, head: int, depth: int) -> None:
    gate.refuse_over(len(mails) + 1, MAX_MESSAGES, "The e-mail holds more than 200 others.")
    item = _Item.of(storage, head)
    kind = item.text(_CLASS).casefold()
    if not within and kind and not kind.startswith(_MAIL_CLASSES):
        raise UnreadableFileError(
            "This Outlook file is no e-mail but a calendar entry, a contact or a task. Open it in"
            " Outlook and copy what it says into Excel or Word."
        )
    mail = Mail(len(mails) + 1, within, _headings(item))
    mails.append(mail)
    mail.body = _body(item, mail)
    mail.unsent = bool(item.number(_FLAGS) & _NOT_SENT)
    for name in storage.top_names:
        if name.startswith(_ATTACHED):
            _attached(storage.inside(name), mails, mail, depth)


def _headings(item: _Item) -> dict[str, str]:
    sent = HeaderParser().parsestr(item.text(_TRANSPORT).lstrip(), headersonly=True)
    found = {
        "Date": item.moment(_SUBMITTED) or item.moment(_DELIVERED),
        "From": next(filter(None, (_person(item, numbers) for numbers in _SENDER)), ""),
        "To": item.text(_TO),
        "Cc": item.text(_CC),
        "Bcc": item.text(_BCC),
        "Subject": item.text(_SUBJECT),
        "Message-ID": item.text(_ID),
    }
    for name in HEADINGS:
        if not found.get(name) and sent.get(name):
            found[name] = heading_text(str(sent[name]))
    if item.number(_FLAGS) & _NOT_SENT:
        found["Date"] = ""
    return {name: found[name] for name in HEADINGS if found.get(name)}


def _person(item: _Item, numbers: tuple[int, int, int]) -> str:
    name, mail, other = (item.text(number).strip() for number in numbers)
    address = mail or (other if "@" in other else "")
    if name and address and name.casefold() != address.casefold():
        return f"{name} <{address}>"
    return name or address


def _body(item: _Item, mail: Mail) -> str:
    plain = item.text(_BODY).replace("\r\n", "\n").replace("\r", "\n")
    if plain.strip():
        return plain.strip("\n")
    html = item.bytes(_HTML)
    written = _letters(html, "utf-8") if html else item.text(_HTML)
    if written.strip():
        return words_of_html(written)
    rich = unpacked_rtf(item.bytes(_RTF))
    if rich and not rich.startswith(b"{\\rtf"):
        mail.notes.append("The e-mail's text is damaged. Open it in Outlook and save it again.")
    return rich.decode("latin-1") if rich.startswith(b"{\\rtf") else ""


def _attached(storage: Compound, mails: list[Mail], mail: Mail, depth: int) -> None:
    item = _Item.of(storage, _HEAD_ATTACHED)
    inner = f"{_STREAM}{_FILE:04X}{_OBJECT:04X}"
    if inner in storage.top_names and depth < _DEEPEST:
        message = storage.inside(inner)
        if _PROPERTIES in message.top_names:
            _read(message, mails, mail.number, _HEAD_WITHIN, depth + 1)
            return
    name = next(filter(None, (item.text(number) for number in _FILE_NAMES)), "")
    kind = item.text(_FILE_TYPE) or "a file"
    mail.attach(name, kind, len(item.bytes(_FILE)))


def _letters(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return decode(data)[0]


def unpacked_rtf(data: bytes) -> bytes:
    """Rich text as Outlook packs it ([MS-OXRTFCP]); b"" where it is none."""
    if len(data) < 16:
        return b""
    _, _, method, _ = struct.unpack_from("<IIII", data)
    if method == 0x414C454D:
        return data[16:]
    if method != 0x75465A4C:
        return b""
    return b"".join(_unfolded(data[16:]))


def _unfolded(data: bytes) -> Iterator[bytes]:
    window = bytearray(_RTF_WORDS.ljust(4096, b"\x00"))
    write = len(_RTF_WORDS)
    at = 0
    while at < len(data):
        marks = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                return
            if not marks >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                pair = int.from_bytes(data[at : at + 2], "big")
                at += 2
                start, length = pair >> 4, (pair & 15) + 2
                if start == write:
                    return
                copied = bytearray()
                for step in range(length):
                    # A run may overlap what it writes itself.
                    letter = window[(start + step) % 4096]
                    copied.append(letter)
                    window[(write + step) % 4096] = letter
                write = (write + length) % 4096
                yield bytes(copied)
                continue
            window[write] = piece[0]
            write = (write + 1) % 4096
            yield piece
