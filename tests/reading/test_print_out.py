"""Print-outs: what stands on paper is read as it stands, and nothing on it is passed over."""

from __future__ import annotations

import tracemalloc
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfs import HEIGHT, WIDTH, Sheet, file_of, pdf, stream

from chronology.errors import UnreadableFileError
from chronology.importers import Extract, extract
from chronology.reading import Document, read

HEADINGS = ["Date", "Type", "Details", "Worker"]
WIDTHS = [80, 90, 230, 110]
#: No row of these looks like another.
ROWS = [
    ["01/03/2021", "Home visit", "Sam was seen at home and was well.", "K Example"],
    ["02/03/2021", "Phone call", "Mother rang.\nShe asked for help.", "J Sample"],
    ["13/03/2021", "School", "Sam came to school without a coat " * 4 + "again.", "T Specimen"],
    ["14/03/2021", "Home visit", "No reply at the door.", "K Example"],
    ["15/03/2021", "Meeting", "Core group met at the school.", "K Example"],
    ["16/03/2021", "Letter", "Letter sent to the housing office.", "J Sample"],
]
Reader = Callable[[bytes, str], Document]


def lines_of(document: Document) -> list[tuple[str, int, tuple[str, ...]]]:
    return [
        (line.sheet or grid.sheet, line.number, line.cells)
        for grid in document.grids
        for line in grid.lines
    ]


def rows_of(document: Document) -> list[list[str]]:
    return [list(cells) for _, _, cells in lines_of(document)]


def flat(rows: list[list[str]]) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def a_print(rows: list[list[str]] = ROWS, **how: object) -> bytes:
    sheet = Sheet().lines(40, 20, ["Chronology", "Child: Sam EXAMPLE   DOB: 04/05/2012"])
    sheet.table([HEADINGS, *rows], WIDTHS, **how)
    return pdf(sheet)


def over_pages(*parts: list[list[str]], heads: str = "", foots: str = "") -> bytes:
    sheets = []
    for number, rows in enumerate(parts, 1):
        sheet = Sheet()
        if heads:
            sheet.text(40, 20, heads)
        if foots:
            sheet.text(40, 800, f"{foots}{number}")
        sheet.table(rows, WIDTHS)
        sheets.append(sheet)
    return pdf(*sheets)


# --- tables drawn with lines -----------------------------------------------------------------


def test_a_ruled_table_is_read_cell_by_cell(read_bytes: Reader) -> None:
    document = read_bytes(a_print(), "print.pdf")
    assert rows_of(document) == [HEADINGS, *[[c.strip() for c in row] for row in ROWS]]
    assert [place[:2] for place in lines_of(document)] == [("page 1", n) for n in range(1, 8)]


def test_a_line_broken_at_the_edge_goes_on_and_a_paragraph_stays_one(read_bytes: Reader) -> None:
    rows = rows_of(read_bytes(a_print(), "print.pdf"))
    assert rows[2][2] == "Mother rang.\nShe asked for help."
    assert "\n" not in rows[3][2]


def test_a_date_cut_by_a_narrow_cell_is_whole_and_words_are_not_joined(read_bytes: Reader) -> None:
    sheet = Sheet()
    for top in (40, 60, 90, 120):
        sheet.rule(40, top, 340, top)
    for left in (40, 102, 170, 340):
        sheet.rule(left, 40, left, 120)
    sheet.text(44, 44, "Date").text(106, 44, "Type").text(174, 44, "Details")
    sheet.text(44, 64, "14/03/202").text(44, 76, "1").text(106, 64, "assessment")
    sheet.text(106, 76, "meeting").text(174, 64, "Held at school.")
    sheet.text(44, 94, "15/03/202").text(44, 106, "1").text(174, 94, "Mother rang.")
    rows = rows_of(read_bytes(pdf(sheet), "print.pdf"))
    assert rows[1][0] == "14/03/2021"
    assert rows[1][1] == "assessment meeting"


def test_the_lines_above_a_table_say_whom_it_is_about(read_bytes: Reader) -> None:
    found = extract(read_bytes(a_print(), "print.pdf"))
    assert {(m.name, m.born) for a in found.accounts for m in a.subjects} == {
        ("Sam EXAMPLE", "04/05/2012")
    }


def test_title_cells_above_a_table_say_whom_it_is_about(read_bytes: Reader) -> None:
    sheet = Sheet().text(40, 20, "Child").text(120, 20, "Sam EXAMPLE")
    sheet.table([HEADINGS, *ROWS], WIDTHS)
    found = extract(read_bytes(pdf(sheet), "print.pdf"))
    assert {m.name for a in found.accounts for m in a.subjects} == {"Sam EXAMPLE"}


def test_a_table_goes_on_over_pages_and_its_repeated_headings_are_set_apart(
    read_bytes: Reader,
) -> None:
    data = over_pages([HEADINGS, *ROWS[:3]], [HEADINGS, *ROWS[3:5]], [HEADINGS, ROWS[5]])
    document = read_bytes(data, "print.pdf")
    found = extract(document)
    assert len(document.grids) == 1
    places = [(a.source.sheet, a.source.row) for a in found.accounts]
    assert places == [("page 1", 2), ("page 1", 3), ("page 1", 4), ("page 2", 2), ("page 2", 3),
                      ("page 3", 2)]  # fmt: skip
    assert [(sheet, row) for sheet, row, _ in found.set_apart] == [
        ("page 1", 1), ("page 2", 1), ("page 3", 1)
    ]  # fmt: skip


def test_headings_on_the_first_page_hold_for_the_next(read_bytes: Reader) -> None:
    document = read_bytes(over_pages([HEADINGS, *ROWS[:3]], ROWS[3:]), "print.pdf")
    found = extract(document)
    assert [(a.source.sheet, a.source.row) for a in found.accounts][3:] == [
        ("page 2", 1), ("page 2", 2), ("page 2", 3)
    ]  # fmt: skip
    assert not found.left_out


@pytest.mark.parametrize("heading", [[HEADINGS], []], ids=["headings again", "no headings again"])
def test_a_row_broken_over_the_page_is_one_row(
    read_bytes: Reader, heading: list[list[str]]
) -> None:
    rest = ["", "", "She would ring again on Monday.", ""]
    data = over_pages([HEADINGS, *ROWS[:4]], [*heading, rest, *ROWS[4:]])
    found = extract(read_bytes(data, "print.pdf"))
    assert [a.narrative for a in found.accounts][3] == (
        "No reply at the door. She would ring again on Monday."
    )
    assert len(found.accounts) == len(ROWS)


def test_a_row_without_a_date_at_the_head_of_a_page_is_a_row_of_its_own(
    read_bytes: Reader,
) -> None:
    undated = ["", "Phone call", "Mother rang back.", "K Example"]
    within = ["", "Visit", "Neighbour was seen.", "K Example"]
    data = over_pages([HEADINGS, *ROWS[:3], within], [undated, *ROWS[3:]])
    found = extract(read_bytes(data, "print.pdf"))
    assert len(found.accounts) == len(ROWS) + 2
    assert {a.narrative for a in found.accounts} >= {"Mother rang back.", "Neighbour was seen."}


def test_another_title_begins_another_table(read_bytes: Reader) -> None:
    first = Sheet().text(40, 20, "Child: Sam EXAMPLE")
    first.table([HEADINGS, *ROWS[:3]], WIDTHS)
    second = Sheet().text(40, 20, "Child: Jo EXAMPLE")
    second.table([HEADINGS, *ROWS[3:]], WIDTHS)
    found = extract(read_bytes(pdf(first, second), "print.pdf"))
    assert [a.subjects[0].name for a in found.accounts] == ["Sam EXAMPLE"] * 3 + ["Jo EXAMPLE"] * 3


def test_several_tables_on_a_page_are_told_apart(read_bytes: Reader) -> None:
    sheet = Sheet()
    end = sheet.table([["Name", "Relationship"], ["Jo EXAMPLE", "mother"]], [150, 150])
    sheet.table([HEADINGS, *ROWS], WIDTHS, top=end + 40)
    document = read_bytes(pdf(sheet), "print.pdf")
    assert [grid.sheet for grid in document.grids] == ["page 1", "page 1, table 2"]
    found = extract(document)
    assert len({a.source for a in found.accounts}) == len(ROWS)


def test_heads_and_feet_of_pages_do_not_part_a_table_and_are_set_apart(read_bytes: Reader) -> None:
    data = over_pages(
        [HEADINGS, *ROWS[:3]], ROWS[3:5], [ROWS[5]], heads="OFFICIAL-SENSITIVE", foots="Page "
    )
    found = extract(read_bytes(data, "print.pdf"))
    assert len(found.accounts) == len(ROWS)
    said = [text for sheet, _, text in found.set_apart if "outside" in sheet]
    assert sorted(said) == ["OFFICIAL-SENSITIVE"] * 3 + ["Page 1", "Page 2", "Page 3"]


def test_a_cell_that_goes_on_from_the_row_above_says_the_same(read_bytes: Reader) -> None:
    sheet = Sheet()
    sheet.table([["Date", "Details", "Worker"]], [90, 200, 100], top=40)
    for left, right in ((130, 330), (330, 430)):
        for top in (60, 90, 120):
            sheet.rule(left, top, right, top)
    for left in (40, 130, 330, 430):
        sheet.rule(left, 60, left, 120)
    sheet.rule(40, 120, 130, 120)
    sheet.text(44, 64, "01/03/2021").text(134, 64, "Seen at home.").text(334, 64, "K Example")
    sheet.text(134, 94, "Rang mother.").text(334, 94, "J Sample")
    found = extract(read_bytes(pdf(sheet), "print.pdf"))
    assert [a.occurred.written for a in found.accounts] == ["01/03/2021"] * 2
    assert [a.narrative for a in found.accounts] == ["Seen at home.", "Rang mother."]


def test_a_row_whose_lower_line_is_on_the_next_page_is_a_row(read_bytes: Reader) -> None:
    first, second = Sheet(), Sheet()
    end = first.table([HEADINGS, *ROWS[:3]], WIDTHS)
    starts = [40 + sum(WIDTHS[:n]) for n in range(len(WIDTHS) + 1)]
    for start in starts:
        first.rule(start, end, start, end + 40)
    for start, words in zip(
        starts, ("14/03/2021", "Home visit", "No reply at", "K Example"), strict=False
    ):
        first.text(start + 4, end + 4, words)
    second.table([HEADINGS, ["", "", "the door.", ""], *ROWS[4:]], WIDTHS)
    found = extract(read_bytes(pdf(first, second), "print.pdf"))
    assert [a.occurred.written for a in found.accounts] == [row[0] for row in ROWS]
    assert found.accounts[3].narrative == "No reply at the door."
    assert (found.accounts[3].source.sheet, found.accounts[3].source.row) == ("page 1", 5)


def a_form(day: str, kind: str, words: str) -> list[list[str]]:
    return [["Date:", day], ["Type of contact", kind], ["Worker", "K Example"], ["Notes", words]]


@pytest.mark.parametrize("gap", [0, 30])
def test_tables_of_labels_and_values_are_a_record_each(read_bytes: Reader, gap: int) -> None:
    sheet = Sheet().text(40, 20, "Child: Sam EXAMPLE")
    end = sheet.table(a_form("01/03/2021", "Visit", "Sam was seen."), [110, 300], top=40)
    end = sheet.table(a_form("02/03/2021", "Call", "Mother rang."), [110, 300], top=end + gap)
    more = Sheet()
    more.table([["", "She was well."], *a_form("03/03/2021", "Call", "No reply.")], [110, 300])
    document = read_bytes(pdf(sheet, more), "forms.pdf")
    assert flat(rows_of(document)) == [
        ["Date", "Type of contact", "Worker", "Notes"],
        ["01/03/2021", "Visit", "K Example", "Sam was seen."],
        ["02/03/2021", "Call", "K Example", "Mother rang. She was well."],
        ["03/03/2021", "Call", "K Example", "No reply."],
    ]
    found = extract(document)
    assert [(a.source.sheet, a.source.row) for a in found.accounts] == [
        ("page 1", 1), ("page 1", 2), ("page 2", 1)
    ]  # fmt: skip
    assert {m.name for a in found.accounts for m in a.subjects} == {"Sam EXAMPLE"}


def test_two_labels_and_values_may_stand_side_by_side(read_bytes: Reader) -> None:
    sheet = Sheet()
    end = 40.0
    for day in ("01/03/2021", "02/03/2021"):
        rows = [["Date", day, "Type", "Visit"], ["Worker", "K Example", "Notes", "Sam was seen."]]
        end = sheet.table(rows, [80, 120, 80, 200], top=end) + 20
    assert rows_of(read_bytes(pdf(sheet), "forms.pdf")) == [
        ["Date", "Type", "Worker", "Notes"],
        ["01/03/2021", "Visit", "K Example", "Sam was seen."],
        ["02/03/2021", "Visit", "K Example", "Sam was seen."],
    ]


def test_the_box_at_the_head_of_a_print_out_is_no_record(read_bytes: Reader) -> None:
    sheet = Sheet()
    end = sheet.table([["Name", "Sam EXAMPLE"], ["Date", "09/09/2021"]], [110, 300], top=20)
    sheet.table([HEADINGS, *ROWS], WIDTHS, top=end + 30)
    found = extract(read_bytes(pdf(sheet), "print.pdf"))
    assert [a.occurred.written for a in found.accounts] == [row[0] for row in ROWS]


@pytest.mark.parametrize("heading", [[HEADINGS], []], ids=["headings again", "no headings again"])
def test_a_box_at_the_head_of_every_page_is_no_row_and_parts_no_table(
    read_bytes: Reader, heading: list[list[str]]
) -> None:
    sheets = []
    for number, rows in enumerate(([HEADINGS, *ROWS[:3]], [*heading, *ROWS[3:]])):
        sheet = Sheet()
        box = [["Name", "Sam EXAMPLE", "Team", "North"], ["Date", "09/09/2021", "Worker", "K"]]
        end = sheet.table(box, [60, 200, 60, 190], top=30)
        sheet.table(rows, WIDTHS, top=end + 15)
        sheets.append(sheet.text(40, 815, f"Page {number}"))
    found = extract(read_bytes(pdf(*sheets), "boxed.pdf"))
    assert [a.occurred.written for a in found.accounts] == [row[0] for row in ROWS]


# --- tables without lines, and paragraphs ----------------------------------------------------


@pytest.mark.parametrize("below", ["top", "bottom"])
def test_a_table_set_in_columns_is_read_by_where_its_words_stand(
    read_bytes: Reader, below: str
) -> None:
    document = read_bytes(a_print(ruled=False, below=below), "print.pdf")
    assert flat(rows_of(document)) == flat([HEADINGS, *ROWS])
    assert len(extract(document).accounts) == len(ROWS)


def test_a_table_set_in_columns_goes_on_over_pages(read_bytes: Reader) -> None:
    sheets = []
    for number, rows in enumerate(([HEADINGS, *ROWS[:3]], [HEADINGS, *ROWS[3:]]), 1):
        sheet = Sheet().text(40, 20, "Case file of Marrowby").text(40, 800, f"Page {number} of 2")
        sheet.table(rows, WIDTHS, ruled=False)
        sheets.append(sheet)
    found = extract(read_bytes(pdf(*sheets), "print.pdf"))
    assert [(a.source.sheet, a.source.row) for a in found.accounts] == [
        ("page 1", 2), ("page 1", 3), ("page 1", 4), ("page 2", 2), ("page 2", 3), ("page 2", 4)
    ]  # fmt: skip
    assert all("Page" not in a.narrative for a in found.accounts)


NOTES = """Case notes of Sam EXAMPLE
Name: Sam EXAMPLE
DOB: 04/05/2012

Date: 01/03/2021 10:30   Type: Home visit   Worker: K Example
Sam was seen at home and was well. Mother said that she had been to the
surgery and would go again. The flat was cold and there was little food
in the kitchen, but she had asked for help. Sam spoke about school, and
about the dog next door which he is fond of, and wanted to go to bed at
once.
A plan was made.
Date: 02/03/2021 09:05   Type: Phone call   Worker: J Sample
Mother rang.
Date: 13/03/2021 16:00   Type: School   Worker: T Specimen
Note that Sam had no coat.""".split("\n")


def test_a_date_broken_over_two_lines_is_found_by_the_space_between_rows(
    read_bytes: Reader,
) -> None:
    """As a web page prints a narrow column, the cells of a row level with its middle."""
    sheets, number = [Sheet().text(40, 20, "Child: Sam EXAMPLE"), Sheet()], 0
    for sheet in sheets:
        for left, words in zip((40, 110, 190, 450), HEADINGS, strict=True):
            sheet.text(left, 50, words)
        for top in (80, 120, 160):
            number += 1
            sheet.text(40, top, f"0{number}/03/").text(40, top + 12, "2021")
            sheet.text(110, top + 6, "Visit").text(450, top + 6, "K Example")
            sheet.text(190, top, "Sam was seen at home")
            sheet.text(190, top + 12, f"and was {'very ' * number}well.")
    document = read_bytes(pdf(*sheets), "page.pdf")
    found = extract(document)
    assert [a.occurred.written for a in found.accounts] == [f"0{n}/03/2021" for n in range(1, 7)]
    assert [a.narrative.split() for a in found.accounts] == [
        [*"Sam was seen at home and was".split(), *["very"] * n, "well."] for n in range(1, 7)
    ]
    assert [a.source.sheet for a in found.accounts] == ["page 1"] * 3 + ["page 2"] * 3


def test_columns_printed_on_pages_of_their_own_are_not_put_into_the_last_row(
    read_bytes: Reader,
) -> None:
    days = [f"{n:02}/03/2021   Visit" for n in range(1, 13)]
    first, second = Sheet().lines(40, 40, days), Sheet().lines(40, 40, ["Details", "a", "b", "c"])
    document = read_bytes(pdf(first, second), "sheet.pdf")
    assert rows_of(document)[-1] == ["12/03/2021", "Visit"]
    assert [line.cells[0] for line in document.outside] == ["Details", "a", "b", "c"]


def test_notes_that_begin_with_labels_are_rows_of_these_columns(read_bytes: Reader) -> None:
    document = read_bytes(pdf(Sheet().lines(40, 40, NOTES)), "notes.pdf")
    assert rows_of(document) == [
        ["Date", "Type", "Worker", "Details"],
        ["01/03/2021 10:30", "Home visit", "K Example",
         ("Sam was seen at home and was well. Mother said that she had been to the surgery and"
         " would go again. The flat was cold and there was little food in the kitchen, but she had"
         " asked for help. Sam spoke about school, and about the dog next door which he is fond"
         " of, and wanted to go to bed at once.\nA plan was made.")],
        ["02/03/2021 09:05", "Phone call", "J Sample", "Mother rang."],
        ["13/03/2021 16:00", "School", "T Specimen", "Note that Sam had no coat."],
    ]  # fmt: skip
    found = extract(document)
    assert [a.subjects[0].name for a in found.accounts] == ["Sam EXAMPLE"] * 3
    assert [str(a.occurred.clock) for a in found.accounts] == ["10:30:00", "09:05:00", "16:00:00"]


def test_days_within_the_words_begin_no_record(read_bytes: Reader) -> None:
    text = [
        "Case notes", "Date of birth: 04/05/2012", "Next review date: 09/09/2021",
        "Date: 01/03/2021   Type: Home visit", "Mother will come to the clinic on",
        "04/03/2021 with Sam.", "Date: 02/03/2021   Type: Phone call", "Mother rang.",
    ]  # fmt: skip
    document = read_bytes(pdf(Sheet().lines(40, 40, text)), "notes.pdf")
    assert [row[0] for row in rows_of(document)] == ["Date", "01/03/2021", "02/03/2021"]
    assert "04/03/2021 with Sam." in rows_of(document)[1][-1]


def test_a_day_that_a_line_was_broken_before_begins_no_record(read_bytes: Reader) -> None:
    text = [
        "01/03/2021 Mother was told that the next meeting is to be held at school on",
        "04/03/2021 and that she may bring her sister along to it if she wants; she",
        "said that she would think about it, talk to her and tell us the outcome by",
        "05/03/2021, a Friday, or on the Monday after that if her sister was away.",
        "02/03/2021 Mother rang.",
    ]
    document = read_bytes(pdf(Sheet().lines(40, 40, text)), "notes.pdf")
    assert [row[0] for row in rows_of(document)] == ["Date", "01/03/2021", "02/03/2021"]


def test_a_label_above_the_date_belongs_to_the_record_below_it(read_bytes: Reader) -> None:
    text = ["Log of Sam EXAMPLE"]
    for category, day, what in (
        ("Neglect", "01/03/2021", "Sam had no coat."),
        ("Bullying", "02/03/2021", "Sam was pushed."),
        ("Neglect", "03/03/2021", "Sam was hungry."),
    ):
        text += [f"Category: {category}", f"Date: {day}", f"Incident: {what}"]
    document = read_bytes(pdf(Sheet().lines(40, 40, text)), "log.pdf")
    assert rows_of(document)[1:] == [
        ["01/03/2021", "Neglect", "Sam had no coat."],
        ["02/03/2021", "Bullying", "Sam was pushed."],
        ["03/03/2021", "Neglect", "Sam was hungry."],
    ]


def test_paragraphs_that_begin_with_a_day_are_rows(read_bytes: Reader) -> None:
    text = [
        "Record of visits",
        "1 March 2021 - Home visit. Sam was well.",
        "Mother was out.",
        "Tuesday 2 March 2021 at 14:30: School rang.",
        "13.03.21 Letter sent.",
    ]
    document = read_bytes(pdf(Sheet().lines(40, 40, text)), "visits.pdf")
    assert rows_of(document)[1:] == [
        ["1 March 2021", "Home visit. Sam was well.\nMother was out."],
        ["Tuesday 2 March 2021 at 14:30", "School rang."],
        ["13.03.21", "Letter sent."],
    ]


def test_a_note_goes_on_over_the_page_and_the_foot_is_no_part_of_it(read_bytes: Reader) -> None:
    first = Sheet().lines(40, 40, NOTES[:7]).text(40, 800, "Printed 03/09/2021 page 1")
    second = Sheet().lines(40, 40, NOTES[7:]).text(40, 800, "Printed 03/09/2021 page 2")
    found = extract(read_bytes(pdf(first, second), "notes.pdf"))
    assert [a.source.sheet for a in found.accounts] == ["page 1", "page 2", "page 2"]
    assert found.accounts[0].narrative.endswith("wanted to go to bed at once.\nA plan was made.")
    assert not any("Printed" in a.narrative for a in found.accounts)


LEFT = """01/03/2021 Home visit. Sam was seen
at home and was well. His mother had
been to the surgery and would go on
04/03/2021 again with her sister,
and then come to school (K Example)
02/03/2021 Phone call. Mother rang to
say that she was at the surgery, and""".split("\n")
RIGHT = """that Sam would stay with his aunt
for the night. She was thanked.
03/03/2021 Meeting at the school with
his teacher, the nurse and his aunt
about the plan for the next weeks.
05/03/2021 Letter sent to the office
of housing about the damp kitchen.""".split("\n")


def test_text_in_two_columns_is_read_one_after_the_other(read_bytes: Reader) -> None:
    sheet = Sheet().text(40, 20, "Record of Sam EXAMPLE").text(250, 800, "Page 1")
    sheet.lines(40, 60, LEFT).lines(310, 60, RIGHT)
    found = extract(read_bytes(pdf(sheet), "columns.pdf"))
    assert [(a.occurred.written, a.narrative) for a in found.accounts] == [
        ("01/03/2021", " ".join(LEFT[:5])[11:]),
        ("02/03/2021", " ".join((*LEFT[5:], *RIGHT[:2]))[11:]),
        ("03/03/2021", " ".join(RIGHT[2:5])[11:]),
        ("05/03/2021", " ".join(RIGHT[5:])[11:]),
    ]


@pytest.mark.parametrize("pages", [1, 2, 3])
@pytest.mark.parametrize("ruled", [True, False])
def test_the_moment_of_printing_is_no_record(read_bytes: Reader, pages: int, ruled: bool) -> None:
    sheets = []
    for number in range(pages):
        sheet = Sheet().text(40, 12, "03/09/2022, 14:05").text(250, 12, "Chronology")
        sheet.text(40, 820, "file:///x.html").text(520, 820, f"{number + 1}/{pages}")
        sheet.table([HEADINGS, *ROWS[2 * number : 2 * number + 2]], WIDTHS, ruled=ruled, top=50)
        sheets.append(sheet)
    found = extract(read_bytes(pdf(*sheets), "browser.pdf"))
    assert [a.occurred.written for a in found.accounts] == [row[0] for row in ROWS[: 2 * pages]]


@pytest.mark.parametrize("pages", [1, 3])
def test_the_moment_of_printing_above_paragraphs_is_no_record(
    read_bytes: Reader, pages: int
) -> None:
    sheets = []
    for number in range(1, pages + 1):
        sheet = Sheet().text(40, 12, "03/09/2022, 14:05   Chronology")
        sheet.lines(40, 60, [f"0{number}/03/2021 Sam was seen.", f"1{number}/03/2021 Sam rang."])
        sheets.append(sheet.text(40, 820, f"file:///x.html   {number}/{pages}"))
    found = extract(read_bytes(pdf(*sheets), "browser.pdf"))
    assert [a.narrative for a in found.accounts] == ["Sam was seen.", "Sam rang."] * pages


def test_a_letter_without_dated_paragraphs_is_said_to_hold_no_records(read_bytes: Reader) -> None:
    text = ["Dear colleague,", "", "Sam was seen and was well.", "Yours, A Worker"]
    document = read_bytes(pdf(Sheet().lines(40, 40, text)), "letter.pdf")
    with pytest.raises(UnreadableFileError):
        extract(document)


# --- pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_own_word_reads_the_same(read_bytes: Reader, turn: int) -> None:
    sheet = Sheet()
    sheet.table([HEADINGS, *ROWS], WIDTHS)
    matrix = {90: f"0 1 -1 0 {HEIGHT} 0", 180: f"-1 0 0 -1 {WIDTH} {HEIGHT}",
              270: f"0 -1 1 0 0 {WIDTH}"}[turn]  # fmt: skip
    sheet.drawn = [f"q {matrix} cm", *sheet.drawn, "Q"]
    if turn != 180:
        sheet.width, sheet.height = HEIGHT, WIDTH
    sheet.rotate = turn
    assert flat(rows_of(read_bytes(pdf(sheet), "turned.pdf"))) == flat([HEADINGS, *ROWS])


@pytest.mark.parametrize("turn", [90, 270])
def test_words_that_lie_on_their_side_are_turned(read_bytes: Reader, turn: int) -> None:
    sheet = Sheet()
    sheet.table([HEADINGS, *ROWS], WIDTHS)
    matrix = {90: f"0 1 -1 0 {HEIGHT} 0", 270: f"0 -1 1 0 0 {WIDTH}"}[turn]
    sheet.drawn = [f"q {matrix} cm", *sheet.drawn, "Q"]
    sheet.width, sheet.height = HEIGHT, WIDTH
    assert flat(rows_of(read_bytes(pdf(sheet), "lying.pdf"))) == flat([HEADINGS, *ROWS])


def test_a_scanned_page_is_left_out_aloud(read_bytes: Reader) -> None:
    first = Sheet()
    first.table([HEADINGS, *ROWS], WIDTHS)
    document = read_bytes(pdf(first, Sheet().picture(0, 0, WIDTH, HEIGHT)), "part.pdf")
    assert [page for page, _ in document.unread] == [2]
    found = extract(document)
    (left,) = found.left_out
    assert (left.source.unit, left.source.row) == ("page", 2)
    assert "scan" in left.reason
    assert found.rows_read == len(ROWS) + 1


def test_a_scan_with_a_stamp_is_left_out_and_the_stamp_is_kept(read_bytes: Reader) -> None:
    first = Sheet()
    first.table([HEADINGS, *ROWS], WIDTHS)
    scan = Sheet().picture(0, 0, WIDTH, HEIGHT).text(40, 40, "Received by the court")
    document = read_bytes(pdf(first, scan), "part.pdf")
    assert [page for page, _ in document.unread] == [2]
    assert "Received by the court" in [line.cells[0] for line in document.outside]


def test_a_blank_page_is_nothing_to_speak_of(read_bytes: Reader) -> None:
    first = Sheet()
    first.table([HEADINGS, *ROWS], WIDTHS)
    assert read_bytes(pdf(first, Sheet()), "part.pdf").unread == ()


def test_what_was_typed_into_a_form_or_noted_is_kept(read_bytes: Reader) -> None:
    sheet = Sheet(annotations="/Annots[1000 0 R 1001 0 R]")
    sheet.table([HEADINGS, *ROWS], WIDTHS)
    notes = {
        1000: b"<</Subtype/Widget/Rect[0 0 9 9]/T(Allocated to)/V(K Example)>>",
        1001: b"<</Subtype/Text/Rect[0 0 9 9]/Contents(Check this date)>>",
    }
    document = read_bytes(pdf(sheet, objects=notes), "form.pdf")
    assert [line.cells[0] for line in document.outside] == [
        "Field 'Allocated to' of the form: K Example",
        "Note on the page: Check this date",
    ]


def test_letters_that_say_nothing_are_not_taken_for_words(read_bytes: Reader) -> None:
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Odd)"
        "/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Odd>>>>]>>"
    )
    with pytest.raises(UnreadableFileError, match="scan"):
        read_bytes(pdf(Sheet().text(40, 40, "0102030405"), font=font), "odd.pdf")


# --- what is refused, and what does no harm --------------------------------------------------


def bomb_of_forms() -> bytes:
    """Ten forms, each of which draws the next one a hundred times."""
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = {
        1000 + n: stream(
            b"/Fm1 Do " * 100,
            f"{entries}/Resources<</XObject<</Fm1 {1001 + n} 0 R>>>>",
        )
        for n in range(10)
    }
    forms[1010] = stream(b"q Q", entries)
    return pdf(Sheet(["/Fm1 Do"]).text(40, 40, "x"), objects=forms)


def twice_packed() -> bytes:
    body = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    head = f"<</Filter[/FlateDecode/FlateDecode]/Length {len(body)}>>\nstream\n".encode()
    return pdf(Sheet(["/Fm1 Do"]), objects={11: head + body + b"\nendstream"})


def endless_font(entries: str) -> bytes:
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Odd>>{entries}>>]"
        "/ToUnicode 1001 0 R>>"
    )
    ranges = b"1 beginbfrange <00000000> <FFFFFFF0> <0041> endbfrange"
    table = stream(ranges if not entries else b"")
    return pdf(Sheet().text(40, 40, "x"), font=font, objects={1001: table})


def page_tree(depth: int) -> bytes:
    nodes = {n: f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1>>".encode() for n in range(2, depth)}
    nodes[depth] = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    return file_of({1: b"<</Type/Catalog/Pages 2 0 R>>", **nodes})


REFUSED = [
    pytest.param(lambda: b"%PDF-1.7\n", "damaged", id="hardly begun"),
    pytest.param(lambda: b"%PDF-1.7\n" + b"x" * 5000, "damaged", id="no objects"),
    pytest.param(lambda: pdf(Sheet().picture(0, 0, WIDTH, HEIGHT)), "scan", id="a scan"),
    pytest.param(lambda: pdf(Sheet()), "scan", id="a blank page"),
    pytest.param(
        lambda: file_of(
            {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"},
            "/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4"
            f"/O<{'41' * 32}>/U<{'42' * 32}>>>",
        ),
        "password",
        id="a password",
    ),
    pytest.param(
        lambda: pdf(Sheet(), objects={11: stream(b" " * 200_000_000)}), "unfolds", id="a bomb"
    ),
    pytest.param(twice_packed, "unfolds", id="a bomb packed twice"),
    pytest.param(lambda: endless_font("/W[0 4000000000 500]"), "unfolds", id="endless widths"),
    pytest.param(lambda: endless_font(""), "unfolds", id="endless letters"),
    pytest.param(lambda: page_tree(5000), "damaged", id="pages within pages"),
    pytest.param(
        lambda: file_of({1: b"<</Type/Catalog/Pages 2 0 R>>",
                         2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>"}),
        "scan|damaged", id="pages in a circle",
    ),
    pytest.param(
        lambda: file_of({1: b"<</Type/Catalog/Pages " + b"[" * 50_000 + b"]" * 50_000 + b">>"}),
        "damaged|scan", id="lists within lists",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_what_cannot_be_read_is_refused_plainly_and_in_little_memory(
    read_bytes: Reader, data: Callable[[], bytes], words: str
) -> None:
    made = data()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFileError, match=words) as refusal:
            read_bytes(made, "a.pdf")
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert str(refusal.value).endswith(".")


def test_forms_within_forms_are_not_drawn_without_end(read_bytes: Reader) -> None:
    with pytest.raises(UnreadableFileError):
        read_bytes(bomb_of_forms(), "a.pdf")


def test_a_file_cut_short_anywhere_is_read_or_refused(read_bytes: Reader) -> None:
    data = a_print(ROWS[:2])
    for end in range(9, len(data), 61):
        try:
            document = read_bytes(data[:end], "cut.pdf")
        except UnreadableFileError:
            continue
        assert document.kind == "pdf"


def test_bytes_changed_anywhere_stop_nothing(read_bytes: Reader) -> None:
    data = a_print(ROWS[:2])
    for at in range(20, len(data), 37):
        try:
            read_bytes(data[:at] + b"\xff>>" + data[at + 3 :], "odd.pdf")
        except UnreadableFileError:
            continue


def test_scripts_links_and_attached_files_are_left_alone(read_bytes: Reader) -> None:
    sheet = Sheet()
    sheet.table([HEADINGS, *ROWS], WIDTHS)
    catalog = (
        "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        "/Names<</EmbeddedFiles<</Names[(a.exe)<</F(a.exe)/EF<</F 1000 0 R>>>>]>>>>"
    )
    data = pdf(sheet, catalog=catalog, objects={1000: stream(b"MZ")})
    assert len(extract(read_bytes(data, "a.pdf")).accounts) == len(ROWS)


def test_more_pages_than_a_print_out_has_are_refused(
    read_bytes: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chronology.reading.print_out.MAX_PAGES", 2)
    with pytest.raises(UnreadableFileError, match="more than 2 pages"):
        read_bytes(pdf(*(Sheet().text(40, 40, "x") for _ in range(3))), "a.pdf")


def test_without_its_library_a_pdf_says_what_to_install(
    read_bytes: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "chronology.reading.print_bounds", None)
    with pytest.raises(UnreadableFileError, match=r'pip install "\.\[pdf\]"'):
        read_bytes(a_print(), "a.pdf")


# --- nothing is lost -------------------------------------------------------------------------

WORDS = st.text("abcdefgh", min_size=1, max_size=9)
CELL = st.lists(WORDS, max_size=25).map(" ".join)
DAY = st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(lambda day: f"{day:%d/%m/%Y}")
ROW = st.tuples(st.one_of(DAY, st.just("")), CELL, CELL, CELL).map(list)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pages=st.lists(st.lists(ROW, min_size=1, max_size=5), min_size=1, max_size=3),
    ruled=st.booleans(),
    again=st.booleans(),
    foot=WORDS,
)
def test_every_word_on_paper_is_in_a_record_or_left_out_or_set_apart(
    tmp_path: Path, pages: list[list[list[str]]], ruled: bool, again: bool, foot: str
) -> None:
    sheets = []
    printed: Counter[str] = Counter()
    for number, rows in enumerate(pages):
        table = [HEADINGS, *rows] if again or not number else rows
        sheet = Sheet().text(40, 815, f"{foot} {number}")
        sheet.table(table, WIDTHS, ruled=ruled, top=30)
        sheets.append(sheet)
        printed.update(word for row in table for cell in row for word in cell.split())
        printed.update([foot, str(number)])
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(*sheets))
    document = read(path)
    assert words_in(document) == printed
    try:
        found = extract(document)
    except UnreadableFileError:
        return
    assert words_of(found) == printed


def words_in(document: Document) -> Counter[str]:
    told: Counter[str] = Counter()
    lines = [line for grid in document.grids for line in grid.lines if line.number]
    for line in (*lines, *document.outside):
        told.update(word for cell in line.cells for word in cell.split())
    return told


def words_of(found: Extract) -> Counter[str]:
    told: Counter[str] = Counter()
    for account in found.accounts:
        told.update(word for _, text in account.raw for word in text.split())
    for left in found.left_out:
        told.update(word for cell in left.cells for word in cell.split())
    for _, _, text in found.set_apart:
        told.update(word for word in text.split() if word != "|")
    return told
