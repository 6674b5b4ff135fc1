"""The DfE API payload: every dated key told, every withdrawal said with the number it withdraws."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account, Identifier
from chronology.errors import UnreadableFileError
from chronology.importers import Extract, extract
from chronology.importers.defined.csc_api import CscApi
from chronology.importers.defined.csc_api_levels import CHILD, Level
from chronology.reading import read
from chronology.reading.grid import Document
from chronology.vocabulary.codes import code_list
from chronology.vocabulary.facts import facts
from chronology.withdrawals import with_withdrawals

DETAILS = {
    "unique_pupil_number": "A123456789012",
    "former_unique_pupil_number": "B123456789012",
    "first_name": "Ada",
    "surname": "Example",
    "date_of_birth": "2015-02-03",
    "sex": "F",
    "ethnicity": "WBRI",
    "disabilities": ["HAND"],
    "postcode": "ZZ99 3WZ",
    "uasc_flag": False,
    "purge": False,
}


def a_child(*episodes: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "la_child_id": "1001",
        "mis_child_id": "S-1001",
        "purge": False,
        "child_details": DETAILS,
        "social_care_episodes": list(episodes),
        **said,
    }


def episode(**said: Any) -> dict[str, Any]:
    return {"social_care_episode_id": "E1", "purge": False, **said}


def imported(data: object) -> Extract:
    """As the reader gives it: numbers as the text they were written in."""
    text = json.dumps(data)
    parsed = json.loads(text, parse_int=str, parse_float=str)
    return extract(Document("one.json", "json", "cd" * 32, (), (), data=parsed))


def told(found: Extract) -> list[tuple[str, ...]]:
    return [account.facts for account in found.accounts]


def flags(account: Account) -> set[str]:
    return {flag.code for flag in account.flags}


WHOLE = a_child(
    episode(
        referral_date="2022-01-14",
        referral_source="1C",
        referral_no_further_action_flag=False,
        closure_date="2023-09-01",
        closure_reason="RC7",
        care_worker_details=[
            {"worker_id": "W1", "start_date": "2022-01-15", "end_date": "2022-03-31"}
        ],
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A1",
                "start_date": "2022-01-16",
                "authorisation_date": "2022-02-28",
                "factors": ["1C", "4A"],
                "purge": False,
            }
        ],
        child_in_need_plans=[
            {"child_in_need_plan_id": "N1", "start_date": "2022-03-01", "end_date": "2022-04-01"}
        ],
        section_47_assessments=[
            {
                "section_47_assessment_id": "S1",
                "start_date": "2022-04-02",
                "icpc_required_flag": True,
                "icpc_date": "2022-04-22",
                "end_date": "2022-04-18",
            }
        ],
        child_protection_plans=[
            {"child_protection_plan_id": "P1", "start_date": "2022-04-22", "end_date": "2022-06-30"}
        ],
        child_looked_after_placements=[
            {
                "child_looked_after_placement_id": "L1",
                "start_date": "2022-07-01",
                "start_reason": "S",
                "placement_type": "K1",
                "postcode": "ZZ99 1AA",
                "end_date": "2023-03-01",
                "end_reason": "E3",
                "change_reason": "CHILD",
            }
        ],
        adoption={
            "initial_decision_date": "2022-08-01",
            "matched_date": "2022-10-15",
            "placed_date": "2022-11-20",
        },
        care_leavers={"contact_date": "2023-08-11", "activity": "F2", "accommodation": "D"},
    ),
    health_and_wellbeing={"sdq_assessments": [{"date": "2022-05-14", "score": 20}]},
    education_health_care_plans=[
        {
            "education_health_care_plan_id": "H1",
            "request_received_date": "2021-01-05",
            "request_outcome_date": "2021-02-16",
            "assessment_outcome_date": "2021-04-30",
            "plan_start_date": "2021-06-01",
        }
    ],
)
FACTS_OF_WHOLE = {
    "referral",
    "cin-closure",
    "worker-start",
    "worker-end",
    "assessment-start",
    "assessment-authorised",
    "cin-plan-start",
    "cin-plan-end",
    "s47-start",
    "s47-end",
    "icpc",
    "cp-plan-start",
    "cp-plan-end",
    "cla-start",
    "cla-end",
    "adoption-decision",
    "adoption-match",
    "adoption-placed",
    "care-leaver-contact",
    "sdq",
    "ehcp-request",
    "ehcp-assessment",
    "ehcp-plan",
}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"la_code": 123, "Children": WHOLE}, id="object, as documented"),
        pytest.param({"la_code": 123, "Children": [WHOLE]}, id="list, as sent"),
        pytest.param([WHOLE], id="bare list"),
        pytest.param(WHOLE, id="one child alone"),
        pytest.param([{"Children": [WHOLE]}], id="a message in a list"),
        pytest.param({"LA_Code": 1, "CHILDREN": WHOLE}, id="capitals"),
    ],
)
def test_the_whole_payload_is_told_however_it_is_wrapped(data: object) -> None:
    found = imported(data)
    assert found.importer == "csc_api"
    assert {codes[0] for codes in told(found) if codes} == FACTS_OF_WHOLE
    assert len(found.accounts) == 24
    (details,) = found.left_out
    assert details.person is not None
    assert details.person.name == "Ada Example"
    assert "ZZ99" not in str(details.cells)
    subject = found.accounts[0].subjects[0]
    assert (subject.name, subject.born) == ("Ada Example", "2015-02-03")
    assert subject.identifiers == (
        Identifier("local", "1001"),
        Identifier("upn", "A123456789012"),
        Identifier("upn", "B123456789012"),
    )


def test_a_child_a_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "children.jsonl"
    path.write_text("\n".join(json.dumps(WHOLE | {"la_child_id": n}) for n in ("1", "2")))
    found = extract(read(path))
    assert len(found.accounts) == 48
    places = [a.source for a in found.accounts] + [r.source for r in found.left_out]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16"], ids=["UTF-8", "byte order mark", "UTF-16"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(json.dumps({"Children": [WHOLE]}, ensure_ascii=False).encode(encoding))
    assert len(extract(read(path)).accounts) == 24


def test_a_file_cut_short_is_refused_and_not_half_read(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"Children": [WHOLE]})[:-40])
    with pytest.raises(UnreadableFileError):
        extract(read(path))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"resourceType": "Bundle", "entry": []}, id="FHIR"),
        pytest.param([{"date": "2024-01-01", "event": "x"}], id="ordinary records"),
        pytest.param({"name": "Ada", "children": [{"name": "Bea"}]}, id="a family"),
        pytest.param({"children": {"purge": True}}, id="purge alone"),
        pytest.param([], id="nothing"),
        pytest.param("text", id="text"),
        pytest.param([[[]]], id="lists"),
    ],
)
def test_other_json_is_not_taken_for_it(data: object) -> None:
    assert not CscApi().recognises(Document("a.json", "json", "cd" * 32, (), (), data=data))


def _levels(level: Level = CHILD) -> list[Level]:
    return [level, *(deeper for inner in level.inside for deeper in _levels(inner))]


def test_the_facts_are_shared_facts() -> None:
    plain = {d.fact for level in _levels() for d in level.dated if d.fact and "|" not in d.fact}
    assert plain
    assert plain <= facts().keys()


def _coded() -> list[tuple[str, str, str]]:
    return [
        (level.key, key, codes)
        for level in _levels()
        for one in level.dated
        for _, key, codes in one.details
        if codes and codes != "factors"
    ]


@pytest.mark.parametrize(("level", "key", "codes"), sorted(set(_coded())))
def test_every_code_is_told_in_words(level: str, key: str, codes: str) -> None:
    inner = next(one for one in _levels() if one.key == level)
    for code in code_list("ssd", codes).values():
        dates = {one.key: "2022-06-14" for one in inner.dated}
        record = {inner.number: "1", **dates, key: code.code}
        data = a_child(record | {"social_care_episode_id": "E1"})
        if level != "social_care_episodes":
            data = a_child(episode(**{level: [record]}))
        found = imported(data)
        assert any(code.meaning in a.narrative for a in found.accounts), code
        assert not any("code-unknown" in flags(a) for a in found.accounts)


def test_a_code_in_no_list_is_shown_and_doubted() -> None:
    found = imported(a_child(episode(closure_date="2023-09-01", closure_reason="RC99")))
    (account,) = found.accounts
    assert "RC99" in account.narrative
    assert flags(account) == {"code-unknown"}


@given(st.data())
def test_dates_in_are_records_and_records_left_out(data: st.DataObject) -> None:
    values = st.one_of(
        st.dates(date(2010, 1, 1), date(2025, 12, 31)).map(str),
        st.sampled_from([None, "", "soon", "1900-01-01", "9999-12-31", 20240101, True]),
    )
    inner = [level for level in _levels() if level.number and level.key != "social_care_episodes"]
    given_dates = bare = 0
    lists: dict[str, list[dict[str, Any]]] = {}
    for level in inner:
        for number in range(data.draw(st.integers(0, 2))):
            dates = {one.key: data.draw(values) for one in level.dated}
            written = [value for value in dates.values() if value not in (None, "")]
            given_dates += len(written)
            bare += not written
            lists.setdefault(level.key, []).append({level.number: str(number), **dates})
    top = {key: lists.pop(key) for key in list(lists) if key == "education_health_care_plans"}
    found = imported(a_child(episode(**lists), **top))
    episode_and_details = 2
    assert len(found.accounts) + len(found.left_out) == given_dates + bare + episode_and_details


def purging(key: str, record: dict[str, Any]) -> dict[str, Any]:
    return a_child(episode(**{key: [record]}))


@pytest.mark.parametrize(
    ("key", "number"),
    [
        (level.key, level.number)
        for level in _levels()
        if level.number and level.key not in ("social_care_episodes", "education_health_care_plans")
    ],
)
def test_a_later_purge_withdraws_the_record_of_the_first_file(key: str, number: str) -> None:
    first = imported(WHOLE)
    record = WHOLE["social_care_episodes"][0][key][0]
    second = imported(purging(key, {number: record[number], "purge": True}))
    assert not second.accounts
    (row,) = [row for row in second.left_out if row.withdraws]
    withdrawn = [a for a in first.accounts if f"{a.system}|{a.reference}" == row.withdraws]
    assert withdrawn
    assert all(number in a.reference for a in withdrawn)
    after = with_withdrawals(first.accounts, second.left_out)
    assert {a.id for a in after if "record-nullified" in flags(a)} == {a.id for a in withdrawn}


@pytest.mark.parametrize(
    ("later", "how_many"),
    [
        pytest.param(
            {"la_child_id": "1001", "purge": True, "social_care_episodes": []}, 24, id="child"
        ),
        pytest.param(a_child({"social_care_episode_id": "E1", "purge": True}), 19, id="episode"),
        pytest.param(a_child(episode(adoption={"purge": True})), 3, id="adoption"),
        pytest.param(a_child(episode(care_leavers={"purge": True})), 1, id="care leavers"),
        pytest.param(a_child(health_and_wellbeing={"purge": True}), 1, id="wellbeing"),
        pytest.param(
            a_child(
                education_health_care_plans=[{"education_health_care_plan_id": "H1", "purge": True}]
            ),
            4,
            id="education plan",
        ),
        pytest.param(a_child({"social_care_episode_id": "E2", "purge": True}), 0, id="another's"),
        pytest.param(
            {"la_child_id": "2002", "purge": True, "social_care_episodes": []}, 0, id="other child"
        ),
        pytest.param(a_child(episode(purge="false")), 0, id="not purged"),
    ],
)
def test_a_purge_withdraws_all_that_the_record_holds(later: object, how_many: int) -> None:
    first, second = imported(WHOLE), imported(later)
    after = with_withdrawals(first.accounts, second.left_out)
    assert sum("record-nullified" in flags(account) for account in after) == how_many


@pytest.mark.parametrize("mark", [True, "true", "True", 1, "1", "Y"])
def test_a_purged_record_with_content_is_told_as_withdrawn(mark: object) -> None:
    data = deepcopy(WHOLE)
    data["social_care_episodes"][0]["section_47_assessments"][0]["purge"] = mark
    found = imported(data)
    withdrawn = [a for a in found.accounts if "record-nullified" in flags(a)]
    assert {a.facts[0] for a in withdrawn} == {"s47-start", "s47-end", "icpc"}
    (row,) = [row for row in found.left_out if row.withdraws]
    assert {f"{a.system}|{a.reference}" for a in withdrawn} == {row.withdraws}


def test_the_same_record_sent_again_keeps_its_number_and_its_id() -> None:
    again = imported({"la_code": 9, "Children": [WHOLE | {"la_child_id": "5"}, WHOLE]})
    once = imported(WHOLE)
    assert {a.id for a in once.accounts} <= {a.id for a in again.accounts}
    assert {a.reference for a in once.accounts} <= {a.reference for a in again.accounts}


def test_the_children_of_one_payload_are_told_apart() -> None:
    found = imported({"Children": [WHOLE, WHOLE | {"la_child_id": "2"}]})
    assert len({a.reference for a in found.accounts}) == 2 * len(
        {a.reference for a in imported(WHOLE).accounts}
    )
    assert len({a.source for a in found.accounts}) == 48


def test_postcodes_are_withheld() -> None:
    for account in imported(WHOLE).accounts:
        shown = (account.narrative, account.location, account.outcome, account.other)
        assert "ZZ99" not in str(shown)
        if ("postcode", "ZZ99 1AA") in account.raw:
            assert account.withheld == ("postcode",)
            assert "content-withheld" in flags(account)


def test_addresses_that_the_payload_does_not_define_are_withheld_too() -> None:
    found = imported(
        a_child(
            episode(
                referral_date="2024-05-01",
                home_address="1 Nowhere Lane",
                addresses=[{"address": "1 Nowhere Lane"}],
            )
        )
    )
    (account,) = found.accounts
    assert account.withheld == ("home_address",)
    assert "Nowhere" not in str((account.narrative, account.other))
    assert "Nowhere" not in str([row.cells for row in found.left_out])


def test_an_unborn_child_has_an_expected_date_and_no_birth() -> None:
    details = {"expected_date_of_birth": "2024-09-01", "surname": "Example", "first_name": "Unborn"}
    (account,) = imported(
        a_child(episode(referral_date="2024-05-01"), child_details=details)
    ).accounts
    assert account.subjects[0].born == ""
    assert ("Expected date of birth", "2024-09-01") in account.other


def test_what_the_payload_does_not_define_is_kept_or_left_out_aloud() -> None:
    found = imported(
        a_child(
            episode(
                referral_date="2024-05-01",
                new_flag=True,
                new_records=[{"id": 1, "date": "2024-05-02"}],
                child_in_need_plans=["damaged", {"child_in_need_plan_id": "N1"}],
                adoption=None,
                section_47_assessments=[],
            )
        )
    )
    (account,) = found.accounts
    assert ("new_flag", "true") in account.other
    reasons = [row.reason for row in found.left_out]
    assert len(reasons) == 4
    assert any("new_records" in reason for reason in reasons)
    assert any("not written as the payload defines" in reason for reason in reasons)


def test_a_child_without_records_still_says_who_it_is() -> None:
    found = imported([{"la_child_id": "7", "mis_child_id": "S7", "purge": False}, "text"])
    assert not found.accounts
    assert found.left_out[0].person is not None
    assert len(found.left_out) == 2


def test_keys_in_other_letters_are_known() -> None:
    found = imported(
        {
            "Children": {
                "LA_Child_ID": "7",
                "Social_Care_Episodes": [
                    {"Social_Care_Episode_ID": "E1", "Referral_Date": "14/06/2022"}
                ],
            }
        }
    )
    (account,) = found.accounts
    assert account.occurred.start == date(2022, 6, 14)
    assert account.reference == "la_child_id 7 > social_care_episode_id E1"


@pytest.mark.parametrize(
    "written",
    [
        "2022-06-14",
        "2022-06-14T00:00:00",
        "2022-06-14 00:00:00.000",
        "2022-06-13T23:00:00Z",
        "2022-06-14T00:00:00+01:00",
        "20220614",
        "14/06/2022",
    ],
)
def test_a_day_is_a_day_however_it_is_written(written: str) -> None:
    (account,) = imported(a_child(episode(referral_date=written))).accounts
    assert account.occurred.precision == "day"
    assert account.occurred.start == date(2022, 6, 14)
    assert account.occurred.written == written


def test_hostile_text_stays_text() -> None:
    bad = "=1+1 <script>alert(1)</script>"
    found = imported(a_child(episode(referral_date="2022-06-14", referral_source=bad)))
    assert bad in found.accounts[0].narrative


@pytest.mark.parametrize(
    ("ends", "later", "is_told"),
    [
        ("2033-02-03", "2024-05-06", False),
        ("2033-01-29", "2024-05-06", False),
        ("2033-02-03", "2033-05-06", True),
        ("2022-05-05", "2020-05-06", True),
    ],
)
def test_a_status_that_ends_with_the_18th_birthday_is_expected(
    ends: str, later: str, is_told: bool
) -> None:
    details = {**DETAILS, "uasc_flag": True, "uasc_end_date": ends}
    data = a_child(episode(referral_date=later), child_details=details)
    found = imported([data])
    assert (("uasc-end",) in [account.facts for account in found.accounts]) is is_told
    assert any("uasc_end_date" in row.reason for row in found.left_out) is not is_told
