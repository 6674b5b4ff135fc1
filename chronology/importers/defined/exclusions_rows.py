"""Rows of the school census, whether they come as COLLECT tables or as elements of its XML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from chronology.account import Mention, Source
from chronology.flags import Flag
from chronology.importers.defined.base import (
    A_STATE,
    NO_DATE,
    Cells,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.coding import Asked, code_doubts, in_words
from chronology.importers.defined.sheets import is_no_real_date
from chronology.when import When

CODES = "exclusions"
COUNTS = "It counts sessions over a term without their days, so it has no place in a timeline."
UNREAD = "Its dates are of a course or a placement at work, which this program does not tell."
WITHHELD = Flag("content-withheld", "The row holds where the pupil lives.")
#: Category -> fact.
CATEGORIES = {
    "PERM": "permanent-exclusion",
    "SUSP": "suspension",
    "FIXD": "suspension",
    "LNCH": "lunchtime-suspension",
}
#: What is told with a suspension: (label, heading, code list).
_EXCLUSION = (
    ("Category", "category", "category"),
    ("Sessions", "sessions", ""),
    ("Special educational needs provision then", "senprovision", "sen-provision"),
    ("In care then", "incare", "boolean"),
    ("Special educational needs expert at the review", "senexpert", "boolean"),
)
_COUNTRY = (("Country", "ukcountry", "country"),)
_PLACED = (
    ("Kind of setting", "apsettingtype", ""),
    ("Reason for the placement", "placementreason", ""),
    ("Attendance pattern", "apattendancepattern", ""),
    ("Sessions a week", "apsessionsperweek", ""),
)
#: Heading of a date -> its fact and what is told with it.
_DATED: Mapping[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "entrydate": ("school-start", ()),
    "leavingdate": ("school-left", ()),
    "fsmstartdate": ("fsm-start", _COUNTRY),
    "fsmenddate": ("fsm-end", _COUNTRY),
}
_PLACEMENT = {"entrydate": "ap-start", "leavingdate": "ap-end"}
_AFTERWARDS = (("reviewdate", "exclusion-review"), ("reinstatementdate", "exclusion-reinstated"))
#: Headings of where a pupil lives.
_WITHHELD = frozenset(
    "postcode saon paon street locality town administrativearea posttown county"
    " uniquepropertyreferencenumber uprn addressline1 addressline2 addressline3 addressline4"
    " addressline5 applacementpostcode easting northing".split()
)


@dataclass(slots=True)
class Row:
    """One row: a line of a table or an element with its leaves."""

    found: Found
    #: Heading in small letters -> what its cell says; blanks are left away.
    values: Mapping[str, str]
    #: Every heading of its table.
    headings: frozenset[str]
    raw: Cells
    who: tuple[Mention, ...]
    place: Callable[[int], Source]
    dated: Callable[[str], When]
    flags: tuple[Flag, ...] = ()
    part: int = 0

    def get(self, heading: str) -> str:
        """What stands under a heading; "" for nothing."""
        return self.values.get(heading, "")

    def source(self) -> Source:
        """Where the next record of the row stands."""
        self.part += 1
        return self.place(self.part - 1)

    def left_cells(self) -> Cells:
        """Every cell, what is withheld named but not told."""
        return tuple((n, "(withheld)" if is_withheld(n) else text) for n, text in self.raw)


@lru_cache(maxsize=4096)
def is_withheld(heading: str) -> bool:
    """Whether a heading is of where somebody lives."""
    return heading.rsplit("/", 1)[-1].strip().casefold() in _WITHHELD


def tell_row(row: Row) -> None:
    """Every date of a row told; the row left out aloud where it gives none."""
    if is_exclusion(row.headings):
        _exclusion(row)
    elif "attendancereason" in row.headings:
        row.found.leave(row.source(), COUNTS, row.left_cells())
    elif row.headings & _DATED.keys():
        _dates(row)
    else:
        dates = any("date" in h and h != "dob" for h in row.values)
        row.found.leave(row.source(), UNREAD if dates else A_STATE, row.left_cells())


def is_exclusion(headings: frozenset[str]) -> bool:
    """Whether headings are those of suspensions and exclusions."""
    reasons = headings & {"reason", "reason1", "exclusionreason", "reasons"}
    return headings >= {"startdate", "category"} and bool(reasons or "sessions" in headings)


def _exclusion(row: Row) -> None:
    category = row.get("category").upper()
    asked: list[Asked] = [(label, c, row.get(key)) for label, key, c in _EXCLUSION if row.get(key)]
    asked = [(n, c, _whole(text) if n == "Sessions" else text) for n, c, text in asked]
    reasons = [text for key, text in row.values.items() if _is_reason(key)]
    asked[1:1] = [("Reason", "reason", text) for text in dict.fromkeys(reasons)]
    started = _date(row, "startdate")
    if started is not None:
        source, when = started
        details = _joined(in_words(CODES, asked))
        said = _telling(row, asked, when)
        if category in CATEGORIES:
            row.found.tell_fact(CATEGORIES[category], source, when, details, **said)
        else:
            title = "Suspended or excluded from school"
            said["event_type_written"], said["event_type"] = title, "EDU.EXCLUSION"
            row.found.tell(source, when, in_lines(title, details), **said)
    for heading, code in _AFTERWARDS:
        if row.get(heading):
            _afterwards(row, heading, code)
    if not row.part:
        row.found.leave(row.source(), NO_DATE, row.left_cells())


def _afterwards(row: Row, heading: str, code: str) -> None:
    """The review of an exclusion, or the pupil's return."""
    found = _date(row, heading)
    if found is None:
        return
    source, when = found
    asked: list[Asked] = [("Category of the exclusion", "category", row.get("category"))]
    if code == "exclusion-review":
        asked.append(("Result", "review-result", row.get("reviewresult")))
    asked = [one for one in asked if one[2]]
    if row.get("startdate"):
        asked.insert(0, ("Started", "", row.get("startdate").removesuffix(" 00:00:00")))
    details = in_words(CODES, asked)
    said = _telling(row, asked, when)
    said["outcome"] = next((text for label, text in details if label == "Result"), "")
    row.found.tell_fact(code, source, when, details, **said)


def _dates(row: Row) -> None:
    is_placement = bool(row.headings & {"apsettingtype", "placementreason"})
    for heading, (code, details) in _DATED.items():
        if not row.get(heading):
            continue
        found = _date(row, heading)
        if found is None:
            continue
        source, when = found
        code = _PLACEMENT.get(heading, code) if is_placement else code
        columns = _PLACED if is_placement else details
        asked: list[Asked] = [(n, c, row.get(key)) for n, key, c in columns if row.get(key)]
        said = _telling(row, asked, when)
        row.found.tell_fact(code, source, when, in_words(CODES, asked), **said)
    if not row.part:
        named = row.who[0] if row.get("surname") and row.who[0].identifiers else None
        row.found.leave(row.source(), NO_DATE, row.left_cells(), person=named)


def _date(row: Row, heading: str) -> tuple[Source, When] | None:
    """Where and when; left out aloud where the cell is no date."""
    written = row.get(heading)
    if not written:
        return None
    source, when = row.source(), row.dated(heading)
    if when.is_known and not is_no_real_date(when):
        return source, when
    row.found.leave(source, f"{heading}: {why_no_place(when, written)}", row.left_cells())
    return None


def _telling(row: Row, asked: list[Asked], when: When) -> Telling:
    withheld = tuple(n for n, text in row.raw if text and is_withheld(n))
    doubts = code_doubts(CODES, asked, when)
    flags = (*row.flags, *doubts, *((WITHHELD,) if withheld else ()))
    native = row.get("nativeid")
    return {
        "subjects": row.who,
        "raw": row.raw,
        "other": (("School or return (NativeId)", native),) if native else (),
        "withheld": withheld,
        "flags": flags,
    }


def _joined(details: list[tuple[str, str]]) -> list[tuple[str, str]]:
    lines: dict[str, list[str]] = {}
    for label, text in details:
        lines.setdefault(label, []).append(text)
    return [(label, "; ".join(texts)) for label, texts in lines.items()]


def _is_reason(heading: str) -> bool:
    return heading.startswith(("reason", "exclusionreason"))


def _whole(text: str) -> str:
    """A count as a person writes it: "10" of "10.0"."""
    return text.removesuffix(".0")
