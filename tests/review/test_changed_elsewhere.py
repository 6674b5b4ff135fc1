"""What others do to the case while it is open here; what could not be read; sums that add up."""

from __future__ import annotations

from chronology.case import Wishes
from chronology.casefile import CaseFile
from chronology.review.compared import compared
from tests.review.desks import AT, POLICE, an_export


def test_what_another_program_purged_is_neither_shown_nor_downloaded(reviewer):
    """The pages were read once, so that they are held."""
    words = "Officers called, no reply."
    assert words in reviewer.get("/timeline")
    assert reviewer.get("/files/1/columns")
    with CaseFile.open(reviewer.desk.path) as case:
        case.purge("B. Keeper", AT, "sent by mistake", source=1)
    assert '"era":1' in reviewer.get("/state").replace(" ", "")
    page = reviewer.get("/timeline")
    assert "The case was changed elsewhere; it is being read again." in page
    assert words not in page
    assert reviewer.client.get(
        "/files/1/columns", base_url=reviewer.guard.address
    ).status_code == 404  # fmt: skip
    assert not list(reviewer.desk.inbox.folder.iterdir())
    assert reviewer.desk.work.wait(30)
    for path in ("/", "/timeline", "/people", "/decisions", "/log", "/files"):
        assert words not in reviewer.get(path), path
    assert words not in reviewer.take("page").decode()
    assert "Jo said there was shouting" in reviewer.get("/timeline")


def test_what_was_begun_before_a_purge_elsewhere_is_not_kept(reviewer, monkeypatch):
    """The purge comes while the records are being compared."""

    def purging_first(contents):
        with CaseFile.open(reviewer.desk.path) as case:
            if any("Officers" in account.narrative for account in case.accounts()):
                case.purge("B. Keeper", AT, "sent by mistake", source=1)
                reviewer.desk.look()
        return compared(contents)

    monkeypatch.setattr("chronology.review.desk.compared", purging_first)
    reviewer.desk.work.ask(slow=True)
    assert reviewer.desk.work.wait(30)
    said = [a.narrative for a in reviewer.desk.standing.chronology.accounts]
    assert said
    assert not any("Officers" in text for text in said)


def test_a_build_elsewhere_and_our_own_decisions_are_no_change(reviewer):
    with CaseFile.open(reviewer.desk.path) as case:
        case.wrote([("chronology.json", "0" * 64)], "B. Keeper", AT)
    assert "changed elsewhere" not in reviewer.get("/timeline")
    one = reviewer.account("Officers called")
    reviewer.desk.decide([("analysis", (one,), "Look at this")], "")
    assert "changed elsewhere" not in reviewer.get("/timeline")


def test_files_sent_elsewhere_appear(reviewer, tmp_path):
    later = an_export(
        tmp_path / "gp.csv", [("01/07/2013", "", "Jo EXAMPLE", "GP", "Seen, well.", "", "Dr")]
    )
    with CaseFile.open(reviewer.desk.path) as case:
        case.add([later], Wishes(), "B. Keeper", AT)
    assert "changed elsewhere" in reviewer.get("/")
    assert reviewer.desk.work.wait(30)
    assert "Seen, well." in reviewer.get("/timeline")


def test_a_file_that_could_not_be_read_is_named_until_it_is(newcomer, tmp_path):
    bad = tmp_path / "gp.xlsx"
    bad.write_bytes(b"PK no workbook")
    newcomer.send(bad)
    page = newcomer.get("/")
    assert "Files that could not be read" in page
    assert "gp.xlsx" in page


def test_rows_sent_again_stand_in_the_sum(reviewer, tmp_path):
    reviewer.send(
        an_export(
            tmp_path / "police_again.csv",
            [*POLICE, ("04/06/2013", "11:00", "Jo EXAMPLE", "Visit", "Seen at home.", "", "PC W")],
        )
    )
    assert " sent again" in reviewer.get("/")
