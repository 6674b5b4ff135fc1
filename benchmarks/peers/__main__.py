"""chronology's matcher beside Splink, dedupe, recordlinkage and a plain rapidfuzz script.

Run: python -m benchmarks.peers [FOLDER_OF_CASES ...]    (or: make peers)

Reads benchmarks/cases and any folders named. Every method learns, and chooses its threshold, on
the cases of all authors but the one it is then scored on. Prints two Markdown tables: thresholds
chosen for the best F1, and for the best recall at a precision of 0.95. Each method runs in a
process of its own, one after the other, on one thread. Seconds are of processor time, which other
work on the machine hardly moves: one fit on the other authors (the mean), and scoring and grouping
every case once. Peak memory is the process's largest resident set as the system reports it at its
end, imports and fitting included (none starts another).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.run import AIMS, METHODS, cases_in
from chronology.evaluate import Figures

ROOT = Path(__file__).parents[2]
#: One thread each and no hash seed of the day, so that a run can be repeated.
ALONE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LOKY_MAX_CPU_COUNT": "1",
    "PYTHONHASHSEED": "0",
}
HEADINGS = ("Method", "P", "R", "F1", "Hidden per 1,000", "Fit CPU s", "Predict CPU s", "Peak MB")


@dataclass
class Measured:
    """A method's result and the most memory it held."""

    name: str
    result: dict[str, Any]
    peak_mb: float

    def line(self, aim: str) -> str:
        """Its row of a table."""
        f = Figures(**self.result["figures"][aim])
        cells = (
            self.name, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}",
            f"{f.hidden_per_1000:.1f}", f"{self.result['fit']:.1f}",
            f"{self.result['predict']:.1f}", f"{self.peak_mb:.0f}",
        )  # fmt: skip
        return f"| {' | '.join(cells)} |"


def measured(name: str, folders: list[str]) -> Measured:
    """Runs one method in a process of its own; raises RuntimeError where it fails."""
    command = [sys.executable, "-m", "benchmarks.peers.run", name, *folders]
    with tempfile.TemporaryFile() as out:
        started = subprocess.Popen(command, cwd=ROOT, env=os.environ | ALONE, stdout=out)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode:
            raise RuntimeError(f"{name} ended with {started.returncode}")
        out.seek(0)
        return Measured(name, json.loads(out.read()), used.ru_maxrss / 1024)


def table(aim: str, rows: list[Measured]) -> str:
    """A Markdown table of one aim."""
    head = [f"| {' | '.join(HEADINGS)} |", f"|---|{'---:|' * (len(HEADINGS) - 1)}"]
    return "\n".join([f"Thresholds chosen for {aim}:", "", *head, *(r.line(aim) for r in rows)])


def main() -> None:
    """Runs every method and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--only", help="methods whose name contains this")
    asked = parser.parse_args()
    given = [ROOT / "benchmarks" / "cases", *asked.folders]
    folders = [str(folder.resolve()) for folder in given]
    rows = []
    for name in METHODS:
        if (asked.only or "") in name:
            print(f"{name} ...", file=sys.stderr)
            rows.append(measured(name, folders))
    cases = cases_in(folders)
    authors = len({case.author for case in cases})
    accounts = sum(len(case.accounts) for case in cases)
    print(f"{len(cases)} cases, {accounts} records, {authors} authors, each left out in turn.\n")
    print("\n\n".join(table(aim, rows) for aim in AIMS))


if __name__ == "__main__":
    main()
