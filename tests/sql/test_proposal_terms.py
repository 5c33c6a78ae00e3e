"""Contract terms of a proposal: they hold for every client while it is reckoned, and are as agreed afterwards."""

from datetime import datetime
from functools import partial
from threading import Timer

import duckdb
import pytest

from tests.sql.histories import Client, month_starts, told
from tests.sql.rows import months
from tests.sql.test_service_credits import tickets
from vitals.errors import VitalsError
from vitals.registers import register
from vitals.workspace import choices, scenarios

YEAR = months("2025-04", "2026-03")
ACME = Client("Acme", [10] * 12, tools=100)
"""120 hours at 50 and 1,200 of tools: 600 a month to carry, at a target margin of 50 %. It pays 2,000."""
AGREED = {"place": 0, "client": "ACME", "credit": 0.1, "credit_cap": 0.25}
HELD = ("raw.sla_terms", "staging.sla_terms", "core.dim_sla_terms", "core.assumption", "metrics.contract_terms")


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def missed(*measures: str, count: int = 12) -> list[dict]:
    return [
        {"client": "Acme", "month": month, "measure": name, "value": 1, "target": 2}
        for month in month_starts(12)[:count]
        for name in measures
    ]


def figures(book, **terms) -> dict:
    scenario = {"name": "Ours", "model": "outcome", **terms}
    return scenarios.figures(book.con, scenario, **YEAR, client_key="acme")


def credits_of(book, **terms) -> tuple[float, bool]:
    """What of Acme's fee is given back, of which the figures are made, and whether it may leave."""
    with scenarios.supposing(book.con, scenarios.values_of(terms), scenarios.terms_of(terms)):
        (found,) = book.rows("metrics.outcome_credits", **YEAR)
    return pytest.approx(found["expected_credit_pct"], abs=1e-12), found["has_termination_right"]


def held(book) -> list:
    return [sorted(map(str, book.sql(f"from {name}"))) for name in HELD]


def test_a_lower_cap_holds_for_a_client_with_terms_of_its_own(book):
    """Two measures missed each month at 10 % are 20 %, below the cap of 25 %: the fee is 600 / (0.5 - 0.2) = 2,000, of
    24,000 a year 4,800 are given back. Capped at 10 % it is 600 / 0.4 = 1,500: of 18,000 a year 1,800."""
    made = book(ACME, outcomes=missed("Uptime", "Backups"), sla_terms=[AGREED])
    stood = held(made)
    for terms, pays, given_back, cap in (({"sla_credit_cap": 0.1}, 18000, 1800, 0.1), ({}, 24000, 4800, 0.25)):
        found = figures(made, **terms)
        assert (float(found["customer_pays"]), float(found["expected_credits"])) == pytest.approx((pays, given_back))
        assert found["credit_cap"] == cap
    # a miss at 5 % gives back 10 % of two
    assert credits_of(made, sla_credit=0.05) == (0.1, True)
    assert credits_of(made, sla_termination_right=False) == (0.2, False)
    assert held(made) == stood


def test_a_stricter_target_misses_what_was_met(book):
    """19 of 20 answered in time are 95 %: met as assumed, missed each month at 96 %, which gives back 5 %. Six late of
    120 in six months are what chance explains at 96 %, where 4.8 are expected."""
    rows = [row for month in month_starts(12) for row in tickets(f"{month:%Y-%m}", 19, 1, measure="response")]
    made = book(ACME, tickets=[*rows, {"ticket_id": "last", "opened_at": datetime(2026, 3, 31, 9)}])
    assert credits_of(made) == (0, False)
    assert credits_of(made, sla_target=0.96) == (0.05, False)
    assert credits_of(made, sla_target=0.96, sla_chance_rule=False) == (0.05, True)
    # the one target gives way to that of its own, and none of these tickets says when it had to be resolved
    assert credits_of(made, sla_target=0.96, sla_response_target=0.95)[0] == 0
    # where 21 tickets are the least, months are judged together, 38 of 40 or 57 of 60, and the first miss is forgiven
    few = {"sla_response_target": 0.98, "sla_critical": 0.96, "sla_credit_critical": 0.1, "sla_min_tickets": 21}
    assert credits_of(made, **few)[0] == 0.1 * 11 / 12


def test_a_proposal_can_let_credits_be_won_back(book):
    """Missed in the first six months: six good ones come after the last miss, and win its credit back."""
    met = [{**row, "value": 3} for row in missed("Uptime")[6:]]
    made = book(ACME, outcomes=missed("Uptime", count=6) + met)
    assert credits_of(made, sla_earn_back=True)[0] == 0.05 * 5 / 12
    assert credits_of(made)[0] == 0.05 * 6 / 12


def test_terms_are_shown_where_clients_have_them_alike(book):
    made = book(ACME, Client("Birch", [5] * 12), sla_terms=[AGREED])
    of_all = made.one("metrics.scenario_terms", client_key=None)
    assert (of_all["credit"], of_all["credit_cap"], of_all["resolution_target"]) == (None, None, 0.95)
    assert (of_all["earn_back"], of_all["termination_right"], of_all["min_tickets"]) == (False, True, 20)
    assert made.one("metrics.scenario_terms", client_key="acme")["credit_cap"] == 0.25
    assert made.one("metrics.scenario_terms", client_key="birch")["credit_cap"] == 0.15
    with scenarios.supposing(made.con, {}, {"credit_cap": 0.2}):
        assert made.one("metrics.scenario_terms", client_key=None)["credit_cap"] == 0.2


def test_an_interrupt_leaves_nothing(book):
    made = book(ACME, sla_terms=[AGREED])
    stood = held(made)
    with pytest.raises(duckdb.InterruptException), scenarios.supposing(made.con, {}, {"credit_cap": 0.1}):
        assert made.sql("select credit_cap from core.dim_sla_terms") == [(0.1,), (0.1,)]
        Timer(0.1, made.con.interrupt).start()
        made.con.execute("select sum(hash(a.range + b.range)) from range(1000000) a, range(1000000) b").fetchall()
    assert held(made) == stood


@pytest.mark.parametrize("wrong", [{"sla_credit_cap": 1.5}, {"sla_response_target": 0.1}, {"sla_min_tickets": 0}])
def test_a_term_that_none_may_have_is_refused(book, wrong):
    made = book(ACME, sla_terms=[AGREED])
    stood = held(made)
    with pytest.raises(VitalsError):
        figures(made, **wrong)
    with pytest.raises(VitalsError):
        choices.keep_register(made.con, "scenarios", [{"name": "Ours", "model": "outcome", **wrong}])
    assert held(made) == stood


def test_terms_of_proposals_have_the_bounds_of_terms():
    of_proposals = {field.name: field for field in register("scenarios").fields}
    # whether a miss is called chronic moves no figure of a proposal
    terms = [field for field in register("sla_terms").fields if field.name not in ("client", "chronic_rule")]
    for term in terms:
        said = of_proposals[scenarios.OF_TERMS + term.name]
        assert (said.kind, said.min, said.max) == (term.kind, term.min, term.max)
    both = of_proposals["sla_target"]
    assert (both.min, both.max) == (of_proposals["sla_response_target"].min, 1)
    known = {scenarios.OF_TERMS + term.name for term in terms} | {"sla_target"}
    assert {name for name in of_proposals if name.startswith(scenarios.OF_TERMS)} == known
