"""The risk that all priced clients bear together, against the sum of what each bears alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from .book import money
from .fees import RISK, History, Price, histories
from .ledger import Ledger
from .years import bad_year, mean_year


def _cost(own: History, price: Price, month: date) -> Fraction:
    """What a client's month costs at its expectation: more where it took more than its mean."""
    expected = (price.hours or Fraction(0)) / 12 * price.rate
    mean = sum(own.hours, Fraction(0)) / len(own.hours)
    if month not in own.months or not mean:
        return expected
    return own.hours[own.months.index(month)] / mean * expected


def book_risk(ledger: Ledger, found: dict[str, Price], months: list[date]) -> dict[str, Any]:
    """Both loads, and the part that needn't be carried."""
    known = histories(ledger, months)
    priced = {client: price for client, price in found.items() if price.cost is not None}
    shared = [month for month in months if 2 * sum(month in known[client].months for client in priced) >= len(priced)]
    alone = sum((price.risk or Fraction(0) for price in priced.values()), Fraction(0))
    series = [
        sum((_cost(known[client], price, month) for client, price in priced.items()), Fraction(0)) for month in shared
    ]
    pooled = max(Fraction(0), bad_year(series, RISK) - mean_year(series)) if priced and len(shared) >= 6 else None
    return {
        "clients": len(priced), "sum_of_risk_loads": money(alone) if priced else None,
        "pooled_risk_load": money(pooled),
        "portfolio_effect": float(1 - pooled / alone) if pooled is not None and alone > 0 else None,
    }  # fmt: skip
