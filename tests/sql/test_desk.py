"""The desk's open tickets at each month's end, and how it keeps up with what it is asked."""

from datetime import datetime

import pytest

from tests.sql.rows import entry, line, months, reached

PERIOD = months("2026-01", "2026-02")


def at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def ticket(number: str, opened: str | None, resolved: str | None = None, **more) -> dict:
    return {"ticket_id": number, "opened_at": at(opened), "resolved_at": at(resolved), **more}


def backlog(workspace, *tickets, through: str) -> dict:
    # one more ticket, resolved by automation, makes that day the last of the tickets
    last = [{**row, "auto_resolved": True} for row in reached(through)]
    rows = workspace(tickets=[*tickets, *last]).rows("metrics.backlog_monthly")
    return {row["month_start"].isoformat()[:7]: row for row in rows}


def test_the_backlog_is_rebuilt_at_each_months_end(workspace):
    found = backlog(
        workspace,
        ticket("1", "2025-12-01T00:00", "2026-02-10T12:00"),
        ticket("2", "2026-01-01T00:00"),
        ticket("3", "2026-01-02T00:00", "2026-01-05T00:00"),
        # closed instead of resolved, at the very moment at which March begins: open at the end of February
        {**ticket("4", "2026-02-19T00:00"), "closed_at": at("2026-03-01T00:00")},
        ticket("by automation", "2026-01-02T00:00", auto_resolved=True),
        ticket("closed without a time", "2026-01-02T00:00", status="Closed"),
        ticket("ended before it opened", "2026-01-10T00:00", "2026-01-09T00:00"),
        ticket("never opened", None, "2026-01-09T00:00"),
        through="2026-03-31",
    )
    assert list(found) == ["2025-12", "2026-01", "2026-02", "2026-03"]
    opened = {month: (row["opened"], row["ended"], row["open_at_end"]) for month, row in found.items()}
    assert opened == {"2025-12": (1, 0, 1), "2026-01": (2, 1, 2), "2026-02": (1, 1, 2), "2026-03": (0, 1, 1)}
    # at the first of January number 1 is 31 days old; at the first of February it is 62 and number 2 31 days old
    assert [found[month]["open_over_30_days"] for month in found] == [1, 2, 1, 1]
    # at the first of March numbers 2 and 4 are 59 and 10 days old
    assert [found[month]["median_age_days"] for month in found] == [31, 46.5, 34.5, 90]


def test_open_at_the_end_is_that_of_the_month_before_and_what_came_and_went(workspace):
    opened = [(day % 28 + 1, month) for day in range(0, 60, 3) for month in (1, 2, 3)]
    rows = [
        ticket(
            str(place), f"2026-0{month}-{day:02}T10:00", f"2026-0{month + place % 2}-28T11:00" if place % 3 else None
        )
        for place, (day, month) in enumerate(opened)
    ]
    found = list(backlog(workspace, *rows, through="2026-04-30").values())
    before = 0
    for row in found:
        before += row["opened"] - row["ended"]
        assert row["open_at_end"] == before
    assert before == 20


def test_thirty_days_old_is_not_over_thirty_days(workspace):
    # 1 April less 30 x 24 hours is 2 March, midnight
    found = backlog(workspace, ticket("1", "2026-03-02T00:00"), ticket("2", "2026-03-01T23:59"), through="2026-03-31")
    assert (found["2026-03"]["open_at_end"], found["2026-03"]["open_over_30_days"]) == (2, 1)


def test_a_month_that_the_tickets_do_not_reach_has_no_backlog(workspace):
    # 27 March is its third-last business day
    assert list(backlog(workspace, ticket("1", "2026-02-02T09:00"), through="2026-03-26")) == ["2026-02"]
    found = backlog(workspace, ticket("1", "2026-02-02T09:00", "2026-02-03T09:00"), through="2026-03-27")
    assert list(found) == ["2026-02", "2026-03"]
    # nothing is open, so nothing has an age
    assert found["2026-03"]["median_age_days"] is None


def test_desk_health_by_its_definitions(covered):
    happy, sad = {"csat": 1}, {"csat": -1}
    handled = [
        # two touches; reopened once; half an hour of its own
        ticket("1", "2026-01-05T09:00", "2026-01-06T09:00", client="Acme", hours=0.5, touches=2,
               reopened_count=1, **happy),
        # one touch, a request; its own hours are 0, so its entries count: 1.5
        ticket("2", "2026-01-07T09:00", "2026-01-07T10:00", client="Acme", hours=0, touches=1, ticket_type="Request",
               reopened_count=0, escalated=False, **happy),
        # one touch, but escalated
        ticket("3", "2026-02-03T09:00", "2026-02-04T09:00", client="Acme", touches=1, escalated=True, **sad),
        # no touches known; a change is no contact
        ticket("4", "2026-02-05T09:00", "2026-02-06T09:00", client="Bolt", touches=1, ticket_type="Change", csat=0),
        ticket("5", "2026-02-06T09:00", None, client="Bolt", escalated=False),
        # opened before the months
        ticket("6", "2025-12-29T09:00", "2026-01-02T09:00", client="Bolt"),
    ]  # fmt: skip
    aside = [
        ticket("7", "2026-01-05T09:00", "2026-01-05T09:01", client="Acme", auto_resolved=True, csat=1),
        ticket("8", "2026-01-05T09:00", None, status="Closed", client="Acme", escalated=True),
        ticket("9", "2026-01-05T09:00", "2026-01-04T09:00", client="Acme", escalated=True),
        ticket("10", "2026-03-02T09:00", "2026-03-02T10:00", client="Acme"),
    ]
    book = covered(
        tickets=[*handled, *aside, *reached("2026-03-31")],
        clients=[{"client": "Acme", "users": 10}, {"client": "Bolt"}],
        invoice_lines=[line("Acme", f"2026-{month}-01", 100, revenue_class="managed") for month in ("01", "02", "03")],
        time_entries=[entry("2026-01-07", 1, "Acme", ticket_id="2"), entry("2026-01-07", 0.5, "Acme", ticket_id="2")],
    )
    row = book.one("metrics.desk_health", **PERIOD)
    # opened: 1 to 5; ended: 1 to 4 and 6
    assert (row["tickets_opened"], row["tickets_ended"], row["close_rate"]) == (5, 5, 1)
    # Acme's three over 10 users x 2 months; nobody knows Bolt's users
    assert row["tickets_per_user_month"] == pytest.approx(3 / 20, abs=1e-12)
    assert row["hours_per_ticket"] == pytest.approx((0.5 + 1.5) / 2, abs=1e-12)
    assert row["reopen_rate"] == 0.5
    # 2, 3 and 5 say so, 3 was
    assert row["escalation_rate"] == pytest.approx(1 / 3, abs=1e-12)
    # 1, 2 and 3 are contacts whose touches are known; 2 alone took one and no more
    assert row["first_contact_rate"] == pytest.approx(1 / 3, abs=1e-12)
    # of 6 opened
    assert row["auto_resolved_share"] == pytest.approx(1 / 6, abs=1e-12)
    assert (row["csat_responses"], row["csat_positive_pct"]) == (4, 0.5)
    # n = 4, p = 1/2: half of it is 1.959964 x sqrt(1/16 + 3.841459/64) / (1 + 3.841459/4) = 0.686051 / 1.960365
    assert row["csat_low"] == pytest.approx(0.150039, abs=1e-6)
    assert row["csat_high"] == pytest.approx(0.849961, abs=1e-6)


def test_nine_of_ten_happy(workspace):
    rows = [ticket(str(place), "2026-01-05T09:00", "2026-01-06T09:00", csat=1 if place else -1) for place in range(10)]
    row = workspace(tickets=[*rows, *reached("2026-02-27")]).one("metrics.desk_health", **months("2026-01"))
    assert row["csat_low"] == pytest.approx(0.595850, abs=1e-6)
    assert row["csat_high"] == pytest.approx(0.982124, abs=1e-6)


def test_what_no_file_says_is_missing_and_not_0(workspace):
    row = workspace(tickets=[ticket("1", "2026-01-05T09:00"), *reached("2026-02-27")]).one(
        "metrics.desk_health", **months("2026-01")
    )
    assert (row["tickets_opened"], row["tickets_ended"], row["close_rate"], row["csat_responses"]) == (1, 0, 0, 0)
    missing = (
        "tickets_per_user_month", "hours_per_ticket", "reopen_rate", "escalation_rate", "first_contact_rate",
        "auto_resolved_share", "csat_positive_pct", "csat_low", "csat_high",
    )  # fmt: skip
    assert [name for name in missing if row[name] is not None] == []


def test_desk_health_ends_with_the_last_month_complete_for_tickets(workspace):
    tickets = [ticket("1", "2026-01-05T09:00"), ticket("2", "2026-02-05T09:00"), *reached("2026-02-06")]
    book = workspace(tickets=tickets)
    assert book.one("metrics.desk_health", **PERIOD)["tickets_opened"] == 1
    # February isn't complete, and nothing else was asked about
    assert set(book.one("metrics.desk_health", **months("2026-02")).values()) == {None}


# --- whether the desk keeps up, and how old what is open is


def test_backlog_over_a_period_and_the_ages_at_its_end(workspace):
    opened = ["2026-02-28T00:00", "2026-02-26T12:00", "2026-02-22T00:00", "2026-02-15T00:00", "2026-01-30T00:00"]
    rows = [
        *(ticket(f"open {place}", on) for place, on in enumerate(opened)),
        # 30 days before 1 March, 2026, and a minute more
        ticket("open a", "2026-01-30T00:01"),
        ticket("open b", "2026-01-29T23:59"),
        # ended within February, on a business day
        *(ticket(f"ended {place}", "2026-01-05T09:00", "2026-02-02T09:00") for place in range(10)),
        ticket("after", "2026-03-02T09:00"),
        *reached("2026-03-31"),
    ]
    holiday = [{"day": datetime(2026, 2, 16).date()}]
    book = workspace(tickets=rows, holidays=holiday)
    found = book.one("metrics.backlog", **months("2026-02"))
    # of January ten and three; two of these three are still open, and so are the four of February
    assert (found["open_before"], found["opened"], found["ended"], found["open_at_end"]) == (13, 4, 10, 7)
    assert (found["months"], found["open_over_30_days"]) == (1, 1)
    # tickets were opened in January, so what was open as February began is known; before January nobody knows
    assert (found["begins_on"], book.one("metrics.backlog", **PERIOD)["begins_on"]) == (None, PERIOD["month_from"])
    assert found["over_30_share"] == pytest.approx(1 / 7, abs=1e-12)
    # 20 weekdays less a holiday: 7 / (10 / 19)
    assert found["days_to_clear"] == pytest.approx(13.3, abs=1e-9)
    assert found["business_days"] == 19
    ages = book.by("age", "metrics.backlog_ages", **months("2026-02"))
    # a day, 2.5, 7, 14, 30, 29.99... and 30.0007 days before 1 March
    assert [row["tickets"] for row in ages.values()] == [1, 1, 1, 1, 2, 1]
    assert ages["more than 30 days"]["open_share"] == pytest.approx(1 / 7, abs=1e-12)


def test_a_period_that_the_tickets_do_not_reach_has_no_backlog(workspace):
    book = workspace(tickets=[ticket("1", "2026-02-02T09:00"), *reached("2026-03-26")])
    found = book.one("metrics.backlog", **months("2026-03"))
    assert (found["months"], found["last_month"], found["open_at_end"], found["days_to_clear"]) == (0, None, None, None)
    assert book.rows("metrics.backlog_ages", **months("2026-03")) == []
    # nothing was ended in February: nobody knows how long it would take
    february = book.one("metrics.backlog", **months("2026-02", "2026-03"))
    assert (february["months"], february["open_at_end"], february["days_to_clear"]) == (1, 1, None)


# --- quality, measure by measure


def quality(workspace, *tickets) -> dict:
    book = workspace(tickets=[*tickets, *reached("2026-02-27")])
    return book.by("measure", "metrics.service_quality", **months("2026-01"))


def test_quality_with_the_tickets_it_rests_on(workspace):
    one, ten = "2026-01-05T09:00", "2026-01-05T10:00"
    found = quality(
        workspace,
        ticket("1", one, ten, touches=1, reopened_count=0, escalated=False, csat=1),
        ticket("2", one, ten, touches=1, reopened_count=1, escalated=True, csat=-1),
        ticket("3", one, ten, touches=3, reopened_count=0),
        ticket("4", one, None),
        # automation: of an alert; of an incident that came back; of one that took hours all the same; of one for good
        ticket("5", one, ten, auto_resolved=True, ticket_type="Alert", reopened_count=0),
        ticket("6", one, ten, auto_resolved=True, reopened_count=2),
        ticket("7", one, ten, auto_resolved=True, hours=0.5),
        ticket("8", one, ten, auto_resolved=True),
    )
    shares = {name: (row["found"], row["tickets"]) for name, row in found.items()}
    assert shares == {
        "ended at first contact": (1, 3),
        "opened again": (1, 3),
        "escalated": (1, 2),
        "rated happy": (1, 2),
        "rated at all": (2, 3),
        "automated, with alerts": (4, 8),
        # 8 alone, of the seven that are no alert
        "automated, no alerts": (1, 7),
        # 5 and 6 say how often they were opened again
        "automated, reopened": (1, 2),
    }
    assert found["rated happy"]["rate"] == 0.5
    # n = 2, p = 1/2: half of it is 1.959964 x sqrt(1/8 + 3.841459/16) / (1 + 3.841459/2) = 1.184523 / 2.920730
    assert found["rated happy"]["rate_low"] == pytest.approx(0.094531, abs=1e-5)
    assert found["rated happy"]["rate_high"] == pytest.approx(0.905469, abs=1e-5)
    assert {row["needs"] for row in found.values()} == {None}


def test_quality_that_no_file_speaks_of_is_missing_and_says_what_to_add(workspace):
    found = quality(workspace, ticket("1", "2026-01-05T09:00", "2026-01-05T10:00"))
    assert [row["rate"] for row in found.values()] == [None] * 8
    assert [name for name, row in found.items() if not row["needs"]] == []
