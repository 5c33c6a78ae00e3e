"""Whose hours they are, and what an hour costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.sql.rows import day, entry, line, months, technician, whole
from vitals.workspace import choices

JANUARY = months("2026-01")
NO_TICKET = "checks.entries_of_tickets_in_no_file"
FUTURE = str(date.today() + timedelta(days=40))


def client_hours(book) -> dict[str, float]:
    return {row["client"]: row["labour_hours"] for row in book.rows("metrics.client_margin", **JANUARY)}


def cost(book, client: str = "Acme") -> Decimal:
    return book.by("client", "metrics.client_margin", **JANUARY)[client]["labour_cost"]


def test_an_entry_belongs_to_its_own_client_then_its_tickets_then_nobody(workspace):
    book = workspace(
        tickets=[{"ticket_id": "T1", "client": "Acme"}, {"ticket_id": "T2"}],
        time_entries=[
            entry("2026-01-05", 1, "Birch", ticket_id="T1", entry_id="E1"),
            entry("2026-01-05", 2, None, ticket_id="T1", entry_id="E2"),
            entry("2026-01-05", 4, None, ticket_id="T2", entry_id="E3"),
            entry("2026-01-05", 8, None, ticket_id="unheard of", entry_id="E4"),
            entry("2026-01-05", 16, None, entry_id="E5"),
        ],
    )
    assert client_hours(book) == {"Birch": 1, "Acme": 2, "(no client)": 4}
    assert book.sql("select sum(hours) from core.fct_labour_monthly where is_internal") == [(24,)]
    flags = book.sql("select row_number, flag from core.flagged_rows where entity = 'time_entries' order by 1")
    assert flags == [(2, "client_differs_from_ticket"), (5, "ticket_not_loaded")]


def test_a_tickets_number_is_the_same_however_it_is_written_where_only_one_ticket_can_be_meant(workspace):
    """1001 is written in six ways; 7 and 07 are two tickets, so that 007 may be either; 1001-1 is another's number."""
    written = ["#1001", "Ticket #1001", "1001.0", "0001001", "1,001", "1\u00a0001"]
    book = workspace(
        tickets=[
            {"ticket_id": "1001", "client": "Acme"},
            {"ticket_id": "52 267", "client": "Birch"},
            {"ticket_id": "7", "client": "Cedar"},
            {"ticket_id": "07", "client": "Dune"},
        ],
        time_entries=[
            *[entry("2026-01-05", 1, None, ticket_id=number, entry_id=number) for number in written],
            entry("2026-01-05", 10, None, ticket_id="52267", entry_id="a"),
            entry("2026-01-05", 20, None, ticket_id="7", entry_id="b"),
            entry("2026-01-05", 40, None, ticket_id="07", entry_id="c"),
            entry("2026-01-05", 80, None, ticket_id="007", entry_id="d"),
            entry("2026-01-05", 160, "Acme", ticket_id="1001-1", entry_id="e"),
        ],
        ticket_pauses=[{"ticket_id": "#1001", "paused_at": day("2026-01-05")}],
    )
    assert client_hours(book) == {"Acme": 6 + 160, "Birch": 10, "Cedar": 20, "Dune": 40}
    assert book.sql("select ticket_id from staging.ticket_pauses") == [("1001",)]
    lost = {row["ticket_id"]: (row["hours"], row["clientless_hours"]) for row in book.rows(NO_TICKET)}
    assert lost == {"007": (80, 80), "1001-1": (160, 0)}
    spelt = book.rows("checks.ticket_numbers_written_in_two_ways")
    assert {row["written_as"]: row["ticket_id"] for row in spelt} == {
        **dict.fromkeys(written, "1001"), "52267": "52 267",
    }  # fmt: skip


def test_without_any_ticket_no_entry_is_said_to_lack_its_own(workspace):
    book = workspace(time_entries=[entry("2026-01-05", 1, "Acme", ticket_id="1001")])
    assert book.rows(NO_TICKET) == []


def test_the_msp_itself_and_coverage_internal_are_internal(workspace):
    book = workspace(
        clients=[{"client": "Our MSP", "is_internal": True}],
        time_entries=[
            entry("2026-01-05", 1, "OUR  msp"),
            entry("2026-01-05", 2, "Acme", coverage="internal"),
            entry("2026-01-05", 4, "Acme"),
        ],
    )
    assert client_hours(book) == {"Acme": 4}


def test_who_has_a_tier_or_an_agreement_is_served_and_no_name_of_the_msps_own(workspace):
    names = ("Our MSP", "Tiered", "Signed")
    book = workspace(
        time_entries=[*(entry("2026-01-05", 1, name) for name in names), *whole("2026-01")],
        invoice_lines=[{"client": "Acme", "invoiced_on": "2026-01-31", "amount": 500}],
        clients=[{"client": "Tiered", "service_tier": "Gold"}, {"client": "Our MSP"}],
        agreements=[{"client": "Signed", "starts_on": "2026-01-01"}],
    )
    rows = book.rows("checks.clients_never_billed")
    served = {row["client"]: row["is_served"] for row in rows if row["client"] in names}
    assert served == {"Our MSP": False, "Tiered": True, "Signed": True}


def test_a_name_that_the_user_calls_the_msps_own_is_internal_until_that_is_taken_back(workspace):
    book = workspace(
        time_entries=[entry("2026-01-05", 1, "Our MSP"), entry("2026-01-05", 4, "Acme"), *whole("2026-01")],
        invoice_lines=[{"client": "Acme", "invoiced_on": "2026-01-31", "amount": 500}],
    )
    assert client_hours(book) == {"Our MSP": 1, "Acme": 4}
    assert [row["client"] for row in book.rows("checks.clients_never_billed")] == ["Our MSP"]
    choices.call_own(book.con, "our msp")
    assert client_hours(book) == {"Acme": 4}
    assert book.rows("checks.clients_never_billed") == []
    assert book.one("metrics.own_names") == {"client_key": "our msp", "client": "Our MSP"}
    choices.call_client(book.con, "our msp")
    assert client_hours(book) == {"Our MSP": 1, "Acme": 4}


def test_rate_is_that_of_the_day(workspace):
    book = workspace(
        technicians=[
            technician("Ann", hourly_cost=40, valid_from=None),
            technician("Ann", hourly_cost=60, valid_from="2026-01-15"),
        ],
        time_entries=[
            entry("2026-01-14", 1, "Acme", technician="Ann"),
            entry("2026-01-15", 10, "Acme", technician="Ann"),
            entry("2026-01-16", 100, "Acme", technician="Ann"),
        ],
    )
    # 1 x 40 + 110 x 60
    assert cost(book) == 6640


def test_before_the_first_date_the_rate_is_assumed(workspace):
    book = workspace(
        technicians=[technician("Ann", hourly_cost=60, valid_from="2026-01-15")],
        time_entries=[
            entry("2026-01-14", 2, "Acme", technician="Ann"),
            entry("2026-01-15", 10, "Acme", technician="Ann"),
        ],
    )
    found = book.one("metrics.client_margin", **JANUARY)
    # 2 x 50 assumed + 10 x 60
    assert (found["labour_cost"], found["assumed_rate_hours"]) == (700, 2)


def test_a_later_row_without_a_rate_means_the_assumption(workspace):
    book = workspace(
        technicians=[technician("Ann", hourly_cost=60), technician("Ann", level="3", valid_from="2026-01-10")],
        time_entries=[entry("2026-01-12", 2, "Acme", technician="Ann")],
    )
    assert (cost(book), book.one("metrics.client_margin", **JANUARY)["assumed_rate_hours"]) == (100, 2)


@pytest.mark.parametrize(
    ("fields", "rate"),
    [
        # 52,000 x 1.25 / (40 x 52) = 31.25, whether the burden says 0.25 or 25
        ({"annual_wage": 52000, "burden_pct": 0.25, "hours_per_week": 40}, "31.25"),
        ({"annual_wage": 52000, "burden_pct": 25, "hours_per_week": 40}, "31.25"),
        # the assumptions: burden 0.25, 40 hours
        ({"annual_wage": 52000}, "31.25"),
        # 1.5 is 150 % already: 52,000 x 2.5 / 2,080
        ({"annual_wage": 52000, "burden_pct": 1.5}, "62.5"),
        ({"annual_wage": 52000, "burden_pct": 0}, "25"),
        # a part-timer's week has 20 hours: 26,000 x 1.2 / (20 x 52)
        ({"annual_wage": 26000, "burden_pct": 0.2, "hours_per_week": 20}, "30"),
        # the hourly cost goes before the wage, and 0 is a value
        ({"annual_wage": 52000, "hourly_cost": 44.5}, "44.5"),
        ({"annual_wage": 52000, "hourly_cost": 0}, "0"),
        ({"annual_wage": 52000, "hours_per_week": 0}, "50"),
        ({}, "50"),
    ],
)
def test_cost_of_an_hour(workspace, fields, rate):
    book = workspace(
        technicians=[technician("Ann", **fields)], time_entries=[entry("2026-01-05", 8, "Acme", technician="Ann")]
    )
    assert cost(book) == Decimal(rate) * 8


def test_hours_of_the_unknown_and_of_nobody_cost_what_is_assumed(workspace):
    book = workspace(
        technicians=[technician("Ann", hourly_cost=48.5)],
        time_entries=[
            entry("2026-01-05", 1, "Acme", technician="Zed"),
            entry("2026-01-05", 1, "Acme"),
            entry("2026-01-05", 1, "Acme", technician="ann "),
        ],
        assumptions=[{"name": "loaded_hourly_cost", "value": 70}],
    )
    found = book.one("metrics.client_margin", **JANUARY)
    assert (found["labour_cost"], found["assumed_rate_hours"]) == (Decimal("188.5"), 2)
    assert book.sql("select row_number from core.flagged_rows where flag = 'no_cost_rate'") == [(2,)]


def test_ticket_hours_are_the_labour_only_without_any_time_entry(workspace):
    tickets = [
        {"ticket_id": "1", "client": "Acme", "technician": "Ann", "hours": 2, "opened_at": day("2025-12-30"),
         "closed_at": day("2026-01-07"), "resolved_at": day("2026-01-06")},
        {"ticket_id": "2", "client": "Acme", "hours": 3, "closed_at": day("2026-01-07")},
        {"ticket_id": "3", "hours": 4, "opened_at": day("2026-01-30")},
        {"ticket_id": "4", "client": "Acme", "hours": 5},
        {"ticket_id": "5", "client": "Acme", "opened_at": day("2026-01-30")},
    ]  # fmt: skip
    book = workspace(tickets=tickets, technicians=[technician("Ann", hourly_cost=30)])
    assert client_hours(book) == {"Acme": 5, "(no client)": 4}
    # 2 x 30 + 3 x 50 assumed
    assert cost(book) == 210
    assert book.one("metrics.client_margin_summary", **JANUARY)["labour_basis"] == "tickets"
    assert book.sql("select sum(hours) from core.fct_labour where worked_on is null") == [(5,)]

    entries = [entry("2026-01-05", 1, "Birch")]
    book = workspace(tickets=tickets, time_entries=entries)
    assert client_hours(book) == {"Birch": 1}


def test_a_ticket_of_several_people_is_shared_evenly(workspace):
    ticket = {
        "ticket_id": "1",
        "client": "Acme",
        "technician": "Ann; Lee, Bob; Cy",
        "hours": 1,
        "resolved_at": day("2026-01-06"),
    }
    book = workspace(tickets=[ticket], technicians=[technician("Bob Lee", hourly_cost=30)])
    shares = book.sql("select technician_key, hours from core.fct_labour order by share")
    third = Decimal("0.333333333")
    assert shares == [("ann", third), ("bob lee", third), ("cy", Decimal("0.333333334"))]


def test_zero_hours_leave_ratios_empty_and_negative_ones_count(workspace):
    book = workspace(
        invoice_lines=[line("Acme", "2026-01-05", 100, revenue_class="managed"), line("Birch", "2026-01-05", 100)],
        time_entries=[
            entry("2026-01-05", 0, "Acme"),
            entry("2026-01-06", 3, "Birch"),
            entry("2026-01-07", -1, "Birch"),
            *whole("2026-01"),
        ],
    )
    rows = book.by("client", "metrics.client_margin", **JANUARY)
    assert rows["Acme"]["effective_hourly_rate"] is None
    assert (rows["Birch"]["labour_hours"], rows["Birch"]["labour_cost"]) == (2, 100)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("project", "project"),
        ("Project Work", "project"),
        ("Project - Billable", "project"),
        ("Non-project", "other"),
        ("Projector repair", None),
        ("Internal", "internal"),
        ("Internal meeting", "internal"),
        ("Internal - Admin", "internal"),
        ("Meeting", "other"),
        ("account_mgmt", "other"),
        ("Remote Support", "other"),
        ("Onsite", "other"),
        ("Zq 7", None),
    ],
)
def test_work_types_are_known_by_their_words(workspace, said, kind):
    book = workspace(
        technicians=[technician("Ann", hourly_cost=50)],
        time_entries=[entry("2026-01-05", 2, "Acme", technician="Ann", work_type=said)],
    )
    assert book.sql("select kind from staging.work_types") == [(kind,)]
    found = book.sql("select is_project, is_internal from core.fct_labour")
    assert found == [(kind == "project", kind == "internal")]
    flagged = book.sql("select detail from core.flagged_rows where flag = 'unknown_work_type'")
    assert flagged == ([(said,)] if kind is None else [])


def test_coverage_goes_before_the_words_of_the_work_type(workspace):
    book = workspace(time_entries=[entry("2026-01-05", 2, "Acme", work_type="Internal", coverage="agreement")])
    assert book.sql("select is_internal from core.fct_labour") == [(False,)]


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        # an agreement that is named goes before all else
        ({"agreement": "Gold plan", "billable": True, "billed_amount": 75, "work_type": "Internal"}, "agreement"),
        # a flat fee shows as billable work that is billed at 0
        ({"billable": True, "billed_amount": 0}, "agreement"),
        ({"billable": True, "billed_amount": 75}, "billable"),
        ({"billable": True}, "billable"),
        # whoever bills it doesn't call it internal
        ({"billable": True, "work_type": "Internal meeting"}, "billable"),
        ({"billable": False, "work_type": "Internal meeting"}, "internal"),
        ({"work_type": "Internal meeting"}, "internal"),
        ({"billable": False, "work_type": "Remote support"}, "agreement"),
        ({"billable": False}, "agreement"),
        ({}, "agreement"),
        # what the entry says stands
        ({"coverage": "internal", "billable": True, "agreement": "Gold plan"}, "internal"),
        ({"coverage": "out_of_scope_unbilled", "billable": True}, "out of scope"),
    ],
)
def test_how_an_entry_is_covered_that_does_not_say_so(workspace, fields, covered):
    book = workspace(time_entries=[entry("2026-01-05", 2, "Acme", **fields)])
    found = book.sql("select is_internal, is_managed, is_out_of_scope from core.fct_labour")
    # internal, else managed unless billable on top
    wanted = {
        "agreement": (False, True, False),
        "billable": (False, False, False),
        "internal": (True, True, False),
        "out of scope": (False, True, True),
    }
    assert found == [wanted[covered]]


def test_billable_hours_read_what_is_filled_in(workspace):
    """Taken for the agreement's is not the same as said to be; to name an agreement is to say so."""
    book = workspace(
        time_entries=[
            entry("2026-01-05", 1, "Acme", agreement="Gold plan"),
            entry("2026-01-05", 2, "Acme", billable=True, billed_amount=0),
            entry("2026-01-05", 4, "Acme", coverage="agreement"),
            entry("2026-01-05", 8, "Acme", coverage="out_of_scope_unbilled", billable=True),
            entry("2026-01-05", 16, "Acme", coverage="internal", billable=True),
            entry("2026-01-05", 32, "Acme", billable=False),
        ]
    )
    assert book.sql("select sum(billable_hours) from core.fct_labour_monthly") == [(7,)]


TICKETS = [
    {"ticket_id": "1", "client": "Acme", "technician": "Ann", "hours": 2, "resolved_at": day("2025-12-31")},
    {"ticket_id": "2", "client": "Acme", "technician": "Ann", "hours": 4, "resolved_at": day("2026-01-02")},
    {"ticket_id": "3", "client": "Acme", "technician": "Ann", "hours": 8, "resolved_at": day("2026-02-17")},
    {"ticket_id": "4", "client": "Acme", "technician": "Ann", "hours": 16, "resolved_at": day("2026-03-02")},
    {"ticket_id": "5", "client": "Acme", "technician": "Ann", "hours": 32},
]


def hours_by_month(book) -> dict[str, float]:
    found = book.sql("select month_start, sum(hours) from core.fct_labour group by month_start order by month_start")
    return {str(start)[:7]: float(hours) for start, hours in found}


def test_ticket_hours_count_before_the_first_and_after_the_last_month_with_entries(workspace):
    book = workspace(tickets=TICKETS, time_entries=[entry("2026-01-20", 100, "Acme"), entry("2026-02-10", 200, "Acme")])
    # 2 in December and 16 in March by tickets; January and February by entries; 32 in no month
    assert hours_by_month(book) == {"2025-12": 2, "2026-01": 100, "2026-02": 200, "2026-03": 16, "None": 32}
    assert book.sql("select labour_basis from core.data_span") == [("time entries and tickets",)]
    assert book.rows("checks.hours_of_every_entry_reach_a_month") == []
    assert [row["hours"] for row in book.rows("checks.hours_of_tickets_without_a_date")] == [32]
    balances = book.rows("metrics.step_balances")
    assert all(row["is_balanced"] for row in balances)
    # 300 of entries and 62 of tickets, of which 4 + 8 are told again by entries
    (loaded,) = [row["left_side"] for row in balances if row["measure"].startswith("hours, those undated")]
    assert loaded == 362


def test_one_stray_entry_no_longer_replaces_all_ticket_hours(workspace):
    book = workspace(tickets=TICKETS, time_entries=[entry("2026-02-03", 1, "Acme")])
    assert hours_by_month(book) == {"2025-12": 2, "2026-01": 4, "2026-02": 1, "2026-03": 16, "None": 32}
    # nor does one that is dated in the future by a slip
    book = workspace(tickets=TICKETS, time_entries=[entry("2026-02-03", 1, "Acme"), entry(FUTURE, 1, "Acme")])
    assert hours_by_month(book)["2026-03"] == 16


def test_an_entry_whose_ticket_is_in_no_file_is_flagged(workspace):
    work = [entry("2026-01-05", 1, "Acme", ticket_id="1"), entry("2026-01-05", 1, "Acme", ticket_id="9")]
    flagged = "select row_number from core.flagged_rows where flag = 'ticket_not_loaded'"
    assert workspace(time_entries=work, tickets=[{"ticket_id": "1"}]).sql(flagged) == [(3,)]
    # without any tickets there is nothing to compare with
    assert workspace(time_entries=work).sql(flagged) == []
