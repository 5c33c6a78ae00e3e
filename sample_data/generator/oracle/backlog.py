"""The desk's tickets: which count, when they end, what waits at each month's end, and how well it goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import sqrt
from typing import Any

from .book import Book, ratio
from .ledger import Ledger
from .loading import Row, month_of, months_later
from .margins import quantile
from .reach import business_days, reach_of

Z = 1.959964
CLOSED = ("complete", "completed", "closed", "resolved")


def counted(book: Book) -> list[Row]:
    """Tickets whose end is known, or that are open: neither closed without a time nor ended before they opened."""
    return [
        row for row in book.rows("tickets")
        if (row["resolved_at"] or (row["status"] or "").lower() not in CLOSED)
        and not (row["resolved_at"] and row["resolved_at"] < row["opened_at"])
    ]  # fmt: skip


def human(book: Book) -> list[Row]:
    """Those of them that people worked on."""
    return [row for row in counted(book) if row["auto_resolved"] != "Yes"]


def complete_months(book: Book) -> list[date]:
    """Every month from the first opening to the last that the tickets cover whole."""
    through = reach_of(book).tickets
    month, found = month_of(min(row["opened_at"] for row in human(book)).date()), []
    while through >= business_days(book, month)[-3]:
        found.append(month)
        month = months_later(month, 1)
    return found


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def backlog(book: Book) -> dict[str, Any]:
    """What came, what went and what was left, month by month."""
    rows, found = human(book), {}
    ends = [row["resolved_at"] for row in rows if row["resolved_at"]]
    for month in complete_months(book):
        end = _moment(months_later(month, 1))
        waiting = [
            row for row in rows if row["opened_at"] < end and not (row["resolved_at"] and row["resolved_at"] < end)
        ]
        ages = [(end - row["opened_at"]) / timedelta(days=1) for row in waiting]
        found[str(month)] = {
            "opened": sum(month_of(row["opened_at"].date()) == month for row in rows),
            "ended": sum(month_of(at.date()) == month for at in ends),
            "open_at_end": len(waiting), "open_over_30_days": sum(age > 30 for age in ages),
            "median_age_days": quantile(ages, 0.5) if ages else None,
        }  # fmt: skip
    return found


def opened_in(rows: list[Row], months: Collection[date]) -> list[Row]:
    """Tickets opened in the months."""
    return [row for row in rows if month_of(row["opened_at"].date()) in months]


def ended_in(rows: list[Row], months: Collection[date]) -> list[Row]:
    """Tickets ended in the months."""
    return [row for row in rows if row["resolved_at"] and month_of(row["resolved_at"].date()) in months]


def hours_of(book: Book) -> dict[str, Fraction]:
    """Hours of each ticket: its own where above 0, else those of its entries."""
    entered: dict[str, Fraction] = {}
    for row in book.rows("time_entries"):
        if row["ticket_id"]:
            entered[row["ticket_id"]] = entered.get(row["ticket_id"], Fraction(0)) + row["hours"]
    return {
        row["ticket_id"]: row["hours"] if (row["hours"] or 0) > 0 else entered.get(row["ticket_id"], Fraction(0))
        for row in book.rows("tickets")
    }


def wilson(positive: int, count: int) -> tuple[float | None, float | None]:
    """The interval that holds the true share in 95 of 100 cases."""
    if not count:
        return None, None
    share, weight = positive / count, Z * Z / count
    middle = share + weight / 2
    swing = Z * sqrt(share * (1 - share) / count + weight / (4 * count))
    return (middle - swing) / (1 + weight), (middle + swing) / (1 + weight)


def _user_months(ledger: Ledger, months: Collection[date]) -> dict[str, Fraction]:
    found = {
        client: ledger.users(client) * len(ledger.active_months(client, months)) for client in ledger.clients(months)
    }
    return {client: months_ for client, months_ in found.items() if months_ > 0}


def _first_contact(ended: list[Row]) -> float | None:
    rows = [row for row in ended if row["ticket_type"] in ("incident", "request", None) and row["touches"] is not None]
    once = [row for row in rows if row["touches"] <= 1 and row["escalated"] != "Yes" and not row["reopened_count"]]
    return ratio(len(once), len(rows))


def health(ledger: Ledger, months: Collection[date]) -> dict[str, Any]:
    """How the desk keeps up over the months."""
    book, whole = ledger.book, complete_months(ledger.book)
    months = [month for month in months if month in whole]
    opened, ended = opened_in(human(book), months), ended_in(human(book), months)
    users, hours = _user_months(ledger, months), hours_of(book)
    worked = [hours[row["ticket_id"]] for row in ended if hours[row["ticket_id"]] > 0]
    counted_ = [row for row in ended if row["reopened_count"] is not None]
    everything = opened_in(counted(book), months)
    rated = [row["csat"] for row in ended if row["csat"] is not None]
    happy = sum(value > 0 for value in rated)
    low, high = wilson(happy, len(rated))
    return {
        "tickets_opened": len(opened), "tickets_ended": len(ended), "close_rate": ratio(len(ended), len(opened)),
        "tickets_per_user_month": ratio(
            sum(row.get("client_key") in users for row in opened), sum(users.values(), Fraction(0))
        ),
        "hours_per_ticket": ratio(sum(worked, Fraction(0)), len(worked)),
        "reopen_rate": ratio(sum(row["reopened_count"] > 0 for row in counted_), len(counted_)),
        "escalation_rate": ratio(
            sum(row["escalated"] == "Yes" for row in opened), sum(row["escalated"] is not None for row in opened)
        ),
        "first_contact_rate": _first_contact(ended),
        "auto_resolved_share": ratio(sum(row["auto_resolved"] == "Yes" for row in everything), len(everything)),
        "csat_responses": len(rated), "csat_positive_pct": ratio(happy, len(rated)), "csat_low": low, "csat_high": high,
    }  # fmt: skip
