"""Section 2, service levels: tickets as they stood at the end of January 2025, business minutes net of pauses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, desk, months, ratio

JAN, FEB = months("2025-01"), months("2025-02")


FILES = {
    "holidays": "day\n2025-01-20",
    "tickets": """
        ticket_id,opened_at,first_response_at,resolved_at,closed_at,status,priority,auto_resolved,sla_response_minutes,sla_resolution_minutes,ticket_type
        1,2025-01-06 09:00,2025-01-06 10:00,2025-01-06 17:00,,,P1,,60,480,
        2,2025-01-06 09:00,2025-01-06 10:01,2025-01-07 09:01,,,P1,,60,480,
        3,2025-01-03 16:00,,2025-01-06 16:00,,,P1,,60,480,
        4,2025-01-06 09:00,,2025-01-08 17:00,,,P1,,,480,
        5,2025-01-06 09:00,,2025-01-21 12:00,,,P1,,,480,
        6,2025-01-06 09:00,,,,Open,P1,,60,480,
        7,2025-01-06 09:00,2025-02-03 09:30,2025-02-05 09:00,,,P1,,60,480,
        8,2025-01-31 16:30,,,,New,P1,,60,480,
        9,2025-01-06 09:00,2025-01-06 09:30,2025-01-06 12:00,,,P1,yes,60,480,
        10,2025-01-06 09:00,2025-01-06 09:30,2025-01-03 12:00,,,P1,,60,480,
        11,2025-01-06 09:00,2025-01-06 09:30,2025-01-06 12:00,,,P1,,,,
        12,2025-01-06 09:00,2025-01-06 09:30,,,Open,P1,,60,,
        13,2025-01-06 09:00,,,,Closed,P1,,,480,
        14,2025-01-31 09:00,,2025-01-31 18:00,,,P1,,,480,
        15,2025-01-06 09:00,,2025-01-06 12:00,,,-,,,480,
        16,2025-01-06 09:00,,,2025-01-06 12:00,Closed,P3,,,180,
        17,2025-01-17 16:00,,2025-01-21 10:00,,,P4,,,120,
        18,2025-01-06 09:00,,,,Resolved,P5,,60,,
        19,2025-01-06 09:00,,,,Open,P6,,,481,
        20,2025-02-14 16:00,,,,Open,P2,,59,59,
        21,2025-02-14 16:00,,,,Open,P2,,60,60,
        """,
    "ticket_pauses": """
        ticket_id,paused_at,resumed_at
        4,2025-01-06 12:00,2025-01-07 12:00
        4,2025-01-07 09:00,2025-01-07 17:00
        4,2025-01-08 09:00,2025-01-08 12:00
        5,2025-01-06 17:00,
        6,2025-01-06 13:00,
        19,2025-01-06 17:00,2025-02-10 09:00
        """,
}


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    """Monday 6 January 09:00 opens most; the data ends on Friday 14 February; Monday 20 January is a holiday."""
    with desk(
        **FILES,
    ) as found:
        yield found


def counts(row):
    return row["resolution_met"], row["resolution_missed"], row["open_past_due"]


def test_resolution(book):
    # met: 1, 3 (weekend), 4 (1440 less 300 + 480 + 180), 5 (480 before the pause), 14; missed: 2; open: 7
    # 6 stands paused at 240; 8 has 30 minutes; 13 is neither open nor resolved; 9, 10, 11 are left out
    row = book.by("priority", "metrics.sla_attainment", **JAN)["P1"]
    assert counts(row) == (5, 1, 1)
    assert row["resolution_attainment_pct"] == ratio(5 / 7)


def test_response(book):
    # met: 1, 12; missed: 2, 3 (resolved), 6 and 7 (past the target, pauses don't help); 8 is left out
    assert book.by("priority", "metrics.sla_attainment", **JAN)["P1"]["response_attainment_pct"] == ratio(2 / 6)


def test_other_priorities(book):
    found = book.by("priority", "metrics.sla_attainment", **JAN)
    assert counts(found["(none)"]) == (1, 0, 0)
    assert counts(found["P3"]) == (1, 0, 0)  # closed is resolved where nothing else says when
    assert counts(found["P4"]) == (1, 0, 0)  # 60 on Friday, nothing on the holiday, 60 on Tuesday
    assert counts(found["P5"]) == (0, 0, 0)
    assert found["P5"]["resolution_attainment_pct"] is None
    assert counts(found["P6"]) == (0, 0, 0)  # its pause goes on beyond the end of January: 480 of 481


def test_a_later_look_ends_with_the_data(book):
    found = book.by("priority", "metrics.sla_attainment", **FEB)
    assert set(found) == {"P2"}
    assert counts(found["P2"]) == (0, 0, 1)  # 60 minutes by the 14th: past 59, within 60
    assert found["P2"]["response_attainment_pct"] == 0


def test_over_both_months(book):
    # by 14 February 7 is resolved too late, and 8 is past due
    assert counts(book.by("priority", "metrics.sla_attainment", **months("2025-01", "2025-02"))["P1"]) == (5, 2, 1)


def test_resolution_time():
    # net hours of P1: 1, 2, 4; the median is 2, the ninetieth hundredth 2 + 0.8 x 2
    with desk(
        tickets="""
            ticket_id,opened_at,resolved_at,priority,auto_resolved,ticket_type
            1,2025-01-06 09:00,2025-01-06 10:00,P1,,incident
            2,2025-01-06 09:00,2025-01-06 11:00,P1,no,
            3,2025-01-06 16:00,2025-01-07 13:00,P1,,Incident
            4,2025-01-06 09:00,2025-01-06 17:00,P1,,request
            5,2025-01-06 09:00,2025-01-06 17:00,P1,yes,incident
            6,2024-12-31 09:00,2024-12-31 17:00,P1,,incident
            7,2024-12-31 16:00,2025-01-01 10:00,,,incident
            8,2025-01-06 09:00,,P1,,incident
            """,
        ticket_pauses="ticket_id,paused_at,resumed_at\n3,2025-01-07 09:00,2025-01-07 10:00",
    ) as book:
        found = book.by("priority", "metrics.resolution_time", **JAN)
        assert set(found) == {"P1", "(none)"}
        assert found["P1"]["tickets"] == 3
        assert found["P1"]["median_business_hours"] == ratio(2)
        assert found["P1"]["p90_business_hours"] == ratio(3.6)
        assert (found["(none)"]["tickets"], found["(none)"]["median_business_hours"]) == (1, ratio(2))
