"""The same files give the same bytes, however Python happens to order what has no order."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FAMILY = ROOT / "samples" / "marrowby-family"


def written(seed: str, out: Path) -> bytes:
    """The JSON output of a build by a Python that hashes words by this seed."""
    subprocess.run(
        [sys.executable, "-m", "chronology", "build", str(FAMILY), "--out", str(out)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return (out / "chronology.json").read_bytes()


def test_the_order_of_words_in_memory_changes_nothing(tmp_path):
    assert written("1", tmp_path / "one") == written("2", tmp_path / "other")
