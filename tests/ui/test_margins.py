"""The page of margins: the card of a clicked bar, clients without an invoice apart, one order by money."""

from __future__ import annotations

import html
import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals import formats
from vitals.ui import margins
from vitals.ui.page import columns, contents
from vitals.ui.page.safe import WORD_JOINER, in_cell

UNBILLED = canned.KEYS[:2]


@pytest.fixture
def with_unbilled(results, monkeypatch):
    """Two of the clients have hours and no invoice; the second costs more."""
    clients = canned.clients().sort_values("gross_margin")
    is_unbilled = clients["client_key"].isin(UNBILLED)
    clients["is_unbilled"], clients["labour_cost"] = is_unbilled, np.where(is_unbilled, 0.0, clients["labour_cost"])
    for place, key in enumerate(UNBILLED, start=1):
        clients.loc[clients["client_key"] == key, ["revenue", "labour_cost", "gross_margin"]] = 0, place * 100, -1000
    monkeypatch.setitem(canned.FRAMES, "metrics.client_margin", clients)


def test_clients_without_an_invoice_stand_apart_the_costliest_first(with_unbilled):
    app = open_page("client_margin")
    tables = {table.key: table.value for table in app.dataframe}
    assert list(tables["unbilled_table"]["client"]) == [canned.NAMES[1], canned.NAMES[0]]
    assert not set(tables["margin_table"]["client"]) & set(canned.NAMES[:2])
    figure = app.get("plotly_chart")[0].proto.spec
    assert canned.NAMES[0] not in figure and canned.NAMES[9] in figure


def test_no_client_is_apart_where_no_invoice_says_anything():
    clients = canned.clients().assign(is_unbilled=pd.NA)
    assert len(margins.billed(clients)) == len(clients)


def test_bars_and_rows_have_one_order(with_unbilled):
    app = open_page("client_margin")
    table = next(table.value for table in app.dataframe if table.key == "margin_table")
    assert list(table["gross_margin"]) == sorted(table["gross_margin"])


def test_revenue_and_rate_stand_before_the_second_percentage():
    names = [column.name for column in columns.MARGIN.described]
    second = names.index("service_gross_margin_pct")
    assert max(names.index("revenue"), names.index("earned_an_hour")) < second


def _clicked(place):
    app = open_page("client_margin")
    key = canned.KEYS[place]
    app.session_state["margin_bars"] = {
        "selection": {"points": [{"customdata": [key]}], "point_indices": [place], "box": [], "lasso": []}
    }
    return app.run()


def test_clicked_bar_shows_the_client_beside_the_chart_and_leads_to_it(results):
    app = _clicked(11)
    client = canned.FRAMES["metrics.client_margin"].iloc[11]
    shown = {metric.label: html.unescape(metric.value) for metric in app.metric}
    assert app.subheader[0].value == client["client"]
    assert shown["Revenue"] == f"${client['revenue']:,.0f}"
    assert shown["Client hours"] == formats.hours(client["labour_hours"])
    assert shown["Gross margin before bench, amount"] == formats.money(client["gross_margin"])
    link = next(link.proto for link in app.get("page_link") if link.proto.label == f"Open {client['client']}")
    assert link.page == "client" and "client=" in link.query_string
    table = next(table.value for table in app.dataframe if table.key == "margin_table")
    assert list(table["client"]) == [client["client"]]


def test_before_a_click_the_place_of_the_card_says_what_comes_there(results):
    assert "Click a bar to see that client here" in read(open_page("client_margin"))


def test_name_in_a_table_leads_to_its_client(results):
    """The framework keeps which name was clicked for the one run that the click starts."""
    app = open_page("client_margin")
    table = next(table for table in app.dataframe if table.key == "margin_table")
    named = json.loads(table.proto.columns)["client"]
    assert (named["type_config"]["type"], named["pinned"]) == ("button", True)
    rows = canned.FRAMES["metrics.client_margin"]
    chosen = _chosen_after(rows, {"row": 4, "label": "any"})
    assert chosen == 4
    assert _chosen_after(rows, None) is None


def _chosen_after(rows, click):
    def page(rows, click):
        import streamlit as st

        from vitals.ui.page import columns, tables

        class State(dict):
            def get(self, name, default=None):
                return click if name == "t_name" else default

        st.session_state, kept = State(), st.session_state
        try:
            row = tables.choose(rows, columns.MARGIN, alt="", key="t", leads_on=True)
        finally:
            st.session_state = kept
        st.session_state["row"] = row

    app = AppTest.from_function(page, args=(rows, click), default_timeout=600).run()
    assert not app.exception
    return app.session_state["row"]


@pytest.mark.parametrize("name", [":material/home: Quay", "[Quay, Elm]"])
def test_name_in_a_table_is_no_icon_and_no_list(name):
    assert in_cell(name) == f"{WORD_JOINER}{name}"
    assert in_cell("Quay [UK]") == "Quay [UK]"


UNREAD = {"unread_because": "only 31 % of the time at work is written down"}


@pytest.mark.parametrize("page", ["start", *(item.name for item in contents.entries() if item.margins)])
def test_pages_with_margins_say_before_any_figure_that_none_can_be_read(results, monkeypatch, page):
    for query in ("metrics.margin_reading", "metrics.client_margin_summary"):
        monkeypatch.setitem(canned.ONE, query, {**canned.ONE.get(query, {}), **UNREAD})
    elements = list(open_page(page).main)
    shown = [html.unescape(str(getattr(element, "value", ""))).replace(WORD_JOINER, "") for element in elements]
    first = next(place for place, text in enumerate(shown) if text.startswith("The margin cannot be read: only 31 %"))
    said = [text for element, text in zip(elements[:first], shown, strict=False) if element.type != "html"]
    assert not [text for text in said if formats.sign() in text]
    assert "metric" not in [element.type for element in elements[:first]]
