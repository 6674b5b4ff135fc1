"""Every defined format, written out by hand: adding one is adding a line."""

from __future__ import annotations

from chronology.importers.defined.annex_a import AnnexA
from chronology.importers.defined.base import Format
from chronology.importers.defined.child_health import ChildHealth
from chronology.importers.defined.cin_census import CinCensus
from chronology.importers.defined.csc_api import CscApi
from chronology.importers.defined.fhir import Fhir
from chronology.importers.defined.person_list import PersonList
from chronology.importers.defined.ssd import Ssd
from chronology.importers.defined.ssda903 import Ssda903
from chronology.reading.grid import Document

#: In the order in which they are asked; the more telling first.
FORMATS: tuple[Format, ...] = (
    AnnexA(),
    Ssda903(),
    CinCensus(),
    Ssd(),
    CscApi(),
    ChildHealth(),
    Fhir(),
    PersonList(),
)


def recognised(document: Document) -> Format | None:
    """The first format whose content a file has; None where it is none of them."""
    return next((one for one in FORMATS if one.recognises(document)), None)
