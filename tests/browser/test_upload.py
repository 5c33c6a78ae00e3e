"""Files dropped on the page: a real export gives its right numbers, a bad one gives one sentence."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.chromium import Tab
from tests.browser.journeys import LINES, go, parcel, upload
from tests.browser.server import ROOT, started
from vitals.ui.page.safe import WORD_JOINER

EXPORTS = Path(os.environ.get("VITALS_EXPORTS", ROOT.parent / "shared" / "exports"))
AUTOTASK = EXPORTS / "autotask_ticket_grid_export_deid.csv"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
INVOICES = b"invoice_number,client,invoiced_on,amount\n1,Birch Dental,2026-01-15,1200.00\n"
NO_AMOUNT = b"invoice_number,client,invoiced_on,item\n1,Birch Dental,2026-01-15,Managed services\n"

BAD = {
    "empty": ("tickets.csv", b""),
    "picture renamed": ("tickets.csv", PICTURE),
    "picture as workbook": ("tickets.xlsx", PICTURE),
    "header only": ("tickets.csv", b"ticket_id,client,opened_at\n"),
    "needed column missing": ("invoices.csv", NO_AMOUNT),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_file_is_answered_in_a_sentence(tab: Tab, what: str):
    name, content = BAD[what]
    upload(tab, parcel(name, content))
    assert tab.failures == []
    badge = "Columns to be named" if what == "needed column missing" else "Refused"
    said = [line for line in tab.text.splitlines() if line.startswith(f"{badge} {name}")]
    assert len(said) == 1, tab.text
    assert said[0].endswith((".", "?"))
    assert "Traceback" not in tab.everything


def test_bad_file_does_not_harm_what_is_loaded(tab: Tab):
    upload(tab, parcel("invoices.csv", INVOICES), parcel("tickets.csv", PICTURE))
    assert "1 invoice line" in tab.everything.lower()
    assert tab.failures == []


def test_file_over_the_limit_is_refused_at_once_and_the_command_line_named(browser):
    """The browser itself refuses it: nothing of it is sent."""
    small = "import os; os.environ['STREAMLIT_SERVER_MAX_UPLOAD_SIZE'] = '1'"
    with started(before=small) as (url, _), chromium.tab(browser, url) as visitor:
        visitor.open()
        sent = len(visitor.requests)
        large = parcel("large.csv", INVOICES + b"1,Birch Dental,2026-01-15,1200.00\n" * 60_000)
        visitor.part("stFileUploaderDropzoneInput").first.set_input_files([large])
        visitor.page.get_by_text("1.0MB or smaller").wait_for()
        assert "over 1 MB by the command line: python -m vitals load" in visitor.text.replace(WORD_JOINER, "")
        assert [url for url in visitor.requests[sent:] if "upload_file" in url] == []
        odd = parcel("lar<b>ge\u202e.csv", large["buffer"])
        visitor.part("stFileUploaderDropzoneInput").first.set_input_files([parcel("invoices.csv", INVOICES), odd])
        visitor.page.get_by_text("1 invoice line").first.wait_for()
        refused = "lar<b>ge.csv is over 1 MB and was not taken. The command line needs less memory"
        assert refused in visitor.settle().text
        visitor.part("stFileUploaderDropzoneInput").first.set_input_files([parcel("more.csv", PICTURE)])
        visitor.page.get_by_text("Refused more.csv").wait_for()
        assert refused not in visitor.settle().text
        assert visitor.problems == []


def _clients(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    column = next(name for name in rows[0] if name.strip().lower() in ("account", "company", "organization", "client"))
    return sorted({row[column] for row in rows if row[column]})


@pytest.mark.skipif(not AUTOTASK.exists(), reason="the real exports are not in VITALS_EXPORTS")
def test_real_autotask_export_gives_its_right_numbers(tab: Tab):
    """746 tickets, 200.22 hours, 6 open; with a few invoices the hours become labour by client."""
    lines = [f'"{client}",2026-03-15,1000.00,managed' for client in _clients(AUTOTASK)[:5]]
    invoices = "\n".join(["client,invoiced_on,amount,revenue_class", *lines]).encode()
    upload(tab, parcel(AUTOTASK.name, AUTOTASK.read_bytes()), parcel("invoices.csv", invoices))
    assert "746 tickets" in tab.everything
    assert "200.22" in tab.everything
    for page in LINES:
        assert go(tab, page).failures == []
