"""Injuries that two accounts of one occurrence tell of otherwise: shown, never settled."""

import pytest

from chronology.conflicts import conflicts
from chronology.injuries import injuries_in
from chronology.people import resolve
from tests.cases import told


def injury(*texts):
    accounts = [
        told(agency, "2021-05-04", text)
        for agency, text in zip(("education", "social_care", "health"), texts, strict=False)
    ]
    found = [c for c in conflicts(accounts, resolve(accounts)) if c.about == "injury"]
    return [says for conflict in found for _, says in conflict.versions]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Two bruises, arm and shoulder.", "Small bruise on left forearm.", id="number"
        ),
        pytest.param("Bruise to left cheek.", "A bruise was seen on the right cheek.", id="side"),
        pytest.param("Graze on L knee", "Scratches to the face noted.", id="part"),
        pytest.param("Burn to hand seen by GP.", "Burn on foot, says hot water.", id="burn"),
        pytest.param("Three bruises on back", "2 bruises on her back", id="figures"),
        pytest.param("a bruise on his leg", "several bruises on his leg", id="one-and-several"),
        pytest.param("Fractured left wrist.", "X-ray: fractured elbow (R).", id="fracture"),
        pytest.param(
            "No marks on face but bruise to right ear.", "Bruise to left ear.", id="but-after-no"
        ),
    ],
)
def test_injuries_told_otherwise_are_shown_in_both_wordings(one, other):
    assert injury(one, other) == [one.rstrip("."), other.rstrip(".").split(";")[0]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Bruise to left forearm.", "Bruise on arm.", id="larger-part"),
        pytest.param("Bruise to cheek.", "Bruising to face and cheek.", id="face-and-cheek"),
        pytest.param("Two bruises on arm.", "Bruises on arm.", id="plural"),
        pytest.param("No bruises seen on arm.", "Bruise on leg.", id="no"),
        pytest.param("Bruises to leg: none seen.", "Bruise on arm.", id="none-behind"),
        pytest.param("Mum denied any bruise to leg.", "Bruise on arm.", id="denied"),
        pytest.param(
            "Mother had a bruise to her eye.", "Bruise on child's arm.", id="other-person"
        ),
        pytest.param("Burn on hand.", "Bruise on leg.", id="other-kind"),
        pytest.param("Bruise on arm, said the head teacher.", "Bruise on arm.", id="head-teacher"),
        pytest.param("Rang back to report a bruise.", "Bruise on arm.", id="back"),
        pytest.param("Bruise on arm from an adult hand.", "Bruise on arm.", id="by-whose-hand"),
        pytest.param("Good marks at school.", "Mark on left cheek.", id="school-marks"),
        pytest.param("Two day old bruise on arm.", "Three bruises on arm.", id="not-a-count"),
        pytest.param("A number of bruises on arm.", "Six bruises on arm.", id="a-number-of"),
        pytest.param("Bruise on arm.", "Seen at home, well.", id="one-alone"),
    ],
)
def test_nothing_is_said_where_injuries_may_be_the_same(one, other):
    assert injury(one, other) == []


def test_an_account_without_the_injury_is_not_quoted():
    said = injury("Bruise to left ear.", "Seen in school.", "Bruise to right ear. Plays well.")
    assert said == ["Bruise to left ear", "Bruise to right ear"]


def test_what_a_record_says_twice_is_one_injury():
    (one,) = injuries_in("Small bruise on arm. The bruise was on the left arm.")
    assert (one.kind, dict(one.parts), one.number) == ("bruise", {"arm": frozenset({"left"})}, 0)
