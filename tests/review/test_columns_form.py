"""What the form for columns states is checked as a mapping file is."""

import pytest
from werkzeug.datastructures import MultiDict

from chronology.errors import MappingMismatchError
from chronology.review.columns import form_mapping


def a_form(*fields: str) -> MultiDict[str, str]:
    cells = [
        (f"{part}0", value)
        for n, f in enumerate(fields)
        for part, value in (("h", f"C{n}"), ("f", f))
    ]
    return MultiDict([("sheet0", "*"), ("row0", "1"), *cells])


def test_two_columns_for_one_date_are_refused_by_name() -> None:
    with pytest.raises(MappingMismatchError, match="Both 'C0' and 'C2' are 'date of event'"):
        form_mapping(a_form("occurred", "narrative", "occurred"), "log.csv")


def test_several_columns_may_tell_what_happened() -> None:
    mapping = form_mapping(a_form("occurred", "narrative", "narrative"), "log.csv")
    assert [field for _, field in mapping.sheets[0].columns] == [
        "occurred",
        "narrative",
        "narrative",
    ]
