"""Rows that give no day of event and say when they were reported: by then, and no more."""

from datetime import date
from pathlib import Path

import pytest

from chronology.case import Wishes, build
from chronology.importers import Extract, extract
from chronology.reading import read
from chronology.when import Precision

HEAD = "Occurrence No,From,To,Reported,Type,Summary,Persons\n"
TOLD = "Domestic incident,Neighbour heard shouting and banging; Tara Windle present.,Tara Windle\n"


def read_row(folder: Path, dates: str) -> Extract:
    path = folder / "police occurrences.csv"
    path.write_text(f"{HEAD}PX/1,{dates},{TOLD}PX/2,10/04/2024,,13/04/2024 18:25,{TOLD}")
    return extract(read(path))


@pytest.mark.parametrize(
    ("dates", "end", "written"),
    [
        pytest.param(
            ",,12/03/2024 21:40", date(2024, 3, 12), "Reported: 12/03/2024 21:40", id="blank"
        ),
        pytest.param(
            "not known,,12/03/2024", date(2024, 3, 12), "not known (Reported: 12/03/2024)",
            id="said not to be known",
        ),
        pytest.param(",,March 2024", date(2024, 3, 31), "Reported: March 2024", id="a month"),
    ],
)  # fmt: skip
def test_it_stands_on_or_before_the_day_it_was_reported(tmp_path, dates, end, written):
    first = read_row(tmp_path, dates).accounts[0]
    when = first.occurred
    assert (when.precision, when.start, when.end, when.clock) == (Precision.BEFORE, None, end, None)
    assert when.written == written
    assert [flag.code for flag in first.flags] == ["date-reported-only"]


@pytest.mark.parametrize("dates", [",,", ",,after 12/03/2024"], ids=["nothing", "no last day"])
def test_without_a_last_day_it_stays_undated(tmp_path, dates):
    assert not read_row(tmp_path, dates).accounts[0].occurred.is_known


def test_a_date_that_cannot_be_read_is_not_replaced(tmp_path):
    first = read_row(tmp_path, "the other week,,12/03/2024").accounts[0]
    assert not first.occurred.is_known
    assert "date-unreadable" in [flag.code for flag in first.flags]


def test_a_row_with_its_own_date_keeps_it(tmp_path):
    second = read_row(tmp_path, ",,12/03/2024").accounts[1]
    assert (second.occurred.start, second.flags) == (date(2024, 4, 10), ())


def test_the_file_says_how_many(tmp_path):
    (note,) = (n for n in read_row(tmp_path, ",,12/03/2024").notes if "reported" in n)
    assert note.startswith("1 of 2 rows gave no date of event")


def test_it_is_sorted_by_that_day_and_asked_about_but_never_merged_by_itself(tmp_path):
    read_row(tmp_path, ",,12/03/2024 21:40")
    other = "Date,Child,Event type,Details\n" + "".join(
        f'{day}/2024,Tara Windle,Domestic incident,"{told}"\n'
        for day, told in (
            ("10/02", "Duty took an anonymous letter about the dog."),
            ("12/03", "Neighbour heard shouting and banging; Tara Windle present."),
        )
    )
    (tmp_path / "social care notes.csv").write_text(other)
    made = build([tmp_path], Wishes())
    ends = [entry.end for entry in made.entries]
    assert ends == sorted(ends)
    assert len(made.entries) == 4
    asked = {(q.a.occurred.end, q.b.occurred.end) for q in made.questions}
    assert (date(2024, 3, 12), date(2024, 3, 12)) in asked
    assert "''" not in " ".join(
        reason for q in made.questions for reason in (*q.reasons_for, *q.reasons_against)
    )
