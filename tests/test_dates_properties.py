"""What holds for every date and for any text at all."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.dates import (
    looks_like_clock,
    looks_like_date,
    read_born,
    read_clock,
    read_when,
    weigh,
)
from chronology.when import EXACT, Precision

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
BRITISH = weigh(["13/05/2014"])
AMERICAN = weigh(["05/13/2014"])
OPEN = weigh([])
EVIDENCE = st.sampled_from([BRITISH, AMERICAN, OPEN, weigh(["13/05/2014", "05/13/2014"])])

NUMBERS = {
    "slashes": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "short": lambda d: f"{d.day}/{d.month}/{d.year % 100:02}",
    "dots": lambda d: f"{d.day:02}.{d.month:02}.{d.year % 100:02}",
    "dashes": lambda d: f"{d.day}-{d.month}-{d.year}",
    "mixed": lambda d: f"{d.day:02}.{d.month:02}/{d.year % 100:02}",
    "spaces": lambda d: f"{d.day:02} {d.month:02} {d.year}",
    "with time": lambda d: f"{d.day:02}/{d.month:02}/{d.year} 14:05",
    "time first": lambda d: f"14.05 on {d.day:02}/{d.month:02}/{d.year % 100:02}",
}
FIXED = {
    "iso": lambda d: d.isoformat(),
    "iso slashes": lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    "compact": lambda d: f"{d.year}{d.month:02}{d.day:02}",
    "stamp": lambda d: f"{d.isoformat()}T14:05:00",
    "system": lambda d: f"{d.year}-{MONTHS[d.month - 1][:3]}-{d.day:02} 14:05:00",
    "words": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "short words": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year % 100:02}",
    "glued": lambda d: f"{d.day}{MONTHS[d.month - 1][:3].upper()}{d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
}
VAGUE = {
    "month": (lambda d: f"{MONTHS[d.month - 1]} {d.year}", Precision.MONTH),
    "short month": (lambda d: f"{MONTHS[d.month - 1][:3]}-{d.year % 100:02}", Precision.MONTH),
    "numbered month": (lambda d: f"{d.month:02}/{d.year}", Precision.MONTH),
    "year": (lambda d: str(d.year), Precision.YEAR),
    "doubted": (lambda d: f"?{d.day:02}/{d.month:02}/{d.year}", Precision.APPROXIMATE),
    "early": (lambda d: f"early {d.year}", Precision.APPROXIMATE),
}


def exactly(text, day, evidence):
    when = read_when(text, evidence=evidence)
    clock = time(14, 5) if "14:05" in text or "14.05 on" in text else None
    precision = Precision.MINUTE if clock else Precision.DAY
    return (when.start, when.end, when.precision, when.clock) == (day, day, precision, clock)


@pytest.mark.parametrize("style", NUMBERS)
@given(day=DAYS)
def test_numbers_are_read_back_in_the_order_the_column_proves(style, day):
    assert exactly(NUMBERS[style](day), day, BRITISH)
    turned = date(2000, 1, 1).replace(day=1)
    if day.day <= 12:
        turned = day.replace(month=day.day, day=day.month)
        assert exactly(NUMBERS[style](turned), day, AMERICAN)


@pytest.mark.parametrize("style", FIXED)
@given(day=DAYS, evidence=EVIDENCE)
def test_a_style_that_shows_its_order_is_never_turned(style, day, evidence):
    assert exactly(FIXED[style](day), day, evidence)
    assert not {"date-order", "date-ambiguous"} & {
        f.code for f in read_when(FIXED[style](day), evidence=evidence).flags
    }


@pytest.mark.parametrize("style", VAGUE)
@given(day=DAYS)
def test_no_style_yields_more_than_is_written(style, day):
    write, precision = VAGUE[style]
    when = read_when(write(day), evidence=BRITISH)
    assert when.precision is precision
    assert when.precision not in EXACT
    assert when.start is not None
    assert when.start <= day or style == "early"


@given(day=DAYS)
def test_a_doubtful_order_is_never_silent(day):
    text = f"{day.day:02}/{day.month:02}/{day.year}"
    flags = {f.code for f in read_when(text, evidence=OPEN).flags}
    assert ("date-ambiguous" in flags) == (day.day <= 12 and day.day != day.month)


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *(
                "14/03/2013",
                "3/5",
                "7",
                "May",
                "2021",
                "00:00",
                "14.05",
                "2330hrs",
                "pm",
                "-",
                "to",
            ),
            *(
                "and",
                "or",
                "c.",
                "?",
                "approx",
                "(",
                ")",
                ",",
                "/",
                "w/c",
                "before",
                "early",
                "Thu",
            ),
            *(
                "T",
                "Z",
                "+01:00",
                "on",
                "31/02/2024",
                "41347",
                "Q2",
                "summer",
                "99",
                "0",
                "\n",
                "–",
            ),
        ]
    ),
    max_size=7,
).map(" ".join)


@given(
    text=st.one_of(st.text(max_size=80), FRAGMENTS), clock=st.text(max_size=12), evidence=EVIDENCE
)
def test_any_text_is_kept_and_never_raises(text, clock, evidence):
    when = read_when(text, evidence=evidence, clock_text=clock, end_text=clock, heading=text)
    assert text.strip() in when.written
    assert clock.strip() in when.written
    assert read_clock(text) is not None
    assert looks_like_date(text) in (True, False)
    assert looks_like_clock(text) in (True, False)
    assert read_born(text, evidence=evidence) is None or any(ch.isdecimal() for ch in text)


@given(text=st.text(max_size=60), evidence=EVIDENCE)
def test_without_a_figure_there_is_no_date(text, evidence):
    plain = "".join(ch for ch in text if not ch.isdigit())
    when = read_when(plain, evidence=evidence)
    assert when.start is None
    assert when.end is None


@given(texts=st.lists(FRAGMENTS, max_size=6))
def test_any_column_can_be_weighed(texts):
    assert weigh(texts).proof
