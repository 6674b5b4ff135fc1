"""The tables of the SSDA903 return other than episodes: each date of a row is one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chronology.importers.defined.base import (
    A_STATE,
    NO_DATE,
    NOT_A_DATE,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.coding import Asked, code_doubts, in_words
from chronology.importers.defined.days import is_coming_of_age
from chronology.importers.defined.sheets import is_no_real_date
from chronology.importers.defined.ssda903_rows import WITHHELD_FLAG, Row
from chronology.when import When

CODES = "ssda903"
TO_COME = (
    "DUC: {} lies after the end of the return ({:%d/%m/%Y}), so it is when the status was expected"
    " to end, not something that happened."
)
AT_EIGHTEEN = (
    "DUC: {} is when the child turns 18, and the file does not show whether that day had come when"
    " the return was made, so it is when the status was expected to end."
)
UNCERTAIN = "the file does not show whether that day had come when the return was made"
A_HEADER = "It tells who a child is by number, without a name; no dated event stands in it."


@dataclass(frozen=True, slots=True)
class Dated:
    """A heading that holds a date, the fact it tells of, and what is told with it."""

    heading: str
    fact: str
    #: (label, heading, code list); the list "" shows the cell as it stands.
    details: tuple[tuple[str, str, str], ...] = ()


_WORKER = (("Reason for the change of social worker", "SW_REASON", "worker-change"),)
DATED: Mapping[str, tuple[Dated, ...]] = {
    "reviews": (
        Dated("REVIEW", "cla-review", (("How the child took part", "REVIEW_CODE", "review"),)),
    ),
    "ad1": (
        Dated("DATE_INT", "adoption-decision"),
        Dated(
            "DATE_MATCH",
            "adoption-match",
            (
                ("Adopted by the current foster carer", "FOSTER_CARE", "boolean"),
                ("Number of adopters", "NB_ADOPTR", ""),
            ),
        ),
    ),
    "placed_for_adoption": (
        Dated("DATE_PLACED", "adoption-decision"),
        Dated(
            "DATE_PLACED_CEASED",
            "adoption-decision-reversed",
            (("Reason", "REASON_PLACED_CEASED", "no-longer-adoption"),),
        ),
    ),
    "previous_permanence": (
        Dated(
            "DATE_PERM",
            "permanence-order",
            (
                ("Previous permanence option", "PREV_PERM", "previous-permanence"),
                ("Arranged by local authority", "LA_PERM", ""),
            ),
        ),
    ),
    "sw_episodes": (Dated("SW_DECOM", "worker-start", _WORKER), Dated("SW_DEC", "worker-end")),
    "dolo": (
        Dated("DOLO_START", "dol-start", (("Until", "DOLO_END", ""),)),
        Dated("DOLO_END", "dol-end", (("From", "DOLO_START", ""),)),
    ),
    "uasc": (Dated("DUC", "uasc-end"),),
}
_FROM_TO = (("Returned", "MIS_END", ""),), (("Since", "MIS_START", ""),)
#: What MISSING says -> the facts of leaving and of returning.
ABSENCES: Mapping[str, tuple[Dated, ...]] = {
    kind: (
        Dated("MIS_START", f"{fact}-start", _FROM_TO[0]),
        Dated("MIS_END", f"{fact}-end", _FROM_TO[1]),
    )
    for kind, fact in (("M", "missing"), ("A", "away"))
}
#: Tables that say how things stood over a year, or what is so.
STATES = frozenset({"oc2", "oc3"})


def tell_row(found: Found, row: Row) -> None:
    """Every date of a row as a fact; the row is left out aloud where it gives none."""
    if row.table in STATES:
        found.leave(row.place(), A_STATE, row.told_cells())
    elif row.table == "header":
        _header(found, row)
    elif row.table == "missing":
        known = ABSENCES.get(row.code("MISSING"))
        _told(found, row, known) if known else _unclear_absence(found, row)
    else:
        _told(found, row, DATED[row.table])


def tell_status_end(found: Found, row: Row, latest: date | None) -> None:
    """The end of the status of a child who came alone, unless it is yet to come.

    It is mostly the 18th birthday, written in advance. ``latest`` is the last day on which anything
    else in the file happened; a return goes to the end of a year (31 March).
    """
    when = row.when("DUC")
    day = when.start if when.is_known and not is_no_real_date(when) else None
    if day is None:
        row.table = "uasc"
        _told(found, row, DATED["uasc"])
        return
    end = _end_of_return(row.get("YEAR"), latest)
    if end is not None:
        reason = TO_COME.format(row.get("DUC"), end) if day > end else ""
    else:
        born = row.when("DOB")
        birth = born.start if born.is_exact and not is_no_real_date(born) else None
        grown = birth is not None and is_coming_of_age(birth, day)
        reason = AT_EIGHTEEN.format(row.get("DUC")) if grown else ""
    if reason:
        found.leave(row.place(), reason, row.told_cells())
        return
    unclear = UNCERTAIN if end is None and not row.get("DOB") else ""
    said = telling(row, (), when)
    found.tell_fact("uasc-end", row.place(), when, (("Not clear", unclear),), **said)


def _end_of_return(year: str, latest: date | None) -> date | None:
    """The last day of the year of a return: as a row says, else by the last thing that happened."""
    if len(year) == len("2025") and year.isdecimal() and year.startswith(("19", "20")):
        return date(int(year), 3, 31)
    if latest is None:
        return None
    return date(latest.year + ((latest.month, latest.day) > (3, 31)), 3, 31)


def real_date(found: Found, row: Row, heading: str) -> When | None:
    """The date under a heading; what is no date is left out with what it says."""
    written = row.get(heading)
    if not written:
        return None
    when = row.when(heading)
    if when.is_known and not is_no_real_date(when):
        return when
    found.leave(row.place(), f"{heading}: {why_no_place(when, written)}", row.told_cells())
    return None


def telling(row: Row, asked: Sequence[Asked], when: When) -> Telling:
    """What every record of a row has, with the doubts about its codes."""
    told: Telling = {"subjects": row.who, "raw": row.raw}
    flags = row.flags
    if asked:
        flags = (*flags, *code_doubts(CODES, asked, when))
    if row.withheld:
        told["withheld"] = row.withheld
        flags = (*flags, WITHHELD_FLAG)
    told["flags"] = flags
    return told


def _told(found: Found, row: Row, dated: Iterable[Dated]) -> None:
    for one in dated:
        when = real_date(found, row, one.heading)
        if when is None:
            continue
        asked = [(label, codes, row.get(heading)) for label, heading, codes in one.details]
        said = telling(row, asked, when)
        if row.table == "sw_episodes":
            said["professional"] = row.get("SW_ID")
        found.tell_fact(one.fact, row.place(), when, in_words(CODES, asked), **said)
    if not row.parts:
        reason = A_STATE if row.table in ("uasc", "previous_permanence") else NO_DATE
        found.leave(row.place(), reason, row.told_cells())


def _unclear_absence(found: Found, row: Row) -> None:
    titles = ("MIS_START", "Missing or away from placement"), ("MIS_END", "Returned to placement")
    types = "POLICE.MISSING", "POLICE.RETURN"
    for index, (heading, title) in enumerate(titles):
        when = real_date(found, row, heading)
        if when is None:
            continue
        label, other, _ = _FROM_TO[index][0]
        asked = [("Missing or away", "missing", row.get("MISSING"))]
        details = [*in_words(CODES, asked), (label, row.get(other))]
        said = telling(row, asked, when)
        said["event_type_written"], said["event_type"] = title, types[index]
        found.tell(row.place(), when, in_lines(title, details), **said)
    if not row.parts:
        found.leave(row.place(), NO_DATE, row.told_cells())


def _header(found: Found, row: Row) -> None:
    """Who a child is; and, of a child who became a mother, when her own child was born."""
    when = row.when("MC_DOB")
    if when.is_known and not is_no_real_date(when):
        title = "Birth of this young person's own child"
        said = telling(row, (), when)
        said["event_type_written"], said["event_type"] = title, "HEALTH.BIRTH"
        found.tell(row.place(), when, title, **said)
        return
    written = row.get("MC_DOB")
    reason = f"MC_DOB: {NOT_A_DATE.format(written[:60])}" if written else A_HEADER
    person = row.who[0] if row.who else None
    found.leave(row.place(), reason, row.told_cells(), person=person)
