"""One e-mail as it was read, however it was saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

#: Headings that are kept, in the order they are shown.
HEADINGS: Final = (
    *("Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Importance"),
    *("Resent-Date", "Resent-From", "Resent-To", "Resent-Cc", "Comments", "Keywords"),
    *("Message-ID", "In-Reply-To", "Received"),
)
#: Messages attached to one message, and within them, together.
MAX_MESSAGES: Final = 200


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
    #: A heading that stands more than once and says another thing each time.
    again: list[tuple[str, str]] = field(default_factory=list)
    #: What it invites to, as labels and words.
    planned: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    #: Words that are no part of what it says: between its parts, or only in its other version.
    apart: list[str] = field(default_factory=list)
    #: Whether its words are encrypted.
    locked: bool = False

    def attach(self, name: str, kind: str, size: int, place: str = "attached") -> None:
        """Notes a file that comes with it; ``place`` is "attached" or "in the text"."""
        told = {"name": name, "type": kind, "size": str(size), "place": place}
        self.attachments.append(told)
