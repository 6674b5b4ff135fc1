"""A form that is not taken comes back whole, with what is wrong beside the field."""

from __future__ import annotations

import html
import re

import pytest

from chronology.casefile import CaseFile
from tests.review.desks import an_export

TOLD = {
    "date": "3 May 2013",
    "time": "14:30",
    "narrative": "Grandmother worried.\nShe rang twice.",
    "agency": "health",
    "organisation": "Larch Surgery",
    "professional": "Dr Vale",
    "subject": "Jo EXAMPLE",
    "source": "Letter, page 12",
    "reason": "Not in any file.",
}


def shown(page, name):
    """What stands in a field of the page."""
    page = html.unescape(page)
    if found := re.search(rf'<textarea id="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        return found[1]
    if found := re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL):
        return re.search(r'value="([^"]*)" selected', found[0])[1]
    return re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page)[1]


def error_at(page, name):
    found = re.search(rf'id="{name}-e"><span class="unseen">Error: </span>(.*?)</p>', page)
    assert f'aria-describedby="{name}-e' in page
    return html.unescape(found[1])


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        pytest.param({"date": "soon"}, "date", "is no date", id="no date"),
        pytest.param({"time": "teatime"}, "time", "is no time", id="no time"),
        pytest.param({"date": "March 2023"}, "time", "A time needs a day", id="time of a month"),
        pytest.param({"date": "2023"}, "time", "A time needs a day", id="time of a year"),
        pytest.param(
            {"date": "about 3 May 2013"}, "time", "A time needs a day", id="time of about a day"
        ),
        pytest.param({"source": " "}, "source", "Say where this comes from", id="no source"),
        pytest.param({"reason": ""}, "reason", "Give a reason", id="no reason"),
        pytest.param({"agency": ""}, "agency", "Choose the agency", id="no agency"),
    ],
)
def test_a_manual_entry_refused_comes_back_whole(newcomer, wrong, field, words):
    told = {**TOLD, **wrong}
    page = newcomer.post("/manual", **told)
    assert words in error_at(page, field)
    assert "The entry was not added." in page
    assert "data-typed" in page
    kept = {name: value.strip() for name, value in told.items() if value.strip()}
    assert {name: shown(page, name) for name in kept} == kept
    assert newcomer.desk.contents.accounts == ()


def test_every_fault_is_said_at_once(newcomer):
    page = newcomer.post("/manual", **{**TOLD, "date": "soon", "source": "", "reason": ""})
    assert [error_at(page, name) != "" for name in ("date", "source", "reason")] == [True] * 3


def test_a_time_with_a_whole_day_is_taken(newcomer):
    newcomer.post("/manual", **TOLD)
    (account,) = newcomer.desk.contents.accounts
    assert str(account.occurred.clock) == "14:30:00"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        pytest.param({"value": "soon", "reason": "Letter"}, "date", "is no date", id="no date"),
        pytest.param(
            {"value": "March 2013 14:30", "reason": "Letter"},
            "date",
            "A time needs a day",
            id="time of a month",
        ),
        pytest.param(
            {"value": "3 May 2013", "reason": ""}, "reason-date", "Give a reason", id="no reason"
        ),
    ],
)
def test_a_date_refused_comes_back_with_its_reason(reviewer, fields, field, words):
    at = f"/entry/{reviewer.account('Shouting')}"
    page = reviewer.post(f"{at}/date", **fields)
    assert words in error_at(page, field)
    assert shown(page, "date") == fields["value"]
    assert shown(page, "reason-date") == fields["reason"]
    assert re.search(r'<details class="act" open><summary>Set the date', page)
    assert f'"{at}">Look again' in page or "Look again" not in page


def test_a_move_refused_comes_back_with_its_reason(reviewer):
    one = reviewer.account("Shouting")
    page = reviewer.post(f"/entry/{one}/move", account=one, to="", number="99", reason="Other day.")
    assert "no entry of that number" in error_at(page, "number-1")
    assert (shown(page, "number-1"), shown(page, "reason-move-1")) == ("99", "Other day.")


def test_names_refused_come_back_with_the_reason(reviewer):
    page = reviewer.post("/people", kind="persons_same", a="0.0", b="0.0", reason="Alias.")
    assert "Choose two different names." in error_at(page, "persons_same-b")
    assert shown(page, "persons_same-reason") == "Alias."
    assert shown(page, "persons_same-a") == "0.0"


def test_undoing_from_a_form_that_came_back_leads_to_its_page(reviewer):
    at = f"/entry/{reviewer.account('Shouting')}"
    reviewer.post(f"{at}/significant", reason="As agreed.")
    with CaseFile.open(reviewer.desk.path) as case:
        (made,) = case.decisions()
    answer = reviewer.client.post(
        "/decisions/undo",
        data={"form_token": reviewer.guard.form_token, "seq": made.seq},
        base_url=reviewer.guard.address,
        headers={"Origin": reviewer.guard.address, "Referer": f"{reviewer.guard.address}{at}/date"},
    )
    assert answer.location == at


def test_hostile_words_typed_stay_text_in_the_form(newcomer, tmp_path):
    newcomer.send(an_export(tmp_path / "police_log.csv", [("", "", "", "", "A", "", "")]))
    page = newcomer.post("/manual", **{**TOLD, "date": '"><script>x', "reason": "</textarea><b>"})
    assert "<script>x" not in page
    assert "</textarea><b>" not in page
