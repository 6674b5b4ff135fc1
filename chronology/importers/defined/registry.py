"""Every defined format, written out by hand: adding one is adding a line."""

from __future__ import annotations

from chronology.importers.defined.annex_a import AnnexA
from chronology.importers.defined.attendance import Attendance
from chronology.importers.defined.base import Format
from chronology.importers.defined.cafcass import Cafcass
from chronology.importers.defined.child_health import ChildHealth
from chronology.importers.defined.cin_census import CinCensus
from chronology.importers.defined.csc_api import CscApi
from chronology.importers.defined.ctf import Ctf
from chronology.importers.defined.discharge_document import DischargeDocument
from chronology.importers.defined.e_mail import EMail
from chronology.importers.defined.exclusions import Exclusions
from chronology.importers.defined.family_court import FamilyCourt
from chronology.importers.defined.fhir import Fhir
from chronology.importers.defined.liquidlogic import Liquidlogic
from chronology.importers.defined.mosaic import Mosaic
from chronology.importers.defined.person_list import PersonList
from chronology.importers.defined.police_uk import PoliceUk
from chronology.importers.defined.prison_notes import PrisonNotes
from chronology.importers.defined.probation_contacts import ProbationContacts
from chronology.importers.defined.safeguarding_log import SafeguardingLog
from chronology.importers.defined.ssd import Ssd
from chronology.importers.defined.ssda903 import Ssda903
from chronology.importers.defined.vaccinations import Vaccinations
from chronology.reading.grid import Document

#: In the order in which they are asked; the more telling first.
FORMATS: tuple[Format, ...] = (
    AnnexA(),
    Ssda903(),
    CinCensus(),
    Ssd(),
    CscApi(),
    ChildHealth(),
    DischargeDocument(),
    Fhir(),
    Exclusions(),
    Ctf(),
    Attendance(),
    SafeguardingLog(),
    Cafcass(),
    FamilyCourt(),
    Liquidlogic(),
    Mosaic(),
    PoliceUk(),
    PrisonNotes(),
    ProbationContacts(),
    Vaccinations(),
    EMail(),
    PersonList(),
)


def recognised(document: Document) -> Format | None:
    """The first format whose content a file has; None where it is none of them."""
    return next((one for one in FORMATS if one.recognises(document)), None)
