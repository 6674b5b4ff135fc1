"""Education: concern logs out of CPOMS or MyConcern, behaviour and attendance lists, school files.

Their oddity: the date shown is that of the incident only where somebody changed it; 'Added' is
when it was typed. Attendance lists hold one-letter codes.
"""

from types import MappingProxyType

from chronology.account import Agency
from chronology.importers.base import Importer
from chronology.importers.listed import listed


class Education(Importer):
    """Education records: safeguarding concerns, behaviour, attendance, pastoral notes."""

    name = "education"
    agency = Agency.EDUCATION
    headings = (
        ("subject", listed("student | pupil | learner | pupil name | student name | child")),
        ("narrative", listed("incident | concern details | details of concern | incident text")),
        ("outcome", listed("action | what we did | follow-up | action taken | dsl action")),
        ("professional", listed("added by | logged by | staff | staff member | reported by | dsl")),
        ("people", listed("linked students | linked people | linked pupils | also linked")),
        ("recorded", listed("date added | added | logged on | date/time of writing")),
        ("event_type", listed("mark | attendance code | behaviour type | categories")),
    )
    typical = listed(
        """pupil | pupil name | student | student name | learner | upn | year group
        | reg group | registration form | tutor group | class | form | dsl
        | linked students | date of concern | nature of concern | type of concern
        | details of concern | concern | mark | session | attendance code | exclusion type
        | key stage | school | house | tutor | behaviour type | time of concern
        | what we did | pupil dob | details of concerns or contact | sen"""
    )
    tokens = listed("education | school | academy")
    codes = MappingProxyType(
        {
            "L": "late before registers closed",
            "U": "late after registers closed",
            "O": "unauthorised absence",
            "G": "unauthorised absence, holiday",
            "N": "absence, reason not yet given",
            "I": "absence through illness",
            "M": "absence for a medical appointment",
            "C": "authorised absence",
            "E": "suspended or excluded",
            "PERM": "permanent exclusion",
            "SUSP": "suspension",
            "FIXD": "suspension",
            "CFC": "cause for concern",
        }
    )
