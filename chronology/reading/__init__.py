"""A file of any kind that is read, as numbered lines of text cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading.archive import Archive
from chronology.reading.delimited import read_delimited
from chronology.reading.gate import Intake, admit
from chronology.reading.grid import Document, Grid, Line
from chronology.reading.kinds import SUFFIXES, Kind, mismatch, misnamed, recognise
from chronology.reading.legacy import read_legacy
from chronology.reading.mail import read_mail
from chronology.reading.markup import read_markup
from chronology.reading.notation import read_notation
from chronology.reading.opendocument import read_opendocument
from chronology.reading.word import read_word
from chronology.reading.workbook import read_workbook

__all__ = ["READABLE", "Document", "Grid", "Line", "read"]

#: Endings of the names of files that are looked for in a folder. What a file is, its bytes say.
READABLE: Final = frozenset(SUFFIXES)


def _read_print_out(intake: Intake) -> Document:
    # Loaded when the first PDF comes: its libraries take half a second.
    from chronology.reading.print_out import read_print_out

    return read_print_out(intake)


#: The reader of each kind that is no archive.
_BY_KIND: Final[dict[Kind, Callable[[Intake], Document]]] = {
    Kind.DELIMITED: read_delimited,
    Kind.XLS: read_legacy,
    Kind.XML: read_markup,
    Kind.JSON: read_notation,
    Kind.PDF: _read_print_out,
    Kind.EMAIL: read_mail,
}


def read(path: Path) -> Document:
    """Everything a file holds in rows; raises UnreadableFileError, saying what to do, if nothing.

    The file is read once, never run, never unpacked to disk, and no link in it is followed.
    """
    intake = admit(path)
    kind, archive = recognise(intake)
    try:
        document = _read_as(intake, kind, archive)
    except UnreadableFileError as fault:
        if kind is Kind.DELIMITED and (told := misnamed(intake.name, kind)):
            raise UnreadableFileError(told) from fault
        raise
    note = mismatch(intake, kind)
    return replace(document, notes=(note, *document.notes)) if note else document


def _read_as(intake: Intake, kind: Kind, archive: Archive | None) -> Document:
    if archive is not None and kind is Kind.XLSX:
        return read_workbook(intake, archive)
    if archive is not None and kind is Kind.DOCX:
        return read_word(intake, archive)
    if kind in _BY_KIND:
        return _BY_KIND[kind](intake)
    if archive is not None and kind is Kind.ODS:
        return read_opendocument(intake, archive)
    raise UnreadableFileError("This is a zip folder, not a document. Name the files inside it.")
