"""The browser of the tests: which one there is, and a tab that keeps account of every request it makes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FAILED = "failed"
WIDTH, HEIGHT = 1280, 900
"""Pixels of a small laptop's window."""
DRAWER_BELOW = 768
SLOWEST_ANSWER = 120_000
"""Milliseconds; a machine that does much else is slow, not wrong."""

# Nothing moves: what is there is where it stays. When the page last changed is kept for DRAWN.
AT_REST = """() => {
  window.lastChange = performance.now();
  new MutationObserver(() => { window.lastChange = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  document.addEventListener('DOMContentLoaded', () => {
    const still = document.createElement('style');
    still.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; }';
    document.head.append(still);
  });
}"""

# True once the script has run, nothing is pending, and the page has stayed as it is for a while.
DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
    && !document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]')
    && performance.now() - window.lastChange > 350;
}"""

# What is seen, and the cells of tables, which are painted and have their text in a table inside the canvas.
EVERYTHING = """() => document.body.innerText + ' '
  + [...document.querySelectorAll('canvas td, svg text')].map(cell => cell.textContent).join(' ')"""


def executable(playwright: Playwright) -> str | None:
    """The Chromium to drive: CHROMIUM, one on the path, or Playwright's own; none if there is none."""
    named = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES), playwright.chromium.executable_path]
    return next((path for path in named if path and Path(path).exists()), None)


@dataclass
class Tab:
    """One tab on the application."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Tab:
        """Go to a path of the application and wait until it is drawn."""
        self.page.goto(f"{self.url}/{path}")
        return self.settle()

    def settle(self, at_most: float = SLOWEST_ANSWER) -> Tab:
        """Wait until the page is drawn and stays so."""
        self.page.wait_for_function(DRAWN, timeout=at_most)
        return self

    def resize(self, width: int, height: int) -> Tab:
        """Give the window another size, and wait until the page fits it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function("width => window.innerWidth === width", arg=width)
        return self.settle()

    def part(self, test_id: str) -> Locator:
        """The elements that the framework marks with test_id."""
        return self.page.get_by_test_id(test_id)

    def button(self, words: str | re.Pattern[str]) -> Locator:
        """The button in the page (not the sidebar's menu) that says words."""
        return self.page.get_by_role("button", name=words).first

    @property
    def text(self) -> str:
        """What the main part of the page says."""
        return self.part("stMain").inner_text()

    @property
    def everything(self) -> str:
        """All text of the page, the sidebar and what tables and charts hold for readers of the screen included."""
        return self.page.evaluate(EVERYTHING)

    @property
    def title(self) -> str:
        """The page's question."""
        return self.page.locator("h1").first.inner_text().strip()

    @property
    def is_phone(self) -> bool:
        """Whether the window is so narrow that the menu is a drawer over the page."""
        return bool(self.page.evaluate("innerWidth") < DRAWER_BELOW)

    @property
    def failures(self) -> list[str]:
        """Tracebacks, and what the page frame says when a page failed."""
        crashed = self.part("stException").all_inner_texts()
        return [*crashed, *(said for said in self.part("stAlert").all_inner_texts() if FAILED in said)]

    @property
    def foreign(self) -> list[str]:
        """Every request so far that did not go to the application's own server."""
        own = urlsplit(self.url).netloc
        return [
            url for url in self.requests if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
        ]


@contextmanager
def tab(browser: Browser, url: str, width: int = WIDTH, height: int = HEIGHT) -> Iterator[Tab]:
    """A tab of a person of their own: no cookie, no session shared with any other."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, accept_downloads=True, reduced_motion="reduce"
    )
    context.add_init_script(f"({AT_REST})()")
    context.set_default_timeout(SLOWEST_ANSWER)
    found = Tab(context.new_page(), url)
    context.on("request", lambda request: found.requests.append(request.url))
    context.on("weberror", lambda error: found.problems.append(str(error.error)))
    try:
        yield found
    finally:
        context.close()
