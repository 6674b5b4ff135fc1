"""Which column holds what: headings and cells weighed together, each column placed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from chronology.importers.evidence import Look
from chronology.importers.fitness import alone, fit
from chronology.importers.heading_words import GROUPS
from chronology.importers.headings import CLOCKS, FIELDS, SINGLE, label
from chronology.importers.wording import Own, barred, likeness, plain

#: A column placed with less is doubted in the report.
SURE = 0.6
#: A column that scores less for every field stays unplaced.
ENOUGH = 0.3
#: What cells alone can score at most: a heading always says more.
CELLS_ALONE = 0.55

#: A heading as sure as this is not set aside for what the cells look like.
KNOWN = 0.9
#: From this share of its cells on a column holds years of school and no years of an event.
SCHOOL_YEARS = 0.8

#: Dates that stand in for the date of the event where a file has no other, in this order.
STAND_INS = ("known", "recorded", "shared", "occurred_end")
#: Headings that mean what the column before them makes of them.
BARE_CLOCKS = frozenset({"time", "at", "hour", "hr"})
BARE_PERSONAL = frozenset({"dob", "date of birth", "id", "nhs number", "nhs no", "born"})
POSTCODES = frozenset({"postcode", "post code"})
#: A bare postcode that stands after one of these is where the person lives.
PERSONAL = frozenset(
    "subject subject_forename subject_surname subject_born subject_id gender".split()
)
AT_HOME = "It says where a person lives, not where something happened; kept under its heading."


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column was taken for, how surely (0 to 1), and why; no field: not placed."""

    index: int
    heading: str
    field: str
    confidence: float
    why: str


class _Claim(NamedTuple):
    score: float
    field: str
    column: int
    by_cells: bool


def read_columns(
    headings: Sequence[str], looks: Sequence[Look], own: Own = ()
) -> tuple[ColumnReading, ...]:
    """Each column's field, by the words over it and the cells under it."""
    likes = _in_context(headings, own)
    looks = _with_ages(looks)
    homes = _homes(headings, likes)
    claims = [
        claim
        for column, like in enumerate(likes)
        if column not in homes
        for claim in _claims(column, headings[column], like, looks[column])
    ]
    placed = _settle(_without_school_years(claims, looks))
    placed = _with_story(placed, likes, looks)
    placed = _with_subject(placed, likes)
    placed = _with_event_date(placed)
    return tuple(
        ColumnReading(column, heading, "", 0.0, AT_HOME)
        if column in homes
        else _reading(column, heading, placed.get(column), likes[column], own)
        for column, heading in enumerate(headings)
    )


def doubts_about(columns: Sequence[ColumnReading], looks: Sequence[Look]) -> tuple[str, ...]:
    """A sentence for each column placed on thin evidence, and for each that could not be."""
    thin = [
        f"Column '{c.heading}' was taken for {label(c.field)} on thin evidence. {c.why}"
        for c in columns
        if c.field and c.confidence < SURE
    ]
    loose = [
        f"Column '{c.heading}' was not understood; its words are kept under that heading."
        for c in columns
        if not c.field and looks[c.index].cells and not barred(c.heading) and c.why != AT_HOME
    ]
    return tuple(thin + loose)


def _with_ages(looks: Sequence[Look]) -> list[Look]:
    """The columns whose dates are mostly two years or more older than another column's."""
    latest = max((look.year for look in looks if look["date"] >= 0.5), default=0.0)
    return [
        replace(look, older=bool(look.year) and look["date"] >= 0.5 and look.year <= latest - 2)
        for look in looks
    ]


def _claims(column: int, heading: str, like: Mapping[str, float], look: Look) -> list[_Claim]:
    claims = [
        _Claim(score * (0.5 + 0.5 * fits), field, column, by_cells=False)
        for field, score in like.items()
        if (fits := fit(field, look)) > 0
    ]
    if barred(heading) or (max(like.values(), default=0.0) >= KNOWN and claims):
        return claims
    return claims + [
        _Claim(CELLS_ALONE * sure, field, column, by_cells=True)
        for field in FIELDS
        if (sure := alone(field, look)) > 0
    ]


def _without_school_years(claims: Sequence[_Claim], looks: Sequence[Look]) -> list[_Claim]:
    """The claims without a 'Year' that is a pupil's year of school: nothing is dated by it."""
    has_month = any(claim.field == "occurred_month" for claim in claims)
    return [
        claim
        for claim in claims
        if claim.field != "occurred_year"
        or not _is_school_year(looks[claim.column], has_month=has_month)
    ]


def _is_school_year(look: Look, *, has_month: bool) -> bool:
    """Whether the cells are years of school; 10 beside a column of months is 2010."""
    if not look.cells or look["school_year"] < SCHOOL_YEARS:
        return False
    return not (has_month and look["number"] == 1.0)


def _settle(claims: Sequence[_Claim]) -> dict[int, _Claim]:
    """The strongest claim first; a column is placed once, and so is a field that one can fill."""
    order = {field: number for number, field in enumerate(FIELDS)}
    placed: dict[int, _Claim] = {}
    taken: set[str] = set()
    for claim in sorted(claims, key=lambda c: (-round(c.score, 3), order[c.field], c.column)):
        free = claim.field not in SINGLE or claim.field not in taken
        if claim.score >= ENOUGH and free and claim.column not in placed:
            placed[claim.column] = claim
            taken.add(claim.field)
    return placed


def _in_context(headings: Sequence[str], own: Own) -> list[Mapping[str, float]]:
    """Likeness of each heading, where 'Time' after 'Date reported' is the time reported."""
    likes: list[Mapping[str, float]] = []
    for column, heading in enumerate(headings):
        like = likeness(heading, own)
        before = _strongest(likes[column - 1]) if column else ""
        if plain(heading) in BARE_CLOCKS and before in CLOCKS:
            like = {CLOCKS[before]: 1.0}
        elif plain(heading) in BARE_PERSONAL and before:
            near = 1.02 if before.startswith("subject") else 0.97 if before == "people" else 1.0
            like = {field: score * near for field, score in like.items()}
        likes.append(like)
    return likes


def _homes(headings: Sequence[str], likes: Sequence[Mapping[str, float]]) -> frozenset[int]:
    """The columns of postcodes that say where a person lives: 'Postcode' among who they are."""
    found: set[int] = set()
    for column, heading in enumerate(headings):
        words = plain(heading)
        if words in POSTCODES:
            before = _strongest(likes[column - 1]) if column else ""
            is_home = before in PERSONAL
        else:
            of_whom = frozenset(words.split()) & (GROUPS["who"] | {"home"})
            is_home = bool(of_whom) and words.endswith(tuple(POSTCODES))
        if is_home:
            found.add(column)
    return frozenset(found)


def _strongest(like: Mapping[str, float]) -> str:
    return max(like, key=lambda field: like[field], default="")


def _with_story(
    placed: dict[int, _Claim], likes: Sequence[Mapping[str, float]], looks: Sequence[Look]
) -> dict[int, _Claim]:
    """Where nothing was placed as what happened, the wordiest column that may be it."""
    if any(claim.field == "narrative" for claim in placed.values()):
        return placed
    may = [
        (bool(likes[column].get("narrative")), looks[column].length, -column)
        for column in range(len(looks))
        if likes[column].get("narrative") or _field(placed, column) in ("title", "analysis")
        if fit("narrative", looks[column]) > 0
    ]
    if not may:
        return placed
    column = -max(may)[2]
    score = max(0.5, likes[column].get("narrative", 0.0) * 0.8)
    return {**placed, column: _Claim(score, "narrative", column, by_cells=False)}


def _with_subject(
    placed: dict[int, _Claim], likes: Sequence[Mapping[str, float]]
) -> dict[int, _Claim]:
    """Where nobody was placed as whom it is about, a column of people whose heading may say so."""
    if any(claim.field in ("subject", "subject_surname") for claim in placed.values()):
        return placed
    for column, claim in sorted(placed.items()):
        if claim.field == "people" and likes[column].get("subject", 0.0) >= 0.7:
            return {**placed, column: claim._replace(field="subject")}
    return placed


def _with_event_date(placed: dict[int, _Claim]) -> dict[int, _Claim]:
    """Where no column dates the event, another date of the record stands in, and is doubted."""
    fields = {claim.field: column for column, claim in placed.items()}
    if fields.keys() & {"occurred", "occurred_year", "occurred_month"}:
        return placed
    for field in STAND_INS:
        if field in fields:
            column = fields[field]
            claim = placed[column]._replace(field="occurred", score=0.4)
            clock = fields.get(CLOCKS.get(field, ""), -1)
            moved = {clock: placed[clock]._replace(field="occurred_time")} if clock >= 0 else {}
            return {**placed, column: claim, **moved}
    return placed


def _field(placed: Mapping[int, _Claim], column: int) -> str:
    return placed[column].field if column in placed else ""


def _reading(
    column: int, heading: str, claim: _Claim | None, like: Mapping[str, float], own: Own
) -> ColumnReading:
    if claim is None:
        why = "No field of a record fits it; its words are kept under its own heading."
        return ColumnReading(column, heading, "", 0.0, why)
    sure = round(min(1.0, claim.score), 2)
    return ColumnReading(column, heading, claim.field, sure, _why(heading, claim, like, own))


def _why(heading: str, claim: _Claim, like: Mapping[str, float], own: Own) -> str:
    plainly = label(claim.field)
    score = like.get(claim.field, 0.0)
    if claim.by_cells:
        return f"The heading is not one this program knows; the cells look like {plainly}."
    if score > 1 and any(field == claim.field for field, _ in own):
        return f"In records of this agency '{heading}' means {plainly}."
    if not score and claim.field == "occurred":
        return "It is the only date in the table; it may be the day of recording, not of the event."
    if score >= 0.95:
        return f"The heading '{heading}' means {plainly}."
    if score:
        return f"The heading '{heading}' reads like {plainly}, and the cells fit."
    return f"Nothing else in the table could be {plainly}."


def renamed(column: ColumnReading, field: str, why: str) -> ColumnReading:
    """A column as a person says it is."""
    return replace(column, field=field, confidence=1.0, why=why)
