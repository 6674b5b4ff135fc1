"""Kills a program that works on a case, at random moments, and looks whether the case is whole.

    python benchmarks/crash_safety.py [COUNT]

A child process adds exports, decides, undoes, purges, keeps versions and writes outputs, without
pause. It is killed (kill -9) after a random time, COUNT times (default 500); every second time
the killer also waits for a change to begin, so that many kills fall inside one. After each kill
the case must open, its log and all that the log tells must be whole, and every output must be
whole or not be there. Prints how many kills fell inside a change (the journal was there).
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from chronology.case import Wishes
from chronology.casefile import CaseFile, ContradictionError
from chronology.render import write_all

WHO = ("A. Worker", "2026-05-03T10:00:00")
HEADINGS = ("Occurrence No", "Date", "Time", "Subject", "Type", "Details", "Officer")
#: Rows of the first export, of every later one, and how many exports wait to be added.
ROWS, MORE_ROWS, EXPORTS = 40, 100, 12
#: The longest a child is left alone, in seconds.
LONGEST = 0.4


@dataclass
class Tally:
    """What became of the kills."""

    kills: int = 0
    inside: int = 0
    #: Steps that were under way, by name; what was wrong.
    steps: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def write_export(path: Path, first: int, count: int) -> None:
    """An invented export with rows numbered from ``first``."""
    rows = [
        (
            f"OC/{at}",
            f"{1 + at % 28:02}/{1 + at // 28 % 12:02}/{2010 + at // 336}",
            f"{8 + at % 10:02}:15",
            "Jo EXAMPLE",
            "Domestic incident",
            f"Record {at}: officers attended and spoke to mother. " + "Noted. " * (at % 40),
            f"PC {2000 + at % 7} Marlow",
        )
        for at in range(first, first + count)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *rows])


def prepare(folder: Path) -> None:
    """A case to begin from, and exports that wait."""
    write_export(folder / "police_log.csv", 0, ROWS)
    for number in range(EXPORTS):
        first = ROWS + number * MORE_ROWS
        write_export(folder / f"police_log_{number}.csv", first, MORE_ROWS)
    with CaseFile.create(folder / "base.chronology", "Jo", "OFFICIAL", *WHO) as case:
        case.add([folder / "police_log.csv"], Wishes(), *WHO)
        _build(case, folder, random.Random(0))  # so that a child need not load the libraries


def work(folder: Path, seed: int, note: Callable[[str], None]) -> None:
    """Every kind of change, one after the other, until killed."""
    chance = random.Random(seed)
    steps = ORDER.split()
    chance.shuffle(steps)
    for name in cycle(steps):
        note(name)
        with CaseFile.open(folder / "jo.chronology") as case:
            STEPS[name](case, folder, chance)


def _add(case: CaseFile, folder: Path, chance: random.Random) -> None:
    case.add([folder / f"police_log_{chance.randrange(EXPORTS)}.csv"], Wishes(), *WHO)


def _decide(case: CaseFile, _: Path, chance: random.Random) -> None:
    ids = [account.id for account in case.accounts()[:40]]
    for _ in range(8):
        try:
            kind = chance.choice(("same", "different", "unsure"))
            case.decide(kind, chance.sample(ids, 2), "", *WHO, "crash test")
        except ContradictionError:
            continue


def _undo(case: CaseFile, _: Path, chance: random.Random) -> None:
    live = [decision.seq for decision in case.decisions() if decision.undone_by is None]
    for seq in chance.sample(live, min(4, len(live))):
        if next(d for d in case.decisions() if d.seq == seq).undone_by is None:
            case.undo(seq, *WHO)


def _purge(case: CaseFile, _: Path, chance: random.Random) -> None:
    case.purge(*WHO, "crash test", accounts=[chance.choice(case.accounts()).id])


def _keep(case: CaseFile, _: Path, chance: random.Random) -> None:
    case.keep_version(f"version {len(case.versions())} {chance.random()}", *WHO)


def _build(case: CaseFile, folder: Path, _: random.Random) -> None:
    out = folder / "out"
    out.mkdir(exist_ok=True)
    write_all(case.chronology(), out)
    case.wrote([(path.name, "") for path in sorted(out.iterdir())], *WHO)


STEPS: dict[str, Callable[[CaseFile, Path, random.Random], None]] = {
    "add": _add,
    "decide": _decide,
    "undo": _undo,
    "purge": _purge,
    "keep": _keep,
    "build": _build,
}


#: How often each step comes: those that only compute for long come once.
ORDER = "add add add decide decide undo undo purge purge keep build"


def kill_once(folder: Path, seed: int, tally: Tally) -> None:
    """One child, killed at a moment drawn from ``seed``; what was wrong goes into the tally."""
    fresh(folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(folder, seed, lambda name: os.write(writing, name.encode() + b"\n") and None)
        finally:
            os._exit(70)
    os.close(writing)
    _wait(folder, seed)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        steps = told.read().split()
    tally.kills += 1
    tally.steps[steps[-1] if steps else "(none yet)"] += 1
    tally.inside += _is_changing(folder)
    if not os.WIFSIGNALED(status):
        tally.faults.append(f"seed {seed}: the child failed by itself in {steps[-1:]}")
    tally.faults.extend(f"seed {seed}: {fault}" for fault in faults(folder))


def _wait(folder: Path, seed: int) -> None:
    chance = random.Random(seed * 7919 + 1)
    time.sleep(chance.uniform(0, LONGEST))
    if seed % 2:
        latest = time.monotonic() + LONGEST
        while not _is_changing(folder) and time.monotonic() < latest:
            time.sleep(0.0002)
        time.sleep(chance.uniform(0, 0.01))


def _is_changing(folder: Path) -> bool:
    try:
        return (folder / "jo.chronology-journal").stat().st_size > 0
    except FileNotFoundError:
        return False


def fresh(folder: Path) -> None:
    """The case as it was prepared, and no outputs."""
    (folder / "jo.chronology-journal").unlink(missing_ok=True)
    shutil.copy2(folder / "base.chronology", folder / "jo.chronology")
    shutil.rmtree(folder / "out", ignore_errors=True)


def faults(folder: Path) -> list[str]:
    """What is not whole after a kill; it must also be possible to go on."""
    found = []
    with CaseFile.open(folder / "jo.chronology") as case:
        found += case.verify()
        rows = sum(file.rows_read for file in case.contents().files)
        told = sum(file.rows_in + file.rows_out + file.rows_again for file in case.contents().files)
        found += [f"{rows} rows were read and {told} are told of"] if rows != told else []
        case.decide("analysis", [case.accounts()[0].id], "going on", *WHO)
    found += [f"left beside the case: {name}" for name in _strays(folder)]
    for path in sorted((folder / "out").glob("chronology.*")):
        if not _is_whole(path):
            found.append(f"{path.name} is half written")
    return found


def _strays(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("jo.chronology-*")]


def _is_whole(path: Path) -> bool:
    if path.suffix == ".xlsx":
        return zipfile.ZipFile(path).testzip() is None
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        json.loads(text)
        return True
    return text.rstrip().endswith("</html>")


def main(count: int) -> int:
    """Prints the result; 1 where anything was not whole."""
    tally = Tally()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        for seed in range(count):
            kill_once(folder, seed, tally)
    share = 100 * tally.inside / max(1, tally.kills)
    print(
        f"{tally.kills} kills in {time.monotonic() - begun:.0f} s, {tally.inside} inside a change "
        f"({share:.0f} %); {len(tally.faults)} faults"
    )
    print("under way: " + ", ".join(f"{name} {n}" for name, n in tally.steps.most_common()))
    for fault in tally.faults[:20]:
        print(f"FAULT {fault}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
