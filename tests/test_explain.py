"""What a reader is told of a pair: true of the two records, on the right side, said once."""

from __future__ import annotations

from itertools import combinations

import pytest

from chronology.account import Account, Mention
from chronology.compare import Comparison, veto
from chronology.explain import MOST_SAID, entry_reasons, reasons
from chronology.explain.dates import only_near
from chronology.explain.sentence import titled
from chronology.explain.words import in_both
from chronology.matching import Matched, looked_at, match
from chronology.people import resolve
from chronology.understand import understand
from chronology.weights import shipped
from chronology.when import Precision
from tests.cases import a_call_told_twice, told

MEETING = (
    "Strategy discussion. Fractured clavicle, joint s47 with police, paediatrician dialled in."
)


def matched(*accounts: Account) -> Matched:
    return match(sorted(accounts, key=lambda a: a.id), resolve(accounts), shipped())


def the_pair(found: Matched) -> Comparison:
    (comparison,) = found.pairs.values()
    return comparison


def said(*accounts: Account) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = matched(*accounts)
    c = the_pair(found)
    return reasons(c, found.contexts.of(c.a, c.b), found.weights)


def a_meeting(by: str = "police", day: str = "2021-05-04", clock: str = "14:00", **more) -> Account:
    kind = more.pop("kind", "Strategy discussion")
    return told(by, day, more.pop("text", MEETING), kind=kind, clock=clock, **more)


def test_one_day_and_one_time_are_one_sentence():
    speaks_for, _ = said(a_meeting(), a_meeting("social_care"))
    assert "Both are dated 4 May 2021 at 14:00." in speaks_for
    assert sum("14:00" in s or "dated" in s for s in speaks_for) == 1


def test_times_far_apart_on_one_day_speak_against():
    speaks_for, against = said(a_meeting(), a_meeting("social_care", clock="17:30"))
    assert "Both are dated 4 May 2021." in speaks_for
    assert all("apart" not in s for s in speaks_for)
    assert "The times given, 14:00 and 17:30, are 3 hours 30 minutes apart." in against


def test_days_that_differ_always_stand_against():
    speaks_for, against = said(a_meeting(), a_meeting("social_care", "2021-05-06"))
    assert "Dated 4 May 2021 and 6 May 2021, 2 days apart." in against
    assert all("dated" not in s.lower() and "apart" not in s for s in speaks_for)


def test_minutes_over_midnight_are_not_a_day_apart():
    speaks_for, against = said(
        a_meeting(clock="23:55"), a_meeting("social_care", "2021-05-05", clock="00:15")
    )
    assert all("day" not in s for s in against)
    assert all("1 day apart" not in s for s in speaks_for)


def test_a_month_is_never_said_to_be_the_same_day():
    month = a_meeting("health", "2021-05-01", "", last="2021-05-31", precision=Precision.MONTH)
    speaks_for, against = said(a_meeting(), month)
    assert all("Both are dated" not in s for s in (*speaks_for, *against))
    assert any("overlap" in s for s in speaks_for)
    assert "The date '2021-05-01' names no single day." in against


def test_a_row_sent_twice_is_said_to_be_the_same_row():
    row = a_meeting(row=2)
    speaks_for, _ = said(row, a_meeting(row=3, copy=1))
    assert speaks_for == (
        "The police service holds the same record twice, word for word.",
        "Both are dated 4 May 2021 at 14:00.",
    )


def test_only_words_that_stand_in_both_records_are_quoted():
    one = a_meeting(text="DASH high, glass door smashed, PPN sent re Bramblewick.")
    other = a_meeting("social_care", text="DASH received. Glass in the door. Bramblewick named.")
    speaks_for, _ = said(one, other)
    quoted = [s for s in speaks_for if s.startswith("Both mention")]
    assert any("'glass'" in s for s in quoted)
    for words in ("honour", "stalking", "harassment"):
        assert all(words not in s for s in quoted)


def test_words_that_say_nothing_are_not_quoted():
    one = a_meeting(text="Other matters again until Sunday. Clavicle.")
    other = a_meeting("social_care", text="Until Sunday, other things again. Clavicle.")
    quoted = " ".join(s for s in said(one, other)[0] if s.startswith("Both mention"))
    assert "lavicle" in quoted
    assert "other" not in quoted
    assert "again" not in quoted
    assert "until" not in quoted


def test_a_place_both_give_is_said_once():
    one = a_meeting(location="Bramblewick Hall, room 2")
    other = a_meeting("social_care", location="BRAMBLEWICK HALL")
    speaks_for, _ = said(one, other)
    assert "The places given share words ('Bramblewick Hall, room 2' and 'BRAMBLEWICK HALL')." in [
        s.replace("'BRAMBLEWICK HALL' and 'Bramblewick Hall, room 2'",
                  "'Bramblewick Hall, room 2' and 'BRAMBLEWICK HALL'") for s in speaks_for
    ]  # fmt: skip
    assert all("ramblewick" not in s for s in speaks_for if s.startswith("Both mention"))


def test_a_post_is_not_a_name():
    one = a_meeting(text="Rang duty.", professional="Ann Quill, Radiology Supervisor",
                    people=(Mention("Key adult", ""),))  # fmt: skip
    other = a_meeting("social_care", text="Radiology supervisor A Quill rang.",
                      people=(Mention("Key adult", ""), Mention("Ann Quill", "")))  # fmt: skip
    named = " ".join(s for s in said(one, other)[0] if s.startswith("Both name"))
    assert "Radiology" not in named
    assert "Supervisor" not in named
    assert "Key" not in named


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        pytest.param("A Quillfeather", "lists 'A Quillfeather'", id="an initial that agrees"),
        pytest.param(
            "Bert Quillfeather", "lists somebody of the same name, 'Bert Quillfeather'",
            id="a relation of that name",
        ),
    ],
)  # fmt: skip
def test_who_wrote_one_is_quoted_as_both_write_it(listed: str, says: str):
    one = a_meeting(professional="Ann Quillfeather, SW")
    other = a_meeting("social_care", people=(Mention(listed, ""),))
    assert any(says in s for s in said(one, other)[0])


def test_a_post_both_write_is_no_worker():
    one = a_meeting(professional="Ann Quillfeather, MASH Social Worker")
    other = a_meeting("social_care", people=(Mention("MASH", "recipient"),))
    assert all("was written by" not in s for s in said(one, other)[0])


def test_different_kinds_never_speak_for_a_pair():
    one = told("police", "2021-05-04", "Arrested on suspicion of assault, in custody, bailed.",
               kind="ARREST", clock="10:00")  # fmt: skip
    other = told("social_care", "2021-05-04", "Core group: plan reviewed, arrest and bail shared.",
                 kind="Core group meeting", clock="10:30")  # fmt: skip
    speaks_for, _ = said(one, other)
    assert all(not s.startswith(("One reads as", "They are headed as")) for s in speaks_for)


def test_every_question_of_a_case_says_a_few_things_once_on_each_side():
    found = matched(*a_call_told_twice())
    for c in found.pairs.values():
        sides = reasons(c, found.contexts.of(c.a, c.b), found.weights)
        for side in sides:
            assert len(side) == len(set(side)) <= MOST_SAID
        assert not set(sides[0]) & set(sides[1])


def test_what_holds_of_three_records_is_said_once():
    found = matched(*(a_meeting(by) for by in ("police", "social_care", "health")))
    compared = [(c, found.contexts.of(c.a, c.b)) for c in found.pairs.values()]
    told_of_all = entry_reasons(compared, found.weights)
    assert len(compared) == 3
    assert len(told_of_all) <= MOST_SAID
    assert "All are dated 4 May 2021 at 14:00." in told_of_all
    assert all(not s.startswith("Both") for s in told_of_all)


def test_what_holds_of_two_of_three_is_not_said_of_all():
    found = matched(
        a_meeting(), a_meeting("social_care"), a_meeting("health", "2021-05-05", clock="")
    )
    compared = [(c, found.contexts.of(c.a, c.b)) for c in found.pairs.values()]
    dated = [s for s in entry_reasons(compared, found.weights) if "dated" in s]
    assert dated == ["Two of them are dated 4 May 2021 at 14:00."]


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        pytest.param(
            a_meeting(kind="S47 visit", text="Jo seen."),
            a_meeting("health", kind="Conf attended", text="Jo on a plan."),
            "One is headed as a strategy discussion or section 47 work ('S47 visit'), the other"
            " as a conference ('Conf attended').",
            id="two acts",
        ),
        pytest.param(
            a_meeting(), a_meeting("health", "2021-05-20"),
            "Dated 4 May 2021 and 20 May 2021, 16 days apart: too far to be one occurrence by"
            " themselves.",
            id="days",
        ),
        pytest.param(
            a_meeting(), told("health", "", MEETING),
            "One of them has no date, and an undated record is never joined by guess.",
            id="undated",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_what_it_read(one: Account, other: Account, says: str):
    assert veto(understand(one), understand(other)) == says
    assert veto(understand(other), understand(one)).count("'") == says.count("'")


def test_reasons_are_whole_sentences_of_these_two_records():
    found = matched(*a_call_told_twice(), a_meeting(), a_meeting("social_care"))
    for a, b in combinations(found.understood, 2):
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if key in found.pairs:
            c = found.pairs[key]
            for sentence in sum(reasons(c, found.contexts.of(c.a, c.b), found.weights), ()):
                assert sentence[0].isupper()
                assert sentence.endswith(".")
                assert "  " not in sentence
                assert "''" not in sentence


@pytest.mark.parametrize(
    ("one", "other", "quoted"),
    [
        pytest.param(
            "PPN shared.", "PPN seen.", ("PPN (public protection notice)",), id="both-short",
        ),
        pytest.param(
            "PPN shared.", "Public protection notice seen.",
            ("PPN (public protection notice)",), id="one-written-out",
        ),
        pytest.param("PPN shared.", "A notice seen.", (), id="a-word-of-it-only"),
        pytest.param("Bruised ear.", "Bruises on ears.", ("'bruised'/'bruises'",), id="two-forms"),
    ],
)  # fmt: skip
def test_only_words_that_stand_in_both_are_quoted(one: str, other: str, quoted: tuple[str, ...]):
    a, b = (understand(told(by, "2021-05-04", text)) for by, text in
            (("police", one), ("education", other)))  # fmt: skip
    shared = [word for word in sorted(a.words & b.words) if word != "ear"]
    assert in_both(a, b, shared) == quoted


def test_a_pair_with_nothing_to_say_for_it_says_that_only_the_dates_are_near():
    one = told("police", "2021-05-04", "Rent arrears letter.", who="")
    other = told("health", "2021-05-05", "Fed well.", who="")
    found = matched(one, other)
    a, b = found.understood
    pair = found.pairs.get((a.id, b.id)) or looked_at(a, b, found)
    sentence = only_near(pair, found.contexts.of(a, b))
    assert sentence.endswith("only that their dates lie near each other, 1 day apart.")


@pytest.mark.parametrize(
    ("word", "shown"),
    [("maisie's", "Maisie's"), ("o'brien", "O'Brien"), ("hill-jones", "Hill-Jones")],
)
def test_a_name_gets_its_capitals_and_no_more(word: str, shown: str):
    assert titled(word) == shown
