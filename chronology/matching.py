"""Every pair worth comparing, compared: the accounts understood and laid beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chronology.account import Account
from chronology.candidates import candidates, families
from chronology.compare import Context, compare, context, veto
from chronology.competition import UNLIKELY, Pairs, key_of, second_look
from chronology.people import Cast
from chronology.understand import Understanding, understand
from chronology.weights import Weights


@dataclass(frozen=True, slots=True)
class Matched:
    """A case understood and compared, before anything is decided."""

    understood: tuple[Understanding, ...]
    case: Context
    #: For each account that belongs to a family of its own, which.
    families: dict[str, str]
    pairs: Pairs
    cast: Cast
    weights: Weights


def match(accounts: Sequence[Account], cast: Cast, weights: Weights) -> Matched:
    """Compares every two accounts whose days could be one; twice, the second time by rivals."""
    understood = tuple(understand(account, weights.reader) for account in accounts)
    case = context(understood, cast, weights.reader.usual)
    of_family = families(accounts, cast)
    near = ((a, b) for a, b in candidates(understood, of_family) if not veto(a, b))
    compared = (compare(a, b, case, weights.first, UNLIKELY) for a, b in near)
    pairs = second_look({key_of(c.a, c.b): c for c in compared if c}, weights.second)
    return Matched(understood, case, of_family, pairs, cast, weights)
