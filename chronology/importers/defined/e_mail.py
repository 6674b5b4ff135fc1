"""E-mails: each is one event, dated when it was sent; nothing is read out of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chronology.account import Agency, Mention
from chronology.flags import Flag
from chronology.importers.defined.base import Cells, Format, Found
from chronology.importers.defined.e_mail_dates import sent
from chronology.importers.defined.e_mail_files import leave_attachments
from chronology.importers.defined.stripping import plain_words
from chronology.importers.people_cells import stated_subject
from chronology.reading.grid import Document
from chronology.when import When

KIND: Final = "eml"
SENT: Final = "E-mail sent"
#: Endings of addresses -> whose they are. Councils share gov.uk with many others.
DOMAINS: Final[tuple[tuple[str, Agency], ...]] = (
    ("nhs.uk", Agency.HEALTH),
    ("nhs.net", Agency.HEALTH),
    ("nhs.scot", Agency.HEALTH),
    ("hscni.net", Agency.HEALTH),
    ("police.uk", Agency.POLICE),
    ("sch.uk", Agency.EDUCATION),
)
#: What secure mail puts behind an address.
_SECURE: Final = (".cjsm.net",)
_PUBLIC: Final = ".gov.uk"
_NAMED: Final = re.compile(r"([^<>]*)<([^<>]*)>", re.DOTALL)
_LOCKED: Final = (
    "Its words are encrypted, or packed into its signature. Open it in the mail program of whom it"
    " was sent to, and enter what it says by hand."
)
_SAY: Final = "Say which with --agency."
_DRAFT: Final = Flag("record-draft", "The e-mail was saved before it was sent.")
#: Headings shown beside a message, under the words a reader knows.
_OTHERS: Final = (
    *(("Cc", "Copied to"), ("Bcc", "Blind copied to"), ("Reply-To", "Answer to")),
    *(("Sender", "Sent on behalf by"), ("In-Reply-To", "In answer to")),
    *(("Resent-Date", "Sent on at"), ("Resent-From", "Sent on by"), ("Resent-To", "Sent on to")),
    *(("Comments", "Comments"), ("Keywords", "Keywords")),
)
PLANNED: Final = "Invites to (planned, no event of its own)"
_RECIPIENTS: Final = (("To", "recipient"), ("Cc", "copied in"), ("Bcc", "copied in"))


class EMail(Format):
    """One message, and those attached to it."""

    name = "e_mail"
    title = "E-mail saved as a file (.eml, .msg)"
    agency = Agency.OTHER
    system = "E-mail"
    reads = (
        (
            "Each e-mail",
            (
                "One event on the day it was sent (UK local time): its subject and its words as"
                " they stand, earlier e-mails quoted in it included."
            ),
        ),
        (
            "A message in several versions",
            "The plain one, unless it holds far fewer words; what only another says is set apart.",
        ),
        ("E-mails attached to an e-mail", "Events of their own, up to 20 within each other."),
        ("Several e-mails in one mailbox file (mbox)", "Each an event of its own."),
        ("Invitations to meetings", "Told beside the e-mail as planned; no event is made of them."),
        ("Reports of delivery", "Kept as words of the e-mail."),
        ("Attachments", "Left out by name, kind and size; save them and add them by themselves."),
        ("Encrypted e-mails", "Not read; refused, or left out where others stand in the file."),
        (
            "The sender's agency",
            (
                "Told by the address: nhs.uk, nhs.net (health), police.uk (police), sch.uk"
                " (education); all others are uncertain unless stated."
            ),
        ),
        ("Tables and dates in the text", "Kept as words; no event is made of them."),
    )

    def recognises(self, document: Document) -> bool:
        """Whether it was read as an e-mail."""
        return document.kind == KIND and isinstance(document.data, dict)

    def read(self, found: Found) -> None:
        """Tells every message and leaves out what is attached to it."""
        data = found.document.data
        messages: Sequence[Any] = data["messages"] if isinstance(data, dict) else ()
        for number, message in enumerate(messages):
            sender = _sender(message["headings"].get("From", ""))
            if not number and found.given.agency is None:
                found.agency = sender.agency or found.agency
            _tell(found, message, sender)


@dataclass(frozen=True, slots=True)
class _Sender:
    """Who sent a message, as far as the address tells."""

    name: str
    domain: str
    agency: Agency | None


def _tell(found: Found, message: Mapping[str, Any], sender: _Sender) -> None:
    headings: Mapping[str, str] = message["headings"]
    body = plain_words(message["body"]) if message["body"].startswith("{\\rtf") else message["body"]
    subject = headings.get("Subject", "")
    attached = [one["name"] or "(no name)" for one in message["attachments"]]
    source = found.source("", message["number"], unit="message")
    if message["locked"]:
        found.leave(source, _LOCKED, _raw(headings, "", attached))
        return
    known = sender.agency or (Agency.OTHER if sender.domain else None)
    agency = found.given.agency or known or found.agency
    public = sender.agency is not None or sender.domain.endswith(_PUBLIC)
    narrative = "\n".join(filter(None, (f"Subject: {subject}" if subject else "", body)))
    found.tell(
        source,
        _sent(message),
        narrative,
        agency=agency,
        organisation=found.given.organisation or (sender.domain if public else ""),
        event_type_written=SENT,
        event_type="CONTACT.LETTER",
        reference=headings.get("Message-ID", "").strip("<> "),
        professional=sender.name,
        subjects=stated_subject(found.given.subject, found.given.subject_born),
        people=_people(headings),
        other=_other(headings, message, attached),
        raw=_raw(headings, body, attached),
        flags=tuple(_doubts(found, message, sender, narrative)),
    )
    leave_attachments(found, message, source)
    for text in message["apart"]:
        found.apart("", message["number"], text)


def _doubts(
    found: Found, message: Mapping[str, Any], sender: _Sender, narrative: str
) -> list[Flag]:
    flags: list[Flag] = []
    if found.given.agency is None and sender.agency is None:
        who = f"The address '{sender.domain}' does" if sender.domain else "No address does"
        flags.append(Flag("agency-uncertain", f"{who} not say which agency sent it. {_SAY}"))
    if message["unsent"]:
        flags.append(_DRAFT)
    if not narrative.strip():
        text = "The e-mail has neither a subject nor words."
        flags.append(Flag("text-missing", text))
    return flags


def _sent(message: Mapping[str, Any]) -> When:
    """When it was sent; where two headings give two days, by the first one, and flagged."""
    first = sent(message["headings"].get("Date", ""))
    others = [text for name, text in message["again"] if name == "Date"]
    told = [text for text in others if _moment_of(sent(text)) != _moment_of(first)]
    if not told:
        return first
    text = f"The e-mail gives more than one date: also '{told[0]}'. The first was taken."
    return first.flagged(Flag("date-several", text))


def _moment_of(when: When) -> tuple[object, object]:
    return when.start, when.clock


def _sender(written: str) -> _Sender:
    one = _NAMED.fullmatch(written.strip())
    # "Sample, Kim <kim@...>" without quotation marks is one person all the same.
    named = (one[1].strip(" \"'"), one[2].strip()) if one and "@" in one[2] else None
    name, address = named or next(iter(_addresses(written)), ("", ""))
    domain = address.rpartition("@")[2].casefold().strip(".") if "@" in address else ""
    for ending in _SECURE:
        domain = domain.removesuffix(ending)
    agency = next((one for end, one in DOMAINS if f".{domain}".endswith(f".{end}")), None)
    return _Sender(name or address or written.strip(), domain, agency)


def _addresses(written: str) -> list[tuple[str, str]]:
    """Names and addresses in a heading; Outlook parts "Example, Kim; Sample, Jo" by semicolons."""
    mark = ";" if ";" in written or "@" not in written else ","
    told: list[tuple[str, str]] = []
    for part in _parts(written, mark):
        found = _NAMED.fullmatch(part)
        name, address = (found[1], found[2]) if found else ("", part)
        if "@" not in address:
            name, address = f"{name} {address}", ""
        name = name.strip(" \t\r\n,").strip("\"'").replace('\\"', '"').strip()
        if (name or address) and not name.endswith(":"):
            told.append((name, address.strip()))
    return told


def _parts(written: str, mark: str) -> Iterator[str]:
    """A heading cut at a mark, where that stands neither in quotation marks nor in brackets."""
    start = 0
    quoted = bracketed = False
    for at, letter in enumerate(written):
        if letter == '"':
            quoted = not quoted
        elif letter in "<>" and not quoted:
            bracketed = letter == "<"
        elif letter == mark and not quoted and not bracketed:
            yield written[start:at].strip()
            start = at + 1
    yield written[start:].strip()


def _people(headings: Mapping[str, str]) -> tuple[Mention, ...]:
    """Whom it was sent to by name; bare addresses stand among the other facts."""
    told = [
        Mention(name, role)
        for heading, role in _RECIPIENTS
        for name, _ in _addresses(headings.get(heading, ""))
        if name and "@" not in name
    ]
    return tuple(dict.fromkeys(told))


def _other(
    headings: Mapping[str, str], message: Mapping[str, Any], attached: Sequence[str]
) -> Cells:
    told = [("Sent to", headings.get("To", ""))]
    told += [(label, headings.get(name, "")) for name, label in _OTHERS]
    if not headings.get("Date"):
        told.append(("Received by a mail server", headings.get("Received", "")))
    if message["within"]:
        told.append(("Attached to", f"message {message['within']} of the file"))
    told += [(f"{name} (given again)", text) for name, text in message["again"]]
    for planned in message["planned"]:
        told.append((PLANNED, "; ".join(f"{label}: {text}" for label, text in planned)))
    told.append(("Attachments", "; ".join(attached)))
    return tuple((label, text) for label, text in told if text.strip())


def _raw(headings: Mapping[str, str], body: str, attached: Sequence[str]) -> Cells:
    return (*headings.items(), ("Body", body), *(("Attachment", name) for name in attached))
