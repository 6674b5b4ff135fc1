"""The children in need census: every date of every child told or left out, of all its years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.importers import Extract, extract
from chronology.importers.defined import FORMATS
from chronology.importers.defined.cin_census_parts import DATES, DEADLINES
from chronology.reading import read
from chronology.vocabulary.codes import code_list
from chronology.vocabulary.facts import facts as known_facts

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
    "<Source><LEA>999</LEA></Source></Header>"
)
IDENTITY = (
    "<LAchildID>00451</LAchildID><UPN>E099000000001</UPN>"
    "<PersonBirthDate>2015-03-27</PersonBirthDate><Sex>M</Sex>"
)


def census(*details: str, identity: str = IDENTITY, header: str = HEADER, space: str = "") -> str:
    within = "".join(f"<CINdetails>{one}</CINdetails>" for one in details)
    return (
        f"<Message{space}>{header}<Children><Child><ChildIdentifiers>{identity}"
        f"</ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
        f"</ChildCharacteristics>{within}</Child></Children></Message>"
    )


def imported(folder: Path, text: str | bytes) -> Extract:
    path = folder / "census.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return extract(read(path))


def facts(found: Extract) -> list[str]:
    return [one for account in found.accounts for one in account.facts]


def test_a_referral_tells_its_source_need_and_answer(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        census(
            "<CINreferralDate>2022-10-06</CINreferralDate><ReferralSource>3B</ReferralSource>"
            "<PrimaryNeedCode>N4</PrimaryNeedCode><ReferralNFA>false</ReferralNFA>"
        ),
    )
    (account,) = found.accounts
    assert account.narrative.splitlines() == [
        "Referral to children's social care",
        "Source of the referral: health visitor [3B]",
        "Primary need: family in acute stress [N4]",
        "No further action: no [false]",
    ]
    assert account.subjects[0].born == "2015-03-27"
    assert [i.text for i in account.subjects[0].identifiers] == ["00451", "E099000000001"]
    assert ("ChildIdentifiers/Sex", "M") in account.raw


@pytest.mark.parametrize("name", sorted(DATES))
def test_every_date_the_census_knows_is_a_fact(tmp_path: Path, name: str) -> None:
    found = imported(tmp_path, census(f"<Section47><{name}>2022-01-02</{name}></Section47>"))
    assert facts(found) == [DATES[name].fact]
    assert DATES[name].fact in known_facts()
    assert found.accounts[0].occurred.start == date(2022, 1, 2)


@pytest.mark.parametrize("name", sorted(DEADLINES))
def test_a_target_is_never_an_event(tmp_path: Path, name: str) -> None:
    found = imported(tmp_path, census(f"<Section47><{name}>2022-01-02</{name}></Section47>"))
    assert not found.accounts
    assert ["due" in one.reason for one in found.left_out] == [True]


def test_a_target_is_told_with_its_enquiry(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        census(
            "<Section47><S47ActualStartDate>2022-06-02</S47ActualStartDate>"
            "<InitialCPCtarget>2022-06-23</InitialCPCtarget>"
            "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
        ),
    )
    assert facts(found) == ["s47-start"]
    assert "Initial conference was due by: 2022-06-23" in found.accounts[0].narrative


def test_a_conference_at_two_levels_is_told_for_each_and_alike(tmp_path: Path) -> None:
    held = "<DateOfInitialCPC>2022-12-06</DateOfInitialCPC>"
    found = imported(tmp_path, census(f"{held}<Section47>{held}</Section47>"))
    first, second = found.accounts
    assert first.facts == second.facts == ("icpc",)
    assert first.occurred == second.occurred
    assert first.source != second.source


@pytest.mark.parametrize(
    ("name", "within"),
    [
        pytest.param(
            "referral-source",
            "<CINreferralDate>2022-01-02</CINreferralDate><ReferralSource>{}</ReferralSource>",
            id="source",
        ),
        pytest.param(
            "need",
            "<CINreferralDate>2022-01-02</CINreferralDate><PrimaryNeedCode>{}</PrimaryNeedCode>",
            id="need",
        ),
        pytest.param(
            "closure",
            "<CINclosureDate>2022-01-02</CINclosureDate><ReasonForClosure>{}</ReasonForClosure>",
            id="closure",
        ),
        pytest.param(
            "abuse",
            "<ChildProtectionPlans><CPPstartDate>2022-01-02</CPPstartDate>"
            "<InitialCategoryOfAbuse>{}</InitialCategoryOfAbuse></ChildProtectionPlans>",
            id="abuse",
        ),
        pytest.param(
            "factor",
            "<Assessments><AssessmentAuthorisationDate>2022-01-02</AssessmentAuthorisationDate>"
            "<FactorsIdentifiedAtAssessment><AssessmentFactors>{}</AssessmentFactors>"
            "</FactorsIdentifiedAtAssessment></Assessments>",
            id="factor",
        ),
        pytest.param(
            "boolean",
            "<CINreferralDate>2022-01-02</CINreferralDate><ReferralNFA>{}</ReferralNFA>",
            id="boolean",
        ),
    ],
)
def test_every_code_is_told_in_words_with_the_code_beside_it(
    tmp_path: Path, name: str, within: str
) -> None:
    codes = list(code_list("cin_census", name).values())
    found = imported(tmp_path, census(*(within.format(code.code) for code in codes)))
    assert len(found.accounts) == len(codes)
    for account, code in zip(found.accounts, codes, strict=True):
        assert f"{code.meaning} [{code.code}" in account.narrative
        assert not account.flags


def test_an_unknown_factor_is_shown_as_written_and_flagged(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        census(
            "<Assessments><AssessmentActualStartDate>2022-01-02</AssessmentActualStartDate>"
            "<AssessmentAuthorisationDate>2014-01-02</AssessmentAuthorisationDate>"
            "<FactorsIdentifiedAtAssessment><AssessmentFactors>1C</AssessmentFactors>"
            "<AssessmentFactors>RB</AssessmentFactors></FactorsIdentifiedAtAssessment>"
            "</Assessments>"
        ),
    )
    start, authorised = found.accounts
    assert "Factors" not in start.narrative
    assert authorised.narrative.endswith("[1C]; RB")
    assert [flag.code for flag in authorised.flags] == ["code-unknown"]


def test_every_review_of_a_plan_is_told(tmp_path: Path) -> None:
    reviews = "".join(f"<CPPreviewDate>2023-0{n}-15</CPPreviewDate>" for n in (2, 5, 8))
    found = imported(
        tmp_path,
        census(f"<ChildProtectionPlans><Reviews>{reviews}</Reviews></ChildProtectionPlans>"),
    )
    assert facts(found) == ["cp-review"] * 3


def test_an_unborn_child_has_an_expected_date_of_birth(tmp_path: Path) -> None:
    identity = (
        "<LAchildID>9</LAchildID><ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate>"
    )
    found = imported(
        tmp_path, census("<CINreferralDate>2026-01-02</CINreferralDate>", identity=identity)
    )
    assert found.accounts[0].subjects[0].born == ""
    assert found.accounts[0].other == (("Expected date of birth", "2026-05-01"),)


def test_stray_text_is_kept_and_said(tmp_path: Path) -> None:
    identity = "<LAchildID>9</LAchildID><UPNunknown>UN3</UPNunknown>PersonBirthDate"
    found = imported(
        tmp_path, census("<CINreferralDate>2026-01-02</CINreferralDate>", identity=identity)
    )
    assert "PersonBirthDate" in [text for _, text in found.accounts[0].raw]
    assert any("'PersonBirthDate' in ChildIdentifiers" in note for note in found.notes)


def test_an_unknown_element_is_kept_named_and_its_date_left_out(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        census(
            "<CINreferralDate>2026-01-02</CINreferralDate><LocalFlag>blue</LocalFlag>"
            "<Panel><PanelDate>2026-02-03</PanelDate><Chair>x</Chair></Panel>"
        ),
    )
    assert facts(found) == ["referral"]
    assert ["'PanelDate'" in one.reason for one in found.left_out] == [True]
    assert ("CINdetails/LocalFlag", "blue") in found.accounts[0].raw
    (note,) = [note for note in found.notes if "LocalFlag" in note]
    assert "PanelDate" in note


def test_an_unknown_part_without_a_date_is_left_out(tmp_path: Path) -> None:
    found = imported(tmp_path, census("<Panel><Chair>x</Chair></Panel>"))
    assert [("Panel/Chair: x" in one.cells) for one in found.left_out] == [True]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        pytest.param("2022-02-30", "is not a date", id="impossible"),
        pytest.param("unknown", "is not a date", id="words"),
        pytest.param("1900-01-01", "no date is known", id="placeholder"),
    ],
)
def test_a_date_that_is_none_is_left_out_with_what_it_says(
    tmp_path: Path, written: str, reason: str
) -> None:
    found = imported(tmp_path, census(f"<CINreferralDate>{written}</CINreferralDate>"))
    (left,) = found.left_out
    assert written in left.reason
    assert reason in left.reason


def test_an_address_that_a_system_adds_is_withheld(tmp_path: Path) -> None:
    identity = f"{IDENTITY}<HomePostcode>ZZ99 1AA</HomePostcode>"
    found = imported(
        tmp_path, census("<CINreferralDate>2022-10-06</CINreferralDate>", identity=identity)
    )
    assert found.accounts[0].withheld == ("ChildIdentifiers/HomePostcode",)
    assert [flag.code for flag in found.accounts[0].flags] == ["content-withheld"]
    left = imported(tmp_path, census(identity=identity)).left_out[0]
    assert not any("ZZ99" in cell for cell in left.cells)


def test_a_child_without_a_date_is_left_out_by_name(tmp_path: Path) -> None:
    found = imported(tmp_path, census())
    (left,) = found.left_out
    assert left.person is not None
    assert left.person.name == "Child ID 00451"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        pytest.param("2022-10-06", date(2022, 10, 6), id="iso"),
        pytest.param("06/10/2022", date(2022, 10, 6), id="day-first"),
        pytest.param("2022-10-06Z", date(2022, 10, 6), id="utc-day"),
        pytest.param("2022-10-06T00:00:00", date(2022, 10, 6), id="midnight"),
        pytest.param("2022-10-06+01:00", date(2022, 10, 6), id="offset"),
    ],
)
def test_dates_of_every_writing(tmp_path: Path, written: str, day: date) -> None:
    found = imported(tmp_path, census(f"<CINreferralDate>{written}</CINreferralDate>"))
    when = found.accounts[0].occurred
    assert (when.precision, when.start, when.written) == ("day", day, written)


@pytest.mark.parametrize(
    "form", ["plain", "bom", "utf-16", "cp1252", "namespace", "no-header", "older-sex"]
)
def test_the_same_census_in_other_writing_tells_the_same(tmp_path: Path, form: str) -> None:
    details = "<CINreferralDate>2022-10-06</CINreferralDate><ReferralSource>6</ReferralSource>"
    plain = census(details)
    forms: dict[str, bytes] = {
        "plain": plain.encode(),
        "bom": b"\xef\xbb\xbf" + plain.encode(),
        "utf-16": f'<?xml version="1.0" encoding="UTF-16"?>{plain}'.encode("utf-16"),
        "cp1252": f'<?xml version="1.0" encoding="windows-1252"?>{plain}'.encode("cp1252"),
        "namespace": census(details, space=' xmlns="urn:example:wrong"').encode(),
        "no-header": census(details, header="").encode(),
        "older-sex": plain.replace("Sex>", "GenderCurrent>").encode(),
    }
    found = imported(tmp_path, forms[form])
    assert found.importer == "cin_census"
    assert [a.id for a in found.accounts] == [a.id for a in imported(tmp_path, plain).accounts]


def test_the_header_is_set_apart(tmp_path: Path) -> None:
    found = imported(tmp_path, census("<CINreferralDate>2022-10-06</CINreferralDate>"))
    said = [text for _, _, text in found.set_apart]
    assert said == ["Collection: CIN", "Year: 2026", "ReferenceDate: 2026-03-31", "LEA: 999"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    bad = "&lt;script&gt;alert(1)&lt;/script&gt;"
    found = imported(
        tmp_path,
        census(
            f"<CINreferralDate>2022-10-06</CINreferralDate><ReferralSource>{bad}</ReferralSource>"
        ),
    )
    assert "<script>alert(1)</script>" in found.accounts[0].narrative


def test_a_file_cut_short_is_said_and_what_stands_before_is_read(tmp_path: Path) -> None:
    whole = census("<CINreferralDate>2022-10-06</CINreferralDate><CINclosureDate>2023-01-05")
    found = imported(tmp_path, whole.partition("-01-05")[0])
    assert [str(account.occurred.start) for account in found.accounts] == ["2022-10-06"]
    assert "copied only in part" in found.left_out[-1].reason
    assert any("its tags do not fit together" in note for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "<Message><Header><Collection>CSWW</Collection></Header><Vacancies/></Message>",
        "<Message><Note>A message</Note></Message>",
        "<CTfile><Header/></CTfile>",
        "<EXPSSDA903><CHILD/></EXPSSDA903>",
    ],
)
def test_other_files_are_left_to_others(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text)
    document = read(path)
    assert not next(one for one in FORMATS if one.name == "cin_census").recognises(document)


#: Records of the census with the dates each may hold.
RECORDS = {
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate", "CPPreviewDate"),
    "PreProceedingsandFGDM": ("PPStartDate", "LBPSentDate", "CourtAppDate", "PPOutcome"),
}
TEXTS = ("", "2020-05-06", "2021-07-08", "not known", "9999-12-31")


@st.composite
def records(draw: st.DrawFn) -> tuple[str, tuple[tuple[str, str], ...]]:
    name = draw(st.sampled_from(sorted(RECORDS)))
    return name, tuple((leaf, draw(st.sampled_from(TEXTS))) for leaf in RECORDS[name])


@given(st.lists(records(), min_size=1, max_size=6))
def test_every_record_is_told_or_left_out(
    drawn: Sequence[tuple[str, tuple[tuple[str, str], ...]]],
) -> None:
    from tempfile import TemporaryDirectory

    within = "".join(
        f"<{name}>{''.join(f'<{leaf}>{text}</{leaf}>' for leaf, text in leaves)}</{name}>"
        for name, leaves in drawn
    )
    with TemporaryDirectory() as folder:
        found = imported(Path(folder), census(within))
    expected = 0
    for _, leaves in drawn:
        dated = [text for leaf, text in leaves if leaf.lower() in DATES and text]
        said = any(text for _, text in leaves)
        expected += len(dated) or int(said)
    assert found.rows_read == len(found.accounts) + len(found.left_out) == max(expected, 1)


@pytest.mark.parametrize(
    ("block", "fact"), [("ChildProtectionPlans", "cp-visit"), ("Visits", "cin-visit")]
)
def test_a_visit_of_a_system_of_its_own_is_told_as_such(
    tmp_path: Path, block: str, fact: str
) -> None:
    within = f"<{block}><LastVisitDate>2023-02-01</LastVisitDate></{block}>"
    found = imported(tmp_path, census(within))
    assert facts(found) == [fact]
    assert "is no part of the census as published" in found.accounts[0].narrative


def test_a_date_after_the_census_was_made_may_be_planned(tmp_path: Path) -> None:
    details = (
        "<CINreferralDate>2026-03-30</CINreferralDate><CINclosureDate>2026-07-01</CINclosureDate>"
    )
    referral, closure = imported(tmp_path, census(details)).accounts
    assert "Not clear" not in referral.narrative
    assert "after the date of the census itself (31/03/2026)" in closure.narrative


FLAT = (
    "LAchildID,Date,Type,CINreferralDate,ReferralSource,PrimaryNeedCode,DateOfInitialCPC,"
    "S47ActualStartDate,InitialCPCtarget,Factors,UPN,PersonBirthDate,LA,Year\n"
)


def test_the_census_as_a_table_tells_each_date_once(tmp_path: Path) -> None:
    (tmp_path / "flat.csv").write_text(
        FLAT
        + "9,2020-10-06,CINreferralDate,2020-10-06,1A,N4,2020-11-01,,,,A1,2015-03-01,Here,2021\n"
        + "9,2020-10-20,S47ActualStartDate,2020-10-06,1A,N4,2020-11-01,2020-10-20,2020-11-10,,A1,"
        + "2015-03-01,Here,2021\n"
        + '9,2020-12-01,AssessmentAuthorisationDate,2020-10-06,1A,N4,,,,"2A,2B",A1,2015-03-01,,\n'
        + "9,2020-11-10,InitialCPCtarget,2020-10-06,,,,,,,A1,2015-03-01,,\n"
        + "9,,CPPstartDate,2020-10-06,,,,,,,A1,2015-03-01,,\n"
        + "9,2020-12-02,Other,2020-10-06,,,,,,,A1,2015-03-01,,\n"
    )
    found = extract(read(tmp_path / "flat.csv"))
    assert found.importer == "cin_census"
    assert facts(found) == ["referral", "icpc", "s47-start", "assessment-authorised"]
    assert "Primary need: family in acute stress [N4]" in found.accounts[0].narrative
    assert found.accounts[0].subjects[0].name == "Child ID 9"
    assert len(found.left_out) == 3
