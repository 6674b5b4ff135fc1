"""What was decided, set and taken away, told in words on every page."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from chronology.casefile import CaseFile
from tests.review.desks import AT, SCHOOL, an_export, hidden

SHOUTING, TOLD, CALLED, RANG = "Shouting heard", "Jo said", "Officers called", "Rang mother"
SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "marrowby-family").iterdir())
ID = re.compile(r"[0-9a-f]{16}")


def text_of(page):
    """What a reader sees of a page, without addresses."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def ruled(reviewer, kind, one, other, **more):
    told = {"kind": kind, "a": reviewer.account(one), "b": reviewer.account(other)}
    return reviewer.post("/questions/answer", **told, next="", **more)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("15/03/2013", "15 March 2013", id="a whole day"),
        pytest.param("March 2013", "March 2013", id="a month"),
        pytest.param("about 2013", "about 2013", id="about a year"),
    ],
)
def test_a_date_set_is_shown_in_plain_words_with_who_set_it_and_the_entry_stays(
    reviewer, typed, words
):
    at = f"/entry/{reviewer.account(RANG)}"
    before = reviewer.desk.current().place[reviewer.account(RANG)]
    page = reviewer.post(f"{at}/date", value=typed, reason="A letter.")
    assert f"Date set: {words} , by A. Reviewer on 23 November 2026 . Reason: A letter." in text_of(
        page
    )
    assert "3 June 2013" in page.partition("<h1>")[2].partition("</h1>")[0]
    assert text_of(page).count("keeps its place in the list") >= 2
    assert reviewer.desk.current().place[reviewer.account(RANG)] == before
    for path in ("/timeline", "/decisions", "/log", at):
        shown = text_of(reviewer.get(path))
        assert words in shown
        assert "2013-03-15" not in shown
    assert f"Date set: {words} by A. Reviewer on 23 November 2026" in text_of(
        reviewer.get("/timeline")
    )


def test_an_entry_ruled_one_says_who_ruled_it_before_what_the_program_thought(reviewer):
    ruled(reviewer, "same", SHOUTING, RANG)
    assert reviewer.desk.work.wait(30)
    for path in (f"/entry/{reviewer.account(RANG)}", "/timeline"):
        shown = text_of(reviewer.get(path))
        said = re.search(
            r"Ruled the same: A\. Reviewer, 23 Nov 2026\W+The program by itself", shown
        )
        assert said, path
        assert "Merged:" not in shown.partition("Added by people")[0] or path == "/timeline"


def test_the_log_names_records_in_words_and_never_by_id(reviewer):
    ruled(reviewer, "same", SHOUTING, TOLD, reason="One evening.")
    reviewer.desk.undo([reviewer.desk.rulings()[-1].seq], "Read again.")
    shown = text_of(reviewer.get("/log"))
    assert (
        "14 March 2013, Police: “Shouting heard at 4 Larch Court.” (police_log.csv, row 2)" in shown
    )
    assert "Tell of the same occurrence" in shown
    assert "One evening." in shown
    assert "Read again." in shown
    assert not ID.search(re.sub(r"[0-9a-f]{64}", "", shown))


def test_the_log_names_a_record_as_it_was_when_it_was_decided(reviewer, tmp_path):
    ruled(reviewer, "same", SHOUTING, RANG)
    amended = [SCHOOL[0], (*SCHOOL[1][:4], "Rang mother about attendance, twice.", *SCHOOL[1][5:])]
    reviewer.send(an_export(tmp_path / "school_log2.csv", amended))
    page = reviewer.get("/log")
    assert "“Rang mother about attendance.”" in text_of(page)
    assert f'href="/entry/{reviewer.account("twice")}"' in page


def test_a_restricted_record_bears_that_in_the_log_and_a_removed_one_says_nothing(reviewer):
    one, other = reviewer.account(SHOUTING), reviewer.account(CALLED)
    reviewer.post(f"/entry/{one}/restricted", value="the panel", reason="Address withheld.")
    ruled(reviewer, "different", SHOUTING, RANG)
    row = text_of(reviewer.get("/log").partition("Tell of different occurrences")[0] + "</main>")
    assert "Download" not in row
    told = reviewer.get("/log").partition("Tell of different occurrences")[2]
    assert "Restricted" in told.partition("</ul>")[0]
    reviewer.post(f"/entry/{other}/significant", reason="As agreed.")
    with CaseFile.open(reviewer.desk.path) as case:
        case.purge("B. Keeper", AT, "court order", accounts=[other])
    shown = text_of(reviewer.get("/log"))
    assert CALLED not in shown
    assert "removed by a purge" in shown


def test_an_entry_by_hand_is_told_in_words(reviewer):
    reviewer.post(
        "/manual",
        date="3 May 2013",
        narrative="Grandmother worried.",
        agency="other",
        source="Letter, page 12",
        reason="Not in any file.",
    )
    for path in ("/decisions", "/log"):
        shown = text_of(reviewer.get(path))
        assert "3 May 2013, Other: “Grandmother worried.”" in shown
        assert '{"' not in shown


def test_each_download_is_logged_with_the_digest_of_what_was_handed_out(reviewer):
    for name, file in (("excel", "example.xlsx"), ("page", "example.html")):
        digest = hashlib.sha256(reviewer.take(name)).hexdigest()
        with CaseFile.open(reviewer.desk.path) as case:
            line = case.log()[-1]
            assert case.verify() == ()
        assert (line.what, line.who, line.at) == ("download", "A. Reviewer", AT)
        assert f"{file} (sha256 {digest})" in line.detail
        assert digest in reviewer.get("/log")
    assert "changed elsewhere" not in reviewer.get("/timeline")


def test_nothing_is_handed_out_that_could_not_be_logged(reviewer, monkeypatch):
    def busy(*_):
        raise CaseBusy("Somebody else is writing.")

    from chronology.errors import CaseBusyError as CaseBusy

    monkeypatch.setattr(CaseFile, "handed_out", busy)
    answer = reviewer.client.post(
        "/downloads/page",
        data={"form_token": reviewer.guard.form_token},
        base_url=reviewer.guard.address,
        headers={"Origin": reviewer.guard.address},
    )
    assert answer.status_code == 409
    assert "Shouting" not in answer.text


def test_the_number_of_questions_left_always_adds_up(newcomer):
    """With what the page says that an answer settled or opened beside its own question."""
    newcomer.send(*(path for path in SAMPLES if path.suffix in (".csv", ".docx")))
    page, others = newcomer.get("/questions"), 0
    for kind in ("same", "different", "same", "same", "unsure", "same", "same"):
        left = _left(page)
        pair = {name: hidden(page, name) for name in "ab"}
        page = newcomer.post("/questions/answer", kind=kind, next="", **pair)
        others += abs(_more(page))
        assert _left(page) == left - 1 - _more(page)
        assert newcomer.desk.work.wait(30)
        left, page = _left(page), newcomer.get("/questions")
        others += abs(_more(page))
        assert _left(page) == left - _more(page)
    assert others
    page = newcomer.post("/questions/undo", seq=hidden(page, "seq"))
    assert "answered" in page


def _left(page):
    return int(re.search(r"answered, (\d+) left", page)[1])


def _more(page):
    """How many others the page says were settled; negative for opened."""
    found = re.search(r'<span role="status">[\w ]+ also (settled|opened) (\d+) others?\.', page)
    return 0 if found is None else int(found[2]) * (1 if found[1] == "settled" else -1)
