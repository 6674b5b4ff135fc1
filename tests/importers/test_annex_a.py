"""Annex A workbooks: every list, date and code told, whatever an authority did to the template."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from chronology.account import Account, Agency, Said
from chronology.errors import UnreadableFileError
from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.importers.defined.annex_a_codes import TABLE, answer, shown
from chronology.importers.defined.annex_a_lists import ADOPTER, LISTS, Column, Listing
from chronology.importers.defined.annex_a_sheets import number_in, resolved
from chronology.importers.defined.base import A_STATE, NO_DATE
from chronology.importers.defined.sheets import plain
from chronology.reading import read
from chronology.reading.grid import Document, Grid, Line
from chronology.vocabulary.codes import code_list
from chronology.vocabulary.facts import fact
from chronology.vocabulary.tables import rows as table_rows

PERSON = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
WHO = ("0012", "b) Female", "a) WBRI", "01/02/2015", "9")
CONTACTS = (*PERSON, "Date of Contact", "Contact Source")
Rows = Sequence[Sequence[str]]


def document(sheets: Mapping[str, Rows], kind: str = "xlsx") -> Document:
    """A file of sheets as it is once read; blank rows are gone and rows are of one length."""
    grids = []
    for name, rows in sheets.items():
        width = max(map(len, rows), default=0)
        lines = tuple(
            Line(number, (*row, *("",) * (width - len(row))))
            for number, row in enumerate(rows, start=1)
            if any(row)
        )
        grids.append(Grid("april.xlsx", name, "0" * 64, lines))
    return Document("april.xlsx", kind, "0" * 64, tuple(grids))


def taken(*rows: Sequence[str], sheet: str = "List_1") -> Extract:
    return extract(document({sheet: rows}))


def headings_of(listing: Listing) -> tuple[str, ...]:
    own = tuple(column.heading for column in listing.own)
    return own if listing.own[0].heading == ADOPTER else (*PERSON, *own, "Allocated Worker")


def told(found: Extract) -> list[tuple[str, str]]:
    return [(account.facts[0], str(account.occurred.start)) for account in found.accounts]


def row_of(listing: Listing, **cells: str) -> tuple[str, ...]:
    said = dict(zip(PERSON, WHO, strict=True)) | {ADOPTER: "A1", **cells}
    return tuple(said.get(heading, "") for heading in headings_of(listing))


def codes_of(column: Column) -> list[str]:
    return [code.code for code in code_list(TABLE, column.codes).values()] if column.codes else []


def generated(listing: Listing, seed: int) -> list[tuple[str, ...]]:
    """Rows with every code of every list, some dates blank, some no dates at all."""
    rng = random.Random(seed)
    most = max((len(codes_of(column)) for column in listing.own), default=0)
    rows = []
    for index in range(most + 12):
        cells: dict[str, str] = {}
        for column in listing.own:
            codes = codes_of(column)
            if column.fact:
                day = date(2023, rng.randint(1, 12), rng.randint(13, 28)).strftime("%d/%m/%Y")
                cells[column.heading] = rng.choice((day, day, "", "n/a", "awaited", "01/01/1900"))
            elif codes:
                cells[column.heading] = codes[index % len(codes)]
        rows.append(row_of(listing, **cells))
    return rows


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: f"list-{one.number}")
def test_every_date_of_every_row_is_told_or_left_out_aloud(listing: Listing) -> None:
    headings, rows = headings_of(listing), generated(listing, listing.number)
    found = taken((f"List {listing.number}",), headings, *rows, sheet=f"List_{listing.number}")
    dates = [headings.index(column.heading) for column in listing.own if column.fact]
    expected = sum(max(1, sum(row[column] not in ("", "n/a") for column in dates)) for row in rows)
    good = sum(
        row[column][:1].isdigit() and "1900" not in row[column] for row in rows for column in dates
    )
    assert found.importer == "annex_a"
    assert len(found.accounts) == good
    assert len(found.accounts) + len(found.left_out) == expected == found.rows_read
    places = [(one.source.row, one.source.part) for one in (*found.accounts, *found.left_out)]
    assert len(set(places)) == len(places)
    assert {row for row, _ in places} == set(range(3, 3 + len(rows)))
    assert all(left.reason for left in found.left_out)


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: f"list-{one.number}")
def test_a_list_is_known_by_its_headings_whatever_the_sheet_is_called(listing: Listing) -> None:
    dates = {column.heading: "14/03/2024" for column in listing.own if column.fact}
    found = taken(headings_of(listing), row_of(listing, **dates), sheet="Sheet1")
    assert [code for code, _ in told(found)] == [one.fact for one in listing.own if one.fact]
    assert all(account.agency is Agency.SOCIAL_CARE for account in found.accounts)
    assert all(account.system == "Annex A" for account in found.accounts)


def test_every_fact_and_every_list_of_codes_that_the_lists_name_exists() -> None:
    for listing in LISTS:
        for column in listing.own:
            assert not column.fact or fact(column.fact).title
            assert not column.codes or code_list(TABLE, column.codes)


@pytest.mark.parametrize(
    "row", table_rows(f"codes/{TABLE}"), ids=lambda row: f"{row['list']}-{row['code']}"
)
def test_a_code_alone_is_told_in_words_beside_it(row: dict[str, str]) -> None:
    said, is_unknown = shown(row["list"], row["code"])
    if row["code"].isdigit() and row["list"] != "yes_no":
        assert (said, is_unknown) == (row["code"], True)
    else:
        assert row["code"] in said
        assert row["meaning"].casefold() in said.casefold()
        assert not is_unknown


@pytest.mark.parametrize(
    ("name", "written", "said", "is_unknown"),
    [
        pytest.param("source", "7 - Police", "7 - Police", False, id="an older number with words"),
        pytest.param("source", "7", "7", True, id="a number alone"),
        pytest.param("source", "q) 6", "q) 6", True, id="a letter and a number"),
        pytest.param("source", "q) 6: Police", "q) 6: Police", False, id="words as they came"),
        pytest.param("source", "PSRMEM", "PSRMEM", True, id="a code of one authority"),
        pytest.param("source", "POLICE", "POLICE", False, id="a word in capitals"),
        pytest.param("source", "3b", "health services: health visitor [3b]", False, id="small"),
        pytest.param("need", "N12", "N12", True, id="no such code"),
        pytest.param("abuse", "a)", "neglect [a)]", False, id="the letter of a list"),
        pytest.param("need", "a)", "a)", True, id="a letter that the list has not"),
        pytest.param("abuse", "Neglect, Physical", "Neglect, Physical", False, id="two in words"),
        pytest.param("provider", "e) PR4", "private provision [e) PR4]", False, id="both"),
        pytest.param("ceased", "E17", "aged 18 or over and remained with current carers"
                     " [E17, unverified]", False, id="unverified"),
        pytest.param("yes_no", "1", "yes [1]", False, id="one for yes"),
    ],
)  # fmt: skip
def test_words_and_codes_are_read_together(
    name: str, written: str, said: str, is_unknown: bool
) -> None:
    assert shown(name, written) == (said, is_unknown)


@pytest.mark.parametrize(
    ("written", "said"),
    [("a) Yes", Said.YES), ("Y", Said.YES), ("1", Said.YES), ("Yes - with sibling", Said.YES),
     ("b) No", Said.NO), ("n", Said.NO), ("0", Said.NO), ("c) Unknown", Said.NOT_RECORDED),
     ("", Said.NOT_RECORDED), ("refused", Said.NOT_RECORDED)],
)  # fmt: skip
def test_yes_and_no_are_understood_as_they_are_written(written: str, said: Said) -> None:
    assert answer(written) is said


def test_a_code_that_is_in_no_list_is_shown_and_flagged() -> None:
    found = taken(CONTACTS, (*WHO, "14/03/2024", "PSRMEM"))
    assert "Contact Source: PSRMEM" in found.accounts[0].narrative
    assert "code-unknown" in {flag.code for flag in found.accounts[0].flags}


@pytest.mark.parametrize(
    ("name", "number"),
    [("List_1", 1), ("List 10", 10), ("LIST 11 adopters", 11), ("list-7", 7), ("List_8 CLA", 8),
     ("AnnexA_List_3", 3), ("List_1_contacts", 1), ("Checklist", 0), ("Sheet1", 0)],
)  # fmt: skip
def test_the_name_of_a_sheet_gives_its_number(name: str, number: int) -> None:
    assert number_in(name) == number


@pytest.mark.parametrize("above", range(6))
def test_the_heading_row_is_found_anywhere_near_the_top(above: int) -> None:
    titles = [(f"Annex A, title {n}",) for n in range(above)]
    found = taken(*titles, CONTACTS, (*WHO, "14/03/2024", "1A"))
    assert told(found) == [("contact", "2024-03-14")]
    assert len(found.set_apart) == above + 1


#: An apostrophe that went through the wrong encoding twice.
MANGLED = "\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2"
#: List, heading of the template, the same as an authority edited it.
EDITED = (
    (1, "Child Unique ID", "Child ID"),
    (1, "Child Unique ID", "Unique Child Identifier"),
    (1, "Age of Child (Years)", "AGE OF CHILD (YEARS AND MONTHS)"),
    (1, "Gender", "Sex"),
    (1, "Date of Contact", "Contact Date"),
    (1, "Contact Source", "Source of contact"),
    (2, "Assessment start date", "Start date of EH assessment"),
    (2, "Assessment completion date", "Date assessment completed"),
    (3, "Date of referral", "Date of the  Referral "),
    (3, "Referral NFA?", "Referral - No Further Action?"),
    (4, "Continuous Assessment Start Date", "C&F assessment start date"),
    (4, "Continuous Assessment Date of Authorisation", "Date authorised by manager"),
    (4, "Was the child assessed as requiring LA children's social care support?",
     f"Was the child assessed as requiring LA children{MANGLED}s social care support"),
    (5, "Strategy discussion initiating Section 47 Enquiry Start Date", "S47 start date"),
    (5, "Date of Initial Child Protection Conference", "ICPC date"),
    (6, "CIN Start Date", "Child in Need start date"),
    (6, "CIN Closure Date", "Date of closure"),
    (6, "Date Child Was Last Seen", "Date child\u00a0was last seen"),
    (7, "Child Protection Plan Start Date", "CP Plan Start"),
    (7, "Child Protection Plan End Date", "CP Plan End"),
    (7, "Date of the Last Statutory Visit", "Last stat visit date"),
    (8, "Date of Last IRO Visit / Contact to the Child", "Last IRO visit"),
    (8, "Date of Last Dental Check", "Last dentist appointment"),
    (8, "Placement postcode", "PLACEMENT POST CODE"),
    (9, "Latest Pathway Plan Review Date", "Pathway plan reviewed on"),
    (10, "Date of Placement Order", "Placement order date"),
    (10, "Date Placed for Adoption", "Placed for adoption on"),
    (11, "Date enquiry received", "Enquiry received"),
)  # fmt: skip


@pytest.mark.parametrize(("number", "heading", "edited"), EDITED, ids=lambda one: str(one)[:40])
def test_an_edited_heading_is_still_known(number: int, heading: str, edited: str) -> None:
    headings = tuple(
        plain(edited if one == heading else one) for one in headings_of(LISTS[number - 1])
    )
    before = resolved(tuple(map(plain, headings_of(LISTS[number - 1]))), number)
    assert resolved(headings, number) == before
    assert before[heading] == headings.index(plain(edited))


def test_columns_may_be_missing_added_or_moved() -> None:
    found = taken(
        (
            "Contact Source",
            "Date of Contact",
            "Ward",
            "Child Unique ID",
            "Ethnicity",
            "Gender",
            "DOB",
        ),
        ("1C", "14/03/2024", "North", "0012", "a) WBRI", "F", "01/02/2015"),
    )
    (account,) = found.accounts
    assert account.narrative == "Contact received\nContact Source: individual: self [1C]"
    assert account.other == (("Ward", "North"),)
    assert ("Ward", "North") in account.raw
    assert account.subjects[0].identifiers[0].text == "0012"


def test_where_a_child_is_placed_is_withheld_and_repeated_nowhere() -> None:
    listing = LISTS[7]
    hidden = {"Placement postcode": "ZZ99 3CZ", "URN of Placement": "SC999999",
              "Placement Location": "7 Invented Mall"}  # fmt: skip
    dates = {
        "Start Date of Most Recent Placement": "14/03/2024",
        "Date of Last Dental Check": "soon",
    }
    found = taken(headings_of(listing), row_of(listing, **hidden, **dates), sheet="List_8")
    (account,), (left,) = found.accounts, found.left_out
    said = repr((account.narrative, account.location, account.other, account.outcome, left.cells))
    assert account.withheld == tuple(hidden)
    assert not any(secret in said for secret in hidden.values())
    assert all((heading, secret) in account.raw for heading, secret in hidden.items())
    assert "content-withheld" in {flag.code for flag in account.flags}


def test_a_plan_a_visit_and_who_was_seen_alone_are_told() -> None:
    listing = LISTS[6]
    cells = {"Child Protection Plan Start Date": "01/02/2024", "Initial Category of Abuse": "NEG",
             "Date of the Last Statutory Visit": "14/03/2024", "Was the Child Seen Alone?": "b) No",
             "Latest Category of Abuse": "EMO", "Allocated Worker": "Kim\u00a0Holt"}  # fmt: skip
    plan, visit = taken(headings_of(listing), row_of(listing, **cells), sheet="List_7").accounts
    assert plan.narrative.endswith("Initial Category of Abuse: neglect [NEG]")
    assert plan.professional == ""
    assert ("Allocated Worker", "Kim Holt") in plan.other
    assert ("Latest Category of Abuse", "emotional abuse [EMO]") in plan.other
    assert (plan.child_alone, visit.child_alone) == (Said.NOT_RECORDED, Said.NO)


def test_what_tells_more_about_a_date_that_is_not_given_is_kept_beside_the_others() -> None:
    listing = LISTS[5]
    cells = {"CIN Start Date": "01/02/2024", "Reason for Closure": "RC7"}
    (account,) = taken(headings_of(listing), row_of(listing, **cells), sheet="List_6").accounts
    assert any(label == "Reason for Closure" and "[RC7]" in said for label, said in account.other)


def test_an_unborn_child_has_an_expected_date_of_birth() -> None:
    found = taken(CONTACTS, ("0014", "c)", "", "20/09/2024", "-1", "14/03/2024", "3A"))
    (account,) = found.accounts
    assert (account.subjects[0].born, account.subjects[0].role) == ("", "unborn child")
    assert ("Expected date of birth", "20/09/2024") in account.other


def test_a_date_of_birth_that_stands_for_not_known_is_not_taken() -> None:
    found = taken(CONTACTS, ("0014", "", "", "01/01/1900", "", "14/03/2024", "3A"))
    assert found.accounts[0].subjects[0].born == ""


def test_an_adult_in_the_file_is_kept_and_counted() -> None:
    found = taken(CONTACTS, ("0099", "", "", "05/01/2002", "22", "14/03/2024", "PSRMEM"))
    assert ("Age of Child (Years)", "22") in found.accounts[0].other
    assert any("aged 18 or over" in note for note in found.notes)


def test_a_number_keeps_its_noughts_and_loses_the_mark_that_made_it_text() -> None:
    found = taken(CONTACTS, ("\u20180015", *WHO[1:], "14/03/2024", "1A"))
    assert found.accounts[0].subjects[0].identifiers[0].text == "0015"


def test_care_leavers_of_years_without_dates_are_left_out_as_states() -> None:
    listing = LISTS[8]
    columns = tuple(one for one in headings_of(listing) if not one.startswith("Latest"))
    row = (*WHO, *("a) Yes",) * (len(columns) - len(WHO)))
    found = taken(columns, row, sheet="List_9")
    assert [left.reason for left in found.left_out] == [A_STATE]


def test_a_row_without_a_date_is_left_out_whole() -> None:
    found = taken(CONTACTS, (*WHO, "", "1A"))
    (left,) = found.left_out
    assert left.reason == NO_DATE
    assert left.cells == (*WHO, "", "1A")


def test_adopters_are_told_of_by_number_and_not_as_children() -> None:
    listing = LISTS[10]
    cells = {"Family identifier": "F78", "Date of Adoption Order": "14/03/2024"}
    (account,) = taken(headings_of(listing), row_of(listing, **cells), sheet="List_11").accounts
    assert account.subjects[0].name == "Adopter ID A1"
    assert account.facts == ("adopter-order",)
    assert account.withheld == ("Family identifier",)


def test_sheets_without_records_are_set_apart_and_other_tables_left_out() -> None:
    found = extract(
        document(
            {
                "Front_Sheet": [("Annex A",)],
                "FAQ_and_changes": [("Q", "A")],
                "List_1": [CONTACTS, (*WHO, "14/03/2024", "1A")],
                "Codes_used": [("1A", "family")],
                "People": [("Child Unique ID", "Name", "DOB"), ("0012", "Tamsin Oakley", "")],
                "Missing": [("Child Unique ID", "Went missing"), ("0021", "03/01/2024")],
            }
        )
    )
    assert {sheet for sheet, _, _ in found.set_apart} == {
        "Front_Sheet", "FAQ_and_changes", "List_1", "Codes_used", "People",
    }  # fmt: skip
    assert [(left.source.sheet, left.source.row) for left in found.left_out] == [
        ("People", 2), ("Missing", 1), ("Missing", 2),
    ]  # fmt: skip
    assert found.left_out[0].person is not None
    assert found.left_out[0].person.name == "Tamsin Oakley"
    assert found.agency is Agency.SOCIAL_CARE


def test_two_months_tell_the_same_fact_alike_and_each_its_own_last_visit() -> None:
    listing = LISTS[6]

    def month(visit: str, age: str, worker: str, plans: str) -> dict[tuple[str, str], Account]:
        cells = {
            "Child Protection Plan Start Date": "01/02/2024",
            "Initial Category of Abuse": "NEG",
            "Date of the Last Statutory Visit": visit,
            "Age of Child (Years)": age,
            "Allocated Worker": worker,
            "Number of Previous Child Protection Plans": plans,
        }
        found = taken(headings_of(listing), row_of(listing, **cells), sheet="List_7")
        return {(one.facts[0], str(one.occurred.start)): one for one in found.accounts}

    march, april = month("04/03/2024", "8", "Kim", "0"), month("02/04/2024", "9", "Ash", "")
    start = ("cp-plan-start", "2024-02-01")
    assert march[start].id == april[start].id
    assert {key for key in march.keys() | april.keys() if key[0] == "cp-visit"} == {
        ("cp-visit", "2024-03-04"), ("cp-visit", "2024-04-02"),
    }  # fmt: skip


CSV = ",".join(CONTACTS) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("day", ["14/03/2024", "2024-03-14", "14-Mar-24", "14/03/2024 00:00"])
def test_one_list_as_csv_is_read_in_any_encoding_and_way_of_dating(
    tmp_path: Path, encoding: str, day: str
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(f"{CSV}0012,F,WBRI,01/02/2015,9,{day},caf\u00e9 owner\n".encode(encoding))
    found = extract(read(path))
    assert found.importer == "annex_a"
    assert told(found) == [("contact", "2024-03-14")]
    assert "Contact Source: caf\u00e9 owner" in found.accounts[0].narrative


def test_a_file_cut_short_gives_the_rows_it_still_has(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(f"{CSV}0012,F,WBRI,01/02/2015,9,14/03/2024,1A\n0013,M,WB", encoding="utf-8")
    found = extract(read(path))
    assert (len(found.accounts), len(found.left_out)) == (1, 1)


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    sample = Path(__file__).parent / "defined" / "annex_a" / "april.xlsx"
    path = tmp_path / "april.xlsx"
    path.write_bytes(sample.read_bytes()[:-2000])
    with pytest.raises(UnreadableFileError):
        read(path)


@pytest.mark.parametrize(
    "hostile", ['=HYPERLINK("http://x.invalid")', "<b>bold</b>", "\u202egpj.exe"]
)
def test_hostile_text_stays_text(hostile: str) -> None:
    found = taken(CONTACTS, (*WHO, "14/03/2024", hostile))
    assert found.accounts[0].narrative == f"Contact received\nContact Source: {hostile}"


@pytest.mark.parametrize(
    "headings",
    [
        ("Date", "Child", "Event", "Source", "Action taken"),
        ("Child ID", "Name", "DOB", "Date of contact", "Contact source", "Case note", "Worker"),
        ("Person ID", "Gender", "Ethnicity", "DOB", "Date of Contact", "Contact Source", "Notes"),
        ("Client ID", "Date of referral", "Referral source", "Outcome"),
        ("cont_contact_id", "cont_person_id", "cont_contact_date", "cont_contact_source_desc"),
        ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
        ("Adopter ID", "Name", "Date of visit", "Details"),
    ],
    ids=lambda one: one[0],
)
def test_other_tables_are_not_taken_for_annex_a(headings: tuple[str, ...]) -> None:
    row = tuple("14/03/2024" if "date" in plain(one) else "words" for one in headings)
    known = recognised(document({"Sheet1": (headings, row)}))
    assert known is None or known.name != "annex_a"


@pytest.mark.parametrize(
    "heading", ["Date of next review conference", "Review due date", "Planned visit date"]
)
def test_a_day_by_which_something_is_due_is_kept_beside_and_no_event(heading: str) -> None:
    headings = (*PERSON, "Child Protection Plan Start Date", "Initial Category of Abuse", heading)
    found = taken(headings, (*WHO, "03/03/2024", "Neglect", "05/05/2026"), sheet="List_6")
    assert told(found) == [("cp-plan-start", "2024-03-03")]
    assert (heading, "05/05/2026") in found.accounts[0].other
