"""The page on automation, on a small workspace and on one without hours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests import lazy
from tests.sql.conftest import fill
from tests.sql.rows import line, whole
from tests.sql.test_automation import tickets
from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.ui import charts
from vitals.ui.page import session


@pytest.mark.parametrize(("hours", "said"), [(0.5, "Automation would"), (None, "no saving is known")])
def test_what_automation_saves(monkeypatch, hours, said):
    con = lazy.connect(is_built=False)
    monkeypatch.setattr(warehouse, "connect", lambda: con)
    monkeypatch.setattr(session, "connection", lambda: con)
    lines = [line("Acme", "2026-03-01", 1000, revenue_class="managed")]
    fill(con, {"tickets": tickets(30, "Email", hours=hours), "invoice_lines": lines, "time_entries": whole("2026-03")})
    app = open_page("automation")
    assert not app.exception and not app.error
    counted = "Of 30 tickets of clients with hours, opened in Mar 2026" if hours else "30 more have no hours"
    assert counted in read(app)
    assert said in read(app) and "Vendor claims" in read(app) and "our judgement" in read(app)
    con.close()


def test_costs_that_are_not_known_are_no_line():
    costs = pd.DataFrame({"endpoints": [1000, 10000], "by_people": [3.0, 3.0], "automated": [1.61, 1.16]})
    drawn = charts.scale_lines(costs)
    # a phone has room for the counts of endpoints upright: what the lines are called stands within the chart
    assert (len(drawn.data), drawn.layout.xaxis.tickangle) == (2, 0)
    assert [(name.xanchor, name.yshift) for name in drawn.layout.annotations] == [("right", 12), ("right", -12)]
    assert "isn't known" in charts.scale_lines(costs.assign(automated=np.nan)).layout.annotations[0].text


@pytest.mark.parametrize(("given", "taken"), [("0.5", 0.5), ("-1", 0.1), ("1e308", 0.1), ("nan", 0.1)])
def test_amounts_of_a_link_hold_where_they_can_be(results, given, taken):
    app = open_page("automation", attempt=given, tried="40")
    assert not app.exception and not app.error
    assert (app.number_input(key="attempt").value, app.slider(key="tried").value) == (taken, 40)


@pytest.mark.parametrize(
    ("page", "view"), [("margin_gap", {"gap_view": "By tier"}), ("scenarios", {"proposals": "None of these"})]
)
def test_page_opens_by_a_link_to_one_of_its_views(results, page, view):
    app = open_page(page, **view)
    assert not app.exception and not app.error
