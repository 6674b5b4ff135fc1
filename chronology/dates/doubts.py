"""The sentences a reader sees about a date that could not be taken as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chronology.dates.words import WEEKDAY_NAMES, listed, quoted, spoken
from chronology.flags import Flag


def missing(text: str) -> Flag:
    """The cell is blank or says that nothing is known."""
    words = f"The date cell says {quoted(text)}" if text.strip() else "The date cell is blank"
    return Flag("date-missing", f"{words}. The record stands without a date.")


def as_above(text: str) -> Flag:
    """The cell points at a date above it that is not there."""
    return Flag("date-missing", f"The date cell says {quoted(text)} and no date stands above it.")


def unreadable(text: str) -> Flag:
    """The words are no date in any style known here."""
    return Flag(
        "date-unreadable",
        f"{quoted(text)} is not a date this program knows. Nothing was guessed from it; ask the "
        "agency which day was meant.",
    )


def impossible(text: str) -> Flag:
    """There is no such day."""
    return Flag(
        "date-impossible",
        f"{quoted(text)} is not a day in the calendar. Nothing was guessed from it; ask the agency "
        "which day was meant.",
    )


def ambiguous(read: date, other: date, text: str) -> Flag:
    """Day and month may be exchanged and nothing decides it."""
    return Flag(
        "date-ambiguous",
        f"{quoted(text)} could be {spoken(read)} or {spoken(other)}, and nothing in the column "
        f"shows which. It was read as {spoken(read)}; check it with the agency.",
    )


def perhaps_swapped(read: date, other: date) -> Flag:
    """A spreadsheet may have exchanged day and month."""
    return Flag(
        "date-ambiguous",
        f"The spreadsheet holds {spoken(read)}, but it may have made that of {spoken(other)}: in "
        "this column every date up to the 12th is a real date and every later one is text. Check "
        "it with the agency.",
    )


def day_or_month(text: str) -> Flag:
    """ "Mar 13" """
    return Flag(
        "date-ambiguous",
        f"{quoted(text)} could be a day without a year or a month with one; check which was meant.",
    )


def order(read: date, text: str, proof: str, *, by_column: bool) -> Flag:
    """Day and month were not taken in the British order."""
    why = proof if by_column else "it does not exist in the other order."
    return Flag("date-order", f"{quoted(text)} was read as {spoken(read)}: {why}")


def no_year(text: str, *, month_known: bool) -> Flag:
    """Neither the cell nor a heading says which year."""
    lacking = "year" if month_known else "month and year"
    return Flag(
        "date-no-year",
        f"{quoted(text)} gives no {lacking} and no heading above the row does. Ask the agency; "
        "where you know the year, state it with --year when you add the file.",
    )


def year_from_heading(text: str, heading: str) -> Flag:
    """The heading above gives the year."""
    return Flag(
        "date-year-from-heading",
        f"{quoted(text)} gives no year; it was taken from the heading {quoted(heading)} above.",
    )


def year_stated(text: str, year: int) -> Flag:
    """Whoever added the file gave the year."""
    return Flag(
        "date-year-stated",
        f"{quoted(text)} gives no year; {year} was stated for this file by whoever added it.",
    )


def two_figures(year: int, text: str) -> Flag:
    """A two-figure year that may belong to either century."""
    return Flag(
        "date-two-digit-year",
        f"{quoted(text)} gives the year with two figures; it was read as {year} and could be "
        f"{year - 100 if year >= 2000 else year + 100}.",
    )


def wrong_weekday(day: date, weekday: int, text: str) -> Flag:
    """The weekday written is not that of the day."""
    return Flag(
        "date-weekday",
        f"{quoted(text)} says {WEEKDAY_NAMES[weekday]}, but {spoken(day)} was a "
        f"{WEEKDAY_NAMES[day.weekday()]}; one of the two is wrong.",
    )


def uncertain(text: str) -> Flag:
    """The agency's own mark of doubt."""
    return Flag("date-uncertain", f"The record marks the date as uncertain: {quoted(text)}.")


def several(names: Sequence[str]) -> Flag:
    """More than one date in a cell."""
    return Flag(
        "date-several",
        f"The cell names {len(names)} dates: {listed(names)}. The first was taken; check "
        "whether the record tells of more than one event.",
    )


def backwards(first: date, last: date) -> Flag:
    """A stretch that ends before it begins."""
    return Flag(
        "date-backwards",
        f"The end, {spoken(last)}, lies before the start, {spoken(first)}. The start was taken; "
        "one of the two is wrong.",
    )


def two_times(cell: str, clock: str) -> Flag:
    """Date cell and time cell disagree."""
    return Flag(
        "time-conflict",
        f"The date cell gives the time as {cell} and the time cell as {clock}; the time cell's was "
        "taken.",
    )
