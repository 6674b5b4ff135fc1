"""How the matcher grows: many families and one crowded one, against Splink on the same rows.

Run: python benchmarks/many_families.py [--python PYTHON_WITH_SPLINK] [--sets small large dense]

The rows are invented and the same on every run. Each measurement is a process of its own that is
given the rows in memory; the clock covers, for chronology, who is who, every comparison and the
entries with their reasons; for Splink, blocking on family and near day, prediction and clustering,
with its model trained on the same rows beforehand (its training is timed apart). Splink needs
``pip install splink==5.0.0 "duckdb<2"``, best in an environment of its own given by --python;
without it only chronology is measured. A measurement that takes longer than --limit seconds is
ended and said to be so.

The rows say which event each tells of, so that each line also gives how many of the pairs found
are right and how many of the true pairs are found; for Splink at the threshold that suits these
rows best, which in use nobody knows. The narratives are made from few templates, so these figures
compare sizes, not products. Says PASS or FAIL for the growth, for the crowded family and for pairs
that are found among few rows and no longer among many.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

#: name -> rows, families
SETS: dict[str, tuple[int, int]] = {
    "small": (20_000, 150),
    "large": (200_000, 1_500),
    "dense": (5_000, 1),
}
DAYS = 730
#: The crowded family must be done within this many seconds.
DENSE_LIMIT = 60.0
#: How much of the share of true pairs found may be lost from the small set to the large.
RECALL_LOST = 0.02
#: The probabilities from which Splink's pairs are joined, of which the best counts.
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99)
#: How much timings of one machine vary from run to run.
NOISE = 1.15

Row = dict[str, Any]

#: Names, organisations and, for each kind of event, how each agency heads and words it.
WORDS: dict[str, Any] = json.loads(
    Path(__file__).with_name("invented_words.json").read_text(encoding="utf-8")
)


def rows_of(number: int, families: int) -> list[Row]:
    """So many invented rows about so many families; the same on every machine."""
    rng = random.Random(number * 31 + families)
    each = number // families
    rows = [row for family in range(families) for row in _family(rng, family, each)]
    for at, row in enumerate(rows):
        row["unique_id"] = at
    return rows


def _family(rng: random.Random, family: int, number: int) -> Iterator[Row]:
    beginnings, endings = WORDS["surname_beginnings"], WORDS["surname_endings"]
    surname = beginnings[family % 40] + endings[family // 40]
    fixed = {
        "place": f"{rng.randrange(1, 90)} {rng.choice(WORDS['streets'])} Street",
        "woman": rng.choice(WORDS["grown"]),
        "man": rng.choice(WORDS["grown"]),
    }
    children = rng.sample(WORDS["children"], 2)
    born = {child: date(2005, 1, 1) + timedelta(rng.randrange(4500)) for child in children}
    made = events = 0
    while made < number:
        events += 1
        child = rng.choice(children)
        words = {key: rng.choice(some) for key, some in WORDS["words"].items()} | fixed
        words |= {"child": child, "worker": rng.choice(WORDS["workers"])}
        for row in _event(rng, words, most=number - made):
            made += 1
            yield row | {
                "family": f"F{family}",
                "event": f"F{family} {events}",
                "child": f"{child} {surname}",
                "born": f"{born[child]:%d/%m/%Y}",
                "mother": f"{fixed['woman']} {surname}",
            }


def _event(rng: random.Random, words: dict[str, str], most: int) -> Iterator[Row]:
    """One event as one agency tells it or, in one of four, as two or three do."""
    together = rng.random() < 0.25
    kind = rng.choice([k for k in WORDS["kinds"] if len(k) > 1 or not together])
    tellers = rng.sample(sorted(kind), min(len(kind), rng.choice((2, 3)), most) if together else 1)
    day = date(2019, 1, 1) + timedelta(rng.randrange(DAYS))
    minute = rng.randrange(8 * 60, 20 * 60)
    for at, agency in enumerate(tellers):
        heading, text = kind[agency]
        later = timedelta(rng.choice((0, 0, 0, 1)) if at else 0)
        yield {
            "agency": agency,
            "organisation": WORDS["organisations"][agency],
            "day": f"{day + later:%Y-%m-%d}",
            "minute": minute + rng.randrange(-5, 6) if rng.random() < 0.6 else None,
            "event_type": heading,
            "narrative": text.format(**words | {"next": rng.choice(WORDS["words"]["next"])}),
            "worker": rng.choice(WORDS["workers"]) if at else words["worker"],
            "location": words["place"],
        }


def run_chronology(rows: list[Row]) -> dict[str, float]:
    """Seconds for who is who and for the merge, and the pairs that were looked at."""
    from chronology import matching
    from chronology.merge import merge
    from chronology.people import resolve

    gc.set_threshold(200_000, 20, 100)  # as the command line does
    accounts = [_account(row) for row in rows]
    pairs, near = 0, matching.candidates

    def counted(*given: Any) -> Iterator[Any]:
        nonlocal pairs
        for pair in near(*given):
            pairs += 1
            yield pair

    matching.candidates = counted
    start, cpu = time.perf_counter(), time.process_time()
    merged = merge(accounts, resolve(accounts))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    event_of = {account.id: row["event"] for account, row in zip(accounts, rows, strict=True)}
    return {
        "seconds": seconds,
        "cpu": cpu,
        "peak_mb": _peak_mb(),
        "pairs": pairs,
        "groups": len(merged.entries),
        **_found([event_of[a.id] for a in entry.accounts] for entry in merged.entries),
    }


def _account(row: Row) -> Any:
    from chronology.account import Account, Agency, Mention, Source

    return Account(
        agency=Agency(row["agency"]),
        source=Source(f"{row['agency']}.csv", "", row["unique_id"] + 2, "0" * 64),
        occurred=_when(date.fromisoformat(row["day"]), row["minute"]),
        narrative=row["narrative"],
        organisation=row["organisation"],
        event_type_written=row["event_type"],
        reference=f"R{row['unique_id']}",
        professional=row["worker"],
        location=row["location"],
        subjects=(Mention(row["child"], born=row["born"]),),
        people=(Mention(row["mother"], "mother"),),
    )


def _when(day: date, minute: int | None) -> Any:
    from chronology.when import Precision, When

    if minute is None:
        return When(f"{day:%d/%m/%Y}", Precision.DAY, day, day)
    clock = datetime.min + timedelta(minutes=minute)
    return When(f"{day:%d/%m/%Y} {clock:%H:%M}", Precision.MINUTE, day, day, clock.time())


def run_splink(rows: list[Row]) -> dict[str, float]:
    """Seconds for blocking, prediction and clustering, and for the training before."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frame = pd.DataFrame(rows)
    # Columns of the blocking rules under other names, or they would be left untrained.
    frame["bucket"] = pd.to_datetime(frame["day"]).astype("int64") // (3 * 86_400 * 10**9)
    frame["family_"], frame["day_"] = frame["family"], frame["day"]
    near = (
        "l.family = r.family and"
        " abs(date_diff('day', cast(l.day as date), cast(r.day as date))) <= 3"
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        blocking_rules_to_generate_predictions=[near],
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "day_", input_is_string=True, metrics=["day", "day"], thresholds=[1, 3]
            ),
            cl.JaroWinklerAtThresholds("event_type", [0.9, 0.7]),
            cl.JaccardAtThresholds("narrative", [0.8, 0.6]),
            cl.JaroWinklerAtThresholds("worker", [0.9, 0.7]),
            cl.ExactMatch("child"),
            cl.ExactMatch("agency"),
        ],
    )
    start = time.perf_counter()
    linker = Linker(DuckDBAPI().register(frame), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("family", "day", "event_type")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("family", "bucket"))
    trained, cpu = time.perf_counter(), time.process_time()
    found = linker.inference.predict()
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.9)
    groups.as_pandas_dataframe()
    seconds, cpu = time.perf_counter() - trained, time.process_time() - cpu
    peak, pairs = _peak_mb(), len(found.as_pandas_dataframe())
    at = [_splink_groups(linker, found, rows, threshold) for threshold in THRESHOLDS]
    return {
        "seconds": seconds,
        "cpu": cpu,
        "training": trained - start,
        "peak_mb": peak,
        "pairs": pairs,
        **max(at, key=_f1),
    }


def _f1(found: dict[str, float]) -> float:
    both = found["precision"] + found["recall"]
    return 2 * found["precision"] * found["recall"] / both if both else 0.0


def _splink_groups(linker: Any, found: Any, rows: list[Row], threshold: float) -> dict[str, float]:
    joined = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold)
    groups: dict[str, list[str]] = {}
    for row in joined.as_pandas_dataframe()[["unique_id", "cluster_id"]].itertuples(index=False):
        groups.setdefault(row.cluster_id, []).append(rows[row.unique_id]["event"])
    return {"groups": len(groups), **_found(groups.values())}


def _found(groups: Iterable[list[str]]) -> dict[str, float]:
    """The share of the pairs joined that are right, and of the true pairs that are joined."""
    groups = list(groups)
    events = Counter(event for group in groups for event in group)
    right = sum(_pairs(n) for group in groups for n in Counter(group).values())
    return {
        "precision": right / (sum(_pairs(len(group)) for group in groups) or 1),
        "recall": right / (sum(map(_pairs, events.values())) or 1),
    }


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


RUNS = {"chronology": run_chronology, "splink": run_splink}


def measured(who: str, which: str, python: str, limit: float) -> dict[str, float] | str:
    """One measurement in a process of its own, or why there is none."""
    root = str(Path(__file__).parents[1])
    try:
        done = subprocess.run(
            [python, __file__, "--one", who, "--sets", which],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "ignore"},
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return f"not done within {limit:.0f} s; see --limit"
    if done.returncode:
        if who == "splink" and "No module named" in done.stderr:
            return "not installed here; see --python"
        raise SystemExit(done.stderr[-2000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measures each set with both, prints a table and what was promised of growth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable, help="a Python that has Splink")
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--limit", type=float, default=1200.0, help="seconds for each measurement")
    parser.add_argument("--one", choices=list(RUNS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(RUNS[asked.one](rows_of(*SETS[asked.sets[0]]))))
        return
    found: dict[tuple[str, str], dict[str, float]] = {}
    print(
        "set    rows     who         seconds  CPU s   rows/s  peak MB    pairs   groups"
        "  precision  recall"
    )
    for which in asked.sets:
        for who, python in (("chronology", sys.executable), ("splink", asked.python)):
            one = measured(who, which, python, asked.limit)
            if isinstance(one, str):
                print(f"{which:<6} {SETS[which][0]:>7}  {who:<10} {one}", flush=True)
                continue
            found[who, which] = one
            print(_line(which, who, one), flush=True)
    for who in RUNS:
        _say_growth(who, {which: one for (by, which), one in found.items() if by == who})


def _line(which: str, who: str, found: dict[str, float]) -> str:
    number = SETS[which][0]
    training = f"   (and {found['training']:.1f} s of training)" if "training" in found else ""
    return (
        f"{which:<6} {number:>7}  {who:<10} {found['seconds']:>8.2f} {found['cpu']:>6.2f}"
        f" {number / found['seconds']:>8.0f} {found['peak_mb']:>8.0f} {found['pairs']:>8.0f}"
        f" {found['groups']:>8.0f} {found['precision']:>10.3f} {found['recall']:>7.3f}{training}"
    )


def _say_growth(who: str, found: dict[str, dict[str, float]]) -> None:
    seconds = {which: one["cpu"] for which, one in found.items()}
    if {"small", "large"} <= seconds.keys():
        small, large = SETS["small"][0], SETS["large"][0]
        allowed = large * math.log(large) / (small * math.log(small)) * NOISE
        grown = seconds["large"] / seconds["small"]
        verdict = "PASS" if grown <= allowed else "FAIL"
        print(
            f"{verdict}: {who}: {grown:.1f} times the CPU time for 10 times the rows"
            f" (n log n: {allowed:.1f})"
        )
        lost = found["small"]["recall"] - found["large"]["recall"]
        verdict = "PASS" if lost <= RECALL_LOST else "FAIL"
        print(f"{verdict}: {who}: {lost:+.3f} of the true pairs lost from few rows to many")
    if "dense" in seconds:
        verdict = "PASS" if seconds["dense"] <= DENSE_LIMIT else "FAIL"
        print(
            f"{verdict}: {who}: crowded family in {seconds['dense']:.1f} s of CPU time"
            f" (at most {DENSE_LIMIT:.0f})"
        )


if __name__ == "__main__":
    main()
