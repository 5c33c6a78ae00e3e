"""Contracted, absent, logged and sold hours of technicians."""

import pytest

from tests.sql.rows import day, entry, line, months, technician, whole

# January 2026 has 22 weekdays, the last of them Friday the 30th; entries on the first and on it make the month complete
JANUARY = months("2026-01")
LAST = [entry("2026-01-01", 0, "Acme"), entry("2026-01-30", 0, "Acme")]


def off(name: str, on: str, hours=None, kind: str = "pto") -> dict:
    return {"technician": name, "day": day(on), "hours": hours, "kind": kind}


def used(book, **period) -> dict:
    return book.by("technician", "metrics.technician_utilisation", **(period or JANUARY))


def net(workspace, **tables) -> float:
    book = workspace(technicians=[technician("Ann", hours_per_week=40)], time_entries=LAST, **tables)
    return used(book)["Ann"]["net_hours"]


def test_three_numerators_over_three_denominators(workspace):
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40)],
        time_off=[off("Ann", "2026-01-05"), off("Ann", "2026-01-06", 4)],
        holidays=[{"day": day("2026-01-01")}],
        time_entries=[
            *LAST,
            entry("2026-01-07", 60, "Acme", technician="Ann", coverage="agreement"),
            entry("2026-01-08", 20, "Acme", technician="Ann", coverage="billable"),
            entry("2026-01-09", 10, "Acme", technician="Ann", coverage="out_of_scope_unbilled", billable=True),
            entry("2026-01-12", 8, "Acme", technician="Ann", billable=True),
            entry("2026-01-13", 2, "Acme", technician="Ann", billable=False),
            entry("2026-01-14", 5, None, technician="Ann", billable=True),
            entry("2026-01-15", 3, "Acme", technician="Ann", coverage="internal"),
        ],
    )
    ann = used(book)["Ann"]
    # 22 weekdays x 8 = 176; less a holiday, a day and half a day
    assert (ann["gross_hours"], ann["net_hours"]) == (176, 156)
    # agreement 60, billable 20, empty coverage and billable 8; out of scope is client time that nobody pays for
    assert (ann["logged_hours"], ann["client_hours"], ann["billable_hours"]) == (108, 100, 88)
    assert ann["utilisation_gross"] == pytest.approx(100 / 176, abs=1e-12)
    assert ann["utilisation_net"] == pytest.approx(100 / 156, abs=1e-12)
    assert ann["billable_utilisation"] == pytest.approx(88 / 156, abs=1e-12)
    assert ann["time_capture"] == pytest.approx(108 / 156, abs=1e-12)


@pytest.mark.parametrize(
    ("time_off", "hours"),
    [
        ([], 176),
        ([off("Ann", "2026-01-05")], 168),
        ([off("Ann", "2026-01-05", 0)], 168),
        ([off("Ann", "2026-01-05", 3)], 173),
        # capped at the day's capacity, by one row or by two
        ([off("Ann", "2026-01-05", 24)], 168),
        ([off("Ann", "2026-01-05", 6), off("Ann", "2026-01-05", 6, "sick")], 168),
        ([off("Ann", "2026-01-05", 2), off("Ann", "2026-01-05", 3, "sick")], 171),
        # a weekend has no hours to lose
        ([off("Ann", "2026-01-03")], 176),
        ([off("ANN ", "2026-01-05")], 168),
        ([off("Somebody", "2026-01-05")], 176),
    ],
)
def test_time_off(workspace, time_off, hours):
    assert net(workspace, time_off=time_off) == hours


def test_a_day_off_on_a_holiday_is_lost_once(workspace):
    assert net(workspace, time_off=[off("Ann", "2026-01-01")], holidays=[{"day": day("2026-01-01")}]) == 168


def test_kind_holiday_counts_only_without_a_list_of_holidays(workspace):
    own = [off("Ann", "2026-01-06", kind="Holiday")]
    assert net(workspace, time_off=own) == 168
    assert net(workspace, time_off=own, holidays=[{"day": day("2026-01-01")}]) == 168
    assert net(workspace, time_off=own, holidays=[{"day": day("2026-07-04")}]) == 176


IN_BERLIN = [{"name": "holiday_country", "said": "DE"}]


def test_the_holidays_of_a_country_count_only_where_none_are_loaded(workspace):
    """In January 2026 Germany has New Year alone: 176 less 8. A loaded list of another day goes first, whole."""
    assert net(workspace) == 176
    assert net(workspace, assumptions=IN_BERLIN) == 168
    assert net(workspace, assumptions=IN_BERLIN, time_off=[off("Ann", "2026-01-01", kind="Holiday")]) == 168
    assert net(workspace, assumptions=IN_BERLIN, holidays=[{"day": day("2026-07-04")}]) == 176


def test_assumed_holidays_are_said_to_be_assumed(workspace):
    book = workspace(assumptions=IN_BERLIN)
    named = "select is_assumed from core.holidays inner join core.assumed_holidays using (day)"
    assert book.sql(f"{named} where day = date '2026-10-03'") == [(True,)]
    assert book.one("metrics.assumptions")["holiday_country"] == "DE"
    assert book.sql("select 1 from core.holidays where day in (date '2026-07-14', date '2026-07-04')") == []


def test_a_holiday_at_the_weekend_costs_nothing(workspace):
    assert net(workspace, holidays=[{"day": day("2026-01-03")}]) == 176


def test_part_timers_starters_and_leavers(workspace):
    book = workspace(
        technicians=[
            technician("Part", hours_per_week=20),
            technician("Assumed"),
            # 19 to 30 January: 10 weekdays, both ends included
            technician("Starter", hours_per_week=40, starts_on="2026-01-19"),
            # 1 to 9 January: 7 weekdays
            technician("Leaver", hours_per_week=40, ends_on="2026-01-09"),
            technician("Gone", hours_per_week=40, ends_on="2025-06-30"),
            technician("Sales", hours_per_week=40, is_service=False),
        ],
        holidays=[{"day": day("2026-01-01")}, {"day": day("2026-01-19")}],
        time_entries=[*LAST, entry("2026-01-05", 9, "Acme", technician="Sales")],
    )
    hours = {name: (row["gross_hours"], row["net_hours"]) for name, row in used(book).items()}
    assert hours == {"Part": (88, 80), "Assumed": (176, 160), "Starter": (80, 72), "Leaver": (56, 48)}


def test_hours_of_a_week_change_on_the_day_they_change(workspace):
    book = workspace(
        technicians=[
            technician("Ann", hours_per_week=40),
            technician("Ann", hours_per_week=20, valid_from="2026-01-19"),
        ],
        time_entries=[*LAST, entry("2026-01-20", 15, "Acme", technician="Ann")],
    )
    # 12 weekdays x 8 + 10 x 4
    assert used(book)["Ann"]["gross_hours"] == 136


def test_hours_outside_employment_count_and_are_flagged(workspace):
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40, starts_on="2026-01-19")],
        time_entries=[
            *LAST,
            entry("2026-01-16", 8, "Acme", technician="Ann"),
            entry("2026-01-19", 8, "Acme", technician="Ann"),
        ],
    )
    assert used(book)["Ann"]["client_hours"] == 16
    assert book.sql("select row_number from core.flagged_rows where flag = 'outside_employment'") == [(4,)]


def test_a_name_that_only_time_entries_know_shows_hours_alone(workspace):
    book = workspace(
        technicians=[technician("Ann")],
        time_entries=[*LAST, entry("2026-01-05", 3, "Acme", technician="Zed"), entry("2026-01-05", 1, "Acme")],
    )
    rows = used(book)
    assert set(rows) == {"Ann", "Zed"}
    zed = rows["Zed"]
    assert (zed["logged_hours"], zed["client_hours"]) == (3, 3)
    assert [zed[name] for name in ("gross_hours", "net_hours", "utilisation_net", "time_capture")] == [None] * 4
    summary = book.one("metrics.utilisation_summary", **JANUARY)
    assert (summary["technicians"], summary["hours_outside_capacity"]) == (1, 3)


def test_capacity_is_of_whole_months_that_the_hours_reach(workspace):
    # Wednesday the 28th is the third-last weekday: the month counts, with all its 22 weekdays
    work = [entry("2026-01-01", 7, "Acme", technician="Ann"), entry("2026-01-28", 7, "Acme", technician="Ann")]
    book = workspace(technicians=[technician("Ann")], time_entries=work)
    assert (used(book)["Ann"]["gross_hours"], used(book)["Ann"]["client_hours"]) == (176, 14)
    # a day earlier it is unknown
    work[1] = entry("2026-01-27", 7, "Acme", technician="Ann")
    book = workspace(technicians=[technician("Ann")], time_entries=work)
    assert [used(book)["Ann"][name] for name in ("gross_hours", "client_hours", "utilisation_net")] == [None] * 3
    assert used(book, **months("2026-02")) == {}


def test_who_ends_tickets_and_logs_no_hour_is_not_the_least_used(workspace):
    ended = {"ticket_id": "1", "technician": "Owen", "opened_at": day("2026-01-05"), "resolved_at": day("2026-01-06")}
    book = workspace(
        technicians=[technician(name, hours_per_week=40) for name in ("Ann", "Owen", "Idle")],
        time_entries=[*whole("2026-01"), entry("2026-01-05", 88, "Acme", technician="Ann")],
        tickets=[ended],
    )
    found = book.one("metrics.utilisation_summary", **JANUARY)
    assert (found["technicians"], found["below_band"]) == (3, 2)
    assert (found["lowest_technician"], found["unlogged"]) == ("Idle", "Owen ended 1 ticket")


@pytest.mark.parametrize(("hours", "share", "left_out"), [([], 88 / 176, "Owen"), ([44], 132 / 352, None)])
def test_an_owner_who_logs_nothing_is_in_no_ratio_of_the_team(workspace, hours, share, left_out):
    """Ann sold 88 of 176 hours. Owen, an owner on 176 more, is counted once he writes 44 down, and unknown before."""
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40), technician("Owen", hours_per_week=40, is_owner=True)],
        time_entries=[
            *LAST, entry("2026-01-07", 88, "Acme", technician="Ann"),
            *(entry("2026-01-08", worked, "Acme", technician="Owen") for worked in hours),
        ],
    )  # fmt: skip
    team = book.one("metrics.utilisation", **JANUARY)
    assert team["utilisation_net"] == team["time_capture"] == pytest.approx(share, abs=1e-12)
    assert (team["owners_unlogged"], team["technicians"]) == (left_out, 1 if left_out else 2)
    summary = book.one("metrics.utilisation_summary", **JANUARY)
    assert (summary["unlogged"], summary["below_band"]) == (
        "Owen is an owner" if left_out else None,
        1 if left_out else 2,
    )
    room = book.by("technician", "metrics.technician_room", **JANUARY)["Owen"]
    assert room["utilisation_net"] == (None if left_out else 0.25)
    assert room["net_share"] == 1
    # the row of his own says what is written down of his contract
    assert used(book)["Owen"]["utilisation_net"] == (0 if left_out else 0.25)


def test_a_technician_without_hours_is_idle_and_not_missing(workspace):
    book = workspace(technicians=[technician("Ann")], time_entries=LAST)
    assert used(book)["Ann"]["utilisation_net"] == 0
    assert used(book)["Ann"]["billable_utilisation"] is None, "no entry says how it is covered"


def test_net_hours_of_zero_leave_the_ratio_empty(workspace):
    week = [off("Ann", f"2026-01-{number:02}") for number in range(5, 10)]
    book = workspace(
        technicians=[technician("Ann", starts_on="2026-01-05", ends_on="2026-01-09")],
        time_off=week,
        time_entries=[*LAST, entry("2026-01-06", 2, "Acme", technician="Ann")],
    )
    ann = used(book)["Ann"]
    assert (ann["net_hours"], ann["utilisation_net"], ann["utilisation_gross"]) == (0, None, 0.05)


def test_a_period_sums_before_it_divides(workspace):
    book = workspace(
        technicians=[technician("Ann", starts_on="2025-12-29")],
        time_entries=[
            *LAST,
            entry("2025-12-01", 0),
            entry("2025-12-29", 24, "Acme", technician="Ann"),
            entry("2026-01-05", 76, "Acme", technician="Ann"),
        ],
    )
    # 3 weekdays of December and 22 of January: 100 / 200
    assert used(book, **months("2025-12", "2026-01"))["Ann"]["utilisation_net"] == 0.5
    summary = book.one("metrics.utilisation_summary", **months("2025-12", "2026-01"))
    assert (summary["below_band"], summary["in_band"], summary["above_band"], summary["low_capture"]) == (1, 0, 0, 1)
    by_month = book.by("month_start", "metrics.utilisation_monthly")
    assert by_month[day("2025-12")]["utilisation_net"] == 1


def test_the_highest_comes_first_and_the_unknown_last(workspace):
    work = [("Ann", 8), ("Bob", 16), ("Cy", 16), ("Zed", 4)]
    book = workspace(
        technicians=[technician(name) for name in ("Cy", "Bob", "Ann")],
        time_entries=[*LAST, *(entry("2026-01-05", hours, "Acme", technician=name) for name, hours in work)],
    )
    rows = book.rows("metrics.technician_utilisation", **JANUARY)
    assert [row["technician"] for row in rows] == ["Bob", "Cy", "Ann", "Zed"]


def test_months_that_nothing_is_loaded_for_are_no_comparison(workspace):
    ann = technician("Ann", hours_per_week=40)
    work = [entry("2026-01-30", 88, "Acme", technician="Ann"), entry("2026-02-27", 80, "Acme", technician="Ann")]
    book = workspace(technicians=[ann], time_entries=[*work, *whole("2026-01", "2026-02")])
    # nothing is known of November and December, in which Ann was employed all the same
    both = months("2026-01", "2026-02")
    assert book.one("metrics.utilisation", **both)["utilisation_net"] == pytest.approx(168 / (176 + 160), abs=1e-12)
    assert not book.one("metrics.previous_period", **both)["has_labour"]
    assert not book.one("metrics.previous_period", **JANUARY)["has_labour"]
    # January alone stands before February: 88 / 176
    january = book.one("metrics.utilisation", **book.before("2026-02"))
    assert (january["utilisation_net"], january["time_capture"]) == (0.5, 0.5)


def test_a_gap_in_the_hours_is_no_comparison(workspace):
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40)],
        time_entries=[entry("2025-12-01", 8, "Acme", technician="Ann"), entry("2026-02-27", 8, "Acme")],
    )
    assert not book.one("metrics.previous_period", **months("2026-02"))["has_labour"]


def test_months_that_are_not_whole_are_unknown_and_in_no_ratio(workspace):
    """Four months of hours in a period of twelve showed 3.1 %, and months without an entry 0."""
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40)],
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-06", 88, "Acme", technician="Ann"),
            entry("2026-02-12", 9, "Acme", technician="Ann"),
        ],
    )
    ann = used(book, **months("2025-06", "2026-02"))["Ann"]
    # January's 22 weekdays alone: February ends on the 12th
    assert (ann["gross_hours"], ann["client_hours"], ann["utilisation_net"]) == (176, 88, 0.5)
    assert book.one("metrics.utilisation", **months("2025-06", "2026-02"))["utilisation_net"] == 0.5
    monthly = book.by("month_start", "metrics.utilisation_monthly")
    known = {
        str(start)[:7]: row["utilisation_net"] for start, row in monthly.items() if row["utilisation_net"] is not None
    }
    assert known == {"2026-01": 0.5}
    # of a period that nothing is known of, a technician has no hours, not 0
    unknown = used(book, **months("2026-02"))["Ann"]
    assert [unknown[name] for name in ("gross_hours", "client_hours", "utilisation_net")] == [None] * 3
    assert book.one("metrics.utilisation_summary", **months("2026-02"))["below_band"] in (None, 0)


@pytest.mark.parametrize(
    ("stated", "alone"),
    [
        ({"billable": False}, True),
        ({"coverage": "billable"}, True),
        ({"coverage": "agreement"}, False),
        ({"agreement": "Care plan"}, False),
        # nothing is said of billing, and nothing shown
        ({}, False),
    ],
)
def test_billable_hours_may_be_those_billed_on_top_alone(workspace, stated, alone):
    """ConnectWise says Billable, No Charge or Do Not Bill, and of agreements nothing."""
    work = [
        entry("2026-01-06", 10, "Acme", technician="Ann", **stated),
        *([entry("2026-01-07", 1, "Acme", technician="Ann", billable=True)] if stated else []),
    ]
    book = workspace(technicians=[technician("Ann", hours_per_week=40)], time_entries=[*whole("2026-01"), *work])
    assert bool(book.one("metrics.utilisation", **JANUARY)["is_on_top_alone"]) is alone


def test_an_agreement_that_an_entry_names_covers_it_also_where_no_invoice_is_written(workspace):
    """Do Not Bill beside the agreement is how ConnectWise marks work inside it: it isn't work that nobody pays for."""
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40)],
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-06", 100, "Acme", technician="Ann", billable=False, agreement="Managed Support"),
            entry("2026-01-07", 10, "Acme", technician="Ann", billable=True),
            # neither is paid for: no agreement is named, and what is out of scope says so itself
            entry("2026-01-08", 20, "Poor", technician="Ann", billable=False),
            entry("2026-01-09", 6, "Acme", technician="Ann", agreement="Managed", coverage="out_of_scope_unbilled"),
            entry("2026-01-12", 4, "Acme", technician="Ann"),
        ],
    )
    # 22 weekdays x 8 = 176 hours: 140 on clients, 100 by the agreement and 10 on top
    team = book.one("metrics.utilisation", **JANUARY)
    assert (team["client_hours"], team["billable_hours"]) == (140, 110)
    assert team["billable_utilisation"] == pytest.approx(110 / 176, abs=1e-12)


def test_naming_an_agreement_is_enough_to_say_what_is_billable(workspace):
    work = entry("2026-01-06", 88, "Acme", technician="Ann", agreement="Managed Support")
    book = workspace(technicians=[technician("Ann", hours_per_week=40)], time_entries=[*whole("2026-01"), work])
    assert book.one("metrics.utilisation", **JANUARY)["billable_utilisation"] == 88 / 176


def test_a_leavers_stray_hours_are_in_no_ratio_of_the_company(workspace):
    """Hours booked after the last day count for the technician, who isn't one below the band."""
    book = workspace(
        technicians=[
            technician("Ann", hours_per_week=40),
            technician("Gone", hours_per_week=40, ends_on="2025-06-30"),
        ],
        time_entries=[
            *whole("2026-01"),
            entry("2026-01-06", 132, "Acme", technician="Ann"),
            entry("2026-01-07", 8, "Acme", technician="Gone"),
        ],
    )
    assert (used(book)["Gone"]["client_hours"], used(book)["Gone"]["utilisation_net"]) == (8, None)
    found = book.one("metrics.utilisation", **JANUARY)
    assert (found["technicians"], found["utilisation_net"]) == (1, 0.75)
    summary = book.one("metrics.utilisation_summary", **JANUARY)
    assert (summary["technicians"], summary["below_band"], summary["in_band"]) == (1, 0, 1)
    assert summary["hours_outside_capacity"] == 8
    assert book.one("metrics.utilisation_monthly")["utilisation_net"] == 0.75


def test_hours_over_the_band_and_room_below_it(workspace):
    """January 2026 has 22 weekdays: 176 hours at 40 a week, of which the band ends at 80 %, 140.8."""
    book = workspace(
        technicians=[
            *(technician(name, hours_per_week=40) for name in ("Ann", "Ben", "Cal")),
            technician("Eve", hours_per_week=40, ends_on="2026-01-30"),
        ],
        time_entries=[
            entry("2026-01-06", 8, "Acme", technician="Eve"),
            *(entry("2026-01-02", 8, "Acme", technician="Ann") for _ in range(20)),
            *(entry("2026-01-05", 8, "Acme", technician="Ben") for _ in range(10)),
            entry("2026-01-30", 5, "Beta", technician="Ben"),
            entry("2026-01-02", 3, "Acme", technician="Dot"),
        ],
    )
    found = book.rows("metrics.technician_room", **JANUARY)
    # Ann 160; Ben 85; of Cal, who logs nothing, and Dot, whom no file lists, nobody knows; Eve is gone by the 30th
    assert [row["technician"] for row in found] == ["Ben", "Ann", "Cal", "Dot", "Eve"]
    assert [row["hours_over_band"] for row in found] == pytest.approx([0, 19.2, 0, None, 0])
    assert [row["hours_of_room"] for row in found] == pytest.approx([55.8, 0, None, None, None])
    assert [row["no_room"] for row in found] == [None, None, "logged no hour", None, "has left"]
    (month,) = book.rows("metrics.technician_months", technician_key="ann", **JANUARY)
    assert (month["hours_over_band"], month["hours_of_room"]) == pytest.approx((19.2, 0))
    clients = book.rows("metrics.technician_clients", technician_key="ben", **JANUARY)
    assert [(row["client"], row["labour_hours"]) for row in clients] == [("Acme", 80), ("Beta", 5)]
    assert [row["hours_share"] for row in clients] == pytest.approx([80 / 85, 5 / 85])


def test_utilisation_by_the_level_that_held(workspace):
    """January 2026 has 22 weekdays: 12 until the 16th, 10 from the 19th."""
    book = workspace(
        technicians=[
            technician("Ann", level="1", hours_per_week=40),
            technician("Ann", level="2", hours_per_week=40, valid_from="2026-01-19"),
            technician("Bob", level="2", hours_per_week=40),
            technician("Cy", hours_per_week=40),
            technician("Gone", level="1", hours_per_week=40, ends_on="2025-06-30"),
            technician("Sales", level="1", is_service=False),
        ],
        time_entries=[
            *LAST,
            entry("2026-01-05", 48, "Acme", technician="Ann"),
            entry("2026-01-05", 10, None, technician="Ann"),
            entry("2026-01-20", 40, "Acme", technician="Ann"),
            entry("2026-01-20", 152, "Acme", technician="Bob"),
            # neither has capacity, nor a place in a ratio
            entry("2026-01-20", 8, "Acme", technician="Gone"),
            entry("2026-01-20", 8, "Acme", technician="Sales"),
            entry("2026-01-20", 8, "Acme", technician="Only in entries"),
        ],
    )
    found = book.by("level", "metrics.level_utilisation", **JANUARY)
    named = ("technicians", "net_hours", "client_hours", "utilisation_net")
    assert {level: tuple(row[name] for name in named) for level, row in found.items()} == {
        "1": (1, 96, 48, 0.5),
        # 80 of Ann's and 176 of Bob's hours
        "2": (2, 256, 192, 0.75),
        "(none)": (1, 176, 0, 0),
    }
    assert found["1"]["time_capture"] == pytest.approx(58 / 96, abs=1e-12)
    monthly = book.by("level", "metrics.level_utilisation_monthly")
    assert {level: row["utilisation_net"] for level, row in monthly.items()} == {"1": 0.5, "2": 0.75, "(none)": 0}


def test_realisation_is_of_hours_that_no_agreement_covers(workspace):
    rate = [{"name": "bill_rate", "said": "100"}]
    work = [
        entry("2026-01-05", 4, "Acme", coverage="billable", billed_amount=300),
        # written off on the invoice, and never said what became of it
        entry("2026-01-05", 1, "Acme", coverage="billable", billed_amount=0),
        entry("2026-01-05", 7, "Acme", coverage="billable"),
        # billable at 0 is an agreement's work, as systems write it; so is what an agreement covers at any amount
        entry("2026-01-05", 9, "Acme", billable=True, billed_amount=0),
        entry("2026-01-05", 9, "Acme", coverage="agreement", billed_amount=900),
        entry("2026-01-05", 5, "Acme", billable=True, billed_amount=600, work_type="project"),
        entry("2026-01-05", 5, None, billable=True, billed_amount=600),
    ]
    book = workspace(time_entries=[*LAST, *work], assumptions=rate)
    found = book.one("metrics.realisation", **JANUARY)
    # 300 + 0 + 600 for 4 + 1 + 5 hours, of 35 for clients
    assert (found["billed_hours"], found["billed_amount"], found["standard_amount"]) == (10, 900, 1000)
    assert (found["client_hours"], found["realisation"]) == (35, 0.9)
    assert found["billed_share"] == pytest.approx(10 / 35, abs=1e-12)
    (month,) = book.rows("metrics.realisation_monthly")
    assert (month["month_start"], month["realisation"]) == (day("2026-01"), 0.9)


def test_without_billed_amounts_there_is_no_realisation(workspace):
    book = workspace(time_entries=[*LAST, entry("2026-01-05", 4, "Acme", coverage="billable")])
    found = book.one("metrics.realisation", **JANUARY)
    assert (found["client_hours"], found["billed_hours"]) == (4, 0)
    assert [found[name] for name in ("billed_amount", "standard_amount", "realisation")] == [None] * 3


def watched(workspace, **hours: dict[str, float]) -> dict:
    """Client hours by technician and month, of 160 net hours in February 2026, 176 in January and March."""
    work = [
        entry(f"{month}-02", found, "Acme", technician=name)
        for name, by_month in hours.items()
        for month, found in by_month.items()
    ]
    logged = [
        entry(f"{month}-02", 170 - found, None, technician=name)
        for name, by_month in hours.items()
        if name != "Quiet"
        for month, found in by_month.items()
    ]
    book = workspace(
        technicians=[technician(name, hours_per_week=40) for name in hours],
        time_entries=[*whole("2026-01", "2026-03"), *work, *logged],
    )
    return book.by("technician", "metrics.watch_list", **months("2026-01", "2026-03"))


def test_two_months_in_a_row_up_to_the_last_are_watched(workspace):
    # the band is 112 to 128 hours in February, 123.2 to 140.8 in January and March
    found = watched(
        workspace,
        Over={"2026-01": 130, "2026-02": 140, "2026-03": 160},
        Idle={"2026-01": 60, "2026-02": 100, "2026-03": 100},
        # a month alone, and two that are over
        Once={"2026-01": 130, "2026-02": 120, "2026-03": 160},
        Past={"2026-01": 160, "2026-02": 150, "2026-03": 130},
        Mixed={"2026-01": 130, "2026-02": 140, "2026-03": 100},
        Quiet={"2026-01": 130, "2026-02": 100, "2026-03": 100},
    )
    assert {name: (row["state"], row["months"], row["since"]) for name, row in found.items()} == {
        "Over": ("saturated", 2, day("2026-02")),
        "Idle": ("idle", 3, day("2026-01")),
        # no more is written down than the hours of clients: 200 of 336
        "Quiet": ("unread", 2, day("2026-02")),
    }
    # 300 of 336 hours, 268.8 of which the band holds: 31.2 over two months
    assert found["Over"]["utilisation_net"] == pytest.approx(300 / 336, abs=1e-12)
    assert found["Over"]["hours_a_month"] == pytest.approx(15.6)
    # 0.7 x 512 - 260 over three months
    assert found["Idle"]["hours_a_month"] == pytest.approx((358.4 - 260) / 3)


def test_one_month_is_no_run(workspace):
    book = workspace(
        technicians=[technician("Ann", hours_per_week=40)],
        time_entries=[*whole("2026-01", "2026-02"), entry("2026-02-03", 160, "Acme", technician="Ann")],
    )
    assert book.rows("metrics.watch_list", **months("2026-02")) == []
    assert book.rows("metrics.watch_list", **months("2025-01", "2025-02")) == []


USUAL = {1: 10, 2: 100, 3: 38, 4: 100, 5: 0, 6: 100, 7: 100, 8: 20}


def gaps(workspace, hours: dict[int, float], **more) -> dict[int, float]:
    book = workspace(
        invoice_lines=[line("Acme", f"2026-0{month}-01", 1000) for month in hours],
        time_entries=[
            *(
                entry(f"2026-0{month}-15", worked, "Acme", technician="Kim")
                for month, worked in hours.items()
                if worked
            ),
            *whole("2026-01", "2026-08"),
        ],
        **more,
    )
    (check,) = {len(book.rows("checks.technician_months_with_far_fewer_hours_than_usual"))}
    found = book.rows("metrics.technician_gaps", **months("2026-01", "2026-08"))
    assert check == len(found) and {row["usual_hours"] for row in found} <= {100}
    assert book.one("metrics.client_margin_summary", **months("2026-01", "2026-08"))["gap_months"] == len(found)
    return {row["month_start"].month: row["hours_share"] for row in found}


def test_months_with_under_half_of_the_usual_hours_and_no_leave_are_named(workspace):
    # the median of 10, 20, 38 and four times 100 is 100; in January Kim may have come, in August gone
    assert gaps(workspace, USUAL) == {3: pytest.approx(0.38), 5: 0}
    # 50 is half
    assert gaps(workspace, {**USUAL, 3: 50, 5: 100}) == {}


def test_leave_part_months_longer_runs_and_few_hours_are_no_gap(workspace):
    # March and seven weekdays of May off: 38 + 176 hours, and 56 of 100
    away = [off("Kim", f"2026-05-{day_:02}") for day_ in (4, 5, 6, 7, 8, 11, 12)]
    listed = technician("Kim", hours_per_week=40, starts_on="2025-01-01")
    assert list(gaps(workspace, USUAL, technicians=[listed], time_off=away)) == [3]
    # who is employed from the tenth of March on, or was gone for four months, is no gap
    late = technician("Kim", hours_per_week=40, starts_on="2026-03-10")
    assert list(gaps(workspace, USUAL, technicians=[late])) == [5]
    long = {1: 100, 2: 100, 3: 5, 4: 5, 5: 5, 6: 5, **dict.fromkeys((7, 8), 100)}
    assert gaps(workspace, {**long, 2: 100}) == {}
    assert gaps(workspace, {month: worked / 4 for month, worked in USUAL.items()}) == {}
