"""Boosted trees read from data: many small questions about one pair, their answers added up.

Each tree asks of one value at a time whether it is at most so much, and ends in what that is worth
in log odds. What each value moved is kept apart, so that a judgement can be explained: the worth of
a path is shared out over the values asked on it, by how much each answer changed what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: One question or end: (which value, at most, node if so, node if not, worth expected here).
#: An end asks nothing: its value is -1.
Node = tuple[int, float, int, int, float]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named values, in log odds."""

    names: tuple[str, ...]
    start: float
    trees: tuple[tuple[Node, ...], ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Trees:
        """From the content of a weights file: 'names', 'start' and 'trees', nodes as lists."""
        trees = tuple(tuple(_node(node) for node in tree) for tree in data["trees"])
        return cls(tuple(data["names"]), float(data["start"]), trees)

    def odds(self, values: Sequence[float]) -> float:
        """What all trees say of these values together."""
        total = self.start
        for tree in self.trees:
            value, most, if_so, if_not, worth = tree[0]
            while value >= 0:
                value, most, if_so, if_not, worth = tree[if_so if values[value] <= most else if_not]
            total += worth
        return total

    def moved(self, values: Sequence[float]) -> dict[str, float]:
        """How much each named value moved the odds; what moved nothing is left out."""
        found: dict[str, float] = {}
        for tree in self.trees:
            value, most, if_so, if_not, worth = tree[0]
            while value >= 0:
                name, expected = self.names[value], worth
                value, most, if_so, if_not, worth = tree[if_so if values[value] <= most else if_not]
                found[name] = found.get(name, 0.0) + worth - expected
        return found


def _node(node: Sequence[float]) -> Node:
    value, most, if_so, if_not, worth = node
    return int(value), float(most), int(if_so), int(if_not), float(worth)
