"""A file handed over in this run: where it lies, and what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chronology.account import Agency
from chronology.casefile import AddedFile
from chronology.importers import Given, Mapping


@dataclass(frozen=True, slots=True)
class Handed:
    """One file, what was stated about it, and what adding it gave last."""

    number: int
    path: Path
    given: Given
    gave: AddedFile
    mapping: Mapping | None = None
    #: Whose file the case takes it for, where the case has it already.
    agency: Agency | None = None
    #: Whether it was taken into the case in this run, not only handed over again.
    was_added: bool = True
