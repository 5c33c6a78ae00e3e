"""Markup in every text of every kind of file, and in names of files: nothing of it is fetched, linked or drawn."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.browser import chromium
from tests.browser.journeys import ALL_PAGES, SLOWEST_LOAD, go, parcel
from vitals.contract import Column, Entity, entities

HOST = "planted.invalid"
IMAGE, LINK = (
    f"![x](http://{HOST}/p)",
    f"[x](http://{HOST}/a) www.{HOST} http://{HOST}/b a@{HOST} <img src=http://{HOST}/i>",
)
NAME = f"![x](https:{HOST}) [y](https:{HOST}) www.{HOST}"
"""A file's name has no slash; so it reaches another host all the same."""

PLANTED = ("id", "text", "client", "technician")
PLAIN = {
    "date": "2026-01-15", "timestamp": "2026-01-15 09:00", "money": "100.00", "hours": "2", "percent": "0.5",
    "number": "1", "integer": "1", "boolean": "yes",
}  # fmt: skip

# Whatever reaches the other host, or would if it were clicked.
REACHES = """host => [...document.querySelectorAll('*')]
  .filter(found => ['src', 'href', 'srcset', 'poster', 'data', 'action'].some(
    name => (found.getAttribute(name) || '').includes(host)))
  .map(found => found.outerHTML)"""


def cell(column: Column, row: int) -> str:
    if column.kind in PLANTED:
        return f"{IMAGE if row % 2 else LINK} {column.name}{row // 2}".replace('"', "")
    return column.choices[0] if column.kind == "choice" else PLAIN[column.kind]


def planted(entity: Entity) -> bytes:
    """Rows with markup in every text: some twice, some of one key that differ, some that can't be read."""
    header = ",".join(column.name for column in entity.columns)
    rows = [[cell(column, row) for column in entity.columns] for row in (0, 1, 2, 3, 3)]
    keys = {column.name for column in entity.columns if column.kind == "id"}
    differs = [
        text if column.name in keys else text.replace("2", "3")
        for text, column in zip(rows[0], entity.columns, strict=True)
    ]
    spoilt = [f"{IMAGE} spoilt" for _ in entity.columns]
    return "\n".join([header, *(",".join(f'"{text}"' for text in row) for row in [*rows, differs, spoilt])]).encode()


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, data in members.items():
            file.writestr(f"{NAME} {name}.csv", data)
    return content.getvalue()


UNCLEAR = (
    f'client,invoiced_on,amount,item\n"{IMAGE}",03/04/2025,$ 120.00,"{IMAGE}"\n"{LINK}",05/06/2025,€ 80.00,"{LINK}"\n'
)
UNKNOWN = f'"{IMAGE}","{LINK}",third\n"{IMAGE}","{LINK}",1\n"{IMAGE}","{LINK}",2\n'
FILES = [
    *(parcel(f"{NAME} {name}.csv", planted(entity)) for name, entity in entities().items()),
    parcel(f"{NAME} unclear.csv", UNCLEAR.encode()),
    parcel(f"{NAME} unknown.csv", UNKNOWN.encode()),
    parcel(f"{NAME} picture.csv", b"\x89PNG\r\n" + bytes(range(256))),
    parcel(f"{NAME} several.zip", zipped(asked=UNCLEAR.encode(), unknown=UNKNOWN.encode(), none=b"")),
]


UNFOLD = """() => document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary')
  .forEach(handle => handle.click())"""


def opened(tab: chromium.Tab) -> None:
    """Open whatever can be opened on the page."""
    tab.page.evaluate(UNFOLD)
    tab.settle()
    popovers = tab.part("stPopover")
    for place in range(popovers.count()):
        handle = popovers.nth(place).locator("button").first
        if handle.is_visible():
            handle.click()
            tab.settle()
    tab.page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def visitor(browser, server):
    """A visitor whose every file is full of markup."""
    with chromium.tab(browser, server) as found:
        found.open()
        found.part("stFileUploaderDropzoneInput").first.set_input_files(FILES)
        found.page.get_by_text("Waiting for you").first.wait_for(timeout=SLOWEST_LOAD)
        yield found.settle()


@pytest.mark.parametrize("page", ALL_PAGES)
def test_markup_of_files_is_nowhere_more_than_its_letters(visitor, page):
    go(visitor, page)
    opened(visitor)
    assert visitor.failures == []
    assert visitor.page.evaluate(REACHES, HOST) == []
    assert visitor.foreign == []
    assert [url for url in visitor.requests if HOST in url] == []


def test_it_was_there_to_be_seen(visitor):
    seen = "".join(go(visitor, page).everything for page in ("start", "data_health", "client_margin", "client"))
    assert f"http://{HOST}/p" in seen.replace("\N{WORD JOINER}", "")
