"""What speaks for and against one pair, the weightiest first."""

from __future__ import annotations

import math
from collections.abc import Iterable

from chronology.compare import RULES, Comparison, Context, days_apart, is_copy
from chronology.explain.dates import one_day
from chronology.explain.sentence import Sentence, Topic
from chronology.explain.tellers import copied
from chronology.explain.topics import (
    SAID_BY,
    SHOWN_AGAINST,
    SHOWN_FOR,
    STANDBY_AGAINST,
    STANDBY_FOR,
    STANDING,
    TOPIC_OF,
)
from chronology.judging import weighed
from chronology.weights import Weights

#: How much a matter must have moved the odds before it is worth a sentence.
WORTH_SAYING = 0.2
#: Sentences a reader is shown on one side.
MOST_SAID = 6
#: What is said, and by which sentence.
Said = tuple[tuple[Sentence, str], ...]


def reasons(
    comparison: Comparison, case: Context, weights: Weights
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences that speak for one occurrence and against it, the weightiest first."""
    moved = by_topic(comparison, weights)
    against = _against(moved, comparison, case)
    return tuple(told for _, told in said_for(moved, comparison, case)), against


def by_topic(comparison: Comparison, weights: Weights) -> dict[Topic, float]:
    """How much each matter moved the odds; what is not there has no words to show for it."""
    seen = dict(zip((rule.__name__ for rule in RULES), comparison.values, strict=True))
    found: dict[Topic, float] = {}
    for name, moves in _moved(comparison, weights).items():
        topic = TOPIC_OF.get(name)
        if topic and seen.get(name, 1.0):
            found[topic] = found.get(topic, 0.0) + moves
    return found


def said_for(moved: dict[Topic, float], c: Comparison, case: Context) -> Said:
    """What speaks for a pair, the weightiest first; of a copy, that it is one."""
    if is_copy(c.a, c.b) and days_apart(c.a, c.b) == 0:
        return tuple((s, s(c, case)) for s in (copied, one_day))
    told = _said({t.speaks_for: m for t, m in moved.items()}, SHOWN_FOR, c, case)
    return told or _first_of(STANDBY_FOR, c, case)


def _against(moved: dict[Topic, float], c: Comparison, case: Context) -> tuple[str, ...]:
    said = _said({t.against: -m for t, m in moved.items()}, SHOWN_AGAINST, c, case)
    if not said or (c.log_odds < 0 and len(said) < 2):
        unsaid = (s for s in STANDBY_AGAINST if s not in {told for told, _ in said})
        said = (*said, *_first_of(unsaid, c, case))
    return tuple(told for _, told in said)


def _said(
    worth: dict[Sentence, float], shown: Iterable[Sentence], c: Comparison, case: Context
) -> Said:
    """The sentences of one side worth saying, and those always shown; what rivals say last."""
    worth = {s: w for s, w in worth.items() if w >= WORTH_SAYING}
    worth = dict.fromkeys(shown, WORTH_SAYING) | worth
    told = {s: said for s in worth if (said := s(c, case))}
    kept = sorted((s for s in told if not _is_doubled(s, told)), key=lambda s: (-worth[s], told[s]))
    own, of_rivals = ([s for s in kept if (s in STANDING) is side] for side in (False, True))
    return tuple((s, told[s]) for s in (*own[: MOST_SAID - len(of_rivals)], *of_rivals))


def _is_doubled(sentence: Sentence, told: Iterable[Sentence]) -> bool:
    return sentence in SAID_BY and SAID_BY[sentence] in told


def _first_of(sentences: Iterable[Sentence], c: Comparison, case: Context) -> Said:
    return next((((s, said),) for s in sentences if (said := s(c, case))), ())


def _moved(comparison: Comparison, weights: Weights) -> dict[str, float]:
    """How much each thing seen moved the odds.

    What the last look took from the first is shared out over the rules of the first, by how much
    each moved it.
    """
    moved = weights.last.moved(weighed(comparison))
    first = {
        rule.__name__: value * weight
        for value, (rule, weight, _) in zip(comparison.values, weights.first.steps, strict=True)
    }
    taken = abs(moved.pop("first_look", 0.0))
    share = taken / (math.fsum(map(abs, first.values())) or 1.0)
    for name, moves in first.items():
        moved[name] = moved.get(name, 0.0) + moves * share
    return moved
