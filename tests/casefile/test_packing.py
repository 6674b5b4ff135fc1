"""What is kept in a case file comes back as it was, to the last character."""

from dataclasses import fields
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account, Agency, Identifier, LeftOut, Mention, Said, Source
from chronology.case import ReadFile, Refused
from chronology.casefile.packing import (
    account_data,
    account_of,
    file_data,
    file_of,
    left_out_data,
    left_out_of,
    pack,
    refused_data,
    refused_of,
    stated_data,
    stated_of,
    unpack,
)
from chronology.flags import Flag
from chronology.importers import Given, Mapping
from chronology.importers.mapping import SheetMapping
from chronology.when import Precision, When

#: Any text at all, halves of characters included.
TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
FLAGS = st.lists(st.builds(Flag, TEXT, TEXT), max_size=2).map(tuple)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WHENS = st.builds(
    lambda written, precision, days, clock, flags: When(
        written, precision, *sorted(days), clock=clock, flags=flags
    ),
    TEXT,
    st.sampled_from(Precision),
    st.tuples(DAYS, DAYS),
    st.none() | st.times(),
    FLAGS,
) | st.builds(When, TEXT)
MENTIONS = st.lists(
    st.builds(
        Mention,
        TEXT,
        TEXT,
        TEXT,
        st.lists(st.builds(Identifier, TEXT, TEXT), max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)
CELLS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)
SOURCES = st.builds(
    Source, TEXT, TEXT, st.integers(0, 10**6), TEXT, st.integers(0, 9), st.just("row") | TEXT
)
LISTS = st.lists(TEXT, max_size=2).map(tuple)
ACCOUNTS = st.builds(
    Account,
    agency=st.sampled_from(Agency),
    source=SOURCES,
    occurred=WHENS,
    narrative=TEXT,
    organisation=TEXT,
    system=TEXT,
    recorded=st.none() | WHENS,
    known=st.none() | WHENS,
    shared=st.none() | WHENS,
    event_type_written=TEXT,
    event_type=TEXT,
    reference=TEXT,
    outcome=TEXT,
    professional=TEXT,
    location=TEXT,
    subjects=MENTIONS,
    people=MENTIONS,
    child_seen=st.sampled_from(Said),
    child_alone=st.sampled_from(Said),
    child_voice=TEXT,
    analysis=TEXT,
    other=CELLS,
    raw=CELLS,
    facts=LISTS,
    withheld=LISTS,
    flags=FLAGS,
    copy=st.integers(0, 3),
)
STATED = {
    "agency": st.none() | st.sampled_from(Agency),
    "organisation": TEXT,
    "system": TEXT,
    "subject": TEXT,
    "subject_born": TEXT,
    "date_order": TEXT,
    "year": st.none() | st.integers(1900, 2100),
}
SHEETS = st.lists(st.builds(SheetMapping, TEXT, st.integers(0, 99), CELLS), max_size=2).map(tuple)


@given(ACCOUNTS)
def test_an_account_comes_back_whole(account):
    back = account_of(unpack(pack(account_data(account))))
    assert back == account
    assert back.id == account.id


def test_every_field_of_an_account_is_written():
    names = {field.name for field in fields(Account) if field.init}
    everything = Account(
        agency=Agency.POLICE,
        source=Source("f", "s", 1, "a", 2),
        occurred=When("x", Precision.DAY, date(2020, 1, 2), date(2020, 1, 2), time(9, 5, 1)),
        narrative="n",
        **{name: "t" for name in names if name in TEXT_FIELDS},
        recorded=When("r"),
        known=When("k"),
        shared=When("s"),
        subjects=(Mention("a"),),
        people=(Mention("b", "mother"),),
        child_seen=Said.YES,
        child_alone=Said.NO,
        other=(("a", "b"),),
        raw=(("c", "d"),),
        facts=("e",),
        withheld=("f",),
        flags=(Flag("a", "b"),),
        copy=2,
    )
    assert names <= set(account_data(everything)) | {"v"}


TEXT_FIELDS = {
    field.name for field in fields(Account) if field.default == "" and field.type == "str"
}


@given(st.builds(LeftOut, SOURCES, TEXT, LISTS, TEXT, st.none() | st.builds(Mention, TEXT)))
def test_a_row_left_out_comes_back_whole(row):
    assert left_out_of(unpack(pack(left_out_data(row)))) == row


@given(
    st.builds(
        ReadFile,
        file=TEXT,
        kind=TEXT,
        sha256=TEXT,
        agency=st.sampled_from(Agency),
        organisation=TEXT,
        system=TEXT,
        rows_read=st.integers(),
        rows_in=st.integers(),
        rows_out=st.integers(),
        notes=st.lists(TEXT).map(tuple),
        columns=st.lists(st.tuples(TEXT, TEXT, TEXT, st.floats(0, 1))).map(tuple),
        set_apart=st.lists(st.tuples(TEXT, st.integers(), TEXT)).map(tuple),
        rows_again=st.integers(),
    )
)
def test_the_balance_of_a_file_comes_back_whole(file):
    assert file_of(unpack(pack(file_data(file)))) == file


@given(st.builds(Refused, TEXT, TEXT, TEXT))
def test_a_refusal_comes_back_whole(refused):
    assert refused_of(unpack(pack(refused_data(refused)))) == refused


@given(
    st.builds(Given, **STATED),
    st.none() | st.builds(Mapping, file=TEXT, sheets=SHEETS, **STATED),
)
def test_what_was_stated_of_a_file_comes_back_whole(given_, mapping):
    assert stated_of(unpack(pack(stated_data(given_, mapping)))) == (given_, mapping)


def test_the_same_data_gives_the_same_text():
    assert pack({"b": 1, "a": "é"}) == pack({"a": "é", "b": 1}) == '{"a":"é","b":1}'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ud83d\ude00", id="two halves kept apart"),
        pytest.param("\udcff", id="a byte that is no character"),
        pytest.param("\x00\u202e=1+1", id="what no terminal should see"),
    ],
)
def test_text_no_database_takes_is_kept_all_the_same(text):
    assert unpack(pack({"text": text})) == {"text": text}
