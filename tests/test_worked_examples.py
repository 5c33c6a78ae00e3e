"""The worked examples of docs/decisions.md, recomputed from raw rows: the document can't say what the queries don't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from vitals import warehouse

DOCUMENT = " ".join((Path(__file__).parents[1] / "docs" / "decisions.md").read_text().split())
MAY = {"month_from": date(2026, 5, 1), "month_to": date(2026, 5, 1)}
ANNA = {"technician": "Anna", "annual_wage": 62400, "burden_pct": 0.25, "hours_per_week": 40}
Row = dict[str, Any]
pytestmark = pytest.mark.usefixtures("lazily")


def says(words: str) -> None:
    """The document has these words, so that an example can't be changed here alone."""
    assert words in DOCUMENT


def _insert(con: warehouse.Connection, entity: str, rows: Iterable[Row]) -> None:
    for number, row in enumerate(rows, start=2):
        filled = {"load_id": 1, "row_number": number, **row}
        values = ", ".join(f"${name}" for name in filled)
        con.execute(f"insert into raw.{entity} ({', '.join(filled)}) values ({values})", filled)


@contextmanager
def workspace(**entities: list[Row]) -> Iterator[warehouse.Connection]:
    """A workspace with these rows and nothing else."""
    with warehouse.connect() as con:
        for entity, rows in entities.items():
            _insert(con, entity, rows)
        warehouse.build(con)
        yield con


def only(con: warehouse.Connection, name: str, **params: Any) -> Row:
    """The single row of a query."""
    (found,) = warehouse.rows(con, name, **params)
    return found


def invoice(client: str, amount: float, **more: Any) -> Row:
    """A line of the last working day of May."""
    return {"client": client, "invoiced_on": date(2026, 5, 29), "amount": amount, "revenue_class": "managed", **more}


def work(hours: float, technician: str = "Anna", **more: Any) -> list[Row]:
    """Hours of the first and the last working day of May, half of them each, so that the data covers the month."""
    days = (date(2026, 5, 1), date(2026, 5, 29))
    each = {"hours": hours / 2, "technician": technician, "client": "Acme", **more}
    return [{"worked_on": day, **each} for day in days]


def test_an_hour_costs_what_is_paid_for_it():
    says("| paid (ours) | 2,080 | 37.50 | 12,750 (53.1 %) |")
    with workspace(technicians=[ANNA], invoice_lines=[invoice("Acme", 24000)], time_entries=work(300)) as con:
        found = only(con, "metrics.client_margin", **MAY)
    assert found["gross_margin"] == 12750
    assert found["gross_margin_pct"] == pytest.approx(0.53125)


def test_hours_without_a_rate_cost_what_is_assumed():
    says("labour is 260 × 37.50 + 40 × 50 = 11,750")
    hours = [*work(260), *work(40, "Somebody")]
    with workspace(technicians=[ANNA], invoice_lines=[invoice("Acme", 24000)], time_entries=hours) as con:
        found = only(con, "metrics.client_margin", **MAY)
    assert (found["labour_cost"], found["assumed_rate_hours"]) == (11750, 40)


def test_what_reaches_no_client_is_bench():
    says("37.50 × 40 × 52 / 12 = 6,500 a month. 120 hours went to clients: 4,500 is allocated, 2,000 is bench.")
    with workspace(technicians=[ANNA], invoice_lines=[invoice("Acme", 24000)], time_entries=work(120)) as con:
        found = only(con, "metrics.company_margin", **MAY)
    assert (found["service_payroll"], found["labour_allocated"], found["bench_labour"]) == (6500, 4500, 2000)


def test_resale_is_kept_out_of_the_service_margin():
    says("Service margin is 4,800 / 8,000 = 60.0 %. All together it is 5,700 / 14,000 = 40.7 %.")
    lines = [
        invoice("Acme", 8000, direct_cost=800),
        invoice("Acme", 6000, direct_cost=5100, revenue_class="product"),
    ]
    with workspace(technicians=[ANNA], invoice_lines=lines, time_entries=work(64)) as con:
        found = only(con, "metrics.client_margin", **MAY)
    assert found["service_gross_margin_pct"] == pytest.approx(0.6)
    assert found["gross_margin_pct"] == pytest.approx(5700 / 14000)


def test_a_prepayment_is_spread_to_the_last_digit():
    says("100 for three months is 33.3333, 33.3334, 33.3333, together 100.0000.")
    line = invoice("Acme", 100, service_from=date(2026, 3, 1), service_months=3)
    with workspace(invoice_lines=[line]) as con:
        months = con.execute("select revenue from core.fct_revenue_monthly order by month_start").fetchall()
    assert [month for (month,) in months] == [Decimal("33.3333"), Decimal("33.3334"), Decimal("33.3333")]


def test_effective_hourly_rate_is_about_managed_work():
    says("5,400 / 40 = 135")
    hours = [*work(40), *work(20, work_type="project")]
    lines = [invoice("Acme", 6000, direct_cost=600)]
    with workspace(technicians=[ANNA], invoice_lines=lines, time_entries=hours) as con:
        assert only(con, "metrics.client_margin", **MAY)["effective_hourly_rate"] == 135


def test_concentration_is_that_of_so_many_equal_clients():
    says("index 2,500 + 900 + 400 = 3,800")
    with workspace(invoice_lines=[invoice("A", 500), invoice("B", 300), invoice("C", 200)]) as con:
        found = only(con, "metrics.concentration", **MAY)
    assert found["hhi"] == pytest.approx(3800)
    assert found["effective_clients"] == pytest.approx(10000 / 3800)


def test_retention_counts_each_client():
    says("Gross retention is (6,000 + 2,000) / 10,000 = 80 %, net 9,000 / 10,000 = 90 %.")
    april = {"invoiced_on": date(2026, 4, 6)}
    lines = [invoice("A", 6000, **april), invoice("B", 4000, **april), invoice("A", 7000), invoice("B", 2000)]
    with workspace(invoice_lines=[*lines, invoice("C", 3000)]) as con:
        found = only(con, "metrics.retention", month_from=date(2026, 4, 1), month_to=date(2026, 5, 1))
    assert found["gross_revenue_retention"] == pytest.approx(0.8)
    assert found["net_revenue_retention"] == pytest.approx(0.9)


def test_utilisation_has_two_denominators():
    says("gross 64.3 %, net 75.0 %, billable 62.5 %, capture 90.3 %")
    away = [{"technician": "Anna", "day": date(2026, 5, day), "hours": 8, "kind": "pto"} for day in (7, 8)]
    logged = [
        *work(90, coverage="agreement"),
        *work(18, coverage="out_of_scope_unbilled"),
        *work(22, coverage="internal", client=None),
    ]
    people = {"technicians": [ANNA], "time_off": away, "holidays": [{"day": date(2026, 5, 25)}]}
    with workspace(**people, time_entries=logged, invoice_lines=[invoice("Acme", 1)]) as con:
        found = only(con, "metrics.technician_utilisation", **MAY)
    assert (found["gross_hours"], found["net_hours"]) == (168, 144)
    ratios = ("utilisation_gross", "utilisation_net", "billable_utilisation", "time_capture")
    assert [round(found[name], 3) for name in ratios] == [0.643, 0.75, 0.625, 0.903]


def test_room_ends_where_work_over_the_band_begins():
    says("150 client hours are 15.6 over it; a colleague with 85 has room for 49.4.")
    people = [ANNA, {**ANNA, "technician": "Ben"}]
    hours = [*work(150), *work(85, technician="Ben")]
    with workspace(technicians=people, time_entries=hours, invoice_lines=[invoice("Acme", 1)]) as con:
        ben, anna = warehouse.rows(con, "metrics.technician_room", **MAY)
    assert (anna["technician"], round(anna["hours_over_band"], 6), anna["hours_of_room"]) == ("Anna", 15.6, 0)
    assert (ben["technician"], ben["hours_over_band"], round(ben["hours_of_room"], 6)) == ("Ben", 0, 49.4)


def test_a_review_is_owed_by_the_calendar():
    says("On 30 June 121 days have passed: 30 days overdue.")
    client = {"client": "X", "starts_on": date(2024, 1, 1), "review_cadence_days": 91}
    held = {"client": "X", "held_on": date(2026, 3, 1), "scheduled_on": date(2026, 3, 1), "status": "held"}
    with workspace(clients=[client], reviews=[held]) as con:
        found = only(con, "metrics.qbr_status", as_of=date(2026, 6, 30))
    assert (found["is_due"], found["is_completed"], found["days_overdue"]) == (True, False, 30)


def _ticket(number: int, resolved: datetime | None) -> Row:
    opened = datetime(2026, 5, 4, 9)
    return {
        "ticket_id": f"T{number}", "client": "Acme", "opened_at": opened, "resolved_at": resolved,
        "priority": "High", "sla_resolution_minutes": 480,
    }  # fmt: skip


def test_what_is_open_past_its_target_is_missed():
    says("Six met, none missed, two open past their target: 75 %.")
    soon = datetime(2026, 5, 4, 11)
    tickets = [_ticket(number, soon + timedelta(minutes=number)) for number in range(6)]
    later = [{**_ticket(9, datetime(2026, 5, 29, 16)), "opened_at": datetime(2026, 5, 29, 9), "priority": "Low"}]
    with workspace(tickets=[*tickets, _ticket(6, None), _ticket(7, None), *later]) as con:
        found = {row["priority"]: row for row in warehouse.rows(con, "metrics.sla_attainment", **MAY)}["High"]
    assert (found["resolution_met"], found["resolution_missed"], found["open_past_due"]) == (6, 0, 2)
    assert found["resolution_attainment_pct"] == pytest.approx(0.75)


def test_a_weekend_is_no_business_time():
    says("Opened Friday 16:00, resolved Monday 16:00: 8 business hours, not 72.")
    ticket = {**_ticket(1, datetime(2026, 5, 11, 16)), "opened_at": datetime(2026, 5, 8, 16)}
    with workspace(tickets=[ticket]) as con:
        assert only(con, "metrics.resolution_time", **MAY)["median_business_hours"] == pytest.approx(8)


def test_hours_and_outcome_cross_where_the_document_says():
    says("they cross at 1 − 33,000 / 60,000 = 45 %. At 45 % hours earn 0.55 × 45,000 = 24,750")
    lines = [invoice("Acme", 30000, direct_cost=3000)]
    with workspace(technicians=[ANNA], invoice_lines=lines, time_entries=work(400)) as con:
        rows = warehouse.rows(con, "metrics.pricing_regimes", **MAY, automation_share=0.45)
    found = {row["regime"]: row for row in rows}
    assert found["outcome"]["customer_pays"] == 36000
    assert found["outcome"]["crossover_automation_share"] == pytest.approx(0.45)
    assert found["hourly"]["provider_margin"] == found["outcome"]["provider_margin"] == 24750
