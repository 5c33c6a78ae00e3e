"""How recurring revenue lasts: against a year before, and by the quarter in which clients began."""

import pytest

from tests.sql.rows import day, entry, line, months


def fees(client: str, amounts: dict[str, float], kind: str = "managed") -> list[dict]:
    return [line(client, f"{month}-01", amount, revenue_class=kind) for month, amount in amounts.items()]


def book_of(workspace, *lines, through: str):
    return workspace(invoice_lines=[row for rows in lines for row in rows], time_entries=[entry(through, 1)])


def test_each_month_against_the_one_a_year_before(workspace):
    book = book_of(
        workspace,
        fees("Grows", {"2025-01": 100, "2025-03": 100, "2026-01": 150, "2026-02": 150, "2026-03": 150}),
        fees("Shrinks", {"2025-01": 200, "2025-03": 200, "2026-01": 120, "2026-03": 120}),
        fees("Leaves", {"2025-01": 100, "2025-03": 100, "2026-01": 100}),
        fees("Comes", {"2026-01": 500, "2026-03": 500, "2026-04": 500}),
        through="2026-04-15",
    )
    found = {str(row["month_start"])[:7]: row for row in book.rows("metrics.retention_trajectory")}
    # February 2025 had no recurring revenue, and April 2026 isn't complete
    assert list(found) == ["2026-01", "2026-03"]
    january, march = found["2026-01"], found["2026-03"]
    # kept of 400: 100 + 120 + 100; with the rise of 50
    assert january["opening_mrr"] == 400
    assert january["gross_revenue_retention"] == pytest.approx(320 / 400, abs=1e-12)
    assert january["net_revenue_retention"] == pytest.approx(370 / 400, abs=1e-12)
    assert (january["clients_opening"], january["clients_lost"], january["logo_churn"]) == (3, 0, 0)
    assert march["gross_revenue_retention"] == pytest.approx(220 / 400, abs=1e-12)
    assert march["net_revenue_retention"] == pytest.approx(270 / 400, abs=1e-12)
    assert march["logo_churn"] == pytest.approx(1 / 3, abs=1e-12)


def test_the_last_month_that_can_be_judged_and_where_it_came_from(workspace):
    book = book_of(
        workspace,
        fees("Kept", {"2025-01": 100, "2025-02": 100, "2025-03": 100, "2026-01": 90, "2026-02": 80, "2026-03": 100}),
        fees("Lost", {"2025-01": 100, "2025-02": 100, "2025-03": 100, "2026-01": 100}),
        through="2026-03-31",
    )
    found = book.one("metrics.yearly_retention", month_to=day("2026-02"))
    # 80 of 200 in February, 190 of 200 in January
    assert (found["month_start"], found["opening_mrr"]) == (day("2026-02"), 200)
    assert (found["gross_revenue_retention"], found["net_revenue_retention"]) == (0.4, 0.4)
    assert (found["clients_opening"], found["clients_lost"], found["logo_churn"]) == (2, 1, 0.5)
    assert (found["earlier_month"], found["earlier_retention"]) == (day("2026-01"), 0.95)
    # months with a gap between them: January 2025 to February 2026
    assert found["months_on_file"] == 14
    first = book.one("metrics.yearly_retention", month_to=day("2026-01"))
    assert (first["gross_revenue_retention"], first["earlier_month"], first["earlier_retention"]) == (0.95, None, None)
    before = book.one("metrics.yearly_retention", month_to=day("2025-12"))
    assert (before["month_start"], before["gross_revenue_retention"], before["months_on_file"]) == (None, None, 12)


def test_growth_leaves_out_whom_a_yearly_bill_first_shows(workspace):
    """100 a month, and 60 more of a client whose first bill is for a year: 0 % of growth, not 60 %."""
    paid = {f"{year}-{month:02}": 100 for year in (2025, 2026) for month in range(1, 13)}
    yearly = line("Yearly", "2025-06-01", 720, service_months=12, revenue_class="managed")
    renewed = line("Yearly", "2026-06-01", 720, service_months=12, revenue_class="managed")
    book = book_of(workspace, [*fees("Acme", paid), yearly, renewed], through="2026-12-31")
    found = book.one("metrics.yearly_retention", month_to=day("2026-03"))
    assert (found["opening_mrr"], found["first_seen_mrr"]) == (100, 60)
    flags = book.by("flag", "metrics.red_flags", **months("2025-04", "2026-03"), as_of=day("2026-03-31"))
    assert flags["recurring_growth"]["found"] == 0
    # a year later it is in both months
    assert book.one("metrics.yearly_retention", month_to=day("2026-07"))["first_seen_mrr"] == 0


def test_a_year_has_to_be_on_file(workspace):
    book = book_of(workspace, fees("Acme", {f"2026-{month:02}": 10 for month in range(1, 6)}), through="2026-05-29")
    assert book.rows("metrics.retention_trajectory") == []


def cohorts(book) -> dict:
    return {(row["cohort"], row["quarters_since"]): row for row in book.rows("metrics.revenue_cohorts")}


def size(row) -> tuple:
    return row["clients_start"], row["clients_kept"], row["mrr_start"], row["mrr_kept"]


def test_cohorts_by_the_quarter_in_which_clients_began(workspace):
    book = book_of(
        workspace,
        # on file since the first month, which is no beginning
        fees("Old", {"2025-02": 100, "2025-03": 100, "2025-06": 90, "2025-09": 80}),
        # began in March, the second month on file; gone by June, back in September
        fees("First", {"2025-03": 50, "2025-09": 60}),
        # both began in the second quarter; one is gone by its end, the other has grown a quarter later
        fees("Early", {"2025-04": 10}),
        fees("Late", {"2025-06": 20, "2025-09": 30}),
        # a credit that outweighs the month is no recurring revenue
        fees("Never", {"2025-06": -20}),
        # began in a quarter whose last month isn't complete
        fees("New", {"2025-10": 70, "2025-12": 70}),
        through="2025-12-30",
    )
    found = cohorts(book)
    assert {key: size(row) for key, row in found.items()} == {
        ("before", 0): (1, 1, 100, 100),
        ("before", 1): (1, 1, 100, 90),
        ("before", 2): (1, 1, 100, 80),
        ("2025-01-01", 0): (1, 1, 50, 50),
        ("2025-01-01", 1): (1, 0, 50, 0),
        ("2025-01-01", 2): (1, 1, 50, 60),
        ("2025-04-01", 0): (2, 1, 20, 20),
        ("2025-04-01", 1): (2, 1, 20, 30),
    }


def test_only_recurring_revenue_makes_a_cohort(workspace):
    book = book_of(workspace, fees("Acme", {"2026-01": 10, "2026-03": 10}, "project"), through="2026-03-31")
    assert cohorts(book) == {}


def test_a_cohort_is_named_in_words_and_its_shares_are_of_its_own_quarter(workspace):
    book = book_of(
        workspace,
        fees("Old", {"2025-02": 100, "2025-03": 100, "2025-06": 120}),
        fees("One", {"2025-04": 10, "2025-06": 40}),
        fees("Two", {"2025-05": 10, "2025-06": 40, "2025-09": 20}),
        # begins and leaves inside its quarter: nothing to be a share of
        fees("Gone", {"2025-08": 10}),
        through="2025-09-30",
    )
    found = {(row["began"], row["quarters_since"]): row for row in book.rows("metrics.revenue_cohorts")}
    assert {key: (row["clients_share"], row["mrr_share"]) for key, row in found.items()} == {
        ("Before Mar 2025", 0): (1, 1),
        ("Before Mar 2025", 1): (1, 1.2),
        ("Before Mar 2025", 2): (0, 0),
        ("Q2 2025", 0): (1, 1),
        ("Q2 2025", 1): (0.5, 0.25),
        ("Q3 2025", 0): (0, None),
    }
