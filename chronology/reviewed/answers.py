"""The answers to the pairs put to a person, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chronology.decisions import Pair, pair_of
from chronology.render.columns import (
    DECIDED_ON,
    DECISION,
    INITIALS,
    NOTE,
    RECORD_A,
    RECORD_A_ID,
    RECORD_B,
    RECORD_B_ID,
)
from chronology.reviewed.found import Answer, Refusal
from chronology.reviewed.records import ID, Records
from chronology.reviewed.tables import Table, Written, plain

#: Every way of answering that can only mean one thing, free of case, blanks and signs.
ANSWERS: dict[str, str] = {
    **dict.fromkeys(
        ("same", "s", "the same", "same event", "same occurrence", "yes", "y", "yes same"), "same"
    ),
    **dict.fromkeys(
        (
            *("different", "d", "diff", "not same", "not the same", "no", "no different"),
            *("different event", "different events", "different occurrences"),
        ),
        "different",
    ),
    **dict.fromkeys(
        ("not sure", "unsure", "ns", "n s", "u", "don t know", "dont know", "not known"), "unsure"
    ),
}
#: What is shown for an answer in a sentence.
SAID = {"same": "same", "different": "different", "unsure": "not sure"}


_WITHOUT_DECISION = (
    "It has a note, initials, a date or a formula but no decision. Choose a decision, or clear"
    " the other cells."
)


class _UnclearError(Exception):
    """Why a row is not taken."""


def answers_in(
    tables: Sequence[Table], records: Records
) -> tuple[tuple[Answer, ...], tuple[Refusal, ...], int]:
    """Each pair's answer once, the rows refused, and how many pairs have no answer yet."""
    read: list[Answer] = []
    refused: list[Refusal] = []
    waiting: dict[Pair, None] = {}
    for row in (row for table in tables for row in table.rows):
        try:
            if row.under(DECISION):
                read.append(_answer(row, records))
            elif _left_words(row) or row.has_formula:
                refused.append(Refusal(row.sheet, row.row, _WITHOUT_DECISION))
            elif ids := _given(row):
                waiting[ids] = None
        except _UnclearError as why:
            refused.append(Refusal(row.sheet, row.row, str(why)))
    answers, contradicting = _one_for_each_pair(read)
    decided = {answer.accounts for answer in read}
    return answers, (*refused, *contradicting), sum(pair not in decided for pair in waiting)


def _left_words(row: Written) -> bool:
    return any(row.under(heading) for heading in (NOTE, INITIALS, DECIDED_ON))


def _given(row: Written) -> Pair | None:
    """The pair a row names, where its keys are whole."""
    a, b = _key(row, RECORD_A_ID), _key(row, RECORD_B_ID)
    return pair_of(a, b) if ID.fullmatch(a) and ID.fullmatch(b) else None


def _answer(row: Written, records: Records) -> Answer:
    kind = _kind(row)
    if row.is_struck:
        raise _UnclearError(
            "Text in this row is struck out, so it is not clear whether the decision holds. Take"
            " the line through it away, or clear the decision."
        )
    return Answer(
        kind=kind,
        accounts=_pair(row, records),
        reason=row.under(NOTE),
        sheet=row.sheet,
        row=row.row,
        initials=row.under(INITIALS),
        decided_on=row.under(DECIDED_ON),
    )


def _kind(row: Written) -> str:
    said = row.under(DECISION)
    kind = "unsure" if set(said) == {"?"} else ANSWERS.get(plain(said))
    if kind is None or ("?" in said and kind != "unsure"):
        raise _UnclearError(
            f"The decision '{_short(said)}' is not understood. Write same, different or not sure;"
            " anything else belongs under Note."
        )
    return kind


def _pair(row: Written, records: Records) -> Pair:
    a = _side(row, RECORD_A_ID, RECORD_A, records)
    b = _side(row, RECORD_B_ID, RECORD_B, records)
    if a == b:
        raise _UnclearError(
            f"Its two keys name the same record. Copy {RECORD_A_ID} and {RECORD_B_ID} of this pair"
            " from the workbook as it was written."
        )
    _check_shown(row, a, b, records)
    return pair_of(a, b)


def _side(row: Written, key: str, shown: str, records: Records) -> str:
    """The id of one record of the pair, by its key or, where that is blank, by its place."""
    one = _key(row, key)
    if not one:
        return _by_place(row, key, shown, records)
    if not ID.fullmatch(one):
        raise _UnclearError(
            f"The key '{_short(one)}' under {key} is damaged. Copy it again from the workbook as"
            " it was written."
        )
    if records.are_known and not records.has(one):
        raise _UnclearError(
            f"The key '{one}' under {key} is that of no record of this case. Check that the"
            " workbook was written from this case."
        )
    return one


def _key(row: Written, heading: str) -> str:
    return row.under(heading).lstrip("'").strip().casefold()


def _by_place(row: Written, key: str, shown: str, records: Records) -> str:
    found = records.shown_in(row.under(shown))
    if len(found) == 1:
        return found[0]
    why = "more than one record fits" if found else "no record could be found"
    raise _UnclearError(
        f"Nothing stands under {key}, and {why} by the place named under {shown}. Copy the key"
        " from the workbook as it was written."
    )


def _check_shown(row: Written, a: str, b: str, records: Records) -> None:
    """Keys that were sorted or pasted apart from the records beside them name another pair."""
    left, right = row.under(RECORD_A), row.under(RECORD_B)
    as_given = records.is_shown_in(a, left) and records.is_shown_in(b, right)
    if as_given or (records.is_shown_in(b, left) and records.is_shown_in(a, right)):
        return
    raise _UnclearError(
        "The keys name other records than those shown in this row. It may have been sorted in"
        " part, or its text changed. Copy the row again from the workbook as it was written."
    )


def _one_for_each_pair(read: Sequence[Answer]) -> tuple[tuple[Answer, ...], list[Refusal]]:
    grouped: dict[Pair, list[Answer]] = {}
    for answer in read:
        grouped.setdefault(answer.accounts, []).append(answer)
    answers: list[Answer] = []
    refused: list[Refusal] = []
    for group in grouped.values():
        if len({answer.kind for answer in group}) == 1:
            answers.append(_joined(group))
        else:
            refused += [_contradiction(answer, group) for answer in group]
    return tuple(answers), refused


def _joined(group: Sequence[Answer]) -> Answer:
    first = group[0]
    return replace(
        first,
        reason=_each_once(answer.reason for answer in group),
        initials=_each_once(answer.initials for answer in group),
        decided_on=_each_once(answer.decided_on for answer in group),
    )


def _each_once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _contradiction(answer: Answer, group: Sequence[Answer]) -> Refusal:
    others = " and ".join(
        f"{f'{other.sheet}, ' if other.sheet != answer.sheet else ''}row {other.row}"
        f" ('{SAID[other.kind]}')"
        for other in group
        if other.kind != answer.kind
    )
    why = (
        f"The same pair is decided '{SAID[answer.kind]}' here and otherwise in {others}. Keep one"
        " of them."
    )
    return Refusal(answer.sheet, answer.row, why)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}..."
