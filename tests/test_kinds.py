"""What kind of occurrence a record reads as, and the rules that use it."""

from __future__ import annotations

from itertools import combinations

import pytest
from factories import an_account

from chronology import compare
from chronology.account import Agency
from chronology.kinds import KINDS, Reader, likeliest, shipped_reader, signs_of, written_out
from chronology.understand import understand
from tests.cases import told

TEXTS = ("Strategy meeting held.", "Rang school.", "Fight in the street.", "Baby born.", "")


@pytest.mark.parametrize(
    ("agency", "heading", "told", "kind"),
    [
        (Agency.POLICE, "MISPER", "REPORTED MISSING BY CARER, LOCATED 0200", "missing_episode"),
        (Agency.POLICE, "ARREST", "ARRESTED FOR ASSAULT, TAKEN TO CUSTODY", "arrest_charge"),
        (Agency.HEALTH, "DNA", "Did not attend clinic, letter sent", "appointment_missed"),
        (Agency.HEALTH, "ED attendance", "Brought to A&E, X-ray NAD, home", "hospital_attendance"),
        (Agency.SOCIAL_CARE, "Strat disc", "Threshold for s47 met", "meeting_conference"),
        (Agency.SOCIAL_CARE, "CIN visit", "Visited the home, seen alone", "home_visit"),
        (Agency.EDUCATION, "Phone call", "Rang MASH, spoke to the duty worker", "contact_referral"),
    ],
)
def test_a_record_reads_as_its_kind(agency, heading, told, kind):
    account = an_account(agency=agency, event_type_written=heading, narrative=told)
    assert likeliest(shipped_reader().read(account)) == kind


def test_likelihoods_add_up_to_one_whatever_is_written():
    for text in ("", "zzyzx", "visit " * 400, "🙂"):
        kinds = shipped_reader().read(an_account(narrative=text, event_type_written=""))
        assert len(kinds) == len(KINDS)
        assert sum(kinds) == pytest.approx(1.0)


def test_a_record_without_a_known_word_is_as_usual():
    row = dict.fromkeys(KINDS, "")
    reader = Reader.of(
        [
            {"sign": "(start)", "rarity": ""} | row,
            {"sign": "(usual)", "rarity": ""} | dict.fromkeys(KINDS, "0.05"),
            {"sign": "headed birth", "rarity": "2"} | row | {"life_event": "9"},
        ]
    )
    assert reader.read(an_account(narrative="nothing known")) == reader.usual
    assert likeliest(reader.read(an_account(event_type_written="Birth"))) == "life_event"


def test_each_sign_is_seen_once():
    signs = signs_of(an_account(narrative="visit visit visited visits"))
    assert len(signs) == len(set(signs))


def test_every_rule_that_can_add_to_the_odds_answers_from_nought_to_one():
    accounts = [
        an_account(agency=Agency.POLICE, organisation="Northmarch Police", narrative="Rang school"),
        an_account(
            agency=Agency.EDUCATION,
            organisation="Alder School",
            narrative="Police rang school about Northmarch",
            location="Office",
        ),
        an_account(agency=Agency.HEALTH, organisation="Ward", narrative="Adjourned conference"),
    ]
    reader = shipped_reader()
    understood = [understand(account) for account in accounts]
    case = compare.context(understood, {a.id: frozenset() for a in accounts}, reader.usual)
    for a, b in combinations(understood, 2):
        for rule in compare.RULES:
            if rule is not compare.crowded:
                assert 0.0 <= rule(a, b, case) <= 1.0, rule.__name__
                assert rule(a, b, case) == pytest.approx(rule(b, a, case)), rule.__name__


def test_answers_said_to_be_shares_never_add_up_to_more_than_one():
    days = ("2021-05-01", "2021-05-02", "2021-05-04", "2021-05-07")
    understood = [understand(told("police", day, text)) for day in days for text in TEXTS]
    case = compare.context(
        understood, {u.id: frozenset() for u in understood}, (0.05,) * len(KINDS)
    )
    for rules in compare.SHARES_OF_ONE:
        for a, b in combinations(understood, 2):
            assert sum(rule(a, b, case) for rule in rules) <= 1.0 + 1e-9


def test_a_name_with_an_accent_is_one_word():
    from chronology.words import split

    assert split("saw anaïs o'dwyer at tŷ glas, 12/3 a&e") == [
        "saw", "anaïs", "o'dwyer", "at", "tŷ", "glas", "12/3", "a&e",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("narrative", "outcome"),
    [
        pytest.param("HV rang, DNA clinic", "", id="no outcome"),
        pytest.param("HV rang, DNA clinic", "NFA. T/C to GP", id="outcome"),
        pytest.param("HV rang, DNA clinic", "DA WORKER TO RING BACK", id="one in capitals"),
        pytest.param("MOTHER RANG THE DA WORKER", "DA WORKER TO RING BACK", id="both in capitals"),
        pytest.param("MOTHER RANG THE DA WORKER", "DA", id="too short to be shouted"),
    ],
)
def test_narrative_and_outcome_are_written_out_as_one_text(narrative, outcome):
    read = understand(an_account(narrative=narrative, outcome=outcome, event_type_written=""))
    assert read.text == " ".join(written_out(f"{narrative}\n{outcome}", Agency.POLICE))
