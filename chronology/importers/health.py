"""Health: GP, hospital, community, maternity, mental-health and ambulance records.

Local reports out of SystmOne, EMIS, RiO, Cerner and the like; no two trusts have the same columns.
Their oddity: the consultation text often ends with the plan, and the type may be a Read code.
"""

from types import MappingProxyType

from chronology.account import Agency
from chronology.importers.base import Importer
from chronology.importers.listed import listed


class Health(Importer):
    """Health records: GP, hospital, community, maternity, mental health, ambulance."""

    name = "health"
    agency = Agency.HEALTH
    headings = (
        ("subject", listed("patient | patient name | name of patient | pt | pt name")),
        ("professional", listed("hcp | seen by | clinician | consultant | prescriber")),
        ("organisation", listed("ward | registered practice | treatment centre")),
        ("event_type", listed("rubric | read term | snomed term | attendance category | problem")),
        ("narrative", listed("history | presenting complaint | consultation | clinical note | hx")),
        ("outcome", listed("plan | discharge outcome | rx | disposition | treatment")),
        ("occurred", listed("attended | arrival | arrival date/time | admitted")),
        ("occurred_end", listed("discharged | departed | departure | left department")),
    )
    typical = listed(
        """patient | patient name | name of patient | nhs number | nhs no | nhs/chi
        | chi number | clinician | consultation date | consultation text | encounter type
        | encounter date | progress note | hcp | gp | health visitor | midwife | read code
        | snomed code | rubric | hospital number | mrn | ward | specialty
        | arrival date/time | presenting complaint | clinical notes | patient dob
        | discharge date | clinic | medication | diagnosis | gestation | attendance type
        | hospital no"""
    )
    tokens = listed("health | nhs | gp | camhs")
    codes = MappingProxyType(
        {
            "DNA": "did not attend",
            "WNB": "was not brought",
            "DNB": "was not brought",
            "CNA": "cancelled appointment",
            "UTA": "unable to attend",
            "9NZ1.": "was not brought",
            "13IV.": "child protection plan started",
            "XAONX": "child protection plan started",
            "13IW.": "child protection plan ended",
            "TC": "telephone call",
            "F2F": "face to face contact",
            "HV": "home visit",
            "AE": "emergency department attendance",
        }
    )
