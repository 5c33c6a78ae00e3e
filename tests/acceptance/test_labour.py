"""Section 1, missing pieces: hours on tickets where no time entry is loaded, and what becomes of them once one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, months
from vitals import workspace


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    with desk(
        clients="client,is_internal\nA,\nUs,yes",
        technicians="technician,hourly_cost\nAnn,10\nBob,20",
        tickets="""
            ticket_id,client,technician,hours,opened_at,resolved_at,closed_at
            0,A,Ann,,2025-01-02 10:00,2025-01-02 11:00,
            1,A,Ann,2,2025-01-30 10:00,2025-02-03 10:00,2025-03-03 10:00
            2,A,Ann,1,2025-01-30 10:00,,2025-02-04 10:00
            3,A,Bob,3,2025-01-30 10:00,,
            4,,Bob,0.5,2025-01-30 10:00,,
            5,Us,Bob,9,2025-01-30 10:00,,
            """,
        undated="ticket_id,client,technician,hours,resolved_at\n6,A,Ann,8,\n7,A,Ann,4,2025-02-28 09:00",
    ) as found:
        yield found


def labour(book, month):
    return {
        row["client"]: (row["labour_hours"], row["labour_cost"])
        for row in book.rows("metrics.client_margin", **months(month))
    }


def test_ticket_hours_fall_on_the_resolution_else_closing_else_opening(book):
    assert labour(book, "2025-01") == {"A": (3, 60), "(no client)": (0.5, 10)}
    assert labour(book, "2025-02") == {"A": (7, 70)}
    assert labour(book, "2025-03") == {}


def test_undated_hours_are_shown(book):
    assert [row["hours"] for row in book.rows("checks.hours_of_tickets_without_a_date")] == [8]


def test_people_are_seen_by_their_tickets(book):
    rows = book.by("technician", "metrics.technician_utilisation", **months("2025-01"))
    assert (rows["Bob"]["logged_hours"], rows["Bob"]["client_hours"]) == (12.5, 3.5)


def test_entries_replace_the_ticket_hours_of_their_own_months_alone():
    with desk(
        tickets="""
            ticket_id,client,technician,hours,opened_at,resolved_at
            0,A,Ann,,2024-12-02 10:00,2024-12-02 11:00
            1,A,Ann,2,2024-12-16 10:00,2024-12-30 10:00
            2,A,Ann,4,2025-01-02 10:00,2025-01-03 10:00
            3,A,Ann,8,2025-02-03 10:00,2025-02-28 10:00
            4,A,Ann,16,2025-03-03 10:00,2025-03-28 10:00
            """,
        time_entries="worked_on,hours,technician,client\n2025-01-02,1,Ann,A\n2025-02-03,0.5,Ann,A",
        invoice_lines="client,invoiced_on,amount\nA,2024-12-01,10\nA,2025-01-01,10\nA,2025-03-31,10",
    ) as book:
        # December and March by tickets, January by its entry; February's entries end on the 3rd
        assert labour(book, "2024-12") == {"A": (2, 100)}
        assert labour(book, "2025-01") == {"A": (1, 50)}
        assert labour(book, "2025-02") == {}
        assert labour(book, "2025-03") == {"A": (16, 800)}


def test_client_named_for_the_file():
    with desk(workspace.LoadOptions(client="Acme"), tickets="ticket_id,opened_at\n1,2025-01-30 10:00") as book:
        assert book.staging("tickets", "client") == [("Acme",)]
