"""Care and other public law cases as the family court's system (FPL) keeps them."""

from __future__ import annotations

from chronology.account import Agency
from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.court_cases import is_public_law, tell_case
from chronology.importers.defined.objects import holds_any, tell_places
from chronology.reading.grid import Document


class FamilyCourt(Format):
    """A case with its data under "caseData" or "case_data", in a request or a list, or bare."""

    name = "family_court"
    title = "Family public law cases (FPL)"
    agency = Agency.OTHER
    system = "Family court (public law)"
    reads = (
        ("Application submitted", "One event; a placeholder in place of the date is left out."),
        ("Hearings, vacated and adjourned ones too", "One event each, from the start."),
        ("Hearings that lay ahead when the case was last changed",
         "Told as listed: the file cannot say whether they were held."),
        ("Earlier court proceedings", "Their start and their end, one event each."),
        ("Changes of legal representatives", "One event each."),
        ("Case management, standard directions and other orders",
         "One event each, on the day of issue (and of sending); drafts are marked."),
        ("Directions", "Left out: the date to be completed by is a deadline, not an event."),
        ("Case notes", "One event each, in their own words."),
        ("Documents, messages, applications with a date", "Told on that date."),
        ("Children", "Named as those the case is about, with their dates of birth."),
        ("Respondents, applicants, others", "Named as persons; their details left out."),
        ("Addresses, telephone numbers, e-mail, why details are hidden", "Withheld."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether anything in the file is a public law case."""
        return document.data is not None and holds_any(document.data, is_public_law)

    def read(self, found: Found) -> None:
        """Every case."""
        tell_places(found, is_public_law, tell_case)
