"""Killed at any moment, a case is as it was before the change or as it is after it."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest
from exports import ROWS, a_case, added, write_csv

from chronology.casefile import CaseFile
from chronology.errors import UnwritableOutputError

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "crash_safety.py"
KILLS = 12


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this machine does not fork")
def test_a_killed_program_leaves_a_whole_case_and_whole_outputs(tmp_path):
    spec = importlib.util.spec_from_file_location("crash_safety", SCRIPT)
    crash_safety = importlib.util.module_from_spec(spec)
    sys.modules["crash_safety"] = crash_safety
    spec.loader.exec_module(crash_safety)
    crash_safety.prepare(tmp_path)
    tally = crash_safety.Tally()
    for seed in range(KILLS):
        crash_safety.kill_once(tmp_path, seed, tally)
    assert tally.faults == []
    assert tally.kills == KILLS
    assert tally.inside > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this machine does not fork")
def test_two_programs_that_write_at_once_lose_nothing(tmp_path):
    with a_case(tmp_path) as case:
        path = case.path
        about = [account.id for account in case.accounts()]
    children = []
    for name in ("A", "B"):
        child = os.fork()
        if child == 0:
            with CaseFile.open(path) as own:
                for number in range(15):
                    own.decide(
                        "analysis", about[:1], f"{name}{number}", name, "2026-05-03T10:00:00"
                    )
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    with CaseFile.open(path) as case:
        told = [decision.value for decision in case.decisions()]
        assert sorted(told) == sorted(f"{name}{n}" for name in "AB" for n in range(15))
        assert case.verify() == ()


def test_a_file_that_may_not_grow_leaves_the_case_as_it_was(tmp_path):
    resource = pytest.importorskip("resource")
    with a_case(tmp_path) as case:
        before = case.accounts()
        more = [row.but(details=row.details + " x" * 9000, day="09/09/2021") for row in ROWS]
        path = write_csv(tmp_path / "more_log.csv", more)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (case.path.stat().st_size + 4096, limits[1]))
        try:
            with pytest.raises(UnwritableOutputError, match="as it was before"):
                added(case, path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (case.accounts(), case.verify()) == (before, ())
        assert added(case, path).new == len(ROWS)
