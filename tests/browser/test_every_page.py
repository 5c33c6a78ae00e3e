"""Every page: the same as first address of all or reached by the menu, without errors, on a phone too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.journeys import ALL_PAGES, SLOWEST_LOAD, choose_period, go, load_sample
from tests.browser.server import running
from tests.missing import MISSING
from vitals.ui.page import contents
from vitals.ui.page.contents import entry, groups, lines

PHONE = 390

FIRST_ASKED = [group[-1].name for group in groups().values()]
"""A server is started for each: the last page of every group, lines of the menu and tabs among them."""


@pytest.mark.parametrize("page", FIRST_ASKED)
def test_page_is_itself_when_it_is_the_first_address_after_a_server_start(browser, page):
    """The framework's own menu of pages/ must not show; the question, the menu and the filters must."""
    with running() as url, chromium.tab(browser, url) as visitor:
        visitor.open(page)
        first = visitor.title, visitor.part("stSidebarNavLink").all_inner_texts()
        visitor.open()
        go(visitor, page)
        assert (visitor.title, visitor.part("stSidebarNavLink").all_inner_texts()) == first
        assert len(first[1]) == len(lines())
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
def test_page_shows_the_sample_without_an_error_and_no_wider_than_a_phone(filled, page):
    go(filled, page)
    assert filled.failures == []
    assert filled.foreign == []
    assert filled.problems == []
    assert MISSING.findall(filled.part("stMain").inner_text()) == []
    filled.resize(PHONE, 844)
    width = filled.page.evaluate("document.documentElement.scrollWidth")
    filled.resize(chromium.WIDTH, chromium.HEIGHT)
    assert width <= PHONE


def _period(tab: chromium.Tab) -> str:
    return tab.part("stSidebar").get_by_role("combobox").first.input_value()


def _last_three_months(tab: chromium.Tab) -> None:
    choose_period(tab, "Last 3 months")
    tab.page.wait_for_url("**period=Last+3+months**")
    tab.settle()


def test_filters_in_the_address_travel_with_the_visitor(filled):
    go(filled, "client_margin")
    _last_three_months(filled)
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
    """A walk through the application with data in it, beside that of every page above."""
    for line in lines():
        go(filled, line[0].name)
    assert len(filled.requests) > 100
    assert filled.foreign == []
    assert filled.problems == []


@pytest.mark.parametrize("page", [group[-1].name for group in groups().values()])
def test_page_is_reached_by_the_menu_of_a_phone(phone, page):
    go(phone, page)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_tools_of_a_table_lie_below_it_on_a_phone(phone):
    """Above it they would cover the buttons of the chart that stands there."""
    go(phone, "capacity")
    table = phone.part("stDataFrame").first
    table.hover()
    tools, held = table.get_by_test_id("stElementToolbar").bounding_box(), table.bounding_box()
    assert tools["y"] > held["y"] + held["height"] / 2


def test_tools_of_a_table_lie_on_no_words_of_a_phone(filled):
    """A year has more rows than a screen shows, whatever period another test chose in this session."""
    choose_period(go(filled, "rows"), "Last 12 months")
    filled.page.get_by_text("The first 500 rows").wait_for()
    phone = filled.resize(PHONE, 844)
    table = phone.part("stDataFrame").first
    table.hover()
    tools = table.get_by_test_id("stElementToolbar").bounding_box()
    said = phone.page.get_by_text("The first 500 rows").bounding_box()
    filled.resize(chromium.WIDTH, chromium.HEIGHT)
    assert tools["y"] + tools["height"] <= said["y"]


def test_clicked_bar_leads_to_its_client_with_the_months_chosen(filled):
    go(filled, "client_margin")
    _last_three_months(filled)
    third = filled.page.locator(".bars .point path").nth(2)
    third.scroll_into_view_if_needed()
    bar = third.bounding_box()
    filled.page.mouse.click(bar["x"] + 2, bar["y"] + bar["height"] / 2)
    way = filled.part("stPageLink").filter(has_text="Open ")
    way.wait_for()
    name = filled.settle().page.locator("h3").first.inner_text()
    way.get_by_role("link").click()
    filled.page.get_by_role("heading", level=1, name=entry("client").question, exact=True).wait_for()
    assert filled.settle().page.get_by_role("combobox", name="Client").input_value() == name
    assert _period(filled) == "Last 3 months"


def _follow(tab: chromium.Tab, label: str, place: int, page: str) -> None:
    """Click one of the links of that label, and wait until its page is there."""
    links = tab.part("stPageLink").get_by_text(label, exact=True).locator("visible=true")
    links.nth(place).click()
    tab.page.get_by_role("heading", level=1, name=entry(page).question, exact=True).wait_for()
    tab.settle()


def test_a_link_opens_its_client_whichever_was_looked_at_last(filled):
    """The first of all is what the box holds unasked: nothing but the address tells that it was chosen."""
    found = []
    for place in (1, 0, 2, 0):
        _follow(go(filled, "client_margin"), "The client", place, "client")
        found.append(filled.page.get_by_role("combobox", name="Client").input_value())
    assert found == ["Jackdaw & Reed Lettings", "Cinderholt Foundry", "Gorsebank Plumbing", "Cinderholt Foundry"]


@pytest.mark.parametrize("way", ["Enter", "Shift+Space", "mouse"])
def test_row_of_a_technician_opens_by_its_name_or_by_a_key(filled, way):
    table = go(filled, "utilisation").part("stDataFrame").first
    table.scroll_into_view_if_needed()
    if way != "mouse":
        table.locator("canvas").first.focus()
        filled.page.keyboard.press(way)
    else:
        box = table.bounding_box()
        filled.page.mouse.click(box["x"] + 33 + 25, box["y"] + 35 + 16)
    filled.page.get_by_role("heading", level=1, name=entry("technician").question, exact=True).wait_for()
    assert filled.settle().failures == []


def test_rows_behind_a_client_are_two_clicks_away(filled):
    name = go(filled, "client").page.get_by_role("combobox", name="Client").input_value()
    filled.page.get_by_text("How is this made?").click()
    filled.button("Invoice lines").click()
    filled.page.get_by_role("heading", level=1, name=entry("rows").question, exact=True).wait_for()
    assert filled.settle().page.get_by_role("combobox", name="Client").input_value() == name
    assert "of revenue from clients" in filled.everything
    assert filled.failures == []


TINTED = "link => getComputedStyle(link).backgroundColor !== 'rgba(0, 0, 0, 0)'"


def test_the_menu_leads_from_a_tab_to_the_first_page_of_its_line_and_marks_the_line(filled):
    for page in ("client", "workspaces"):
        line = contents.line_of(page)
        go(filled, page)
        links = filled.part("stSidebarNavLink")
        marked = [link.inner_text().strip() for link in links.all() if link.evaluate(TINTED)]
        assert marked == [line[0].asks]
        links.filter(has_text=line[0].asks).click()
        filled.page.get_by_role("heading", level=1, name=line[0].question, exact=True).wait_for()
        filled.settle()


def test_keyboard_is_seen_in_the_menu(filled):
    link = filled.part("stSidebarNavLink").first
    filled.page.keyboard.press("Tab")
    link.focus()
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"


@pytest.mark.parametrize(("form", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_chart_is_taken_away_as_a_picture_that_the_browser_makes(filled, form, begins):
    go(filled, "client_margin")
    with filled.page.expect_download() as taken:
        filled.button(form).click()
    assert taken.value.suggested_filename == f"client_margin.{form.lower()}"
    assert Path(taken.value.path()).read_bytes().startswith(begins)
    assert (filled.foreign, filled.problems) == ([], [])
