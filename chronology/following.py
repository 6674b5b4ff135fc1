"""Small rules about two occurrences in time order: does the later follow from the earlier?

As in :mod:`chronology.compare`, a rule says what it sees, from 0 to 1, and the weights say what
that is worth. Words are as telling as they are rare in the family's own records of the months
around, so that a record of another family, or of other years, never changes a link.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chronology.compare import names_day_of
from chronology.competition import LIMIT, UNLIKELY, Pairs
from chronology.decisions import pair_of
from chronology.understand import Understanding

#: Days on either side within which a word is counted to say how rare it is.
AROUND_DAYS = 90
#: How rare a word is at most: as if one record in this many used it.
RAREST_IN = 100
#: Log odds of one occurrence from which two records are put to a person rather than linked.
MAYBE_ONE = -1.7

#: Words by which a record points back to something already known.
POINTS_BACK = re.compile(
    r"\b(following|further to|in consequence|consequent|as a result|after (?:the|an?|being)"
    r"|arising|in relation to|regarding|re|in respect of|in response|since the|the incident"
    r"|reported incident|alleg\w+|concern(?:s|ing)?|informed|notified|advised|(?:made )?aware"
    r"|updated?|ref)\b"
)
_DAY_BEFORE = re.compile(
    r"\b(yesterday|last night|(?:previous|prev\.?) (?:night|evening|day)|(?:night|day) before"
    r"|overnight)\b"
)
_DAY_AFTER = re.compile(r"\b(tomorrow|next day|in the morning)\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of one record, each with how rare it is around its day, and their whole weight."""

    words: Mapping[str, float]
    length: float


@dataclass(frozen=True, slots=True)
class Around:
    """What the rules know of the records around two."""

    telling: Mapping[str, Telling]
    #: The days of the family's records, in order.
    days: Sequence[int]
    #: Person ids each account is about.
    subjects: Mapping[str, frozenset[str]]
    pairs: Pairs


class Tellings(dict[str, Telling]):
    """How telling each word of each record is, by account id; worked out when first asked."""

    def __init__(self) -> None:
        super().__init__()
        self._among: dict[str, tuple[Understanding, Mapping[str, Sequence[int]]]] = {}

    def add(self, own: Iterable[Understanding], family: Iterable[Understanding]) -> None:
        """Some records, whose words are counted among those of a family."""
        said: dict[str, list[int]] = defaultdict(list)
        for u in sorted(family, key=lambda u: u.first or 0):
            for word in u.words:
                said[word].append(u.first or 0)
        self._among.update((u.id, (u, said)) for u in own)

    def __missing__(self, account_id: str) -> Telling:
        u, said = self._among[account_id]
        return self.setdefault(account_id, _telling(u.words, u.first or 0, said))


def same_day(a: Understanding, b: Understanding, _: Around) -> float:
    """Both are dated the same day."""
    return float(_gap(a, b) == 0)


def next_day(a: Understanding, b: Understanding, _: Around) -> float:
    """The later is dated the day after."""
    return float(_gap(a, b) == 1)


def in_days(a: Understanding, b: Understanding, _: Around) -> float:
    """The later is dated two or three days after."""
    return float(_gap(a, b) in (2, 3))


def in_the_week(a: Understanding, b: Understanding, _: Around) -> float:
    """The later is dated within the week, four days after or more."""
    return float(4 <= _gap(a, b) <= 7)


def much_later(a: Understanding, b: Understanding, _: Around) -> float:
    """How far apart the two lie: 0 the same day, 1 a fortnight, each day counting less."""
    return min(1.0, math.log1p(_gap(a, b)) / math.log1p(14))


def records_between(a: Understanding, b: Understanding, near: Around) -> float:
    """How many of the family's records are dated between the two: 1 stands for fifty or more."""
    start = bisect_right(near.days, a.first or 0)
    between = max(0, bisect_left(near.days, b.first or 0) - start)
    return min(1.0, math.log1p(between) / math.log1p(50))


def soon_by_the_clock(a: Understanding, b: Understanding, _: Around) -> float:
    """Their clock times are within six hours."""
    timed = a.minute is not None and b.minute is not None
    return float(timed and 0 <= (b.minute or 0) - (a.minute or 0) <= 360)


def put_to_a_person(a: Understanding, b: Understanding, near: Around) -> float:
    """The two may be one occurrence, which is for a person to say."""
    known = near.pairs.get(pair_of(a.id, b.id))
    return float(known is not None and known.log_odds >= MAYBE_ONE)


def maybe_one(a: Understanding, b: Understanding, near: Around) -> float:
    """How likely the two are one occurrence: 0 hardly, 1 surely."""
    known = near.pairs.get(pair_of(a.id, b.id))
    return min(1.0, max(0.0, known.log_odds - UNLIKELY) / (LIMIT - UNLIKELY)) if known else 0.0


def same_heading(a: Understanding, b: Understanding, _: Around) -> float:
    """Both are headed as the same kind of act."""
    return float(bool(a.named & b.named))


def other_heading(a: Understanding, b: Understanding, _: Around) -> float:
    """They are headed as different kinds of act."""
    return float(bool(a.named and b.named) and not a.named & b.named)


def announced(a: Understanding, b: Understanding, _: Around) -> float:
    """The earlier speaks of the kind of act that the later is."""
    return float(any(0 < a.acts.get(act, 0.0) < 1 for act in b.named))


def tells_of_it(a: Understanding, b: Understanding, _: Around) -> float:
    """The later speaks of the kind of act that the earlier is."""
    return float(any(0 < b.acts.get(act, 0.0) < 1 for act in a.named))


def names_its_day(a: Understanding, b: Understanding, _: Around) -> float:
    """The later names the day of the earlier, by its date."""
    return float(_gap(a, b) > 0 and names_day_of(a, b))


def says_its_day(a: Understanding, b: Understanding, _: Around) -> float:
    """The later says 'last night', or names the weekday of the earlier in the week before."""
    return float(bool(day_said(a, b)))


def foretold(a: Understanding, b: Understanding, _: Around) -> float:
    """The earlier names the day of the later, by its date or as a day of the coming week."""
    return float(_gap(a, b) > 0 and (names_day_of(b, a) or bool(day_foretold(a, b))))


def points_back(_a: Understanding, b: Understanding, _: Around) -> float:
    """The later uses words that point back to something known."""
    return float(bool(pointing_words(b)))


def same_organisation(a: Understanding, b: Understanding, _: Around) -> float:
    """One organisation wrote both."""
    return float(a.teller == b.teller)


def same_agency(a: Understanding, b: Understanding, _: Around) -> float:
    """Two organisations of one agency wrote them."""
    return float(a.account.agency == b.account.agency and a.teller != b.teller)


def names_first_teller(a: Understanding, b: Understanding, _: Around) -> float:
    """The later names the organisation that recorded the earlier."""
    return float(bool(a.called & b.speaks_of))


def names_next_teller(a: Understanding, b: Understanding, _: Around) -> float:
    """The earlier names the organisation that recorded the later."""
    return float(bool(b.called & a.speaks_of))


def same_worker(a: Understanding, b: Understanding, _: Around) -> float:
    """One worker wrote both."""
    return float(bool(a.worker & b.worker))


def names_first_worker(a: Understanding, b: Understanding, _: Around) -> float:
    """The later names the worker who wrote the earlier."""
    return float(bool(a.worker & b.speaks_of))


def names_next_worker(a: Understanding, b: Understanding, _: Around) -> float:
    """The earlier names the worker who wrote the later."""
    return float(bool(b.worker & a.speaks_of))


def other_subject(a: Understanding, b: Understanding, near: Around) -> float:
    """They are about different persons."""
    one, other = near.subjects.get(a.id), near.subjects.get(b.id)
    return float(bool(one and other) and not (one or frozenset()) & (other or frozenset()))


def repeats_itself(a: Understanding, b: Understanding, near: Around) -> float:
    """One organisation uses the same words again, as in a series of contacts: 0 none, 1 all."""
    if a.teller != b.teller:
        return 0.0
    one, other = near.telling[a.id], near.telling[b.id]
    shared = sum(one.words[w] * other.words[w] for w in sorted(a.words & b.words))
    return shared / (one.length * other.length)


def rare_words(a: Understanding, b: Understanding, near: Around) -> float:
    """They share words that few other records around these days use."""
    rare = sum(near_rare for _, near_rare in rare_shared(a, b, near))
    return min(rare / _TOP, 4.0) / 4.0


Rule = Callable[[Understanding, Understanding, Around], float]

#: Every rule, the cheap first, so that most pairs are settled before words are compared. What each
#: is worth stands in data/link_weights.json.
RULES: tuple[Rule, ...] = (
    same_day, next_day, in_days, in_the_week, much_later, records_between, soon_by_the_clock,
    put_to_a_person, maybe_one, same_organisation, same_agency, other_subject, same_heading,
    other_heading, announced, tells_of_it, names_first_teller, names_next_teller, same_worker,
    names_first_worker, names_next_worker, names_its_day, says_its_day, foretold, points_back,
    repeats_itself, rare_words,
)  # fmt: skip


def rare_shared(a: Understanding, b: Understanding, near: Around) -> list[tuple[str, float]]:
    """The rare words two records share, with how rare, the rarest first."""
    one, other = near.telling[a.id].words, near.telling[b.id].words
    rarity = [(w, min(one[w], other[w])) for w in a.words & b.words]
    return sorted((r for r in rarity if r[1] > 0.6 * _TOP), key=lambda r: (-r[1], r[0]))


def pointing_words(u: Understanding) -> str:
    """The first words of a record that point back to something known; "" for none."""
    found = POINTS_BACK.search(u.text)
    return found.group() if found else ""


def day_said(a: Understanding, b: Understanding) -> str:
    """The word by which the later record says the day of the earlier; "" for none."""
    return _relative(a, b, b.text, _DAY_BEFORE)


def day_foretold(a: Understanding, b: Understanding) -> str:
    """The word by which the earlier record says the day of the later; "" for none."""
    return _relative(a, b, a.text, _DAY_AFTER, weekday_of=b)


_TOP = math.log((RAREST_IN + 1) / 1.5)


def _telling(words: Iterable[str], day: int, said: Mapping[str, Sequence[int]]) -> Telling:
    since, until = day - AROUND_DAYS, day + AROUND_DAYS
    rarity = {
        word: _rarity(bisect_right(days, until) - bisect_left(days, since))
        for word in sorted(words)
        for days in (said[word],)
    }
    return Telling(rarity, math.sqrt(sum(r * r for r in rarity.values())) or 1.0)


@lru_cache(maxsize=4096)
def _rarity(used: int) -> float:
    """How telling a word is that so many of the records around use."""
    return max(0.0, math.log((RAREST_IN + 1) / (used + 0.5)))


def _gap(a: Understanding, b: Understanding) -> int:
    return (b.first or 0) - (a.first or 0)


def _relative(
    a: Understanding,
    b: Understanding,
    text: str,
    neighbour: re.Pattern[str],
    weekday_of: Understanding | None = None,
) -> str:
    gap, day = _gap(a, b), (weekday_of or a).first
    if not 0 < gap <= 7 or day is None:
        return ""
    weekday = _WEEKDAYS[date.fromordinal(day).weekday()]
    said = neighbour.search(text) if gap == 1 else None
    return said.group() if said else weekday if weekday in text else ""
