"""Eight models side by side, who keeps what automation saves, and the plan of the renewals."""

from datetime import date, datetime
from functools import partial

import pytest

from tests.sql.histories import Client, month_starts, told
from tests.sql.rows import day, line, months

MODELS = ["fixed_fee", "gain_share", "hourly", "hybrid", "outcome", "per_device", "per_seat", "per_ticket"]
YEAR = months("2025-04", "2026-03")


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def models(book, share: float | None = 0.3, client: str = "Acme") -> dict:
    rows = book.rows("metrics.pricing_models", automation_share=share, **YEAR)
    return {row["model"]: row for row in rows if row["client"] == client}


def given(**values: float) -> list[dict]:
    return [{"name": name, "value": value} for name, value in values.items()]


def tickets(client: str, count: int, **more) -> list[dict]:
    """Tickets opened in May 2025."""
    opened = {"opened_at": datetime(2025, 5, 6, 10), **more}
    return [{"ticket_id": f"{client} {number} {more}", "client": client, **opened} for number in range(count)]


# 12 months of 10 hours: H = 120, L = 6,000, K = 1,200; steady, so the target fee is (6,000 + 1,200) / 12 / 0.5 = 1,200
STEADY = Client("Acme", [10] * 12, tools=100, more={"endpoints": 15})


def test_what_each_model_brings(book):
    made = book(STEADY, assumptions=given(device_price=40, ticket_price=30), tickets=tickets("Acme", 50))
    found = models(made, 0.25)
    assert sorted(found) == MODELS
    pays = {name: float(row["customer_pays"]) for name, row in found.items()}
    assert pays == {
        "hourly": 0.75 * 120 * 150 + 1200,
        "per_seat": 24000,  # today's contract
        "per_device": 40 * 15 * 12,
        "per_ticket": 30 * 50,
        "fixed_fee": 24000,  # no agreement: what was billed
        "outcome": 1200 * 12,
        "hybrid": 0.8 * 24000 + 0.2 * 14400,
        "gain_share": 24000 - 0.5 * 0.25 * 6000,
    }
    # all keep three quarters of the labour; all but by the hour, which bills them on, bear the tools
    margins = {name: float(row["provider_margin"]) for name, row in found.items()}
    assert margins == {name: paid - 0.75 * 6000 - 1200 for name, paid in pays.items()}
    assert found["outcome"]["provider_margin_pct"] == pytest.approx((14400 - 4500 - 1200) / 14400, abs=1e-12)


@pytest.mark.parametrize("share", [0, 0.1, 1 / 3, 0.77, 1])
def test_both_gains_are_the_labour_saved_in_every_model(book, share):
    hours = [10.37, 3.19, 8.83, 21.07, 5.5, 7.77, 12.01, 9.99, 3.33, 14.2, 6.1, 8.8]
    made = book(
        Client("Acme", hours, tools=101.13, fee=1999.99, more={"endpoints": 15}),
        assumptions=given(device_price=41.7, seat_price=99.9, gain_share=0.37),
        tickets=tickets("Acme", 7),
    )
    found, before = models(made, share), models(made, 0)
    for name in MODELS:
        row = found[name]
        assert row["customer_gain"] + row["provider_gain"] == row["saved_labour_cost"]
        assert float(row["saved_labour_cost"]) == pytest.approx(share * sum(hours) * 50, abs=0.006)
        assert float(row["customer_gain"]) == pytest.approx(
            float(before[name]["customer_pays"] - row["customer_pays"]), abs=0.011
        )
        assert float(row["provider_gain"]) == pytest.approx(
            float(row["provider_margin"] - before[name]["provider_margin"]), abs=0.021
        )


def test_who_keeps_the_gain(book):
    found = models(book(STEADY, assumptions=given(gain_share=0.25)), 0.3)
    gains = {name: (row["customer_gain"], row["provider_gain"]) for name, row in found.items()}
    # of 1,800 saved: by the hour the client saves 36 x 150 and the provider loses 36 x 100
    assert gains["hourly"] == (5400, -3600)
    assert gains["outcome"] == gains["fixed_fee"] == gains["per_seat"] == gains["hybrid"] == (0, 1800)
    assert gains["gain_share"] == (450, 1350)


def test_a_model_whose_price_is_unknown_is_empty(book):
    found = models(book(Client("Acme", [10] * 12), assumptions=given(device_price=40)))
    for name in ("per_device", "per_ticket"):  # endpoints aren't known; no tickets are loaded
        columns = ("customer_pays", "provider_margin", "provider_margin_pct", "customer_gain", "provider_gain")
        assert {found[name][column] for column in columns} == {None}
    assert models(book(STEADY))["per_device"]["customer_pays"] is None


def test_a_ticket_without_a_price_takes_the_books_cost(book):
    automatic = tickets("Acme", 9, auto_resolved=True)
    before = tickets("Acme", 5, opened_at=datetime(2025, 3, 6, 10))
    unknown = tickets("Acme", 4, status="Closed")  # nothing says when: left out, as wherever tickets are counted
    made = book(
        STEADY, Client("Birch", [20] * 12), Client("Cedar", [0] * 12),
        tickets=[*tickets("Acme", 30), *automatic, *before, *unknown, *tickets("Birch", 90), *tickets("Past", 40)],
    )  # fmt: skip
    # the book: 6,000 + 1,200 of Acme and 12,000 of Birch; / 0.5 / 120 tickets = 320 each
    assert float(models(made)["per_ticket"]["customer_pays"]) == 30 * 320
    assert float(models(made, client="Birch")["per_ticket"]["customer_pays"]) == 90 * 320
    assert float(models(made, client="Cedar")["per_ticket"]["customer_pays"]) == 0


def test_a_fee_set_goes_before_the_target_and_cost_at_the_margin_stands_in(book):
    fee = {"client_terms": [{"client_key": "acme", "outcome_fee": 900}]}
    assert float(models(book(STEADY, **fee))["outcome"]["customer_pays"]) == 10800
    # five months are too few for a price: (2,500 + 500) / 0.5
    young = models(book(Client("Acme", [10] * 5, tools=100)))
    assert float(young["outcome"]["customer_pays"]) == 6000


def agreement(client: str = "Acme", **more) -> dict:
    return {"client": client, "starts_on": day("2020-01-01"), "monthly_fee": 1500, **more}


@pytest.mark.parametrize(
    ("agreements", "fixed"),
    [
        ([agreement()], 18000),
        ([agreement(), agreement(monthly_fee=100)], 19200),
        ([agreement(), agreement(monthly_fee=None)], 24000),  # one of them has no fee: what was billed
        ([agreement(starts_on=day("2025-10-01"))], 6 * 2000 + 6 * 1500),
        ([agreement(starts_on=day("2025-10-31"))], 6 * 2000 + 6 * 1500),  # in force on the month's last day
        ([agreement(ends_on=day("2025-10-30"))], 6 * 1500 + 6 * 2000),
        ([agreement(ends_on=day("2025-10-31"))], 7 * 1500 + 5 * 2000),
    ],
)
def test_fixed_fees_are_those_agreed_on_the_last_day_of_each_month(book, agreements, fixed):
    assert float(models(book(STEADY, agreements=agreements))["fixed_fee"]["customer_pays"]) == fixed


def test_no_share_given_is_the_assumption(book):
    made = book(STEADY)
    assert models(made, None)["hourly"] == models(made, 0.2)["hourly"]


def plan(book, as_of: str = "2026-03-31", client: str = "Acme") -> dict:
    return book.by("client", "metrics.renewal_plan", as_of=day(as_of))[client]


@pytest.mark.parametrize(
    ("agreements", "renews_on", "notice_by"),
    [
        ([], None, None),
        ([agreement()], None, None),  # neither renews nor ends
        ([agreement(renews_on=day("2026-06-30"), notice_days=90)], "2026-06-30", "2026-04-01"),
        ([agreement(renews_on=day("2026-06-30"))], "2026-06-30", None),
        ([agreement(renews_on=day("2026-03-31"))], "2026-03-31", None),  # on the day itself
        ([agreement(renews_on=day("2022-03-30"), notice_days=30)], "2027-03-30", "2027-02-28"),
        ([agreement(renews_on=day("2024-02-29"))], "2027-02-28", None),
        ([agreement(ends_on=day("2026-12-31"), notice_days=60)], "2026-12-31", "2026-11-01"),
        ([agreement(renews_on=day("2026-09-01"), ends_on=day("2029-12-31"))], "2026-09-01", None),
        ([agreement(renews_on=day("2026-04-15"), notice_days=30)], "2026-04-15", "2026-03-16"),
        # the earlier of two; one that ended is none, nor is one that hasn't begun
        ([agreement(renews_on=day("2026-08-01")), agreement(renews_on=day("2025-05-01"))], "2026-05-01", None),
        ([agreement(ends_on=day("2026-03-30")), agreement(renews_on=day("2026-08-01"))], "2026-08-01", None),
        ([agreement(starts_on=day("2026-04-01"), renews_on=day("2027-04-01"))], None, None),
    ],
)
def test_renewals_are_rolled_on_and_notice_is_before_them(book, agreements, renews_on, notice_by):
    found = plan(book(STEADY, agreements=agreements))
    assert found["renews_on"] == (renews_on and date.fromisoformat(renews_on))
    assert found["notice_by"] == (notice_by and date.fromisoformat(notice_by))
    assert found["is_notice_past"] == (notice_by and notice_by < "2026-03-31")


def test_margins_of_today_and_of_the_outcome(book):
    # today 12 x 1,000 - 1,200 - 6,000 = 4,800; target 1,200: 14,400 - 7,200 = 7,200; but 1,000 is below the target
    found = plan(book(Client("Acme", [10] * 12, tools=100, fee=1000)))
    assert [float(found[name]) for name in ("current_margin", "outcome_margin", "gain")] == [4800, 7200, 2400]
    assert found["break_even_loss"] == pytest.approx(1 / 3, abs=1e-12)
    assert found["step"] == "reprice_first"


def test_steps(book):
    # pays 2,000, above the target of 1,200: the fee stays and nothing is gained
    steady = plan(book(STEADY))
    assert (float(steady["gain"]), steady["break_even_loss"], steady["step"]) == (0, None, "hold")
    # pays less than its work costs
    under_water = plan(book(Client("Acme", [10] * 12, fee=400)))
    assert (float(under_water["current_margin"]), under_water["step"]) == (-1200, "reprice_first")
    assert plan(book(Client("Acme", [10] * 5)))["step"] == "not_on_this_data"
    assert plan(book(Client("Acme", [10] * 5)))["outcome_margin"] is None


def test_a_bad_service_is_mended_first(book):
    missed = [
        {"client": "Acme", "month": month, "measure": "Uptime", "value": 1, "target": 2} for month in month_starts(12)
    ]
    found = plan(book(STEADY, outcomes=missed))
    # 5 % given back each month: 24,000 x 0.95 - 7,200, against 24,000 - 7,200
    assert (float(found["outcome_margin"]), float(found["gain"]), found["step"]) == (15600, -1200, "fix_service")


def test_a_fee_below_the_target_and_a_ceiling_above_it_is_converted(book):
    # a fee of 1,150 and 150 more in every other month: mean 1,225, P80 1,300, P50 1,225: the ceiling is 1,300
    more = [line("Acme", f"{month:%Y-%m}-01", 150, revenue_class="managed") for month in month_starts(12)[::2]]
    found = plan(book(Client("Acme", [10] * 12, tools=100, fee=1150), lines=more))
    # today (1,150 + 1,300 + 1,150) / 3 = 1,200 is exactly the target
    assert (float(found["gain"]), found["step"]) == (0, "hold")
    later = [line("Acme", f"{month:%Y-%m}-01", 150, revenue_class="managed") for month in month_starts(12)[:6]]
    found = plan(book(Client("Acme", [10] * 12, tools=100, fee=1150), lines=later))
    # now it pays 1,150: 50 a month are to be gained of 7,200
    assert (float(found["gain"]), found["step"]) == (600, "convert")
    assert found["break_even_loss"] == pytest.approx(600 / 7200, abs=1e-9)


def test_an_uplift_of_a_fifth_pays_while_less_than_a_sixth_leaves():
    """x = dM / (M0 + dM)."""
    assert pytest.approx(0.167, abs=0.0005) == 0.2 / 1.2


def test_the_plan_is_made_on_the_twelve_covered_months_that_had_ended(book):
    # half of March 2026 has gone by: April 2024 begins the 24 months, March 2025 to February 2026 count
    hours = [99.0] * 11 + [10.0] * 12 + [50.0]
    made = book(Client("Acme", hours, tools=100, more={"starts_on": date(2020, 1, 1)}))
    assert made.one("metrics.year_to", as_of=day("2026-03-15")) == months("2025-03", "2026-02") | {"months": 12}
    assert float(plan(made, "2026-03-15")["current_margin"]) == 24000 - 1200 - 6000


def curve(made, percent: int, client: str | None = None) -> dict:
    rows = made.rows("metrics.pricing_model_curve", client_key=client, **YEAR)
    return {row["model"]: row for row in rows if row["automation_percent"] == percent}


SWINGING = [6, 14] * 6


def test_the_curve_of_a_client_is_what_the_models_say(book):
    made = book(
        Client("Acme", SWINGING, tools=101.13, fee=1999.99, more={"endpoints": 15}),
        assumptions=given(device_price=41.7, seat_price=99.9, gain_share=0.37),
        tickets=tickets("Acme", 7),
    )
    shown = ("customer_pays", "provider_margin", "saved_labour_cost", "customer_gain", "provider_gain")
    for percent in (0, 33, 100):
        found, one = models(made, percent / 100), curve(made, percent, "acme")
        assert {name: [row[column] for column in shown] for name, row in one.items()} == {
            name: [row[column] for column in shown] for name, row in found.items()
        }


@pytest.mark.parametrize("percent", [0, 30, 77])
def test_a_book_keeps_exactly_what_is_saved_in_every_model(book, percent):
    made = book(STEADY, Client("Birch", shaken_hours()), assumptions=given(device_price=40, ticket_price=30),
                tickets=tickets("Acme", 50))  # fmt: skip
    found = curve(made, percent)
    assert [row["model"] for row in sorted(found.values(), key=lambda row: row["place"])] == [
        "hourly", "per_seat", "per_device", "per_ticket", "fixed_fee", "outcome", "hybrid", "gain_share"
    ]  # fmt: skip
    for row in found.values():
        assert row["customer_gain"] + row["provider_gain"] == row["saved_labour_cost"]
    # Birch's endpoints aren't known: a price per device is Acme's alone
    assert (found["per_device"]["clients"], found["per_device"]["of_clients"], found["hourly"]["clients"]) == (1, 2, 2)
    assert float(found["per_device"]["saved_labour_cost"]) == percent / 100 * 6000


def shaken_hours() -> list[float]:
    return [9.1, 12.7, 8.3, 15.9, 10.1, 3.3, 20.2, 11.7, 9.9, 14.3, 6.1, 10.4]


def test_months_add_up_to_what_each_model_brings(book):
    more = [line("Acme", f"{month:%Y-%m}-01", 150, revenue_class="managed") for month in month_starts(12)[::3]]
    made = book(
        Client("Acme", shaken_hours(), tools=100, more={"endpoints": 15}), lines=more,
        agreements=[agreement(starts_on=day("2025-10-01"))], tickets=tickets("Acme", 50),
        assumptions=given(device_price=40, ticket_price=30),
    )  # fmt: skip
    sums = dict.fromkeys(MODELS, 0.0)
    for row in made.rows("metrics.pricing_model_months", **YEAR):
        sums[row["model"]] += row["pays"]
    assert sums == pytest.approx(
        {name: float(row["customer_pays"]) for name, row in models(made, 0).items()}, abs=0.006
    )


def test_how_much_a_payment_swings(book):
    found = curve(book(Client("Acme", SWINGING, tools=100)), 0, "acme")
    # 6 h and 14 h at 150, and 100 of tools: 1,000 and 2,200, mean 1,600; of six each the variance is 12 x 600^2 / 11
    assert found["hourly"]["swing"] == pytest.approx((12 / 11) ** 0.5 * 600 / 1600, abs=1e-9)
    assert found["fixed_fee"]["swing"] == found["outcome"]["swing"] == found["per_seat"]["swing"] == 0
    # a share of what is saved, half of 50 x 6 or 14: at 100 % it takes 150 and 350 off 2,000
    shared = curve(book(Client("Acme", SWINGING, tools=100)), 100, "acme")
    assert shared["gain_share"]["swing"] == pytest.approx((12 / 11) ** 0.5 * 100 / 1750, abs=1e-9)
    # at 100 % hours bring the tools alone, which never swing
    assert shared["hourly"]["swing"] == pytest.approx(0, abs=1e-6)


def test_two_months_are_too_few_to_swing(book):
    assert curve(book(Client("Acme", [6, 14])), 0, "acme")["hourly"]["swing"] is None
