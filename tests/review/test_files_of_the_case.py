"""Files of the case: columns corrected at any time, one taken out, one that is not needed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from chronology.casefile import CaseFile
from tests.review.desks import AT, POLICE, SCHOOL, an_export, hidden

CALLED, TOLD, RANG = "Officers called", "Jo said", "Rang mother"


def with_file(path):
    return (BytesIO(Path(path).read_bytes()), f"renamed {Path(path).name}")


def the_fields(page):
    headings = re.findall(r'name="h0" value="([^"]*)"', page)
    fields = re.findall(r'<option value="(\w*)" selected>', page.partition('name="f0"')[2])
    return headings, fields


def forget_what_was_handed_over(reviewer):
    """As on another day."""
    reviewer.desk.handed = {}
    reviewer.desk.inbox.empty()


def test_columns_are_corrected_on_another_day_and_decisions_stay(reviewer, tmp_path):
    one = reviewer.account(RANG)
    reviewer.post(f"/entry/{one}/significant", reason="As agreed.")
    forget_what_was_handed_over(reviewer)
    page = reviewer.get("/files/in-case/1/columns")
    assert "choose the file again" in page
    assert "Recorded by" in page
    page = reviewer.post("/files/in-case/1/columns", file=with_file(tmp_path / "police_log.csv"))
    assert "How <bdi>police_log.csv</bdi> is read" in page
    headings, fields = the_fields(page)
    fields[headings.index("Outcome")] = ""
    at = re.search(r'action="/files/(\d+)/columns"', page)[1]
    page = reviewer.post(
        f"/files/{at}/columns",
        agency="police",
        sheet0="",
        row0=hidden(page, "row0"),
        h0=headings,
        f0=fields,
    )
    assert "police_log.csv was read again with these columns" in page
    assert reviewer.desk.work.wait(30)
    told = {a.narrative: a for a in reviewer.desk.contents.accounts}
    assert len(told) == 4
    assert told[POLICE[1][4]].outcome == ""
    assert ("Outcome", "None") in told[POLICE[1][4]].other
    assert "Marked significant" in reviewer.get(f"/entry/{reviewer.account(RANG)}")
    assert "Read 2 times" in reviewer.get("/files")


@pytest.mark.parametrize("name", ["other.csv", "police_log.csv"])
def test_another_file_is_not_taken_for_it_and_nothing_of_it_is_kept(reviewer, tmp_path, name):
    forget_what_was_handed_over(reviewer)
    (tmp_path / "b").mkdir()
    other = an_export(tmp_path / "b" / name, SCHOOL)
    page = reviewer.post("/files/in-case/1/columns", file=(BytesIO(other.read_bytes()), name))
    assert "is not that file" in page
    assert not [path for path in reviewer.desk.inbox.folder.rglob("*") if path.is_file()]
    assert len(reviewer.desk.contents.accounts) == 4
    assert "No file was chosen." in reviewer.post("/files/in-case/1/columns")


def test_a_file_that_is_here_shows_its_columns_at_once(reviewer):
    page = reviewer.client.get(
        "/files/in-case/2/columns", base_url=reviewer.guard.address, follow_redirects=True
    ).text
    assert "Read the file again this way" in page


def test_the_agency_the_case_holds_is_in_the_form(reviewer, tmp_path):
    reviewer.send(an_export(tmp_path / "log.csv", [POLICE[0]]))
    forget_what_was_handed_over(reviewer)
    page = reviewer.post("/files/in-case/1/columns", file=with_file(tmp_path / "police_log.csv"))
    with CaseFile.open(reviewer.desk.path) as case:
        agency = case.sources()[0].agency
    assert f'<option value="{agency}" selected>' in page


@pytest.mark.parametrize("page", ["columns", "remove"])
def test_a_file_that_is_not_in_the_case_is_said(reviewer, page):
    answer = reviewer.client.get(f"/files/in-case/9/{page}", base_url=reviewer.guard.address)
    assert answer.status_code == 404
    assert "no such file in the case" in answer.text


def test_what_goes_with_a_file_is_said_beforehand_and_nothing_is_gone_yet(reviewer):
    reviewer.post(f"/entry/{reviewer.account(CALLED)}/significant", reason="As agreed.")
    with CaseFile.open(reviewer.desk.path) as case:
        case.keep_version("strategy meeting", "A. Reviewer", AT)
    page = reviewer.get("/files/in-case/1/remove")
    assert "2 records that no other file of the case has" in page
    assert "1 decision about these records" in page
    assert "strategy meeting" in page
    page = reviewer.post("/files/in-case/1/remove", reason=" ")
    assert "Say why" in page
    assert len(reviewer.desk.contents.accounts) == 4


def test_a_file_taken_out_is_gone_from_every_page_and_from_the_inbox(reviewer):
    reviewer.post(f"/entry/{reviewer.account(CALLED)}/significant", reason="As agreed.")
    era = reviewer.desk.era
    page = reviewer.post("/files/in-case/1/remove", reason="Another family.")
    assert "The file was taken out of the case, with 2 records and 1 decision." in page
    assert "changed elsewhere" not in page
    assert reviewer.desk.era > era
    assert reviewer.desk.work.wait(30)
    assert [h.path.name for h in reviewer.desk.handed.values()] == ["school_log.csv"]
    left = [path.name for path in reviewer.desk.inbox.folder.rglob("*") if path.is_file()]
    assert left == ["school_log.csv"]
    for path in ("/", "/timeline", "/people", "/decisions", "/log", "/files"):
        assert CALLED not in reviewer.get(path), path
    assert TOLD in reviewer.get("/timeline")
    assert "police_log.csv" not in reviewer.get("/files")
    assert "Another family." in reviewer.get("/log?check=1")
    assert "are whole" in reviewer.get("/log?check=1")


def test_a_file_read_twice_is_taken_out_with_both_readings(reviewer):
    page = reviewer.get("/files/1/columns")
    headings, fields = the_fields(page)
    fields[headings.index("Outcome")] = ""
    reviewer.post("/files/1/columns", agency="police", sheet0="", row0="1", h0=headings, f0=fields)
    with CaseFile.open(reviewer.desk.path) as case:
        number = case.sources()[-1].number
        assert len(case.sources()) == 3
    assert "2 times it was read" in reviewer.get(f"/files/in-case/{number}/remove")
    reviewer.post(f"/files/in-case/{number}/remove", reason="Another family.")
    with CaseFile.open(reviewer.desk.path) as case:
        assert [source.file for source in case.sources()] == ["school_log.csv"]
        assert case.verify() == ()


def test_a_file_that_is_not_needed_is_dismissed_with_the_reason_and_can_be_undone(
    newcomer, tmp_path
):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    newcomer.send(broken)
    assert "1 file that could not be read" in newcomer.get("/")
    page = newcomer.post("/files/dismiss", file="broken.xlsx", at="1", reason="")
    assert "Say why it is not needed" in page
    page = newcomer.post("/files/dismiss", file="broken.xlsx", at="1", reason="A photograph.")
    assert "Dismissed by A. Reviewer" in page
    assert newcomer.desk.work.wait(30)
    home = newcomer.get("/")
    assert "1 file that could not be read" not in home
    assert "A photograph." in home
    assert "File dismissed" in newcomer.get("/log")
    newcomer.post("/decisions/undo", seq=hidden(page, "seq"))
    assert newcomer.desk.work.wait(30)
    assert "1 file that could not be read" in newcomer.get("/")
    page = newcomer.post("/files/dismiss", file="none.xlsx", at="1", reason="r")
    assert "No file 'none.xlsx' waits to be read" in page.replace("&#39;", "'")
