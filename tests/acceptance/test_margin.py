"""Section 2, margins: which clients have a row, what labour costs them, tiers, classes and the company's sums."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, money, months, ratio

JAN = months("2025-01")


FILES = {
    "clients": """
        client,service_tier,starts_on,ends_on,is_internal
        Acme,Gold,2024-01-01,,
        Left,Gold,2023-01-01,2024-12-31,
        Deal,,2024-01-01,,no
        Bare,,2024-01-01,,
        Idle,Gold,2024-01-01,,
        Us,Gold,2020-01-01,,yes
        """,
    "agreements": """
        agreement_id,client,starts_on,ends_on,service_tier
        1,Deal,2023-01-01,,Old
        2,Deal,2024-06-01,,Silver
        3,Deal,2025-02-01,,Future
        4,Deal,2024-09-01,2024-12-31,Past
        5,Acme,2024-01-01,,Silver
        """,
    "technicians": """
        technician,hourly_cost,hours_per_week,is_service,starts_on,ends_on
        Ann,30,40,,,
        Bob,40,20,yes,2025-01-27,
        Cas,20,40,yes,,2025-01-10
        Boss,100,40,no,,
        """,
    "tickets": """
        ticket_id,client,opened_at
        T1,Acme,2025-01-06 09:00
        T2,-,2025-01-06 09:00
        T3,Us,2025-01-06 09:00
        """,
    "invoice_lines": """
        invoice_number,line_number,client,invoiced_on,amount,revenue_class,direct_cost
        1,1,Acme,2025-01-05,1000,managed,100
        1,2,Acme,2025-01-05,500,project,
        1,3,Acme,2025-01-05,300,product,250
        1,4,Acme,2025-01-05,200,other_recurring,50
        2,1,Left,2025-01-05,80,tm,
        3,1,Deal,2025-01-05,100,managed,
        4,1,Billing Only,2025-01-05,60,managed,
        5,1,Us,2025-01-05,999,managed,1
        6,1,Cost Only,2025-01-05,0,tm,40
        """,
    "time_entries": """
        entry_id,worked_on,hours,technician,ticket_id,client,work_type,coverage,billable
        1,2025-01-02,4,Ann,T1,,support,agreement,
        2,2025-01-06,2,Ann,T1,,Project,agreement,
        3,2025-01-06,1,Ann,,Acme,support,billable,
        4,2025-01-06,1,Ann,,Acme,,out_of_scope_unbilled,yes
        5,2025-01-06,8,Ann,,Acme,support,internal,yes
        6,2025-01-06,2,Ann,,,training,,yes
        7,2025-01-06,3,Ann,T3,,support,agreement,
        8,2025-01-06,1.5,Ann,T1,Deal,support,,yes
        9,2025-01-06,1,Ann,T2,,support,,no
        10,2025-01-06,2,Bob,,Deal,support,,
        11,2025-01-28,2,Bob,,Deal,support,,
        12,2025-01-31,1,Boss,,Deal,support,,
        13,2025-01-31,1,Stranger,,Bare,support,,
        14,2025-01-31,1,Ann,Nowhere,,support,,
        """,
}


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    """January of 2025 (23 weekdays), worked from its second weekday through to its last, the 31st."""
    with desk(
        **FILES,
    ) as found:
        yield found


def test_who_has_a_row(book):
    assert set(book.by("client", "metrics.client_margin", **JAN)) == {
        "Acme", "Left", "Deal", "Billing Only", "Cost Only", "Bare", "(no client)"
    }  # fmt: skip


def test_a_client_in_full(book):
    # hours 4 + 2 + 1 + 1 = 8 at 30; managed hours without the project's 2 and the billable 1: 5 at 30
    found = book.by("client", "metrics.client_margin", **JAN)["Acme"]
    assert found["service_tier"] == "Gold"
    assert (found["revenue"], found["direct_cost"], found["labour_hours"], found["labour_cost"]) == (2000, 400, 8, 240)
    assert found["assumed_rate_hours"] == 0
    assert found["gross_margin"] == 1360
    assert found["gross_margin_pct"] == ratio(0.68)
    assert found["service_gross_margin_pct"] == ratio((1700 - 150 - 240) / 1700)
    assert found["managed_gross_margin_pct"] == ratio((1000 - 100 - 150) / 1000)
    assert found["effective_hourly_rate"] == money(900 / 5)


def test_an_entry_counts_for_its_own_client(book):
    # 1.5 of Ann at 30, 2 + 2 of Bob at 40, 1 of Boss at 100
    found = book.by("client", "metrics.client_margin", **JAN)["Deal"]
    assert (found["labour_hours"], found["labour_cost"]) == (6.5, 45 + 160 + 100)
    assert found["gross_margin_pct"] == ratio((100 - 305) / 100)


def test_tiers(book):
    tiers = {row["client"]: row["service_tier"] for row in book.rows("metrics.client_margin", **JAN)}
    assert tiers == {
        "Acme": "Gold", "Left": "Gold", "Deal": "Silver", "Billing Only": "(no tier)", "Cost Only": "(no tier)",
        "Bare": "(no tier)", "(no client)": "(no tier)",
    }  # fmt: skip


def test_none_beside_some_labour_is_0(book):
    rows = book.by("client", "metrics.client_margin", **JAN)
    assert (rows["Left"]["labour_hours"], rows["Left"]["labour_cost"], rows["Left"]["gross_margin"]) == (0, 0, 80)
    assert rows["Left"]["gross_margin_pct"] == 1
    assert rows["Left"]["managed_gross_margin_pct"] is None
    assert rows["Left"]["effective_hourly_rate"] is None
    assert (rows["Cost Only"]["gross_margin"], rows["Cost Only"]["gross_margin_pct"]) == (-40, None)
    assert (rows["Bare"]["revenue"], rows["Bare"]["gross_margin"], rows["Bare"]["assumed_rate_hours"]) == (0, -50, 1)
    assert rows["Billing Only"]["effective_hourly_rate"] is None
    assert rows["(no client)"]["labour_cost"] == 30


def test_company_is_the_sum_of_its_clients(book):
    rows, whole = book.rows("metrics.client_margin", **JAN), book.one("metrics.company_margin", **JAN)
    for column in ("revenue", "direct_cost", "labour_hours", "labour_cost", "assumed_rate_hours", "gross_margin"):
        assert whole[column] == money(sum(row[column] for row in rows))
    assert whole["gross_margin_pct"] == ratio(whole["gross_margin"] / whole["revenue"])


def test_payroll_and_bench(book):
    # Ann 30 x 40 x 52 / 12 = 5200; Bob 40 x 20 x 52 / 12 x 5 / 23; Cas 20 x 40 x 52 / 12 x 8 / 23; Boss none
    found = book.one("metrics.company_margin", **JAN)
    payroll = 5200 + 40 * 20 * 52 / 12 * 5 / 23 + 20 * 40 * 52 / 12 * 8 / 23
    assert found["service_payroll"] == money(round(payroll, 2))
    # Ann: Acme 8, Deal 1.5, (no client) 1 = 10.5 h x 30; Bob's 2 hours of the 28th x 40
    assert found["labour_allocated"] == money(315 + 80)
    assert found["bench_labour"] == money(round(payroll - 395, 2))
    # Bob before his first day 2 x 40, Boss 100, the stranger 50
    assert found["labour_outside_payroll"] == money(80 + 100 + 50)
    assert found["labour_cost"] == money(found["labour_allocated"] + found["labour_outside_payroll"])


def test_flags_of_entries(book):
    flags = book.load(time_entries="entry_id,worked_on,hours,technician,ticket_id,client\n99,2025-01-06,1,Bob,T1,Deal")
    assert flags["time_entries"]["flags"]["client_differs_from_ticket"] == 1
    assert flags["time_entries"]["flags"]["outside_employment"] == 1
    assert flags["time_entries"]["rows_flagged"] == 1


def test_without_any_labour_margins_are_unknown():
    with desk(
        invoice_lines="client,invoiced_on,amount,direct_cost,revenue_class\nAcme,2025-01-31,100,10,managed"
    ) as book:
        found = book.one("metrics.client_margin", **JAN)
        assert (found["revenue"], found["direct_cost"]) == (100, 10)
        for column in ("labour_hours", "labour_cost", "gross_margin", "gross_margin_pct", "service_gross_margin_pct"):
            assert found[column] is None
        monthly = book.one("metrics.client_margin_monthly")
        assert (monthly["revenue"], monthly["labour_cost"], monthly["gross_margin"]) == (100, None, None)
        whole = book.one("metrics.company_margin", **JAN)
        assert (whole["revenue"], whole["labour_cost"], whole["gross_margin"]) == (100, None, None)


@pytest.fixture(scope="module")
def tiers() -> Iterator[Desk]:
    """Direct cost makes the margins: Gold 0.1, 0.2, 0.4, 0.5, 0.9 and one without revenue, Silver 0.1 to 0.4."""
    names = {"g1": 90, "g2": 80, "g3": 60, "g4": 50, "g5": 10, "s1": 90, "s2": 80, "s3": 70, "s4": 60}
    clients = "\n".join(f"{name},{'Gold' if name[0] == 'g' else 'Silver'}" for name in [*names, "g6"])
    lines = "\n".join(f"{name},2025-01-31,100,{cost}" for name, cost in names.items())
    with desk(
        clients=f"client,service_tier\n{clients}",
        invoice_lines=f"client,invoiced_on,amount,direct_cost\n{lines}\ng6,2025-01-31,-5,0",
        time_entries="worked_on,hours,technician,client\n2025-01-02,1,Ann,Else\n2025-01-31,1,Ann,Else",
    ) as found:
        yield found


def test_dispersion_within_a_tier(tiers):
    found = tiers.by("service_tier", "metrics.tier_dispersion", **JAN)
    assert set(found) == {"Gold", "Silver"}
    assert (found["Gold"]["clients"], found["Silver"]["clients"]) == (5, 4)
    assert found["Gold"]["median_gross_margin_pct"] == ratio(0.4)
    assert found["Gold"]["iqr_gross_margin_pct"] == ratio(0.3)  # 0.5 - 0.2
    assert found["Silver"]["median_gross_margin_pct"] == ratio(0.25)
    assert found["Silver"]["iqr_gross_margin_pct"] is None


def test_after_bench():
    with desk(
        technicians="technician,hourly_cost,hours_per_week\nAnn,300,4",
        invoice_lines="""
            client,invoiced_on,amount,revenue_class,direct_cost
            Acme,2025-01-31,8000,managed,1000
            Acme,2025-01-31,2000,product,1700
            Casual,2025-01-31,1000,tm,
            """,
        time_entries="""
            worked_on,hours,technician,client,coverage
            2025-01-02,6,Ann,Acme,agreement
            2025-01-31,4,Ann,Casual,agreement
            """,
    ) as book:
        found = book.one("metrics.company_margin", **JAN)
        # 300 x 4 x 52 / 12 = 5200 paid, 3000 of it on clients; before bench 11000 - 2700 - 3000
        assert (found["bench_labour"], found["gross_margin"], found["gross_margin_after_bench"]) == (2200, 5300, 3100)
        assert found["gross_margin_after_bench_pct"] == ratio(3100 / 11000)
        assert found["service_gross_margin_after_bench_pct"] == ratio((9000 - 1000 - 3000 - 2200) / 9000)
        # Casual has no managed revenue, so its hours are in no managed figure; Acme's 1800 of 3000 bear the bench
        assert found["managed_gross_margin_pct"] == ratio((8000 - 1000 - 1800) / 8000)
        assert found["managed_gross_margin_after_bench_pct"] == ratio((7000 - 1800 - 2200 * 0.6) / 8000)
        assert found["effective_hourly_rate"] == money(7000 / 6)
        casual = book.by("client", "metrics.client_margin", **JAN)["Casual"]
        assert (casual["managed_gross_margin_pct"], casual["effective_hourly_rate"]) == (None, None)


def test_margins_count_covered_months_alone():
    with desk(
        technicians="technician,hourly_cost,hours_per_week\nAnn,30,40",
        invoice_lines="client,invoiced_on,amount\nAcme,2024-11-30,700\nAcme,2024-12-31,700\nAcme,2025-01-31,700",
        time_entries="worked_on,hours,technician,client\n2025-01-03,1,Ann,Acme\n2025-01-29,1,Ann,Acme",
    ) as book:
        whole = book.one("metrics.company_margin", **months("2024-11", "2025-01"))
        assert (whole["months_asked"], whole["months_covered"]) == (3, 1)
        assert (whole["revenue"], whole["labour_cost"], whole["service_payroll"]) == (700, 60, 5200)
        assert book.one("metrics.client_margin", **months("2024-11", "2025-01"))["gross_margin"] == 640
        period = book.one("metrics.default_period")
        assert (period["month_from"], period["month_to"], period["as_of"]) == ("2025-01-01", "2025-01-01", "2025-01-31")


@pytest.mark.parametrize(
    ("row", "managed", "billable"),
    [
        ("agreement plan A,yes,75,Internal,", True, 4),
        (",yes,0,,", True, 4),
        (",yes,75,,", False, 4),
        (",yes,,Internal,", False, 4),
        (",no,,Internal,", None, 0),
        (",,,support,", True, 0),
        (",,,Project,", False, 0),
        (",yes,75,,agreement", True, 4),
    ],
)
def test_what_covers_an_entry_that_does_not_say(row, managed, billable):
    """Managed, not managed, or internal; and the hours that are billable by what is filled in."""
    with desk(
        technicians="technician\nAnn",
        invoice_lines="client,invoiced_on,amount,revenue_class\nAcme,2025-01-31,100,managed",
        time_entries="worked_on,hours,technician,client,agreement,billable,billed_amount,work_type,coverage\n"
        f"2025-01-02,4,Ann,Acme,{row}\n2025-01-31,1,Ann,Acme,,,,,agreement",
    ) as book:
        found = book.one("metrics.client_margin", **JAN)
        assert found["labour_hours"] == (1 if managed is None else 5)
        assert found["effective_hourly_rate"] == money(100 / (5 if managed else 1))
        assert book.one("metrics.technician_utilisation", **JAN)["billable_hours"] == billable + 1
