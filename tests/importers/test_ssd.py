"""The Standard Safeguarding Dataset: known by its columns, every dated column told or left out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from grids import a_document
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account, Identifier, Mention, Said
from chronology.errors import UnreadableFileError
from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.importers.defined.ssd import Ssd
from chronology.importers.defined.ssd_kinds import code_of, shown
from chronology.importers.defined.ssd_lists import factors, outcomes, plans
from chronology.importers.defined.ssd_tables import EARLIER, TABLES, Table
from chronology.reading import read
from chronology.vocabulary.codes import code_list
from chronology.vocabulary.facts import facts
from chronology.vocabulary.tables import rows as table_rows

TABLE = {table.prefix: table for table in TABLES}
LISTS = sorted({row["list"] for row in table_rows("codes/ssd")})


def written(*told: Mapping[str, str], headings: Sequence[str] = ()) -> str:
    out = io.StringIO()
    names = headings or list(dict.fromkeys(name for row in told for name in row))
    table = csv.DictWriter(out, names, lineterminator="\n")
    table.writeheader()
    table.writerows(told)
    return out.getvalue()


def imported(folder: Path, text: str | bytes, name: str = "one.csv") -> Extract:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return extract(read(path))


def workbook(folder: Path, **sheets: Sequence[Mapping[str, object]]) -> Extract:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, told in sheets.items():
        sheet = book.create_sheet(name)
        headings = list(dict.fromkeys(key for row in told for key in row))
        sheet.append(headings)
        for row in told:
            sheet.append([row.get(key) for key in headings])
    path = folder / "ssd.xlsx"
    book.save(path)
    return extract(read(path))


def one(prefix: str, **cells: str) -> dict[str, str]:
    """A row of a table: every column, those not given blank."""
    table = TABLE[prefix]
    return {column: cells.get(column.removeprefix(f"{prefix}_"), "") for column in table.columns}


def a_row(prefix: str, **cells: str) -> Extract:
    row = one(prefix, person_id="1001", **cells)
    found = extract(a_document(tuple(row), tuple(row.values())))
    assert found.importer == "ssd"
    return found


def facts_of(found: Extract) -> list[tuple[str, ...]]:
    return [account.facts for account in found.accounts]


def flags(account: Account) -> set[str]:
    return {flag.code for flag in account.flags}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.prefix)
def test_every_table_is_known_by_its_columns_alone(table: Table) -> None:
    document = a_document(table.columns, tuple("x" for _ in table.columns), file="export.csv")
    assert isinstance(recognised(document), Ssd)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.prefix)
def test_every_date_of_a_row_is_told_or_left_out(table: Table) -> None:
    begin = date(2023, 1, 31)
    days = {one.column: begin + timedelta(days=n) for n, one in enumerate(table.dated)}
    row = {column: str(days.get(column, "x")) for column in table.columns}
    found = extract(a_document(tuple(row), tuple(row.values())))
    told = [account.occurred.start for account in found.accounts]
    assert sorted(told) == sorted(days.values())
    assert len(found.left_out) == bool(table.undated)
    places = [a.source for a in found.accounts] + [r.source for r in found.left_out]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.prefix)
def test_a_row_without_a_date_is_left_out_with_the_reason(table: Table) -> None:
    row = dict.fromkeys(table.columns, "") | {table.columns[0]: "7"}
    found = extract(a_document(tuple(row), tuple(row.values())))
    assert not found.accounts
    assert len(found.left_out) == 1
    assert found.left_out[0].reason.endswith(".")


def test_the_facts_of_every_table_are_shared_facts() -> None:
    known = facts().keys()
    plain = [d.fact for t in TABLES for d in t.dated if d.fact and "|" not in d.fact]
    assert plain
    assert set(plain) <= known


def test_no_column_stands_in_two_tables() -> None:
    columns = [column for table in TABLES for column in table.columns]
    assert not [column for column, times in Counter(columns).items() if times > 1]
    assert set(EARLIER) <= set(columns)


@pytest.mark.parametrize("name", LISTS)
def test_every_code_is_told_in_words_with_the_code_beside_it(name: str) -> None:
    for code in code_list("ssd", name).values():
        text, doubts = shown(name, code.code)
        assert not doubts
        assert code.meaning in text
        if name not in ("yes_no",):
            assert f"[{code.code}" in text
        assert code_of(name, code.code.lower()) == code.code.upper()


_CODED = [
    (table, dated, label, column, codes)
    for table in TABLES
    for dated in table.dated
    for label, column, codes in dated.details
    if codes in LISTS
]


@given(st.data())
def test_rows_in_are_records_and_rows_left_out_whatever_the_codes(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from([t for t in TABLES if t.dated]))
    codes = {c: name for t, _, _, c, name in _CODED if t is table}
    days = st.dates(date(2010, 1, 1), date(2025, 12, 31)).map(str)
    dated = {d.column for d in table.dated}
    told = []
    for number in range(data.draw(st.integers(1, 5))):
        row = dict.fromkeys(table.columns, "")
        row |= {table.key: str(number), table.person or table.key: str(number)}
        for column in table.columns:
            if column in dated:
                row[column] = data.draw(st.one_of(days, st.sampled_from(("", "soon", "NULL"))))
            elif column in codes:
                listed = sorted(code_list("ssd", codes[column]))
                row[column] = data.draw(st.sampled_from([*listed, "QQ9", ""]))
        told.append(row)
    found = extract(a_document(table.columns, *(tuple(r.values()) for r in told)))
    given_dates = sum(bool(r[c]) and r[c] != "NULL" for r in told for c in dated)
    bare = sum(not any(r[c] and r[c] != "NULL" for c in dated) for r in told)
    stated = len(told) if table.undated else bare
    repeated = [r for r in found.left_out if "stands in another row" in r.reason]
    shown_twice = 2 * len(told) if any(d.repeats for d in table.dated) else 0
    said = len(found.accounts) + len(found.left_out) - len(repeated)
    assert given_dates + stated - shown_twice <= said <= given_dates + stated
    assert {a.source.row for a in found.accounts} | {r.source.row for r in found.left_out} == set(
        range(2, len(told) + 2)
    )


def test_columns_are_known_by_the_names_of_earlier_releases() -> None:
    for column, earlier in EARLIER.items():
        table = next(t for t in TABLES if column in t.columns)
        for name in earlier:
            row = [name if c == column else c for c in table.columns]
            found = extract(a_document(row, ["2024-03-05" for _ in row]))
            assert found.importer == "ssd", name
            if column in {d.column for d in table.dated}:
                assert any(a.occurred.start == date(2024, 3, 5) for a in found.accounts), name


CONTACT = "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CONTACT.encode() + b"C1,7,2024-03-05,6\n", id="ISO"),
        pytest.param(b"\xef\xbb\xbf" + CONTACT.encode() + b"C1,7,2024-03-05,6\n", id="UTF-8 BOM"),
        pytest.param((CONTACT + "C1,7,2024-03-05,6\n").encode("utf-16"), id="UTF-16"),
        pytest.param(CONTACT.encode("cp1252") + b"C\xe91,7,05/03/2024,6\n", id="cp1252, dd/mm"),
        pytest.param(CONTACT.upper().encode() + b"C1,7,2024-03-05,6\n", id="capitals"),
        pytest.param(
            (CONTACT + "C1,7,2024-03-05 00:00:00.000,6\n").encode(), id="database timestamps"
        ),
        pytest.param((CONTACT + "C1,7,2024-03-05T00:00:00,6\n").encode(), id="T and seconds"),
        pytest.param((CONTACT + "C1,7,05/03/2024 00:00,6\n").encode(), id="dd/mm and midnight"),
        pytest.param((CONTACT + "C1,7,05-Mar-2024,6\n").encode(), id="month in letters"),
        pytest.param(
            (CONTACT + "C1,7,2024-03-05,6\n").replace(",", "|").encode(), id="bars between"
        ),
        pytest.param(
            b"ssd_contacts.cont_contact_id,ssd_contacts.cont_person_id,cont_contact_date,x\nC1,7,2024-03-05,6\n",
            id="named with the table",
        ),
        pytest.param(
            b"Contacts for the panel,,,\n" + CONTACT.encode() + b"C1,7,2024-03-05,6\n", id="title"
        ),
        pytest.param(b"cont_contact_date,cont_person_id\n2024-03-05,7\n", id="columns missing"),
    ],
)
def test_the_same_contact_is_read_however_it_is_written(tmp_path: Path, text: bytes) -> None:
    (account,) = imported(tmp_path, text).accounts
    assert account.occurred.start == account.occurred.end == date(2024, 3, 5)
    assert account.occurred.clock is None
    assert account.facts == ("contact",)
    assert account.subjects[0].identifiers == (Identifier("local", "7"),)


def test_a_time_that_was_written_is_kept() -> None:
    row = one("cont", contact_id="1", person_id="7", contact_date="2024-03-05 14:30:00")
    (account,) = extract(a_document(tuple(row), tuple(row.values()))).accounts
    assert str(account.occurred.clock) == "14:30:00"


def test_a_file_cut_short_keeps_the_rows_it_has(tmp_path: Path) -> None:
    found = imported(tmp_path, CONTACT + "C1,7,2024-03-05,6\nC2,7,2024-03")
    assert len(found.accounts) + len(found.left_out) == 2


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(("Date", "Event", "Agency"), id="hand-made"),
        pytest.param(("Person ID", "Case note date", "Type", "Note"), id="case notes"),
        pytest.param(("CHILD", "DOB", "REVIEW", "REVIEW_CODE"), id="903"),
        pytest.param(("person_id", "due_date", "actual_date", "quorate"), id="bare earlier names"),
        pytest.param(("cont_person_id", "Event", "Notes", "Worker"), id="one column of ours"),
    ],
)
def test_other_tables_are_not_taken_for_it(headings: Sequence[str]) -> None:
    document = a_document(headings, ["2024-03-05" for _ in headings])
    assert not Ssd().recognises(document)


def test_outcomes_are_told_in_words_with_their_keys() -> None:
    cell = json.dumps(
        {
            "NEW_REFERRAL_FLAG": "Y",
            "NFA_FLAG": "N",
            "OUTCOME_ADVICE_FLAG": True,
            "OUR_OWN_FLAG": 1,
            "NUMBER_OF_OUTCOMES": 3,
            "COMMENTS": "Seen with bruises; GP told",
        }
    )
    found = a_row("cont", contact_date="2024-03-05", contact_outcome_json=cell)
    (account,) = found.accounts
    assert account.outcome == (
        "new referral [NEW_REFERRAL_FLAG]; advice [ADVICE_FLAG]; Our own [OUR_OWN_FLAG]; "
        "Comments: Seen with bruises; GP told"
    )
    assert ("cont_contact_outcome_json", cell) in account.raw
    assert flags(account) == {"code-unknown"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        pytest.param("CIN Referral", "CIN Referral", id="words"),
        pytest.param('{"NFA_FLAG": "N"}', "", id="nothing set"),
        pytest.param('{"NFA_FLAG": "Y"', '{"NFA_FLAG": "Y"', id="cut short"),
        pytest.param("[]", "", id="empty list"),
        pytest.param('{"NFA_FLAG": {"a": 1}}', "", id="nested"),
    ],
)
def test_an_outcome_that_is_no_list_of_flags_stands_as_written(cell: str, said: str) -> None:
    assert outcomes(cell)[0] == said


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('["1A", "16A"]', id="list"),
        pytest.param('{"1A": "Yes", "2B": "No", "16A": "Y"}', id="flags"),
        pytest.param("1A, 16A", id="with commas"),
    ],
)
def test_factors_are_told_in_words(cell: str) -> None:
    assert factors(cell) == ("alcohol misuse: child [1A]; neglect [16A]", ())


def test_a_factor_that_is_no_factor_is_doubted() -> None:
    text, doubts = factors('["RB"]')
    assert text == "RB"
    assert [flag.code for flag in doubts] == ["code-unknown"]


def test_kinds_of_care_plan_are_told() -> None:
    assert plans('{"ADOPTION": "Y", "RETURN1M": "N", "OTHERPLN": "SGO to aunt"}')[0] == (
        "adoption [ADOPTION, unverified]; other plan [OTHERPLN, unverified]: SGO to aunt"
    )


def test_what_is_due_is_told_with_the_review_and_is_no_event() -> None:
    found = a_row("cppr", cp_review_due="2024-03-01", cp_review_date="2024-03-05")
    (account,) = found.accounts
    assert account.occurred.start == date(2024, 3, 5)
    assert "Review due: 01/03/2024" in account.narrative


@pytest.mark.parametrize(
    ("prefix", "column"),
    [
        pytest.param("cppr", "cp_review_due", id="child protection review"),
        pytest.param("clar", "cla_review_due_date", id="looked-after review"),
        pytest.param("icpc", "icpc_target_date", id="conference"),
    ],
)
def test_a_row_with_a_deadline_alone_is_left_out(prefix: str, column: str) -> None:
    found = a_row(prefix, **{column: "2024-03-01"})
    assert not found.accounts
    assert "due" in found.left_out[0].reason


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        pytest.param("S", ("cla-start", "legal-status-start", "placement-start"), id="S"),
        pytest.param("s", ("cla-start", "legal-status-start", "placement-start"), id="small"),
        pytest.param("L", ("legal-status-start",), id="L"),
        pytest.param("P - Change of placement", ("placement-start",), id="code and words"),
        pytest.param("Change of legal status only", ("legal-status-start",), id="words"),
        pytest.param("Something else", (), id="other words"),
        pytest.param("", (), id="blank"),
    ],
)
def test_an_episode_begins_what_its_reason_says(reason: str, told: tuple[str, ...]) -> None:
    found = a_row("clae", cla_episode_start_date="2024-03-05", cla_episode_start_reason=reason)
    assert facts_of(found) == [told]


def test_an_episode_that_goes_on_is_told_once() -> None:
    rows = [
        one(
            "clae",
            person_id="7",
            cla_episode_id="1",
            cla_episode_start_date="2023-01-31",
            cla_episode_start_reason="S",
            cla_episode_ceased_date="2023-05-01",
            cla_episode_ceased_reason="X1",
            entered_care_date="2023-01-31",
            cla_last_iro_contact_date="2023-06-01",
        ),
        one(
            "clae",
            person_id="7",
            cla_episode_id="2",
            cla_episode_start_date="2023-05-01",
            cla_episode_start_reason="P",
            entered_care_date="2023-01-31",
            cla_last_iro_contact_date="2023-06-01",
        ),
    ]
    found = extract(a_document(tuple(rows[0]), *(tuple(row.values()) for row in rows)))
    assert [a.facts[0] for a in found.accounts] == ["cla-start", "iro-visit", "placement-start"]
    assert ["begins the same day" in row.reason for row in found.left_out] == [True]


def test_an_episode_said_to_go_on_where_no_other_begins_is_told_and_doubted() -> None:
    found = a_row("clae", cla_episode_ceased_date="2023-05-01", cla_episode_ceased_reason="X1")
    (account,) = found.accounts
    assert flags(account) == {"episode-next-missing"}
    assert account.event_type == "CARE.MOVE"


def test_the_day_of_entering_care_is_told_where_no_episode_tells_it() -> None:
    found = a_row(
        "clae",
        cla_episode_start_date="2023-05-01",
        cla_episode_start_reason="P",
        entered_care_date="2019-02-01",
    )
    assert facts_of(found) == [("placement-start",), ("cla-start",)]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param("M", "missing-start", id="M"),
        pytest.param("A", "away-start", id="A"),
        pytest.param("Away from placement without authorisation", "away-start", id="words"),
        pytest.param("Unauthorised absence", "away-start", id="other words"),
        pytest.param("", "missing-start", id="blank"),
    ],
)
def test_missing_and_away_are_told_apart(kind: str, told: str) -> None:
    found = a_row("miss", missing_episode_start_date="2024-03-05", missing_episode_type=kind)
    assert facts_of(found) == [(told,)]


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        pytest.param("Dental Check", "", ("cla-dental",), id="dental"),
        pytest.param("Health Assessment", "Completed", ("cla-health",), id="health"),
        pytest.param("Optician", "", (), id="other"),
        pytest.param("Health Assessment", "Refused", (), id="refused"),
    ],
)
def test_a_check_is_what_its_kind_and_status_say(
    kind: str, status: str, told: tuple[str, ...]
) -> None:
    found = a_row(
        "clah",
        health_check_date="2024-03-05",
        health_check_type=kind,
        health_check_status=status,
    )
    assert facts_of(found) == [told]


@pytest.mark.parametrize(
    ("seen", "told", "said"),
    [
        pytest.param("Y", ("cin-visit",), Said.YES, id="seen"),
        pytest.param("N", (), Said.NO, id="not seen"),
        pytest.param("", (), Said.NOT_RECORDED, id="not said"),
    ],
)
def test_a_visit_says_that_the_child_was_seen_only_where_it_does(
    seen: str, told: tuple[str, ...], said: Said
) -> None:
    found = a_row("cinv", cin_visit_date="2024-03-05", cin_visit_seen=seen)
    assert facts_of(found) == [told]
    assert found.accounts[0].child_seen is said


def test_every_visit_is_told() -> None:
    rows = [one("clav", person_id="7", cla_visit_date=f"2024-0{m}-05") for m in range(1, 8)]
    found = extract(a_document(tuple(rows[0]), *(tuple(row.values()) for row in rows)))
    assert facts_of(found) == [("cla-visit",)] * 7


def test_a_cancelled_review_is_not_told_as_held() -> None:
    found = a_row("clar", cla_review_date="2024-03-05", cla_review_cancelled="Y")
    assert facts_of(found) == [()]
    assert "cancelled" in found.accounts[0].event_type_written


def test_an_adoption_order_is_told_from_other_orders() -> None:
    first = a_row("perm", permanence_order_date="2024-03-05", permanence_order_type="SGO")
    other = a_row("perm", permanence_order_date="2024-03-05", permanence_order_type="Adoption")
    assert (facts_of(first), facts_of(other)) == ([("permanence-order",)], [("adoption-order",)])


@pytest.mark.parametrize(
    ("cell", "precision"),
    [
        pytest.param("zz/03/2015", "month", id="day not known"),
        pytest.param("ZZ/ZZ/2015", "year", id="month not known"),
        pytest.param('{"ORDERYEAR": 2015, "ORDERMONTH": 3, "ORDERDATE": ""}', "month", id="parts"),
        pytest.param('{"ORDERYEAR": 2015, "ORDERMONTH": 3, "ORDERDATE": 9}', "day", id="whole"),
    ],
)
def test_a_previous_order_keeps_how_exactly_it_is_known(cell: str, precision: str) -> None:
    (account,) = a_row("lapp", previous_permanence_order_date=cell).accounts
    assert account.occurred.precision == precision
    assert account.occurred.written == cell
    assert account.occurred.start is not None
    assert account.occurred.start.year == 2015


@pytest.mark.parametrize("cell", ["1900-01-01", "9999-12-31", "11/11/1811"])
def test_a_date_that_stands_for_none_is_not_told(cell: str) -> None:
    found = a_row("cont", contact_date=cell)
    assert not found.accounts
    assert cell in found.left_out[0].reason


def test_addresses_and_adopters_are_withheld_everywhere() -> None:
    found = a_row(
        "addr",
        address_start_date="2024-03-05",
        address_type="Home",
        address_postcode="ZZ99 3WZ",
        address_json='{"STREET": "Nowhere Lane"}',
    )
    (account,) = found.accounts
    assert set(account.withheld) == {"addr_address_postcode", "addr_address_json"}
    assert "content-withheld" in flags(account)
    shown_anywhere = (account.narrative, account.location, account.outcome, account.other)
    assert "ZZ99" not in str(shown_anywhere)
    undated = a_row("addr", address_postcode="ZZ99 3WZ")
    assert "ZZ99" not in str(undated.left_out[0].cells)


@pytest.mark.parametrize("heading", ["addr_address_postcode", "cont_local_address", "UPRN"])
def test_an_address_beside_another_table_is_withheld_too(heading: str) -> None:
    row = one("cont", person_id="7", contact_date="2024-03-05") | {heading: "ZZ99 3WZ"}
    (account,) = extract(a_document(tuple(row), tuple(row.values()))).accounts
    assert account.withheld == (heading,)
    assert "ZZ99" not in str((account.narrative, account.other, account.outcome))


def test_persons_say_who_a_number_is() -> None:
    found = a_row(
        "pers",
        forename="Ada",
        surname="Example",
        dob="2015-02-03",
        upn="A123456789012",
        death_date="2024-03-05",
    )
    assert facts_of(found) == [("death",)]
    assert found.left_out[0].person == Mention(
        "Ada Example",
        "",
        "2015-02-03",
        (Identifier("local", "1001"), Identifier("upn", "A123456789012")),
    )


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        pytest.param("999 000 0018", ["local", "nhs"], id="NHS number"),
        pytest.param("SUI-77", ["local"], id="another number"),
    ],
)
def test_the_common_number_of_a_person_counts_where_it_is_an_nhs_number(
    cell: str, kinds: list[str]
) -> None:
    person = a_row("pers", dob="2015-02-03", single_unique_id=cell).left_out[0].person
    assert person is not None
    assert [number.kind for number in person.identifiers] == kinds


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        pytest.param("NHS Number", [("local", "1001"), ("nhs", "9990000018")], id="NHS"),
        pytest.param("Unique Pupil Number", [("local", "1001"), ("upn", "9990000018")], id="UPN"),
        pytest.param("Former Unique Pupil Number", [("local", "1001"), ("upn", "9990000018")]),
        pytest.param("Home Office Registration", None, id="another system's"),
    ],
)
def test_linked_identifiers_pair_numbers(kind: str, numbers: list[tuple[str, str]] | None) -> None:
    found = a_row(
        "link",
        identifier_type=kind,
        identifier_value="9990000018",
        valid_from_date="2020-01-01",
    )
    assert not found.accounts
    person = found.left_out[0].person
    assert (person and [(n.kind, n.text) for n in person.identifiers]) == numbers


def test_a_birth_to_a_looked_after_mother_names_both() -> None:
    found = a_row("moth", childs_person_id="2002", childs_dob="2024-03-05")
    (account,) = found.accounts
    assert account.facts == ("birth",)
    assert [(m.role, m.identifiers[0].text) for m in account.subjects] == [
        ("child", "2002"),
        ("mother", "1001"),
    ]


def test_one_table_of_a_workbook_says_whose_the_rows_of_another_are(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        read_me=[{"About": "Extract for the panel"}],
        prof=[
            {"prof_professional_id": "P9", "prof_professional_name": "Jo Worker"},
        ],
        clae=[{"clae_cla_episode_id": 1, "clae_person_id": "7", "clae_cla_id": "L1"}],
        clap=[
            {
                "clap_cla_placement_id": "X",
                "clap_cla_id": "L1",
                "clap_cla_placement_start_date": datetime(2024, 3, 5),
                "clap_cla_placement_postcode": "ZZ99 3WZ",
            }
        ],
        send=[{"send_table_id": "S1", "send_person_id": "7", "send_upn": ""}],
        ehcr=[{"ehcr_ehcp_request_id": "R1", "ehcr_send_table_id": "S1"}],
        ehca=[
            {
                "ehca_ehcp_assessment_id": "A1",
                "ehca_ehcp_request_id": "R1",
                "ehca_ehcp_assessment_outcome_date": datetime(2024, 4, 5),
            }
        ],
        cina=[
            {
                "cina_assessment_id": "A7",
                "cina_person_id": "7",
                "cina_assessment_auth_date": datetime(2024, 5, 5),
                "cina_assessment_worker_id": "P9",
            }
        ],
        cinf=[
            {
                "cinf_table_id": 1,
                "cinf_assessment_id": "A7",
                "cinf_assessment_factors_json": '["16A"]',
            }
        ],
    )
    told = {account.facts[0]: account for account in found.accounts}
    assert set(told) == {"placement-start", "ehcp-assessment", "assessment-authorised"}
    assert {a.subjects[0].identifiers[0].text for a in found.accounts} == {"7"}
    assert "Factors: neglect [16A]" in told["assessment-authorised"].narrative
    assert told["assessment-authorised"].professional == "Jo Worker [P9]"
    assert told["placement-start"].occurred.start == date(2024, 3, 5)
    assert {row.source.sheet for row in found.left_out} >= {"read_me", "prof", "clae", "cinf"}


def test_persons_beside_contacts_name_the_child_of_the_contact() -> None:
    row = {
        "pers_person_id": "7",
        "pers_forename": "Ada",
        "pers_surname": "Example",
        "pers_dob": "2015-02-03",
        "cont_contact_id": "C1",
        "cont_contact_date": "2024-03-05",
    }
    found = extract(a_document(tuple(row), tuple(row.values())))
    (account,) = found.accounts
    assert (account.subjects[0].name, account.subjects[0].born) == ("Ada Example", "2015-02-03")
    assert not found.left_out


def test_a_date_column_is_known_with_and_without_its_last_word() -> None:
    for name in ("earl_episode_start", "earl_episode_start_date"):
        found = extract(a_document((name, "earl_person_id"), ("2024-03-05", "7")))
        assert facts_of(found) == [("early-help-episode-start",)]


@pytest.mark.parametrize("wrap", ["{}", "[{}]", '{{"CW": {}}}'], ids=["one", "list", "by kind"])
def test_involvements_listed_beside_a_person_are_told(wrap: str) -> None:
    history = json.dumps(
        {
            "INVOLVEMENT_ID": 92,
            "INVOLVEMENT_TYPE_CODE": "CW",
            "INVOLVEMENT_TYPE_DESC": "Allocated Case Worker",
            "START_DATE": "2014-05-10T00:00:00",
            "END_DATE": "2014-09-22T00:00:00",
            "WORKER_ID": 11826,
            "DEPARTMENT_ID": -1,
        }
    )
    found = a_row("pers", dob="2010-02-03", involvement_history_json=wrap.format(history))
    assert facts_of(found) == [("worker-start",), ("worker-end",)]
    assert [str(a.occurred.start) for a in found.accounts] == ["2014-05-10", "2014-09-22"]
    assert found.accounts[0].professional == "Worker ID 11826"
    assert len(found.left_out) == 1


def test_what_belongs_to_a_date_not_given_is_told_with_the_last_one() -> None:
    found = a_row("s47e", s47_start_date="2024-03-05", s47_nfa="Y", referral_id="R4")
    (account,) = found.accounts
    assert "No further action: Yes" in account.narrative
    assert ("s47e_referral_id", "R4") in account.other


def test_a_column_that_the_tables_do_not_define_is_kept_beside() -> None:
    row = one("cont", contact_date="2024-03-05", person_id="7") | {"cont_local_risk": "High"}
    (account,) = extract(a_document(tuple(row), tuple(row.values()))).accounts
    assert ("cont_local_risk", "High") in account.other


def test_hostile_text_stays_text() -> None:
    bad = "=cmd|'/c calc'!A1 <script>alert(1)</script>"
    found = a_row("earl", episode_start_date="2024-03-05", episode_reason=bad)
    assert bad in found.accounts[0].narrative


def test_a_social_worker_is_told_from_other_professionals() -> None:
    worker = a_row("invo", involvement_start_date="2024-03-05", professional_role_id="CW")
    adviser = a_row("invo", involvement_start_date="2024-03-05", professional_role_id="PA")
    assert (facts_of(worker), facts_of(adviser)) == ([("worker-start",)], [()])


def test_an_empty_table_says_that_it_holds_nothing(tmp_path: Path) -> None:
    try:
        found = imported(tmp_path, CONTACT)
    except UnreadableFileError:
        return
    assert not found.accounts
