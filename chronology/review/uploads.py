"""Files handed over by the browser, kept in a folder of one's own until the program ends."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from werkzeug.datastructures import FileStorage

#: Bytes of all files sent at once.
MOST_BYTES = 400 * 1024 * 1024
#: Letters of a file's name that are kept; a longer one is cut before its ending.
LONGEST_NAME = 120

#: What some system cannot have in a name, and what cannot be seen.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f]')
#: Names that Windows keeps for devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Inbox:
    """A private folder; each batch of files has a folder of its own in it."""

    def __init__(self) -> None:
        self._holder = tempfile.TemporaryDirectory(prefix="chronology-")
        self._batches = 0

    @property
    def folder(self) -> Path:
        """Where the files lie, for nobody else to read."""
        return Path(self._holder.name)

    def take(self, sent: Iterable[FileStorage]) -> tuple[Path, ...]:
        """Stores what was sent under its own name; two of one name in folders of their own."""
        self._batches += 1
        taken: list[Path] = []
        for number, file in enumerate(sent):
            name = safe_name(file.filename or "")
            if not name:
                continue
            folder = self.folder / str(self._batches)
            if (folder / name).exists():
                folder = folder / str(number)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.save(folder / name)
            (folder / name).chmod(0o600)
            taken.append(folder / name)
        return tuple(taken)

    def empty(self, spared: Iterable[Path] = ()) -> None:
        """Removes every file that was handed over but these."""
        stays = frozenset(spared)
        for folder in sorted(self.folder.iterdir()):
            within = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            if stays.isdisjoint(within):
                shutil.rmtree(folder, ignore_errors=True)
            for path in within:
                if path not in stays:
                    path.unlink(missing_ok=True)

    def close(self) -> None:
        """Removes the folder and everything in it."""
        self._holder.cleanup()


def sha256_of(path: Path) -> str:
    """By which the very same file is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def safe_name(name: str) -> str:
    """The last part of a name a browser sent, safe to store; "" where nothing is left of it."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    clean = _NOT_IN_NAMES.sub("_", last).strip(" .")
    if _DEVICES.fullmatch(clean):
        clean = f"_{clean}"
    if len(clean) > LONGEST_NAME:
        stem, dot, ending = clean.rpartition(".")
        clean = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[-LONGEST_NAME:]
    return clean
