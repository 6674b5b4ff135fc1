"""How well the matcher does on labelled cases, counted over pairs of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

from chronology.account import Account
from chronology.following_weights import Following
from chronology.labelled import Case, Truth
from chronology.links_measured import count_links, owners
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
    #: What :func:`chronology.links_measured.count_links` counts, under the same names.
    links: int = 0
    links_right: int = 0
    links_of_one: int = 0
    followers: int = 0
    tied: int = 0
    tied_to_first: int = 0
    delays_true: int = 0
    delays_shown: int = 0

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
    def links_precision(self) -> float:
        """Of the links proposed, the share between two occurrences of one incident."""
        return self.links_right / self.links if self.links else 1.0

    @property
    def links_recall(self) -> float:
        """Of the ties that hold each incident together, the share that right links make."""
        return self.tied / self.followers if self.followers else 1.0

    @property
    def links_recall_of_first(self) -> float:
        """Of the occurrences that follow an incident's first, the share tied to that first."""
        return self.tied_to_first / self.followers if self.followers else 1.0

    @property
    def delays_right(self) -> float:
        """Of the right links, the share whose days are those between the true dates."""
        return self.delays_true / self.links_right if self.links_right else 1.0

    @property
    def hidden_per_1000(self) -> float:
        """Occurrences without an entry of their own, per 1,000."""
        return 1000 * self.hidden / self.occurrences if self.occurrences else 0.0


def evaluate(
    case: Case,
    preset: Preset = PRESETS["default"],
    weights: Weights | None = None,
    following: Following | None = None,
) -> Figures:
    """Merges a case and counts what came out against its truth."""
    merged = merge(case.accounts, resolve(case.accounts), preset, weights, following)
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
        hidden=len(told) - len(set(owners(merged.entries, case.truth).values())),
        questions=len(merged.questions),
        assisted=_assisted(case, merged, told),
        **count_links(case.truth, merged),
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


#: The headings of link_figures.
LINK_HEADINGS = "links  right  precision  recall  to first  days right  days as shown  of one"


def link_figures(f: Figures) -> str:
    """What the links got right, as a line of a table under LINK_HEADINGS."""
    shown = f.delays_shown / f.links_right if f.links_right else 1.0
    return (
        f"{f.links:>5} {f.links_right:>6} {f.links_precision:>10.3f} {f.links_recall:>7.3f}"
        f" {f.links_recall_of_first:>9.3f} {f.delays_right:>11.3f} {shown:>14.3f}"
        f" {f.links_of_one:>7}"
    )
