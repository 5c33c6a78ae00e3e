"""Margins of clients, tiers and the company over some months, from the definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import Book, money, ratio
from .loading import month_of, months_later

RECURRING = ("managed", "other_recurring")
Amounts = dict[str, Fraction]


def _zero() -> Amounts:
    return defaultdict(Fraction)


@dataclass
class Account:
    """What a client brought in and took, by revenue class and in hours."""

    revenue: Amounts = field(default_factory=_zero)
    cost: Amounts = field(default_factory=_zero)
    hours: Fraction = Fraction(0)
    labour: Fraction = Fraction(0)
    assumed_hours: Fraction = Fraction(0)
    managed_hours: Fraction = Fraction(0)
    managed_labour: Fraction = Fraction(0)

    def total(self, *, without: str = "") -> tuple[Fraction, Fraction]:
        """Revenue and margin, with one class left out."""
        revenue = sum((sum_ for kind, sum_ in self.revenue.items() if kind != without), Fraction(0))
        cost = sum((sum_ for kind, sum_ in self.cost.items() if kind != without), Fraction(0))
        return revenue, revenue - cost - self.labour

    def managed(self) -> tuple[Fraction, Fraction]:
        """Managed revenue, and what is left of it before labour."""
        return self.revenue["managed"], self.revenue["managed"] - self.cost["managed"]

    @property
    def recurring(self) -> tuple[Fraction, Fraction]:
        """Recurring revenue and its direct cost."""
        sums = [sum((side[kind] for kind in RECURRING), Fraction(0)) for side in (self.revenue, self.cost)]
        return sums[0], sums[1]


def _add_money(book: Book, months: Collection[date], accounts: dict[str, Account]) -> None:
    for row in book.rows("invoice_lines"):
        if row["client_key"] in book.internal:
            continue
        for part, side in (("revenue", "revenue"), ("costs", "cost")):
            for month, amount in row[part]:
                if month in months:
                    getattr(accounts[row["client_key"]], side)[row["class"]] += amount


def _add_labour(book: Book, months: Collection[date], accounts: dict[str, Account]) -> None:
    for row in book.work:
        if row["is_internal"] or month_of(row["worked_on"]) not in months:
            continue
        account = accounts[row["client_key"]]
        account.hours += row["hours"]
        account.labour += row["cost"]
        account.assumed_hours += row["hours"] if row["is_assumed"] else 0
        if row["work_type"] != "project" and row["covered"] != "billable":
            account.managed_hours += row["hours"]
            account.managed_labour += row["cost"]


def accounts(book: Book, months: Collection[date]) -> dict[str, Account]:
    """Every client with revenue, direct cost or labour in the months, which are covered ones."""
    found: dict[str, Account] = defaultdict(Account)
    _add_money(book, months, found)
    _add_labour(book, months, found)
    return dict(found)


def figures(account: Account) -> dict[str, Any]:
    """The figures of client_margin."""
    revenue, margin = account.total()
    service_revenue, service_margin = account.total(without="product")
    managed_revenue, before_labour = account.managed()
    is_managed = managed_revenue > 0 and account.managed_hours > 0
    rate = before_labour / account.managed_hours if is_managed else None
    return {
        "revenue": money(revenue), "direct_cost": money(sum(account.cost.values(), Fraction(0))),
        "labour_hours": float(account.hours), "labour_cost": money(account.labour),
        "assumed_rate_hours": float(account.assumed_hours), "gross_margin": money(margin),
        "gross_margin_pct": ratio(margin, revenue), "service_gross_margin_pct": ratio(service_margin, service_revenue),
        "managed_gross_margin_pct": ratio(before_labour - account.managed_labour, managed_revenue),
        "effective_hourly_rate": money(rate),
    }  # fmt: skip


def after_bench(total: Account, bench: Fraction) -> dict[str, Any]:
    """The company's margins once the paid hours that reached no client are taken off; managed bears its share."""
    revenue, margin = total.total()
    service_revenue, service_margin = total.total(without="product")
    managed_revenue, before_labour = total.managed()
    managed = before_labour - total.managed_labour - bench * total.managed_labour / total.labour
    return {
        "gross_margin_after_bench": money(margin - bench),
        "gross_margin_after_bench_pct": ratio(margin - bench, revenue),
        "service_gross_margin_after_bench_pct": ratio(service_margin - bench, service_revenue),
        "managed_gross_margin_after_bench_pct": ratio(managed, managed_revenue),
    }


def tier_of(book: Book, client: str, month: date) -> str:
    """The tier of the clients file, else of the latest agreement active at the end of a month, else none."""
    stated = (row["service_tier"] for row in book.rows("clients") if row["client_key"] == client)
    end = months_later(month, 1) - timedelta(days=1)
    active = [
        row for row in book.rows("agreements")
        if row["client_key"] == client and row["service_tier"]
        and row["starts_on"] <= end and (row["ends_on"] or date.max) >= end
    ]  # fmt: skip
    latest = max(active, key=lambda row: row["starts_on"], default={"service_tier": None})
    return next(filter(None, stated), None) or latest["service_tier"] or "(no tier)"


def merged(found: dict[str, Account]) -> Account:
    """The sum of all clients."""
    total = Account()
    for account in found.values():
        for kind, amount in account.revenue.items():
            total.revenue[kind] += amount
        for kind, amount in account.cost.items():
            total.cost[kind] += amount
        # hours of a client without managed revenue are in no managed figure of the company
        managed = ("managed_hours", "managed_labour") if account.revenue["managed"] > 0 else ()
        for name in ("hours", "labour", "assumed_hours", *managed):
            setattr(total, name, getattr(total, name) + getattr(account, name))
    return total


def quantile(values: list[float], share: float) -> float:
    """The continuous quantile: linear between neighbours."""
    values = sorted(values)
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def dispersion(book: Book, found: dict[str, Account], month: date) -> dict[str, Any]:
    """Median and spread of the margins within each tier."""
    tiers: dict[str, list[float]] = defaultdict(list)
    for client, account in found.items():
        revenue, margin = account.total()
        if revenue > 0:
            tiers[tier_of(book, client, month)].append(float(margin / revenue))
    return {
        tier: {
            "clients": len(values), "median_gross_margin_pct": quantile(values, 0.5),
            "iqr_gross_margin_pct": quantile(values, 0.75) - quantile(values, 0.25) if len(values) >= 5 else None,
        }
        for tier, values in tiers.items()
    }  # fmt: skip
