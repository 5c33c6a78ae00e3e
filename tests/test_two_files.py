"""Tickets and invoices alone: what they can give is there, and what is missing says which file brings it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vitals import warehouse, workspace
from vitals.catalogue import Number, numbers
from vitals.queries import query
from vitals.ui.page import contents

SAMPLE = Path(__file__).resolve().parent.parent / "sample_data"
HELD, MOST_CLIENTS = {"tickets", "invoice_lines"}, 10
CLIENT = {"tickets.csv": "Company", "invoice_lines.csv": "ContactName"}
BROUGHT_BY = {
    "technicians": {
        "service_payroll", "gross_margin_after_bench", "gross_margin_after_bench_pct",
        "service_gross_margin_after_bench_pct", "managed_gross_margin_after_bench_pct", "senior_account_share",
        "above_share", "above_cost", "scored_senior_account_share", "scored_in_band_share",
        "scored_owner_escalation_share", "scored_time_capture", "flagged_gross_margin_after_bench_pct",
        "flagged_service_gross_margin_after_bench_pct", "flagged_owner_escalation_share", "flagged_time_capture",
        "scored_loss_client_share", "scored_target_revenue_share", "read_time_capture",
    },
    "clients": {
        "sum_of_risk_loads", "pooled_risk_load", "portfolio_effect", "buyer_cushion", "planned_margin",
        "plan_break_even", "reactive_tickets_per_user", "reactive_hours_per_user", "reactive_hours_per_endpoint",
        "scored_iqr_gross_margin_pct", "scored_tickets_per_user_month", "flagged_iqr_gross_margin_pct",
    },
    "agreements": {"flagged_month_to_month_share", "flagged_no_agreement_share", "flagged_contract_gap_share"},
    "reviews": {"scored_completion_pct", "median_score"},
    "ticket_pauses": {"paused_share"},
    "time_entries": {"scored_out_of_scope_share"},
}  # fmt: skip
"""Kind of file -> the numbers that wait for it."""
TYPED_IN = {"whole_cost", "beyond_fee_pct", "exit_gap", "weighted_score"}
"""What rests on offers that a buyer writes down."""
WITHOUT_A_ROW = {"thin_technician_month"}
"""What is listed only where there is one: no month of these technicians falls far below their own."""


def _of_a_few(path: Path, folder: Path) -> Path:
    """A sample file with the rows of a few clients."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    place = head.index(CLIENT[path.name])
    names = sorted({row[place] for row in rows} - {""})[:MOST_CLIENTS]
    with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *(row for row in rows if row[place] in names)])
    return folder / path.name


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[warehouse.Connection]:
    """A workspace with tickets and invoices of the sample, and nothing else."""
    folder, held = tmp_path_factory.mktemp("files"), warehouse.connect()
    files = [_of_a_few(SAMPLE / "exports" / name, folder) for name in CLIENT]
    workspace.load_files(held, files, workspace.LoadOptions(classes=SAMPLE / "item_classes.csv"))
    yield held
    held.close()


@pytest.fixture(scope="module")
def given(con: warehouse.Connection) -> dict[str, Any]:
    """The period that a page opens with."""
    (period,) = warehouse.rows(con, "metrics.default_period")
    return {name: period[name] for name in ("month_from", "month_to", "as_of")} | {"automation_share": 0.2}


def _asked(item: Number, given: dict[str, Any]) -> bool:
    """Whether the two files meet its needs, and a page's period all that it asks."""
    asked = query(item.query)
    needs = [*asked.needs, *([item.also] if item.also else [])]
    return all(HELD & set(need.split("|")) for need in needs) and set(asked.params) <= set(given)


def test_every_number_is_there_or_waits_for_a_file_that_its_query_names(con, given):
    asked = [item for item in numbers().values() if _asked(item, given)]
    rows = {
        name: warehouse.rows(con, name, **{param: given[param] for param in query(name).params})
        for name in {item.query for item in asked}
    }
    missing = {item.name for item in asked if all(row[item.column] is None for row in rows[item.query])}
    assert missing == set().union(*BROUGHT_BY.values(), TYPED_IN, WITHOUT_A_ROW)
    assert len(asked) > 3 * len(missing)
    unsaid = {
        name for file, names in BROUGHT_BY.items() for name in names
        if not any(file in use for use in query(numbers()[name].query).uses)
    }  # fmt: skip
    assert unsaid == set()


def test_signals_and_components_say_what_to_add(con, given):
    day = {"as_of": given["as_of"]}
    signals = warehouse.rows(con, "metrics.signals", **day)
    assert [row["signal"] for row in signals if row["state"] != "not_testable"] == ["margin_falls_while_revenue_grows"]
    assert all(row["needs"] for row in signals if row["state"] == "not_testable")
    parts = warehouse.rows(con, "metrics.component_parts", **day)
    assert all((row["score"] is None) == bool(row["missing"]) for row in parts)
    assert sum(row["score"] is not None for row in parts) >= 10


def test_only_pages_about_people_agreements_and_reviews_ask_for_more():
    shut = [
        item.name for item in contents.entries()
        if any("*" not in need and not HELD & set(need.split("|")) for need in item.needs)
    ]  # fmt: skip
    assert shut == ["renewals", "qbr", "review_trend", "utilisation", "technician", "roles", "capacity"]
