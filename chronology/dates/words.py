"""The words people write dates with, as tables, and the tidying that comes before reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

#: Only so much of a cell is read as a date; the rest of a long cell is narrative.
READ_AT_MOST = 200

#: What is typed, pasted or put there by a program for a plain character; "" where nothing is shown.
CHARACTERS: dict[str, str] = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63",
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02b9\u02bc",
    '"': "\u201c\u201d\u201e\u2033",
    "/": "\u2044\u2215",
    ".": "\u00b7\u2024",
    "": "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068"
    "\u2069\ufeff",
    "d": "\u1d48",
    "h": "\u02b0",
    "n": "\u207f",
    "r": "\u02b3",
    "s": "\u02e2",
    "t": "\u1d57",
}

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)

#: A day or a month as the standard writes it, with a time of day or without.
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?)?)?")

#: Short forms, Welsh, and misspellings that can only be one month.
MONTH_WORDS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "janurary", "januray", "ionawr"),
    ("february", "feb", "febuary", "feburary", "febraury", "chwefror"),
    ("march", "mar", "mrch", "mawrth"),
    ("april", "apr", "apirl", "ebrill"),
    ("may", "mai"),
    ("june", "jun", "mehefin"),
    ("july", "jul", "gorffennaf"),
    ("august", "aug", "augst", "awst"),
    ("september", "sept", "sep", "septmber", "setember", "medi"),
    ("october", "oct", "ocotber", "hydref"),
    ("november", "nov", "novemeber", "tachwedd"),
    ("december", "dec", "decemeber", "rhagfyr"),
)
MONTHS: dict[str, int] = {w: n for n, words in enumerate(MONTH_WORDS, 1) for w in words}

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_WORDS: tuple[tuple[str, ...], ...] = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "weds", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
WEEKDAYS: dict[str, int] = {w: n for n, words in enumerate(WEEKDAY_WORDS) for w in words}

#: First month and number of months. Terms overlap because Easter moves.
SEASONS: dict[str, tuple[int, int]] = {
    "spring": (3, 3),
    "summer": (6, 3),
    "autumn": (9, 3),
    "winter": (12, 3),
    "autumn term": (9, 4),
    "spring term": (1, 4),
    "summer term": (4, 4),
}

#: A cell that says, in words, that it says nothing.
NOTHING_SAID = frozenset(
    {
        *("", "-", "--", "---", "?", "??", "???", "n/a", "na", "n/k", "nk", "u/k", "uk", "none"),
        *("nil", "not known", "unknown", "not recorded", "not given", "not stated", "unspecified"),
        *("date not known", "date unknown", "no date", "undated", "no date given", "tbc", "tba"),
        *("to be confirmed", "date not recorded", "not dated", "blank", "unclear", "null", "nan"),
    }
)

#: A cell that points at the date above it instead of giving one.
SAME_AS_ABOVE = frozenset(
    {
        *('"', "''", "ditto", "as above", "same as above", "same date", "same day", "do", "-do-"),
        *("as previous", "date as above", "same", '""', '" "'),
    }
)

_DOUBT = (
    r"approx(?:\.|imate(?:ly)?)?|circa|roughly|around|about|on or (?:about|around)|possibly"
    r"|probably|perhaps|maybe|thought to be|believed to be|est\.?|estimated"
)
#: A doubt in front of what it doubts: "c. 14/03/13", "?15:00", "on or about 3 May 2019".
DOUBT_BEFORE = re.compile(rf"(?:[?~≈]+|\(\?\)|ca?\.|(?:{_DOUBT}|ca?)(?=[\s:\d])|ca?\s)[\s:]*")
#: A doubt behind it: "14/03/13 (approx)", "15:00?", "3 May 2019 or thereabouts".
DOUBT_AFTER = re.compile(
    rf"[\s,(\[-]*(?:\?+|(?<![a-z])(?:{_DOUBT}|or thereabouts|or so|ish|unconfirmed|uncertain"
    r"|not certain|unsure|not sure|tbc|to be confirmed|provisional|unclear|date approximate"
    r"|exact date (?:not known|unknown|unclear|not recorded)))[\s)\]?.]*"
)
#: Words anywhere in a short remark behind a date that put the date itself in doubt.
DOUBTING = re.compile(
    rf"\?|\b(?:{_DOUBT}|unsure|not sure|uncertain|unclear|or (?:earlier|later|before|after)"
    r"|give or take|between|either|day before|day after|next day|week)\b"
)

_TABLE = str.maketrans(
    {ch: plain for plain, chars in CHARACTERS.items() for ch in chars}
    | {chr(n): chr(n - 0xFEE0) for n in range(0xFF01, 0xFF5F)}
)
_EDGES = " .,;:'"


def either(words: dict[str, int]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def tidy(text: str) -> str:
    """Lower case, plain characters, single spaces, nothing hanging over at either end."""
    plain = " ".join(text[: 2 * READ_AT_MOST].translate(_TABLE).lower().split())[:READ_AT_MOST]
    plain = plain.strip(_EDGES)
    if len(plain) > 2 and plain[0] + plain[-1] in ("()", "[]", '""') and plain.count(plain[0]) < 3:
        return plain[1:-1].strip(_EDGES)
    return plain


def quoted(text: str) -> str:
    """A cell's words in quotation marks, cut where they run long."""
    plain = " ".join(text[:READ_AT_MOST].split())
    return f"'{plain if len(plain) <= 60 else plain[:57] + '...'}'"


def spoken(day: date) -> str:
    """``14 March 2013``, whatever language the machine speaks."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def listed(things: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))


def iso_in_words(text: str) -> str:
    """``12 January 2023`` of 2023-01-12; what is no date of the standard as it stands."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        return text
    year, month, day, clock = found.groups()
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return text
    words = f"{MONTH_NAMES[int(month) - 1]} {int(year):04}"
    return f"{int(day)} {words}{f', {clock}' if clock else ''}" if day else words
