"""The terms of service credits: written for all or for one, else assumed; what they switch, and what chance misses."""

from math import comb

import pytest

from tests.sql.rows import entry, line, months
from tests.sql.test_service_credits import LOADED, YEAR, credit, history, measure, outcome, tickets  # noqa: F401


def missed_in(*some: str, name: str = "Uptime") -> list[dict]:
    return [outcome(month, name, 1 if month in some else 3, 2) for month in LOADED]


def terms(**more) -> list[dict]:
    return [{"place": 0, **more}]


def test_terms_are_the_clients_own_else_those_of_all_else_the_assumptions(history):  # noqa: F811
    lines = [line(name, "2026-03-01", 1000, revenue_class="managed") for name in ("Acme", "Birch")]
    written = [
        {"place": 0, "client": None, "credit": 0.02, "min_tickets": 5},
        {"place": 1, "client": " ACME ", "credit": 0.07, "chronic_rule": False},
    ]
    found = history(invoice_lines=lines, sla_terms=written).by("client", "metrics.contract_terms")
    acme, birch = found["Acme"], found["Birch"]
    assert (acme["credit"], acme["min_tickets"], acme["chronic_rule"], acme["basis"]) == (0.07, 5, False, "own terms")
    assert (birch["credit"], birch["min_tickets"], birch["chronic_rule"]) == (0.02, 5, True)
    assert (birch["basis"], birch["credit_cap"], birch["resolution_target"]) == ("terms of all", 0.15, 0.95)
    assumed = history(invoice_lines=lines).by("client", "metrics.contract_terms")["Birch"]
    assert (assumed["credit"], assumed["min_tickets"], assumed["earn_back"], assumed["basis"]) == (
        0.05, 20, False, "assumptions"
    )  # fmt: skip


def test_measures_are_judged_by_their_own_terms(history):  # noqa: F811
    # 18 of 20 are 90 %: missed at 95 %, met at 90 %, critical below 92 %
    rows = tickets("2026-03", 18, 2)
    assert measure(history(rows), "2026-03")["result"] == "missed"
    kept = measure(history(rows, sla_terms=terms(client="Acme", resolution_target=0.9)), "2026-03")
    assert (kept["target"], kept["result"]) == (0.9, "met")
    other = history(rows, sla_terms=terms(client="Acme", response_target=0.5))
    assert measure(other, "2026-03")["target"] == 0.95
    assert measure(history(rows, sla_terms=terms(critical=0.92)), "2026-03")["result"] == "critical"
    # a minimum volume of 30 forgives no two misses
    few = measure(history(tickets("2026-03", 19, 1), sla_terms=terms(min_tickets=30)), "2026-03")
    assert few["result"] == "too_few"


def test_credits_and_the_cap_are_those_agreed(history):  # noqa: F811
    rows = missed_in("2026-03") + missed_in("2026-03", name="Backups")
    book = history(outcomes=rows, sla_terms=terms(client="Acme", credit=0.1, credit_cap=0.12))
    row = credit(book)
    assert (row["credit_pct"], float(row["credit_amount"]), row["step"]) == (0.12, 120, "penalty")


@pytest.mark.parametrize(
    ("said", "chronic", "may_leave"),
    [({}, True, True), ({"chronic_rule": False}, False, True), ({"termination_right": False}, True, False)],
)
def test_rules_can_be_switched_off(history, said, chronic, may_leave):  # noqa: F811
    rows = missed_in("2025-12", "2026-01", "2026-02", "2026-03")
    row = credit(history(outcomes=rows, sla_terms=terms(client="Acme", **said) if said else []))
    assert (row["is_chronic"], row["has_termination_right"]) == (chronic, may_leave)


def test_more_than_chance_is_a_term_that_can_be_switched_off(history):  # noqa: F811
    # 18 misses of 240 are chance; three of six months are below 95 % all the same
    misses = zip(LOADED[-6:], (1, 1, 1, 5, 5, 5), strict=True)
    rows = [row for month, missed in misses for row in tickets(month, 40 - missed, missed)]
    assert not credit(history(rows))["is_chronic"]
    assert credit(history(rows, sla_terms=terms(chance_rule=False)))["is_chronic"]


@pytest.mark.parametrize(
    ("missed", "won_back"),
    [
        (("2025-12",), {"2025-12": 50}),
        (("2025-12", "2026-02"), {}),  # the second month after it missed again; two months after February aren't over
        (("2025-12", "2026-03"), {"2025-12": 50}),
        (("2026-02",), {}),
    ],
)
def test_two_good_months_win_a_credit_back(history, missed, won_back):  # noqa: F811
    book = history(outcomes=missed_in(*missed), sla_terms=terms(client="Acme", earn_back=True))
    rows = book.rows("metrics.sla_credit_backtest", **YEAR)
    back = {f"{row['month_start']:%Y-%m}": float(row["earned_back_amount"]) for row in rows}
    assert {month: amount for month, amount in back.items() if amount} == won_back
    # without the term nothing is
    plain = history(outcomes=missed_in(*missed)).rows("metrics.sla_credit_backtest", **YEAR)
    assert not any(row["earned_back_amount"] for row in plain)


def test_what_is_won_back_is_not_expected_of_a_fee(history):  # noqa: F811
    rows = missed_in("2025-12")
    given = {"invoice_lines": [line("Acme", f"{month}-01", 1000, revenue_class="managed") for month in LOADED],
             "clients": [{"client": "Acme", "users": 10}], "outcomes": rows,
             "time_entries": [entry("2025-07-10", 1, "Acme")]}  # fmt: skip
    expected = history(**given).by("client", "metrics.outcome_price", **YEAR)["Acme"]["expected_credit_pct"]
    assert expected == pytest.approx(0.05 / 9, abs=1e-12)
    back = history(**given, sla_terms=terms(earn_back=True))
    assert back.by("client", "metrics.outcome_price", **YEAR)["Acme"]["expected_credit_pct"] == 0


def test_the_ladder_month_by_month(history):  # noqa: F811
    book = history(outcomes=missed_in("2025-10", "2025-12", "2026-01", "2026-02"))
    rows = book.rows("metrics.sla_credit_backtest", **YEAR)
    # the third miss of six months is chronic, the fourth opens the contract, and in March three are left of six
    assert [row["step"] for row in rows] == [
        "met", "met", "met", "warning", "met", "warning", "remediation", "termination", "termination"
    ]  # fmt: skip
    assert rows[-1]["missed_measures"] == 0
    found = book.by("client", "metrics.sla_credit_clients", **YEAR)["Acme"]
    assert (found["months"], found["missed_months"], float(found["kept_amount"])) == (9, 4, 200)
    assert (found["furthest_step"], found["may_leave_at_end"]) == ("termination", True)
    assert found["credit_share"] == pytest.approx(200 / 9000, abs=1e-12)
    whole = book.one("metrics.sla_credit_summary", **YEAR)
    assert (whole["clients"], whole["credited_clients"], whole["leaving_clients"]) == (1, 1, 1)
    assert (whole["largest_client"], float(whole["largest_amount"])) == ("Acme", 200)


def test_without_a_measure_nothing_is_known(history):  # noqa: F811
    whole = history().one("metrics.sla_credit_summary", **YEAR)
    assert (whole["clients"], whole["kept_amount"], whole["credit_share"], whole["largest_client"]) == (
        0, None, None, None
    )  # fmt: skip
    # nobody is counted whom no measure says anything of
    assert [whole[f"{name}_clients"] for name in ("credited", "chronic", "leaving")] == [None, None, None]


def exact(tickets: int, allowed: int, late: float) -> float:
    """More misses than allowed, one by one."""
    return sum(
        comb(tickets, misses) * late**misses * (1 - late) ** (tickets - misses)
        for misses in range(allowed + 1, tickets + 1)
    )


def test_the_chance_of_a_miss_is_exact(history):  # noqa: F811
    found = history().by("tickets", "metrics.small_numbers")
    # of 10 tickets at 95 % none may miss: 1 - 0.95^10 = 40.1 %
    assert found[10]["misses_allowed"] == 0
    assert found[10]["as_promised"] == pytest.approx(1 - 0.95**10, abs=1e-12)
    for volume, row in found.items():
        allowed = int(volume * 0.05 + 1e-9)
        assert row["misses_allowed"] == allowed
        for column, late in (("as_promised", 0.05), ("half_the_misses", 0.025), ("fifth_of_misses", 0.01)):
            assert row[column] == pytest.approx(exact(volume, allowed, late), abs=1e-9)
        assert row["forgiven"] == pytest.approx(exact(volume, allowed + 1, 0.025), abs=1e-9)


@pytest.mark.parametrize(("volume", "chance"), [(10, 0.26), (8, 0.22), (20, 0.12), (100, 0.08)])
def test_the_text_on_small_numbers(history, volume, chance):  # noqa: F811
    ((found, never, always),) = history().sql(
        f"select chance_of_miss({volume}, 0.95, 0.97), chance_of_miss({volume}, 0.95, 1), "
        f"chance_of_miss({volume}, 0.95, 0)"
    )
    assert (found, never, always) == pytest.approx((chance, 0, 1), abs=0.005)


def test_the_safe_target_is_the_worst_of_ten_own_months(history):  # noqa: F811
    # nine months of 20 tickets with 0 to 8 misses: 60 % to 100 %; the tenth percentile lies 0.8 of a step above 60 %
    rows = [tickets(month, 20 - missed, missed) for missed, month in enumerate(LOADED)]
    (found,) = history(*rows).rows("metrics.sla_safe_targets", **YEAR)
    assert (found["measure"], found["months"], found["tickets"], found["usual_tickets"]) == ("resolution", 9, 180, 20)
    assert found["safe_target"] == pytest.approx(0.6 + 0.8 * 0.05, abs=1e-12)
    # 144 of 180 in time: 80 %; of 20 tickets one may miss
    assert (found["attainment"], found["promised"]) == (0.8, 0.95)
    assert found["chance_of_miss"] == pytest.approx(exact(20, 1, 0.2), abs=1e-9)


def test_five_months_are_too_few_for_a_safe_target(history):  # noqa: F811
    rows = [tickets(month, 20, 0) for month in LOADED[-5:]]
    (found,) = history(*rows).rows("metrics.sla_safe_targets", **YEAR)
    assert (found["safe_target"], found["chance_of_miss"]) == (None, 0)


@pytest.mark.parametrize(
    ("priority", "severity"),
    [
        ("P1", "SEV 1"), ("Priority 1 - Critical", "SEV 1"), ("Urgent", "SEV 1"), ("High", "SEV 2"),
        ("2 - High", "SEV 2"), ("Medium", "SEV 3"), ("P3", "SEV 3"), ("Low", "SEV 4"), ("P4", "SEV 4"),
        ("P5", "SEV 4"), ("P10", None), ("Whenever", None), (None, None),
    ],
)  # fmt: skip
def test_a_priority_is_a_severity_by_its_number_or_word(history, priority, severity):  # noqa: F811
    row = {**tickets("2026-03", 1, 0)[0], "priority": priority}
    found = history([row]).by("priority", "metrics.severities", **months("2026-03"))
    assert found[priority or "(none)"]["severity"] == severity
    assert found[priority or "(none)"]["resolution_judged"] == 1
