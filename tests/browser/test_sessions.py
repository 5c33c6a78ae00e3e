"""Two visitors of one server: neither ever sees what the other loaded."""

from __future__ import annotations

from tests.browser import chromium
from tests.browser.journeys import ALL_PAGES, LINES, go, parcel, upload

SECRET = "Zanzibar Orchid Holdings"
INVOICES = f"client,invoiced_on,amount,item\n{SECRET},2026-01-15,98765.43,Managed services\n".encode()
TICKETS = f"ticket_id,client,opened_at,hours\nZ1,{SECRET},2026-01-20 09:00,3.5\n".encode()


def test_second_visitor_never_sees_the_first_ones_data(browser, server):
    with chromium.tab(browser, server) as first, chromium.tab(browser, server) as second:
        upload(first, parcel("invoices.csv", INVOICES), parcel("tickets.csv", TICKETS))
        seen_by_first = " ".join(go(first, page).everything for page in LINES)
        second.open()
        seen_by_second = " ".join(go(second, page).everything for page in ALL_PAGES)
    assert SECRET in seen_by_first
    assert SECRET not in seen_by_second
    assert "98,765" not in seen_by_second


def test_what_was_loaded_survives_the_way_through_the_menu(browser, server):
    with chromium.tab(browser, server) as visitor:
        upload(visitor, parcel("invoices.csv", INVOICES))
        for page in LINES:
            go(visitor, page)
        assert "1 invoice line" in go(visitor, "start").everything.lower()


def test_a_new_visit_begins_empty(browser, server):
    with chromium.tab(browser, server) as visitor:
        upload(visitor, parcel("invoices.csv", INVOICES))
        visitor.open()
        assert "1 invoice line" not in visitor.everything.lower()
