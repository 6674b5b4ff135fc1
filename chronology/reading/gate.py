"""The way in: what is let near a parser, and the published limits on size and shape."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chronology.errors import UnreadableFileError

MB: Final = 1024 * 1024

#: The largest file that is opened at all.
MAX_FILE: Final = 100 * MB
#: What an Office file may unpack to, counted while unpacking, not as the file claims.
MAX_UNPACKED: Final = 500 * MB
#: Unpacked size over packed size; asked only of what unpacks to more than ``RATIO_FROM``.
MAX_RATIO: Final = 200
RATIO_FROM: Final = 10 * MB
#: Parts inside an Office file.
MAX_MEMBERS: Final = 2_000
#: How deep XML may be nested.
MAX_DEPTH: Final = 100
#: Excel's own limits.
MAX_COLUMNS: Final = 16_384
MAX_ROWS: Final = 1_048_576
#: Characters in one cell.
MAX_CELL: Final = 20 * MB
#: Rows times columns of one sheet or table, blank cells counted.
MAX_CELLS: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Intake:
    """A file's bytes, read once, with the name and the digest every grid carries."""

    name: str
    suffix: str
    sha256: str
    data: bytes


def admit(path: Path) -> Intake:
    """The file's bytes, or a refusal: a folder, nothing in it, too large, not to be opened."""
    _refuse_what_is_no_file(path)
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise UnreadableFileError(
            f"This file could not be opened ({fault.strerror or 'the disk gave no reason'}). "
            "Close it in other programs, check that you may read it, and try again."
        ) from fault
    if not data.strip(b"\x00"):
        raise UnreadableFileError(
            "This file is empty. Ask for it again, or check that it was saved and copied whole."
        )
    refuse_over(len(data), MAX_FILE, "The file is larger than 100 MB.")
    return Intake(path.name, path.suffix.lower(), hashlib.sha256(data).hexdigest(), data)


def refuse_over(count: int, limit: int, sentence: str) -> None:
    """Refuse what passes a limit, with the sentence that names it and what to do."""
    if count > limit:
        raise UnreadableFileError(f"{sentence} Split it into smaller files and try again.")


def damaged(
    what: str = "This file", program: str = "the program that made it"
) -> UnreadableFileError:
    """The refusal for what starts well and cannot be read to the end."""
    return UnreadableFileError(
        f"{what} is damaged or was copied only in part. Open it in {program} and save it again, "
        "or ask for it to be sent again."
    )


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise UnreadableFileError(_why_no_folder(path))
        if not path.exists():
            raise UnreadableFileError("There is no such file. Check its name and where it stands.")
        if not path.is_file():
            raise UnreadableFileError("This is not an ordinary file. Copy it to a folder first.")
        refuse_over(path.stat().st_size, MAX_FILE, "The file is larger than 100 MB.")
    except (OSError, ValueError) as fault:
        raise UnreadableFileError(
            "This file cannot be reached. Check its name, and that you may open its folder."
        ) from fault


def _why_no_folder(path: Path) -> str:
    if path.is_symlink():
        return "This is a link to a folder, and links are not followed. Name that folder itself."
    if not os.access(path, os.R_OK | os.X_OK):
        return "This folder cannot be opened. Check that you may read it, and try again."
    return "This is a folder, not a file. Name the files inside it."
