"""Sentences about the days and clock times of two accounts."""

from __future__ import annotations

from chronology.compare import (
    Comparison,
    Context,
    days_apart,
    may_overlap,
    spoken_day,
    wrong_year,
)
from chronology.when import Precision

#: Minutes apart that still read as one time, and from which they read as two.
NEAR_MINUTES, FAR_MINUTES = 30, 31


def one_day(c: Comparison, _: Context) -> str:
    if days_apart(c.a, c.b) != 0 and not may_overlap(c.a, c.b):
        return ""
    if not (c.a.is_exact and c.b.is_exact):
        return f"The dates given, {_quoted_dates(c)}, overlap."
    gap, day = _minutes_apart(c), spoken_day(c.a.account)
    if gap == 0:
        return f"Both are dated {day} at {_clocks(c)[0]}."
    if gap is not None and gap <= NEAR_MINUTES:
        return f"Both are dated {day}, at {' and '.join(_clocks(c))}."
    return f"Both are dated {day}."


def lie_apart(c: Comparison, _: Context) -> str:
    gap, minutes = days_apart(c.a, c.b), _minutes_apart(c)
    if not gap or (minutes is not None and minutes <= NEAR_MINUTES) or may_overlap(c.a, c.b):
        return ""
    if not (c.a.is_exact and c.b.is_exact):
        return f"The dates given, {_quoted_dates(c)}, lie {_days(gap)} apart at the nearest."
    dated = f"Dated {spoken_day(c.a.account)} and {spoken_day(c.b.account)}"
    if wrong_year(c.a, c.b):
        return f"{dated}: about a year apart, though a year may have been written wrongly."
    return f"{dated}, {_days(gap)} apart."


def only_near(c: Comparison, _: Context) -> str:
    """For a pair whose words show nothing that the records share."""
    gap = 0 if may_overlap(c.a, c.b) else days_apart(c.a, c.b)
    near = f"lie near each other, {_days(gap)} apart" if gap else "may be the same"
    return f"Nothing in their words speaks for it, only that their dates {near}."


def vague(c: Comparison, _: Context) -> str:
    vague = [u.account.occurred for u in (c.a, c.b) if not u.account.occurred.is_exact]
    if len(vague) == 2:
        return f"Neither date is exact ({_quoted_dates(c)})."
    if vague and vague[0].precision is Precision.APPROXIMATE:
        return f"The date '{vague[0].written}' is only approximate."
    return f"The date '{vague[0].written}' names no single day." if vague else ""


def over_midnight(c: Comparison, _: Context) -> str:
    gap = _minutes_apart(c)
    if not days_apart(c.a, c.b) or gap is None or gap > NEAR_MINUTES:
        return ""
    return f"The times given, {' and '.join(_clocks(c))} over midnight, are {_length(gap)} apart."


def far_clock(c: Comparison, _: Context) -> str:
    gap = _minutes_apart(c)
    if gap is None or gap < FAR_MINUTES or days_apart(c.a, c.b):
        return ""
    return f"The times given, {' and '.join(_clocks(c))}, are {_length(gap)} apart."


def _clocks(c: Comparison) -> list[str]:
    clocks = (c.a.account.occurred.clock, c.b.account.occurred.clock)
    return [f"{clock:%H:%M}" for clock in clocks if clock]


def _minutes_apart(c: Comparison) -> int | None:
    if c.a.minute is None or c.b.minute is None:
        return None
    return abs(c.a.minute - c.b.minute)


def _length(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" + (f" {minutes % 60} minutes" if minutes % 60 else "")


def _days(gap: int) -> str:
    return "1 day" if gap == 1 else f"{gap} days"


def _quoted_dates(c: Comparison) -> str:
    return " and ".join(f"'{u.account.occurred.written}'" for u in (c.a, c.b))
