"""What each client, tier and the whole book earns."""

from decimal import Decimal

import pytest

from tests.sql.rows import day, entry, line, months, technician, whole

JANUARY = months("2026-01")
ANN = technician("Ann", hourly_cost=50)


@pytest.fixture
def workspace(covered):
    """All months of these tests are whole."""
    return covered


def margins(book, **period) -> dict:
    return book.by("client", "metrics.client_margin", **(period or JANUARY))


def test_three_margins_and_the_hourly_rate_of_one_client(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6000, direct_cost=600, revenue_class="managed"),
            line("Acme", "2026-01-02", 1000, direct_cost=300, revenue_class="other_recurring"),
            line("Acme", "2026-01-03", 2000, direct_cost=0, revenue_class="project"),
            line("Acme", "2026-01-04", 3000, direct_cost=2550, revenue_class="product"),
        ],
        time_entries=[
            entry("2026-01-05", 40, "Acme", technician="Ann", coverage="agreement"),
            entry("2026-01-06", 10, "Acme", technician="Ann", work_type="Project"),
            entry("2026-01-07", 4, "Acme", technician="Ann", coverage="billable"),
            entry("2026-01-08", 6, "Acme", technician="Ann", coverage="out_of_scope_unbilled"),
        ],
    )
    acme = margins(book)["Acme"]
    # revenue 12,000; cost 3,450; labour 60 h x 50 = 3,000
    assert (acme["revenue"], acme["direct_cost"], acme["labour_hours"], acme["labour_cost"]) == (12000, 3450, 60, 3000)
    assert acme["gross_margin"] == 5550
    assert acme["gross_margin_pct"] == pytest.approx(5550 / 12000, abs=1e-12)
    # without products: 9,000 - 900 - 3,000
    assert acme["service_gross_margin_pct"] == pytest.approx(5100 / 9000, abs=1e-12)
    # managed: 6,000 - 600 - 46 h x 50, project and billable hours left out
    assert acme["managed_gross_margin_pct"] == pytest.approx(3100 / 6000, abs=1e-12)
    assert acme["effective_hourly_rate"] == pytest.approx(5400 / 46, abs=1e-9)
    assert acme["assumed_rate_hours"] == 0


def test_hours_without_an_invoice_and_an_invoice_without_hours(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Billed", "2026-01-01", 100, revenue_class="managed")],
        time_entries=[entry("2026-01-05", 2, "Worked", technician="Ann")],
    )
    rows = margins(book)
    assert (rows["Billed"]["labour_hours"], rows["Billed"]["gross_margin"]) == (0, 100)
    assert (rows["Worked"]["revenue"], rows["Worked"]["gross_margin"]) == (0, -100)
    assert rows["Worked"]["gross_margin_pct"] is None
    assert rows["Billed"]["effective_hourly_rate"] is None
    # nobody was billed for those two hours, so what they earn is not known: no 0 an hour
    assert rows["Worked"]["earned_an_hour"] is None
    assert (rows["Billed"]["is_unbilled"], rows["Worked"]["is_unbilled"]) == (False, True)
    assert book.sql("select detail from core.flagged_rows where flag = 'client_only_in_billing'") == [("Billed",)]


def test_revenue_of_zero_or_less_has_no_percentage(workspace):
    book = workspace(
        invoice_lines=[
            line("Zero", "2026-01-01", 10),
            line("Zero", "2026-01-02", 10, is_credit=True),
            line("Less", "2026-01-02", 10, is_credit=True),
        ],
        time_entries=[entry("2026-01-05", 1, "Zero")],
    )
    rows = margins(book)
    assert (rows["Zero"]["revenue"], rows["Less"]["revenue"]) == (0, -10)
    for row in rows.values():
        assert row["gross_margin_pct"] is None and row["service_gross_margin_pct"] is None
    assert rows["Less"]["gross_margin"] == -10


def test_without_any_labour_margins_are_unknown_and_not_the_revenue(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-01", 100, revenue_class="managed")],
        tickets=[{"ticket_id": "1", "client": "Acme", "opened_at": day("2026-01-05")}],
    )
    acme = margins(book)["Acme"]
    assert acme["revenue"] == 100
    unknown = [name for name, value in acme.items() if value is None]
    assert set(unknown) == {
        "direct_cost",
        "labour_hours",
        "labour_cost",
        "assumed_rate_hours",
        "gross_margin",
        "gross_margin_pct",
        "managed_hours",
        "service_gross_margin",
        "service_gross_margin_pct",
        "managed_gross_margin",
        "managed_gross_margin_pct",
        "effective_hourly_rate",
        "earned_an_hour",
        "stated_direct_cost",
    }
    company = book.one("metrics.company_margin", **JANUARY)
    assert company["revenue"] == 100 and company["gross_margin"] is None and company["labour_allocated"] is None
    summary = book.one("metrics.client_margin_summary", **JANUARY)
    assert (summary["labour_basis"], summary["loss_clients"], summary["loss_amount"]) == ("none", None, None)


def test_a_period_is_sums_over_sums_and_months_outside_it_do_not_count(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2025-12-31", 9999),
            line("Acme", "2026-01-01", 100),
            line("Acme", "2026-02-28", 300),
            line("Acme", "2026-03-01", 9999),
        ],
        time_entries=[
            entry("2025-12-31", 99, "Acme", technician="Ann"),
            entry("2026-01-31", 1, "Acme", technician="Ann"),
            entry("2026-02-01", 1, "Acme", technician="Ann"),
            entry("2026-03-01", 99, "Acme", technician="Ann"),
        ],
    )
    acme = margins(book, **months("2026-01", "2026-02"))["Acme"]
    assert (acme["revenue"], acme["gross_margin"]) == (400, 300)
    # not the mean of 50 % and 83.3 %
    assert acme["gross_margin_pct"] == pytest.approx(0.75, abs=1e-12)
    monthly = {row["month_start"]: row for row in book.rows("metrics.client_margin_monthly")}
    assert monthly[day("2026-01")]["gross_margin_pct"] == pytest.approx(0.5, abs=1e-12)


def test_a_client_that_left_still_counts(workspace):
    book = workspace(
        clients=[{"client": "Gone", "ends_on": day("2025-06-30")}], invoice_lines=[line("Gone", "2026-01-05", 5)]
    )
    assert margins(book)["Gone"]["revenue"] == 5


def test_tier_is_the_clients_files_then_the_latest_agreements_in_force(workspace):
    def agreement(client, tier, starts_on, ends_on=None):
        return {
            "client": client,
            "service_tier": tier,
            "starts_on": day(starts_on),
            "ends_on": ends_on and day(ends_on),
        }

    book = workspace(
        clients=[{"client": "Listed", "service_tier": "Gold"}, {"client": "Agreed"}, {"client": "Ended"}],
        agreements=[
            agreement("Listed", "Silver", "2025-01-01"),
            agreement("Agreed", "Bronze", "2024-01-01"),
            agreement("Agreed", "Silver", "2025-01-01"),
            agreement("Agreed", "Gold", "2026-02-01"),
            agreement("Ended", "Gold", "2024-01-01", "2025-12-31"),
        ],
        invoice_lines=[line(name, "2026-01-05", 5) for name in ("Listed", "Agreed", "Ended", "Stranger")],
    )
    tiers = {name: row["service_tier"] for name, row in margins(book).items()}
    assert tiers == {"Listed": "Gold", "Agreed": "Silver", "Ended": "(no tier)", "Stranger": "(no tier)"}


def test_spread_of_a_tier_needs_five_clients_with_revenue(workspace):
    def of(tier, costs):
        names = [f"{tier} {place}" for place in range(len(costs))]
        listed = [{"client": name, "service_tier": tier} for name in names]
        lines = [line(name, "2026-01-05", 100, direct_cost=cost) for name, cost in zip(names, costs, strict=True)]
        return listed, lines

    five, four = of("Five", [10, 20, 30, 50, 90]), of("Four", [10, 20, 30, 40])
    unpaid = [{"client": "Unpaid", "service_tier": "Four"}], [line("Unpaid", "2026-01-05", 0)]
    book = workspace(
        clients=five[0] + four[0] + unpaid[0],
        invoice_lines=five[1] + four[1] + unpaid[1],
        time_entries=[entry("2026-01-05", 1, None)],
    )
    rows = book.by("service_tier", "metrics.tier_dispersion", **JANUARY)
    # margins .9 .8 .7 .5 .1: quartiles at the second and fourth
    assert rows["Five"]["clients"] == 5
    assert rows["Five"]["median_gross_margin_pct"] == pytest.approx(0.7, abs=1e-9)
    assert rows["Five"]["iqr_gross_margin_pct"] == pytest.approx(0.3, abs=1e-9)
    assert rows["Five"]["first_quartile_gross_margin_pct"] == pytest.approx(0.5, abs=1e-9)
    assert rows["Five"]["third_quartile_gross_margin_pct"] == pytest.approx(0.8, abs=1e-9)
    # margins .9 .8 .7 .6: the median lies between the middle two
    assert (rows["Four"]["clients"], rows["Four"]["iqr_gross_margin_pct"]) == (4, None)
    assert rows["Four"]["median_gross_margin_pct"] == pytest.approx(0.75, abs=1e-9)


def test_summary_names_the_losses_and_compares_with_the_months_before(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Good", "2026-01-05", 500),
            line("Bad", "2026-01-05", 100),
            line("Worse", "2026-01-05", 100),
            line("Good", "2025-12-05", 200),
        ],
        time_entries=[
            entry("2026-01-05", 3, "Bad", technician="Ann"),
            entry("2026-01-05", 4, "Worse", technician="Ann"),
            entry("2026-01-05", 1, "Good", technician="Ann"),
            entry("2025-12-05", 1, "Good", technician="Ann"),
            entry("2025-11-05", 99, "Good", technician="Ann"),
        ],
    )
    found = book.one("metrics.client_margin_summary", **JANUARY)
    # Good 450, Bad -50, Worse -100
    assert (found["clients"], found["loss_clients"], found["loss_amount"]) == (3, 2, 150)
    assert (found["worst_client"], found["worst_gross_margin"], found["best_client"]) == ("Worse", -100, "Good")
    assert found["gross_margin"] == 300
    december = book.one("metrics.company_margin", **book.before("2026-01"))
    assert december["gross_margin"] == 150
    assert december["service_gross_margin_pct"] == pytest.approx(0.75, abs=1e-12)


def test_months_without_hours_are_no_comparison(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Acme", f"2026-0{month}-05", 500) for month in (4, 5, 6)],
        time_entries=[
            *(entry(f"2026-0{month}-15", 3, "Acme", technician="Ann") for month in (5, 6)),
            *whole("2026-05", "2026-06"),
        ],
    )
    # of April only the invoices are loaded: 100 % of margin would be a lie
    may = months("2026-05")
    assert book.one("metrics.company_margin", **may)["gross_margin_pct"] == pytest.approx(0.7, abs=1e-12)
    april = book.one("metrics.previous_period", **may)
    assert (april["month_from"], april["has_invoices"], april["has_labour"]) == (day("2026-04"), True, False)
    # 500 - 3 x 50
    assert book.one("metrics.previous_period", **months("2026-06"))["has_labour"] is True
    assert book.one("metrics.company_margin", **book.before("2026-06"))["gross_margin"] == 350


def test_hours_without_any_invoice_are_no_loss_but_a_question(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Billed", "2026-01-05", 100)],
        time_entries=[
            entry("2026-01-05", 3, "Billed", technician="Ann"),
            entry("2026-01-05", 7, "Group:Billed", technician="Ann"),
        ],
    )
    found = book.one("metrics.client_margin_summary", **JANUARY)
    # Ann costs 50: Billed 100 - 150 = -50; the other has 7 x 50 = 350 of labour and not one invoice
    assert (found["loss_clients"], found["loss_amount"], found["worst_client"]) == (1, 50, "Billed")
    assert (found["unbilled_clients"], found["unbilled_labour_cost"]) == (1, 350)
    assert found["gross_margin"] == -400


def test_bench_reconciles_with_the_payroll(workspace):
    book = workspace(
        technicians=[
            technician("Ann", hourly_cost=50, hours_per_week=40),
            # the 19th to the 30th: 10 of the 22 weekdays of January
            technician("Bob", hourly_cost=30, hours_per_week=20, starts_on="2026-01-19"),
            technician("Cy", hourly_cost=100, is_service=False),
        ],
        invoice_lines=[line("Acme", "2026-01-05", 50000)],
        time_entries=[
            entry("2026-01-05", 100, "Acme", technician="Ann"),
            entry("2026-01-20", 20, "Acme", technician="Bob"),
            entry("2026-01-12", 10, "Acme", technician="Bob"),
            entry("2026-01-20", 5, "Acme", technician="Cy"),
            entry("2026-01-20", 4, "Acme", technician="Nobody's child"),
            entry("2026-01-30", 30, None, technician="Ann"),
        ],
    )
    found = book.one("metrics.company_margin", **JANUARY)
    # Ann 50 x 40 x 52 / 12 = 8,666.67; Bob 30 x 20 x 52 / 12 x 10/22 = 1,181.82
    payroll = Decimal(50 * 40 * 52) / 12 + Decimal(30 * 20 * 52) / 12 * 10 / 22
    assert found["service_payroll"] == round(payroll, 2)
    # Ann 100 h, Bob 20 h while employed
    assert found["labour_allocated"] == 5600
    assert found["bench_labour"] == round(payroll - 5600, 2)
    # Bob 10 h before he started, Cy 5 h, a stranger 4 h at the assumption
    assert found["labour_outside_payroll"] == 300 + 500 + 200
    assert found["labour_cost"] == found["labour_allocated"] + found["labour_outside_payroll"]
    assert found["assumed_rate_hours"] == 4


def test_payroll_is_of_whole_months_and_ends_with_the_covered_ones(workspace):
    book = workspace(
        technicians=[technician("Ann", hourly_cost=50, starts_on="2026-03-16")],
        time_entries=[entry("2026-04-09", 10, "Acme", technician="Ann")],
        invoice_lines=[line("Acme", "2026-03-01", 1), line("Acme", "2026-04-01", 1)],
    )
    # 12 of the 22 weekdays of March; April's hours end on the 9th, so it is in no sum
    found = book.one("metrics.company_margin", **months("2026-03", "2026-04"))
    assert found["service_payroll"] == round(Decimal(50 * 40 * 52) / 12 * 12 / 22, 2)
    assert (found["months_asked"], found["months_covered"], found["labour_cost"]) == (2, 1, 0)


def test_the_tier_of_two_agreements_that_start_on_one_day_hangs_on_no_order(workspace):
    def tier(*agreements):
        book = workspace(agreements=list(agreements), invoice_lines=[line("Acme", "2026-01-05", 5)])
        return book.one("metrics.client_margin", **JANUARY)["service_tier"]

    def agreement(service_tier, ends_on=None, fee=None):
        row = {"client": "Acme", "service_tier": service_tier, "starts_on": day("2025-01-01"), "monthly_fee": fee}
        return row | {"ends_on": ends_on and day(ends_on)}

    # the one that goes on longest, then the dearest, then the first by name
    pairs = [
        (agreement("Gold", "2026-12-31"), agreement("Bronze")),
        (agreement("Silver", fee=900), agreement("Bronze", fee=2000)),
        (agreement("Silver"), agreement("Bronze")),
    ]
    for one, other in pairs:
        assert tier(one, other) == tier(other, one) == "Bronze"


@pytest.mark.parametrize("stated", [None, 0])
def test_direct_cost_that_no_line_states_is_a_dash_and_changes_no_margin(workspace, stated):
    # 1,000 less 2 hours at 50; 0 is a cost that the line states
    cost = {} if stated is None else {"direct_cost": stated}
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-05", 1000, agreement="Gold", **cost)],
        time_entries=[entry("2026-01-06", 2, "Acme", agreement="Gold"), *whole("2026-01")],
    )
    asked = dict.fromkeys(("client_margin", "company_margin", "agreement_margin"), JANUARY)
    for query, period in {**asked, "client_margin_monthly": {}, "company_margin_monthly": {}}.items():
        row = book.rows(f"metrics.{query}", **period)[0]
        assert (row["direct_cost"], row["gross_margin"]) == (stated, 900), query
    steps = [row["step"] for row in book.rows("metrics.margin_reconciliation", **JANUARY) if row["chain"] == "margin"]
    assert ("direct_cost" in steps) is (stated is not None)


def test_a_client_without_a_stated_cost_is_a_dash_beside_one_that_states_it(workspace):
    """Acme's line costs 300 and Cedar's 0; Birch's say nothing, so its 500 stand before tools and resale."""
    lines = [line("Acme", "2026-01-05", 1000, direct_cost=300), line("Cedar", "2026-01-05", 700, direct_cost=0)]
    book = workspace(
        invoice_lines=[*lines, line("Birch", "2026-01-05", 600)],
        time_entries=[entry("2026-01-06", 2, "Birch"), *whole("2026-01")],
    )
    found = {client: (row["stated_direct_cost"], row["gross_margin"]) for client, row in margins(book).items()}
    assert found == {"Acme": (300, 700), "Birch": (None, 500), "Cedar": (0, 700)}
    # that others reckon with holds a number still
    assert margins(book)["Birch"]["direct_cost"] == 0
