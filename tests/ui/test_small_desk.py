"""The desk's pages and those about people on small workspaces: one ticket, one technician, a month that isn't whole."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.sql.conftest import Row
from tests.sql.rows import entry, line, technician, whole
from tests.ui.conftest import read
from tests.ui.test_gaps import opened

PAGES = (
    "service_levels", "demand", "backlog", "quality", "utilisation", "roles", "capacity", "dependence",
)  # fmt: skip
TICKET: Row = {
    "ticket_id": "1", "client": "Acme", "opened_at": datetime(2026, 1, 5, 9), "technician": "Ann", "category": "Email",
}  # fmt: skip
ENDED: Row = {**TICKET, "resolved_at": datetime(2026, 1, 30, 9), "hours": 1}
WORK = [entry("2026-01-06", 5, "Acme", technician="Ann", ticket_id="1")]
TEAM = [technician("Ann", hours_per_week=40)]
SMALL = {
    "one client, one month": {
        "tickets": [ENDED], "time_entries": [*whole("2026-01"), *WORK], "technicians": TEAM,
        "invoice_lines": [line("Acme", "2026-01-05", 900, revenue_class="managed")],
        "clients": [{"client": "Acme", "users": 5, "endpoints": 7}],
    },
    "no list of clients and no invoice": {"tickets": [ENDED], "time_entries": WORK, "technicians": TEAM},
    "one open ticket": {"tickets": [TICKET], "time_entries": WORK, "technicians": TEAM},
    "hours on tickets alone": {"tickets": [ENDED], "technicians": TEAM},
    "automation alone": {
        "tickets": [{**ENDED, "auto_resolved": True, "hours": 0}], "time_entries": [*whole("2026-01"), *WORK],
        "technicians": TEAM,
    },
    "nobody employed": {
        "tickets": [ENDED], "time_entries": [*whole("2026-01"), *WORK],
        "technicians": [technician("Ann", is_service=False)],
    },
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("held", SMALL)
def test_page_stands_on_a_small_workspace(page, held):
    said = read(opened(page, **SMALL[held]))
    assert not {"nan", "None", "inf", "NaT", "<NA>"} & set(said.replace(",", " ").replace(".", " ").split())


def test_a_month_is_too_little_for_a_forecast_and_for_a_run():
    said = read(opened("capacity", **SMALL["one client, one month"]))
    assert "Hours are complete for 1 month: a trend needs six, so nothing is forecast." in said
    assert "For two months or more" not in read(opened("utilisation", **SMALL["one client, one month"]))
