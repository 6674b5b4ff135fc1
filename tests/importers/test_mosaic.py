"""Mosaic: notes by contact date, drafts and deleted notes left out, visits when they were made."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from chronology.account import Account, Said
from chronology.importers import Extract, extract
from chronology.importers.defined.mosaic import Mosaic
from chronology.importers.defined.stripping import plain_words
from chronology.reading import read
from chronology.withdrawals import with_withdrawals

NOTE = ("id", "person_id", "note_type", "title", "created_on", "created_by", "last_updated_by")
VISIT = (
    *("visit_id", "person_id", "visit_type", "planned_datetime", "actual_datetime"),
    *("reason_not_planned", "reason_visit_not_made", "seen_alone_flag", "completed_flag"),
)


def imported(folder: Path, data: bytes | str, name: str = "x.csv") -> Extract:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return extract(read(path))


def as_csv(headings: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows((headings, *rows))
    return text.getvalue()


def notes(*rows: tuple[str, ...], more: tuple[str, ...] = ()) -> str:
    return as_csv((*NOTE, "note", *more), *rows)


def a_note(number: str = "1", on: str = "2019-05-03 10:00:00", text: str = "Seen", *more: str):
    return (number, "77", "HV", "Visit", on, "JS", "JS", text, *more)


def only(found: Extract) -> Account:
    assert [row.reason for row in found.left_out] == []
    assert len(found.accounts) == 1
    return found.accounts[0]


def test_the_contact_date_is_when_and_the_creation_when_recorded(tmp_path: Path) -> None:
    row = a_note("1", "2019-05-03 10:00:00", "Seen", "01/05/2019")
    told = only(imported(tmp_path, notes(row, more=("contact_date",))))
    assert told.occurred.start == date(2019, 5, 1)
    assert told.recorded is not None
    assert told.recorded.start == date(2019, 5, 3)


def test_a_note_without_a_contact_date_says_that_it_gives_the_recording_alone(
    tmp_path: Path,
) -> None:
    told = only(imported(tmp_path, notes(a_note())))
    assert told.occurred.start == date(2019, 5, 3)
    assert any("recorded" in text for _, text in told.other)


@pytest.mark.parametrize("status", ["Draft", "DELETED", "Timed out", "timed_out", "TimedOut"])
def test_what_nobody_finished_or_somebody_deleted_is_left_out(tmp_path: Path, status: str) -> None:
    found = imported(tmp_path, notes(a_note("5", "2019-05-03", "x", status), more=("status",)))
    assert not found.accounts
    assert len(found.left_out) == 1


def test_a_deleted_note_withdraws_the_one_sent_before(tmp_path: Path) -> None:
    before = imported(tmp_path, notes(a_note("5")))
    after = imported(tmp_path, notes(a_note("5", "2019-05-03", "x", "Deleted"), more=("status",)))
    told = with_withdrawals(before.accounts, after.left_out)
    assert "record-nullified" in [flag.code for flag in told[0].flags]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("<p>A<br>b &amp; c</p>", "A\nb & c", id="html"),
        pytest.param("<DIV class='x'>A</DIV><div>B</div>", "A\nB", id="capitals"),
        pytest.param("<table><tr><td>A</td><td>B</td></tr></table>", "A | B", id="table"),
        pytest.param("weight <3rd centile > 2nd", "weight <3rd centile > 2nd", id="no html"),
        pytest.param("<script>x</script>", "<script>x</script>", id="hostile"),
        pytest.param("Tom &amp; Jo", "Tom & Jo", id="entity alone"),
        pytest.param("AT&T;", "AT&T;", id="no entity"),
        pytest.param(r"{\rtf1{\fonttbl{\f0 Arial;}}\f0 A\par B\tab C}", "A\nB C", id="rtf"),
        pytest.param(r"{\rtf1\ansi Mum\'92s caf\'e9 \u8364?5}", "Mum\u2019s café €5", id="letters"),
        pytest.param(r"{\rtf1 a \{b\} c\\d", r"a {b} c\d", id="marks, never closed"),
    ],
)
def test_rich_text_gives_its_words(written: str, words: str) -> None:
    assert plain_words(written) == words


def test_types_are_told_by_the_files_own_table(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append((*NOTE, "note"))
    sheet.append(a_note())
    types = book.create_sheet("dm_case_note_types")
    types.append(("note_type", "description"))
    types.append(("HV", "Home visit by the team"))
    book.save(tmp_path / "x.xlsx")
    told = only(extract(read(tmp_path / "x.xlsx")))
    assert told.event_type_written == "Home visit by the team [HV]"


def test_every_mix_of_planned_made_and_reason_is_one_record_or_one_reason(tmp_path: Path) -> None:
    mixes = product(("", "2020-01-01 10:00"), ("", "2020-01-02 10:00"), ("", "NOACCESS"), "YN ")
    rows = [
        (str(n), "77", "CP Visit", planned, made, "", why, alone.strip(), "Y")
        for n, (planned, made, why, alone) in enumerate(mixes)
    ]
    found = imported(tmp_path, as_csv(VISIT, *rows))
    assert len(found.accounts) + len(found.left_out) == len(rows)
    assert len(found.accounts) == sum(bool(row[4]) for row in rows)
    assert {a.occurred.start for a in found.accounts} == {date(2020, 1, 2)}
    assert all("cp-visit" in a.facts for a in found.accounts if not a.outcome)
    assert not any(a.facts for a in found.accounts if a.outcome)
    assert any("2020-01-01 10:00 was not made: NOACCESS" in r.reason for r in found.left_out)


def test_seen_alone_means_seen(tmp_path: Path) -> None:
    row = ("1", "77", "CP Visit", "", "2020-01-02 10:00", "", "", "Y", "Y")
    told = only(imported(tmp_path, as_csv(VISIT, row)))
    assert (told.child_seen, told.child_alone) == (Said.YES, Said.YES)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda t: ("\ufeff" + t).encode(), id="BOM"),
        pytest.param(lambda t: t.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda t: t.upper().replace("HV", "hv").encode(), id="capitals"),
        pytest.param(lambda t: t.replace(",", ";").encode(), id="semicolons"),
        pytest.param(lambda t: ("Case notes export\n\n" + t).encode(), id="a title above"),
    ],
)
def test_the_same_table_in_other_spellings_is_known(tmp_path: Path, change) -> None:
    found = imported(tmp_path, change(notes(a_note(), a_note("2"), a_note("3"))))
    assert found.importer == Mosaic.name
    assert len(found.accounts) == 3


def test_the_interface_gives_the_event_apart_from_its_recording(tmp_path: Path) -> None:
    one = {
        "CaseNoteId": 5, "MosaicId": "77", "NoteType": "Home visit", "CaseNoteTitle": "V",
        "CaseNoteContent": "Seen", "CreatedOn": "2020-06-01T23:30:00Z",
        "DateOfEvent": "2020-05-30T00:00:00", "CreatedByName": "Jo",
    }  # fmt: skip
    for data in ([one], {"caseNotes": [one]}, one):
        told = only(imported(tmp_path, json.dumps(data), "x.json"))
        assert told.occurred.start == date(2020, 5, 30)
        assert told.recorded is not None
        assert told.recorded.start == date(2020, 6, 2)
        assert told.source.unit == "item"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("Date,Child,Type,Note\n01/02/2020,Ada,Visit,Seen at home\n", id="plain"),
        pytest.param(
            "Person ID,Name,DOB,Case note date,Type,Title,Note,Worker\n"
            "1,Ada Example,01/01/2010,01/02/2020,Visit,T,Seen at home,Jo\n",
            id="report",
        ),
        pytest.param(
            "Person ID,Note type,Title,Created on,Created by,Note\n"
            "1,Visit,T,01/02/2020,Jo,Seen at home\n",
            id="like it, by hand",
        ),
    ],
)
def test_an_ordinary_case_note_table_is_not_claimed(tmp_path: Path, table: str) -> None:
    (tmp_path / "x.csv").write_text(table)
    document = read(tmp_path / "x.csv")
    assert not Mosaic().recognises(document)
    assert extract(document).importer != Mosaic.name


def test_a_row_without_a_date_and_a_hostile_cell_spoil_nothing(tmp_path: Path) -> None:
    rows = [a_note("1", ""), a_note("2", "soon"), a_note("3", "2019-05-03", "=1+1 <img src=x>")]
    found = imported(tmp_path, notes(*rows))
    assert len(found.left_out) == 2
    assert [a.narrative for a in found.accounts] == ["=1+1 <img src=x>"]
