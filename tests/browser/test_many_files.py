"""Eight files of different systems at once: no wall of questions, what blocks comes first, the rest can wait."""

from __future__ import annotations

from tests.browser.chromium import Tab
from tests.browser.journeys import parcel, upload
from tests.test_cases import FOLDER
from vitals.ui.page.safe import WORD_JOINER

ASKING = ("45_whmcs.csv", "21_harvest_invoice_report.csv", "25_xlsx_currency_formats.xlsx", "70_cp1250_polish.csv")
"""Invoices of WHMCS and of Harvest, a workbook in three currencies, tickets whose letters are in doubt."""
READY = (
    "01_toggl_min_sec.csv",
    "50_zendesk_offset_reply.csv",
    "54_agreement_cycle.csv",
    "18d_annual_word_no_months.csv",
)
"""Time of Toggl, tickets of Zendesk, agreements of a PSA, invoices with items."""


def _names(tab: Tab, badge: str) -> list[str]:
    """The files of the lines that begin with a badge, from above."""
    lines = (line for line in tab.text.replace(WORD_JOINER, "").splitlines() if line.startswith(f"{badge} "))
    return [line.removeprefix(f"{badge} ").split(" ")[0].rstrip(":") for line in lines]


def _sight(tab: Tab) -> int:
    """How many answers can be chosen without opening anything."""
    return tab.part("stRadio").locator("visible=true").count()


def test_of_eight_files_one_asks_at_a_time_and_nothing_else_is_held_up(tab: Tab) -> None:
    upload(tab, *(parcel(file, (FOLDER / file).read_bytes()) for file in (*READY, *ASKING)))
    assert tab.failures == []
    # four block, one of which asks; the other four are loaded and count meanwhile
    assert sorted(_names(tab, "Waiting for you")) == sorted(ASKING) and sorted(_names(tab, "Loaded")) == sorted(READY)
    assert _sight(tab) == 1
    assert "4 files wait for your answer" in tab.text
    # what blocks stands before what is loaded, and what can wait after both
    tab.page.get_by_role("button", name="Confirm these classes").wait_for()
    said = tab.text.replace(WORD_JOINER, "")
    later = ["What these files answer", "What kind of revenue is each item?"]
    places = [said.index(words) for words in (*_names(tab, "Waiting for you"), *_names(tab, "Loaded"), *later)]
    assert places == sorted(places)
    # whichever is answered or left out, the next one asks
    first, second = _names(tab, "Waiting for you")[:2]
    tab.button("Leave the file out").click()
    tab.page.get_by_text("3 files wait for your answer").wait_for()
    tab.settle()
    assert _names(tab, "Waiting for you")[0] == second != first and _sight(tab) == 1
