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
#: An end asks nothing: its value is -1, and no node follows it.
Node = tuple[int, float, Any, Any, float]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named values, in log odds."""

    names: tuple[str, ...]
    start: float
    #: The first node of each.
    trees: tuple[Node, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Trees:
        """From the content of a weights file: 'names', 'start' and 'trees', nodes as lists.

        The two nodes after a question are given there by where they stand in the list.
        """
        trees = tuple(_node(tree, 0) for tree in data["trees"])
        return cls(tuple(data["names"]), float(data["start"]), trees)

    def odds(self, values: Sequence[float]) -> float:
        """What all trees say of these values together."""
        total = self.start
        for value, most, if_so, if_not, worth in self.trees:
            while value >= 0:
                value, most, if_so, if_not, worth = if_so if values[value] <= most else if_not
            total += worth
        return total

    def moved(self, values: Sequence[float]) -> dict[str, float]:
        """How much each named value moved the odds; what moved nothing is left out."""
        found = [0.0] * len(self.names)
        for value, most, if_so, if_not, worth in self.trees:
            while value >= 0:
                asked, expected = value, worth
                value, most, if_so, if_not, worth = if_so if values[value] <= most else if_not
                found[asked] += worth - expected
        return {name: moves for name, moves in zip(self.names, found, strict=True) if moves}


def _node(tree: Sequence[Sequence[float]], at: int) -> Node:
    value, most, if_so, if_not, worth = tree[at]
    if value < 0:
        return (-1, 0.0, None, None, float(worth))
    after = _node(tree, int(if_so)), _node(tree, int(if_not))
    return (int(value), float(most), *after, float(worth))
