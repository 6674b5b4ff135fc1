"""Two accounts side by side: what each rule sees, what that is worth, and what rules a pair out.

A rule says what it sees; the policy says what that is worth.
"""

from chronology.compare.apart import ACT_WORDS, veto
from chronology.compare.days import (
    NEW_YEAR,
    VAGUE_WINDOW_DAYS,
    WINDOW_DAYS,
    YEAR_DAYS,
    days_apart,
    is_copy,
    may_be_one_day,
    may_overlap,
    names_day_of,
    quoted,
    spoken_day,
    wrong_year,
)
from chronology.compare.family import Context, context
from chronology.compare.policy import Comparison, Policy, compare, steps_of
from chronology.compare.rules import (
    PLACE_OF,
    RULES,
    SHARES_OF_ONE,
    both_of_each,
    crowded,
    told_apart,
)

__all__ = [
    "ACT_WORDS",
    "NEW_YEAR",
    "PLACE_OF",
    "RULES",
    "SHARES_OF_ONE",
    "VAGUE_WINDOW_DAYS",
    "WINDOW_DAYS",
    "YEAR_DAYS",
    "Comparison",
    "Context",
    "Policy",
    "both_of_each",
    "compare",
    "context",
    "crowded",
    "days_apart",
    "is_copy",
    "may_be_one_day",
    "may_overlap",
    "names_day_of",
    "quoted",
    "spoken_day",
    "steps_of",
    "told_apart",
    "veto",
    "wrong_year",
]
