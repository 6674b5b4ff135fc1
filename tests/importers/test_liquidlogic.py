"""Liquidlogic's case notes: every type in words, seen and alone, nothing without a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chronology.account import Said
from chronology.importers import Extract, extract
from chronology.importers.defined.liquidlogic import Liquidlogic
from chronology.reading import read
from chronology.vocabulary.codes import code_list
from chronology.vocabulary.event_types import EVENT_TYPES

HEAD = (
    "FACT_CASENOTE_ID,DIM_PERSON_ID,DIM_LOOKUP_CASNT_TYPE_ID_CODE,EVENT_DTTM,SEEN_FLAG,"
    "SEEN_ALONE_FLAG,SEEN_BEDROOM_FLAG,NOTE\n"
)


def imported(folder: Path, text: str | bytes) -> Extract:
    path = folder / "x.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return extract(read(path))


def test_every_code_is_told_in_words_with_the_code_kept(tmp_path: Path) -> None:
    codes = list(code_list("liquidlogic", "casenote").values())
    rows = [f"{n},7,{one.code},2020-01-0{1 + n % 9} 10:00:00,Y,N,,x" for n, one in enumerate(codes)]
    found = imported(tmp_path, HEAD + "\n".join(rows))
    assert len(found.accounts) == len(codes)
    for account, one in zip(found.accounts, codes, strict=True):
        assert one.meaning in account.event_type_written
        assert f"[{one.code}" in account.event_type_written
        assert account.event_type in EVENT_TYPES
        assert not account.flags


@pytest.mark.parametrize(
    ("code", "fact"), [("STVC", "cp-visit"), ("STVCPCOVID", "cp-visit"), ("STVL", "cla-visit")]
)
def test_visits_that_other_returns_tell_are_told_alike(tmp_path: Path, code: str, fact: str):
    found = imported(tmp_path, HEAD + f"1,7,{code},2020-01-01 10:00:00,Y,Y,,x\n")
    assert found.accounts[0].facts == (fact,)


@pytest.mark.parametrize(
    ("seen", "alone", "told"),
    [
        ("Y", "Y", (Said.YES, Said.YES)),
        ("1", "0", (Said.YES, Said.NO)),
        ("", "Y", (Said.YES, Said.YES)),
        ("N", "", (Said.NO, Said.NOT_RECORDED)),
        ("", "", (Said.NOT_RECORDED, Said.NOT_RECORDED)),
    ],
)
def test_seen_and_alone(tmp_path: Path, seen: str, alone: str, told: tuple[Said, Said]) -> None:
    found = imported(tmp_path, HEAD + f"1,7,STVC,2020-01-01 10:00:00,{seen},{alone},,x\n")
    assert (found.accounts[0].child_seen, found.accounts[0].child_alone) == told


def test_an_unknown_type_is_shown_as_written_and_said(tmp_path: Path) -> None:
    found = imported(tmp_path, HEAD + "1,7,ZZZ,2020-01-01 10:00:00,,,,x\n")
    assert found.accounts[0].event_type_written == "ZZZ"
    assert [flag.code for flag in found.accounts[0].flags] == ["code-unknown"]


def test_rows_in_are_accounts_and_rows_left_out(tmp_path: Path) -> None:
    dates = ("2020-01-01 10:00:00", "NULL", "", "9999-12-31 00:00:00", "31/12/2019", "2020-02-31")
    rows = [f"{n},7,HVIS,{written},Y,Y,Y,x" for n, written in enumerate(dates)]
    found = imported(tmp_path, HEAD + "\n".join(rows))
    assert len(found.accounts) == 2
    assert len(found.left_out) == 4
    assert found.rows_read == len(rows)


def test_midnight_is_the_day_alone(tmp_path: Path) -> None:
    found = imported(tmp_path, HEAD + "1,7,HVIS,2020-06-05 00:00:00.000,,,,x\n")
    when = found.accounts[0].occurred
    assert (when.start, when.clock, when.flags) == (date(2020, 6, 5), None, ())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_letters_and_headings_of_any_case(tmp_path: Path, codec: str) -> None:
    text = HEAD.lower() + "1,7,HVIS,05/06/2020 10:00,Y,Y,Y,Zoë\n" * 3
    found = imported(tmp_path, text.encode(codec))
    assert found.importer == Liquidlogic.name
    assert [account.narrative.split("\n")[-1] for account in found.accounts] == ["Zoë"] * 3


def test_an_ordinary_table_is_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Case note ID,Person,Date,Note\n1,Ada,01/02/2020,Seen\n")
    assert not Liquidlogic().recognises(read(tmp_path / "x.csv"))
