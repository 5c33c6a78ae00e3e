"""What class of revenue an invoice item is, when no line says so."""

import pytest

from tests.sql.rows import line, months


def one_item(workspace, item, **tables):
    book = workspace(invoice_lines=[line("Acme", "2026-01-05", 1200, item=item)], **tables)
    return book.one("metrics.item_classes")


@pytest.mark.parametrize(
    ("item", "revenue_class", "spread"),
    [
        ("Managed Services - per user", "managed", 1),
        ("Server monitoring", "managed", 1),
        ("Microsoft 365 Business Premium licences", "other_recurring", 1),
        ("Antivirus subscription, annual", "other_recurring", 12),
        ("Email security quarterly", "other_recurring", 3),
        ("Annual commitment, billed monthly, Microsoft 365", "other_recurring", 1),
        ("Laptop setup and installation", "project", 1),
        ("Onboarding project, 12 months", "project", 1),
        ("Hourly labour", "tm", 1),
        ("T&M on-site", "tm", 1),
        ("Dell Latitude laptop, 3 year warranty", "product", 1),
        ("Sundries", None, 1),
    ],
)
def test_suggestion_from_words(workspace, item, revenue_class, spread):
    row = one_item(workspace, item)
    assert (row["suggested_class"], row["suggested_months"]) == (revenue_class, spread)
    assert row["basis"] == ("suggested" if revenue_class else "unclassified")


def test_suggestion_from_the_price_pattern(workspace):
    lines = [line("Acme", f"2026-0{month}-01", 450, item="Gold") for month in range(1, 5)]
    lines += [line("Acme", f"2026-0{month}-01", 80, item="Firewall") for month in range(1, 5)]
    lines += [line("Acme", "2026-01-01", 80, item="Odd"), line("Acme", "2026-04-01", 80, item="Odd")]
    rows = workspace(invoice_lines=lines).by("item", "metrics.item_classes")
    assert {name: row["suggested_class"] for name, row in rows.items()} == {
        "Gold": "managed",
        # hardware that is billed alike every month is a service
        "Firewall": "other_recurring",
        "Odd": None,
    }


def test_suggestions_are_used_and_marked_until_confirmed(workspace):
    line_of_it = [line("Acme", "2026-01-05", 1200, item="  ANNUAL  antivirus ")]
    margin = workspace(invoice_lines=line_of_it).one("metrics.client_margin", **months("2026-01"))
    assert (margin["revenue"], margin["suggested_revenue"], margin["unclassified_revenue"]) == (100, 100, 0)
    answer = [{"item_key": "annual antivirus", "revenue_class": "managed", "service_months": 6}]
    book = workspace(invoice_lines=line_of_it, item_classes=answer)
    margin = book.one("metrics.client_margin", **months("2026-01"))
    assert (margin["managed_revenue"], margin["suggested_revenue"]) == (200, 0)
    row = book.one("metrics.item_classes")
    assert (row["is_confirmed"], row["suggested_class"], row["suggested_months"]) == (True, "other_recurring", 12)


def test_what_the_line_says_goes_before_its_item(workspace):
    book = workspace(
        invoice_lines=[
            line("Acme", "2026-01-05", 90, item="Annual licence", revenue_class="tm", service_months=3),
            line("Acme", "2026-01-05", 10, item="Annual licence", revenue_class="tm"),
        ],
        item_classes=[{"item_key": "annual licence", "revenue_class": "product"}],
    )
    # the file speaks of service months, so silence is 1
    assert book.sql("select month_start, revenue_class, revenue, class_basis from core.fct_revenue_monthly order by 1")[
        0
    ][1:] == ("tm", 40, "stated")
    assert book.rows("metrics.item_classes") == []


def test_a_line_without_an_item_is_unclassified_and_counts_as_service(workspace):
    margin = workspace(invoice_lines=[line("Acme", "2026-01-05", 90)]).one("metrics.client_margin", **months("2026-01"))
    assert (margin["unclassified_revenue"], margin["service_revenue"], margin["managed_revenue"]) == (90, 90, 0)
