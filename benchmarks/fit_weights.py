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
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from chronology import compare, competition
from chronology.account import Account
from chronology.candidates import candidates
from chronology.clusters import PRESETS
from chronology.decisions import pair_of
from chronology.evaluate import Figures, evaluate
from chronology.judging import NAMES, weighed
from chronology.kinds import KINDS, Reader, signs_of
from chronology.labelled import Case, read_case
from chronology.matching import contexts
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
    understood = [understand(account, reader) for account in accounts]
    known = contexts(understood, resolve(accounts), reader.usual)
    near = candidates(understood, known.homes)
    pairs = [(a, b) for a, b in near if not compare.veto(a, b)]
    values = [compare.compare(a, b, known.of(a, b), BLANK) for a, b in pairs]
    return Seen(
        case,
        pairs,
        np.array([found.values for found in values if found]),
        np.array([_same(case, a, b) for a, b in pairs]),
    )


def _same(case: Case, a: Understanding, b: Understanding) -> bool:
    return case.truth[a.id].event == case.truth[b.id].event


def fit(seen: list[Seen]) -> dict[str, Any]:
    """The rules' weights, and the trees of the last look.

    The trees learn from first looks by a model that had not seen the author of each case.
    """
    models = {author: _model(_of_others(seen, author)) for author in {s.case.author for s in seen}}
    looked = [(case, _looked_at(models[case.case.author], case)) for case in seen]
    return {
        "first": _named(_model(seen), [rule.__name__ for rule in compare.RULES]),
        "last": fit_trees(
            np.array([weighed(c) for _, pairs in looked for c in pairs]),
            np.array([_same(s.case, c.a, c.b) for s, pairs in looked for c in pairs]),
            np.array([_care(s.case, c.a, c.b) for s, pairs in looked for c in pairs]),
        ),
    }


#: How much worse it is to join two occurrences of one incident than any others: it hides a delay.
CARE = 2.0


def _care(case: Case, a: Understanding, b: Understanding) -> float:
    one, other = case.truth[a.id], case.truth[b.id]
    hides = one.event != other.event and one.incident and one.incident == other.incident
    return CARE if hides else 1.0


def fit_trees(values: np.ndarray, same: np.ndarray, care: np.ndarray) -> dict[str, Any]:
    """Boosted trees as data: nodes as (value asked, at most, if so, if not, worth expected)."""
    model = HistGradientBoostingClassifier(
        max_iter=200,
        max_leaf_nodes=16,
        learning_rate=0.04,
        max_features=0.3,
        min_samples_leaf=15,
        l2_regularization=5,
        random_state=0,
    ).fit(values, same, sample_weight=care)
    return {
        "names": list(NAMES),
        "start": round(float(model._baseline_prediction.item()), 4),
        "trees": [_nodes(predictor.nodes) for (predictor,) in model._predictors],
    }


def _nodes(nodes: np.ndarray) -> list[list[float]]:
    """One tree; what is expected at a question is the mean of the ends below it."""
    worth = [0.0] * len(nodes)
    for at in reversed(range(len(nodes))):
        node = nodes[at]
        if node["is_leaf"]:
            worth[at] = float(node["value"])
        else:
            below = [int(node["left"]), int(node["right"])]
            counts = [int(nodes[child]["count"]) for child in below]
            worth[at] = float(np.average([worth[child] for child in below], weights=counts))
    return [_node(node, worth[at]) for at, node in enumerate(nodes)]


def _node(node: np.void, worth: float) -> list[float]:
    if node["is_leaf"]:
        return [-1, 0, 0, 0, round(worth, 4)]
    asked = [int(node["feature_idx"]), float(f"{node['num_threshold']:.6g}")]
    return [*asked, int(node["left"]), int(node["right"]), round(worth, 4)]


def _of_others(seen: list[Seen], author: str) -> list[Seen]:
    return [other for other in seen if other.case.author != author] or seen


def _model(seen: list[Seen]) -> Pipeline:
    values, same = np.vstack([s.values for s in seen]), np.hstack([s.same for s in seen])
    model = LogisticRegression(C=0.05, max_iter=4000)
    return make_pipeline(StandardScaler(), model).fit(values, same)


def _looked_at(model: Pipeline, seen: Seen) -> list[compare.Comparison]:
    odds = model.decision_function(seen.values)
    found = [
        compare.Comparison(a, b, float(o), tuple(v))
        for (a, b), o, v in zip(seen.pairs, odds, seen.values, strict=True)
        if o >= competition.UNLIKELY
    ]
    pairs = {pair_of(c.a.id, c.b.id): c for c in found}
    return list(competition.second_look(pairs).values())


def _named(model: Pipeline, names: list[str]) -> dict[str, float]:
    """The weights of the rules as they answer, free of the scale they were fitted on."""
    scaler, regression = model[0], model[1]
    each = regression.coef_[0] / scaler.scale_
    start = float(regression.intercept_[0] - each @ scaler.mean_)
    weights = dict(zip(names, (round(float(w), 2) for w in each), strict=True))
    return {"start": round(start, 2), **weights}


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


def asked_for(description: str) -> tuple[Shelf, bool]:
    """The cases and episodes to fit on, and whether to write what is fitted."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    cases = [case for f in (ROOT / "benchmarks" / "cases", *asked.folders) for case in _read(f)]
    return Shelf(cases, _read(ROOT / "benchmarks" / "episodes")), asked.write


def _read(folder: Path) -> list[Case]:
    return [read_case(path) for path in sorted(folder.glob("*.jsonl"))]


def main() -> None:
    """Reads the cases, prints the figures, and writes the weights where asked."""
    shelf, to_write = asked_for(__doc__)
    true = sum(len(list(combinations(ids, 2))) for c in shelf.cases for ids in _told(c))
    print(f"{len(shelf.cases)} cases, {true} true pairs")
    if not to_write:
        left_out(shelf)
        return
    weights = fit(shelf.seen())
    (DATA / "match_weights.json").write_text(_text(weights), encoding="utf-8")
    rows = shelf.words()
    with (DATA / "kind_words.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _text(weights: dict[str, Any]) -> str:
    """The weights as JSON, a line to each rule and each tree."""
    first = json.dumps(weights["first"], indent=1)
    last = weights["last"]
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in last["trees"])
    names = json.dumps(last["names"])
    return (
        f'{{"first": {first},\n"last": {{"names": {names},\n"start": {last["start"]},\n'
        f'"trees": [\n{trees}\n]}}}}\n'
    )


def _told(case: Case) -> list[list[str]]:
    told: dict[str, list[str]] = {}
    for account_id, truth in case.truth.items():
        told.setdefault(truth.event, []).append(account_id)
    return list(told.values())


if __name__ == "__main__":
    main()
