"""Fits the matcher's weights on labelled cases and says how they do on authors left out.

Run: python benchmarks/fit_weights.py [FOLDER_OF_CASES ...] [--write]

Reads the cases in benchmarks/cases, the episodes in benchmarks/episodes (for the words that tell
what kind of occurrence a record is of) and the cases in any folders named. Prints, leaving one
author out at a time, the figures of ``chronology evaluate``; with --write it fits on all cases and
writes chronology/data/kind_words.csv and match_weights.json. Needs scikit-learn, which the program
itself does not.

Nothing is judged by a model that has seen it: where an author is left out, neither the words nor
the weights know that author's cases; and the weights learn from kinds judged by words that did not
know the author of each case they learn from.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from chronology import compare, competition
from chronology.account import Account
from chronology.candidates import candidates, families
from chronology.clusters import PRESETS
from chronology.evaluate import Figures, evaluate
from chronology.kinds import KINDS, Reader, signs_of
from chronology.labelled import Case, read_case
from chronology.people import resolve
from chronology.understand import Understanding, understand
from chronology.weights import Weights

ROOT = Path(__file__).parents[1]
DATA = ROOT / "chronology" / "data"
#: A policy under which each rule answers and nothing is yet worth anything.
BLANK = compare.Policy.of({"start": 0.0} | {rule.__name__: 0.0 for rule in compare.RULES})
#: Signs in fewer records than this are left out of the table of words, and weights below this.
FEWEST_RECORDS, LEAST_WEIGHT = 4, 1.0


@dataclass
class Seen:
    """A case with what every rule saw of every pair, and whether the pair is one occurrence."""

    case: Case
    pairs: list[tuple[Understanding, Understanding]]
    values: np.ndarray
    same: np.ndarray


class Shelf:
    """All labelled cases, and tables of words fitted without the authors asked for."""

    def __init__(self, cases: list[Case], episodes: list[Case]) -> None:
        self.cases = cases
        self._told = [
            (c.author, signs_of(a), c.truth[a.id].kind) for c in cases for a in c.accounts
        ]
        self._more = [(signs_of(a), c.truth[a.id].kind) for c in episodes for a in c.accounts]
        self.reader = cache(self._reader)

    def authors(self) -> list[str]:
        """Every author of a case."""
        return sorted({case.author for case in self.cases})

    def words(self, without: frozenset[str] = frozenset()) -> list[dict[str, str]]:
        """The table of words, fitted without some authors."""
        known = [(signs, kind) for author, signs, kind in self._told if author not in without]
        return fit_words([*known, *self._more])

    def _reader(self, without: frozenset[str]) -> Reader:
        return Reader.of(self.words(without))

    def seen(self, without: str = "") -> list[Seen]:
        """The cases of all authors but one, each read by words that do not know its own author."""
        return [
            see(case, self.reader(frozenset({without, case.author})))
            for case in self.cases
            if case.author != without
        ]


def fit_words(records: list[tuple[tuple[str, ...], str]]) -> list[dict[str, str]]:
    """The rows of kind_words.csv: what each sign speaks for, by kind."""
    words = TfidfVectorizer(analyzer=lambda signs: signs, binary=True, min_df=FEWEST_RECORDS)
    model = LogisticRegression(C=60, max_iter=60, tol=1e-3)
    kinds = [kind for _, kind in records]
    model.fit(words.fit_transform([signs for signs, _ in records]), kinds)
    usual = {kind: f"{kinds.count(kind) / len(kinds):.4f}" for kind in KINDS}
    start = _columns(model.classes_, model.intercept_, 2, 0.0)
    rows = [{"sign": "(start)", "rarity": ""} | start, {"sign": "(usual)", "rarity": ""} | usual]
    for sign, at in sorted(words.vocabulary_.items()):
        rarity = words.idf_[at]
        spoken = _columns(model.classes_, model.coef_[:, at] * rarity, 1, LEAST_WEIGHT)
        rows.append({"sign": sign, "rarity": f"{rarity:.2f}"} | spoken)
    return rows


def _columns(kinds: np.ndarray, weights: np.ndarray, digits: int, least: float) -> dict[str, str]:
    said = {
        str(kind): f"{weight:.{digits}f}".removesuffix(".0")
        for kind, weight in zip(kinds, weights, strict=True)
        if abs(weight) >= least
    }
    return {kind: said.get(kind, "") for kind in KINDS}


def see(case: Case, reader: Reader) -> Seen:
    """Every candidate pair of a case, seen by every rule."""
    accounts: list[Account] = sorted(case.accounts, key=lambda a: a.id)
    cast = resolve(accounts)
    understood = [understand(account, reader) for account in accounts]
    context = compare.context(understood, cast, reader.usual)
    near = candidates(understood, families(accounts, cast))
    pairs = [(a, b) for a, b in near if not compare.veto(a, b)]
    values = [compare.compare(a, b, context, BLANK) for a, b in pairs]
    return Seen(
        case,
        pairs,
        np.array([found.values for found in values if found]),
        np.array([_same(case, a, b) for a, b in pairs]),
    )


def _same(case: Case, a: Understanding, b: Understanding) -> bool:
    return case.truth[a.id].event == case.truth[b.id].event


def fit(seen: list[Seen]) -> dict[str, dict[str, float]]:
    """Both policies. The second learns from first looks by a model that had not seen the author."""
    models = {author: _model(_of_others(seen, author)) for author in {s.case.author for s in seen}}
    looked = [(case, _first(models[case.case.author], case)) for case in seen]
    rows, same = zip(*(_standing(case, pairs) for case, pairs in looked), strict=True)
    second = LogisticRegression(max_iter=4000).fit(np.vstack(rows), np.hstack(same))
    first = _model(seen)
    return {
        "first": _named(first, [rule.__name__ for rule in compare.RULES]),
        "second": _named(second, ["first_look", *(r.__name__ for r in competition.RULES)]),
    }


def _of_others(seen: list[Seen], author: str) -> list[Seen]:
    return [other for other in seen if other.case.author != author] or seen


def _model(seen: list[Seen]) -> LogisticRegression:
    values, same = np.vstack([s.values for s in seen]), np.hstack([s.same for s in seen])
    return LogisticRegression(max_iter=4000).fit(values, same)


def _first(model: LogisticRegression, seen: Seen) -> competition.Pairs:
    odds = model.decision_function(seen.values)
    found = [
        compare.Comparison(a, b, float(o), tuple(v))
        for (a, b), o, v in zip(seen.pairs, odds, seen.values, strict=True)
        if o >= competition.UNLIKELY
    ]
    return {competition.key_of(c.a, c.b): c for c in found}


def _standing(seen: Seen, pairs: competition.Pairs) -> tuple[np.ndarray, np.ndarray]:
    field = competition.field_of(pairs)
    rows = [[c.log_odds, *(rule(c, field) for rule in competition.RULES)] for c in pairs.values()]
    return np.array(rows), np.array([_same(seen.case, c.a, c.b) for c in pairs.values()])


def _named(model: LogisticRegression, names: list[str]) -> dict[str, float]:
    weights = dict(zip(names, (round(float(w), 2) for w in model.coef_[0]), strict=True))
    return {"start": round(float(model.intercept_[0]), 2), **weights}


def without_each(shelf: Shelf) -> dict[str, Weights]:
    """For each author, weights that were fitted without that author's cases."""
    return {
        author: Weights.of(fit(shelf.seen(author)), shelf.reader(frozenset({"", author})))
        for author in shelf.authors()
    }


def left_out(shelf: Shelf) -> None:
    """Prints each case merged by weights that were fitted without its author."""
    pooled = {name: Figures() for name in PRESETS}
    weights = without_each(shelf)
    print(
        "case      rows  pairs  precision  recall     F1  hidden/1000  asked/100  assisted  links"
    )
    for case in shelf.cases:
        for name, preset in PRESETS.items():
            found = evaluate(case, preset, weights[case.author])
            pooled[name] += found
            if name == "default":
                print(_line(case.name, found))
    for name, figures in pooled.items():
        print(_line(name, figures), f" one incident {figures.wrong_of_one_incident}")


def _line(name: str, f: Figures) -> str:
    return (
        f"{name:<8} {f.rows:>5} {f.true_pairs:>6} {f.precision:>10.3f} {f.recall:>7.3f}"
        f" {f.f1:>6.3f} {f.hidden_per_1000:>12.1f} {f.questions_per_100:>10.1f}"
        f" {f.assisted_recall:>9.3f}  {f.links_right} of {f.links}"
    )


def main() -> None:
    """Reads the cases, prints the figures, and writes the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    folders = [ROOT / "benchmarks" / "cases", *asked.folders]
    shelf = Shelf(
        [read_case(path) for folder in folders for path in sorted(folder.glob("*.jsonl"))],
        [read_case(path) for path in sorted((ROOT / "benchmarks" / "episodes").glob("*.jsonl"))],
    )
    true = sum(len(list(combinations(ids, 2))) for c in shelf.cases for ids in _told(c))
    print(f"{len(shelf.cases)} cases, {true} true pairs")
    if not asked.write:
        left_out(shelf)
        return
    weights = fit(shelf.seen())
    (DATA / "match_weights.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    rows = shelf.words()
    with (DATA / "kind_words.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _told(case: Case) -> list[list[str]]:
    told: dict[str, list[str]] = {}
    for account_id, truth in case.truth.items():
        told.setdefault(truth.event, []).append(account_id)
    return list(told.values())


if __name__ == "__main__":
    main()
