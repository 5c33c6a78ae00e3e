"""Work by people outside the service desk's payroll: the owner and a contractor without a known rate."""

from __future__ import annotations

from datetime import date

from .clock import workdays
from .effort import Entry
from .world import Client, clients, last_day, months, stream

OWNER, DISPATCHER, CONTRACTOR = "Nora Castellan", "Ellis Marsh", "Jonas Weber"


def known_to_owner() -> list[Client]:
    """The larger clients, which the owner looks after."""
    return [client for client in clients() if client.users >= 30 and client.tier != "Essential"]


def days_off() -> list[date]:
    """The owner's holidays; the Tuesday calls with the larger clients are held all the same."""
    spans = ((date(2025, 8, 4), date(2025, 8, 15)), (date(2026, 2, 16), date(2026, 2, 20)),
             (date(2026, 8, 3), date(2026, 8, 21)))  # fmt: skip
    return [day for day in workdays() if day.weekday() != 1 and any(first <= day <= last for first, last in spans)]


def _owner() -> list[Entry]:
    """The owner looks after the larger clients, every Tuesday."""
    draw = stream("owner")
    large = known_to_owner()
    found = []
    for day in workdays():
        if day.weekday() == 1 and months()[0] <= day <= last_day():
            client = draw.choice([one for one in large if one.is_active(day)])
            found.append(Entry(day, OWNER, client.name, draw.choice((1.5, 2.0, 3.0)), "account_mgmt", "agreement"))
    return found


def _contractor() -> list[Entry]:
    """A contractor on one project, who is in no technicians file."""
    days = [day for day in workdays() if date(2026, 3, 2) <= day <= date(2026, 3, 27) and day.weekday() in (0, 2, 4)]
    return [Entry(day, CONTRACTOR, "Birchanger Robotics", 5.5, "project", "billable") for day in days]


def entries() -> list[Entry]:
    """Everything that people outside the payroll did."""
    return _owner() + _contractor()
