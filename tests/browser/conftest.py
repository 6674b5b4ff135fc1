"""A browser of this machine, a page opened in it from a file, and the accessibility checker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from chronology.render.html import write_html
from chronology.render.shown import TimelineView

NAMES = ("chromium", "google-chrome", "msedge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 800}
#: So high that nothing is left undrawn: what is not drawn has no contrast to judge.
TALL = 9000

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, Chrome or Edge; without one these tests are skipped, unless one is required."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("CHRONOLOGY_REQUIRE_BROWSER") == "1":
            pytest.fail("No Chromium, Chrome or Edge on this machine, and one is required.")
        pytest.skip("No Chromium, Chrome or Edge on this machine.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a timeline's page; afterwards nothing but the file was asked for, and no error seen."""
    contexts, asked, faults = [], [], []
    path = tmp_path / "chronology.html"

    def opened(
        timeline: TimelineView, *, script: bool = True, size: dict[str, int] = WIDE, at: str = ""
    ) -> Page:
        write_html(timeline, path)
        context = browser.new_context(viewport=size, java_script_enabled=script)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(path.as_uri() + at)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url.partition("#")[0] for url in asked} <= {path.as_uri()}
    assert faults == []


@pytest.fixture(scope="session")
def broken_rules() -> Callable[[Page], list[str]]:
    """The accessibility rules a page breaks, each with where."""
    checker = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")

    def broken(page: Page) -> list[str]:
        page.evaluate(checker)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return broken
