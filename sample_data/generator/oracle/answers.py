"""All right answers in one table: per file, client, technician, month, and for the company."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ..sheets import Sheet
from .book import Book, money, open_book
from .commitments import bridge, concentration, retention, reviews
from .desk import attainment, consistency, resolution_time
from .hours import key_people, payroll, utilisation
from .margins import Account, accounts, dispersion, figures, merged, tier_of
from .planted import planted
from .pricing import regimes

FIRST, LAST = date(2025, 11, 1), date(2026, 10, 1)
LAST_DAY, MONTH_BEFORE = date(2026, 10, 31), date(2025, 10, 1)
SHARE = Fraction(1, 5)


def data_through(book: Book) -> date:
    """The latest day on which anything was opened, resolved, worked or invoiced."""
    columns = {
        "tickets": ("opened_at", "resolved_at"),
        "time_entries": ("worked_on",),
        "invoice_lines": ("invoiced_on",),
    }
    days = [
        value.date() if isinstance(value, datetime) else value
        for entity, names in columns.items()
        for row in book.rows(entity)
        for name in names
        if (value := row[name])
    ]
    return max(days)


def _clients(book: Book, found: dict[str, Account]) -> dict[str, Any]:
    return {
        book.shown[client]: {"service_tier": tier_of(book, client)} | figures(account)
        for client, account in sorted(found.items())
    }


def _monthly(book: Book) -> dict[str, Any]:
    """The company's months: revenue, cost, hours and margin."""
    names = ("revenue", "direct_cost", "labour_hours", "labour_cost", "gross_margin", "gross_margin_pct")
    months = [date(2024 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(24)]
    sums = {str(month): figures(merged(accounts(book, month, month))) for month in months}
    return {month: {name: row[name] for name in names} for month, row in sums.items()}


def _flags(book: Book) -> dict[str, int]:
    """Rows that are odd but count."""
    known = {row["technician_key"] for row in book.rows("technicians")}
    tickets = {row["ticket_id"]: row.get("client_key") for row in book.rows("tickets")}
    count: dict[str, int] = defaultdict(int)
    for row in book.rows("time_entries"):
        owner = tickets.get(row["ticket_id"])
        count["no_cost_rate"] += row.get("technician_key") not in known
        count["negative_hours"] += row["hours"] < 0
        count["client_differs_from_ticket"] += owner not in (None, row["client_key"])
    count["client_missing"] = sum(row["client"] is None for row in book.rows("tickets"))
    return dict(count)


def answers(sheets: dict[str, Sheet], classes: list[list[str]]) -> dict[str, Any]:
    """What the queries must give for the sample."""
    book = open_book(sheets, classes)
    found = accounts(book, FIRST, LAST)
    total = merged(found)
    priced = {book.shown[client]: regimes(account, SHARE) for client, account in sorted(found.items())}
    return {
        "period": {"month_from": str(FIRST), "month_to": str(LAST), "data_through": str(data_through(book))},
        "files": {sheets[entity].file: loaded.account() for entity, loaded in book.loaded.items()},
        "flags": _flags(book),
        "client_margin": _clients(book, found),
        "company_margin": figures(total) | payroll(book, FIRST, LAST_DAY),
        "company_monthly": _monthly(book),
        "revenue_by_class": {kind: money(amount) for kind, amount in total.revenue.items()},
        "tier_dispersion": dispersion(book, found),
        "technician_utilisation": utilisation(book, FIRST, LAST_DAY),
        "key_person": key_people(book, FIRST, LAST_DAY),
        "sla_attainment": attainment(book, FIRST, LAST_DAY),
        "resolution_time": resolution_time(book, FIRST, LAST_DAY),
        "resolution_consistency": consistency(book, FIRST, LAST_DAY),
        "qbr": reviews(book, LAST_DAY),
        "mrr_bridge": bridge(book, LAST),
        "retention": retention(book, MONTH_BEFORE, LAST),
        "concentration": concentration(book, found),
        "pricing_regimes": priced,
        "planted": planted(book, priced),
    }
