"""What a fee is made of, and what the whole book bears: its bad years, and months that no single client foretells."""

from functools import partial

import pytest

from tests.sql.histories import Client, month_starts, told
from tests.sql.rows import months
from tests.sql.test_outcome_price import outcomes, shaken, year

TWO_YEARS = months("2024-04", "2026-03")


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def parts(made, client: str = "acme") -> dict[str, float | None]:
    found = made.rows("metrics.outcome_fee_parts", client_key=client, **TWO_YEARS)
    return {row["part"]: None if row["amount"] is None else float(row["amount"]) for row in found}


def test_a_fee_is_exactly_the_sum_of_its_parts(book):
    # 180 h x 50 / 12; 1,200 / 12; 1,285.71 / 12; credits that nobody can know; half of 1,914.29, and a cent of rounding
    found = parts(book(Client("Acme", [10, 10, 10, 40, 10, 10], tools=100)))
    assert found == {
        "labour": 750, "tools": 100, "risk": 107.14, "credits": None, "margin": 957.15, "target": 1914.29
    }  # fmt: skip


def test_credits_are_a_part_of_the_fee(book):
    # 500 / (0.5 - 0.05 / 12) = 1,008.403...: of it 4.20 is given back and half, 504.20, is left
    found = parts(book(Client("Acme", [10] * 12), outcomes=outcomes(1)))
    assert found == {
        "labour": 500, "tools": 0, "risk": 0, "credits": 4.20, "margin": 504.20, "target": 1008.40
    }  # fmt: skip


@pytest.mark.parametrize("seed", [2, 5, 11])
def test_parts_add_up_to_the_cent_and_to_the_price(book, seed):
    made = book(Client("Acme", shaken(24, seed), tools=33.33), outcomes=outcomes(2))
    rows = made.rows("metrics.outcome_fee_parts", client_key="acme", **TWO_YEARS)
    *several, whole = rows
    assert sum(row["amount"] for row in several) == whole["amount"]
    assert whole["is_total"] and not any(row["is_total"] for row in several)
    assert whole["amount"] == made.by("client", "metrics.outcome_price", **TWO_YEARS)["Acme"]["target_fee"]
    assert sum(row["share"] for row in several) == pytest.approx(1, abs=1e-12)


def test_what_has_no_price_has_no_parts(book):
    assert parts(book(Client("Acme", [10] * 5))) == {}
    assert not parts(book(Client("Acme", [10] * 12)), "nobody")


def test_a_buyer_wants_a_cushion_for_one_bad_year_in_ten(book):
    # blocks of 1,500, 3,000, 3,000, 3,000: a mean year is 10,500, and 32 % of years cost 12,000
    found = book(Client("Acme", [10, 10, 10, 40, 10, 10])).one("metrics.outcome_book_years", **TWO_YEARS)
    money = [float(found[name]) for name in ("mean_year", "p80_year", "p90_year", "cushion", "carried")]
    assert (found["months"], money) == (6, [10500, 12000, 12000, 1500, 1285.71])
    assert found["cushion_share"] == pytest.approx(1 / 7, abs=1e-9)


def test_bad_years_of_the_book_are_those_of_all_years_one_by_one(book):
    hours = shaken(24, 3)
    found = book(Client("Acme", hours)).one("metrics.outcome_book_years", **TWO_YEARS)
    costs = [50 * value for value in hours]
    assert float(found["mean_year"]) == pytest.approx(year(costs)[0], abs=0.01)
    assert float(found["p80_year"]) == pytest.approx(year(costs, 0.8)[1], abs=0.01)
    assert float(found["p90_year"]) == pytest.approx(year(costs, 0.9)[1], abs=0.01)


def test_without_a_price_there_is_no_cushion(book):
    found = book(Client("Acme", [10] * 5)).one("metrics.outcome_book_years", **TWO_YEARS)
    assert (found["months"], found["mean_year"], found["cushion"], found["cushion_share"]) == (None,) * 4


def test_surges_are_counted_over_the_whole_book(book):
    # Acme's usual month takes 10: 40 is a surge of 30 beyond it, 30 is none. One in 36 client months: a third a year;
    # 30 h x 50 = 1,500 each; 1,500 / 36 a client and month, and that of three clients over twelve months
    found = book(
        Client("Acme", [10] * 10 + [30, 40]), Client("Birch", [20] * 12), Client("Cedar", [5] * 12),
        Client("Idle", [0] * 12), Client("Young", [1] * 4 + [90]),
    ).one("metrics.outcome_surges", **TWO_YEARS)  # fmt: skip
    assert (found["clients"], found["client_months"], found["surges"]) == (3, 36, 1)
    assert found["surges_a_year"] == pytest.approx(1 / 3, abs=1e-12)
    assert (found["surge_hours"], float(found["surge_cost"])) == (30, 1500)
    assert (float(found["load_a_month"]), float(found["load_a_year"])) == (41.67, 1500)


def test_a_book_without_surges_says_none_and_not_unknown(book):
    found = book(Client("Acme", [10] * 12)).one("metrics.outcome_surges", **TWO_YEARS)
    assert (found["surges"], found["surges_a_year"], found["surge_hours"], found["surge_cost"]) == (0, 0, None, None)
    assert (float(found["load_a_month"]), float(found["load_a_year"])) == (0, 0)
    nothing = book(Client("Acme", [10] * 5)).one("metrics.outcome_surges", **TWO_YEARS)
    assert (nothing["client_months"], nothing["load_a_year"], nothing["surges_a_year"]) == (0, None, None)


def test_months_before_the_chosen_ones_do_not_count(book):
    made = book(Client("Acme", [99] * 12 + [10] * 12))
    found = made.one("metrics.outcome_book_years", **months(f"{month_starts(12)[0]:%Y-%m}", "2026-03"))
    assert (found["months"], float(found["mean_year"])) == (12, 6000)
