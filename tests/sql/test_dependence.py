"""Who does whose work: account work of seniors, the owner's part, and work that nobody pays for."""

from datetime import date, datetime, timedelta

import pytest

from tests.sql.rows import day, entry, months, reached, technician, whole

JANUARY = months("2026-01")
OWNER = technician("Olga", is_owner=True, level="3", hours_per_week=40)


def ticket(number: object, opened: date, ended: date | None = None, **more) -> dict:
    nine, ten = datetime.min.replace(hour=9).time(), datetime.min.replace(hour=10).time()
    return {
        "ticket_id": str(number),
        "opened_at": datetime.combine(opened, nine),
        "resolved_at": ended and datetime.combine(ended, ten),
        **more,
    }


# --- account work


def test_account_work_by_technician(workspace):
    book = workspace(
        technicians=[
            technician("Ann", level="Level 2"),
            technician("Ann", valid_from="2026-01-15", level="Level 3"),
            technician("Bob", level="Senior Engineer"),
            OWNER,
        ],
        time_entries=[
            # level 2 until the 15th
            entry("2026-01-05", 10, "Acme", technician="Ann", work_type="account_mgmt"),
            entry("2026-01-20", 4, "Acme", technician="Ann", work_type="Account Management"),
            entry("2026-01-20", 6, "Acme", technician="Ann", work_type="support"),
            entry("2026-01-05", 1, "Acme", technician="Bob", work_type="Pre-Sales"),
            entry("2026-01-05", 9, "Acme", technician="Bob", work_type="Project Management"),
            # internal hours are logged hours as well
            entry("2026-01-05", 5, None, technician="Olga", work_type="sales"),
            entry("2026-01-05", 5, "Acme", technician="Olga"),
            entry("2026-01-05", 2, "Acme", technician="Nobody listed", work_type="sales"),
            entry("2026-01-05", 7, "Acme", work_type="sales"),
            entry("2026-02-02", 7, "Acme", technician="Bob", work_type="sales"),
        ],
    )
    found = book.by("technician", "metrics.role_conflation", **JANUARY)
    named = ("level", "is_owner", "logged_hours", "account_hours", "account_share", "senior_hours")
    assert {name: tuple(row[column] for column in named) for name, row in found.items()} == {
        "Ann": ("Level 3", False, 20, 14, 0.7, 10),
        "Bob": ("Senior Engineer", False, 10, 1, 0.1, 10),
        "Olga": ("3", True, 10, 5, 0.5, 10),
        "Nobody listed": (None, None, 2, 2, 1, 0),
    }
    assert {name: row["senior_account_hours"] for name, row in found.items()} == {
        "Ann": 4, "Bob": 1, "Olga": 5, "Nobody listed": 0,
    }  # fmt: skip


def test_without_any_work_type_account_hours_are_missing(workspace):
    book = workspace(time_entries=[entry("2026-01-05", 5, "Acme", technician="Ann")])
    (row,) = book.rows("metrics.role_conflation", **JANUARY)
    assert (row["logged_hours"], row["account_hours"], row["account_share"]) == (5, None, None)


def test_work_types_of_which_none_is_account_work_cannot_say_that_there_was_none(workspace):
    """Remote Support and On-Site tell nothing of account management: the third signal can't be tested either."""
    work = [
        entry("2026-01-05", 5, "Acme", technician="Olga", work_type="Remote Support"),
        entry("2026-01-05", 3, "Acme", technician="Olga", work_type="Project"),
    ]
    book = workspace(technicians=[OWNER], time_entries=work)
    (row,) = book.rows("metrics.role_conflation", **JANUARY)
    assert (row["senior_hours"], row["senior_account_hours"], row["account_share"]) == (8, None, None)
    together = book.one("metrics.roles", **JANUARY)
    assert (together["senior_hours"], together["senior_account_share"]) == (8, None)


@pytest.mark.parametrize(
    ("said", "is_senior"),
    [("3", True), ("L3", True), ("Tier 3", True), ("Senior", True), ("13", False), ("30", False), ("2", False),
     ("Seniority unknown", False), (None, False)],
)  # fmt: skip
def test_level_three_by_what_it_says(workspace, said, is_senior):
    assert workspace().con.execute("select is_senior($said::varchar)", {"said": said}).fetchall() == [(is_senior,)]


# --- whose clients are whose


@pytest.mark.parametrize(("until", "judged"), [("2026-01-20", 0), ("2026-01-30", 1)])
def test_nobody_is_judged_by_months_that_the_hours_do_not_fill(workspace, until, judged):
    """Ann did all 50 hours of Acme's; up to the 20th nobody knows who does the rest of the month."""
    hours = [entry("2026-01-01", 0, "Acme"), entry("2026-01-12", 50, "Acme", technician="Ann"), entry(until, 0, "Acme")]
    found = workspace(time_entries=hours).one("metrics.dependence", **JANUARY)
    assert (found["clients"], found["clients_judged"], found["clients_on_one"]) == (1, judged, judged)
    assert found["has_whole_months"] is bool(judged)


# --- the owner's part


def dependence(workspace, period=JANUARY, **tables) -> dict:
    tables["tickets"] = [*tables.get("tickets", []), *reached("2026-03-31")]
    return workspace(**tables).one("metrics.owner_dependence", **period)


def test_hours_and_escalations_of_the_owner(workspace):
    fifth = day("2026-01-05")
    row = dependence(
        workspace,
        # Bob becomes an owner in the middle of the month
        technicians=[OWNER, technician("Bob"), technician("Bob", valid_from="2026-01-15", is_owner=True)],
        time_entries=[
            entry("2026-01-05", 3, "Acme", technician="Olga"),
            entry("2026-01-05", 50, None, technician="Olga"),
            entry("2026-01-05", 5, "Acme", technician="Bob"),
            entry("2026-01-20", 1, "Acme", technician="Bob"),
            entry("2026-01-20", 1, "Acme"),
        ],
        tickets=[
            ticket(1, fifth, technician="Olga", escalated=True),
            ticket(2, fifth, technician="Bob", escalated=True),
            ticket(3, day("2026-01-15"), technician="Bob", escalated=True),
            ticket(4, fifth, escalated=True),
            ticket(5, fifth, technician="Olga", escalated=False),
            ticket(6, fifth, technician="Olga"),
            ticket(7, fifth, technician="Olga", escalated=True, auto_resolved=True),
            ticket(8, fifth, technician="Olga", escalated=True, status="Closed"),
            ticket(9, day("2026-02-05"), technician="Olga", escalated=True),
        ],
    )
    assert row["owner_hours_share"] == pytest.approx(4 / 10, abs=1e-12)
    assert (row["owner_escalations"], row["escalations"], row["owner_escalation_share"]) == (2, 4, 0.5)
    assert (row["absence_days"], row["absence_ratio"]) == (None, None)


def test_an_owner_who_ends_tickets_and_logs_no_hour_has_no_share_of_the_hours(workspace):
    """Two tickets of Olga's and no hour of hers: that isn't 0 % of the work."""
    fifth = day("2026-01-05")
    tables = {
        "technicians": [OWNER, technician("Ann")],
        "tickets": [ticket(number, fifth, fifth, technician="Olga") for number in (1, 2)],
    }
    hours = [entry("2026-01-05", 9, "Acme", technician="Ann")]
    row = dependence(workspace, time_entries=hours, **tables)
    assert (row["owner_ended"], row["owner_hours"], row["owner_hours_share"]) == (2, 0, None)
    # with an hour of her own it is 1 of 10
    worked = dependence(workspace, time_entries=[*hours, entry("2026-01-05", 1, "Acme", technician="Olga")], **tables)
    assert worked["owner_hours_share"] == pytest.approx(0.1)
    idle = dependence(workspace, time_entries=hours, technicians=[OWNER, technician("Ann")])
    assert (idle["owner_ended"], idle["owner_hours_share"]) == (0, 0)


def test_nothing_is_said_without_an_owner(workspace):
    row = dependence(
        workspace,
        technicians=[technician("Ann")],
        time_entries=[entry("2026-01-05", 3, "Acme", technician="Ann")],
        tickets=[ticket(1, day("2026-01-05"), technician="Ann", escalated=True)],
        time_off=[{"technician": "Ann", "day": day("2026-01-05")}],
    )
    assert set(row.values()) == {None}


def test_where_no_ticket_says_so_there_is_no_escalation(workspace):
    row = dependence(
        workspace,
        technicians=[OWNER],
        time_entries=[entry("2026-01-05", 3, "Acme", technician="Olga")],
        tickets=[ticket(1, day("2026-01-05"), technician="Olga")],
    )
    assert (row["owner_hours_share"], row["escalations"], row["owner_escalation_share"]) == (1, None, None)


def ended(counts: dict[date, int]) -> list[dict]:
    return [ticket(f"{on} {place}", on, on) for on, number in counts.items() for place in range(number)]


def business_days(first: str, last: str) -> list[date]:
    days = [day(first) + timedelta(days=number) for number in range((day(last) - day(first)).days + 1)]
    return [one for one in days if one.weekday() < 5]


def away(*days: str, hours: float | None = None, who: str = "Olga") -> list[dict]:
    return [{"technician": who, "day": day(one), "hours": hours} for one in days]


def absence(workspace, number: int, elsewhere: int = 10, **tables) -> tuple:
    """The owner is away on Monday to Friday, 12 to 16 January; a number of tickets ends on each of these days."""
    week = business_days("2026-01-12", "2026-01-16")
    # four weeks before the 12th are 15 December, four weeks after the 16th are 13 February
    around = [one for one in business_days("2025-12-15", "2026-02-13") if one not in week]
    # the days beyond, and 1 January, a holiday
    beyond = {day("2025-12-12"): 99, day("2026-02-16"): 99, day("2026-01-01"): 40}
    counts = dict.fromkeys(around, elsewhere) | dict.fromkeys(week, number) | beyond
    row = dependence(
        workspace,
        **{
            "technicians": [OWNER],
            "time_off": away(*(str(one) for one in week)),
            "tickets": ended(counts),
            "holidays": [{"day": day("2026-01-01")}],
            "period": months("2025-12", "2026-02"),
            **tables,
        },
    )
    return row["absence_days"], row["absence_ratio"]


def test_the_desk_while_the_owner_is_away(workspace):
    # 6 a day instead of 10
    assert absence(workspace, 6) == (5, pytest.approx(0.6, abs=1e-12))


def test_a_ratio_needs_fifty_tickets_to_be_expected(workspace):
    # 5 days x 10 are 50 and 5 x 9 are not
    assert absence(workspace, 0) == (5, 0)
    assert absence(workspace, 5, elsewhere=9) == (5, None)


def test_part_of_a_day_and_one_of_two_owners_is_no_absence(workspace):
    whole_day, half = away("2026-01-12", hours=8), away("2026-01-13", hours=4)
    assert absence(workspace, 10, time_off=[*whole_day, *half])[0] == 1
    two = [OWNER, technician("Otto", is_owner=True)]
    both = [*away("2026-01-12", "2026-01-13"), *away("2026-01-13", who="Otto")]
    assert absence(workspace, 10, technicians=two, time_off=both)[0] == 1
    # an owner who has left isn't waited for
    left = [OWNER, technician("Otto", is_owner=True, ends_on="2025-12-31")]
    assert absence(workspace, 10, technicians=left, time_off=both)[0] == 2
    # a weekend and a holiday are no business days
    assert absence(workspace, 10, time_off=away("2026-01-10", "2026-01-01"))[0] == 0


def test_days_after_the_last_month_are_not_usual_days(workspace):
    # up to the end of January 10 tickets end a day; what comes after it doesn't count
    week = business_days("2026-01-12", "2026-01-16")
    counts = dict.fromkeys(business_days("2025-12-15", "2026-01-30"), 10)
    row = dependence(
        workspace,
        technicians=[OWNER],
        tickets=ended(counts),
        time_off=away(*(str(one) for one in week)),
        period=months("2026-01"),
    )
    assert (row["absence_days"], row["absence_ratio"]) == (5, 1)


# --- work out of scope


def creep(workspace, *entries) -> dict:
    rows = workspace(time_entries=[*entries, *whole("2025-12", "2026-03")]).rows("metrics.scope_creep_monthly")
    return {row["month_start"].isoformat()[:7]: row for row in rows}


def test_out_of_scope_by_month(workspace):
    found = creep(
        workspace,
        entry("2026-01-05", 1, "Acme", coverage="out_of_scope_unbilled"),
        entry("2026-01-05", 7, "Acme", coverage="agreement"),
        # no coverage stated: client hours, in no share
        entry("2026-01-05", 12, "Acme"),
        entry("2026-01-05", 30, "Acme", coverage="internal"),
        entry("2026-03-02", 5, "Acme"),
    )
    # December has no client hours, February neither, and lies between
    assert list(found) == ["2026-01", "2026-02", "2026-03"]
    january = found["2026-01"]
    assert (january["client_hours"], january["out_of_scope_hours"], january["out_of_scope_share"]) == (20, 1, 0.125)
    assert (found["2026-02"]["client_hours"], found["2026-02"]["out_of_scope_share"]) == (0, None)
    assert (found["2026-03"]["client_hours"], found["2026-03"]["out_of_scope_hours"]) == (5, None)


def test_a_month_that_is_not_complete_is_not_shown(workspace):
    rows = [entry("2026-01-05", 1, "Acme", coverage="agreement"), *whole("2026-01"), entry("2026-02-10", 1, "Acme")]
    found = workspace(time_entries=rows).rows("metrics.scope_creep_monthly")
    assert [str(row["month_start"]) for row in found] == ["2026-01-01"]
