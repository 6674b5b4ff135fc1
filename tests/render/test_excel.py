"""The workbook as a reader, a screen reader and an attacker meet it."""

from __future__ import annotations

import errno
import io
import os
import re
import time as clocks
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from factories import a_child, a_chronology, a_day, a_stretch, an_account, an_entry
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string
from steps import steps

from chronology.account import Account, Agency, LeftOut, Mention, Said, Source
from chronology.case import About, Chronology, Refused
from chronology.casefile import records
from chronology.decisions import Decision
from chronology.errors import UnwritableOutputError
from chronology.flags import Flag
from chronology.marking import with_marks
from chronology.merge import Conflict, Link, Question
from chronology.render.excel import excel_bytes, write_excel
from chronology.render.fitting import lines_in, parted
from chronology.render.view import view
from chronology.render.words import BY_HAND
from chronology.render.writing import write_bytes_whole
from chronology.when import Precision, When

SHEETS = ["Timeline", "To review", "Left out", "Sources", "Key", "About"]

#: The files inside a plain workbook without links, macros, comments or pictures.
ALLOWED_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
    r"|xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d\.xml"
    r"|xl/worksheets/_rels/sheet\d\.xml\.rels|xl/tables/table\d\.xml"
)

#: What a spreadsheet could take for something other than words.
PAYLOADS = (
    "=1+1",
    "+SUM(A1:A9)",
    "-1",
    "-2+3+cmd|' /C calc'!A0",
    "@x",
    '=HYPERLINK("http://example.com","click")',
    "=cmd|' /C calc'!A0",
    'DDE ("cmd";"/C calc";"!A0")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=WEBSERVICE("http://example.com")',
    "{=1+1}",
    "http://example.com",
    "mailto:someone@example.com",
    "file:///etc/hosts",
    "internal:Key!A1",
    "#N/A",
    "#REF!",
    "1E5",
    "00123",
    "TRUE",
    "12/03/2013",
    "'quoted",
    "_x000D_ literal",
    "x" * 40_000,
    "word " * 8_000,
    "line\n" * 300,
    "bell \x07 and nul \x00",
    "\ud800 alone",
    "turned \u202e round",
    "<b>&amp; ]]> \"'</b>",
    "👨‍👩‍👧 " * 50,
)


@pytest.fixture(scope="module")
def everything() -> Chronology:
    """One of each thing a chronology can hold, every text a token of its own."""
    first = an_account(
        occurred=a_day("2013-03-14", "23:30"),
        narrative="tokenA1 officers attended",
        organisation="tokenA2",
        system="tokenA3",
        outcome="tokenA4",
        professional="tokenA5",
        location="tokenA6",
        reference="tokenA7",
        event_type_written="tokenA8",
        analysis="tokenA9",
        child_voice="tokenA10",
        child_seen=Said.YES,
        child_alone=Said.YES,
        subjects=(Mention("Jo EXAMPLE", born="tokenA11"),),
        people=(Mention("tokenA12", "tokenA13"),),
        other=(("tokenA14", "tokenA15"),),
        recorded=When("tokenA16"),
        known=When("tokenA17"),
        shared=When("tokenA18"),
        flags=(Flag("row-note", "tokenA19"),),
    )
    second = an_account(
        agency=Agency.HEALTH,
        source=Source("health.xlsx", "Export", 7, "c"),
        narrative="tokenB1 seen in clinic",
        outcome="tokenB2",
        analysis="tokenB3",
        occurred=a_day("2013-03-15"),
    )
    month = an_account(
        agency=Agency.EDUCATION,
        source=Source("school.docx", "table 1", 3, "d"),
        occurred=a_stretch(Precision.MONTH, "2013-04-01", "2013-04-30", "tokenC1"),
        narrative="tokenC2",
    )
    undated = an_account(narrative="tokenD1", occurred=When("tokenD2"), copy=1)
    entries = (
        an_entry(
            first,
            second,
            reasons=("tokenR1",),
            conflicts=(Conflict("outcome", (("tokenR2", "tokenR3"), ("Health", "tokenR4"))),),
        ),
        an_entry(month),
        an_entry(undated, precision=Precision.UNKNOWN),
    )
    return a_chronology(
        *entries,
        persons=(
            a_child(names=("Jo EXAMPLE", "tokenP1"), roles=("tokenP2",), reasons=("tokenP3",)),
        ),
        questions=(Question(month, undated, 0.6, ("tokenQ1",), ("tokenQ2",)),),
        links=(Link(first, month, "response", 18, ()),),
        left_out=(LeftOut(Source("police.csv", "", 9, "c"), "tokenL1", ("tokenL2", "tokenL3")),),
        refused=(Refused("tokenF1", "tokenF2"),),
        about=About("tokenT1", "tokenT2 & more", "tokenT3", "9.9.9"),
    )


@pytest.fixture(scope="module")
def whole(everything) -> bytes:
    return excel_bytes(view(everything))


@pytest.fixture(scope="module")
def book(whole) -> openpyxl.Workbook:
    return opened(whole)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def of_texts(*texts: str) -> Chronology:
    """A chronology whose records hold the texts in every field that is shown."""
    accounts = [
        an_account(
            narrative=text,
            outcome=text,
            analysis=text,
            professional=text,
            organisation=text,
            event_type_written=text,
            child_voice=text,
            subjects=(Mention(text),),
            other=((text, text),),
            source=Source(text[:200], text[:200], number, "c"),
            copy=number,
        )
        for number, text in enumerate(texts, 2)
    ]
    entries = [
        an_entry(account, summary=text) for account, text in zip(accounts, texts, strict=True)
    ]
    return a_chronology(
        *entries,
        persons=tuple(a_child(text) for text in texts),
        questions=tuple(
            Question(a, b, 0.5, (t,), (t,))
            for a, b, t in zip(accounts, accounts[1:], texts, strict=False)
        ),
        left_out=tuple(LeftOut(Source(t[:200], "", 2, "c"), t, (t, t)) for t in texts),
    )


def cells(book: openpyxl.Workbook):
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row)


def rows(sheet) -> list[dict[str, object]]:
    heads = [cell.value for cell in sheet[3]]
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=4)
    ]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_the_sheets_stand_in_order_with_the_timeline_open(book):
    assert book.sheetnames == SHEETS
    assert book.active.title == "Timeline"


def test_every_word_of_every_record_is_in_the_workbook(everything, book):
    said = "\n".join(str(cell.value) for cell in cells(book))
    planted = sorted(set(re.findall(r"token[A-Z]\d+", repr(everything))))
    assert len(planted) > 35
    assert [token for token in planted if token not in said] == []


def test_each_account_stands_whole_under_its_agency_and_place(book):
    told = rows(book["Timeline"])[0]["Accounts"]
    head = "Police (tokenA2) (police.csv, row 5)"
    assert f"{head}\nDated: Thursday 14 March 2013, 23:30\ntokenA1" in told
    assert "Health (health.xlsx, Export, row 7)\nDated: Friday 15 March 2013\ntokenB1" in told


def test_accounts_of_one_organisation_are_told_apart_by_a_place_said_once():
    first = an_account(organisation="Example Force", outcome="Rebook")
    again = an_account(
        organisation="Example Force", outcome="Rebook", source=Source("p.csv", "", 6, "c"), copy=1
    )
    (row,) = rows(opened(excel_bytes(view(a_chronology(an_entry(first, again)))))["Timeline"])
    assert row["Accounts"].count("Police (Example Force) (p.csv, row 6)") == 1
    assert row["Accounts"].count("p.csv, row 6") == 1
    assert row["Outcome"] == "Rebook"


def test_who_says_it_stands_over_a_single_account_too():
    entry = an_entry(an_account(organisation="Example Force"))
    (row,) = rows(opened(excel_bytes(view(a_chronology(entry))))["Timeline"])
    assert row["Accounts"].startswith("Police (Example Force) (")


def test_the_key_says_what_its_words_are():
    child = replace(a_child(), roles=("victim",))
    timeline = view(a_chronology(an_entry(an_account()), persons=(child,)))
    told = {row["Term"]: row["Meaning"] for row in rows(opened(excel_bytes(timeline))["Key"])}
    assert told["Police"] == "No organisation named"
    assert told["Jo Example"] == "Born 20 January 2010\nRole given: victim"


def test_opinion_never_stands_among_facts(book):
    for row in rows(book["Timeline"]):
        facts = {head: text for head, text in row.items() if head != "Authors' analysis"}
        assert not [head for head, text in facts.items() if "tokenA9" in str(text)]


def test_a_day_is_a_real_date_and_a_month_stays_words(book):
    first, month, undated = (row["Date"] for row in rows(book["Timeline"]))
    assert first == datetime(2013, 3, 14)
    assert month == "April 2013"
    assert undated == "Date not known: 'tokenD2'"


def test_a_day_before_spreadsheets_can_count_stays_words():
    account = an_account(occurred=a_day("1899-12-31"))
    old = rows(opened(excel_bytes(view(a_chronology(an_entry(account)))))["Timeline"])[0]
    assert old["Date"] == "31 December 1899"


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_is_a_title_a_sentence_and_one_whole_table(book, name):
    sheet = book[name]
    assert sheet["A1"].value
    assert sheet["A2"].value.startswith("tokenT2 & more.")
    (table,) = sheet.tables.values()
    heads = [cell.value for cell in sheet[3]]
    assert table.ref == f"A3:{sheet.cell(sheet.max_row, len(heads)).coordinate}"
    assert len(set(heads)) == len(heads)
    assert None not in heads
    assert table.autoFilter is not None
    assert not sheet.merged_cells.ranges
    assert all(any(cell.value is not None for cell in row) for row in sheet.iter_rows(min_row=4))


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_is_ready_for_screen_and_paper(book, name):
    sheet = book[name]
    assert sheet.freeze_panes[1:] == "4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert "tokenT2 && more" in sheet.oddHeader.center.text
    assert "Page &P of &N" in sheet.oddFooter.center.text.replace("&[Page]", "&P").replace(
        "&[Pages]", "&N"
    )


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_one_page_of_paper_wide(book, name):
    assert points_on_paper(book[name]) > 6


def test_a_pair_to_review_is_read_and_decided_on_one_page_of_paper(book):
    sheet = book["To review"]
    headings = [cell.value for cell in sheet[3]]
    last = headings[column_index_from_string(re.split(r"[$:]", sheet.print_area)[-2]) - 1]
    assert (last, sheet.page_setup.paperSize, sheet.col_breaks.brk) == ("Note", 9, [])
    smallest_letters = points_on_paper(sheet)
    assert smallest_letters > 6.5
    highest = max(sheet.row_dimensions[row].height for row in range(4, sheet.max_row + 1))
    assert highest * smallest_letters / 10 < 72 * (8.27 - 1.4)


def test_what_reviewers_wrote_is_printed_on_the_same_page(marked):
    sheet = marked["Timeline"]
    printed = headings_on_paper(sheet)
    assert {"Set by reviewers", "Significance", "Analysis"} <= set(printed)
    assert points_on_paper(sheet) > 4.9


def test_keys_and_what_only_a_screen_has_room_for_are_not_printed(book, marked):
    for sheet in (book["Timeline"], marked["Timeline"]):
        screen = {"Record ids", "Also recorded", "Why merged", "Precision", "Links in full"}
        assert screen.isdisjoint(headings_on_paper(sheet))
        assert screen <= {cell.value for cell in sheet[3]}
    assert "SHA-256 of the file" in headings_on_paper(book["Sources"])


def test_an_opinion_is_printed_only_where_somebody_wrote_one():
    plain, said = (
        opened(excel_bytes(view(a_chronology(an_entry(an_account(analysis=text))))))["Timeline"]
        for text in ("", "A pattern.")
    )
    assert "Authors' analysis" not in headings_on_paper(plain)
    assert "Authors' analysis" in headings_on_paper(said)
    assert "Significance" not in headings_on_paper(said)


def headings_on_paper(sheet) -> list[str]:
    last = column_index_from_string(re.split(r"[$:]", sheet.print_area)[-2])
    return [cell.value for cell in sheet[3]][:last]


def points_on_paper(sheet) -> float:
    """How high letters of 10 points come out where all columns fit on one page across.

    A4 across less the margins is 10.89 inches; a column takes 7.4 dots a letter and 5 more.
    """
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert not sheet.col_breaks.brk
    columns = list(sheet.columns)[: len(headings_on_paper(sheet))]
    widths = (sheet.column_dimensions[c[0].column_letter].width for c in columns)
    return min(10.0, 10 * 10.89 * 96 / sum(width * 7.4 + 5 for width in widths))


def test_every_table_is_described_for_a_screen_reader(whole):
    tables = [xml for name, xml in parts(whole).items() if name.startswith("xl/tables/")]
    assert len(tables) == len(SHEETS)
    assert all(b"altTextSummary=" in xml for xml in tables)


def test_nothing_is_hidden_but_the_keys_of_the_pairs_to_review(book):
    assert all(sheet.sheet_state == "visible" for sheet in book)
    assert not [s.title for s in book if any(d.hidden for d in s.row_dimensions.values())]
    assert hidden_headings(book) == ["Record A id", "Record B id"]


def hidden_headings(book: Workbook) -> list[str]:
    return [
        sheet.cell(3, column).value
        for sheet in book
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min, dimension.max + 1)
    ]


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return excel_bytes(view(of_texts(*PAYLOADS)))


def test_hostile_text_stays_text(hostile):
    book = opened(hostile)
    assert not [c.coordinate for c in cells(book) if c.data_type not in ("s", "n", "d")]
    assert not [c.coordinate for c in cells(book) if c.hyperlink]
    said = "\n".join(str(cell.value) for cell in cells(book))
    short = [text for text in PAYLOADS if len(text) < 100 and text.isprintable()]
    assert [text for text in short if text not in said] == []


def test_hostile_text_makes_no_formula_no_link_and_no_further_part(hostile):
    members = parts(hostile)
    sheets = b"".join(xml for name, xml in members.items() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets.lower()
    assert b'TargetMode="External"' not in b"".join(members.values())
    assert [name for name in members if not ALLOWED_PARTS.fullmatch(name)] == []


def test_text_that_looks_like_a_formula_is_marked_as_text_for_whoever_edits_it():
    book = opened(excel_bytes(view(of_texts("=1+1", "-1", "@x", "+x"))))
    risky = [
        c for c in cells(book) if isinstance(c.value, str) and c.value.startswith(tuple("=+-@"))
    ]
    assert len(risky) > 10
    assert all(cell.quotePrefix for cell in risky)


@pytest.mark.parametrize("length", [1_000, 3_000, 40_000])
@pytest.mark.parametrize("kind", ["words", "one word", "lines", "capitals"])
def test_a_long_text_goes_on_in_further_rows_and_nothing_is_cut(kind, length):
    words = " ".join(f"w{number}" for number in range(length // 5))
    text = {
        "words": words,
        "one word": words.replace(" ", ""),
        "lines": words.replace(" ", "\n"),
        "capitals": words.upper(),
    }[kind]
    account = an_account(narrative=text)
    found = rows(opened(excel_bytes(view(a_chronology(an_entry(account)))))["Timeline"])
    told = [str(row["Accounts"]) for row in found]
    assert {row["Order"] for row in found} == {1}
    if len(found) > 1:
        labels = [f"({number} of {len(found)})" for number in range(1, len(found) + 1)]
        assert [part.startswith(label) for part, label in zip(told, labels, strict=True)]
        told = [part.removeprefix(label) for part, label in zip(told, labels, strict=True)]
    said = re.sub(r"\s", "", "".join(told))
    assert said == "Police(police.csv,row5)" + re.sub(r"\s", "", text)


def test_a_long_text_is_cut_between_words():
    account = an_account(narrative="bruise " * 2_000)
    found = rows(opened(excel_bytes(view(a_chronology(an_entry(account)))))["Timeline"])
    words = {word for row in found[1:] for word in str(row["Accounts"]).split()[3:]}
    assert words == {"bruise"}


def test_no_row_is_higher_than_a_spreadsheet_can_show(hostile):
    sheet = opened(hostile)["Timeline"]
    heights = [sheet.row_dimensions[number].height for number in range(1, sheet.max_row + 1)]
    assert max(height for height in heights if height) <= 409


def test_a_row_is_as_high_as_its_words():
    short = opened(excel_bytes(view(of_texts("short"))))["Timeline"].row_dimensions[4].height
    long = opened(excel_bytes(view(of_texts("long words " * 90))))["Timeline"]
    assert long.row_dimensions[4].height > 2 * short


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 20, 1),
        ("one", 20, 1),
        ("one\ntwo\n", 20, 3),
        ("Officers attended the address and spoke to both parents there.", 20, 4),
        ("OFFICERS ATTENDED THE ADDRESS AND SPOKE TO BOTH PARENTS THERE.", 20, 5),
        ("x" * 400, 20, 20),
    ],
)
def test_lines_are_counted_rather_one_too_many(text, width, lines):
    assert lines <= lines_in(text, width) <= lines + 2


def test_a_heading_is_never_left_alone_at_the_end_of_a_part():
    lines = [(False, "text")] * 9 + [(True, "Heading")] + [(False, "more")] * 5
    assert parted(lines, 40, 10)[1][0] == (True, "Heading")


def test_the_same_timeline_gives_the_same_bytes(everything, whole, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("USER", "someone.else")
    clocks.tzset()
    assert excel_bytes(view(everything)) == whole


def test_the_file_names_no_person_and_no_clock(whole):
    members = parts(whole)
    core = members["docProps/core.xml"].decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2000-01-01"}
    assert "tokenT1" in core
    assert "chronology 9.9.9" in core
    assert "<Company></Company>" in members["docProps/app.xml"].decode()


def test_the_file_holds_only_what_a_plain_workbook_needs(whole):
    assert [name for name in parts(whole) if not ALLOWED_PARTS.fullmatch(name)] == []


def test_the_only_names_defined_are_for_printing(whole):
    names = re.findall(r'<definedName name="([^"]+)"', parts(whole)["xl/workbook.xml"].decode())
    assert set(names) == {"_xlnm.Print_Area", "_xlnm.Print_Titles"}


def test_one_font_throughout(whole):
    styles = parts(whole)["xl/styles.xml"].decode()
    assert set(re.findall(r'<name val="([^"]+)"', styles)) == {"Arial"}


def test_agencies_are_named_in_words_and_coloured_only_beside_them(book):
    sheet = book["Timeline"]
    at = [cell.value for cell in sheet[3]].index("Agencies") + 1
    merged, school, police = (sheet.cell(row, at) for row in (4, 5, 6))
    assert [c.value for c in (merged, school, police)] == ["Police\nHealth", "Education", "Police"]
    fills = [cell.fill.fgColor.rgb for cell in (merged, school, police)]
    assert fills == ["FFEDEDED", "FFFDE6D8", "FFF5DCE8"]


def test_a_pair_to_review_shows_both_sides_and_asks_for_a_decision(book):
    sheet = book["To review"]
    (pair,) = rows(sheet)
    assert (pair["Entry A"], pair["Entry B"]) == (2, 3)
    assert "tokenC2" in pair["Record A"]
    assert "tokenD1" in pair["Record B"]
    assert (pair["Reasons for"], pair["Reasons against"]) == ("tokenQ1", "tokenQ2")
    assert pair["Decision"] is None
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"same,different,not sure"'
    assert pair["Record A id"] != pair["Record B id"]


def test_the_record_ids_lead_back_to_the_records(everything, book):
    (pair,) = rows(book["To review"])
    ids = {account.id for account in everything.accounts}
    assert {pair["Record A id"], pair["Record B id"]} <= ids


@pytest.fixture(scope="module")
def marked() -> Workbook:
    """An entry with everything people can set beside it, and one with nothing."""
    account = an_account()
    kinds = {
        "date": "2013-03-13",
        "wording": "=tokenW1",
        "significant": "",
        "analysis": "tokenW2",
        "third_party": "",
        "restricted": "",
    }
    marks = tuple(
        Decision(seq, kind, (account.id,), value, "A. Worker", "2024-05-03T10:00:00", "tokenW3")
        for seq, (kind, value) in enumerate(kinds.items())
    )
    entry = an_entry(account, marks=marks, decided=("tokenW4",))
    plain = an_entry(an_account(narrative="another", source=Source("a.csv", "", 6, "a")))
    return opened(excel_bytes(view(a_chronology(entry, plain))))


def test_what_a_reviewer_set_stands_beside_the_record_and_never_in_its_place(marked):
    first, second = rows(marked["Timeline"])
    assert first["Date"] == datetime(2013, 3, 14)
    assert first["Event"] == "Officers attended the address."
    signed = "A. Worker on 3 May 2024: tokenW3"
    assert first["Set by reviewers"].split("\n") == [
        f"RESTRICTED ({signed})",
        f"ABOUT A THIRD PARTY ({signed})",
        f"Date set by a reviewer: 13 March 2013 ({signed})",
        f"Wording set by a reviewer: =tokenW1 ({signed})",
        "tokenW4",
    ]
    assert first["Significance"] == f"Significant\n— {signed}"
    assert first["Analysis"] == f"tokenW2\n— {signed}"
    assert first["Authors' analysis"] is None
    assert [second[name] for name in ("Set by reviewers", "Analysis")] == [None] * 2


def test_who_ruled_goes_before_what_the_program_thought():
    two = (an_account(), an_account(agency=Agency.HEALTH, source=Source("h.csv", "", 2, "h")))
    made = a_ruling("same", *two)
    chronology = with_marks(a_chronology(an_entry(*two, confidence=0.3)), [made])
    (row,) = rows(opened(excel_bytes(view(chronology)))["Timeline"])
    assert row["Confidence"].split("\n") == [
        "Ruled the same: A. Worker, 3 May 2024",
        "The program by itself: less likely the same",
    ]
    assert row["Why merged"].split("\n") == [
        "A person ruled it: see Confidence.",
        "What the program saw:",
        "Same day and same address.",
    ]
    assert row["Set by reviewers"] is None


def a_ruling(kind: str, *about: Account) -> Decision:
    ids = tuple(account.id for account in about)
    return Decision(7, kind, ids, "", "A. Worker", "2024-05-03T10:15:00", "agreed by phone")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("different", "Ruled different from"), ("unsure", "Left open whether the same as")],
)
@pytest.mark.parametrize("accounts", [1, 2])
def test_a_pair_ruled_apart_or_left_open_is_told_in_short_before_the_confidence(
    kind, words, accounts
):
    two = (an_account(), an_account(agency=Agency.HEALTH, source=Source("h.csv", "", 2, "h")))
    other = an_account(narrative="Another call.", copy=1)
    chronology = a_chronology(an_entry(*two[:accounts]), an_entry(other))
    book = opened(excel_bytes(view(with_marks(chronology, [a_ruling(kind, two[0], other)]))))
    program = "Single account" if accounts == 1 else "Merged: sure"
    told = rows(book["Timeline"])[0]
    assert told["Confidence"] == f"{words} 1 record: A. Worker, 3 May 2024\n{program}"
    assert told["Set by reviewers"] is None


def test_every_decision_stands_in_full_on_a_sheet_of_its_own():
    one, other = an_account(), an_account(narrative="Another call.", copy=1)
    chronology = a_chronology(an_entry(one), an_entry(other))
    book = opened(excel_bytes(view(with_marks(chronology, [a_ruling("different", one, other)]))))
    assert book.sheetnames[:3] == ["Timeline", "To review", "Decisions"]
    (row,) = rows(book["Decisions"])
    assert (row["Number"], row["When"], row["Who"]) == (7, "3 May 2024, 10:15", "A. Worker")
    assert (row["What was decided"], row["Entries"]) == ("Ruled different", "1, 2")
    assert "“Another call.” (police.csv, row 5)" in row["About which records"]
    assert row["Reason given"] == "agreed by phone"
    assert points_on_paper(book["Decisions"]) > 6


def test_a_record_entered_by_hand_says_in_print_who_entered_it_and_why():
    by = "by A. Worker on 3 May 2024: not in any export"
    entry = an_entry(an_account(source=Source(BY_HAND, "", 1, ""), other=((BY_HAND, by),)))
    (row,) = rows(opened(excel_bytes(view(a_chronology(entry))))["Timeline"])
    assert row["Accounts"].split("\n")[1:3] == [
        "Entered by hand by A. Worker on 3 May 2024: not in any export",
        "Officers attended the address.",
    ]
    assert BY_HAND == records.BY_HAND


def test_only_what_is_printed_parts_a_row_and_a_part_says_that_it_is_one():
    long = an_account(other=(("Remark", "line\n" * 300),))
    sheet = opened(excel_bytes(view(a_chronology(an_entry(long)))))["Timeline"]
    (row,) = rows(sheet)
    assert row["Also recorded"].count("line") == 300
    told = an_account(narrative="line\n" * 100, other=(("Remark", "line\n" * 60),))
    sheet = opened(excel_bytes(view(a_chronology(an_entry(told)))))["Timeline"]
    first, *others = rows(sheet)
    assert first["Also recorded"].startswith("(1 of ")
    assert others[0]["Also recorded"].startswith("(2 of ")
    orders = [sheet.cell(4 + at, 1) for at in range(1 + len(others))]
    assert [cell.value for cell in orders] == [1] * len(orders)
    assert [cell.number_format for cell in orders] == [
        *("General",), *['0" continued"'] * len(others),
    ]  # fmt: skip


def test_what_no_cell_can_hold_is_parted_though_it_is_not_printed():
    told = an_account(other=(("Remark", "word " * 20_000),))
    found = rows(opened(excel_bytes(view(a_chronology(an_entry(told)))))["Timeline"])
    assert sum(str(row["Also recorded"]).count("word") for row in found) == 20_000


def test_links_are_printed_in_short_by_how_surely_they_stand():
    first, told, near, sure = (
        an_account(occurred=a_day(f"2013-03-{14 + at}"), copy=at) for at in range(4)
    )
    links = (
        Link(first, told, "notification", 1, ("Both name it.",)),
        Link(first, near, "response", 2, (), is_weak=True),
        Link(first, sure, "response", 3, (), ruled="Confirmed by A. Worker on 3 May 2024"),
    )
    chronology = a_chronology(*map(an_entry, (first, told, near, sure)), links=links)
    book = opened(excel_bytes(view(chronology)))
    assert [row["Linked entries"].split("\n") for row in rows(book["Timeline"])] == [
        [
            *("Not confirmed:", "Told in entry 2, 1 day later"),
            *("Confirmed:", "Response in entry 4, 3 days later"),
            "Near in time only: entry 3",
        ],
        ["Not confirmed:", "Tells of entry 1, 1 day after it"],
        ["Near in time only: entry 1"],
        ["Confirmed:", "Responds to entry 1, 3 days after it"],
    ]
    assert "Linked entries" in headings_on_paper(book["Timeline"])


def test_where_nobody_set_anything_there_is_room_to_write_and_no_column_of_marks(everything, book):
    first, *_ = rows(book["Timeline"])
    assert "Set by reviewers" not in first
    assert (first["Significance"], first["Analysis"]) == (None, None)
    assert first["Record ids"].split("\n") == [a.id for a in everything.entries[0].accounts]


def test_what_was_left_out_and_what_could_not_be_read_are_listed(book):
    (out,) = rows(book["Left out"])
    assert list(out.values()) == ["police.csv", None, 9, "tokenL1", "tokenL2 | tokenL3"]
    assert rows(book["Sources"])[-1]["Notes"] == "NOT READ. tokenF2"
    assert "5 rows read = 4 in entries + 1 left out." in book["Sources"]["A2"].value


def test_an_empty_chronology_still_makes_every_sheet():
    book = opened(excel_bytes(view(a_chronology())))
    assert book.sheetnames == SHEETS
    assert [len(sheet.tables) for sheet in book] == [1] * len(SHEETS)
    assert rows(book["To review"])[0]["Pair"] == "None"


def test_a_marking_that_is_long_or_holds_codes_does_not_stop_the_run():
    about = About(title="T & " * 100, marking="&P" * 200)
    book = opened(excel_bytes(view(a_chronology(an_entry(an_account()), about=about))))
    assert book["Timeline"]["A1"].value == ("T & " * 100)


def test_more_rows_than_a_sheet_holds_stops_rather_than_loses(monkeypatch):
    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet._write_string", lambda *_: -1)
    with pytest.raises(UnwritableOutputError, match="could not be written whole"):
        excel_bytes(view(a_chronology(an_entry(an_account()))))


def test_the_workbook_is_private_and_replaces_the_old_one(everything, tmp_path):
    path = tmp_path / "chronology.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_excel(view(everything), path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert openpyxl.load_workbook(path).sheetnames == SHEETS
    assert names_in(tmp_path) == ["chronology.xlsx"]


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (PermissionError(errno.EACCES, "denied"), "Close chronology.xlsx in Excel and run again"),
        (OSError(errno.ENOSPC, "full"), "The disk is full"),
        (OSError(errno.EIO, "Input/output error"), "The system says: Input/output error"),
    ],
)
def test_a_fault_in_the_last_step_leaves_the_old_file_and_no_half_one(
    tmp_path, monkeypatch, fault, advice
):
    def refuse(*_: object) -> None:
        raise fault

    path = tmp_path / "chronology.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UnwritableOutputError, match=advice):
        write_bytes_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["chronology.xlsx"]


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableOutputError, match="The disk is full"):
        write_bytes_whole(tmp_path / "chronology.xlsx", b"new")
    assert names_in(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnwritableOutputError, match="The folder does not exist"):
        write_bytes_whole(tmp_path / "nowhere" / "chronology.xlsx", b"new")


def test_a_folder_of_the_same_name_is_not_touched(tmp_path):
    (tmp_path / "chronology.xlsx").mkdir()
    with pytest.raises(UnwritableOutputError, match="A folder has this name"):
        write_bytes_whole(tmp_path / "chronology.xlsx", b"new")


def test_what_a_run_cut_off_left_behind_is_taken_away(tmp_path):
    (tmp_path / ".chronology.xlsx.abc123.part").write_bytes(b"half")
    (tmp_path / "other.part").write_bytes(b"mine")
    write_bytes_whole(tmp_path / "chronology.xlsx", b"new")
    assert names_in(tmp_path) == ["chronology.xlsx", "other.part"]


def test_the_work_of_writing_a_workbook_grows_no_faster_than_its_entries(tmp_path):
    def work(count):
        entries = [
            an_entry(
                an_account(
                    narrative=f"Officers attended flat {number}. " * 8,
                    occurred=a_day("2013-03-14", "23:30"),
                    copy=number,
                )
            )
            for number in range(count)
        ]
        timeline = view(a_chronology(*entries, files=()))
        write_excel(timeline, tmp_path / "chronology.xlsx")
        return steps(lambda: write_excel(timeline, tmp_path / "chronology.xlsx"))

    assert work(400) < 2.4 * work(200)
