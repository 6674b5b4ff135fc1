"""A morning at the review pages in a browser: by keyboard, at any width, without script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytest.importorskip("flask")
pytest.importorskip("waitress")

from chronology.casefile import CaseFile
from chronology.decisions import Decision
from chronology.review.serve import Reviewing
from tests.browser.conftest import NARROW, TALL, WIDE

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[2] / "samples" / "marrowby-family"
FILES = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".csv", ".xlsx", ".docx"))
#: Five that tell of the same occurrences, and a sixth to come later.
FIRST = [path for path in FILES if path.name.split()[0] in ("Childrens", "MASH", "Partner")]
FIRST += [path for path in FILES if path.name in ("Police occurrences.csv", "cpoms_log.csv")]
SIXTH = next(path for path in FILES if path not in FIRST)
#: Questions answered; of the fewer there may be, that many at least.
ANSWERS, LEAST = 20, 12
AT = "2026-11-23T09:00:00"
PAGES = (
    *("/", "/files", "/questions", "/timeline", "/timeline?q=nosuchword", "/people"),
    *("/decisions", "/log?check=1", "/downloads", "/manual", "/files/1/columns", "/nothing"),
    *("/entries/1", "ENTRY", "/files/in-case/1/columns", "/files/in-case/1/remove"),
)


@dataclass(slots=True)
class Morning:
    """A case being served, a browser at it, and everything that was asked for."""

    reviewing: Reviewing
    context: BrowserContext
    page: Page
    asked: list[str]
    faults: list[str]

    def go(self, path: str) -> Page:
        """Another page of the case."""
        self.page.goto(self.reviewing.guard.address + path)
        return self.page

    def add(self, *files: Path) -> None:
        """Files chosen and sent, and the records compared."""
        page = self.go("/files")
        page.set_input_files("#chosen", [str(path) for path in files])
        page.get_by_role("button", name="Add these files").click()
        page.get_by_role("heading", name="What each file gave").wait_for()
        assert self.reviewing.desk.work.wait(120)

    def decided(self) -> list[str]:
        """The kinds of the answers that hold."""
        return [d.kind for d in self.reviewing.desk.rulings()]


@pytest.fixture(scope="module")
def morning(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """A new case; afterwards nothing but the case's own address was asked for."""
    path = tmp_path_factory.mktemp("case") / "marrowby.chronology"
    CaseFile.create(path, "Marrowby family", "OFFICIAL-SENSITIVE", "A. Reviewer", AT).close()
    reviewing = Reviewing(path, "A. Reviewer")
    thread = Thread(target=reviewing.run)
    thread.start()
    asked: list[str] = []
    faults: list[str] = []
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(reviewing.link)
    yield Morning(reviewing, context, page, asked, faults)
    context.close()
    reviewing.stop()
    thread.join(20)
    assert {url for url in asked if not url.startswith(reviewing.guard.address + "/")} == set()
    assert [fault for fault in faults if "404" not in fault] == []
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def worked(morning: Morning, tmp_path_factory: pytest.TempPathFactory) -> Morning:
    """The morning's work: five files, one mapping mended, twenty questions, a sixth file."""
    assert morning.page.get_by_role("link", name="Add the agencies’ files").is_visible()
    morning.add(*FIRST)
    _mend_a_mapping(morning)
    _answer(morning)
    _undo_and_answer_again(morning)
    before = {*_pairs_ruled(morning)}
    overlapping = tmp_path_factory.mktemp("sixth") / f"Again {FIRST[1].name}"
    shutil.copy(FIRST[1], overlapping)
    morning.add(overlapping, SIXTH)
    assert {*_pairs_ruled(morning)} == before
    return morning


def _mend_a_mapping(morning: Morning) -> None:
    page = morning.page
    page.get_by_role("link", name="columns").last.click()
    page.get_by_label("Case Note Type is").select_option("kept under its own heading")
    page.get_by_role("button", name="Read the file again this way").click()
    expect(page.get_by_role("status").first).to_contain_text("was read again with these columns")
    assert morning.reviewing.desk.work.wait(120)
    told = [a for a in morning.reviewing.desk.contents.accounts if a.source.file == FIRST[0].name]
    assert len(told) == 30
    assert {account.event_type_written for account in told} == {""}


def _answer(morning: Morning) -> None:
    page = morning.go("/questions")
    for at in range(ANSWERS):
        if not page.get_by_role("heading", name="Do these two tell").is_visible():
            break
        with page.expect_navigation():
            page.keyboard.press("dlsdl"[at % 5])
        assert len(morning.decided()) == at + 1
    assert len(morning.decided()) >= LEAST
    assert page.get_by_text(f"{len(morning.decided())} answered").is_visible()


def _undo_and_answer_again(morning: Morning) -> None:
    page = morning.page
    count, pair = len(morning.decided()), morning.reviewing.desk.rulings()[-1].accounts
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.get_by_text(f"{count - 1} answered").is_visible()
    held = {page.locator(f"input[name={name}]").input_value() for name in "ab"}
    assert held == set(pair)
    with page.expect_navigation():
        page.keyboard.press("d")


def _pairs_ruled(morning: Morning) -> list[frozenset[str]]:
    return [frozenset(d.accounts) for d in morning.reviewing.desk.rulings()]


def test_nothing_is_asked_twice(worked):
    ruled = {*_pairs_ruled(worked)}
    asked = worked.reviewing.desk.questions()
    assert len(ruled) >= LEAST
    assert not ruled & {frozenset((q.a.id, q.b.id)) for q in asked}


def test_a_file_sent_again_gives_nothing_new(worked):
    page = worked.go("/files")
    row = page.get_by_role("row", name=f"Again {FIRST[1].name}").first
    new = row.get_by_role("cell").nth(1)
    assert new.text_content().endswith("0")
    ids = [account.id for account in worked.reviewing.desk.contents.accounts]
    assert len(ids) == len(set(ids))


def test_every_ruling_shows_in_the_entries(worked):
    place = worked.reviewing.desk.current().place
    for decision in worked.reviewing.desk.rulings():
        one, other = (place[name] for name in decision.accounts)
        if decision.kind == "same":
            assert one == other
        if decision.kind == "different":
            assert one != other


def test_the_chronology_can_be_taken_away(worked):
    page = worked.go("/downloads")
    for name, ending in (("Excel workbook", ".xlsx"), ("Timeline page", ".html")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename == f"marrowby{ending}"
        assert Path(taken.value.path()).stat().st_size > 10_000


def test_one_output_can_be_taken_away_twice_from_one_page(worked):
    page = worked.go("/downloads")
    for _ in range(2):
        with page.expect_download() as taken:
            page.get_by_role("button", name="Timeline page").click()
        assert taken.value.suggested_filename == "marrowby.html"


@pytest.fixture
def elsewhere(worked: Morning) -> Iterator[Callable[[], None]]:
    """Decides something as another program would; it is undone afterwards."""
    worked.go("/nothing")  # else this page would notice it too, and load itself anew
    made: list[Decision] = []
    (one, *_), *_ = (entry.accounts for entry in worked.reviewing.desk.current().chronology.entries)

    def decide() -> None:
        with CaseFile.open(worked.reviewing.desk.path) as case:
            made.append(case.decide("significant", (one.id,), "", "B. Colleague", AT, "r"))

    yield decide
    with CaseFile.open(worked.reviewing.desk.path) as case:
        for decision in made:
            case.undo(decision.seq, "B. Colleague", AT)
    worked.reviewing.desk.look()
    assert worked.reviewing.desk.work.wait(120)


@pytest.fixture
def waiting_tab(worked: Morning) -> Iterator[Page]:
    """A tab of its own, whose clock goes as the test says."""
    page = worked.context.new_page()
    page.clock.install()
    yield page
    page.close()


def test_an_open_tab_notices_what_was_done_elsewhere(worked, elsewhere, waiting_tab):
    waiting_tab.goto(worked.reviewing.guard.address + "/timeline?s=g")
    era = waiting_tab.get_attribute("body", "data-era")
    with waiting_tab.expect_response("**/state"):
        waiting_tab.clock.run_for(11_000)
    assert waiting_tab.get_attribute("body", "data-era") == era
    elsewhere()
    with waiting_tab.expect_navigation():
        waiting_tab.clock.run_for(11_000)
    assert waiting_tab.get_attribute("body", "data-era") != era
    expect(waiting_tab.get_by_role("main")).to_contain_text("The case was changed elsewhere")


def test_a_choice_just_made_stays_when_the_case_changes_elsewhere(worked, elsewhere, waiting_tab):
    waiting_tab.goto(worked.reviewing.guard.address + "/manual")
    waiting_tab.get_by_label("Agency").select_option("Police")
    elsewhere()
    with waiting_tab.expect_response("**/state"):
        waiting_tab.clock.run_for(11_000)
    waiting_tab.wait_for_load_state("networkidle")
    assert waiting_tab.get_by_label("Agency").input_value() == "police"


@pytest.mark.parametrize("is_refused", [False, True], ids=["half written", "refused"])
def test_words_half_written_stay_when_the_case_changes_elsewhere(
    worked, elsewhere, waiting_tab, is_refused
):
    waiting_tab.goto(worked.reviewing.guard.address + "/manual")
    waiting_tab.get_by_label("What happened").fill("Half a sen")
    if is_refused:
        waiting_tab.get_by_label("Date, as exactly").fill("soon")
        waiting_tab.get_by_label("Agency").select_option("Other")
        waiting_tab.get_by_label("Where this comes from").fill("A letter")
        waiting_tab.get_by_label("Reason").fill("Not in any file.")
        waiting_tab.get_by_role("button", name="Add this entry").click()
        expect(waiting_tab.get_by_role("alert")).to_contain_text("The entry was not added.")
        assert waiting_tab.get_by_label("Reason").input_value() == "Not in any file."
    elsewhere()
    with waiting_tab.expect_response("**/state") as told:
        waiting_tab.clock.run_for(11_000)
    assert str(told.value.json()["era"]) != waiting_tab.get_attribute("body", "data-era")
    waiting_tab.wait_for_load_state("networkidle")
    assert waiting_tab.get_by_label("What happened").input_value() == "Half a sen"


@pytest.mark.parametrize("size", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="400 px")])
def test_a_form_that_came_back_shuts_nobody_out(worked, broken_rules, size):
    page = worked.page
    page.set_viewport_size({"width": size["width"], "height": TALL})
    worked.go("/manual")
    page.get_by_label("Date, as exactly").fill("March 2023")
    page.get_by_label("Time").fill("14:30")
    page.get_by_label("What happened").fill("Gran rang.")
    page.get_by_label("Agency").select_option("Other")
    page.get_by_label("Where this comes from").fill("A letter")
    page.get_by_label("Reason").fill("Not in any file.")
    page.get_by_role("button", name="Add this entry").click()
    expect(page.get_by_label("Time")).to_have_accessible_description(re.compile("needs a day"))
    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    worked.go("/entries/1")
    page.get_by_text("Set the date", exact=True).first.click()
    page.locator("#date").fill("soon")
    page.locator("#reason-date").fill("A letter.")
    page.get_by_role("button", name="Set the date").click()
    expect(page.locator("#reason-date")).to_have_value("A letter.")
    assert broken_rules(page) == []
    page.set_viewport_size(WIDE)


@pytest.mark.parametrize("size", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="400 px")])
@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_shut_out(worked, broken_rules, path, size):
    page = worked.page
    page.set_viewport_size({"width": size["width"], "height": TALL})
    _open(worked, path)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    page.set_viewport_size(WIDE)


def _open(morning: Morning, path: str) -> None:
    """A page; ENTRY is one of several accounts that somebody added something to."""
    if path != "ENTRY":
        morning.go(path)
        return
    entries = morning.reviewing.desk.current().chronology.entries
    entry = next(entry for entry in entries if len(entry.accounts) > 1 and entry.conflicts)
    morning.go(f"/entry/{entry.accounts[0].id}")
    if not entry.marks:
        page = morning.page
        page.get_by_text("Add analysis", exact=True).first.click()
        page.get_by_label("Analysis or comment").fill("Told twice, once late.")
        page.locator("#reason-analysis").fill("For the panel.")
        page.get_by_role("button", name="Add analysis").click()
        expect(page.get_by_role("heading", name="Added by people")).to_be_visible()


def test_the_whole_entry_can_be_worked_by_keyboard(worked):
    page = worked.go("/entries/1")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
    assert {"Skip to main content", "Set the date", "Add analysis", "Finish and close"} <= reached


@pytest.fixture
def asking(worked: Morning) -> Morning:
    """With a sixth and seventh agency's questions open."""
    if len(worked.reviewing.desk.questions()) < 3:
        worked.add(*FILES)
    return worked


def test_focus_can_be_seen(asking):
    page = asking.go("/questions")
    for name in ("Same", "Later, not sure"):
        button = page.get_by_role("button", name=name)
        before = button.evaluate("el => getComputedStyle(el).backgroundColor")
        button.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert button.evaluate("el => getComputedStyle(el).backgroundColor") != before


def test_typing_a_reason_answers_nothing(asking):
    page = asking.go("/questions")
    count = len(asking.decided())
    page.get_by_label("Reason").press_sequentially("sdlu")
    assert page.get_by_label("Reason").input_value() == "sdlu"
    assert len(asking.decided()) == count


def test_arrows_leaf_through_the_questions_without_answering(asking):
    page = asking.go("/questions")
    count, first = len(asking.decided()), page.locator("input[name=a]").input_value()
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert page.locator("input[name=a]").input_value() == first
    assert len(asking.decided()) == count


def test_a_dropped_file_is_as_if_chosen(worked):
    page = worked.go("/files")
    page.evaluate(
        """() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'dropped.csv'));
        document.getElementById('drop').dispatchEvent(
            new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert "1 file: dropped.csv" in page.locator("#picked").inner_text()
    assert page.evaluate("document.getElementById('chosen').files.length") == 1


def test_everything_works_without_script(asking, browser):
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        guard = asking.reviewing.guard
        context.add_cookies(
            [{"name": guard.cookie_name, "value": guard.cookie, "url": guard.address}]
        )
        page = context.new_page()
        page.goto(guard.address + "/questions")
        count = len(asking.decided())
        page.get_by_role("button", name="Different").click()
        assert len(asking.decided()) == count + 1
        page.get_by_role("button", name="Undo my last answer").click()
        assert len(asking.decided()) == count


def test_another_page_can_neither_read_nor_frame_nor_change_the_case(asking, browser):
    guard = asking.reviewing.guard
    with browser.new_context() as context:
        context.add_cookies(
            [{"name": guard.cookie_name, "value": guard.cookie, "url": guard.address}]
        )
        page = context.new_page()
        page.route("http://elsewhere.example/", lambda route: route.fulfill(body="<p>here</p>"))
        page.goto("http://elsewhere.example/")
        count = len(asking.decided())
        read = page.evaluate(
            "url => fetch(url, {credentials: 'include'}).then(a => a.text(), () => 'refused')",
            guard.address + "/timeline",
        )
        assert read == "refused"
        page.evaluate(
            """url => { const form = document.createElement('form');
            form.method = 'post'; form.action = url;
            document.body.append(form); form.submit(); }""",
            guard.address + "/questions/undo",
        )
        page.get_by_role("heading", name="Not allowed").wait_for()
        assert len(asking.decided()) == count
