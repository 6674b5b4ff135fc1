"""chronology.json keeps its contract: the schema, the counts, the places."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from factories import a_chronology, an_account, an_entry

from chronology.case import Wishes, build
from chronology.decisions import BESIDE, Decision
from chronology.marking import with_marks
from chronology.render.contract import document

SAMPLES = Path(__file__).parents[1] / "samples"
FAMILY = next(iter(sorted(SAMPLES.glob("*-family"))))


@pytest.fixture(scope="module")
def built():
    return document(build([FAMILY], Wishes()))


def test_the_document_fits_the_published_schema(built):
    schema = json.loads(
        files("chronology").joinpath("data/chronology.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(built))
    assert [error.message for error in errors] == []


def test_what_people_decided_fits_the_published_schema():
    account = an_account()
    marks = [
        Decision(seq, kind, (account.id,), "", "A. Worker", "2024-05-03T10:00:00")
        for seq, kind in enumerate(BESIDE)
    ]
    ruling = Decision(9, "different", (account.id, "0" * 16), "", "A. Worker", "2024-05-03")
    marked = with_marks(a_chronology(an_entry(account)), [*marks, ruling])
    (entry,) = document(marked)["entries"]
    assert [mark["kind"] for mark in entry["marks"]] == list(BESIDE)
    assert entry["decided"] == [
        "Ruled different from a record that is no longer here by A. Worker on 3 May 2024"
    ]
    schema = json.loads(
        files("chronology").joinpath("data/chronology.schema.json").read_text(encoding="utf-8")
    )
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(document(marked))) == []


def test_counts_balance_per_file_and_in_all(built):
    for source in built["sources"]:
        assert source["rows_read"] == source["rows_in_entries"] + source["rows_left_out"]
    accounts = [a for entry in built["entries"] for a in entry["accounts"]]
    assert built["counts"]["rows_in_entries"] == len(accounts)
    assert built["counts"]["rows_read"] == len(accounts) + len(built["left_out"])


def test_every_account_stands_once_and_has_its_own_id_and_place(built):
    accounts = [a for entry in built["entries"] for a in entry["accounts"]]
    assert len({a["id"] for a in accounts}) == len(accounts)
    places = {(a["source"]["file"], a["source"]["sheet"], a["source"]["row"]) for a in accounts}
    assert len(places) == len(accounts)


def test_every_person_named_by_an_account_is_in_the_list_of_people(built):
    known = {person["id"] for person in built["people"]}
    named = {
        mention["person"]
        for entry in built["entries"]
        for account in entry["accounts"]
        for mention in (*account["subjects"], *account["people"])
    }
    assert named - {None} <= known
    assert known


def test_questions_and_links_point_at_accounts(built):
    ids = {a["id"] for entry in built["entries"] for a in entry["accounts"]}
    for pair in (*built["review"], *built["links"]):
        assert {pair["a_id"], pair["b_id"]} <= ids


def test_the_raw_cells_of_every_account_hold_its_narrative(built):
    for entry in built["entries"]:
        for account in entry["accounts"]:
            whole = " ".join(text for _, text in account["raw"])
            for line in account["narrative"].splitlines():
                assert line.strip() in whole
