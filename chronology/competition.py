"""A second look at each pair beside its rivals: what the whole case says of it.

One organisation tells an occurrence once. So a pair is less likely where another record of the same
teller fits as well, likelier where a third teller fits both, and less likely where a record that
surely belongs to one side does not fit the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from chronology.compare import Comparison, is_copy
from chronology.decisions import Pair
from chronology.understand import Understanding

#: Comparisons by the ids of their two accounts.
Pairs = dict[Pair, Comparison]

#: Log odds beyond which more makes no difference here.
LIMIT = 6.0
#: What counts, in log odds, for two accounts that were never compared or are unlikelier than this.
UNLIKELY = -4.0
#: Log odds from which a record counts as a partner.
PARTNER = -1.0


@dataclass(frozen=True, slots=True)
class Field:
    """Every account's partners: partner id -> (log odds, partner)."""

    partners: Mapping[str, Mapping[str, tuple[float, Understanding]]]


def second_look(pairs: Pairs) -> Pairs:
    """The same pairs with what their rivals and allies say of each."""
    field = field_of(pairs)
    return {
        key: replace(c, first_look=c.log_odds, standing=tuple(rule(c, field) for rule in RULES))
        for key, c in pairs.items()
    }


def margin(c: Comparison, field: Field) -> float:
    """How much likelier than the best other record of either side's teller for the other side."""
    rival = max(_rival(c.a, c.b, field), _rival(c.b, c.a, field))
    return _within(c.log_odds - rival)


def support(c: Comparison, field: Field) -> float:
    """How well a third teller's record fits both, at its weaker tie; -LIMIT where none does."""
    ours, theirs = field.partners[c.a.id], field.partners[c.b.id]
    ties = [
        min(odds, theirs[third][0])
        for third, (odds, u) in ours.items()
        if third in theirs and u.teller not in (c.a.teller, c.b.teller)
    ]
    return _within(max(ties, default=-LIMIT))


def dissent(c: Comparison, field: Field) -> float:
    """How surely records that belong to one side do not fit the other, both sides added."""
    return _dissent(c.a, c.b, field) + _dissent(c.b, c.a, field)


def crowd(c: Comparison, field: Field) -> float:
    """How many partners both have."""
    return sum(
        math.log1p(sum(odds > PARTNER for odds, _ in field.partners[u.id].values()))
        for u in (c.a, c.b)
    )


Rule = Callable[[Comparison, Field], float]

RULES: tuple[Rule, ...] = (margin, support, dissent, crowd)


def field_of(pairs: Pairs) -> Field:
    """Every account's partners in these pairs."""
    partners: dict[str, dict[str, tuple[float, Understanding]]] = defaultdict(dict)
    for c in pairs.values():
        partners[c.a.id][c.b.id] = (c.log_odds, c.b)
        partners[c.b.id][c.a.id] = (c.log_odds, c.a)
    return Field(partners)


def _rival(of: Understanding, partner: Understanding, field: Field) -> float:
    best, teller = -math.inf, partner.teller
    for odds, u in field.partners[of.id].values():
        if odds > best and u.teller == teller and u is not partner and not is_copy(u, partner):
            best = odds
    return -LIMIT if best == -math.inf else best


def _dissent(of: Understanding, partner: Understanding, field: Field) -> float:
    best, teller, known = -math.inf, of.teller, field.partners[partner.id]
    for third, (theirs, u) in field.partners[of.id].items():
        if theirs > best and u is not partner and u.teller != teller:
            odds = known[third][0] if third in known else UNLIKELY
            best = max(best, min(theirs, -odds))
    return _within(UNLIKELY if best == -math.inf else best)


def _within(odds: float) -> float:
    return max(-LIMIT, min(LIMIT, odds))
