"""What each rule is worth, and all of them added up for two accounts.

The weights are a logistic regression fitted on labelled cases, so that their sum is log odds and
the score is a probability.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from chronology.compare.family import Context
from chronology.compare.rules import RULES, SHARES_OF_ONE, Rule
from chronology.understand import Understanding


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two accounts tell of one occurrence, and every rule's say in it."""

    a: Understanding
    b: Understanding
    log_odds: float
    #: What each rule of RULES saw, in its order.
    values: tuple[float, ...]
    #: The log odds of the first look, and what each rule of competition.RULES saw, in its order;
    #: set by the second look.
    first_look: float = 0.0
    standing: tuple[float, ...] = ()

    @property
    def score(self) -> float:
        """The probability, 0 to 1."""
        return 1 / (1 + math.exp(-self.log_odds))


def compare(
    a: Understanding, b: Understanding, case: Context, policy: Policy, floor: float = -math.inf
) -> Comparison | None:
    """What every rule says of two accounts, added up; None as soon as the floor is out of reach."""
    odds = policy.start
    values = []
    for rule, weight, still_to_come in policy.steps:
        value = rule(a, b, case)
        values.append(value)
        odds += value * weight
        if odds + still_to_come < floor:
            return None
    return Comparison(a, b, odds, tuple(values))


@dataclass(frozen=True, slots=True)
class Policy:
    """What each rule's answer is worth in log odds, beginning from ``start``."""

    start: float
    #: Rule, its weight, and the most that the rules after it can still add.
    steps: tuple[tuple[Rule, float, float], ...]

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Policy:
        """The policy of these weights, by the names of the rules; every rule must have one."""
        return cls(weights["start"], steps_of(RULES, weights, SHARES_OF_ONE))


_AnyRule = TypeVar("_AnyRule", bound=Callable[..., float])


def steps_of(
    rules: Sequence[_AnyRule],
    weights: Mapping[str, float],
    shares: Sequence[AbstractSet[_AnyRule]] = (),
) -> tuple[tuple[_AnyRule, float, float], ...]:
    """Each rule, its weight, and the most that the rules after it can still add.

    ``shares`` are rules whose answers never add up to more than 1.
    """
    weighed = [(rule, float(weights[rule.__name__])) for rule in rules]
    left = (_most_to_come(weighed[at:], shares) for at in range(1, len(weighed) + 1))
    return tuple((*step, most) for step, most in zip(weighed, left, strict=True))


def _most_to_come(
    weighed: Sequence[tuple[_AnyRule, float]], shares: Sequence[AbstractSet[_AnyRule]]
) -> float:
    """The most that these rules can add to the odds."""
    alone = [w for rule, w in weighed if not any(rule in rules for rules in shares)]
    shared = (max((w for r, w in weighed if r in rules), default=0.0) for rules in shares)
    return sum(max(0.0, weight) for weight in (*alone, *shared))
