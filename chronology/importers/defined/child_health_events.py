"""The events of child health messages, and what is said of their dates."""

from __future__ import annotations

from typing import Final

TABLE: Final = "child_health"
#: The event type of each message; of others what their records are.
EVENT_TYPES: Final[dict[str, str]] = {
    "CH001": "PRACTICE.INFORMATION",
    "CH002": "HEALTH.ADMISSION",
    "CH003": "HEALTH.CONDITION",
    "CH004": "ASSESS.OTHER",
    "CH005": "HEALTH.BIRTH",
    "CH006": "HEALTH.REVIEW",
    "CH007": "HEALTH.REVIEW",
    "CH008": "HEALTH.CONDITION",
    "CH009": "HEALTH.DISCHARGE",
    "CH010": "HEALTH.REVIEW",
    "CH011": "HEALTH.ED",
    "CH012": "HEALTH.REVIEW",
    "CH013": "FAMILY.PARENT_HEALTH",
    "CH014": "HEALTH.REVIEW",
    "CH015": "HEALTH.IMMUNISATION",
    "CH016": "PRACTICE.INFORMATION",
    "CH017": "PRACTICE.INFORMATION",
    "CH018": "HEALTH.REVIEW",
    "CH019": "HEALTH.MEDICATION",
    "CH020": "HEALTH.REVIEW",
    "CH021": "HEALTH.REVIEW",
    "CH022": "VOICE.VIEWS",
    "CH023": "PRACTICE.INFORMATION",
    "CH024": "HEALTH.REVIEW",
    "CH025": "PRACTICE.DECISION",
    "CH026": "PRACTICE.INFORMATION",
    "CH027": "PRACTICE.ALLOCATION",
    "CH028": "CONTACT.REFERRAL",
    "CH029": "PRACTICE.INFORMATION",
    "CH030": "PRACTICE.INFORMATION",
    "CH031": "PRACTICE.INFORMATION",
    "CH032": "EDU.MEETING",
    "CH033": "PRACTICE.INFORMATION",
    "CH034": "HEALTH.REVIEW",
    "CH035": "HEALTH.REVIEW",
    "CH036": "HEALTH.MEDICATION",
    "CH037": "HEALTH.OUTPATIENT",
    "PDS001": "HEALTH.DEREGISTERED",
    "PDS002": "FAMILY.MOVE",
    "PDS003": "HEALTH.BIRTH",
    "PDS004": "FAMILY.DEATH",
    "FM001": "PRACTICE.INFORMATION",
    "FM002": "PRACTICE.INFORMATION",
    "EMS01": "PRACTICE.INFORMATION",
}
#: Messages whose records are examinations or results, not visits to a GP.
EXAMINING: Final = frozenset(
    "CH004 CH006 CH010 CH012 CH014 CH018 CH020 CH021 CH024 CH034 CH035 CH037".split()
)
#: Messages in which a communication is the envelope and not itself the event.
ENVELOPED: Final = ("PDS", "FM", "EMS")
BIRTHS: Final = frozenset({"CH005", "PDS003"})

THE_MESSAGE: Final = ("The date is", "that on which the message was sent; it gives no other")
THE_EVENT: Final = ("The date is", "that of the event of the message; it gives none of its own")
THE_SENDING: Final = ("The date is", "that of the notice")
NULLIFIES_SOME: Final = (
    "It takes back",
    "a failsafe alert about this person; it does not say which",
)
DELETES: Final = "The sender deletes the message that held this record."
