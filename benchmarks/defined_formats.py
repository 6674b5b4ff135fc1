"""Files of defined formats: chronology's read and extract beside the peer that only parses them.

Run: python benchmarks/defined_formats.py [--rows 100000] [--runs 3] [--only annex_a]

Each pair reads the same bytes, each in a process of its own, imports not counted. The peer gives a
table or a tree; chronology gives dated, sourced accounts and what was left out, so the ratio says
what the whole of reading costs beside parsing alone.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

#: What is timed in each process: seconds of the marked part, processor seconds, peak memory.
FRAME = """
import json, resource, sys, time
from pathlib import Path
{imports}
path = Path(sys.argv[1])
start, before = time.perf_counter(), time.process_time()
{work}
seconds, cpu = time.perf_counter() - start, time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"seconds": seconds, "cpu": cpu, "peak_mb": peak, "count": count}}))
"""
OURS = (
    "from chronology.reading import read\nfrom chronology.importers import extract",
    "found = extract(read(path))\ncount = len(found.accounts) + len(found.left_out)",
)
PANDAS_EXCEL = (
    "import pandas",
    (
        "sheets = pandas.read_excel(path, sheet_name=None, header=1, engine='openpyxl')\n"
        "count = sum(map(len, sheets.values()))"
    ),
)
PANDAS_CSV = ("import pandas", "count = len(pandas.read_csv(path, dtype=str))")
TREE = (
    "from xml.etree import ElementTree",
    "count = sum(1 for _ in ElementTree.parse(path).getroot().iter('Child'))",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A format, how a file of so many rows of it is made, and the peer that reads it too."""

    format: str
    peer: str
    make: Callable[[Path, int], Path]
    reads: tuple[str, str]


#: How the rows of an Annex A spread over its lists; most are contacts.
SPREAD = {1: 0.4, 2: 0.1, 3: 0.15, 4: 0.12, 5: 0.06, 6: 0.09, 7: 0.03, 8: 0.03, 9: 0.015, 10: 0.005}
CODES = {
    "source": ("1A", "6", "q) 6: Police", "e) 2A: Schools", "3C", "7 - Police", "Health visitor"),
    "yes_no": ("a) Yes", "b) No", "Y", "N", "1", "No"),
    "need": ("N1", "N1 - Abuse or neglect", "N5", "N4"),
    "abuse": ("a) Neglect", "NEG", "b) Physical abuse", "d) Emotional abuse"),
}
DAY_ZERO = date(2022, 1, 1)


def write_annex_a(folder: Path, rows: int) -> Path:
    """A workbook of invented children on ten lists, with real dates under a merged title."""
    from xlsxwriter import Workbook

    from chronology.importers.defined.annex_a_lists import LISTS

    rng = random.Random(7)
    path = folder / "annex_a.xlsx"
    with Workbook(str(path), {"constant_memory": True}) as book:
        shown = book.add_format({"num_format": "dd/mm/yyyy"})
        for listing in LISTS[:10]:
            sheet = book.add_worksheet(f"List_{listing.number}")
            sheet.write(0, 0, f"List {listing.number}: {listing.title}")
            common = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth"]
            headings = [*common, "Age of Child (Years)", *(c.heading for c in listing.own)]
            headings += ["Allocated Team", "Allocated Worker"]
            sheet.write_row(1, 0, headings)
            for row in range(2, 2 + round(rows * SPREAD[listing.number])):
                number = rng.randrange(1, rows // 3)
                born = DAY_ZERO - timedelta(days=number % 6000)
                sheet.write_row(row, 0, [f"{number:07}", "a) Male", "a) WBRI"])
                sheet.write_datetime(row, 3, born, shown)
                sheet.write_number(row, 4, number % 17)
                for column, one in enumerate(listing.own, start=5):
                    if one.fact and rng.random() < 0.9:
                        day = DAY_ZERO + timedelta(days=rng.randrange(700))
                        sheet.write_datetime(row, column, day, shown)
                    elif not one.fact:
                        said = rng.choice(CODES.get(one.codes, ("2", "Team view", "b) Other")))
                        sheet.write_string(row, column, said)
                worker = (f"Team {number % 40}", f"Worker {number % 300}")
                sheet.write_row(row, 5 + len(listing.own), worker)
    return path


def write_ssda903(folder: Path, rows: int) -> Path:
    """The episodes of invented children, most of them going on in the next row."""
    rng = random.Random(7)
    headings = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE"
    lines = [f"{headings},HOME_POST,PL_POST,URN"]
    number = 100_000
    while len(lines) <= rows:
        number += 1
        day = DAY_ZERO - timedelta(days=rng.randrange(3000))
        spans = rng.randint(1, 6)
        for span in range(spans):
            end, last = day + timedelta(days=rng.randint(5, 300)), span + 1 == spans
            why, reason = ("E4A", "") if last else ("X1", "CARPL")
            began = "S" if span == 0 else rng.choice("LPTBU")
            codes = f"{began},{rng.choice(('C1', 'C2', 'V2'))},N1,{rng.choice(('U6', 'K2'))},PR1"
            dates = f"{number},{day:%d/%m/%Y},{codes},{end:%d/%m/%Y}"
            lines.append(f"{dates},{why},{reason},ZZ99 1AA,ZZ99 2BB,SC000001")
            day = end
    path = folder / "episodes.csv"
    path.write_text("\n".join(lines[: rows + 1]) + "\n", encoding="utf-8")
    return path


def write_cin_census(folder: Path, rows: int) -> Path:
    """A census of invented children; a row stands for one date that it holds."""
    rng = random.Random(7)
    parts = ["<Message><Header/><Children>"]
    for number in range(rows // 5):
        days = [DAY_ZERO + timedelta(days=rng.randrange(700)) for _ in range(5)]
        parts.append(
            f"<Child><ChildIdentifiers><LAchildID>{number:07}</LAchildID><Sex>F</Sex>"
            "</ChildIdentifiers><CINdetails>"
            f"<CINreferralDate>{days[0]}</CINreferralDate><ReferralSource>6</ReferralSource>"
            f"<Assessments><AssessmentActualStartDate>{days[1]}</AssessmentActualStartDate>"
            f"<AssessmentAuthorisationDate>{days[2]}</AssessmentAuthorisationDate>"
            "<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors>"
            "</FactorsIdentifiedAtAssessment></Assessments><ChildProtectionPlans>"
            f"<CPPstartDate>{days[3]}</CPPstartDate><Reviews>"
            f"<CPPreviewDate>{days[4]}</CPPreviewDate></Reviews></ChildProtectionPlans>"
            "</CINdetails></Child>\n"
        )
    path = folder / "census.xml"
    path.write_text("".join((*parts, "</Children></Message>")), encoding="utf-8")
    return path


PAIRS: tuple[Pair, ...] = (
    Pair("annex_a", "pandas.read_excel (openpyxl)", write_annex_a, PANDAS_EXCEL),
    Pair("ssda903", "pandas.read_csv", write_ssda903, PANDAS_CSV),
    Pair("cin_census", "xml.etree.ElementTree", write_cin_census, TREE),
)


def timed(reads: tuple[str, str], path: Path) -> dict[str, float]:
    """One reading of a file in a process of its own."""
    code = FRAME.format(imports=reads[0], work=reads[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compare(pair: Pair, rows: int, runs: int) -> None:
    """Both readings of one file by turns, their medians printed with the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = pair.make(Path(folder), rows)
        size = path.stat().st_size / 1e6
        both = [(timed(OURS, path), timed(pair.reads, path)) for _ in range(runs)]
    print(f"{pair.format}: {rows:,} rows, {size:.1f} MB, median of {runs} runs")
    medians = []
    for name, side in (("chronology", 0), (pair.peer, 1)):
        cpu = statistics.median(one[side]["cpu"] for one in both)
        seconds = statistics.median(one[side]["seconds"] for one in both)
        peak = statistics.median(one[side]["peak_mb"] for one in both)
        count = int(both[0][side]["count"])
        medians.append((seconds, cpu, peak))
        print(
            f"  {name}: {seconds:.1f} s ({cpu:.1f} s of processor), {rows / seconds:,.0f} rows a"
            f" second, {peak:,.0f} MB, {count:,} records"
        )
    (ours, our_cpu, our_peak), (theirs, their_cpu, their_peak) = medians
    print(
        f"  ratio: {ours / theirs:.2f} times the time ({our_cpu / their_cpu:.2f} of processor),"
        f" {our_peak / their_peak:.2f} times the memory"
    )


def main() -> None:
    """Every pair, or one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    for pair in PAIRS:
        if given.only in ("", pair.format):
            compare(pair, given.rows, given.runs)


if __name__ == "__main__":
    main()
