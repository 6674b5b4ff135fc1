"""What kind of occurrence a record tells of, judged by its words.

A table of words with what each speaks for, fitted on labelled records by
``benchmarks/fit_weights.py``: a multinomial logistic regression over the words' presence, each word
counting by how few records use it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from sys import intern

from chronology.account import Account, Agency
from chronology.vocabulary import expand
from chronology.vocabulary.tables import rows
from chronology.words import split, stems

#: Every kind, with the words for it in a sentence.
KINDS: dict[str, str] = {
    "appointment_attended": "an appointment or session",
    "appointment_missed": "a missed appointment",
    "arrest_charge": "an arrest, a charge or custody",
    "assessment": "an assessment",
    "attendance_concern": "absence or lateness",
    "contact_referral": "a call, notice or referral",
    "correspondence": "a letter",
    "decision_plan": "a decision or plan",
    "disclosure": "what somebody disclosed",
    "home_visit": "a home visit",
    "hospital_attendance": "a hospital attendance",
    "incident": "an incident",
    "life_event": "a birth, a death or a move",
    "meeting_conference": "a meeting",
    "missing_episode": "somebody missing",
    "other": "something else",
    "school_event": "a day at school",
    "supervision": "staff supervision",
}
#: How many words of the narrative count as its beginning, which names the act more than the rest.
BEGINNING = 8

#: How likely a record is of each kind, in the order of KINDS; they add up to 1.
Likelihoods = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Judges records by a table of words."""

    #: What speaks for each kind before any word is read.
    start: Likelihoods
    #: Sign -> (the square of its weight, what it speaks for by kind).
    signs: Mapping[str, tuple[float, Likelihoods]]
    #: How common each kind is among all records.
    usual: Likelihoods

    @classmethod
    def of(cls, table: Iterable[Mapping[str, str]]) -> Reader:
        """From the rows of kind_words.csv: 'sign', 'rarity' and a column for each kind.

        The row '(start)' holds what speaks for each kind before a word is read, '(usual)' how
        common it is among all records.
        """
        found = {row["sign"]: row for row in table}
        start, usual = (_by_kind(found.pop(name)) for name in ("(start)", "(usual)"))
        signs = {s: (float(r["rarity"]) ** 2, _by_kind(r)) for s, r in found.items()}
        return cls(start, signs, usual)

    def read(self, account: Account) -> Likelihoods:
        """How likely the account is of each kind."""
        known = list(filter(None, map(self.signs.get, signs_of(account))))
        if not known:
            return self.usual
        weights, spoken_for = zip(*known, strict=True)
        length = math.sqrt(sum(weights))
        said = map(sum, zip(*spoken_for, strict=True))
        return _shares([one / length + start for one, start in zip(said, self.start, strict=True)])


@cache
def shipped_reader() -> Reader:
    """The table this version came with (data/kind_words.csv)."""
    return Reader.of(rows("kind_words"))


def likeliest(kinds: Likelihoods) -> str:
    """The code of the likeliest kind."""
    return max(zip(kinds, KINDS, strict=True))[1]


def signs_of(account: Account) -> tuple[str, ...]:
    """What the reader looks at: the record's words by where they stand, each once."""
    kind = tuple(stems(written_out(account.event_type_written, account.agency)))
    told = tuple(stems(written_out(account.narrative, account.agency)))
    outcome = tuple(stems(written_out(account.outcome, account.agency)))
    signs = (
        f"agency {account.agency}",
        f"timed {account.occurred.clock is not None}",
        f"length {min(len(told) // 15, 6)}",
        f"alone {not account.people}",
        *_headed(kind),
        *["begins " + word for word in told[:BEGINNING]],
        *["outcome " + word for word in outcome],
        *_beside("at", account.location),
        *_beside("by", account.professional),
        *_beside("of", account.organisation),
        *kind,
        *told,
        *outcome,
    )
    return tuple(dict.fromkeys(signs))


@lru_cache(maxsize=1024)
def written_out(text: str, agency: Agency) -> tuple[str, ...]:
    """The words of a text in lower case, with abbreviations written out."""
    return tuple(map(intern, split(expand(text, agency))))


@lru_cache(maxsize=8192)
def _headed(kind: tuple[str, ...]) -> tuple[str, ...]:
    pairs = (f"headed {one} {two}" for one, two in pairwise(kind))
    return (*(f"headed {word}" for word in kind), *pairs)


@lru_cache(maxsize=8192)
def _beside(where: str, text: str) -> tuple[str, ...]:
    return tuple(f"{where} {word}" for word in stems(split(text.lower())))


def _by_kind(row: Mapping[str, str]) -> Likelihoods:
    return tuple(float(row[kind] or 0) for kind in KINDS)


def _shares(odds: Sequence[float]) -> Likelihoods:
    top = max(odds)
    powers = [math.exp(one - top) for one in odds]
    total = sum(powers)
    return tuple(power / total for power in powers)
