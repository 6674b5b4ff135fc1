"""Splink 5.0.0 on DuckDB, trained as its tutorial trains: u by random sampling, m by EM or labels.

Comparisons, all of its library: AbsoluteDateDifferenceAtThresholds on the day,
AbsoluteTimeDifferenceAtThresholds on the minute, JaroWinklerAtThresholds on the place,
CosineSimilarityAtThresholds on type and text (a hashed tf-idf vector each, as it asks for arrays).
Comparisons of who wrote the record and whom it is about (NameComparison, DateOfBirthComparison,
ExactMatch) were tried and lowered its F1: within one family they depend on each other. m is learnt
on the other authors' cases; u is sampled anew in the case to link, as pairs across families are
no measure of it. Predictions are blocked to three days. Clusters: connected components, or
single best links with each organisation of the case as a source without duplicates.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import splink.comparison_library as cl
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule

from benchmarks.peers.method import Groups
from benchmarks.peers.rows import NEAR, rows_of
from chronology.labelled import Case

SEED = 7
#: The length of a text's vector.
WIDTH = 512
#: Pairs to sample for u, as is its default; a case has fewer, so there all are.
PAIRS = 1e6
#: Match weights (in bits) to choose from; pairs below the first are dropped.
WEIGHTS = tuple(range(-18, 7, 2))
NEARBY = f"l.first_day <= r.last_day + {NEAR} and r.first_day <= l.last_day + {NEAR}"
#: A rule with few false pairs, and the share of true pairs that it is guessed to find.
SURE, RECALL = block_on("case_name", "day", "place"), 0.25
#: Each trains what the other blocks on.
TRAINING = (block_on("case_name", "day"), block_on("case_name", "place"))


def model() -> SettingsCreator:
    """The model before it is trained."""
    return SettingsCreator(
        link_type="link_and_dedupe",
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day"], thresholds=[1, 3]
            ),
            cl.AbsoluteTimeDifferenceAtThresholds(
                "moment", input_is_string=True, metrics=["minute", "hour"], thresholds=[30, 3]
            ),
            cl.JaroWinklerAtThresholds("place", [0.9, 0.7]),
            cl.CosineSimilarityAtThresholds("type_vector", [0.8, 0.5, 0.2]),
            cl.CosineSimilarityAtThresholds("text_vector", [0.4, 0.25, 0.15, 0.08]),
        ],
        blocking_rules_to_generate_predictions=[CustomRule(NEARBY)],
        retain_matching_columns=False,
    )


#: Clustering compares nothing.
CLUSTERING = SettingsCreator(link_type="link_and_dedupe", comparisons=[cl.ExactMatch("unique_id")])


def table(cases: Sequence[Case]) -> pd.DataFrame:
    """The cases as Splink takes them, with the truth in a column that no comparison reads."""
    rows = [row for case in cases for row in rows_of(case)]
    event = {(case.name, i): truth.event for case in cases for i, truth in case.truth.items()}
    texts = [" ".join(filter(None, (row.narrative, row.outcome))) for row in rows]
    columns: dict[str, Any] = {
        "case_name": [row.case for row in rows],
        "occurrence": [f"{row.case} {event[row.case, row.id]}" for row in rows],
        "day": [str(row.day) if row.day else None for row in rows],
        "moment": [f"{row.day} {row.time}:00" if row.day and row.time else None for row in rows],
        "first_day": [row.first.toordinal() for row in rows],
        "last_day": [row.last.toordinal() for row in rows],
        "place": [row.location for row in rows],
        "type_vector": _vectors([row.type or "" for row in rows]),
        "text_vector": _vectors(texts),
    }
    return identities(cases).assign(**columns)


def identities(cases: Sequence[Case]) -> pd.DataFrame:
    """Which records there are and where each is from: all that clustering reads."""
    rows = [row for case in cases for row in rows_of(case)]
    sources: dict[str, dict[str, int]] = defaultdict(dict)
    return pd.DataFrame(
        {
            "unique_id": [f"{row.case}|{row.id}" for row in rows],
            "source_dataset": [_source(sources[row.case], row.organisation or "") for row in rows],
        }
    )


def _source(numbers: dict[str, int], organisation: str) -> str:
    return f"source_{numbers.setdefault(organisation, len(numbers)):02}"


def _vectors(texts: list[str]) -> list[Any]:
    hashed = HashingVectorizer(n_features=WIDTH, alternate_sign=False, stop_words="english")
    weighed = TfidfTransformer(sublinear_tf=True).fit_transform(hashed.transform(texts))
    return [v.tolist() if v.any() else None for v in weighed.toarray().astype(np.float32)]


@contextmanager
def linker(records: pd.DataFrame, settings: Any) -> Iterator[tuple[Linker, DuckDBAPI]]:
    """A linker over records; one thread, so that sums come out the same."""
    given = [c for c in ("type_vector", "text_vector") if c in records.columns]
    vectors = [f"{c}::float[{WIDTH}] as {c}" for c in given]
    replaced = f"replace ({', '.join(vectors)})" if vectors else ""
    with duckdb.connect() as connection:
        connection.execute("set threads to 1")
        connection.register("given", records)
        connection.execute(f"create table records as select * {replaced} from given")
        api = DuckDBAPI(connection)
        yield Linker(api.register("records"), settings, log_level=logging.ERROR), api


@dataclass
class Fitted:
    """A trained model, as Splink saves it."""

    settings: Any
    best_links: bool

    def score(self, cases: Sequence[Case]) -> pd.DataFrame:
        """Its predictions, case by case, with u sampled in the case."""
        return pd.concat([self._predictions(case) for case in cases])

    def _predictions(self, case: Case) -> pd.DataFrame:
        with linker(table([case]), self.settings) as (here, _):
            here.training.estimate_u_using_random_sampling(PAIRS, seed=SEED, num_chunks=1)
            found: Any = here.inference.predict(threshold_match_weight=WEIGHTS[0])
            predictions: pd.DataFrame = found.as_pandas_dataframe()
            return predictions

    def groups(
        self, cases: Sequence[Case], scored: pd.DataFrame, threshold: float
    ) -> Mapping[str, Groups]:
        """Its clusters; cases may be clustered at once, as no prediction joins two."""
        with linker(identities(cases), CLUSTERING) as (here, api):
            found = self._clusters(here, api.register(scored), threshold)
        groups: dict[str, list[list[str]]] = {case.name: [] for case in cases}
        for _, ids in found.groupby("cluster_id")["unique_id"]:
            names, members = zip(*(str(i).split("|") for i in ids), strict=True)
            groups[names[0]].append(sorted(members))
        return groups

    def _clusters(self, here: Linker, predictions: Any, threshold: float) -> pd.DataFrame:
        clustering: Any = here.clustering
        if self.best_links:
            found = clustering.cluster_using_single_best_links(
                predictions, _sources(here), threshold_match_weight=threshold
            )
        else:
            found = clustering.cluster_pairwise_predictions_at_threshold(
                predictions, threshold_match_weight=threshold
            )
        clusters: pd.DataFrame = found.as_pandas_dataframe()
        return clusters


def _sources(here: Linker) -> list[str]:
    misc: Any = here.misc
    found = misc.query_sql("select distinct source_dataset from records")
    return sorted(found.as_pandas_dataframe()["source_dataset"])


@dataclass
class Splinking:
    """Splink with m learnt by EM, or from labels."""

    labels: bool
    best_links: bool = False
    thresholds: Sequence[float] = WEIGHTS

    def fit(self, cases: Sequence[Case]) -> Fitted:
        """Learns m from the cases of the other authors."""
        with linker(table(cases), model()) as (here, _):
            here.training.estimate_probability_two_random_records_match([SURE], recall=RECALL)
            if self.labels:
                here.training.estimate_m_from_label_column("occurrence")
            else:
                here.training.estimate_u_using_random_sampling(PAIRS, seed=SEED)
                for rule in TRAINING:
                    here.training.estimate_parameters_using_expectation_maximisation(
                        rule, record_sample_proportion=1.0
                    )
            return Fitted(here.misc.save_model_to_json(), self.best_links)
