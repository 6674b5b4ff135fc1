"""A column 'Year' may hold the year of an event or a pupil's year of school."""

import pytest

from chronology.importers import extract
from chronology.reading import read

TOLD = "Jo said that there was shouting at home last night and police came round"


def fields(folder, head, cells):
    path = folder / "log.csv"
    lines = (f'{cell},Jo Windle,"{TOLD} {n}."\n' for n, cell in enumerate(cells))
    path.write_text(f"{head},Pupil,Concern\n" + "".join(lines))
    return extract(read(path))


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(("5", "R", "Year 9", "5"), id="as schools write them"),
        pytest.param(("10", "11", "11", "10"), id="could be 2010"),
        pytest.param(("Y7", "N2", "Reception", "7B"), id="short forms and forms"),
    ],
)
def test_years_of_school_date_nothing_and_are_kept(tmp_path, cells):
    found = fields(tmp_path, "Year", cells)
    assert "occurred_year" not in {c.field for c in found.layouts[0].columns}
    assert [dict(a.other)["Year"] for a in found.accounts] == list(cells)
    assert not any(account.occurred.is_known for account in found.accounts)


@pytest.mark.parametrize(
    ("head", "cells", "year"),
    [
        pytest.param("Year", ("2019", "2020", "2019"), 2019, id="four figures"),
        pytest.param("Year", ("19", "20", "18"), 2019, id="two figures"),
        pytest.param("Day,Month,Year", ("3,4,10", "4,5,11", "5,6,11"), 2010, id="beside a month"),
    ],
)
def test_calendar_years_still_date(tmp_path, head, cells, year):
    start = fields(tmp_path, head, cells).accounts[0].occurred.start
    assert start is not None
    assert start.year == year
