"""Doubts that travel with an account: a code to count by and a sentence to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """One doubt about one account, e.g. ``Flag("date-ambiguous", "'03/04/13' could be ...")``."""

    code: str
    text: str


#: Every code that may appear, with what it means for the reader (documented in docs/schema.md).
MEANINGS: dict[str, str] = {
    "date-missing": "The record gives no date. It never takes one from another record.",
    "date-reported-only": (
        "The record gives no date of event; it stands at the day it was reported, and happened "
        "then or before."
    ),
    "date-unreadable": "The words in the date cell are not a date this program knows.",
    "date-impossible": "The date does not exist in the calendar (e.g. 31 February).",
    "date-ambiguous": "Day and month could be exchanged and nothing in the column decides it.",
    "date-order": "Day and month order was decided by other dates in the same column.",
    "date-no-year": "The date cell has no year and no heading above it gives one.",
    "date-year-from-heading": "The year was taken from a heading above the row.",
    "date-year-stated": "The year was stated by whoever added the file.",
    "date-two-digit-year": "The year was written with two digits.",
    "date-as-above": "The date cell is blank or says 'as above'; the date above it was taken.",
    "date-merged-cell": "The date stands in a cell merged over several rows.",
    "date-several": "The cell names more than one date; the first was taken.",
    "date-weekday": "The weekday written does not fall on the date written.",
    "date-uncertain": "The agency marked the date as uncertain ('?', 'c.', 'approx').",
    "date-backwards": "The end is dated before the start; the start was taken.",
    "date-serial": "The cell holds a plain number, which is how Excel stores a date.",
    "time-uncertain": "The time is marked as not exact ('approx', '?'), or no exact time is given.",
    "time-conflict": "The date cell and the time cell give different times.",
    "time-unreadable": "The words in the time cell are not a clock time.",
    "time-midnight": "The time is given as 00:00, which some systems write for 'no time recorded'.",
    "time-converted": "The stamp was in UTC and is shown in UK local time.",
    "time-zone": "The stamp carried an offset and is shown in UK local time.",
    "recorded-before": "The record is dated as written before the event it tells of.",
    "date-counted": "The day was counted from a start date; the file names no day for each mark.",
    "date-far-future": "The date lies more than a year after every other date in the file.",
    "agency-uncertain": "Nothing in the file says clearly which agency sent it.",
    "agency-conflict": "The row names one agency and the file's name another.",
    "column-uncertain": "A column was taken for something on thin evidence.",
    "subject-missing": (
        "The record does not name whom it is about, nor anybody else of the case but workers."
    ),
    "born-conflict": "The record gives two different dates of birth for one person.",
    "identifier-check": "An identifier's check digit does not fit; it may be mistyped.",
    "identifier-damaged": "An identifier looks damaged by a spreadsheet (lost digits or 1E+10).",
    "text-missing": "The record has a date but no words about what happened.",
    "text-control": "The text holds control or direction characters; they are shown as marks.",
    "row-hidden": "The row, column or sheet was hidden in the file.",
    "row-struck": "Text in the row was struck out in the file.",
    "row-note": "A note or comment was attached to a cell.",
    "row-extra-cells": "The row has more cells than headings, or a cell under no heading.",
    "row-quotes": "A quotation mark is out of place, so cells may be cut in the wrong places.",
    "row-tracked": "The row holds tracked changes in the Word file.",
    "row-exact-duplicate": "The same row stands more than once in what this agency sent.",
    "record-amended": "A later export words the record differently; the earlier wording is kept.",
    "record-withdrawn": "A later export that covers the date no longer has the record.",
    "record-nullified": "The agency marked the record as withdrawn, deleted or entered in error.",
    "record-says-withdrawn": (
        "The record itself says that it was entered in error or withdrawn; it stays where it is."
    ),
    "record-draft": "The agency had not finished or signed off the record.",
    "code-unknown": "A code is not in the list this program knows; it is shown as written.",
    "code-retired": "A code was withdrawn from the list before the date of the record.",
    "code-family-member": "The code tells of a member of the family, not of the person named.",
    "episode-next-missing": "The episode goes on in another, but the file has no row of it.",
    "episode-dates-differ": "The episode goes on in another, but the next row begins another day.",
    "content-withheld": "The record holds an address or a third person; outputs do not repeat it.",
    "cell-error": "A cell holds a spreadsheet error such as #REF!.",
    "cell-formula": "A cell holds a formula; its saved value was read.",
}

#: Doubts that only say how a value was read and ask nobody to decide anything. They stand in the
#: record; no entry is marked as doubtful for them.
NOTES: frozenset[str] = frozenset(
    (
        "date-order", "date-year-from-heading", "date-year-stated", "date-two-digit-year",
        "date-as-above",
        "date-merged-cell", "date-weekday", "date-uncertain", "date-counted", "time-uncertain",
        "time-midnight", "time-converted", "time-zone", "text-control", "row-note", "row-tracked",
        "row-exact-duplicate", "code-retired", "code-family-member", "content-withheld",
        "cell-formula",
    )
)  # fmt: skip
#: The same where every other record of the file is about one and the same person.
NOTES_WHERE_ONE_PERSON: frozenset[str] = frozenset(("subject-missing",))
