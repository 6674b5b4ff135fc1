"""A chronology of ours never comes back in as an agency's records; an agency's own does."""

from __future__ import annotations

import csv

import openpyxl
import pytest
from factories import a_chronology, an_account, an_entry
from grids import a_document, a_grid, of_grids

from chronology.case import Refused, take
from chronology.errors import UnreadableFileError
from chronology.importers import Given, extract
from chronology.importers.own_outputs import NOT_AN_EXPORT, OUR_HEADINGS
from chronology.reading.inputs import Input
from chronology.render import columns
from chronology.render.excel import write_excel
from chronology.render.view import view


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "chronology.xlsx"
    write_excel(view(a_chronology(an_entry(an_account()))), path)
    return path


def test_the_headings_looked_for_are_those_that_are_written():
    written = (
        (*columns.PRINTED_COLUMNS, *columns.OPINION_COLUMNS, *columns.SCREEN_COLUMNS),
        columns.REVIEW_COLUMNS,
        columns.LEFT_OUT_COLUMNS,
        columns.SOURCE_COLUMNS,
    )
    for (ours, _), sheet in zip(OUR_HEADINGS, written, strict=True):
        assert ours <= {column.heading.casefold() for column in sheet}


def saved_again(ours, folder):
    book = openpyxl.load_workbook(ours)
    path = folder / "police_log.xlsx"
    book.save(path)
    return path


def without_its_keys(ours, folder):
    book = openpyxl.load_workbook(ours)
    for name in book.sheetnames[1:]:
        del book[name]
    book["Timeline"].delete_cols(20)
    book["Timeline"].delete_cols(5)
    book["Timeline"].insert_rows(1, 4)
    book["Timeline"].title = "Sheet1"
    path = folder / "police_log.xlsx"
    book.save(path)
    return path


def as_text(ours, folder):
    sheet = openpyxl.load_workbook(ours)["Timeline"]
    path = folder / "police_log.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([cell or "" for cell in row] for row in sheet.values)
    return path


@pytest.mark.parametrize("made", [saved_again, without_its_keys, as_text])
def test_our_own_chronology_is_refused_in_whatever_form(made, ours, tmp_path):
    path = made(ours, tmp_path)
    taken = take(Input(path, path.name), Given())
    assert isinstance(taken, Refused)
    assert (taken.file, taken.reason) == (path.name, NOT_AN_EXPORT)


@pytest.mark.parametrize("at", range(len(OUR_HEADINGS)))
def test_one_sheet_of_ours_among_others_is_enough(at):
    ours = a_grid(sorted(OUR_HEADINGS[at][0]), sheet="Sheet2")
    theirs = a_grid(("Date", "Details"), ("03/05/2019", "Seen at home."), sheet="Sheet1")
    with pytest.raises(UnreadableFileError, match="not an agency's export"):
        extract(of_grids(theirs, ours, file="police.xlsx"))


def test_an_agencys_own_sheet_called_timeline_is_read():
    head = ("Order", "Date", "Time", "Agencies", "Who", "Event", "Outcome", "Analysis")
    row = ("1", "03/05/2019", "", "Police", "Jo Example", "Officers attended.", "None", "")
    found = extract(a_document(head, row, file="police.xlsx", sheet="Timeline"))
    assert [account.occurred.written for account in found.accounts] == ["03/05/2019"]
