"""What each client would pay and leave behind under hours, seats and an outcome fee, from the definitions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .book import money, ratio
from .margins import Account

BILL_RATE, TARGET = Fraction(150), Fraction(1, 2)


def _regime(pays: Fraction, margin: Fraction, crossover: Fraction | None) -> dict[str, Any]:
    return {
        "customer_pays": money(pays), "provider_margin": money(margin), "provider_margin_pct": ratio(margin, pays),
        "crossover_automation_share": None if crossover is None else float(crossover),
    }  # fmt: skip


def regimes(account: Account, share: Fraction) -> dict[str, Any]:
    """The three regimes at a share of automated hours, all of managed hours and recurring lines."""
    billed, labour = account.managed_hours * BILL_RATE, (1 - share) * account.managed_labour
    today, tools = account.recurring
    fees = {"per_seat": today, "outcome": (account.managed_labour + tools) / (1 - TARGET)}
    hourly = (1 - share) * billed
    found = {"hourly": _regime(hourly + tools, hourly - labour, None)}
    for name, pays in fees.items():
        crossover = 1 - (pays - tools) / billed if billed > 0 else None
        found[name] = _regime(pays, pays - labour - tools, crossover)
    return found
