"""Fits what the rules of following are worth and says how the links do on authors left out.

Run: python benchmarks/fit_links.py [FOLDER_OF_CASES ...] [--write]

Reads the cases in benchmarks/cases and in any folders named. Each case is merged, and its links
made, by weights that were fitted without any case of its author; with --write it fits on all cases
instead and writes chronology/data/link_weights.json. Run it after fit_weights.py --write, for how
likely two records are one occurrence counts here too. Needs scikit-learn, which the program does
not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fit_weights import Shelf, asked_for, without_each
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from chronology.clusters import PRESETS, clusters
from chronology.evaluate import LINK_HEADINGS, Figures, evaluate, link_figures
from chronology.following import RULES
from chronology.following_weights import Following
from chronology.labelled import Case
from chronology.links import all_found
from chronology.matching import match
from chronology.people import resolve
from chronology.understand import ACTS
from chronology.weights import Weights, shipped

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "chronology" / "data" / "link_weights.json"
#: Log odds from which a pair is linked: the likelihood at which four links in five are right.
LINK_AT = 1.05
#: Log odds from which an occurrence is linked to a second one.
SECOND_AT = 2.0
#: A policy under which every pair is seen and nothing is yet worth anything.
BLANK = Following.of(
    {
        "start": 0.0,
        "link_at": -1e9,
        "second_at": 0.0,
        "rules": {rule.__name__: 0.0 for rule in RULES},
        "earlier": {},
        "later": {},
    }
)
NAMES = (
    *(("rules", rule.__name__) for rule in RULES),
    *(("earlier", act) for act in ACTS),
    *(("later", act) for act in ACTS),
)


@dataclass
class Seen:
    """A case, what was seen of every pair of records, and whether the later follows."""

    case: Case
    values: np.ndarray
    follows: np.ndarray


def see(case: Case, weights: Weights) -> Seen:
    """Every pair that might be linked, seen by every rule."""
    accounts = sorted(case.accounts, key=lambda a: a.id)
    matched = match(accounts, resolve(accounts), weights)
    groups = clusters(matched.understood, matched.pairs, PRESETS["default"])
    found = list(all_found(groups, matched, BLANK))
    values = [
        [
            *(rule(f.a, f.b, f.near) for rule in RULES),
            *(f.a.acts.get(act, 0.0) for act in ACTS),
            *(f.b.acts.get(act, 0.0) for act in ACTS),
        ]
        for f in found
    ]
    return Seen(case, np.array(values), np.array([_follows(case, f.a.id, f.b.id) for f in found]))


def _follows(case: Case, a: str, b: str) -> bool:
    one, other = case.truth[a], case.truth[b]
    return one.event != other.event and bool(one.incident) and one.incident == other.incident


def fit(seen: list[Seen]) -> dict[str, object]:
    """A logistic regression over all pairs; a case counts by the root of its pairs."""
    values, follows = np.vstack([s.values for s in seen]), np.hstack([s.follows for s in seen])
    counts = np.hstack([np.full(len(s.follows), len(s.follows) ** -0.5) for s in seen])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=0.1, max_iter=200, solver="newton-cholesky")
    model.fit(scaler.transform(values), follows, sample_weight=counts * len(counts) / counts.sum())
    worth = model.coef_[0] / scaler.scale_
    start = float(model.intercept_[0] - worth @ scaler.mean_)
    found: dict[str, dict[str, float]] = {"rules": {}, "earlier": {}, "later": {}}
    for (group, name), weight in zip(NAMES, worth, strict=True):
        found[group][name] = round(float(weight), 2)
    return {"start": round(start, 2), "link_at": LINK_AT, "second_at": SECOND_AT, **found}


def left_out(shelf: Shelf, at: list[float]) -> None:
    """Prints the links of each author's cases, made by weights fitted without that author."""
    pooled = {likely: Figures() for likely in at}
    for author, weights in without_each(shelf).items():
        own = Figures()
        data = fit([see(case, weights) for case in shelf.cases if case.author != author])
        for likely in at:
            following = Following.of({**data, "link_at": likely})
            for case in (case for case in shelf.cases if case.author == author):
                found = evaluate(case, weights=weights, following=following)
                pooled[likely] += found
                own += found if likely == LINK_AT else Figures()
        print(f"{author:<8}{link_figures(own)}", flush=True)
    for likely, figures in pooled.items():
        print(f"{likely:<8.2f}{link_figures(figures)}")


def main() -> None:
    """Reads the cases and prints the figures, or writes the weights where asked."""
    shelf, to_write = asked_for(__doc__)
    if not to_write:
        print(f"        {LINK_HEADINGS}")
        left_out(shelf, [0.85, LINK_AT, 1.25])
        return
    data = fit([see(case, shipped()) for case in shelf.cases])
    TARGET.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
