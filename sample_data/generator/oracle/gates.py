"""What must hold before a client's outcomes may be promised: history, time written down, filled tickets, margin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from .backlog import opened_in
from .fees import MARGIN, Price
from .hours import utilisation
from .ledger import Ledger

ENOUGH, FILLED, CAPTURED, BELOW = 6, Fraction(95, 100), 0.9, Fraction(1, 10)


def _filled(ledger: Ledger, client: str, months: list[date]) -> bool | None:
    """Whether nearly all tickets of the client say what they were about and when somebody first answered."""
    theirs = [row for row in ledger.book.rows("tickets") if row.get("client_key") == client]
    rows = [row for row in opened_in(theirs, months) if row["auto_resolved"] != "Yes"]
    if not rows:
        return None
    columns = ("category", "first_response_at")
    return all(sum(row[column] is not None for row in rows) >= FILLED * len(rows) for column in columns)


def _margin(price: Price) -> bool | None:
    """Whether today's fee leaves a margin within ten points of the target in a bad year of what it pays for."""
    if price.cost is None or price.risk is None:
        return None
    left = 12 * price.current - price.cost - price.risk
    return bool(price.current > 0 and left / (12 * price.current) >= MARGIN - BELOW)


def gates(ledger: Ledger, found: dict[str, Price], months: list[date]) -> dict[str, Any]:
    """Every gate of every client: passed, failed, or nothing to test it by."""
    captured = utilisation(ledger.book, months)["all"]["time_capture"]
    tests: dict[str, Callable[[str, Price], bool | None]] = {
        "history": lambda _, price: price.count >= ENOUGH if len(months) >= ENOUGH else None,
        "time_capture": lambda *_: None if captured is None else captured >= CAPTURED,
        "filled_tickets": lambda client, _: _filled(ledger, client, months),
        "margin": lambda _, price: _margin(price),
    }
    return {
        f"{ledger.book.shown[client]}/{gate}": {"is_passed": test(client, price)}
        for client, price in found.items()
        for gate, test in tests.items()
    }
