"""E-mails: each is one event on the day it was sent, in its own words."""

from __future__ import annotations

import base64
import contextlib
import quopri
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outlook import attached_message, attachment, compound_file, message

from chronology.account import Account, Agency
from chronology.errors import UnreadableFileError
from chronology.importers import Extract, extract
from chronology.importers.defined.e_mail import PLANNED
from chronology.importers.given import Given
from chronology.reading import read
from chronology.reading.hypertext import words_of_html
from chronology.reading.outlook import unpacked_rtf

HEAD = """Date: Tue, 12 Mar 2024 09:15:00 +0000
From: Kim Sample <kim.sample@marrowby.police.uk>
To: Jo Example <jo@carrowby.sch.uk>
Subject: Sam
"""
Opener = Callable[..., Extract]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Reads bytes or text as an e-mail, with what the user states."""

    def opener(data: bytes | str, name: str = "a.eml", **stated: object) -> Extract:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return extract(read(path), given=Given(**stated))  # type: ignore[arg-type]

    return opener


def only(found: Extract) -> Account:
    (account,) = found.accounts
    return account


def codes(account: Account) -> set[str]:
    return {flag.code for flag in account.flags}


def test_an_e_mail_is_one_event_in_its_own_words(opened: Opener) -> None:
    body = "Sam was seen.\n\n> Was Sam seen?\n> On 11/03/2024 he was not."
    account = only(opened(f"{HEAD}Message-ID: <1@x>\n\n{body}\n"))
    assert account.narrative == f"Subject: Sam\n{body}"
    assert (account.event_type, account.event_type_written) == ("CONTACT.LETTER", "E-mail sent")
    assert (str(account.occurred.start), str(account.occurred.clock)) == ("2024-03-12", "09:15:00")
    assert account.occurred.written == "Tue, 12 Mar 2024 09:15:00 +0000"
    assert account.professional == "Kim Sample"
    assert [(m.name, m.role) for m in account.people] == [("Jo Example", "recipient")]
    assert account.reference == "1@x"
    assert (account.source.unit, account.source.row) == ("message", 1)


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        ("Sun, 31 Mar 2024 23:30:00 -0500", "2024-04-01", "05:30:00"),
        ("30 Jun 2024 23:30 +0000", "2024-07-01", "00:30:00"),
        ("Mon, 11 Mar 2024 08:00:00 GMT", "2024-03-11", "08:00:00"),
        ("Mon, 11 Mar 2024 08:00:00 +0000 (GMT Standard Time)", "2024-03-11", "08:00:00"),
        ("Mon, 1 Jul 2024 08:00:00 -0000", "2024-07-01", "09:00:00"),
    ],
)
def test_the_time_sent_is_shown_in_uk_time(
    opened: Opener, written: str, day: str, clock: str
) -> None:
    account = only(opened(HEAD.replace("Tue, 12 Mar 2024 09:15:00 +0000", written) + "\nx"))
    assert (str(account.occurred.start), str(account.occurred.clock)) == (day, clock)


@pytest.mark.parametrize(
    ("line", "code"),
    [("", "date-missing"), ("Date: soon\n", "date-unreadable"), ("Date:\n", "date-missing")],
)
def test_an_e_mail_without_a_date_gets_none(opened: Opener, line: str, code: str) -> None:
    received = "Received: from x by y; Tue, 12 Mar 2024 09:15:02 +0000\n"
    account = only(opened(line + HEAD.partition("\n")[2] + received + "\nx"))
    assert not account.occurred.is_known
    assert code in codes(account)
    if code == "date-missing":
        assert "Received by a mail server" in dict(account.other)


@pytest.mark.parametrize(
    ("address", "agency"),
    [
        ("a@ward.carrowby.nhs.uk", Agency.HEALTH),
        ("a@nhs.net", Agency.HEALTH),
        ("a@marrowby.pnn.police.uk", Agency.POLICE),
        ("a@MARROWBY.POLICE.UK.cjsm.net", Agency.POLICE),
        ("a@hill.marrowby.sch.uk", Agency.EDUCATION),
        ("a@marrowby.gov.uk", None),
        ("a@mail.invalid", None),
        ("a@notnhs.uk.invalid", None),
        ("a@fakenhs.uk", None),
        ("", None),
    ],
)
def test_the_address_tells_the_agency_or_nothing_does(
    opened: Opener, address: str, agency: Agency | None
) -> None:
    account = only(opened(HEAD.replace("kim.sample@marrowby.police.uk", address) + "\nx"))
    assert account.agency is (agency or Agency.OTHER)
    assert ("agency-uncertain" in codes(account)) is (agency is None)


def test_what_the_user_states_wins(opened: Opener) -> None:
    found = opened(
        f"{HEAD}\nx", agency=Agency.SOCIAL_CARE, organisation="Marrowby", subject="Sam EXAMPLE"
    )
    account = only(found)
    assert (account.agency, account.organisation) == (Agency.SOCIAL_CARE, "Marrowby")
    assert [m.name for m in account.subjects] == ["Sam EXAMPLE"]
    assert not codes(account) & {"agency-uncertain", "subject-missing"}


def test_a_private_address_is_no_organisation(opened: Opener) -> None:
    account = only(opened(HEAD.replace("marrowby.police.uk", "mail.invalid") + "\nx"))
    assert account.organisation == ""


def test_attachments_are_left_out_by_name_and_pictures_as_pictures(opened: Opener) -> None:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "a@nhs.net", "Tue, 12 Mar 2024 09:15:00 +0000"
    mail.set_content("See attached.")
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="notes é.zip")
    mail.add_attachment("Date,Event\n", filename="log.csv")
    mail.add_attachment(b"GIF", maintype="image", subtype="gif", cid="<logo>", disposition="inline")
    found = opened(bytes(mail))
    assert [left.cells[0] for left in found.left_out] == [
        "Attachment: notes é.zip", "Attachment: log.csv", "Attachment: (no name)"
    ]  # fmt: skip
    assert [("add it by itself" in left.reason) for left in found.left_out] == [True, True, False]
    assert dict(only(found).other)["Attachments"] == "notes é.zip; log.csv; (no name)"
    assert found.rows_read == 4


def test_an_attached_e_mail_is_an_event_of_its_own(opened: Opener) -> None:
    inner = EmailMessage()
    inner["From"], inner["Date"] = "nurse@carrowby.nhs.uk", "Mon, 11 Mar 2024 08:00:00 +0000"
    inner.set_content("Sam missed his appointment.")
    outer = EmailMessage()
    outer["From"], outer["Date"] = "a@hill.sch.uk", "Tue, 12 Mar 2024 09:15:00 +0000"
    outer.set_content("Please see below.")
    outer.add_attachment(inner)
    found = opened(bytes(outer))
    assert [(a.agency, str(a.occurred.start), a.source.row) for a in found.accounts] == [
        (Agency.EDUCATION, "2024-03-12", 1), (Agency.HEALTH, "2024-03-11", 2)
    ]  # fmt: skip
    assert dict(found.accounts[1].other)["Attached to"] == "message 1 of the file"
    assert not found.left_out


PAGE = (
    "<html><head><style>p{}</style></head><body><p>Seen&nbsp;at home<br>by <b>nurse</b></p>"
    "<script>x()</script><table><tr><td>a</td><td>b</td></tr></table>"
    "<img src='http://127.0.0.1:9/x.gif'></body></html>"
)
QUOTED = "Content-Transfer-Encoding: quoted-printable"
PARTS = {
    "quoted printable": (
        f"Content-Type: text/plain; charset=windows-1252\n{QUOTED}\n\nhasn=92t=20come, =A35.",
        "hasn’t come, £5.",
    ),
    "base64": (
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode("Zoë – naïve".encode()).decode(),
        "Zoë – naïve",
    ),
    "unknown letters": ("Content-Type: text/plain; charset=no-such-thing\n\nplain", "plain"),
    "Latin-9": (f"Content-Type: text/plain; charset=iso-8859-15\n{QUOTED}\n\n=A4", "€"),
    "HTML": (
        f"Content-Type: text/html; charset=utf-8\n\n{PAGE}",
        "Seen at home\nby nurse\n\na | b",
    ),
    "no type": ("\nno type at all", "no type at all"),
}


@pytest.mark.parametrize(("part", "words"), PARTS.values(), ids=PARTS)
def test_words_are_read_however_they_are_written(opened: Opener, part: str, words: str) -> None:
    assert only(opened(f"{HEAD}MIME-Version: 1.0\n{part}")).narrative == f"Subject: Sam\n{words}"


def test_the_plain_words_are_taken_unless_they_are_blank(opened: Opener) -> None:
    def both(plain: str) -> str:
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "a@nhs.net", "Sam"
        mail.set_content(plain)
        mail.add_alternative("<p>Set words</p>", subtype="html")
        return only(opened(bytes(mail))).narrative

    assert both("Plain words\n") == "Subject: Sam\nPlain words"
    assert both(" \n") == "Subject: Sam\nSet words"


def test_headings_in_other_letters_are_read(opened: Opener) -> None:
    head = HEAD.replace("Kim Sample", "=?utf-8?q?Se=C3=A1n_Sample?=").replace(
        "Subject: Sam", "Subject: =?utf-8?B?WmXDqw==?= =?utf-8?q?_rings?=\n =?no-such?q?x=41?="
    )
    account = only(opened(f"{head}\nx"))
    assert account.professional == "Seán Sample"
    assert account.narrative.startswith("Subject: Zeë rings")


def test_headings_in_bare_bytes_are_read(opened: Opener) -> None:
    account = only(opened(HEAD.replace("Subject: Sam", "Subject: Zoë").encode("cp1252") + b"\nx"))
    assert account.narrative.startswith("Subject: Zoë")


def test_people_are_told_apart_however_they_are_listed(opened: Opener) -> None:
    to = '"Sample, Kim" <k@x.invalid>, T Specimen <t@x.invalid>, duty@x.invalid'
    account = only(opened(HEAD.replace("Jo Example <jo@carrowby.sch.uk>", to) + "\nx"))
    assert [m.name for m in account.people] == ["Sample, Kim", "T Specimen"]
    assert "duty@x.invalid" in dict(account.other)["Sent to"]


def test_a_comma_between_groups_of_people_is_nobody(opened: Opener) -> None:
    to = "<x@x.invalid>, team: (some text);, <y@x.invalid>; Kim Sample <k@x.invalid>"
    account = only(opened(HEAD.replace("Jo Example <jo@carrowby.sch.uk>", to) + "\nx"))
    assert [m.name for m in account.people] == ["Kim Sample"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Sample, Kim <k@x.invalid>", "Sample, Kim"),
        ('"Sample, Kim" <k@x.invalid>', "Sample, Kim"),
        ("k@x.invalid", "k@x.invalid"),
        ("k@x.invalid (Kim Sample)", "k@x.invalid (Kim Sample)"),
        ("Kim Sample", "Kim Sample"),
        ("<k@x.invalid>", "k@x.invalid"),
    ],
)
def test_the_sender_is_one_person(opened: Opener, written: str, name: str) -> None:
    head = HEAD.replace("Kim Sample <kim.sample@marrowby.police.uk>", written)
    assert only(opened(f"{head}\nx")).professional == name


def test_seals_of_servers_before_the_headings_do_not_hide_them(opened: Opener) -> None:
    seal = "ARC-Seal: " + "\n ".join("x" * 70 for _ in range(200)) + "\n"
    assert only(opened(f"{seal}{HEAD}\nx", "a.txt")).professional == "Kim Sample"


def test_a_table_in_an_e_mail_stays_its_words(opened: Opener) -> None:
    found = opened(f"{HEAD}\nDate, Event\n01/03/2024, Visit\n02/03/2024, Call\n")
    assert only(found).narrative.endswith("02/03/2024, Call")


def test_an_e_mail_not_sent_is_a_draft(opened: Opener) -> None:
    assert "record-draft" in codes(only(opened(f"{HEAD}X-Unsent: 1\n\nx")))


def test_notes_that_begin_with_a_date_are_no_e_mail(opened: Opener) -> None:
    text = "Date: 14/03/2013\nEvent: Sam was seen\n\nFrom: school\nTo: home\nSubject: none\n"
    with pytest.raises(UnreadableFileError):
        opened(text, "notes.txt")


# --- nothing in a message is lost -----------------------------------------------------------


def parts(*said: str, kind: str = "mixed", boundary: str = "b0") -> str:
    inner = "".join(f"--{boundary}\n{one}\n" for one in said)
    return f"Content-Type: multipart/{kind}; boundary={boundary}\n\n{inner}--{boundary}--\n"


def apart(found: Extract) -> list[str]:
    return [text for _, _, text in found.set_apart]


def test_what_only_a_version_not_shown_says_is_set_apart(opened: Opener) -> None:
    page = "Content-Type: text/html\n\n<p>plain <b>words</b><br>of it</p>"
    footer = "Content-Type: text/plain\n\nThe footer."
    mixed = parts(page, "Content-Type: image/png\n\nx", footer, boundary="b1")
    plain = "Content-Type: text/plain\n\nplain\nwords of it https://x.invalid/y"
    found = opened(HEAD + parts(plain, mixed, kind="alternative"))
    assert only(found).narrative.endswith("plain\nwords of it https://x.invalid/y")
    assert apart(found) == ["The footer."]
    assert [left.cells[1] for left in found.left_out] == ["Kind: image/png"]


def test_however_many_lines_only_another_version_has_none_is_lost(opened: Opener) -> None:
    page = "".join(f"<p>word{n}</p>" for n in range(3000))
    plain = "Content-Type: text/plain\n\n" + "plain words " * 1000
    found = opened(HEAD + parts(plain, f"Content-Type: text/html\n\n{page}", kind="alternative"))
    assert " ".join(apart(found)).split() == [f"word{n}" for n in range(3000)]


def test_a_plain_version_that_says_next_to_nothing_is_not_the_one_shown(opened: Opener) -> None:
    page = "Content-Type: text/html\n\n<p>Sam was seen at home and was well.</p>"
    plain = "Content-Type: text/plain\n\nNo HTML here."
    found = opened(HEAD + parts(plain, page, kind="alternative"))
    assert only(found).narrative == "Subject: Sam\nSam was seen at home and was well."
    assert apart(found) == ["No HTML here."]


def test_words_before_and_after_the_parts_are_set_apart(opened: Opener) -> None:
    body = parts("Content-Type: text/plain\n\nwords").replace("\n\n--", "\n\nBefore.\n--", 1)
    found = opened(f"{HEAD}{body}After.\n")
    assert only(found).narrative == "Subject: Sam\nwords"
    assert apart(found) == ["Before.", "After."]


@pytest.mark.parametrize("boundary", ["wrong", "b 0"])
def test_parts_with_a_wrong_boundary_are_told_apart(opened: Opener, boundary: str) -> None:
    packed = base64.b64encode(b"<p>second</p>").decode()
    page = f"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n{packed}"
    body = parts("Content-Type: text/plain\n\nfirst", page)
    found = opened(HEAD + body.replace("boundary=b0", f"boundary={boundary}"))
    assert only(found).narrative == "Subject: Sam\nfirst\n\nsecond"


def test_parts_without_any_boundary_are_words(opened: Opener) -> None:
    found = opened(f"{HEAD}Content-Type: multipart/mixed\n\nSam was seen.\n")
    assert only(found).narrative == "Subject: Sam\nSam was seen."


INNER = """Date: Mon, 11 Mar 2024 08:00:00 +0000
From: nurse@carrowby.nhs.uk
Subject: =?utf-8?q?Se=C3=A1n?=
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Se=C3=A1n missed it = twice =3D 2."""
PACKED = {
    "as it is": ("7bit", INNER),
    "base64": ("base64", base64.encodebytes(INNER.encode()).decode()),
    "quoted printable": ("quoted-printable", quopri.encodestring(INNER.encode()).decode()),
    "said to be quoted printable": ("quoted-printable", INNER),
    "said to be base64": ("base64", INNER),
}


@pytest.mark.parametrize(("packing", "inner"), PACKED.values(), ids=PACKED)
def test_a_forwarded_message_is_read_however_it_is_packed(
    opened: Opener, packing: str, inner: str
) -> None:
    head = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {packing}\n\n"
    found = opened(HEAD + parts("\nsee below", head + inner))
    told = found.accounts[1]
    assert len(found.accounts) == 2
    assert told.narrative == "Subject: Se\u00e1n\nSe\u00e1n missed it = twice = 2."
    assert (str(told.occurred.start), told.agency) == ("2024-03-11", Agency.HEALTH)


@pytest.mark.parametrize("packed", [True, False])
def test_messages_within_messages_are_opened_so_deep_and_then_left_out(
    opened: Opener, packed: bool
) -> None:
    body = INNER
    for _ in range(23):
        inner = base64.encodebytes(body.encode()).decode() if packed else body
        packing = "Content-Transfer-Encoding: base64\n" if packed else ""
        body = f"{HEAD}Content-Type: message/rfc822\n{packing}\n{inner}"
    found = opened(body)
    assert len(found.accounts) == 21
    (left,) = found.left_out
    assert (left.source.row, left.cells[1]) == (21, "Kind: message/rfc822")


def test_a_report_of_delivery_is_words(opened: Opener) -> None:
    status = "Content-Type: message/delivery-status\n\nReporting-MTA: x\n\nAction: failed\n"
    seen = "Content-Type: message/disposition-notification\n\nDisposition: displayed\n"
    heads = "Content-Type: text/rfc822-headers\n\nSubject: Sam\nDate: Mon, 4 Mar 2024 09:00 +0000"
    found = opened(HEAD + parts("\nNot delivered.", status, seen, heads, kind="report"))
    words = only(found).narrative
    assert [w in words for w in ("Not delivered.", "Action: failed", "Disposition: displayed")] == [
        True, True, True
    ]  # fmt: skip
    assert "Mon, 4 Mar 2024" in apart(found)[0]


INVITATION = r"""BEGIN:VCALENDAR
BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:16010101T020000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Core group\, Sam
DTSTART;TZID="GMT Standard Time":20240320T100000
DTEND:20240320T110000Z
LOCATION:Room
  2
ATTENDEE;CN="a:b;c":mailto:x@x.invalid
END:VEVENT
END:VCALENDAR"""


def test_an_invitation_is_planned_and_no_event(opened: Opener) -> None:
    part = f"Content-Type: text/calendar; name=invite.ics\n\n{INVITATION}"
    found = opened(HEAD + parts("\nPlease come.", part, kind="alternative"))
    account = only(found)
    assert account.narrative == "Subject: Sam\nPlease come."
    assert dict(account.other)[PLANNED] == (
        "What: Core group, Sam; Begins: 2024-03-20 10:00 (GMT Standard Time);"
        " Ends: 2024-03-20 11:00 (UTC); Place: Room 2"
    )
    assert apart(found) == [INVITATION]
    assert [left.cells[0] for left in found.left_out] == ["Attachment: invite.ics"]


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("application/ms-tnef", "winmail.dat", "Outlook's own packing"),
        ("application/octet-stream", "log.XLSX", "can hold records"),
        ("text/csv", "", "can hold records"),
        ("application/pdf", "report", "can hold records"),
        ("application/pkcs7-signature", "smime.p7s", "signature"),
        ("audio/wav", "voice.wav", "If it holds records"),
    ],
)
def test_an_attachment_says_what_to_do_about_it(
    opened: Opener, kind: str, name: str, words: str
) -> None:
    part = f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment\n\nx'
    (left,) = opened(HEAD + parts("\nx", part)).left_out
    assert words in left.reason


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain; name=body.txt\n",
        'Content-Type: text/plain\nContent-Disposition: inline; filename="a.txt"\n',
    ],
)
def test_a_text_shown_in_the_message_is_words_even_with_a_name(opened: Opener, head: str) -> None:
    assert only(opened(f"{HEAD}{head}\nthe words")).narrative == "Subject: Sam\nthe words"


@pytest.mark.parametrize(
    "disposition",
    [
        "filename*0*=utf-8''caf%C3%A9; filename*1=\" log.zip\"",
        'filename="=?utf-8?q?caf=C3=A9_log=2Ezip?="',
        'filename="caf\u00e9 log.zip"',
    ],
    ids=["RFC 2231", "RFC 2047", "bare bytes"],
)
def test_a_file_is_named_however_its_name_is_written(opened: Opener, disposition: str) -> None:
    head = f"Content-Type: application/zip\nContent-Disposition: attachment; {disposition}\n\n"
    (left,) = opened(HEAD + parts("\nx", f"{head}x")).left_out
    assert left.cells[0] == "Attachment: caf\u00e9 log.zip"


@pytest.mark.parametrize(
    ("charset", "words", "bytes_in"),
    [
        ("koi8-r", "\u041f\u0440\u0438\u0432\u0435\u0442", "koi8-r"),
        ("gb2312", "\u4f60\u597d \u9555", "gbk"),
        ("ks_c_5601-1987", "\uc548\ub155", "euc-kr"),
        ("utf-7", "Zo\u00eb \u00a35", "utf-7"),
        ("us-ascii", "hasn\u2019t \u00a35", "cp1252"),
        ("iso-8859-1", "hasn\u2019t \u00a35", "cp1252"),
        ("punycode", "abc-def", "ascii"),
    ],
)
def test_letters_are_read_as_programs_write_them(
    opened: Opener, charset: str, words: str, bytes_in: str
) -> None:
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\n\n".encode()
    assert only(opened(head + words.encode(bytes_in))).narrative == f"Subject: Sam\n{words}"


def test_a_page_may_say_its_letters_itself(opened: Opener) -> None:
    page = "<html><head><meta charset='koi8-r'></head><p>\u041f\u0440\u0438".encode("koi8-r")
    account = only(opened(f"{HEAD}Content-Type: text/html\n\n".encode() + page))
    assert account.narrative == "Subject: Sam\n\u041f\u0440\u0438"


# --- when it was sent ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day", "clock", "code"),
    [
        ("Tue, 12 Mar 2024 09:15:00 EST", "2024-03-12", "14:15:00", "time-zone"),
        ("Mon, 1 Jul 2024 09:15 BST", "2024-07-01", "09:15:00", ""),
        ("Mon, 1 Jul 2024 09:15:00", "2024-07-01", "09:15:00", "time-uncertain"),
        ("Mon, 1 Jul 2024 09:15:00 XYZ", "2024-07-01", "09:15:00", "time-uncertain"),
        ("Mon, 1 Jul 2024 09:15:00 +9900", "2024-07-01", "09:15:00", "time-uncertain"),
        ("Mon, 1 Jul 2024 9:15 PM +0100", "2024-07-01", "21:15:00", ""),
        ("Mon, 1 Jul 2024 09:15:00 GMT+1", "2024-07-01", "09:15:00", ""),
        ("Mon, 1 Jul 2024 09:15:00 +01:00", "2024-07-01", "09:15:00", ""),
        ("Mon Jul  1 09:15:00 BST 2024", "2024-07-01", "09:15:00", ""),
        ("1 Jul 24 09:15 Z", "2024-07-01", "10:15:00", "time-converted"),
        ("Fri, 1 Jul 2024 09:15:00 +0100", "2024-07-01", "09:15:00", "date-weekday"),
        ("Fri, 31 Feb 2024 10:00:00 +0000", "None", "10:00:00", "date-impossible"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", "None", "None", "date-unreadable"),
    ],
)
def test_dates_are_read_as_programs_stray_from_the_standard(
    opened: Opener, written: str, day: str, clock: str, code: str
) -> None:
    account = only(opened(HEAD.replace("Tue, 12 Mar 2024 09:15:00 +0000", written) + "\nx"))
    assert (str(account.occurred.start), str(account.occurred.clock)) == (day, clock)
    assert account.occurred.written == written
    assert {c for c in codes(account) if c.startswith(("date", "time"))} == ({code} - {""})


@pytest.mark.parametrize(
    ("second", "doubt"),
    [("Wed, 13 Mar 2024 09:15:00 +0000", True), ("Tue, 12 Mar 2024 10:15:00 +0100", False)],
)
def test_a_second_date_is_kept_and_flagged_where_it_differs(
    opened: Opener, second: str, doubt: bool
) -> None:
    account = only(opened(f"{HEAD}Date: {second}\nSubject: Other\n\nx"))
    assert str(account.occurred.start) == "2024-03-12"
    assert ("date-several" in codes(account)) is doubt
    assert dict(account.other)["Date (given again)"] == second
    assert dict(account.other)["Subject (given again)"] == "Other"


# --- several messages in a file --------------------------------------------------------------


def mailbox(*messages: str) -> str:
    line = "From kim@x.invalid Mon Mar 11 08:00:00 2024\n"
    return "".join(f"{line}{one}\n\n" for one in messages)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_message_of_a_mailbox_is_an_event(opened: Opener, end: str) -> None:
    second = HEAD.replace("Tue, 12", "Wed, 13")
    text = mailbox(f"{HEAD}\nfirst\n\nFrom here on 2024\nall went well", f"{second}\nsecond")
    found = opened(text.replace("\n", end), "a.mbox")
    assert [(a.source.row, str(a.occurred.start)) for a in found.accounts] == [
        (1, "2024-03-12"), (2, "2024-03-13")
    ]  # fmt: skip
    assert found.accounts[0].narrative.endswith("From here on 2024\nall went well")
    assert apart(found) == ["From kim@x.invalid Mon Mar 11 08:00:00 2024"] * 2


def test_a_line_of_a_mailbox_before_one_message_hides_nothing(opened: Opener) -> None:
    assert only(opened(mailbox(f"{HEAD}\nx"), "a.eml")).professional == "Kim Sample"


def test_an_e_mail_may_begin_with_any_heading_or_blank_lines(opened: Opener) -> None:
    for before in ("Authentication-Results: x\n", "\n\n", "\ufeff\r\n"):
        assert only(opened(f"{before}{HEAD}\nx")).professional == "Kim Sample"


# --- what is refused, and what does no harm --------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(
            "Content-Type: multipart/encrypted; boundary=a\n\n--a\nContent-Type: application/"
            "pgp-encrypted\n\nVersion: 1\n--a\nContent-Type: application/x\n\nx\n--a--\n",
            id="PGP",
        ),
        pytest.param(
            "\n-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n", id="inline"
        ),
        pytest.param("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB\n", id="S/MIME"),
    ],
)
def test_an_encrypted_e_mail_is_refused_plainly(opened: Opener, part: str) -> None:
    with pytest.raises(UnreadableFileError, match="encrypted"):
        opened(f"{HEAD}{part}")


def test_an_encrypted_e_mail_beside_others_is_left_out(opened: Opener) -> None:
    sealed = f"{HEAD}Content-Type: application/pkcs7-mime\n\nMIIB\n"
    found = opened(mailbox(f"{HEAD}\nread\n", sealed), "a.mbox")
    assert [account.source.row for account in found.accounts] == [1]
    assert [(left.source.row, "encrypted" in left.reason) for left in found.left_out] == [(2, True)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(HEAD.encode() + b"MIME-Version: 1.0\n" + b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n)
            for n in range(3000)) + b"\nx", id="parts within parts"),
        pytest.param(HEAD.encode() + b"Content-Type: message/rfc822\n\n" * 3000, id="in itself"),
        pytest.param(HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n"
                     + b"--b\n\nx\n" * 20_000, id="very many parts"),
        pytest.param(HEAD.encode() + b"Content-Type: multipart/mixed; boundary=z\n\n"
                     + b"".join(b"--b%d\nContent-Type: text/plain\n\nx\n--b%d--\n" % (n, n)
                                for n in range(20_000)), id="lost boundaries"),
        pytest.param(HEAD.encode() + b"Content-Type: text/calendar\n\nBEGIN:VEVENT\n"
                     + b"DTSTART" + b";" * 500_000 + b"\n" + b"SUMMARY;X=\"" * 50_000,
                     id="invitation"),
        pytest.param(b"From x 2024\nA: b\n\n" * 100_000, id="mailbox"),
        pytest.param(HEAD.encode() + b"Content-Type: multipart/alternative; boundary=b\n\n--b\n"
                     b"Content-Type: text/plain\n\n" + b"a b c\n" * 100_000
                     + b"--b\nContent-Type: text/html\n\n" + b"<p>a d b</p>\n" * 100_000,
                     id="two long versions"),
        pytest.param(HEAD.encode() + b"Content-Type: text/html\n\n" + b"<!--" * 500_000,
                     id="remarks without end"),
        pytest.param(HEAD.encode() + b"Content-Type: text/html\n\n" + b"<script " * 500_000,
                     id="marks without end"),
        pytest.param(HEAD.encode() + b"Content-Type: text/plain; charset=\"a\"; charset*0*=''\n"
                     b"Content-Disposition: attachment; filename*=x'y\n\nx", id="odd parameters"),
        pytest.param(b"From: " + b'"<,;' * 50_000 + b"\nDate: " + b"9" * 50_000 + b"\nTo: "
                     + b"=?utf-8?q?" * 20_000 + b"\n\nx", id="odd headings"),
    ],
)  # fmt: skip
def test_a_hostile_e_mail_is_read_or_refused(opened: Opener, data: bytes) -> None:
    with contextlib.suppress(UnreadableFileError):
        assert opened(data).accounts


def test_words_of_another_page_are_kept_as_they_stand() -> None:
    assert words_of_html("5 < 6 &amp; 7 > 2 <p>x<") == "5 < 6 & 7 > 2\nx<"
    assert words_of_html("a<!-- b -->c<SCRIPT>d</script >e") == "ace"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    subject=st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs", "P"]), max_size=60),
    words=st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs", "P"]), max_size=400),
    files=st.lists(st.sampled_from(["a.docx", "b é.pdf", "c"]), max_size=4),
)
def test_every_message_is_told_and_every_file_left_out(
    tmp_path: Path, subject: str, words: str, files: list[str]
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "a@nhs.net", "Tue, 12 Mar 2024 09:15:00 +0000"
    mail["Subject"] = subject
    mail.set_content(words)
    for name in files:
        mail.add_attachment(b"x", maintype="application", subtype="x", filename=name)
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    found = extract(read(tmp_path / "a.eml"))
    assert only(found).narrative.split() == (
        (["Subject:"] if subject.strip() else []) + subject.split() + words.split()
    )
    assert [left.cells[0] for left in found.left_out] == [f"Attachment: {name}" for name in files]


# --- Outlook ---------------------------------------------------------------------------------

SENT = datetime(2024, 6, 30, 23, 30, tzinfo=UTC)
TEXTS = {
    0x001A: "IPM.Note",
    0x0037: "Sam – visit",
    0x1000: "Seen at home.\r\nKim",
    0x0C1A: "Kim Sample",
    0x5D01: "kim@carrowby.police.uk",
    0x0E04: "Example, Jo; Duty team",
    0x1035: "<7@x>",
}


def test_an_outlook_e_mail_reads_as_any_other(opened: Opener) -> None:
    found = opened(compound_file(message(TEXTS, sent=SENT)), "a.msg")
    account = only(found)
    assert account.narrative == "Subject: Sam – visit\nSeen at home.\nKim"
    assert (str(account.occurred.start), str(account.occurred.clock)) == ("2024-07-01", "00:30:00")
    assert (account.agency, account.professional) == (Agency.POLICE, "Kim Sample")
    assert [m.name for m in account.people] == ["Example, Jo", "Duty team"]
    assert account.reference == "7@x"
    assert found.kind == "eml"
    assert not any("ends in" in note for note in found.notes)


def test_outlook_attachments_and_attached_e_mails(opened: Opener) -> None:
    inner = message({**TEXTS, 0x0037: "Inner", 0x5D01: "n@trust.nhs.uk"}, sent=SENT, within=True)
    outer = message(
        TEXTS, sent=SENT, attached=[attachment("plan.docx", b"x" * 9000), attached_message(inner)]
    )
    found = opened(compound_file(outer), "a.msg")
    assert [a.agency for a in found.accounts] == [Agency.POLICE, Agency.HEALTH]
    (left,) = found.left_out
    assert left.cells[::2] == ("Attachment: plan.docx", "Size: 9,000 bytes")


@pytest.mark.parametrize("page", ["cp1252", "cp1250", "utf-8"])
def test_outlook_texts_of_eight_bits_are_read_in_their_code_page(opened: Opener, page: str) -> None:
    number = {"cp1252": 1252, "cp1250": 1250, "utf-8": 65001}[page]
    texts = {**TEXTS, 0x1000: "Zoë and Ján" if page != "cp1250" else "Łukasz"}
    texts[0x0037] = "Sam"
    account = only(
        opened(compound_file(message(texts, sent=SENT, narrow=page, numbers={0x3FFD: number})))
    )
    assert account.narrative == f"Subject: Sam\n{texts[0x1000]}"


def test_a_long_outlook_e_mail_is_read_whole(opened: Opener) -> None:
    texts = {**TEXTS, 0x1000: "Seen at home. " * 2000}
    account = only(opened(compound_file(message(texts, sent=SENT)), "a.msg"))
    assert account.narrative.count("Seen at home.") == 2000


def test_outlook_html_and_packed_rich_text_are_read(opened: Opener) -> None:
    texts = {key: text for key, text in TEXTS.items() if key != 0x1000}
    html = {"__substg1.0_10130102": b"<p>Seen <b>at home</b></p>"}
    account = only(opened(compound_file(message(texts, sent=SENT, streams=html)), "a.msg"))
    assert account.narrative.endswith("\nSeen at home")
    rich = {"__substg1.0_10090102": b"\0" * 8 + b"MELA\0\0\0\0{\\rtf1 Seen \\b at home\\b0\\par}"}
    account = only(opened(compound_file(message(texts, sent=SENT, streams=rich)), "a.msg"))
    assert account.narrative.endswith("\nSeen at home")


def test_rich_text_is_unpacked_as_its_specification_shows() -> None:
    """The two examples of [MS-OXRTFCP] 3.1 and 3.2."""
    one = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c09002062770 5b06c647d0a800fa0".replace(" ", "")
    )
    assert unpacked_rtf(one) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    two = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked_rtf(two) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_headings_of_the_internet_fill_what_outlook_left_blank(opened: Opener) -> None:
    texts = {0x001A: "IPM.Note", 0x1000: "x", 0x007D: f"Microsoft Mail\r\n{HEAD}".split("\n", 1)[1]}
    account = only(opened(compound_file(message(texts)), "a.msg"))
    assert str(account.occurred.start) == "2024-03-12"
    assert account.agency is Agency.POLICE


def test_an_outlook_draft_has_no_date(opened: Opener) -> None:
    made = message(TEXTS, sent=SENT, numbers={0x0E07: 8})
    account = only(opened(compound_file(made), "a.msg"))
    assert {"record-draft", "date-missing"} <= codes(account)


def test_a_calendar_entry_is_no_e_mail(opened: Opener) -> None:
    made = compound_file(message({**TEXTS, 0x001A: "IPM.Appointment"}))
    with pytest.raises(UnreadableFileError, match="calendar"):
        opened(made, "a.msg")


def test_an_outlook_file_cut_short_or_changed_is_read_or_refused(opened: Opener) -> None:
    data = compound_file(message(TEXTS, sent=SENT, attached=[attachment("a.docx")]))
    for at in range(520, len(data), 97):
        for spoilt in (data[:at], data[:at] + b"\xff\x01\x00" + data[at + 3 :]):
            try:
                opened(spoilt, "a.msg")
            except UnreadableFileError:
                continue
