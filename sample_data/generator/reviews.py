"""Business reviews as an account manager's sheet has them: planned, held, cancelled, missed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .world import Client, clients, first_month, last_day, stream

Row = tuple[str, date, date | None, str, str, str]
"""Client, planned day, held day, status, kind, whether a decision maker came."""

PLANTED: dict[str, list[Row]] = {
    # Only a cancelled and a missed review lie in its window; the cancelled one was filled in before it fell through.
    # One was held a week later than planned; of another nobody wrote down the day, so nothing says that it was held.
    "Thistledown Travel": [
        ("Thistledown Travel", date(2025, 10, 14), date(2025, 10, 21), "rescheduled", "qbr", "yes"),
        ("Thistledown Travel", date(2026, 1, 22), date(2026, 1, 22), "held", "qbr", "yes"),
        ("Thistledown Travel", date(2026, 6, 18), None, "held", "qbr", ""),
        ("Thistledown Travel", date(2026, 9, 17), date(2026, 9, 17), "cancelled", "qbr", ""),
        ("Thistledown Travel", date(2026, 10, 8), None, "no_show", "qbr", ""),
    ],
    # An internal preparation is no review.
    "Jackdaw & Reed Lettings": [
        ("Jackdaw & Reed Lettings", date(2026, 2, 12), date(2026, 2, 12), "held", "qbr", "yes"),
        ("Jackdaw & Reed Lettings", date(2026, 9, 22), date(2026, 9, 22), "held", "Internal prep", "no"),
        ("Jackdaw & Reed Lettings", date(2026, 10, 6), date(2026, 10, 6), "held", "internal", "no"),
    ],
    # Held exactly a cadence ago (91 days before 31 October) is one day too long ago.
    "Foxwhistle Media": [("Foxwhistle Media", date(2026, 8, 1), date(2026, 8, 1), "held", "qbr", "yes")],
    # Held one day later is still within the window.
    "Larkhill Farms": [("Larkhill Farms", date(2026, 8, 2), date(2026, 8, 2), "held", "qbr", "no")],
    # No review at all since it became a client.
    "Gorsebank Plumbing": [],
    # Too new to owe one, and held one all the same.
    "Zephyrine Labs": [("Zephyrine Labs", date(2026, 10, 15), date(2026, 10, 15), "held", "qbr", "yes")],
}


def _row(client: Client, planned: date, draw: Random) -> Row:
    """What became of one planned review."""
    if draw.random() < client.reviews:
        held = planned + timedelta(days=draw.choice((0, 0, 0, 1, 3, 7)))
        if held <= last_day():
            return client.name, planned, held, "held", "qbr", draw.choice(("yes", "yes", "no"))
    return client.name, planned, None, draw.choice(("cancelled", "no_show", "cancelled")), "qbr", ""


def _rows(client: Client) -> list[Row]:
    """A client's reviews, a little less than a cadence apart."""
    draw, found = stream(f"reviews:{client.name}"), []
    gap = int(client.cadence or 91) - 4
    day = max(first_month(), date.fromisoformat(client.since)) + timedelta(days=draw.randint(10, 80))
    while client.cadence != "0" and day <= last_day() and client.is_active(day):
        weekday = day - timedelta(days=max(0, day.weekday() - 4))
        found.append(_row(client, weekday, draw))
        day += timedelta(days=gap)
    if client.is_active(last_day()) and client.reviews > 0.6:
        found.append(
            (client.name, date(2026, 11, 10) + timedelta(days=draw.randint(0, 16)), None, "scheduled", "qbr", "")
        )
    return found


def reviews() -> list[Row]:
    """Every review, client by client."""
    return [row for client in clients() for row in PLANTED.get(client.name, _rows(client))]
