"""10,000 rows in ten files: chronology to all outputs against plain pandas read, sort, to_excel.

Run: python benchmarks/build_ten_files.py [--rows 10000] [--runs 3]
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

PEER = """
import sys, pandas as pd
from pathlib import Path
frames = []
for path in sorted(Path(sys.argv[1]).iterdir()):
    frame = pd.read_excel(path) if path.suffix == ".xlsx" else pd.read_csv(path)
    frame["Date"] = pd.to_datetime(frame["Date"], dayfirst=True)
    frames.append(frame)
pd.concat(frames).sort_values("Date").to_excel(sys.argv[2], index=False)
"""

#: Runs a command and reports wall seconds and peak memory of that process.
TIMED = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"code": code, "seconds": seconds, "peak_mb": peak}))
"""

HEADINGS = (
    "Date", "Time", "Child", "Date of Birth", "Contact Type", "Worker", "Location", "Case Note",
    "Outcome", "Persons Involved", "Recorded On", "Reference",
)  # fmt: skip
SENDERS = (
    "health_visiting", "gp_surgery", "hospital_emergency_department", "childrens_social_care",
    "mash", "police", "primary_school", "nursery_school", "housing_association", "probation",
)  # fmt: skip
ACTS = (
    "Home visit", "Telephone call", "Strategy meeting", "Did not attend", "Referral received",
    "Clinic appointment", "Domestic incident", "Core group", "Supervision", "School attendance",
)  # fmt: skip
SURNAMES = (
    "Abbotly Brackwell Crandish Dunmarrow Eastwick Fennimoor Garstock Hollowby Inglemoor Jessamy"
    " Kettleby Larkmoor Mossgrove Netherby Oakhollow Pendlewick Quarrington Ravensby Stockmoor"
    " Thistlewick Underby Vailmoor Wexcroft Yarrowby Ashcombly Birchmoor Coldwick Dovermoor"
    " Elmhollow Foxgrave Greyholm Hawkmoor Ivelby Juniperly Kestwick Longmarrow Mirefield"
    " Northgrave Orchardly Pinemoor"
).split()
FORENAMES = ("Jo", "Sam", "Alex", "Robin", "Kit", "Ash", "Noor")
WORDS = (
    "mother father child bruise school nurse police visit home seen alone kitchen cold bed review"
    " plan agreed call rang message left clinic weight appointment missed partner shouting door"
    " window neighbour support worker referral meeting chair minutes concern settled happy drawing"
).split()


def write_files(folder: Path, rows: int) -> None:
    """Ten files of invented rows about forty invented families, half of them workbooks."""
    from openpyxl import Workbook

    rng = random.Random(7)
    for number, sender in enumerate(SENDERS):
        table = [_row(rng, number, n) for n in range(rows // len(SENDERS))]
        if number % 2:
            book = Workbook(write_only=True)
            sheet = book.create_sheet("Export")
            sheet.append(HEADINGS)
            for row in table:
                sheet.append(row)
            book.save(folder / f"{sender}.xlsx")
        else:
            with (folder / f"{sender}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(HEADINGS)
                writer.writerows([row[0].strftime("%d/%m/%Y"), *row[1:]] for row in table)


def _row(rng: random.Random, sender: int, number: int) -> list[object]:
    family = rng.randrange(40)
    day = date(2018, 1, 1) + timedelta(days=rng.randrange(1500))
    return [
        day,
        f"{rng.randrange(8, 20):02}:{rng.randrange(0, 60, 5):02}",
        f"{FORENAMES[rng.randrange(3)]} {SURNAMES[family]}",
        f"{family % 27 + 1:02}/0{family % 9 + 1}/2012",
        rng.choice(ACTS),
        f"Worker {SENDERS[sender].title()} {'ABCDEFGH'[rng.randrange(8)]}",
        f"{rng.randrange(90)} Example Street",
        " ".join(rng.choice(WORDS) for _ in range(rng.randrange(20, 60))).capitalize() + ".",
        " ".join(rng.choice(WORDS) for _ in range(5)),
        f"Morgan {SURNAMES[family]} (mother)",
        (day + timedelta(days=rng.randrange(3))).strftime("%d/%m/%Y"),
        f"R{sender}-{number}",
    ]


def timed(command: list[str]) -> dict[str, float]:
    """Wall seconds and peak MB of one run of a command."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED, *command], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def main() -> None:
    """Times both in turn and prints medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        files, out = Path(scratch, "files"), Path(scratch, "out")
        files.mkdir()
        write_files(files, asked.rows)
        ours = [sys.executable, "-m", "chronology", "build", str(files), "--out", str(out)]
        peer = [sys.executable, "-c", PEER, str(files), str(Path(scratch, "peer.xlsx"))]
        pairs = [(timed(ours), timed(peer)) for _ in range(asked.runs)]
    for name, at in (("chronology", 0), ("pandas", 1)):
        seconds = statistics.median(pair[at]["seconds"] for pair in pairs)
        memory = statistics.median(pair[at]["peak_mb"] for pair in pairs)
        codes = sorted({int(pair[at]["code"]) for pair in pairs})
        print(f"{name:<11} {seconds:6.2f} s   {memory:6.0f} MB   exit {codes}")
    time_ratio = statistics.median(a["seconds"] / b["seconds"] for a, b in pairs)
    memory_ratio = statistics.median(a["peak_mb"] / b["peak_mb"] for a, b in pairs)
    print(f"{asked.rows} rows: {time_ratio:.2f} times pandas' time, {memory_ratio:.2f} its memory")


if __name__ == "__main__":
    main()
