"""The school census: suspensions, exclusions, joining and leaving, as tables and as XML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from grids import a_document
from hypothesis import given
from hypothesis import strategies as st

from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.reading import read
from chronology.vocabulary.codes import code_list

HEADINGS = (
    "pupilonrolltableid", "NativeId", "termlyexclusionsonrolltableid", "sourceid", "startdate",
    "sessions", "reason1", "reason2", "reason3", "category", "senprovision",
)  # fmt: skip
STARTS = ("2025-Jan-22 00:00:00", "22/01/2025", "2025-01-22")
CODES = {
    name: [code.code for code in code_list("exclusions", name).values()]
    for name in ("category", "reason", "sen-provision", "review-result")
}


def row(
    start: str = "2025-Jan-22 00:00:00", category: str = "SUSP", reasons: Sequence[str] = ("DB",)
) -> tuple[str, ...]:
    one, two, three = (*reasons, "", "", "")[:3]
    return ("p1", "9994321", "t1", "s1", start, "10.0", one, two, three, category, "K")


def taken(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Extract:
    found = extract(a_document(headings, *rows))
    assert found.importer == "exclusions"
    return found


@pytest.mark.parametrize(
    ("category", "fact", "title"),
    [
        ("SUSP", "suspension", "Suspended from school"),
        ("FIXD", "suspension", "Suspended from school"),
        ("PERM", "permanent-exclusion", "Permanently excluded from school"),
        ("LNCH", "lunchtime-suspension", "Suspended from school at lunchtime"),
        ("perm", "permanent-exclusion", "Permanently excluded from school"),
    ],
)
def test_the_category_says_which_fact_it_is(category: str, fact: str, title: str) -> None:
    (account,) = taken(row(category=category)).accounts
    assert account.facts == (fact,)
    assert account.narrative.split("\n")[0] == title
    assert account.occurred.start == date(2025, 1, 22)
    assert account.occurred.clock is None


def test_every_reason_is_told_once_with_its_code() -> None:
    (account,) = taken(row(reasons=("DB", "PA", "DB"))).accounts
    assert (
        "Reason: persistent or general disruptive behaviour [DB];"
        " physical assault against an adult [PA]\nSessions: 10"
    ) in account.narrative


def test_a_category_that_is_not_listed_is_no_fact_and_flagged() -> None:
    (account,) = taken(row(category="WHAT")).accounts
    assert account.facts == ()
    assert {flag.code for flag in account.flags} == {"code-unknown"}


def test_a_review_and_a_reinstatement_are_records_of_their_own() -> None:
    headings = (
        "pupilonrolltableid", "startdate", "sessions", "category", "reason", "senprovision",
        "reviewdate", "reviewresult", "reinstatementdate", "senexpert",
    )  # fmt: skip
    found = taken(
        ("p1", "2018-Jan-22 00:00:00", "10", "PERM", "OT", "A", "2018-Feb-22 00:00:00", "C",
         "2018-Mar-01 00:00:00", "1"),
        headings=headings,
    )  # fmt: skip
    exclusion, review, back = found.accounts
    assert "other [OT, unverified]" in exclusion.narrative
    assert (review.facts, back.facts) == (("exclusion-review",), ("exclusion-reinstated",))
    assert "[C, unverified]" in review.outcome


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(
                [*STARTS, "", "zz", "1900-Jan-01 00:00:00"]
            ),
            st.sampled_from([*CODES["category"], "", "??"]),
            st.lists(st.sampled_from([*CODES["reason"], "??"]), max_size=3),
        ),
        min_size=1,
        max_size=30,
    )
)  # fmt: skip
def test_every_row_is_told_or_left_out(rows: list[tuple[str, str, list[str]]]) -> None:
    found = taken(*(row(*one) for one in rows))
    dated = [one for one in rows if one[0] not in ("", "zz", "1900-Jan-01 00:00:00")]
    assert len(found.accounts) == len(dated)
    assert len(found.left_out) == len(rows) - len(dated)
    for (_, _, reasons), account in zip(dated, found.accounts, strict=True):
        assert all(f"[{reason}" in account.narrative for reason in reasons if reason != "??")


def test_joining_and_leaving_name_the_pupil_for_the_other_tables() -> None:
    headings = ("pupilnolongeronrolltableid", "dob", "surname", "forename", "upn", "formerupn",
                "entrydate", "leavingdate", "missingaddress")  # fmt: skip
    found = taken(
        ("p1", "2012-Apr-19 00:00:00", "Marrow", "Isla", "Z1", "Z2", "2021-Sep-14 00:00:00",
         "2025-Mar-03 00:00:00", "False"),
        ("p2", "", "Pike", "Zoe", "Z3", "", "", "", ""),
        headings=headings,
    )  # fmt: skip
    joined, left = found.accounts
    assert (joined.facts, left.facts) == (("school-start",), ("school-left",))
    assert joined.subjects[0].name == "Isla Marrow"
    assert joined.subjects[0].born == "2012-Apr-19"
    assert [one.text for one in joined.subjects[0].identifiers] == ["p1", "Z1", "Z2"]
    assert not joined.flags
    assert found.left_out[0].person is not None


@pytest.mark.parametrize("count", ["sessions", "absencesessions"])
def test_counts_of_sessions_are_left_out(count: str) -> None:
    headings = ("pupilonrolltableid", "sourceid", count, "attendancereason")
    found = taken(("p1", "s", "12.0", "O"), headings=headings)
    assert not found.accounts
    assert "counts sessions over a term" in found.left_out[0].reason


def test_an_address_is_not_repeated() -> None:
    headings = ("addressesonrolltableid", "pupilonrolltableid", "postcode", "street")
    (left,) = taken(("a1", "p1", "ZZ99 1AA", "Made Up Row"), headings=headings).left_out
    assert "ZZ99" not in " ".join(left.cells)
    assert "Made Up" not in " ".join(left.cells)


CENSUS = """<?xml version="1.0"?><Message{space}><Header><CollectionDetails>
<Collection>{collection}</Collection></CollectionDetails></Header><Pupils><PupilsOnRoll>
<PupilOnRoll><PupilIdentifiers><UPN>Z1</UPN><Surname>Marrow</Surname><Forename>Isla</Forename>
</PupilIdentifiers><PupilStatus><EntryDate>2021-09-14</EntryDate></PupilStatus>
<Exclusions><TermlyExclusion><Category>PERM</Category><Reasons><Reason>PP</Reason>
<Reason>DB</Reason></Reasons><StartDate>2025-01-22</StartDate></TermlyExclusion></Exclusions>
</PupilOnRoll></PupilsOnRoll></Pupils></Message>"""


def census(folder: Path, collection: str = "SC", space: str = "") -> Path:
    path = folder / "census.xml"
    path.write_text(CENSUS.format(collection=collection, space=space), encoding="utf-8")
    return path


@pytest.mark.parametrize("space", ["", ' xmlns="urn:any"'])
def test_the_census_as_xml_tells_the_same(tmp_path: Path, space: str) -> None:
    found = extract(read(census(tmp_path, space=space)))
    assert found.importer == "exclusions"
    joined, excluded = found.accounts
    assert (joined.facts, excluded.facts) == (("school-start",), ("permanent-exclusion",))
    assert "[PP]; persistent or general disruptive behaviour [DB]" in excluded.narrative
    assert excluded.subjects[0].name == "Isla Marrow"


def test_another_census_is_not_taken_for_it(tmp_path: Path) -> None:
    known = recognised(read(census(tmp_path, collection="CIN")))
    assert known is None or known.name != "exclusions"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("\n".join(",".join(one) for one in (HEADINGS, row())).encode(encoding))
    assert len(extract(read(path)).accounts) == 1


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(("Start date", "Category", "Details"), id="events"),
        pytest.param(("Date", "Child", "Reason", "Sessions"), id="a hand-made list"),
    ],
)
def test_other_tables_are_not_taken_for_the_census(headings: Sequence[str]) -> None:
    known = recognised(a_document(headings, ("1/2/2024", "SUSP", "x", "1")[: len(headings)]))
    assert known is None or known.name != "exclusions"
