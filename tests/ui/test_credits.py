"""Service credits on a small workspace of their own: what they cost, by whose terms, and what chance misses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests import lazy
from tests.sql.conftest import fill
from tests.sql.rows import line, months, whole
from tests.sql.test_service_credits import LOADED, outcome
from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.ui import charts
from vitals.ui.page import session
from vitals.ui.words import credits
from vitals.workspace import choices

GAP = "\N{NO-BREAK SPACE}"
MISSED = LOADED[-4:]


def rows_of(*clients: str) -> dict[str, list[dict]]:
    return {
        "invoice_lines": [
            line(name, f"{month}-01", 1000, revenue_class="managed") for name in clients for month in LOADED
        ],
        "time_entries": whole("2025-07", "2026-03"),
        "outcomes": [
            outcome(month, "Uptime", 1 if month in MISSED and name == "Acme" else 3, 2, name)
            for name in clients
            for month in LOADED
        ],
    }


@pytest.fixture
def workspace(monkeypatch):
    con = lazy.connect(is_built=False)
    monkeypatch.setattr(warehouse, "connect", lambda: con)
    monkeypatch.setattr(session, "connection", lambda: con)
    yield con
    con.close()


def test_what_credits_would_have_cost(workspace):
    fill(workspace, rows_of("Acme", "Birch"))
    app = open_page("service_credits")
    assert not app.exception and not app.error
    # four misses of 5 % of 1,000, of 2 x 9,000
    said = read(app).replace(GAP, " ")
    assert "No terms are on file for any of 2 clients: all is reckoned on assumed ones. Service credits" in said
    assert "Service credits would have cost $200, 1.1 % of these clients' recurring revenue, to 1 of 2 clients." in said
    assert " By these terms 1 client could leave now." in said
    assert "Reckoned for 2 clients by the assumptions, which are our judgement." in said
    tables = {table.key: table.value for table in app.dataframe}
    assert next(iter(tables["credits"]["client"])).endswith("Acme")


def test_terms_written_down_are_felt(workspace):
    fill(workspace, rows_of("Acme", "Birch"))
    before = warehouse.rows(workspace, "metrics.sla_credit_summary", **months("2025-07", "2026-03"))[0]
    choices.keep_register(workspace, "sla_terms", [{"client": "Acme", "credit": 0.1}])
    after = warehouse.rows(workspace, "metrics.sla_credit_summary", **months("2025-07", "2026-03"))[0]
    assert (float(before["kept_amount"]), float(after["kept_amount"])) == (200, 400)
    assert [before[name] for name in ("own_terms", "common_terms", "assumed_terms")] == [0, 0, 2]
    assert [after[name] for name in ("own_terms", "common_terms", "assumed_terms")] == [1, 0, 1]
    choices.keep_register(workspace, "sla_terms", [{"client": "Acme", "credit": 0.1}, {"credit": 0.05}])
    (common,) = warehouse.rows(workspace, "metrics.sla_credit_summary", **months("2025-07", "2026-03"))
    assert [common[name] for name in ("own_terms", "common_terms", "assumed_terms")] == [1, 1, 0]


@pytest.mark.parametrize("tables", [{"invoice_lines": [], "time_entries": [], "outcomes": []}, {"outcomes": []}])
def test_without_a_measure_the_page_says_so(workspace, tables):
    fill(workspace, {**rows_of("Acme"), **tables})
    app = open_page("service_credits")
    assert not app.exception


def test_the_cost_in_words():
    assert "none of 2 clients was given any" in credits.cost({"clients": 2, "kept_amount": 0})
    assert "No service level can be measured" in credits.cost({"clients": 0})
    partly = {"clients": 5, "kept_amount": 0, "assumed_terms": 3}
    assert credits.cost(partly).startswith("Terms are on file for 2 of 5 clients; 3 reckoned on assumed ones. Service")
    assert credits.cost({**partly, "assumed_terms": 0}).startswith("Service credits would have cost nothing")


def test_terms_in_words():
    rows = [{"basis": "own terms"}, {"basis": "assumptions"}, {"basis": "assumptions"}, {"basis": "terms of all"}]
    assert credits.terms(rows).startswith(
        "Reckoned for 2 clients by the assumptions, which are our judgement, 1 client by the terms of all, 1 client by "
        "terms of its own."
    )
    assert credits.terms([]) == ""


def test_safe_targets_in_words():
    rows = [
        {"client": "Acme", "safe_target": 0.9, "promised": 0.95},
        {"client": "Birch", "safe_target": 0.97, "promised": 0.95},
        {"client": "Cedar", "safe_target": np.nan, "promised": 0.95},
    ]
    assert credits.safe(rows) == "1 of 2 promises are above what nine of ten own months reached, first Acme."
    assert "no safe target is known" in credits.safe(rows[2:])


def test_a_year_of_months_is_named_by_every_second_so_that_a_phone_can_hold_them():
    starts = pd.date_range("2025-11-01", periods=12, freq="MS")
    months = pd.DataFrame(
        {"client_key": "a", "client": "A", "month_start": starts, "step": "met", "credit_amount": 0.0}
    )
    clients = pd.DataFrame({"client_key": ["a"], "client": ["A"], "kept_amount": [0.0]})
    axis = charts.credit_strip(months, clients).layout.xaxis
    assert list(axis.tickvals) == [0, 2, 4, 6, 8, 10]
    assert list(axis.ticktext) == ["Nov", "Jan<br>2026", "Mar", "May", "Jul", "Sep"]
    assert tuple(axis.range) == (-0.6, 11.6)


def test_the_strip_has_a_sign_for_each_step():
    steps = ["met", "warning", "remediation", "penalty", "termination"]
    starts = pd.date_range("2026-01-01", periods=5, freq="MS")
    months = pd.DataFrame(
        {"client_key": "a", "client": "<b>A</b>", "month_start": starts, "step": steps, "credit_amount": 50.0}
    )
    clients = pd.DataFrame({"client_key": ["a"], "client": ["<b>A</b>"], "kept_amount": [250.0]})
    figure = charts.credit_strip(months, clients)
    assert len({trace.marker.symbol for trace in figure.data}) == 5
    assert [note.text for note in figure.layout.annotations] == ["$250"]
    assert list(figure.layout.xaxis.ticktext) == ["Jan<br>2026", "Feb", "Mar", "Apr", "May"]
    assert all(isinstance(trace.x, np.ndarray) for trace in figure.data)
    assert "No service level" in charts.credit_strip(months.head(0), clients).layout.annotations[0].text
