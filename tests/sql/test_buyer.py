"""The buyer's side: what an engagement costs beyond the fee, leaving it, the scorecard and the downtime of a tier."""

import pytest

from vitals.registers import register

FEE = {"offer": "A", "provider": "North", "monthly_fee": 1000, "term_months": 24, "overlap_days": 73, "exit_cost": 5000}
COSTS = [
    {"item": "Managing the provider", "share": 0.05, "is_once": False},
    {"item": "Tools", "amount": 240, "is_once": False},
    {"item": "Exit reserve", "share": 0.1, "is_once": False},
    {"item": "Transition", "share": 0.1, "amount": 300, "is_once": True},
]


def test_cost_beyond_the_fee(workspace):
    """12,000 a year, 24,000 over two years. On top 600, 240 and 1,200 a year, 1,500 once: 5,580, a month 232.50."""
    made = workspace(buyer_offers=[FEE], engagement_costs=COSTS)
    found = made.one("metrics.engagement_cost")
    names = ("monthly_fee", "whole_cost", "beyond_fee", "term_cost")
    assert [float(found[name]) for name in names] == [1000, 1232.5, 232.5, 29580]
    assert found["beyond_fee_pct"] == pytest.approx(5580 / 24000, abs=1e-9)
    parts = [(row["item"], row["yearly_cost"], row["term_cost"]) for row in made.rows("metrics.engagement_parts")]
    assert parts == [
        ("Fee", 12000, 24000), ("Exit reserve", 1200, 2400), ("Transition", None, 1500),
        ("Managing the provider", 600, 1200), ("Tools", 240, 480),
    ]  # fmt: skip
    assert sum(row["term_cost"] for row in made.rows("metrics.engagement_parts")) == found["term_cost"]


def test_leaving_takes_the_overlap_and_the_move(workspace):
    """73 of 365 days are a fifth of 12,000: 2,400, and 5,000 for the move. The reserve holds 2,400 after two years."""
    found = workspace(buyer_offers=[FEE], engagement_costs=COSTS).one("metrics.engagement_cost")
    assert [float(found[name]) for name in ("exit_need", "exit_reserve", "exit_gap")] == [7400, 2400, 5000]
    # without a reserve all of it is missing; more than enough lacks nothing
    found = workspace(buyer_offers=[FEE], engagement_costs=[]).one("metrics.engagement_cost")
    assert [float(found[name]) for name in ("exit_reserve", "exit_gap", "beyond_fee")] == [0, 7400, 0]
    rich = [{"item": "exit reserve", "share": 0.5, "is_once": False}]
    assert workspace(buyer_offers=[FEE], engagement_costs=rich).one("metrics.engagement_cost")["exit_gap"] == 0


def test_offers_without_a_fee_are_none_and_the_cheapest_in_all_comes_first(workspace):
    offers = [FEE, {"offer": "B", "monthly_fee": 900, "term_months": 12}, {"offer": "C", "term_months": 12}]
    found = workspace(buyer_offers=offers, engagement_costs=COSTS).rows("metrics.engagement_cost")
    # B: 10,800 a year, on top 540, 240, 1,080 and 1,080 + 300: 14,040, a month 1,170
    assert [(row["provider"], float(row["whole_cost"])) for row in found] == [("B", 1170), ("A: North", 1232.5)]
    assert [float(row["exit_need"]) for row in found] == [0, 7400]
    assert workspace(buyer_offers=[]).rows("metrics.engagement_cost") == []


def test_scores_are_weighed_over_the_points_that_were_scored(workspace):
    """(3 x 4 + 1 x 2) / 4 = 3.5; the point without a score counts for nothing."""
    scores = [
        {"criterion": "Security", "weight": 3, "score_a": 4},
        {"criterion": "Price", "weight": 1, "score_a": 2},
        {"criterion": "Sites", "weight": 5},
    ]
    held = [{"term": "Escrow", "holds": "yes"}, {"term": "Runbooks", "holds": "no"}, {"term": "Help"}]
    offers = [FEE, {**FEE, "offer": "B"}]
    found = workspace(buyer_offers=offers, vendor_scores=scores, lock_in_terms=held).by(
        "offer", "metrics.engagement_cost"
    )
    assert (found["A"]["weighted_score"], found["A"]["points_scored"], found["A"]["terms_held"]) == (3.5, 2, 1)
    assert (found["B"]["weighted_score"], found["B"]["points_scored"]) == (None, 0)


@pytest.mark.parametrize(
    ("uptime", "monthly", "yearly"),
    [
        (0.999, 43 * 60 + 12, 8 * 3600 + 45 * 60 + 36),
        (0.99, 7 * 3600 + 12 * 60, 87 * 3600 + 36 * 60),
        (0.9995, 21 * 60 + 36, 4 * 3600 + 22 * 60 + 48),
        (0.9999, 259.2, 3153.6),
        (1, 0, 0),
    ],
)
def test_downtime_of_a_tier(workspace, uptime, monthly, yearly):
    """A thousandth of thirty days is 43 min 12 s, of a year 8 h 45 min 36 s."""
    found = workspace(uptime_tiers=[{"uptime": uptime}]).one("metrics.uptime_downtime")
    assert (found["monthly_seconds"], found["yearly_seconds"]) == pytest.approx((monthly, yearly), abs=1e-3)


def test_registers_begin_with_what_the_framework_names():
    assert len(register("vendor_scores").rows) == 15
    assert [row["uptime"] for row in register("uptime_tiers").rows] == [0.99, 0.995, 0.999, 0.9995, 0.9999]
    assert len(register("lock_in_terms").rows) == 6 and len(register("engagement_costs").rows) == 8
