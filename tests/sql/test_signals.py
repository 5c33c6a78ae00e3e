"""The five signals: what makes each fire, stay clear, or be beyond testing."""

from datetime import date, datetime

import pytest

from tests.sql.rows import day, entry, line, technician, whole

MARCH = {"as_of": day("2026-03-31")}
RECENT, BEFORE = ("2026-01", "2026-02", "2026-03"), ("2025-01", "2025-02", "2025-03")
YEAR = [f"2025-{month:02}" for month in range(4, 13)] + list(RECENT)
ANN = technician("Ann", hourly_cost=50)


def billed(client: str, months, amount: float, **more) -> list[dict]:
    return [line(client, f"{month}-01", amount, **{"revenue_class": "managed", **more}) for month in months]


def worked(client: str, months, hours: float, **more) -> list[dict]:
    return [entry(f"{month}-10", hours, client, **{"technician": "Ann", **more}) for month in months]


def told(workspace, as_of=MARCH, **tables) -> dict:
    """The signals by name, of a workspace whose months of 2025 and up to March 2026 are whole for labour."""
    entries = [*tables.pop("time_entries", []), *whole("2025-01", "2026-03")]
    tables = {"technicians": [ANN]} | tables
    return workspace(time_entries=entries, **tables).by("signal", "metrics.signals", **as_of)


# --- 1: the margin falls while revenue grows


def margins(workspace, revenue: float, hours: float, as_of=MARCH, before=BEFORE) -> dict:
    """Against 1,000 a month and 10 hours at 50 a year before: a margin of 50 %."""
    return told(
        workspace,
        as_of,
        invoice_lines=[
            *billed("Acme", before, 1000),
            *billed("Acme", RECENT, revenue),
            # products count in neither
            *billed("Acme", RECENT, 9000, revenue_class="product", direct_cost=9000),
        ],
        time_entries=[*worked("Acme", before, 10), *worked("Acme", RECENT, hours)],
    )["margin_falls_while_revenue_grows"]


def test_the_margin_falls_while_revenue_grows(workspace):
    # 1,100 - 13 x 50 = 450, which is 40.9 %
    row = margins(workspace, 1100, 13)
    assert row["state"] == "fires"
    assert row["value"] == pytest.approx(450 / 1100 - 0.5, abs=1e-9)
    assert row["second_value"] == pytest.approx(0.1, abs=1e-9)
    assert (row["threshold"], row["second_threshold"], row["needs"]) == (-0.02, 0.05, None)
    assert row["evidence"].startswith(
        "Service margin before bench, January 2026 to March 2026: 40.9 %, in the same months a year before 50.0 %;"
    )


@pytest.mark.parametrize(
    ("revenue", "hours", "state"),
    [
        # 10.92 hours leave 48 % of 1,050: both thresholds to the point
        (1050, 10.92, "fires"),
        (1050, 10.9, "clear"),
        (1049, 12, "clear"),
        (1100, 11, "clear"),
    ],
)
def test_both_thresholds_must_be_met(workspace, revenue, hours, state):
    assert margins(workspace, revenue, hours)["state"] == state


def test_a_margin_that_falls_without_growth_is_said(workspace):
    row = margins(workspace, 1000, 12)
    assert row["state"] == "clear"
    assert "revenue does not grow" in row["evidence"]


def test_growth_under_its_limit_is_no_want_of_growth(workspace):
    """1,020 after 1,000 is 2 % more, less than the 5 % from which the signal fires."""
    row = margins(workspace, 1020, 12)
    assert row["state"] == "clear"
    assert "The margin falls and revenue grows by less than 5" in row["evidence"]


def test_all_six_months_must_be_covered(workspace):
    row = margins(workspace, 1100, 13, before=BEFORE[1:])
    assert (row["state"], row["value"], row["second_value"]) == ("not_testable", None, None)
    assert "the same three a year before" in row["needs"]
    # on 30 March the month has a weekday to come, so February closes the window, and December isn't billed
    assert margins(workspace, 1100, 13, as_of={"as_of": date(2026, 3, 30)})["state"] == "not_testable"


# --- 2: new clients add complexity


def effort(workspace, hours: float, **more) -> dict:
    """Old takes 10 hours a month with 10 users; One and Two started in August with 5 and 10 users."""
    clients = [
        {"client": "Old", "users": 10, "service_tier": "Gold", "starts_on": day("2020-01-01")},
        {"client": "One", "users": 5, "service_tier": "Gold", "starts_on": day("2025-08-20")},
        {"client": "Two", "users": 10, "service_tier": "Gold", "starts_on": day("2025-08-01"), **more},
        # three full months since December, so not yet
        {"client": "Late", "users": 10, "service_tier": "Gold", "starts_on": day("2025-12-01")},
        # a tier without an older client
        {"client": "Lone", "users": 10, "service_tier": "Iron", "starts_on": day("2025-08-01")},
    ]
    fourth_on = ("2025-12", *RECENT)
    return told(
        workspace,
        clients=clients,
        invoice_lines=billed("Old", YEAR, 1000),
        time_entries=[
            *worked("Old", YEAR, 10),
            *worked("Old", YEAR, 10, work_type="project"),
            # before their fourth month everything is new
            *worked("One", ("2025-09", "2025-10", "2025-11"), 99),
            *worked("One", fourth_on, hours),
            *worked("Two", fourth_on, 10),
            *worked("Late", RECENT, 99),
            *worked("Lone", RECENT, 99),
        ],
    )["new_clients_add_complexity"]


def test_new_clients_against_older_ones_of_their_tier(workspace):
    # an hour for a user and month: 4 x 5 and 4 x 10 hours; they took 4 x 10 and 4 x 10
    row = effort(workspace, 10)
    assert (row["state"], row["threshold"]) == ("fires", 1.25)
    assert row["value"] == pytest.approx(80 / 60, abs=1e-9)
    # 4 x 8.75 and 4 x 10 are 75 of 60, which is the threshold; a little less is clear
    assert effort(workspace, 8.75)["state"] == "fires"
    assert effort(workspace, 8.7)["state"] == "clear"


def test_two_new_clients_with_users_are_needed(workspace):
    row = effort(workspace, 10, users=None)
    assert (row["state"], row["value"]) == ("not_testable", None)
    assert "two clients" in row["needs"]


def test_months_after_the_end_of_a_client_do_not_count(workspace):
    # Two left in December: 1 x 10 expected of it instead of 4 x 10, and 1 x 10 taken; One 40 of 20
    row = effort(workspace, 10, ends_on=day("2025-12-31"))
    assert row["value"] == pytest.approx((40 + 10) / (20 + 10), abs=1e-9)


# --- 3: seniors do account work


def seniors(workspace, *entries, people=None) -> dict:
    people = people or [technician("Sam", level="Level 3"), technician("Olga", is_owner=True), technician("Ann")]
    return told(workspace, technicians=people, invoice_lines=billed("Acme", RECENT, 1000), time_entries=list(entries))[
        "seniors_do_account_work"
    ]


def test_account_work_of_level_three_and_owners(workspace):
    hours = [
        *worked("Acme", RECENT, 9, technician="Sam"),
        *worked("Acme", ["2026-01"], 1, technician="Sam", work_type="account_mgmt"),
        *worked("Acme", ["2026-02"], 5, technician="Olga", work_type="sales"),
        *worked("Acme", ["2026-02"], 7, technician="Olga"),
        *worked("Acme", RECENT, 50, technician="Ann", work_type="sales"),
        # before the three months
        *worked("Acme", ["2025-12"], 50, technician="Sam", work_type="sales"),
    ]
    row = seniors(workspace, *hours)
    # 6 of 27 + 1 + 5 + 7 = 40 hours
    assert (row["state"], row["value"], row["threshold"]) == ("fires", pytest.approx(0.15, abs=1e-12), 0.15)
    assert seniors(workspace, *hours, *worked("Acme", ["2026-03"], 1, technician="Sam"))["state"] == "clear"


def test_account_work_needs_levels_and_some_entry_of_it(workspace):
    support = worked("Acme", RECENT, 9, technician="Sam", work_type="support")
    assert "account management or sales" in seniors(workspace, *support)["needs"]
    sales = worked("Acme", RECENT, 9, work_type="sales")
    row = seniors(workspace, *sales, people=[ANN])
    assert (row["state"], row["needs"]) == ("not_testable", "levels or owners in the technicians file")


# --- 4: scope creep recurs


def creep(workspace, *months: str, hours: float = 5) -> dict:
    return told(
        workspace,
        invoice_lines=billed("Acme", YEAR, 1000),
        time_entries=[
            *worked("Acme", ["2025-03", *YEAR], 95, coverage="agreement"),
            *worked("Acme", months, hours, coverage="out_of_scope_unbilled"),
        ],
    )["scope_creep_recurs"]


def test_months_of_scope_creep(workspace):
    # 5 of 100 hours are the threshold; March 2025 lies before the twelve months
    row = creep(workspace, "2025-03", "2025-05", "2025-08", "2026-01", "2026-03")
    assert (row["state"], row["value"], row["threshold"]) == ("fires", 4, 4)
    assert creep(workspace, "2025-03", "2025-05", "2025-08", "2026-01")["state"] == "clear"
    assert creep(workspace, "2025-05", "2025-08", "2026-01", "2026-03", hours=4.9)["value"] == 0


def test_scope_creep_needs_an_entry_that_says_so(workspace):
    row = creep(workspace)
    assert (row["state"], row["value"]) == ("not_testable", None)


# --- 5: it can't run without the owner


def escalated(number: int, of_owner: int) -> list[dict]:
    opened = datetime(2026, 2, 3, 9)
    return [
        {"ticket_id": str(place), "opened_at": opened, "escalated": True,
         "technician": "Olga" if place < of_owner else "Ann"}
        for place in range(number)
    ]  # fmt: skip


def owners(workspace, people=None, **tables) -> dict:
    people = people or [ANN, technician("Olga", is_owner=True)]
    found = told(workspace, technicians=people, invoice_lines=billed("Acme", RECENT, 1000),
                 time_entries=worked("Acme", RECENT, 5), **tables)  # fmt: skip
    return found["cannot_run_without_the_owner"]


def test_escalations_on_the_owners_desk(workspace):
    row = owners(workspace, tickets=escalated(10, 3))
    assert (row["state"], row["value"], row["second_value"]) == ("fires", pytest.approx(0.3, abs=1e-12), None)
    assert owners(workspace, tickets=escalated(10, 2))["state"] == "clear"
    # nine are too few to say
    row = owners(workspace, tickets=escalated(9, 9))
    assert (row["state"], row["value"]) == ("not_testable", None)


def test_the_owner_must_be_known(workspace):
    row = owners(workspace, people=[ANN], tickets=escalated(10, 3))
    assert (row["state"], row["needs"]) == ("not_testable", "an owner in the technicians file")


def desk_without_owner(workspace, number: int) -> dict:
    """Olga is away from 9 to 13 February; 10 tickets end on every other business day of January to March."""
    days = [date.fromordinal(one) for one in range(day("2026-01-01").toordinal(), day("2026-04-01").toordinal())]
    away = [date(2026, 2, one) for one in range(9, 14)]
    tickets = [
        {"ticket_id": f"{one} {place}", "opened_at": datetime(one.year, one.month, one.day, 9),
         "resolved_at": datetime(one.year, one.month, one.day, 10)}
        for one in days if one.weekday() < 5 for place in range(number if one in away else 10)
    ]  # fmt: skip
    return owners(workspace, tickets=tickets, time_off=[{"technician": "Olga", "day": one} for one in away])


def test_the_desk_without_the_owner(workspace):
    row = desk_without_owner(workspace, 8)
    assert (row["state"], row["value"]) == ("fires", None)
    assert (row["second_value"], row["second_threshold"]) == (pytest.approx(0.8, abs=1e-12), 0.8)
    assert desk_without_owner(workspace, 9)["state"] == "clear"


# --- the rows behind each


def test_the_months_behind_a_falling_margin(workspace):
    entries = [*worked("Acme", BEFORE, 10), *worked("Acme", RECENT, 13), *whole("2025-01", "2026-03")]
    lines = [*billed("Acme", BEFORE, 1000), *billed("Acme", RECENT, 1100)]
    book = workspace(technicians=[ANN], invoice_lines=lines, time_entries=entries)
    rows = book.rows("metrics.signal_margin_months", **MARCH)
    assert [(row["month_start"], row["is_year_before"], row["service_gross_margin"]) for row in rows] == [
        *((day(month), True, 500) for month in BEFORE), *((day(month), False, 450) for month in RECENT),
    ]  # fmt: skip


def test_the_people_behind_the_account_work(workspace):
    people = [technician("Sam", level="3"), technician("Olga", is_owner=True), technician("Ann")]
    entries = [
        *worked("Acme", RECENT, 9, technician="Sam"),
        *worked("Acme", ["2026-01"], 3, technician="Sam", work_type="account_mgmt"),
        *worked("Acme", ["2026-02"], 5, technician="Olga", work_type="sales"),
        *worked("Acme", RECENT, 50, technician="Ann", work_type="sales"),
    ]
    book = workspace(
        technicians=people, invoice_lines=billed("Acme", RECENT, 1000),
        time_entries=[*entries, *whole("2026-01", "2026-03")],
    )  # fmt: skip
    rows = book.rows("metrics.senior_account_work", **MARCH)
    found = [(row["technician"], row["senior_hours"], row["senior_account_share"]) for row in rows]
    assert found == [("Olga", 5, 1), ("Sam", 30, pytest.approx(0.1, abs=1e-12))]


def test_the_months_behind_scope_creep(workspace):
    entries = [
        *worked("Acme", ["2025-03", *YEAR], 95, coverage="agreement"),
        *worked("Acme", ["2025-03", "2025-05"], 5, coverage="out_of_scope_unbilled"),
        *worked("Acme", ["2026-03"], 4, coverage="out_of_scope_unbilled"),
    ]
    book = workspace(invoice_lines=billed("Acme", YEAR, 1000), time_entries=[*entries, *whole("2025-01", "2026-03")])
    rows = book.rows("metrics.scope_creep_year", **MARCH)
    assert len(rows) == 12
    assert [row["month_start"] for row in rows if row["is_over"]] == [day("2025-05")]
    assert [row["out_of_scope_hours"] for row in rows if row["out_of_scope_hours"]] == [5, 4]


def test_the_tickets_behind_the_owners_escalations(workspace):
    olga = technician("Olga", is_owner=True)
    book = workspace(
        technicians=[ANN, olga], invoice_lines=billed("Acme", RECENT, 1000), tickets=escalated(10, 3),
        time_entries=[*worked("Acme", RECENT, 5), *whole("2025-01", "2026-03")],
    )  # fmt: skip
    rows = book.rows("metrics.owner_escalations", **MARCH)
    assert [(row["ticket_id"], row["technician"]) for row in rows] == [("0", "Olga"), ("1", "Olga"), ("2", "Olga")]


# --- together


def test_the_verdict_counts_what_could_be_tested(workspace):
    entries = [*worked("Acme", BEFORE, 10), *worked("Acme", RECENT, 13), *whole("2025-01", "2026-03")]
    lines = [*billed("Acme", BEFORE, 1000), *billed("Acme", RECENT, 1100)]
    book = workspace(technicians=[ANN], invoice_lines=lines, time_entries=entries)
    one = book.one("metrics.signal_verdict", **MARCH)
    assert (one["fired"], one["tested"], one["not_testable"], one["reading"]) == (1, 1, 4, "watch")
    # a stricter threshold of the user's own
    stricter = [{"name": "margin_fall", "value": 0.2}]
    book = workspace(technicians=[ANN], invoice_lines=lines, time_entries=entries, assumptions=stricter)
    assert book.one("metrics.signal_verdict", **MARCH)["reading"] == "none"


def test_two_signals_are_structural(workspace):
    olga = technician("Olga", is_owner=True)
    lines = [*billed("Acme", BEFORE, 1000), *billed("Acme", RECENT, 1100)]
    entries = [*worked("Acme", BEFORE, 10), *worked("Acme", RECENT, 13), *whole("2025-01", "2026-03")]
    book = workspace(technicians=[ANN, olga], invoice_lines=lines, time_entries=entries, tickets=escalated(10, 5))
    found = book.one("metrics.signal_verdict", **MARCH)
    assert (found["fired"], found["tested"], found["reading"]) == (2, 2, "structural")


@pytest.mark.parametrize(
    ("revenue", "hours", "nearness"),
    [
        # 10.95 of 1,050 leave 47.86 %: 2.14 points, 1.07 of the limit, but the growth is on its own
        (1050, 10.95, "on"),
        # growth of 5.2 % is 1.04 of its limit; 13 hours are a fall of far more
        (1052, 13, "just_above"),
        # 4.8 % is 0.96 of it
        (1048, 13, "just_below"),
        # both far beyond: 10 %, and 9.1 points; both far below: 2 % of growth, and a fall of 0.5 points
        (1100, 13, None),
        (1020, 10.3, None),
    ],
)
def test_how_near_the_limit_a_signal_with_two_of_them_is(workspace, revenue, hours, nearness):
    assert margins(workspace, revenue, hours)["nearness"] == nearness


@pytest.mark.parametrize(
    ("away", "state", "nearness"),
    # of 1,000 hours; the limit is 15 %, and a twentieth of it 0.75 points
    [(150, "fires", "on"), (157, "fires", "just_above"), (158, "fires", None), (143, "clear", "just_below"),
     (142, "clear", None)],
)  # fmt: skip
def test_how_near_the_limit_a_share_is(workspace, away, state, nearness):
    hours = [
        entry("2026-02-10", away, technician="Sam", work_type="account_mgmt"),
        entry("2026-02-10", 1000 - away, "Acme", technician="Sam"),
    ]
    row = seniors(workspace, *hours)
    assert (row["state"], row["nearness"]) == (state, nearness)


def test_either_limit_of_the_owner_may_be_near(workspace):
    book = [technician("Olga", is_owner=True), ANN]
    found = told(workspace, technicians=book, invoice_lines=billed("Acme", RECENT, 1000), tickets=escalated(100, 31))
    # 31 of 100 are 1.03 of the limit of 30 %
    assert found["cannot_run_without_the_owner"]["nearness"] == "just_above"


def test_the_verdict_says_what_hangs_on_a_limit(workspace):
    olga = technician("Olga", is_owner=True)
    lines = [*billed("Acme", BEFORE, 1000), *billed("Acme", RECENT, 1100)]
    entries = [*worked("Acme", BEFORE, 10), *worked("Acme", RECENT, 13), *whole("2025-01", "2026-03")]
    book = workspace(technicians=[ANN, olga], invoice_lines=lines, time_entries=entries, tickets=escalated(100, 31))
    found = book.one("metrics.signal_verdict", **MARCH)
    assert (found["reading"], found["clear_reading"]) == ("structural", "watch")
    assert (found["just_firing"], found["just_clear"]) == ("cannot_run_without_the_owner", None)


def test_an_empty_workspace_tests_nothing(workspace):
    book = workspace()
    rows = book.rows("metrics.signals", **MARCH)
    assert [row["state"] for row in rows] == ["not_testable"] * 5
    assert all(row["needs"] and row["value"] is row["evidence"] is row["nearness"] is None for row in rows)
    assert book.one("metrics.signal_verdict", **MARCH)["reading"] is None
