"""How a date of the Standard Safeguarding Dataset is told: title, details, outcome, doubts."""

from __future__ import annotations

from chronology.dates.standard import read_standard
from chronology.flags import Flag
from chronology.importers.defined.base import in_lines
from chronology.importers.defined.sheets import is_no_real_date
from chronology.importers.defined.ssd_kinds import CONTINUES_NOWHERE, shown
from chronology.importers.defined.ssd_known import Known
from chronology.importers.defined.ssd_lists import factors, outcomes, plans
from chronology.importers.defined.ssd_plan import Plan, Row, Told
from chronology.importers.defined.ssd_tables import Dated
from chronology.vocabulary.facts import fact

#: Ways in which rows of a sheet are told that are kept for the next row that says the same.
MOST_TOLD = 50_000
_GOES_ON = Flag(
    "episode-next-missing",
    "The episode is said to go on in another, but no row of the file begins that day.",
)


def told(plan: Plan, known: Known, row: Row, dated: tuple[Dated, ...], what: str) -> Told:
    """How a date is told; rows that say the same in the columns asked are told alike."""
    asked = [column for one in dated for column in one.asked]
    key = (what, *(one.column for one in dated), *(row.get(column, "") for column in asked))
    key += tuple(row.get(column, "") for _, column, _ in plan.table.due)
    if known.factors and what == "assessment-authorised":
        key += (known.factors.get(row.get(plan.table.key, ""), ""),)
    how = plan.telling.get(key)
    if how is None:
        how = _worded(plan, known, row, dated, what)
        if len(plan.telling) < MOST_TOLD:
            plan.telling[key] = how
    return how


def named(what: str) -> tuple[str, str, tuple[str, ...]]:
    """Title, type and fact codes of what a date tells of."""
    if "|" in what:
        title, _, event_type = what.partition("|")
        return title, event_type, ()
    facts, _, event_type = what.partition("@")
    codes = tuple(facts.split("+"))
    return fact(codes[0]).title, event_type or fact(codes[0]).event_type, codes


def _worded(plan: Plan, known: Known, row: Row, dated: tuple[Dated, ...], what: str) -> Told:
    details: dict[str, str] = {}
    flags: list[Flag] = []
    outcome = ""
    for one in dated:
        for label, column, codes in one.details:
            if label not in details and (written := row.get(column)):
                details[label], doubts = _detail(known, codes, written)
                flags.extend(doubts)
        for column, codes in one.outcome:
            if not outcome and (written := row.get(column)):
                outcome, doubts = _detail(known, codes, written)
                flags.extend(doubts)
    for label, column, codes in plan.table.due:
        if written := row.get(column):
            details[label], _ = _detail(known, codes, written)
    if what == "assessment-authorised":
        listed = known.factors.get(row.get(plan.table.key, ""), "")
        details["Factors"], doubts = factors(listed)
        flags.extend(doubts)
    title, event_type, facts = named(what)
    if what == CONTINUES_NOWHERE:
        flags.append(_GOES_ON)
    narrative = in_lines(title, details.items())
    return Told(narrative, title, event_type, facts, outcome, tuple(flags))


def _detail(known: Known, codes: str, written: str) -> tuple[str, tuple[Flag, ...]]:
    if codes == "outcomes":
        return outcomes(written)
    if codes == "plans":
        return plans(written)
    if codes == "team":
        return known.teams.get(written, written), ()
    if codes == "date":
        return _day(written), ()
    return shown(codes, written)


def _day(written: str) -> str:
    """A due date as a person reads it; as written where it is not plain."""
    when = read_standard(written)
    if when.start and when.start == when.end and not is_no_real_date(when):
        return f"{when.start:%d/%m/%Y}"
    return written
