"""One file a case: sources, records with their versions, decisions, and a log that is chained."""

from chronology.casefile.casefile import CaseFile, as_text
from chronology.casefile.contradictions import ContradictionError
from chronology.casefile.told import (
    Added,
    AddedFile,
    Kept,
    LogLine,
    Purged,
    SourceFile,
    Version,
)
from chronology.errors import (
    AlteredCaseError,
    CaseBusyError,
    NewerFormatError,
    NotACaseFileError,
    UnknownRecordError,
)

__all__ = [
    "Added",
    "AddedFile",
    "AlteredCaseError",
    "CaseBusyError",
    "CaseFile",
    "ContradictionError",
    "Kept",
    "LogLine",
    "NewerFormatError",
    "NotACaseFileError",
    "Purged",
    "SourceFile",
    "UnknownRecordError",
    "Version",
    "as_text",
]
