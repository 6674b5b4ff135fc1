"""Everyone else: housing, probation, early help, voluntary, Cafcass, fire, drugs services.

In practice Word tables and Excel lists somebody typed, and tenancy or case systems with few
columns. Their oddity: 'Source' is whoever told them, and the organisation may change by row.
"""

from types import MappingProxyType

from chronology.account import Agency
from chronology.importers.base import Importer
from chronology.importers.listed import listed


class Other(Importer):
    """Other agencies: housing, probation, early help, voluntary sector, courts, fire."""

    name = "other"
    agency = Agency.OTHER
    headings = (
        ("subject", listed("tenant | resident | customer | offender | service user | prisoner")),
        ("subject_id", listed("tenancy ref | crn | noms no | customer id | noms id")),
        (
            "professional",
            listed("housing officer | support worker | offender manager | caseworker"),
        ),
        ("narrative", listed("session notes | diary entry | observation")),
        ("reference", listed("asb ref | job number | repair ref")),
    )
    typical = listed(
        """tenant | tenant name | tenancy ref | tenancy number | housing officer | asb ref
        | repair | rent arrears | crn | noms no | noms id | offender | offender manager
        | prisoner | probation officer | licence | support worker | household
        | foster carer | caseworker | idva | resident | customer | volunteer"""
    )
    tokens = listed("other | housing | probation | cafcass | voluntary | early help | fire")
    codes = MappingProxyType(
        {
            "NTQ": "notice to quit",
            "NOSP": "notice seeking possession",
            "ASB": "anti-social behaviour",
            "FTA": "failed to attend",
            "AFTC": "failed to attend",
            "ATTC": "attended appointment",
        }
    )
