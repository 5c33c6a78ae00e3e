"""The same history sold by the hour, per seat, and for an outcome."""

from decimal import Decimal

import pytest

from tests.sql.rows import entry, line, months, technician, whole

JANUARY = months("2026-01")
ANN = technician("Ann", hourly_cost=50)
HOURS = [entry("2026-01-05", 50, "Acme", technician="Ann")]


@pytest.fixture
def workspace(covered):
    """All months of these tests are whole."""
    return covered


def regimes(book, share: float | None = 0.3, **period) -> dict:
    return book.by("regime", "metrics.pricing_regimes", automation_share=share, **(period or JANUARY))


def regimes_of(book, client: str) -> dict:
    rows = book.rows("metrics.pricing_regimes", automation_share=0.3, **JANUARY)
    return {row["regime"]: row for row in rows if row["client"] == client}


def worked(workspace, tools: float):
    """H = 50 hours, b = 150, r = 50, a fee of 7,000 and these tools."""
    return workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=tools, revenue_class="managed"),
            line("Acme", "2026-01-01", 900, direct_cost=800, revenue_class="product"),
        ],
        time_entries=HOURS,
        client_terms=[{"client_key": "acme", "outcome_fee": 7000}],
    )


def test_the_worked_example(workspace):
    book = worked(workspace, 600)
    now, then = regimes(book, 0.0), regimes(book, 0.3)
    # by the hour: 50 x (150 - 50) = 5,000 falls to 3,500 while the client saves 2,250
    assert (now["hourly"]["provider_margin"], then["hourly"]["provider_margin"]) == (5000, 3500)
    assert now["hourly"]["customer_pays"] - then["hourly"]["customer_pays"] == 2250
    # for the outcome: 7,000 - 2,500 - 600 = 3,900 rises by the wages saved, 750
    assert (now["outcome"]["provider_margin"], then["outcome"]["provider_margin"]) == (3900, 4650)
    assert then["outcome"]["provider_margin_pct"] == pytest.approx(4650 / 7000, abs=1e-12)
    # per seat: today's recurring revenue, the product left out
    assert (then["per_seat"]["customer_pays"], then["per_seat"]["provider_margin"]) == (6500, 4150)
    assert then["hourly"]["crossover_automation_share"] is None


@pytest.mark.parametrize(
    ("tools", "crossover"), [(900, 0.18666666666666667), (0, 0.06666666666666667), (600, 0.14666666666666667)]
)
def test_crossover_is_where_both_leave_the_same(workspace, tools, crossover):
    book = worked(workspace, tools)
    outcome = regimes(book)["outcome"]
    # 1 - (7,000 - tools) / 7,500
    assert outcome["crossover_automation_share"] == pytest.approx(crossover, abs=1e-12)
    there = regimes(book, crossover)
    assert there["hourly"]["provider_margin"] == pytest.approx(there["outcome"]["provider_margin"], abs=Decimal("0.01"))


def test_crossover_is_not_clipped_and_does_not_depend_on_wages(workspace):
    def crossover(fee, cost):
        book = workspace(
            technicians=[technician("Ann", hourly_cost=cost)],
            invoice_lines=[line("Acme", "2026-01-01", 1)],
            time_entries=HOURS,
            client_terms=[{"client_key": "acme", "outcome_fee": fee}],
        )
        return regimes(book)["outcome"]["crossover_automation_share"]

    assert crossover(15000, 50) == pytest.approx(-1, abs=1e-12)
    assert crossover(15000, 90) == pytest.approx(-1, abs=1e-12)


def test_without_a_fee_the_outcome_is_priced_for_the_target_margin(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Acme", "2026-01-01", 4000, direct_cost=600, revenue_class="managed")],
        time_entries=HOURS,
        assumptions=[{"name": "target_gross_margin", "value": 0.6}],
    )
    # (2,500 + 600) / 0.4
    assert regimes(book)["outcome"]["customer_pays"] == 7750


def test_a_seat_price_counts_users_and_months(workspace):
    def pays(**tables):
        book = workspace(
            technicians=[ANN],
            clients=[{"client": "Acme", "users": 12}],
            time_entries=HOURS,
            invoice_lines=[line("Acme", "2026-01-01", 900, revenue_class="managed")],
            **tables,
        )
        return regimes(book, **months("2026-01", "2026-03"))["per_seat"]["customer_pays"]

    assert pays() == 900
    # of the three months the client was active in one
    assert pays(assumptions=[{"name": "seat_price", "value": 100}]) == 1200
    # a client's own price goes before the assumption
    own = {"client_terms": [{"client_key": "acme", "seat_price": 120}]}
    assert pays(assumptions=[{"name": "seat_price", "value": 100}], **own) == 1440


def test_fees_are_a_month_in_which_the_client_is_active(workspace):
    fees = [line("Acme", f"2026-{month:02}-01", 7000, revenue_class="managed") for month in range(1, 4)]
    book = workspace(
        technicians=[ANN],
        invoice_lines=fees,
        time_entries=HOURS,
        client_terms=[{"client_key": "acme", "outcome_fee": 7000}],
    )
    assert regimes(book, **months("2025-10", "2026-03"))["outcome"]["customer_pays"] == 21000


def test_a_client_without_hours_has_no_crossover(workspace):
    book = workspace(
        time_entries=[entry("2026-01-05", 1, "Birch")],
        invoice_lines=[line("Acme", "2026-01-01", 900, revenue_class="managed")],
    )
    rows = [
        row for row in book.rows("metrics.pricing_regimes", automation_share=0.2, **JANUARY) if row["client"] == "Acme"
    ]
    by_regime = {row["regime"]: row for row in rows}
    assert by_regime["per_seat"]["crossover_automation_share"] is None
    assert (by_regime["hourly"]["customer_pays"], by_regime["hourly"]["provider_margin_pct"]) == (0, None)


def test_curve_and_summary_agree_with_the_clients(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=600, revenue_class="managed"),
            line("Birch", "2026-01-01", 1500, revenue_class="other_recurring"),
        ],
        time_entries=[*HOURS, entry("2026-01-06", 10, "Birch", technician="Ann")],
        client_terms=[{"client_key": "acme", "outcome_fee": 9000}],
    )
    rows = book.rows("metrics.pricing_regimes", automation_share=0.3, **JANUARY)
    totals = {
        name: sum(row["provider_margin"] for row in rows if row["regime"] == name)
        for name in ("hourly", "per_seat", "outcome")
    }
    curve = book.rows("metrics.pricing_curve", client_key=None, **JANUARY)
    at_share = {row["regime"]: row["provider_margin"] for row in curve if abs(row["automation_share"] - 0.3) < 1e-9}
    # beside the three models today's contract: 6,500 + 1,500, less 0.7 x 3,000 and 600
    assert at_share == {**totals, "today": 5300} and len(curve) == 84
    summary = book.one("metrics.pricing_summary", automation_share=0.3, client_key=None, **JANUARY)
    assert {name: summary[f"{name}_provider_margin"] for name in totals} == totals
    # Acme: 9,000 - 1,750 - 600 = 6,650 against 3,500; Birch: 1,000 - 350 = 650 against 700
    assert (summary["clients"], summary["better_under_outcome"], summary["worse_under_outcome"]) == (2, 1, 1)
    alone = book.rows("metrics.pricing_curve", client_key="birch", **JANUARY)
    assert {row["customer_pays"] for row in alone if row["regime"] == "per_seat"} == {1500}


def test_what_is_left_out_is_in_no_sum(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=600, revenue_class="managed"),
            line("Idle", "2026-01-01", 11400, direct_cost=200, revenue_class="managed"),
        ],
        time_entries=[*HOURS, entry("2026-01-06", 10, "Unbilled", technician="Ann")],
        clients=[{"client": "Unbilled", "users": 5}, {"client": "Acme"}],
    )
    rows = book.rows("metrics.pricing_regimes", automation_share=0.0, **JANUARY)
    assert {row["client"]: row["left_out_because"] for row in rows} == {
        "Acme": None,
        "Idle": "no hours",
        "Unbilled": "no invoice",
    }
    summary = book.one("metrics.pricing_summary", automation_share=0.0, client_key=None, **JANUARY)
    # Acme alone: 6,500 - 50 x 50 - 600 per seat, 50 x (150 - 50) by the hour, (2,500 + 600) / 0.5 for the outcome
    assert (summary["clients"], summary["client_hours"], summary["labour_cost"]) == (1, 50, 2500)
    assert (summary["per_seat_customer_pays"], summary["per_seat_provider_margin"]) == (6500, 3400)
    assert (summary["hourly_provider_margin"], summary["outcome_customer_pays"]) == (5000, 6200)
    curve = book.rows("metrics.pricing_curve", client_key=None, **JANUARY)
    now = {row["regime"]: row["provider_margin"] for row in curve if row["automation_share"] == 0}
    assert now == {"today": 3400, "hourly": 5000, "per_seat": 3400, "outcome": 3100}


def test_a_client_without_any_invoice_has_no_known_margin_per_seat(workspace):
    def per_seat(**tables):
        book = workspace(
            technicians=[ANN],
            invoice_lines=[line("Billed", "2026-01-01", 900, revenue_class="managed")],
            clients=[{"client": "Acme", "users": 5}],
            time_entries=HOURS,
            **tables,
        )
        curve = book.rows("metrics.pricing_curve", client_key="acme", **JANUARY)
        (found,) = [row for row in curve if (row["regime"], row["automation_share"]) == ("per_seat", 0)]
        return found["customer_pays"], found["provider_margin"]

    assert per_seat() == (None, None)
    # a seat price says what it would pay: 5 x 600, less 50 h x 50
    assert per_seat(assumptions=[{"name": "seat_price", "value": 600}]) == (3000, 500)


def test_no_share_given_is_the_assumption(workspace):
    book = worked(workspace, 0)
    assert regimes(book, None)["hourly"]["customer_pays"] == regimes(book, 0.2)["hourly"]["customer_pays"] == 6000


def test_models_beside_each_other_are_those_of_the_regimes(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=600, revenue_class="managed"),
            line("Birch", "2026-01-01", 100, revenue_class="managed"),
            line("Idle", "2026-01-01", 100),
        ],
        time_entries=[*HOURS, entry("2026-01-05", 10, "Birch"), entry("2026-01-05", 10, "Unbilled")],
        client_terms=[{"client_key": "acme", "outcome_fee": 7000}],
    )
    rows = book.rows("metrics.pricing_side_by_side", automation_share=0.3, client_key=None, **JANUARY)
    # Acme 4,650 - 3,500; Birch (500 / 0.5 - 350) - (1,050 - 350) = -50; clients without hours or invoices are left out
    assert [(row["client"], row["outcome_gain"]) for row in rows] == [("Birch", -50), ("Acme", 1150)]
    acme = regimes_of(book, "Acme")
    assert {name: rows[1][f"provider_margin_{name}"] for name in acme} == {
        name: row["provider_margin"] for name, row in acme.items()
    }
    assert rows[1]["crossover_automation_share_outcome"] == acme["outcome"]["crossover_automation_share"]


def test_without_an_invoice_a_seat_brings_what_nobody_knows(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Acme", "2026-01-01", 100, revenue_class="managed")],
        time_entries=[entry("2026-01-05", 10, "Unbilled", technician="Ann")],
    )
    unbilled = regimes_of(book, "Unbilled")
    assert {name: row["is_known"] for name, row in unbilled.items()} == {
        "hourly": True, "per_seat": False, "outcome": True
    }  # fmt: skip
    assert all(row["is_known"] for row in regimes_of(book, "Acme").values())
    # 10 h x 150 x 0.7, 10 x 50 / 0.5
    assert (unbilled["hourly"]["customer_pays"], unbilled["outcome"]["customer_pays"]) == (1050, 1000)


def test_a_client_paid_by_the_hour_has_no_contract_of_today(workspace):
    """Bills 1,500 of time and no recurring fee, for 10 managed hours at 50: no -500 on $0 of a contract."""
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Acme", "2026-01-01", 1500, revenue_class="tm")],
        time_entries=[entry("2026-01-05", 10, "Acme", technician="Ann")],
    )
    found = regimes_of(book, "Acme")
    assert {name: row["is_known"] for name, row in found.items()} == {
        "hourly": True, "per_seat": False, "outcome": True
    }  # fmt: skip
    assert {(row["current_pays"], row["current_provider_margin"]) for row in found.values()} == {(0, None)}
    one = book.one("metrics.pricing_summary", automation_share=0.2, client_key="acme", **JANUARY)
    known = ("current_pays", "current_provider_margin", "margin_unautomated", "per_seat_provider_margin")
    assert [one[name] for name in known] == [0, None, None, None]
    curve = book.rows("metrics.pricing_curve", client_key="acme", **JANUARY)
    assert {row["regime"] for row in curve if row["provider_margin"] is not None} == {"hourly", "outcome"}


def test_every_regime_is_of_the_same_work(workspace):
    """Managed hours, their cost, and the cost of recurring lines: no project, no resale, no work billed on top."""
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=500, revenue_class="managed"),
            line("Acme", "2026-01-01", 500, direct_cost=100, revenue_class="other_recurring"),
            line("Acme", "2026-01-01", 3000, direct_cost=900, revenue_class="project"),
            line("Acme", "2026-01-01", 900, direct_cost=800, revenue_class="product"),
            line("Acme", "2026-01-01", 400, revenue_class="tm"),
        ],
        time_entries=[
            *whole("2026-01"),
            *HOURS,
            entry("2026-01-06", 20, "Acme", technician="Ann", work_type="project"),
            entry("2026-01-06", 4, "Acme", technician="Ann", coverage="billable"),
            entry("2026-01-06", 2, "Acme", technician="Ann", billable=True, billed_amount=300),
            entry("2026-01-06", 9, "Acme", technician="Ann", coverage="internal"),
        ],
    )
    found = regimes(book, 0.2)
    # H = 50, L = 2,500, K = 600: by the hour 0.8 x 7,500 and the tools at cost
    assert (found["hourly"]["client_hours"], found["hourly"]["labour_cost"], found["hourly"]["direct_cost"]) == (
        50,
        2500,
        600,
    )
    assert (found["hourly"]["customer_pays"], found["hourly"]["provider_margin"]) == (6600, 4000)
    assert (found["per_seat"]["customer_pays"], found["per_seat"]["provider_margin"]) == (7000, 4400)
    assert found["per_seat"]["price_basis"] == "today's contract"
    # (2,500 + 600) / 0.5, less 2,000 and 600
    assert (found["outcome"]["customer_pays"], found["outcome"]["provider_margin"]) == (6200, 3600)
    # 1 - (6,200 - 600) / 7,500
    assert found["outcome"]["crossover_automation_share"] == pytest.approx(1 - 5600 / 7500, abs=1e-12)


def test_prices_by_the_month_count_active_covered_months(workspace):
    """Twelve months of a fee for a client that came in November."""
    book = workspace(
        technicians=[ANN],
        clients=[{"client": "Acme", "users": 10}],
        invoice_lines=[
            line("Old", "2025-09-01", 10),
            line("Acme", "2025-11-01", 1000, revenue_class="managed"),
            # December: neither revenue above 0 nor hours
            line("Acme", "2025-12-01", 50, revenue_class="managed", is_credit=True),
            line("Acme", "2026-02-01", 1000, revenue_class="managed"),
        ],
        # January has hours and no revenue; February isn't covered
        time_entries=[*whole("2025-09", "2026-01"), entry("2026-01-06", 8, "Acme", technician="Ann")],
        client_terms=[{"client_key": "acme", "seat_price": 100, "outcome_fee": 700}],
    )
    found = {
        row["regime"]: row["customer_pays"]
        for row in book.rows("metrics.pricing_regimes", automation_share=0.0, **months("2025-09", "2026-02"))
        if row["client"] == "Acme"
    }
    # two active months of five covered ones: November and January
    assert (found["per_seat"], found["outcome"]) == (100 * 10 * 2, 700 * 2)


def test_sums_of_prices_are_exact(workspace):
    """As DOUBLE a cent hung on the order of the rows."""
    parts = ["0.1", "0.2", "1e-9", "2.3", "0.7"]
    work = [entry("2026-01-06", part, "Acme", technician="Ann") for part in parts]
    lines = [line("Acme", "2026-01-01", "0.07", direct_cost="0.01", revenue_class="managed") for _ in range(9)]
    found = [
        regimes(workspace(technicians=[ANN], invoice_lines=lines, time_entries=[*whole("2026-01"), *rows]), 0.1)
        for rows in (work, work[::-1])
    ]
    assert found[0] == found[1]
    # 3.3 h x 150 x 0.9, rounded once, and 0.09 of tools
    assert found[0]["hourly"]["customer_pays"] == Decimal("445.59")
    half = workspace(
        technicians=[ANN],
        invoice_lines=[line("Acme", "2026-01-01", 100, revenue_class="managed")],
        time_entries=[*whole("2026-01"), entry("2026-01-06", "0.93", "Acme", technician="Ann")],
    )
    # 0.93 h x 150 x 0.99 is 138.105, and half a cent is rounded up: as DOUBLE it lay just below
    assert regimes(half, 0.01)["hourly"]["customer_pays"] == Decimal("138.11")


def test_todays_contract_stands_beside_every_model_with_what_changes(workspace):
    book = workspace(
        technicians=[ANN],
        clients=[{"client": "Acme", "users": 10}, {"client": "Birch", "users": 4}],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=600, revenue_class="managed"),
            line("Birch", "2026-01-01", 1500, revenue_class="managed"),
            line("Birch", "2026-01-01", 700, revenue_class="tm"),
        ],
        time_entries=[*HOURS, entry("2026-01-06", 10, "Birch", technician="Ann")],
        client_terms=[{"client_key": "acme", "seat_price": 700}],
    )
    given = {"automation_share": 0.2, **JANUARY}
    whole_book = book.one("metrics.pricing_summary", client_key=None, **given)
    # 6,500 + 1,500 today; 0.8 x 60 h x 150 + 600; 10 x 700 + 1,500; (3,000 + 600) / 0.5
    assert [whole_book[f"{name}_customer_pays"] for name in ("hourly", "per_seat", "outcome")] == [7800, 8500, 7200]
    assert (whole_book["current_pays"], whole_book["seats_priced"]) == (8000, 1)
    assert [whole_book[f"{name}_change"] for name in ("hourly", "per_seat", "outcome")] == [-200, 500, -800]
    # 8,000 - 0.8 x 3,000 - 600
    assert whole_book["current_provider_margin"] == 5000
    assert whole_book["margin_unautomated"] == 8000 - 3000 - 600
    assert whole_book["hourly_provider_margin"] - whole_book["hourly_change"] == 5000
    beside = {row["client"]: row for row in book.rows("metrics.pricing_side_by_side", client_key=None, **given)}
    # Acme: 0.8 x 7,500 + 600, 7,000, 6,200 against 6,500; Birch: 1,200, 1,500, 1,000 against 1,500
    changes = {
        name: [row[f"pays_change_{model}"] for model in ("hourly", "per_seat", "outcome")]
        for name, row in beside.items()
    }
    assert changes == {"Acme": [100, 500, -300], "Birch": [-300, 0, -500]}
    assert {name: (row["current_pays"], row["current_provider_margin"]) for name, row in beside.items()} == {
        "Acme": (6500, 3900), "Birch": (1500, 1100),
    }  # fmt: skip


def test_how_much_of_the_cost_is_assumed_and_how_many_months_count(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[line("Acme", "2026-01-01", 6500, revenue_class="managed")],
        time_entries=[
            entry("2026-01-05", 30, "Acme", technician="Ann"), entry("2026-01-06", 10, "Acme", technician="Stranger"),
        ],
    )  # fmt: skip
    found = book.one("metrics.pricing_summary", client_key=None, automation_share=0, **months("2025-12", "2026-02"))
    # January alone is billed
    assert (found["assumed_share"], found["months_asked"], found["months_covered"]) == (0.25, 3, 1)
    # months that nothing covers are counted as such, and not unknown
    nothing = book.one("metrics.pricing_summary", client_key=None, automation_share=0, **months("2026-02"))
    assert (nothing["clients"], nothing["months_asked"], nothing["months_covered"]) == (0, 1, 0)


def test_a_chosen_client_is_the_whole_of_every_answer(workspace):
    book = workspace(
        technicians=[ANN],
        invoice_lines=[
            line("Acme", "2026-01-01", 6500, direct_cost=600, revenue_class="managed"),
            line("Birch", "2026-01-01", 1500, revenue_class="managed"),
            line("Hourly", "2026-01-01", 900, revenue_class="tm"),
        ],
        time_entries=[
            *HOURS,
            *(entry("2026-01-06", 10, name, technician="Ann") for name in ("Birch", "Hourly", "Off")),
        ],
    )
    given = {"automation_share": 0.2, **JANUARY}

    def asked(client_key):
        summary = book.one("metrics.pricing_summary", client_key=client_key, **given)
        curve = book.rows("metrics.pricing_curve", client_key=client_key, **JANUARY)
        at_share = {row["regime"]: row["customer_pays"] for row in curve if abs(row["automation_share"] - 0.2) < 1e-9}
        rows = book.rows("metrics.pricing_side_by_side", client_key=client_key, **given)
        assert [at_share[name] for name in ("today", "hourly", "per_seat", "outcome")] == [
            summary["current_pays"], *(summary[f"{name}_customer_pays"] for name in ("hourly", "per_seat", "outcome")),
        ]  # fmt: skip
        return [row["client"] for row in rows], summary["clients"], summary["current_pays"], at_share["hourly"]

    # by the hour: 0.8 x 150 x hours, and the tools
    assert asked(None) == (["Acme", "Birch"], 2, 8000, 7800)
    assert asked("birch") == (["Birch"], 1, 1500, 1200)
    # chosen itself, a client without a contract is priced all the same; today it pays nothing by contract
    assert asked("hourly") == (["Hourly"], 1, 0, 1200)
    # and what one without an invoice pays today, nobody knows
    assert asked("off") == (["Off"], 1, None, 1200)
