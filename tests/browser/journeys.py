"""What visitors do, in the words of the screen: load the sample, upload a file, go to a page."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, TimeoutError

from tests.browser.chromium import Tab
from vitals.ui.page.contents import entries, entry
from vitals.ui.start.upload import SIGNS

ALL_PAGES = [item.name for item in entries()]
SLOWEST_LOAD = 300_000
DRAWER, TRIES = 10_000, 12
"""How long the menu may take to open, in milliseconds, and how often it is opened."""
BADGES = [re.sub(r":[a-z]+-badge\[(.+)\] ", r"\1", sign) for sign in SIGNS.values()]

# True once each file has a line that says what came of it.
FILED = """([names, badges]) => {
  const lines = document.querySelector('[data-testid="stMain"]').innerText.split('\\n');
  return names.every(name => lines.some(line => badges.some(badge => line.startsWith(`${badge} ${name}`))));
}"""


def load_sample(tab: Tab, query: str = "") -> Tab:
    """Take the offer of the sample on the start page."""
    tab.open(query)
    tab.button("Try it with an invented MSP").click()
    tab.button("Take the invented MSP out again").wait_for(timeout=SLOWEST_LOAD)
    return tab.settle()


def parcel(name: str, content: bytes) -> FilePayload:
    """A file as the browser sends it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def upload(tab: Tab, *files: FilePayload) -> Tab:
    """Drop files on the start page."""
    tab.open()
    tab.part("stFileUploaderDropzoneInput").first.set_input_files(list(files))
    tab.page.wait_for_function(FILED, arg=[[file["name"] for file in files], BADGES], timeout=SLOWEST_LOAD)
    return tab.settle()


def _choose(tab: Tab, label: str) -> bool:
    """Open the menu where it is closed, and choose a page; whether the menu stayed open for it."""
    opener = tab.part("stExpandSidebarButton")
    try:
        if opener.count():
            opener.click(timeout=DRAWER)
        tab.part("stSidebarNavLink").filter(has_text=re.compile(f"^{re.escape(label)}$")).click(timeout=DRAWER)
    except TimeoutError:
        return False
    return True


def go(tab: Tab, page: str) -> Tab:
    """Reach a page by the menu, as a visitor does, so that the session goes on.

    On a phone the menu closes by itself once a page is there, however late that is: a visitor opens it again.
    """
    assert any(_choose(tab, entry(page).label) for _ in range(TRIES))
    tab.page.get_by_role("heading", level=1, name=entry(page).question, exact=True).wait_for()
    return tab.settle()


def _pick(tab: Tab, label: str) -> bool:
    """Open the list of periods and take one; whether the list stayed open for it."""
    try:
        tab.part("stSidebar").get_by_role("combobox").first.click(timeout=DRAWER)
        tab.page.get_by_role("option", name=label).click(timeout=DRAWER)
    except TimeoutError:
        return False
    return True


def choose_period(tab: Tab, label: str) -> None:
    """Choose a period in the sidebar; a list that closes, as the sidebar scrolls to it, is opened again."""
    assert any(_pick(tab, label) for _ in range(TRIES))
