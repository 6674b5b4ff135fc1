"""A reviewer at a new case, and at one with two agencies' files in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("flask")
pytest.importorskip("waitress")

from tests.review.desks import POLICE, SCHOOL, Reviewer, an_export, reviewing


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Reviewer]:
    """At a case without any file."""
    with reviewing(tmp_path) as reviewer:
        yield reviewer


@pytest.fixture
def reviewer(newcomer: Reviewer, tmp_path: Path) -> Reviewer:
    """At a case of two files and four accounts."""
    newcomer.send(
        an_export(tmp_path / "police_log.csv", POLICE),
        an_export(tmp_path / "school_log.csv", SCHOOL),
    )
    return newcomer
