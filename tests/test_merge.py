"""What is merged, what is asked, what is left apart, and what is said about it."""

from dataclasses import replace

import pytest

from chronology.account import Account, Agency, Mention, Said
from chronology.conflicts import conflicts
from chronology.flags import Flag
from chronology.merge import PRESETS, VAGUE_TURNS, Merged, _tells_most, merge
from chronology.people import resolve
from chronology.when import Precision
from tests.cases import a_call_told_twice, told


def merged(*accounts: Account, preset: str = "default") -> Merged:
    return merge(accounts, resolve(accounts), PRESETS[preset])


def grouped(result: Merged) -> list[list[str]]:
    return [[account.narrative for account in entry.accounts] for entry in result.entries]


def strategy_meeting() -> tuple[Account, ...]:
    kind = "Strategy discussion"
    return (
        told("police", "2021-05-04", "Strategy discussion held with CSC and paediatrician re "
             "fractured clavicle. Joint s47 agreed.", kind=kind, clock="14:00"),
        told("social_care", "2021-05-04", "Strategy discussion. Fractured clavicle, no account "
             "given. Joint s47 with police.", kind=kind, clock="14:00"),
        told("health", "2021-05-04", "Attended strategy discussion by phone: fractured clavicle, "
             "skeletal survey to follow.", kind="Strategy meeting", clock="14:05"),
    )  # fmt: skip


def test_a_meeting_minuted_by_three_agencies_is_one_entry_with_three_accounts():
    result = merged(*strategy_meeting())
    assert [len(entry.accounts) for entry in result.entries] == [3]
    assert result.entries[0].agencies == (Agency.HEALTH, Agency.SOCIAL_CARE, Agency.POLICE)


def test_a_merge_says_why_with_the_words_of_the_records():
    entry = merged(*strategy_meeting()).entries[0]
    assert any("'strategy'" in reason for reason in entry.reasons)
    assert any("clavicle" in reason for reason in entry.reasons)
    assert 0.5 < entry.confidence <= 1


def test_the_same_call_a_week_later_is_another_entry():
    result = merged(*a_call_told_twice())
    days = [{account.occurred.start for account in entry.accounts} for entry in result.entries]
    assert all(len(day) == 1 for day in days), "a week is never chained into one entry"


def test_a_single_account_is_sure_and_gives_no_reason():
    entry = merged(told("police", "2021-05-04", "Welfare check, all well.")).entries[0]
    assert (entry.confidence, entry.reasons, entry.conflicts) == (1.0, (), ())


def test_an_undated_record_keeps_its_place_at_the_end_and_takes_no_date():
    dated = told("police", "2021-05-04", "Fractured clavicle reported by hospital staff.")
    undated = told("health", "", "Fractured clavicle reported by hospital staff.")
    result = merged(dated, undated)
    assert [entry.start is None for entry in result.entries] == [False, True]
    assert result.entries[1].precision is Precision.UNKNOWN


def test_a_month_is_asked_about_and_never_merged():
    month = told("health", "2021-05-01", "Strategy discussion re fractured clavicle, attended.",
                 kind="Strategy discussion", last="2021-05-31",
                 precision=Precision.MONTH)  # fmt: skip
    result = merged(month, strategy_meeting()[0])
    assert len(result.entries) == 2
    assert [q.a.narrative != q.b.narrative for q in result.questions] == [True]


def test_an_entry_bears_the_day_of_one_of_its_accounts_and_shows_the_other():
    first, second, third = strategy_meeting()
    late = told("education", "2021-05-05", "Dialled in to strategy discussion about fractured "
                "clavicle.", kind="Strategy discussion")  # fmt: skip
    entry = next(e for e in merged(first, second, third, late).entries if len(e.accounts) > 1)
    assert entry.start is not None
    assert entry.start.day == 4
    if late in entry.accounts:
        assert "date" in [conflict.about for conflict in entry.conflicts]


def test_differing_days_of_one_meeting_are_shown_as_a_conflict():
    police, care, _ = strategy_meeting()
    next_day = told("social_care", "2021-05-05", care.narrative, kind=care.event_type_written,
                    clock="14:00")  # fmt: skip
    entry = merged(police, next_day).entries[0]
    about = {conflict.about: conflict.versions for conflict in entry.conflicts}
    assert about["date"] == (
        ("The police service", "2021-05-04"),
        ("The social_care service", "2021-05-05"),
    )


def test_child_seen_by_one_and_not_by_the_other_is_a_conflict():
    police, care, _ = strategy_meeting()
    entry = merged(
        told("police", "2021-05-04", police.narrative, kind="Strategy discussion", clock="14:00",
             child_seen=Said.YES),
        told("social_care", "2021-05-04", care.narrative, kind="Strategy discussion",
             clock="14:00", child_seen=Said.NO),
    ).entries[0]  # fmt: skip
    assert [conflict.about for conflict in entry.conflicts] == ["child seen"]


def test_a_row_sent_twice_is_one_entry_holding_both_rows():
    row = told("police", "2021-05-04", "Arrested for assault.", row=2)
    again = told("police", "2021-05-04", "Arrested for assault.", row=3, copy=1)
    result = merged(row, again)
    assert [[a.source.row for a in entry.accounts] for entry in result.entries] == [[2, 3]]


def test_two_visits_by_one_service_on_one_day_are_two_entries():
    morning = told("social_care", "2021-05-04", "Statutory visit, Jo seen alone, drew a picture.",
                   kind="CP visit", clock="09:30")  # fmt: skip
    evening = told("social_care", "2021-05-04", "Statutory visit, no answer, card left.",
                   kind="CP visit", clock="17:30", row=3)  # fmt: skip
    assert len(merged(morning, evening).entries) == 2


def test_an_initial_and_a_review_conference_are_never_one():
    initial = told("police", "2021-05-04", "Attended, plan made, neglect.",
                   kind="Initial child protection conference", clock="10:00")  # fmt: skip
    review = told("health", "2021-05-04", "Attended, plan made, neglect.",
                  kind="Review child protection conference", clock="10:00")  # fmt: skip
    result = merged(initial, review)
    assert len(result.entries) == 2
    assert result.questions == ()


def test_an_incident_and_its_notification_next_day_are_two_entries_linked_by_the_delay():
    incident = told("police", "2021-05-04", "Domestic incident at home address, window smashed, "
                    "children upstairs.", kind="Domestic incident", clock="23:10")  # fmt: skip
    notice = told("education", "2021-05-05", "Operation Encompass notice: domestic incident on "
                  "04/05, window smashed, children upstairs.",
                  kind="Operation Encompass notification", clock="08:40")  # fmt: skip
    result = merged(incident, notice)
    assert len(result.entries) == 2
    assert [(link.kind, link.days) for link in result.links] == [("notification", 1)]
    assert result.links[0].reasons


def test_what_was_told_first_is_not_what_it_tells_of():
    what = "Domestic incident, window smashed, children upstairs."
    notice = told("education", "2021-05-04", what, kind="Encompass notification", clock="08:40")
    later = told("police", "2021-05-04", what, kind="Domestic incident", clock="23:10")
    assert merged(notice, later).links == ()


def test_two_notices_are_never_each_others_incident():
    notices = [
        told(agency, "2021-05-04", "Domestic incident, window smashed, children upstairs.",
             kind="Notification of domestic incident")
        for agency in ("education", "health")
    ]  # fmt: skip
    assert merged(*notices).links == ()


def test_files_that_name_no_organisation_are_still_different_tellers():
    one, other, _ = strategy_meeting()
    result = merged(
        replace(one, agency=Agency.HEALTH, organisation="", source=replace(one.source, file="a")),
        replace(other, agency=Agency.HEALTH, organisation="", source=replace(one.source, file="b")),
    )
    assert [len(entry.accounts) for entry in result.entries] == [2]


def test_questions_come_best_first_and_say_both_sides():
    questions = merged(*strategy_meeting(), *a_call_told_twice(), preset="suggest").questions
    scores = [question.score for question in questions]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 3
    assert all(question.reasons_for for question in questions)


def test_suggest_merges_nothing_and_strict_no_more_than_default():
    sizes = {
        name: len(merged(*strategy_meeting(), *a_call_told_twice(), preset=name).entries)
        for name in PRESETS
    }
    assert sizes["suggest"] == 7
    assert sizes["default"] <= sizes["strict"] <= sizes["suggest"]


def test_families_that_never_meet_are_never_compared():
    def family(name: str, agency: str) -> list[Account]:
        rows = [
            told(agency, f"2021-05-{day:02}", "Strategy discussion. Fractured clavicle. Joint s47.",
                 kind="Strategy discussion", clock="14:00", who=name, row=day)
            for day in range(1, 25)
        ]  # fmt: skip
        return [replace(row, people=(Mention(f"Mother of {name}", "mother"),)) for row in rows]

    result = merged(*family("Jo EXAMPLE", "police"), *family("Sam SPECIMEN", "health"))
    assert all(len(entry.accounts) == 1 for entry in result.entries)
    assert {q.a.agency == q.b.agency for q in result.questions} <= {True}


@pytest.mark.parametrize("length", [10, 5000])
def test_a_summary_is_the_records_own_words_cut_at_a_word(length: int):
    text = "word " * (length // 5)
    summary = merged(told("police", "2021-05-04", text)).entries[0].summary
    assert text.startswith(summary.removesuffix(" …"))
    assert len(summary) <= 245


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        pytest.param(
            ("2021-05-04", "4 May"), ("2022-05-04", "4 May"),
            ("4 May (read as 4 May 2021)", "4 May (read as 4 May 2022)"), id="no year written",
        ),
        pytest.param(
            ("2021-05-04", "04/05/2021"), ("2021-04-05", "04/05/2021"),
            ("04/05/2021 (read as 4 May 2021)", "04/05/2021 (read as 5 April 2021)"),
            id="day and month read otherwise",
        ),
        pytest.param(
            ("2021-12-31", "31/12"), ("2022-01-01", "1.1.22"),
            ("31/12 (read as 31 December 2021)", "1.1.22"), id="one names its year",
        ),
        pytest.param(
            ("2021-05-04", "4 May"), ("2021-05-05", "5 May"), ("4 May", "5 May"), id="same year"
        ),
    ],
)  # fmt: skip
def test_dates_that_differ_are_shown_so_that_it_can_be_seen(first, second, shown):
    accounts = [
        replace(one, occurred=replace(one.occurred, written=written))
        for one, written in (
            (told(agency, day, "Visit."), written)
            for agency, (day, written) in (("police", first), ("health", second))
        )
    ]
    (date,) = (c for c in conflicts(accounts, resolve(accounts)) if c.about == "date")
    assert tuple(says for _, says in date.versions) == shown


@pytest.mark.parametrize(
    "poor",
    [
        pytest.param("Unable to attend strategy discussion, on leave. Apologies.", id="apologies"),
        pytest.param("Strategy discussion: invitation received, could not attend.", id="invited"),
        pytest.param("Strategy discussion. Minutes received and filed for information.", id="told"),
        pytest.param("", id="no-words"),
    ],
)
def test_the_headline_is_of_the_account_that_tells_most(poor: str):
    kind = "Strategy discussion"
    rich = "Strategy discussion held re fractured clavicle, no account given. Joint s47 agreed."
    first = told("health", "2021-05-04", poor, kind=kind, clock="14:00")
    second = told("social_care", "2021-05-04", rich, kind=kind)
    for accounts in ((first, second), (second, first)):
        assert _tells_most(accounts, first) is second


def test_the_headline_tells_of_the_day_the_entry_bears():
    short = told("health", "2021-05-04", "Seen at home, well.")
    later = told(
        "police", "2021-05-05", "Seen at home with both children, a long talk about money."
    )
    assert _tells_most((short, later), short) is short


def test_a_record_that_is_taken_back_never_heads_its_entry_beside_another():
    long = told(
        "social_care", "2021-05-04", "ENTERED IN ERROR. " + "Strategy discussion held. " * 5
    )
    back = replace(long, flags=(Flag("record-says-withdrawn", "It says so."),))
    short = told("health", "2021-05-04", "Strategy discussion.")
    assert _tells_most((back, short), back) is short
    assert _tells_most((back,), back) is back


def test_a_long_record_that_mentions_an_apology_still_heads_its_entry():
    text = (
        "Core group. " + "Mum said the plan is working and school agrees. " * 5 + "Apologies: GP."
    )
    long, short = told("police", "2021-05-04", text), told("health", "2021-05-04", "Core group.")
    assert _tells_most((short, long), short) is long


def test_one_vague_note_does_not_crowd_out_the_other_questions():
    vague = told("other", "2021-04-01", "Bruise to left ear seen, mum says fell from scooter.",
                 precision=Precision.MONTH, last="2021-04-30")  # fmt: skip
    same = [
        told(
            "health",
            f"2021-04-{day:02}",
            "Bruise to left ear, mum says fell from scooter.",
            row=day,
        )
        for day in (3, 9, 15, 21, 27)
    ]
    asked = [vague.id in (q.a.id, q.b.id) for q in merged(vague, *same, preset="suggest").questions]
    rest = list(asked)
    for _ in range(VAGUE_TURNS):
        rest.remove(True)
    assert set(rest) == {False, True}
    assert rest == sorted(rest)
