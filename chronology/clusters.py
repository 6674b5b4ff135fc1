"""Pairs to groups: the whole case decided, not pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chronology.compare import Comparison, days_apart, is_copy, veto
from chronology.competition import UNLIKELY, Pairs, key_of
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
    #: Days apart two exact dates may be and still merge without a person.
    span_days: int


#: The policy by name. 'suggest' merges nothing but rows that are the same word for word.
PRESETS: dict[str, Preset] = {
    "default": Preset("default", merge_at=1.75, agree_at=-0.5, ask_at=-1.7, span_days=1),
    "strict": Preset("strict", merge_at=2.5, agree_at=1.0, ask_at=-2.4, span_days=0),
    "suggest": Preset("suggest", merge_at=99.0, agree_at=0.0, ask_at=-1.7, span_days=0),
}


def clusters(
    understood: Sequence[Understanding], pairs: Pairs, preset: Preset
) -> list[list[Understanding]]:
    """Joins the likeliest first; a group grows only where the whole of both groups agrees."""
    cluster_of = {u.id: [u] for u in understood}
    for comparison in _mergeable(pairs, preset):
        one = cluster_of[comparison.a.id]
        other = cluster_of[comparison.b.id]
        if one is not other and _agree(one, other, pairs, preset):
            joined = sorted((*one, *other), key=lambda u: (u.account.occurred.sort_key, u.id))
            cluster_of.update((u.id, joined) for u in joined)
    unique = {id(cluster): cluster for cluster in cluster_of.values()}
    return sorted(unique.values(), key=lambda c: min(u.id for u in c))


def _mergeable(pairs: Pairs, preset: Preset) -> list[Comparison]:
    safe = [c for c in pairs.values() if _is_same_row(c) or _is_safe(c, preset)]
    return sorted(safe, key=lambda c: (not _is_same_row(c), -c.log_odds, key_of(c.a, c.b)))


def _is_same_row(c: Comparison) -> bool:
    """Whether the two say exactly the same: a row that stands twice in what one agency sent."""
    return c.a.id.partition("-")[0] == c.b.id.partition("-")[0]


def _is_safe(c: Comparison, preset: Preset) -> bool:
    if not (c.a.is_exact and c.b.is_exact):
        return False
    if (days_apart(c.a, c.b) or 0) > preset.span_days:
        return False
    return c.log_odds >= preset.merge_at and not _told_apart(c.a, c.b)


def _told_apart(a: Understanding, b: Understanding) -> bool:
    """Whether one teller wrote both and not as a copy: it records an occurrence once a day."""
    if a.teller != b.teller:
        return False
    return a.first != b.first or _clocks_differ(a, b) or not is_copy(a, b)


def _clocks_differ(a: Understanding, b: Understanding) -> bool:
    return a.minute is not None and b.minute is not None and a.minute != b.minute


def _agree(
    one: list[Understanding], other: list[Understanding], pairs: Pairs, preset: Preset
) -> bool:
    """Whether two groups may be one: no veto, nobody telling it twice, and likely on average."""
    odds: list[float] = []
    for a in one:
        for b in other:
            if veto(a, b) or _told_apart(a, b):
                return False
            known = pairs.get(key_of(a, b))
            odds.append(known.log_odds if known else UNLIKELY)
    days = [u.first for u in (*one, *other) if u.first]
    if days and max(days) - min(days) > max(preset.span_days, 1):
        return False
    copies = len(one) == len(other) == 1 and is_copy(one[0], other[0])
    return copies or sum(odds) / len(odds) >= preset.agree_at
