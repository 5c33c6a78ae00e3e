"""What the pages about revenue say of the rows they get."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.conventions.tree import ROOT
from tests.sql.conftest import Row, fill
from tests.sql.rows import line
from tests.ui.conftest import PATIENCE, read
from vitals import warehouse
from vitals.ui.page import contents, session
from vitals.ui.words import caveats, revenue
from vitals.workspace import LoadOptions, Upload, load_files

PAGES = ("retention", "revenue_mix", "receivables")
ONE_LINE = [line("Acme", "2026-01-05", 100, revenue_class="managed")]

YEAR = {
    "month_start": date(2026, 10, 1), "opening_mrr": 144_037.22, "gross_revenue_retention": 0.976,
    "clients_opening": 40, "clients_lost": 1, "earlier_month": date(2025, 11, 1), "earlier_retention": 0.981,
    "months_on_file": 24,
}  # fmt: skip


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_year_is_said_with_its_clients_and_where_it_came_from():
    assert said(revenue.kept_year_after_year(YEAR)) == (
        "Of the $144,037 a month that recurred in Oct 2025, 97.6 % was still there in Oct 2026; 1 of 40 clients left."
    )
    assert said(revenue.kept_before(YEAR)) == "In Nov 2025 it was 98.1 %."
    assert "read it with care" in revenue.kept_before({**YEAR, "clients_opening": 8, "earlier_retention": None})


def test_less_than_a_year_carries_no_verdict():
    short = {"gross_revenue_retention": None, "months_on_file": 1}
    assert "invoices hold 1 month with recurring revenue" in revenue.kept_year_after_year(short)
    assert revenue.kept_before(short) == ""


def test_who_may_have_been_renamed_is_said_where_it_counts_as_lost():
    lost = [{"client": "Quill", "may_be": "Zephyr"}, {"client": "Rowan", "may_be": None}]
    assert revenue.renamed(lost) == (
        "A question is open: Quill may go on as Zephyr: the same item and amount from the next month on. Until Start "
        "is told, they count as lost and as new."
    )
    assert revenue.renamed(lost[1:]) == ""
    assert revenue.renamed([{"client": name, "may_be": "Z"} for name in "ABCDE"]).count("may go on as") == 3


def test_the_mix_is_said_with_products_and_without():
    row = {
        "revenue": 1000.0, "mix_revenue": 1000.0, "recurring_revenue": 600.0, "product_revenue": 200.0,
        "recurring_share": 0.6, "recurring_share_without_products": 0.75,
        "recurring_share_as_agent": 0.706, "incomplete_months": 1,
    }  # fmt: skip
    assert said(revenue.mix(row)) == "60.0 % of $1,000 recurs; without products, $200, it is 75.0 %."
    assert "70.6 % recurs" in said(revenue.mix_as_agent(row)) and "1 month of these is not" in revenue.mix_as_agent(row)
    assert revenue.mix({**row, "product_revenue": 0.0}).endswith("no products were sold.")
    assert revenue.mix({"revenue": None, "recurring_share": None}) == "There is no revenue in these months."
    # products credited by 450 leave 550 of which 600 would recur
    without = {**row, "revenue": 550.0, "mix_revenue": 550.0, "recurring_share": None}
    assert revenue.mix(without).startswith("What part of $550 recurs cannot be said: credits of other classes")
    assert revenue.mix_as_agent({"recurring_share_as_agent": None, "incomplete_months": 0}) == ""


def test_credits_without_a_class_are_named_apart_from_shares_of_the_rest():
    row = {"revenue": 950.0, "mix_revenue": 1000.0, "product_revenue": 0.0, "recurring_share": 0.995}
    assert said(revenue.mix(row)) == "99.5 % of $1,000 recurs; no products were sold."
    # 40 billed without a class and 50 taken off are 10 less on balance
    assert caveats.of_classes({"unclassified_revenue": -10.0, "stray_credits": -50.0}) == (
        "$40 of revenue has no class. Credits of $50 have no class: they are taken off revenue and in no share of it."
    )
    assert caveats.of_classes({"unclassified_revenue": 0.0, "stray_credits": 0.0}) == ""
    # of margins only the balance is known
    assert caveats.of_classes({"unclassified_revenue": -50.0}).startswith("Credits of $50 have no class")


def opened(page: str, **tables: list[Row]) -> AppTest:
    """The page on a workspace that holds these raw rows and nothing else."""
    con = warehouse.connect()
    fill(con, tables)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.session_state[session.CONNECTION] = con
    return app.run().switch_page(f"pages/{page}.py").run()


@pytest.mark.parametrize("page", PAGES)
def test_one_invoice_of_one_client_is_enough_for_a_page(page):
    app = opened(page, invoice_lines=ONE_LINE)
    assert not app.exception
    assert app.title[0].value == contents.entry(page).question
    assert app.header[0].value
    assert "nan" not in read(app)


def test_a_year_waits_for_a_year():
    assert "A year cannot be judged yet" in read(opened("retention", invoice_lines=ONE_LINE))


def test_what_is_overdue_is_said_with_who_owes_it():
    row = {
        "open_amount": 900.0, "overdue_amount": 400.0, "overdue_invoices": 2, "overdue_clients": 1,
        "over_90_amount": 100.0, "worst_client": "Birch", "worst_amount": 400.0,
    }  # fmt: skip
    assert revenue.receivables(row) == (
        "$400 is overdue: 2 invoices of 1 client, $100 of it for more than 90 days. Birch owes the most, $400."
    )
    assert revenue.receivables({**row, "overdue_amount": 0.0}) == "Nothing is overdue; $900 is not paid yet."
    assert "no invoice line says when it is due" in revenue.receivables({**row, "overdue_amount": None})


def test_without_a_day_of_payment_the_page_says_which_column_to_add():
    app = opened("receivables", invoice_lines=ONE_LINE)
    assert "No invoice line says on which day it was paid" in read(app)
    assert "without tax, which no line states, $100 in files that never say when anything was paid" in read(app)
    assert "$0 paid" not in read(app)
    assert {tile.value for tile in app.metric} == {"n/a"}
    paid = [line("Acme", "2026-01-05", 100, invoice_number="1", due_on="2026-02-04", paid_on="2026-02-14"),
            line("Acme", "2026-03-05", 60, invoice_number="2", due_on="2026-03-06")]  # fmt: skip
    said = read(opened("receivables", invoice_lines=paid))
    # the fifth of March is the last day of the data, and the sixth is still to come
    assert "Nothing is overdue; $60 is not paid yet." in said


QUICKBOOKS = """Sales by Customer Detail
Blue Lake IT

,Date,Transaction Type,Num,Due Date,Amount,Open Balance
Acme,,,,,,
,03/05/2026,Invoice,1001,04/04/2026,500.00,0.00
,03/31/2026,Invoice,1002,04/30/2026,300.00,300.00
Total for Acme,,,,,800.00,300.00
"""
XERO = """ContactName,InvoiceNumber,InvoiceDate,InvoiceAmountPaid,InvoiceAmountDue,Description,LineAmount,TaxAmount
Acme,INV-1,2026-03-05,500.00,0.00,Care,500.00,0.00
Acme,INV-2,2026-03-31,0.00,300.00,Care,300.00,0.00
"""


@pytest.mark.parametrize(("name", "text"), [("sales.csv", QUICKBOOKS), ("invoices.csv", XERO)])
def test_open_balances_and_amounts_due_of_the_day_of_the_export_are_not_what_is_open(name, text):
    """One of two invoices is still to be paid by its own file, which tells of no day: nothing is said to be open."""
    con = warehouse.connect()
    (report,) = load_files(con, [Upload(name, text.encode())], LoadOptions(answers={"day_or_month_first": "mdy"}))
    assert report.rows_loaded == 2, report
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.session_state[session.CONNECTION] = con
    shown = said(read(app.run().switch_page("pages/receivables.py").run()))
    assert "statuses, open balances and amounts paid or due aren't read, since they hold for the day of" in shown
    assert "of $800 billed" in shown and "$800 in files that never say when anything was paid" in shown
    assert "$300" not in shown and "$500" not in shown
    assert {tile.value for tile in app.metric} == {"n/a"}


BOUGHT = {"client": "Acme", "name": "Care block", "pricing_model": "block", "starts_on": date(2026, 1, 1),
          "included_hours": 40, "renews_on": date(2027, 1, 1), "notice_days": 30, "monthly_fee": 100}  # fmt: skip


def test_renewals_say_the_next_notice_and_what_nobody_agreed():
    row = {
        "agreements": 5, "in_force": 4, "notices_90": 1, "stake_90": 900.0, "notices_past": 1, "stake_past": 50.0,
        "without_notice": 2, "without_date": 0, "without_stake": 0, "next_client": "Birch",
        "next_notice_by": date(2026, 4, 1), "unsaid_agreements": 0,
    }  # fmt: skip
    assert said(revenue.renewals(row)) == (
        "1 notice falls due within 90 days, $900 of monthly revenue at stake; the next is Birch, by 1 Apr 2026."
    )
    assert revenue.notices(row) == (
        "1 notice has gone by: $50 a month that renews or ends as agreed. "
        "2 agreements with a date and no days of notice."
    )
    assert "No notice is open" in revenue.renewals({**row, "next_client": None})
    assert revenue.renewals({"agreements": 1, "in_force": 0}).startswith("No agreement is in force on that day")


def test_blocks_are_judged_only_where_the_hours_carry_it():
    assert revenue.blocks_of_hours([]).startswith("No agreement in force is a block")
    assert revenue.blocks_of_hours(["used_up", "runs_out", "too_early", "lasts"]) == (
        "Of 4 blocks of hours 1 used up, 1 runs out at its pace, 1 cannot be judged yet."
    )
    assert revenue.blocks_of_hours(["lasts"]) == "No block of hours of 1 runs out."


def test_renewals_of_a_tiny_workspace_and_of_one_without_agreements():
    app = opened("renewals", invoice_lines=ONE_LINE, agreements=[BOUGHT])
    assert not app.exception
    assert "the next is Acme, by 2" in said(read(app))
    assert "1 cannot be judged yet" in read(app)
    without = opened("renewals", invoice_lines=ONE_LINE)
    assert not without.exception
    assert "needs agreements" in read(without)
