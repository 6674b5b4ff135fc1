"""How long a page takes to make, to open and to search: python benchmarks/search_page.py [ENTRIES]

Search is timed in the browser from the input event until the next frame has been drawn.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from chronology.render.html import page
from tests.render.pages import a_large_timeline

SEARCHES = ("r", "ro", "robin", "radio", "note 49", "no such words", "")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

TYPE = """words => new Promise(done => {
  const box = document.getElementById('q');
  const start = performance.now();
  box.value = words;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  const applied = performance.now();
  requestAnimationFrame(() => setTimeout(() => done([applied - start, performance.now() - start])));
})"""


def main(entries: int) -> None:
    start = time.perf_counter()
    text = page(a_large_timeline(entries))
    took = time.perf_counter() - start
    print(f"{entries:,} entries: made in {took:.1f} s, {len(text) / 1e6:.1f} MB")
    browser_path = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "msedge"))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "page.html")
        path.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(ARGUMENTS))
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        start = time.perf_counter()
        opened.goto(path.as_uri())
        print(f"opened in {time.perf_counter() - start:.1f} s")
        opened.wait_for_timeout(3000)
        _search(opened)
        browser.close()


def _search(opened: Page) -> None:
    """Twice: at the top, where the filters are, and with the list in view."""
    for where in ("main", "m3"):
        opened.evaluate("id => document.getElementById(id).scrollIntoView()", where)
        for words in SEARCHES:
            applied, drawn = opened.evaluate(TYPE, words)
            shown = opened.locator("#shown").inner_text()
            print(
                f"{where:5} {words!r:16} filtered {applied:4.0f} ms, drawn {drawn:4.0f} ms: {shown}"
            )
            opened.wait_for_timeout(700)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
