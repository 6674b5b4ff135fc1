"""An output file appears whole or not at all."""

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from chronology.errors import UnwritableOutputError

#: What to tell the user, by the number the system gives the fault.
_FAULTS: dict[int, str] = {
    errno.ENOSPC: "The disk is full. Make room and run again.",
    errno.EDQUOT: "Your space on this drive is used up. Make room and run again.",
    errno.EFBIG: "The file is larger than this drive allows. Choose another folder.",
    errno.EROFS: "The folder can only be read. Choose another folder.",
    errno.ENOENT: "The folder does not exist. Make it first or choose another.",
    errno.ENOTDIR: "The folder does not exist. Make it first or choose another.",
    errno.EISDIR: "A folder has this name. Choose another name.",
    errno.ENAMETOOLONG: "The name is too long. Choose a shorter one.",
}


def write_bytes_whole(path: Path, data: bytes) -> None:
    """Write a file readable by its owner only, first beside its place and then into it.

    Raises UnwritableOutputError; what stood there before is then untouched.
    """
    write_pieces_whole(path, (data,))


def write_pieces_whole(path: Path, pieces: Iterable[str | bytes]) -> None:
    """The same piece by piece, so that a long text need never be held at once; text as UTF-8.

    Raises UnicodeEncodeError, too, where a piece holds half a character.
    """
    if path.is_dir():
        raise UnwritableOutputError(_sentence(path, _FAULTS[errno.EISDIR]))
    try:
        _remove_leftovers(path)
        part = _write_beside(path, pieces)
    except PermissionError as fault:
        advice = "You may not write in this folder. Choose another folder."
        raise UnwritableOutputError(_sentence(path, advice)) from fault
    except OSError as fault:
        raise UnwritableOutputError(_sentence(path, _advice(fault))) from fault
    _move(part, path)


def _write_beside(path: Path, pieces: Iterable[str | bytes]) -> Path:
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8") if isinstance(piece, str) else piece)
            file.flush()
            os.fsync(file.fileno())
    except (OSError, UnicodeEncodeError):
        part.unlink(missing_ok=True)
        raise
    return part


def _move(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError as fault:
        part.unlink(missing_ok=True)
        program = "in Excel" if path.suffix == ".xlsx" else "in the program that has it open"
        advice = f"Close {path.name} {program} and run again."
        raise UnwritableOutputError(_sentence(path, advice)) from fault
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise UnwritableOutputError(_sentence(path, _advice(fault))) from fault
    _sync_folder(path.parent)


def _remove_leftovers(path: Path) -> None:
    """Take away what a run that was cut off left beside this output."""
    leftover = re.compile(re.escape(_prefix(path)) + r"[^.]+\.part")
    for entry in sorted(path.parent.iterdir()):
        if leftover.fullmatch(entry.name):
            entry.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    return f".{path.name[:100]}."


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a power cut, where the system can (Windows cannot)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _advice(fault: OSError) -> str:
    return _FAULTS.get(fault.errno or 0, f"The system says: {fault.strerror or fault}.")


def _sentence(path: Path, advice: str) -> str:
    return f"{path} could not be written. {advice}"
