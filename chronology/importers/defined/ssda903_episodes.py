"""Episodes of children looked after: a chain in which one often ends as the next begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chronology.flags import Flag
from chronology.importers.defined.base import NO_DATE, Found, in_lines
from chronology.importers.defined.coding import coded
from chronology.importers.defined.ssda903_rows import Row
from chronology.importers.defined.ssda903_tables import CODES, real_date, telling
from chronology.vocabulary.codes import is_known
from chronology.when import When

#: Why an episode begins -> what begins with it.
BEGINS: Mapping[str, tuple[str, ...]] = {
    "S": ("cla-start", "legal-status-start", "placement-start"),
    "L": ("legal-status-start",),
    "P": ("placement-start",),
    "T": ("placement-start",),
    "B": ("placement-start", "legal-status-start"),
    "U": ("placement-start", "legal-status-start"),
}
#: What a change to a legal status is; a court order where it is none of these.
LEGAL_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("V2", "V3", "V4"), "LEGAL.S20"),
    "L1": "LEGAL.POLICE_PROTECTION",
    "L2": "LEGAL.EPO",
}
#: Why the child ceased to be looked after -> what happened that day by the definition of the code.
ENDS_WITH: Mapping[str, tuple[str, ...]] = {
    "E2": ("death",),
    **dict.fromkeys(("E11", "E12"), ("adoption-order", "permanence-order")),
    **dict.fromkeys(("E41", "E43", "E44", "E45", "E46", "E47", "E48"), ("permanence-order",)),
}
GOES_ON = "X1"
STARTED, ENDED = "Looked-after episode started", "Looked-after episode ended"
NO_START = "DECOM is blank, so the start of the episode has no place in a timeline."
CHANGED = "Looked-after episode ended and another began the same day"
#: Headings, and under which label and by which list their codes are told.
_BEGIN = ("RNE", "LS", "PLACE", "PLACE_PROVIDER", "CIN")
_BEGIN_SAID = (
    ("Reason for the new episode", "new-episode"),
    ("Legal status", "legal-status"),
    ("Placement", "placement"),
    ("Placement provider", "provider"),
    ("Category of need", "need"),
    ("Reason for the change", "placement-change"),
)
_END = ("REC", "REASON_PLACE_CHANGE", "LS", "PLACE")
_END_SAID = (
    ("Reason the episode ceased", "ceased"),
    ("Reason for the change", "placement-change"),
    ("Legal status", "legal-status"),
    ("Placement", "placement"),
)


@dataclass(slots=True)
class _Chain:
    """The episodes of one child: which begins on which day."""

    starts: dict[date, int] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)

    def after(self, day: date) -> date | None:
        """The first day after this one on which an episode begins."""
        at = bisect_right(self.days, day)
        return self.days[at] if at < len(self.days) else None


def tell_episodes(found: Found, rows: Sequence[Row]) -> None:
    """Every episode: its start, and its end where no other row tells of that day's change."""
    chains = _chains(rows)
    told_by_next: set[int] = set()
    ending: dict[tuple[str, date | None], int] = {}
    for index, row in enumerate(rows):
        if _goes_on_in_a_row(rows, chains, index, row):
            told_by_next.add(index)
            ending.setdefault((row.get("CHILD"), row.when("DEC").start), index)
    for index, row in enumerate(rows):
        start = real_date(found, row, "DECOM")
        if not row.get("DECOM") and row.get("DEC"):
            found.leave(row.place(), NO_START, row.told_cells())
        if start is not None:
            day = start.start if start.is_exact else None
            before = ending.get((row.get("CHILD"), day), index)
            _tell_start(found, row, start, rows[before] if before != index else None)
        if index not in told_by_next:
            _tell_end(found, row, start, chains.get(row.get("CHILD")))
        if not row.parts:
            found.leave(row.place(), NO_DATE, row.told_cells())


def _chains(rows: Sequence[Row]) -> dict[str, _Chain]:
    chains: dict[str, _Chain] = {}
    for index, row in enumerate(rows):
        start, number = row.when("DECOM"), row.get("CHILD")
        if number and start.is_exact and start.start is not None:
            chain = chains.setdefault(number, _Chain())
            if chain.starts.setdefault(start.start, index) == index:
                chain.days.append(start.start)
    for chain in chains.values():
        chain.days.sort()
    return chains


def _goes_on_in_a_row(
    rows: Sequence[Row], chains: Mapping[str, _Chain], index: int, row: Row
) -> bool:
    """Whether the file has the row of the episode that begins as this one ends."""
    rec = row.code("REC")
    chain = chains.get(row.get("CHILD"))
    if chain is None or rec not in (GOES_ON, ""):
        return False
    end = row.when("DEC")
    following = chain.starts.get(end.start) if end.is_exact and end.start else None
    if following is None or following == index:
        return False
    return bool(rec) or rows[following].code("RNE") != "S"


def _tell_start(found: Found, row: Row, when: When, before: Row | None) -> None:
    change = before.get("REASON_PLACE_CHANGE") if before is not None else ""
    details, doubted = coded(CODES, _BEGIN_SAID, (*map(row.get, _BEGIN), change))
    said = telling(row, doubted, when)
    if before is not None:
        since = f"{before.get('DECOM')} to {before.get('DEC')}".removeprefix(" ")
        details = (*details, ("Episode before", since))
        where = f"{before.source.unit} {before.source.row}"
        said["other"] = (("The episode before stands in", where),)
    rne, status = row.code("RNE"), row.code("LS")
    facts = BEGINS.get(rne, ())
    if not facts:
        said["event_type_written"], said["event_type"] = STARTED, "CARE.PLACEMENT"
        found.tell(row.place(), when, in_lines(STARTED, details), **said)
        return
    if rne == "L" and status in LEGAL_TYPES:
        said["event_type"] = LEGAL_TYPES[status]
    ordered = ("placement-order",) if status == "E1" and rne in "LBU" else ()
    said["facts"] = (*facts[1:], *ordered)
    found.tell_fact(facts[0], row.place(), when, details, **said)


def _tell_end(found: Found, row: Row, start: When | None, chain: _Chain | None) -> None:
    rec = row.code("REC")
    if not row.get("DEC"):
        if rec:
            reason = f"REC says '{row.get('REC')}' but DEC is blank. {NO_DATE}"
            found.leave(row.place(), reason, row.told_cells())
        return
    when = real_date(found, row, "DEC")
    if when is None:
        return
    if start is not None and start.start and when.start and when.start < start.start:
        text = f"The episode ends on {row.get('DEC')}, before it starts on {row.get('DECOM')}."
        when = when.flagged(Flag("date-backwards", text))
    words, doubted = coded(CODES, _END_SAID, tuple(map(row.get, _END)))
    details = (*words[:2], ("Episode since", row.get("DECOM")), *words[2:])
    said = telling(row, doubted, when)
    if rec.startswith("E") and is_known(CODES, "ceased", rec):
        said["facts"] = ("placement-end", *ENDS_WITH.get(rec, ()))
        said["outcome"] = words[0][1]
        found.tell_fact("cla-end", row.place(), when, details, **said)
        return
    title, said["event_type"] = ENDED, "CARE.END"
    if rec == GOES_ON:
        title, said["event_type"] = CHANGED, "CARE.MOVE"
        said["flags"] = (*said["flags"], _goes_on(row, when, chain))
    said["event_type_written"] = title
    found.tell(row.place(), when, in_lines(title, details), **said)


def _goes_on(row: Row, when: When, chain: _Chain | None) -> Flag:
    """The doubt about an episode that says it goes on, though no row begins on that day."""
    later = chain.after(when.start) if chain is not None and when.start else None
    says = f"the next row of this child begins on {later:%d/%m/%Y}" if later else "no row of it is"
    text = f"The episode is said to go on in another from {row.get('DEC')}, but {says}"
    if later:
        return Flag("episode-dates-differ", f"{text}.")
    return Flag("episode-next-missing", f"{text} in the file.")
