"""The SSDA903 return: episodes are a chain, codes speak, addresses stay, nothing is passed over."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account
from chronology.importers import Extract, extract
from chronology.importers.defined import FORMATS
from chronology.importers.defined.ssda903_episodes import BEGINS
from chronology.reading import read
from chronology.vocabulary.codes import code_list
from chronology.vocabulary.tables import rows as table_rows

EPISODES = (
    "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"
).split()
BEFORE = {"DECOM": "01/10/2018", "RNE": "S", "LS": "C1", "PLACE": "U6", "PLACE_PROVIDER": "PR1"}
AFTER = {"DECOM": "05/02/2019", "RNE": "P", "LS": "C1", "PLACE": "K2", "PLACE_PROVIDER": "PR4"}
CHANGE = {"DEC": "05/02/2019", "REC": "X1", "REASON_PLACE_CHANGE": "CREQB"}
LISTS = sorted({row["list"] for row in table_rows("codes/ssda903")})


def episodes(*told: dict[str, str], headings: Sequence[str] = EPISODES) -> str:
    written = io.StringIO()
    out = csv.DictWriter(written, headings, extrasaction="ignore", lineterminator="\n")
    out.writeheader()
    out.writerows({"CHILD": "900101", **row} for row in told)
    return written.getvalue()


def imported(folder: Path, text: str | bytes, name: str = "one.csv") -> Extract:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return extract(read(path))


def facts(found: Extract) -> list[tuple[str, ...]]:
    return [account.facts for account in found.accounts]


def flags(account: Account) -> set[str]:
    return {flag.code for flag in account.flags}


def test_an_episode_that_goes_on_is_one_change_not_an_end_and_a_start(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**BEFORE, **CHANGE}, AFTER))
    assert facts(found) == [
        ("cla-start", "legal-status-start", "placement-start"),
        ("placement-start",),
    ]
    change = found.accounts[1]
    assert change.occurred.start == date(2019, 2, 5)
    assert "carer asked for it to end because of the child's behaviour [CREQB]" in change.narrative
    assert "Episode before: 01/10/2018 to 05/02/2019" in change.narrative
    assert not found.left_out


def test_the_order_of_the_rows_says_nothing(tmp_path: Path) -> None:
    rows = ({**BEFORE, **CHANGE}, {**AFTER, "DEC": "01/03/2019", "REC": "E4A"})
    forth = imported(tmp_path, episodes(*rows))
    back = imported(tmp_path, episodes(*reversed(rows)))
    assert {a.id for a in forth.accounts} == {a.id for a in back.accounts}


def test_a_change_whose_next_row_is_not_in_the_file_is_told_and_said(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**BEFORE, **CHANGE}))
    change = found.accounts[1]
    assert change.occurred.start == date(2019, 2, 5)
    assert not change.facts
    assert "episode-next-missing" in flags(change)


def test_a_next_row_that_begins_on_another_day_is_flagged(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**BEFORE, **CHANGE}, {**AFTER, "DECOM": "07/02/2019"}))
    days = [a.occurred.start for a in found.accounts]
    assert days == [date(2018, 10, 1), date(2019, 2, 5), date(2019, 2, 7)]
    assert "episode-dates-differ" in flags(found.accounts[1])
    assert "07/02/2019" in next(
        f.text for f in found.accounts[1].flags if f.code == "episode-dates-differ"
    )


def test_rows_sent_twice_still_follow_each_other(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes(*[{**BEFORE, **CHANGE}, AFTER] * 2))
    assert (
        facts(found)
        == [
            ("cla-start", "legal-status-start", "placement-start"),
            ("placement-start",),
        ]
        * 2
    )
    assert [a.copy for a in found.accounts] == [0, 0, 1, 1]


def test_an_end_without_a_reason_is_told_by_the_row_that_follows(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**BEFORE, "DEC": "05/02/2019"}, AFTER))
    assert facts(found)[1:] == [("placement-start",)]
    alone = imported(tmp_path, episodes({**BEFORE, "DEC": "05/02/2019"}))
    assert alone.accounts[1].event_type_written == "Looked-after episode ended"
    assert not alone.accounts[1].facts


def test_the_next_row_of_another_child_is_no_next_row(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**BEFORE, **CHANGE}, {**AFTER, "CHILD": "900102"}))
    assert "episode-next-missing" in flags(found.accounts[1])


@pytest.mark.parametrize("code", sorted(BEGINS))
def test_each_reason_for_an_episode_tells_what_began(tmp_path: Path, code: str) -> None:
    found = imported(tmp_path, episodes({**AFTER, "RNE": code}))
    assert facts(found) == [BEGINS[code]]


@pytest.mark.parametrize(
    ("code", "also"),
    [
        pytest.param("E4A", (), id="home"),
        pytest.param("E2", ("death",), id="died"),
        pytest.param("E11", ("adoption-order", "permanence-order"), id="adopted"),
        pytest.param("E47", ("permanence-order",), id="special-guardianship"),
    ],
)
def test_a_closing_code_ends_the_placement_too(
    tmp_path: Path, code: str, also: tuple[str, ...]
) -> None:
    found = imported(tmp_path, episodes({**AFTER, "DEC": "01/03/2019", "REC": code}))
    assert facts(found)[1] == ("cla-end", "placement-end", *also)
    assert found.accounts[1].outcome.endswith(f"[{code}]")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param({**AFTER, "REC": "E4A"}, "DEC is blank", id="end-without-a-date"),
        pytest.param({"RNE": "P", "DEC": "01/03/2019"}, "DECOM is blank", id="start-without"),
        pytest.param({**AFTER, "DECOM": "soon"}, "'soon' is not a date", id="no-date"),
        pytest.param({**AFTER, "DECOM": "01/01/1900"}, "no date is known", id="no-real-date"),
        pytest.param({}, "It gives no date", id="nothing"),
    ],
)
def test_what_has_no_date_is_left_out_with_why(
    tmp_path: Path, row: dict[str, str], reason: str
) -> None:
    found = imported(tmp_path, episodes(row))
    assert [reason in one.reason for one in found.left_out] == [True]


def test_an_end_before_the_start_is_told_and_flagged(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**AFTER, "DEC": "01/03/2018", "REC": "E8"}))
    assert "date-backwards" in flags(found.accounts[1])


def test_a_section_20_start_is_no_court_order(tmp_path: Path) -> None:
    found = imported(tmp_path, episodes({**AFTER, "RNE": "L", "LS": "V2"}))
    assert found.accounts[0].event_type == "LEGAL.S20"


#: Heading and table of each code list that an episode or another row holds.
WHERE = {
    "new-episode": ("RNE", "episodes"),
    "legal-status": ("LS", "episodes"),
    "need": ("CIN", "episodes"),
    "placement": ("PLACE", "episodes"),
    "provider": ("PLACE_PROVIDER", "episodes"),
    "ceased": ("REC", "end"),
    "placement-change": ("REASON_PLACE_CHANGE", "end"),
    "review": ("REVIEW_CODE", "CHILD,REVIEW,REVIEW_CODE\n9,01/02/2019,{}\n"),
    "worker-change": ("SW_REASON", "CHILD,SW_ID,SW_DECOM,SW_REASON\n9,S1,01/02/2019,{}\n"),
    "previous-permanence": ("PREV_PERM", "CHILD,PREV_PERM,DATE_PERM\n9,{},01/02/2019\n"),
    "no-longer-adoption": (
        "REASON_PLACED_CEASED",
        "CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n9,01/02/2019,{}\n",
    ),
    "boolean": ("FOSTER_CARE", "CHILD,DATE_MATCH,FOSTER_CARE\n9,01/02/2019,{}\n"),
}


@pytest.mark.parametrize("name", sorted(WHERE))
def test_every_code_is_told_in_words_with_the_code_beside_it(tmp_path: Path, name: str) -> None:
    heading, table = WHERE[name]
    for code in code_list("ssda903", name).values():
        if table in ("episodes", "end"):
            row = {**AFTER, "DEC": "01/03/2019" if table == "end" else "", heading: code.code}
            found = imported(tmp_path, episodes(row))
        else:
            found = imported(tmp_path, table.format(code.code))
        told = found.accounts[-1]
        assert f"{code.meaning} [{code.code}" in told.narrative
        assert "code-unknown" not in flags(told)
        if heading == "REC" and code.code == "X1":
            assert "episode-next-missing" in flags(told)


def test_every_list_is_used_or_kept_for_rows_without_a_date() -> None:
    only_states = {"sdq-reason", "in-touch", "activity", "accommodation", "missing"}
    hidden = {"adopters", "adopters-legal"}
    assert set(LISTS) == set(WHERE) | only_states | hidden


@pytest.mark.parametrize("heading", ["RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER"])
def test_an_unknown_code_is_shown_as_written_and_flagged(tmp_path: Path, heading: str) -> None:
    found = imported(tmp_path, episodes({**AFTER, heading: "QQ9"}))
    assert "QQ9" in found.accounts[0].narrative
    assert "code-unknown" in flags(found.accounts[0])


def test_a_code_out_of_use_is_flagged_from_that_day_on(tmp_path: Path) -> None:
    old = imported(tmp_path, episodes({**AFTER, "PLACE": "H5"}))
    new = imported(tmp_path, episodes({**AFTER, "PLACE": "H5", "DECOM": "01/04/2024"}))
    assert "code-retired" not in flags(old.accounts[0])
    assert "code-retired" in flags(new.accounts[0])


def test_where_a_child_lives_is_withheld_everywhere(tmp_path: Path) -> None:
    where = {"HOME_POST": "ZZ99 1AA", "PL_POST": "ZZ99 2BB", "URN": "SC999999"}
    found = imported(tmp_path, episodes({**AFTER, **where}, {**where, "REC": "E8"}))
    account = found.accounts[0]
    assert account.withheld == ("HOME_POST", "PL_POST", "URN")
    assert "content-withheld" in flags(account)
    said = [account.narrative, account.location, str(account.other), account.outcome]
    said += [cell for left in found.left_out for cell in left.cells]
    for text in where.values():
        assert not any(text in one for one in said)
    assert ("HOME_POST", "ZZ99 1AA") in account.raw


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("\ufeff{}".encode(), id="bom"),
        pytest.param("utf-16", id="utf-16"),
        pytest.param("crlf", id="crlf"),
        pytest.param("tab", id="tab"),
        pytest.param("semicolon", id="semicolon"),
        pytest.param("lower", id="small-headings"),
    ],
)
def test_the_same_rows_in_other_writing_tell_the_same(tmp_path: Path, written: str | bytes) -> None:
    plain = episodes({**BEFORE, **CHANGE}, AFTER)
    head, rest = plain.split("\n", 1)
    forms = {
        "utf-16": plain.encode("utf-16"),
        "crlf": plain.replace("\n", "\r\n").encode(),
        "tab": plain.replace(",", "\t").encode(),
        "semicolon": plain.replace(",", ";").encode(),
        "lower": f"{head.lower()}\n{rest}".encode(),
    }
    data = forms[written] if isinstance(written, str) else b"\xef\xbb\xbf" + plain.encode()
    expected = imported(tmp_path, plain)
    found = imported(tmp_path, data, "other.csv")
    assert found.importer == "ssda903"
    assert [a.id for a in found.accounts] == [a.id for a in expected.accounts]


@pytest.mark.parametrize("written", ["2019-02-05", "2019-02-05 00:00:00", "05/02/2019 00:00"])
def test_a_day_is_a_day_however_it_is_written(tmp_path: Path, written: str) -> None:
    when = imported(tmp_path, episodes({**AFTER, "DECOM": written})).accounts[0].occurred
    assert (when.precision, when.start) == ("day", date(2019, 2, 5))


def test_missing_and_extra_columns_are_borne(tmp_path: Path) -> None:
    text = "TEST_COLUMN,CHILD,DECOM,RNE,LS\nx,900101,05/02/2019,L,C2\n"
    found = imported(tmp_path, text)
    assert facts(found) == [("legal-status-start",)]
    assert ("TEST_COLUMN", "x") in found.accounts[0].raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("zz/05/2014", ("month", date(2014, 5, 1)), id="month"),
        pytest.param("zz/zz/2009", ("year", date(2009, 1, 1)), id="year"),
        pytest.param("31/03/2010", ("day", date(2010, 3, 31)), id="day"),
    ],
)
def test_a_date_known_in_part_is_no_more_than_that(
    tmp_path: Path, text: str, expected: tuple[str, date]
) -> None:
    found = imported(tmp_path, f"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n9,,P2,,{text}\n")
    when = found.accounts[0].occurred
    assert (when.precision, when.start, when.written) == (*expected, text)


@pytest.mark.parametrize(
    ("text", "told", "left"),
    [
        pytest.param("CHILD,DOB,MISSING,MIS_START,MIS_END\n9,,M,01/02/2019,02/02/2019\n", 2, 0),
        pytest.param("CHILD,DOB,MISSING,MIS_START,MIS_END\n9,,A,01/02/2019,\n", 1, 0),
        pytest.param("CHILD,DOB,MISSING,MIS_START,MIS_END\n9,,,01/02/2019,\n", 1, 0),
        pytest.param("CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED\n9,,12,,0\n", 0, 1),
        pytest.param("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n9,,YES,F2,U1\n", 0, 1),
        pytest.param("CHILD,SEX,DOB,DUC\n9,1,,06/06/2024\n9,1,,\n", 1, 1),
        pytest.param("CHILD,DOB,DOLO_START,DOLO_END\n9,,01/01/2025,02/01/2025\n", 2, 0),
        pytest.param("CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED\n9,,01/01/2020,x\n", 1, 1),
        pytest.param("CHILD,DOB,DATE_INT,DATE_MATCH\n9,,01/01/2020,02/02/2020\n", 2, 0),
        pytest.param("CHILD,DOB,SW_ID,SW_DECOM,SW_DEC\n9,,S1,01/01/2020,02/02/2020\n", 2, 0),
        pytest.param("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n9,2,,WBRI,,1,01/01/2020\n", 1, 0),
        pytest.param("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n9,2,,WBRI,,,\n", 0, 1),
    ],
)
def test_every_table_is_known_by_its_headings(
    tmp_path: Path, text: str, told: int, left: int
) -> None:
    found = imported(tmp_path, text)
    assert found.importer == "ssda903"
    assert (len(found.accounts), len(found.left_out)) == (told, left)


def test_tables_joined_into_one_lose_no_date(tmp_path: Path) -> None:
    headings = ["SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB", "UASC"]
    headings += [*EPISODES, "DUC", "DATE_INT"]
    row = {**AFTER, "SEX": "1", "ETHNIC": "WBRI", "DUC": "06/06/2021", "DATE_INT": "07/07/2021"}
    found = imported(tmp_path, episodes(row, {**AFTER, "DECOM": ""}, headings=headings))
    assert facts(found) == [("placement-start",), ("adoption-decision",), ("uasc-end",)]
    assert len({account.source for account in found.accounts}) == 3
    assert len(found.left_out) == 1


def test_a_numbered_first_column_without_a_heading_is_borne(tmp_path: Path) -> None:
    text = ",CHILD,DECOM,RNE,LS\n0,900101,05/02/2019,L,C2\n"
    assert facts(imported(tmp_path, text)) == [("legal-status-start",)]


def test_a_header_says_who_a_number_is(tmp_path: Path) -> None:
    text = "CHILD,SEX,DOB,ETHNIC,UPN\n900101,1,04/05/2010,WBRI,E099000000001\n900102,2,,WBRI,UN3\n"
    first, second = imported(tmp_path, text).left_out
    assert first.person is not None
    assert {i.kind: i.text for i in first.person.identifiers} == {
        "local": "900101",
        "upn": "E099000000001",
    }
    assert second.person is not None
    assert [i.kind for i in second.person.identifiers] == ["local"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    bad = '=HYPERLINK("http://example.test")<script>alert(1)</script>'
    account = imported(tmp_path, episodes({**AFTER, "LS": bad})).accounts[0]
    assert f"Legal status: {bad}" in account.narrative
    assert "code-unknown" in flags(account)


@pytest.mark.parametrize(
    "heading",
    [
        "Date,Event,Outcome",
        "Child,Date placed,Carer,Reason",
        "Child,DOB,Review,Notes",
        "CHILD,DOB,UPN,SEX",
        "CHILD,PLACE,DEC,REC",
        "Child Unique ID,Date of Contact,Contact Source",
        "Date,Time,Child,Missing,Details",
        "clae_person_id,clae_cla_episode_start_date",
    ],
)
def test_other_tables_are_left_to_others(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(f"{heading}\n" + ",".join("x" for _ in heading.split(",")) + "\n")
    document = read(path)
    assert not next(one for one in FORMATS if one.name == "ssda903").recognises(document)


XML = (
    "<EXPSSDA903{}><CHILD><HEADER><CHILDID>900101</CHILDID><DOB>04/05/2010</DOB></HEADER>"
    "<EPISODE><DECOM>01/10/2018</DECOM><RNE>S</RNE><LS>C1</LS><PL>U6</PL>"
    "<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>05/02/2019</DEC><REC>X1</REC>"
    "<REASON_PLACE_CHANGE>CREQB</REASON_PLACE_CHANGE></EPISODE>"
    "<EPISODE><DECOM>05/02/2019</DECOM><RNE>P</RNE><LS>C1</LS><PL>K2</PL>"
    "<PLACE_PROVIDER>PR4</PLACE_PROVIDER></EPISODE></CHILD></EXPSSDA903>"
)


@pytest.mark.parametrize("space", ["", ' xmlns="urn:example:wrong"'])
def test_the_xml_form_tells_what_the_tables_tell(tmp_path: Path, space: str) -> None:
    tables = imported(tmp_path, episodes({**BEFORE, **CHANGE}, AFTER))
    found = imported(tmp_path, XML.format(space), "return.xml")
    assert [a.id for a in found.accounts] == [a.id for a in tables.accounts]
    assert found.accounts[0].subjects[0].born == "04/05/2010"
    assert len({a.source for a in found.accounts}) == 2


def test_a_truncated_xml_file_is_read_as_far_as_it_goes_and_the_cut_is_told(tmp_path: Path) -> None:
    found = imported(tmp_path, XML.format("")[:200], "return.xml")
    assert [account.occurred.written for account in found.accounts] == ["01/10/2018"]
    assert any("is damaged" in note for note in found.notes)
    assert "copied only in part" in found.left_out[-1].reason
    assert "05/02/201" in found.left_out[-1].reason


@st.composite
def chains(draw: st.DrawFn) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for number in range(draw(st.integers(1, 3))):
        day = date(2015, 1, 1) + timedelta(draw(st.integers(0, 900)))
        spans = draw(st.lists(st.integers(1, 200), min_size=1, max_size=5))
        for index, span in enumerate(spans):
            end = day + timedelta(span)
            last = index + 1 == len(spans)
            rows.append(
                {
                    "CHILD": f"90{number}",
                    "DECOM": f"{day:%d/%m/%Y}",
                    "RNE": "S" if index == 0 else draw(st.sampled_from("LPTBU")),
                    "LS": draw(st.sampled_from(["C1", "V2", "E1"])),
                    "PLACE": "U6",
                    "DEC": f"{end:%d/%m/%Y}",
                    "REC": draw(st.sampled_from(["E4A", "E2", "E8"])) if last else "X1",
                }
            )
            day = end
    return list(draw(st.permutations(rows)))


@given(chains())
def test_every_date_of_every_episode_is_told_once(rows: list[dict[str, str]]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        found = imported(Path(folder), episodes(*rows))
    days = {(row["CHILD"], row[name]) for row in rows for name in ("DECOM", "DEC")}
    told = [(a.subjects[0].identifiers[0].text, a.occurred.written) for a in found.accounts]
    assert sorted(told) == sorted(days)
    assert not found.left_out


@pytest.mark.parametrize(
    ("born", "ceased", "is_told"),
    [
        ("11/09/2010", "11/09/2028", False),
        ("11/09/2010", "06/09/2028", False),
        ("29/02/2008", "28/02/2026", False),
        ("11/09/2010", "05/05/2022", True),
    ],
)
def test_the_end_that_comes_with_the_18th_birthday_is_expected(
    tmp_path: Path, born: str, ceased: str, is_told: bool
) -> None:
    found = imported(tmp_path, f"CHILD,SEX,DOB,DUC\n9,1,{born},{ceased}\n")
    assert (len(found.accounts), len(found.left_out)) == (is_told, not is_told)
    assert all("expected to end" in row.reason for row in found.left_out)


@pytest.mark.parametrize(
    ("year", "ceased", "is_told"),
    [("2025", "31/03/2025", True), ("2025", "01/04/2025", False), ("2024", "01/04/2024", False)],
)
def test_the_year_of_the_return_says_what_is_yet_to_come(
    tmp_path: Path, year: str, ceased: str, is_told: bool
) -> None:
    found = imported(tmp_path, f"CHILD,SEX,DOB,DUC,YEAR\n9,1,01/01/2007,{ceased},{year}\n")
    assert len(found.accounts) == is_told


@pytest.mark.parametrize(("ceased", "is_told"), [("30/03/2023", True), ("01/04/2023", False)])
def test_the_last_event_of_the_set_says_what_is_yet_to_come(
    tmp_path: Path, ceased: str, is_told: bool
) -> None:
    header = f"<CHILDID>9</CHILDID><DOB>01/01/2005</DOB><UASC>1</UASC><DUC>{ceased}</DUC>"
    review = "<AREVIEW><REVIEW>05/02/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>"
    text = f"<SSDA903><CHILD><HEADER>{header}{review}</HEADER></CHILD></SSDA903>"
    found = imported(tmp_path, text, "one.xml")
    told = [account.facts for account in found.accounts]
    assert (("uasc-end",) in told) is is_told


def test_an_end_of_which_nothing_is_known_says_so(tmp_path: Path) -> None:
    (told,) = imported(tmp_path, "CHILD,SEX,DOB,DUC\n9,1,,06/06/2024\n").accounts
    assert "does not show whether that day had come" in told.narrative
