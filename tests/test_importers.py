"""Every line of every table is an account, left out with a reason, or set apart: never lost."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from grids import a_document, a_grid, a_line, of_grids
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.account import Account, Agency
from chronology.errors import UnreadableFileError
from chronology.flags import MEANINGS, Flag
from chronology.importers import IMPORTERS, Extract, Given, extract
from chronology.importers.columns import read_columns
from chronology.importers.evidence import look
from chronology.reading.grid import Document, Grid, Line
from chronology.when import Precision

HEAD = ("Date", "Time", "Child", "Type", "Details", "Worker")
SEEN = "Seen at home with mother, well presented and chatty."
ROW = ("03/05/2019", "10:00", "Jo Example", "Home visit", SEEN, "A Reed, Social Worker")
LATER = ("14/05/2019", "", "Jo Example", "Call", "School rang about lateness.", "A Reed, SW")


def read(*rows: tuple[str, ...], file: str = "social_care.csv", **more: object) -> Extract:
    return extract(a_document(*rows, file=file), **more)  # type: ignore[arg-type]


def only(found: Extract) -> Account:
    assert len(found.accounts) == 1
    return found.accounts[0]


def codes(account: Account) -> set[str]:
    return {flag.code for flag in account.flags}


CELLS = st.sampled_from(
    [
        *("", " ", "03/05/2019", "2019", "March 2019", "as above", "10:30", "Jo Example", "Jamie"),
        *("Page 1 of 3", "Total 45", "End of report", "Home visit", "yes", "999 000 0018", '"'),
        *("Date", "Details", "Worker", "Name", "Time", "Child:", "Police", "x" * 90, "31/02/2019"),
        *("Seen at home.\nOutcome: none", "<script>", "=1+1", "\u202eabc", "?", "0", "summer 2018"),
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    width = draw(st.integers(1, 6))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=14))
    if draw(st.booleans()):
        head = ["Date", "Details", "Worker", "Name", "Type", "Outcome"][:width]
        rows.insert(draw(st.integers(0, min(3, len(rows)))), head)
    kind = draw(st.sampled_from(["csv", "xlsx", "docx"]))
    return a_document(*rows, file=f"list.{kind}")


@settings(max_examples=250, deadline=None)
@given(documents())
def test_every_line_is_read_left_out_or_set_apart_and_only_once(document: Document) -> None:
    try:
        found = extract(document)
    except UnreadableFileError as why:
        assert "chronology inspect" in str(why)  # noqa: PT017 (which documents raise is not known)
        return
    there = [(grid.sheet, line.number) for grid in document.grids for line in grid.lines]
    records = [(a.source.sheet, a.source.row) for a in found.accounts]
    left_out = [(row.source.sheet, row.source.row) for row in found.left_out]
    apart = [(sheet, row) for sheet, row, _ in found.set_apart]
    assert sorted(records + left_out + apart) == sorted(there)
    assert found.rows_read == len(found.accounts) + len(found.left_out)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_reading_twice_gives_the_same(document: Document) -> None:
    try:
        found = extract(document)
    except UnreadableFileError:
        return
    assert extract(document) == found


@settings(max_examples=60, deadline=None)
@given(documents())
def test_no_word_of_a_record_is_lost(document: Document) -> None:
    try:
        found = extract(document)
    except UnreadableFileError:
        return
    lines = {(g.sheet, line.number): line for g in document.grids for line in g.lines}
    for account in found.accounts:
        line = lines[(account.source.sheet, account.source.row)]
        assert [text for _, text in account.raw if text] == [cell for cell in line.cells if cell]
        assert {flag.code for flag in account.flags} <= MEANINGS.keys()


def test_a_record_is_read_whole() -> None:
    account = only(read(HEAD, ROW))
    assert account.agency is Agency.SOCIAL_CARE
    assert account.occurred.precision is Precision.MINUTE
    assert account.narrative == SEEN
    assert account.event_type_written == "Home visit"
    assert account.professional == "A Reed, Social Worker"
    assert [mention.name for mention in account.subjects] == ["Jo Example"]
    assert account.raw == tuple(zip(HEAD, ROW, strict=True))
    assert str(account.source) == "social_care.csv, row 2"


def test_titles_above_the_headings_name_the_child_and_the_agency() -> None:
    found = read(
        ("Agency: Health Visiting", ""),
        ("Child: Jo Example  DOB: 01/02/2010", ""),
        ("Date", "Details"),
        ("03/05/2019", SEEN),
        file="chronology.csv",
    )
    account = only(found)
    assert account.agency is Agency.HEALTH
    assert (account.subjects[0].name, account.subjects[0].born) == ("Jo Example", "01/02/2010")
    assert [row for _, row, _ in found.set_apart] == [1, 2, 3]


def test_headings_repeated_on_every_page_are_set_apart() -> None:
    found = read(HEAD, ROW, HEAD, LATER)
    assert [a.source.row for a in found.accounts] == [2, 4]
    assert [row for _, row, _ in found.set_apart] == [1, 3]


def test_a_second_table_with_other_headings_is_read_by_its_own() -> None:
    found = read(
        ("Date", "Details", "Worker", ""),
        ("03/05/2019", SEEN, "A Reed", ""),
        ("Child: Kim Sample", "", "", ""),
        ("Worker", "Date of call", "Summary", "Outcome"),
        ("B Moss", "14/05/2019", "School rang about lateness.", "None"),
    )
    assert [a.narrative for a in found.accounts] == [SEEN, "School rang about lateness."]
    assert [a.professional for a in found.accounts] == ["A Reed", "B Moss"]
    assert [m.name for m in found.accounts[1].subjects] == ["Kim Sample"]
    assert len(found.layouts) == 2


def test_a_year_over_the_rows_completes_their_dates() -> None:
    found = read(("Date", "Details"), ("2019", ""), ("3 May", SEEN), ("2020", ""), ("7 June", SEEN))
    assert [str(a.occurred.start) for a in found.accounts] == ["2019-05-03", "2020-06-07"]
    assert "date-year-from-heading" in codes(found.accounts[0])


def test_a_year_given_by_the_user_completes_dates_without_one() -> None:
    found = read(("Date", "Details"), ("3 May", SEEN), given=Given(year=2018))
    assert str(only(found).occurred.start) == "2018-05-03"
    assert "date-year-stated" in codes(only(found))
    assert "date-year-from-heading" not in codes(only(found))


def test_a_year_over_the_rows_wins_over_one_given_by_the_user_and_is_named() -> None:
    rows = (("Date", "Details"), ("3 May", SEEN), ("2019", ""), ("7 June", f"{SEEN} Again."))
    first, second = read(*rows, given=Given(year=2018)).accounts
    assert [str(a.occurred.start) for a in (first, second)] == ["2018-05-03", "2019-06-07"]
    assert "date-year-stated" in codes(first)
    assert "date-year-from-heading" in codes(second)


def test_a_name_over_the_rows_says_whom_they_are_about() -> None:
    found = read(
        *(("Date", "Details"), ("Jamie's entries", ""), ("03/05/2019", SEEN)),
        *(("Kim Sample", ""), ("14/05/2019", SEEN)),
    )
    assert [a.subjects[0].name for a in found.accounts] == ["Jamie", "Kim Sample"]
    assert [text for _, _, text in found.set_apart[1:]] == ["Jamie's entries", "Kim Sample"]


@pytest.mark.parametrize(
    "foot",
    ["Page 1 of 3", "End of report", "Total 45", "12 records found", "Printed on 03/05/2019"],
)
def test_the_foot_of_a_page_is_left_out_with_a_reason(foot: str) -> None:
    found = read(HEAD, ROW, (foot, "", "", "", "", ""))
    assert len(found.accounts) == 1
    assert foot in found.left_out[0].reason
    assert found.left_out[0].cells[0] == foot


def test_a_row_with_words_but_no_date_is_an_undated_account() -> None:
    found = read(HEAD, ROW, ("", "", "", "", "Letter on file, date not known.", ""))
    last = found.accounts[1]
    assert last.occurred.precision is Precision.UNKNOWN
    assert "date-missing" in codes(last)


def test_long_words_alone_in_a_row_are_an_undated_account() -> None:
    words = "The family moved to a new address in another area at about this time."
    found = read(HEAD, ROW, (words, "", "", "", "", ""), LATER)
    assert found.accounts[1].narrative == words
    assert not found.left_out


def test_a_row_that_names_only_a_worker_is_left_out_and_shown() -> None:
    found = read(HEAD, ROW, ("", "", "Jo Example", "", "", "A Reed"))
    assert "neither a date nor words" in found.left_out[0].reason
    assert "'A Reed'" in found.left_out[0].reason


def test_a_blank_date_in_an_export_stays_undated() -> None:
    found = read(HEAD, ROW, ("", *LATER[1:]))
    assert not found.accounts[1].occurred.is_known
    assert "date-missing" in codes(found.accounts[1])


@pytest.mark.parametrize("ditto", ["as above", "ditto", '"', "As above"])
def test_as_above_takes_the_date_above_and_says_so(ditto: str) -> None:
    account = read(HEAD, ROW, (ditto, *LATER[1:])).accounts[1]
    assert str(account.occurred.start) == "2019-05-03"
    assert "date-as-above" in codes(account)
    assert "row 2" in next(f.text for f in account.flags if f.code == "date-as-above")
    assert account.occurred.written == ditto


def test_a_blank_date_in_word_takes_the_date_above_with_its_own_time() -> None:
    rows = (HEAD, ROW, ("", "15:30", *LATER[2:]))
    account = read(*rows, file="social care.docx").accounts[1]
    assert str(account.occurred.start) == "2019-05-03"
    assert account.occurred.clock is not None
    assert f"{account.occurred.clock:%H:%M}" == "15:30"


def test_a_year_heading_ends_what_as_above_points_to() -> None:
    rows = (("Date", "Details"), ("03/05/2019", SEEN), ("2020", ""), ("", "Moved house again."))
    account = read(*rows, file="social care.docx").accounts[1]
    assert not account.occurred.is_known


def test_a_date_cell_merged_over_rows_is_said() -> None:
    head, first = a_line(1, ("Date", "Details")), a_line(2, ("03/05/2019", SEEN))
    second = Line(3, ("03/05/2019", "Rang school."), filled=frozenset({0}))
    grid = Grid("health.xlsx", "Log", "ee" * 32, (head, first, second))
    account = extract(of_grids(grid, file="health.xlsx")).accounts[1]
    assert "date-merged-cell" in codes(account)
    assert str(account.occurred.start) == "2019-05-03"


def test_a_word_table_without_headings_goes_on_with_the_one_before() -> None:
    first = a_grid(("Date", "Details"), ("03/05/2019", SEEN), sheet="table 1")
    second = a_grid(("14/05/2019", SEEN), ("21/05/2019", SEEN), sheet="table 2")
    found = extract(of_grids(first, second, file="health.docx"))
    assert [a.source.sheet for a in found.accounts] == ["table 1", "table 2", "table 2"]
    assert any("'table 2' has no headings" in d for layout in found.layouts for d in layout.doubts)


def test_a_list_of_the_family_beside_the_chronology_is_set_apart() -> None:
    family = a_grid(
        ("Name", "Relationship", "DOB"), ("Kim Example", "Mother", "03/04/1985"), sheet="table 1"
    )
    events = a_grid(("Date", "Details"), ("03/05/2019", SEEN), sheet="table 2")
    found = extract(of_grids(family, events, file="health.docx"))
    assert len(found.accounts) == 1
    assert [row for sheet, row, _ in found.set_apart if sheet == "table 1"] == [1, 2]
    assert any("no column of dates" in note for note in found.notes)


def test_a_file_without_a_table_says_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match="chronology inspect"):
        extract(a_document(("Minutes of the meeting",), ("Those present were as follows",)))


def test_the_same_row_twice_is_kept_twice_and_told_apart() -> None:
    found = read(HEAD, ROW, LATER, ROW)
    assert [a.copy for a in found.accounts] == [0, 0, 1]
    assert len({a.id for a in found.accounts}) == 3
    flag = next(f for f in found.accounts[2].flags if f.code == "row-exact-duplicate")
    assert "social_care.csv, row 2" in flag.text


def test_an_outcome_at_the_end_of_the_narrative_is_shown_as_outcome() -> None:
    cell = "Seen at home.\nChatty.\nOutcome: Visit again\nin a week."
    account = only(read(("Date", "Details"), ("03/05/2019", cell)))
    assert account.narrative == "Seen at home.\nChatty."
    assert account.outcome == "Visit again\nin a week."
    assert dict(account.raw)["Details"] == cell


def test_the_word_outcome_within_a_narrative_splits_nothing() -> None:
    cell = "The outcome: not yet known, mother says."
    account = only(read(("Date", "Details"), ("03/05/2019", cell)))
    assert (account.narrative, account.outcome) == (cell, "")


def test_a_title_stands_over_the_narrative_unless_it_is_in_it() -> None:
    rows = (
        ("Date", "Type", "Title", "Note"),
        ("03/05/2019", "Visit", "Home visit, no reply", "Card left at the door for the mother."),
        ("14/05/2019", "Call", "Call from school", "Call from school about lateness this term."),
    )
    found = read(*rows)
    assert found.accounts[0].narrative.splitlines()[0] == "Home visit, no reply"
    assert found.accounts[1].narrative == "Call from school about lateness this term."


def test_a_column_nobody_understands_is_kept_under_its_heading() -> None:
    account = only(read((*HEAD, "Xyzzy"), (*ROW, "plugh")))
    assert account.other == (("Xyzzy", "plugh"),)


def test_a_cell_under_no_heading_is_kept_and_said() -> None:
    account = only(read((*HEAD, ""), (*ROW, "stray")))
    assert "row-extra-cells" in codes(account)
    assert "stray" in dict(account.other).values()


def test_a_record_written_before_its_event_is_said() -> None:
    account = only(read((*HEAD, "Date recorded"), (*ROW, "01/05/2019")))
    assert "recorded-before" in codes(account)
    assert str(account.recorded and account.recorded.start) == "2019-05-01"


def test_the_only_date_of_a_file_dates_the_event_and_is_doubted() -> None:
    account = only(read(("Date recorded", "Details"), ("03/05/2019", SEEN)))
    assert str(account.occurred.start) == "2019-05-03"
    assert "column-uncertain" in codes(account)


def test_a_time_beside_the_date_reported_is_the_time_reported() -> None:
    account = only(
        read(
            ("Date reported", "Time", "Incident date", "Time", "Details"),
            ("04/05/2019", "09:00", "03/05/2019", "23:30", SEEN),
            file="police.csv",
        )
    )
    assert f"{account.occurred.clock:%H:%M}" == "23:30"
    assert account.known is not None
    assert f"{account.known.clock:%H:%M}" == "09:00"


def test_a_date_of_birth_is_no_date_of_an_event() -> None:
    rows = [("03/05/2010", f"{day:02}/05/2019", SEEN) for day in range(10, 28)]
    found = read(("Date A", "Date B", "Details"), *rows)
    assert str(found.accounts[0].occurred.start) == "2019-05-10"


def test_a_date_far_beyond_all_others_is_said() -> None:
    rows = [(f"{day:02}/05/2019", SEEN) for day in range(10, 20)]
    found = read(("Date", "Details"), *rows, ("11/05/2091", SEEN))
    assert "date-far-future" in codes(found.accounts[-1])
    assert "date-far-future" not in codes(found.accounts[0])


def test_doubts_of_a_line_travel_with_its_account() -> None:
    hidden = Flag("row-hidden", "Row 2 is hidden.")
    lines = (a_line(1, ("Date", "Details")), Line(2, ("03/05/2019", SEEN), flags=(hidden,)))
    grid = Grid("health.xlsx", "Log", "ee" * 32, lines)
    assert hidden in only(extract(of_grids(grid, file="health.xlsx"))).flags


def test_the_order_of_day_and_month_can_be_stated() -> None:
    rows = (("Date", "Details"), ("03/05/2019", SEEN))
    assert (
        str(only(read(*rows, given=Given(date_order="month-first"))).occurred.start) == "2019-03-05"
    )
    assert (
        str(only(read(*rows, given=Given(date_order="day-first"))).occurred.start) == "2019-05-03"
    )


def test_real_dates_are_read_from_their_stamps() -> None:
    found = extract(a_document(("Date", "Details"), (date(2019, 5, 3), SEEN), file="health.xlsx"))
    assert str(only(found).occurred.start) == "2019-05-03"


def test_a_day_stored_with_midnight_is_shown_without_it_and_kept_as_sent() -> None:
    head = ("Date", "Child", "Date of birth", "Details")
    row = (datetime(2019, 5, 3), "Jo Example", datetime(2010, 2, 1), SEEN)
    account = only(extract(a_document(head, row, file="health.xlsx")))
    assert (account.occurred.written, account.occurred.clock) == ("03/05/2019", None)
    assert [one.born for one in account.subjects] == ["01/02/2010"]
    assert dict(account.raw)["Date of birth"] == "01/02/2010 00:00"


def test_a_midnight_among_other_times_stays() -> None:
    head, timed = ("Date", "Details"), (datetime(2019, 5, 3, 14, 5), SEEN)
    found = extract(a_document(head, timed, (datetime(2019, 5, 4), SEEN), file="health.xlsx"))
    assert [a.occurred.written for a in found.accounts] == ["03/05/2019 14:05", "04/05/2019 00:00"]


def test_a_heading_gives_its_people_their_role() -> None:
    account = only(read((*HEAD, "Mother's name"), (*ROW, "Kim Example")))
    assert [(m.name, m.role) for m in account.people] == [("Kim Example", "mother")]


def test_a_record_about_nobody_is_said_and_the_stated_child_is_taken() -> None:
    rows = (("Date", "Details"), ("03/05/2019", SEEN))
    assert "subject-missing" in codes(only(read(*rows)))
    told = only(read(*rows, given=Given(subject="Jo Example", subject_born="01/02/2010")))
    assert told.subjects[0].born == "01/02/2010"
    assert "subject-missing" not in codes(told)


PLAIN = (("Date", "Details"), ("03/05/2019", SEEN))


@pytest.mark.parametrize(
    ("file", "place", "agency"),
    [
        pytest.param("police_westmoor.csv", "", Agency.POLICE, id="token-first"),
        pytest.param("Social Care - case notes.csv", "", Agency.SOCIAL_CARE, id="token-two-words"),
        pytest.param("Education export.csv", "", Agency.EDUCATION, id="education"),
        pytest.param("other_northmoor_homes.csv", "", Agency.OTHER, id="other"),
        pytest.param("westmoor primary school.csv", "", Agency.EDUCATION, id="organisation"),
        pytest.param("school nursing.csv", "", Agency.HEALTH, id="longest-words"),
        pytest.param("export1.csv", "police", Agency.POLICE, id="folder"),
        pytest.param("export1.csv", "Case 4/Westmoor Surgery", Agency.HEALTH, id="folder-name"),
    ],
)
def test_the_name_of_a_file_or_its_folder_says_the_agency(
    file: str, place: str, agency: Agency
) -> None:
    found = read(*PLAIN, file=file, place=place)
    assert found.agency is agency
    assert "agency-uncertain" not in codes(found.accounts[0])
    assert found.agency_why.endswith(".")


def test_what_the_user_says_beats_the_name_of_the_file() -> None:
    found = read(*PLAIN, file="police.csv", given=Given(agency=Agency.HEALTH))
    assert found.agency is Agency.HEALTH


def test_rows_that_name_agencies_outright_beat_the_name_of_the_file() -> None:
    rows = (
        ("Date", "Agency", "Details"),
        ("03/05/2019", "Police", SEEN),
        ("04/05/2019", "GP", SEEN),
    )
    found = read(*rows, file="social care.csv")
    assert [a.agency for a in found.accounts] == [Agency.POLICE, Agency.HEALTH]


def test_a_row_that_names_another_agency_than_the_file_is_said() -> None:
    head = ("Date", "Agency", "Details")
    rows = (head, ("03/05/2019", "Police", SEEN), ("04/05/2019", "", SEEN))
    found = read(*rows, file="health.csv")
    assert [a.agency for a in found.accounts] == [Agency.HEALTH, Agency.HEALTH]
    assert "agency-conflict" in codes(found.accounts[0])


def test_a_guess_at_an_organisation_does_not_beat_the_name_of_the_file() -> None:
    rows = (
        ("Date", "Organisation", "Details"),
        ("03/05/2019", "Westmoor Primary School", SEEN),
        ("04/05/2019", "Northmoor Surgery", SEEN),
    )
    found = read(*rows, file="social_care_mash.csv")
    assert {a.agency for a in found.accounts} == {Agency.SOCIAL_CARE}
    assert found.accounts[0].organisation == "Westmoor Primary School"


def test_nothing_that_tells_the_agency_is_said_with_what_to_do() -> None:
    found = read(*PLAIN, file="export.csv")
    assert found.agency is Agency.OTHER
    assert "agency-uncertain" in codes(found.accounts[0])
    assert "--agency" in found.agency_why


def test_the_organisation_is_read_from_the_name_of_the_file() -> None:
    found = read(*PLAIN, file="health_westmoor_general_hospital.csv")
    assert found.organisation == "westmoor general hospital"


def test_a_code_is_kept_as_written_and_sorted_by_its_meaning() -> None:
    rows = (("Date", "Case note type", "Note"), ("03/05/2019", "STAT", "Seen."))
    account = only(read(*rows))
    assert account.event_type_written == "STAT"
    assert account.event_type


def test_every_importer_has_a_name_and_an_agency_of_its_own() -> None:
    assert len({importer.name for importer in IMPORTERS}) == len(IMPORTERS)
    assert {importer.agency for importer in IMPORTERS} == set(Agency)


@pytest.mark.parametrize(
    ("before", "heading", "is_place"),
    [
        ("Surname", "Postcode", False),
        ("Date of birth", "Post code", False),
        ("NHS number", "Postcode", False),
        ("Notes", "Pupil postcode", False),
        ("Notes", "Home Postcode", False),
        ("Location", "Postcode", True),
        ("Notes", "Incident postcode", True),
        ("Notes", "Postcode", True),
    ],
)
def test_the_postcode_of_a_person_is_no_place_of_an_event(
    before: str, heading: str, is_place: bool
) -> None:
    looks = (look([Line(1, ("ZZ99 3VZ",))], 0),) * 3
    columns = read_columns(("Date", before, heading), looks)
    assert (columns[2].field == "location") is is_place
