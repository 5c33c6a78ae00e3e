"""What class of revenue an invoice item is, when no line says so."""

import pytest

from tests.sql.rows import line, months
from vitals.workspace.choices import ItemClass, set_item_classes


@pytest.fixture
def workspace(covered):
    """All months of these tests are whole."""
    return covered


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
        # accounts of a ledger are called in the plural
        ("4300 Projects", "project", 1),
        ("Migrations and installations", "project", 1),
        ("Hourly labour", "tm", 1),
        ("T&M on-site", "tm", 1),
        ("Dell Latitude laptop, 3 year warranty", "product", 1),
        # codes of accounting systems say it in short
        ("BACKUP-YR", "other_recurring", 12),
        ("M365_BP_YR", "other_recurring", 12),
        ("SSL-ANN", "other_recurring", 12),
        ("Antivirus licence 5 yr", "other_recurring", 60),
        ("Backup 5yr", "other_recurring", 60),
        ("SSL certificate 4-year", "other_recurring", 48),
        # what nobody listed is no year
        ("Hosting 7 yr", "other_recurring", 1),
        ("Domain 10 years", "other_recurring", 1),
        ("Domain 1 yr", "other_recurring", 12),
        ("Hosting 2-yr", "other_recurring", 24),
        ("Hosting, Ann Arbor", "other_recurring", 1),
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


def spread(workspace, *lines, **tables) -> list[tuple]:
    book = workspace(invoice_lines=list(lines), **tables)
    found = book.sql("select month_start, sum(revenue) from core.fct_revenue_monthly group by 1 order by 1")
    return [(str(start)[:7], float(amount)) for start, amount in found]


def test_a_project_is_not_spread_for_a_word(workspace):
    """12,000 for a project with "Annual" in its item showed 1,000 a month."""
    said = line("Acme", "2026-01-05", 12000, item="Annual network review", revenue_class="project")
    assert spread(workspace, said) == [("2026-01", 12000)]
    # nor where the words alone make it one
    assert spread(workspace, line("Acme", "2026-01-05", 12000, item="Annual migration project")) == [("2026-01", 12000)]


def test_months_are_not_guessed_against_the_billing(workspace):
    """Two monthly invoices of 1,000 for an "annual agreement" gave 83.33 of recurring revenue."""
    lines = [
        line("Acme", f"2026-0{month}-01", 1000, item="Annual agreement", revenue_class="managed") for month in (1, 2)
    ]
    assert spread(workspace, *lines) == [("2026-01", 1000), ("2026-02", 1000)]
    # another client that pays it once a year is another matter
    yearly = [
        line("Birch", f"{year}-03-01", 1200, item="Annual agreement", revenue_class="managed") for year in (2024, 2025)
    ]
    found = dict(spread(workspace, *lines, *yearly))
    assert (found["2024-03"], found["2025-06"], found["2026-01"]) == (100, 100, 1100)
    # eleven months apart is more often than a year
    early = [
        line("Birch", on, 1200, item="Annual agreement", revenue_class="managed") for on in ("2024-03-01", "2025-02-01")
    ]
    assert spread(workspace, *early) == [("2024-03", 1200), ("2025-02", 1200)]


def test_two_lines_of_one_month_are_one_billing(workspace):
    halves = [line("Acme", "2026-01-05", 600, item="Annual antivirus") for _ in range(2)]
    assert spread(workspace, *halves)[0] == ("2026-01", 100)


def test_months_stated_for_the_item_in_any_file_leave_nothing_to_guess(workspace):
    stated = line("Birch", "2025-06-01", 900, item="Annual licence", service_months=3, load_id=2)
    silent = line("Acme", "2026-01-01", 1200, item="annual  LICENCE")
    assert spread(workspace, stated, silent)[-1] == ("2026-01", 1200)
    # 0 says one month, and says it
    zero = line("Birch", "2025-06-01", 900, item="Annual licence", service_months=0)
    assert spread(workspace, zero, silent) == [("2025-06", 900), ("2026-01", 1200)]
    # another item of the same file may be guessed all the same
    assert len(spread(workspace, stated, line("Acme", "2026-01-01", 1200, item="Annual antivirus"))) == 3 + 12


@pytest.mark.parametrize("credit", [{"amount": 1200, "is_credit": True}, {"amount": -1200}])
def test_a_credit_is_never_spread_for_a_word(workspace, credit):
    amount = credit.pop("amount")
    assert spread(workspace, line("Acme", "2026-01-05", amount, item="Annual antivirus", **credit)) == [
        ("2026-01", -1200)
    ]


def test_suggested_months_are_listed_and_can_be_changed_where_the_class_is_stated(workspace):
    said = line("Acme", "2026-01-05", 1200, item="Annual care", revenue_class="managed")
    row = workspace(invoice_lines=[said]).one("metrics.item_classes")
    assert (row["item"], row["service_months"], row["suggested_months"], row["is_confirmed"]) == (
        "Annual care",
        12,
        12,
        False,
    )
    answer = [{"item_key": "annual care", "revenue_class": "managed", "service_months": 1}]
    book = workspace(invoice_lines=[said], item_classes=answer)
    row = book.one("metrics.item_classes")
    assert (row["service_months"], row["suggested_months"], row["is_confirmed"]) == (1, 12, True)
    assert spread(workspace, said, item_classes=answer) == [("2026-01", 1200)]


def test_months_that_differ_by_client_are_left_to_each(workspace):
    lines = [line("Acme", f"2026-0{month}-01", 100, item="Annual care") for month in (1, 2)]
    lines.append(line("Birch", "2026-01-01", 1200, item="Annual care"))
    row = workspace(invoice_lines=lines).one("metrics.item_classes")
    # confirming the class alone must change neither
    assert (row["service_months"], row["suggested_months"]) == (None, 12)


def test_an_item_with_an_eszett_keeps_its_confirmed_class(workspace):
    """Case folding writes it as ss, in lower case it stays one letter."""
    lines = [line("Acme", "2026-01-05", 90, item=name) for name in ("Straßendienst", "STRASSENDIENST")]
    book = workspace(invoice_lines=lines)
    set_item_classes(book.con, [ItemClass("Straßendienst", "tm", 1)])
    row = book.one("metrics.item_classes")
    assert (row["lines"], row["revenue_class"], row["is_confirmed"]) == (2, "tm", True)


def test_credits_are_taken_off_and_the_largest_line_is_the_example(workspace):
    lines = [line("Acme", "2026-01-05", 900, item="Gold"), line("Birch", "2026-02-05", 1200, item="Gold")]
    lines += [{**line("Acme", "2026-03-05", 400, item="Gold"), "is_credit": True}]
    row = workspace(invoice_lines=lines).one("metrics.item_classes")
    # 900 + 1200 - 400, as revenue counts it
    assert (row["amount"], row["credited"]) == (1700, 400)
    assert (row["sample_client"], str(row["sample_on"])[:10], row["sample_amount"]) == ("Birch", "2026-02-05", 1200)
