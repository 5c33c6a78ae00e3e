"""What a client's outcomes should cost, against a reckoning of its own: every year of four blocks one by one."""

from datetime import date, timedelta
from functools import partial
from itertools import product
from math import sqrt
from statistics import mean, variance

import pytest

from tests.sql.histories import RATE, Client, month_starts, told
from tests.sql.rows import line, months


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def prices(book, count: int = 24) -> dict:
    return book.by("client", "metrics.outcome_price", **months(f"{month_starts(count)[0]:%Y-%m}", "2026-03"))


def risk(book, count: int = 24) -> dict:
    return book.one("metrics.book_risk", **months(f"{month_starts(count)[0]:%Y-%m}", "2026-03"))


def year(amounts: list[float], percentile: float = 0.8) -> tuple[float, float]:
    """The mean of all years of four blocks, and the least sum that so many of them don't exceed: one by one."""
    blocks = [sum(amounts[start : start + 3]) for start in range(len(amounts) - 2)]
    sums = sorted(sum(drawn) for drawn in product(blocks, repeat=4))
    place = next(place for place in range(1, len(sums) + 1) if place >= percentile * len(sums) - 1e-9)
    return 4 * mean(blocks), sums[place - 1]


def shaken(count: int, seed: int, scale: float = 10) -> list[float]:
    """Hours that look like chance and are the same every time."""
    return [round(scale * (0.4 + (seed * 7919 + place * place * 104729) % 101 / 80), 2) for place in range(count)]


def test_the_worked_example(book):
    # six months, one of them bad: the blocks are 30, 60, 60, 60, their mean 52.5, so a year's is 210. A year without
    # any 30 is 240; years up to 210 are 1 - 0.75^4 = 68 %, so 80 % of years don't exceed 240
    found = prices(book(Client("Acme", [10, 10, 10, 40, 10, 10], tools=100)))["Acme"]
    assert (found["months"], found["credibility"], found["expected_credit_pct"]) == (6, 1, 0)
    # nothing is measured: a price must reckon with nothing, and a reader be told that nobody knows
    assert found["known_credit_pct"] is None
    # 90 hours in six months are 180 a year; 180 x 240 / 210
    assert found["expected_annual_hours"] == pytest.approx(180, abs=1e-9)
    assert found["p80_annual_hours"] == pytest.approx(205.7142857, abs=1e-6)
    # 180 x 50 + 12 x 100; 25.714 x 50; (10,200 + 1,285.71) / 12 / 0.5
    money = [float(found[name]) for name in ("expected_cost", "risk_load", "floor_fee", "target_fee")]
    assert money == [10200, 1285.71, 850, 1914.29]
    assert [float(found[name]) for name in ("ceiling_fee", "current_fee", "offered_fee")] == [2000, 2000, 2000]
    assert found["verdict"] == "ready"
    assert "under twelve months" in found["because"] and "no service level can be measured" in found["because"]


@pytest.mark.parametrize("count", [6, 7, 12, 24])
@pytest.mark.parametrize("percentile", [0.5, 0.8, 0.95])
def test_the_distribution_is_that_of_all_years_one_by_one(book, count, percentile):
    hours = shaken(count, 3)
    given = [{"name": "risk_percentile", "value": percentile}]
    found = prices(book(Client("Acme", hours), assumptions=given))["Acme"]
    expected = 12 * mean(hours)
    usual, at_risk = year(hours, percentile)
    assert found["months"] == count
    assert found["expected_annual_hours"] == pytest.approx(expected, abs=1e-6)
    assert found["p80_annual_hours"] == pytest.approx(expected * at_risk / usual, abs=1e-6)


def test_a_percentile_that_a_sum_reaches_exactly_is_that_sum(book):
    # blocks 0, 0, 0, 30 (the last): a year holds a 30 k times, P(0) = (3/4)^4 = 81 / 256 = 0.31640625
    hours = [0, 0, 0, 0, 0, 30]
    given = [{"name": "risk_percentile", "value": 0.94921875}]  # up to two of them: 243 / 256
    found = prices(book(Client("Acme", hours), assumptions=given))["Acme"]
    # 60 / (4 x 7.5) of the 60 hours a year
    assert found["p80_annual_hours"] == pytest.approx(120, abs=1e-9)


def test_the_multisets_are_all_draws(book):
    made = book(Client("Acme", [1] * 6))
    for starts, sets in ((10, 715), (22, 12650)):
        (counted,) = made.sql(f"select count(*), sum(ways) from core.year_draws where fourth_start <= {starts}")
        assert counted == (sets, starts**4)


def test_only_the_latest_two_years_count(book):
    hours = shaken(30, 5)
    found = prices(book(Client("Acme", hours)), 30)["Acme"]
    assert found["months"] == 24
    assert found["expected_annual_hours"] == pytest.approx(12 * mean(hours[-24:]), abs=1e-6)


def weights(clients: list[Client]) -> tuple[dict[str, float], dict[str, float]]:
    """Buhlmann by the book: each client's weight, and the hours to expect of it."""
    used = {client.name: [hours / client.users for hours in client.hours] for client in clients}
    own = {name: mean(values) for name, values in used.items()}
    within = mean(variance(values) for values in used.values())
    among = variance(own.values()) - within / mean(len(values) for values in used.values())
    group = sum(sum(c.hours) for c in clients) / sum(c.users * len(c.hours) for c in clients)
    weight = {name: len(used[name]) / (len(used[name]) + within / among) if among > 0 else 0 for name in used}
    hours = {c.name: 12 * c.users * (weight[c.name] * own[c.name] + (1 - weight[c.name]) * group) for c in clients}
    return weight, hours


def of_tier(tier: str, *clients: tuple[str, list[float], float]) -> list[Client]:
    """Clients whose onboarding ends with the first of their months: what came before doesn't count."""
    return [
        Client(
            name, hours, users,
            more={"service_tier": tier, "starts_on": month_starts(len(hours))[0] - timedelta(days=90)},
        )
        for name, hours, users in clients
    ]  # fmt: skip


GOLD = of_tier(
    "gold", ("Acme", shaken(12, 1, 10), 10), ("Birch", shaken(24, 2, 30), 20), ("Cedar", shaken(8, 3, 9), 30)
)
SILVER = of_tier("silver", ("Dogwood", shaken(24, 4, 40), 15), ("Elm", shaken(24, 6, 2), 15))


def test_credibility_is_by_tier_and_by_the_whole_book_where_a_tier_is_small(book):
    found = prices(book(*GOLD, *SILVER, *of_tier("gold", ("Fir", [9] * 4, 5))))
    weight, hours = weights(GOLD)
    together, all_hours = weights([*GOLD, *SILVER])
    assert 0 < weight["Acme"] < 1
    for client in GOLD:
        assert found[client.name]["credibility"] == pytest.approx(weight[client.name], abs=1e-9)
        assert found[client.name]["expected_annual_hours"] == pytest.approx(hours[client.name], abs=1e-6)
    for client in SILVER:
        assert found[client.name]["credibility"] == pytest.approx(together[client.name], abs=1e-9)
        assert found[client.name]["expected_annual_hours"] == pytest.approx(all_hours[client.name], abs=1e-6)
    assert found["Fir"]["credibility"] is None


def test_clients_that_are_alike_speak_as_their_group(book):
    # the same mean, swinging a lot: among the clients lies less than chance alone would make
    swings = ([2, 18] * 6, [18, 2] * 6, [10, 10] * 6)
    found = prices(book(*(Client(name, hours) for name, hours in zip("ABC", swings, strict=True))))
    assert [row["credibility"] for row in found.values()] == [0, 0, 0]
    assert found["A"]["expected_annual_hours"] == pytest.approx(120, abs=1e-9)
    assert "own history weighs under 30 %" in found["A"]["because"]


def test_clients_that_never_swing_speak_for_themselves(book):
    found = prices(book(Client("A", [10] * 12), Client("B", [20] * 12), Client("C", [30] * 12)))
    assert [row["credibility"] for row in found.values()] == [1, 1, 1]
    assert found["B"]["expected_annual_hours"] == pytest.approx(240, abs=1e-9)
    assert float(found["B"]["risk_load"]) == 0


@pytest.mark.parametrize(
    ("client", "because"),
    [
        (Client("Acme", [10] * 5), "under six months of history"),
        (Client("Acme", [10] * 12, users=None), "no users are known"),
        (Client("Acme", [10] * 12, users=0), "no users are known"),
    ],
)
def test_what_cannot_be_priced_says_why(book, client, because):
    found = prices(book(client))["Acme"]
    assert (found["verdict"], found["because"], found["room"]) == ("not_on_this_data", because, None)
    named = ("credibility", "expected_annual_hours", "p80_annual_hours", "expected_cost", "risk_load")
    fees = ("expected_credit_pct", "floor_fee", "target_fee", "offered_fee")
    assert {found[name] for name in (*named, *fees)} == {None}
    # what it pays is known all the same
    assert (float(found["ceiling_fee"]), float(found["current_fee"])) == (2000, 2000)


def test_no_labour_at_all(workspace):
    fees = Client("Acme", [0] * 12).lines()
    last = [{"ticket_id": "last", "opened_at": date(2026, 3, 31)}]
    made = workspace(invoice_lines=fees, clients=[{"client": "Acme", "users": 10}], tickets=last)
    found = prices(made)["Acme"]
    assert (found["months"], found["verdict"], found["because"]) == (0, "not_on_this_data", "no labour is loaded")
    assert risk(made) == {
        "clients": 0, "sum_of_risk_loads": None, "pooled_risk_load": None, "portfolio_effect": None
    }  # fmt: skip


def test_a_client_without_any_hour_on_file_cannot_be_priced(book):
    """Its work isn't written down, or it has none yet: 30 of tools / 0.5 would be offered as the fee for all of it."""
    found = prices(book(Client("Acme", [10] * 12), Client("Birch", [0] * 12, tools=30)))
    birch = found["Birch"]
    assert (birch["verdict"], birch["because"]) == ("not_on_this_data", "no hour of work for it is on file")
    assert {birch[name] for name in ("target_fee", "offered_fee", "expected_annual_hours", "room")} == {None}
    assert found["Acme"]["verdict"] == "ready"
    # one hour in the months is little, but it is on file
    worked = prices(book(Client("Acme", [10] * 12), Client("Birch", [0] * 11 + [1])))["Birch"]
    assert worked["expected_annual_hours"] is not None


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ({}, 12),  # billed from the data's first month on: nobody knows since when
        ({"starts_on": date(2020, 1, 1)}, 12),
        ({"starts_on": date(2025, 4, 1)}, 9),  # 90 days after 1 April is 30 June
        ({"starts_on": date(2025, 4, 3)}, 8),  # 2 July: August is the first month that begins after it
    ],
)
def test_onboarding_does_not_count(book, more, counted):
    assert prices(book(Client("Acme", [10] * 12, more=more)))["Acme"]["months"] == counted


def test_who_came_later_began_with_its_first_revenue(book):
    # first billed in October 2025: 1 October and 90 days is 30 December
    found = prices(book(Client("Acme", [10] * 24), Client("Birch", [10] * 6)))
    assert (found["Acme"]["months"], found["Birch"]["months"]) == (24, 3)
    given = [{"name": "onboarding_days", "value": 0}]
    assert prices(book(Client("Acme", [10] * 24), Client("Birch", [10] * 6), assumptions=given))["Birch"]["months"] == 6


def test_months_before_anybodys_labour_do_not_count(book):
    # the entries of the whole months begin with the longest history; billed for two more years before
    before = [line("Acme", f"{month:%Y-%m}-01", 2000, revenue_class="managed") for month in month_starts(24)[:12]]
    found = prices(book(Client("Acme", [10] * 12), lines=before))["Acme"]
    assert found["months"] == 12


def test_who_has_a_row(book):
    clients = [Client("Acme", [10] * 12), Client("Gone", [10] * 12, more={"ends_on": date(2026, 3, 31)})]
    going = Client("Going", [10] * 12, more={"ends_on": date(2026, 4, 1)})
    product_only = [line("Shop", "2026-03-01", 900, revenue_class="product")]
    earlier = [line("Past", "2026-02-01", 900, revenue_class="managed")]
    assert sorted(prices(book(*clients, going, lines=[*product_only, *earlier]))) == ["Acme", "Going"]


@pytest.mark.parametrize(("way", "current", "ceiling"), [(-1, 1100, 1880), (1, 2000, 2000)])
def test_the_ceiling_carries_the_swings_of_the_clients_own_invoices(book, way, current, ceiling):
    # 1,000 to 2,100 by 100 a month, mean 1,550, P80 1,880, P50 1,550: 330 more; but at least what it pays today
    more = [
        line("Acme", f"{month:%Y-%m}-01", 100 * place, revenue_class="other_recurring")
        for place, month in enumerate(month_starts(12)[::way])
    ]
    found = prices(book(Client("Acme", [10] * 12, fee=1000), lines=more))["Acme"]
    assert float(found["current_fee"]) == current
    assert float(found["ceiling_fee"]) == pytest.approx(ceiling, abs=0.005)


def test_a_target_within_the_swings_is_not_said_to_be_within_what_is_paid_today(book):
    """Resale of 0 and 2,200 by turns: the ceiling lies above the 2,000 of the target, and today's 1,100 + 733 below."""
    days = [f"{month:%Y-%m}-01" for month in month_starts(12)[::2]]
    swings = [line("Acme", day, 2200, revenue_class="other_recurring") for day in days]
    found = prices(book(Client("Acme", [20] * 12, fee=1100), lines=swings))["Acme"]
    assert float(found["current_fee"]) < float(found["target_fee"]) <= float(found["ceiling_fee"])
    assert found["because"].startswith("the target is within what the client can be asked for")


def test_todays_fee_is_of_the_months_since_the_first_bill(book):
    # Acme pays 2,000 in each of the last three months, Zinnia in the last two: 4,000 / 2, not / 3
    made = book(Client("Acme", [10] * 12), Client("Zinnia", [60] * 2))
    found = prices(made)
    assert [float(found[name]["current_fee"]) for name in ("Acme", "Zinnia")] == [2000, 2000]
    plan = made.by("client", "metrics.migration_plan", as_of=date(2026, 3, 31))
    # 12 x (2,000 - 10 x 50) and 12 x (2,000 - 60 x 50)
    assert (plan["Acme"]["current_margin"], plan["Zinnia"]["current_margin"]) == (18000, -12000)


def test_a_ceiling_below_the_target_is_to_be_fixed_first(book):
    found = prices(book(Client("Acme", [10] * 12, fee=900)))["Acme"]
    # 120 x 50 / 12 / 0.5
    assert (float(found["target_fee"]), float(found["ceiling_fee"]), found["verdict"]) == (1000, 900, "fix_first")
    assert "above what the client pays today" in found["because"]
    assert (float(found["offered_fee"]), found["room"]) == (1000, "below_target")


@pytest.mark.parametrize(("fee", "room"), [(499, "no_room"), (500, "below_target"), (1000, "room")])
def test_a_floor_above_the_ceiling_leaves_no_room(book, fee, room):
    # 120 x 50 / 12 = 500 is the floor, twice that the target
    found = prices(book(Client("Acme", [10] * 12, fee=fee)))["Acme"]
    assert found["room"] == room
    assert ("costs more than the client can be asked for" in found["because"]) == (room == "no_room")


def outcomes(missed: int, count: int = 12) -> list[dict]:
    """A measure missed in so many of the last months."""
    listed = enumerate(reversed(month_starts(count)))
    values = [(month, 1 if back < missed else 3) for back, month in listed]
    return [
        {"client": "Acme", "month": month, "measure": "Uptime", "value": value, "target": 2} for month, value in values
    ]


def test_credits_are_a_share_of_the_fee_so_they_are_solved_for(book):
    # one of 12 months missed: 5 % / 12 of the fee. F - F x credit - cost = half of F
    found = prices(book(Client("Acme", [10] * 12), outcomes=outcomes(1)))["Acme"]
    credit = 0.05 / 12
    assert found["expected_credit_pct"] == found["known_credit_pct"] == pytest.approx(credit, abs=1e-12)
    fee = 500 / (1 - 0.5 - credit)
    assert float(found["target_fee"]) == pytest.approx(fee, abs=0.005)
    assert fee - fee * credit - 500 == pytest.approx(0.5 * fee, abs=1e-9)
    assert "no service level" not in found["because"]


def test_a_right_to_leave_is_to_be_fixed_first(book):
    found = prices(book(Client("Acme", [10] * 12), outcomes=outcomes(4)))["Acme"]
    assert found["verdict"] == "fix_first" and "could have left" in found["because"]
    # a year before, not in the last month
    rows = [{**row, "value": 1 if row["month"] <= date(2025, 8, 1) else 3} for row in outcomes(0)]
    assert prices(book(Client("Acme", [10] * 12), outcomes=rows))["Acme"]["verdict"] == "ready"


def test_no_fee_carries_more_than_all_of_itself(book):
    given = [{"name": name, "value": value} for name, value in (("target_gross_margin", 0.95), ("sla_credit", 0.1))]
    found = prices(book(Client("Acme", [10] * 12), outcomes=outcomes(12), assumptions=given))["Acme"]
    assert (found["target_fee"], found["offered_fee"], found["verdict"]) == (None, None, "fix_first")
    assert float(found["floor_fee"]) == 500 and "leave nothing" in found["because"]
    assert found["room"] == "below_target"


@pytest.mark.parametrize(("swing", "overstated"), [(0.2, 0.11), (0.4, 0.22), (0.6, 0.31), (1.0, 0.48)])
def test_twelve_bad_months_are_no_bad_year(swing, overstated):
    """Twelve times a month's P80 against the year's, where months are independent: z = 0.842."""
    assert (1 + 0.842 * swing) / (1 + 0.842 * swing / sqrt(12)) - 1 == pytest.approx(overstated, abs=0.006)


def test_the_years_load_is_below_that_of_twelve_bad_months(book):
    hours = shaken(24, 7)
    found = prices(book(Client("Acme", hours)))["Acme"]
    bad_month = sorted(hours)[int(0.8 * 24)]
    assert found["expected_annual_hours"] < found["p80_annual_hours"] < 12 * bad_month


def test_a_book_bears_less_than_the_sum_of_its_clients(book):
    clients = [*GOLD, *SILVER, *of_tier("none", ("Fir", [0] * 12, 10)), Client("Gum", [5] * 3)]
    made = book(*clients)
    found, rows = risk(made), prices(made)
    # Fir has no hours on file, Gum too few months
    priced = [client for client in clients if client.name not in ("Fir", "Gum")]
    # of five clients with a price at least three count in each of the last 12 months
    series = []
    for month in month_starts(24):
        counting = {c.name: dict(zip(month_starts(len(c.hours)), c.hours, strict=True)).get(month) for c in priced}
        if 2 * sum(value is not None for value in counting.values()) < len(priced):
            continue
        costs = []
        for client in priced:
            usual, now = mean(client.hours), counting[client.name]
            times = now / usual if now is not None and usual else 1
            costs.append(times * rows[client.name]["expected_annual_hours"] / 12 * RATE)
        series.append(sum(costs))
    usual, at_risk = year(series)
    loads = sum(float(rows[client.name]["risk_load"]) for client in priced)
    assert (found["clients"], float(found["sum_of_risk_loads"])) == (5, pytest.approx(loads, abs=0.05))
    assert float(found["pooled_risk_load"]) == pytest.approx(at_risk - usual, abs=0.01)
    assert found["portfolio_effect"] == pytest.approx(1 - (at_risk - usual) / loads, abs=1e-4)
    assert at_risk - usual < loads


def test_a_book_of_one_bears_what_its_client_does(book):
    hours = shaken(24, 9)
    made = book(Client("Acme", hours))
    found, (row,) = risk(made), prices(made).values()
    # blocks hold the first and last months less often, so that a year of them isn't quite twelve times the mean
    usual, _ = year(hours)
    alone = float(row["risk_load"]) * usual / (12 * mean(hours))
    assert float(found["pooled_risk_load"]) == pytest.approx(alone, abs=0.02)
