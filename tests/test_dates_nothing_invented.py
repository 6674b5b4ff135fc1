"""Cells that look a little like dates: no day is made of what names none."""

from __future__ import annotations

import pytest

from chronology.dates import looks_like_date, read_when, weigh

COLUMN = weigh(["14/03/2013", "15/03/2013", "2 June 2014"])

NO_DATE = [
    *("5/6 weeks old", "2 x visits", "3/4 times a week", "2-3 visits per week", "24/7 care"),
    *("4/52", "6/12 ago", "36/40", "36+4 weeks", "12.30", "14:30", "1430", "12.30.45", "10.30.15"),
    *("NHS no 9990001234", "9990001234", "tel 01632 960123", "07700 900123", "ref 12/345/2013"),
    *("CR/12/3456", "12/3456", "Crime 14/03/2013/001", "BP 120/80", "120/80", "10/10 pain"),
    *("37.5", "£12.30", "v1.2", "5.6.7.8", "1.2.3", "Flat 3/4", "3/4 Larch Road 2013", "Ward 7"),
    *("31/04/2021", "29/02/2021", "30 February 2020", "2013-02-30", "2013-13-01", "13/13/2013"),
    *("00/00/0000", "99/99/9999", "14/00/2013", "31/12/9999", "14/03/1013", "14/03/20133"),
    *("14/03/213", "l4/03/2013", "14/O3/2013", "14 march 2o13", "140313", "0", "-1", "1E+10"),
    *("#######", "#VALUE!", "Easter 2019", "Christmas 2013", "half term Feb 2013", "Diwali 2019"),
    *("week 32 2019", "second week of March 2013", "Academic year 2013/14", "Year 3", "Term 2"),
    *("Mon-Fri", "Friday", "yesterday", "next day", "2 days later", "ongoing", "see notes"),
    *("DOB 01/02/2010", "Born 1 Feb 2010", "EDD 14/03/2013", "aged 5", "2012/2014", "2012.2014"),
    *("1/7", "1/2", "13 Mar", "Mar 13", "March", "the 14th", "Fri 13th", "26/5", "3/7 then 4/7"),
]


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_whole_date_gives_none_and_is_flagged(text):
    when = read_when(text, evidence=COLUMN)
    assert (when.precision.value, when.start, when.end) == ("unknown", None, None)
    assert when.written == text
    assert when.flags


@pytest.mark.parametrize(
    ("text", "precision", "start", "end"),
    [
        ("2012-2014", "range", "2012-01-01", "2014-12-31"),
        ("2010-2011", "range", "2010-01-01", "2011-12-31"),
        ("2001-2003 (various)", "range", "2001-01-01", "2003-12-31"),
        ("2009/2010", "range", "2009-01-01", "2010-12-31"),
        ("2019/20", "range", "2019-01-01", "2020-12-31"),
        ("20122014", "day", "2014-12-20", "2014-12-20"),
        ("1403/2013", "day", "2013-03-14", "2013-03-14"),
        ("13.02.15", "day", "2015-02-13", "2015-02-13"),
        ("13 or 14 March 2020", "approximate", "2020-03-13", "2020-03-14"),
        ("14/15 March 2023", "range", "2023-03-14", "2023-03-15"),
        ("?/03/2013", "month", "2013-03-01", "2013-03-31"),
        ("00/03/2013", "month", "2013-03-01", "2013-03-31"),
        ("??/??/2013", "year", "2013-01-01", "2013-12-31"),
        ("before 3 May 2013", "before", "None", "2013-05-02"),
        ("1 March 2021 - ongoing", "after", "2021-03-01", "None"),
    ],
)
def test_what_is_partly_a_date_is_no_more_exact_than_written(text, precision, start, end):
    when = read_when(text, evidence=COLUMN)
    assert (when.precision.value, str(when.start), str(when.end)) == (precision, start, end)


@pytest.mark.parametrize("text", ["2012-2014", "2009/2010", "31/04/2021", "Mar 13"])
def test_a_cell_of_dates_looks_like_one_even_where_no_day_can_be_read(text):
    assert looks_like_date(text)


@pytest.mark.parametrize(
    "text", ["5/6 weeks old", "12.30.45", "NHS no 9990001234", "BP 120/80", "ongoing", "4/52"]
)
def test_other_figures_do_not_look_like_dates(text):
    assert not looks_like_date(text)
