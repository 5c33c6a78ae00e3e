"""Why a client earns another margin than its tier: price, tools, demand, handling and seniority, in money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .backlog import human, opened_in
from .book import money
from .ledger import Ledger
from .margins import tier_of

PARTS = ("price", "tools", "effort", "demand", "handling", "seniority")


@dataclass
class Side:
    """What a client, or its tier, takes in and needs in the recurring scope."""

    user_months: Fraction = Fraction(0)
    revenue: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    hours: Fraction = Fraction(0)
    labour: Fraction = Fraction(0)
    tickets: int = 0

    def __add__(self, other: Side) -> Side:
        return Side(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def per_user(self, name: str) -> Fraction:
        """An amount for a user and month."""
        return Fraction(getattr(self, name)) / self.user_months

    @property
    def rate(self) -> Fraction:
        """What an hour costs."""
        return self.labour / self.hours if self.hours else Fraction(0)

    @property
    def margin(self) -> Fraction:
        """What a user and month leaves."""
        return (self.revenue - self.cost - self.labour) / self.user_months


def _sides(ledger: Ledger, months: Collection[date]) -> dict[str, Side]:
    """The clients that can be compared: with users and recurring revenue."""
    rows, found = human(ledger.book), {}
    for client in ledger.clients(months):
        account, users = ledger.of(client, months), ledger.users(client)
        revenue, cost = account.recurring
        if users > 0 and revenue > 0:
            active = ledger.active_months(client, months)
            opened = sum(row.get("client_key") == client for row in opened_in(rows, active))
            sums = (account.managed_hours, account.managed_labour, opened)
            found[client] = Side(users * len(active), revenue, cost, *sums)
    return found


def _parts(own: Side, tier: Side) -> dict[str, Fraction | None]:
    """The gap, and what it is made of; good is positive."""
    count, rate = own.user_months, tier.rate
    effort = -count * (own.per_user("hours") - tier.per_user("hours")) * rate if tier.hours else Fraction(0)
    demand = handling = None
    if own.tickets and tier.tickets:
        long, usual = own.hours / own.tickets, tier.hours / tier.tickets
        demand = -count * (own.per_user("tickets") - tier.per_user("tickets")) * usual * rate
        handling = -count * own.per_user("tickets") * (long - usual) * rate
    return {
        "gap": count * (own.margin - tier.margin),
        "price": count * (own.per_user("revenue") - tier.per_user("revenue")),
        "tools": -count * (own.per_user("cost") - tier.per_user("cost")),
        "effort": effort, "demand": demand, "handling": handling,
        "seniority": -own.hours * (own.rate - rate) if own.hours else Fraction(0),
    }  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """A client beside its tier; without parts in tiers of fewer than three."""

    client: str
    tier_name: str
    own: Side
    tier: Side
    parts: dict[str, Fraction | None]


def compared(ledger: Ledger, months: Collection[date]) -> list[Compared]:
    """Every client that can be compared."""
    sides = _sides(ledger, months)
    tiers: dict[str, list[Side]] = defaultdict(list)
    for client, side in sides.items():
        tiers[tier_of(ledger.book, client, max(months))].append(side)
    found = []
    for client, side in sides.items():
        name = tier_of(ledger.book, client, max(months))
        tier = sum(tiers[name], Side())
        parts = _parts(side, tier) if len(tiers[name]) >= 3 else dict.fromkeys(("gap", *PARTS))
        found.append(Compared(client, name, side, tier, parts))
    return found


def gaps(ledger: Ledger, months: Collection[date]) -> dict[str, Any]:
    """The gap of every client to its tier, in money."""
    return {
        ledger.book.shown[one.client]: {"service_tier": one.tier_name, "user_months": float(one.own.user_months)}
        | {name: money(part) for name, part in one.parts.items()}
        for one in compared(ledger, months)
    }
