"""The importer shown in the document works as it stands."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from grids import a_document

from chronology.importers.defined import Format
from chronology.importers.defined.reading import extracted
from chronology.importers.given import Given
from chronology.vocabulary import codes

DOCUMENT = Path(__file__).parents[2] / "docs" / "importers.md"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Format:
    text = DOCUMENT.read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.+?)```", text, flags=re.DOTALL)[-1]
    module = ModuleType("youth_orders")
    monkeypatch.setitem(sys.modules, "youth_orders", module)
    exec(compile(code, "youth_orders.py", "exec"), module.__dict__)
    monkeypatch.setattr(codes, "code_list", lambda table, name: {})
    codes.told.cache_clear()
    made: Format = module.YouthOrders()
    return made


def test_the_importer_of_the_document_reads_its_rows(shown: Format) -> None:
    document = a_document(
        ["Young person ID", "Date of birth", "Order made", "Order ended", "Order code"],
        ["77", "01/02/2010", "14/03/2024", "13/09/2024", "YRO"],
        ["78", "02/02/2010", "", "", "YRO"],
    )
    assert shown.recognises(document)
    found = extracted(shown, document, Given())
    assert [str(account.occurred.start) for account in found.accounts] == [
        "2024-03-14",
        "2024-09-13",
    ]
    assert found.accounts[0].subjects[0].name == "Child ID 77"
    assert len(found.left_out) == 1
    assert found.rows_read == 3


def test_it_leaves_other_tables_alone(shown: Format) -> None:
    assert not shown.recognises(a_document(["Date", "What happened"], ["14/03/2024", "Visit"]))
