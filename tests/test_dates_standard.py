"""Dates of defined formats: the quick way and the long way agree."""

from hypothesis import given
from hypothesis import strategies as st

from chronology.dates.read import read_when
from chronology.dates.standard import BY_DEFINITION, read_standard

MOMENTS = st.builds(
    "{}-{}-{}T{}:{}{}{}".format,
    st.sampled_from(["1879", "1880", "1999", "2016", "2017", "2024", "2099", "2100"]),
    st.integers(0, 13).map("{:02}".format),
    st.integers(0, 32).map("{:02}".format),
    st.integers(0, 25).map("{:02}".format),
    st.integers(0, 61).map("{:02}".format),
    st.sampled_from(["", ":00", ":59", ":60", ":00.000", ":12.3456789"]),
    st.sampled_from(
        ["", "Z", "+00:00", "+01:00", "-05:00", "+14:00", "+15:00", "+05:30", "-00:00"]
    ),
)


@given(MOMENTS)
def test_a_moment_is_read_as_any_other_date_is(text):
    assert read_standard(text) == read_when(text, evidence=BY_DEFINITION)


@given(st.text("0123456789-T:Z+. ", max_size=26))
def test_anything_else_is_read_as_any_other_date_is(text):
    if not (len(text) == 10 and text[4] == "-"):
        assert read_standard(text) == read_when(text, evidence=BY_DEFINITION)
