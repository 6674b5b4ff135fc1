"""The mapping file: written, edited by a person, read again, and always obeyed."""

import pytest
from grids import a_document, a_grid, of_grids

from chronology.account import Agency
from chronology.errors import MappingMismatchError
from chronology.importers import Given, applies, extract, fits, read_mapping, write_mapping

ROWS = (
    ("Date", "Details", "Comments", "Name"),
    ("03/05/2019", "Seen at home with mother, well presented.", "Tidy", "Jo Example"),
    ("14/05/2019", "Phone call from school about lateness.", "", "Jo Example"),
)
LIST = a_document(*ROWS, file="social_care_list.csv")


def test_a_written_mapping_reads_the_file_as_before() -> None:
    before = extract(LIST)
    after = extract(LIST, mapping=read_mapping(write_mapping(before)))
    assert [a.id for a in after.accounts] == [a.id for a in before.accounts]
    assert after.agency is before.agency


def test_a_mapping_lists_every_column_with_its_field_in_plain_words() -> None:
    text = write_mapping(extract(LIST))
    assert "Date = date of event" in text
    assert "Details = what happened" in text
    assert "agency = Social care" in text
    assert "heading row = 1" in text
    assert "#   not used" in text


def test_a_mapping_wins_over_every_guess() -> None:
    text = write_mapping(extract(LIST))
    text = text.replace("Details = what happened", "Details = not used")
    text = text.replace("Comments = analysis or comment", "Comments = what happened")
    text = text.replace("agency = Social care", "agency = Police")
    found = extract(LIST, mapping=read_mapping(text), given=Given(agency=Agency.HEALTH))
    first = found.accounts[0]
    assert (first.narrative, found.agency) == ("Tidy", Agency.POLICE)
    assert first.other == (("Details", "Seen at home with mother, well presented."),)
    assert "mapping" in found.agency_why
    assert not found.layouts[0].doubts


def test_a_mapping_names_the_heading_row_and_the_child() -> None:
    document = a_document(("Notes on a case",), ("A", "B"), *[(r[0], r[1]) for r in ROWS[1:]])
    mapping = read_mapping(
        "agency = education\nwho it is about = Jo Example\nborn = 01/02/2010\n"
        "[*]\nheading row = 2\nA = date of event\nB = what happened\n"
    )
    found = extract(document, mapping=mapping)
    assert [a.source.row for a in found.accounts] == [3, 4]
    assert found.accounts[0].subjects[0].name == "Jo Example"
    assert found.accounts[0].subjects[0].born == "01/02/2010"


def test_two_equal_headings_are_told_apart_by_number() -> None:
    document = a_document(
        ("Date", "Date", "Event"),
        ("03/05/2019", "06/05/2019", "Seen at home with mother, well presented today."),
    )
    text = write_mapping(extract(document, given=Given(agency=Agency.HEALTH)))
    assert "Date (2) = " in text
    lines = [
        "Date (2) = date recorded" if line.startswith("Date (2)") else line
        for line in text.splitlines()
    ]
    account = extract(document, mapping=read_mapping("\n".join(lines))).accounts[0]
    assert account.recorded is not None
    assert str(account.recorded.start) == "2019-05-06"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("colour = red", ("Line 1", "'colour' is no setting"), id="setting"),
        pytest.param("# note\nagency = army", ("Line 2", "'army' is no agency"), id="agency"),
        pytest.param("date order = backwards", ("Line 1", "day first or month first"), id="order"),
        pytest.param("year = 19", ("Line 1", "four figures"), id="year"),
        pytest.param(
            "[*]\nFrom = date of event\nReported = date of event",
            ("Line 3", "Both 'From' and 'Reported'", "date the agency was told"),
            id="two dates of event",
        ),
        pytest.param("[Sheet1\n", ("Line 1", "closing bracket"), id="bracket"),
        pytest.param("[*]\nheading row = top", ("Line 2", "number in Excel"), id="row"),
        pytest.param("[*]\nDate = whenever", ("Line 2", "date of event"), id="field"),
        pytest.param("[*]\nDate", ("Line 2", "no '='"), id="no-equals"),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_what_is_allowed(
    text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(MappingMismatchError) as why:
        read_mapping(text)
    for word in words:
        assert word in str(why.value)


def test_a_mapping_that_lacks_its_heading_does_not_fit() -> None:
    mapping = read_mapping("[*]\nheading row = 1\nDate of visit = date of event\n")
    assert "'Date of visit' in row 1" in fits(mapping, LIST)
    with pytest.raises(MappingMismatchError, match="chronology inspect"):
        extract(LIST, mapping=mapping)


def test_a_mapping_for_a_sheet_the_file_does_not_have_does_not_fit() -> None:
    mapping = read_mapping("[Log]\nheading row = 1\nDate = date of event\n")
    assert "sheet 'Log'" in fits(mapping, LIST)


def test_a_mapping_applies_by_the_name_of_the_file_or_by_its_headings() -> None:
    by_name = read_mapping("file = social_care_*.csv\n")
    by_headings = read_mapping(
        "[*]\nheading row = 1\nDate = date of event\nDetails = what happened\n"
    )
    other = a_document(("Day", "Story"), ("03/05/2019", "Seen."), file="b.csv")
    assert applies(by_name, LIST)
    assert applies(by_headings, LIST)
    assert not applies(by_name, other)
    assert not applies(by_headings, other)


def test_headings_joined_from_two_rows_can_be_mapped() -> None:
    rows = (
        ("Incident", "", "Story"),
        ("Date", "Time", ""),
        ("03/05/2019", "10:00", "Seen at home with mother, well presented today."),
    )
    document = of_grids(a_grid(*rows, sheet="Log"), kind="xlsx")
    found = extract(document, given=Given(agency=Agency.HEALTH))
    again = extract(document, mapping=read_mapping(write_mapping(found)))
    assert again.accounts == found.accounts


def test_a_table_without_headings_can_be_mapped() -> None:
    document = a_document(
        ("03/05/2019", "Seen at home with mother, well presented today.", "ok"),
        ("14/05/2019", "Phone call from school about lateness this term.", "ok"),
        file="health.csv",
    )
    found = extract(document)
    text = write_mapping(found).replace("Column C = not used", "Column C = outcome or action")
    again = extract(document, mapping=read_mapping(text))
    assert [a.outcome for a in again.accounts] == ["ok", "ok"]
