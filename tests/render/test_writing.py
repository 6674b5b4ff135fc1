"""Outputs written piece by piece hold what they held when written at once."""

import json

import pytest
from factories import a_chronology, an_account, an_entry

from chronology.render.contract import document, write_contract
from chronology.render.html import page, write_html
from chronology.render.view import view
from chronology.render.writing import write_pieces_whole

HALF_A_CHARACTER = "\ud83d"


@pytest.mark.parametrize(
    "narrative",
    [
        pytest.param("Visit to “Alder Street”, £3 – settled.", id="plain"),
        pytest.param(f"Broken {HALF_A_CHARACTER} text", id="half-a-character"),
    ],
)
def test_the_json_file_is_the_document(tmp_path, narrative):
    chronology = a_chronology(an_entry(an_account(narrative=narrative)))
    target = tmp_path / "chronology.json"

    write_contract(chronology, target)

    assert json.loads(target.read_text(encoding="utf-8")) == document(chronology)


def test_the_page_file_is_the_page(tmp_path):
    timeline = view(a_chronology(an_entry(an_account())))

    write_html(timeline, tmp_path / "chronology.html")

    assert (tmp_path / "chronology.html").read_bytes().decode("utf-8") == page(timeline)


def test_what_cannot_be_written_leaves_what_stood_there(tmp_path):
    target = tmp_path / "chronology.json"
    target.write_text("as it was", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        write_pieces_whole(target, ["whole", HALF_A_CHARACTER])

    assert target.read_text(encoding="utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["chronology.json"]
