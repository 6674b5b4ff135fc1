"""The layouts of vaccination files: their columns, and what is told with each vaccination."""

from __future__ import annotations

from dataclasses import dataclass

from chronology.importers.defined.headed import Fields


@dataclass(frozen=True, slots=True)
class Further:
    """Another date of a row: what it tells of, and what is told with it."""

    date: str
    title: str
    event_type: str
    details: tuple[tuple[str, str, str], ...] = ()
    by: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: its fields, which of them it must have, and what is told with a vaccination."""

    name: str
    fields: Fields
    needed: tuple[str, ...]
    #: One of these as well, if there are any.
    one_of: tuple[str, ...] = ()
    date: str = ""
    clock: str = ""
    recorded: str = ""
    reference: str = ""
    #: (label, field, field of its code or code list after "#").
    details: tuple[tuple[str, str, str], ...] = ()
    withheld: tuple[str, ...] = ()
    location: str = ""
    #: Fields of the name of who gave it.
    by: tuple[str, ...] = ()
    further: tuple[Further, ...] = ()


def _alone(*names: str) -> Fields:
    return dict.fromkeys(names, ())


NATIONAL = Layout(
    "national",
    _alone(
        *("NHS_NUMBER", "PERSON_FORENAME", "PERSON_SURNAME", "PERSON_DOB", "PERSON_GENDER_CODE"),
        *("PERSON_POSTCODE", "DATE_AND_TIME", "SITE_CODE", "SITE_CODE_TYPE_URI", "UNIQUE_ID"),
        *("UNIQUE_ID_URI", "ACTION_FLAG", "PERFORMING_PROFESSIONAL_FORENAME"),
        *("PERFORMING_PROFESSIONAL_SURNAME", "RECORDED_DATE", "PRIMARY_SOURCE"),
        *("VACCINATION_PROCEDURE_CODE", "VACCINATION_PROCEDURE_TERM", "DOSE_SEQUENCE"),
        *("VACCINE_PRODUCT_CODE", "VACCINE_PRODUCT_TERM", "VACCINE_MANUFACTURER", "BATCH_NUMBER"),
        *("EXPIRY_DATE", "SITE_OF_VACCINATION_CODE", "SITE_OF_VACCINATION_TERM"),
        *("ROUTE_OF_VACCINATION_CODE", "ROUTE_OF_VACCINATION_TERM", "DOSE_AMOUNT"),
        *("DOSE_UNIT_CODE", "DOSE_UNIT_TERM", "INDICATION_CODE", "LOCATION_CODE"),
        "LOCATION_CODE_TYPE_URI",
    ),
    ("NHS_NUMBER", "DATE_AND_TIME", "UNIQUE_ID", "ACTION_FLAG"),
    date="DATE_AND_TIME",
    recorded="RECORDED_DATE",
    reference="UNIQUE_ID",
    details=(
        ("Procedure", "VACCINATION_PROCEDURE_TERM", "VACCINATION_PROCEDURE_CODE"),
        ("Vaccine", "VACCINE_PRODUCT_TERM", "VACCINE_PRODUCT_CODE"),
        ("Dose in the course", "DOSE_SEQUENCE", "#dose"),
        ("Manufacturer", "VACCINE_MANUFACTURER", ""),
        ("Batch", "BATCH_NUMBER", ""),
        ("Batch expires", "EXPIRY_DATE", ""),
        ("Site", "SITE_OF_VACCINATION_TERM", "SITE_OF_VACCINATION_CODE"),
        ("Route", "ROUTE_OF_VACCINATION_TERM", "ROUTE_OF_VACCINATION_CODE"),
        ("Amount", "DOSE_AMOUNT", ""),
        ("Unit", "DOSE_UNIT_TERM", "DOSE_UNIT_CODE"),
        ("Indication", "INDICATION_CODE", ""),
        ("Site code", "SITE_CODE", ""),
        ("Location code", "LOCATION_CODE", ""),
        ("From the primary source", "PRIMARY_SOURCE", ""),
    ),
    withheld=("PERSON_POSTCODE",),
    by=("PERFORMING_PROFESSIONAL_FORENAME", "PERFORMING_PROFESSIONAL_SURNAME"),
)
_PERSON = ("NHS_NUMBER", "PERSON_FORENAME", "PERSON_SURNAME", "PERSON_GENDER_CODE")
#: Besides the vaccination, what a row of Mavis gives of other days.
_FURTHER = (
    Further("PERSON_DATE_OF_DEATH", "Death", "FAMILY.DEATH", fact="death"),
    Further(
        "TRIAGE_DATE",
        "Triage before a vaccination",
        "HEALTH.IMMUNISATION",
        (("Status", "TRIAGE_STATUS", ""), ("Notes", "TRIAGE_NOTES", "")),
        "TRIAGED_BY",
    ),
    Further(
        "GILLICK_ASSESSMENT_DATE",
        "Gillick competence assessed",
        "HEALTH.IMMUNISATION",
        (("Status", "GILLICK_STATUS", ""), ("Notes", "GILLICK_ASSESSMENT_NOTES", "")),
        "GILLICK_ASSESSED_BY",
    ),
)
MAVIS = Layout(
    "Mavis",
    {
        **_alone(*_PERSON),
        **_alone(
            *("PERSON_POSTCODE", "PERSON_ADDRESS_LINE_1", "PERSON_GENDER", "ORGANISATION_CODE"),
            *("SCHOOL_URN", "SCHOOL_NAME", "CLINIC_NAME", "CARE_SETTING", "VACCINATED"),
            *("TIME_OF_VACCINATION", "VACCINE_GIVEN", "BATCH_NUMBER"),
            *("BATCH_EXPIRY_DATE", "ANATOMICAL_SITE", "ROUTE_OF_VACCINATION", "DOSE_SEQUENCE"),
            *("DOSE_VOLUME", "REASON_NOT_VACCINATED", "NOTES", "CONSENT_TYPE", "CONSENT_STATUS"),
            *("PERFORMING_PROFESSIONAL_EMAIL", "PERFORMING_PROFESSIONAL_FORENAME"),
            *("PERFORMING_PROFESSIONAL_SURNAME", "SUPPLIER_EMAIL", "LOCAL_PATIENT_ID"),
            *("LOCAL_PATIENT_ID_URI", "SESSION_ID", "UUID", "CONSENT_DETAILS", "HEALTH_QUESTIONS"),
            *("PERSON_ADDRESS", "GP_NAME", "YEAR_GROUP", "RECORD_CREATED", "RECORD_UPDATED"),
            *(name for one in _FURTHER for name in (one.date, one.by) if name),
            *(name for one in _FURTHER for _, name, _ in one.details),
        ),
        "PERSON_DOB": ("persondateofbirth",),
        "PROGRAMME": ("programmename",),
        "DATE_OF_VACCINATION": ("vaccinationdate",),
    },
    ("DATE_OF_VACCINATION", "PERSON_SURNAME"),
    one_of=("VACCINE_GIVEN", "VACCINATED", "PROGRAMME", "BATCH_NUMBER"),
    date="DATE_OF_VACCINATION",
    clock="TIME_OF_VACCINATION",
    recorded="RECORD_CREATED",
    reference="UUID",
    details=(
        ("Programme", "PROGRAMME", ""),
        ("Vaccine", "VACCINE_GIVEN", ""),
        ("Dose in the course", "DOSE_SEQUENCE", "#dose"),
        ("Batch", "BATCH_NUMBER", ""),
        ("Batch expires", "BATCH_EXPIRY_DATE", ""),
        ("Site", "ANATOMICAL_SITE", ""),
        ("Route", "ROUTE_OF_VACCINATION", ""),
        ("Volume", "DOSE_VOLUME", ""),
        ("Consent", "CONSENT_TYPE", ""),
        ("Consent", "CONSENT_STATUS", ""),
        ("Care setting", "CARE_SETTING", "#care-setting"),
        ("School", "SCHOOL_NAME", "SCHOOL_URN"),
        ("Clinic", "CLINIC_NAME", ""),
        ("Organisation code", "ORGANISATION_CODE", ""),
        ("Notes", "NOTES", ""),
    ),
    withheld=(
        *("PERSON_POSTCODE", "PERSON_ADDRESS_LINE_1", "PERSON_ADDRESS", "CONSENT_DETAILS"),
        *("PERFORMING_PROFESSIONAL_EMAIL", "SUPPLIER_EMAIL"),
    ),
    location="SCHOOL_NAME",
    by=("PERFORMING_PROFESSIONAL_FORENAME", "PERFORMING_PROFESSIONAL_SURNAME"),
    further=_FURTHER,
)
SYSTMONE = Layout(
    "SystmOne",
    _alone(
        *("Practice code", "NHS number", "Surname", "Middle name", "Forename", "Gender"),
        *("Date of Birth", "House name", "House number and road", "Town", "Postcode"),
        *("Vaccination", "Part", "Admin date", "Batch number", "Expiry date", "Dose", "Reason"),
        *("Site", "Method", "Notes"),
    ),
    ("NHS number", "Surname", "Vaccination", "Admin date", "Batch number"),
    date="Admin date",
    details=(
        ("Vaccine", "Vaccination", "#systmone-vaccination"),
        ("Part", "Part", ""),
        ("Dose", "Dose", ""),
        ("Reason", "Reason", ""),
        ("Batch", "Batch number", ""),
        ("Batch expires", "Expiry date", ""),
        ("Site", "Site", ""),
        ("Method", "Method", ""),
        ("Practice code", "Practice code", ""),
        ("Notes", "Notes", ""),
    ),
    withheld=("House name", "House number and road", "Town", "Postcode"),
)
#: What SystmOne gives of vaccinations in schools, as it is uploaded to Mavis.
SYSTMONE_SCHOOL = Layout(
    "SystmOne at school",
    _alone(
        *("Date of birth", "NHS number", "Vaccination area code", "Vaccination batch number"),
        *("Vaccination reason", "Vaccination type", "First name", "Middle name", "Postcode", "Sex"),
        *("Surname", "Event date", "Event location type", "Event time", "Team ID", "School"),
        *("Organisation ID", "School code", "Patient Count"),
    ),
    ("NHS number", "Surname", "Vaccination type", "Event date"),
    date="Event date",
    clock="Event time",
    details=(
        ("Vaccine", "Vaccination type", "#systmone-vaccination"),
        ("Reason", "Vaccination reason", ""),
        ("Batch", "Vaccination batch number", ""),
        ("Area", "Vaccination area code", ""),
        ("Where", "Event location type", ""),
        ("School", "School", "School code"),
        ("Team", "Team ID", ""),
        ("Organisation code", "Organisation ID", ""),
    ),
    withheld=("Postcode",),
    location="School",
)
#: Children whom Mavis learnt to have moved to another school.
MOVES = Layout(
    "Mavis school moves",
    _alone(
        *("NHS_REF", "SURNAME", "FORENAME", "GENDER", "DOB", "ADDRESS1", "ADDRESS2", "ADDRESS3"),
        *("TOWN", "POSTCODE", "COUNTY", "ETHNIC_OR", "ETHNIC_DESCRIPTION", "NATIONAL_URN_NO"),
        *("BASE_NAME", "STARTDATE", "STUD_ID", "DES_NUMBER"),
    ),
    ("NHS_REF", "SURNAME", "NATIONAL_URN_NO", "BASE_NAME", "STARTDATE"),
    date="STARTDATE",
    details=(("School", "BASE_NAME", "NATIONAL_URN_NO"),),
    withheld=("ADDRESS1", "ADDRESS2", "ADDRESS3", "TOWN", "POSTCODE", "COUNTY"),
    location="BASE_NAME",
)
#: Columns that a CarePlus row has once for each vaccine: the heading and what it is called.
EACH_VACCINE = (
    ("Dose", "dose", "#dose"), ("Reason Not Given", "reason not given", ""),
    ("Site", "site", "#careplus-site"), ("Manufacturer", "manufacturer", ""),
    ("Batch No", "batch", ""),
)  # fmt: skip
VACCINES = 9
CAREPLUS = Layout(
    "CarePlus",
    _alone(
        *("NHS Number", "Surname", "Forename", "Date of Birth", "Address Line 1"),
        *("Person Giving Consent", "Ethnicity", "Date Attended", "Time Attended", "Venue Type"),
        *("Venue Code", "Staff Type", "Staff Code", "Attended", "Reason Not Attended"),
        "Suspension End Date",
        *(
            f"{heading} {number}"
            for number in range(1, VACCINES + 1)
            for heading in ("Vaccine", *(heading for heading, _, _ in EACH_VACCINE))
        ),
        *(f"Vaccine Code {number}" for number in range(1, VACCINES + 1)),
    ),
    ("NHS Number", "Date Attended", "Attended", "Reason Not Attended"),
    date="Date Attended",
    clock="Time Attended",
    details=(
        ("Venue type", "Venue Type", "#venue-type"),
        ("Venue code", "Venue Code", ""),
        ("Staff type", "Staff Type", ""),
        ("Staff code", "Staff Code", ""),
        ("Suspended until", "Suspension End Date", ""),
    ),
    withheld=("Address Line 1", "Person Giving Consent"),
)
#: Lists of children for a session: no vaccination in them.
COHORT = Layout(
    "Mavis cohort",
    _alone(
        *("CHILD_FIRST_NAME", "CHILD_LAST_NAME", "CHILD_DATE_OF_BIRTH", "CHILD_NHS_NUMBER"),
        *("CHILD_POSTCODE", "CHILD_ADDRESS_LINE_1", "CHILD_ADDRESS_LINE_2", "CHILD_TOWN"),
    ),
    ("CHILD_FIRST_NAME", "CHILD_LAST_NAME", "CHILD_DATE_OF_BIRTH"),
)
LAYOUTS = (NATIONAL, MAVIS, CAREPLUS, SYSTMONE, SYSTMONE_SCHOOL, MOVES, COHORT)
#: Where each layout has the number, names and date of birth of the person.
WHO = (
    ("NHS_NUMBER", "NHS number", "CHILD_NHS_NUMBER", "NHS_REF"),
    ("PERSON_FORENAME", "Forename", "CHILD_FIRST_NAME", "First name"),
    ("PERSON_SURNAME", "Surname", "CHILD_LAST_NAME"),
    ("PERSON_DOB", "Date of Birth", "CHILD_DATE_OF_BIRTH", "DOB"),
)
