"""What the cells of a column look like, whatever stands over them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from statistics import median

from chronology.dates import looks_like_clock, looks_like_date
from chronology.reading.grid import Line, Stamp
from chronology.vocabulary import is_professional_role

#: Cells looked at in a column; more would say the same.
SAMPLE = 120
#: A cell of as many characters as this is prose.
PROSE = 50


@dataclass(frozen=True, slots=True)
class Look:
    """How a column's filled cells look; ``shares`` (0 to 1) of them pass the tests below.

    ``filled`` is the share of rows with anything in the column; ``length`` the mean number of
    characters; ``distinct`` the share of different values; ``year`` the median year of its dates
    (0 without dates).
    """

    cells: int = 0
    filled: float = 0.0
    length: float = 0.0
    distinct: float = 0.0
    values: int = 0
    running: bool = False
    year: float = 0.0
    #: Its dates are mostly years before those of another column: dates of birth.
    older: bool = False
    shares: Mapping[str, float] = field(default_factory=dict)

    def __getitem__(self, name: str) -> float:
        """The share of cells that pass the test of this name."""
        return self.shares.get(name, 0.0)


def look(lines: Sequence[Line], column: int) -> Look:
    """How a column looks, from cells spread over all its lines."""
    filled = [
        (line.cells[column].strip(), line.stamps.get(column))
        for line in lines
        if column < len(line.cells) and line.cells[column].strip()
    ]
    if not filled:
        return Look()
    step = max(1, len(filled) // SAMPLE)
    sample = filled[::step]
    texts = [text for text, _ in sample]
    return Look(
        cells=len(filled),
        filled=len(filled) / len(lines),
        length=sum(map(len, texts)) / len(texts),
        distinct=len(set(texts)) / len(texts),
        values=len(set(texts)),
        running=_runs(texts),
        year=_middle_year(sample),
        shares={
            **{name: _share(sample, test) for name, test in _STAMP_TESTS.items()},
            **{name: _count(texts, test) for name, test in _TESTS.items()},
        },
    )


_CLOCK_IN = re.compile(
    r"\b\d{1,2}[:.]\d\d\b(?![./-]\d)|\b\d{4}\s*(?:hrs?|hours)\b|\b\d{1,2}\s*[ap]\.?m\b", re.I
)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_SHORT_YEAR = re.compile(r"[./\- ](\d\d)(?:\s|$)")
_NUMBER = re.compile(r"#?\d{1,7}\.?(?:0)?")
_IDENT = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9/\-_. ]{2,24}")
_NHS = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_NAME = re.compile(
    r"(?:(?i:mr|mrs|ms|miss|mx|dr|prof|rev|sir|master|baby|unborn)\.? )?"
    r"[^\W\d_a-z][\w'’.\-]*(?:(?:,| |, )[^\W\d_][\w'’.\-]*){0,4}(?:\s*\([^)]*\))?"
)
#: Words that stand in labels and places but hardly in the names of people.
_NOT_NAME = frozenset(
    """visit meeting call contact discussion assessment conference report review letter email
    telephone phone home office school hospital clinic surgery centre police health social care
    service services team council trust the and of for with from in at to no nfa none unknown
    referral attendance appointment incident concern note notes case information received sent
    other strategy core group section plan child protection family domestic abuse missing person
    arrest crime entry consultation admission discharge birth death education absence behaviour
    road street house lane avenue close yes not seen alone discussed agreed advised""".split()
)
_KINDS = frozenset(
    """visit meeting call contact discussion assessment conference report review letter email
    telephone phone referral attendance appointment incident concern note consultation admission
    discharge arrest missing abuse disclosure decision transfer closure allocation supervision
    notification exclusion absence behaviour screening immunisation domestic assault theft entry
    encounter attended dna safeguarding session check log injury bullying crime strategy""".split()
)
_KIN = re.compile(
    r"\b(?:mother|father|mum|dad|sibling|brother|sister|grandmother|grandfather|mgm|mgf|pgm|pgf"
    r"|aunt|uncle|stepfather|stepmother|step-?dad|partner|victim|suspect|witness|aggrieved"
    r"|nan|cousin|friend|neighbour|carer|self)\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:road|rd|street|st|lane|avenue|ave|close|drive|court|crescent|terrace|place|gardens"
    r"|flat|house|home|clinic|surgery|centre|hospital|school|office|park|room|teams|telephone"
    r"|phone|ward|a&e|ed|station|virtual|online|address|community|unit|library|hub|nursery)\b"
    r"|\b[a-z]{1,2}\d{1,2}[a-z]?\s*\d[a-z]{2}\b",
    re.I,
)
_BODY = re.compile(
    r"\b(?:police|constabulary|trust|council|school|academy|college|hospitals?|surgery|practice"
    r"|nhs|service|services|social care|housing|association|charity|cafcass|probation|nursery"
    r"|foundation|team|centre|camhs|health visiting|midwifery|ambulance|department|borough|csc"
    r"|mash|women.s aid|ltd)\b",
    re.I,
)
_SECTOR = re.compile(
    r"(?:children.?s? )?(?:health|social care|social services|csc|police|education|school"
    r"|housing|probation|other|voluntary|nhs|early help|third sector|cafcass)"
    r"(?: agency| service)?s?",
    re.I,
)
_YES_NO = re.compile(
    r"(?:y|n|yes|no|true|false|n/?a|not (?:seen|applicable|recorded))\b.{0,30}", re.I | re.S
)
_SEX = re.compile(r"m|f|male|female|man|woman|boy|girl|u|unknown|indeterminate|other", re.I)
_LIST = re.compile(r"[;\n]|,\s.*\(|\(.*\),|\).*\(| and ")
_RANKED = re.compile(
    r"(?:pc|pcso|dc|ds|di|dci|sgt|ps|insp|inspector|wpc|wdc|t/?dc|csi|cid|dr|prof|nurse|sister"
    r"|staff nurse|sw|hv|gp|cmw|snr|cpn|op|operator|controller|caretaker|matron|rn|sn)\b[ .]",
    re.I,
)
_ROLE_AFTER = re.compile(r",\s*([^,;()\d]{2,40})$|\(([^()]{2,40})\)\s*$")

#: A year of school: 5, 10B, R, N2, Reception, Year 9, Y9.
_SCHOOL_YEAR = re.compile(
    r"n[12]?|r|rec(?:eption)?|nurs?(?:ery)?|(?:y(?:ea)?r?s?|nc|bl(?:wyddyn)?)?\.? ?"
    r"(?:1[0-5]|[1-9])(?:[a-z]{1,2})?(?:\.0)?",
    re.I,
)


def _words_in(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(re.findall(r"[a-z]+", text.casefold()))


def is_name(text: str) -> bool:
    return (
        len(text) <= 45
        and _NAME.fullmatch(text) is not None
        and not _words_in(text, _NOT_NAME)
        and any(part[:1].isupper() for part in text.split())
    )


@lru_cache(maxsize=4096)
def _has_role(text: str) -> bool:
    """Whether a cell names a worker: a role alone, after a comma, or a title before a name."""
    if len(text) > 90:
        return False
    if _RANKED.match(text) or is_professional_role(text):
        return True
    before, comma, _ = text.partition(", ")
    if comma and len(before.split()) > 1 and is_name(before):
        return True
    after = _ROLE_AFTER.search(text)
    return after is not None and is_professional_role((after[1] or after[2]).strip())


_TESTS: dict[str, Callable[[str], bool]] = {
    "number": lambda text: _NUMBER.fullmatch(text) is not None,
    "ident": lambda text: _IDENT.fullmatch(text) is not None,
    "nhs": lambda text: _NHS.fullmatch(text) is not None,
    "prose": lambda text: len(text) >= PROSE,
    "name": is_name,
    "role": _has_role,
    "kin": lambda text: _KIN.search(text) is not None and len(text) < 200,
    "several": lambda text: _LIST.search(text) is not None,
    "kind": lambda text: len(text) <= PROSE and _words_in(text, _KINDS),
    "place": lambda text: len(text) <= 80 and _PLACE.search(text) is not None,
    "body": lambda text: len(text) <= 90 and _BODY.search(text) is not None,
    "sector": lambda text: _SECTOR.fullmatch(text) is not None,
    "yes_no": lambda text: _YES_NO.fullmatch(text) is not None,
    "school_year": lambda text: _SCHOOL_YEAR.fullmatch(text) is not None,
    "sex": lambda text: _SEX.fullmatch(text) is not None,
}


def _count(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts)


def _share(
    sample: Sequence[tuple[str, Stamp | None]], test: Callable[[str, Stamp | None], bool]
) -> float:
    return sum(test(text, stamp) for text, stamp in sample) / len(sample)


def _dated(text: str, stamp: Stamp | None) -> bool:
    return isinstance(stamp, date) or (stamp is None and len(text) < 80 and looks_like_date(text))


def _clocked(text: str, stamp: Stamp | None) -> bool:
    if stamp is not None:
        return isinstance(stamp, time)
    return len(text) < 40 and looks_like_clock(text) and not looks_like_date(text)


def _dated_and_clocked(text: str, stamp: Stamp | None) -> bool:
    return isinstance(stamp, datetime) or (
        _dated(text, stamp) and _CLOCK_IN.search(text) is not None
    )


_COUNT = re.compile(r"[0-9]{1,9}\.*")


def _runs(texts: Sequence[str]) -> bool:
    """Whether the cells are numbers that only ever go up: a count of the rows."""
    numbers = [int(text.rstrip(".")) for text in texts if _COUNT.fullmatch(text)]
    return (
        len(numbers) > 2
        and len(numbers) >= 0.9 * len(texts)
        and all(a < b for a, b in pairwise(numbers))
        and numbers[0] <= 1
    )


def _middle_year(sample: Sequence[tuple[str, Stamp | None]]) -> float:
    years: list[int] = []
    for text, stamp in sample:
        if isinstance(stamp, date):
            years.append(stamp.year)
        elif found := _YEAR.search(text):
            years.append(int(found[1]))
        elif short := _SHORT_YEAR.search(text):
            years.append(1900 + int(short[1]) + (100 if int(short[1]) < 50 else 0))
    return float(median(years)) if years else 0.0


_STAMP_TESTS: dict[str, Callable[[str, Stamp | None], bool]] = {
    "date": _dated,
    "clock": _clocked,
    "both": _dated_and_clocked,
}
