"""Which files are read: those named, and every file in the folders named."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: What Windows and macOS leave in folders.
NOT_INPUTS: Final = frozenset({"desktop.ini", "thumbs.db"})
#: Written beside an export by ``chronology inspect``; in a folder it is no export itself.
MAPPING_ENDING: Final = ".mapping.txt"
#: A case file, and what lies beside one while it is being changed.
CASE_ENDINGS: Final = (".chronology", ".chronology-journal")
#: What ``chronology build`` writes into one folder; the three together are results, not exports.
RESULTS: Final = frozenset({"chronology.xlsx", "chronology.html", "chronology.json"})


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, the name it is shown by, and the folders it lies in below the one given."""

    path: Path
    shown: str
    place: str = ""


def find_inputs(paths: Sequence[Path], leave_alone: Sequence[Path] = ()) -> tuple[Input, ...]:
    """Every file to be read, once, in an order that does not depend on the file system.

    What cannot be read (a file of another kind, a folder that does not open, a link to a folder)
    is taken too, so that its refusal is said and counted. Hidden and temporary files (``.x``,
    ``~$x``), saved mappings, case files, earlier results of this program and the files of
    ``leave_alone`` are not looked at inside a folder.
    """
    passed_over = {os.path.realpath(path) for path in leave_alone}
    found: dict[str, tuple[Path, str]] = {}
    for path in paths:
        inside = path.is_dir()
        for file in sorted(_below(path)) if inside else (path,):
            place = " ".join(file.relative_to(path).parts[:-1]) if inside else ""
            real = os.path.realpath(file)
            if not inside or real not in passed_over:
                found.setdefault(real, (file, place))
    shown = _shown([file for file, _ in found.values()])
    inputs = (
        Input(file, name, place) for name, (file, place) in zip(shown, found.values(), strict=True)
    )
    return tuple(sorted(inputs, key=lambda item: (item.shown, str(item.path))))


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, and the folders below it that cannot be gone into."""
    closed: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(where)
        folders[:] = [name for name in folders if not _is_hidden(name)]
        yield from (here / name for name in folders if (here / name).is_symlink())
        results = RESULTS if set(files) >= RESULTS else frozenset()
        wanted = (name for name in files if name not in results)
        yield from (here / name for name in wanted if not _is_hidden(name) and _is_input(name))
    yield from (Path(fault.filename) for fault in closed)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _is_input(name: str) -> bool:
    plain = name.lower()
    return plain not in NOT_INPUTS and not plain.endswith((MAPPING_ENDING, *CASE_ENDINGS))


def _shown(files: Sequence[Path]) -> list[str]:
    """Each file's name, with as many of its folders as it takes to tell it from the others."""
    names = [file.name for file in files]
    for depth in range(2, max((len(file.parts) for file in files), default=0) + 1):
        times = Counter(names)
        if len(times) == len(names):
            break
        names = [
            "/".join(file.parts[-depth:]) if times[name] > 1 else name
            for name, file in zip(names, files, strict=True)
        ]
    return names
