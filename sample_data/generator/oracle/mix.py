"""What revenue is made of: by class and month, with products and without them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Any

from .book import Book, money, ratio
from .margins import RECURRING

COLUMNS = {
    "managed": "managed", "other_recurring": "other_recurring", "project": "project", "tm": "by_the_hour",
    "product": "product",
}  # fmt: skip
"""Class -> its column in the table of months."""
Sums = dict[str, Fraction]


def _sums(book: Book, months: Collection[date], side: str) -> dict[str, Sums]:
    """Revenue or cost of each class by client."""
    found: dict[str, Sums] = defaultdict(lambda: defaultdict(Fraction))
    for row in book.rows("invoice_lines"):
        if row["client_key"] not in book.internal:
            for month, amount in row[side]:
                if month in months:
                    found[row["class"]][row["client_key"]] += amount
    return found


def _total(sums: Sums) -> Fraction:
    return sum(sums.values(), Fraction(0))


def by_class(book: Book, months: Collection[date]) -> dict[str, Any]:
    """Each class with its share of all revenue, and of the revenue without products."""
    revenue, cost = (_sums(book, months, side) for side in ("revenue", "costs"))
    whole = sum(map(_total, revenue.values()), Fraction(0))
    net = whole - _total(revenue["product"])
    return {
        kind: {
            "revenue": money(_total(sums)), "share_of_revenue": ratio(_total(sums), whole),
            "share_without_products": None if kind == "product" else ratio(_total(sums), net),
            "direct_cost": money(_total(cost[kind])), "left_over": money(_total(sums) - _total(cost[kind])),
            "clients": sum(amount > 0 for amount in sums.values()),
        }
        for kind, sums in revenue.items()
    }  # fmt: skip


def summary(book: Book, months: Collection[date]) -> dict[str, Any]:
    """How much of it recurs: of all, without products, and with products at what is left of them."""
    by_client, cost = _sums(book, months, "revenue"), _sums(book, months, "costs")
    of = {kind: _total(sums) for kind, sums in by_client.items()}
    whole, recurring = sum(of.values(), Fraction(0)), sum((of[kind] for kind in RECURRING), Fraction(0))
    managed = {client for client, amount in by_client["managed"].items() if amount > 0}
    with_them = sum((sums[client] for sums in by_client.values() for client in managed if client in sums), Fraction(0))
    return {
        "revenue": money(whole), "recurring_revenue": money(recurring), "product_revenue": money(of["product"]),
        "recurring_share": ratio(recurring, whole),
        "recurring_share_without_products": ratio(recurring, whole - of["product"]),
        "recurring_share_as_agent": ratio(recurring, whole - _total(cost["product"])),
        "one_off_share": ratio(of["project"] + of["tm"], whole), "managed_customers_share": ratio(with_them, whole),
    }  # fmt: skip


def by_month(book: Book) -> dict[str, Any]:
    """Each month that anything is for, those paid ahead too."""
    months = {month for row in book.rows("invoice_lines") for month, _ in row["revenue"]}
    found = {}
    for month in sorted(months):
        of = {kind: _total(sums) for kind, sums in _sums(book, {month}, "revenue").items()}
        sums = {column: of.get(kind, Fraction(0)) for kind, column in COLUMNS.items()}
        whole, recurring = sum(of.values(), Fraction(0)), sums["managed"] + sums["other_recurring"]
        found[str(month)] = {name: money(amount) for name, amount in (sums | {"revenue": whole}).items()} | {
            "recurring_share": ratio(recurring, whole),
            "recurring_share_without_products": ratio(recurring, whole - sums["product"]),
        }
    return found
