"""Every page: the same as first address of all or reached by the menu, without errors, on a phone too."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.browser.journeys import ALL_PAGES, SLOWEST_LOAD, go, load_sample
from tests.browser.server import running
from vitals.ui.page.contents import entry

PHONE = 390


@pytest.mark.parametrize("page", ALL_PAGES)
def test_page_is_itself_when_it_is_the_first_address_after_a_server_start(browser, page):
    """The framework's own menu of pages/ must not show; the question, the menu and the filters must."""
    with running() as url, chromium.tab(browser, url) as visitor:
        visitor.open(page)
        first = visitor.title, visitor.part("stSidebarNavLink").all_inner_texts()
        visitor.open()
        go(visitor, page)
        assert (visitor.title, visitor.part("stSidebarNavLink").all_inner_texts()) == first
        assert len(first[1]) == len(ALL_PAGES)
        assert visitor.title == entry(page).question
        assert visitor.failures == []


@pytest.fixture(scope="module")
def filled(browser, server):
    """A session with the sample loaded."""
    with chromium.tab(browser, server) as found:
        yield load_sample(found)


@pytest.fixture
def phone(filled):
    """The same session in a window as wide as a phone."""
    yield filled.resize(PHONE, 844)
    filled.resize(chromium.WIDTH, chromium.HEIGHT)


@pytest.mark.parametrize("page", ALL_PAGES)
def test_page_shows_the_sample_without_an_error(filled, page):
    go(filled, page)
    assert filled.failures == []


def _period(tab: chromium.Tab) -> str:
    return tab.part("stSidebar").get_by_role("combobox").first.input_value()


def test_filters_in_the_address_travel_with_the_visitor(filled):
    go(filled, "client_margin")
    filled.part("stSidebar").get_by_role("combobox").first.click()
    filled.page.get_by_role("option", name="Last 3 months").click()
    filled.page.wait_for_url("**period=Last+3+months**")
    filled.settle()
    assert "period=Last+3+months" in filled.page.url
    go(filled, "utilisation")
    assert _period(filled) == "Last 3 months"


def test_filters_of_a_link_hold_for_its_receiver(browser, server):
    with chromium.tab(browser, server) as receiver:
        receiver.open("client_margin?period=Last+6+months")
        load_sample(receiver, "?period=Last+6+months")
        go(receiver, "client_margin")
        assert _period(receiver) == "Last 6 months"


def test_sample_is_loaded_from_where_a_page_without_data_offers_it(browser, server):
    with chromium.tab(browser, server) as visitor:
        visitor.open("qbr").button("Look at the sample first").click()
        visitor.button("Take the invented MSP out again").wait_for(timeout=SLOWEST_LOAD)
        assert visitor.settle().title == entry("start").question


def test_nothing_is_asked_of_another_host(filled):
    """A whole walk through the application with data in it."""
    for page in ALL_PAGES:
        go(filled, page)
    assert len(filled.requests) > 100
    assert filled.foreign == []
    assert filled.problems == []


@pytest.mark.parametrize("page", ALL_PAGES)
def test_nothing_is_wider_than_a_phone(phone, page):
    go(phone, page)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE
