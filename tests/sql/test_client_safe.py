"""What a pack says to one client, by hand: a quarter of tickets, hours, bills, actions and notes."""

from datetime import date, datetime

import pytest

from tests.sql.rows import day, entry, line, reached

ACME = {"client_key": "acme"}
MONTHS = {"month_from": day("2026-01"), "month_to": day("2026-03")}
QUARTER = ACME | {"month_to": day("2026-03")}
TARGETS = {"sla_response_minutes": 60, "sla_resolution_minutes": 240}


def ticket(number: str, on: tuple[int, int], minutes: int, response: int, priority: str, category: str, **more) -> dict:
    opened = datetime(2026, *on, 10)
    return {
        "ticket_id": number, "client": "Acme", "opened_at": opened, "priority": priority, "category": category,
        "first_response_at": opened.replace(hour=10 + response // 60, minute=response % 60),
        "resolved_at": opened.replace(hour=10 + minutes // 60, minute=minutes % 60), **TARGETS, **more,
    }  # fmt: skip


TICKETS = [
    ticket("1", (1, 12), 120, 30, "Critical", "Email", csat=1, hours=2),
    ticket("2", (2, 10), 360, 120, "High", "Email", csat=-1, hours=4),
    ticket("3", (3, 10), 60, 15, "Low", "Access", ticket_type="Request", hours=1),
    ticket("4", (3, 11), 5, 1, "Low", "Alert", auto_resolved=True),
    ticket("5", (3, 12), 60, 15, "High", "Email", csat=1, hours=40) | {"client": "Birch"},
]


@pytest.fixture
def desk(workspace):
    clients = [{"client": "Acme", "users": 10}, {"client": "Birch", "users": 1000}]
    # somebody asks on the second business day, so that January is known from its beginning
    return workspace(tickets=[*reached("2026-01-02"), *TICKETS, *reached("2026-03-31")], clients=clients)


def test_impact_takes_the_assumed_share_of_users_for_as_long_as_it_took(desk):
    """2 h of all ten users, and 6 h of a quarter of them: 20 + 15; both were opened in the quarter, neither is open."""
    *before, now = desk.rows("client_safe.impact_quarters", **QUARTER)
    names = ("sev1_incidents", "sev2_incidents", "sev1_hours", "sev2_hours", "user_hours_lost", "carried", "still_open")
    assert [now[name] for name in names] == [1, 1, 2, 6, 35, 0, 0]
    assert now["oldest_open_days"] is None and now["stood_on"] == day("2026-03-31")
    # nothing is known before the first ticket, and that isn't 0
    assert [row["user_hours_lost"] for row in before] == [None] * 7


def test_urgent_incidents_that_are_open_are_counted_with_those_resolved(workspace):
    """Seven opened in the quarter: four high ones of an hour and a critical one of two were resolved by its end, two
    were not, a critical one since 1 February, 58 days before. One of the year before was carried over and resolved."""
    rows = [
        *(ticket(f"high {n}", (2, n), 60, 15, "High", "Email") for n in (2, 3, 4, 5)),
        ticket("critical", (2, 10), 120, 15, "Critical", "Email"),
        ticket("open", (2, 1), 60, 15, "Critical", "Email") | {"resolved_at": None},
        ticket("later", (3, 10), 60, 15, "High", "Email") | {"resolved_at": datetime(2026, 4, 2, 10)},
        ticket("low", (1, 5), 60, 15, "Low", "Email") | {"resolved_at": None},
        ticket("past", (1, 5), 60, 15, "High", "Email") | {"opened_at": datetime(2025, 12, 31, 11)},
        ticket("change", (1, 5), 60, 15, "High", "Email", ticket_type="Change") | {"resolved_at": None},
        ticket("closed", (1, 5), 60, 15, "High", "Email", status="Closed") | {"resolved_at": None},
    ]
    desk = workspace(tickets=[*rows, *reached("2026-04-30")], clients=[{"client": "Acme"}])
    *_, past, now = desk.rows("client_safe.impact_quarters", **QUARTER)
    names = ("sev1_opened", "sev2_opened", "sev1_incidents", "sev2_incidents", "still_open", "carried")
    assert [now[name] for name in names] == [2, 5, 1, 5, 2, 1]
    assert (now["oldest_open_days"], now["stood_on"], now["user_hours_lost"]) == (58, day("2026-03-31"), None)
    assert [past[name] for name in names] == [0, 1, 0, 0, 1, 0]
    total = desk.rows("client_safe.responsiveness", **ACME, **MONTHS)[-1]
    assert (total["incidents"], total["still_open"]) == (6, 3)


def test_priorities_stand_in_the_order_of_their_urgency(workspace):
    """By the alphabet Critical came before High by chance, and Low before Medium."""
    levels = ("Low", "Someday", "Medium", "High", "P1")
    rows = [ticket(level, (2, 2), 60, 15, level, "Email") for level in levels]
    desk = workspace(tickets=[*rows, *reached("2026-03-31")], clients=[{"client": "Acme"}])
    found = desk.rows("client_safe.responsiveness", **ACME, **MONTHS)
    assert [row["priority"] for row in found] == ["P1", "High", "Medium", "Low", "Someday", None]


def test_a_quarter_that_the_tickets_tell_in_part_is_not_whole(workspace):
    """Tickets from June to October: one month of the second quarter, all of the third, one of the fourth."""
    rows = [{"ticket_id": "1", "client": "Acme", "opened_at": datetime(2026, 6, 1, 9)}, *reached("2026-10-30")]
    desk = workspace(tickets=rows, clients=[{"client": "Acme"}])
    found = desk.rows("metrics.ticket_quarters", as_of=day("2026-12-31"))
    names = ("months", "first_month", "last_month", "is_whole")
    assert [tuple(row[name] for name in names) for row in found[-4:]] == [
        (0, None, None, False), (1, day("2026-06"), day("2026-06"), False),
        (3, day("2026-07"), day("2026-09"), True), (1, day("2026-10"), day("2026-10"), False),
    ]  # fmt: skip
    *_, past, now = desk.rows("client_safe.demand_quarters", client_key="acme", month_to=day("2026-09"))
    assert [(row["is_whole"], row["tickets"]) for row in (past, now)] == [(False, 1), (True, 0)]
    # no ticket says its type, so nothing is known of kinds
    assert [past[name] for name in ("incidents", "requests", "planned")] == [None] * 3
    nothing = workspace(clients=[{"client": "Acme"}]).rows("metrics.ticket_quarters", as_of=day("2026-12-31"))
    assert [(row["months"], row["is_whole"]) for row in nothing] == [(0, False)] * 8


def test_a_quarter_whose_first_ticket_comes_late_is_no_whole_one(workspace):
    """Tickets from 14 April on: what was asked before nobody knows; from the third business day on the month counts."""
    in_time = {
        "client": "Acme",
        "criterion": "Fast",
        "measure": "answered in time",
        "target": 90,
        "review": "quarterly",
    }
    for first, is_whole in ((14, False), (3, True)):
        answered = {"sla_response_minutes": 60, "first_response_at": datetime(2026, 4, first, 9, 30)}
        rows = [
            {"ticket_id": "1", "client": "Acme", "opened_at": datetime(2026, 4, first, 9), **answered},
            {"ticket_id": "2", "client": "Acme", "opened_at": datetime(2026, 7, 1, 9), "sla_response_minutes": 60,
             "first_response_at": datetime(2026, 7, 1, 9, 30)},
            *reached("2026-09-30"),
        ]  # fmt: skip
        clients = [{"client": "Acme", "users": 10}]
        desk = workspace(tickets=rows, clients=clients, success_criteria=[{**in_time, "place": 1}])
        given = {"client_key": "acme", "month_to": day("2026-09")}
        *_, past, now = desk.rows("client_safe.demand_quarters", **given)
        begins = None if is_whole else day("2026-04-14")
        assert (past["months"], past["begins_on"], past["is_whole"], now["is_whole"]) == (3, begins, is_whole, True)
        assert past["tickets_per_user"] == (pytest.approx(1 / 30) if is_whole else None)
        (found,) = desk.rows("client_safe.criteria", **given, month_from=day("2026-07"))
        assert (found["value"], found["value_before"]) == (100, 100 if is_whole else None)


def test_what_no_ticket_says_of_its_kind_is_missing(workspace):
    """Two hours on tickets: of what kind nobody says; said to be planned, half of them are."""
    rows = [ticket(n, (2, 2), 60, 15, "Low", "Email", hours=1) for n in ("1", "2")]
    desk = workspace(tickets=[*rows, *reached("2026-03-31")], clients=[{"client": "Acme"}])
    work = desk.one("client_safe.work", **ACME, **MONTHS)
    assert [work[name] for name in ("ticket_hours", "planned_hours", "planned_share")] == [2, None, None]
    rows[0]["is_reactive"], rows[1]["is_reactive"] = False, True
    desk = workspace(tickets=[*rows, *reached("2026-03-31")], clients=[{"client": "Acme"}])
    work = desk.one("client_safe.work", **ACME, **MONTHS)
    assert [work[name] for name in ("ticket_hours", "planned_hours", "planned_share")] == [2, 1, 0.5]
    # whether it is reactive says nothing of incidents and requests
    assert desk.rows("client_safe.demand_quarters", **QUARTER)[-1]["incidents"] is None


def test_demand_by_user_kind_and_category(desk):
    *before, now = desk.rows("client_safe.demand_quarters", **QUARTER)
    names = ("months", "tickets", "incidents", "requests", "planned", "automated")
    assert [now[name] for name in names] == [3, 4, 3, 1, 0, 1]
    assert now["tickets_per_user"] == pytest.approx(4 / 30)
    assert (before[-1]["months"], before[-1]["tickets"], before[-1]["tickets_per_user"]) == (0, None, None)
    found = desk.by("category", "client_safe.demand_categories", **ACME, **MONTHS)
    assert {name: (row["tickets"], row["ticket_hours"]) for name, row in found.items()} == {
        "Email": (2, 6),
        "Access": (1, 1),
    }
    assert found["Email"]["ticket_share"] == pytest.approx(2 / 3)
    assert found["Email"]["hours_share"] == pytest.approx(6 / 7)


def test_what_comes_back_three_times_in_a_quarter(workspace):
    """Tickets from December on: of four quarters one is whole. The most hours come first, not the most tickets."""
    again = [ticket(f"mail {place}", (2, place + 2), 60, 15, "Low", "Email", hours=1) for place in range(3)]
    prints = [ticket(f"print {place}", (2, place + 2), 60, 15, "Low", "Print", hours=0.5) for place in range(4)]
    past = [ticket(f"past {place}", (1, 5), 60, 15, "Low", "Email", hours=9) for place in range(3)]
    past = [row | {"opened_at": datetime(2025, 12, 1, 9)} for row in past]
    desk = workspace(tickets=[*past, *again, *prints, *reached("2026-03-31")], clients=[{"client": "Acme"}])
    found = desk.rows("client_safe.recurring_causes", **QUARTER)
    assert [list(row.values()) for row in found] == [["Email", 1, 1, 3, 3, 2], ["Print", 1, 1, 4, 2, 2]]
    # the page about demand looks at the chosen months of which there are tickets
    email, _ = desk.rows("metrics.recurring_causes", month_from=day("2025-04"), month_to=day("2026-03"))
    assert (email["quarters"], email["quarters_in_all"]) == (2, 2)
    assert workspace(tickets=again, clients=[{"client": "Acme"}]).rows("client_safe.recurring_causes", **QUARTER) == []


def test_responsiveness_by_priority_and_in_all(desk):
    """Answers: 30 and 15 of 60 minutes met, 120 missed. Resolutions: 2 h and 1 h of 4 met, 6 h missed; a request is no
    incident, so the middle of 2 h and 6 h is 4 h, and nine in ten took 2 + 0.9 x 4."""
    *each, total = desk.rows("client_safe.responsiveness", **ACME, **MONTHS)
    assert [row["priority"] for row in each] == ["Critical", "High", "Low"]
    names = ("response_met", "response_judged", "resolution_met", "resolution_judged", "incidents", "paused_share")
    assert [total[name] for name in names] == [2, 3, 2, 3, 2, None]
    assert total["resolution_attainment_pct"] == pytest.approx(2 / 3)
    assert [total[name] for name in ("median_response_hours", "median_resolution_hours")] == [1.25, 4]
    assert total["p90_resolution_hours"] == pytest.approx(5.6)
    assert desk.rows("client_safe.responsiveness", **ACME | {"client_key": "nobody"}, **MONTHS)[0]["incidents"] == 0


def test_satisfaction_and_the_tickets_themselves(desk):
    now = desk.rows("client_safe.satisfaction_quarters", **QUARTER)[-1]
    assert (now["responses"], now["positive"], now["positive_pct"]) == (2, 1, 0.5)
    assert now["positive_low"] == pytest.approx(0.0945, abs=1e-4)
    assert now["positive_high"] == pytest.approx(0.9055, abs=1e-4)
    listed = desk.rows("client_safe.ticket_list", **ACME, **MONTHS, at_most=None)
    assert [(row["ticket_id"], row["standing"], row["rows_in_all"]) for row in listed] == [
        ("1", "met", 4), ("2", "missed", 4), ("3", "met", 4), ("4", None, 4),
    ]  # fmt: skip
    assert desk.rows("client_safe.ticket_list", **ACME, **MONTHS, at_most=2) == listed[:2]
    left_out = desk.rows("client_safe.exclusions", **ACME, **MONTHS)
    assert [row["tickets"] for row in left_out] == [1, 0, 0]


def test_cover_spend_and_work(covered):
    """3 + 2 + 5 hours, of them 5 on projects and 2 at no charge; a fee of 1,000, a project and a product."""
    book = covered(
        clients=[{"client": "Acme", "users": 10}],
        invoice_lines=[
            line("Acme", "2026-01-15", 1000, item="Plan", revenue_class="managed"),
            line("Acme", "2026-02-15", 500, item="Move", revenue_class="project"),
            line("Acme", "2026-03-15", 200, item="Laptop", revenue_class="product"),
            line("Birch", "2026-03-15", 9999, item="Plan", revenue_class="managed"),
        ],
        time_entries=[
            entry("2026-01-13", 3, "Acme", coverage="agreement"),
            entry("2026-02-13", 2, "Acme", coverage="out_of_scope_unbilled"),
            entry("2026-03-13", 5, "Acme", coverage="billable", work_type="Project"),
            entry("2026-03-13", 7, "Birch", coverage="agreement"),
        ],
        reviews=[{"client": "Acme", "scheduled_on": day("2026-02-02"), "held_on": day("2026-02-02"), "status": "held"}],
    )
    found = book.one("client_safe.cover", **ACME, **MONTHS)
    # no ticket was loaded, so no month is complete for tickets
    names = ("client", "users", "months", "ticket_months", "invoice_months", "last_review_on")
    assert [found[name] for name in names] == ["Acme", 10, 3, 0, 3, day("2026-02-02")]
    spent = {row["month_start"]: row for row in book.rows("client_safe.spend_months", **QUARTER)}
    assert [int(spent[day("2026-01")][name]) for name in ("fee", "project", "product", "billed")] == [1000, 0, 0, 1000]
    assert [int(spent[day("2026-03")][name]) for name in ("fee", "project", "product", "billed")] == [0, 0, 200, 200]
    work = book.one("client_safe.work", **ACME, **MONTHS)
    names = ("hours", "project_hours", "no_charge_hours", "ticket_hours", "automated")
    assert [work[name] for name in names] == [10, 5, 2, None, None]


@pytest.mark.parametrize(
    ("days", "begins"),
    [
        # the first of January is on no file, as the firsts of February and March are
        (("2026-01-16", "2026-01-20", "2026-02-01", "2026-03-01", "2026-03-16"), "2026-01-16"),
        # billed at each month's end: February's is the 28th, and January is whole
        (("2026-01-31", "2026-02-28", "2026-03-31"), None),
        # on the first workday of each
        (("2026-01-02", "2026-02-02", "2026-03-02"), None),
        # one month alone tells nothing
        (("2026-03-16",), None),
    ],
)
def test_a_first_month_whose_invoices_begin_late_is_there_in_part(workspace, days, begins):
    book = workspace(
        invoice_lines=[line("Acme", one, 100, revenue_class="managed") for one in days], tickets=reached("2026-03-31")
    )
    rows = book.rows("client_safe.spend_months", **QUARTER)
    assert [row["begins_on"] for row in rows] == [begins and day(begins), *[None] * (len(rows) - 1)]


def test_themes_add_up_to_the_hours_worked(covered):
    """Of 15 hours 5 on a project, 3 on a ticket about email, 4 on none, 1 on one without a category, 2 on one in no
    file."""
    book = covered(
        tickets=[ticket("1", (1, 12), 120, 30, "Low", "Email"), ticket("2", (1, 12), 120, 30, "Low", None)],
        time_entries=[
            entry("2026-01-13", 3, "Acme", ticket_id="1", coverage="agreement"),
            entry("2026-01-14", 1, "Acme", ticket_id="2", coverage="agreement"),
            entry("2026-01-14", 2, "Acme", ticket_id="77", coverage="agreement"),
            entry("2026-02-13", 4, "Acme", coverage="agreement"),
            entry("2026-03-13", 5, "Acme", coverage="billable", work_type="Project"),
            entry("2026-03-13", 7, "Birch", coverage="agreement"),
        ],
    )
    themes = book.rows("client_safe.work_themes", **ACME, **MONTHS)
    assert [(row["theme"], row["hours"]) for row in themes] == [
        ("Projects", 5), ("Work without a ticket", 4), ("Email", 3), ("On tickets that are in no file", 2),
        ("Tickets without a category", 1),
    ]  # fmt: skip
    assert book.one("client_safe.work", **ACME, **MONTHS)["hours"] == 15


def test_a_mark_of_what_is_billed_does_not_tell_what_went_beyond_the_agreement(covered):
    """Two hours that aren't billed: under a flat fee that is what the fee covers, so nothing says what was on top."""
    entries = [entry("2026-01-13", 3, "Acme", billable=True), entry("2026-01-14", 2, "Acme", billable=False)]
    work = covered(time_entries=entries).one("client_safe.work", **ACME, **MONTHS)
    assert [work[name] for name in ("hours", "no_charge_hours", "says_charge")] == [5, None, True]
    work = covered(time_entries=[entry("2026-01-13", 3, "Acme")]).one("client_safe.work", **ACME, **MONTHS)
    assert [work[name] for name in ("no_charge_hours", "says_charge")] == [None, False]


def test_other_recurring_items_are_no_part_of_the_service_fee(workspace):
    items = [("managed", 1000), ("other_recurring", 300), ("tm", 80)]
    lines = [line("Acme", "2026-03-15", amount, item=name, revenue_class=name) for name, amount in items]
    book = workspace(invoice_lines=[*lines, line("Acme", "2026-04-30", 1, revenue_class="managed")])
    spent = book.rows("client_safe.spend_months", **QUARTER)[-1]
    assert [int(spent[name]) for name in ("fee", "recurring", "project", "billed")] == [1000, 300, 80, 1380]


def test_contract_and_outcomes(workspace):
    """In force since May 2024, renews each May with 30 days of notice."""
    book = workspace(
        agreements=[
            {"client": "Acme", "agreement_id": "A", "name": "Plan", "monthly_fee": 900, "starts_on": day("2024-05-01"),
             "renews_on": day("2025-05-01"), "notice_days": 30},
            {"client": "Acme", "agreement_id": "B", "name": "Old", "starts_on": day("2020-01-01"),
             "ends_on": day("2025-12-31")},
        ],
        outcomes=[
            {"client": "Acme", "month": day("2026-02"), "measure": "Uptime", "value": 99.5, "target": 99.9},
            {"client": "Birch", "month": day("2026-02"), "measure": "Uptime", "value": 99.99, "target": 99.9},
        ],
    )  # fmt: skip
    (found,) = book.rows("client_safe.agreements", **QUARTER)
    assert [found[name] for name in ("name", "renews_on", "comes_as", "notice_by")] == [
        "Plan", day("2026-05-01"), "renews", day("2026-04-01"),
    ]  # fmt: skip
    (found,) = book.rows("client_safe.outcomes", **ACME, **MONTHS)
    assert list(found.values()) == ["Uptime", day("2026-02"), 99.5, 99.9, False]


def test_credits_need_terms_that_are_written_down(covered):
    """One measure missed in January: 5 % of the fee, as the terms say; without terms nothing is said of credits."""
    missed = [{"client": "Acme", "month": day("2026-01"), "measure": "Uptime", "value": 1, "target": 2}]
    lines = [line("Acme", "2026-01-15", 1000, item="Plan", revenue_class="managed")]
    book = covered(outcomes=missed, invoice_lines=lines)
    assert book.rows("client_safe.credits", **ACME, **MONTHS) == []
    terms = [{"client": "ACME", "credit": 0.05, "place": 0}]
    book = covered(outcomes=missed, invoice_lines=lines, sla_terms=terms)
    (found,) = book.rows("client_safe.credits", **ACME, **MONTHS)
    assert list(found.values()) == [day("2026-01"), 1, 1, 0.05]


def action(what: str, agreed: str | None, due: str, **more) -> dict:
    agreed_on = date.fromisoformat(agreed) if agreed else None
    said = {"client": "ACME", "kind": "action", "what": what, "owner": "Ana", "agreed_on": agreed_on}
    return said | {"due_on": date.fromisoformat(due), **more}


def test_actions_are_carried_until_they_are_settled(workspace):
    rows = [
        action("late", "2026-01-20", "2026-02-28"),
        action("done", "2026-01-20", "2026-02-28", state="done", settled_on=day("2026-02-20")),
        action("long done", "2025-07-20", "2025-08-28", state="done", settled_on=day("2025-08-20")),
        action("of this review", "2026-04-20", "2026-05-31"),
        action("to come", None, "2026-05-31", kind="decision"),
        action("of a later review", "2026-07-20", "2026-08-31"),
        action("another's", "2026-01-20", "2026-02-28", client="Birch"),
    ]
    book = workspace(
        clients=[{"client": "Acme"}], review_actions=[{**row, "place": place} for place, row in enumerate(rows)]
    )
    found = book.rows("client_safe.actions", **ACME, **MONTHS)
    assert [(row["what"], row["is_of_past"], row["standing"]) for row in found] == [
        ("late", True, "late"), ("done", True, "done"), ("of this review", False, "open"), ("to come", False, "open"),
    ]  # fmt: skip


def test_criteria_stand_beside_where_they_stood(workspace):
    """One of two tickets answered in time in the quarter, the only one of the quarter before."""
    said = {"client": "Acme", "criterion": "Answers", "measure": "answered in time", "target": 95, "stage": "stabilise"}
    past = [{"ticket_id": "0", "client": "Acme", "opened_at": datetime(2025, 10, 2, 10), **TARGETS,
             "first_response_at": datetime(2025, 10, 2, 10, 5)}]  # fmt: skip
    book = workspace(
        tickets=[*past, *TICKETS[:2], *reached("2026-03-31")], clients=[{"client": "Acme"}],
        success_criteria=[{**said, "review": "quarterly", "place": 0}],
    )  # fmt: skip
    (found,) = book.rows("client_safe.criteria", **ACME, **MONTHS)
    assert [found[name] for name in ("value", "value_before", "counted", "state")] == [50, 100, 2, "missed"]


def test_only_notes_for_the_client_are_read(workspace):
    notes = [
        {"section": "demand", "note": "for them", "reader": "client"},
        {"section": "demand", "note": "for us", "reader": "internal"},
        {"section": "demand", "note": "not said", "reader": None},
        {"section": "demand", "note": "over", "reader": "client", "ends_on": day("2025-12-31")},
    ]
    book = workspace(
        clients=[{"client": "Acme"}],
        review_notes=[{"client": "Acme", **row, "place": n} for n, row in enumerate(notes)],
    )
    assert [row["note"] for row in book.rows("client_safe.notes", **QUARTER)] == ["for them"]


@pytest.mark.parametrize(
    ("month_to", "said"),
    [("2025-12", ["always"]), ("2026-03", ["always", "from here on"]), ("2026-06", ["always", "from here on"])],
)
def test_what_is_written_begins_with_its_quarter_and_is_carried_on(workspace, month_to, said):
    """Written on the page of the first quarter of 2026 and without an end: not in the pack of the one before."""
    begins = [("always", None), ("from here on", day("2026-01"))]
    rows = [{"client": "Acme", "begins_on": first, "place": place} for place, (_, first) in enumerate(begins)]
    notes = [
        {**row, "section": "demand", "note": text, "reader": "client"}
        for row, (text, _) in zip(rows, begins, strict=True)
    ]
    actions = [{**row, "kind": "action", "what": text} for row, (text, _) in zip(rows, begins, strict=True)]
    agreed = {"client": "Acme", "kind": "action", "what": "of the review in November", "begins_on": day("2026-01")}
    agreed |= {"agreed_on": date(2025, 11, 20), "settled_on": date(2025, 12, 1), "state": "done", "place": 9}
    book = workspace(clients=[{"client": "Acme"}], review_notes=notes, review_actions=[*actions, agreed])
    end = day(month_to)
    asked = {"client_key": "acme", "month_to": end}
    assert [row["note"] for row in book.rows("client_safe.notes", **asked)] == said
    # a day of agreement says more of an action than when it was written down
    first = ["of the review in November"] if month_to == "2025-12" else []
    done = book.rows("client_safe.actions", **asked, month_from=date(end.year, end.month - 2, 1))
    assert [row["what"] for row in done] == [*first, *said]
