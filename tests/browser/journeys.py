"""What visitors do, in the words of the screen: load the sample, upload a file, go to a page."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload

from tests.browser.chromium import Tab
from vitals.ui.page.contents import PAGES, entry

ALL_PAGES = [page.name for pages in PAGES.values() for page in pages]
SLOWEST_LOAD = 120_000


def load_sample(tab: Tab, query: str = "") -> Tab:
    """Take the offer of the sample on the start page."""
    tab.open(query)
    tab.button(re.compile("sample|invented MSP")).click()
    tab.page.wait_for_timeout(1000)
    return tab.settle(SLOWEST_LOAD)


def parcel(name: str, content: bytes) -> FilePayload:
    """A file as the browser sends it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def upload(tab: Tab, *files: FilePayload) -> Tab:
    """Drop files on the start page."""
    tab.open()
    tab.part("stFileUploaderDropzoneInput").first.set_input_files(list(files))
    tab.page.wait_for_timeout(1500)
    return tab.settle(SLOWEST_LOAD)


def go(tab: Tab, page: str) -> Tab:
    """Reach a page by the menu, as a visitor does, so that the session goes on."""
    link = tab.part("stSidebarNavLink").filter(has_text=re.compile(f"^{re.escape(entry(page).label)}$"))
    place = link.bounding_box()
    if place is None or place["x"] < 0:
        tab.part("stExpandSidebarButton").click()
        tab.page.wait_for_timeout(700)
    link.click()
    tab.page.wait_for_timeout(300)
    return tab.settle()
