"""The words of the trade: event types, abbreviations, roles, and names of agencies."""

from chronology.vocabulary.disowned import says_withdrawn, status_withdrawn
from chronology.vocabulary.event_types import (
    EVENT_TYPES,
    EventType,
    classify,
    event_types,
    form_of,
    is_missed,
)
from chronology.vocabulary.glossary import Abbreviation, abbreviations_in, expand, glossary
from chronology.vocabulary.organisations import (
    agency_of_organisation,
    agency_of_system,
    telling_words,
)
from chronology.vocabulary.roles import (
    agency_of_role,
    family_roles,
    is_professional_role,
    role_agencies,
    role_of,
)
from chronology.vocabulary.services import OF_AGENCY, services_in

__all__ = [
    "EVENT_TYPES",
    "OF_AGENCY",
    "Abbreviation",
    "EventType",
    "abbreviations_in",
    "agency_of_organisation",
    "agency_of_role",
    "agency_of_system",
    "classify",
    "event_types",
    "expand",
    "family_roles",
    "form_of",
    "glossary",
    "is_missed",
    "is_professional_role",
    "role_agencies",
    "role_of",
    "says_withdrawn",
    "services_in",
    "status_withdrawn",
    "telling_words",
]
