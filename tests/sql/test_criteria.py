"""Success criteria against the data, and proposals side by side that leave everything as it was."""

from datetime import date, datetime
from functools import partial

import pytest

from tests.sql.histories import Client, month_starts, told
from tests.sql.rows import day, months
from vitals.assumptions import assumptions
from vitals.errors import VitalsError
from vitals.queries import all_queries, assumed_by
from vitals.registers import register
from vitals.workspace import scenarios

NAMED = "Downtime minutes"
AS_OF = {"as_of": day("2026-03-31")}
YEAR = months("2025-04", "2026-03")


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def criterion(measure: str, target: float, review: str = "quarterly", **more) -> dict:
    named = {"client": "ACME", "criterion": measure, "measure": measure, "target": target, "stage": "optimise"}
    return {**named, "review": review, "place": 0, **more}


def tickets() -> list[dict]:
    """In each of the last twelve months four of Acme: one answered late, two rated, one of them happy, one reopened."""
    return [
        {
            "ticket_id": f"{month}{place}", "client": "Acme", "opened_at": datetime(month.year, month.month, 13, 10),
            "first_response_at": datetime(month.year, month.month, 13, 12 if place == 0 else 10, 30),
            "sla_response_minutes": 60, "csat": {0: 1, 1: -1}.get(place), "reopened_count": int(place == 3),
        }
        for month in month_starts(12)
        for place in range(4)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "n", "value", "state"),
    [
        (criterion("answered in time", 75), 12, 75, "met"),
        (criterion("answered in time", 76, "monthly"), 4, 75, "missed"),
        (criterion("happy answers", 50, "yearly"), 24, 50, "met"),
        # 12 tickets of 10 users in three months
        (criterion("tickets per user and month", 0.4), 12, 0.4, "met"),
        (criterion("tickets per user and month", 0.3), 12, 0.4, "missed"),
        (criterion("reopened tickets", 25), 12, 25, "met"),
        (criterion("reopened tickets", 30, better="higher"), 12, 25, "missed"),
        # no ticket says when it was to be resolved
        (criterion("resolved in time", 90), 0, None, "not_known"),
        # the mean of 2, 3 and 4; downtime is better low, unless somebody says the contrary
        (criterion("outcomes file", 3, outcome="downtime minutes"), 3, 3, "met"),
        (criterion("outcomes file", 2, outcome="Downtime minutes"), 3, 3, "missed"),
        (criterion("outcomes file", 2, outcome="Downtime minutes", better="higher"), 3, 3, "met"),
        (criterion("outcomes file", 2, outcome="Patching"), 0, None, "not_known"),
        (criterion("said here", 5, said_value=6), None, 6, "met"),
        (criterion("said here", 5), None, None, "not_known"),
    ],
)
def test_criteria_are_tracked(book, said, n, value, state):
    outcomes = [
        {
            "client": "Acme",
            "month": day(f"2026-0{place}"),
            "measure": "Downtime minutes",
            "value": place + 1,
            "target": 9,
        }
        for place in (1, 2, 3)
    ]
    made = book(Client("Acme", [10] * 12), tickets=tickets(), outcomes=outcomes, success_criteria=[said])
    found = made.one("metrics.criteria_tracking", **AS_OF)
    assert (found["client"], found["counted"], found["state"]) == ("Acme", n, state)
    assert found["value"] == (value if value is None else pytest.approx(value, abs=1e-9))


def test_reviews_and_their_months(book):
    said = [
        criterion("said here", 1, "yearly", said_value=1, next_review_on=date(2026, 3, 30)),
        criterion("answered in time", 75, "monthly", next_review_on=date(2026, 3, 31)),
        criterion("resolved in time", 75, client="Nobody we know"),
    ]
    made = book(Client("Acme", [10] * 12), tickets=tickets(), success_criteria=said)
    found = made.by("measure", "metrics.criteria_tracking", **AS_OF)
    assert (found["said here"]["month_from"], found["said here"]["is_review_past"]) == (day("2025-04"), True)
    assert (found["answered in time"]["month_from"], found["answered in time"]["is_review_past"]) == (
        day("2026-03"),
        False,
    )
    assert found["resolved in time"]["state"] == "not_known"
    summary = made.one("metrics.criteria_summary", **AS_OF)
    names = ("criteria", "clients", "criteria_met", "criteria_missed", "criteria_unknown", "reviews_past", "measured")
    assert [summary[name] for name in names] == [3, 2, 2, 0, 1, 1, 2]


def test_a_client_has_at_most_six():
    kept = register("success_criteria")
    rows = [criterion("said here", 1, criterion=str(place)) for place in range(6)]
    assert len(kept.checked(rows)) == 6
    with pytest.raises(VitalsError, match="ACME has 7 rows"):
        kept.checked([*rows, criterion("said here", 1, criterion="seventh")])


def figures(book, model: str, **values: float) -> dict:
    scenario = {"name": "Ours", "model": model, **values}
    return scenarios.figures(book.con, scenario, **YEAR, client_key=None)


def test_proposals_come_to_what_their_terms_say(book):
    """120 hours at 50 and 1,200 of tools; automation takes 20 % of the hours. The target fee is 7,200 / 12 / 0.5."""
    made = book(Client("Acme", [10] * 12, tools=100))
    made.one("metrics.scenario_figures", **YEAR, model="outcome", client_key=None)
    names = ("customer_pays", "expected_credits", "margin_left", "clients", "verdict")
    # 14,400 - 0.8 x 6,000 - 1,200; no service level is measured, so no credit is known
    assert [figures(made, "outcome")[name] for name in names] == [14400, None, 8400, 1, "ready"]
    # at 40 % margin the fee is 1,000: 12,000; without automation 12,000 - 7,200
    found = figures(made, "outcome", target_gross_margin=0.4, automation_share=0)
    assert [found[name] for name in names] == [12000, None, 4800, 1, "ready"]
    # 96 hours at 100, with the tools on top
    assert [figures(made, "hourly", bill_rate=100)[name] for name in names] == [10800, 0, 4800, 1, "ready"]
    # no price per device is known, nor how many there are
    assert [figures(made, "per_device")[name] for name in names] == [None, None, None, 0, "ready"]
    assert figures(made, "per_device")["unpriced"] == 1


def test_credits_to_expect_go_off_an_outcome_fee(book):
    """5 % each month: the fee is 600 / 0.45 = 1,333.33, 16,000 a year, of which 800 is given back; at 10 % 18,000."""
    missed = [
        {"client": "Acme", "month": month, "measure": "Uptime", "value": 1, "target": 2} for month in month_starts(12)
    ]
    made = book(Client("Acme", [10] * 12, tools=100), outcomes=missed)
    made.one("metrics.scenario_figures", **YEAR, model="outcome", client_key="acme")
    for credit, pays, given_back in ((0.05, 16000, 800), (0.1, 18000, 1800)):
        found = figures(made, "outcome", sla_credit=credit)
        assert [float(found[name]) for name in ("customer_pays", "expected_credits")] == pytest.approx(
            [pays, given_back]
        )
        assert found["margin_left"] == found["provider_margin"] - found["expected_credits"]
    # a fifth of a hybrid fee is the outcome fee
    found = figures(made, "hybrid", hybrid_share=0.5)
    assert float(found["expected_credits"]) == pytest.approx(0.05 * 0.5 * 16000)


def test_credits_that_nobody_can_measure_are_no_zero(book):
    """Of two alike clients one has a service level that was missed: 800 of its 16,000 go back. Of the other's nothing
    is known, and what is left of it stands before credits."""
    missed = [
        {"client": "Acme", "month": month, "measure": "Uptime", "value": 1, "target": 2} for month in month_starts(12)
    ]
    made = book(Client("Acme", [10] * 12, tools=100), Client("Birch", [10] * 12, tools=100), outcomes=missed)
    made.one("metrics.scenario_figures", **YEAR, model="outcome", client_key=None)
    found = figures(made, "outcome", sla_credit=0.05)
    assert [found[name] for name in ("clients", "measured", "expected_credits")] == [2, 1, 800]
    assert found["margin_left"] == found["provider_margin"] - 800
    # by the hour nothing is given back, and that is known of both
    assert [figures(made, "hourly", bill_rate=100)[name] for name in ("measured", "expected_credits")] == [2, 0]


def test_comparing_leaves_everything_as_it_was(book):
    made = book(Client("Acme", [10] * 12, tools=100))
    before = made.one("metrics.scenario_figures", **YEAR, model="outcome", client_key=None)
    held = made.sql("from core.assumption"), made.sql("from raw.assumptions")
    figures(made, "outcome", target_gross_margin=0.1, loaded_hourly_cost=1)
    with pytest.raises(ZeroDivisionError), scenarios.supposing(made.con, {"target_gross_margin": 0.1}):
        assert made.sql("select target_gross_margin from core.assumption") == [(0.1,)]
        raise ZeroDivisionError
    assert (made.sql("from core.assumption"), made.sql("from raw.assumptions")) == held
    assert made.one("metrics.scenario_figures", **YEAR, model="outcome", client_key=None) == before


def test_a_proposal_changes_only_what_metrics_read():
    """Tables are not built again for a proposal's assumptions, so none may rest on what it changes."""
    known = {field.name for field in register("scenarios").fields} - {"name", "model", "note"}
    said = {name for name in known if not name.startswith(scenarios.OF_TERMS)}
    built = [name for name in all_queries() if name.split(".")[0] in ("staging", "core")]
    assert said <= assumptions().keys() and said <= assumed_by(scenarios.FIGURES)
    assert said & frozenset().union(*map(assumed_by, built)) == set()
