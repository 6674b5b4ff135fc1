"""Words by which a record says that it should not stand: entered in error, withdrawn, void."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

#: What a record calls itself. A contact or an incident may be recorded in error; only the record
#: itself is withdrawn, deleted or void in these words, for a complaint may be withdrawn too.
_RECORD = (
    r"(?:case\s*note|case\s*record|record|entry|note|log(?:\s+entry)?|row|observation\s+record)"
)
_RECORDED = (
    rf"(?:{_RECORD}|contact|referral|episode|event|incident|assessment|document|form|visit|alert"
    r"|message|chronology\s+entry|duplicate)"
)
_WHO = r"(?:child|patient|pupil|student|person|client|service\s+user|young\s+person|sibling|family)"
_FILED = r"(?:file|record|records|notes|log|case|chronology|profile)"
_WROTE = (
    r"(?:entered|recorded|added|logged|created|input|inputted|uploaded|saved|filed|written|put"
    r"|made|typed|placed|scanned|attached)"
)
_IS = r"(?:(?:is|was|has\s+been|were|to\s+be|should\s+be|must\s+be|now)\s+)*"
_ABOUT = rf"(?:(?:this|the|above|whole)\s+)*(?:{_RECORDED}\s+)?{_IS}(?:marked\s+as\s+)?"
_OF_IT = rf"(?:(?:this|the|above|whole)\s+)*{_RECORD}\s+{_IS}"
_END = r"(?=\s*(?:$|[\n:;.!?)\]*|\-\u2013\u2014,/]))"
_WRONG = rf"(?:the\s+)?wrong\s+(?:{_WHO}(?:['\u2019]s?)?(?:\s+{_FILED})?|{_FILED})\b"
#: What was written in error, and not the record: "recorded in error as male".
_NOT_IT = r"(?!\s+(?:as|that|to|by|on\s+(?!wrong|the\s+wrong)|in|for|of|at|when)\b)"

#: Phrases that say it wherever they open what a record says, or stand in brackets.
_PHRASE = re.compile(
    rf"(?:{_ABOUT}{_WROTE}\s+(?:in|by)\s+(?:error|mistake)\b{_NOT_IT}"
    rf"|{_OF_IT}(?:in\s+error|made\s+in\s+error|withdrawn|void|voided|deleted|cancelled"
    rf"|disregarded|ignored|struck\s+out)\b{_END}"
    rf"|{_OF_IT}(?:withdrawn|deleted|voided)\s+by\b"
    rf"|{_ABOUT}{_WROTE}\s+(?:on|in|to|into|onto|under|against)\s+{_WRONG}(?:\s+(?:in|by)"
    rf"\s+(?:error|mistake))?{_END}"
    rf"|wrong\s+(?:{_WHO}['\u2019]s?\s+{_FILED}|{_WHO}|{_FILED}){_END}"
    rf"|(?:please\s+)?(?:disregard|ignore)\s+(?:(?:this|the\s+above|above)\s+)?{_RECORDED}\b"
    rf"|{_ABOUT}to\s+be\s+(?:disregarded|ignored){_END}"
    r"|withdrawn[\s:;\-\u2013\u2014]+(?:as\s+)?(?:(?:a\s+)?duplicate|in\s+error|wrong\s|error\b"
    rf"|{_WROTE}\s+(?:in|on|by|under|against)\b|see\s+(?:record|entry|note))"
    rf"|(?:void|voided|deleted|withdrawn|cancelled)\s+{_RECORD}{_END}"
    r"|(?:in|error|mistake)\s*[-\u2013\u2014:]\s*(?:please\s+)?(?:disregard|ignore)\b"
    r"|(?:opened|started|completed)\s+in\s+error\s*[-\u2013\u2014:;.,]*\s*(?:please\s+)?"
    r"(?:disregard|ignore|duplicate|delete)\b"
    r")",
    re.IGNORECASE,
)
#: Words that say it in capitals alone: a child is withdrawn, a flat void, messages are deleted.
_STAMP = re.compile(
    r"(?:WITHDRAWN|VOID|VOIDED|DELETED|DISREGARD|DISREGARDED|TO BE DISREGARDED|RECORD WITHDRAWN)"
    r"(?=\s*(?:[:;!\])*|\-\u2013\u2014/]))"
)
#: What is said of a record in a column of its own.
_STATUS = re.compile(
    rf"(?:{_ABOUT}(?:{_WROTE}\s+(?:in|by)\s+(?:error|mistake)|in\s+error|entered-in-error"
    rf"|deleted|nullified|to\s+be\s+(?:disregarded|ignored)|disregard(?:ed)?)"
    rf"|{_WROTE}\s+(?:on|in|to|into|onto|under|against)\s+{_WRONG}|{_WRONG})[\s.!]*",
    re.IGNORECASE,
)
_STATUS_OF_RECORD = re.compile(
    r"(?:withdrawn|void|voided|cancelled|error|removed|retracted)[\s.!]*", re.IGNORECASE
)
_YES = frozenset({"y", "yes", "true", "1", "x", "✓", "deleted", "error"})
#: A column "Deleted" or "Void" alone may speak of a message or a flat.
_COLUMN_OF_YES = re.compile(
    rf"(?:is )?(?:(?:record|note|entry) (?:deleted|void|voided|withdrawn|nullified)|nullified"
    rf"|(?:deleted|void|voided|withdrawn) (?:record|note|entry)|{_WROTE} in error|in error)"
    r"(?: flag| yn| y n| indicator)?"
)
_COLUMN_OF_RECORD = re.compile(r"(?:case )?(?:record|note|entry|row|log) (?:status|state)")
#: A quick look: without one of these no phrase can be there.
_CLUES = (
    *("error", "mistake", "withdrawn", "void", "deleted", "cancelled", "regard", "ignore"),
    *("wrong", "struck"),
)
_OPENING = " \t\n*#>!-\u2013\u2014_=~.:;|/\"'\u2018\u201c<[("
_BRACKETED = re.compile(r"[\[(]\s*([^\[\]()]{4,80}?)\s*[\])]|\*{2,}\s*([^*\n]{4,80}?)\s*\*{2,}")
_AFTER_A_MARK = re.compile(r"\s[-\u2013\u2014:|/]+\s+|[:;|]\s+|\n")
#: Words that may stand behind the phrase in brackets.
_TAIL = re.compile(r"\s*(?:$|[?!.,;:\-\u2013\u2014]+.*)", re.DOTALL)
#: Letters of the record quoted.
_QUOTED = 90
#: Lines of a story that may open it: its title and its first words.
_LINES = 2


def says_withdrawn(story: str, labels: tuple[str, ...] = ()) -> str:
    """The words of a record, or of its type and title, that say it should not stand, else ""."""
    for label in labels:
        if _may_say(label) and (words := _in_label(label)):
            return words
    return _in_story(story) if _may_say(story) else ""


def status_withdrawn(heading: str, text: str) -> str:
    """The words of a column about the state of a record that say it should not stand, else ""."""
    kind = _kind_of(heading)
    said = text.strip() if kind else ""
    if not said:
        return ""
    if kind == "yes":
        return f"{heading.strip()}: {said}" if said.casefold() in _YES else ""
    if _STATUS.fullmatch(said):
        return said
    own = kind == "own" and _STATUS_OF_RECORD.fullmatch(said)
    return f"{heading.strip()}: {said}" if own else ""


@lru_cache(maxsize=4096)
def _kind_of(heading: str) -> str:
    """Whether a column answers yes or no, tells the state of the record, or of something."""
    head = " ".join(re.findall(r"[a-z]+", heading.casefold()))
    if _COLUMN_OF_YES.fullmatch(head):
        return "yes"
    if _COLUMN_OF_RECORD.fullmatch(head):
        return "own"
    return "any" if head.endswith(("status", "state")) else ""


def _may_say(text: str) -> bool:
    lower = text.lower()
    return any(clue in lower for clue in _CLUES)


def _in_label(label: str) -> str:
    """Of a type or title, also what stands behind a dash or a colon."""
    parts = [label, *_AFTER_A_MARK.split(label)[1:]]
    return next((words for part in parts if (words := _opening(part))), "") or _bracketed(label)


def _in_story(story: str) -> str:
    lines = [line for line in story.split("\n") if line.strip()][:_LINES]
    opened = next((words for line in lines if (words := _opening(line))), "")
    return opened or _bracketed(story)


def _opening(text: str) -> str:
    bare = text.lstrip(_OPENING)
    found = _PHRASE.match(bare) or _STAMP.match(bare) or _alone(bare)
    return _quoted(bare) if found else ""


def _alone(bare: str) -> re.Match[str] | None:
    """A word in capitals that is all there is."""
    return re.fullmatch(r"(?:VOID|VOIDED|DELETED|DISREGARD|DISREGARDED)[\s.!\])*]*", bare)


def _bracketed(text: str) -> str:
    return next((group for group in _groups(text) if _is_whole(group)), "")


def _groups(text: str) -> Iterator[str]:
    for found in _BRACKETED.finditer(text):
        yield (found.group(1) or found.group(2)).strip()


def _is_whole(group: str) -> bool:
    found = _PHRASE.match(group)
    return bool(found and _TAIL.fullmatch(group, found.end()))


def _quoted(bare: str) -> str:
    line = " ".join(re.split(r"\n|(?<![(\[].)[\])*]{1,}", bare, maxsplit=1)[0].split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0] + " …"
