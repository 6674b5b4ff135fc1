"""E-mails as saved from a mail program (.eml): headings, words and what is attached."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from chronology.reading.gate import Intake
from chronology.reading.grid import Document

#: Headings that are kept, in the order they are shown.
HEADINGS: Final = ("Date", "From", "To", "Cc", "Subject", "Message-ID")


def read_mail(intake: Intake) -> Document:
    """The headings, the text and the names of the attachments of one e-mail."""
    message = BytesParser(policy=policy.default).parsebytes(intake.data)
    data = {
        "headings": {name: str(message.get(name, "")) for name in HEADINGS},
        "body": _body(message),
        "attachments": [part.get_filename() or "" for part in message.iter_attachments()],
    }
    return Document(intake.name, "eml", intake.sha256, (), data=data)


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    return str(part.get_content()) if part is not None else ""
