"""Common Transfer File (CTF) and Admissions Transfer File (ATF): what one school tells the next.

It holds no safeguarding notes and no exclusions. The schools a pupil went to, free meals, special
educational needs and the marks of every session are dated; that a pupil is in care is not.
"""

from __future__ import annotations

from typing import ClassVar

from chronology.account import Agency
from chronology.dates.standard import read_standard
from chronology.importers.defined.attendance_marks import Sum
from chronology.importers.defined.base import (
    Format,
    Found,
)
from chronology.importers.defined.ctf_pupils import Pupil
from chronology.importers.defined.sheets import cell_text
from chronology.reading.grid import Document, Element

ROOTS = frozenset({"ctfile", "atfile"})


class Ctf(Format):
    """Each date of a pupil is a record; marks become spells; states are left out aloud."""

    name: ClassVar[str] = "ctf"
    title: ClassVar[str] = "Common Transfer File between schools (CTF, ATF)"
    agency: ClassVar[Agency] = Agency.EDUCATION
    system: ClassVar[str] = "CTF"
    reads: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Schools attended", "The day the pupil joined and the day they left, with the reason."),
        (
            "Days after the day on which the file was made",
            "Left out: they are expected, and did not happen.",
        ),
        ("Special educational needs provision", "Start and end; codes of all years."),
        ("Free school meals", "Start and end. The day of a review is left out: it is a deadline."),
        ("Marks of sessions", "Spells of absence and lateness, as in an attendance register."),
        ("In care, care authority, kinds of need", "Left out: they are states without a date."),
        ("Counts of sessions of a year", "Left out: they have no days."),
        ("Results of assessments", "Left out, saying so."),
        (
            "Address, telephone, e-mail, contacts",
            "Withheld: kept with the first record of the pupil, not repeated in outputs.",
        ),
        ("Other parts", "Left out where they hold a date, else kept with the first record."),
        ("Header", "Set apart: it holds no records."),
    )

    def recognises(self, document: Document) -> bool:
        """By the root, or the element that holds the pupils."""
        root = document.root
        if root is None:
            return False
        holders = {one.name.casefold() for one in root.children}
        return root.name.casefold() in ROOTS or bool(holders & {"ctfpupildata", "atfpupildata"})

    def read(self, found: Found) -> None:
        """Every pupil, the header set apart."""
        root = found.document.root
        if root is None:
            return
        school = _said(_named(root, "header") or root, "sourceschool", "schoolname")
        total = Sum()
        made = read_standard(_said(_named(root, "header") or root, "datetime")).start
        number = 0
        for part in root.children:
            for one in part.children:
                if one.name.casefold() == "pupil":
                    number += 1
                    Pupil(found, one, f"Pupil {number}", school, total, made).read()
                else:
                    _set_apart(found, [one])
            if not part.children:
                _set_apart(found, [part])
        if total.read:
            found.notes.append(total.note())
        in_care = sum(_in_care(one) for one in root.children)
        if in_care:
            found.notes.append(
                f"Said to be in care, without the day on which it began: {in_care}"
                f" {'pupil' if in_care == 1 else 'pupils'}."
            )


def _in_care(element: Element) -> int:
    """How many pupils a file says to be in care."""
    return sum(
        one.text.strip().casefold() in ("true", "1", "y", "yes")
        for pupil in element.children
        for held in pupil.children
        if held.name.casefold() == "lookedafter"
        for one in held.children
        if one.name.casefold() == "incare"
    )


def _named(element: Element, name: str) -> Element | None:
    return next((e for e in element.children if e.name.casefold() == name), None)


def _said(element: Element, *path: str) -> str:
    """The text at the end of a path of names in small letters."""
    found: Element | None = element
    for name in path:
        found = _named(found, name) if found is not None else None
    return cell_text(found.text) if found is not None else ""


def _set_apart(found: Found, elements: list[Element]) -> None:
    for one in elements:
        if one.children:
            _set_apart(found, one.children)
        elif one.text:
            found.apart("", one.line, f"{one.name}: {one.text}")
