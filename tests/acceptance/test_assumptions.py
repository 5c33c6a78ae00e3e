"""Sections 1 and 3: assumptions that are set by name, and the client named for a whole file."""

from __future__ import annotations

from tests.acceptance.desk import desk, months
from vitals import warehouse
from vitals.workspace import LoadOptions

JAN = months("2025-01")


def test_assumptions_are_felt_where_they_bear():
    with desk(
        clients="client,starts_on\nAcme,2025-01-01",
        technicians="technician,annual_wage\nAnn,52000",
        reviews="client,held_on\nOther,2025-01-02",
        tickets="ticket_id,opened_at,resolved_at,sla_resolution_minutes\n1,2025-01-06 08:00,2025-01-06 16:00,420",
        time_entries="worked_on,hours,technician,client\n2025-01-02,1,Ann,Acme\n2025-01-31,1,,Acme",
    ) as book:

        def seen() -> tuple:
            client = book.one("metrics.client_margin", **JAN)
            (people,) = book.rows("metrics.technician_utilisation", **JAN)
            desk_row = book.one("metrics.sla_attainment", **JAN)
            due = book.one("metrics.qbr_completion", as_of="2025-03-02")["clients_due"]
            return client["labour_cost"], people["gross_hours"], desk_row["resolution_met"], due

        # 52000 x 1.25 / 2080 = 31.25 and the assumed 50; 23 x 8; 7 hours from 9 to 16; 60 days aren't 91
        assert seen() == (81.25, 184, 1, 0)
        for name, value in {
            "loaded_hourly_cost": "60", "burden_pct": "0.5", "hours_per_week": "20", "review_cadence_days": "60",
            "working_day_start": "08:00",
        }.items():  # fmt: skip
            warehouse.set_assumption(book.con, name, value)
        # 52000 x 1.5 / 1040 = 75 and 60; 23 x 4; 8 hours from 8 to 16
        assert seen() == (135, 92, 0, 1)


def test_a_client_named_for_the_file():
    said = LoadOptions(client="Acme")
    with desk(
        said, lines="invoiced_on,amount\n2025-01-31,10", work="worked_on,hours\n2025-01-02,0.5\n2025-01-31,0.5"
    ) as book:
        book.load(said, tickets="ticket_id,client,opened_at\n1,,2025-01-06 09:00\n2,Beta,2025-01-06 09:00")
        found = book.one("metrics.client_margin", **JAN)
        assert (found["client"], found["revenue"], found["labour_hours"]) == ("Acme", 10, 1)
        assert book.staging("tickets", "ticket_id", "client") == [("1", "Acme"), ("2", "Beta")]
