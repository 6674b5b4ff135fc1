"""A workbook that comes back from review: what people decided in it, and what could not be taken.

Nothing is guessed: a row that cannot be understood is refused with its row and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from chronology.account import Account
from chronology.decisions import Decision
from chronology.errors import MappingMismatchError
from chronology.reading import read
from chronology.reviewed.answers import answers_in
from chronology.reviewed.found import Answer, Refusal, Remark, Reviewed
from chronology.reviewed.records import Records
from chronology.reviewed.remarks import remarks_in
from chronology.reviewed.tables import ANSWERS, REMARKS, tables_in

__all__ = ["Answer", "Refusal", "Remark", "Reviewed", "read_decisions"]


def read_decisions(
    path: Path, accounts: Iterable[Account] = (), decisions: Sequence[Decision] = ()
) -> Reviewed:
    """Every decision and every text a reviewer wrote in a workbook, wherever its table stands now.

    ``accounts`` are the records of the case in all their versions. With them every key is checked
    against the record shown beside it, and a lost key is found again by the record's place.
    ``decisions`` are those made before, undone ones included: what they wrote is no news. Where
    records go by other ids now, give each decision under both.

    Raises UnreadableFileError for a file that cannot be read, and MappingMismatchError for one
    that holds no table for review.
    """
    document = read(path)
    records = Records(accounts)
    asked = tables_in(document, ANSWERS)
    timelines = tables_in(document, REMARKS)
    if not asked and not timelines:
        raise MappingMismatchError(_nothing_for_review(document.file))
    answers, unclear, unanswered = answers_in(asked, records)
    remarks, unplaced = remarks_in(timelines, records, decisions)
    return Reviewed(
        file=document.file,
        sha256=document.sha256,
        answers=answers,
        remarks=remarks,
        refused=tuple(sorted((*unclear, *unplaced))),
        unanswered=unanswered,
        notes=tuple(dict.fromkeys(note for table in (*asked, *timelines) for note in table.notes)),
    )


def _nothing_for_review(file: str) -> str:
    return (
        f"{file} holds no table for review. This program looks for a row of headings with"
        " 'Decision', 'Record A id' and 'Record B id', as on the sheet To review of"
        " chronology.xlsx. Put the headings back, or write a new workbook and copy the decisions"
        " into it."
    )
