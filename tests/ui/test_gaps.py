"""Why clients earn less than their tier: the headline, the reasons in words, the waterfall, and what if."""

from __future__ import annotations

import html
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.conventions.tree import ROOT
from tests.sql.conftest import Row, fill
from tests.sql.rows import entry, line, reached, whole
from tests.ui import canned
from tests.ui.conftest import PATIENCE, open_page, read
from vitals import warehouse
from vitals.formats import MINUS
from vitals.ui.page import session
from vitals.ui.words import gaps

CLIENT = {"client": "Birch", "service_tier": "Gold", "clients_in_tier": 5, "gap": -23280.0}


def part(name: str, amount: float, ratio: float | None, **said: Any) -> dict[str, Any]:
    change = None if ratio is None else ratio - 1
    return {"part": name, "amount": amount, "ratio": ratio, "change": change, "is_total": False, "is_reason": False,
            "is_alike": False, **said}  # fmt: skip


GAP = part("gap", -23280.0, None, is_total=True)


def _plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("name", "ratio", "said"),
    [
        ("price", 0.61, "pays 39 % less than the tier's price"),
        ("demand", 2.09, "files 2.1 times the tier's tickets"),
        ("demand", 1.4, "files 40 % more tickets"),
        ("demand", 0.2, "files 80 % fewer tickets"),
        ("handling", 1.25, "takes 25 % more time for a ticket"),
        ("effort", 0.7, "takes 30 % fewer hours"),
        ("tools", 3.0, "has tools that cost 3.0 times as much"),
        ("seniority", 1.12, "is served by people who cost 12 % more an hour"),
    ],
)
def test_a_reason_says_how_far_the_client_is_from_its_tier(name, ratio, said):
    found = gaps.one_gap([part(name, -20000.0, ratio, is_reason=True), GAP], CLIENT, "2025")
    assert _plain(found) == f"Birch earned $23,280 less in 2025 than its tier (Gold) would: it {said}."


def test_usual_price_is_said_beside_the_reason_and_the_larger_reason_first():
    parts = [
        part("price", -90.0, 1.0, is_alike=True), part("seniority", -8000.0, 1.3, is_reason=True),
        part("demand", -15000.0, 2.1, is_reason=True), GAP,
    ]  # fmt: skip
    assert _plain(gaps.why(parts)) == (
        "pays the tier's price, files 2.1 times the tier's tickets and is served by people who cost 30 % more an hour"
    )
    assert gaps.why([part("price", -90.0, 1.0, is_alike=True), GAP]) == ""


def test_client_that_earns_more_is_said_to():
    found = gaps.one_gap([part("gap", 900.0, None, is_total=True)], CLIENT, "2025")
    assert found == "Birch earned $900 more in 2025 than its tier (Gold) would."


@pytest.mark.parametrize(
    ("row", "said"),
    [({}, "no file states its users"), ({**CLIENT, "clients_in_tier": 2}, "has 2 clients to compare"),
     (CLIENT, "what its hours cost is not known")],
)  # fmt: skip
def test_client_without_a_gap_is_told_why(row, said):
    assert said in gaps.one_gap([], row, "2025")


@pytest.mark.parametrize(
    ("row", "said"),
    [({"clients": 0, "months_covered": 0}, "No month of 2025"),
     ({"clients": 0, "months_covered": 3, "has_hours_cost": False}, "What the hours cost is not known"),
     ({"clients": 0, "months_covered": 3, "has_hours_cost": True}, "a list of clients with their users"),
     ({"clients": 3, "clients_below": 0}, "Each of 3 clients earned in 2025 what its tier would"),
     ({"clients": 3, "clients_below": 1, "gap_below": 100}, "1 of 3 clients earned less in 2025 than their tier would: "
                                                            "Birch $23.3k.")],
)  # fmt: skip
def test_headline_claims_no_more_than_is_known(row, said):
    assert said in gaps.headline(row, [CLIENT], "2025")


def test_page_names_the_worst_with_why_and_leads_to_them(results):
    app = open_page("margin_gap")
    said = _plain(read(app))
    assert "6 of 12 clients earned less" in said and "$84,000 together" in said
    assert "Birch Dental (Gold): $24,000 less. It files 2.4 times the tier's tickets and pays 20 % less than" in said
    assert "Users are those of today" in said and "11 of 12 months are counted" in said
    assert "Fewer than three clients to compare: **Bronze**" in said
    links = [link.proto.query_string for link in app.get("page_link") if link.proto.label == "The client"]
    assert [parse_qs(link)["client"] for link in links] == [[name] for name in canned.NAMES[:3]]


def test_waterfall_is_of_the_client_chosen_and_ends_in_its_gap(results):
    app = open_page("margin_gap", client=canned.NAMES[1])
    spec = json.loads(next(chart.proto.spec for chart in app.get("plotly_chart") if "part by part" in chart.proto.alt))
    labels = [note["text"] for note in spec["layout"]["annotations"]]
    assert [label.replace("\N{MINUS SIGN}", "-") for label in labels] == ["-$6.7k", "-$13.3k", "-$20k"]


def test_own_page_of_a_client_explains_its_gap_and_asks_what_if(results):
    app = open_page("client", client=canned.NAMES[0])
    said = _plain(read(app))
    assert (
        "Birch Dental earned $24,000 less" in said
        and "A fee 40 % above its average of these months would have earned" in said
    )
    assert {slider.key for slider in app.slider} >= {"fee_change", "labour_change"}
    assert "What if" in said


def test_reconciliation_stands_beside_the_bars(results):
    alts = [chart.proto.alt for chart in open_page("client_margin").get("plotly_chart")]
    assert sum("payroll" in alt or "less the bench" in alt for alt in alts) == 2


def _agreement(margin: float | None, **said: Any) -> dict[str, Any]:
    return {"is_named": True, "client": "Birch", "agreement": "Gold", "gross_margin": margin, "revenue": 10.0, **said}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "No invoice line and no time entry names an agreement"),
        ([_agreement(None, revenue=None)], "invoice lines name no agreement"),
        ([_agreement(None)], "time entries name no agreement"),
        ([_agreement(5.0)], "0 of 1 agreement cost more than they brought. Before bench"),
        ([_agreement(-700.0), _agreement(-5.0), _agreement(9.0)], "2 of 3 agreements cost more than they brought, $705 "
                                                                  "together; Gold of Birch alone $700."),
    ],
)  # fmt: skip
def test_agreements_are_told_where_both_name_them(rows, said):
    assert said in gaps.agreements(rows)


TEAM = [{"technician": "Ann", "hourly_cost": 40}]
MONTH = whole("2026-01")


def opened(page: str, **tables: list[Row]) -> AppTest:
    """The page on a workspace that holds these raw rows and nothing else."""
    con = warehouse.connect()
    fill(con, tables)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.session_state[session.CONNECTION] = con
    app.run().switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert not app.error
    return app


def _billed(*names: str, fee: int = 1000) -> list[Row]:
    return [line(name, "2026-01-05", fee, revenue_class="managed", agreement="Plan") for name in names]


def _worked(*names: str, hours: float = 5) -> list[Row]:
    return [entry("2026-01-06", hours, name, technician="Ann", agreement="Plan") for name in names]


SMALL = {
    "one client, one month": {"invoice_lines": _billed("Acme"), "time_entries": [*MONTH, *_worked("Acme")]},
    "without hours": {
        "invoice_lines": _billed("Acme"), "tickets": reached("2026-01-30"), "clients": [{"client": "Acme", "users": 5}],
    },
    "without invoices of a client": {
        "invoice_lines": _billed("Acme"), "time_entries": [*MONTH, *_worked("Birch")],
        "clients": [{"client": "Birch", "users": 5}],
    },
    "without months that count": {
        "invoice_lines": _billed("Acme"), "time_entries": _worked("Acme"), "clients": [{"client": "Acme", "users": 5}],
    },
}  # fmt: skip


@pytest.mark.parametrize("page", ["margin_gap", "client", "client_margin"])
@pytest.mark.parametrize("held", SMALL)
def test_page_stands_on_a_small_workspace(page, held):
    said = read(opened(page, **SMALL[held]))
    assert not {"nan", "None", "inf", "NaT"} & set(said.replace(",", " ").split())


def test_without_a_list_of_clients_the_page_says_what_to_load():
    said = read(opened("margin_gap", **SMALL["one client, one month"]))
    assert "No client can be compared with its tier: that takes a list of clients with their users" in said


def _three(**more: Any) -> dict[str, list[Row]]:
    names = ("Acme", "Birch", "Cedar")
    return {
        "technicians": TEAM,
        "clients": [{"client": name, "users": 10, **more} for name in names],
        "invoice_lines": [*_billed("Acme", "Birch"), *_billed("Cedar", fee=100)],
        "time_entries": [*MONTH, *_worked("Acme", "Birch"), *_worked("Cedar", hours=10)],
    }


def test_clients_without_tiers_are_one_tier():
    app = opened("margin_gap", **_three())
    said = _plain(read(app))
    # Cedar: 100 - 400 for 10 users against (2,100 - 800) / 30 = 43.33 a user
    assert "1 of 3 clients earned less in Jan 2026 than their tier would: Cedar $733." in said
    assert "Cedar ((no tier))" not in said


def _shown(app: AppTest) -> dict[str, str]:
    return {tile.label: html.unescape(tile.value) for tile in app.metric}


def test_what_if_moves_the_margin_at_once_and_keeps_nothing():
    app = opened("client", **_three(service_tier="Gold"))
    con = app.session_state[session.CONNECTION]
    before = con.execute("select * from raw.assumptions").fetchall()
    assert _shown(app)["Gross margin then"] == f"{MINUS}$300"
    app.slider(key="fee_change").set_value(100)
    app.slider(key="labour_change").set_value(-50)
    app.run()
    shown = _shown(app)
    # 100 more in fees, 200 less of labour
    assert (shown["Gross margin then"], shown["More than it was"]) == ("$0", "$300")
    assert con.execute("select * from raw.assumptions").fetchall() == before


def test_tiers_too_small_for_a_spread_are_named():
    assert gaps.spread([{"service_tier": "Gold", "clients": 3}]) == gaps.SPREAD
    said = gaps.spread([{"service_tier": "Gold", "clients": 3}, {"service_tier": "(no tier)", "clients": 1}])
    assert said.endswith("neither median nor spread says anything: (no tier).")


def test_a_clients_own_page_says_first_that_hours_can_not_be_read():
    months = ("2026-01", "2026-02", "2026-03")
    lines = [line("Acme", f"{month}-05", 1000, revenue_class="managed") for month in months]
    tickets = [
        {"ticket_id": month, "opened_at": f"{month}-06T09:00", "client": "Acme", "technician": "Ann", "hours": 9}
        for month in months
    ]
    app = opened("client", invoice_lines=lines, tickets=[*tickets, *reached("2026-03-31")])
    said = read(app)
    assert "The margin cannot be read: tickets hold 9" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "What an hour costs is assumed for 100" in said


def test_margin_page_names_who_lost_most_with_why_and_leads_to_them(results):
    app = open_page("client_margin")
    lost = (
        canned.FRAMES["metrics.client_margin"]
        .query("gross_margin < 0")
        .sort_values("gross_margin")["client"]
        .tolist()[:3]
    )
    links = [link.proto.query_string for link in app.get("page_link") if link.proto.label == "The client"]
    assert lost and [parse_qs(link)["client"] for link in links] == [[name] for name in lost]


def test_margin_page_names_no_loser_where_the_hours_carry_no_margin(results, monkeypatch):
    asked = canned.ONE["metrics.client_margin_summary"]
    monkeypatch.setitem(canned.ONE, "metrics.client_margin_summary", {**asked, "unread_because": "few hours"})
    assert "The client" not in [link.proto.label for link in open_page("client_margin").get("page_link")]


@pytest.mark.parametrize(
    ("parts", "client", "said"),
    [
        (
            [part("price", -20000.0, 0.61, is_reason=True), GAP],
            {"gross_margin": -8419.0, "gross_margin_pct": -0.27},
            "Birch: -$8,419, -27 % of its revenue. It pays 39 % less than the tier's price.",
        ),
        (
            [],
            {"gross_margin": -50.0, "gross_margin_pct": None},
            "Birch: -$50. It doesn't stand out in its tier, or can't be compared with it.",
        ),
    ],
)
def test_loss_of_a_client_says_how_much_and_why(parts, client, said):
    assert _plain(gaps.loss(parts, CLIENT | client)).replace(MINUS, "-") == said


def test_clients_without_a_stated_cost_are_counted():
    assert gaps.without_cost(0) == ""
    assert gaps.without_cost(1) == (
        "No invoice line of 1 client says what tools and resale cost (a dash): its margin is before these costs."
    )
    assert "of 3 clients says" in gaps.without_cost(3) and "their margins are" in gaps.without_cost(3)
