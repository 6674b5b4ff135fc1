"""Date cells: what is written is read, and nothing more."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from chronology.dates import (
    heading_says,
    looks_like_date,
    read_born,
    read_when,
    says_as_above,
    weigh,
)
from chronology.flags import MEANINGS

UK = weigh(["13/05/2014", "2/6/14"])
UNPROVEN = weigh(["2 June 2014"])
US = weigh(["05/13/2014", "06/02/2014"])
MIXED = weigh(["13/05/2014", "05/13/2014", "03/04/2014"])


def told(when):
    clock = when.clock.strftime("%H:%M") if when.clock else ""
    start, end = (str(d or "") for d in (when.start, when.end))
    return when.precision.value, start, end, clock, " ".join(f.code for f in when.flags)


def day(iso, clock="", flags=""):
    return "minute" if clock else "day", iso, iso, clock, flags


def approx(start, end="", clock="", flags="date-uncertain"):
    return "approximate", start, end or start, clock, flags


def stretch(precision, start, end, flags="", clock=""):
    return precision, start, end, clock, flags


def unknown(flags, clock=""):
    return "unknown", "", "", clock, flags


MARCH = "2013-03-14"
MAY = ("2021-05-03", "2021-05-07")

DAYS = [
    *("14/03/2013", "14/3/13", "14.3.13", "14.03.2013", "14-03-2013", "14.03/13", "14/03.2013"),
    *("14 / 03 / 2013", "14 03 13", "14/03 2013", "14//03/2013", "14032013", "(14/03/2013)"),
    *("14-Mar-13", "14-MAR-2013", "14 Mar 2013", "14th March 2013", "14 March, 2013", "14Mar2013"),
    *("14th of March 2013", "the 14th day of March, 2013", "March 14, 2013", "Mar 14th 2013"),
    *("Thu 14 March 2013", "Thursday, 14/03/13", "14/03/2013 (Thurs)", "14 Mawrth 2013"),
    *("14 March '13", "2013-03-14", "2013/03/14", "2013.3.14", "20130314", "2013-Mar-14"),
    *(
        "14\u201303\u20132013",
        "14\u00a0March\u00a02013",
        "１４/０３/２０１３",
        " 14/03/2013. ",
        "on 14/03/13",
    ),
    *("14/03/13 pm", "14/03/13 - evening", "14/03/2013 (recorded late)", "evening of 14/03/13"),
    *("14\u1d57\u02b0 March 2013", "\u200e14/\u200e03/\u200e2013", "date: 14/03/13"),
]

TIMES = [
    ("14/03/2013 23:30", "23:30"),
    ("14/03/2013 23:30:59", "23:30"),
    ("14/03/2013\n23:30", "23:30"),
    ("23.30 on 14/03/13", "23:30"),
    ("2330 on 14/03/13", "23:30"),
    ("14/03/2013 at 2330hrs", "23:30"),
    ("14/03/2013 @ 23.30", "23:30"),
    ("14/03/2013 2330", "23:30"),
    ("14/03/2013 09.30", "09:30"),
    ("14/03/2013-09:30", "09:30"),
    ("14/03/2013 (09:30)", "09:30"),
    ("14/03/2013 9am", "09:00"),
    ("2pm 14/03/13", "14:00"),
    ("14 March 2013, 3:15pm", "15:15"),
    ("14/03/2013 14:05-15:00", "14:05"),
    ("14/03/2013 14:05 call received", "14:05"),
    ("3/14/2013 2:30:00 PM", "14:30"),
    ("14/03/2013 12 noon", "12:00"),
    ("14/03/2013 midnight", "00:00"),
    ("14/03/2013 14:05 GMT", "14:05"),
    ("2013-03-14T14:05:00", "14:05"),
    ("2013-03-14 14:05:00.000", "14:05"),
    ("2013-03-14T14:05:00Z", "14:05"),
    ("20130314T140500Z", "14:05"),
    ("2013-Mar-14 14:05:00", "14:05"),
    ("Thu Mar 14 14:05:00 GMT 2013", "14:05"),
    ("Thu, 14 Mar 2013 14:05:00 +0000", "14:05"),
]

CELLS = [
    # Precision is kept.
    ("March 2013", stretch("month", "2013-03-01", "2013-03-31")),
    ("Mar-13", stretch("month", "2013-03-01", "2013-03-31")),
    ("Mar '13", stretch("month", "2013-03-01", "2013-03-31")),
    ("03/2013", stretch("month", "2013-03-01", "2013-03-31")),
    ("2013-03", stretch("month", "2013-03-01", "2013-03-31")),
    ("??/03/2013", stretch("month", "2013-03-01", "2013-03-31")),
    ("Feb 2012", stretch("month", "2012-02-01", "2012-02-29")),
    ("2013", stretch("year", "2013-01-01", "2013-12-31")),
    ("00/00/2013", stretch("year", "2013-01-01", "2013-12-31")),
    ("sometime in 2013", stretch("year", "2013-01-01", "2013-12-31")),
    ("Summer 2019", stretch("quarter", "2019-06-01", "2019-08-31")),
    ("autumn term 2019", stretch("quarter", "2019-09-01", "2019-12-31")),
    ("winter 2019/20", stretch("quarter", "2019-12-01", "2020-02-29")),
    ("winter 2019", stretch("quarter", "2019-12-01", "2020-02-29", "date-ambiguous")),
    ("Q2 2019", stretch("quarter", "2019-04-01", "2019-06-30", "date-ambiguous")),
    ("1990s", stretch("approximate", "1990-01-01", "1999-12-31")),
    ("2019/20", stretch("range", "2019-01-01", "2020-12-31")),
    ("2019 - 2020", stretch("range", "2019-01-01", "2020-12-31")),
    ("2011/12", stretch("range", "2011-01-01", "2012-12-31", "date-ambiguous")),
    ("2011-12", stretch("month", "2011-12-01", "2011-12-31", "date-ambiguous")),
    # Doubt is kept.
    ("?14/03/2013", approx(MARCH)),
    ("? 22 may 2016", approx("2016-05-22")),
    ("14/03/2013?", approx(MARCH)),
    ("c. 14/03/13", approx(MARCH)),
    ("c14/03/13", approx(MARCH)),
    ("ca. March 2013", approx("2013-03-01", "2013-03-31")),
    ("14/03/13 (approx)", approx(MARCH)),
    ("on or about 14 March 2013", approx(MARCH)),
    ("14 March 2013 or thereabouts", approx(MARCH)),
    ("14/03/2013 (not sure which day)", approx(MARCH)),
    ("approx 14/03/13 23:30", approx(MARCH, clock="23:30")),
    ("2013?", approx("2013-01-01", "2013-12-31")),
    ("3 or 4 May 2021", approx("2021-05-03", "2021-05-04")),
    ("14/03/2013 approx 15:00", ("day", MARCH, MARCH, "15:00", "time-uncertain")),
    ("14/03/2013 15:00 approx", ("day", MARCH, MARCH, "15:00", "time-uncertain")),
    ("early 2020", approx("2020-01-01", "2020-04-30", flags="")),
    ("mid-March 2019", approx("2019-03-11", "2019-03-20", flags="")),
    ("end of February 2019", approx("2019-02-21", "2019-02-28", flags="")),
    ("late 2018", approx("2018-09-01", "2018-12-31", flags="")),
    ("early summer 2019", approx("2019-06-01", "2019-06-30", flags="")),
    # Stretches.
    ("w/c 11/3/13", stretch("range", "2013-03-11", "2013-03-17")),
    ("week commencing 11 March 2013", stretch("range", "2013-03-11", "2013-03-17")),
    ("w/e 17/3/13", stretch("range", "2013-03-11", "2013-03-17")),
    *[
        (text, stretch("range", *MAY))
        for text in (
            *("03/05/21 - 07/05/21", "3/5/21-7/5/21", "3-7 May 2021", "3 to 7 May 2021"),
            *("3rd \u2013 7th May 2021", "3-7/5/21", "03.05.21 to 07.05.21", "3-5-21 - 7-5-21"),
            *("between 3 and 7 May 2021", "from 3 to 7 May 2021", "2021-05-03 - 2021-05-07"),
            *(
                "3 May - 7 May 2021",
                "3 May 2021 - 7 May",
                "Mon 3 - Fri 7 May 2021",
                "May 3-7, 2021",
            ),
        )
    ],
    ("03/05/21 14:00 - 07/05/21 10:00", stretch("range", *MAY, clock="14:00")),
    ("3-7 May 2021 (half term)", stretch("range", *MAY)),
    ("overnight 3/4 May 2021", stretch("range", "2021-05-03", "2021-05-04")),
    ("28 Feb - 3 March 2019", stretch("range", "2019-02-28", "2019-03-03")),
    ("28 Dec - 3 Jan 2020", stretch("range", "2019-12-28", "2020-01-03")),
    ("28 Dec 2019 - 3 Jan", stretch("range", "2019-12-28", "2020-01-03")),
    ("November / December 2006", stretch("range", "2006-11-01", "2006-12-31")),
    ("Nov-Dec 2006", stretch("range", "2006-11-01", "2006-12-31")),
    ("07/05/21 - 03/05/21", day("2021-05-07", flags="date-backwards")),
    ("before 3 May 2019", stretch("before", "", "2019-05-02")),
    ("prior to March 2019", stretch("before", "", "2019-02-28")),
    ("by 3 May 2019", stretch("before", "", "2019-05-03")),
    ("before 14:00 on 3 May 2019", stretch("before", "", "2019-05-03")),
    ("after 3 May 2019", stretch("after", "2019-05-04", "")),
    ("since 3 May 2019", stretch("after", "2019-05-03", "")),
    ("from 3 May 2019 onwards", stretch("after", "2019-05-03", "")),
    ("03/05/21 - present", stretch("after", "2021-05-03", "")),
    # More than one date.
    ("03/05/21 and 05/05/21", day("2021-05-03", flags="date-several")),
    ("3/5, 5/5 and 9/5/21", day("2021-05-03", flags="date-several")),
    ("03/05/21\n05/05/21", day("2021-05-03", flags="date-several")),
    ("14/03/2013 (recorded 16/03/2013)", day(MARCH, flags="date-several")),
    # Systems.
    ("2025-Jan-22 00:00:00", day("2025-01-22", "00:00", "time-midnight")),
    ("20250730T11525000", day("2025-07-30", "12:52", "time-converted")),
    ("2017-04-09T23:00:00Z", day("2017-04-10", "00:00", "time-converted time-midnight")),
    ("2017-04-09T23:00:00+01:00", day("2017-04-09", "23:00")),
    ("2017-01-09T23:00:00+01:00", day("2017-01-09", "22:00", "time-zone")),
    ("Tue Apr 02 19:11:46 BST 2024", day("2024-04-02", "19:11")),
    ("14/06/2013 14:05 GMT", day("2013-06-14", "15:05", "time-converted")),
    # Slips.
    ("Wed 14 March 2013", day(MARCH, flags="date-weekday")),
    ("31/02/2024", unknown("date-impossible")),
    ("2013/14/03", unknown("date-impossible")),
    ("32/01/2013", unknown("date-impossible")),
    ("14/03/2013 9 to ten", day(MARCH, flags="time-unreadable")),
    ("14/03/20 13", unknown("date-unreadable")),
    ("14/03/2013 25:61", day(MARCH, flags="time-unreadable")),
    ("14/03/45", day("2045-03-14", flags="date-two-digit-year")),
    ("14/03/0213", unknown("date-unreadable")),
    ("9999-12-31", unknown("date-unreadable")),
    ("l4/03/13", unknown("date-unreadable")),
    ("not before 14/03/2013", unknown("date-unreadable")),
    ("3rd visit to the home", unknown("date-unreadable")),
    ("2015 rang", unknown("date-unreadable")),
    ("Wednesday", unknown("date-unreadable")),
    # Not said.
    ("", unknown("date-missing")),
    ("not known", unknown("date-missing")),
    ("N/K", unknown("date-missing")),
    ("as above", unknown("date-missing")),
    ("26 May", unknown("date-no-year")),
    ("26/5", unknown("date-no-year")),
    ("14th", unknown("date-no-year")),
    ("26 May 10 am", unknown("date-no-year", "10:00")),
    ("Mar 13", unknown("date-no-year date-ambiguous")),
]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_in_every_style(text):
    assert told(read_when(text, evidence=UK)) == day(MARCH)


@pytest.mark.parametrize(("text", "clock"), TIMES)
def test_a_time_beside_the_date_is_read(text, clock):
    assert told(read_when(text, evidence=UNPROVEN if text[:2] == "3/" else UK)) in (
        day(MARCH, clock),
        day(MARCH, clock, "date-order"),
    )


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_a_cell_says_no_more_than_is_written(text, expected):
    assert told(read_when(text, evidence=UK)) == expected


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        pytest.param("03/04/2014", UK, day("2014-04-03"), id="proven-british"),
        pytest.param("03/04/2014", UNPROVEN, day("2014-04-03", flags="date-ambiguous"), id="open"),
        pytest.param("13/04/2014", UNPROVEN, day("2014-04-13"), id="proves-itself"),
        pytest.param("04/04/2014", UNPROVEN, day("2014-04-04"), id="same-either-way"),
        pytest.param("03/04/2014", US, day("2014-03-04", flags="date-order"), id="american"),
        pytest.param("03/13/2014", US, day("2014-03-13"), id="american-sure"),
        pytest.param("13/03/2014", US, day("2014-03-13", flags="date-order"), id="odd-one-out"),
        pytest.param("03/04/2014", MIXED, day("2014-04-03", flags="date-ambiguous"), id="mixed"),
        pytest.param("05/13/2014", MIXED, day("2014-05-13", flags="date-order"), id="mixed-sure"),
        pytest.param("Thu 03/04/2014", UNPROVEN, day("2014-04-03"), id="weekday-decides"),
        pytest.param("2014-03-04", US, day("2014-03-04"), id="iso-never-turned"),
        pytest.param("4 March 2014", US, day("2014-03-04"), id="month-in-words"),
    ],
)
def test_day_and_month_follow_the_column(text, evidence, expected):
    assert told(read_when(text, evidence=evidence)) == expected


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("26 May", "2019", day("2019-05-26", flags="date-year-from-heading")),
        ("May 26", "2019", day("2019-05-26", flags="date-year-from-heading")),
        ("26/5", "Year: 2019", day("2019-05-26", flags="date-year-from-heading")),
        ("26 May 14:05", "2019", day("2019-05-26", "14:05", "date-year-from-heading")),
        ("14th", "March 2019", day("2019-03-14", flags="date-year-from-heading")),
        ("14", "2019-03", day("2019-03-14", flags="date-year-from-heading")),
        ("14", "2019", unknown("date-no-year")),
        ("31", "February 2019", unknown("date-year-from-heading date-impossible")),
        ("March", "2019", stretch("month", "2019-03-01", "2019-03-31", "date-year-from-heading")),
        ("3-7 May", "2021", stretch("range", *MAY, flags="date-year-from-heading")),
        ("26 May 2018", "2019", day("2018-05-26")),
        ("26 May", "Health visiting", unknown("date-no-year")),
        (
            "Mar 13",
            "2013",
            stretch("month", "2013-03-01", "2013-03-31", "date-year-from-heading date-ambiguous"),
        ),
    ],
)
def test_a_heading_gives_the_year_and_says_so(text, heading, expected):
    assert told(read_when(text, evidence=UK, heading=heading)) == expected


@pytest.mark.parametrize(
    ("clock_text", "expected"),
    [
        ("14:05", day(MARCH, "14:05")),
        ("", day(MARCH)),
        ("evening", day(MARCH)),
        ("c. 15:00", ("day", MARCH, MARCH, "15:00", "time-uncertain")),
        ("00:00", day(MARCH, "00:00", "time-midnight")),
        ("lunch club", day(MARCH, flags="time-unreadable")),
    ],
)
def test_a_time_cell_beside_the_date(clock_text, expected):
    when = read_when("14/03/2013", evidence=UK, clock_text=clock_text)
    assert told(when) == expected
    assert when.written == f"14/03/2013 {clock_text}".strip()


def test_two_different_times_are_told():
    when = read_when("14/03/2013 10:00", evidence=UK, clock_text="14:05")
    assert told(when) == day(MARCH, "14:05", "time-conflict")


def test_a_time_cell_beats_a_midnight_beside_the_date():
    when = read_when("14/03/2013 00:00", evidence=UK, clock_text="14:05")
    assert told(when) == day(MARCH, "14:05")


def test_a_month_stays_a_month_beside_a_time():
    when = read_when("March 2013", evidence=UK, clock_text="14:05")
    assert told(when) == stretch("month", "2013-03-01", "2013-03-31", clock="14:05")


@pytest.mark.parametrize(
    ("text", "end_text", "expected"),
    [
        ("03/05/21", "07/05/21", stretch("range", *MAY)),
        ("03/05/21", "03/05/21", day("2021-05-03")),
        ("03/05/21", "", day("2021-05-03")),
        ("03/05/21", "ongoing", day("2021-05-03")),
        ("03/05/21", "May 2021", stretch("range", "2021-05-03", "2021-05-31")),
        ("c. 03/05/21", "07/05/21", approx(*MAY)),
        ("07/05/21", "03/05/21", day("2021-05-07", flags="date-backwards")),
        ("03/05/21", "when he left", day("2021-05-03", flags="date-unreadable")),
        ("", "07/05/21", stretch("before", "", "2021-05-07", "date-missing")),
    ],
)
def test_an_end_cell_makes_a_stretch(text, end_text, expected):
    assert told(read_when(text, evidence=UK, end_text=end_text)) == expected


def test_the_words_of_all_cells_are_kept():
    when = read_when(
        "c. 03/05/21",
        evidence=UK,
        clock_text="pm",
        end_text="07/05/21",
        end_clock_text="about ten",
    )
    assert when.written == "c. 03/05/21 pm to 07/05/21 about ten"


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (date(2013, 3, 14), day(MARCH)),
        (datetime(2013, 3, 14, 14, 5), day(MARCH, "14:05")),
        (datetime(2013, 3, 14, 14, 4, 59, 999_000), day(MARCH, "14:05")),
        (datetime(2013, 3, 14), day(MARCH, "00:00", "time-midnight")),
        (datetime(1899, 12, 31), day("1899-12-31", "00:00", "time-midnight")),
        (date(9999, 12, 31), unknown("date-unreadable")),
        (time(14, 5), unknown("date-unreadable")),
    ],
)
def test_a_real_spreadsheet_date_is_taken_as_it_is(stamp, expected):
    assert told(read_when("x", stamp=stamp, evidence=UNPROVEN)) == expected


def test_a_midnight_that_every_row_carries_is_no_time():
    column = ["14/03/2013 00:00", "15/03/2013 00:00", "March 2013"]
    assert told(read_when(column[0], evidence=weigh(column))) == day(MARCH)


def test_midnight_in_utc_is_the_next_day_in_summer():
    column = ["2017-04-09T23:00:00Z", "2017-01-09T00:00:00Z"]
    when = read_when(column[0], evidence=weigh(column))
    assert told(when) == day("2017-04-10", flags="time-converted")
    assert told(read_when(column[1], evidence=weigh(column))) == day("2017-01-09")


def test_a_number_is_a_day_only_among_dates():
    dates, numbers = weigh(["14/03/2013", "41347"]), weigh(["house move", "41347", "review"])
    assert told(read_when("41347", evidence=dates)) == day(MARCH, flags="date-serial")
    assert told(read_when("41347.5", evidence=dates)) == day(MARCH, "12:00", "date-serial")
    assert told(read_when("41347", evidence=numbers)) == unknown("date-unreadable")


def test_dates_a_spreadsheet_may_have_turned_round_are_flagged():
    texts, stamps = ["03/04/2014", "23/04/2014"], [date(2014, 4, 3), None]
    when = read_when(texts[0], stamp=stamps[0], evidence=weigh(texts, stamps))
    assert told(when) == day("2014-04-03", flags="date-ambiguous")
    assert "4 March 2014" in when.flags[0].text


def test_every_flag_is_one_the_documentation_explains():
    raised = {f.code for text, _ in CELLS for f in read_when(text, evidence=UK).flags}
    assert raised <= MEANINGS.keys()


def test_several_dates_are_all_named():
    flag = read_when("3/5, 5/5 and 9/5/21", evidence=UK).flags[0].text
    assert "3 May 2021, 5 May 2021 and 9 May 2021" in flag


@pytest.mark.parametrize(
    ("text", "not_after", "born"),
    [
        ("14/03/2013", None, date(2013, 3, 14)),
        ("DOB: 14.3.13", None, date(2013, 3, 14)),
        ("14/03/45", date(2019, 1, 1), date(1945, 3, 14)),
        ("14/03/19", date(2019, 1, 1), date(1919, 3, 14)),
        ("14/03/18", date(2019, 1, 1), date(2018, 3, 14)),
        ("14/03/45", None, date(1945, 3, 14)),
        ("14 March 2013 00:00:00", None, date(2013, 3, 14)),
        ("03/2013", None, None),
        ("c. 14/03/2013", None, None),
        ("14/03/2013, 15/03/2014", None, None),
        ("EDD 14/03/2013", None, None),
        ("01/01/1900", None, None),
        ("11/11/1811", None, None),
        ("31/02/2013", None, None),
        ("not known", None, None),
    ],
)
def test_a_date_of_birth_is_one_plain_day_or_nothing(text, not_after, born):
    assert read_born(text, evidence=UK, not_after=not_after) == born


@pytest.mark.parametrize(
    "text",
    [
        *DAYS,
        *(text for text, _ in TIMES),
        *("March 2013", "2013", "c. 14/03/13", "3-7 May 2021", "26 May", "26/5", "31/02/2024"),
    ],
)
def test_a_date_looks_like_one(text):
    assert looks_like_date(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "14.05", "14:05", "1405 hrs", "41347", "9434765919", "may", "not known", "14th"),
        *("CP Conference", "Child 2", "14 Mill Lane", "12 Church Road, 2nd floor", "3 of 5"),
        "14/03/2013 Police attended the address with the ambulance and spoke to Mum",
        "On 14/03/2013 a home visit took place and the home was found to be cold and untidy.",
    ],
)
def test_what_is_no_date_does_not_look_like_one(text):
    assert not looks_like_date(text)


@pytest.mark.parametrize(
    ("text", "above", "said"),
    [
        ("2019", "", "2019"),
        ("March 2019", "", "2019-03"),
        ("Year: 2019", "", "2019"),
        ("-- 2019 (continued) --", "", "2019"),
        ("MAR-19", "", "2019-03"),
        ("Events in 2019", "", "2019"),
        ("March", "2019", "2019-03"),
        ("March", "", ""),
        ("2019/20", "", ""),
        ("Summer 2019", "", ""),
        ("14 March 2019", "", ""),
        ("Health visiting 2019 onwards", "", ""),
        ("", "", ""),
    ],
)
def test_a_heading_is_a_year_or_a_month_of_one(text, above, said):
    assert heading_says(text, above) == said


@pytest.mark.parametrize(("text", "said"), [("as above", True), ('"', True), ("14/03/13", False)])
def test_as_above_is_recognised(text, said):
    assert says_as_above(text) is said
