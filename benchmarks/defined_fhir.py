"""FHIR bundles: chronology's read and extract beside json.load of the same files.

Run: python benchmarks/defined_fhir.py [--bundles 2000] [--runs 3]

The bundles are invented in the shape that Synthea gives its own: one patient each, 5 to 50 records,
``urn:uuid:`` references, codes with their words, times with offsets, indented. Both sides read
every file in one process, imports not counted; json.load gives a tree, chronology gives dated,
sourced accounts and what was left out.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

FRAME = """
import json, resource, sys, time
from pathlib import Path
{imports}
paths = sorted(Path(sys.argv[1]).glob("*.json"))
count = 0
start, before = time.perf_counter(), time.process_time()
for path in paths:
{work}
seconds, cpu = time.perf_counter() - start, time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"seconds": seconds, "cpu": cpu, "peak_mb": peak, "count": count}}))
"""
OURS = (
    "from chronology.reading import read\nfrom chronology.importers import extract",
    "    found = extract(read(path))\n    count += len(found.accounts) + len(found.left_out)",
)
PEER = ("", "    with path.open() as file:\n        count += len(json.load(file)['entry'])")

SNOMED = "http://snomed.info/sct"
LONDON = ZoneInfo("Europe/London")
VITALS = (
    ("8302-2", "Body height", "cm"),
    ("29463-7", "Body weight", "kg"),
    ("9843-4", "Head circumference", "cm"),
    ("8310-5", "Body temperature", "Cel"),
)
PROBLEMS = (
    ("195662009", "Acute viral pharyngitis"),
    ("65363002", "Otitis media"),
    ("283371005", "Laceration of forearm"),
    ("195967001", "Asthma"),
)
VACCINES = (("08", "Hep B, adolescent or pediatric"), ("20", "DTaP"), ("03", "MMR"))


def coded(code: str, display: str, system: str = SNOMED) -> dict[str, object]:
    """A coded value as Synthea writes it."""
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def bundle(rng: random.Random) -> dict[str, object]:
    """One invented patient with 5 to 50 records."""

    def urn() -> str:
        return f"urn:uuid:{uuid.UUID(int=rng.getrandbits(128))}"

    def moment(at: datetime) -> str:
        return at.replace(tzinfo=LONDON).isoformat(timespec="milliseconds")

    patient, practitioner, trust = urn(), urn(), urn()
    born = datetime(2005, 1, 1) + timedelta(days=rng.randrange(5000))
    entries: list[dict[str, object]] = []

    def add(full: str, kind: str, **more: object) -> None:
        resource = {"resourceType": kind, "id": full[9:], **more}
        request = {"method": "POST", "url": kind}
        entries.append({"fullUrl": full, "resource": resource, "request": request})

    add(
        patient,
        "Patient",
        meta={"profile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient"]},
        identifier=[
            {
                "system": "https://fhir.nhs.uk/Id/nhs-number",
                "value": f"999{rng.randrange(10**7):07}",
            }
        ],
        name=[
            {
                "use": "official",
                "family": rng.choice(["Vale", "Marsh"]),
                "given": [rng.choice(["Robin", "Sam"])],
            }
        ],
        gender="male",
        birthDate=f"{born:%Y-%m-%d}",
        address=[{"line": ["1 Invented Row"], "city": "Topham", "postalCode": "ZZ99 3WZ"}],
    )
    add(
        trust,
        "Organization",
        active=True,
        name="TOPHAM HOSPITAL",
        identifier=[{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "ZZ9"}],
    )
    add(
        practitioner,
        "Practitioner",
        active=True,
        name=[{"family": "Ripple", "given": ["Ellen"], "prefix": ["Dr."]}],
        gender="female",
    )
    wanted = rng.randrange(5, 51)
    subject = {"reference": patient}
    while len(entries) < wanted:
        at = born + timedelta(days=rng.randrange(1, 5000), minutes=15 * rng.randrange(32, 72))
        visit = urn()
        encounter = {"reference": visit}
        add(
            visit,
            "Encounter",
            status="finished",
            **{
                "class": {
                    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                    "code": rng.choice(["AMB", "AMB", "EMER", "IMP"]),
                }
            },
            type=[coded("410620009", "Well child visit (procedure)")],
            subject={"reference": patient, "display": "Robin Vale"},
            participant=[
                {
                    "type": [coded("PPRF", "primary performer", "http://x/v3")],
                    "period": {"start": moment(at), "end": moment(at)},
                    "individual": {"reference": practitioner, "display": "Dr. Ellen Ripple"},
                }
            ],
            period={"start": moment(at), "end": moment(at + timedelta(minutes=15))},
            serviceProvider={"reference": trust, "display": "TOPHAM HOSPITAL"},
        )
        for code, name, unit in rng.sample(VITALS, rng.randrange(1, 5)):
            quantity = {
                "value": round(rng.uniform(3, 150), 1),
                "unit": unit,
                "system": "http://unitsofmeasure.org",
                "code": unit,
            }
            category = [
                {
                    "coding": [
                        {
                            "system": "http://hl7.org/cs/observation-category",
                            "code": "vital-signs",
                            "display": "vital-signs",
                        }
                    ]
                }
            ]
            add(
                urn(),
                "Observation",
                status="final",
                category=category,
                code=coded(code, name, "http://loinc.org"),
                subject=subject,
                encounter=encounter,
                effectiveDateTime=moment(at),
                issued=moment(at),
                valueQuantity=quantity,
            )
        if rng.random() < 0.5:
            code, name = rng.choice(PROBLEMS)
            clinical = {"coding": [{"system": "http://x/condition-clinical", "code": "resolved"}]}
            verified = {
                "coding": [{"system": "http://x/condition-ver-status", "code": "confirmed"}]
            }
            add(
                urn(),
                "Condition",
                clinicalStatus=clinical,
                verificationStatus=verified,
                code=coded(code, name),
                subject=subject,
                encounter=encounter,
                onsetDateTime=moment(at),
                abatementDateTime=moment(at + timedelta(days=9)),
                recordedDate=moment(at),
            )
        if rng.random() < 0.5:
            code, name = rng.choice(VACCINES)
            add(
                urn(),
                "Immunization",
                status="completed",
                vaccineCode=coded(code, name, "http://hl7.org/fhir/sid/cvx"),
                patient=subject,
                encounter=encounter,
                occurrenceDateTime=moment(at),
                primarySource=True,
            )
        if rng.random() < 0.3:
            performed = {"start": moment(at), "end": moment(at + timedelta(minutes=30))}
            add(
                urn(),
                "Procedure",
                status="completed",
                subject=subject,
                encounter=encounter,
                code=coded("430193006", "Medication Reconciliation (procedure)"),
                performedPeriod=performed,
            )
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries[:wanted]}


def timed(reads: tuple[str, str], folder: Path) -> dict[str, float]:
    """One reading of every file in a process of its own."""
    code = FRAME.format(imports=reads[0], work=reads[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Writes the bundles, reads them by turns, prints the medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundles", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(given.bundles):
            text = json.dumps(bundle(rng), indent=2)
            (folder / f"{number:05}.json").write_text(text, encoding="utf-8")
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        both = [(timed(OURS, folder), timed(PEER, folder)) for _ in range(given.runs)]
    print(f"{given.bundles:,} bundles, {size:.1f} MB, median of {given.runs} runs")
    medians = []
    for who, side in (("chronology", 0), ("json.load", 1)):
        seconds, cpu, peak = (
            statistics.median(one[side][what] for one in both)
            for what in ("seconds", "cpu", "peak_mb")
        )
        medians.append((seconds, cpu))
        print(
            f"  {who}: {seconds:.2f} s ({cpu:.2f} s of processor), {size / seconds:.1f} MB a"
            f" second, {peak:,.0f} MB, {int(both[0][side]['count']):,} records"
        )
    (ours, our_cpu), (theirs, their_cpu) = medians
    print(f"  ratio: {ours / theirs:.2f} times the time ({our_cpu / their_cpu:.2f} of processor)")


if __name__ == "__main__":
    main()
