"""What visitors do, in the words of the screen: load the sample, upload a file, go to a page."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import FilePayload, TimeoutError

from tests.browser.chromium import Tab
from vitals.ui.page.contents import Entry, entries, entry, line_of, lines
from vitals.ui.start.upload import SIGNS

ALL_PAGES = [item.name for item in entries()]
LINES = [line[0].name for line in lines()]
"""The pages that the menu leads to, without the tabs beside them."""
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


def _arrived(tab: Tab, *pages: Entry) -> None:
    """Wait until one of the pages is there, and drawn."""
    any_of_them = re.compile("|".join(f"^{re.escape(page.question)}$" for page in pages))
    tab.page.get_by_role("heading", level=1, name=any_of_them).wait_for()
    tab.settle()


def _close_drawer(tab: Tab) -> None:
    """Close the menu where it lies over the page: on a phone, in which it is not always gone by itself."""
    closer = tab.part("stSidebarCollapseButton").get_by_role("button")
    with suppress(TimeoutError):
        if tab.is_phone and closer.count():
            closer.click(timeout=DRAWER)


def go(tab: Tab, page: str) -> Tab:
    """Reach a page by the menu and its tabs, as a visitor does, so that the session goes on.

    On a phone the menu closes by itself once a page is there, however late that is: a visitor opens it again.
    """
    line = line_of(page)
    if tab.title not in [item.question for item in line]:
        assert any(_choose(tab, line[0].asks) for _ in range(TRIES))
        _arrived(tab, *line)
    if tab.title != entry(page).question:
        _close_drawer(tab)
        # on a phone a second copy of every link lies unseen beside it
        links = tab.part("stPageLink").get_by_text(entry(page).label, exact=True)
        links.locator("visible=true").first.click()
        _arrived(tab, entry(page))
    return tab


def choose_period(tab: Tab, label: str) -> None:
    """Choose a period in the sidebar, where it stands without scrolling."""
    tab.part("stSidebar").get_by_role("combobox").first.click()
    tab.page.get_by_role("option", name=label).click()
