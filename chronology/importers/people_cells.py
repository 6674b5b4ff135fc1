"""Cells that name people: whom a record is about, and who else is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from chronology.account import Identifier, Mention
from chronology.dates import says_as_above, without_midnight
from chronology.flags import Flag
from chronology.identifiers import check, identifier
from chronology.importers.heading_words import GROUPS
from chronology.importers.plan import SURNAME_FIRST, Plan
from chronology.importers.wording import plain
from chronology.names import mentions, subjects
from chronology.reading.grid import Line

_MISSING = Flag("subject-missing", "The record does not name whom it is about.")


def subjects_of(
    plan: Plan, line: Line, default: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Flag, ...]]:
    """Whom a row is about, by its own cells, else as stated for the table."""
    named = _name(plan, line)
    numbers = tuple(
        (text, _kind_in(plan.table.headings[column]))
        for column in plan.at.get("subject_id", ())
        if (text := line.cells[column].strip()) and not says_as_above(text)
    )
    name, born = named.strip(), without_midnight(plan.text(line, "subject_born").strip())
    found, flags = _subjects(name, born, numbers)
    if len(found) > 1 and plan.surname_first and SURNAME_FIRST.fullmatch(name):
        found = (Mention(name, "", born, _identifiers(numbers)),)
    role = plan.text(line, "subject_role").strip()
    if role and len(found) == 1 and not found[0].role:
        found = (replace(found[0], role=role),)
    if found:
        return found, flags
    return (default, flags) if default else ((), (*flags, _MISSING))


def people_of(plan: Plan, line: Line) -> tuple[Mention, ...]:
    """Everybody else a row names in its columns for people."""
    found: list[Mention] = []
    for column in plan.at.get("people", ()):
        text = line.cells[column]
        if text.strip() and not says_as_above(text):
            found.extend(_people(text, _role_in(plan.table.headings[column])))
    return tuple(dict.fromkeys(found))


def stated_subject(name: str, born: str, number: str = "") -> tuple[Mention, ...]:
    """Somebody a title or the user names for a whole table."""
    if not name.strip():
        return ()
    return _subjects(name.strip(), born, ((number, ""),) if number else ())[0]


def _name(plan: Plan, line: Line) -> str:
    whole = plan.text(line, "subject")
    if whole.strip() and not says_as_above(whole):
        return whole
    parts = (
        plan.text(line, "subject_forename").strip(),
        plan.text(line, "subject_surname").strip(),
    )
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=4096)
def _subjects(
    name: str, born: str, numbers: tuple[tuple[str, str], ...]
) -> tuple[tuple[Mention, ...], tuple[Flag, ...]]:
    if not name and not numbers:
        return (), ()
    found = _identifiers(numbers)
    doubts = tuple(flag for one in found if (flag := check(one)) is not None)
    return subjects(name, born, found), doubts


def _identifiers(numbers: Sequence[tuple[str, str]]) -> tuple[Identifier, ...]:
    return tuple(
        one
        for text, kind in numbers
        for part in _SEVERAL.split(text)
        if (one := identifier(part, named=kind)) is not None
    )


#: Marks between the numbers of several people in one cell.
_SEVERAL = re.compile(r"\s*[;\n]\s*|\s+/\s+")


@lru_cache(maxsize=256)
def _kind_in(heading: str) -> str:
    """The kind of number a heading promises; none for 'NHS / CHI' or 'ID'."""
    words = set(plain(heading).split())
    if "chi" in words:
        return ""
    return "nhs" if "nhs" in words else "upn" if "upn" in words else ""


@lru_cache(maxsize=8192)
def _people(text: str, role: str) -> tuple[Mention, ...]:
    found = mentions(text)
    return tuple(replace(one, role=role) if role and not one.role else one for one in found)


@lru_cache(maxsize=256)
def _role_in(heading: str) -> str:
    """The role a heading gives to everybody below it: 'Mother's name', 'Victim'."""
    words: Sequence[str] = re.findall(r"\w+", plain(heading))
    return next((word for word in words if word in GROUPS["kin"] and word not in _GROUPS_OF), "")


#: Words for more than one kind of person; they give nobody a role.
_GROUPS_OF = frozenset({"household", "relative", "sibling", "parent", "carer"})
