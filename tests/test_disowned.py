"""A record whose own words say that it should not stand is kept, and says so."""

from __future__ import annotations

import pytest
from factories import an_account

from chronology.flags import MEANINGS
from chronology.vocabulary import says_withdrawn, status_withdrawn
from chronology.withdrawals import with_withdrawals

CODE = "record-says-withdrawn"


@pytest.mark.parametrize(
    "story",
    [
        "ENTERED IN ERROR - WITHDRAWN duplicate of 60417",
        "*** RECORDED IN ERROR ***",
        "Recorded in error, please see the brother's file",
        "[Entered in error] Home visit to Ada",
        "This record was entered in error.",
        "Entered by mistake",
        "Contact created in error",
        "VOID - see 1234",
        "Void entry",
        "DELETED: duplicate",
        "WITHDRAWN - duplicate of 3",
        "Withdrawn: entered on Ada's record",
        "RECORD WITHDRAWN by author",
        "Case note withdrawn",
        "Case note to be disregarded - duplicate",
        "Please disregard this entry",
        "Strategy meeting\nENTERED IN ERROR",
        "Home visit, seen with mother (see plan). (Entered in error.)",
        "Fight on bus (added to wrong file?)",
        "Added to wrong file",
        "Wrong file - belongs to Ben",
        "Entered on wrong child's file. Home visit",
        "Put on the wrong child’s file by mistake",
        "Wrong child's record - see sibling",
        "WRONG CHILD",
    ],
)
def test_a_record_that_takes_itself_back_is_known_by_its_words(story: str) -> None:
    assert says_withdrawn(story)


@pytest.mark.parametrize(
    "story",
    [
        "mother withdrew consent",
        "Consent withdrawn (mother)",
        "Withdrawn from course",
        "Withdrawn from school by parent",
        "Nursery place withdrawn",
        "Complaint withdrawn",
        "Statement withdrawn by victim",
        "Statement (withdrawn) discussed",
        "Allegation withdrawn - duplicate of earlier",
        "Charge withdrawn (insufficient evidence)",
        "Referral withdrawn by parent",
        "Care order application withdrawn - see order",
        "Police withdrew; no further action",
        "Withdrawn",
        "Withdrawn and tearful",
        "Withdrawn, entered room quietly",
        "Withdrawn: quiet, head on desk",
        "WITHDRAWN, TEARFUL IN CLASS",
        "DOB recorded in error as 2011 by school",
        "Recorded in error as male",
        "Address recorded in error on the school system",
        "Prescription added in error to record",
        "Medication error: double dose",
        "Wrong medication given in error",
        "Letter sent in error to father",
        "999 call made in error",
        "Entered the house in error",
        "Void property secured by housing",
        "Deleted messages found on phone",
        "Mother says the school deleted the record",
        "Disregard for the safety of children",
        "Income to be disregarded for housing benefit",
        "Please ignore my last email",
        "Wrong child collected from nursery",
        "Wrong person arrested",
        "Wrong file sent to solicitor",
        "Nothing to do w/ no 14",
    ],
)
def test_other_things_withdrawn_or_wrong_are_no_record_withdrawn(story: str) -> None:
    assert says_withdrawn(story) == ""


@pytest.mark.parametrize(
    ("label", "words"),
    [
        pytest.param("Strategy meeting - ENTERED IN ERROR", "ENTERED IN ERROR", id="behind a dash"),
        pytest.param("Case note (recorded in error)", "recorded in error", id="in brackets"),
        pytest.param("Withdrawn record", "Withdrawn record", id="alone"),
        pytest.param("Referral - withdrawn", "", id="a referral is withdrawn, not its record"),
    ],
)
def test_a_type_or_title_says_it_too(label: str, words: str) -> None:
    assert says_withdrawn("Met with all.", (label,)) == words


@pytest.mark.parametrize(
    ("heading", "text", "words"),
    [
        ("Status", "Entered in error", "Entered in error"),
        ("Status", "Recorded on wrong child's file", "Recorded on wrong child's file"),
        ("Record status", "Withdrawn", "Record status: Withdrawn"),
        ("Note Status", "Void", "Note Status: Void"),
        ("Note deleted", "Y", "Note deleted: Y"),
        ("Status", "Withdrawn", ""),
        ("Status", "Void", ""),
        ("Referral status", "Withdrawn", ""),
        ("Deleted", "Yes", ""),
        ("Note deleted", "No", ""),
        ("Crime status", "Filed", ""),
        ("Marital status", "wrong", ""),
    ],
)
def test_a_column_of_status_says_it_of_the_record_alone(
    heading: str, text: str, words: str
) -> None:
    assert status_withdrawn(heading, text) == words


def test_the_record_stays_and_its_words_are_quoted_once() -> None:
    account = an_account(narrative="ENTERED IN ERROR - duplicate of 60417")
    (after,) = once = with_withdrawals([account], [])
    assert (after.id, after.narrative) == (account.id, account.narrative)
    (said,) = (flag.text for flag in after.flags if flag.code == CODE)
    assert said == (
        "The record itself says that it was entered in error or withdrawn: "
        "'ENTERED IN ERROR - duplicate of 60417'."
    )
    assert with_withdrawals(once, []) == once
    assert CODE in MEANINGS


def test_a_record_that_only_asks_is_said_to_ask() -> None:
    (after,) = with_withdrawals([an_account(narrative="Fight (added to wrong file?)")], [])
    assert after.flags[-1].text == (
        "The record itself asks whether it was entered in the wrong place: 'added to wrong file?'."
    )


def test_a_column_of_the_row_is_read() -> None:
    account = an_account(raw=(("Event", "Visit"), ("Record status", "Withdrawn")))
    (after,) = with_withdrawals([account], [])
    assert after.flags[-1].code == CODE
