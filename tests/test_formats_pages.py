"""The pages about the defined formats say what the importers do."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from chronology.importers.defined import FORMATS
from chronology.vocabulary.event_types import EVENT_TYPES
from chronology.vocabulary.facts import facts
from chronology.vocabulary.tables import rows, tables_in

DOCS = Path(__file__).parent.parent / "docs"


def written() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("write_formats", DOCS / "write_formats.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, str] = module.pages()
    return found


def test_every_format_has_a_page_that_is_up_to_date() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("formats/*.md")}
    assert there == written(), "run: python docs/write_formats.py"
    assert {f"{one.name}.md" for one in FORMATS} < there.keys()


@pytest.mark.parametrize("table", sorted(tables_in("codes")))
def test_a_code_stands_once_in_its_list_and_says_whether_it_is_verified(table: str) -> None:
    met: set[tuple[str, str]] = set()
    for row in rows(f"codes/{table}"):
        key = (row["list"], row["code"].upper())
        assert key not in met, key
        met.add(key)
        assert row["meaning"].strip(), row
        assert row["verified"] in ("yes", "no"), row


def test_every_fact_is_of_a_known_event_type() -> None:
    assert {one.event_type for one in facts().values()} <= EVENT_TYPES.keys()
