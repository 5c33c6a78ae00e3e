"""Clients told by their managed hours, month by month up to March 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.sql.rows import Row, entry, line, whole

LAST = date(2026, 3, 1)
RATE = 50
"""What an hour costs: the assumption, since no file lists the technicians."""


def month_starts(count: int) -> list[date]:
    """So many months up to March 2026."""
    places = [LAST.year * 12 + LAST.month - 1 - back for back in range(count - 1, -1, -1)]
    return [date(place // 12, place % 12 + 1, 1) for place in places]


@dataclass(frozen=True)
class Client:
    """A client with its managed hours month by month up to March 2026, and what it pays in each."""

    name: str
    hours: list[float]
    users: float | None = 10
    fee: float = 2000
    tools: float = 0
    more: Row = field(default_factory=dict)

    def lines(self) -> list[Row]:
        """Its invoice lines."""
        terms = {"revenue_class": "managed", "direct_cost": self.tools}
        return [line(self.name, str(month), self.fee, **terms) for month in month_starts(len(self.hours))]

    def entries(self) -> list[Row]:
        """Its time entries, one in a month."""
        worked = zip(month_starts(len(self.hours)), self.hours, strict=True)
        return [entry(str(month.replace(day=15)), hours, self.name) for month, hours in worked if hours]


def told(workspace: Callable, *clients: Client, lines: list[Row] | None = None, **tables: list[Row]):
    """The book of these clients, all months of which are whole."""
    first = min(month_starts(max(len(client.hours) for client in clients)))
    return workspace(
        clients=[{"client": client.name, "users": client.users, **client.more} for client in clients],
        invoice_lines=[row for client in clients for row in client.lines()] + (lines or []),
        time_entries=[row for client in clients for row in client.entries()] + whole(f"{first:%Y-%m}", "2026-03"),
        **tables,
    )
