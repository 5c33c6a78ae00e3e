"""The company's margin once the paid hours that reached no client are taken off, and whose hours are managed ones."""

import pytest

from tests.sql.rows import entry, line, months, technician, whole

JANUARY = months("2026-01")


def test_after_bench_of_all_service_and_managed_work(workspace):
    book = workspace(
        # 50 x 30 x 52 / 12 = 6,500 a month
        technicians=[technician("Ann", hourly_cost=50, hours_per_week=30)],
        invoice_lines=[
            line("Acme", "2026-01-01", 8000, direct_cost=800, revenue_class="managed"),
            line("Acme", "2026-01-01", 4000, direct_cost=3400, revenue_class="product"),
            line("Birch", "2026-01-01", 2000, revenue_class="project"),
        ],
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-06", 60, "Acme", technician="Ann", coverage="agreement"),
            entry("2026-01-07", 20, "Birch", technician="Ann", work_type="project", coverage="billable"),
        ],
    )
    found = book.one("metrics.company_margin", **JANUARY)
    # before: 14,000 - 4,200 - 4,000 = 5,800; bench 6,500 - 4,000 = 2,500
    assert (found["gross_margin"], found["bench_labour"], found["gross_margin_after_bench"]) == (5800, 2500, 3300)
    assert found["gross_margin_after_bench_pct"] == pytest.approx(3300 / 14000, abs=1e-12)
    # without products: 10,000 - 800 - 4,000 - 2,500
    assert found["service_gross_margin_pct"] == pytest.approx(0.52, abs=1e-12)
    assert found["service_gross_margin_after_bench_pct"] == pytest.approx(0.27, abs=1e-12)
    # managed: 8,000 - 800 - 3,000 = 4,200, and 3,000 / 4,000 of the bench
    assert found["managed_gross_margin_pct"] == pytest.approx(4200 / 8000, abs=1e-12)
    assert found["managed_gross_margin_after_bench_pct"] == pytest.approx((4200 - 1875) / 8000, abs=1e-12)


def test_pay_at_the_assumed_rate_is_told_of_the_payroll(workspace):
    """Owen's pay is in no file: 50 x 40 x 52 / 12 = 8,666.67 in each of two months; Kim delivers no service."""
    book = workspace(
        technicians=[
            technician("Ann", hourly_cost=60, hours_per_week=30),
            technician("Owen", hours_per_week=40, is_owner=True),
            technician("Kim", hours_per_week=40, is_service=False),
        ],
        invoice_lines=[line("Acme", f"2026-{month}-01", 8000, revenue_class="managed") for month in ("01", "02")],
        time_entries=[*whole("2026-01", "2026-02"), entry("2026-01-06", 10, "Acme", technician="Ann")],
    )
    found = book.one("metrics.client_margin_summary", **months("2026-01", "2026-02"))
    assert (float(found["assumed_payroll"]), found["assumed_people"]) == (17333.33, 1)
    # Owen's 50 x 40 a week of that and Ann's 60 x 30
    assert found["assumed_pay_share"] == pytest.approx(2000 / 3800, abs=1e-9)
    # March isn't covered
    assert book.one("metrics.assumed_payroll", **months("2026-03"))["assumed_people"] == 0


def test_without_technicians_nothing_is_known_after_bench(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-01", 8000, revenue_class="managed")],
        time_entries=[*whole("2026-01"), entry("2026-01-06", 10, "Acme")],
    )
    found = book.one("metrics.company_margin", **JANUARY)
    assert found["gross_margin"] == 7500
    assert [value for name, value in found.items() if "after_bench" in name] == [None] * 4


def test_bench_counts_covered_months_alone(workspace):
    """December has no hours: its payroll is no bench, as its revenue is no margin."""
    book = workspace(
        technicians=[technician("Ann", hourly_cost=60, hours_per_week=40)],
        invoice_lines=[line("Acme", "2025-12-01", 9000), line("Acme", "2026-01-01", 12000)],
        time_entries=[*whole("2026-01"), entry("2026-01-06", 100, "Acme", technician="Ann")],
    )
    found = book.one("metrics.company_margin", **months("2025-12", "2026-01"))
    # 60 x 40 x 52 / 12 = 10,400, of which 6,000 reached Acme
    assert (found["service_payroll"], found["bench_labour"]) == (10400, 4400)
    assert (found["revenue"], found["gross_margin_after_bench"]) == (12000, 12000 - 6000 - 4400)
    by_month = {str(row["month_start"]): row["bench_labour"] for row in book.rows("metrics.company_margin_monthly")}
    assert by_month == {"2025-12-01": None, "2026-01-01": 4400}


def test_hours_of_a_client_without_managed_revenue_are_in_no_managed_figure(workspace):
    """A client on time and material took the managed margin from 50 % to 2 %."""
    book = workspace(
        technicians=[technician("Ann", hourly_cost=50)],
        invoice_lines=[
            line("Acme", "2026-01-01", 1000, revenue_class="managed"),
            line("Casual", "2026-01-01", 3000, revenue_class="tm"),
            line("Credited", "2026-01-01", 300, revenue_class="managed", is_credit=True),
        ],
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-06", 10, "Acme", technician="Ann"),
            entry("2026-01-07", 9, "Casual", technician="Ann"),
            entry("2026-01-08", 2, "Credited", technician="Ann"),
        ],
    )
    rows = book.by("client", "metrics.client_margin", **JANUARY)
    assert rows["Acme"]["managed_gross_margin_pct"] == pytest.approx(0.5)
    for name in ("Casual", "Credited"):
        assert (rows[name]["managed_gross_margin_pct"], rows[name]["effective_hourly_rate"]) == (None, None), name
    found = book.one("metrics.company_margin", **JANUARY)
    # 1,000 - 300 of managed revenue; Acme's ten hours alone
    assert found["managed_gross_margin_pct"] == pytest.approx((700 - 500) / 700, abs=1e-12)
    assert found["effective_hourly_rate"] == pytest.approx(70)
    by_month = book.one("metrics.company_margin_monthly")
    assert by_month["effective_hourly_rate"] == pytest.approx(70)


def chains(book, **period) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {"margin": {}, "payroll": {}}
    for row in book.rows("metrics.margin_reconciliation", **period):
        found[row["chain"]][row["step"]] = row["amount"]
    return found


def test_margins_reconcile_with_the_payroll(workspace):
    book = workspace(
        # 50 x 30 x 52 / 12 = 6,500 a month; the owner is not on the service payroll
        technicians=[
            technician("Ann", hourly_cost=50, hours_per_week=30),
            technician("Nora", hourly_cost=100, hours_per_week=40, is_service=False),
        ],
        invoice_lines=[line("Acme", "2026-01-01", 8000, direct_cost=800, revenue_class="managed")],
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-06", 60, "Acme", technician="Ann"),
            entry("2026-01-07", 2, "Acme", technician="Nora"),
        ],
    )
    found = chains(book, **JANUARY)
    # 8,000 - 800 - (3,000 + 200) = 4,000; less the bench, 6,500 - 3,000, it is 500
    assert list(found["margin"].values()) == [8000, -800, -3200, 4000, -3500, 500]
    # 3,200 of labour, less Nora's 200, and 3,500 of bench
    assert list(found["payroll"].values()) == [3200, -200, 3500, 6500]


def test_without_technicians_the_way_to_the_payroll_is_open(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-01", 8000)],
        time_entries=[*whole("2026-01"), entry("2026-01-06", 10, "Acme")],
    )
    found = chains(book, **JANUARY)
    assert (found["margin"]["gross_margin"], found["margin"]["bench_labour"]) == (7500, None)
    assert found["payroll"]["service_payroll"] is None
