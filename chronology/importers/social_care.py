"""Children's social care: case notes and visits out of Mosaic, Liquidlogic, Eclipse and CareFirst.

Their oddity: a note has the day it tells of and the day it was typed, and its title and type hold
much of what happened. 'Subject' is the child in one council's report and the title in another's.
"""

from types import MappingProxyType

from chronology.account import Agency
from chronology.importers.base import Importer
from chronology.importers.listed import listed


class SocialCare(Importer):
    """Children's social care records: case notes, visits, meetings, decisions."""

    name = "social_care"
    agency = Agency.SOCIAL_CARE
    headings = (
        ("narrative", listed("case note | case recording | note | note text | casenote text")),
        ("event_type", listed("case note type | activity | process step | step | episode")),
        ("professional", listed("worker | allocated worker | key worker | assigned to")),
        ("source", listed("contact source | referral source")),
        ("response", listed("management decision | manager's decision | rationale")),
        ("recorded", listed("created on | input date | date entered")),
        ("subject", listed("service user | person | child")),
    )
    typical = listed(
        """case note | case notes | case note type | case note date | case note title
        | worker | allocated worker | service user | mosaic id | lcs id | person id
        | child unique id | primary need code | referral nfa | allocated team | manager
        | management decision | legal status | placement type | social worker | note type
        | contact source | cin | strategy discussion | step | team manager | carefirst id
        | liquidlogic id"""
    )
    tokens = listed(
        "social_care | social care | socialcare | social services | childrens services | csc | cs"
    )
    codes = MappingProxyType(
        {
            "STAT": "statutory visit",
            "CNSTAT": "statutory visit",
            "HVIS": "home visit",
            "DRCT": "direct work",
            "SUPERCONT": "supervised contact",
            "STVL": "looked after child statutory visit",
            "STVC": "child protection visit",
            "STVCPCOVID": "child protection visit",
            "ICPC": "initial child protection conference",
            "RCPC": "review child protection conference",
            "CG": "core group",
            "SD": "strategy discussion",
            "S47": "section 47 enquiry",
            "MD": "management decision",
        }
    )
