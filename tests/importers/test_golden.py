"""One messy file for each importer, and beside it in plain text what must come of it.

``pytest tests/importers --update-golden`` writes the .golden files anew; read the difference.
"""

from pathlib import Path

import pytest

from chronology.account import Account
from chronology.importers import IMPORTERS, Extract, extract
from chronology.importers.headings import label
from chronology.reading import read

HERE = Path(__file__).parent
SUFFIXES = (".csv", ".xlsx", ".docx", ".pdf")
SAMPLES = sorted(path for path in HERE.glob("*/*") if path.suffix in SUFFIXES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_gives_what_its_golden_file_says(sample: Path, updating: bool) -> None:
    golden = sample.with_suffix(".golden")
    found = extract(read(sample))
    if updating:
        golden.write_text(told(found), encoding="utf-8", newline="\n")
    assert told(found) == golden.read_text(encoding="utf-8")
    assert found.importer == sample.parent.name


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_every_importer_has_a_sample(importer: object) -> None:
    assert any(path.parent.name == importer.name for path in SAMPLES)  # type: ignore[attr-defined]


def told(found: Extract) -> str:
    """An extract in lines a person can check against the file."""
    lines = [f"importer: {found.importer}", f"agency: {found.agency_why}"]
    if found.organisation:
        lines.append(f"organisation: {found.organisation}")
    for layout in found.layouts:
        lines += [f"column: {c.heading!r} = {label(c.field) or '-'}" for c in layout.columns]
        lines += [f"doubt: {doubt}" for doubt in layout.doubts]
    lines += [f"set apart: row {row}: {text!r}" for _, row, text in found.set_apart]
    for account in found.accounts:
        lines += ["", *_account(account)]
    lines += ["", *(f"left out: row {r.source.row}: {r.reason}" for r in found.left_out)]
    lines += [f"note: {note}" for note in found.notes]
    lines.append(f"rows: {found.rows_read} = {len(found.accounts)} + {len(found.left_out)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _account(account: Account) -> list[str]:
    when = account.occurred
    facts = {
        "when": f"{when.precision} {when.start} {when.end} {when.clock or ''} ({when.written!r})",
        "type": f"{account.event_type_written!r} -> {account.event_type or '-'}",
        "narrative": repr(account.narrative),
        "outcome": account.outcome and repr(account.outcome),
        "professional": account.professional,
        "location": account.location,
        "about": "; ".join(
            f"{m.name}, born {m.born or '?'}, {' '.join(i.text for i in m.identifiers)}"
            for m in account.subjects
        ),
        "people": "; ".join(f"{m.name} [{m.role}]" for m in account.people),
        "recorded": account.recorded and str(account.recorded.start),
        "known": account.known and str(account.known.start),
        "reference": account.reference,
        "organisation": account.organisation,
        "other": account.other and repr(account.other),
        "flags": ", ".join(flag.code for flag in account.flags),
    }
    head = f"row {account.source.row}" + (f", copy {account.copy}" if account.copy else "")
    return [head, *(f"  {name}: {value}" for name, value in facts.items() if value)]
