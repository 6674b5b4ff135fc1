"""Why two accounts can never be one occurrence, whatever else they share."""

from __future__ import annotations

from chronology.compare.days import (
    VAGUE_WINDOW_DAYS,
    days_apart,
    may_be_one_day,
    may_overlap,
    quoted,
    spoken_day,
)
from chronology.same_facts import apart_by_definition
from chronology.understand import Understanding

#: Acts that are told apart by name: the first is never the second.
DIFFERENT_ACTS: tuple[tuple[str, str], ...] = (
    ("strategy", "conference"),
    ("core group", "conference"),
    ("core group", "strategy"),
    ("risk meeting", "conference"),
    ("risk meeting", "core group"),
    ("initial conference", "review conference"),
    ("court", "core group"),
)
_TOLD_APART = frozenset(act for acts in DIFFERENT_ACTS for act in acts)
#: The words for these acts in a sentence.
ACT_WORDS: dict[str, str] = {
    "conference": "a conference",
    "court": "a court matter",
    "strategy": "a strategy discussion or section 47 work",
    "core group": "a core group",
    "risk meeting": "a multi-agency risk meeting",
    "initial conference": "an initial conference",
    "review conference": "a review conference",
}


def veto(a: Understanding, b: Understanding) -> str:
    """Why two accounts can never be one occurrence, whatever else they share; "" if they can."""
    gap = days_apart(a, b)
    if gap is None:
        return "One of them has no date, and an undated record is never joined by guess."
    if not may_be_one_day(a, b):
        return _too_far_apart(a, b, gap)
    if a.account.facts and (why := apart_by_definition(a.account, b.account)):
        return why
    if not (_TOLD_APART.isdisjoint(a.named) or _TOLD_APART.isdisjoint(b.named)):
        for one, other in DIFFERENT_ACTS:
            if _tells_apart(a, b, one, other):
                return _two_acts(a, b, one, other)
            if _tells_apart(b, a, one, other):
                return _two_acts(b, a, one, other)
    return ""


def _too_far_apart(a: Understanding, b: Understanding, gap: int) -> str:
    if a.is_exact and b.is_exact:
        dates = f"Dated {spoken_day(a.account)} and {spoken_day(b.account)}"
        return f"{dates}, {gap} days apart: too far to be one occurrence by themselves."
    dates = " and ".join(f"'{u.account.occurred.written}'" for u in (a, b))
    if may_overlap(a, b):
        return (
            f"Of the dates given, {dates}, one is known on one side only; it is compared with the"
            f" {VAGUE_WINDOW_DAYS} days next to it alone."
        )
    return (
        f"The dates given, {dates}, lie {gap} days apart at the nearest; a date that is not"
        f" exact may lie {VAGUE_WINDOW_DAYS} days off at most."
    )


def _two_acts(a: Understanding, b: Understanding, one: str, other: str) -> str:
    return (
        f"One is headed as {ACT_WORDS[one]} ('{quoted(a.account)}'), the other as"
        f" {ACT_WORDS[other]} ('{quoted(b.account)}')."
    )


def _tells_apart(a: Understanding, b: Understanding, one: str, other: str) -> bool:
    return one in a.named and other in b.named and one not in b.acts and other not in a.acts
