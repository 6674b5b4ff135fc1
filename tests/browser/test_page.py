"""The page as a reader meets it: searched, filtered, opened, printed, by mouse and by keyboard."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from chronology.render.changes_page import write_changes_page
from tests.browser.conftest import NARROW, TALL
from tests.render.pages import EMPTY, a_large_timeline, a_small_timeline
from tests.render.test_changes_shown import some_changes

pytestmark = pytest.mark.browser

EVERY_FILTER = "#q=visit&from=2013-03-01&to=2013-03-31&a=0&a=1&s=c&p=0&t=0"


DRAWN = "#joins, #rings, #ticks path, .all, .stretch, .gap, .words text, #ticks text"
OUTLINES = "all => all.map(one => one.getAttribute('d') || one.textContent + one.getAttribute('x'))"


def _shown(page):
    return page.locator("#shown").inner_text()


def _visible(page):
    return [
        int(row[1:])
        for row in page.eval_on_selector_all(
            ".e", "rows => rows.filter(row => row.offsetParent).map(row => row.id)"
        )
    ]


# Accessibility


@pytest.mark.parametrize("width", [pytest.param(1280, id="wide"), pytest.param(400, id="400 px")])
def test_nobody_is_shut_out_at_the_start(open_page, broken_rules, width):
    page = open_page(a_small_timeline(), size={"width": width, "height": TALL})
    assert broken_rules(page) == []


@pytest.mark.parametrize("width", [pytest.param(1280, id="wide"), pytest.param(400, id="400 px")])
def test_nobody_is_shut_out_with_entries_open(open_page, broken_rules, width):
    page = open_page(a_small_timeline(), size={"width": width, "height": TALL})
    page.get_by_role("button", name="Open all accounts shown").click()
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert broken_rules(page) == []


def test_nobody_is_shut_out_with_every_filter_in_use(open_page, broken_rules):
    page = open_page(a_small_timeline(), at=EVERY_FILTER)
    assert _visible(page) == [2]
    assert broken_rules(page) == []


def test_nobody_is_shut_out_where_nothing_fits_the_filters(open_page, broken_rules):
    page = open_page(a_small_timeline(), at="#q=nosuchword")
    assert page.get_by_text("No entry fits these filters").is_visible()
    assert broken_rules(page) == []


def test_nobody_is_shut_out_of_an_empty_chronology(open_page, broken_rules):
    page = open_page(EMPTY)
    assert page.get_by_text("There is no entry in this chronology.").is_visible()
    assert broken_rules(page) == []


@pytest.mark.parametrize("width", [pytest.param(1280, id="wide"), pytest.param(400, id="400 px")])
def test_nobody_is_shut_out_of_what_changed(browser, broken_rules, tmp_path, width):
    path = tmp_path / "changes.html"
    write_changes_page(some_changes(), path)
    asked: list[str] = []
    with browser.new_context(viewport={"width": width, "height": TALL}) as context:
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert broken_rules(page) == []
    assert asked == [path.as_uri()]


def test_what_reviewers_restricted_can_be_shown_alone(open_page):
    page = open_page(a_small_timeline(), at="#s=h")
    assert _visible(page) == [5]


def test_without_script_there_are_no_dead_filters(open_page):
    page = open_page(a_small_timeline(), script=False)
    assert page.locator("summary").first.is_visible()
    assert not page.locator("#filters").is_visible()


def test_the_checker_sees_a_bad_page(browser, broken_rules):
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<html><img src=''><p style='color:#ccc'>pale</p><input></html>")
        rules = {line.partition(":")[0] for line in broken_rules(page)}
    assert {"image-alt", "color-contrast", "label", "document-title", "html-has-lang"} <= rules


@pytest.mark.parametrize("width", [400, 860, 1280])
def test_the_page_never_scrolls_sideways(open_page, width):
    page = open_page(a_small_timeline(), size={"width": width, "height": 800})
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [400, 1280])
def test_what_a_record_says_stands_beside_its_heading(open_page, width):
    timeline = a_small_timeline()
    long = tuple((f"A heading of two lines, number {n}", f"said {n}") for n in range(6))
    account = replace(timeline.entries[0].accounts[0], other=long)
    entry = replace(timeline.entries[0], accounts=(account,))
    timeline = replace(timeline, entries=(entry, *timeline.entries[1:]))
    page = open_page(timeline, size={"width": width, "height": 900})
    page.locator("#e1 details").evaluate("one => one.open = true")
    tops = page.eval_on_selector_all(
        "#e1 .card dt",
        "all => all.map(dt => [dt, dt.nextElementSibling].map(el => el.offsetTop))",
    )
    assert len(tops) >= 6
    assert [heading - said for heading, said in tops] == [0] * len(tops)


def test_a_table_stays_a_table_on_a_narrow_screen(open_page):
    page = open_page(a_small_timeline(), size=NARROW)
    table = page.get_by_role("table", name="March 2013")
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("row").count() == 5
    assert table.get_by_role("rowheader").first.text_content().startswith("Thu 14 March 2013")


# Filters


@pytest.mark.parametrize(
    ("filters", "entries", "words"),
    [
        pytest.param("q=safe", [5], "Showing 1 of 6 entries: “safe”", id="a word"),
        pytest.param(
            "q=ZOE+well", [5], "Showing 1 of 6 entries: “ZOE well”", id="no accents, any order"
        ),
        pytest.param('q="safe+and+well"', [5], None, id="a phrase"),
        pytest.param('q="well+safe"', [], None, id="a phrase in another order"),
        pytest.param(
            "q=bruise", [2], "Showing 1 of 6 entries: “bruise”", id="a word of one account"
        ),
        pytest.param("q=outcome", [], None, id="the page's own words are not searched"),
        pytest.param("a=1", [2], "Showing 1 of 6 entries: Social care", id="an agency"),
        pytest.param(
            "a=1&a=3",
            [2, 3, 4],
            "Showing 3 of 6 entries: Social care, Education",
            id="two agencies",
        ),
        pytest.param("p=1", [2], "Showing 1 of 6 entries: Kim Example", id="a person"),
        pytest.param("t=2", [4], "Showing 1 of 6 entries: Phone call", id="a type"),
        pytest.param("s=m", [2], "Showing 1 of 6 entries: more than one account", id="merged"),
        pytest.param("s=c", [2], "Showing 1 of 6 entries: accounts differ", id="conflicting"),
        pytest.param(
            "s=s", [1, 3, 4, 5, 6], "Showing 5 of 6 entries: one account only", id="single"
        ),
        pytest.param(
            "s=q", [4, 5], "Showing 2 of 6 entries: with a pair to review", id="questions"
        ),
        pytest.param("s=d", [6], "Showing 1 of 6 entries: with a doubt noted", id="doubts"),
        pytest.param(
            "a=2&from=2013-03-01&to=2013-03-31",
            [1],
            "Showing 1 of 6 entries: Police, March 2013 (1 without a date not shown)",
            id="agency and month",
        ),
        pytest.param(
            "from=2013-05-20",
            [3, 4, 5],
            "Showing 3 of 6 entries: from 20 May 2013 (1 without a date not shown)",
            id="a month's edge",
        ),
        pytest.param(
            "to=2013-05-31",
            [1, 2, 3],
            "Showing 3 of 6 entries: up to 31 May 2013 (1 without a date not shown)",
            id="up to",
        ),
        pytest.param(
            "from=2013-01-01&to=2013-12-31",
            [1, 2, 3, 4],
            "Showing 4 of 6 entries: 2013 (1 without a date not shown)",
            id="a year",
        ),
        pytest.param("p=99&t=no&s=zz&a=77", None, None, id="nonsense is harmless"),
    ],
)
def test_filters_show_what_fits_and_say_so(open_page, filters, entries, words):
    page = open_page(a_small_timeline(), at=f"#{filters}")
    if entries is not None:
        assert _visible(page) == entries
    if words is not None:
        assert _shown(page) == words


def test_typing_filters_at_once_and_the_address_keeps_it(open_page):
    page = open_page(a_small_timeline())
    length = page.evaluate("history.length")
    page.get_by_label("Search").press_sequentially("bruise")
    assert _shown(page) == "Showing 1 of 6 entries: “bruise”"
    expect(page).to_have_url(re.compile("#q=bruise$"))
    assert page.evaluate("history.length") == length
    expect(page.locator("#said")).to_have_text("Showing 1 of 6 entries: “bruise”")


def test_a_month_without_a_fitting_entry_goes(open_page):
    page = open_page(a_small_timeline(), at="#q=bruise")
    assert page.locator("section.month").count() == 5
    assert page.locator("section.month:visible h3").all_text_contents() == [
        "March 2013 1 of 2 entries"
    ]


def test_clearing_shows_everything(open_page):
    page = open_page(a_small_timeline(), at=EVERY_FILTER)
    page.get_by_role("button", name="Clear filters").click()
    assert _visible(page) == [1, 2, 3, 4, 5, 6]
    assert _shown(page) == "Showing all 6 entries"
    assert page.evaluate("document.activeElement.id") == "q"
    assert not page.get_by_role("button", name="Clear filters").is_visible()


def test_what_needs_attention_leads_to_it(open_page):
    page = open_page(a_small_timeline())
    page.get_by_role("link", name="1 entry whose accounts differ").click()
    assert _visible(page) == [2]
    page.go_back()
    expect(page.locator("#shown")).to_have_text("Showing all 6 entries")


def test_the_days_on_either_side_of_an_entry(open_page):
    page = open_page(a_small_timeline(), at="#s=c")
    page.locator("#e2 summary").click()
    page.get_by_role("link", name="7 days either side of entry 2").click()
    expect(page.locator("#shown")).to_contain_text("2 of 6 entries: 8 March 2013 to 22 March 2013")
    assert _visible(page) == [1, 2]


def test_a_link_to_an_entry_the_filters_hide_shows_it_all_the_same(open_page):
    page = open_page(a_small_timeline(), at="#s=c")
    page.locator("#e2 summary").click()
    page.get_by_role("link", name="Notification by Police 1 day before").click()
    expect(page.locator("#e1 details")).to_have_attribute("open", "")
    assert 1 in _visible(page)


# The drawing


def test_a_year_button_filters_and_zooms(open_page):
    page = open_page(a_small_timeline())
    before = page.locator("#ticks").text_content()
    page.get_by_role("button", name="2014", exact=True).click()
    assert _visible(page) == [5]
    expect(page.locator("[data-period='2014']")).to_have_attribute("aria-pressed", "true")
    assert page.locator("#ticks").text_content() != before
    page.get_by_role("button", name="Whole period").click()
    assert _visible(page) == [1, 2, 3, 4, 5, 6]


def test_a_month_of_the_overview_is_a_period(open_page):
    page = open_page(a_small_timeline())
    page.locator("#overview").scroll_into_view_if_needed()
    box = page.locator("#overview").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 152 / 1160, box["y"] + 30)
    assert _shown(page).startswith("Showing 2 of 6 entries: March 2013")


def test_the_script_draws_what_the_file_drew(open_page):
    still = open_page(a_small_timeline(), script=False)
    drawn = still.eval_on_selector_all(DRAWN, OUTLINES)
    moving = open_page(a_small_timeline())
    assert moving.eval_on_selector_all(DRAWN, OUTLINES) == drawn
    assert all(drawn[:2])


def test_a_click_on_a_mark_opens_its_entry(open_page):
    page = open_page(a_small_timeline())
    page.locator("#drawing").scroll_into_view_if_needed()
    box = page.locator("#drawing").bounding_box()
    mark = page.locator(".lane").nth(2).locator(".all").get_attribute("d")
    x, y = (float(number) for number in re.match(r"M([\d.]+) ([\d.]+)", mark).groups())
    scale = box["width"] / 1160
    page.mouse.move(box["x"] + x * scale, box["y"] + y * scale)
    assert "14 March 2013, Police" in page.locator("#tip").inner_text()
    page.mouse.click(box["x"] + x * scale, box["y"] + y * scale)
    expect(page.locator("#e1 details")).to_have_attribute("open", "")


# Keyboard


def test_everything_is_reached_by_keyboard(open_page):
    page = open_page(a_small_timeline())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("bruise")
    assert _visible(page) == [2]
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.locator("#e2 .card").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator("#e2 .card").first.is_visible()
    assert page.evaluate("document.activeElement.closest('tbody').id") == "e2"


def test_escape_empties_the_search(open_page):
    page = open_page(a_small_timeline())
    page.get_by_label("Search").fill("bruise")
    page.keyboard.press("Escape")
    assert _shown(page) == "Showing all 6 entries"


# Without script, and on paper


def test_without_script_every_word_is_there(open_page):
    timeline = a_small_timeline()
    page = open_page(timeline, script=False)
    page.locator("#e2 summary").click()
    assert page.get_by_text("Bruise 3 cm on left arm.").is_visible()
    text = page.locator("body").text_content()
    for entry in timeline.entries:
        assert all(account.narrative in text for account in entry.accounts)
        assert all(account.place in text for account in entry.accounts)


def _printed(page, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine.")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    return subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()


def test_each_printed_page_bears_marking_and_number(open_page, tmp_path):
    pages = _printed(open_page(a_small_timeline()), tmp_path).rstrip("\f").split("\f")
    for number, text in enumerate(pages, 1):
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number} of {len(pages)}" in text


def test_paper_says_what_was_filtered(open_page, tmp_path):
    printed = _printed(open_page(a_small_timeline(), at="#a=2&q=flat"), tmp_path)
    assert "Showing 1 of 6 entries: “flat”, Police" in printed
    assert "Show entries" not in printed


def test_accounts_are_printed_where_wished(open_page, tmp_path):
    page = open_page(a_small_timeline())
    words = "Bruise 3 cm on left arm."
    assert words not in _printed(page, tmp_path)
    page.get_by_label("Print with every account in full").check()
    assert words in _printed(page, tmp_path)
    assert page.locator("details[open]").count() == 0


def test_a_marking_that_looks_like_style_is_printed_as_it_is(open_page, tmp_path):
    page = open_page(replace(a_small_timeline(), marking='O"}*{display:none}</style>'))
    assert 'O"}*{display:none}</style>' in _printed(page, tmp_path)


# Much


def test_a_thousand_entries_are_searched_to_the_last(open_page):
    page = open_page(a_large_timeline(1000))
    page.get_by_label("Search").fill("note 997")
    assert _visible(page) == [997]
