"""What clients owe by how long it has been due, on a day and at each month's end, and how long they take to pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import Book, money, ratio
from .loading import Row, month_of, months_later

SPANS = ("not_due", "1_30", "31_60", "61_90", "over_90", "no_due_date", "credit")
COLUMNS = {
    "not_due": "not_due", "no_due_date": "not_due", "1_30": "days_1_30", "31_60": "days_31_60", "61_90": "days_61_90",
    "over_90": "over_90", "credit": "credit_notes",
}  # fmt: skip
"""Span -> its column in the table of months."""


def owed(row: Row) -> Fraction:
    """Amount and tax of a line; a credit note takes them off."""
    whole: Fraction = row["amount"] + (row["tax"] or 0)
    return -abs(whole) if row["is_credit"] else whole


def _lines(book: Book, day: date) -> list[Row]:
    return [
        row for row in book.rows("invoice_lines")
        if row["client_key"] not in book.internal and row["invoiced_on"] <= day
    ]  # fmt: skip


def _is_open(row: Row, day: date) -> bool:
    return row["paid_on"] is None or row["paid_on"] > day


def span_of(amount: Fraction, due_on: date | None, day: date) -> str:
    """How long an amount has been due on a day."""
    if amount < 0:
        return "credit"
    if due_on is None:
        return "no_due_date"
    late = (day - due_on).days
    bounds = ((0, "not_due"), (30, "1_30"), (60, "31_60"), (90, "61_90"))
    return next((name for most, name in bounds if late <= most), "over_90")


def _invoices(book: Book, day: date) -> list[tuple[str, Fraction, date | None, str]]:
    """Client, amount, due date and span of every invoice of which something is open on a day."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _lines(book, day):
        if _is_open(row, day):
            found[row["client_key"], row["invoice_number"]].append(row)
    invoices = []
    for (client, _), rows in found.items():
        amount = sum(map(owed, rows), Fraction(0))
        due_on = max((row["due_on"] for row in rows if row["due_on"]), default=None)
        if amount:
            invoices.append((client, amount, due_on, span_of(amount, due_on, day)))
    return invoices


def ageing(book: Book, day: date) -> dict[str, Any]:
    """What is open on a day by how long it has been due."""
    invoices = _invoices(book, day)
    whole = sum((amount for _, amount, _, _ in invoices if amount > 0), Fraction(0))
    found = {}
    for name in SPANS:
        amounts = [(client, amount) for client, amount, _, span in invoices if span == name]
        total = sum((amount for _, amount in amounts), Fraction(0))
        found[name] = {
            "invoices": len(amounts), "clients": len({client for client, _ in amounts}), "open_amount": money(total),
            "share_of_open": None if name == "credit" else ratio(total, whole),
        }  # fmt: skip
    return found


def _months(book: Book) -> Iterable[date]:
    days = [row["invoiced_on"] for row in book.rows("invoice_lines")]
    month = month_of(min(days))
    while month <= month_of(max(days)):
        yield month
        month = months_later(month, 1)


def by_month(book: Book) -> dict[str, Any]:
    """What was open at each month's end; each line is aged by itself."""
    found = {}
    for month in _months(book):
        day = months_later(month, 1) - timedelta(days=1)
        sums: dict[str, Fraction] = dict.fromkeys(COLUMNS.values(), Fraction(0))
        for row in _lines(book, day):
            if _is_open(row, day):
                span = "credit" if row["is_credit"] else span_of(abs(owed(row)), row["due_on"], day)
                sums[COLUMNS[span]] += owed(row)
        total = {"open_amount": sum(sums.values(), Fraction(0))}
        found[str(month)] = {name: money(amount) for name, amount in (sums | total).items()}
    return found


def _paying(book: Book, day: date) -> dict[str, Any]:
    """How long it took over the twelve months to a day, each payment weighing its amount."""
    year_before = date(day.year - 1, day.month, day.day)
    paid = [
        row for row in _lines(book, date.max)
        if row["paid_on"] and year_before < row["paid_on"] <= day and not row["is_credit"] and owed(row) > 0
    ]  # fmt: skip
    total = sum(map(owed, paid), Fraction(0))
    days = sum((owed(row) * max(0, (row["paid_on"] - row["invoiced_on"]).days) for row in paid), Fraction(0))
    dated = [row for row in paid if row["due_on"]]
    late = sum((owed(row) for row in dated if row["paid_on"] > row["due_on"]), Fraction(0))
    return {
        "days_to_pay": ratio(days, total), "late_share": ratio(late, sum(map(owed, dated), Fraction(0))),
        "paid_invoices": len({(row["client_key"], row["invoice_number"]) for row in paid}),
    }  # fmt: skip


def receivables(book: Book, day: date) -> dict[str, Any]:
    """What was billed, paid and is open, and who owes most of what is overdue."""
    lines, invoices = _lines(book, day), _invoices(book, day)
    billed = sum(map(owed, lines), Fraction(0))
    still_open = sum((owed(row) for row in lines if _is_open(row, day)), Fraction(0))
    late = [(client, amount, due) for client, amount, due, span in invoices if amount > 0 and due and due < day]
    overdue = sum((amount for _, amount, _ in late), Fraction(0))
    by_client: dict[str, Fraction] = defaultdict(Fraction)
    for client, amount, _ in late:
        by_client[client] += amount
    worst = max(by_client, key=lambda client: by_client[client])
    over_90 = sum((amount for _, amount, due in late if (day - due).days > 90), Fraction(0))
    return {
        "billed_amount": money(billed), "paid_amount": money(billed - still_open), "open_amount": money(still_open),
        "overdue_amount": money(overdue), "overdue_invoices": len(late), "overdue_clients": len(by_client),
        "overdue_share": ratio(overdue, sum((amount for _, amount, _, _ in invoices if amount > 0), Fraction(0))),
        "over_90_amount": money(over_90), "worst_client": book.shown[worst], "worst_amount": money(by_client[worst]),
    } | _paying(book, day)  # fmt: skip
