"""What the keys of the courts' case files say: dates, what happened, who, what is private."""

from __future__ import annotations

import re
from functools import lru_cache

from chronology.importers.defined.base import Cells
from chronology.importers.defined.objects import Keys, in_words, keyed, said, squeezed, text_of

_WITHHELD = "(withheld)"
#: Where a person lives and how to reach them, and what only serves computers.
PRIVATE = re.compile(
    r"address|postcode|posttown|county|country|email|phone|telephone|mobile|landline|dxnumber|^dx$"
    r"|placeofbirth|birthplace|idam|pbanumber|passphrase|safelocation|livingsituation|refuge"
    r"|(?<!ho)tel(?:no|number)?s?$|fax|hidden(?:reason|details)"
)
MACHINERY = re.compile(r"url$|binary|hash$|categoryid|organisationid|documentid|^id$|^code$")
_DATED = re.compile(
    r"date|time(?:stamp)?$|(?:issued|uploaded|sent|served|submitted|created)(?:at|on)$"
)
#: Keys that hold a date or words: a date only where there is a figure in it.
_MAY_BE_DATED = re.compile(r"^(?:started|ended|start|end)$")
#: How the court's system numbers its users.
_USER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_E_MAIL = re.compile(r"[^\s@]+@[^\s@]+(?: \([^()]*\))?")
_FIGURES = re.compile(r"\d")
_BORN = re.compile(r"birth|dob$")
DUE = re.compile(
    r"completedby|dueby|duedate|^due|deadline|expir|completiondate|nexthearing|nextreview|target"
    r"|respondby|^until|^validto|timetable"
)
_NOT_DATES = re.compile(
    r"datetype|duedatetype|timeframe|timeestimate|^has|^is[a-z]+(?:date|time)|needed$"
    r"|dates$"
)
#: The end of a stretch, told with its beginning.
ENDS = re.compile(r"enddate|endtime|dateto$|todate")
#: When a record was made, told as such wherever it also says when something happened.
CREATED = re.compile(r"creat|uploaded|modified|recorded|lastupdated|lastresponse|requestdatetime")
#: What a date tells, by how a word of its key begins: (beginning, what happened).
_VERBS = (
    ("vacat", "vacated"), ("adjourn", "adjourned"), ("cancel", "cancelled"), ("issu", "issued"),
    ("approv", "approved"), ("serv", "served"), ("made", "made"), ("submi", "submitted"),
    ("recei", "received"), ("signed", "signed"), ("filed", "filed"), ("return", "returned"),
    ("given", "given"), ("sent", "sent"), ("grant", "granted"), ("attend", "attended"),
    ("upload", "uploaded"), ("request", "requested"), ("withdr", "withdrawn"), ("clos", "closed"),
    ("deci", "decided"), ("added", "added"), ("start", "started"), ("ended", "ended"),
    ("creat", "recorded"), ("amend", "amended"),
)  # fmt: skip
#: What a record is called by the key it stands under: (words of the key, name, event type).
_THINGS = (
    (("documents", "documentlist"), "Document", "PRACTICE.INFORMATION"),
    (("cmo", "casemanagementorder"), "Case management order", "LEGAL.ORDER"),
    (("standarddirectionorder",), "Standard directions order", "LEGAL.ORDER"),
    (("urgentdirections",), "Urgent directions order", "LEGAL.ORDER"),
    (("urgenthearingorder",), "Urgent hearing order", "LEGAL.ORDER"),
    (("noticeofproceedings",), "Notice of proceedings", "LEGAL.HEARING"),
    (("proceeding",), "Court proceedings", "LEGAL.HEARING"),
    (("hearing",), "Hearing", "LEGAL.HEARING"),
    (("order",), "Order", "LEGAL.ORDER"),
    (("casenote",), "Case note", ""),
    (("judicialmessage", "closedmessages", "message"), "Message", "PRACTICE.INFORMATION"),
    (("changeofrepresentative",), "Change of legal representative", "LEGAL.HEARING"),
    (("closecase",), "Case", "PRACTICE.CLOSURE"),
    (("statementofservice",), "Statement of service", "PRACTICE.INFORMATION"),
    (("returnapplication",), "Application", "LEGAL.HEARING"),
    (("application", "c2", "c1a", "c100"), "Application", "LEGAL.HEARING"),
    (("doc", "bundle", "evidence", "correspondence", "statement", "upload", "report", "position",
      "attachment"),
     "Document", "PRACTICE.INFORMATION"),
    (("placement",), "Placement application", "LEGAL.HEARING"),
)  # fmt: skip
#: Told in the words of the record, in this order; what else it says stands beside it.
TOLD = (
    *("type", "hearingtypevalue", "hearingtype", "ordertype", "title", "subject", "status"),
    *("hmcstatus", "hearingvenuename", "venue", "hearing", "details", "documentname", "name"),
    *("documentfilename", "filename", "note", "latestmessage", "body", "reason", "vacatedreason"),
    *("description", "cancellationreason", "requestedchanges", "documenttype", "attendance"),
)
AUTHORS = (
    *("createdby", "author", "uploadedby", "sender", "requestedby", "createdbyname"),
    *("judgetitleandname", "hearingjudgename", "judgename", "judge", "judgeandlegaladvisor"),
)
JUDGE = ("judgetitle", "othertitle", "judgelastname", "judgefullname")
#: Words for a hearing that was not held as listed, in its status or the name of its list.
_OFF = (("cancel", "cancelled"), ("vacat", "vacated"), ("adjourn", "adjourned"))
PARTIES = re.compile(
    r"^(?:new|confidential|additional|first)?(?:applicants?|respondents?|child(?:ren)?|others?|otherpeople|otherpart\w+|"
    r"representatives?|parties|localauthorit(?:y|ies)|colleagues)\d*(?:fl401|inthecase|details|revised|confidential|table)*$"
    r"|relations?$|solicitor|guardian|barrister|policy$"
)
LABELS = {
    "hmcstatus": "Status", "hearingtypevalue": "Type", "hearingtype": "Type", "ordertype": "Type",
    "hearingvenuename": "Venue", "documentfilename": "Document", "documentname": "Document",
    "filename": "Document", "latestmessage": "Message",
    "body": "Message", "vacatedreason": "Reason vacated",
    "cancellationreason": "Reason cancelled", "requestedchanges": "Changes asked for",
    "documenttype": "Type of document",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _is_dated(key: str) -> bool:
    return bool(_DATED.search(key)) and not _NOT_DATES.search(key) and not _BORN.search(key)


def dates_in(keys: Keys) -> list[str]:
    """The keys that hold dates of any meaning."""
    return [
        key
        for key, value in keys.items()
        if (_is_dated(key) and text_of(value))
        or (_MAY_BE_DATED.match(key) and _FIGURES.search(text_of(value)))
    ]


@lru_cache(maxsize=2048)
def verb_of(key: str) -> str:
    """What a date's key says happened: ``dateOfIssue`` says "issued"."""
    words = in_words(key).lower().split()
    return next((verb for stem, verb in _VERBS if any(w.startswith(stem) for w in words)), "")


def not_held(key: str, status: str) -> str:
    """How a hearing was taken out of the list; "" where it was not."""
    texts = (status.casefold(), key.casefold())
    return next((word for text in texts for stem, word in _OFF if stem in text), "")


@lru_cache(maxsize=1024)
def thing_of(key: str) -> tuple[str, str]:
    """What a record under a key is called, and its event type."""
    for part in reversed(key.split(".")):
        plain = squeezed(part)
        for words, name, event_type in _THINGS:
            if any(word in plain for word in words):
                return name, event_type
    return in_words(key.rpartition(".")[2]), ""


@lru_cache(maxsize=1024)
def title_of(thing: str, key: str) -> str:
    """What happened: "Order issued"."""
    if thing == "Case note":
        return thing
    verb = verb_of(key)
    if thing == "Hearing" and verb in ("", "started"):
        return "Court hearing"
    if thing == "Case" and not verb:
        return "Case closed"
    return f"{thing} {verb}".strip()


def author_of(keys: Keys) -> str:
    """Who made, sent or heard it."""
    for name in AUTHORS:
        value = keys.get(name)
        inner = keyed(value)
        text = judge(inner) if inner else text_of(value)
        if text and not is_e_mail(text) and not _USER.fullmatch(text):
            return text
    return judge(keys)


def judge(keys: Keys) -> str:
    """A judge by title and name."""
    title = said(keys, "judgetitle", "othertitle").replace("_", " ").capitalize()
    name = said(keys, "judgelastname", "judgefullname")
    return " ".join(filter(None, (title, name))) if name else said(keys, "name")


def value_in_words(keys: Keys, name: str) -> str:
    """A value in words: ``CASE_MANAGEMENT`` as "Case management"."""
    text = said(keys, name)
    if text.isupper() and "_" in text and " " not in text:
        return f"{text.replace('_', ' ').capitalize()} [{text}]"
    return text


def private(cells: Cells) -> tuple[str, ...]:
    """The headings of cells that say where somebody lives or how to reach them."""
    return tuple(key for key, text in cells if text and (is_private(key) or is_e_mail(text)))


def is_e_mail(text: str) -> bool:
    """Whether a text is an e-mail address and at most a word on whose, under whatever key."""
    return "@" in text and bool(_E_MAIL.fullmatch(text.strip()))


@lru_cache(maxsize=16_384)
def is_private(path: str) -> bool:
    """Whether a path of keys leads to what outputs do not repeat."""
    return any(PRIVATE.search(squeezed(part)) for part in path.split("."))


def repeatable(cells: Cells) -> Cells:
    """Cells for the list of what was left out."""
    return tuple(
        (key, _WITHHELD if is_private(key) or is_e_mail(text) else text)
        for key, text in cells
        if text
    )
