"""Tables beside, below and above each other: no row lost, no words under another row's date."""

from dataclasses import replace

import pytest
from grids import a_document, a_grid, of_grids

from chronology.importers import Extract, extract, read_mapping, write_mapping
from chronology.importers.parts import split_outcome
from chronology.reading.grid import Document, Line

HEAD = ("Date", "Child", "Event", "Outcome")
ROW = ("13/05/2019", "Jo Example", "Seen at home, well presented.", "None")
LATER = ("14/05/2019", "Jo Example", "School rang about lateness.", "Advice")
BESIDE = (
    ("Date", "Event", "Outcome", "", "Date", "Incident", "Action"),
    ("13/05/2019", "left one", "LO", "", "25/06/2020", "right one", "RO"),
    ("14/05/2019", "left two", "LP", "", "26/06/2020", "right two", "RP"),
    ("", "", "", "", "27/06/2020", "right three", "RQ"),
)


def told(found: Extract) -> list[tuple[str, str, str]]:
    return [(str(a.occurred.start), a.narrative, a.outcome) for a in found.accounts]


def test_tables_side_by_side_are_read_each_on_its_own() -> None:
    found = extract(a_document(*BESIDE))
    assert told(found) == [
        ("2019-05-13", "left one", "LO"),
        ("2019-05-14", "left two", "LP"),
        ("2020-06-25", "right one", "RO"),
        ("2020-06-26", "right two", "RP"),
        ("2020-06-27", "right three", "RQ"),
    ]
    assert found.rows_read == 5
    assert len({account.source for account in found.accounts}) == 5
    assert "side by side (columns A to C and E to G)" in found.layouts[0].doubts[0]


def test_like_tables_side_by_side_are_told_apart() -> None:
    rows = [(*HEAD, "", *HEAD), (*ROW, "", *LATER), (*LATER, "", "16/05/2019", *ROW[1:])]
    assert sorted(told(extract(a_document(*rows)))) == [
        ("2019-05-13", ROW[2], "None"),
        ("2019-05-14", LATER[2], "Advice"),
        ("2019-05-14", LATER[2], "Advice"),
        ("2019-05-16", ROW[2], "None"),
    ]


def test_a_blank_column_within_one_table_parts_nothing() -> None:
    head = ("Date", "Child", "Event", "", "Outcome", "Worker")
    found = extract(a_document(head, (*ROW[:3], "", "None", "A Reed")))
    assert told(found) == [("2019-05-13", ROW[2], "None")]
    assert found.layouts[0].doubts == ()


def test_a_mapping_written_for_tables_side_by_side_reads_them_as_before() -> None:
    document = a_document(*BESIDE)
    found = extract(document)
    assert told(extract(document, mapping=read_mapping(write_mapping(found)))) == told(found)


def test_rows_of_a_table_without_dates_are_left_out_with_the_reason() -> None:
    concerns = (("Child", "Concern", "Action taken"), ("Jo", "A bruise was seen.", "Rang MASH"))
    sheets = (a_grid(HEAD, ROW, LATER, sheet="Events"), a_grid(*concerns, sheet="Concerns"))
    found = extract(of_grids(*sheets, file="log.xlsx"))
    assert [(row.source.sheet, row.source.row) for row in found.left_out] == [("Concerns", 2)]
    assert "no column of dates" in found.left_out[0].reason
    assert found.rows_read == 3


def test_a_list_of_the_family_beside_a_table_of_events_is_set_apart() -> None:
    family = (("Name", "DOB", "Relationship"), ("Jo Example", "01/02/2010", "Child"))
    sheets = (a_grid(HEAD, ROW, LATER, sheet="Events"), a_grid(*family, sheet="Family"))
    found = extract(of_grids(*sheets, file="log.xlsx"))
    assert found.left_out == ()
    assert "Jo Example | 01/02/2010 | Child" in [text for _, _, text in found.set_apart]


def test_a_row_above_the_headings_that_looks_like_a_record_is_left_out_aloud() -> None:
    stray = ("12/05/2019", "Jo Example", "Call from a neighbour about shouting", "")
    found = extract(a_document(("Report for Jo Example",), stray, HEAD, ROW, LATER))
    assert [row.source.row for row in found.left_out] == [2]
    assert "under no headings that are known" in found.left_out[0].reason


@pytest.mark.parametrize(
    "title",
    [
        pytest.param(("Child: Jo Example", "DOB:", "01/02/2010"), id="labelled"),
        pytest.param(("Printed:", "14/03/2013", "by A Reed of the team"), id="printed"),
        pytest.param(("Chronology 2013 to 2019",), id="years"),
        pytest.param(("Period", "01/01/2013", "31/12/2019"), id="period"),
    ],
)
def test_a_title_that_holds_a_date_is_no_record(title) -> None:
    found = extract(a_document(title, HEAD, ROW, LATER))
    assert found.left_out == ()
    assert len(found.accounts) == 2


def test_dated_lines_of_a_sheet_without_headings_are_left_out_aloud() -> None:
    diary = (("My notes",), ("14/03/2013 rang mother, no reply",), ("Lunch at one",))
    sheets = (a_grid(HEAD, ROW, LATER, sheet="Events"), a_grid(*diary, sheet="Notes"))
    found = extract(of_grids(*sheets, file="log.xlsx"))
    assert [(row.source.sheet, row.source.row) for row in found.left_out] == [("Notes", 2)]


def a_word_file(*paragraphs: str) -> Document:
    lines = tuple(Line(number, (text,)) for number, text in enumerate(paragraphs, 1))
    return replace(a_document(HEAD, ROW, LATER, file="nursery.docx"), outside=lines)


@pytest.mark.parametrize(
    "text",
    [
        "14 March 2013 - rang mother, no reply",
        "On 14/03/2013 the nursery rang about a bruise.",
        "Thursday 14 March 2013: core group held",
        "14/03/13: Visited, nobody in.",
    ],
)
def test_a_dated_paragraph_outside_the_tables_is_left_out_aloud(text) -> None:
    found = extract(a_word_file("Nursery notes", text))
    assert [(row.cells, row.source.row) for row in found.left_out] == [((text,), 2)]
    assert "outside the tables" in found.left_out[0].reason
    assert "Nursery notes" in [said for _, _, said in found.set_apart]


@pytest.mark.parametrize(
    "text",
    [
        "Chronology of significant events 2013 to 2019",
        "March 2013 report on the family",
        "Printed: 14/03/2013 by A Reed of the team",
        "14/03/2013",
        "3 Larch Road, Northmoor, where the family live",
    ],
)
def test_a_paragraph_that_is_a_title_is_set_apart(text) -> None:
    found = extract(a_word_file(text))
    assert found.left_out == ()
    assert text in [said for _, _, said in found.set_apart]


def test_the_last_record_before_another_table_is_not_taken_for_its_title() -> None:
    numbered = (("No.", "Date", "Event"), ("1", "13/05/2019", "Call: no reply"))
    found = extract(a_document(*numbered, ("Jo", "", "Text: none"), HEAD, ROW, LATER))
    assert len(found.accounts) == 4
    assert "Call: no reply" in [account.narrative for account in found.accounts]


def test_titles_between_two_tables_belong_to_the_second() -> None:
    second = (("Date", "Incident", "Action"), ("25/06/2020", "Fight at school", "Excluded"))
    found = extract(a_document(HEAD, ROW, LATER, ("Child: Sam Example",), *second))
    assert [a.subjects[0].name for a in found.accounts if a.subjects] == [
        "Jo Example", "Jo Example", "Sam Example",
    ]  # fmt: skip


def test_a_date_in_three_columns_of_numbers_is_put_together() -> None:
    rows = [("5", "3", "2013", "Seen"), ("17", "11", "2013", "Call"), ("5", "13", "2013", "Text")]
    found = extract(a_document(("Day", "Month", "Year", "Event"), *rows))
    days = [str(account.occurred.start) for account in found.accounts]
    assert days == ["2013-03-05", "2013-11-17", "None"]


@pytest.mark.parametrize("figure", ["²", "2¹20", "9" * 5000, "①", "½"])
def test_odd_figures_in_any_column_are_words_like_others(figure) -> None:
    rows = [(figure, *ROW, figure), (figure, *LATER, figure), (figure, *ROW, figure)]
    assert len(extract(a_document(("No.", *HEAD, ""), *rows)).accounts) == 3
    parts = extract(a_document(("Day", "Month", "Year", "Event"), *[[figure] * 3 + ["Seen"]] * 3))
    assert all(account.occurred.start is None for account in parts.accounts)


def test_a_weekday_beside_the_date_is_kept_as_another_fact() -> None:
    rows = [("Monday", "13/05/2019", "Seen at home"), ("Tuesday", "14/05/2019", "Call")]
    found = extract(a_document(("Day", "Date", "Event"), *rows))
    assert [account.other for account in found.accounts] == [
        (("Day", "Monday"),),
        (("Day", "Tuesday"),),
    ]
    assert str(found.accounts[0].occurred.start) == "2019-05-13"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Seen with mother. Outcome: advice given.", ("Seen with mother.", "advice given.")),
        ("Seen (at home.) Outcome: none", ("Seen (at home.)", "none")),
        ("A. Outcome: b. Went on. Outcome: c", ("A. Outcome: b. Went on.", "c")),
        ("Seen! OUTCOME : closed", ("Seen!", "closed")),
        ("Seen. Outcome/Action: refer on", ("Seen.", "refer on")),
        ("She asked what the outcome: was", ("She asked what the outcome: was", "")),
        ("Not known. No outcome: wait", ("Not known. No outcome: wait", "")),
        ("Seen. Outcome:", ("Seen. Outcome:", "")),
        ("Outcome: all there is", ("Outcome: all there is", "")),
        ("Seen.\nOutcome: none. Outcome: x", ("Seen.", "none. Outcome: x")),
    ],
)
def test_a_last_sentence_that_begins_with_outcome_is_the_outcome(text, parts) -> None:
    assert split_outcome(text) == parts


def test_a_sentence_taken_for_the_outcome_stays_in_the_record_as_it_came() -> None:
    cell = "Seen with mother. Outcome: advice given."
    account = extract(a_document(("Date", "Details"), ("13/05/2019", cell))).accounts[0]
    assert (account.outcome, dict(account.raw)["Details"]) == ("advice given.", cell)


def test_where_a_column_gives_the_outcome_the_narrative_is_left_whole() -> None:
    cell = "Seen with mother. Outcome: advice given."
    rows = (("Date", "Details", "Outcome"), ("13/05/2019", cell, "Closed"))
    account = extract(a_document(*rows)).accounts[0]
    assert (account.narrative, account.outcome) == (cell, "Closed")


@pytest.mark.parametrize(
    "heading", ["# of visit", "[Details]", '"Details"', "heading row", "Details = all", "#"]
)
def test_a_mapping_keeps_a_heading_that_reads_like_something_else(heading) -> None:
    document = a_document((heading, *HEAD), ("x", *ROW), ("y", *LATER))
    before = extract(document)
    after = extract(document, mapping=read_mapping(write_mapping(before)))
    fields = [[column.field for column in found.layouts[0].columns] for found in (before, after)]
    assert fields[0] == fields[1]


def test_a_mapping_written_for_columns_without_headings_fits() -> None:
    document = a_document((*HEAD, "", ""), (*ROW, "x", "y"), (*LATER, "", "z"))
    mapping = read_mapping(write_mapping(extract(document)))
    assert told(extract(document, mapping=mapping)) == told(extract(document))


def test_a_mapping_fits_a_sheet_whose_name_ends_in_a_space() -> None:
    document = of_grids(a_grid(HEAD, ROW, sheet="Events "), file="log.xlsx")
    mapping = read_mapping(write_mapping(extract(document)))
    assert len(extract(document, mapping=mapping).accounts) == 1
