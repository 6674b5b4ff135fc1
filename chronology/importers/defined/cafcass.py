"""Private law cases as the family court's interface gives them to Cafcass."""

from __future__ import annotations

from chronology.account import Agency
from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.court_cases import is_private_law, tell_case
from chronology.importers.defined.objects import holds_any, tell_places
from chronology.reading.grid import Document


class Cafcass(Format):
    """Cases under "cases", in a list, or one alone; dates in three styles in one file."""

    name = "cafcass"
    title = "Cafcass private law cases"
    agency = Agency.OTHER
    system = "Family court (private law)"
    reads = (
        ("Case opened, application submitted or issued", "One event each."),
        ("Hearings", "One event for each day; their status (listed, cancelled) is the outcome."),
        ("Hearings that lay ahead when the case was last changed",
         "Told as listed: the file cannot say whether they were held."),
        ("Orders", "Made, issued or served, each on its date."),
        ("Documents with a date", "Told on that date; those without are left out."),
        ("Children", "Named as those the case is about, with their dates of birth."),
        ("Applicants, respondents, other parties", "Named as persons; their details left out."),
        ("Addresses, telephone numbers, e-mail", "Withheld."),
        ("Last change to the case", "Told beside the case; it is no event."),
        ("A list of hearings alone", "Told as those of a case."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether anything in the file is a private law case."""
        return document.data is not None and holds_any(document.data, is_private_law)

    def read(self, found: Found) -> None:
        """Every case."""
        tell_places(found, is_private_law, tell_case)
