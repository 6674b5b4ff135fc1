"""Names that browsers send are data: they lead nowhere and hide nothing."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from chronology.review.uploads import LONGEST_NAME, Inbox, safe_name


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("police log.csv", "police log.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\worker\\gp.xlsx", "gp.xlsx"),
        ("/absolute/school.docx", "school.docx"),
        ("..", ""),
        (".", ""),
        ("", ""),
        ("CON.csv", "_CON.csv"),
        ("lpt1", "_lpt1"),
        ("a<b>|c?.csv", "a_b__c_.csv"),
        ("gp\u202excod.csv", "gp_xcod.csv"),
        ("line\nbreak.csv", "line_break.csv"),
        ("trailing. . ", "trailing"),
        ("Ysgol Dŵr.xlsx", "Ysgol Dŵr.xlsx"),
    ],
)
def test_a_name_is_made_safe(sent, stored):
    assert safe_name(sent) == stored


def test_a_long_name_keeps_its_ending():
    name = safe_name("x" * 500 + ".xlsx")
    assert len(name) == LONGEST_NAME
    assert name.endswith(".xlsx")


@given(st.text())
def test_no_name_leads_out_of_the_folder(name):
    safe = safe_name(name)
    assert "/" not in safe
    assert "\\" not in safe
    assert safe not in (".", "..")
    assert len(safe) <= LONGEST_NAME
    assert safe_name(safe) == safe


def test_two_files_of_one_name_are_both_kept():
    inbox = Inbox()
    sent = [FileStorage(BytesIO(text), "log.csv") for text in (b"one", b"two")]
    taken = inbox.take(sent)
    assert [path.read_bytes() for path in taken] == [b"one", b"two"]
    assert {path.name for path in taken} == {"log.csv"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in taken)
    inbox.close()
    assert not any(path.exists() for path in taken)
