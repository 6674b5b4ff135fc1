"""The tables of the Standard Safeguarding Dataset: their columns, and what each date tells of.

They stand in ``chronology/data/ssd_columns.csv``, a line for each published column as it is named
now, with the names it had in earlier releases and in other systems' extracts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chronology.importers.defined import ssd_kinds
from chronology.vocabulary.tables import rows

#: (label, column, code list); the list "" shows the cell as it stands.
Details = tuple[tuple[str, str, str], ...]
_Line = Mapping[str, str]

_DATES = ("date", "repeated date")
#: What decides between facts by other columns, as the data names it.
_DECIDING: Mapping[str, Callable[..., str]] = {
    one.__name__: one
    for one in (
        ssd_kinds.cin_visit,
        ssd_kinds.episode_end,
        ssd_kinds.episode_start,
        ssd_kinds.health_check,
        ssd_kinds.legal_status,
        ssd_kinds.missing_end,
        ssd_kinds.missing_start,
        ssd_kinds.permanence_order,
        ssd_kinds.review,
        ssd_kinds.worker_end,
        ssd_kinds.worker_start,
    )
}


@dataclass(frozen=True, slots=True)
class Dated:
    """One column of dates: the fact it tells of, and the columns told with it.

    ``fact`` is a code of the shared facts, several joined by "+" (and "@EVENT.TYPE" where the
    record says more), "Title|EVENT.TYPE" where none fits, or "!" and the reason why it is left
    out. ``by`` says which, by other columns.
    """

    column: str
    fact: str
    details: Details = ()
    outcome: tuple[tuple[str, str], ...] = ()
    by: tuple[tuple[str, ...], Callable[..., str]] | None = None
    #: The date stands again on each row of its period.
    repeats: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns told with it."""
        return (*(c for _, c, _ in self.details), *(c for c, _ in self.outcome))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, whose its rows are, which dates they give."""

    prefix: str
    title: str
    columns: tuple[str, ...]
    dated: tuple[Dated, ...]
    #: The column that names the record by its own number.
    key: str
    person: str
    worker: str
    seen: str
    alone: str
    #: Dates by which something is due: told with the record, never events.
    due: Details
    withheld: tuple[str, ...]
    #: Why a row is left out where its table holds no date, or is of persons.
    undated: str


def _table(line: _Line, columns: Sequence[_Line]) -> Table:
    own = [c for c in columns if c["column"].startswith(f"{line['prefix']}_")]
    return Table(
        prefix=line["prefix"],
        title=line["title"],
        columns=tuple(c["column"] for c in own),
        dated=tuple(_dated(c, own, line["prefix"]) for c in own if c["is"] in _DATES),
        key=_only(own, "key"),
        person=_only(own, "person"),
        worker=_only(own, "worker"),
        seen=_only(own, "seen"),
        alone=_only(own, "alone"),
        due=tuple((c["label"], c["column"], c["codes"]) for c in own if c["is"] == "due"),
        withheld=tuple(c["column"] for c in own if c["is"] == "withheld"),
        undated=line["undated"],
    )


def _dated(line: _Line, own: Sequence[_Line], prefix: str) -> Dated:
    name = line["column"].removeprefix(f"{prefix}_")
    beside = [c for c in own if c["told_with"] == "all" or name in c["told_with"].split()]
    decides, _, by = line["by"].partition(" ")
    return Dated(
        line["column"],
        line["fact"],
        tuple((c["label"], c["column"], c["codes"]) for c in beside if c["label"]),
        tuple((c["column"], c["codes"]) for c in beside if c["is"] == "outcome"),
        (tuple(f"{prefix}_{one}" for one in by.split()), _DECIDING[decides]) if by else None,
        line["is"] == "repeated date",
    )


def _only(own: Sequence[_Line], role: str) -> str:
    return next((c["column"] for c in own if role in c["is"].split(" + ")), "")


def _tables() -> tuple[Table, ...]:
    columns = rows("ssd_columns")
    return tuple(_table(line, columns) for line in rows("ssd_tables"))


TABLES: tuple[Table, ...] = _tables()

#: A column as it is named now -> its names in earlier releases.
EARLIER: Mapping[str, tuple[str, ...]] = {
    line["column"]: tuple(line["earlier"].split())
    for line in rows("ssd_columns")
    if line["earlier"]
}

#: Where a row names no person: its column -> the columns of other tables that say whose it is.
#: (column that points, column pointed at, column with the person or a column that points on)
WHOSE: tuple[tuple[str, str, str], ...] = (
    ("clap_cla_id", "clae_cla_id", "clae_person_id"),
    ("clar_cla_id", "clae_cla_id", "clae_person_id"),
    ("clav_cla_id", "clae_cla_id", "clae_person_id"),
    ("clap_cla_placement_id", "clae_cla_placement_id", "clae_person_id"),
    ("cinv_cin_plan_id", "cinp_cin_plan_id", "cinp_person_id"),
    ("cppv_cp_plan_id", "cppl_cp_plan_id", "cppl_person_id"),
    ("cppr_cp_plan_id", "cppl_cp_plan_id", "cppl_person_id"),
    ("invo_referral_id", "cine_referral_id", "cine_person_id"),
    ("perm_cla_id", "clae_cla_id", "clae_person_id"),
    ("ehcr_send_table_id", "send_table_id", "send_person_id"),
    ("ehca_ehcp_request_id", "ehcr_ehcp_request_id", "ehcr_send_table_id"),
    ("ehcp_ehcp_request_id", "ehcr_ehcp_request_id", "ehcr_send_table_id"),
    ("ehcn_ehcp_asmt_id", "ehca_ehcp_assessment_id", "ehca_ehcp_request_id"),
)
