"""Days as print-outs begin a row or paragraph with them."""

from __future__ import annotations

import re
from typing import Final

_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
DAY: Final = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,]+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d)|\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-]+(?:\d{{4}}|\d\d)(?!\d))"
    r"(?:[ ,T]+(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]m)?)?",
    re.IGNORECASE,
)
_WHAT: Final = (
    "contact|event|incident|note|notes|entry|visit|call|meeting|session|occurrence|concern|activity"
    "|attendance|consultation|appointment|record|recording|case note|case notes|casenote"
)
#: "Date:", "Date of contact:", "Contact date/time:" before a day; no date of birth, no due date.
DATE_LABEL: Final = re.compile(
    rf"(?:(?:{_WHAT}) )?(?:date|when)(?: ?(?:/|&|and) ?time)?(?: of (?:{_WHAT}))?\s*:\s*",
    re.IGNORECASE,
)


def day_at_start(text: str) -> str:
    """The day that a text begins with, behind a label if need be; "" for none."""
    label = DATE_LABEL.match(text)
    found = DAY.match(text, label.end() if label else 0)
    return found[0] if found else ""
