"""What the rules of following are worth: fitted on labelled cases and shipped as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chronology.compare import steps_of
from chronology.following import RULES, Around, Rule
from chronology.understand import Understanding


@dataclass(frozen=True, slots=True)
class Following:
    """How likely a later record follows from an earlier one, in log odds from ``start``."""

    start: float
    #: Link only pairs at least this likely.
    link_at: float
    #: Link an occurrence to a second one, not yet tied to the first, only where this likely.
    second_at: float
    #: Rule, its weight, and the most that the rules after it can still add.
    steps: tuple[tuple[Rule, float, float], ...]
    #: What it is worth that the earlier, or the later, speaks of an act.
    earlier: Mapping[str, float]
    later: Mapping[str, float]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Following:
        """From the content of link_weights.json, by the names of the rules and of the acts."""
        return cls(
            start=data["start"],
            link_at=data["link_at"],
            second_at=data["second_at"],
            steps=steps_of(RULES, data["rules"]),
            earlier=data["earlier"],
            later=data["later"],
        )

    def log_odds(
        self, a: Understanding, b: Understanding, near: Around, odds: float
    ) -> float | None:
        """How likely b follows from a; None as soon as that is too little to link them.

        ``odds`` are those to begin with: ``start``, and what the acts of both are worth.
        """
        for rule, weight, still_to_come in self.steps:
            odds += rule(a, b, near) * weight
            if odds + still_to_come < self.link_at:
                return None
        return odds


def spoken_of(u: Understanding, worth: Mapping[str, float]) -> float:
    """What the acts of a record are worth together."""
    return sum(said * worth.get(act, 0.0) for act, said in sorted(u.acts.items()))


@cache
def shipped_following() -> Following:
    """The weights this version came with (data/link_weights.json)."""
    text = files("chronology").joinpath("data/link_weights.json").read_text(encoding="utf-8")
    return Following.of(json.loads(text))
