"""A server, a browser and tabs for the tests; without a browser they are skipped, and counted as such."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.server import running


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        path = chromium.executable(playwright)
        if not path:
            pytest.skip("no Chromium: install one, or name it in CHROMIUM")
        found = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def server():
    """The address of one server that many tests share."""
    with running() as url:
        yield url


@pytest.fixture
def tab(browser, server):
    """A fresh session on the shared server."""
    with chromium.tab(browser, server) as found:
        yield found
