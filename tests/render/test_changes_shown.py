"""What changed, as plain text and as a page: everything told, hostile words only words."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from factories import a_chronology, a_day, an_account, an_entry

from chronology.account import Agency, LeftOut, Source
from chronology.case import About
from chronology.changes import Changes, changes
from chronology.decisions import Decision
from chronology.flags import Flag
from chronology.marking import with_marks
from chronology.render.changes_page import changes_page, write_changes_page
from chronology.render.changes_text import changes_text
from chronology.render.contract import document
from chronology.render.text import visible
from tests.render.test_html import PAYLOADS, TAGS, Marks

POLICE = an_account(narrative="Officers attended, nobody in.")
HEALTH = an_account(
    agency=Agency.HEALTH, source=Source("health.csv", "", 3, "b"), narrative="Told of the visit."
)
SCHOOL = an_account(
    agency=Agency.EDUCATION,
    source=Source("school.csv", "", 4, "c"),
    narrative="Late again.",
    occurred=a_day("2013-04-02"),
)
CARE = an_account(
    agency=Agency.SOCIAL_CARE,
    source=Source("care.docx", "table 1", 2, "d"),
    narrative="Visit, bruise seen.",
    occurred=a_day("2013-05-02"),
)
RULING = Decision(1, "same", (POLICE.id, HEALTH.id), "", "A. Worker", "2024-05-03", "one visit")


def some_changes(words: str = "Missed twice.") -> Changes:
    """One of most things: merged, new, withdrawn, amended, decided, a file, a row left out."""
    about = About(title=f"Case {words}", marking=words, prepared="1 May 2024")
    before = a_chronology(an_entry(POLICE), an_entry(HEALTH), an_entry(SCHOOL), about=about)
    more = replace(SCHOOL, analysis=words)
    again = replace(CARE, narrative=words, source=Source(words, words, 2, "d"))
    after = a_chronology(
        an_entry(POLICE, HEALTH),
        an_entry(more),
        an_entry(again),
        left_out=(LeftOut(Source(words, "", 9, "e"), words, (words,)),),
        about=replace(about, prepared="1 June 2024"),
    )
    marked = with_marks(after, [replace(RULING, reason=words)])
    return changes(stored(before), stored(marked))


def stored(chronology: Any) -> Any:
    return json.loads(json.dumps(document(chronology)))


def test_the_listing_tells_everything_in_plain_words():
    text = changes_text(some_changes())
    for words in (
        "Case Missed twice.: what changed\nFrom 1 May 2024 to 1 June 2024",
        "Entries                   3 - 1 gone + 1 new = 3",
        "New entries (1)",
        "* Thursday 2 May 2013: entry 3 (Social care)\n    Social care (Missed twice., Missed",
        "Merged entries (1)",
        "Before, 2 of 2\n      - Thursday 14 March 2013, entry 2\n        Health (health.csv, ",
        "+ Thursday 14 March 2013, entry 1",
        "school.csv, row 4: Author's analysis\n      - nothing\n      + Missed twice.",
        "Decisions since (1)\n-------------------\nWhat people decided.\n* Ruled the same (pol",
        "New files (1)",
        "Rows newly left out (1)",
    ):
        assert words in text
    assert max(map(len, text.splitlines())) <= 96


def test_where_nothing_changed_both_say_so():
    same = stored(a_chronology(an_entry(POLICE)))
    found = changes(same, same)
    assert "Nothing has changed." in changes_text(found)
    assert "Nothing has changed." in changes_page(found)


def test_the_page_tells_what_the_listing_tells():
    words = " ".join("".join(Marks(changes_page(some_changes())).words).split())
    for told in (
        "Merged entries 1",
        "school.csv, row 4: Author's analysis",
        "Ruled the same (police.csv, row 5 and health.csv, row 3) by A. Worker on 3 May 2024:",
        "Police (police.csv, row 5): Officers attended, nobody in.",
        "1 May 2024 to 1 June 2024",
    ):
        assert told in words


def test_the_same_changes_give_the_same_page(tmp_path):
    write_changes_page(some_changes(), tmp_path / "changes.html")
    assert (tmp_path / "changes.html").read_text(encoding="utf-8") == changes_page(some_changes())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words_in_a_page_of_changes(payload):
    hostile, harmless = (Marks(changes_page(some_changes(words))) for words in (payload, "x"))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in harmless.tags]
    assert {tag for tag, _ in hostile.tags} <= TAGS - {"script"}
    for tag, attributes in hostile.tags:
        assert not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
        assert attributes.get("href", "#").startswith("#")
        assert tag == "meta" or not any(payload in (v or "") for v in attributes.values())
    assert "".join(hostile.words).count(" ".join(visible(payload).split())) > 0


def test_the_page_may_run_no_script_and_load_nothing():
    head = unescape(changes_page(some_changes()).split("</head>")[0])
    assert "script-src 'none'" in head
    assert "default-src 'none'" in head
    assert "<script" not in head


def test_records_withdrawn_and_reworded_by_the_agency_stand_under_headings_with_counts():
    gone = replace(POLICE, flags=(Flag("record-withdrawn", "May.csv no longer has it."),))
    other = replace(SCHOOL, flags=(Flag("record-amended", "It was worded otherwise."),))
    before = a_chronology(an_entry(POLICE), an_entry(SCHOOL))
    found = changes(stored(before), stored(a_chronology(an_entry(gone), an_entry(other))))
    text, page = changes_text(found), unescape(changes_page(found))
    for heading in ("No longer in the agency's export", "Reworded by the agency"):
        assert f"{heading} (1)" in text
        assert f"{heading} (1)" in page
    for told in ("Officers attended", "May.csv no longer has it.", "It was worded otherwise."):
        assert told in text
        assert told in page
