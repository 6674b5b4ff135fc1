"""A list of JSON objects that nobody has defined is a table with its keys as headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from chronology.errors import UnreadableFileError
from chronology.importers import extract
from chronology.reading import read

NOTES = """{"total": 2, "notes": [
 {"Date of contact": "14/03/2023", "Child": {"Name": "Jo EXAMPLE", "DOB": "20/01/2012"},
  "Details of contact": "Home visit made, nobody in.", "Worker": "A Worker", "seen": false},
 {"Date of contact": "29/03/2023", "Child": {"Name": "Jo EXAMPLE", "DOB": "20/01/2012"},
  "Details of contact": "Telephone call from school about bruising.", "Tags": ["injury", "school"]}
]}"""


def test_each_object_is_a_record_with_all_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text(NOTES, encoding="utf-8")
    found = extract(read(file))
    assert [str(a.occurred.start) for a in found.accounts] == ["2023-03-14", "2023-03-29"]
    assert found.accounts[0].narrative == "Home visit made, nobody in."
    assert found.accounts[0].subjects[0].name == "Jo EXAMPLE"
    assert ("Tags", "injury; school") in found.accounts[1].raw
    assert found.rows_read == 2
    assert ("text outside the tables", 1, "total: 2") in found.set_apart


def test_what_stands_beside_the_lists_is_set_apart_and_is_no_record(tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    head = (
        '"exported": "2024-01-01", "about": {"unit": "North"}, "tags": ["a", "b"], "none": null, '
    )
    file.write_text(NOTES.replace("{", "{" + head, 1), encoding="utf-8")
    found = extract(read(file))
    assert len(found.accounts) == 2
    assert [text for sheet, _, text in found.set_apart if sheet == "text outside the tables"] == [
        "exported: 2024-01-01", "about unit: North", "tags: a; b", "total: 2"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"setting": {"colour": "blue"}}', id="no list"),
        pytest.param('[["a", "b"], ["c", "d"]]', id="lists of lists"),
        pytest.param('{"x": []}', id="empty list"),
    ],
)
def test_json_without_objects_in_a_list_is_refused_plainly(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="no defined format that this program knows"):
        extract(read(file))
