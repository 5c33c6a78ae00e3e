"""Section 1, cells: the ways in which a yes, a choice, a moment or a sum of money may be written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.acceptance.desk import Desk, desk, months, ratio

FILES = {
    "tickets": """
        ticket_id,opened_at,client,escalated,resolved_at,hours
        1,2025-01-06,Acme,yes,2025-01-06T17:00:00,1.5
        2,2025-01-06 09:00,Acme,No,2025-01-06 17:00:30,0.1
        3,2025-01-06T09:00,Acme,TRUE,-,0.2
        4,2025-01-06 09:00:00,Acme,false,NS,
        5,2025-01-06 09:00,Acme,1,null,-
        6,2025-01-06 09:00,Acme,0,?,N/A
        7,2025-01-06 09:00,Acme,Y,,
        """,
    "invoice_lines": """
        client,invoiced_on,amount,revenue_class,direct_cost,item
        Acme,2025-01-31,"1,234.50",Managed,(0.50),Support
        Acme,2025-01-31,$10.25,TM,-1.25,-
        Acme,2025-01-31,-5,Other_Recurring,0,Support
        """,
    "technicians": "technician,burden_pct,annual_wage\nAnn,25%,52000\nBob,0.25,52000\nCy,150,52000",
    "time_entries": """
        worked_on,hours,client,coverage,work_type,ticket_id
        2025-01-02,0.1,acme ,Agreement,support,1
        2025-01-31,0.2,ACME,BILLABLE,PROJECT,1
        """,
}


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    with desk(**FILES) as found:
        yield found


def test_yes_and_no(book):
    said = [row[1] for row in book.staging("tickets", "ticket_id", "escalated")]
    assert said == [True, False, True, False, True, False, True]


def test_moments(book):
    found = dict(book.staging("tickets", "ticket_id", "opened_at"))
    assert found["1"] == datetime(2025, 1, 6)
    assert {found[name] for name in "234567"} == {datetime(2025, 1, 6, 9)}
    resolved = dict(book.staging("tickets", "ticket_id", "resolved_at"))
    assert resolved["1"] == datetime(2025, 1, 6, 17)
    assert [resolved[name] for name in "34567"] == [None] * 5


def test_money_and_choices(book):
    found = book.one("metrics.client_margin", **months("2025-01"))
    assert (found["revenue"], found["direct_cost"]) == (1239.75, -1.75)
    assert {row[0] for row in book.staging("invoice_lines", "revenue_class")} == {"managed", "tm", "other_recurring"}
    assert {row[0] for row in book.staging("time_entries", "coverage")} == {"agreement", "billable"}
    assert {row[0] for row in book.staging("invoice_lines", "item")} == {"Support", None}


def test_decimal_hours_add_up_exactly(book):
    # managed hours are those that are neither a project nor billable: 0.1 at the assumed 50
    found = book.one("metrics.client_margin", **months("2025-01"))
    assert found["labour_hours"] == 0.3
    assert found["effective_hourly_rate"] == ratio((1234.5 + 0.5) / 0.1)


def test_burden(book):
    assert [row[1] for row in book.staging("technicians", "technician", "burden_pct")] == [0.25, 0.25, 1.5]


def test_spelling_is_no_difference_of_clients(book):
    assert book.con.execute("select count(*) from core.flagged_rows where flag like 'client_differs%'").fetchone() == (
        0,
    )


def test_canonical_captions_hold_whatever_their_cells_look_like():
    with desk(
        technicians="technician,hourly_cost\nT,10\nY,20",
        time_entries="worked_on,hours,technician,client\n2025-01-31,1,T,N\n2025-01-31,1,Y,N",
    ) as book:
        assert book.one("metrics.client_margin", **months("2025-01"))["labour_cost"] == 30
        found = book.load(tickets="ticket_id,opened_at,first_response_at,hours\n1,2025-01-06,12,\n2,2025-01-06,,yes")
        assert (found["tickets"]["rows_quarantined"], found["tickets"]["rows_loaded"]) == (2, 0)
