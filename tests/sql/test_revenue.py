"""Revenue reaches the months that it pays for, to the last ten-thousandth."""

from decimal import Decimal

import pytest

from tests.sql.rows import day, line, months, reached

MONTHLY = "select month_start, revenue, direct_cost from core.fct_revenue_monthly order by month_start"


def monthly(book) -> list[tuple]:
    return [(month.isoformat()[:7], revenue, cost) for month, revenue, cost in book.sql(MONTHLY)]


def test_line_without_service_months_belongs_to_the_month_of_its_invoice(workspace):
    book = workspace(invoice_lines=[line("Acme", "2026-03-17", 100, direct_cost=30)])
    assert monthly(book) == [("2026-03", Decimal(100), Decimal(30))]


def test_annual_prepayment_leaves_its_rounding_remainders_in_the_right_months(workspace):
    # 100/12 = 8.33333...: running totals 8.3333, 16.6667, 25.0000, so the months get .3333, .3334, .3333 in turn
    book = workspace(invoice_lines=[line("Acme", "2026-01-05", 100, service_months=12, direct_cost=50)])
    revenue = [row[1] for row in monthly(book)]
    assert revenue == [Decimal("8.3333"), Decimal("8.3334"), Decimal("8.3333")] * 4
    assert sum(revenue) == 100
    # 50/12 = 4.16667: running totals 4.1667, 8.3333, 12.5 and so on
    cost = [row[2] for row in monthly(book)]
    assert cost == [Decimal("4.1667"), Decimal("4.1666"), Decimal("4.1667")] * 4
    assert [row[0] for row in monthly(book)] == [f"2026-{month:02}" for month in range(1, 13)]


@pytest.mark.parametrize("amount", ["0.01", "-0.01", "999.99", "-1000.07", "123456.7891", "99999999999999.99"])
@pytest.mark.parametrize("spread", [1, 2, 7, 8, 12, 36])
def test_shares_are_those_of_the_formula_and_add_up(workspace, amount, spread):
    def to_four(value: Decimal) -> Decimal:
        return value.quantize(Decimal("0.0001"), rounding="ROUND_HALF_UP")

    total = Decimal(amount)
    wanted = [to_four(total * k / spread) - to_four(total * (k - 1) / spread) for k in range(1, spread + 1)]
    book = workspace(invoice_lines=[line("Acme", "2026-01-31", amount, service_months=spread)])
    found = [row[1] for row in monthly(book)]
    assert found == wanted
    assert sum(found) == total


def test_amounts_as_large_as_a_column_holds_add_up(workspace):
    lines = [line("Acme", "2026-01-31", "99999999999999.99", direct_cost="99999999999999.99") for _ in range(3)]
    book = workspace(invoice_lines=lines)
    assert monthly(book) == [("2026-01", Decimal("299999999999999.97"), Decimal("299999999999999.97"))]
    assert book.sql("select count(*) from checks.credits_and_costs_of_mixed_signs") == [(0,)]


def test_service_in_the_middle_of_a_month_counts_as_that_month(workspace):
    lines = [line("Acme", "2025-12-28", 200, service_from="2026-01-15", service_months=2)]
    assert monthly(workspace(invoice_lines=lines)) == [("2026-01", 100, 0), ("2026-02", 100, 0)]


def test_no_service_months_and_zero_are_one(workspace):
    lines = [line("Acme", "2026-01-01", 60, service_months=0), line("Acme", "2026-01-01", 40, service_months=None)]
    assert monthly(workspace(invoice_lines=lines)) == [("2026-01", 100, 0)]


def test_credit_note_counts_negative_whatever_its_sign_and_its_cost_flips(workspace):
    lines = [
        line("Acme", "2026-01-10", 1000, direct_cost=400),
        line("Acme", "2026-02-10", 250, direct_cost=100, is_credit=True),
        line("Acme", "2026-03-10", -250, direct_cost=-100, is_credit=True),
        line("Acme", "2026-04-10", -30, direct_cost=10),
    ]
    assert monthly(workspace(invoice_lines=lines)) == [
        ("2026-01", 1000, 400),
        ("2026-02", -250, -100),
        ("2026-03", -250, -100),
        # a negative line that no one calls a credit keeps its cost as stated
        ("2026-04", -30, 10),
    ]


def test_credit_stays_in_its_own_month_though_its_item_is_annual(workspace):
    lines = [
        line("Acme", "2026-01-01", 1200, item="Annual antivirus licence"),
        line("Acme", "2026-06-01", 600, item="Annual antivirus licence", is_credit=True),
    ]
    found = monthly(workspace(invoice_lines=lines))
    assert sum(revenue for month, revenue, _ in found if month == "2026-06") == 100 - 600


def test_row_that_another_replaced_is_not_counted(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-10", 1000), line("Acme", "2026-01-10", 900)],
        unused_rows=[{"load_id": 1, "entity": "invoice_lines", "row_number": 2, "fate": "superseded"}],
    )
    assert monthly(book) == [("2026-01", 900, 0)]


def test_revenue_of_the_msp_itself_has_no_row(workspace):
    book = workspace(
        clients=[{"client": "Our MSP", "is_internal": True}, {"client": "Acme"}],
        invoice_lines=[line("Our MSP", "2026-01-10", 1000), line("Acme", "2026-01-10", 10)],
        tickets=reached("2026-01-30"),
    )
    assert [row["client"] for row in book.rows("metrics.client_margin", **months("2026-01"))] == ["Acme"]
    assert book.one("metrics.company_margin", **months("2026-01"))["revenue"] == 10


def test_future_months_of_a_prepayment_are_there_but_not_complete(workspace):
    book = workspace(invoice_lines=[line("Acme", "2026-01-30", 1200, service_months=12)])
    # 30 January 2026 is a Friday and the last weekday of its month
    complete = {row["month_start"]: row["is_complete_for_invoices"] for row in book.rows("metrics.months")}
    assert [month for month, done in complete.items() if done] == [day("2026-01")]
    assert len(complete) == 12
