"""Why a client's recurring margin differs from its tier's, in money."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.sql.rows import entry, line, months, reached, technician

JANUARY = months("2026-01")
PARTS = ("price", "tools", "effort", "seniority")
# an hour of Ann costs 40, one of Sam 80
TEAM = [technician("Ann", hourly_cost=40), technician("Sam", hourly_cost=80)]


def tickets(client: str, number: int) -> list[dict]:
    opened = datetime(2026, 1, 6, 9)
    return [{"ticket_id": f"{client} {place}", "client": client, "opened_at": opened} for place in range(number)]


def gaps(covered, clients: dict[str, tuple], **more) -> dict:
    """Name -> users, fee, tools, hours of Ann, hours of Sam, tickets."""
    listed, billed, worked, opened = [], [], [], reached("2026-03-31")
    for name, (users, fee, tools, ann, sam, number) in clients.items():
        listed.append({"client": name, "users": users, "service_tier": more.get("tier", "Gold")})
        billed.append(line(name, "2026-01-01", fee, direct_cost=tools, revenue_class="managed"))
        worked += [entry("2026-01-06", ann, name, technician="Ann"), entry("2026-01-06", sam, name, technician="Sam")]
        opened += tickets(name, number)
    book = covered(
        clients=listed, technicians=TEAM, tickets=opened,
        invoice_lines=[*billed, *more.get("lines", [])], time_entries=[*worked, *more.get("entries", [])],
    )  # fmt: skip
    return book.by("client", "metrics.client_margin_gap", **more.get("period", JANUARY))


def adds_up(row) -> None:
    assert sum(row[name] for name in PARTS) == pytest.approx(row["gap"], abs=Decimal("0.000001"))
    if row["demand"] is not None:
        assert row["demand"] + row["handling"] == pytest.approx(row["effort"], abs=Decimal("0.000001"))


def test_every_part_by_its_definition(covered):
    found = gaps(
        covered,
        {
            "Usual": (10, 1000, 100, 5, 0, 5),
            "Busy": (10, 1000, 100, 10, 0, 10),
            "Cheap": (20, 1000, 300, 10, 5, 5),
        },
    )
    # The tier: 40 user-months; p = 3,000 / 40 = 75; d = 500 / 40 = 12.5; h = 30 / 40 = 0.75;
    # r = (25 x 40 + 5 x 80) / 30 = 46.6667; k = 20 / 40 = 0.5; w = 30 / 20 = 1.5.
    # Its margin is 75 - 12.5 - 1,400 / 40 = 27.5 for a user and month.
    usual = found["Usual"]
    # p = 100, d = 10, h = 0.5, r = 40, k = 0.5, w = 1: a margin of 70
    assert usual["user_months"] == 10
    assert float(usual["gap"]) == pytest.approx(10 * (70 - 27.5), abs=1e-6)
    assert float(usual["price"]) == pytest.approx(10 * 25, abs=1e-6)
    assert float(usual["tools"]) == pytest.approx(10 * 2.5, abs=1e-6)
    assert float(usual["effort"]) == pytest.approx(10 * 0.25 * 140 / 3, abs=1e-6)
    assert float(usual["demand"]) == 0
    # 10 x 0.5 x (1.5 - 1) x 46.6667
    assert float(usual["handling"]) == pytest.approx(116.666667, abs=1e-6)
    # 10 x 0.5 x (46.6667 - 40)
    assert float(usual["seniority"]) == pytest.approx(33.333333, abs=1e-6)
    assert usual["main_reason"] is None
    busy = found["Busy"]
    # k = 1 against 0.5, at the tier's 1.5 hours: -10 x 0.5 x 1.5 x 46.6667; w = 1 saves 10 x 1 x 0.5 x 46.6667
    assert float(busy["demand"]) == pytest.approx(-350, abs=1e-6)
    assert float(busy["handling"]) == pytest.approx(233.333333, abs=1e-6)
    assert (busy["demand_ratio"], busy["main_reason"]) == (2, "demand")
    cheap = found["Cheap"]
    # p = 50 against 75 over 20 user-months; k = 0.25, w = 3; r = 800 / 15
    assert float(cheap["price"]) == -500
    assert float(cheap["handling"]) == pytest.approx(-350, abs=1e-6)
    assert float(cheap["seniority"]) == pytest.approx(-20 * 0.75 * (800 / 15 - 140 / 3), abs=1e-6)
    assert cheap["main_reason"] == "price"
    for row in found.values():
        adds_up(row)
    # a tier's gaps add up to nothing
    assert sum(row["gap"] for row in found.values()) == pytest.approx(0, abs=Decimal("0.000001"))


def test_two_clients_make_no_tier(covered):
    found = gaps(covered, {"One": (10, 1000, 0, 5, 0, 5), "Two": (10, 2000, 0, 5, 0, 5)})
    assert {row["clients_in_tier"] for row in found.values()} == {2}
    assert {row[name] for row in found.values() for name in ("gap", *PARTS, "demand", "handling", "main_reason")} == {
        None
    }


def test_who_has_a_row(covered):
    usual = dict.fromkeys(("One", "Two", "Three"), (10, 1000, 0, 5, 0, 5))
    others = {"No users": (None, 1000, 0, 5, 0, 5), "None": (0, 1000, 0, 5, 0, 5), "Free": (10, 0, 0, 5, 0, 5)}
    found = gaps(covered, {**usual, **others}, tier=None, lines=[line("Free", "2026-01-01", 500, revenue_class="tm")])
    assert set(found) == set(usual)
    assert {row["service_tier"] for row in found.values()} == {"(no tier)"}
    assert {row["gap"] for row in found.values()} == {0}


def test_without_tickets_effort_is_not_split(covered):
    found = gaps(
        covered, {"One": (10, 1000, 0, 5, 0, 5), "Two": (10, 1000, 0, 8, 0, 0), "Three": (10, 1000, 0, 5, 0, 5)}
    )
    two = found["Two"]
    assert (two["demand"], two["handling"]) == (None, None)
    # (0.8 - 0.6) x 10 x 40
    assert float(two["effort"]) == pytest.approx(-80, abs=1e-6)
    assert two["main_reason"] == "effort"
    for row in found.values():
        adds_up(row)


def test_a_tier_without_hours_has_no_effort(covered):
    found = gaps(covered, {name: (10, fee, 0, 0, 0, 1) for name, fee in (("A", 900), ("B", 1000), ("C", 1100))})
    assert (found["A"]["effort"], found["A"]["seniority"]) == (0, 0)
    assert (found["A"]["demand"], found["A"]["handling"]) == (0, 0)
    assert (found["A"]["gap"], found["A"]["price"]) == (-100, -100)


def test_only_recurring_scope_counts(covered):
    usual = dict.fromkeys(("One", "Two", "Three"), (10, 1000, 0, 5, 0, 5))
    found = gaps(
        covered,
        usual,
        lines=[
            line("One", "2026-01-01", 9000, direct_cost=8000, revenue_class="product"),
            line("One", "2026-01-01", 3000, revenue_class="project"),
        ],
        entries=[
            entry("2026-01-07", 50, "One", technician="Sam", work_type="project"),
            entry("2026-01-07", 50, "One", technician="Sam", coverage="billable"),
        ],
    )
    assert {row["gap"] for row in found.values()} == {0}


def test_user_months_count_the_months_with_revenue_or_hours(covered):
    found = gaps(
        covered,
        dict.fromkeys(("One", "Two", "Three"), (10, 1000, 0, 5, 0, 5)),
        # February is billed to One alone, Two has an hour in it, and nothing is billed in March
        lines=[line("One", "2026-02-02", 1000, revenue_class="managed")],
        entries=[entry("2026-02-03", 1, "Two", technician="Ann")],
        period=months("2026-01", "2026-03"),
    )
    assert {name: row["user_months"] for name, row in found.items()} == {"One": 20, "Two": 20, "Three": 10}


def test_without_any_labour_price_and_tools_alone_are_known(workspace):
    names = ("One", "Two", "Three")
    book = workspace(
        clients=[{"client": name, "users": 10, "service_tier": "Gold"} for name in names],
        invoice_lines=[
            line(name, "2026-01-01", 1000 + 100 * place, revenue_class="managed") for place, name in enumerate(names)
        ],
        tickets=reached("2026-02-27"),
    )
    one = book.by("client", "metrics.client_margin_gap", **JANUARY)["One"]
    assert (one["price"], one["tools"]) == (-100, 0)
    assert {one[name] for name in ("gap", "effort", "demand", "handling", "seniority")} == {None}


THREE = {"Usual": (10, 1000, 100, 5, 0, 5), "Busy": (10, 1000, 100, 10, 0, 10), "Cheap": (20, 1000, 300, 10, 5, 5)}
"""As above: the tier's p = 75, d = 12.5, h = 0.75, r = 46.6667, k = 0.5, w = 1.5."""


def parts_of(book, client: str) -> dict[str, dict]:
    rows = book.rows("metrics.client_gap_parts", **JANUARY)
    return {row["part"]: row for row in rows if row["client_key"] == client.lower()}


def asked(covered, clients) -> dict:
    """The book of these clients."""
    listed, billed, worked, opened = [], [], [], reached("2026-03-31")
    for name, (users, fee, tools, ann, sam, number) in clients.items():
        listed.append({"client": name, "users": users, "service_tier": "Gold"})
        billed.append(line(name, "2026-01-01", fee, direct_cost=tools, revenue_class="managed"))
        worked += [entry("2026-01-06", ann, name, technician="Ann"), entry("2026-01-06", sam, name, technician="Sam")]
        opened += tickets(name, number)
    return covered(clients=listed, technicians=TEAM, tickets=opened, invoice_lines=billed, time_entries=worked)


def test_ratios_and_the_fee_that_closes_a_gap(covered):
    cheap = gaps(covered, THREE)["Cheap"]
    # p 50 / 75, d 15 / 12.5, h 0.75 / 0.75
    assert (cheap["price_ratio"], cheap["tools_ratio"], cheap["effort_ratio"]) == pytest.approx((2 / 3, 1.2, 1))
    # its margin 50 - 15 - 40 = -5 for a user and month against 27.5: 650 of the 1,000 that it pays
    assert float(cheap["gap"]) == pytest.approx(-650, abs=1e-6)
    assert cheap["fee_to_tier"] == pytest.approx(0.65)
    assert cheap["is_steep"]


def test_parts_in_rows_add_up_and_name_the_two_that_explain_most(covered):
    book = asked(covered, THREE)
    cheap = parts_of(book, "Cheap")
    assert list(cheap) == ["price", "tools", "demand", "handling", "seniority", "gap"]
    amounts = [row["amount"] for part, row in cheap.items() if part != "gap"]
    assert sum(amounts) == pytest.approx(cheap["gap"]["amount"], abs=Decimal("0.000001"))
    # of -650: price -500, handling -350, seniority -100, tools -50; demand +350
    assert [part for part, row in cheap.items() if row["is_reason"]] == ["price", "handling"]
    assert cheap["price"]["change"] == pytest.approx(-1 / 3)
    # Busy earns 100 - 10 - 40 = 50 against 27.5: +225, of it price +250, handling +233.33, seniority +66.67
    busy = parts_of(book, "Busy")
    assert [part for part, row in busy.items() if row["is_reason"]] == ["price", "handling"]
    assert [part for part, row in cheap.items() if row["is_total"]] == ["gap"]


def test_effort_is_one_part_where_no_tickets_tell_it_apart(covered):
    book = asked(covered, dict.fromkeys(("One", "Two", "Three"), (10, 1000, 0, 5, 0, 0)))
    one = parts_of(book, "One")
    assert list(one) == ["price", "tools", "effort", "seniority", "gap"]
    # alike in everything: nothing is a reason, and the price is the tier's
    assert [row["is_reason"] for row in one.values()] == [False] * 5
    assert one["price"]["is_alike"]


def test_what_clients_lack_together_by_what(covered):
    found = asked(covered, THREE).one("metrics.margin_gap_summary", **JANUARY)
    # Cheap alone lies below: 500 by price, none by hours, 50 + 100 by tools and the cost of an hour
    assert (found["clients"], found["clients_below"]) == (3, 1)
    assert [found[name] for name in ("gap_below", "by_price", "by_hours", "by_other")] == [650, 500, 0, 150]
    assert (found["small_tiers"], found["left_out"], found["has_hours_cost"]) == (None, 0, True)


def test_without_a_tier_of_three_nothing_is_lacked_and_the_tier_is_named(covered):
    found = asked(covered, {"One": (10, 1000, 0, 5, 0, 5), "Two": (10, 2000, 0, 5, 0, 5)}).one(
        "metrics.margin_gap_summary", **JANUARY
    )
    assert (found["clients"], found["clients_below"], found["gap_below"], found["by_price"]) == (0, 0, None, None)
    assert (found["small_tiers"], found["left_out"]) == ("Gold", 2)


def test_what_if_moves_the_fee_and_the_labour_alone(covered):
    book = covered(
        technicians=TEAM,
        invoice_lines=[
            line("Acme", "2026-01-01", 1000, direct_cost=100, revenue_class="managed"),
            line("Acme", "2026-01-01", 500, direct_cost=400, revenue_class="product"),
        ],
        time_entries=[entry("2026-01-06", 20, "Acme", technician="Ann")],
    )
    asked = {"client_key": "acme", **JANUARY}
    found = book.one("metrics.client_what_if", fee_change=0.1, labour_change=-0.25, **asked)
    # before: 1,500 - 500 - 800 = 200; then 100 more in fees, and 200 less of labour
    assert (found["gross_margin"], found["what_if_margin"], found["what_if_change"]) == (200, 500, 300)
    assert found["what_if_margin_pct"] == pytest.approx(500 / 1600)
    as_it_is = book.one("metrics.client_what_if", fee_change=0, labour_change=0, **asked)
    assert (as_it_is["what_if_margin"], as_it_is["what_if_change"]) == (200, 0)
    assert book.rows("metrics.client_what_if", fee_change=0, labour_change=0, **JANUARY, client_key="nobody") == []
