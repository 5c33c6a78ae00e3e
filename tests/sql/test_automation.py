"""What automation would save by category, from which success rate it pays, and what it costs at scale."""

from datetime import datetime

import pytest

from tests.sql.rows import line, months, whole

MARCH = months("2026-03")
GIVEN = {
    "tried_share": 1.0, "success_share": 0.7, "attempt_cost": 0.0, "handback_minutes": 4.0, "fixed_cost": 45.0,
    "cashable_share": 0.5,
}  # fmt: skip


def tickets(count: int, category: str, **more) -> list[dict]:
    opened = {"opened_at": datetime(2026, 3, 3, 10), "category": category, "client": "Acme", **more}
    return [{"ticket_id": f"{category} {number} {more}", **opened} for number in range(count)]


@pytest.fixture
def book(workspace):
    def make(*rows, rate: float = 30):
        return workspace(
            tickets=[row for some in rows for row in some],
            invoice_lines=[line("Acme", "2026-03-01", 1000, revenue_class="managed")],
            time_entries=whole("2026-03"),
            assumptions=[{"name": "loaded_hourly_cost", "value": rate}],
        )

    return make


def test_break_even_of_the_published_example(book):
    # 3,000 tickets of 10 minutes at 30 an hour, 45 of cost: 70 % saves 8,655, 40 % saves 2,355, and 28.8 % nothing
    ((even, at_seventy, at_forty),) = book(tickets(1, "Email", hours=1)).sql(
        "select automation_break_even(45 / 3000, 0, 10, 4, 0.5), "
        "3000 * automation_saves(10, 0.7, 4) * 0.5 - 45, 3000 * automation_saves(10, 0.4, 4) * 0.5 - 45"
    )
    assert even == pytest.approx(2.015 / 7, abs=1e-12) == pytest.approx(0.288, abs=0.0005)
    assert (at_seventy, at_forty) == pytest.approx((8655, 2355), abs=1e-6)


def test_a_category_by_hand(book):
    rows = (
        tickets(30, "Email", hours=0.5),
        tickets(10, "Email", auto_resolved=True),
        tickets(10, "Email", auto_resolved=True, reopened_count=1),
    )
    (found,) = book(*rows).rows("metrics.automation_categories", **MARCH, **GIVEN)
    assert (found["tickets"], found["automated"], found["automated_share"], found["reopened_share"]) == (
        50,
        20,
        0.4,
        0.5,
    )
    # 30 tickets of 30 minutes: 0.7 x 30 - 0.3 x 4 = 19.8 minutes each, at 0.50; 45 of fixed cost
    assert (found["minutes"], found["tried"]) == (30, 30)
    assert found["saved_hours"] == pytest.approx(9.9, abs=1e-9)
    assert (found["saved_cost"], found["run_cost"], found["net_gain"]) == pytest.approx((297, 45, 252), abs=1e-9)
    assert found["cash_gain"] == pytest.approx(148.5 - 45, abs=1e-9)
    # (45 / 30 + 0 + 4 x 0.5) / (34 x 0.5)
    assert found["break_even"] == pytest.approx(3.5 / 17, abs=1e-12)


def test_fixed_cost_is_shared_by_tickets_tried_and_what_is_unknown_is_empty(book):
    made = book(tickets(30, "Email", hours=0.5), tickets(15, "Disk", hours=1), tickets(15, "Printing"))
    found = made.by("category", "metrics.automation_categories", **MARCH, **GIVEN)
    assert found["Email"]["run_cost"] == pytest.approx(30, abs=1e-9)
    printing = found["Printing"]
    assert (printing["worked"], printing["without_hours"], printing["tried"]) == (0, 15, 0)
    assert (printing["minutes"], printing["saved_hours"], printing["net_gain"], printing["break_even"]) == (None,) * 4
    assert made.rows("metrics.automation_categories", **MARCH, **{**GIVEN, "tried_share": 0.0})[0]["saved_hours"] == 0


def test_own_tickets_and_those_without_hours_save_nothing(workspace):
    rows = [*tickets(8, "Email", hours=0.5), *tickets(2, "Email", hours=0), *tickets(5, "Email", hours=9, client="Us")]
    book = workspace(
        tickets=rows, time_entries=whole("2026-03"), clients=[{"client": "Us", "is_internal": True}],
        invoice_lines=[line("Acme", "2026-03-01", 1000, revenue_class="managed")],
    )  # fmt: skip
    (found,) = book.rows("metrics.automation_categories", **MARCH, **GIVEN)
    # 8 of 30 minutes; two without hours stand apart, and the five of 9 hours are the MSP's own
    assert [found[name] for name in ("tickets", "worked", "without_hours", "minutes", "tried")] == [10, 8, 2, 30, 8]


def test_at_scale_the_fixed_cost_spreads_and_the_next_endpoint_costs_the_same(book):
    given = {"tickets_each": 0.3, "minutes": 20.0, "success_share": 0.7, "attempt_cost": 0.1, "handback_minutes": 4.0,
             "fixed_cost": 500.0}  # fmt: skip
    rows = book(tickets(1, "Email")).by("endpoints", "metrics.automation_scale", **given)
    assert [min(rows), max(rows), len(rows)] == [1000, 10000, 10]
    # 0.3 x 20 x 0.5 by people; 0.3 x (0.1 + 0.5 x (20 - 12.8)) = 1.11, and 500 over 1,000 or 10,000
    assert {row["by_people"] for row in rows.values()} == {3.0}
    assert rows[1000]["marginal"] == rows[10000]["marginal"] == pytest.approx(1.11, abs=1e-9)
    assert rows[1000]["automated"] == pytest.approx(1.61, abs=1e-9)
    assert rows[10000]["automated"] == pytest.approx(1.16, abs=1e-9)
