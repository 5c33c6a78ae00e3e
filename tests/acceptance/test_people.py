"""Section 2, people: consistency within a category, and whom a client's hours hang on."""

from __future__ import annotations

from math import log

from tests.acceptance.desk import desk, months, ratio

JAN = months("2025-01")


def tickets(rows):
    """Ticket lines of category, technician and hours, each resolved in January."""
    lines = [
        f"{place},2025-01-06 09:00,2025-01-07 09:00,{category},{who},{hours},"
        for place, (category, who, hours) in enumerate(rows)
    ]
    return "\n".join(["ticket_id,opened_at,resolved_at,category,technician,hours,auto_resolved", *lines])


def test_consistency():
    rows = [
        *(("Mail", "Ann", 1) for _ in range(5)),
        *(("Mail", "Bob", 2) for _ in range(5)),
        *(("Mail", "Cy", 9) for _ in range(4)),  # too few
        *(("Print", "Ann", hours) for hours in (1, 2, 1, 2, 1)),
        *(("Print", "Bob", hours) for hours in (2, 4, 2, 4, 2)),
        *(("Print", "Bob", 0) for _ in range(3)),  # no hours
        *(("One", "Ann", hours) for hours in (1, 2, 3, 4, 5, 6)),
        *(("Same", who, 0.3) for who in ("Ann", "Bob") for _ in range(5)),
        *(("", who, hours) for who, hours in (("Ann", 3), ("Bob", 5)) for _ in range(5)),
        *(("Few", "Ann", 1) for _ in range(4)),
    ]
    more = "\n".join(
        [
            "800,2025-01-06 09:00,2025-01-07 09:00,Mail,Ann,77,yes",
            "801,2025-01-06 09:00,2025-02-07 09:00,Mail,Ann,77,",
            "802,2025-01-06 09:00,,Mail,Ann,77,",
        ]
    )
    with desk(tickets=tickets(rows) + "\n" + more) as book:
        found = book.by("category", "metrics.resolution_consistency", **JAN)
    # Print in units of ln 2: means 0.4 and 1.4, between 10 x 0.25, within 2 x 5 x 0.24
    expected = {
        "Mail": (2, 10, 1),
        "Print": (2, 10, 2.5 / 4.9),
        "One": (1, 6, None),
        "Same": (2, 10, 0),
        "(none)": (2, 10, 1),
    }
    assert set(found) - {"Few"} == set(expected)
    for category, (people, count, share) in expected.items():
        row = found[category]
        assert (row["technicians"], row["tickets"]) == (people, count)
        assert row["technician_share_of_variance"] == ratio(share)


def test_consistency_by_entries():
    rows = [("Mail", "Ann", "") for _ in range(5)] + [("Mail", "Bob", "") for _ in range(5)]
    hours = [1, 1, 1, 1, 4, 2, 2, 2, 2, 2]
    entries = "\n".join(f"2025-01-06,{part / 2},Zoe,{place}" for place, part in enumerate(hours) for _ in range(2))
    with desk(tickets=tickets(rows), time_entries=f"worked_on,hours,technician,ticket_id\n{entries}") as book:
        found = book.one("metrics.resolution_consistency", **JAN)
    # ln 2 x (0,0,0,0,2): mean 0.4, within 5 x 0.64; Bob's mean 1; overall 0.7, between 10 x 0.09
    assert found["technician_share_of_variance"] == ratio(0.9 / (0.9 + 3.2))
    assert log(4) / log(2) == 2


def test_key_person():
    with desk(
        clients="client,is_internal\nUs,yes",
        time_entries="""
            entry_id,worked_on,hours,technician,client,coverage
            1,2025-01-06,3,Bob,Tie,
            2,2025-01-06,3,Ann,Tie,
            3,2025-01-06,2,Cy,Thirds,
            4,2025-01-06,2,Bob,Thirds,
            5,2025-01-06,2,Ann,Thirds,
            6,2025-01-06,6,,Unnamed,
            7,2025-01-06,4,Ann,Unnamed,
            8,2025-01-06,50,Bob,Mixed,internal
            9,2025-01-06,3,Ann,Mixed,
            10,2025-01-06,2,Bob,Mixed,
            11,2025-02-06,50,Bob,Mixed,
            12,2025-01-06,50,Bob,Us,
            """,
    ) as book:
        rows = book.by("client", "metrics.key_person", **JAN)
    found = {name: (row["bus_factor"], row["top_technician"], row["top_share"]) for name, row in rows.items()}
    assert found == {
        "Tie": (1, "Ann", ratio(0.5)),
        "Thirds": (2, "Ann", ratio(1 / 3)),
        "Unnamed": (None, "Ann", ratio(0.4)),
        "Mixed": (1, "Ann", ratio(0.6)),
    }
