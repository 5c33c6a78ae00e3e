"""Samples whose cells were changed by chance, over several periods: the queries and the second reckoning agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sample_data.generator import build
from sample_data.generator.oracle import answers
from sample_data.generator.oracle.book import open_book
from sample_data.generator.oracle.ledger import open_ledger
from sample_data.generator.sheets import Sheet, save
from tests.test_sample_golden import SAMPLE, by, differences
from vitals import warehouse, workspace

CHANGES: tuple[tuple[str, str, float, tuple[str, ...]], ...] = (
    ("clients", "service_tier", 0.3, ("", "Essential", "Rare")),
    ("clients", "users", 0.3, ("", "0", "7", "85")),
    ("clients", "starts_on", 0.3, ("", "2025-02-17", "2025-11-30", "2026-01-05")),
    ("clients", "ends_on", 0.1, ("2026-04-15", "2026-10-31", "2026-12-01")),
    ("agreements", "renews_on", 0.5, ("", "2024-02-29", "2026-10-31", "2027-03-15")),
    ("agreements", "ends_on", 0.3, ("2026-08-31", "2026-11-30", "2027-05-01")),
    ("agreements", "notice_days", 0.3, ("", "0", "45")),
    ("agreements", "monthly_fee", 0.2, ("", "250.50")),
    ("tickets", "touches", 0.3, ("", "1", "2")),
    ("tickets", "reopened_count", 0.1, ("", "0", "1")),
    ("tickets", "escalated", 0.06, ("", "Yes")),
    ("tickets", "csat", 0.2, ("", "-1")),
    ("tickets", "Total Hours Worked", 0.2, ("", "0.00")),
    ("tickets", "Complete Date", 0.01, ("",)),  # its status stays: closed, and nothing says when
    ("tickets", "first_response_at", 0.03, ("",)),
    ("tickets", "sla_resolution_minutes", 0.1, ("",)),
    ("tickets", "ticket_type", 0.1, ("",)),
    ("tickets", "Primary Resource", 0.02, ("Castellan, Nora",)),
    ("time_entries", "coverage", 0.06, ("", "out_of_scope_unbilled")),
    ("time_entries", "Work Type", 0.05, ("sales", "account_mgmt", "support", "")),
    ("time_entries", "Member", 0.03, ("Nora Castellan",)),
    ("technicians", "level", 0.3, ("Senior engineer", "L3", "Level 2", "")),
)
MEASURES = (
    "Overdue patches",
    "Patches within 30 days",
    "Incidents a month",
    "False positives",
    "Errors in %",
    "Average",
)
PERIODS = (
    (date(2025, 11, 1), date(2026, 10, 1), date(2026, 10, 31)),
    (date(2025, 3, 1), date(2026, 2, 1), date(2026, 3, 10)),
)
OF_PERIOD = {
    "client_margin_gap": ("client",), "role_conflation": ("technician",), "outcome_price": ("client",),
    "sla_measures": ("client", "month_start", "measure"), "sla_credit_backtest": ("client", "month_start"),
    "pricing_models": ("client", "model"),
}  # fmt: skip
OF_DAY = {"signals": ("signal",), "renewal_plan": ("client",), "readiness_gates": ("client", "gate")}
OF_ALL = {
    "backlog_monthly": ("month_start",), "scope_creep_monthly": ("month_start",),
    "retention_trajectory": ("month_start",), "revenue_cohorts": ("cohort", "quarters_since"),
}  # fmt: skip
ALONE = ("desk_health", "owner_dependence", "book_risk")


def changed(sheets: dict[str, Sheet], seed: int) -> dict[str, Sheet]:
    """The sample with some of its cells emptied or otherwise filled; the first is as it stands."""
    draw = Random(seed)
    for entity, caption, share, values in CHANGES if seed else ():
        place = sheets[entity].position(caption)
        for row in sheets[entity].rows:
            row[place] = draw.choice(values) if draw.random() < share else row[place]
    rows = [
        [sheets["clients"].rows[n][0], f"2026-{month:02}-01", measure, str(draw.randint(1, 9)), "5", ""]
        for n, measure in enumerate(MEASURES) for month in range(1, 11)
    ]  # fmt: skip
    sheets["outcomes"].rows += rows if seed else []
    return sheets


def asked(con: warehouse.Connection, months: dict[str, date], as_of: date) -> dict[str, dict[str, Any]]:
    """What the queries say of a period and a day."""
    found = {query: by(con, f"metrics.{query}", *keys) for query, keys in OF_ALL.items()}
    found |= {query: by(con, f"metrics.{query}", *keys, as_of=as_of) for query, keys in OF_DAY.items()}
    for query, keys in OF_PERIOD.items():
        share = {"automation_share": 0.2} if query == "pricing_models" else {}
        found[query] = by(con, f"metrics.{query}", *keys, **months, **share)
    return found | {query: {"all": warehouse.rows(con, f"metrics.{query}", **months)[0]} for query in ALONE}


@pytest.mark.parametrize("seed", [0, 1])
def test_queries_say_what_the_definitions_say(seed: int, tmp_path: Path) -> None:
    sheets, classes = changed(build.sheets(), seed), build.item_classes()
    files = [save(sheet, tmp_path) for sheet in sheets.values()]
    ledger = open_ledger(open_book(sheets, classes))
    con = warehouse.connect()
    try:
        workspace.load_files(con, sorted(files), workspace.LoadOptions(classes=SAMPLE / "item_classes.csv"))
        for first, last, as_of in PERIODS:
            months = [month for month in ledger.covered if first <= month <= last]
            right = answers.operating_model(ledger, months, as_of) | answers.outcomes(ledger, months, as_of)
            right |= {query: {"all": right[query]} for query in ALONE}
            found = asked(con, {"month_from": first, "month_to": last}, as_of)
            assert {query: differences(right[query], rows) for query, rows in found.items()} == {
                query: [] for query in found
            }
    finally:
        con.close()
