"""Every pair worth comparing, compared: the accounts understood and laid beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chronology.account import Account
from chronology.candidates import candidates
from chronology.compare import Comparison, Context, compare, context, veto
from chronology.competition import UNLIKELY, Pairs, second_look
from chronology.decisions import Pair, pair_of
from chronology.families import Home, homes, wider_homes
from chronology.judging import last_look
from chronology.kinds import Likelihoods
from chronology.people import Cast
from chronology.same_facts import same_facts
from chronology.understand import Understanding, understand
from chronology.weights import Weights


@dataclass(frozen=True, slots=True)
class Contexts:
    """What the rules know of each family: what is rare in it and how crowded its days are.

    Every family by itself, so that another family's file in the same folder changes nothing.
    """

    #: Whose each account is, by account id.
    homes: Mapping[str, Home]
    #: Person ids each account is about.
    subjects: Mapping[str, frozenset[str]]
    at: Mapping[Home, Context]

    def of(self, a: Understanding, b: Understanding) -> Context:
        """What is known of the family, or else of the circle, that two accounts would share."""
        return self.at[max(self.homes[a.id], self.homes[b.id], key=len)]


@dataclass(frozen=True, slots=True)
class Matched:
    """A case understood and compared, before anything is decided."""

    understood: tuple[Understanding, ...]
    contexts: Contexts
    pairs: Pairs
    cast: Cast
    weights: Weights
    #: Pairs that are one by the definition of the returns they stand in.
    stated: tuple[Pair, ...] = ()


def match(accounts: Sequence[Account], cast: Cast, weights: Weights) -> Matched:
    """Looks at every two accounts whose days could be one: by rules, by rivals, by all together."""
    understood = tuple(understand(account, weights.reader) for account in accounts)
    known = contexts(understood, cast, weights.reader.usual)
    near = ((a, b) for a, b in candidates(understood, known.homes) if not veto(a, b))
    compared = (compare(a, b, known.of(a, b), weights.first, UNLIKELY) for a, b in near)
    stated = same_facts(accounts, known.subjects)
    return Matched(understood, known, _judged(compared, weights), cast, weights, stated)


def _judged(compared: Iterable[Comparison | None], weights: Weights) -> Pairs:
    """The pairs worth another look, looked at beside their rivals and by all together."""
    likely = {pair_of(c.a.id, c.b.id): c for c in compared if c}
    return last_look(second_look(likely), weights.last)


def looked_at(a: Understanding, b: Understanding, matched: Matched) -> Comparison:
    """Two accounts compared by themselves where they were too unlike to be among the pairs."""
    key = pair_of(a.id, b.id)
    if key in matched.pairs:
        return matched.pairs[key]
    first = matched.weights.first
    return _judged([compare(a, b, matched.contexts.of(a, b), first)], matched.weights)[key]


def contexts(understood: Sequence[Understanding], cast: Cast, usual: Likelihoods) -> Contexts:
    """What is known of every family by its own records, of every circle by all within it."""
    of_account = homes(understood, cast)
    subjects = {u.id: cast.subjects_of(u.account) for u in understood}
    members: defaultdict[Home, list[Understanding]] = defaultdict(list)
    needed = set(of_account.values())
    for u in understood:
        for home in wider_homes(of_account[u.id]):
            if home in needed:
                members[home].append(u)
    at = {home: context(within, subjects, usual) for home, within in members.items()}
    return Contexts(of_account, subjects, at)
