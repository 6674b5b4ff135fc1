"""The police's open data: months stay months, nobody is named, every row told or left out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from chronology.account import Agency
from chronology.importers import Extract, extract
from chronology.importers.defined.police_uk import PoliceUk
from chronology.reading import read
from chronology.when import Precision

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
OUTCOMES = STREET.replace("Crime type,Last outcome category,Context", "Outcome type")
SEARCH = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing\n"
)
EARLY = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n"


def imported(folder: Path, text: str, codec: str = "utf-8") -> Extract:
    (folder / "x.csv").write_bytes(text.encode(codec))
    return extract(read(folder / "x.csv"))


def test_a_month_stays_a_month_and_nobody_is_named(tmp_path: Path) -> None:
    found = imported(tmp_path, STREET + "a,2024-02,P,P,-2,51,On or near A4,E,B,Burglary,Open,\n")
    (told,) = found.accounts
    assert found.agency is Agency.POLICE
    assert told.occurred.precision is Precision.MONTH
    assert (told.occurred.start, told.occurred.end) == (date(2024, 2, 1), date(2024, 2, 29))
    assert told.subjects == ()
    assert "subject-missing" in [flag.code for flag in told.flags]
    assert (told.reference, told.outcome) == ("a", "Open")


def test_anti_social_behaviour_has_no_number_and_is_no_crime(tmp_path: Path) -> None:
    text = STREET + ",2024-02,P,P,-2,51,On or near A4,E,B,Anti-social behaviour,,\n"
    (told,) = imported(tmp_path, text).accounts
    assert (told.reference, told.event_type) == ("", "POLICE.INCIDENT")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(OUTCOMES + "a,2024-02,P,P,,,No location,,,Local resolution\n",
                     "Outcome of a crime", id="outcome"),
        pytest.param(SEARCH + "Person search,2024-06-30T23:30:00+00:00,False,,,,Male,10-17,,,"
                     "PACE,Drugs,None,,False\n", "Stop and search", id="search"),
        pytest.param(EARLY + "2010-12,P,P,1,2,On or near X,Burglary,\n", "Burglary", id="2010"),
    ],
)  # fmt: skip
def test_each_of_the_three_files_is_known(tmp_path: Path, text: str, title: str) -> None:
    found = imported(tmp_path, text)
    assert found.importer == "police_uk"
    assert [account.event_type_written for account in found.accounts] == [title]


def test_a_search_late_in_the_evening_is_on_its_day_in_uk_time(tmp_path: Path) -> None:
    text = SEARCH + "Person search,2024-06-30T23:30:00+00:00,,,,,,10-17,,,PACE,Drugs,,,\n"
    assert imported(tmp_path, text).accounts[0].occurred.start == date(2024, 7, 1)


def test_rows_in_are_accounts_and_rows_left_out(tmp_path: Path) -> None:
    months = ("2024-01", "", "2024-13", "soon", "2024-12")
    rows = "".join(f"{n},{m},P,P,,,,,,Burglary,,\n" for n, m in enumerate(months))
    found = imported(tmp_path, STREET + rows)
    assert (len(found.accounts), len(found.left_out)) == (2, 3)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_other_encodings(tmp_path: Path, codec: str) -> None:
    rows = "a,2024-02,P,P,-2,51,On or near A4,E,B,Burglary,Open,\n" * 3
    assert len(imported(tmp_path, STREET + rows, codec).accounts) == 3


def test_an_ordinary_crime_list_is_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Month,Crime type,Location\n2024-01,Burglary,Street\n")
    assert not PoliceUk().recognises(read(tmp_path / "x.csv"))


CRIME = {
    "category": "burglary", "location_type": "Force", "context": "", "location_subtype": "",
    "location": {"latitude": "52.6", "street": {"id": 1, "name": "On or near Car Park"}},
    "outcome_status": {"category": "Under investigation", "date": "2017-02"},
    "persistent_id": "4d83", "id": 54, "month": "2017-01",
}  # fmt: skip
FOUND = {
    "type": "Person search", "datetime": "2017-01-22T00:20:00+00:00", "age_range": "10-17",
    "object_of_search": "Controlled drugs", "legislation": "Act", "outcome": "Nothing found",
    "location": {"street": {"name": "On or near Shopping Area"}}, "operation": False,
}  # fmt: skip


def from_json(folder: Path, data: object) -> Extract:
    (folder / "x.json").write_text(json.dumps(data))
    return extract(read(folder / "x.json"))


@pytest.mark.parametrize("data", [[CRIME], [{**CRIME, "location": None}, CRIME], CRIME])
def test_crimes_of_the_interface_are_told_as_those_of_the_files(tmp_path: Path, data) -> None:
    found = from_json(tmp_path, data)
    assert found.importer == PoliceUk.name
    told = found.accounts[-1]
    assert told.occurred.precision is Precision.MONTH
    assert (told.location, told.outcome) == ("On or near Car Park", "Under investigation")
    assert told.reference == "4d83"
    assert told.subjects == ()
    assert (told.source.unit, told.source.row) == ("item", len(found.accounts))


def test_searches_of_the_interface_are_told_at_their_time(tmp_path: Path) -> None:
    (told,) = from_json(tmp_path, [FOUND]).accounts
    assert f"{told.occurred.clock:%H:%M}" == "00:20"
    assert told.event_type_written == "Stop and search"
    assert told.location == "On or near Shopping Area"


def test_other_lists_with_months_and_categories_are_not_claimed(tmp_path: Path) -> None:
    data = [{"month": "2017-01", "category": "Visit", "location": "Home", "details": "A visit."}]
    assert from_json(tmp_path, data).importer != PoliceUk.name
