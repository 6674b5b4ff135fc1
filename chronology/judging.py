"""The last look at a pair: everything seen of it weighed together.

The first look adds up what each rule sees by itself. But what a rule is worth depends on the rest:
two records a day apart are soon one night of somebody missing, and seldom one clinic visit. So the
last look weighs the first look, what the pair's rivals and allies say, every rule's answer and a
few plain measures together, by boosted trees fitted on labelled cases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from chronology import compare, competition
from chronology.compare import PLACE_OF, Comparison, both_of_each, days_apart
from chronology.competition import Pairs
from chronology.kinds import KINDS
from chronology.trees import Trees
from chronology.understand import Understanding

Measure = Callable[[Understanding, Understanding], float]

#: More days or minutes than this make no difference.
MOST_DAYS, MOST_MINUTES = 9, 2000
#: What stands for a clock time that one of the two lacks.
NO_MINUTES = -1.0


def days_between(a: Understanding, b: Understanding) -> float:
    """Whole days between them."""
    gap = days_apart(a, b)
    return float(MOST_DAYS if gap is None else min(gap, MOST_DAYS))


def minutes_between(a: Understanding, b: Understanding) -> float:
    """Minutes between their clock times."""
    if a.minute is None or b.minute is None:
        return NO_MINUTES
    return float(min(abs(a.minute - b.minute), MOST_MINUTES))


def sure_of_kinds(a: Understanding, b: Understanding) -> float:
    """How surely both were read as some kind."""
    return max(a.kinds) * max(b.kinds)


def one_each(a: Understanding, b: Understanding, kind: str, other: str) -> float:
    """How surely one is of one kind and the other of another."""
    at, to = PLACE_OF[kind], PLACE_OF[other]
    return max(a.kinds[at] * b.kinds[to], b.kinds[at] * a.kinds[to])


def shorter(a: Understanding, b: Understanding) -> float:
    """Words of the shorter record."""
    return float(min(len(a.words), len(b.words)))


def longer(a: Understanding, b: Understanding) -> float:
    """Words of the longer record."""
    return float(max(len(a.words), len(b.words)))


#: Kinds that follow each other and are told apart: what happened, and what was done about it.
SEQUELS = (
    ("incident", "hospital_attendance"),
    ("contact_referral", "meeting_conference"),
    ("contact_referral", "incident"),
)

#: The plain measures by name, the likelihoods that both are of one kind standing between them.
BEFORE_KINDS: dict[str, Measure] = {
    "days_between": days_between,
    "minutes_between": minutes_between,
    "sure_of_kinds": sure_of_kinds,
}
AFTER_KINDS: dict[str, Measure] = {
    **{f"{one}_and_{two}": partial(one_each, kind=one, other=two) for one, two in SEQUELS},
    "shorter": shorter,
    "longer": longer,
}
#: The names of all plain measures, in order.
MEASURES: tuple[str, ...] = (*BEFORE_KINDS, *(f"both_of_{kind}" for kind in KINDS), *AFTER_KINDS)
#: The names of all that is weighed, in order.
NAMES: tuple[str, ...] = (
    "first_look",
    *(rule.__name__ for rule in competition.RULES),
    *(rule.__name__ for rule in compare.RULES),
    *MEASURES,
)


def weighed(c: Comparison) -> tuple[float, ...]:
    """All that is weighed of a pair that its rivals and allies have been asked about."""
    before = (measure(c.a, c.b) for measure in _BEFORE)
    after = (measure(c.a, c.b) for measure in _AFTER)
    return (c.first_look, *c.standing, *c.values, *before, *both_of_each(c.a, c.b), *after)


_BEFORE, _AFTER = tuple(BEFORE_KINDS.values()), tuple(AFTER_KINDS.values())


def last_look(pairs: Pairs, trees: Trees) -> Pairs:
    """The same pairs with log odds that weigh everything seen of each together."""
    return {key: replace(c, log_odds=trees.odds(weighed(c))) for key, c in pairs.items()}
