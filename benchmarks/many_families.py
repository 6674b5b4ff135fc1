"""How the matcher grows: many families and one crowded one, against Splink on the same rows.

Run: python benchmarks/many_families.py [--python PYTHON_WITH_SPLINK] [--sets small large dense]

The rows are invented and the same on every run. Each measurement is a process of its own that is
given the rows in memory; the clock covers, for chronology, who is who, every comparison and the
entries with their reasons; for Splink, blocking on family and near day, prediction and clustering,
with its model trained on the same rows beforehand (its training is timed apart). Splink needs
``pip install splink==5.0.0 "duckdb<2"``, best in an environment of its own given by --python;
without it only chronology is measured. Says PASS or FAIL for the growth and for the crowded family.
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
from collections.abc import Iterator
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
    made = 0
    while made < number:
        child = rng.choice(children)
        words = {key: rng.choice(some) for key, some in WORDS["words"].items()} | fixed
        words |= {"child": child, "worker": rng.choice(WORDS["workers"])}
        for row in _event(rng, words, most=number - made):
            made += 1
            yield row | {
                "family": f"F{family}",
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
    return {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "peak_mb": _peak_mb(),
        "pairs": pairs,
        "groups": len(merged.entries),
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
    counted = groups.as_pandas_dataframe()["cluster_id"].nunique()
    seconds, cpu = time.perf_counter() - trained, time.process_time() - cpu
    return {
        "seconds": seconds,
        "cpu": cpu,
        "training": trained - start,
        "peak_mb": _peak_mb(),
        "pairs": len(found.as_pandas_dataframe()),
        "groups": counted,
    }


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


RUNS = {"chronology": run_chronology, "splink": run_splink}


def measured(who: str, which: str, python: str) -> dict[str, float] | None:
    """One measurement in a process of its own; None where Splink is not there."""
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [python, __file__, "--one", who, "--sets", which],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "ignore"},
    )
    if done.returncode:
        if who == "splink" and "No module named" in done.stderr:
            return None
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measures each set with both, prints a table and what was promised of growth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable, help="a Python that has Splink")
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--one", choices=list(RUNS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(RUNS[asked.one](rows_of(*SETS[asked.sets[0]]))))
        return
    ours: dict[str, float] = {}
    print("set    rows     who         seconds  CPU s   rows/s  peak MB    pairs   groups")
    for which in asked.sets:
        for who, python in (("chronology", sys.executable), ("splink", asked.python)):
            found = measured(who, which, python)
            if found is None:
                print(f"{which:<6} Splink is not installed here; see --python.")
                continue
            if who == "chronology":
                ours[which] = found["cpu"]
            print(_line(which, who, found))
    _say_growth(ours)


def _line(which: str, who: str, found: dict[str, float]) -> str:
    number = SETS[which][0]
    training = f"   (and {found['training']:.1f} s of training)" if "training" in found else ""
    return (
        f"{which:<6} {number:>7}  {who:<10} {found['seconds']:>8.2f} {found['cpu']:>6.2f}"
        f" {number / found['seconds']:>8.0f} {found['peak_mb']:>8.0f} {found['pairs']:>8.0f}"
        f" {found['groups']:>8.0f}{training}"
    )


def _say_growth(seconds: dict[str, float]) -> None:
    if {"small", "large"} <= seconds.keys():
        small, large = SETS["small"][0], SETS["large"][0]
        allowed = large * math.log(large) / (small * math.log(small)) * NOISE
        grown = seconds["large"] / seconds["small"]
        verdict = "PASS" if grown <= allowed else "FAIL"
        print(
            f"{verdict}: {grown:.1f} times the time for 10 times the rows (n log n: {allowed:.1f})"
        )
    if "dense" in seconds:
        verdict = "PASS" if seconds["dense"] <= DENSE_LIMIT else "FAIL"
        print(f"{verdict}: crowded family in {seconds['dense']:.1f} s (at most {DENSE_LIMIT:.0f})")


if __name__ == "__main__":
    main()
