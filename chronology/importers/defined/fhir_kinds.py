"""What each kind of FHIR record tells, in STU3 and R4: when, by whom, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that tells of something that happened."""

    title: str
    event_type: str
    #: Elements that say when it happened, the best first; of a period its start.
    occurred: tuple[str, ...] = ()
    #: Elements that say when it was written down.
    recorded: tuple[str, ...] = ()
    #: Elements that name it.
    called: tuple[str, ...] = ("code",)
    #: Whether the day it was written is the day it was done: a request, an answer, a message.
    is_writing: bool = False
    #: What its end is called where it is told as well; "" where the end is only a detail.
    ended: str = ""
    #: Elements that say nothing to a reader: how a system sorts such records.
    sorting: tuple[str, ...] = ()
    #: All elements that its date and title are made of.
    used: frozenset[str] = field(init=False)
    #: The elements of its dates that stand at the top of a record.
    dates: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        used = frozenset((*self.occurred, *self.recorded, *self.called, *self.sorting))
        object.__setattr__(self, "used", used)
        dates = tuple(name for name in (*self.occurred, *self.recorded) if "." not in name)
        object.__setattr__(self, "dates", dates)


_REQUEST: Final = ("authoredOn", "requestedOn")

#: Kinds that tell of something that happened to somebody.
KINDS: Final[dict[str, Kind]] = {
    "AllergyIntolerance": Kind(
        "Allergy or intolerance", "HEALTH.CONDITION",
        ("onsetDateTime", "onsetPeriod", "onset"), ("recordedDate", "assertedDate"),
    ),
    "Appointment": Kind(
        "Appointment", "CONTACT.APPOINTMENT", ("start",), ("created",),
        ("description", "serviceType", "appointmentType"),
    ),
    "AppointmentResponse": Kind(
        "Answer to an appointment", "CONTACT.APPOINTMENT", ("start",), (), ("participantStatus",)
    ),
    "CarePlan": Kind(
        "Care plan", "HEALTH.REVIEW", ("period",), ("created",), ("title", "category"),
        ended="Care plan ended",
    ),
    "CareTeam": Kind("Care team", "PRACTICE.ALLOCATION", ("period",), (), ("name", "category")),
    "ClinicalImpression": Kind(
        "Clinical impression", "ASSESS.OTHER", ("effectiveDateTime", "effectivePeriod"), ("date",)
    ),
    "Communication": Kind(
        "Communication", "CONTACT.LETTER", ("sent", "received"), (),
        ("topic", "reasonCode", "category"), is_writing=True,
    ),
    "CommunicationRequest": Kind(
        "Communication asked for", "PRACTICE.INFORMATION", _REQUEST, (), ("category",),
        is_writing=True,
    ),
    "Composition": Kind(
        "Document", "PRACTICE.CHRONOLOGY", ("event.period",), ("date",), ("title", "type")
    ),
    "Condition": Kind(
        "Condition", "HEALTH.CONDITION",
        ("onsetDateTime", "onsetPeriod"), ("recordedDate", "assertedDate", "dateRecorded"),
    ),
    "Consent": Kind(
        "Consent", "PRACTICE.INFORMATION", ("dateTime", "period"), (), ("scope", "category")
    ),
    "Contract": Kind("Contract", "PRACTICE.INFORMATION", ("issued", "applies"), ()),
    "Coverage": Kind("Cover for costs", "FAMILY.MONEY", ("period",), (), ("type",)),
    "DetectedIssue": Kind(
        "Clinical issue", "HEALTH.CONDITION", ("identifiedDateTime", "identifiedPeriod", "date")
    ),
    "DeviceRequest": Kind("Device asked for", "CONTACT.REFERRAL", _REQUEST, (), is_writing=True),
    "DeviceUseStatement": Kind(
        "Use of a device", "HEALTH.CONTACT", ("timingDateTime", "timingPeriod"), ("recordedOn",)
    ),
    "DiagnosticReport": Kind(
        "Report of tests", "HEALTH.RESULT",
        ("effectiveDateTime", "effectivePeriod"), ("issued",),
    ),
    "DocumentReference": Kind(
        "Document", "PRACTICE.CHRONOLOGY", ("context.period",), ("created", "date", "indexed"),
        ("description", "type"),
    ),
    "Encounter": Kind(
        "Contact with a health service", "HEALTH.CONTACT", ("period",), (), ("type", "serviceType"),
        ended="Discharge",
    ),
    "EpisodeOfCare": Kind(
        "Episode of care", "PRACTICE.ALLOCATION", ("period",), (), ("type",),
        ended="Episode of care ended",
    ),
    "FamilyMemberHistory": Kind(
        "Family history", "FAMILY.PARENT_HEALTH", (), ("date",), ("relationship",)
    ),
    "Flag": Kind(
        "Alert", "PRACTICE.INFORMATION", ("period",), (), ("code",), ended="Alert ended"
    ),
    "Goal": Kind(
        "Goal", "PRACTICE.DECISION", ("startDate", "statusDate"), (), ("description",)
    ),
    "ImagingStudy": Kind(
        "Imaging", "HEALTH.OUTPATIENT", ("started",), (), ("procedureCode", "description")
    ),
    "Immunization": Kind(
        "Immunisation", "HEALTH.IMMUNISATION",
        ("occurrenceDateTime", "date"), ("recorded",), ("vaccineCode",),
    ),
    "List": Kind("List", "PRACTICE.CHRONOLOGY", (), ("date",), ("title", "code")),
    "Media": Kind(
        "Picture or recording", "PRACTICE.CHRONOLOGY",
        ("createdDateTime", "createdPeriod"), ("issued",), ("type",),
    ),
    "MedicationAdministration": Kind(
        "Medication given", "HEALTH.MEDICATION", ("effectiveDateTime", "effectivePeriod"), (),
        ("medicationCodeableConcept", "medicationReference"),
    ),
    "MedicationDispense": Kind(
        "Medication handed out", "HEALTH.MEDICATION", ("whenHandedOver", "whenPrepared"), (),
        ("medicationCodeableConcept", "medicationReference"),
    ),
    "MedicationRequest": Kind(
        "Medication prescribed", "HEALTH.MEDICATION", _REQUEST, (),
        ("medicationCodeableConcept", "medicationReference"), is_writing=True,
    ),
    "MedicationStatement": Kind(
        "Medication", "HEALTH.MEDICATION",
        ("effectiveDateTime", "effectivePeriod"), ("dateAsserted",),
        ("medicationCodeableConcept", "medicationReference"),
    ),
    "NutritionOrder": Kind("Diet ordered", "HEALTH.CONTACT", ("dateTime",), (), is_writing=True),
    "Observation": Kind(
        "Observation", "HEALTH.RESULT",
        ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming"),
        ("issued",),
        sorting=("category",),
    ),
    "Procedure": Kind(
        "Procedure", "HEALTH.OUTPATIENT", ("performedDateTime", "performedPeriod"), ()
    ),
    "ProcedureRequest": Kind(
        "Procedure asked for", "CONTACT.REFERRAL", _REQUEST, (), is_writing=True
    ),
    "QuestionnaireResponse": Kind(
        "Answers to questions", "ASSESS.OTHER", ("authored",), (), (),
        is_writing=True,
    ),
    "ReferralRequest": Kind(
        "Referral", "CONTACT.REFERRAL", _REQUEST, (), ("serviceRequested", "type"),
        is_writing=True,
    ),
    "RequestGroup": Kind("Requests", "CONTACT.REFERRAL", _REQUEST, (), is_writing=True),
    "RiskAssessment": Kind(
        "Risk assessment", "ASSESS.OTHER", ("occurrenceDateTime", "occurrencePeriod"), ()
    ),
    "ServiceRequest": Kind("Referral or request", "CONTACT.REFERRAL", _REQUEST, (),
                           is_writing=True),
    "Specimen": Kind(
        "Sample", "HEALTH.OUTPATIENT", ("collection",), ("receivedTime",), ("type",)
    ),
    "SupplyDelivery": Kind(
        "Supply delivered", "HEALTH.CONTACT",
        ("occurrenceDateTime", "occurrencePeriod"), (), ("type",),
    ),
    "SupplyRequest": Kind("Supply asked for", "HEALTH.CONTACT", _REQUEST, (), is_writing=True),
    "Task": Kind(
        "Task", "PRACTICE.INFORMATION", _REQUEST, ("lastModified",), ("code", "description"),
        is_writing=True,
    ),
    "VisionPrescription": Kind(
        "Glasses prescribed", "HEALTH.OUTPATIENT", ("dateWritten",), (), (), is_writing=True
    ),
}  # fmt: skip

#: Kinds that others refer to: they name a person, a body, a place, a thing or the file itself.
SUPPORTING: Final = frozenset(
    "Account ActivityDefinition AuditEvent Basic Binary BodyStructure BodySite CapabilityStatement"
    " CodeSystem ConceptMap Device DeviceDefinition DeviceMetric Endpoint Group HealthcareService"
    " ImplementationGuide InsurancePlan Library Linkage Location Medication MedicationKnowledge"
    " MessageDefinition MessageHeader NamingSystem OperationDefinition OperationOutcome"
    " Organization OrganizationAffiliation Parameters Person PlanDefinition Practitioner"
    " PractitionerRole Provenance Questionnaire RelatedPerson Schedule SearchParameter Slot"
    " StructureDefinition StructureMap Subscription Substance TestScript ValueSet".split()
)

#: Kinds that tell of money: what was done stands in the record that they bill for.
BILLING: Final = frozenset(
    "ChargeItem Claim ClaimResponse CoverageEligibilityRequest CoverageEligibilityResponse"
    " EligibilityRequest EligibilityResponse EnrollmentRequest EnrollmentResponse"
    " ExplanationOfBenefit Invoice PaymentNotice PaymentReconciliation".split()
)

#: Statuses that take a record back.
NULLIFIED: Final = frozenset({"entered-in-error", "nullified"})
#: Statuses of what was not finished or not signed off, with how that is said.
DRAFTS: Final[dict[str, str]] = {
    "draft": "a draft",
    "preliminary": "preliminary, not signed off",
    "registered": "registered; there is no result yet",
    "partial": "partial",
    "proposed": "proposed",
    "in-preparation": "in preparation",
    "preparation": "in preparation",
}
#: Statuses that say it did not happen, with how that is said.
UNDONE: Final[dict[str, str]] = {
    "not-done": "not done",
    "not-taken": "not taken",
    "not-given": "not given",
    "declined": "declined",
    "rejected": "rejected",
    "refused": "refused",
    "aborted": "stopped before it was finished",
    "cancelled": "cancelled",
    "noshow": "missed (did not attend or was not brought)",
    "failed": "failed",
    "revoked": "revoked",
}
#: What a record is called where its usual title says that it was done and it was not.
UNDONE_TITLES: Final[dict[str, str]] = {
    "CommunicationRequest": "Request for a communication",
    "DeviceRequest": "Request for a device",
    "MedicationAdministration": "Medication",
    "MedicationDispense": "Handing out of medication",
    "MedicationRequest": "Prescription",
    "NutritionOrder": "Diet",
    "ProcedureRequest": "Request for a procedure",
    "SupplyDelivery": "Delivery of a supply",
    "SupplyRequest": "Request for a supply",
    "VisionPrescription": "Prescription of glasses",
}
#: Statuses that say nothing that the record does not: it happened, or it holds.
PLAIN: Final = frozenset(
    {"", "final", "completed", "finished", "fulfilled", "active", "current", "arrived", "amended",
     "corrected", "in-progress", "onleave", "triaged", "unknown", "recorded", "confirmed"}
)  # fmt: skip
#: Statuses shown because they change what a reader takes from the record.
SHOWN: Final = frozenset({"amended", "corrected", "in-progress", "unknown"})

#: What an encounter is by its class (v3 ActCode), as an event type.
ENCOUNTERS: Final[dict[str, tuple[str, str]]] = {
    "EMER": ("Emergency attendance", "HEALTH.ED"),
    "IMP": ("Hospital stay", "HEALTH.ADMISSION"),
    "ACUTE": ("Hospital stay", "HEALTH.ADMISSION"),
    "NONAC": ("Hospital stay", "HEALTH.ADMISSION"),
    "INPATIENT": ("Hospital stay", "HEALTH.ADMISSION"),
    "OUTPATIENT": ("Clinic contact", "HEALTH.OUTPATIENT"),
    "EMERGENCY": ("Emergency attendance", "HEALTH.ED"),
    "AMB": ("Clinic contact", "HEALTH.OUTPATIENT"),
    "AMBULATORY": ("Clinic contact", "HEALTH.OUTPATIENT"),
    "SS": ("Short hospital stay", "HEALTH.ADMISSION"),
    "HH": ("Home visit", "CONTACT.VISIT"),
    "HOME": ("Home visit", "CONTACT.VISIT"),
    "VR": ("Contact by telephone or video", "CONTACT.PHONE"),
    "VIRTUAL": ("Contact by telephone or video", "CONTACT.PHONE"),
    "FLD": ("Contact outside a clinic", "HEALTH.AMBULANCE"),
    "FIELD": ("Contact outside a clinic", "HEALTH.AMBULANCE"),
    "OBSENC": ("Hospital stay for observation", "HEALTH.ADMISSION"),
    "PRENC": ("Before admission", "HEALTH.OUTPATIENT"),
}
#: Classes of encounter whose end is a discharge.
STAYS: Final = frozenset({"IMP", "ACUTE", "NONAC", "INPATIENT", "SS", "OBSENC"})
