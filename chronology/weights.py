"""What the matcher's rules are worth: fitted on labelled cases and shipped as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chronology.compare import Policy
from chronology.judging import NAMES
from chronology.kinds import Reader, shipped_reader
from chronology.trees import Trees


@dataclass(frozen=True, slots=True)
class Weights:
    """How records are read, the policy of the first look at a pair, and the trees of the last."""

    reader: Reader
    first: Policy
    last: Trees

    @classmethod
    def of(cls, data: Mapping[str, Any], reader: Reader) -> Weights:
        """From the content of match_weights.json, or of another file of its kind.

        Raises ValueError where that file was fitted for other rules than these.
        """
        last = Trees.of(data["last"])
        if last.names != NAMES:
            raise ValueError("The weights are of another version: they weigh other things.")
        return cls(reader, Policy.of(data["first"]), last)


@cache
def shipped() -> Weights:
    """The weights this version came with (data/match_weights.json)."""
    text = files("chronology").joinpath("data/match_weights.json").read_text(encoding="utf-8")
    return Weights.of(json.loads(text), shipped_reader())
