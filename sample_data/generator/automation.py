"""Tickets that software resolved by itself: passwords and access, more of them each month since January 2026."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .clock import minute_of, moment, workdays
from .tickets import Ticket
from .world import Client, clients, month_number, months, stream

SINCE = date(2026, 1, 1)
TITLES = {
    "Accounts and access": ("Password reset", "Locked out", "Folder permission"),
    "Email and calendar": ("Mailbox full", "Signature change"),
    "Printing and scanning": ("Printer offline",),
}


def _request(client: Client, day: date, draw: Random) -> Ticket:
    """A request that was answered within minutes; now and then it came back."""
    category = draw.choices(list(TITLES), (70, 20, 10))[0]
    opened = moment(minute_of(day, draw.randint(5, 470)))
    answered = opened + timedelta(minutes=draw.randint(1, 4))
    return Ticket(
        client=client.name, opened=opened, responded=answered,
        resolved=answered + timedelta(minutes=draw.randint(1, 9)),
        priority="Low", category=category, title=draw.choice(TITLES[category]), kind="request", status="Complete",
        source="Client Portal", person="", hours=0.0, in_scope=True, reopened=int(draw.random() < 0.09),
    )  # fmt: skip


def resolved() -> list[Ticket]:
    """All of them, numbered in a row of their own."""
    draw, found = stream("automation"), []
    for month in (month for month in months() if month >= SINCE):
        days = [day for day in workdays() if day.replace(day=1) == month]
        served = [client for client in clients() if client.price and client.is_active(month) and client.users >= 20]
        count = 8 + 5 * (month_number(month) - month_number(SINCE))
        asked = draw.choices(served, [client.users for client in served], k=count)
        found += [_request(client, draw.choice(days), draw) for client in asked]
    found.sort(key=lambda ticket: (ticket.opened, ticket.client, ticket.title))
    for n, ticket in enumerate(found, start=1):
        ticket.number = f"S{ticket.opened:%Y%m%d}.{n:04}"
    return found
