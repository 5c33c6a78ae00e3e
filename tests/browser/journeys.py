"""What visitors do, in the words of the screen: load the sample, upload a file, go to a page."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload

from tests.browser.chromium import Tab
from vitals.ui.page.contents import entries, entry
from vitals.ui.start.upload import SIGNS

ALL_PAGES = [item.name for item in entries()]
SLOWEST_LOAD = 300_000
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


def go(tab: Tab, page: str) -> Tab:
    """Reach a page by the menu, as a visitor does, so that the session goes on."""
    if tab.part("stExpandSidebarButton").count():
        tab.part("stExpandSidebarButton").click()
        tab.part("stExpandSidebarButton").wait_for(state="detached")
    tab.part("stSidebarNavLink").filter(has_text=re.compile(f"^{re.escape(entry(page).label)}$")).click()
    tab.page.get_by_role("heading", level=1, name=entry(page).question, exact=True).wait_for()
    return tab.settle()
