"""What each client's outcomes should cost: expected hours, risk, credits, and the corridor of its fee."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import ASSUMED_COST, money
from .ledger import Ledger
from .loading import months_later
from .margins import tier_of
from .measures import Month
from .years import bad_year, mean_year

RISK, MARGIN, ONBOARDING = Fraction(8, 10), Fraction(1, 2), timedelta(days=90)


@dataclass
class History:
    """A client's months that count."""

    client: str
    tier: str
    users: Fraction
    months: list[date]
    hours: list[Fraction]

    @property
    def is_enough(self) -> bool:
        """Whether a price can rest on it."""
        return self.users > 0 and len(self.months) >= 6

    @property
    def mean(self) -> Fraction:
        """Hours for a user and month."""
        return sum(self.hours, Fraction(0)) / len(self.hours) / self.users

    @property
    def variance(self) -> Fraction:
        """Sample variance of these."""
        return _variance([hours / self.users for hours in self.hours])


def _variance(values: list[Fraction]) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def rows_of(ledger: Ledger, months: list[date]) -> list[str]:
    """Clients with recurring revenue in the last month that have not left by its end."""
    end = months_later(months[-1], 1) - timedelta(days=1)
    return [
        client for client in ledger.clients(months)
        if ledger.of(client, months[-1:]).recurring[0] > 0
        and (ledger.known.get(client, {}).get("ends_on") or date.max) > end
    ]  # fmt: skip


def histories(ledger: Ledger, months: list[date]) -> dict[str, History]:
    """Every client's counting months, onboarding left out."""
    found = {}
    for client in rows_of(ledger, months):
        start = ledger.started(client)
        counting = [month for month in months if start is None or month >= start + ONBOARDING][-24:]
        hours = [ledger.of(client, [month]).managed_hours for month in counting]
        found[client] = History(client, tier_of(ledger.book, client, months[-1]), ledger.users(client), counting, hours)
    return found


@dataclass(frozen=True)
class Trust:
    """How much a client's own history weighs, and what its group says."""

    weight: Fraction
    group: Fraction


def _trust(own: History, group: list[History]) -> Trust:
    user_months = sum((one.users * len(one.months) for one in group), Fraction(0))
    says = sum((sum(one.hours, Fraction(0)) for one in group), Fraction(0)) / user_months
    if len(group) < 2:
        return Trust(Fraction(1), says)
    within = sum((one.variance for one in group), Fraction(0)) / len(group)
    usual = Fraction(sum(len(one.months) for one in group), len(group))
    between = _variance([one.mean for one in group]) - within / usual
    if between <= 0:
        return Trust(Fraction(0), says)
    return Trust(len(own.months) / (len(own.months) + within / between), says)


@dataclass
class Price:
    """What a client costs, and between which fees it lies; empty where nothing can be said."""

    client: str
    count: int
    current: Fraction
    ceiling: Fraction
    may_leave: bool
    weight: Fraction | None = None
    hours: Fraction | None = None
    bad_hours: Fraction | None = None
    rate: Fraction = Fraction(0)
    cost: Fraction | None = None
    risk: Fraction | None = None
    credit: Fraction | None = None

    @property
    def target(self) -> Fraction | None:
        """The fee that carries cost, risk, credits and margin."""
        if self.cost is None or self.risk is None or self.credit is None:
            return None
        left = 1 - MARGIN - self.credit
        return (self.cost + self.risk) / 12 / left if left > 0 else None

    @property
    def offered(self) -> Fraction | None:
        """Nobody lowers a fee that carries its risk."""
        return None if self.target is None else max(self.target, self.current)

    @property
    def verdict(self) -> str:
        """Whether the price may be named."""
        if self.cost is None:
            return "not_on_this_data"
        is_dear = self.target is None or self.ceiling < self.target
        return "fix_first" if is_dear or self.may_leave else "ready"


def _quantile(values: list[Fraction], share: Fraction) -> Fraction:
    ranked, place = sorted(values), (len(values) - 1) * share
    low = int(place)
    return ranked[low] + (ranked[min(low + 1, len(ranked) - 1)] - ranked[low]) * (place - low)


def _corridor(ledger: Ledger, client: str, months: list[date]) -> tuple[Fraction, Fraction]:
    """Today's fee, of the months since its first bill, and what the client pays at most with its swings."""
    began = min(month for month, amount in ledger.recurring[client].items() if amount > 0)
    late = [ledger.recurring[client].get(month, Fraction(0)) for month in months[-3:] if month >= began]
    current = sum(late, Fraction(0)) / len(late)
    billed = [ledger.of(client, [month]).recurring[0] for month in months]
    billed = [amount for amount in billed if amount > 0]
    mean = sum(billed, Fraction(0)) / len(billed)
    swing = _quantile(billed, Fraction(8, 10)) - _quantile(billed, Fraction(1, 2))
    return current, max(current, mean + swing)


def months_billed(ledger: Ledger, client: str, months: list[date]) -> int:
    """Months with recurring revenue."""
    return sum(ledger.of(client, [month]).recurring[0] > 0 for month in months)


def _fill(ledger: Ledger, price: Price, own: History, group: list[History], months: list[date]) -> None:
    """Puts expectation, cost and risk into a price."""
    account, trust = ledger.of(own.client, months), _trust(own, group)
    price.weight = trust.weight
    price.hours = 12 * own.users * (trust.weight * own.mean + (1 - trust.weight) * trust.group)
    mean = mean_year(own.hours)
    price.bad_hours = price.hours * bad_year(own.hours, RISK) / mean if mean else price.hours
    price.rate = account.managed_labour / account.managed_hours if account.managed_hours else ASSUMED_COST
    tools = account.recurring[1] * 12 / months_billed(ledger, own.client, months)
    price.cost = price.hours * price.rate + tools
    price.risk = max(Fraction(0), (price.bad_hours - price.hours) * price.rate)


def prices(ledger: Ledger, tested: dict[str, dict[date, Month]], months: list[date]) -> dict[str, Price]:
    """A price for every client of the last month."""
    known, found = histories(ledger, months), {}
    tiers: dict[str, list[History]] = defaultdict(list)
    for own in known.values():
        if own.is_enough:
            tiers[own.tier].append(own)
    everybody = [own for group in tiers.values() for own in group]
    for client, own in known.items():
        by_month = tested.get(client, {})
        last = by_month.get(months[-1])
        price = Price(client, len(own.months), *_corridor(ledger, client, months), bool(last and last.may_leave))
        if own.is_enough:
            _fill(ledger, price, own, tiers[own.tier] if len(tiers[own.tier]) >= 3 else everybody, months)
            given = [row.credit for row in by_month.values()]
            price.credit = sum(given, Fraction(0)) / len(given) if given else Fraction(0)
        found[client] = price
    return found


def fees(ledger: Ledger, found: dict[str, Price]) -> dict[str, Any]:
    """The prices as the query names them."""
    return {ledger.book.shown[client]: _named(price) for client, price in found.items()}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _named(price: Price) -> dict[str, Any]:
    return {
        "months": price.count, "credibility": _float(price.weight), "expected_annual_hours": _float(price.hours),
        "p80_annual_hours": _float(price.bad_hours), "expected_cost": money(price.cost),
        "risk_load": money(price.risk), "expected_credit_pct": _float(price.credit),
        "floor_fee": money(None if price.cost is None else price.cost / 12), "target_fee": money(price.target),
        "ceiling_fee": money(price.ceiling), "current_fee": money(price.current), "offered_fee": money(price.offered),
        "verdict": price.verdict,
    }  # fmt: skip
