"""Time cells: a clock time, or words that give none."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from chronology.dates import looks_like_clock, read_clock


@pytest.mark.parametrize(
    ("text", "clock", "flags"),
    [
        ("14:05", "14:05", ""),
        ("14.05", "14:05", ""),
        ("1405", "14:05", ""),
        ("1405hrs", "14:05", ""),
        ("2330 hrs", "23:30", ""),
        ("14:05:59", "14:05", ""),
        ("9:30", "09:30", ""),
        ("930", "09:30", ""),
        ("2.30pm", "14:30", ""),
        ("2:30 P.M.", "14:30", ""),
        ("9am", "09:00", ""),
        ("12:30am", "00:30", ""),
        ("12 noon", "12:00", ""),
        ("midday", "12:00", ""),
        ("Midnight", "00:00", ""),
        ("14h05", "14:05", ""),
        ("at 14:05", "14:05", ""),
        ("14:05 - evening", "14:05", ""),
        ("14:05-15:00", "14:05", ""),
        ("1405 - 1500hrs", "14:05", ""),
        ("9-10am", "09:00", ""),
        ("30/12/1899 14:05:00", "14:05", ""),
        ("0.604166666666667", "14:30", ""),
        ("00:00", "00:00", "time-midnight"),
        ("approx 15:00", "15:00", "time-uncertain"),
        ("c.15:00", "15:00", "time-uncertain"),
        ("?15:00", "15:00", "time-uncertain"),
        ("15:00?", "15:00", "time-uncertain"),
        ("between 14:00 and 15:00", "14:00", "time-uncertain"),
        ("after 3pm", "", "time-uncertain"),
        ("14:05 GMT", "14:05", "time-uncertain"),
        ("am", "", ""),
        ("pm", "", ""),
        ("overnight", "", ""),
        ("early hours of the morning", "", ""),
        ("not known", "", ""),
        ("N/K", "", ""),
        ("-", "", ""),
        ("", "", ""),
        ("25:61", "", "time-unreadable"),
        ("24:00", "", "time-unreadable"),
        ("14:05am", "", "time-unreadable"),
        ("11-1pm", "", "time-unreadable"),
        ("14:05 15", "", "time-unreadable"),
        ("9 o'clock", "", "time-unreadable"),
        ("during assembly", "", "time-unreadable"),
    ],
)
def test_a_time_is_read_or_none_is_made_up(text, clock, flags):
    at, doubts = read_clock(text)
    assert (at.strftime("%H:%M") if at else "") == clock
    assert " ".join(f.code for f in doubts) == flags


@pytest.mark.parametrize(
    ("stamp", "clock"),
    [
        (time(14, 5), time(14, 5)),
        (time(14, 4, 59, 999_999), time(14, 5)),
        (datetime(1899, 12, 30, 14, 5), time(14, 5)),
        (date(2013, 3, 14), None),
    ],
)
def test_a_real_time_is_taken_as_it_is(stamp, clock):
    assert read_clock("", stamp)[0] == clock


@pytest.mark.parametrize("text", ["14:05", "1405", "2.30pm", "9am", "00:00", "approx 15:00"])
def test_a_time_looks_like_one(text):
    assert looks_like_clock(text)


@pytest.mark.parametrize(
    "text",
    ["", "am", "9", "930", "41347", "14/03/2013", "14 Mill Lane", "2013-03-14 visit", "9999"],
)
def test_what_is_no_time_does_not_look_like_one(text):
    assert not looks_like_clock(text)
