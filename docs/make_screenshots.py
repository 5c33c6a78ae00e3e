"""Takes the README's screenshots from the running application with the sample: python -m docs.make_screenshots."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.journeys import go, load_sample
from tests.browser.server import running

FOLDER = Path(__file__).parent / "screenshots"
SHOWN = ("client_margin", "utilisation", "qbr", "pricing", "data_health")
SIZE = {"width": 1280, "height": 1000}


def _take(tab: chromium.Tab, page: str) -> None:
    go(tab, page)
    tab.page.mouse.move(0, 0)
    tab.page.wait_for_timeout(1000)
    tab.page.screenshot(path=FOLDER / f"{page}.png", animations="disabled", scale="css")


def main() -> None:
    """One picture of each page shown in the README."""
    FOLDER.mkdir(exist_ok=True)
    with running() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(playwright), args=chromium.ARGUMENTS)
        with chromium.tab(browser, url, **SIZE) as tab:
            load_sample(tab)
            for page in SHOWN:
                _take(tab, page)
        browser.close()


if __name__ == "__main__":
    main()
