"""Section 1, values: what is missing, what is unreadable, and what a cell means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.acceptance.desk import Desk, desk, money, months

TODAY = date.today()
SOON, FAR = TODAY + timedelta(days=300), TODAY + timedelta(days=400)


RATED = {
    "technicians": """
        technician,valid_from,annual_wage,burden_pct,hourly_cost,hours_per_week
        Percent,,52000,25,,40
        Share,,52000,0.25,,40
        Edge,,52000,1.5,,40
        Above,,52000,1.51,,40
        Unburdened,,52000,0,,40
        Silent,,52000,,,
        Both,,52000,0.25,77,40
        Free,,52000,0.25,0,40
        Part,,26000,0.25,,20
        Dash,-,-,-,-,-
        Steps,,,,40,40
        Steps,2025-01-15,,,60,40
        Steps,2025-02-01,,,,40
        Later,2025-01-15,,,60,40
        """,
    "time_entries": """
        worked_on,hours,technician,client
        2025-01-10,1,Percent,Percent
        2025-01-10,1,Share,Share
        2025-01-10,1,Edge,Edge
        2025-01-10,1,Above,Above
        2025-01-10,1,Unburdened,Unburdened
        2025-01-10,1,Silent,Silent
        2025-01-10,1,Both,Both
        2025-01-10,1,Free,Free
        2025-01-10,1,Part,Part
        2025-01-10,1,Dash,Dash
        2025-01-10,1,Unlisted,Unlisted
        2025-01-10,1,-,Nobody
        2025-01-14,1,Steps,Before
        2025-01-15,1,Steps,After
        2025-02-03,1,Steps,Lost
        2025-01-14,1,Later,Too early
        2025-01-15,1,Later,In time
        """,
}


@pytest.fixture(scope="module")
def rated() -> Iterator[Desk]:
    """An hour of each technician, each for a client of their own, so that a client's labour cost is a rate."""
    with desk(
        **RATED,
    ) as found:
        yield found


@pytest.mark.parametrize(
    ("client", "cost", "assumed"),
    [
        ("Percent", 31.25, 0),  # 52000 x 1.25 / 2080
        ("Share", 31.25, 0),
        ("Edge", 62.50, 0),  # 1.5 isn't above 1.5: 52000 x 2.5 / 2080
        ("Above", 25.38, 0),  # 1.51 % : 52000 x 1.0151 / 2080 = 25.3775
        ("Unburdened", 25.00, 0),
        ("Silent", 31.25, 0),  # burden and hours a week are the assumptions 0.25 and 40
        ("Both", 77.00, 0),  # hourly_cost comes first
        ("Free", 0.00, 0),  # 0 is a value
        ("Part", 31.25, 0),  # 26000 x 1.25 / 1040
        ("Dash", 50.00, 1),  # neither cost nor wage
        ("Unlisted", 50.00, 1),
        ("Nobody", 50.00, 1),
        ("Before", 40.00, 0),  # the empty valid_from holds since ever
        ("After", 60.00, 0),  # on the very day
        ("Lost", 50.00, 1),  # the latest version says nothing: the assumption, not the version before
        ("Too early", 50.00, 1),
        ("In time", 60.00, 0),
    ],
)
def test_rate_of_a_technician(rated, client, cost, assumed):
    found = rated.by("client", "metrics.client_margin", **months("2025-01", "2025-02"))[client]
    assert found["labour_cost"] == money(cost)
    assert found["assumed_rate_hours"] == assumed


def test_burden_in_staging_is_a_share(rated):
    shares = dict(rated.staging("technicians", "technician", "burden_pct"))
    assert (shares["Percent"], shares["Share"], shares["Edge"]) == (0.25, 0.25, 1.5)
    assert shares["Above"] == pytest.approx(0.0151)
    assert shares["Dash"] is None


def test_a_rate_of_nothing_is_flagged():
    with desk() as book:
        found = book.load(technicians="technician,hourly_cost\nFree,0\nPaid,10")["technicians"]
    assert (found["flags"], found["rows_flagged"], found["rows_loaded"]) == ({"rate_zero": 1}, 1, 2)


LINES = {
    "invoice_lines": f"""
        invoice_number,line_number,client,invoiced_on,amount,service_from,service_months,direct_cost,is_credit,due_on,item,revenue_class
        1,1,Good,2025-01-05,100,-,-,-,-,-,N/A,-
        1,2,Good,2025-01-05,100,N/A,null,?,NS,null,?,managed
        1,3,Good,2025-01-05,100,1950-01-01,0,1,no,2100-12-31,null,tm
        2,1,-,2025-01-05,1,,,,,,,
        2,2,,2025-01-05,1,,,,,,,
        2,3,Bad,-,1,,,,,,,
        2,4,Bad,2025-01-05,-,,,,,,,
        2,5,Bad,2025-01-05,N/A,,,,,,,
        2,6,Bad,N/A,1,,,,,,,
        2,7,Bad,2025-01-05,1,,-1,,,,,
        2,8,Bad,2025-01-05,1,,1.5,,,,,
        2,9,Bad,2025-01-05,1,soon,,,,,,
        2,10,Bad,2025-01-05,1,,,,maybe,,,
        2,11,Bad,2025-01-05,1,,,cheap,,,,
        2,12,Bad,1999-12-31,1,,,,,,,
        2,13,Bad,{FAR},1,,,,,,,
        2,14,Bad,2025-01-05,1,1949-12-31,,,,,,
        2,15,Bad,2025-01-05,1,,,,,2101-01-01,,
        2,16,Bad,2025-01-05,1,,,,,,,banana
        2,17,Bad,2025-02-30,1,,,,,,,
        3,1,N/A,2000-01-01,7,,,,,,,
        3,2,Good,{SOON},9,,,,,,,
        """,
}


@pytest.fixture(scope="module")
def lines() -> Iterator[tuple[Desk, dict]]:
    """Invoice lines of which every second can't be read."""
    with desk() as book:
        report = book.load(**LINES)["invoice_lines"]
        yield book, report


def test_unreadable_rows_are_quarantined_whole(lines):
    book, report = lines
    assert (report["decision"], report["rows_read"], report["rows_loaded"]) == ("partial", 22, 5)
    assert (report["rows_quarantined"], report["rows_set_aside"]) == (17, 0)
    assert {row[0] for row in book.staging("invoice_lines", "client")} == {"Good", "N/A"}


def test_reasons_name_the_cause(lines):
    reasons = lines[1]["reasons"]
    assert sum(reasons.values()) == 17
    assert reasons["client_missing"] == 2
    assert reasons["amount_missing"] == 1
    assert reasons["date_missing"] == 1
    assert reasons["date_out_of_range"] == 4


def test_money_is_counted_apart(lines):
    # 300 + 7 + 9 stand; of the seventeen others, fifteen hold a readable 1
    report = lines[1]
    assert (report["money_loaded"], report["money_quarantined"], report["money_read"]) == (316, 15, 331)


def test_tokens_are_missing_only_where_they_may_be(lines):
    found = lines[0].staging("invoice_lines", "amount", "item", "service_from", "service_months", "is_credit", "due_on")
    assert ("N/A" in [row[1] for row in found], "?" in [row[1] for row in found]) == (True, True)
    first, second = (next(row for row in found if row[1] == item) for item in ("N/A", "?"))
    assert first[2:] == second[2:] == (None, None, None, None)


def test_dates_ahead_are_loaded_and_flagged(lines):
    book, report = lines
    assert report["flags"]["future_date"] == 1
    assert max(row[0] for row in book.staging("invoice_lines", "invoiced_on")) == SOON


def test_opened_at_is_needed_once_its_column_is_there():
    with desk() as book:
        found = book.load(
            tickets="""
                ticket_id,opened_at,client,category,resolved_at,hours,escalated
                1,2025-01-06 09:00,Acme,N/A,N/A,?,null
                2,,Acme,x,,,
                3,-,Acme,x,,,
                4,N/A,Acme,x,,,
                ,2025-01-06 09:00,Acme,x,,,
                """
        )["tickets"]
        assert (found["rows_loaded"], found["rows_quarantined"]) == (1, 4)
        assert found["reasons"]["id_missing"] == 1
        assert book.staging("tickets", "ticket_id", "category", "resolved_at", "hours", "escalated", "opened_at") == [
            ("1", "N/A", None, None, None, datetime(2025, 1, 6, 9))
        ]


def test_tickets_load_without_the_column():
    with desk(tickets="ticket_id,client\n1,Acme\n2,-") as book:
        assert book.staging("tickets", "ticket_id", "client", "opened_at") == [
            ("1", "Acme", None),
            ("2", "(no client)", None),
        ]


def test_needed_hours_and_days_of_work():
    with desk() as book:
        found = book.load(
            time_entries="""
                worked_on,hours,technician,entry_id,coverage,billable
                2025-01-06,1.5,Ann,a,agreement,yes
                2025-01-06,,Ann,b,,
                2025-01-06,N/A,Ann,c,,
                ,1,Ann,d,,
                2025-01-06,1,Ann,e,,perhaps
                2025-01-06,1,Ann,f,sometimes,
                2025-01-06,0,Ann,g,,
                2025-01-06,-2,Ann,h,,
                2025-01-06,25,Ann,i,,
                """
        )["time_entries"]
        assert (found["rows_loaded"], found["rows_quarantined"]) == (4, 5)
        assert found["hours"] == 24.5
        assert (found["flags"]["zero_hours"], found["flags"]["negative_hours"], found["flags"]["over_24_hours"]) == (
            1,
            1,
            1,
        )


def test_money_has_four_decimals_and_no_tax():
    with desk(
        invoice_lines="""
            client,invoiced_on,amount,tax
            Acme,2025-01-06,0.1250,20
            Acme,2025-01-31,0.0001,20
            """
    ) as book:
        assert [row[0] for row in book.staging("invoice_lines", "amount")] == [Decimal("0.0001"), Decimal("0.1250")]
        assert book.one("metrics.company_margin", **months("2025-01"))["revenue"] == money(0.1251)
