"""The parts of a cell: an outcome at the end of a narrative, a yes or no, a footer."""

from __future__ import annotations

import re

from chronology.account import Said

_LABEL = re.compile(
    r"^[ \t]*(?:outcomes?|actions?(?: taken)?|outcome ?(?:/|and|&) ?actions?"
    r"|actions? ?(?:/|and|&) ?outcomes?|result|agreed actions?"
    r"|follow[- ]?up|next steps?|plan)[ \t]*:[ \t]*",
    re.I | re.M,
)
#: "Outcome: advice given." as the last sentences of a text, behind the full stop of another.
_SENTENCE = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][\"'”’)\]]))[ \t]+"
    r"(?:Outcomes?|OUTCOMES?)(?: ?(?:/|and|&) ?[Aa]ctions?)?[ \t]*:[ \t]*"
)
_FOOTER = re.compile(
    r"page \d+(?: ?(?:of|/) ?\d+)?|\*{0,3} ?end of (?:the )?(?:report|record|chronology|document"
    r"|file|export|data|list|entries).*|(?:grand |sub-?)?totals?\b[ :]*(?:\w+ ){0,4}[\d,.]*"
    r"|(?:report )?printed(?: on| by| at|:).*"
    r"|(?:report )?(?:run|generated|produced|exported|extracted)(?: on| by| at|:).*"
    r"|report (?:run|generated|produced|created).*|\d+ (?:records?|rows?|entries|events?|items?)"
    r"(?: (?:found|in total|returned|selected))?\.?"
    r"|(?:number|no\.?|count) of (?:records|rows|entries).*"
    r"|official(?:[- –]*sensitive)?.{0,60}|confidential.{0,40}|continued(?: overleaf)?\.{0,3}"
    r"|no (?:further|more) (?:records?|entries)\.?",
    re.I,
)
_YES = re.compile(r"\s*(?:y|yes|true|seen|1)\b(?!\s*(?:no\b))", re.I)
_NO = re.compile(r"\s*(?:n|no|false|not\s+seen|0)\b(?!\s*(?:info|record|data|answer))(?!/)", re.I)
_BARE = re.compile(r"\s*(?:y|n|yes|no|true|false|seen|not seen|1|0)\s*\.?\s*", re.I)


def split_outcome(text: str) -> tuple[str, str]:
    """A narrative and the outcome at its end: the last lines that begin with 'Outcome:' or so.

    Where no line does, a last sentence that begins with 'Outcome:' is it.
    """
    labels = list(_LABEL.finditer(text))
    if not labels:
        return _split_at_sentence(text)
    if not text[: labels[-1].start()].strip():
        return text, ""
    at = len(labels) - 1
    while at and text.count("\n", labels[at - 1].end(), labels[at].start()) == 1:
        at -= 1
    if not text[: labels[at].start()].strip():
        at = next(i for i, label in enumerate(labels) if text[: label.start()].strip())
    return text[: labels[at].start()].rstrip(), text[labels[at].end() :].strip()


def _split_at_sentence(text: str) -> tuple[str, str]:
    labels = list(_SENTENCE.finditer(text))
    if not labels or not text[labels[-1].end() :].strip():
        return text, ""
    return text[: labels[-1].start()].rstrip(), text[labels[-1].end() :].strip()


def is_footer(text: str) -> bool:
    """Whether some words are those of a page's or a report's foot, not of a record."""
    return len(text) <= 100 and _FOOTER.fullmatch(text.strip()) is not None


def said(text: str) -> Said:
    """The answer a cell gives, by its first word."""
    if _YES.match(text):
        return Said.YES
    return Said.NO if _NO.match(text) else Said.NOT_RECORDED


def is_bare_answer(text: str) -> bool:
    """Whether a cell holds a yes or a no and nothing else."""
    return _BARE.fullmatch(text) is not None
