"""What the client's own page and the price table ask: technicians, reviews, own prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sql.rows import day, entry, line, months, technician

WORK = {
    "technicians": [technician("Ana", hourly_cost=40), technician("Bo", hourly_cost=60)],
    "time_entries": [
        entry("2025-10-02", 6, "Acme", technician="Ana"), entry("2025-10-09", 3, "Acme", technician="Bo"),
        entry("2025-10-10", 1, "Acme"), entry("2025-11-02", 5, "Acme", technician="Bo"),
        entry("2025-10-02", 8, "Other", technician="Bo"),
    ],
}  # fmt: skip


def test_who_did_the_work_and_what_it_cost(workspace):
    found = workspace(**WORK).rows("metrics.client_technicians", client_key="acme", **months("2025-10"))
    assert [(row["technician"], row["labour_hours"], row["labour_cost"]) for row in found] == [
        ("Ana", 6, Decimal(240)), ("Bo", 3, Decimal(180)), ("(nobody named)", 1, Decimal(50)),
    ]  # fmt: skip
    assert [row["hours_share"] for row in found] == pytest.approx([0.6, 0.3, 0.1])
    assert [row["hourly_cost"] for row in found] == pytest.approx([40, 60, 50])
    assert [row["assumed_rate_hours"] for row in found] == [0, 0, 1]


def test_client_without_work_has_no_technician(workspace):
    assert workspace(**WORK).rows("metrics.client_technicians", client_key="x", **months("2025-10")) == []


def test_reviews_of_one_client_latest_first(workspace):
    reviews = [
        {"client": "Acme", "scheduled_on": day("2025-01-10"), "held_on": day("2025-01-12")},
        {"client": "ACME", "scheduled_on": day("2025-04-10"), "status": "cancelled", "held_on": day("2025-04-11")},
        {"client": "Other", "held_on": day("2025-05-01")},
    ]
    found = workspace(reviews=reviews).rows("metrics.client_reviews", client_key="acme")
    assert [(row["scheduled_on"], row["is_held"], row["not_held_because"]) for row in found] == [
        (day("2025-04-10"), False, "cancelled"), (day("2025-01-10"), True, None),
    ]  # fmt: skip


def test_own_prices_stand_beside_every_client_but_the_msp_itself(workspace):
    clients = [{"client": "Acme", "users": 12}, {"client": "Us", "is_internal": True}]
    terms = [{"client_key": "acme", "seat_price": 45, "outcome_fee": None}]
    book = workspace(clients=clients, client_terms=terms, invoice_lines=[line("Beta", "2025-10-01", 5)])
    found = book.rows("metrics.client_terms")
    assert [(row["client"], row["users"], row["seat_price"], row["outcome_fee"]) for row in found] == [
        ("Acme", 12, 45, None), ("Beta", None, None, None),
    ]  # fmt: skip
