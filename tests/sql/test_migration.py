"""When which client moves to an outcome price: the order, the bridge of the margin and the capital at risk."""

from functools import partial

import pytest

from tests.sql.histories import Client, month_starts, told
from tests.sql.rows import day, line, months

AS_OF = {"as_of": day("2026-03-31")}
EARLY = [line("Late", f"{month:%Y-%m}-01", 150, revenue_class="managed") for month in month_starts(12)[:6]]


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def agreement(client: str, renews_on: str, **more) -> dict:
    return {"client": client, "starts_on": day("2020-01-01"), "renews_on": day(renews_on), **more}


def missed(client: str) -> list[dict]:
    """A measure that misses its target in each month: 5 % of the fee is given back."""
    named = {"client": client, "measure": "Uptime", "value": 1, "target": 2}
    return [{**named, "month": month} for month in month_starts(12)]


@pytest.fixture
def five(book):
    """All work 10 hours a month at 50, each a client of another kind.

    Deep  400 a month, no tools: 4,800 - 6,000 = -1,200. Target 1,000: 12,000 - 6,000 = 6,000. Gains 7,200 by its fee
    Low   1,000, tools 100, 5 % credits: 12,000 - 7,200 = 4,800. Target 600 / 0.45 = 1,333.33: 16,000 x 0.95 - 7,200 =
          8,000. Gains 3,200: 4,000 by its fee, less 800 of credits
    Late  1,150 now, 1,300 in the first half year: 13,800 - 7,200 = 6,600. Target 1,200: 7,200. Gains 600
    Rich  2,000, 5 % credits and a right to leave: 24,000 - 7,200 = 16,800, would leave 15,600
    New   2,000, five months of history: 24,000 - 6,000 = 18,000, no price
    """
    return book(
        Client("Deep", [10] * 12, fee=400),
        Client("Low", [10] * 12, fee=1000, tools=100),
        Client("Late", [10] * 12, fee=1150, tools=100),
        Client("Rich", [10] * 12, tools=100),
        Client("New", [10] * 5),
        lines=EARLY,
        outcomes=[*missed("Low"), *missed("Rich")],
        agreements=[
            agreement("Deep", "2026-09-10"),
            agreement("Low", "2026-05-15", notice_days=30),
            agreement("Late", "2026-04-15", notice_days=30),
            agreement("New", "2026-05-01"),
        ],
    )


def test_order(five):
    """Who is under water comes first, then by date; who stays comes last. A notice gone by costs a year."""
    found = five.rows("metrics.migration_plan", **AS_OF)
    assert [(row["client"], row["step"], row["is_moved"], str(row["moves_on"])) for row in found] == [
        ("Deep", "reprice_first", True, "2026-09-10"),
        ("Low", "reprice_first", True, "2026-05-15"),
        ("Late", "convert", True, "2027-04-15"),
        ("New", "not_on_this_data", False, "2026-05-01"),
        ("Rich", "fix_service", False, "None"),
    ]
    assert [row["place"] for row in found] == [1, 2, 3, 4, 5]
    assert [row["is_under_water"] for row in found] == [True, False, False, False, False]
    assert [row["is_notice_past"] for row in found] == [None, False, True, None, None]
    amounts = [tuple(row[name] for name in ("current_margin", "gain", "price_rise")) for row in found]
    priced = [(-1200, 7200, 7200), (4800, 3200, 4000), (6600, 600, 600)]
    assert amounts == [*priced, (18000, None, None), (16800, -1200, 0)]
    assert found[1]["break_even_loss"] == pytest.approx(3200 / 8000, abs=1e-9)
    # 600 on 400, 333.33 on 1,000 and 50 on 1,150, against a quarter; without a price nobody knows
    assert [row["is_steep"] for row in found] == [True, True, False, False, False]
    assert [row["fee_rise_pct"] for row in found[:2]] == [1.5, pytest.approx(0.33333, abs=1e-9)]
    assert found[3]["fee_rise_pct"] is None


def test_bridge_from_todays_margin_to_the_planned_one(five):
    found = five.rows("metrics.migration_bridge", **AS_OF)
    names = ("clients", "moved", "opening_margin", "price_gain", "other_gain", "closing_margin", "stay_gain")
    assert {str(row["quarter_start"]): [row[name] for name in names] for row in found} == {
        "2026-04-01": [2, 1, 45000, 4000, -800, 48200, 0],
        "2026-07-01": [1, 1, 48200, 7200, 0, 55400, 0],
        "2027-04-01": [1, 1, 55400, 600, 0, 56000, 0],
        "None": [1, 0, 56000, 0, 0, 56000, -1200],
    }


def test_sums_of_the_bridge_are_those_of_the_renewal_plan(five):
    plan = five.rows("metrics.renewal_plan", **AS_OF)
    bridge = five.rows("metrics.migration_bridge", **AS_OF)
    assert bridge[0]["opening_margin"] == sum(row["current_margin"] for row in plan) == 45000
    gains = sum(row["price_gain"] + row["other_gain"] + row["stay_gain"] for row in bridge)
    assert gains == sum(row["gain"] or 0 for row in plan) == 7200 + 3200 + 600 - 1200
    assert sum(row["clients"] for row in bridge) == len(plan)


def test_what_the_plan_comes_to(five):
    found = five.one("metrics.migration_summary", **AS_OF)
    counts = ("clients", "moved", "undated", "past_notice", "unpriced", "under_water")
    assert [found[name] for name in counts] == [5, 3, 0, 1, 1, 1]
    amounts = (
        "under_water_loss", "current_margin", "planned_margin", "plan_gain", "price_gain", "other_gain", "stay_gain",
    )  # fmt: skip
    assert [found[name] for name in amounts] == [1200, 45000, 56000, 11000, 11800, -800, -1200]
    assert (found["dearest"], found["dearest_fee"], found["dearest_offer"]) == ("Deep", 400, 1000)
    assert found["dearest_rise"] == 1.5
    # Deep's 400 would be 1,000 and Low's rises by a third: more than a quarter. Late's 600 are the other
    assert (found["steep"], found["steep_gain"], found["gain_without"]) == (2, 10400, 600)
    assert (found["first_on"], found["last_on"]) == (day("2026-05-15"), day("2027-04-15"))
    # 11,000 of the 6,000 + 8,000 + 7,200 that the three would leave
    assert found["plan_break_even"] == pytest.approx(11000 / 21200, abs=1e-9)


def test_who_is_under_water_without_a_price_is_counted_and_stands_first(book):
    made = book(Client("Above", [10] * 5), Client("Sunk", [10] * 5, fee=100))
    found, first = made.one("metrics.migration_summary", **AS_OF), made.rows("metrics.migration_plan", **AS_OF)[0]
    # 12 x 100, less 10 hours a month at 50
    assert (found["unpriced"], found["under_water"], found["under_water_loss"]) == (2, 1, 4800)
    assert (first["client"], first["step"], first["current_margin"]) == ("Sunk", "not_on_this_data", -4800)


def test_a_plan_that_moves_nobody(book):
    made = book(Client("New", [10] * 5))
    found = made.one("metrics.migration_summary", **AS_OF)
    assert (found["clients"], found["moved"], found["plan_gain"], found["plan_break_even"]) == (1, 0, None, None)
    assert (found["under_water"], found["under_water_loss"], found["current_margin"]) == (0, None, 18000)
    assert (found["steep"], found["steep_gain"], found["gain_without"]) == (0, None, None)
    # it can not be priced, so nobody knows what a plan would leave
    assert found["planned_margin"] is None
    (row,) = made.rows("metrics.migration_bridge", **AS_OF)
    assert (row["quarter_start"], row["moved"], row["opening_margin"], row["risk_capital"]) == (None, 0, 18000, None)
    assert [row[name] for name in ("plan_gain", "price_gain", "other_gain", "stay_gain", "closing_margin")] == [
        None
    ] * 5


def test_a_quarter_in_which_nobody_can_be_priced_gains_nothing_known(book):
    """New can't be priced and could move in the second quarter; Deep moves in the third, from 400 to 1,000 a month.

    Today they leave 18,000 and -1,200 a year, as above, 16,800 together; the move adds 7,200.
    """
    dates = [agreement("New", "2026-05-01"), agreement("Deep", "2026-09-10")]
    made = book(Client("New", [10] * 5), Client("Deep", [10] * 12, fee=400), agreements=dates)
    found = made.rows("metrics.migration_bridge", **AS_OF)
    names = ("moved", "opening_margin", "plan_gain", "price_gain", "other_gain", "stay_gain", "closing_margin")
    assert [[row[name] for name in names] for row in found] == [
        [0, 16800, None, None, None, None, 16800],
        [1, 16800, 7200, 7200, 0, 0, 24000],
    ]


@pytest.mark.parametrize(("held", "margin"), [(2, None), (3, 12 * 2000 - 12 * 500)])
def test_a_year_is_made_of_three_covered_months_and_of_no_fewer(book, held, margin):
    """10 h at 50 and 2,000 a month leave 1,500 each: a year of that is 18,000, if three months say so."""
    found = book(Client("New", [10] * held)).one("metrics.migration_summary", **AS_OF)
    assert (found["months"], found["current_margin"], found["planned_margin"]) == (held, margin, None)
    sunk = book(Client("Sunk", [10] * held, fee=100)).one("metrics.migration_summary", **AS_OF)
    assert sunk["under_water"] == (0 if margin is None else 1)


def test_capital_at_risk_as_clients_move(book):
    """Of one: nine blocks of three months have 30 hours, one has 60, a year has 132 on average. With one long block or
    none a year stays at or below 150 hours in 94.8 % of cases (0.9^4 + 4 x 0.1 x 0.9^3), which bears 90 %: 18 hours at
    50. Of both, two blocks in ten have 90 and the others 60: on average 264; with up to two long ones (97.3 %) 300."""
    rising, falling = Client("Acme", [10] * 11 + [40], fee=500), Client("Birch", [40] + [10] * 11, fee=500)
    dates = [agreement("Acme", "2026-06-30"), agreement("Birch", "2026-09-30")]
    found = book(rising, falling, agreements=dates).rows("metrics.migration_risk", **AS_OF)
    assert [float(row["risk_capital"]) for row in found] == [pytest.approx(900), pytest.approx(1800)]


def test_capital_at_risk_of_all_clients_is_that_of_the_book(book):
    """Where every client with a price moves, that is the cushion that a buyer of the book would want."""
    clients = [Client(name, [10, 20, 5, 12] * 3, fee=fee) for name, fee in (("Acme", 500), ("Birch", 300))]
    made = book(*clients, agreements=[agreement(client.name, "2026-06-30") for client in clients])
    (found,) = made.rows("metrics.migration_risk", **AS_OF)
    of_book = made.one("metrics.outcome_book_years", month_from=day("2025-04"), month_to=day("2026-03"))
    assert found["risk_capital"] == of_book["cushion"] > 0


def test_no_capital_is_at_risk_where_nobody_moves(book):
    made = book(Client("Acme", [10] * 5, fee=100), agreements=[agreement("Acme", "2026-06-30")])
    assert made.rows("metrics.migration_risk", **AS_OF) == []


def test_four_pages_say_four_figures_of_one_book(book):
    """120 h at 50 = 6,000 a year each, but Quiet none; 20 % automated, so 4,800. Gone ends in the last month.

    Hours or outcome  (6,000 + tools) / 0.5 less 4,800 and tools: Gone 7,200, Deep 7,200, Rich with tools of 1,200 8,400
    Fees with credits Rich's 5 %: 7,200 / 0.45 = 16,000 instead of 14,400
    Quiet             1,200 / 0.5 - 1,200 = 1,200
    Credits           5 % of Rich's 16,000
    Migration         Deep moves, 12,000 - 6,000 = 6,000; Rich and Quiet stay, 16,800 and 22,800 at 2,000 a month
                      instead of 16,000 - 7,200 - 800 = 8,000 and 1,200
    """
    made = book(
        Client("Gone", [10] * 12, more={"ends_on": day("2026-03-31")}),
        Client("Deep", [10] * 12, fee=400),
        Client("Rich", [10] * 12, tools=100),
        Client("Quiet", [0] * 12, tools=100),
        outcomes=missed("Rich"),
    )
    found = made.rows("metrics.outcome_figures", **months("2025-04", "2026-03"), **AS_OF)
    assert [(row["amount"], row["clients"], row["automation_share"]) for row in found] == [
        (22800, 3, 0.2),
        (-7200, None, None),
        (1600, None, None),
        (17200, 2, 0.2),
        (1200, None, None),
        (-800, None, None),
        (17600, 3, 0.2),
        (-2400, None, None),
        (30400, None, None),
        (0, None, None),
        (45600, 3, 0),
    ]
    assert [row["is_total"] for row in found] == [row["clients"] is not None for row in found]
    assert float(found[0]["amount"]) == float(
        made.one("metrics.pricing_summary", automation_share=None, client_key=None, **months("2025-04", "2026-03"))[
            "outcome_provider_margin"
        ]
    )


def test_figures_of_a_history_too_short_for_a_price_end_before_the_plan(book):
    """Five months of 10 h at 50, 2,500 in all; 20 % automated, so 2,000. Nobody has a price, and no credit is known.

    Hours or outcome  2,500 / 0.5 - 2,000 = 3,000, as on each page but the plan's
    """
    made = book(Client("Acme", [10] * 5), Client("Birch", [0] * 5))
    found = made.rows("metrics.outcome_figures", **months("2025-11", "2026-03"), **AS_OF)
    assert [(row["name"], row["amount"], row["clients"]) for row in found] == [
        ("Hours or outcome", 3000, 1),
        ("Only clients with recurring revenue in the last month", 0, None),
        ("Fees that carry a bad year and credits", 0, None),
        ("Models side by side", 3000, 1),
        ("Clients without managed hours too", 0, None),
        ("Credits given back", None, None),
        ("Scenarios", 3000, 2),
        ("Nothing automated", None, None),
        ("5 months made a year", None, None),
        ("Those that the plan leaves keep today's fee", None, None),
        ("A usual year, and no fee below today's", None, None),
        ("Migration", None, 0),
    ]
    # Acme and Birch pay 2,000 a month each
    asked = {"model": "outcome", "client_key": None, **months("2025-11", "2026-03")}
    proposed = made.one("metrics.scenario_figures", **asked)
    assert [proposed[name] for name in ("margin_left", "ready", "fix_first", "current_pays")] == [3000, 0, 0, 20000]


def test_months_are_made_a_year_in_a_step_of_its_own(book):
    """Eight months of 10 h at 50 are 4,000, 3,200 with 20 % automated; 8,000 in eight months, 12,000 in a year.

    Models            8,000 - 3,200 = 4,800, and 4,000 with nothing automated
    A year            4,000 x 12 / 8 = 6,000
    Today's fee       2,000 a month: 24,000 - 6,000 = 18,000, which leaves more than the target's 6,000
    """
    found = book(Client("Acme", [10] * 8)).rows("metrics.outcome_figures", **months("2025-08", "2026-03"), **AS_OF)
    assert [(row["name"], row["amount"]) for row in found[-5:]] == [
        ("Nothing automated", -800),
        ("8 months made a year", 2000),
        ("Those that the plan leaves keep today's fee", 12000),
        ("A usual year, and no fee below today's", 0),
        ("Migration", 18000),
    ]
