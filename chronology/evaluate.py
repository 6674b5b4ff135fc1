"""How well the matcher does on labelled cases, counted over pairs of records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

from chronology.account import Account
from chronology.labelled import Case, Truth
from chronology.merge import PRESETS, Entry, Merged, Preset, merge
from chronology.people import resolve
from chronology.weights import Weights


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts that add up over cases, and the rates made of them."""

    rows: int = 0
    occurrences: int = 0
    #: Pairs of records that tell of one occurrence.
    true_pairs: int = 0
    #: Pairs merged, rightly and wrongly; of the wrong ones, those of one incident.
    right: int = 0
    wrong: int = 0
    wrong_of_one_incident: int = 0
    #: Occurrences without an entry of their own.
    hidden: int = 0
    questions: int = 0
    #: Pairs together once a person has answered every question rightly.
    assisted: int = 0
    links: int = 0
    links_right: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def precision(self) -> float:
        """Of the pairs merged, the share that belong together."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, the share merged."""
        return self.right / self.true_pairs if self.true_pairs else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def assisted_recall(self) -> float:
        """Recall after every question has been answered rightly."""
        return self.assisted / self.true_pairs if self.true_pairs else 1.0

    @property
    def questions_per_100(self) -> float:
        """Questions a person is asked per 100 rows."""
        return 100 * self.questions / self.rows if self.rows else 0.0

    @property
    def hidden_per_1000(self) -> float:
        """Occurrences without an entry of their own, per 1,000."""
        return 1000 * self.hidden / self.occurrences if self.occurrences else 0.0


def evaluate(
    case: Case, preset: Preset = PRESETS["default"], weights: Weights | None = None
) -> Figures:
    """Merges a case and counts what came out against its truth."""
    merged = merge(case.accounts, resolve(case.accounts), preset, weights)
    return count(case, merged)


def count(case: Case, merged: Merged) -> Figures:
    """What a merge of a case got right."""
    told = _by_event(case.truth)
    pairs = [_pair(case.truth, a, b) for entry in merged.entries for a, b in _pairs_of(entry)]
    return Figures(
        rows=len(case.accounts),
        occurrences=len(told),
        true_pairs=sum(len(ids) * (len(ids) - 1) // 2 for ids in told.values()),
        right=sum(same for same, _ in pairs),
        wrong=sum(not same for same, _ in pairs),
        wrong_of_one_incident=sum(incident and not same for same, incident in pairs),
        hidden=len(told) - len(_owners(merged.entries, case.truth)),
        questions=len(merged.questions),
        assisted=_assisted(case, merged, told),
        links=len(merged.links),
        links_right=sum(
            incident and not same
            for same, incident in (_pair(case.truth, link.a, link.b) for link in merged.links)
        ),
    )


def _by_event(truth: Mapping[str, Truth]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = defaultdict(list)
    for account_id, what in truth.items():
        told[what.event].append(account_id)
    return told


def _pairs_of(entry: Entry) -> Iterable[tuple[Account, Account]]:
    return combinations(entry.accounts, 2)


def _pair(truth: Mapping[str, Truth], a: Account, b: Account) -> tuple[bool, bool]:
    """Whether two accounts tell of one occurrence, and whether of one incident."""
    one, other = truth[a.id], truth[b.id]
    return one.event == other.event, bool(one.incident) and one.incident == other.incident


def _owners(entries: Sequence[Entry], truth: Mapping[str, Truth]) -> set[str]:
    """The occurrences that most of some entry's accounts tell of."""
    owners = set()
    for entry in entries:
        told = Counter(truth[account.id].event for account in entry.accounts)
        owners.add(min(told, key=lambda event: (-told[event], event)))
    return owners


def _assisted(case: Case, merged: Merged, told: Mapping[str, Sequence[str]]) -> int:
    """Pairs together when every question has been answered rightly."""
    above = {account.id: account.id for account in case.accounts}

    def root(item: str) -> str:
        while above[item] != item:
            item = above[item]
        return item

    joined = [(a, b) for entry in merged.entries for a, b in _pairs_of(entry)]
    joined += [(question.a, question.b) for question in merged.questions]
    for a, b in joined:
        if case.truth[a.id].event == case.truth[b.id].event:
            above[root(a.id)] = root(b.id)
    return sum(root(a) == root(b) for ids in told.values() for a, b in combinations(ids, 2))
