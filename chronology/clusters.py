"""Pairs to groups: the whole case decided, not pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chronology.compare import RULES, Comparison, days_apart, is_copy, told_apart, veto
from chronology.competition import UNLIKELY, Pairs
from chronology.decisions import NO_RULINGS, Pair, Rulings, pair_of
from chronology.kinds import likeliest
from chronology.understand import Understanding


@dataclass(frozen=True, slots=True)
class Preset:
    """How boldly to merge and how much to ask, in log odds."""

    name: str
    #: Merge only pairs at least this likely.
    merge_at: float
    #: Join groups only where all their pairs together are at least this likely.
    agree_at: float
    #: Put pairs at least this likely to a person.
    ask_at: float
    #: Days apart two dates may be and still merge without a person.
    span_days: int
    #: Days a date that names more than one day, or none exactly, may stretch over and still merge.
    stretch_days: int


#: The policy by name. 'suggest' merges nothing but rows that are the same word for word.
PRESETS: dict[str, Preset] = {
    "default": Preset("default", 1.5, 1.0, -3.2, span_days=1, stretch_days=4),
    "strict": Preset("strict", 3.5, 2.0, -3.2, span_days=0, stretch_days=0),
    "suggest": Preset("suggest", 99.0, 0.0, -3.2, span_days=0, stretch_days=0),
}
#: A call, a notice or a referral has one who tells and one who is told.
SIDES_OF_A_CALL = 2
#: How surely two organisations of one service may each have been told by themselves; a pair above
#: it is for a person, however likely it is.
TWO_CALLS = 0.5
_TOLD_APART = RULES.index(told_apart)
#: Minutes apart that two records of one teller may put one occurrence: the log and its write-up.
WRITE_UP_MINUTES = 5


def clusters(
    understood: Sequence[Understanding],
    pairs: Pairs,
    preset: Preset,
    rulings: Rulings = NO_RULINGS,
    stated: Sequence[Pair] = (),
) -> list[list[Understanding]]:
    """The likeliest first; a group grows only where all of both agrees and nobody ruled otherwise.

    ``stated`` are pairs that are one by definition: they join unless somebody ruled otherwise. What
    was ruled the same is joined afterwards (:mod:`chronology.ruled_together`), so that an answer
    breaks up nothing that stood together before it.
    """
    cluster_of = {u.id: [u] for u in understood}
    for a, b in stated:
        _join(cluster_of, a, b, rulings)
    for comparison in _mergeable(pairs, preset):
        one = cluster_of[comparison.a.id]
        other = cluster_of[comparison.b.id]
        if one is not other and _agree(one, other, pairs, preset):
            _join(cluster_of, comparison.a.id, comparison.b.id, rulings)
    unique = {id(cluster): cluster for cluster in cluster_of.values()}
    return sorted(unique.values(), key=lambda c: min(u.id for u in c))


def _join(cluster_of: dict[str, list[Understanding]], a: str, b: str, rulings: Rulings) -> None:
    """Makes two groups one, unless somebody ruled that two of their members differ."""
    one, other = cluster_of[a], cluster_of[b]
    if one is other or _ruled_apart(one, other, rulings):
        return
    joined = sorted((*one, *other), key=lambda u: (u.account.occurred.sort_key, u.id))
    cluster_of.update((u.id, joined) for u in joined)


def _ruled_apart(
    one: Sequence[Understanding], other: Sequence[Understanding], rulings: Rulings
) -> bool:
    return bool(rulings.different) and any(
        pair_of(u.id, v.id) in rulings.different for u in one for v in other
    )


def _mergeable(pairs: Pairs, preset: Preset) -> list[Comparison]:
    safe = [c for c in pairs.values() if _is_same_row(c) or _is_safe(c, preset)]
    return sorted(safe, key=lambda c: (not _is_same_row(c), -c.log_odds, pair_of(c.a.id, c.b.id)))


def _is_same_row(c: Comparison) -> bool:
    """Whether the two say exactly the same: a row that stands twice in what one agency sent."""
    return c.a.id.partition("-")[0] == c.b.id.partition("-")[0]


def _is_safe(c: Comparison, preset: Preset) -> bool:
    if not (_names_its_day(c.a, preset) and _names_its_day(c.b, preset)):
        return False
    if c.a.account.facts and c.b.account.facts:
        return False  # what is defined is joined by definition, never by likeness
    if (days_apart(c.a, c.b) or 0) > preset.span_days:
        return False
    if c.log_odds < preset.merge_at or _told_apart(c.a, c.b, c, preset):
        return False
    return c.values[_TOLD_APART] <= TWO_CALLS


def _names_its_day(u: Understanding, preset: Preset) -> bool:
    """Whether its date is one day, or few enough: a month or a year is for a person to place.

    So is a date known on one side only, such as the day by which it was reported.
    """
    if u.is_exact:
        return True
    when = u.account.occurred
    if when.start is None or when.end is None:
        return False
    return u.first is not None and u.last is not None and u.last - u.first < preset.stretch_days


def _told_apart(
    a: Understanding, b: Understanding, known: Comparison | None, preset: Preset
) -> bool:
    """Whether one teller wrote both of different occurrences: it records each once a day.

    Unless one is a copy of the other, or its write-up: the same minutes, and as likely as any.
    """
    if a.teller != b.teller:
        return False
    if a.first != b.first or _clocks_differ(a, b):
        return True
    return not (is_copy(a, b) or (known is not None and known.log_odds >= preset.merge_at))


def _clocks_differ(a: Understanding, b: Understanding) -> bool:
    return (
        a.minute is not None
        and b.minute is not None
        and abs(a.minute - b.minute) > WRITE_UP_MINUTES
    )


def _more_than_two_sides(members: Sequence[Understanding]) -> bool:
    """Whether three services are in what all of them read as one call: a call has two sides."""
    if any(likeliest(u.kinds) != "contact_referral" for u in members):
        return False
    return len({min(u.service, default=u.teller[1]) for u in members}) > SIDES_OF_A_CALL


def _agree(
    one: list[Understanding], other: list[Understanding], pairs: Pairs, preset: Preset
) -> bool:
    """Whether two groups may be one: no veto, nobody telling it twice, and likely on average."""
    odds: list[float] = []
    for a in one:
        for b in other:
            known = pairs.get(pair_of(a.id, b.id))
            if veto(a, b) or _told_apart(a, b, known, preset):
                return False
            odds.append(known.log_odds if known else UNLIKELY)
    if _more_than_two_sides((*one, *other)):
        return False
    days = [u.first for u in (*one, *other) if u.first]
    if days and max(days) - min(days) > max(preset.span_days, 1):
        return False
    copies = len(one) == len(other) == 1 and is_copy(one[0], other[0])
    return copies or sum(odds) / len(odds) >= preset.agree_at
