"""Police: occurrence lists out of Niche, Athena or Connect, and command-and-control logs.

Their oddity: an occurrence has the time it was committed and the time it was reported, which is
when the police knew; 'Subject' is a person; everybody else stands under 'Nominals'.
"""

from types import MappingProxyType

from chronology.account import Agency
from chronology.importers.base import Importer
from chronology.importers.listed import listed


class Police(Importer):
    """Police records: occurrences, incident logs, protection notices, custody."""

    name = "police"
    agency = Agency.POLICE
    headings = (
        (
            "known",
            listed(
                """reported date/time | reported | date reported | reported on
                | date/time reported | call received | reported date | time/date reported
                | report date/time"""
            ),
        ),
        (
            "occurred",
            listed(
                """committed from | from date/time | incident date | committed | committed on
                | offence date | date committed | committed on/from | occurred from
                | first date | earliest date"""
            ),
        ),
        ("occurred_end", listed("committed to | to date/time | occurred to | latest date")),
        ("people", listed("nominals | linked nominals | persons involved | ip | parties")),
        (
            "professional",
            listed("oic | officer | reporting officer | attending officer | recording officer"),
        ),
        ("narrative", listed("mo | oel | circumstances | modus operandi | log text | synopsis")),
        ("outcome", listed("disposal | finalisation | result | outcome code | filing")),
        ("event_type", listed("offence | classification | occurrence type | crime type | code")),
        ("subject", listed("subject | nominal | nominal of interest | main nominal")),
        ("reference", listed("urn | occurrence number | log no | crime number | cad | pnn")),
    )
    typical = listed(
        """occurrence number | occurrence type | oic | nominals | nominal
        | nominal of interest | mo | oel | urn | log no | crime number | crime type | cad
        | reported date/time | offence | disposal | finalisation | collar number | officer
        | reporting officer | committed from | committed to | storm ref | niche ref | ppn
        | merlin | grading | aggrieved | suspect | modus operandi | arrest date
        | occurrence date | officer in case | beat"""
    )
    tokens = listed("police | constabulary")
    codes = MappingProxyType(
        {
            "DA": "domestic abuse incident",
            "DV": "domestic abuse incident",
            "MISPER": "missing person",
            "MFH": "missing from home",
            "PPN": "public protection notice",
            "ASB": "anti-social behaviour",
            "CFW": "concern for welfare",
            "CFS": "concern for safety",
            "PPO": "police protection",
            "RTC": "road traffic collision",
        }
    )
