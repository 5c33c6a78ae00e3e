"""Where the desk's work comes from: by client, its users and devices, by category, and what comes back."""

from datetime import datetime

import pytest

from tests.sql.rows import day, entry, line, months, reached

QUARTER = months("2026-01", "2026-03")


def ticket(number: object, opened: str, resolved: str | None = None, **more) -> dict:
    at = {"opened_at": datetime.fromisoformat(opened), "resolved_at": resolved and datetime.fromisoformat(resolved)}
    return {"ticket_id": str(number), **at, **more}


def book_of(covered, *tickets, **tables):
    """January to March 2026, billed and worked for Acme (10 users, 20 devices) and Bolt (nothing known)."""
    aside = [
        ticket("by automation", "2026-01-05T09:00", "2026-01-05T09:01", client="Acme", auto_resolved=True, hours=9),
        ticket("closed without a time", "2026-01-05T09:00", client="Acme", status="Closed", hours=9),
        ticket("ended before it opened", "2026-01-05T09:00", "2026-01-04T09:00", client="Acme", hours=9),
    ]
    given = {
        "clients": [{"client": "Acme", "users": 10, "endpoints": 20}, {"client": "Bolt"}],
        "invoice_lines": [
            line("Acme", f"2026-{month}-01", 100, revenue_class="managed") for month in ("01", "02", "03")
        ],
        "time_entries": [entry("2026-01-07", 1.5, "Acme", ticket_id="2")],
    }
    return covered(tickets=[*tickets, *aside, *reached("2026-03-31")], **given | tables)


ACME = [
    # its own hours
    ticket(1, "2026-01-05T09:00", client="Acme", hours=0.5, ticket_type="Incident"),
    # its own are 0, so those of its entries count
    ticket(2, "2026-01-06T09:00", client="Acme", hours=0, ticket_type="Request"),
    # planned by its type, reactive by its flag
    ticket(3, "2026-02-02T09:00", client="Acme", hours=2, ticket_type="Change", is_reactive=True),
    # planned by its type, reactive by its type, planned by its flag
    ticket(4, "2026-02-03T09:00", client="Acme", hours=8, ticket_type="Project"),
    ticket(5, "2026-02-04T09:00", client="Acme", ticket_type="Alert"),
    ticket(6, "2026-03-04T09:00", client="Acme", hours=4, is_reactive=False),
]


def test_demand_of_a_client_by_its_users_and_devices(covered):
    book = book_of(covered, *ACME, ticket(7, "2026-01-05T09:00", client="Bolt", hours=3))
    found = book.by("client", "metrics.demand_by_client", **QUARTER)
    acme, bolt = found["Acme"], found["Bolt"]
    # 1, 2, 3 and 5 are reactive: 0.5 + 1.5 + 2 hours
    assert (acme["tickets"], acme["reactive_tickets"], acme["reactive_hours"]) == (6, 4, 4)
    # 10 users and 20 devices in each of three months
    assert (acme["user_months"], acme["endpoint_months"]) == (30, 60)
    assert acme["reactive_tickets_per_user"] == pytest.approx(4 / 30, abs=1e-12)
    assert acme["reactive_hours_per_user"] == pytest.approx(4 / 30, abs=1e-12)
    assert acme["reactive_hours_per_endpoint"] == pytest.approx(4 / 60, abs=1e-12)
    # nobody knows Bolt's users: its tickets count, and no ratio
    assert (bolt["tickets"], bolt["reactive_hours"]) == (1, 3)
    assert {bolt[name] for name in bolt if "_per_" in name} == {None}
    together = book.one("metrics.demand", **QUARTER)
    # the last is the ticket that makes the data reach the end of March, of no client
    assert (together["tickets"], together["reactive_tickets"], together["reactive_hours"]) == (8, 6, 7)
    # of clients with users alone: not 5 / 30
    assert together["reactive_tickets_per_user"] == pytest.approx(4 / 30, abs=1e-12)
    assert (together["largest_client"], together["heaviest_client"]) == ("Acme", "Acme")
    assert together["largest_share"] == pytest.approx(4 / 7, abs=1e-12)


def test_demand_of_a_month_counts_the_tickets_opened_in_it(covered):
    found = book_of(covered, *ACME).by("month_start", "metrics.demand_monthly")
    assert [found[day(f"2026-0{month}")]["reactive_tickets_per_user"] for month in (1, 2)] == [0.2, 0.2]
    assert found[day("2026-02")]["reactive_hours_per_endpoint"] == 0.1


def test_a_client_that_asks_nothing_has_no_demand_and_one_without_users_no_ratio(covered):
    book = book_of(covered, clients=[{"client": "Acme", "users": 10}])
    acme = book.by("client", "metrics.demand_by_client", **QUARTER)["Acme"]
    assert (acme["reactive_tickets"], acme["reactive_tickets_per_user"]) == (0, 0)
    # no file says how many devices it has
    assert (acme["endpoint_months"], acme["reactive_hours_per_endpoint"]) == (None, None)
    unknown = book_of(covered, *ACME, clients=[{"client": "Acme"}]).one("metrics.demand", **QUARTER)
    assert (unknown["reactive_tickets"], unknown["user_months"], unknown["reactive_tickets_per_user"]) == (
        5,
        None,
        None,
    )


def test_users_of_a_month_without_revenue_or_hours_are_in_no_ratio(covered):
    lines = [line("Acme", "2026-01-01", 100, revenue_class="managed"), line("Bolt", "2026-03-01", 1)]
    book = book_of(covered, *ACME, invoice_lines=lines, time_entries=[])
    acme = book.by("client", "metrics.demand_by_client", **QUARTER)["Acme"]
    # its tickets 1 and 2 are of January, the only month in which it is served; the second has no entry now
    assert (acme["reactive_tickets"], acme["user_tickets"], acme["user_months"]) == (4, 2, 10)
    assert (acme["reactive_tickets_per_user"], acme["reactive_hours_per_user"]) == (0.2, 0.05)


def test_demand_ends_with_the_last_month_complete_for_tickets(workspace):
    tickets = [ticket(1, "2026-01-05T09:00", hours=1), ticket(2, "2026-02-05T09:00", hours=5)]
    book = workspace(tickets=[*tickets, *reached("2026-02-06")])
    assert book.one("metrics.demand", **months("2026-01", "2026-02"))["reactive_hours"] == 1
    assert [row["tickets"] for row in book.rows("metrics.demand_by_category", **months("2026-01", "2026-02"))] == [1]
    nothing = book.one("metrics.demand", **months("2026-02"))
    assert (nothing["tickets"], nothing["largest_share"], nothing["reactive_tickets_per_user"]) == (0, None, None)


def test_demand_by_category(covered):
    book = book_of(
        covered,
        ticket(1, "2026-01-05T09:00", client="Acme", hours=3, category="Email"),
        ticket(2, "2026-01-05T09:00", client="Bolt", hours=1, category="Email"),
        ticket(3, "2026-01-05T09:00", client="Acme", category="Email"),
        ticket(4, "2026-01-05T09:00", client="Acme", hours=6, category="Printing", ticket_type="Change"),
    )
    found = book.by("category", "metrics.demand_by_category", **QUARTER)
    # the ticket on the last day has neither hours nor a category
    assert list(found) == ["Printing", "Email", "(none)"]
    email = found["Email"]
    assert (email["tickets"], email["ticket_hours"], email["clients"]) == (3, 4, 2)
    assert (email["ticket_share"], email["hours_share"]) == (0.6, 0.4)
    # of the two that have hours
    assert email["hours_per_ticket"] == 2
    assert (found["(none)"]["ticket_hours"], found["(none)"]["hours_per_ticket"]) == (0, None)
    assert book.one("metrics.demand", **QUARTER)["says_kind"] is True


def test_own_tickets_are_no_kind_of_demand_and_without_a_type_nobody_knows_what_was_planned(workspace):
    book = workspace(
        clients=[{"client": "Own", "is_internal": True}],
        tickets=[
            ticket(1, "2026-01-05T09:00", client="Acme", hours=3, category="Email"),
            ticket(2, "2026-01-05T09:00", client="Own", hours=9, category="Email"),
            ticket(3, "2026-01-05T09:00", client=None, hours=1, category="Email"),
            *reached("2026-02-28"),
        ],
    )
    (email,) = [
        row for row in book.rows("metrics.demand_by_category", **months("2026-01")) if row["category"] == "Email"
    ]
    assert (email["tickets"], email["ticket_hours"], email["clients"]) == (2, 4, 2)
    assert book.one("metrics.recurring_cause_share", **months("2026-01"))["ticket_hours"] == 4
    assert book.one("metrics.demand", **months("2026-01"))["says_kind"] is False


def came(category: str | None, *days: str, client: str | None = "Acme") -> list[dict]:
    return [
        ticket(f"{client} {category} {on} {place}", f"{on}T09:00", client=client, category=category, hours=1)
        for place, on in enumerate(days)
    ]


def test_three_times_in_a_calendar_quarter_is_a_recurring_cause(covered):
    book = book_of(
        covered,
        # three in the first quarter, and four in the last of the year before
        *came("Email", "2026-01-05", "2026-02-05", "2026-03-05"),
        *came("Email", "2025-10-06", "2025-11-06", "2025-12-06", "2025-12-31"),
        # three within two months, of two quarters
        *came("Printing", "2025-12-06", "2026-01-05", "2026-01-06"),
        # three of two clients
        *came("Network", "2026-01-05", "2026-02-05"),
        *came("Network", "2026-03-05", client="Bolt"),
        # nobody knows of what kind, or of whom
        *came(None, "2026-01-05", "2026-01-06", "2026-01-07"),
        *came("Email", "2026-01-05", "2026-01-06", "2026-01-07", client=None),
    )
    (found,) = book.rows("metrics.recurring_causes", **months("2025-10", "2026-03"))
    assert (found["client"], found["category"], found["tickets"], found["ticket_hours"]) == ("Acme", "Email", 7, 7)
    assert (found["quarters"], found["quarters_in_all"], found["most_in_a_quarter"]) == (2, 2, 4)
    assert found["last_quarter"] == day("2026-01")
    summary = book.one("metrics.recurring_cause_share", **months("2025-10", "2026-03"))
    # 19 tickets of an hour each; the one on the last day has none
    assert (summary["causes"], summary["recurring_hours"], summary["ticket_hours"]) == (1, 7, 19)
    assert summary["recurring_cause_share"] == pytest.approx(7 / 19, abs=1e-12)
    behind = book.rows("metrics.recurring_tickets", **months("2025-10", "2026-03"))
    assert (sum(row["recurring_hours"] for row in behind), sum(row["ticket_hours"] for row in behind)) == (7, 19)
    # of a part of a quarter only what came in it counts: February and March have two
    assert book.rows("metrics.recurring_causes", **months("2026-02", "2026-03")) == []
    nothing = book.one("metrics.recurring_cause_share", **months("2026-02", "2026-03"))
    assert (nothing["causes"], nothing["recurring_cause_share"], nothing["largest_client"]) == (0, 0, None)


def test_without_any_hours_the_share_of_what_comes_back_is_missing(workspace):
    rows = [ticket(place, "2026-01-05T09:00", client="Acme", category="Email") for place in range(3)]
    book = workspace(tickets=[*rows, *reached("2026-02-27")])
    (found,) = book.rows("metrics.recurring_causes", **months("2026-01"))
    assert (found["tickets"], found["ticket_hours"]) == (3, 0)
    assert book.one("metrics.recurring_cause_share", **months("2026-01"))["recurring_cause_share"] is None
