"""E-mails as saved from a mail program: headings, words and what is attached.

All ways of saving give one shape: ``{"messages": [...]}``, each a :class:`Mail` as a dict; its
``within`` is the number of the message it is attached to, 0 for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.gate import Intake
from chronology.reading.grid import Document
from chronology.reading.mail_message import HEADINGS, MAX_MESSAGES, Mail
from chronology.reading.mail_parts import Reading
from chronology.reading.mail_words import heading_text

__all__ = ["HEADINGS", "MAX_MESSAGES", "Mail", "heading_text", "read_mail"]

#: Messages of one mailbox.
MAX_MAILBOX: Final = 20_000
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What stands before each message of a mailbox: "From kim@x.invalid Mon Mar 11 08:00:00 2024".
_FROM: Final = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,300}\d{4}[^\r\n]{0,40}\r?\n(?=[\w-]{1,80}:)"
)
_START: Final = re.compile(rb"(?:\xef\xbb\xbf|[\r\n])*")
_LOCKED: Final = (
    "The words of this e-mail are encrypted, or packed into its signature (smime.p7m). Open it in"
    " the mail program of whom it was sent to, and save what it says as a Word document or a PDF."
)
_TOO_DEEP: Final = (
    "This e-mail holds parts within parts deeper than any mail program writes. Ask the sender for"
    " a fresh copy."
)


def read_mail(intake: Intake) -> Document:
    """The messages of one file, those that are attached to another one after it.

    Raises UnreadableFileError where no heading and no word can be read, or all is encrypted.
    """
    if intake.data.startswith(_OLE2):
        from chronology.reading.outlook import outlook_mails

        mails = outlook_mails(intake.data)
    else:
        mails = _read(intake.data)
    if not any(one.body.strip() or _tells(one.headings) for one in mails):
        raise gate.damaged("This e-mail", "the mail program")
    if all(one.locked for one in mails):
        raise UnreadableFileError(_LOCKED)
    notes = tuple(dict.fromkeys(note for one in mails for note in one.notes))
    data = {"messages": [asdict(one) for one in mails]}
    return Document(intake.name, "eml", intake.sha256, (), notes, data=data)


def _read(data: bytes) -> list[Mail]:
    reading = Reading()
    for number, (line, message) in enumerate(_messages(data), start=1):
        gate.refuse_over(number, MAX_MAILBOX, "The mailbox holds more than 20,000 e-mails.")
        first = len(reading.mails)
        try:
            reading.read(message)
        except RecursionError as fault:
            raise UnreadableFileError(_TOO_DEEP) from fault
        if line:
            reading.mails[first].apart.insert(0, line)
    return reading.mails


def _messages(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each message of a mailbox with the line before it; of another file the one it holds."""
    data = data[_START.match(data).end() :]  # type: ignore[union-attr]
    if not data.startswith(b"From "):
        yield "", data
        return
    starts = [one.span() for one in _FROM.finditer(data)]
    if not starts or starts[0][0]:
        starts.insert(0, (0, data.find(b"\n") + 1 or len(data)))
    ends = [*(start for start, _ in starts[1:]), len(data)]
    for (start, after), end in zip(starts, ends, strict=True):
        yield data[start:after].decode("latin-1").strip(), data[after:end]


def _tells(headings: dict[str, str]) -> bool:
    return any(headings.get(name) for name in ("Date", "From", "Subject"))
