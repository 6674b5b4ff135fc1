"""Small rules about two accounts, each answering how strongly it sees what it looks for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from operator import mul, truediv

from chronology.compare.days import (
    VAGUE_WINDOW_DAYS,
    WINDOW_DAYS,
    exact_days,
    is_copy,
    minutes_apart,
    wrong_year,
)
from chronology.compare.family import Context
from chronology.kinds import KINDS
from chronology.understand import Rarity, Understanding

#: Added before odds of kinds are taken as a logarithm, so that none is without end.
LEAST_ODDS = 0.01
_LEAST, _MOST = math.log(LEAST_ODDS), math.log(100.0)
#: Where each kind stands among an account's likelihoods.
PLACE_OF = {kind: at for at, kind in enumerate(KINDS)}


def same_day(a: Understanding, b: Understanding, _: Context) -> float:
    """Both name the same day."""
    return 1.0 if a.first == b.first and a.is_exact and b.is_exact else 0.0


def next_day(a: Understanding, b: Understanding, _: Context) -> float:
    """Their days follow each other."""
    return 1.0 if a.first != b.first and exact_days(a, b) == 1 else 0.0


def days_later(a: Understanding, b: Understanding, _: Context) -> float:
    """Two or three days lie between them."""
    return float(a.first != b.first and 1 < exact_days(a, b) <= VAGUE_WINDOW_DAYS)


def days_off(a: Understanding, b: Understanding, _: Context) -> float:
    """Four to seven days lie between them."""
    return float(a.first != b.first and VAGUE_WINDOW_DAYS < exact_days(a, b) <= WINDOW_DAYS)


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
    gap = minutes_apart(a, b)
    return float(gap is not None and gap <= 10)


def far_clock(a: Understanding, b: Understanding, _: Context) -> float:
    """Their clock times are more than two hours apart."""
    gap = minutes_apart(a, b)
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


def _rare(shared: frozenset[str], rarity: Rarity, least: float, most: float) -> float:
    """How telling the shared words are together, 0 to 1; those under ``least`` do not count."""
    if not shared:
        return 0.0
    told = (rarity.of(word) / rarity.top for word in shared)
    return min(math.fsum(share for share in told if share > least), most) / most


_MISSED = frozenset({"missed", "no access"})


def _missed(u: Understanding) -> float:
    return u.acts.get("missed", 0.0) + u.acts.get("no access", 0.0)
