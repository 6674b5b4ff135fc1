"""An invented file or more for each defined format, and in plain text what must come of it.

``pytest tests/importers --update-golden`` writes the .golden files anew; read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_golden import told

from chronology.importers import Extract, extract
from chronology.importers.defined import FORMATS, Format, recognised
from chronology.reading import read

HERE = Path(__file__).parent / "defined"
SAMPLES = sorted(path for path in HERE.glob("*/*") if path.suffix != ".golden")


def golden_of(sample: Path) -> Path:
    """The golden file beside a sample: two samples may differ in their ending alone."""
    return sample.with_name(f"{sample.name}.golden")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_gives_what_its_golden_file_says(sample: Path, updating: bool) -> None:
    found = extract(read(sample))
    if updating:
        golden_of(sample).write_text(said(found), encoding="utf-8", newline="\n")
    assert said(found) == golden_of(sample).read_text(encoding="utf-8")
    assert found.importer == sample.parent.name


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_format_has_a_sample_and_says_what_it_reads(one: Format) -> None:
    assert any(path.parent.name == one.name for path in SAMPLES)
    assert one.title
    assert one.reads


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_is_recognised_by_one_format_alone(sample: Path) -> None:
    document = read(sample)
    known = [one.name for one in FORMATS if one.recognises(document)]
    assert known == [sample.parent.name]
    assert recognised(document) is not None


def said(found: Extract) -> str:
    """An extract in lines a person can check, with what only defined formats have."""
    extra = [
        f"fact: {account.source}: {', '.join(account.facts)}"
        for account in found.accounts
        if account.facts
    ]
    extra += [
        f"withheld: {a.source}: {', '.join(a.withheld)}" for a in found.accounts if a.withheld
    ]
    extra += [f"withdraws: {r.source}: {r.withdraws}" for r in found.left_out if r.withdraws]
    extra += [f"person: {r.source}: {r.person.name}" for r in found.left_out if r.person]
    return told(found) + "".join(f"{line}\n" for line in extra)
