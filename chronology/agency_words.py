"""What of a record's text is its agency's own words, and what this program put there.

Records of defined formats have no narrative: theirs is made of a title and lines of "label:
value". Words of these labels stand in every record of the kind, so two records do not share them
in the sense in which two people use one word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from chronology.account import Account
from chronology.dates.words import MONTH_NAMES
from chronology.vocabulary.facts import fact

_LABEL = re.compile(r"([^\W\d_][^:\n]{0,70}):\s")
#: A label whose value too is this program's: what a date is that a format leaves open.
_ABOUT_THE_DATE = "The date is"
_YEAR_OR_SHORTER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")
_MONTHS = frozenset(part for name in MONTH_NAMES for part in (name.lower(), name[:3].lower()))


def narrative_of(account: Account) -> str:
    """The narrative without the labels that this program put there.

    A label is an agency's own where it stands so in one of the record's cells.
    """
    if not account.raw or "\n" not in account.narrative or ": " not in account.narrative:
        return account.narrative
    return _without_labels(account.narrative, account.raw)


def cited_from(account: Account) -> str:
    """Everything a record says of what occurred in its agency's own words.

    Not the title either that a fact of a return bears: its words stand in no cell.
    """
    heading, narrative = account.event_type_written, narrative_of(account)
    title, _, lines = narrative.partition("\n")
    if title in {fact(code).title for code in account.facts}:
        narrative = lines
        heading = "" if heading == title else heading
    return "\n".join((heading, narrative, account.outcome, account.location))


def is_dating(word: str) -> bool:
    """Whether a word is a year, another short number or a month: it says when and not what."""
    return bool(_YEAR_OR_SHORTER.fullmatch(word)) or word in _MONTHS


@lru_cache(maxsize=8192)
def _without_labels(narrative: str, raw: tuple[tuple[str, str], ...]) -> str:
    title, *lines = narrative.split("\n")
    cells: str | None = None
    kept = [title]
    for line in lines:
        found = _LABEL.match(line)
        if found and cells is None:
            cells = " ".join(" ".join(text.split()) for _, text in raw)
        if found and f"{' '.join(found[1].split())}:" not in (cells or ""):
            line = "" if found[1] == _ABOUT_THE_DATE else line[found.end() :]
        kept.append(line)
    return "\n".join(kept)
