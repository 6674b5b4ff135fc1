"""Event types, abbreviations, roles and names of agencies."""

import csv
from importlib.resources import files

import pytest

from chronology.account import Agency
from chronology.vocabulary import (
    EVENT_TYPES,
    abbreviations_in,
    agency_of_organisation,
    agency_of_role,
    agency_of_system,
    classify,
    event_types,
    expand,
    form_of,
    glossary,
    is_missed,
    is_professional_role,
    role_of,
)

HEALTH, CARE, POLICE, SCHOOL, OTHER = (
    Agency.HEALTH,
    Agency.SOCIAL_CARE,
    Agency.POLICE,
    Agency.EDUCATION,
    Agency.OTHER,
)


@pytest.mark.parametrize(
    ("written", "narrative", "agency", "code"),
    [
        pytest.param("Strat disc", "", CARE, "CP.STRATEGY", id="strategy discussion"),
        pytest.param("ICPC", "", CARE, "CP.ICPC", id="icpc"),
        pytest.param("Initial CP Conference", "", SCHOOL, "CP.ICPC", id="icpc in words"),
        pytest.param("Referral to CSC", "", HEALTH, "CONTACT.REFERRAL", id="referral"),
        pytest.param("Home visit", "Seen with mother.", CARE, "CONTACT.VISIT", id="visit kept"),
        pytest.param(
            "Home visit",
            "No reply at door, card left.",
            CARE,
            "CONTACT.NO_ACCESS",
            id="visit without access",
        ),
        pytest.param("Clinic appointment", "Was not brought.", HEALTH, "HEALTH.WNB", id="wnb"),
        pytest.param("Clinic - DNA", "", HEALTH, "HEALTH.DNA", id="dna"),
        pytest.param(
            "Session", "Did not attend. Text sent.", OTHER, "CONTACT.MISSED", id="missed elsewhere"
        ),
        pytest.param(
            "Core group",
            "Father did not attend.",
            CARE,
            "CP.CORE_GROUP",
            id="a meeting is held though somebody stays away",
        ),
        pytest.param(
            "Telephone call",
            "No reply, message left.",
            CARE,
            "CONTACT.PHONE",
            id="an unanswered call is no visit",
        ),
        pytest.param("DOMESTIC INCIDENT", "", POLICE, "POLICE.DA", id="police da"),
        pytest.param("ASSAULT - S47", "", POLICE, "POLICE.CRIME", id="s47 is an assault to police"),
        pytest.param("S47", "", CARE, "CP.S47", id="s47 is an enquiry to social care"),
        pytest.param(
            "",
            "Strategy discussion held with police and health.",
            CARE,
            "CP.STRATEGY",
            id="from the narrative alone",
        ),
        pytest.param("Misc", "Saw them in town, all cheerful.", OTHER, "", id="never forced"),
        pytest.param("", "", OTHER, "", id="nothing"),
    ],
)
def test_a_record_is_classified(written, narrative, agency, code):
    assert classify(written, narrative, agency) == code


def test_every_clue_points_to_a_listed_type():
    text = files("chronology").joinpath("data", "event_type_clues.csv").read_text("utf-8")
    codes = {row["code"] for row in csv.DictReader(text.splitlines())}
    assert codes <= set(EVENT_TYPES)


def test_missed_types_are_told_from_kept_ones():
    assert is_missed("HEALTH.WNB")
    assert is_missed("CONTACT.NO_ACCESS")
    assert not is_missed("CONTACT.VISIT")
    assert form_of("CP.ICPC") == "meeting"
    assert form_of("no such code") == ""
    assert len({t.label for t in event_types().values()}) == len(EVENT_TYPES)


@pytest.mark.parametrize(
    ("text", "agency", "expected"),
    [
        pytest.param("MGM rang SW", CARE, "maternal grandmother rang social worker", id="plain"),
        pytest.param("IP refused", POLICE, "injured party refused", id="police IP"),
        pytest.param("IP refused", HEALTH, "inpatient refused", id="health IP"),
        pytest.param("it is so", CARE, "it is so", id="words stay words"),
        pytest.param("T/C to HV", CARE, "telephone call to health visitor", id="slashed"),
        pytest.param("Seen in A&E", HEALTH, "seen in accident and emergency", id="ampersand"),
        pytest.param("SO AT CO MEETING TODAY", CARE, "so at co meeting today", id="all capitals"),
        pytest.param("MGM/PGM", CARE, "maternal grandmother/paternal grandmother", id="joined"),
    ],
)
def test_abbreviations_are_written_out_for_comparison(text, agency, expected):
    assert expand(text, agency) == expected


def test_the_same_letters_mean_what_the_agency_means():
    assert abbreviations_in("CO discussed", CARE) == (("CO", "care order"),)
    assert abbreviations_in("CO monitor checked", HEALTH) == (("CO", "carbon monoxide"),)
    assert abbreviations_in("go to co-op, it is on", CARE) == ()


def test_each_agency_has_one_meaning_for_each_abbreviation():
    keys = [(entry.text.lower(), entry.agency) for entry in glossary()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("MGM", "maternal grandmother"),
        ("mat gran", "maternal grandmother"),
        ("half-sibling", "half sibling"),
        ("mum's partner", "mother's partner"),
        ("son 7 yrs", "son"),
        ("sister, Y7 at the High School", "sister"),
        ("mother of pt", "mother"),
        ("mother of his friend", ""),
        ("friend's mother", ""),
        ("school nurse", ""),
        ("", ""),
    ],
)
def test_family_roles_are_told_in_plain_words(text, role):
    assert role_of(text) == role


@pytest.mark.parametrize(
    ("text", "agency"),
    [("duty SW", CARE), ("HV, referrer", HEALTH), ("DSL", SCHOOL), ("PC", POLICE), ("chair", None)],
)
def test_workers_are_known_by_their_role(text, agency):
    assert is_professional_role(text)
    assert agency_of_role(text) == agency


@pytest.mark.parametrize("text", ["HV contact", "mother", "Rowan Quill", "social worker visit", ""])
def test_other_words_are_no_workers_role(text):
    assert not is_professional_role(text)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Westmoor Constabulary", POLICE),
        ("st_brannocs_primary_school", SCHOOL),
        ("Westmoor County Council Education Welfare", SCHOOL),
        ("Westmoor Borough Council Housing", OTHER),
        ("Westmoor Health and Social Care Trust, CAMHS", HEALTH),
        ("Westmoor Ambulance Service NHS Trust", OTHER),
        ("Westmoor School Nursing", HEALTH),
        ("Westmoor Children's Social Care", CARE),
        ("Mill Lane Surgery", HEALTH),
        ("Westmoor", None),
    ],
)
def test_an_organisation_tells_its_agency(text, agency):
    found, strength = agency_of_organisation(text)
    assert found == agency
    assert 0 <= strength <= 1


def test_a_case_system_tells_its_agency():
    assert agency_of_system("CPOMS export")[0] is SCHOOL
    assert agency_of_system("SystmOne")[0] is HEALTH
    assert agency_of_system("Niche RMS")[0] is POLICE
    assert agency_of_system("spreadsheet") == (None, 0.0)
