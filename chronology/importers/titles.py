"""What the lines above a table say about all of it: whose it is, and who sent it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from chronology.dates import looks_like_date
from chronology.importers.evidence import is_name
from chronology.importers.listed import listed
from chronology.importers.wording import plain
from chronology.reading.grid import Line
from chronology.vocabulary import agency_of_organisation, agency_of_system, telling_words

#: Labels in title rows -> what stands after them. Fewer than headings: a title row is prose.
LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "subject": listed(
            """child | child's name | name of child | name | subject | pupil | pupil name
            | patient | patient name | student | client | client name | service user
            | young person | full name | children | child/young person | tenant | re
            | regarding | person | name of child/young person | name of pupil
            | name of patient | child(ren) | subject name | nominal | learner | resident
            | subject of chronology | subject child"""
        ),
        "born": listed(
            """dob | d.o.b. | date of birth | born | child's dob | d.o.b | dob/edd | edd
            | pupil dob | patient dob | child dob"""
        ),
        "number": listed(
            """nhs number | nhs no | upn | person id | client id | mosaic id | patient id
            | crn | noms no | id | child id | hospital number | lcs id | pupil id
            | tenancy ref"""
        ),
        "agency": listed("agency | agency name | name of agency | agency/organisation | sector"),
        "organisation": listed(
            """organisation | service | school | school name | organisation name | trust
            | team | department | practice | provider | force | hospital | setting
            | agency/service | name of organisation | local authority
            | contributing agency | submitted by | surgery | establishment
            | reporting agency | completed on behalf of | from | prepared by | produced by
            | completed by | compiled by | author"""
        ),
        "system": listed("system | source system | extracted from | record system | database"),
    }
)
_FIELD_OF = {plain(words): field for field, labels in LABELS.items() for words in labels}
#: Titles after whose colon or dash the sender or the child is named.
_TITLE = re.compile(
    r"^(?:multi-?agency |single agency |integrated |agency |case |internal )*"
    r"(?:chronology|report|record|case notes?|export|log|summary|history|contribution)"
    r"(?: of (?:significant )?(?:events|contacts?|involvement))?"
    r"(?:\s*[:\-–—]\s*|\s+(?:for|of|by|from|re|on)\s+)(.+)$",
    re.I,
)
_LABELLED = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z'’ /.()]{0,40}?)\s*:\s*(?P<value>.*?)"
    r"(?=(?:\s{2,}|[|;,\t\n]\s*|\s)[A-Z][A-Za-z'’/.]*(?: [A-Za-z'’/.]+){0,3}\s*:|$)",
    re.S,
)
_BORN = re.compile(
    r"[(\[,;]?\s*\b(?:born|d\.?o\.?b\.?|date of birth)\b[\s:]*(?:on )?"
    r"(\d{1,2}[./ \-]\w{1,9}[./ \-]\d{2,4}|\d{4}-\d\d-\d\d)\s*[)\]]?",
    re.I,
)
#: The words of an organisation must say as much as this to be taken for one.
ORGANISATION_SURE = 0.5


@dataclass(frozen=True, slots=True)
class About:
    """What titles say; empty where they say nothing."""

    subject: str = ""
    born: str = ""
    number: str = ""
    agency: str = ""
    organisation: str = ""
    system: str = ""


def about(lines: Sequence[Line], paragraphs: Iterable[str] = ()) -> About:
    """What the title rows and the paragraphs above a table say about it."""
    said: dict[str, str] = {}
    for text in paragraphs:
        _take(said, _of_text(text))
    for line in lines:
        _take(said, _of_cells([cell.strip() for cell in line.cells if cell.strip()]))
    return About(**said)


def section_name(text: str) -> str:
    """The name a section row is about: 'Jamie', "Jamie's entries", 'Child: Jamie Example'."""
    labelled = _of_text(text).get("subject", "")
    if labelled:
        return labelled
    bare = re.sub(
        r"(?:['’]s)?\s+(?:entries|records?|chronology|events|notes)\s*$", "", text.strip()
    )
    return bare if is_name(bare) and len(bare.split()) <= 4 else ""


def _take(said: dict[str, str], more: Mapping[str, str]) -> None:
    for field, value in more.items():
        said.setdefault(field, value)


def _of_cells(cells: Sequence[str]) -> dict[str, str]:
    """A title row: 'Child:' in one cell and the name in the next, or all in one."""
    said: dict[str, str] = {}
    skip = False
    for cell, following in zip(cells, [*cells[1:], ""], strict=True):
        if skip:
            skip = False
            continue
        field = _FIELD_OF.get(plain(cell), "")
        if field and following and _suits(field, following):
            _take(said, {field: following})
            skip = True
        else:
            _take(said, _of_text(cell))
    return said


def _of_text(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for found in _LABELLED.finditer(text):
        field = _FIELD_OF.get(plain(found["label"]), "")
        value = found["value"].strip(" \t\n,;|")
        if field and value and _suits(field, value):
            _take(said, {field: value})
    if said:
        return said
    return _of_title(text)


def _of_title(text: str) -> dict[str, str]:
    if len(text) > 120:
        return {}
    found = _TITLE.match(text.strip())
    words = found[1].strip() if found else text.strip()
    sentence = words.endswith(".") and len(words.split()) > 3
    sure = agency_of_organisation(words)[1] >= ORGANISATION_SURE
    if sure and not sentence and not _multi(words):
        sender = _sender(words)
        return {"system" if _is_system(sender) else "organisation": sender}
    born = _BORN.search(words) if found else None
    if born is not None:
        words = (words[: born.start()] + words[born.end() :]).strip(" ,;()")
    if found and is_name(words) and len(words.split()) > 1:
        return {"subject": words, **({"born": born[1].strip()} if born else {})}
    system = agency_of_system(words)
    if system[1] >= ORGANISATION_SURE and len(words) < 60:
        return {"system": words}
    return {}


def _sender(words: str) -> str:
    """The part of a title that names the sender: 'Hill School - safeguarding log'."""
    parts = [part.strip() for part in re.split(r"\s[-–—|]\s", words)]
    named = [part for part in parts if agency_of_organisation(part)[0] is not None]
    return named[0] if len(named) == 1 else words


def _is_system(sender: str) -> bool:
    """Whether it is the name of a case system and nothing else: many organisations use it."""
    told = " ".join(telling_words(sender))
    return agency_of_system(sender)[1] >= ORGANISATION_SURE and told == plain(sender)


def _multi(words: str) -> bool:
    return "agency" in words.casefold().replace("-", "").split() or "multi" in words.casefold()


def _suits(field: str, value: str) -> bool:
    if field == "subject":
        return len(value) <= 80 and not looks_like_date(value)
    if field == "born":
        return looks_like_date(value)
    if field == "organisation":
        return agency_of_organisation(value)[1] >= ORGANISATION_SURE
    return len(value) <= 80
