"""The components of the operating model: what each is judged by, its score, and the answers beside it."""

import re
from datetime import datetime

import pytest

from tests.sql.rows import day, entry, line, reached, technician, whole
from vitals import registers, warehouse
from vitals.catalogue import numbers
from vitals.queries import query
from vitals.workspace import choices

MARCH = {"as_of": day("2026-03-31")}
MONTHS = ("2026-01", "2026-02", "2026-03")
ANN = technician("Ann", hourly_cost=50, is_service=False)


def billed(client: str, amount: float, **more) -> list[dict]:
    return [line(client, f"{month}-01", amount, **{"revenue_class": "managed", **more}) for month in MONTHS]


def worked(client: str, hours: float, **more) -> list[dict]:
    return [entry(f"{month}-10", hours, client, **{"technician": "Ann", **more}) for month in MONTHS]


def book(workspace, lines=(), entries=(), **tables):
    """Acme pays 1,000 a month for 10 hours at 50; with what a test adds."""
    return workspace(
        **{"technicians": [ANN], **tables},
        invoice_lines=[*billed("Acme", 1000), *lines],
        time_entries=[*worked("Acme", 10), *entries, *whole("2026-01", "2026-03")],
    )


def parts(found) -> dict:
    return found.by("part", "metrics.component_parts", **MARCH)


def test_money_is_judged_by_its_definitions(workspace):
    lines = [
        *billed("Lossy", 400),
        *billed("Lossy", 100, revenue_class="project"),
        *billed("Lossy", 300, revenue_class="product", direct_cost=280),
        *billed("Odd", 200, revenue_class=None, item="something"),
    ]
    entries = [*worked("Lossy", 9, coverage="agreement"), *worked("Lossy", 3, coverage="out_of_scope_unbilled")]
    row = book(workspace, lines, entries).one("metrics.money_measures", **MARCH)
    # at 50 % or more: Acme's 1,000 and Odd's 200, without hours, of 1,000 + 500 + 200
    assert row["target_revenue_share"] == pytest.approx(1200 / 1700, abs=1e-9)
    # Lossy: 500 - 600 and 20 of products
    assert row["loss_client_share"] == pytest.approx(1 / 3, abs=1e-9)
    # Odd's 200 are suggested to recur, as they come each month: 1,600 of 2,000, of which 1,800 are stated
    assert row["recurring_share"] == pytest.approx(0.8, abs=1e-9)
    assert row["classed_share"] == pytest.approx(0.9, abs=1e-9)
    # Acme's entries say nothing of how they are covered
    assert row["out_of_scope_share"] == pytest.approx(0.25, abs=1e-9)
    assert (row["iqr_gross_margin_pct"], row["completion_pct"], row["gross_revenue_retention"]) == (None, None, None)


def test_people_are_judged_by_their_definitions(workspace):
    # 64 weekdays are 512 hours: Sam sold 75 % of them, Ida 50 %, and Silent wrote nothing down
    people = [
        technician("Sam", level="3", hours_per_week=40, starts_on="2026-01-01"),
        technician("Ida", level="1", hours_per_week=40, starts_on="2026-01-01"),
        technician("Silent", level="1", hours_per_week=40, starts_on="2026-01-01"),
    ]
    entries = [
        *worked("Big", 128, technician="Sam"), *worked("Small", 85.333333333, technician="Ida"),
        *worked("Big", 0.333333333, technician="Ida", work_type="sales"),
        *worked(None, 32, technician="Sam", work_type="sales"),
        *worked(None, 80, technician="Ida", coverage="internal"),
    ]  # fmt: skip
    found = book(workspace, entries=entries, technicians=[ANN, *people])
    row = found.one("metrics.people_measures", **MARCH)
    # Acme, Big and Small each hang on one
    assert row["clients_on_one_share"] == 1
    assert row["senior_account_share"] == pytest.approx(96 / 480, abs=1e-9)
    assert row["in_band_share"] == pytest.approx(0.5, abs=1e-9)
    assert row["owner_escalation_share"] is None
    assert row["time_capture"] == pytest.approx((480 + 497) / 1536, abs=1e-6)


def test_hours_logged_after_the_last_day_count_in_every_time_capture(workspace):
    # two months at work are 42 weekdays, 336 hours; Sam logged 150 in each, and 15 in March, after the end
    sam = technician("Sam", hours_per_week=40, starts_on="2026-01-01", ends_on=day("2026-02-28"))
    entries = [
        entry("2026-01-12", 150, "Acme", technician="Sam"), entry("2026-02-10", 150, "Acme", technician="Sam"),
        entry("2026-03-10", 15, "Acme", technician="Sam"),
    ]  # fmt: skip
    found = book(workspace, entries=entries, technicians=[ANN, sam])
    quarter = {"month_from": day("2026-01-01"), "month_to": day("2026-03-01")}
    captured = [
        found.one("metrics.people_measures", **MARCH), found.one("metrics.time_told", **quarter),
        found.one("metrics.utilisation", **quarter),
    ]  # fmt: skip
    assert [row["time_capture"] for row in captured] == pytest.approx([315 / 336] * 3, abs=1e-9)


def tickets(number: int, **more) -> list[dict]:
    opened = {"opened_at": datetime(2026, 2, 3, 9), "resolved_at": datetime(2026, 2, 3, 11)}
    return [{"ticket_id": f"{more.get('category')} {place}", **opened, **more} for place in range(number)]


def test_the_desk_is_judged_by_its_definitions(workspace):
    answered = {"first_response_at": datetime(2026, 2, 3, 10), "category": "Mail", "client": "Acme"}
    rated = [{**row, "csat": 1 if place < 8 else -1} for place, row in enumerate(tickets(10, **answered))]
    found = book(workspace, tickets=[*rated, *tickets(2, category="Net"), *tickets(3), *reached("2026-03-31")])
    row = found.one("metrics.desk_measures", **MARCH)
    # ten of sixteen have a category and a first response; eight of ten rated well, and of nine nobody would say
    assert row["filled_share"] == pytest.approx(10 / 16, abs=1e-9)
    assert row["csat_positive_pct"] == pytest.approx(0.8, abs=1e-9)
    unanswered = [*tickets(4, category="Mail"), *reached("2026-03-31")]
    assert book(workspace, tickets=unanswered).one("metrics.desk_measures", **MARCH)["filled_share"] is None
    few = book(workspace, tickets=[*rated[:9], *reached("2026-03-31")]).one("metrics.desk_measures", **MARCH)
    assert few["csat_positive_pct"] is None


def test_a_part_is_scored_in_proportion_between_its_bounds(workspace):
    lossy = [*billed("Lossy", 400)]
    found = parts(book(workspace, lossy, worked("Lossy", 3)))
    # 1,000 of 1,400 is at the target: 71.4 % between 30 and 80 is 1 + 4 x 0.8286; 250 of Lossy's 400 is 62.5 %
    assert found["revenue at the target margin"]["score"] == 5
    found = parts(book(workspace, billed("Poor", 1000), worked("Poor", 11)))
    # half of the revenue: 1 + 4 x (0.5 - 0.3) / (0.8 - 0.3)
    target = found["revenue at the target margin"]
    assert (target["measured"], target["missing"]) == ("50.0 %", None)
    assert target["score"] == pytest.approx(2.6, abs=1e-9)
    # none loses money, which is the better bound of what is better lower
    assert found["clients that lose money"]["score"] == 5
    # nothing says how tickets were resolved
    auto = found["tickets resolved by automation"]
    assert (auto["measured"], auto["score"], auto["missing"]) == (None, None, "tickets that say so")


def test_less_is_better_where_the_catalogue_says_so():
    listed = re.search(r"when parts.number in \(\n\s+('tech[^)]+)\)", query("metrics.component_parts").sql)
    lower = {item.column for name, item in numbers().items() if name.startswith("scored_") and item.better == "lower"}
    assert listed and set(re.findall(r"\w+", listed[1])) == lower


def test_a_component_needs_half_of_its_parts(workspace):
    found = book(workspace, billed("Poor", 1000), worked("Poor", 11)).by("component", "metrics.components", **MARCH)
    commercial = found["commercial"]
    # target margin 2.6, losses 5, recurring revenue 5 of four parts
    assert (commercial["parts_measured"], commercial["parts"]) == (3, 4)
    assert commercial["data_score"] == pytest.approx(12.6 / 3, abs=1e-9)
    assert commercial["evidence"].startswith("revenue at the target margin 50.0 % (2.6), clients that lose money 0.0 %")
    assert commercial["needs"] == "unbilled work out of scope: hours that say they were out of scope"
    technology = found["technology"]
    assert (technology["data_score"], technology["evidence"]) == (None, None)
    assert "tickets resolved by automation: tickets that say so" in technology["needs"]


def test_answers_stand_beside_the_data_and_never_in_it(workspace):
    answers = [
        {"component": "commercial", "question": "One?", "answer": "yes"},
        {"component": "commercial", "question": "Two?", "answer": "partly"},
        {"component": "commercial", "question": "Three?", "answer": None},
        {"component": "people", "question": "Four?", "answer": None},
    ]
    lines, entries = billed("Poor", 1000), worked("Poor", 11)
    found = book(workspace, lines, entries, checklist=answers).by("component", "metrics.components", **MARCH)
    commercial = found["commercial"]
    assert (commercial["checklist_score"], commercial["answered"]) == (4, 2)
    assert commercial["data_score"] == pytest.approx(12.6 / 3, abs=1e-9)
    assert (found["people"]["checklist_score"], found["people"]["answered"]) == (None, 0)
    assert found["metrics"]["checklist_score"] is None


def test_the_first_answer_on_the_page_reaches_the_score():
    with warehouse.connect() as con:
        rows = [dict(row) for row in registers.register("checklist").rows]
        rows[0]["answer"] = "partly"
        choices.keep_register(con, "checklist", rows)
        found = {row["component"]: row for row in warehouse.rows(con, "metrics.components", **MARCH)}
    assert (found["delivery"]["checklist_score"], found["delivery"]["answered"]) == (3, 1)
    assert found["people"]["checklist_score"] is None


def test_an_empty_workspace_judges_nothing(workspace):
    rows = workspace().rows("metrics.components", **MARCH)
    assert [row["component"] for row in rows] == [
        "delivery", "people", "commercial", "technology", "client_relationship", "metrics",
    ]  # fmt: skip
    assert all(row["data_score"] is None and row["checklist_score"] is None and row["needs"] for row in rows)


def test_clients_without_a_tier_spread_in_none(workspace):
    names = [f"Client {place}" for place in range(5)]
    lines = [row for place, name in enumerate(names) for row in billed(name, 600 + 100 * place)]
    entries = [row for name in names for row in worked(name, 3)]
    untold = book(workspace, lines, entries).one("metrics.money_measures", **MARCH)
    tiered = [{"client": name, "service_tier": "Gold"} for name in names]
    told = book(workspace, lines, entries, clients=tiered).one("metrics.money_measures", **MARCH)
    # 150 of cost on 600, 700, 800, 900 and 1,000: the quartiles are 1 - 150 / 700 and 1 - 150 / 900
    assert untold["iqr_gross_margin_pct"] is None
    assert told["iqr_gross_margin_pct"] == pytest.approx(150 / 700 - 150 / 900, abs=1e-9)


def test_where_no_client_reaches_the_target_that_is_measured_as_none(workspace):
    row = workspace(
        technicians=[ANN], invoice_lines=billed("Acme", 600), time_entries=[*worked("Acme", 10), *whole(*MONTHS[::2])]
    ).one("metrics.money_measures", **MARCH)
    # 500 of cost on 600
    assert (row["target_revenue_share"], row["loss_client_share"]) == (0, 0)


def test_a_credit_without_a_class_is_no_amount_with_one(workspace):
    lines = [line("Acme", "2026-02-20", -300, revenue_class=None, item="Refund")]
    row = book(workspace, lines).one("metrics.money_measures", **MARCH)
    # 3,000 with a class, and 300 beside them without
    assert row["classed_share"] == pytest.approx(3000 / 3300, abs=1e-9)


def test_margins_of_a_few_hours_on_tickets_are_no_measure(workspace):
    tickets = [
        {"ticket_id": month, "opened_at": f"{month}-05T09:00", "client": "Acme", "technician": "Ann", "hours": 9}
        for month in MONTHS
    ]
    found = workspace(invoice_lines=billed("Acme", 1000), tickets=[*tickets, *reached("2026-03-31")])
    told = found.one("metrics.time_told", month_from=day("2026-01"), month_to=day("2026-03"))
    # of 40 x 52 / 12 hours a month
    assert (told["hours_a_technician"], told["is_legible"]) == (9, False)
    row = found.one("metrics.money_measures", **MARCH)
    assert (row["target_revenue_share"], row["loss_client_share"]) == (None, None)
