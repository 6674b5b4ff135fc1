"""The words a reader sees: dates, ages, delays, doubts; the same for every output."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from factories import (
    a_child,
    a_chronology,
    a_day,
    a_stretch,
    an_account,
    an_entry,
)
from hypothesis import given
from hypothesis import strategies as st
from steps import steps

from chronology.account import Account, Agency, Identifier, LeftOut, Mention, Said, Source
from chronology.case import Refused
from chronology.decisions import Decision
from chronology.flags import MEANINGS, NOTES, NOTES_WHERE_ONE_PERSON, Flag
from chronology.marking import with_marks
from chronology.merge import Conflict, Link, Parted, Question
from chronology.people import Person
from chronology.render.shades import SEVERAL, SHADES
from chronology.render.text import visible
from chronology.render.view import EntryView, view
from chronology.render.words import age_words
from chronology.when import Precision, When


def only_entry(account, **changes) -> EntryView:
    persons = changes.pop("persons", ())
    return view(a_chronology(an_entry(account, **changes), persons=persons)).entries[0]


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        pytest.param(a_day("2013-03-14"), "14 March 2013", id="a day"),
        pytest.param(a_day("2013-03-14", "23:30"), "14 March 2013", id="a day and time"),
        pytest.param(
            a_stretch(Precision.MONTH, "2013-03-01", "2013-03-31"), "March 2013", id="a month"
        ),
        pytest.param(
            a_stretch(Precision.QUARTER, "2013-04-01", "2013-06-30"),
            "April to June 2013",
            id="a quarter",
        ),
        pytest.param(a_stretch(Precision.YEAR, "2013-01-01", "2013-12-31"), "2013", id="a year"),
        pytest.param(
            a_stretch(Precision.YEAR, "2012-09-01", "2013-08-31"),
            "September 2012 to August 2013",
            id="a school year",
        ),
        pytest.param(
            a_stretch(Precision.APPROXIMATE, "2013-03-14", "2013-03-14"),
            "about 14 March 2013",
            id="about a day",
        ),
        pytest.param(
            a_stretch(Precision.APPROXIMATE, "2013-03-01", "2013-03-31"),
            "about March 2013",
            id="about a month",
        ),
        pytest.param(
            a_stretch(Precision.RANGE, "2021-05-03", "2021-05-07"),
            "3 to 7 May 2021",
            id="within a month",
        ),
        pytest.param(
            a_stretch(Precision.RANGE, "2021-04-28", "2021-05-03"),
            "28 April to 3 May 2021",
            id="over two months",
        ),
        pytest.param(
            a_stretch(Precision.RANGE, "2020-12-30", "2021-01-02"),
            "30 December 2020 to 2 January 2021",
            id="over new year",
        ),
        pytest.param(
            a_stretch(Precision.RANGE, "2021-05-01", "2021-05-31"),
            "1 to 31 May 2021",
            id="a range of days stays days",
        ),
        pytest.param(
            a_stretch(Precision.RANGE, "2021-03-01", "2021-05-31"),
            "March to May 2021",
            id="a range of months stays months",
        ),
        pytest.param(
            a_stretch(Precision.BEFORE, "", "2019-05-02", "before 3 May 2019"),
            "before 3 May 2019",
            id="before a day",
        ),
        pytest.param(
            a_stretch(Precision.BEFORE, "", "2019-05-03", "by 3 May 2019"),
            "on or before 3 May 2019",
            id="by a day",
        ),
        pytest.param(
            a_stretch(Precision.AFTER, "2019-05-04", "", "after 3/5/19"),
            "after 3 May 2019",
            id="after",
        ),
        pytest.param(
            a_stretch(Precision.AFTER, "2019-05-03", "", "since 3/5/19"),
            "on or after 3 May 2019",
            id="since",
        ),
        pytest.param(
            When("sometime in spring"), "Date not known: 'sometime in spring'", id="words only"
        ),
        pytest.param(When(""), "Date not known", id="nothing"),
    ],
)
def test_a_date_is_shown_no_more_exactly_than_it_is_known(when, shown):
    assert only_entry(an_account(occurred=when)).date_text == shown


def test_only_a_day_has_a_weekday_and_counts_as_exact():
    day = only_entry(an_account(occurred=a_day("2013-03-14", "23:30")))
    month = only_entry(an_account(occurred=a_stretch(Precision.MONTH, "2013-03-01", "2013-03-31")))
    assert (day.weekday, day.is_exact, day.time_text) == ("Thu", True, "23:30")
    assert (month.weekday, month.is_exact, month.time_text) == ("", False, "")
    assert month.precision == "month only"


@pytest.mark.parametrize(
    ("when", "key"),
    [
        pytest.param(a_day("2013-03-14"), "2013-03", id="a day"),
        pytest.param(a_stretch(Precision.BEFORE, "", "2019-05-02"), "2019-05", id="before a day"),
        pytest.param(When("spring"), "", id="undated"),
    ],
)
def test_an_entry_stands_in_the_month_of_its_first_known_day(when, key):
    assert only_entry(an_account(occurred=when)).month_key == key


@pytest.mark.parametrize(
    ("born", "start", "end", "age"),
    [
        ("2010-01-20", "2013-03-25", "2013-03-25", "3 years 2 months"),
        ("2010-01-20", "2013-03-19", "2013-03-19", "3 years 1 month"),
        ("2010-01-20", "2011-01-20", "2011-01-20", "1 year"),
        ("2010-01-20", "2010-01-31", "2010-01-31", "11 days"),
        ("2010-01-20", "2010-01-21", "2010-01-21", "1 day"),
        ("2010-01-20", "2010-01-20", "2010-01-20", "day of birth"),
        ("2010-01-20", "2009-09-01", "2009-09-01", "unborn"),
        ("2010-01-20", "2008-09-01", "2008-09-01", ""),
        ("2010-01-20", "2028-01-19", "2028-01-19", "17 years 11 months"),
        ("2010-01-20", "2028-01-20", "2028-01-20", ""),
        ("2012-02-29", "2013-02-28", "2013-02-28", "11 months"),
        ("2010-01-20", "2013-03-01", "2013-03-31", "3 years 1 month to 3 years 2 months"),
        ("2010-01-31", "2013-03-01", "2013-03-30", "3 years 1 month"),
    ],
)
def test_a_childs_age_at_the_event(born, start, end, age):
    days = (date.fromisoformat(text) for text in (born, start, end))
    assert age_words(*days) == age


def test_an_age_stands_alone_for_an_only_child_and_by_name_for_several():
    jo, sam = a_child("Jo EXAMPLE", "2010-01-20"), a_child("EXAMPLE, Sam", "2012-10-01")
    both = an_account(subjects=(Mention("Jo EXAMPLE"), Mention("EXAMPLE, Sam")))
    one = an_account(subjects=(Mention("EXAMPLE, Sam"),))
    assert only_entry(both, persons=(jo,)).age == "3 years 1 month"
    assert only_entry(both, persons=(jo, sam)).age == "Jo 3y 1m; Sam 5m"
    assert only_entry(one, persons=(jo, sam)).age == "Sam 5 months"


def test_where_an_entry_names_none_of_several_children_no_age_is_told():
    jo, sam = a_child("Jo EXAMPLE", "2010-01-20"), a_child("EXAMPLE, Sam", "2012-10-01")
    of_the_mother = an_account(subjects=(Mention("Kim EXAMPLE"),))
    assert only_entry(of_the_mother, persons=(jo, sam)).age == ""
    listed = an_account(subjects=(), people=(Mention("EXAMPLE, Sam"),))
    assert only_entry(listed, persons=(jo, sam)).age == "Sam 5 months"


@pytest.mark.parametrize(
    ("roles", "age"),
    [((), ""), (("sibling",), ""), (("mother",), "3 years 1 month"), (("half brother",), "")],
)
def test_a_child_is_not_the_only_one_while_another_may_be_one(roles, age):
    other = Person("p-x", ("Alex EXAMPLE",), None, roles=roles, is_subject=True)
    account = an_account(subjects=(), people=())
    assert only_entry(account, persons=(a_child(), other)).age == age


def test_an_event_about_a_parent_shows_the_age_of_the_only_child_of_the_case():
    mother = Person("p-mother", ("Kim EXAMPLE",), date(1989, 6, 3), is_subject=True)
    account = an_account(subjects=(Mention("Kim EXAMPLE"),), occurred=a_day("2009-12-01"))
    assert only_entry(account, persons=(mother, a_child())).age == "unborn"


def test_no_age_is_made_up_where_the_date_or_the_birth_is_not_known():
    no_birth = a_child(born="2010-01-20")
    no_birth = Person(no_birth.id, no_birth.names, None, is_subject=True)
    assert only_entry(an_account(), persons=(no_birth,)).age == ""
    assert only_entry(an_account(occurred=When("spring")), persons=(a_child(),)).age == ""


def test_people_are_named_once_as_the_key_names_them_and_strangers_as_written():
    jo = a_child(names=("Jo EXAMPLE", "Joanne Example"))
    account = an_account(
        subjects=(Mention("Joanne Example"),),
        people=(Mention("Jo EXAMPLE"), Mention("a man in a red van"), Mention("")),
    )
    entry = only_entry(account, persons=(jo,))
    assert entry.who == ("Jo Example", "a man in a red van")
    assert entry.person_ids == ("p-Jo EXAMPLE",)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.99, "Merged: very sure"), (0.9, "Merged: sure"), (0.6, "Merged: fairly sure")],
)
def test_how_sure_a_merge_is_is_said_in_words(confidence, words):
    entry = an_entry(an_account(), an_account(agency=Agency.HEALTH), confidence=confidence)
    shown = view(a_chronology(entry)).entries[0]
    assert (shown.confidence, shown.status) == (words, "merged")


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.99, "very sure"), (0.8, "likely the same"), (0.1, "less likely the same")],
)
def test_of_accounts_ruled_one_the_program_says_what_it_would_have_thought(confidence, words):
    two = (an_account(), an_account(agency=Agency.HEALTH))
    entry = an_entry(*two, confidence=confidence, is_ruled_one=True)
    shown = view(a_chronology(entry)).entries[0]
    assert shown.confidence == f"The program by itself: {words}"


POLICE = an_account()
HEALTH = an_account(agency=Agency.HEALTH, source=Source("h.csv", "", 2, "h"))
SCHOOL = an_account(agency=Agency.EDUCATION, source=Source("s.csv", "", 3, "s"))
GONE = an_account(narrative="withdrawn")


def a_ruling(kind: str, *about: Account, **changes: object) -> Decision:
    ids = tuple(account.id for account in about)
    made = Decision(1, kind, ids, "", "A. Worker", "2024-05-03T10:15:00", "agreed by phone")
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("made", "at_police"),
    [
        (
            (a_ruling("different", POLICE, HEALTH), a_ruling("different", SCHOOL, POLICE)),
            ("Ruled different from 2 records: A. Worker, 3 May 2024",),
        ),
        (
            (
                a_ruling("different", POLICE, HEALTH),
                a_ruling("different", POLICE, SCHOOL, who="B", at="2024-06-01T09:00:00"),
            ),
            ("Ruled different from 2 records: A. Worker, 3 May 2024; B, 1 Jun 2024",),
        ),
        (
            (a_ruling("unsure", POLICE, HEALTH),),
            ("Left open whether the same as 1 record: A. Worker, 3 May 2024",),
        ),
        (
            (a_ruling("same", POLICE, HEALTH),),
            ("Please check: ruled the same as 1 record elsewhere: A. Worker, 3 May 2024",),
        ),
        (
            (a_ruling("different", POLICE, GONE),),
            ("Ruled different from 1 record no longer here: A. Worker, 3 May 2024",),
        ),
        (
            (a_ruling("not_linked", POLICE, HEALTH),),
            ("Not linked with 1 record: A. Worker, 3 May 2024",),
        ),
        ((a_ruling("not_linked", POLICE, GONE),), ()),
        ((a_ruling("linked", POLICE, HEALTH),), ()),
        ((a_ruling("different", POLICE, HEALTH, undone_by=9),), ()),
    ],
)
def test_what_was_ruled_is_told_in_short_however_many_records_it_is_about(made, at_police):
    chronology = a_chronology(an_entry(POLICE), an_entry(HEALTH), an_entry(SCHOOL))
    shown = view(with_marks(chronology, made)).entries[0]
    assert shown.ruled == at_police
    assert shown.checks == ()
    assert bool(shown.ruled) == bool(shown.decided)


def test_what_a_ruling_keeps_apart_is_told_in_short_at_both():
    why = Parted(HEALTH.id, POLICE.id, (HEALTH.id, SCHOOL.id), "They were ruled different.")
    apart = replace(
        a_chronology(an_entry(POLICE, SCHOOL), an_entry(HEALTH)),
        parted=(why,),
    )
    for shown in view(with_marks(apart, ())).entries:
        assert shown.ruled == ("Kept apart from 1 record: see the accounts",)
        assert "They were ruled different." in shown.decided[0]
        assert shown.checks == ()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("same", ("Ruled the same: A. Worker, 3 May 2024",)),
        (
            "different",
            ("Please check: ruled different, yet together here: A. Worker, 3 May 2024",),
        ),
        ("not_linked", ()),
    ],
)
def test_what_was_ruled_of_two_that_stand_in_one_entry(kind, said):
    made = (a_ruling(kind, POLICE, HEALTH),)
    (shown,) = view(with_marks(a_chronology(an_entry(POLICE, HEALTH)), made)).entries
    assert shown.ruled == said


def test_every_decision_about_records_is_listed_in_full():
    made = (
        a_ruling("different", POLICE, HEALTH, seq=7),
        a_ruling("date", POLICE, seq=8, value="2013-03-15", reason=""),
        a_ruling("manual", SCHOOL, seq=9, value='{"narrative": "kept to its record"}'),
        a_ruling("persons_same", seq=10, value="Jo|Joanne"),
        a_ruling("same", POLICE, GONE, seq=11, undone_by=12),
    )
    chronology = a_chronology(an_entry(POLICE), an_entry(HEALTH, SCHOOL))
    first, second, third = view(with_marks(chronology, made)).decisions
    assert (first.number, first.at, first.who) == (7, "3 May 2024, 10:15", "A. Worker")
    assert (first.what, first.entries, first.reason) == (
        *("Ruled different", (1, 2), "agreed by phone"),
    )
    assert [words.rpartition(" (")[2] for words in first.records] == [
        *("police.csv, row 5)", "h.csv, row 2)"),
    ]
    assert (second.what, second.text) == ("Date set by a reviewer", "15 March 2013")
    assert (third.what, third.text) == ("Entered by hand", "")


def test_a_single_account_is_no_merge():
    shown = only_entry(an_account())
    assert (shown.confidence, shown.status) == ("Single account", "single")


def test_accounts_that_differ_make_an_entry_conflicting_and_show_every_version():
    differ = Conflict("time", (("Police", "23:30"), ("Health", "22:15")))
    entry = an_entry(an_account(), an_account(agency=Agency.HEALTH), conflicts=(differ,))
    shown = view(a_chronology(entry)).entries[0]
    assert shown.status == "conflicting"
    assert shown.conflicts[0].versions == (("Police", "23:30"), ("Health", "22:15"))


def test_a_blank_outcome_reads_not_recorded():
    shown = only_entry(an_account(outcome=""))
    assert shown.outcome == shown.accounts[0].outcome == "Not recorded"


def test_outcomes_of_several_accounts_say_whose_they_are():
    accounts = (
        an_account(outcome="NFA"),
        an_account(agency=Agency.HEALTH, outcome="Referred"),
        an_account(agency=Agency.EDUCATION),
    )
    shown = view(a_chronology(an_entry(*accounts))).entries[0]
    assert shown.outcome == "Police: NFA\nHealth: Referred"


def test_an_outcome_that_several_accounts_give_stands_once():
    row = an_account(outcome="Rebook", organisation="Force")
    again = an_account(outcome="Rebook", organisation="Force", copy=1)
    other = an_account(agency=Agency.HEALTH, outcome="Seen")
    same = view(a_chronology(an_entry(row, again))).entries[0]
    some = view(a_chronology(an_entry(an_account(outcome="Rebook"), other))).entries[0]
    shared = an_account(agency=Agency.EDUCATION, outcome="Seen")
    three = view(a_chronology(an_entry(row, other, shared))).entries[0]
    assert same.outcome == "Rebook"
    assert some.outcome == "Police: Rebook\nHealth: Seen"
    assert three.outcome == "Police: Rebook\nHealth and Education: Seen"


def test_two_accounts_of_one_agency_are_told_apart_by_organisation_and_place():
    accounts = (
        an_account(agency=Agency.HEALTH, organisation="Mill Surgery"),
        an_account(agency=Agency.HEALTH, organisation="Example Hospital"),
        an_account(agency=Agency.HEALTH, source=Source("h.csv", "", 8, "c"), copy=1),
        an_account(agency=Agency.HEALTH, source=Source("h.csv", "", 9, "c"), copy=2),
    )
    shown = view(a_chronology(an_entry(*accounts))).entries[0]
    assert [account.speaker for account in shown.accounts] == [
        "Health (Mill Surgery)",
        "Health (Example Hospital)",
        "Health (h.csv, row 8)",
        "Health (h.csv, row 9)",
    ]


def test_links_are_shown_at_both_ends_with_the_delay_in_words():
    incident = an_account(occurred=a_day("2013-03-14"))
    told = an_account(agency=Agency.EDUCATION, occurred=a_day("2013-03-16"))
    link = Link(incident, told, "notification", 2, ())
    first, second = view(a_chronology(an_entry(incident), an_entry(told), links=(link,))).entries
    assert first.links[0].text == "Notification 2 days later (recorded by Education)"
    assert first.links[0].entry_number == second.number
    back = "2 days before: the incident this tells of (recorded by Police)"
    assert second.links[0].text == back
    assert second.links[0].entry_number == first.number


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "the same day"), (1, "1 day later"), (-1, "1 day earlier"), (1200, "1,200 days later")],
)
def test_a_delay_in_words(days, words):
    a, b = an_account(), an_account(agency=Agency.HEALTH)
    link = Link(a, b, "response", days, ())
    shown = view(a_chronology(an_entry(a), an_entry(b), links=(link,))).entries[0]
    assert shown.links[0].text == f"Response {words} (recorded by Health)"


def test_records_that_point_at_each_other_are_not_put_in_an_order():
    a, b, c, d = (an_account(copy=n, source=Source("p.csv", "", n, "c")) for n in range(4))
    links = (Link(a, c, "notification", 0, ()), Link(d, b, "notification", 0, ()))
    entries = view(a_chronology(an_entry(a, b), an_entry(c, d), links=links)).entries
    told = "Notification: the records do not show which of the two comes first"
    assert [[link.text for link in entry.links] for entry in entries] == [[told], [told]]


def test_a_question_names_both_entries_and_both_count_it():
    a, b = an_account(), an_account(agency=Agency.HEALTH)
    question = Question(a, b, 0.6, ("Same day",), ("Other address",))
    shown = view(a_chronology(an_entry(a), an_entry(b), questions=(question,)))
    asked = shown.questions[0]
    assert (asked.entry_a, asked.entry_b, asked.likelihood) == (1, 2, "May be the same")
    assert [entry.questions for entry in shown.entries] == [1, 1]
    assert asked.a == shown.entries[0].accounts[0]


def test_doubts_of_dates_and_of_the_record_are_shown_once_and_by_whom():
    either = Flag("date-ambiguous", "'03/04/13' could be two days.")
    account = an_account(occurred=a_day().flagged(either), flags=(either,))
    other = an_account(agency=Agency.HEALTH)
    merged = view(a_chronology(an_entry(account, other))).entries[0]
    assert only_entry(account).flags == ("'03/04/13' could be two days.",)
    assert merged.flags == ("Police: '03/04/13' could be two days.",)


@pytest.mark.parametrize("code", sorted(NOTES))
def test_what_only_says_how_a_record_was_read_is_a_note_and_no_doubt(code):
    account = an_account(occurred=a_day().flagged(Flag(code, "How it was read.")))
    entry = only_entry(account)
    assert entry.flags == ()
    assert entry.accounts[0].notes == ("How it was read.",)


def test_every_note_is_a_known_code():
    assert MEANINGS.keys() >= NOTES | NOTES_WHERE_ONE_PERSON


@pytest.mark.parametrize(
    ("names", "is_doubt"),
    [
        pytest.param(("Jo EXAMPLE",), False, id="one-child"),
        pytest.param(("Jo EXAMPLE", "Sam EXAMPLE"), True, id="two-children"),
        pytest.param((), True, id="nobody"),
    ],
)
def test_a_record_without_a_name_is_doubtful_unless_its_file_names_one_child(names, is_doubt):
    missing = Flag("subject-missing", "The record does not name whom it is about.")
    unnamed = an_account(flags=(missing,), subjects=(), copy=9)
    named = [an_account(copy=n, subjects=(Mention(name),)) for n, name in enumerate(names)]
    entries = view(a_chronology(*map(an_entry, (unnamed, *named)))).entries
    assert bool(entries[0].flags) is is_doubt
    assert bool(entries[0].accounts[0].notes) is not is_doubt


@pytest.mark.parametrize(
    ("written", "ours", "shown"),
    [
        pytest.param(
            "Social worker visit", "CONTACT.VISIT",
            ("Social worker visit", "read as: Home visit"), id="both",
        ),
        pytest.param("HOME  visit", "CONTACT.VISIT", ("HOME visit", ""), id="the-same"),
        pytest.param("", "CONTACT.VISIT", ("", "read as: Home visit"), id="ours-alone"),
        pytest.param("Social worker visit", "", ("Social worker visit", ""), id="theirs-alone"),
    ],
)  # fmt: skip
def test_an_entry_is_headed_with_the_agencys_words_and_ours_are_marked_as_ours(
    written, ours, shown
):
    account = an_account(event_type_written=written, event_type=ours)
    entry = only_entry(account)
    assert (entry.type_written, entry.read_as) == shown


def test_of_a_merged_entry_the_dating_account_gives_the_type():
    theirs = an_account(agency=Agency.HEALTH, event_type_written="Telephone call")
    dating = an_account(event_type_written="Social worker visit")
    entry = replace(an_entry(theirs, dating), dated_by=dating.id)
    assert view(a_chronology(entry)).entries[0].type_written == "Social worker visit"
    silent = replace(dating, event_type_written="")
    entry = replace(an_entry(theirs, silent), dated_by=silent.id)
    assert view(a_chronology(entry)).entries[0].type_written == "Telephone call"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("24/11/2026 00:00", "24/11/2026", id="midnight-nobody-wrote"),
        pytest.param("2026-11-24T00:00:00", "2026-11-24", id="of-a-database"),
        pytest.param("24/11/2026 09:30", "24/11/2026 09:30", id="a-time"),
        pytest.param("came at 00:00", "came at 00:00", id="words"),
    ],
)
def test_a_midnight_that_a_spreadsheet_added_is_not_shown(written, shown):
    account = an_account(other=(("Worker entered", written),))
    account = replace(account, occurred=replace(account.occurred, written=written))
    told = only_entry(account).accounts[0]
    assert told.when_written == shown
    assert told.other == (("Worker entered", shown),)


@pytest.mark.parametrize(
    ("seen", "alone", "words"),
    [
        (Said.YES, Said.YES, "Yes, alone"),
        (Said.YES, Said.NO, "Yes, not alone"),
        (Said.YES, Said.NOT_RECORDED, "Yes (alone: not given as yes or no)"),
        (Said.NO, Said.NOT_RECORDED, "No"),
        (Said.NOT_RECORDED, Said.NO, "Not alone (seen: not given as yes or no)"),
        (Said.NOT_RECORDED, Said.NOT_RECORDED, ""),
    ],
)
def test_whether_the_child_was_seen_is_said_only_where_a_column_answers_it(seen, alone, words):
    account = an_account(child_seen=seen, child_alone=alone)
    assert only_entry(account).accounts[0].child_seen == words


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("nhs", "999 000 0018", "NHS number ending 018"),
        ("upn", "A123456789012", "UPN ending 012"),
        ("local", "H0552107", "local number ending 107"),
        ("local", "1234", "local number (not shown)"),
    ],
)
def test_identifiers_are_masked_wherever_they_are_shown(kind, text, shown):
    number = Identifier(kind, text)
    account = an_account(subjects=(Mention("Jo EXAMPLE", identifiers=(number,)),))
    timeline = view(a_chronology(an_entry(account), persons=(a_child(identifiers=(number,)),)))
    assert timeline.people[0].identifiers == (shown,)
    assert timeline.entries[0].accounts[0].subjects == (f"Jo EXAMPLE ({shown})",)
    assert text not in repr(timeline)


def test_the_counts_balance_and_name_what_could_not_be_read():
    out = LeftOut(Source("police.csv", "", 9, "c"), "A total, not a record.", ("Total", "", "12"))
    refused = Refused("scan.pdf", "PDF files cannot be read.")
    entry = an_entry(an_account(), an_account(agency=Agency.HEALTH))
    shown = view(a_chronology(entry, left_out=(out,), refused=(refused,)))
    counts = dict(shown.counts)
    assert (counts["Rows read"], counts["Rows in entries"], counts["Rows left out"]) == (
        "3",
        "2",
        "1",
    )
    assert counts["Entries merged from several records"] == "1"
    assert counts["Files that could not be read"] == "1"
    assert shown.sources[-1].refused == "PDF files cannot be read."
    assert shown.left_out[0].cells == "Total | 12"


@pytest.mark.parametrize(
    ("whens", "period"),
    [
        pytest.param([], "No dates known", id="nothing"),
        pytest.param([When("spring")], "No dates known", id="undated only"),
        pytest.param([a_day("2013-03-14")], "14 March 2013", id="one day"),
        pytest.param(
            [
                a_stretch(Precision.MONTH, "2012-03-01", "2012-03-31"),
                a_day("2014-05-09"),
                When("spring"),
            ],
            "March 2012 to 9 May 2014",
            id="a month is not made a day",
        ),
        pytest.param(
            [a_day("2012-01-03"), a_stretch(Precision.YEAR, "2014-01-01", "2014-12-31")],
            "3 January 2012 to 2014",
            id="a year is not made a day",
        ),
    ],
)
def test_the_period_is_no_more_exact_than_its_ends(whens, period):
    entries = [an_entry(an_account(occurred=when)) for when in whens]
    assert view(a_chronology(*entries)).period == period


def test_an_abbreviation_is_explained_when_an_agency_uses_it():
    shown = view(a_chronology(an_entry(an_account(narrative="Seen in A&E overnight."))))
    assert ("A&E", "all") in [(term, used_by) for term, _, used_by in shown.glossary]


def test_an_abbreviation_that_no_published_list_gives_is_marked_unverified():
    shown = view(a_chronology(an_entry(an_account(narrative="A&E overnight; ABE planned."))))
    meanings = {term: meaning for term, meaning, _ in shown.glossary}
    assert meanings["A&E"].endswith("(unverified)")
    assert "unverified" not in meanings["ABE"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("2023-01-12", "12 January 2023", id="a day"),
        pytest.param("2023-01-12T16:05", "12 January 2023, 16:05", id="a day and time"),
        pytest.param("2023-01", "January 2023", id="a month"),
        pytest.param("about Easter 2023", "about Easter 2023", id="words"),
        pytest.param("2023-13-45", "2023-13-45", id="no date"),
    ],
)
def test_a_date_set_by_a_person_is_in_plain_words_beside_the_original(value, text):
    account = an_account()
    mark = Decision(1, "date", (account.id,), value, "A. Worker", "2024-05-03T10:00:00")
    shown = view(a_chronology(an_entry(account, marks=(mark,)))).entries[0]
    assert shown.date_text == "14 March 2013"
    (set_,) = shown.marks
    assert (set_.text, set_.by) == (text, "A. Worker on 3 May 2024")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("gnp.\u202exslx", "gnp.[U+202E]xslx", id="right to left override"),
        pytest.param("a\u2066b\u2069", "a[U+2066]b[U+2069]", id="isolates"),
        pytest.param("a\u200bb\ufeff", "a[U+200B]b[U+FEFF]", id="zero width"),
        pytest.param("a\u200db", "a[U+200D]b", id="a joiner between Latin letters"),
        pytest.param(
            "bell\x07 nul\x00 esc\x1b[2J", "bell[U+0007] nul[U+0000] esc[U+001B][2J", id="control"
        ),
        pytest.param("\ud800lone", "[U+D800]lone", id="lone surrogate"),
        pytest.param("\uffff\ufdd0", "[U+FFFF][U+FDD0]", id="no character"),
        pytest.param("a\U000e0041b", "a[U+E0041]b", id="tag characters"),
        pytest.param("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", id="line ends"),
        pytest.param("a\tb", "a    b", id="tab"),
        pytest.param("Zoë Ó Faoláin, Żaneta", "Zoë Ó Faoláin, Żaneta", id="accents"),
        pytest.param("Zoe\u0308", "Zoe\u0308", id="an accent written apart stays apart"),
        pytest.param("👍🏽 👨‍👩‍👧 🏳️‍🌈", "👍🏽 👨‍👩‍👧 🏳️‍🌈", id="emoji"),
        pytest.param(
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            id="the flag of England",
        ),
        pytest.param("می‌خواهم", "می‌خواهم", id="Persian spelling"),
        pytest.param("£5 – “quote”", "£5 – “quote”", id="ordinary signs"),
    ],
)
def test_what_the_eye_cannot_see_is_written_out(text, shown):
    assert visible(text) == shown


@given(st.text(alphabet=st.characters(), max_size=30))
def test_what_is_shown_can_always_be_written_and_holds_no_control(text):
    shown = visible(text)
    assert visible(shown) == shown
    shown.encode("utf-8")
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


def test_every_field_of_an_account_is_made_visible():
    bad = "x\u202ey"
    account = an_account(
        narrative=bad,
        organisation=bad,
        system=bad,
        outcome=bad,
        professional=bad,
        location=bad,
        reference=bad,
        event_type_written=bad,
        analysis=bad,
        child_voice=bad,
        occurred=When(bad),
        recorded=When(bad),
        source=Source(bad, bad, 2, "c"),
        subjects=(Mention(bad, bad, bad),),
        people=(Mention(bad),),
        other=((bad, bad),),
        flags=(Flag("text-control", bad),),
    )
    out = LeftOut(Source(bad, bad, 3, "c"), bad, (bad,))
    entry = an_entry(
        account,
        reasons=(bad,),
        conflicts=(Conflict(bad, ((bad, bad),)),),
        written=bad,
        summary=bad,
    )
    question = Question(account, account, 0.5, (bad,), (bad,))
    shown = view(
        a_chronology(
            entry,
            persons=(a_child(bad, roles=(bad,), reasons=(bad,)),),
            left_out=(out,),
            questions=(question,),
            refused=(Refused(bad, bad),),
        )
    )
    ids = {shown.people[0].id, *shown.entries[0].person_ids}
    said = repr(shown)
    for person_id in ids:
        said = said.replace(repr(person_id), "")
    assert "\\u202e" not in said
    assert "[U+202E]" in said


def _brightness(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_brightness(one), _brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("shade", [*SHADES.values(), SEVERAL], ids=[*SHADES, "several"])
def test_agency_colours_can_be_read(shade):
    assert _contrast(shade.strong, "#FFFFFF") >= 4.5
    assert _contrast("#000000", shade.pale) >= 7
    assert _contrast(shade.strong, shade.pale) >= 4.5


def test_every_agency_has_its_own_colour_and_shape():
    assert set(SHADES) == set(Agency)
    assert len({shade.shape for shade in SHADES.values()}) == len(Agency)
    assert len({shade.strong for shade in SHADES.values()}) == len(Agency)


def test_the_work_of_putting_records_into_words_grows_no_faster_than_they_do():
    def work(count):
        entries = [
            an_entry(an_account(narrative=f"Officers attended flat {number}. " * 8, copy=number))
            for number in range(count)
        ]
        chronology = a_chronology(*entries, persons=(a_child(),), files=())
        view(chronology)
        return steps(lambda: view(chronology))

    assert work(800) < 2.4 * work(400)
