"""Small rules about two accounts, each answering how strongly it sees what it looks for.

A rule says what it sees; the policy says what that is worth. The weights are a logistic regression
fitted on labelled cases, so that their sum is log odds and the score is a probability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from chronology.people import Cast
from chronology.understand import Rarity, Understanding, rarity

#: Days between two dates beyond which two accounts are never one occurrence. Of the true pairs in
#: labelled cases nine in ten lie within one day, nearly all the rest within three.
WINDOW_DAYS = 3

#: Acts that are told apart by name: the first is never the second.
DIFFERENT_ACTS: tuple[tuple[str, str], ...] = (
    ("strategy", "conference"),
    ("core group", "conference"),
    ("core group", "strategy"),
    ("risk meeting", "conference"),
    ("risk meeting", "core group"),
    ("initial conference", "review conference"),
    ("court", "core group"),
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know of the whole case."""

    words: Rarity
    acts: Rarity
    #: Person ids each account is about.
    subjects: Mapping[str, frozenset[str]]
    #: How many accounts of the case fall on each day, by ordinal.
    crowd: Mapping[int, int]
    #: The weight of all words of each account, for same_words.
    lengths: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two accounts tell of one occurrence, and every rule's say in it."""

    a: Understanding
    b: Understanding
    log_odds: float
    #: What each rule of RULES saw, in its order.
    values: tuple[float, ...]
    #: What each rule of competition.RULES saw, in its order; empty before the second look.
    standing: tuple[float, ...] = ()

    @property
    def score(self) -> float:
        """The probability, 0 to 1."""
        return 1 / (1 + math.exp(-self.log_odds))


def context(understood: Sequence[Understanding], cast: Cast) -> Context:
    """What the rules need to know of the whole case."""
    words = rarity([u.words for u in understood])
    return Context(
        words=words,
        acts=rarity([u.acts for u in understood]),
        subjects={u.id: cast.subjects_of(u.account) for u in understood},
        crowd=Counter(u.first for u in understood if u.first),
        lengths={
            u.id: math.sqrt(sum(words.of(w) ** 2 for w in u.words)) or 1.0 for u in understood
        },
    )


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


def veto(a: Understanding, b: Understanding) -> str:
    """Why two accounts can never be one occurrence, whatever else they share; "" if they can."""
    gap = days_apart(a, b)
    if gap is None:
        return "One of them has no date, and an undated record is never joined by guess."
    if gap > WINDOW_DAYS:
        return f"They lie {gap} days apart."
    if a.named and b.named:
        for one, other in DIFFERENT_ACTS:
            if _tells_apart(a, b, one, other) or _tells_apart(b, a, one, other):
                return f"One is a {one}, the other a {other}."
    return ""


def days_apart(a: Understanding, b: Understanding) -> int | None:
    """Whole days between the nearest days of two accounts, 0 where they overlap."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, b.first - a.last, a.first - b.last)


def names_day_of(a: Understanding, b: Understanding) -> bool:
    """Whether the text of the second names the day the first is dated."""
    day = a.account.occurred.start
    return bool(b.days and day and (day.day, day.month) in b.days)


def is_copy(a: Understanding, b: Understanding) -> bool:
    """Whether one teller wrote the same thing twice, word for word or nearly."""
    return a.teller == b.teller and fuzz.ratio(a.text, b.text, score_cutoff=90) > 0


def same_day(a: Understanding, b: Understanding, _: Context) -> float:
    """Both name the same day."""
    return float(a.is_exact and b.is_exact and a.first == b.first)


def next_day(a: Understanding, b: Understanding, _: Context) -> float:
    """Their days follow each other."""
    return float(a.is_exact and b.is_exact and days_apart(a, b) == 1)


def days_later(a: Understanding, b: Understanding, _: Context) -> float:
    """Two or three days lie between them."""
    return float(a.is_exact and b.is_exact and (days_apart(a, b) or 0) > 1)


def vague_date(a: Understanding, b: Understanding, _: Context) -> float:
    """One of them does not name a day."""
    return float(not (a.is_exact and b.is_exact))


def same_words(a: Understanding, b: Understanding, case: Context) -> float:
    """They share words, the rarer in this case the better: 0 none, 1 all."""
    shared = a.words & b.words
    if not shared:
        return 0.0
    weights = case.words.weights
    weight = sum(weights[w] ** 2 for w in shared)
    return weight / (case.lengths[a.id] * case.lengths[b.id])


def rare_words(a: Understanding, b: Understanding, case: Context) -> float:
    """They share words that few other records use."""
    weights, top = case.words.weights, case.words.top
    rare = sum(weights[w] for w in a.words & b.words if weights[w] > 0.6 * top)
    return min(rare / top, 4.0) / 4.0


def similar_text(a: Understanding, b: Understanding, _: Context) -> float:
    """Their wording is alike letter by letter."""
    return max(0.0, fuzz.token_set_ratio(a.text, b.text, score_cutoff=40) - 40) / 60


def same_act(a: Understanding, b: Understanding, case: Context) -> float:
    """They speak of the same kinds of act."""
    return _act_overlap(a, b, case)


def named_acts(a: Understanding, b: Understanding, case: Context) -> float:
    """Both are headed as the same kind of act, a rare one counting more."""
    shared = a.named & b.named
    return max(case.acts.of(act) for act in shared) / case.acts.top if shared else 0.0


def other_act(a: Understanding, b: Understanding, _: Context) -> float:
    """They are headed as different kinds of act."""
    return float(bool(a.named and b.named) and not a.named & b.named)


def one_missed(a: Understanding, b: Understanding, _: Context) -> float:
    """One tells of a missed contact; the other does not."""
    one, other = _missed(a), _missed(b)
    return float((one >= 1 and other == 0) or (other >= 1 and one == 0))


def same_clock(a: Understanding, b: Understanding, _: Context) -> float:
    """Their clock times are within ten minutes."""
    gap = _minutes_apart(a, b)
    return float(gap is not None and gap <= 10)


def far_clock(a: Understanding, b: Understanding, _: Context) -> float:
    """Their clock times are more than two hours apart."""
    gap = _minutes_apart(a, b)
    return float(gap is not None and gap > 120)


def tells_day(a: Understanding, b: Understanding, _: Context) -> float:
    """One's text names the day the other is dated."""
    return float(names_day_of(a, b) or names_day_of(b, a))


def same_organisation(a: Understanding, b: Understanding, _: Context) -> float:
    """One organisation wrote both; it tells one occurrence once."""
    return float(a.teller == b.teller)


def same_agency(a: Understanding, b: Understanding, _: Context) -> float:
    """Two organisations of one agency wrote them."""
    return float(a.account.agency == b.account.agency and a.teller != b.teller)


def other_subject(a: Understanding, b: Understanding, case: Context) -> float:
    """They are about different persons."""
    of_a, of_b = _subjects(a, case), _subjects(b, case)
    return float(bool(of_a and of_b) and not of_a & of_b)


def copied(a: Understanding, b: Understanding, _: Context) -> float:
    """The same teller wrote the same thing twice."""
    return float(is_copy(a, b))


def crowded(a: Understanding, b: Understanding, case: Context) -> float:
    """How many records the case has on their days; a crowd makes chance likelier."""
    return math.log(max(case.crowd.get(a.first or 0, 1), case.crowd.get(b.first or 0, 1)))


def both_meet(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of a meeting, by heading or by their first words."""
    return float(a.acts.get("meeting", 0.0) >= 0.6 and b.acts.get("meeting", 0.0) >= 0.6)


def from_letter(a: Understanding, b: Understanding, _: Context) -> float:
    """One is an entry made from a letter or result; both come from one agency."""
    one_only = ("letter" in a.named) != ("letter" in b.named)
    return float(one_only and a.account.agency == b.account.agency)


def two_told(a: Understanding, b: Understanding, case: Context) -> float:
    """Two organisations of one agency each had a contact: who told them told them apart."""
    contacts = bool(a.named & CONTACTS) and bool(b.named & CONTACTS)
    return contacts * same_agency(a, b, case)


def names_organisation(a: Understanding, b: Understanding, _: Context) -> float:
    """One names the organisation of the other; 2 where both do."""
    return float(bool(a.called & b.speaks_of)) + float(bool(b.called & a.speaks_of))


def lists_worker(a: Understanding, b: Understanding, _: Context) -> float:
    """The worker who wrote one is among the people listed in the other."""
    return float(bool(a.worker & b.people) or bool(b.worker & a.people))


#: Acts by which one agency tells another.
CONTACTS = frozenset({"call", "referral", "notification", "letter"})

Rule = Callable[[Understanding, Understanding, Context], float]

#: Every rule, the cheap and the weighty first, so that most pairs are settled before words are
#: compared. What each is worth stands in data/match_weights.json.
RULES: tuple[Rule, ...] = (
    crowded,
    same_clock,
    far_clock,
    named_acts,
    other_act,
    one_missed,
    same_organisation,
    same_agency,
    same_day,
    next_day,
    days_later,
    vague_date,
    other_subject,
    tells_day,
    both_meet,
    from_letter,
    two_told,
    names_organisation,
    lists_worker,
    same_act,
    same_words,
    rare_words,
    similar_text,
    copied,
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What each rule's answer is worth in log odds, beginning from ``start``."""

    start: float
    #: Rule, its weight, and the most that the rules after it can still add.
    steps: tuple[tuple[Rule, float, float], ...]

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Policy:
        """The policy of these weights, by the names of the rules; every rule must have one."""
        each = [weights[rule.__name__] for rule in RULES]
        left = [sum(max(0.0, weight) for weight in each[at + 1 :]) for at in range(len(each))]
        return cls(weights["start"], tuple(zip(RULES, each, left, strict=True)))


def _tells_apart(a: Understanding, b: Understanding, one: str, other: str) -> bool:
    return one in a.named and other in b.named and one not in b.acts and other not in a.acts


def _missed(u: Understanding) -> float:
    return u.acts.get("missed", 0.0) + u.acts.get("no access", 0.0)


def _act_overlap(a: Understanding, b: Understanding, case: Context) -> float:
    shared = either = 0.0
    weights = case.acts.weights
    for act in {*a.acts, *b.acts}:
        one, other, weight = a.acts.get(act, 0.0), b.acts.get(act, 0.0), weights[act]
        shared += min(one, other) * weight
        either += max(one, other) * weight
    return shared / either if either else 0.0


def _minutes_apart(a: Understanding, b: Understanding) -> int | None:
    if a.minute is None or b.minute is None:
        return None
    return abs(a.minute - b.minute)


def _subjects(a: Understanding, case: Context) -> frozenset[str]:
    return case.subjects[a.id]
