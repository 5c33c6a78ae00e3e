"""What recurring revenue became of: the year before each month, and the clients that began together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from .book import Book, money
from .commitments import recurring, retention
from .loading import months_later
from .reach import is_complete_for_invoices, reach_of


def _complete(book: Book, first: date) -> list[date]:
    reach, month, found = reach_of(book), first, []
    while is_complete_for_invoices(reach, month):
        found.append(month)
        month = months_later(month, 1)
    return found


def _first(revenue: dict[str, dict[date, Fraction]]) -> dict[str, date]:
    """The first month in which each client paid recurring revenue."""
    paid = {client: [month for month, amount in by_month.items() if amount > 0] for client, by_month in revenue.items()}
    return {client: min(months) for client, months in paid.items() if months}


def trajectory(book: Book) -> dict[str, Any]:
    """Retention over the year to each month that has a year before it."""
    months = _complete(book, min(_first(recurring(book)).values()))
    return {
        str(month): retention(book, months_later(month, -12), month)
        for month in months
        if months_later(month, -12) in months
    }


def _quarter(month: date) -> date:
    return date(month.year, (month.month - 1) // 3 * 3 + 1, 1)


def cohorts(book: Book) -> dict[str, Any]:
    """The clients that began in the same quarter, quarter by quarter."""
    revenue = recurring(book)
    first = _first(revenue)
    oldest = min(first.values())
    members: dict[str, list[str]] = defaultdict(list)
    for client, month in first.items():
        members["before" if month == oldest else str(_quarter(month))].append(client)
    last, found = _complete(book, oldest)[-1], {}
    for cohort, those in members.items():
        quarter = _quarter(oldest) if cohort == "before" else date.fromisoformat(cohort)
        for age, end in enumerate(_ends(quarter, last)):
            kept = [revenue[client][end] for client in those if revenue[client].get(end, Fraction(0)) > 0]
            start = [max(revenue[client].get(months_later(quarter, 2), Fraction(0)), Fraction(0)) for client in those]
            found[f"{cohort}/{age}"] = {
                "clients_start": len(those), "clients_kept": len(kept),
                "mrr_start": money(sum(start, Fraction(0))), "mrr_kept": money(sum(kept, Fraction(0))),
            }  # fmt: skip
    return found


def _ends(quarter: date, last: date) -> list[date]:
    """The last month of the quarter and of each after it, as far as they are complete."""
    ends, end = [], months_later(quarter, 2)
    while end <= last:
        ends.append(end)
        end = months_later(end, 3)
    return ends
