"""Small rules about two accounts, each answering how strongly it sees what it looks for.

A rule says what it sees; the policy says what that is worth. The weights are a logistic regression
fitted on labelled cases, so that their sum is log odds and the score is a probability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from operator import mul, truediv
from typing import TypeVar

from rapidfuzz import fuzz

from chronology.account import Account
from chronology.kinds import KINDS, Likelihoods
from chronology.same_facts import apart_by_definition
from chronology.understand import Rarity, Understanding, rarity

#: Days between two dates beyond which two accounts are never one occurrence. Of the true pairs in
#: labelled cases nine in ten lie within one day, nearly all the rest within three.
WINDOW_DAYS = 7
#: The same for a date that names no single day: the stretch itself is already wide.
VAGUE_WINDOW_DAYS = 3
#: A date written with last year's or next year's number lies this far off, give or take a few days.
YEAR_DAYS = 365
#: Months in which a year is written wrongly, the last and the first.
NEW_YEAR = (12, 1, 2)

#: Added before odds of kinds are taken as a logarithm, so that none is without end.
LEAST_ODDS = 0.01
_LEAST, _MOST = math.log(LEAST_ODDS), math.log(100.0)
#: Where each kind stands among an account's likelihoods.
PLACE_OF = {kind: at for at, kind in enumerate(KINDS)}

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
_TOLD_APART = frozenset(act for acts in DIFFERENT_ACTS for act in acts)
#: The words for these acts in a sentence.
ACT_WORDS: dict[str, str] = {
    "conference": "a conference",
    "court": "a court matter",
    "strategy": "a strategy discussion or section 47 work",
    "core group": "a core group",
    "risk meeting": "a multi-agency risk meeting",
    "initial conference": "an initial conference",
    "review conference": "a review conference",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know of the records of a family, beside which two are seen."""

    words: Rarity
    acts: Rarity
    #: Person ids each account is about.
    subjects: Mapping[str, frozenset[str]]
    #: How many of these records fall on each day, by ordinal.
    crowd: Mapping[int, int]
    #: How telling each word of a name is among these records.
    name_words: Rarity
    #: How telling the words of places are.
    place_words: Rarity
    #: How common each kind of occurrence is among all records.
    usual_kinds: Likelihoods
    #: Words of names that each account uses, and the weight of all its words, by id; of accounts
    #: that may be of another family, worked out when first asked.
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)

    def names_of(self, u: Understanding) -> frozenset[str]:
        """The words of names that one account uses."""
        known = self.names.get(u.id)
        if known is None:
            known = self.names[u.id] = _names_in(u, self.name_words.weights.keys())
        return known

    def length_of(self, u: Understanding) -> float:
        """The weight of all words of one account among these records."""
        known = self.lengths.get(u.id)
        if known is None:
            known = self.lengths[u.id] = math.sqrt(self.words.squared(u.words)) or 1.0
        return known


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two accounts tell of one occurrence, and every rule's say in it."""

    a: Understanding
    b: Understanding
    log_odds: float
    #: What each rule of RULES saw, in its order.
    values: tuple[float, ...]
    #: The log odds of the first look, and what each rule of competition.RULES saw, in its order;
    #: set by the second look.
    first_look: float = 0.0
    standing: tuple[float, ...] = ()

    @property
    def score(self) -> float:
        """The probability, 0 to 1."""
        return 1 / (1 + math.exp(-self.log_odds))


def context(
    understood: Sequence[Understanding],
    subjects: Mapping[str, frozenset[str]],
    usual_kinds: Likelihoods,
) -> Context:
    """What the rules need to know of these records; ``subjects`` may be those of more accounts."""
    known = frozenset(word for u in understood for word in u.names)
    names = {u.id: _names_in(u, known) for u in understood}
    return Context(
        words=rarity([u.words for u in understood]),
        acts=rarity([u.acts for u in understood]),
        subjects=subjects,
        crowd=Counter(u.first for u in understood if u.first),
        name_words=rarity(list(names.values())),
        place_words=rarity([u.place for u in understood]),
        usual_kinds=usual_kinds,
        names=names,
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
    if not may_be_one_day(a, b):
        return _too_far_apart(a, b, gap)
    if a.account.facts and (why := apart_by_definition(a.account, b.account)):
        return why
    if not (_TOLD_APART.isdisjoint(a.named) or _TOLD_APART.isdisjoint(b.named)):
        for one, other in DIFFERENT_ACTS:
            if _tells_apart(a, b, one, other):
                return _two_acts(a, b, one, other)
            if _tells_apart(b, a, one, other):
                return _two_acts(b, a, one, other)
    return ""


def days_apart(a: Understanding, b: Understanding) -> int | None:
    """Whole days between the nearest days of two accounts, 0 where they overlap."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, b.first - a.last, a.first - b.last)


def may_be_one_day(a: Understanding, b: Understanding) -> bool:
    """Whether two dated accounts lie near enough, or one year apart at the turn of a year."""
    gap = days_apart(a, b)
    if gap is None:
        return False
    window = WINDOW_DAYS if a.is_exact and b.is_exact else VAGUE_WINDOW_DAYS
    return gap <= window or wrong_year(a, b)


def wrong_year(a: Understanding, b: Understanding) -> bool:
    """Whether two days lie a year apart at the turn of a year, where years are written wrongly."""
    if not (a.is_exact and b.is_exact and a.first and b.first):
        return False
    if abs(abs(a.first - b.first) - YEAR_DAYS) > VAGUE_WINDOW_DAYS:
        return False
    days = (a.account.occurred.start, b.account.occurred.start)
    return any(day is not None and day.month in NEW_YEAR for day in days)


def names_day_of(a: Understanding, b: Understanding) -> bool:
    """Whether the text of the second names the day the first is dated."""
    day = a.account.occurred.start
    return bool(b.days and day and (day.day, day.month) in b.days)


def is_copy(a: Understanding, b: Understanding) -> bool:
    """Whether one teller wrote the same thing twice, word for word or nearly."""
    return a.teller == b.teller and fuzz.ratio(a.text, b.text, score_cutoff=90) > 0


def same_day(a: Understanding, b: Understanding, _: Context) -> float:
    """Both name the same day."""
    return 1.0 if a.first == b.first and a.is_exact and b.is_exact else 0.0


def next_day(a: Understanding, b: Understanding, _: Context) -> float:
    """Their days follow each other."""
    return 1.0 if a.first != b.first and _exact_days(a, b) == 1 else 0.0


def days_later(a: Understanding, b: Understanding, _: Context) -> float:
    """Two or three days lie between them."""
    return float(a.first != b.first and 1 < _exact_days(a, b) <= VAGUE_WINDOW_DAYS)


def days_off(a: Understanding, b: Understanding, _: Context) -> float:
    """Four to seven days lie between them."""
    return float(a.first != b.first and VAGUE_WINDOW_DAYS < _exact_days(a, b) <= WINDOW_DAYS)


def year_off(a: Understanding, b: Understanding, _: Context) -> float:
    """The same day a year apart, at the turn of a year."""
    return float(wrong_year(a, b))


def vague_date(a: Understanding, b: Understanding, _: Context) -> float:
    """One of them does not name a day."""
    return float(not (a.is_exact and b.is_exact))


def same_words(a: Understanding, b: Understanding, case: Context) -> float:
    """They share words, the rarer in this case the better: 0 none, 1 all."""
    shared = a.words & b.words
    if not shared:
        return 0.0
    return case.words.squared(shared) / (case.length_of(a) * case.length_of(b))


def rare_words(a: Understanding, b: Understanding, case: Context) -> float:
    """They share words that few other records use."""
    shared = a.words & b.words
    if not shared:
        return 0.0
    weights, top = case.words.weights, case.words.top
    telling = 0.6 * top
    rare = math.fsum(weight for w in shared if (weight := weights[w]) > telling)
    return min(rare / top, 4.0) / 4.0


def named_acts(a: Understanding, b: Understanding, case: Context) -> float:
    """Both are headed as the same kind of act, a rare one counting more."""
    shared = a.named & b.named
    return max(case.acts.of(act) for act in shared) / case.acts.top if shared else 0.0


def other_act(a: Understanding, b: Understanding, _: Context) -> float:
    """They are headed as different kinds of act."""
    return float(bool(a.named and b.named) and not a.named & b.named)


def one_missed(a: Understanding, b: Understanding, _: Context) -> float:
    """One tells of a missed contact; the other does not."""
    if _MISSED.isdisjoint(a.acts) and _MISSED.isdisjoint(b.acts):
        return 0.0
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


def same_organisation(a: Understanding, b: Understanding, _: Context) -> float:
    """One organisation wrote both; it tells one occurrence once."""
    return float(a.teller == b.teller)


def same_agency(a: Understanding, b: Understanding, _: Context) -> float:
    """Two organisations of one agency wrote them."""
    return float(a.account.agency == b.account.agency and a.teller != b.teller)


def other_subject(a: Understanding, b: Understanding, case: Context) -> float:
    """They are about different persons."""
    of_a, of_b = case.subjects[a.id], case.subjects[b.id]
    return float(bool(of_a and of_b) and of_a.isdisjoint(of_b))


def copied(a: Understanding, b: Understanding, _: Context) -> float:
    """The same teller wrote the same thing twice."""
    return float(is_copy(a, b))


def crowded(a: Understanding, b: Understanding, case: Context) -> float:
    """How many records the case has on their days; a crowd makes chance likelier."""
    return math.log(max(case.crowd.get(a.first or 0, 1), case.crowd.get(b.first or 0, 1)))


def from_letter(a: Understanding, b: Understanding, _: Context) -> float:
    """One is an entry made from a letter or result; both come from one agency."""
    one_only = ("letter" in a.named) != ("letter" in b.named)
    return float(one_only and a.account.agency == b.account.agency)


def names_organisation(a: Understanding, b: Understanding, _: Context) -> float:
    """One names the organisation of the other; whole where both do."""
    return 0.5 * ((not a.called.isdisjoint(b.speaks_of)) + (not b.called.isdisjoint(a.speaks_of)))


def lists_worker(a: Understanding, b: Understanding, _: Context) -> float:
    """The worker who wrote one is among the people listed in the other."""
    return float(not (a.worker.isdisjoint(b.people) and b.worker.isdisjoint(a.people)))


def fits_kind(a: Understanding, b: Understanding, case: Context) -> float:
    """How much likelier than chance both are of one kind of occurrence: 0 far less, 1 far more."""
    shares = map(truediv, map(mul, a.kinds, b.kinds), case.usual_kinds)
    odds = math.log(sum(shares) + LEAST_ODDS)
    return min(1.0, (odds - _LEAST) / (_MOST - _LEAST))


def both_of(a: Understanding, b: Understanding, kind: str) -> float:
    """How surely both are of a kind: the geometric mean of the two likelihoods."""
    at = PLACE_OF[kind]
    return math.sqrt(a.kinds[at] * b.kinds[at])


def both_of_each(a: Understanding, b: Understanding) -> Iterable[float]:
    """The same for every kind, in their order."""
    return map(math.sqrt, map(mul, a.kinds, b.kinds))


def both_meet(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of a meeting."""
    return both_of(a, b, "meeting_conference")


def both_changed(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of a birth, a death, a move."""
    return both_of(a, b, "life_event")


def both_happened(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of an incident."""
    return both_of(a, b, "incident")


def both_told(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of a call, a notice or a referral."""
    return both_of(a, b, "contact_referral")


def both_seen(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of an appointment or session; many stand alike in a series."""
    return both_of(a, b, "appointment_attended")


def both_at_school(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of a day at school."""
    return both_of(a, b, "school_event")


def one_called_off(a: Understanding, b: Understanding, _: Context) -> float:
    """One tells of something called off or adjourned; the other does not."""
    return float(a.called_off != b.called_off)


def same_service(a: Understanding, b: Understanding, _: Context) -> float:
    """Two organisations of one service wrote them: two schools, two hospitals."""
    return float(bool(a.service & b.service) and a.teller != b.teller)


def told_apart(a: Understanding, b: Understanding, case: Context) -> float:
    """Two organisations of one service each had a call: each was told by itself."""
    return both_told(a, b, case) if same_service(a, b, case) else 0.0


def told_within(a: Understanding, b: Understanding, case: Context) -> float:
    """One service's calls, or calls of services that are not known."""
    return both_told(a, b, case) if a.service == b.service else 0.0


def names_service(a: Understanding, b: Understanding, _: Context) -> float:
    """Each speaks of the other's service."""
    return float(not (a.service.isdisjoint(b.mentions) or b.service.isdisjoint(a.mentions)))


def opens_with_service(a: Understanding, b: Understanding, _: Context) -> float:
    """One is headed by, begins with or lists the other's service; whole where both do."""
    heads_a, heads_b = b.service.isdisjoint(a.opens_with), a.service.isdisjoint(b.opens_with)
    return 0.5 * ((not heads_a) + (not heads_b))


def two_sides(a: Understanding, b: Understanding, case: Context) -> float:
    """Two sides of one call: each begins with the other's service."""
    sides = opens_with_service(a, b, case)
    return both_told(a, b, case) * sides if sides else 0.0


def joint_visit(a: Understanding, b: Understanding, _: Context) -> float:
    """Both are of a home visit, and one speaks of the other's service."""
    if a.service.isdisjoint(b.mentions) and b.service.isdisjoint(a.mentions):
        return 0.0
    return both_of(a, b, "home_visit")


def shares_names(a: Understanding, b: Understanding, case: Context) -> float:
    """They share names that few records of the case use."""
    return _rare(case.names_of(a) & case.names_of(b), case.name_words, 0.45, 3.0)


def same_place(a: Understanding, b: Understanding, case: Context) -> float:
    """Their places share words."""
    return _rare(a.place & b.place, case.place_words, 0.0, 2.0)


def other_place(a: Understanding, b: Understanding, _: Context) -> float:
    """Both name a place, and the places share nothing."""
    return float(bool(a.place and b.place) and not a.place & b.place)


Rule = Callable[[Understanding, Understanding, Context], float]

#: Every rule, in the order in which pairs are soonest settled: what speaks against most pairs, then
#: what may speak most for one. What each is worth stands in data/match_weights.json.
RULES: tuple[Rule, ...] = (
    crowded,
    fits_kind,
    same_clock,
    far_clock,
    same_organisation,
    same_day,
    next_day,
    days_later,
    days_off,
    year_off,
    vague_date,
    both_meet,
    both_changed,
    both_happened,
    both_told,
    both_seen,
    both_at_school,
    told_within,
    other_act,
    one_called_off,
    one_missed,
    same_service,
    told_apart,
    other_subject,
    shares_names,
    same_words,
    rare_words,
    named_acts,
    two_sides,
    same_place,
    from_letter,
    names_organisation,
    lists_worker,
    opens_with_service,
    same_agency,
    names_service,
    copied,
    other_place,
    joint_visit,
)


#: Rules whose answers never add up to more than 1: one day lies in one place beside another, and
#: the likelihoods of all kinds are shares of 1.
SHARES_OF_ONE: tuple[frozenset[Rule], ...] = (
    frozenset((same_day, next_day, days_later, days_off, vague_date)),
    frozenset((both_meet, both_changed, both_happened, both_told, both_seen, both_at_school)),
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
        return cls(weights["start"], steps_of(RULES, weights, SHARES_OF_ONE))


_AnyRule = TypeVar("_AnyRule", bound=Callable[..., float])


def steps_of(
    rules: Sequence[_AnyRule],
    weights: Mapping[str, float],
    shares: Sequence[AbstractSet[_AnyRule]] = (),
) -> tuple[tuple[_AnyRule, float, float], ...]:
    """Each rule, its weight, and the most that the rules after it can still add.

    ``shares`` are rules whose answers never add up to more than 1.
    """
    weighed = [(rule, float(weights[rule.__name__])) for rule in rules]
    left = (_most_to_come(weighed[at:], shares) for at in range(1, len(weighed) + 1))
    return tuple((*step, most) for step, most in zip(weighed, left, strict=True))


def _most_to_come(
    weighed: Sequence[tuple[_AnyRule, float]], shares: Sequence[AbstractSet[_AnyRule]]
) -> float:
    """The most that these rules can add to the odds."""
    alone = [w for rule, w in weighed if not any(rule in rules for rules in shares)]
    shared = (max((w for r, w in weighed if r in rules), default=0.0) for rules in shares)
    return sum(max(0.0, weight) for weight in (*alone, *shared))


def _names_in(u: Understanding, known: AbstractSet[str]) -> frozenset[str]:
    return u.names.union(known & u.speaks_of)


def spoken_day(account: Account) -> str:
    """The day an account is dated, as a person says it."""
    day = account.occurred.start
    return f"{day.day} {day:%B %Y}" if day else "no day"


def quoted(account: Account) -> str:
    """The heading of an account as it stands there."""
    return " ".join(account.event_type_written.split())


def _two_acts(a: Understanding, b: Understanding, one: str, other: str) -> str:
    return (
        f"One is headed as {ACT_WORDS[one]} ('{quoted(a.account)}'), the other as"
        f" {ACT_WORDS[other]} ('{quoted(b.account)}')."
    )


def _too_far_apart(a: Understanding, b: Understanding, gap: int) -> str:
    if a.is_exact and b.is_exact:
        dates = f"Dated {spoken_day(a.account)} and {spoken_day(b.account)}"
        return f"{dates}, {gap} days apart: too far to be one occurrence by themselves."
    dates = " and ".join(f"'{u.account.occurred.written}'" for u in (a, b))
    return (
        f"The dates given, {dates}, lie {gap} days apart at the nearest; a date that is not"
        f" exact may lie {VAGUE_WINDOW_DAYS} days off at most."
    )


def _tells_apart(a: Understanding, b: Understanding, one: str, other: str) -> bool:
    return one in a.named and other in b.named and one not in b.acts and other not in a.acts


def _rare(shared: frozenset[str], rarity: Rarity, least: float, most: float) -> float:
    """How telling the shared words are together, 0 to 1; those under ``least`` do not count."""
    if not shared:
        return 0.0
    told = (rarity.of(word) / rarity.top for word in shared)
    return min(math.fsum(share for share in told if share > least), most) / most


_MISSED = frozenset({"missed", "no access"})


def _missed(u: Understanding) -> float:
    return u.acts.get("missed", 0.0) + u.acts.get("no access", 0.0)


def _exact_days(a: Understanding, b: Understanding) -> int:
    """Whole days between two named days; 0 where one is not named."""
    if a.first is None or b.first is None or not (a.is_exact and b.is_exact):
        return 0
    return abs(a.first - b.first)


def _minutes_apart(a: Understanding, b: Understanding) -> int | None:
    if a.minute is None or b.minute is None:
        return None
    return abs(a.minute - b.minute)
