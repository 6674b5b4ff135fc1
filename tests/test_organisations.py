"""Which organisation a record is from: said in the file, or not said at all."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from chronology.importers import Extract, extract
from chronology.reading import read

HEADINGS = ["Date", "Time", "Child", "Type", "Description", "Recorded By"]
ROW = ["14/03/2013", "10:15", "Jo EXAMPLE", "Home visit", "Seen at home, well and happy.", "A W"]


def extracted(path: Path, *sheets: tuple[str, ...]) -> Extract:
    book = Workbook()
    for number, titles in enumerate(sheets):
        sheet = book.active if not number else book.create_sheet(f"Sheet {number}")
        for title in titles:
            sheet.append([title])
        sheet.append(HEADINGS)
        sheet.append(ROW)
    book.save(path)
    return extract(read(path))


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("GP consultations print.xlsx", ""),
        ("MASH contact log.xlsx", ""),
        ("Police occurrences.xlsx", ""),
        ("hollow lane primary concern.xlsx", "hollow lane primary"),
        ("health_hollow_lane_surgery.xlsx", "hollow lane surgery"),
        ("Hollow Lane Primary export v2 May-June 2024 FINAL copy.xlsx", "hollow lane primary"),
        ("Hollow Lane Primary log v2 2024.xlsx", "hollow lane primary"),
        ("school chronology May-June.xlsx", ""),
        ("school log autumn term 2023.xlsx", ""),
        ("School Jan to March.xlsx", ""),
        ("GP print Hollow.xlsx", ""),
        ("MASH Hollow Lane.xlsx", ""),
        ("old school notes v2 (copy).xlsx", ""),
        ("my nursery.xlsx", ""),
        ("Hollow school log Lane.xlsx", ""),
        ("example school log.xlsx", ""),
        ("Jo Example school notes.xlsx", ""),
    ],
)
def test_a_files_name_is_an_organisation_only_where_it_names_one(tmp_path, name, organisation):
    assert extracted(tmp_path / name, ()).accounts[0].organisation == organisation


def test_a_title_over_one_sheet_names_the_sender_of_that_sheet_alone(tmp_path):
    found = extracted(
        tmp_path / "police.xlsx", ("Hollow Lane Hospital, maternity",), ("Emergency attendances",)
    )
    assert [a.organisation for a in found.accounts] == ["Hollow Lane Hospital, maternity", ""]


def test_a_case_system_over_a_table_is_a_system_and_nobody_who_sent_it(tmp_path):
    found = extracted(tmp_path / "export.xlsx", ("NICHE RMS - Occurrence search results",))
    told = found.accounts[0]
    assert (told.organisation, told.system, told.agency) == ("", "NICHE RMS", "police")


def test_a_sentence_above_a_table_is_nobody(tmp_path):
    found = extracted(tmp_path / "police.xlsx", ("Probation and ambulance entries sent together.",))
    assert found.accounts[0].organisation == ""
