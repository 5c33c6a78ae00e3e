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


@pytest.mark.parametrize(("hours", "said"), [(0.5, "Automation would"), (None, "no saving is known")])
def test_what_automation_saves(monkeypatch, hours, said):
    con = lazy.connect(is_built=False)
    monkeypatch.setattr(warehouse, "connect", lambda: con)
    lines = [line("Acme", "2026-03-01", 1000, revenue_class="managed")]
    fill(con, {"tickets": tickets(30, "Email", hours=hours), "invoice_lines": lines, "time_entries": whole("2026-03")})
    app = open_page("automation")
    assert not app.exception and not app.error
    assert said in read(app) and "Vendor claims" in read(app) and "our judgement" in read(app)
    con.close()


def test_costs_that_are_not_known_are_no_line():
    costs = pd.DataFrame({"endpoints": [1000, 10000], "by_people": [3.0, 3.0], "automated": [1.61, 1.16]})
    assert len(charts.scale_lines(costs).data) == 2
    assert "isn't known" in charts.scale_lines(costs.assign(automated=np.nan)).layout.annotations[0].text
