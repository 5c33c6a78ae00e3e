"""Single figures behind the planted cases: spreads, credits, a raise, two clients on either side of the crossover."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from .book import Book, money, rate_at
from .loading import Row

RAISED, PREPAID = "hannah lindqvist", "marrowby opticians"


def _four_places(value: Fraction) -> str:
    return f"{float(value):.4f}"


def _prepaid(book: Book) -> dict[str, str]:
    """The last year paid in advance: the first month's part and the last's."""
    rows: list[Row] = [
        row for row in book.rows("invoice_lines") if row["client_key"] == PREPAID and len(row["revenue"]) == 12
    ]
    last = max(rows, key=lambda row: row["invoiced_on"])
    parts = [amount for _, amount in last["revenue"]]
    return {
        "amount": str(money(last["amount"])),
        "first_month": _four_places(parts[0]),
        "last_month": _four_places(parts[-1]),
    }


def _credits(book: Book) -> list[dict[str, str | None]]:
    rows = [row for row in book.rows("invoice_lines") if row["type"] == "Sales credit note"]
    return [{"client": book.shown[row["client_key"]], "amount": money(row["revenue"][0][1])} for row in rows]


def _side(regimes: dict[str, Any], *, is_better: bool) -> str:
    """The client for whom an outcome fee differs most from hours, in one direction or the other."""
    gains = {
        client: float(rows["outcome"]["provider_margin"]) - float(rows["hourly"]["provider_margin"])
        for client, rows in regimes.items()
        if rows["outcome"]["crossover_automation_share"] is not None
    }
    return (max if is_better else min)(gains, key=lambda client: gains[client])


def planted(book: Book, regimes: dict[str, Any]) -> dict[str, Any]:
    """What the README says about the planted cases beyond the tables."""
    before, after = (rate_at(book, RAISED, day) for day in (date(2026, 4, 30), date(2026, 5, 1)))
    internal = sum((row["hours"] for row in book.rows("time_entries") if row["is_internal"]), Fraction(0))
    return {
        "prepaid": _prepaid(book), "credits": _credits(book), "internal_hours": f"{float(internal):g}",
        "raise": {"before": money(before), "after": money(after)},
        "outcome_worse": _side(regimes, is_better=False), "outcome_better": _side(regimes, is_better=True),
    }  # fmt: skip
