"""Every importer, written out by hand: adding one is adding a line."""

from __future__ import annotations

from chronology.account import Agency
from chronology.importers.base import Importer
from chronology.importers.education import Education
from chronology.importers.health import Health
from chronology.importers.other import Other
from chronology.importers.police import Police
from chronology.importers.social_care import SocialCare

IMPORTERS: tuple[Importer, ...] = (
    Health(),
    SocialCare(),
    Police(),
    Education(),
    Other(),
)


def importer_for(agency: Agency) -> Importer:
    """The importer that knows how an agency writes."""
    return next(importer for importer in IMPORTERS if importer.agency is agency)
